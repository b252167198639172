#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/date.h"
#include "core/lang.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "ruleset/compile.h"
#include "run/config.h"
#include "run/rule_age.h"
#include "run/run.h"
#include "screen/questions.h"

void cli_print_line(void *ctx, const char *line) {
    (void)ctx;
    fprintf(stderr, "bomgate: %s\n", line);
}

void cli_print_problem(void *ctx, const struct err *problem) {
    char line[1024];
    err_format(problem, line, sizeof(line));
    cli_print_line(ctx, line);
}

int cli_fail(const struct err *err) {
    cli_print_problem(NULL, err);
    return EXIT_NO_ANSWER;
}

int cli_usage_error(const char *fmt, ...) {
    struct err err = ERR_INIT;
    va_list args;
    va_start(args, fmt);
    err_vset(&err, ERR_INVALID, fmt, args);
    va_end(args);
    return cli_refuse(&err);
}

int cli_refuse(const struct err *err) {
    cli_fail(err);
    if (err->code == ERR_INVALID && err->file[0] == '\0')
        fputs("Try 'bomgate --help'.\n", stderr);
    return EXIT_NO_ANSWER;
}

#define COMPANY_RULES_MAX 64 /* folders */

void cli_tell_pending(const struct cli_args *args, const char *path) {
    struct cli_pending *pending = args->pending;
    struct err note = ERR_INIT;
    err_set(&note, ERR_INVALID,
            "not as in %s, by which this run goes; it holds once this change "
            "is in the base branch",
            args->base);
    err_at(&note, path, 0, 0);
    cli_print_problem(NULL, &note);
    void *items = pending->paths;
    struct str kept = arena_str(&pending->arena, str_from(path));
    if (pending->arena.failed ||
        !mem_grow(&items, &pending->cap, pending->count + 1,
                  sizeof(*pending->paths)))
        return; /* it was told */
    pending->paths = items;
    pending->paths[pending->count++] = kept.ptr;
}

bool cli_settle_path(const struct cli_args *args, const char *path,
                     struct git_copy *copy, struct err *err) {
    *copy = (struct git_copy){.path = path};
    bool ok = args->base == NULL || git_copy_make(copy, args->base, path, err);
    if (ok && copy->changed)
        cli_tell_pending(args, path);
    return ok;
}

/* What the settings name as folders of rules of the company's own. */
struct company_rules {
    struct git_copy copies[COMPANY_RULES_MAX];
    const char *folders[COMPANY_RULES_MAX];
    size_t count;
};

static bool find_company_rules(const struct cli_args *args,
                               struct company_rules *found, struct err *err) {
    const char *folder;
    while (args->config != NULL &&
           (folder = config_value_at(args->config, "rules-added",
                                     found->count)) != NULL) {
        if (found->count == COMPANY_RULES_MAX)
            return err_set(err, ERR_LIMIT, "more than %d folders of rules",
                           COMPANY_RULES_MAX);
        struct git_copy *copy = &found->copies[found->count];
        if (!cli_settle_path(args, folder, copy, err)) {
            git_copy_dispose(copy);
            return false;
        }
        found->folders[found->count++] = copy->path;
    }
    return true;
}

/* What they are added to is closed when they are. */
static bool add_company_rules(const struct cli_args *args,
                              struct ruleset **rules, struct err *err) {
    struct company_rules found = {.count = 0};
    struct ruleset *both = NULL;
    bool ok =
        find_company_rules(args, &found, err) &&
        (found.count == 0 || ruleset_load_added(&both, *rules, found.folders,
                                                found.count, NULL, err));
    for (size_t i = 0; i < found.count; i++)
        git_copy_dispose(&found.copies[i]);
    if (ok && both != NULL) {
        ruleset_close(*rules);
        *rules = both;
    }
    return ok;
}

bool cli_open_rules(const struct cli_args *args, struct ruleset **out,
                    struct err *err) {
    const char *folder = cli_value(args, "rules");
    struct ruleset *shipped = NULL;
    if (!ruleset_open(&shipped, args->shipped_rules, args->shipped_rules_size,
                      err))
        return false;
    struct ruleset *rules = shipped;
    bool ok = folder == NULL ||
              ruleset_load_folder(&rules, folder, shipped, NULL, err);
    if (rules != shipped)
        ruleset_close(shipped);
    ok = ok && add_company_rules(args, &rules, err);
    if (ok)
        *out = rules;
    else
        ruleset_close(rules);
    return ok;
}

static bool refuse_profile(struct str id, struct err *err) {
    return err_set(err, ERR_INVALID,
                   tr("unknown profile '%.*s'; %s shows them"), STR_ARG(id),
                   lang_is_by_form() ? "/api/profiles"
                                     : "`bomgate rules list`");
}

static bool add_profile(struct cli_screen *screen, struct str id,
                        struct err *err) {
    uint32_t profile = rules_find_profile(screen->rules, id);
    if (profile == RULES_NONE)
        return refuse_profile(id, err);
    for (size_t i = 0; i < screen->profile_count; i++) {
        if (screen->profiles[i] == profile)
            return true;
    }
    screen->profiles[screen->profile_count++] = profile;
    return true;
}

/* A fault in what the settings say is told with where they say it. */
static bool blame_settings(const struct cli_args *args, const char *value,
                           struct err *err) {
    uint32_t line = args->config == NULL ? 0 : config_line(args->config, value);
    return line != 0 && err_at(err, config_path(args->config), line, 0);
}

static bool read_profiles(const struct cli_args *args,
                          struct cli_screen *screen, struct err *err) {
    uint32_t all = rules_profile_count(screen->rules);
    struct strbuf buf = {.ptr = NULL};
    const char *value;
    bool ok = true;
    screen->profiles = mem_calloc(all, sizeof(*screen->profiles));
    if (screen->profiles == NULL)
        return err_nomem(err);
    for (size_t i = 0;
         ok && (value = cli_value_at(args, "profile", i, &buf)) != NULL; i++) {
        struct str rest = str_from(value), one;
        while (ok && str_split(&rest, ',', &one))
            ok = add_profile(screen, str_trim(one), err) ||
                 blame_settings(args, value, err);
    }
    strbuf_dispose(&buf);
    screen->declared = screen->profile_count != 0;
    for (uint32_t i = 0; ok && !screen->declared && i < all; i++)
        screen->profiles[screen->profile_count++] = i;
    return ok;
}

/* Who is a buyer, or one within it, cannot be told that it does not apply. */
static bool add_denied(struct cli_screen *screen, const char *id,
                       struct err *err) {
    const struct ruleset *rules = screen->rules;
    uint32_t profile = rules_find_profile(rules, str_from(id));
    if (profile == RULES_NONE)
        return refuse_profile(str_from(id), err);
    for (size_t i = 0; i < screen->profile_count; i++) {
        if (profile_binds(rules, profile, screen->profiles[i]))
            return err_set(
                err, ERR_INVALID,
                tr("the fact '%s' does not apply, but the profile '%s' is "
                   "declared"),
                id,
                rules_text(rules,
                           rules_profile(rules, screen->profiles[i])->id));
    }
    screen->denied[screen->denied_count++] = profile;
    return true;
}

/* What a product's facts say no to; only settings say it. */
static bool read_denied(const struct cli_args *args, struct cli_screen *screen,
                        struct err *err) {
    const char *value;
    size_t count = 0;
    while (args->config != NULL &&
           config_value_at(args->config, CONFIG_NOT_PROFILE, count) != NULL)
        count++;
    screen->denied = mem_calloc(count + 1, sizeof(*screen->denied));
    if (screen->denied == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < count; i++) {
        value = config_value_at(args->config, CONFIG_NOT_PROFILE, i);
        if (!add_denied(screen, value, err))
            return blame_settings(args, value, err);
    }
    return true;
}

/* Never the locale's: the same call gives the same bytes everywhere. */
bool cli_choose_language(const struct cli_args *args, struct err *err) {
    const char *wanted = cli_value(args, "lang");
    struct strbuf known = {.ptr = NULL};
    const char *name;
    if (wanted == NULL || lang_use(wanted))
        return true;
    for (size_t i = 0; (name = lang_name_at(i)) != NULL; i++)
        strbuf_printf(&known, "%s%s", i == 0 ? "" : ", ", name);
    err_set(err, ERR_INVALID, "unknown language '%s'; one of %s", wanted,
            known.failed ? "those of --help" : known.ptr);
    strbuf_dispose(&known);
    return false;
}

bool cli_read_day(const struct cli_args *args, const char *option, int32_t *day,
                  struct err *err) {
    const char *value = cli_value(args, option);
    return value == NULL || date_parse(str_from(value), day) ||
           err_set(err, ERR_INVALID, tr("%s '%s' is no day; write YYYY-MM-DD"),
                   lang_option(option), value);
}

static bool read_screen(const struct cli_args *args, struct cli_screen *screen,
                        struct err *err) {
    const char *activity = cli_value(args, "activity");
    screen->activity = activity == NULL
                           ? RULES_PURCHASE
                           : rules_activity_parse(str_from(activity));
    if (screen->activity == 0)
        return err_set(
            err, ERR_INVALID,
            tr("unknown activity '%s'; one of purchase, install, use, "
               "sell, import, authorise, fund, export-to"),
            activity);
    screen->as_of = date_today();
    if (!cli_read_day(args, "as-of", &screen->as_of, err))
        return false;
    const char *age = cli_value(args, "max-rule-age");
    if (age != NULL && !rule_age_parse(age, &screen->max_rule_age, err))
        return false;
    return cli_open_rules(args, &screen->rules, err) &&
           read_profiles(args, screen, err) && read_denied(args, screen, err);
}

bool cli_read_screen(const struct cli_args *args, struct cli_screen *out,
                     struct err *err) {
    struct cli_screen screen = {.rules = NULL};
    if (!read_screen(args, &screen, err)) {
        cli_screen_dispose(&screen);
        return false;
    }
    *out = screen;
    return true;
}

struct screen_options cli_screen_options(const struct cli_screen *screen) {
    return (struct screen_options){
        .rules = screen->rules,
        .profiles = screen->profiles,
        .profile_count = screen->profile_count,
        .denied = {screen->denied, screen->denied_count},
        .declared = screen->declared,
        .activity = screen->activity,
        .as_of = screen->as_of,
    };
}

struct run_info cli_run_info(const struct cli_screen *screen) {
    return (struct run_info){
        .rules = screen->rules,
        .as_of = screen->as_of,
        .activity = screen->activity,
        .profiles = screen->profiles,
        .profile_count = screen->profile_count,
        .declared = screen->declared,
    };
}

bool cli_read_fail_on(const struct cli_args *args, enum verdict *out,
                      struct err *err) {
    const char *fail_on = cli_value(args, "fail-on");
    *out =
        fail_on == NULL ? VERDICT_PROHIBITED : verdict_parse(str_from(fail_on));
    return *out <= VERDICT_UNKNOWN ||
           err_set(err, ERR_INVALID,
                   "--fail-on '%s' is none of prohibited, upcoming, "
                   "restricted, review, unknown",
                   fail_on);
}

void cli_screen_dispose(struct cli_screen *screen) {
    ruleset_close(screen->rules);
    mem_free(screen->profiles);
    mem_free(screen->denied);
    *screen = (struct cli_screen){.rules = NULL};
}

bool cli_wants_json(const struct cli_args *args, bool *json, struct err *err) {
    const char *format = cli_value(args, "format");
    *json = format != NULL && strcmp(format, "json") == 0;
    if (format == NULL || *json || strcmp(format, "text") == 0)
        return true;
    return err_set(err, ERR_INVALID,
                   "unknown format '%s'; this command knows text and json",
                   format);
}

int cli_finish(int status) {
    struct err err = ERR_INIT;
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    if (written && (!mem_failed() || status == EXIT_NO_ANSWER))
        return status;
    /* Text that only goes to a screen is not looked at where it is made. */
    if (written)
        err_nomem(&err);
    else
        err_set(&err, ERR_IO, "cannot write to standard output: %s",
                strerror(errno));
    return cli_fail(&err);
}

unsigned cli_terminal_columns(void) {
    struct winsize size;
    if (!isatty(STDOUT_FILENO))
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0)
        return size.ws_col;
    return 80;
}

void cli_print_text(FILE *out, struct str text) {
    struct strbuf visible = {.ptr = NULL};
    utf8_add_visible(&visible, text, SIZE_MAX);
    struct str shown = strbuf_str(&visible);
    fwrite(shown.ptr, 1, shown.len, out);
    strbuf_dispose(&visible);
}
