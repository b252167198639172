#include "bom/columns.h"

#include "bom/shape.h"

static struct str joined(struct arena *arena, struct str above,
                         struct str below) {
    if (above.len == 0 || below.len == 0)
        return above.len != 0 ? above : below;
    return arena_printf(arena, "%.*s %.*s", STR_ARG(above), STR_ARG(below));
}

/* The text above a column; a merged cell's text stands in its first one. */
static struct str above(const struct row *row, size_t column) {
    struct str text = table_cell(row, column);
    while (text.len == 0 && column-- > 0)
        text = table_cell(row, column);
    return text;
}

/* A name in two rows: both together, else the more telling half. */
static void read_pair(struct bom_words *words, struct arena *arena,
                      struct str top, struct str below, struct header *out) {
    struct header both, one;
    header_read(words, arena, joined(arena, top, below), &both);
    header_read(words, arena, below, &one);
    *out = both;
    if (one.strength > both.strength)
        *out = one;
    header_read(words, arena, top, &one);
    if (one.strength > out->strength)
        *out = one;
}

/* Is the row below the header a second row of names? Every cell in it must be
   one; a first row of parts has numbers and part numbers. */
static bool is_second_row(struct bom_words *words, struct arena *arena,
                          const struct row *top, const struct row *row) {
    size_t filled = 0, under_nothing = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = table_cell(row, i);
        struct header alone, both;
        if (cell.len == 0)
            continue;
        filled++;
        under_nothing += table_cell(top, i).len == 0;
        header_read(words, arena, cell, &alone);
        header_read(words, arena, joined(arena, above(top, i), cell), &both);
        if (shape_is_number(cell) || (alone.strength == HEADER_UNKNOWN &&
                                      both.strength == HEADER_UNKNOWN))
            return false;
    }
    return filled >= 2 || (filled == 1 && under_nothing == 1);
}

/* Group names over the header ("Manufacturer 1 | | Manufacturer 2") help only
   where the name alone does not tell ("Name", "P/N"). */
static void read_group(struct bom_words *words, struct arena *arena,
                       const struct row *groups, size_t column,
                       struct header *header) {
    struct header both;
    struct str group = above(groups, column);
    if (header->strength == HEADER_STRONG || header->text.len == 0 ||
        group.len == 0)
        return;
    header_read(words, arena, joined(arena, group, header->text), &both);
    if (both.strength == HEADER_STRONG)
        *header = both;
}

static const struct row *group_row(const struct rows *rows,
                                   const struct table_place *place) {
    if (place->first == 0)
        return NULL;
    const struct row *row = rows_peek(rows, place->first - 1);
    size_t filled = 0;
    for (size_t i = 0; i < row->count; i++)
        filled += table_cell(row, i).len != 0;
    return filled >= 2 ? row : NULL;
}

bool columns_read_headers(struct table *table, struct bom_words *words,
                          const struct rows *rows,
                          const struct table_place *place) {
    table->headers =
        arena_array(&table->arena, table->width + 1, sizeof(*table->headers));
    if (table->headers == NULL)
        return false;
    if (place->rows == 0)
        return true;
    const struct row *top = rows_peek(rows, place->first);
    const struct row *groups = group_row(rows, place);
    table->header_line = top->line;
    for (size_t i = 0; i < table->width; i++) {
        struct header *header = &table->headers[i];
        if (place->rows == 2) {
            const struct row *row = rows_peek(rows, place->first + 1);
            struct str below = table_cell(row, i);
            read_pair(words, &table->arena,
                      below.len != 0 ? above(top, i) : table_cell(top, i),
                      below, header);
        } else {
            header_read(words, &table->arena, table_cell(top, i), header);
            if (groups != NULL)
                read_group(words, &table->arena, groups, i, header);
        }
    }
    return !table->arena.failed && !words->scratch.failed;
}

void table_extend_header(struct bom_words *words, const struct rows *rows,
                         struct table_place *place) {
    struct arena arena = {.chunks = NULL};
    size_t next = place->first + 1;
    if (place->rows == 1 && next + 1 < rows_ahead(rows) &&
        is_second_row(words, &arena, rows_peek(rows, place->first),
                      rows_peek(rows, next)))
        place->rows = 2;
    arena_dispose(&arena);
}

void columns_list(const struct table *table, struct strbuf *out) {
    for (size_t i = 0; i < table->width; i++) {
        struct str text = table->headers[i].text;
        if (text.len == 0)
            continue;
        if (out->len != 0)
            strbuf_add_text(out, ", ");
        strbuf_printf(out, "\"%.*s\"", STR_ARG(text));
    }
}
