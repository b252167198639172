#include <string.h>

#include "cli/cli.h"
#include "run/beside.h"
#include "run/config.h"
#include "run/git_file.h"
#include "run/text_file.h"

/* What people decided before: waivers, the policy on them, and a baseline. */

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

/* A change that says itself how it is read, and for whom, should be seen. */
static bool tell_changed(const char *path, const char *base, struct str there,
                         struct err *err) {
    struct strbuf here = {.ptr = NULL};
    bool ok = text_file_read(path, "settings", &here, err);
    if (ok && !str_eq(strbuf_str(&here), there)) {
        struct err note = ERR_INIT;
        err_set(&note, ERR_INVALID,
                "these settings are not those of %s: but for the policy, this "
                "run goes by the changed ones",
                base);
        err_at(&note, path, 0, 0);
        cli_print_problem(NULL, &note);
    }
    strbuf_dispose(&here);
    return ok;
}

/* The policy of the commit that a change is to be merged into: whoever asks
   for the change does not set it. */
static bool read_base_limit(const struct config *config, const char *base,
                            enum verdict *limit, struct err *err) {
    const char *path = config_path(config);
    struct strbuf text = {.ptr = NULL};
    struct config *there = NULL;
    bool found = false;
    bool ok =
        git_file_read(base, path, &text, &found, err) &&
        tell_changed(path, base, strbuf_str(&text), err) &&
        (!found || config_parse(&there, strbuf_str(&text), path, err)) &&
        parse_limit(there == NULL ? NULL
                                  : config_value(there, CONFIG_RISK_ACCEPTED),
                    path, limit, err);
    config_free(there);
    strbuf_dispose(&text);
    return ok;
}

static bool read_limit(const struct cli_args *args, const char *base,
                       enum verdict *limit, struct err *err) {
    const struct config *config = args->config;
    *limit = VERDICT_UPCOMING;
    if (config == NULL)
        return true;
    if (base != NULL)
        return read_base_limit(config, base, limit, err);
    return parse_limit(config_value(config, CONFIG_RISK_ACCEPTED),
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
        .base = cli_value(args, "waivers-from"),
    };
    bool ok = named != NULL || find_beside(args->operands, args->operand_count,
                                           WAIVERS_NAME, &path, err);
    if (ok && named == NULL && path.len != 0)
        options.path = path.ptr;
    ok = ok && read_limit(args, options.base, &options.risk_limit, err) &&
         (options.path == NULL || waivers_read(&out->waivers, &options, err));
    strbuf_dispose(&path);
    return ok;
}

bool cli_read_decisions(const struct cli_args *args,
                        const struct cli_screen *screen,
                        struct cli_decisions *out, struct err *err) {
    const char *baseline = cli_value(args, "baseline");
    *out = (struct cli_decisions){.waivers = NULL};
    if (read_waivers(args, screen, out, err) &&
        (baseline == NULL || baseline_read(&out->baseline, baseline, err)))
        return true;
    cli_decisions_dispose(out);
    return false;
}

void cli_decisions_dispose(struct cli_decisions *decisions) {
    waivers_free(decisions->waivers);
    baseline_free(decisions->baseline);
    *decisions = (struct cli_decisions){.waivers = NULL};
}
