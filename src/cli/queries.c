#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/lang.h"

#define QUERY_MAX (64 * 1024) /* bytes of one line of standard input */

/* Blank lines are none. */
static bool each_line(cli_query *ask, void *ctx, struct err *err) {
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    bool ok = true;
    errno = 0;
    while (ok && (len = getline(&line, &cap, stdin)) >= 0) {
        struct str query = str_trim((struct str){line, (size_t)len});
        if (query.len > QUERY_MAX)
            ok = err_set(err, ERR_LIMIT, tr("a query has at most %d bytes"),
                         QUERY_MAX);
        else if (query.len != 0)
            ok = ask(ctx, query, true, err);
    }
    if (ok && ferror(stdin))
        ok = err_set(err, ERR_IO, "cannot read standard input: %s",
                     strerror(errno));
    free(line); /* getline() allocates it */
    return ok;
}

bool cli_each_query(const char *operand, cli_query *ask, void *ctx,
                    struct err *err) {
    return strcmp(operand, "-") == 0 ? each_line(ask, ctx, err)
                                     : ask(ctx, str_from(operand), false, err);
}

bool cli_read_category(const struct cli_args *args, const struct ruleset *rules,
                       uint32_t *out, struct err *err) {
    const char *category = cli_value(args, "category");
    *out = RULES_NONE;
    if (category == NULL)
        return true;
    *out = rules_find_category(rules, str_from(category));
    return *out != RULES_NONE ||
           err_set(err, ERR_INVALID,
                   lang_is_by_form() ? tr("unknown category '%s'")
                                     : tr("unknown category '%s'; `bomgate "
                                          "rules list --categories` "
                                          "shows them"),
                   category);
}
