#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "run/beside.h"
#include "run/config.h"

/* What people said before: waivers, the policy on them, a baseline, who makes
   which part, and what suppliers declare. */

static bool parse_limit(const char *value, const char *path,
                        enum verdict *limit, struct err *err) {
    *limit = value == NULL ? VERDICT_UPCOMING : verdict_parse(str_from(value));
    if (*limit <= VERDICT_UNKNOWN)
        return true;
    err_set(err, ERR_INVALID,
            "policy: risk-accepted: '%s' is none of prohibited, upcoming, "
            "restricted, review, unknown",
            value);
    return err_at(err, path, 0, 0);
}

static bool read_limit(const struct config *config, enum verdict *limit,
                       struct err *err) {
    *limit = VERDICT_UPCOMING;
    return config == NULL ||
           parse_limit(config_value(config, CONFIG_RISK_ACCEPTED),
                       config_path(config), limit, err);
}

static bool read_waivers(const struct cli_args *args,
                         const struct cli_screen *screen,
                         struct cli_decisions *out, struct err *err) {
    struct strbuf path = {.ptr = NULL};
    const char *named = cli_value(args, "waivers");
    struct waivers_options options = {
        .rules = screen->rules,
        .as_of = screen->as_of,
        .path = named,
        .base = args->base,
    };
    bool ok = named != NULL || find_beside(args->operands + args->verbs,
                                           args->operand_count - args->verbs,
                                           WAIVERS_NAME, &path, err);
    if (ok && named == NULL && path.len != 0)
        options.path = path.ptr;
    ok = ok && read_limit(args->config, &options.risk_limit, err) &&
         (options.path == NULL || waivers_read(&out->waivers, &options, err));
    strbuf_dispose(&path);
    return ok;
}

/* A file that the caller names is the caller's; one that the settings name is
   theirs. */
static bool settle_named(const struct cli_args *args, const char *option,
                         const char *path, struct git_copy *copy,
                         struct err *err) {
    bool set =
        args->config != NULL && path == config_value(args->config, option);
    *copy = (struct git_copy){.path = path};
    return !set || cli_settle_path(args, path, copy, err);
}

static bool read_baseline(const struct cli_args *args, struct baseline **out,
                          struct err *err) {
    const char *path = cli_value(args, "baseline");
    struct git_copy copy = {.path = path};
    bool ok =
        path == NULL || (settle_named(args, "baseline", path, &copy, err) &&
                         baseline_read(out, copy.path, err));
    git_copy_dispose(&copy);
    return ok;
}

bool cli_read_parts(const struct cli_args *args, const struct ruleset *rules,
                    struct parts_file **out, struct err *err) {
    const char *path = cli_value(args, "parts");
    struct git_copy copy = {.path = path};
    bool ok = path == NULL || settle_named(args, "parts", path, &copy, err);
    const struct parts_file_options options = {
        .path = copy.path,
        .name = path,
        .rules = rules,
        .fault = cli_print_problem,
    };
    ok = ok && (path == NULL || parts_file_read(out, &options, err));
    git_copy_dispose(&copy);
    return ok;
}

bool cli_read_declarations(const struct cli_args *args,
                           const struct cli_screen *screen,
                           struct declarations **out, struct err *err) {
    const char *path = cli_value(args, "declarations");
    struct git_copy copy = {.path = path};
    struct declarations_options options = {
        .rules = screen->rules,
        .as_of = screen->as_of,
        .named = path,
        .note = cli_print_problem,
    };
    if (path == NULL)
        return true;
    bool ok = settle_named(args, "declarations", path, &copy, err);
    options.path = copy.path;
    ok = ok && declarations_read(out, &options, err);
    git_copy_dispose(&copy);
    return ok;
}

/* Two paths of the same file, as far as their texts show. */
static bool is_same_path(const char *a, const char *b) {
    struct str left = str_from(a), right = str_from(b);
    if (str_starts(left, STR_LIT("./")))
        left = str_skip(left, 2);
    if (str_starts(right, STR_LIT("./")))
        right = str_skip(right, 2);
    return left.len != 0 && str_eq(left, right);
}

static bool is_to_be_made(const char *path, const char *made) {
    return is_same_path(path, made) && access(path, F_OK) != 0;
}

bool cli_read_decisions(const struct cli_args *args,
                        const struct cli_screen *screen, const char *made,
                        struct cli_decisions *out, struct err *err) {
    *out = (struct cli_decisions){.waivers = NULL};
    if (read_waivers(args, screen, out, err) &&
        read_baseline(args, &out->baseline, err) &&
        (is_to_be_made(cli_value(args, "parts"), made) ||
         cli_read_parts(args, screen->rules, &out->parts, err)) &&
        cli_read_declarations(args, screen, &out->declarations, err))
        return true;
    cli_decisions_dispose(out);
    return false;
}

void cli_decisions_dispose(struct cli_decisions *decisions) {
    waivers_free(decisions->waivers);
    baseline_free(decisions->baseline);
    parts_file_free(decisions->parts);
    declarations_free(decisions->declarations);
    *decisions = (struct cli_decisions){.waivers = NULL};
}
