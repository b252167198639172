#include <string.h>

#include "history/audit_inside.h"

/* When it was last checked wholly, with as many BOMs as it has and for all its
   markets, and whether in the period. A look ahead counts: somebody looked. */
static bool find_last(struct audit_work *work, const struct audit_build *build,
                      const char **last, bool *now, struct err *err) {
    const struct audit_slice *slice = &work->slices[AUDIT_PERIODS - 1];
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_PRODUCT, err);
    if (query == NULL)
        return false;
    query_set_optional(query, 1, build->name);
    query_set_int(query, 2, work->head);
    query_set_int(query, 3, slice->first_link);
    query_set_int(query, 4, slice->last_link);
    query_set_int(query, 5, (int64_t)build->boms);
    query_set_optional(query, 6, build->markets);
    query_set_int(query, 7, (int64_t)build->market_count);
    while (ok && (ok = query_next(query, &row, err)) && row) {
        const char *time = audit_column(work, query, 0);
        if (query_text(query, 0).len == 0 || time == NULL)
            continue;
        if (*last == NULL || strcmp(time, *last) > 0)
            *last = time;
        *now |= query_int(query, 1) != 0;
    }
    return ok;
}

bool audit_add_products(struct audit_work *work, struct err *err) {
    const struct audit_options *options = work->options;
    struct audit_unchecked *items =
        arena_array(work->arena, options->wanted_count, sizeof(*items));
    size_t count = 0;
    if (items == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < options->wanted_count; i++) {
        const struct audit_wanted *product = &options->wanted[i];
        const char *last = NULL;
        bool now = false;
        if (options->product != NULL &&
            !str_eq(str_from(product->name), str_from(options->product)))
            continue;
        for (size_t k = 0; k < product->build_count; k++) {
            if (!find_last(work, &product->builds[k], &last, &now, err))
                return false;
        }
        if (!now)
            items[count++] =
                (struct audit_unchecked){audit_text(work, product->name), last};
    }
    work->audit->unchecked = items;
    work->audit->unchecked_count = count;
    work->audit->asks_products = options->wanted_count != 0;
    return audit_ok(work, err);
}
