#include "report/excel_sheets.h"

#include <stdlib.h>

#include "core/lang.h"
#include "core/mem.h"
#include "report/phrases.h"
#include "report/quantity_sum.h"

/* A BOM has parts of a few kinds; a part beyond these is on What to do. */
#define PARTS_MAX 5000
#define KINDS_MAX 500
#define NAMES_MAX 20 /* companies in a cell */

/* Parts of one category that need replacing. */
struct kind {
    uint32_t category;
    uint32_t parts;
    struct quantity_sum quantity;
    uint32_t *offers; /* for each party of the rules, for how many parts */
};

enum {
    COLUMN_KIND,
    COLUMN_PARTS,
    COLUMN_LINES,
    COLUMN_QUANTITY,
    COLUMN_WHERE,
    COLUMN_ALL,
    COLUMN_SOME,
};

static const struct excel_column columns[] = {
    [COLUMN_KIND] = {N_("What is to be replaced"), 18, 32, EXCEL_TEXT},
    [COLUMN_PARTS] = {N_("Parts"), 8, 9, EXCEL_NUMBER},
    [COLUMN_LINES] = {N_("Lines"), 8, 9, EXCEL_NUMBER},
    [COLUMN_QUANTITY] = {N_("Qty"), 7, 10, EXCEL_RIGHT},
    [COLUMN_WHERE] = {N_("Where"), 12, 24, EXCEL_TEXT},
    [COLUMN_ALL] = {N_("Clear for every buyer declared, for each part"), 30, 60,
                    EXCEL_TEXT},
    [COLUMN_SOME] = {N_("For some of the parts"), 20, 48, EXCEL_TEXT},
};

void excel_suppliers_begin(struct excel_suppliers *suppliers,
                           struct excel_book *book, const char *footer) {
    *suppliers = (struct excel_suppliers){.parts.limit = PARTS_MAX,
                                          .kinds.limit = KINDS_MAX};
    excel_table_begin(&suppliers->table, book, N_("Suppliers"), columns,
                      ARRAY_LEN(columns), footer);
}

static struct kind *make_kind(struct excel_suppliers *suppliers,
                              const struct ruleset *rules, uint32_t category) {
    struct arena *arena = &suppliers->kinds.arena;
    struct kind *kind = arena_alloc(arena, sizeof(*kind));
    uint32_t *offers =
        arena_array(arena, rules_party_count(rules), sizeof(*offers));
    if (kind == NULL || offers == NULL)
        return NULL;
    kind->category = category;
    kind->offers = offers;
    return kind;
}

/* @return true for the first line of the part. */
static bool is_new_part(struct excel_suppliers *suppliers,
                        const struct finding *finding) {
    group_part_key(&suppliers->key, finding);
    struct group *part = groups_at(
        &suppliers->parts, strbuf_str(&suppliers->key), suppliers->marker);
    return part != NULL && part->first && part->lines == 1;
}

static void add_finding(struct excel_suppliers *suppliers,
                        const struct run_info *run,
                        const struct report_line *line,
                        const struct finding *finding) {
    const struct alternatives *found = finding->alternatives;
    uint32_t category = finding->maker->facts.category;
    bool is_new = is_new_part(suppliers, finding);
    strbuf_clear(&suppliers->key);
    strbuf_printf(&suppliers->key, "%u", (unsigned)category);
    struct group *group = groups_at(
        &suppliers->kinds, strbuf_str(&suppliers->key), suppliers->marker);
    if (group == NULL)
        return;
    if (group->data == NULL)
        group->data = make_kind(suppliers, run->rules, category);
    struct kind *kind = group->data;
    if (kind == NULL)
        return;
    if (group->first) {
        quantity_add(&kind->quantity, line->line->quantity);
        groups_add_place(&suppliers->kinds, group, line);
    }
    kind->parts += is_new;
    for (size_t i = 0; is_new && i < found->supplier_count; i++)
        kind->offers[found->suppliers[i]]++;
}

void excel_suppliers_line(struct excel_suppliers *suppliers,
                          const struct run_info *run,
                          const struct report_line *line) {
    suppliers->marker++;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (phrase_is_flagged(finding->verdict) && !finding->waived &&
            finding->alternatives != NULL)
            add_finding(suppliers, run, line, finding);
    }
    if (suppliers->kinds.failed || suppliers->kinds.arena.failed ||
        suppliers->parts.failed || suppliers->key.failed)
        suppliers->table.book->no_memory = true;
}

static int by_lines(const void *a, const void *b) {
    const struct group *left = a, *right = b;
    const struct kind *x = left->data, *y = right->data;
    if (left->lines != right->lines)
        return left->lines > right->lines ? -1 : 1;
    return x->category < y->category ? -1 : x->category > y->category;
}

/* Whoever is offered for every part, or else for `some` of them only. */
static void add_names(struct strbuf *text, const struct run_info *run,
                      const struct kind *kind, bool some) {
    const struct ruleset *rules = run->rules;
    size_t count = 0;
    for (uint32_t i = 0; i < rules_party_count(rules); i++) {
        uint32_t offers = kind->offers[i];
        if (offers == 0 || (offers < kind->parts) != some)
            continue;
        if (count++ >= NAMES_MAX)
            continue;
        strbuf_add_text(text, count == 1 ? "" : "\n");
        phrase_supplier(text, rules, i, screen_owner(rules, i, run->as_of));
        if (some)
            strbuf_printf(text, tr(": %u of %u"), (unsigned)offers,
                          (unsigned)kind->parts);
    }
    if (count > NAMES_MAX)
        strbuf_printf(text, tr("\nand %zu more"), count - NAMES_MAX);
    if (count == 0 && !some)
        strbuf_add_text(text, tr("nobody whom these rules know"));
}

static void put_kind(struct excel_suppliers *suppliers,
                     const struct run_info *run, const struct group *group,
                     bool with_bom) {
    struct excel_table *table = &suppliers->table;
    const struct kind *kind = group->data;
    excel_table_row(table);
    excel_table_text(table, COLUMN_KIND,
                     kind->category == RULES_NONE
                         ? str_from(tr("not known: no category could be told"))
                         : str_from(phrase_kind(run->rules, kind->category)));
    excel_table_number(table, COLUMN_PARTS, kind->parts);
    excel_table_number(table, COLUMN_LINES, group->lines);
    struct strbuf *text = excel_start(table->book);
    quantity_phrase(text, &kind->quantity);
    excel_table_text(table, COLUMN_QUANTITY, strbuf_str(text));
    text = excel_start(table->book);
    group_places(text, group, with_bom);
    excel_table_text(table, COLUMN_WHERE, strbuf_str(text));
    text = excel_start(table->book);
    add_names(text, run, kind, false);
    excel_table_text(table, COLUMN_ALL, strbuf_str(text));
    text = excel_start(table->book);
    add_names(text, run, kind, true);
    excel_table_text(table, COLUMN_SOME, strbuf_str(text));
}

void excel_suppliers_end(struct excel_suppliers *suppliers,
                         const struct run_info *run,
                         const struct run_totals *totals) {
    struct groups *kinds = &suppliers->kinds;
    struct excel_table *table = &suppliers->table;
    /* Once sorted, the map no longer fits the items; nothing asks it again. */
    if (kinds->count > 1 && excel_writable(table->sheet))
        qsort(kinds->items, kinds->count, sizeof(*kinds->items), by_lines);
    for (size_t i = 0; i < kinds->count && excel_writable(table->sheet); i++)
        put_kind(suppliers, run, &kinds->items[i], totals->bom_count > 1);
    if (kinds->count == 0)
        excel_table_note(table, str_from(tr("Nothing was flagged, so no other "
                                            "supplier is needed.")));
    excel_table_end(table);
}

void excel_suppliers_dispose(struct excel_suppliers *suppliers) {
    groups_dispose(&suppliers->kinds);
    groups_dispose(&suppliers->parts);
    strbuf_dispose(&suppliers->key);
}
