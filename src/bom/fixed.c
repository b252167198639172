#include "bom/formats.h"

#include "bom/csv_record.h"
#include "bom/encoding.h"
#include "bom/fixed_layout.h"
#include "bom/text.h"
#include "core/lang.h"
#include "core/mem.h"

/* What the columns are found from. */
#define HEAD_SIZE (64 * 1024)

/* A delimiter that cuts the lines this much alike (per mille) is one. */
#define DELIMITED_FROM 400

struct reader {
    struct text text;
    struct reader_diagnostics diagnostics;
    struct fixed_layout layout;
    struct str cells[FIXED_COLUMNS_MAX];
    bool skipping; /* the rest of a line that was too long */
};

/* The column a word belongs to: where it starts; between two columns the left
   one, unless it reaches into the right one, as numbers do that are set to
   the right. */
static size_t column_of(const struct fixed_layout *layout,
                        const struct fixed_word *word, size_t from) {
    size_t column = from;
    while (column + 1 < layout->count &&
           (word->place >= layout->columns[column + 1].start ||
            (word->place >= layout->columns[column].end &&
             word->beyond > layout->columns[column + 1].start)))
        column++;
    return column;
}

static bool runs_over(const struct fixed_layout *layout,
                      const struct fixed_word *word, size_t column) {
    return column + 1 < layout->count &&
           word->place < layout->columns[column].end &&
           word->beyond > layout->columns[column + 1].start;
}

static void add_word(struct reader *reader, struct str line, size_t column,
                     const struct fixed_word *word) {
    struct str *cell = &reader->cells[column];
    if (cell->len == 0)
        cell->ptr = line.ptr + word->at;
    cell->len = (size_t)(line.ptr + word->end - cell->ptr);
}

/* Words between the edges are cells; a cell is all from its first word to its
   last. @return the column, from 1, that some word runs over the edge of. */
static size_t cut_at_columns(struct reader *reader, struct str line) {
    const struct fixed_layout *layout = &reader->layout;
    struct fixed_word word = {.at = 0};
    size_t column = 0, over = 0;
    for (size_t i = 0; i < layout->count; i++)
        reader->cells[i] = STR_EMPTY;
    while (fixed_next_word(line, layout->measure, &word)) {
        column = column_of(layout, &word, column);
        add_word(reader, line, column, &word);
        if (over == 0 && runs_over(layout, &word, column))
            over = column + 1;
    }
    return over;
}

/* Does the word stand where its column starts, as a cell would? One blank
   before it is enough when the cell on its left fills its column. */
static bool keeps_to_column(const struct fixed_column *column,
                            const struct fixed_word *before,
                            const struct fixed_word *word, bool begins_cell) {
    return word->place == column->start &&
           (begins_cell || before->beyond >= column[-1].end);
}

/* A title, or statistics and notes below a table: few cells, and none but the
   first stands where a column starts. */
static bool is_beside_columns(const struct fixed_layout *layout,
                              struct str line) {
    struct fixed_word word = {.at = 0}, before = word;
    size_t cells = 0, column = 0;
    while (fixed_next_word(line, layout->measure, &word)) {
        bool begins = fixed_begins_cell(line, &before, &word);
        cells += begins;
        column = column_of(layout, &word, column);
        if (column != 0 &&
            keeps_to_column(&layout->columns[column], &before, &word, begins))
            return false;
        before = word;
    }
    return cells * 2 <= layout->count;
}

/* @return how many. */
static size_t cut_at_gaps(struct reader *reader, struct str line) {
    struct fixed_word word = {.at = 0}, before = word;
    size_t count = 0;
    while (fixed_next_word(line, reader->layout.measure, &word)) {
        if (fixed_begins_cell(line, &before, &word))
            reader->cells[count++] = STR_EMPTY;
        add_word(reader, line, count - 1, &word);
        before = word;
    }
    return count;
}

static void limit_cells(struct reader *reader, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t len = reader->cells[i].len;
        if (len <= READER_CELL_MAX)
            continue;
        reader->cells[i] = text_cut(reader->cells[i], READER_CELL_MAX);
        text_tell(&reader->diagnostics, BOM_LOST, "cell-too-long",
                  reader->text.line, (uint32_t)i + 1,
                  tr("a cell of %zu bytes was cut to %d"), len,
                  READER_CELL_MAX);
    }
}

static void make_row(struct reader *reader, struct str line, struct row *row) {
    size_t over = cut_at_columns(reader, line), count = reader->layout.count;
    bool title = over != 0 && !fixed_has_gap(line);
    if (title || is_beside_columns(&reader->layout, line))
        count = cut_at_gaps(reader, line);
    else if (over != 0)
        text_tell(&reader->diagnostics, BOM_NOTE_KEPT, "column-overrun",
                  reader->text.line, (uint32_t)over,
                  tr("text of this column runs on into the next one"));
    limit_cells(reader, count);
    *row = (struct row){.line = reader->text.line,
                        .cells = reader->cells,
                        .count = count,
                        .text = line};
}

/* Take the next line; false for one that is no row. */
static bool take_line(struct reader *reader, const struct text_line *found,
                      struct row *row) {
    struct text *text = &reader->text;
    struct str line = str_take(text_waiting(text), found->len);
    bool is_row = str_trim(line).len != 0 && !fixed_is_ruled(line);
    text_report(text, found->len + found->end_len, &reader->diagnostics);
    if (found->too_long)
        text_tell(&reader->diagnostics, BOM_LOST, "row-too-long", text->line, 0,
                  tr("a row was cut to %d bytes"), READER_ROW_MAX);
    if (is_row)
        make_row(reader, line, row);
    text_take(text, found->len + found->end_len, found->end_len != 0);
    reader->skipping = found->too_long;
    return is_row;
}

static enum reader_step next(struct reader *reader, struct row *row,
                             struct err *err) {
    struct text *text = &reader->text;
    for (;;) {
        struct text_line found;
        if (reader->skipping && !text_skip_line(text, err))
            return READER_ERROR;
        reader->skipping = false;
        if (!text_find_line(text, READER_ROW_MAX, &found, err))
            return READER_ERROR;
        if (text->end && text_waiting(text).len == 0)
            return READER_END;
        if (take_line(reader, &found, row))
            return READER_ROW;
    }
}

static void close_reader(struct reader *reader) {
    if (reader == NULL)
        return;
    text_dispose(&reader->text);
    mem_free(reader);
}

static bool open_reader(struct reader **out, struct source *source,
                        const struct reader_options *options, struct err *err) {
    struct reader *reader = mem_calloc(1, sizeof(*reader));
    if (reader == NULL)
        return err_nomem(err);
    reader->diagnostics = options->diagnostics;
    if (!text_open(&reader->text, source, options, err) ||
        !text_want(&reader->text, HEAD_SIZE, err)) {
        close_reader(reader);
        return false;
    }
    fixed_find_layout(str_take(text_waiting(&reader->text), HEAD_SIZE),
                      &reader->layout);
    if (reader->layout.count == 0)
        reader->layout.count = 1;
    *out = reader;
    return true;
}

static void facts(const struct reader *reader, struct reader_facts *out) {
    *out = (struct reader_facts){
        .encoding = encoding_name(reader->text.encoding),
    };
}

/* Are the columns set with blanks, be it in half of the lines with tabs? */
static bool is_set_with_blanks(struct str text) {
    size_t blanks = 0, tabs = 0;
    while (text.len != 0) {
        size_t end_len;
        struct str line = str_take(text, text_line_length(text, &end_len));
        text = str_skip(text, line.len + end_len);
        line = str_trim(line);
        tabs += str_find_char(line, '\t') >= 0;
        blanks += str_find(line, STR_LIT("  ")) >= 0;
    }
    return blanks * 2 >= tabs;
}

/* Decimal commas make two columns of a listing that has many. */
static bool is_delimited(struct str text, const struct fixed_layout *layout) {
    struct csv_shape csv = csv_find_delimiter(text, false);
    if (!is_set_with_blanks(text))
        return csv.score >= DELIMITED_FROM / 4;
    return csv.score >= DELIMITED_FROM && csv.width >= layout->named;
}

static int sniff_text(struct str text) {
    struct fixed_layout layout;
    fixed_find_layout(text, &layout);
    if (layout.count < 2 || layout.named < 2 || layout.lines < 3)
        return 0;
    if (csv_named_delimiter(text) != '\0' || is_delimited(text, &layout))
        return 5;
    return layout.named > 2 ? 60 : 45;
}

static int sniff(struct str head) {
    struct strbuf text = {.ptr = NULL};
    int sure = text_of_head(&text, head) ? sniff_text(strbuf_str(&text)) : 0;
    strbuf_dispose(&text);
    return sure;
}

const struct reader_format fixed_format = {
    .name = "fixed",
    .extensions = "txt,bom,lst,prn",
    .sniff = sniff,
    .open = open_reader,
    .next = next,
    .facts = facts,
    .close = close_reader,
};
