#include "bom/columns.h"

/* A maker or part-number column that has found no partner yet. */
struct half {
    size_t column;
    const struct header *header;
    bool paired;
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

static bool same_set(const struct header *a, const struct header *b) {
    return a->number == b->number && a->alternate == b->alternate &&
           str_eq_nocase(a->label, b->label);
}

static void add_part(struct table *table, struct half *maker,
                     struct half *mpn) {
    struct part_columns part = {NO_COLUMN, NO_COLUMN, NO_COLUMN,
                                STR_EMPTY, STR_EMPTY, table->part_count != 0};
    if (maker != NULL) {
        part.maker = maker->column;
        part.maker_header = maker->header->text;
        maker->paired = true;
    }
    if (mpn != NULL) {
        part.mpn = mpn->column;
        part.mpn_header = mpn->header->text;
        mpn->paired = true;
    }
    table->parts[table->part_count++] = part;
}

static struct half *find_same(struct halves *makers,
                              const struct header *header) {
    for (size_t i = 0; i < makers->count; i++) {
        if (!makers->items[i].paired &&
            same_set(makers->items[i].header, header))
            return &makers->items[i];
    }
    return NULL;
}

/* The nearest one to the left, else to the right: BusPirate's "MF, MP" beside
   a "MANUFACTURER" further left. */
static struct half *find_near(struct halves *makers, size_t column) {
    struct half *best = NULL;
    for (size_t i = 0; i < makers->count; i++) {
        struct half *maker = &makers->items[i];
        if (maker->paired)
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

/* "Manufacturer, MPN, Manufacturer, MPN" pairs in step; more makers than part
   numbers, or the other way round, by nearness; numbered ones by number. */
static struct half *partner(struct halves *makers, struct halves *mpns,
                            size_t i) {
    struct half *mpn = &mpns->items[i];
    bool plain = all_plain(makers) && all_plain(mpns);
    if (plain && makers->count == mpns->count)
        return &makers->items[i];
    if (plain)
        return find_near(makers, mpn->column);
    struct half *same = find_same(makers, mpn->header);
    if (same == NULL && makers->count == mpns->count &&
        !makers->items[i].paired &&
        makers->items[i].header->alternate == mpn->header->alternate)
        same = &makers->items[i];
    return same;
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
    for (size_t i = 0; i < mpns.count; i++)
        add_part(table, partner(&makers, &mpns, i), &mpns.items[i]);
    share_maker(table, &makers, &mpns);
    for (size_t i = 0; i < both.count; i++) {
        add_part(table, NULL, &both.items[i]);
        table->parts[table->part_count - 1].both = both.items[i].column;
        table->parts[table->part_count - 1].mpn = NO_COLUMN;
    }
    for (size_t i = 0; i < makers.count; i++) {
        if (!makers.items[i].paired)
            add_part(table, &makers.items[i], NULL);
    }
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
