#include "history/rule_files.h"

#include "history/query.h"

bool rule_files_read(struct history *history, int64_t ruleset,
                     struct rule_sources *out, struct err *err) {
    struct query query = {.history = NULL};
    bool row = true;
    bool ok = query_open(&query, history,
                         "SELECT path, bytes FROM ruleset_file AS r "
                         "JOIN file AS f ON f.id = r.file "
                         "WHERE ruleset = ?1 ORDER BY path",
                         err);
    if (ok)
        query_set_int(&query, 1, ruleset);
    while (ok && (ok = query_next(&query, &row, err)) && row)
        ok = rule_sources_add_text(out, "", query_text(&query, 0),
                                   query_bytes(&query, 1), err);
    query_close(&query);
    rule_sources_sort(out);
    return ok;
}
