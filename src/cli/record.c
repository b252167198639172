#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/lang.h"

/* What a run is recorded with. */

/* An option, and where a CI system says the same. GitHub:
   https://docs.github.com/actions/reference/variables, GitLab:
   https://docs.gitlab.com/ci/variables/predefined_variables/ */
struct origin {
    const char *option;
    const char *variables[2];
};

static const struct origin repository_of = {
    "repository", {"GITHUB_REPOSITORY", "CI_PROJECT_PATH"}};
static const struct origin commit_of = {"commit",
                                        {"GITHUB_SHA", "CI_COMMIT_SHA"}};
static const struct origin actor_of = {"actor",
                                       {"GITHUB_ACTOR", "GITLAB_USER_LOGIN"}};
static const struct origin pipeline_of = {"pipeline", {"CI_PIPELINE_URL"}};

static const char *variable(const char *name) {
    const char *value = name == NULL ? NULL : getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

/* What the CI system says is true of a run that it makes itself. */
static void find_origin(const struct cli_args *args,
                        const struct origin *origin, bool here,
                        const char **out) {
    *out = cli_value(args, origin->option);
    for (size_t i = 0; here && *out == NULL && i < ARRAY_LEN(origin->variables);
         i++)
        *out = variable(origin->variables[i]);
}

/* GitHub says it in three pieces. */
static const char *github_pipeline(struct arena *arena) {
    const char *server = variable("GITHUB_SERVER_URL");
    const char *repository = variable("GITHUB_REPOSITORY");
    const char *run = variable("GITHUB_RUN_ID");
    if (server == NULL || repository == NULL || run == NULL)
        return NULL;
    return arena_printf(arena, "%s/%s/actions/runs/%s", server, repository, run)
        .ptr;
}

static bool read_stage(const struct cli_args *args, const char **out,
                       struct err *err) {
    *out = cli_value(args, "stage");
    return *out == NULL || strcmp(*out, N_("design")) == 0 ||
           strcmp(*out, N_("release")) == 0 ||
           err_set(err, ERR_INVALID,
                   "--stage '%s' is neither design nor release", *out);
}

bool cli_read_time(const struct cli_args *args, char out[MOMENT_TEXT_SIZE],
                   bool *given, struct err *err) {
    const char *time = cli_value(args, "time");
    if (given != NULL)
        *given = time != NULL;
    if (time == NULL)
        moment_now(out);
    return time == NULL || moment_parse(str_from(time), out) ||
           err_set(err, ERR_INVALID,
                   "--time '%s' is no moment; write 2026-11-22T05:36:20Z or "
                   "2026-11-22",
                   time);
}

static bool read_origin(const struct cli_args *args, bool here,
                        struct cli_record *out, struct err *err) {
    struct record_options *options = &out->options;
    if (!cli_read_time(args, out->time, &options->timed, err) ||
        !read_stage(args, &options->stage, err))
        return false;
    options->time = out->time;
    find_origin(args, &repository_of, here, &options->repository);
    find_origin(args, &commit_of, here, &options->commit);
    find_origin(args, &actor_of, here, &options->actor);
    find_origin(args, &pipeline_of, here, &options->pipeline);
    if (here && options->pipeline == NULL)
        options->pipeline = github_pipeline(&out->arena);
    return !out->arena.failed || err_nomem(err);
}

bool cli_read_origin(const struct cli_args *args, struct cli_record *out,
                     struct err *err) {
    return read_origin(args, false, out, err);
}

bool cli_read_record(const struct cli_args *args, struct cli_record *out,
                     struct err *err) {
    const char *path = cli_value(args, "history");
    return read_origin(args, true, out, err) &&
           (path == NULL ||
            history_open(&out->options.history, path, HISTORY_RECORD, err));
}

bool cli_open_history(const struct cli_args *args, enum history_use use,
                      struct history **out, struct err *err) {
    const char *path = cli_value(args, "history");
    if (path == NULL)
        return err_set(err, ERR_INVALID,
                       "which history? Name it with --history, with "
                       "BOMGATE_HISTORY or as `history:` in .bomgate.yaml");
    return history_open(out, path, use, err);
}

void cli_record_dispose(struct cli_record *record) {
    history_close(record->options.history);
    arena_dispose(&record->arena);
}
