#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/date.h"
#include "core/mem.h"
#include "ruleset/country.h"

#define YEARS_MAX 50
#define COUNTRIES_MAX 64

static bool add_country(struct cli_wish *wish, const struct ruleset *rules,
                        const char *option, struct str name, const char **codes,
                        size_t *count, struct err *err) {
    struct strbuf code = {.ptr = NULL};
    country_code(&code, rules, name);
    struct str text = strbuf_str(&code);
    bool ok = text.len == 2 && *count < COUNTRIES_MAX;
    if (ok)
        codes[(*count)++] = arena_str(&wish->arena, text).ptr;
    else
        err_set(err, ERR_INVALID,
                "--%s '%.*s' is no country; write a code such as CN, or none",
                option, STR_ARG(name));
    strbuf_dispose(&code);
    return ok;
}

/* @param[out] out  NULL when nothing was given; an empty list for "none". */
static bool read_countries(const struct cli_args *args, const char *option,
                           const struct ruleset *rules, struct cli_wish *wish,
                           const char *const **out, struct err *err) {
    const char **codes =
        arena_array(&wish->arena, COUNTRIES_MAX + 1, sizeof(*codes));
    struct strbuf buf = {.ptr = NULL};
    const char *value;
    size_t count = 0, i = 0;
    bool ok = codes != NULL || err_nomem(err);
    for (; ok && (value = cli_value_at(args, option, i, &buf)) != NULL; i++) {
        struct str rest = str_from(value), one;
        while (ok && str_split(&rest, ',', &one)) {
            one = str_trim(one);
            if (!str_eq(one, STR_LIT("none")))
                ok = add_country(wish, rules, option, one, codes, &count, err);
        }
    }
    strbuf_dispose(&buf);
    *out = i == 0 ? NULL : codes;
    return ok;
}

/* "--horizon 5" or a day; else the product's last day; else three years. */
static bool read_horizon(const struct cli_args *args, int32_t as_of,
                         int32_t *out, struct err *err) {
    const char *horizon = cli_value(args, "horizon");
    const char *sold_until = cli_value(args, "sold-until");
    if (!cli_read_day(args, "sold-until", out, err))
        return false;
    if (horizon == NULL) {
        if (sold_until == NULL)
            *out = date_add_years(as_of, ALTERNATIVES_HORIZON_YEARS);
        return true;
    }
    struct str text = str_from(horizon);
    if (str_is_digits(text) && text.len <= 2 && str_number(text) <= YEARS_MAX) {
        *out = date_add_years(as_of, (unsigned)str_number(text));
        return true;
    }
    return date_parse(text, out) ||
           err_set(err, ERR_INVALID,
                   "--horizon '%s': write a number of years up to %d, or a "
                   "day, YYYY-MM-DD",
                   horizon, YEARS_MAX);
}

bool cli_read_wish(const struct cli_args *args, const struct cli_screen *screen,
                   struct cli_wish *out, struct err *err) {
    struct cli_wish wish = {.wish = {.all = cli_flag(args, "all")}};
    bool ok = read_horizon(args, screen->as_of, &wish.wish.horizon, err) &&
              read_countries(args, "prefer", screen->rules, &wish,
                             &wish.wish.prefers, err) &&
              read_countries(args, "avoid", screen->rules, &wish,
                             &wish.wish.avoids, err);
    if (ok)
        *out = wish;
    else
        cli_wish_dispose(&wish);
    return ok;
}

void cli_wish_dispose(struct cli_wish *wish) { arena_dispose(&wish->arena); }
