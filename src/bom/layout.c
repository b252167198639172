#include "bom/columns.h"

/* A maker or part-number column that has found no partner yet. */
struct half {
    size_t column;
    const struct header *header;
    struct half *partner;
};

struct halves {
    struct half *items;
    size_t count;
};

static bool collect(struct table *table, const struct decision *decisions,
                    enum bom_field field, struct halves *out) {
    out->items =
        arena_array(&table->arena, table->width + 1, sizeof(*out->items));
    if (out->items == NULL)
        return false;
    for (size_t i = 0; i < table->width; i++) {
        if (decisions[i].field == field)
            out->items[out->count++] =
                (struct half){.column = i, .header = &table->headers[i]};
    }
    return true;
}

static bool same_kind(const struct header *a, const struct header *b) {
    return a->alternate == b->alternate && str_eq_nocase(a->label, b->label);
}

static bool same_set(const struct header *a, const struct header *b) {
    return a->number == b->number && same_kind(a, b);
}

/* The first of several is as often "MPN" as "MPN 1". */
static bool both_first(const struct header *a, const struct header *b) {
    return a->number + b->number == 1 && !a->alternate && same_kind(a, b);
}

static bool both_alternate(const struct header *a, const struct header *b) {
    return a->alternate == b->alternate;
}

/* Which of two comes first in the line, wherever its column stands. */
static bool comes_before(const struct header *a, const struct header *b) {
    if (a->alternate != b->alternate)
        return b->alternate;
    return a->number < b->number;
}

static void sort_halves(struct halves *halves) {
    for (size_t i = 1; i < halves->count; i++) {
        struct half half = halves->items[i];
        size_t at = i;
        for (;
             at > 0 && comes_before(half.header, halves->items[at - 1].header);
             at--)
            halves->items[at] = halves->items[at - 1];
        halves->items[at] = half;
    }
}

static void add_part(struct table *table, const struct half *maker,
                     const struct half *mpn) {
    struct part_columns part = {
        .maker = NO_COLUMN,
        .mpn = NO_COLUMN,
        .both = NO_COLUMN,
        .origin = NO_COLUMN,
        .alternate = table->part_count != 0,
    };
    if (maker != NULL) {
        part.maker = maker->column;
        part.maker_header = maker->header->text;
    }
    if (mpn != NULL) {
        part.mpn = mpn->column;
        part.mpn_header = mpn->header->text;
    }
    table->parts[table->part_count++] = part;
}

static void pair(struct half *maker, struct half *mpn) {
    maker->partner = mpn;
    mpn->partner = maker;
}

/* The nearest one to the left, else to the right: BusPirate's "MF, MP" beside
   a "MANUFACTURER" further left. */
static struct half *find_near(struct halves *makers, size_t column) {
    struct half *best = NULL;
    for (size_t i = 0; i < makers->count; i++) {
        struct half *maker = &makers->items[i];
        if (maker->partner != NULL)
            continue;
        if (best == NULL || maker->column < column)
            best = maker;
    }
    return best;
}

static bool is_plain(const struct header *header) {
    return header->number == 0 && !header->alternate && header->label.len == 0;
}

static bool all_plain(const struct halves *halves) {
    for (size_t i = 0; i < halves->count; i++) {
        if (!is_plain(halves->items[i].header))
            return false;
    }
    return true;
}

static void pair_plain(struct halves *makers, struct halves *mpns) {
    for (size_t i = 0; i < mpns->count; i++) {
        struct half *maker = makers->count == mpns->count
                                 ? &makers->items[i]
                                 : find_near(makers, mpns->items[i].column);
        if (maker != NULL)
            pair(maker, &mpns->items[i]);
    }
}

static void pair_by(struct halves *makers, struct halves *mpns,
                    bool (*together)(const struct header *,
                                     const struct header *)) {
    for (size_t i = 0; i < mpns->count; i++) {
        struct half *mpn = &mpns->items[i];
        for (size_t k = 0; k < makers->count && mpn->partner == NULL; k++) {
            struct half *maker = &makers->items[k];
            if (maker->partner == NULL && together(maker->header, mpn->header))
                pair(maker, mpn);
        }
    }
}

/* "Manufacturer, MPN, Manufacturer, MPN" pairs in step; more makers than part
   numbers, or the other way round, by nearness; numbered ones by number, and
   what is left in step. */
static void pair_halves(struct halves *makers, struct halves *mpns) {
    if (all_plain(makers) && all_plain(mpns)) {
        pair_plain(makers, mpns);
        return;
    }
    pair_by(makers, mpns, same_set);
    pair_by(makers, mpns, both_first);
    if (makers->count == mpns->count)
        pair_by(makers, mpns, both_alternate);
}

/* One maker column for several part-number columns: "Manufacturer, MPN 1,
   MPN 2". An "Alternate MPN" may be anybody's. */
static void share_maker(struct table *table, const struct halves *makers,
                        const struct halves *mpns) {
    if (makers->count != 1 || mpns->count < 2)
        return;
    for (size_t i = 0; i < table->part_count && i < mpns->count; i++) {
        struct part_columns *part = &table->parts[i];
        if (part->maker == NO_COLUMN && !mpns->items[i].header->alternate) {
            part->maker = makers->items[0].column;
            part->maker_header = makers->items[0].header->text;
        }
    }
}

static const struct header *header_of(const struct table *table,
                                      const struct part_columns *part) {
    size_t column = part->mpn != NO_COLUMN    ? part->mpn
                    : part->both != NO_COLUMN ? part->both
                                              : part->maker;
    return &table->headers[column];
}

/* "Origin 2" is that of the second part; one that is not numbered, of the
   first: where an alternate is made is another question. */
static void find_origins(struct table *table,
                         const struct decision *decisions) {
    for (size_t i = 0; i < table->width; i++) {
        const struct header *origin = &table->headers[i];
        if (decisions[i].field != BOM_ORIGIN)
            continue;
        for (size_t k = 0; k < table->part_count; k++) {
            struct part_columns *part = &table->parts[k];
            const struct header *header = header_of(table, part);
            bool same = same_set(origin, header) ||
                        both_first(origin, header) ||
                        (k == 0 && is_plain(origin));
            if (part->origin == NO_COLUMN && same) {
                part->origin = i;
                break;
            }
        }
    }
}

static bool pair_parts(struct table *table, const struct decision *decisions) {
    struct halves makers = {.count = 0}, mpns = {.count = 0};
    struct halves both = {.count = 0};
    if (!collect(table, decisions, BOM_MANUFACTURER, &makers) ||
        !collect(table, decisions, BOM_MPN, &mpns) ||
        !collect(table, decisions, BOM_MAKER_AND_MPN, &both))
        return false;
    table->parts =
        arena_array(&table->arena, makers.count + mpns.count + both.count + 1,
                    sizeof(*table->parts));
    if (table->parts == NULL)
        return false;
    sort_halves(&makers);
    sort_halves(&mpns);
    pair_halves(&makers, &mpns);
    for (size_t i = 0; i < mpns.count; i++)
        add_part(table, mpns.items[i].partner, &mpns.items[i]);
    share_maker(table, &makers, &mpns);
    for (size_t i = 0; i < both.count; i++) {
        add_part(table, NULL, &both.items[i]);
        table->parts[table->part_count - 1].both = both.items[i].column;
        table->parts[table->part_count - 1].mpn = NO_COLUMN;
    }
    for (size_t i = 0; i < makers.count; i++) {
        if (makers.items[i].partner == NULL)
            add_part(table, &makers.items[i], NULL);
    }
    find_origins(table, decisions);
    return true;
}

static bool list_fields(struct table *table, const struct decision *decisions) {
    for (unsigned f = 0; f < BOM_FIELD_COUNT; f++) {
        struct field_columns *columns = &table->fields[f];
        columns->items = arena_array(&table->arena, table->width + 1,
                                     sizeof(*columns->items));
        if (columns->items == NULL)
            return false;
        /* Sure names before those that the cells decided. */
        for (int pass = 0; pass < 2; pass++) {
            for (size_t i = 0; i < table->width; i++) {
                bool sure = table->headers[i].strength == HEADER_STRONG;
                if (decisions[i].field == f && sure == (pass == 0))
                    columns->items[columns->count++] = i;
            }
        }
    }
    return true;
}

static unsigned set_of(const struct table *table, size_t column) {
    for (size_t i = 0; i < table->part_count; i++) {
        const struct part_columns *part = &table->parts[i];
        if (part->maker == column || part->mpn == column ||
            part->both == column)
            return (unsigned)i;
    }
    return 0;
}

/* Altium's "LibRef" is the part number in one file and "CMP-12345" in the
   next, where "Comment" has it; and "Part Number" may head "100-2000". */
static bool is_unsure(const struct header *header,
                      const struct decision *decision) {
    return decision->field == BOM_MPN && header->strength == HEADER_WEAK &&
           (header_means(header, BOM_VALUE) || decision->doubtful);
}

bool columns_lay_out(struct table *table, const struct decision *decisions) {
    size_t room = table->width + 1;
    table->columns = arena_array(&table->arena, room, sizeof(*table->columns));
    table->unmapped =
        arena_array(&table->arena, room, sizeof(*table->unmapped));
    if (table->columns == NULL || table->unmapped == NULL ||
        !pair_parts(table, decisions) || !list_fields(table, decisions))
        return false;
    for (size_t i = 0; i < table->width; i++) {
        const struct decision *decision = &decisions[i];
        struct str header = table->headers[i].text;
        table->mpn_unsure |= is_unsure(&table->headers[i], decision);
        if (decision->field != BOM_FIELD_COUNT)
            table->columns[table->column_count++] = (struct bom_column){
                decision->field, set_of(table, i),    (unsigned)i,
                header,          decision->runner_up, decision->why};
        else if (header.len != 0)
            table->unmapped[table->unmapped_count++] = header;
    }
    return true;
}
