#include "bom/named_table.h"

#include <stdio.h>
#include <stdarg.h>
#include <string.h>

#include "bom/header.h"
#include "bom/reader.h"
#include "bom/rows.h"
#include "bom/source.h"
#include "bom/words.h"
#include "core/mem.h"

#define HEADER_ROWS 16 /* how far down the header may stand */
#define HEADER_MIN 2   /* columns that it must name */
#define NO_COLUMN SIZE_MAX

/* A table while it is being read. */
struct reading {
    struct named_table *table;
    struct bom_words words;
    struct arena scratch; /* of the header in hand */
    struct strbuf folded; /* the name in hand */
    struct rows rows;
    struct err trouble; /* the first thing that cannot be read as it stands */
};

/* ---- the header ---- */

static bool is_named(struct reading *reading, const struct named_column *column,
                     struct str folded) {
    const struct ruleset *rules = reading->words.rules;
    struct str name = words_fold(&reading->words, str_from(column->name));
    return str_eq(folded, name) ||
           (column->words != NULL &&
            rules_has_word(rules,
                           rules_find_words(rules, str_from(column->words)),
                           folded));
}

static size_t by_name(struct reading *reading, struct str cell) {
    const struct named_table *table = reading->table;
    name_fold(&reading->folded, cell);
    for (size_t c = 0; reading->folded.len != 0 && c < table->column_count;
         c++) {
        if (is_named(reading, &table->columns[c], strbuf_str(&reading->folded)))
            return c;
    }
    return NO_COLUMN;
}

/* Of what a name may mean: what no other column says. */
static size_t by_field(const struct named_table *table,
                       const struct header *header) {
    bool weak = header->strength == HEADER_WEAK;
    for (unsigned f = 0; f < header->field_count; f++) {
        for (size_t c = 0; c < table->column_count; c++) {
            if (table->columns[c].field == header->fields[f] &&
                (!weak || header->alternate || !named_table_has(table, c)))
                return c;
        }
    }
    return NO_COLUMN;
}

static size_t find_column(struct reading *reading, struct str cell,
                          struct header *header) {
    *header = (struct header){.strength = HEADER_UNKNOWN};
    size_t column = by_name(reading, cell);
    if (column == NO_COLUMN) {
        header_read(&reading->words, &reading->scratch, cell, header);
        column = by_field(reading->table, header);
    }
    return column;
}

static unsigned count_columns(void *ctx, const struct row *row) {
    struct reading *reading = ctx;
    struct header header;
    unsigned count = 0;
    for (size_t i = 0; i < row->count; i++)
        count += find_column(reading, row->cells[i], &header) != NO_COLUMN;
    arena_reset(&reading->scratch);
    return count;
}

static struct named_place *place_of(const struct named_table *table,
                                    size_t column, size_t set) {
    return &table->places[column * NAMED_SETS_MAX + set];
}

/* "MPN 2" is the second; "Alternate MPN" the next after those before it. */
static size_t set_of(const struct named_table *table, size_t column,
                     const struct header *header) {
    size_t set = header->number == 0 ? 0 : header->number - 1;
    if (header->alternate)
        set = header->number == 0 ? 1 : header->number;
    while (set < NAMED_SETS_MAX && place_of(table, column, set)->column != 0)
        set++;
    return set;
}

static bool take_header_cell(struct reading *reading, size_t column,
                             const struct header *header, size_t index,
                             const struct row *row, struct err *err) {
    struct named_table *table = reading->table;
    const struct named_column *named = &table->columns[column];
    size_t set = named->repeats ? set_of(table, column, header) : 0;
    if (set >= NAMED_SETS_MAX)
        return err_set(err, ERR_LIMIT, "more than %d columns for '%s'",
                       NAMED_SETS_MAX, named->name);
    struct named_place *place = place_of(table, column, set);
    if (place->column != 0)
        return err_set(err, ERR_SYNTAX,
                       "two columns say '%s': '%.*s' and '%.*s'; keep one",
                       named->name,
                       STR_ARG(str_trim(row->cells[place->column - 1])),
                       STR_ARG(str_trim(row->cells[index])));
    place->column = (unsigned)index + 1;
    place->cell = (unsigned)++table->width;
    return true;
}

/* A name that is certain goes before one that may mean several things: "Part
   Number" beside "MPN" is nothing that is needed. */
static bool take_header(struct reading *reading, const struct row *row,
                        struct err *err) {
    bool ok = true;
    for (int weak = 0; ok && weak < 2; weak++) {
        for (size_t i = 0; ok && i < row->count; i++) {
            struct header header;
            size_t column = find_column(reading, row->cells[i], &header);
            bool is_weak = header.strength == HEADER_WEAK;
            if (column == NO_COLUMN || is_weak != (weak == 1))
                continue;
            ok = take_header_cell(reading, column, &header, i, row, err);
        }
    }
    arena_reset(&reading->scratch);
    return ok || err_at(err, "", row->line, 0);
}

static bool is_read(const struct named_table *table, size_t index) {
    for (size_t i = 0; i < table->column_count * NAMED_SETS_MAX; i++) {
        if (table->places[i].column == index + 1)
            return true;
    }
    return false;
}

/* The columns that are nobody's but the company's own. */
static bool take_others(struct named_table *table, const struct row *row) {
    struct strbuf names = {.ptr = NULL};
    table->header_line = row->line;
    table->others =
        arena_array(&table->arena, row->count, sizeof(*table->others));
    for (size_t i = 0; i < row->count && !table->arena.failed; i++) {
        struct str name = str_trim(row->cells[i]);
        if (name.len == 0 || is_read(table, i))
            continue;
        strbuf_printf(&names, "%s%.*s", names.len == 0 ? "" : ", ",
                      STR_ARG(str_take(name, 60)));
        table->others[table->other_count++] = (struct named_other){
            .name = arena_str(&table->arena, name),
            .column = (unsigned)i + 1,
        };
    }
    table->unread = arena_str(&table->arena, strbuf_str(&names));
    bool ok = !names.failed && !table->arena.failed;
    strbuf_dispose(&names);
    return ok;
}

static void add_names(struct strbuf *out, const struct named_table *table) {
    for (size_t c = 0; c < table->column_count; c++)
        strbuf_printf(out, "%s%s", c == 0 ? "" : ", ", table->columns[c].name);
}

static bool tell_no_header(const struct reading *reading, struct err *err) {
    struct strbuf names = {.ptr = NULL};
    add_names(&names, reading->table);
    if (names.failed)
        err_nomem(err);
    else
        err_set(err, ERR_SYNTAX,
                "the first row must name the columns: %d or more of %s",
                HEADER_MIN, names.ptr);
    strbuf_dispose(&names);
    return false;
}

static bool find_header(struct reading *reading, struct err *err) {
    unsigned best = 0;
    size_t at = 0;
    if (!rows_look(&reading->rows, HEADER_ROWS, ROWS_AHEAD_BYTES, err))
        return false;
    for (size_t i = 0; i < rows_ahead(&reading->rows) && i < HEADER_ROWS; i++) {
        unsigned count = count_columns(reading, rows_peek(&reading->rows, i));
        if (count > best) {
            best = count;
            at = i;
        }
    }
    if (best < HEADER_MIN)
        return tell_no_header(reading, err);
    if (!take_header(reading, rows_peek(&reading->rows, at), err))
        return false;
    if (!take_others(reading->table, rows_peek(&reading->rows, at)))
        return err_nomem(err);
    rows_skip(&reading->rows, at + 1);
    return true;
}

/* ---- the rows ---- */

static bool is_empty(const struct row *row) {
    for (size_t i = 0; i < row->count; i++) {
        if (str_trim(row->cells[i]).len != 0)
            return false;
    }
    return true;
}

/* An apostrophe before what a spreadsheet would take for a formula is how it
   writes that it is a text. */
static struct str read_cell(struct str cell) {
    struct str text = str_trim(cell);
    bool kept = text.len > 1 && text.ptr[0] == '\'' &&
                strchr("=+-@", text.ptr[1]) != NULL;
    return kept ? str_skip(text, 1) : text;
}

/* @param column  From 1. */
static struct str keep_cell(struct named_table *table, const struct row *row,
                            unsigned column) {
    return column > row->count
               ? STR_EMPTY
               : arena_str(&table->arena, read_cell(row->cells[column - 1]));
}

static bool add_row(struct named_table *table, const struct row *row,
                    struct err *err) {
    void *items = table->rows;
    if (table->count == NAMED_ROWS_MAX)
        return err_set(err, ERR_LIMIT, "more than %d rows", NAMED_ROWS_MAX);
    struct str *cells = arena_array(
        &table->arena, table->width + table->other_count, sizeof(*cells));
    if (cells == NULL ||
        !mem_grow(&items, &table->cap, table->count + 1, sizeof(*table->rows)))
        return err_nomem(err);
    table->rows = items;
    for (size_t i = 0; i < table->column_count * NAMED_SETS_MAX; i++) {
        const struct named_place *place = &table->places[i];
        if (place->column != 0)
            cells[place->cell - 1] = keep_cell(table, row, place->column);
    }
    for (size_t i = 0; i < table->other_count; i++)
        cells[table->width + i] =
            keep_cell(table, row, table->others[i].column);
    table->rows[table->count++] =
        (struct named_row){.line = row->line, .cells = cells};
    return !table->arena.failed || err_nomem(err);
}

static bool read_rows(struct reading *reading, struct err *err) {
    struct row row;
    enum reader_step step;
    while ((step = rows_next(&reading->rows, &row, err)) == READER_ROW) {
        if (!is_empty(&row) && !add_row(reading->table, &row, err))
            return false;
    }
    if (step == READER_END && reading->trouble.code != ERR_NONE) {
        *err = reading->trouble;
        return false;
    }
    return step == READER_END;
}

/* ---- the file ---- */

static void hear(void *ctx, enum bom_severity severity, const char *code,
                 uint32_t line, uint32_t column, const char *message) {
    struct reading *reading = ctx;
    if (severity != BOM_LOST || reading->trouble.code != ERR_NONE)
        return;
    /* A BOM's sheet can be chosen; which one is in force here cannot. */
    err_set(&reading->trouble, ERR_SYNTAX, "%s",
            strcmp(code, "other-boms") != 0
                ? message
                : "more than one sheet has such a table; put them together in "
                  "one, or hide what no longer holds");
    err_at(&reading->trouble, "", line, column);
}

static bool knows_cell(void *ctx, struct str cell) {
    struct reading *reading = ctx;
    return words_know(&reading->words, cell);
}

static bool read_source(struct reading *reading, struct source *source,
                        struct err *err) {
    struct rows *rows = &reading->rows;
    struct str head;
    struct reader_options options = {
        .judge = {knows_cell, reading},
        .header_score = count_columns,
        .header_ctx = reading,
        .diagnostics = {.add = hear, .ctx = reading},
    };
    if (!source_digest_begin(source, err) || !source_peek(source, &head, err))
        return false;
    if (head.len == 0)
        return err_set(err, ERR_SYNTAX, "the file is empty");
    rows->format = reader_format_find(head, err);
    if (rows->format == NULL ||
        !rows->format->open(&rows->reader, source, &options, err))
        return false;
    bool ok = find_header(reading, err) && read_rows(reading, err);
    rows->format->close(rows->reader);
    source_digest_end(source, reading->table->sha256);
    return ok;
}

static bool set_up(struct reading *reading, const char *path,
                   const struct ruleset *rules, struct err *err) {
    struct named_table *table = reading->table;
    size_t places = table->column_count * NAMED_SETS_MAX;
    table->path = arena_str(&table->arena, str_from(path)).ptr;
    table->places = arena_array(&table->arena, places, sizeof(*table->places));
    if (table->arena.failed)
        return err_nomem(err);
    memset(table->places, 0, places * sizeof(*table->places));
    return words_init(&reading->words, rules, err);
}

bool named_table_read(struct named_table *out, const char *path,
                      const struct ruleset *rules,
                      const struct named_column *columns, size_t column_count,
                      struct err *err) {
    struct named_table table = {.columns = columns,
                                .column_count = column_count};
    struct reading reading = {.table = &table};
    struct source *source = NULL;
    bool ok = set_up(&reading, path, rules, err) &&
              source_open_file(&source, path, err) &&
              read_source(&reading, source, err);
    source_close(source);
    rows_dispose(&reading.rows);
    words_dispose(&reading.words);
    arena_dispose(&reading.scratch);
    strbuf_dispose(&reading.folded);
    if (ok)
        *out = table;
    else
        named_table_dispose(&table);
    return ok ? true : err_at(err, path, 0, 0);
}

void named_table_dispose(struct named_table *table) {
    mem_free(table->rows);
    arena_dispose(&table->arena);
    *table = (struct named_table){.path = NULL};
}

bool named_table_has(const struct named_table *table, size_t column) {
    for (size_t set = 0; set < NAMED_SETS_MAX; set++) {
        if (place_of(table, column, set)->column != 0)
            return true;
    }
    return false;
}

struct str named_cell(const struct named_table *table,
                      const struct named_row *row, size_t column, size_t set) {
    size_t cell = place_of(table, column, set)->cell;
    return cell == 0 ? STR_EMPTY : row->cells[cell - 1];
}

struct str named_other_cell(const struct named_table *table,
                            const struct named_row *row, size_t other) {
    return row->cells[table->width + other];
}

bool named_cell_fault(const struct named_table *table,
                      const struct named_row *row, size_t column, size_t set,
                      struct err *err, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    err_vset(err, ERR_SYNTAX, fmt, args);
    va_end(args);
    return err_at(err, table->path, row->line,
                  place_of(table, column, set)->column);
}

bool named_cell_refuse(const struct named_table *table,
                       const struct named_row *row, size_t column, size_t set,
                       struct err *err, const char *what) {
    struct str cell = named_cell(table, row, column, set);
    return named_cell_fault(
        table, row, column, set, err, "'%.*s' in the column '%s' is %s",
        STR_ARG(str_take(cell, 60)), table->columns[column].name, what);
}
