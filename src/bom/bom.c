#include "bom/bom.h"

#include "bom/columns.h"
#include "bom/diagnostics.h"
#include "bom/lines.h"
#include "bom/listed.h"
#include "bom/plain.h"
#include "bom/preview.h"
#include "bom/ragged.h"
#include "bom/reader.h"
#include "bom/rows.h"
#include "bom/sides.h"
#include "bom/source.h"
#include "bom/table.h"
#include "bom/text.h"
#include "core/lang.h"
#include "core/mem.h"

#include <stdio.h>

/* How far a list with one row a designator is read ahead for the grouped list
   of the same parts; KiCad writes both into one file. */
#define INDIVIDUAL_ROWS 16384
#define INDIVIDUAL_BYTES (8 * 1024 * 1024)

#define EXCERPT_MAX 60 /* bytes */

/* Two lists of the same parts, each below its title. */
struct pair {
    enum row_kind first;  /* the title of the one that came first */
    bool both;            /* the other one has come too, or was chosen */
    bool comparing;       /* in the other one: what the first one said of a part
                             is not given again */
    bool awaits_header;   /* between the other one's title and its header */
    struct listed listed; /* what the first one says */
};

struct bom {
    const struct bom_options *options;
    struct source *source, *own_source;
    struct reader *reader;
    struct rows rows;
    struct bom_words words;
    struct sides sides;
    struct side *side; /* that `row` is of */
    struct arena told; /* for bom_info() */
    struct line_maker maker;
    struct diagnostics diagnostics;
    struct arena ragged; /* a repaired row, a message */
    struct arena lone;   /* `row`, when its only cell was moved */
    struct bom_info info;
    struct row row; /* the row that was looked at last */
    enum row_kind kind;
    bool has_row; /* `row` and `kind` are still to be dealt with */
    bool plain;   /* `row`; see plain.h */
    struct pair pair;
    const struct settled *settled; /* or NULL */
    uint64_t tables;        /* begun so far: their outlines are not the same */
    struct outline outline; /* of `row`, if it is plain */
    bool is_settled;        /* `row` */
    struct arena held;      /* a settled row, while the next one is looked at */
};

static void add_reader_diagnostic(void *ctx, enum bom_severity severity,
                                  const char *code, uint32_t line,
                                  uint32_t column, const char *message) {
    struct bom *bom = ctx;
    diagnostics_add(&bom->diagnostics, severity, code, line, column, message);
}

static unsigned score_header(void *ctx, const struct row *row) {
    struct bom *bom = ctx;
    return table_header_score(&bom->words, row);
}

static bool knows_cell(void *ctx, struct str cell) {
    struct bom *bom = ctx;
    return words_know(&bom->words, cell);
}

static void list_sheets(void *ctx, const struct sheet *sheets, size_t count) {
    struct bom *bom = ctx;
    if (bom->options->preview != NULL)
        preview_sheets(bom->options->preview, sheets, count);
}

static void read_facts(struct bom *bom) {
    struct reader_facts facts = {.encoding = NULL};
    bom->rows.format->facts(bom->reader, &facts);
    bom->info.format = bom->rows.format->name;
    bom->info.encoding = facts.encoding;
    bom->info.delimiter = facts.delimiter;
    bom->info.sheet = facts.sheet;
}

static bool open_reader(struct bom *bom, struct err *err) {
    struct str head;
    struct reader_options options = {
        .encoding = bom->options->encoding,
        .judge = {knows_cell, bom},
        .sheet = bom->options->sheet,
        .header_score = score_header,
        .header_ctx = bom,
        .list_sheets = list_sheets,
        .sheets_ctx = bom,
        .diagnostics = {add_reader_diagnostic, bom}};
    if (!bom->options->no_digest && !source_digest_begin(bom->source, err))
        return false;
    if (!source_peek(bom->source, &head, err))
        return false;
    if (head.len == 0)
        return err_set(err, ERR_FOREIGN, tr("the file is empty"));
    bom->rows.format = reader_format_find(head, err);
    return bom->rows.format != NULL &&
           bom->rows.format->open(&bom->reader, bom->source, &options, err);
}

/* The title that stands last above the table. */
static enum row_kind last_title(struct bom *bom, size_t before) {
    enum row_kind last = ROW_UNKNOWN;
    for (size_t i = 0; i < before; i++) {
        enum row_kind kind =
            table_title_kind(&bom->words, rows_peek(&bom->rows, i));
        if (kind != ROW_UNKNOWN)
            last = kind;
    }
    return last;
}

static void begin_pair(struct bom *bom, enum row_kind title) {
    listed_clear(&bom->pair.listed);
    bom->pair.first = title;
    bom->pair.both = false;
    bom->pair.comparing = false;
}

/* The title of the collated list, unless another list comes before it. */
static size_t find_collated(struct bom *bom, size_t from) {
    for (size_t i = from; i < rows_ahead(&bom->rows); i++) {
        enum row_kind kind =
            table_title_kind(&bom->words, rows_peek(&bom->rows, i));
        if (kind != ROW_UNKNOWN)
            return kind == ROW_COLLATED ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* What a message quotes of a row: its first cell with text. */
static struct str excerpt(const struct row *row) {
    struct str text = STR_EMPTY;
    for (size_t i = 0; i < row->count && text.len == 0; i++)
        text = text_cut(str_trim(row->cells[i]), EXCERPT_MAX);
    return text;
}

static void tell_missing(struct bom *bom, const struct row *row) {
    struct str text = excerpt(row);
    arena_reset(&bom->ragged);
    struct str message = arena_printf(
        &bom->ragged,
        tr("the collated list does not say all that the individual list says "
           "of \"%.*s\"; both were read"),
        STR_ARG(text));
    diagnostics_add(&bom->diagnostics, BOM_NOTE_KEPT, "lists-differ", row->line,
                    0, message.ptr);
}

/* The list with one row a designator, which begins at row `from`, gives way to
   the grouped one, which has quantities, if that is near enough and says all
   of it; else it is the grouped one whose parts are not given again. */
static bool prefer_collated(struct bom *bom, size_t from, struct err *err) {
    begin_pair(bom, ROW_INDIVIDUAL);
    if (!rows_look(&bom->rows, INDIVIDUAL_ROWS, INDIVIDUAL_BYTES, err))
        return false;
    struct listed_pair pair = {from, find_collated(bom, from), SIZE_MAX};
    if (pair.collated == SIZE_MAX)
        return true;
    if (!listed_compare(&pair, &bom->words, &bom->rows, bom->options, err))
        return false;
    if (pair.missing != SIZE_MAX) {
        tell_missing(bom, rows_peek(&bom->rows, pair.missing));
        return true;
    }
    diagnostics_add(&bom->diagnostics, BOM_NOTE_KEPT, "listed-twice",
                    rows_peek(&bom->rows, pair.collated)->line, 0,
                    tr("every part is listed twice; the collated list "
                       "that begins here was read"));
    bom->pair.both = true;
    rows_skip(&bom->rows, pair.collated + 1);
    return rows_look(&bom->rows, ROWS_AHEAD, ROWS_AHEAD_BYTES, err);
}

static size_t count_all(const struct sides *sides, size_t *unmapped) {
    size_t columns = *unmapped = 0;
    for (size_t i = 0; i < sides->count; i++) {
        columns += sides->items[i].first.column_count;
        *unmapped += sides->items[i].first.unmapped_count;
    }
    return columns;
}

/* The columns of all sides, from left to right. */
static bool publish_tables(struct bom *bom) {
    struct sides *sides = &bom->sides;
    size_t names, count = count_all(sides, &names);
    struct bom_column *columns =
        arena_array(&bom->told, count, sizeof(*columns));
    struct str *unmapped = arena_array(&bom->told, names, sizeof(*unmapped));
    if (columns == NULL || unmapped == NULL)
        return false;
    bom->info.header_line = sides->items[0].first.header_line;
    bom->info.columns = columns;
    bom->info.column_count = count;
    bom->info.unmapped = unmapped;
    bom->info.unmapped_count = names;
    for (size_t i = 0; i < sides->count; i++) {
        const struct table *table = &sides->items[i].first;
        for (size_t k = 0; k < table->column_count; k++)
            *columns++ = table->columns[k];
        for (size_t k = 0; k < table->unmapped_count; k++)
            *unmapped++ = table->unmapped[k];
    }
    return true;
}

static void tell_sides(struct bom *bom) {
    for (size_t i = 1; i < bom->sides.count; i++) {
        const struct side *side = &bom->sides.items[i];
        diagnostics_add(
            &bom->diagnostics, BOM_NOTE_KEPT, "side-by-side",
            side->table->header_line, (uint32_t)side->band.left + 1,
            tr("another table stands beside the one before; its rows "
               "are lines of their own"));
    }
}

static bool no_table(const struct table *table, struct err *err) {
    struct strbuf list = {.ptr = NULL};
    columns_list(table, &list);
    if (list.len == 0)
        err_set(err, ERR_FOREIGN,
                tr("no BOM table found: no row looks like a header, and no "
                   "column like part numbers; %s mpn=\"...\" names a column"),
                lang_option("map"));
    else
        err_set(err, ERR_FOREIGN,
                tr("no column for a manufacturer or part number; the headers "
                   "are: %s; say which it is with %s mpn=\"...\""),
                list.ptr, lang_option("map"));
    strbuf_dispose(&list);
    return false;
}

static bool keep_rows(struct bom *bom, const struct table_place *place,
                      struct err *err) {
    struct bom_preview *preview = bom->options->preview;
    return preview == NULL ||
           preview_rows(preview, &bom->rows, place->first + place->rows) ||
           err_nomem(err);
}

static bool keep_headers(struct bom *bom, struct err *err) {
    struct bom_preview *preview = bom->options->preview;
    return preview == NULL ||
           preview_headers(preview, &bom->sides.items[0].first) ||
           err_nomem(err);
}

static bool find_table(struct bom *bom, struct err *err) {
    struct table_place place = {.first = 0};
    if (!rows_look(&bom->rows, ROWS_AHEAD, ROWS_AHEAD_BYTES, err))
        return false;
    if (rows_ahead(&bom->rows) == 0) {
        struct row row;
        if (rows_next(&bom->rows, &row, err) == READER_ERROR)
            return false;
        return err_set(err, ERR_FOREIGN, tr("there is no row with content"));
    }
    const struct bom_options *options = bom->options;
    bool found = table_find_header(&bom->words, &bom->rows, options->maps,
                                   options->map_count, &place);
    enum row_kind title = found ? last_title(bom, place.first) : ROW_UNKNOWN;
    if (title == ROW_COLLATED)
        begin_pair(bom, title);
    if (title == ROW_INDIVIDUAL) {
        if (!prefer_collated(bom, place.first, err))
            return false;
        found = table_find_header(&bom->words, &bom->rows, options->maps,
                                  options->map_count, &place);
    }
    if (found)
        table_extend_header(&bom->words, &bom->rows, &place);
    else
        place.first = table_first_row(&bom->rows);
    if (!keep_rows(bom, &place, err) ||
        !sides_begin(&bom->sides, &place, err) || !keep_headers(bom, err))
        return false;
    const struct table *first = &bom->sides.items[0].first;
    if (found ? !table_is_usable(first)
              : !table_is_plausible(first) && options->map_count == 0)
        return no_table(first, err);
    tell_sides(bom);
    return publish_tables(bom) || err_nomem(err);
}

static void tell_no_sheets(struct bom *bom) {
    arena_reset(&bom->ragged);
    struct str message =
        arena_printf(&bom->ragged,
                     tr("this file has no sheets; \"%s\" (%s) was passed over"),
                     bom->options->sheet, lang_option("sheet"));
    diagnostics_add(&bom->diagnostics, BOM_NOTE_KEPT, "no-sheets", 0, 0,
                    message.ptr == NULL ? "" : message.ptr);
}

static bool open_all(struct bom *bom, struct err *err) {
    if (!words_init(&bom->words, bom->options->rules, err) ||
        !open_reader(bom, err))
        return false;
    bom->rows.reader = bom->reader;
    bom->sides.options = bom->options;
    bom->sides.words = &bom->words;
    bom->sides.rows = &bom->rows;
    bom->side = &bom->sides.items[0];
    bom->maker.cells.words = &bom->words;
    bom->maker.diagnostics = &bom->diagnostics;
    bool ok = find_table(bom, err);
    read_facts(bom);
    if (ok && bom->options->sheet != NULL && bom->info.sheet == NULL)
        tell_no_sheets(bom);
    return ok;
}

bool bom_open_source(struct bom **out, struct source *source, const char *name,
                     const struct bom_options *options, struct err *err) {
    struct bom *bom = mem_calloc(1, sizeof(*bom));
    if (bom == NULL)
        return err_nomem(err);
    bom->options = options;
    bom->source = source;
    bom->info.path = name;
    bom->info.place = options->place != NULL ? options->place : name;
    bom->pair.first = ROW_UNKNOWN;
    if (!open_all(bom, err)) {
        err_at(err, name, 0, 0);
        bom_close(bom);
        return false;
    }
    *out = bom;
    return true;
}

bool bom_open(struct bom **out, const char *path,
              const struct bom_options *options, struct err *err) {
    struct source *source;
    struct bom *bom;
    if (!source_open_file(&source, path, err))
        return false;
    if (!bom_open_source(&bom, source, path, options, err)) {
        source_close(source);
        return false;
    }
    bom->own_source = source;
    *out = bom;
    return true;
}

static void note_row(struct bom *bom, const char *code, const char *what) {
    struct str text = excerpt(&bom->row);
    arena_reset(&bom->ragged);
    struct str message =
        arena_printf(&bom->ragged, tr("%s: \"%.*s\""), what, STR_ARG(text));
    diagnostics_add(&bom->diagnostics, BOM_NOTE_KEPT, code, bom->row.line, 0,
                    message.ptr != NULL ? message.ptr : what);
}

static bool begin_table(struct bom *bom, struct err *err) {
    bom->tables++;
    if (!sides_begin_later(&bom->sides, err))
        return false;
    tell_sides(bom);
    return true;
}

/* `MT41K256M16TW-107:P,,,,` in a column of designators: what a row has left of
   a part goes where part numbers are looked for. */
static void move_lone_part(struct bom *bom) {
    size_t mpn = table_column(bom->side->table, BOM_MPN);
    size_t maker = table_column(bom->side->table, BOM_MANUFACTURER);
    struct lone_part lone;
    if (mpn == NO_COLUMN ||
        !table_lone_part(bom->side->table, &bom->words, &bom->row, &lone) ||
        (lone.maker.len != 0 && maker == NO_COLUMN))
        return;
    size_t width = bom->side->table->width;
    arena_reset(&bom->lone);
    struct str *cells = arena_array(&bom->lone, width, sizeof(*cells));
    if (cells == NULL)
        return;
    for (size_t i = 0; i < width; i++)
        cells[i] = STR_EMPTY;
    if (maker != NO_COLUMN)
        cells[maker] = lone.maker;
    cells[mpn] = lone.mpn;
    note_row(bom, "lone-part", tr("alone in its row, and read as a part"));
    bom->row.cells = cells;
    bom->row.count = width;
}

/* Out of memory shows in `ragged`. */
static void repair_row(struct bom *bom) {
    const struct side *side = bom->side;
    size_t count = bom->row.count, width = side->table->width;
    arena_reset(&bom->ragged);
    if (count <= width &&
        ragged_shift(side->table, &bom->maker.cells, &bom->ragged,
                     &bom->diagnostics, &bom->row))
        return;
    if (count > width)
        ragged_repair(side->table, &bom->maker.cells, &bom->ragged,
                      &bom->diagnostics, &bom->row);
    else if (count < width && side->rows_are_full)
        ragged_tell_short(side->table, &bom->ragged, &bom->diagnostics,
                          &bom->row);
}

/* What is plainly a part ends a table that is passed over. */
static bool is_read(const struct bom *bom, struct bom_words *words) {
    return bom->kind == ROW_PART &&
           (!bom->side->passing_over ||
            table_is_plainly_part(bom->side->table, words, &bom->row));
}

static bool is_plain(struct bom *bom) {
    const struct side *side = bom->side;
    return side->has_plain && plain_row(side->table, &bom->maker.cells,
                                        &bom->row, side->rows_are_full);
}

/* Where lists are compared, or tables stand beside each other or are passed
   over, there is more to a row than what it says. */
static bool may_settle(const struct bom *bom) {
    return bom->settled != NULL && bom->side->has_plain &&
           !bom->side->passing_over && bom->sides.count == 1 &&
           bom->pair.first == ROW_UNKNOWN;
}

static bool find_outline(struct bom *bom, struct outline *out) {
    const struct side *side = bom->side;
    return plain_outline(side->table, &bom->maker.cells, &bom->row,
                         side->rows_are_full, settled_key(bom->settled),
                         bom->tables << 32, out);
}

/* Leaves the outline by which it is settled. */
static bool is_settled(const struct bom *bom, struct outline *outline) {
    struct outline unsure = *outline;
    if (settled_has(bom->settled, outline))
        return true;
    plain_outline_unsure(&unsure);
    if (!settled_has(bom->settled, &unsure))
        return false;
    *outline = unsure;
    return true;
}

/* Is it plain, and is it settled? */
static void judge_row(struct bom *bom) {
    struct outline outline;
    bool outlined = may_settle(bom) && find_outline(bom, &outline);
    bom->is_settled = outlined && is_settled(bom, &outline);
    bom->plain = bom->is_settled || is_plain(bom);
    bom->outline = (struct outline){0, 0};
    if (!outlined || !bom->plain)
        return;
    if (!bom->is_settled &&
        !plain_is_sure(bom->side->table, &bom->maker.cells, &bom->row))
        plain_outline_unsure(&outline);
    bom->outline = outline;
}

static enum reader_step look_at_row(struct bom *bom, struct err *err) {
    if (bom->has_row)
        return READER_ROW;
    enum reader_step step = sides_next(&bom->sides, &bom->row, err);
    if (step != READER_ROW)
        return step;
    bom->side = &bom->sides.items[bom->sides.current];
    judge_row(bom);
    bom->has_row = true;
    bom->kind = ROW_PART;
    if (bom->plain)
        return READER_ROW;
    bom->kind = table_row_kind(bom->side->table, &bom->words, &bom->row);
    if (is_read(bom, &bom->words)) {
        move_lone_part(bom);
        repair_row(bom);
    }
    return READER_ROW;
}

/* In the second of two lists of the same parts: does the row say nothing more
   than the first one? The list ends where another table begins. */
static bool was_listed(struct bom *bom) {
    struct pair *pair = &bom->pair;
    if (bom->kind == ROW_OTHER_TABLE)
        pair->comparing = false;
    if (bom->kind == ROW_HEADER || bom->kind == ROW_NEW_HEADER) {
        pair->comparing = pair->comparing && pair->awaits_header;
        pair->awaits_header = false;
    }
    return pair->comparing && bom->kind == ROW_PART &&
           listed_has(&pair->listed, bom->side->table, &bom->row);
}

/* A revision list goes on to the next blank row; what is plainly a part ends
   it too. */
static bool is_passed_over(struct bom *bom) {
    if (was_listed(bom))
        return true;
    if (bom->kind == ROW_BLANK || bom->kind == ROW_HEADER ||
        bom->kind == ROW_NEW_HEADER || bom->kind == ROW_INDIVIDUAL ||
        bom->kind == ROW_COLLATED ||
        (bom->side->passing_over &&
         table_is_plainly_part(bom->side->table, &bom->words, &bom->row)))
        bom->side->passing_over = false;
    return bom->side->passing_over;
}

/* Such lists stand in a file of their own, never beside each other. */
static bool enter_title(struct bom *bom, struct err *err) {
    struct pair *pair = &bom->pair;
    if (bom->sides.count != 1)
        return true;
    bool second = pair->first != ROW_UNKNOWN && pair->first != bom->kind;
    if (second && !pair->both) {
        pair->both = pair->comparing = pair->awaits_header = true;
        note_row(bom, "listed-twice",
                 tr("parts are listed twice; of this list only what the other "
                    "one does not say was read"));
        return true;
    }
    if (bom->kind == ROW_INDIVIDUAL)
        return prefer_collated(bom, 0, err);
    begin_pair(bom, bom->kind);
    return true;
}

/* Deal with a row that is no part. */
static bool pass_row(struct bom *bom, struct err *err) {
    switch (bom->kind) {
    case ROW_NEW_HEADER:
        return begin_table(bom, err);
    case ROW_INDIVIDUAL:
    case ROW_COLLATED:
        return enter_title(bom, err);
    case ROW_OTHER_TABLE:
        bom->side->passing_over = true;
        note_row(bom, "other-table", tr("a table without parts begins here"));
        return true;
    case ROW_SECTION:
        note_row(bom, "section-row", tr("read as a heading"));
        return true;
    case ROW_UNKNOWN:
        note_row(bom, "not-a-part",
                 tr("content, but nothing that names a part"));
        return true;
    default:
        return true;
    }
}

static void remember_row(struct bom *bom) {
    if (bom->pair.first != ROW_UNKNOWN && !bom->pair.both)
        listed_add(&bom->pair.listed, bom->side->table, &bom->row);
}

static bool read_line(struct bom *bom, const struct row *row, bool plain,
                      struct bom_line *line, struct err *err) {
    bom->maker.table = bom->side->table;
    if (!lines_begin(&bom->maker, row, plain, line))
        return err_nomem(err);
    line->outline = bom->outline;
    remember_row(bom);
    /* An error in the next row is told when that row's turn comes. */
    struct err later = ERR_INIT;
    const struct side *side = bom->side;
    while (look_at_row(bom, &later) == READER_ROW && bom->side == side &&
           bom->kind == ROW_PART) {
        enum line_more more = lines_more(&bom->maker, line, &bom->row);
        if (more == LINE_NOT)
            break;
        bom->has_row = false;
        if (!lines_add(&bom->maker, &bom->row, more, line))
            return err_nomem(err);
        remember_row(bom);
    }
    bom->info.lines++;
    return true;
}

/* Only a row that is not plain can go on with the line before: a plain one has
   a quantity of its own. */
static enum bom_step pass_settled(struct bom *bom, struct bom_line *line,
                                  struct err *err) {
    struct err later = ERR_INIT;
    struct row row;
    arena_reset(&bom->held);
    if (!row_copy(&bom->held, &bom->row, &row)) {
        err_nomem(err);
        return BOM_ERROR;
    }
    bom->has_row = false;
    if (look_at_row(bom, &later) == READER_ROW && !bom->plain &&
        bom->kind == ROW_PART)
        return read_line(bom, &row, true, line, err) ? BOM_LINE : BOM_ERROR;
    bom->info.lines++;
    return BOM_SETTLED;
}

static void tell_mended(struct bom *bom) {
    unsigned count = bom->rows.mended_cells;
    char text[256];
    if (count == 0)
        return;
    snprintf(text, sizeof(text),
             tr_count("%u cell from this line on had been garbled by a wrong "
                      "encoding; read as meant",
                      "%u cells from this line on had been garbled by a wrong "
                      "encoding; read as meant",
                      count),
             count);
    diagnostics_add(&bom->diagnostics, BOM_NOTE_KEPT, "mended-encoding",
                    bom->rows.mended_line, 0, text);
    bom->rows.mended_cells = 0;
}

static enum bom_step end(struct bom *bom) {
    read_facts(bom);
    tell_mended(bom);
    if (!bom->options->no_digest && bom->info.sha256[0] == '\0')
        source_digest_end(bom->source, bom->info.sha256);
    return BOM_END;
}

static bool is_out_of_memory(const struct bom *bom) {
    return bom->diagnostics.failed || bom->words.scratch.failed ||
           bom->ragged.failed || bom->lone.failed || bom->pair.listed.failed;
}

enum bom_step bom_next(struct bom *bom, struct bom_line *line,
                       struct err *err) {
    for (;;) {
        enum reader_step step = look_at_row(bom, err);
        if (step != READER_ROW)
            return step == READER_END ? end(bom) : BOM_ERROR;
        if (is_passed_over(bom)) {
            bom->has_row = false;
            continue;
        }
        if (bom->is_settled)
            return pass_settled(bom, line, err);
        bool is_line = bom->kind == ROW_PART;
        bom->has_row = false;
        bool ok = is_line ? read_line(bom, &bom->row, bom->plain, line, err)
                          : pass_row(bom, err);
        if (ok && is_out_of_memory(bom))
            ok = err_nomem(err);
        if (!ok)
            return BOM_ERROR;
        if (is_line)
            return BOM_LINE;
    }
}

bool bom_next_diagnostic(struct bom *bom, struct bom_diagnostic *out) {
    return diagnostics_next(&bom->diagnostics, out);
}

void bom_settle(struct bom *bom, const struct settled *settled) {
    bom->settled = settled;
}

double bom_share(const struct bom *bom) {
    double share = source_share(bom->source);
    return share < 1 ? share : -1;
}

const struct bom_info *bom_info(const struct bom *bom) { return &bom->info; }

void bom_close(struct bom *bom) {
    if (bom == NULL)
        return;
    if (bom->reader != NULL)
        bom->rows.format->close(bom->reader);
    rows_dispose(&bom->rows);
    sides_dispose(&bom->sides);
    lines_dispose(&bom->maker);
    words_dispose(&bom->words);
    diagnostics_dispose(&bom->diagnostics);
    arena_dispose(&bom->ragged);
    arena_dispose(&bom->lone);
    arena_dispose(&bom->held);
    arena_dispose(&bom->told);
    listed_dispose(&bom->pair.listed);
    source_close(bom->own_source);
    mem_free(bom);
}
