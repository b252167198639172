#include "bom/formats.h"

#include <string.h>

#include "bom/csv_blocks.h"
#include "bom/csv_record.h"
#include "bom/csv_slow.h"
#include "bom/encoding.h"
#include "bom/text.h"
#include "core/lang.h"
#include "core/mem.h"

#include <csv.h>

/* What the delimiter is found from. */
#define HEAD_SIZE (64 * 1024)

/* Lines with as many cells as rows of so many columns could be rows; with a
   few columns more they surely are. */
#define ROWS_TOLD 3
#define ROWS_SPLIT 4

struct reader {
    struct text text;
    struct reader_diagnostics diagnostics;
    struct csv_parser parser;
    char delimiter[2];
    size_t usual, last; /* cells of most rows, and of the row before */
    uint32_t torn;      /* the line in which a cell closes that was taken for
                           several rows; 0: none */
    struct strbuf repaired, untorn;

    /* The row being parsed: all its cells in one piece. */
    char *bytes;
    size_t used, cap;
    struct str cells[READER_COLUMNS_MAX];
    size_t count, dropped;
    struct str record; /* as it stands in the file; borrowed from `text` */
    bool ended;        /* libcsv saw its end */
    bool ascii;        /* all of it; false also when nobody looked */

    bool slow; /* every record goes through libcsv */
    struct csv_blocks blocks;
};

static void add_cell_text(struct reader *reader, struct str cell) {
    if (cell.len > READER_CELL_MAX) {
        text_tell(&reader->diagnostics, BOM_LOST, "cell-too-long",
                  reader->text.line, (uint32_t)reader->count + 1,
                  tr("a cell of %zu bytes was cut to %d"), cell.len,
                  READER_CELL_MAX);
        cell = text_cut(cell, READER_CELL_MAX);
    }
    char *copy = reader->bytes + reader->used;
    if (cell.len != 0)
        memcpy(copy, cell.ptr, cell.len);
    reader->cells[reader->count++] = (struct str){copy, cell.len};
    reader->used += cell.len;
}

/* libcsv calls this at the end of each cell. `bytes` has room for the whole
   record, so that nothing here can fail. */
static void on_cell(void *text, size_t len, void *ctx) {
    struct reader *reader = ctx;
    if (reader->count < READER_COLUMNS_MAX)
        add_cell_text(reader, (struct str){text, len});
    else if (len != 0)
        reader->dropped++;
}

static void on_row(int line_break, void *ctx) {
    struct reader *reader = ctx;
    (void)line_break;
    reader->ended = true;
}

static bool feed(struct reader *reader, struct str bytes, struct err *err) {
    size_t parsed = csv_parse(&reader->parser, bytes.ptr, bytes.len, on_cell,
                              on_row, reader);
    return parsed == bytes.len ? true : err_nomem(err);
}

/* Parse one whole record: the row ends with it, whatever stands in it,
   because its quotes have been put in order. */
static bool parse(struct reader *reader, struct str record, struct err *err) {
    void *bytes = reader->bytes;
    if (!mem_grow(&bytes, &reader->cap, record.len + 1, 1))
        return err_nomem(err);
    reader->bytes = bytes;
    reader->used = 0;
    reader->count = 0;
    reader->dropped = 0;
    reader->ended = false;
    if (!feed(reader, record, err) || !feed(reader, STR_LIT("\n"), err))
        return false;
    if (reader->dropped != 0)
        text_tell(&reader->diagnostics, BOM_LOST, "too-many-columns",
                  reader->text.line, READER_COLUMNS_MAX + 1,
                  tr("%zu cells after the first %d were left out"),
                  reader->dropped, READER_COLUMNS_MAX);
    return true;
}

static bool fits(const struct reader *reader, size_t width) {
    return width == reader->usual || width == reader->last;
}

/* Tell of a broken quote in a line that has been read as `split` says.
   `cut_off`: the file ends in that line, so that it may have been longer. */
static void tell_quote(struct reader *reader, struct csv_split split,
                       bool left_out, bool cut_off) {
    const struct reader_diagnostics *to = &reader->diagnostics;
    uint32_t line = reader->text.line, column = (uint32_t)split.mistaken;
    bool odd = !fits(reader, split.width);
    if (split.unclosed && cut_off)
        text_tell(
            to, BOM_LOST, "open-quote", line, column,
            tr("the quote that opens this cell never closes: the file ends "
               "in it, and may have been cut off"));
    else if (split.unclosed || left_out)
        text_tell(
            to, odd ? BOM_LOST : BOM_NOTE_KEPT, "open-quote", line, column,
            odd ? tr("the quote that opens this cell does not close at its "
                     "end; it was left out, which makes %zu cells in this "
                     "row, not as many as in others")
                : tr("the quote that opens this cell does not close at its "
                     "end; it was left out, which makes %zu cells in this "
                     "row"),
            split.width);
    else
        text_tell(
            to, odd && split.swallows ? BOM_LOST : BOM_NOTE_KEPT, "stray-quote",
            line, column,
            odd && split.swallows
                ? tr("a quote in the middle of this cell was taken for "
                     "text; the cell may hold what belongs in the next ones")
                : tr("a quote in the middle of this cell was taken for "
                     "text"));
}

/* A line with a broken quote, by itself. Of the two ways to read it the one
   that makes as many cells as in other rows is right: `"a"b,c` are two cells,
   `"0.100" (2.54mm), black"` is one. */
static bool read_line(struct reader *reader, struct str line, bool cut_off,
                      struct err *err) {
    char delimiter = reader->delimiter[0];
    enum csv_reading reading = CSV_AS_LIBCSV;
    struct csv_split split = csv_split(line, delimiter, reading, NULL);
    struct csv_split other = csv_split(line, delimiter, CSV_AS_DEBRIS, NULL);
    if (!fits(reader, split.width) && fits(reader, other.width)) {
        reading = CSV_AS_DEBRIS;
        split = other;
    }
    strbuf_clear(&reader->repaired);
    csv_split(line, delimiter, reading, &reader->repaired);
    if (reader->repaired.failed)
        return err_nomem(err);
    if (split.mistaken != 0)
        tell_quote(reader, split, reading == CSV_AS_DEBRIS, cut_off);
    return parse(reader, strbuf_str(&reader->repaired), err);
}

static void take(struct reader *reader, size_t len, uint32_t lines) {
    text_take(&reader->text, len, lines);
}

/* Read the first line of what waits as a row, quotes closed or not; the lines
   after it are rows of their own. */
static bool read_first_line(struct reader *reader, struct err *err) {
    struct str waiting = text_waiting(&reader->text);
    size_t end_len;
    size_t len = text_line_length(waiting, &end_len);
    bool cut_off = end_len == 0 && reader->text.end;
    text_report(&reader->text, len + end_len, &reader->diagnostics);
    reader->record = str_take(waiting, len);
    if (!read_line(reader, reader->record, cut_off, err))
        return false;
    take(reader, len + end_len, end_len != 0);
    return true;
}

static struct str last_line(struct str record) {
    size_t at = record.len;
    while (at > 0 && record.ptr[at - 1] != '\n' && record.ptr[at - 1] != '\r')
        at--;
    return str_skip(record, at);
}

/* A quote in a cell that it does not open is text, but may be one of a pair. */
static void tell_bare_quote(struct reader *reader, struct str record) {
    size_t odd =
        csv_split(record, reader->delimiter[0], CSV_AS_LIBCSV, NULL).odd;
    if (odd != 0)
        text_tell(
            &reader->diagnostics, BOM_NOTE_KEPT, "stray-quote",
            reader->text.line, (uint32_t)odd,
            tr("there is one quote in this cell, which does not begin with "
               "it; it was taken for text"));
}

/* The last row of a torn cell: the quote that closes it, the first one, goes
   with the one that opened it, and those after it are this line's own. */
static bool read_torn(struct reader *reader, struct str line, size_t end_len,
                      struct err *err) {
    ptrdiff_t quote = str_find_char(line, '"');
    size_t at = quote < 0 ? line.len : (size_t)quote;
    text_report(&reader->text, line.len + end_len, &reader->diagnostics);
    reader->record = line;
    strbuf_clear(&reader->untorn);
    strbuf_add(&reader->untorn, str_take(line, at));
    strbuf_add(&reader->untorn, str_skip(line, at + 1));
    if (reader->untorn.failed)
        return err_nomem(err);
    if (!read_line(reader, strbuf_str(&reader->untorn), false, err))
        return false;
    take(reader, line.len + end_len, 1);
    return true;
}

static size_t width_alone(const struct reader *reader, struct str line) {
    return csv_split(line, reader->delimiter[0], CSV_AS_LIBCSV, NULL).width;
}

/* Could a line inside a quoted cell be a row? The last one, which also holds
   the cells after that one, only if some of its own stand before the quote. */
static bool could_be_row(const struct reader *reader, struct str line,
                         bool last) {
    ptrdiff_t quote = str_find_char(line, '"');
    ptrdiff_t first = str_find_char(line, reader->delimiter[0]);
    if (quote >= 0 && (!last || first < 0 || first > quote))
        return false;
    return width_alone(reader, line) == reader->usual;
}

/* How many lines after the record's first one could be rows. */
static uint32_t count_rows(const struct reader *reader, struct str record,
                           bool with_last) {
    uint32_t rows = 0;
    size_t end_len;
    size_t len = text_line_length(record, &end_len);
    while (end_len != 0) {
        record = str_skip(record, len + end_len);
        len = text_line_length(record, &end_len);
        if (end_len != 0 || with_last)
            rows += could_be_row(reader, str_take(record, len), end_len == 0);
    }
    return rows;
}

/* A quoted cell whose quotes are in order, as two that were forgotten in two
   rows would make them: when all its lines are as wide as rows of some columns
   it is those; when some are, the rows in it are lost. */
static bool is_torn(struct reader *reader, const struct csv_record *found,
                    struct str record, bool all_fit) {
    if (reader->usual < ROWS_TOLD)
        return false;
    uint32_t rows = count_rows(reader, record, all_fit);
    if (all_fit && reader->usual >= ROWS_SPLIT && rows == found->lines) {
        reader->torn = reader->text.line + found->lines;
        return true;
    }
    if (rows != 0)
        text_tell(&reader->diagnostics, BOM_LOST, "quoted-rows",
                  reader->text.line, 0,
                  tr_count("a quoted cell of this row holds %u line that could "
                           "be rows of their own; it was read as one cell",
                           "a quoted cell of this row holds %u lines that "
                           "could be rows of their own; it was read as one "
                           "cell",
                           rows),
                  (unsigned)rows);
    return false;
}

/* Whether a quoted cell with line breaks is rather several rows, of which one
   has a quote too few. */
static bool is_several_rows(struct reader *reader,
                            const struct csv_record *found, struct str record) {
    size_t end_len;
    struct str first = str_take(record, text_line_length(record, &end_len));
    bool whole = fits(reader, width_alone(reader, record));
    bool first_fits = fits(reader, width_alone(reader, first));
    bool last_fits = fits(reader, width_alone(reader, last_line(record)));
    if (found->stray)
        return !whole || (first_fits && last_fits);
    if (!whole && (first_fits || last_fits))
        return true;
    return is_torn(reader, found, record, whole && first_fits && last_fits);
}

static bool read_record(struct reader *reader, const struct csv_record *found,
                        struct err *err) {
    struct str record = str_take(text_waiting(&reader->text), found->len);
    size_t whole = found->len + found->end_len;
    uint32_t lines = found->lines + (found->end_len != 0);
    if (found->lines != 0 && is_several_rows(reader, found, record))
        return read_first_line(reader, err);
    text_report(&reader->text, whole, &reader->diagnostics);
    if (found->bare && !found->stray)
        tell_bare_quote(reader, record);
    reader->record = record;
    if (!(found->stray ? read_line(reader, record, false, err)
                       : parse(reader, record, err)))
        return false;
    take(reader, whole, lines);
    return true;
}

/* A row without end: what fits is kept, and the rest of its line passed over
   without being held. */
static bool read_long(struct reader *reader, struct err *err) {
    struct str waiting = text_waiting(&reader->text);
    struct str kept = text_cut(waiting, READER_ROW_MAX);
    text_tell(&reader->diagnostics, BOM_LOST, "row-too-long", reader->text.line,
              0, tr("a row was cut to %d bytes"), READER_ROW_MAX);
    text_report(&reader->text, kept.len, &reader->diagnostics);
    if (!read_line(reader, kept, false, err))
        return false;
    take(reader, kept.len, 0);
    return text_skip_line(&reader->text, err);
}

/* The fast way, for a record that can be split where it stands. */
static bool read_regular(struct reader *reader) {
    struct text *text = &reader->text;
    struct str waiting = text_waiting(text);
    struct csv_regular found;
    if (reader->slow ||
        !csv_blocks_next(&reader->blocks, waiting, reader->cells, &found))
        return false;
    text_report(text, found.len + found.end_len, &reader->diagnostics);
    reader->record = str_take(waiting, found.len);
    reader->count = found.count;
    reader->ascii = found.ascii;
    reader->ended = true;
    take(reader, found.len + found.end_len, 1);
    return true;
}

/* Read what waits up to the end of a record. `ended` is set unless it was a
   blank line, or not all of it is there yet. */
static bool step(struct reader *reader, struct err *err) {
    struct text *text = &reader->text;
    struct csv_record found;
    bool torn = text->line == reader->torn;
    if (!torn && read_regular(reader))
        return true;
    csv_blocks_restart(&reader->blocks);
    reader->ended = false;
    reader->ascii = false;
    reader->record = STR_EMPTY;
    if (torn) {
        struct str waiting = text_waiting(text);
        size_t end_len, len = text_line_length(waiting, &end_len);
        if (end_len != 0)
            return read_torn(reader, str_take(waiting, len), end_len, err);
    }
    switch (
        csv_scan(text_waiting(text), text->end, reader->delimiter[0], &found)) {
    case CSV_SCAN_RECORD:
        return read_record(reader, &found, err);
    case CSV_SCAN_OPEN:
        return read_first_line(reader, err);
    case CSV_SCAN_LONG:
        return read_long(reader, err);
    case CSV_SCAN_MORE:
        break;
    }
    return text_more(text, err);
}

static enum reader_step next(struct reader *reader, struct row *row,
                             struct err *err) {
    struct text *text = &reader->text;
    for (;;) {
        uint32_t line = text->line;
        if (text->end && text_waiting(text).len == 0)
            return READER_END;
        if (!step(reader, err)) {
            err_at(err, "", line, 0);
            return READER_ERROR;
        }
        if (!reader->ended)
            continue;
        if (reader->count > 1)
            reader->last = reader->count;
        *row = (struct row){.line = line,
                            .cells = reader->cells,
                            .count = reader->count,
                            .text = reader->record,
                            .ascii = reader->ascii};
        return READER_ROW;
    }
}

static void close_reader(struct reader *reader) {
    if (reader == NULL)
        return;
    csv_free(&reader->parser);
    text_dispose(&reader->text);
    strbuf_dispose(&reader->repaired);
    strbuf_dispose(&reader->untorn);
    mem_free(reader->bytes);
    mem_free(reader);
}

/* Excel's own "sep=;" line says the delimiter, and is no row. */
static void choose_delimiter(struct reader *reader) {
    struct text *text = &reader->text;
    struct str head = str_take(text_waiting(text), HEAD_SIZE);
    bool whole = text->end && head.len == text_waiting(text).len;
    char named = csv_named_delimiter(head);
    struct csv_shape shape = csv_find_delimiter(head, whole);
    reader->delimiter[0] = shape.delimiter;
    reader->usual = shape.width;
    if (named == '\0')
        return;
    size_t end_len;
    size_t len = text_line_length(head, &end_len);
    reader->delimiter[0] = named;
    reader->usual = named == shape.delimiter ? shape.width : 0;
    take(reader, len + end_len, end_len != 0);
}

static bool init_parser(struct reader *reader, struct err *err) {
    if (csv_init(&reader->parser, 0) != 0)
        return err_nomem(err);
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter[0]);
    csv_set_realloc_func(&reader->parser, mem_realloc);
    csv_set_free_func(&reader->parser, mem_free);
    /* Its own step of 128 bytes copies a long cell thousands of times. */
    csv_set_blk_size(&reader->parser, READER_CELL_MAX);
    return true;
}

static bool open_either(struct reader **out, struct source *source,
                        const struct reader_options *options, bool slow,
                        struct err *err) {
    struct reader *reader = mem_calloc(1, sizeof(*reader));
    if (reader == NULL)
        return err_nomem(err);
    reader->slow = slow;
    reader->diagnostics = options->diagnostics;
    if (!text_open(&reader->text, source, options, err) ||
        !text_want(&reader->text, HEAD_SIZE, err)) {
        close_reader(reader);
        return false;
    }
    choose_delimiter(reader);
    csv_blocks_init(&reader->blocks, reader->delimiter[0]);
    if (!init_parser(reader, err)) {
        close_reader(reader);
        return false;
    }
    *out = reader;
    return true;
}

static bool open_reader(struct reader **out, struct source *source,
                        const struct reader_options *options, struct err *err) {
    return open_either(out, source, options, false, err);
}

bool csv_open_slow(struct reader **out, struct source *source,
                   const struct reader_options *options, struct err *err) {
    return open_either(out, source, options, true, err);
}

static void facts(const struct reader *reader, struct reader_facts *out) {
    *out = (struct reader_facts){
        .encoding = encoding_name(reader->text.encoding),
        .delimiter = reader->delimiter,
    };
}

/* Any text is a table of this kind, if of one column; how sure it is depends
   on how regular it looks. */
static int sniff(struct str head) {
    struct strbuf text = {.ptr = NULL};
    int sure = 0;
    if (text_of_head(&text, head) && str_trim(strbuf_str(&text)).len != 0) {
        struct str piece = strbuf_str(&text);
        sure = csv_named_delimiter(piece) != '\0'
                   ? 90
                   : 20 + (int)(csv_find_delimiter(piece, false).score / 20);
    }
    strbuf_dispose(&text);
    return sure;
}

const struct reader_format csv_format = {
    .name = "csv",
    .extensions = "csv,tsv,tab,txt,bom",
    .sniff = sniff,
    .open = open_reader,
    .next = next,
    .facts = facts,
    .close = close_reader,
};
