#include "history/compare.h"

#include "history/schema.h"

bool compare_open(struct query *query, struct history *history,
                  enum compared what, int64_t before, int64_t after,
                  struct err *err) {
    static const char *const statements[] = {
        [COMPARED_FINDINGS] = history_compare_findings,
        [COMPARED_PARTS] = history_compare_parts,
        [COMPARED_RULES] = history_rule_changes,
    };
    if (!query_open(query, history, statements[what], err))
        return false;
    query_set_int(query, 1, before);
    query_set_int(query, 2, after);
    if (what == COMPARED_RULES)
        query_set_int(query, 3, INT64_MAX);
    return true;
}
