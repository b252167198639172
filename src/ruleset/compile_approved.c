#include <stdlib.h>

#include "ruleset/builder.h"

/* The rows of approved lists, in the order in which they are looked for. */

struct sorted_row {
    struct str ipn, mpn; /* keys */
    struct rules_approval row;
    uint32_t position;
};

static struct str key_of(struct builder *builder, const char *text,
                         void (*reduce)(struct strbuf *out, struct str text)) {
    struct strbuf key = {.ptr = NULL};
    if (text != NULL)
        reduce(&key, str_from(text));
    struct str kept = arena_str(&builder->arena, strbuf_str(&key));
    builder->failed = builder->failed || key.failed;
    strbuf_dispose(&key);
    return kept;
}

static uint32_t party_of(struct builder *builder,
                         const struct yaml_approval *from,
                         const struct builder_place *place) {
    const char *id = from->party;
    if (from->party != NULL && from->name != NULL)
        builder_problem(builder, place,
                        "an entry names either a 'party' or, for one without "
                        "a party file, a 'name'");
    if (id == NULL && from->name != NULL) {
        id = builder_listed_id(builder, from->name);
        if (id == NULL)
            builder_problem(builder, place, "the name '%s' holds no letter",
                            from->name);
    }
    return id == NULL ? RULES_NONE
                      : builder_resolve(builder, &builder->parties, id, "party",
                                        place);
}

/* What names nothing would approve everything. */
static void check_row(struct builder *builder, const struct yaml_approval *from,
                      const struct sorted_row *sorted,
                      const struct builder_place *place) {
    if (from->party == NULL && from->name == NULL && from->ipn == NULL &&
        from->mpn == NULL && from->covers_count == 0)
        builder_problem(builder, place,
                        "an approval names a maker, an 'mpn', an 'ipn' or what "
                        "it 'covers'");
    if (from->covers_count != 0 && (from->ipn != NULL || from->mpn != NULL))
        builder_problem(builder, place,
                        "an 'mpn' or 'ipn' is one part, whatever it 'covers'; "
                        "leave that out");
    if (from->ipn != NULL && sorted->ipn.len == 0)
        builder_problem(builder, place, "the IPN is blank");
    if (from->mpn != NULL && sorted->mpn.len == 0)
        builder_problem(builder, place,
                        "the part number '%s' holds no letter or digit",
                        from->mpn);
    builder_check_span(builder, sorted->row.from, sorted->row.until, place);
}

static struct sorted_row make_row(struct builder *builder,
                                  const struct yaml_approval *from,
                                  const struct builder_place *place) {
    struct builder_place covers = builder_below(place, "covers");
    struct sorted_row sorted = {
        .ipn = key_of(builder, from->ipn, ipn_key),
        .mpn = key_of(builder, from->mpn, mpn_key),
        .row =
            {
                .party = party_of(builder, from, place),
                .status = from->status != 0 ? from->status - 1 : RULES_APPROVED,
                .confidence = from->confidence != 0 ? from->confidence - 1
                                                    : RULES_SECONDARY,
                .from = builder_date(builder, from->from, place, "from"),
                .until = builder_date(builder, from->until, place, "until"),
                .covers = builder_resolve_list(builder, &builder->categories,
                                               from->covers, from->covers_count,
                                               "category", &covers),
                .ipn = builder_cstr(builder, from->ipn),
                .mpn = builder_cstr(builder, from->mpn),
                .by = builder_cstr(builder, from->by),
                .date = builder_cstr(builder, from->date),
                .evidence = builder_cstr(builder, from->evidence),
            },
    };
    sorted.row.ipn_key = builder_text(builder, sorted.ipn);
    sorted.row.mpn_key = builder_text(builder, sorted.mpn);
    check_row(builder, from, &sorted, place);
    return sorted;
}

static int by_key(const void *a, const void *b) {
    const struct sorted_row *left = a, *right = b;
    int order = str_cmp(left->ipn, right->ipn);
    if (order == 0)
        order = str_cmp(left->mpn, right->mpn);
    if (order == 0 && left->row.party != right->row.party)
        order = left->row.party < right->row.party ? -1 : 1;
    if (order == 0 && left->position != right->position)
        order = left->position < right->position ? -1 : 1;
    return order;
}

static bool same_covers(struct builder *builder, struct rules_run a,
                        struct rules_run b) {
    for (uint32_t i = 0; a.count == b.count && i < a.count; i++) {
        const uint32_t *left = builder_get(builder, SECTION_ITEMS, a.first + i);
        const uint32_t *right =
            builder_get(builder, SECTION_ITEMS, b.first + i);
        if (*left != *right)
            return false;
    }
    return a.count == b.count;
}

static bool names_same(const struct sorted_row *a, const struct sorted_row *b) {
    return str_eq(a->ipn, b->ipn) && str_eq(a->mpn, b->mpn) &&
           a->row.party == b->row.party;
}

static bool is_after(struct date_span from, struct date_span until) {
    return from.first != DATE_NONE && until.last != DATE_NONE &&
           from.first > until.last;
}

/* On one day a part cannot be approved and not. */
static bool contradict(struct builder *builder, const struct rules_approval *a,
                       const struct rules_approval *b) {
    return a->status != b->status && !is_after(a->from, b->until) &&
           !is_after(b->from, a->until) &&
           same_covers(builder, a->covers, b->covers);
}

static void check_rows(struct builder *builder, const struct builder_ref *ref,
                       const struct sorted_row *rows, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = i + 1; k < count && names_same(&rows[i], &rows[k]);
             k++) {
            if (!contradict(builder, &rows[i].row, &rows[k].row))
                continue;
            struct builder_place place =
                builder_place(ref->document, ref->position, "approved %u",
                              (unsigned)rows[k].position);
            builder_problem(
                builder, &place, "another entry says '%s' of the same part",
                rules_approval_status_name(
                    (enum rules_approval_status)rows[i].row.status));
        }
    }
}

struct rules_run compile_approved(struct builder *builder,
                                  const struct builder_ref *ref) {
    const struct yaml_measure *from = &ref->document->measures[ref->position];
    struct rules_run run = {builder_count(builder, SECTION_APPROVALS), 0};
    struct sorted_row *rows =
        arena_array(&builder->arena, from->approved_count, sizeof(*rows));
    if (rows == NULL)
        return run;
    for (uint32_t i = 0; i < from->approved_count; i++) {
        struct builder_place place =
            builder_place(ref->document, ref->position, "approved %u", i);
        rows[i] = make_row(builder, &from->approved[i], &place);
        rows[i].position = i;
    }
    if (from->approved_count > 1)
        qsort(rows, from->approved_count, sizeof(*rows), by_key);
    check_rows(builder, ref, rows, from->approved_count);
    for (uint32_t i = 0; i < from->approved_count; i++)
        builder_add(builder, SECTION_APPROVALS, &rows[i].row);
    run.count = from->approved_count;
    return run;
}
