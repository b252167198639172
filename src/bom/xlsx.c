#include "bom/formats.h"

#include "bom/merges.h"
#include "bom/sheet_row.h"
#include "bom/sheets.h"
#include "bom/text.h"
#include "bom/xlsx_book.h"
#include "bom/xml_part.h"
#include "core/lang.h"
#include "core/mem.h"

#include <string.h>

/** The cell that is being read. */
struct xlsx_cell {
    uint32_t column; /* from 0 */
    size_t style;
    char type; /* 'n'umber, 's'hared, 't'ext, 'i'nline, 'b', 'e'rror, 'd'ate */
    bool open, has_formula;
};

/** A sheet that is being read, row by row. */
struct xlsx_sheet {
    const struct xlsx_book *book;
    struct xml_part *xml;
    struct sheet_row row;
    struct xlsx_cell cell;
    struct strbuf value, text;
    struct xlsx_text inline_text;
    struct merges merges;
    uint32_t last_line, next_column;
    bool in_data, in_row, in_value, in_inline;
    bool order_told;
};

struct reader {
    struct zip_parts *parts;
    struct xlsx_book book;
    struct reader_diagnostics diagnostics;
    size_t chosen;
    uint64_t sampled; /* bytes in the rows that were looked at */
    struct xlsx_sheet sheet;
};

/* UINT32_MAX when it is no number up to `max`. */
static uint32_t parse_index(struct str text, uint32_t max) {
    uint32_t value = 0;
    if (text.len == 0)
        return UINT32_MAX;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]))
            return UINT32_MAX;
        value = value * 10 + (uint32_t)(text.ptr[i] - '0');
        if (value > max)
            return UINT32_MAX;
    }
    return value;
}

static void start_row(struct xlsx_sheet *sheet, const char *const *attributes) {
    const char *number = xml_attribute(attributes, "r");
    uint32_t line = parse_index(str_from(number), SHEET_ROWS_MAX);
    bool bad = number != NULL && (line == UINT32_MAX || line == 0);
    if (sheet->in_row) {
        xml_part_fail(sheet->xml, ERR_SYNTAX, N_("a row inside a row"));
        return;
    }
    if (number == NULL || bad)
        line = sheet->last_line + 1;
    if (bad)
        text_tell(sheet->row.diagnostics, BOM_NOTE_KEPT, "row-number", line, 0,
                  tr("the file numbers this row \"%s\""), number);
    if (line <= sheet->last_line && !sheet->order_told) {
        text_tell(sheet->row.diagnostics, BOM_NOTE_KEPT, "row-order", line, 0,
                  tr("rows are not in order; they are read as they come"));
        sheet->order_told = true;
    }
    sheet->last_line = line;
    sheet->next_column = 0;
    sheet->in_row = true;
    sheet_row_begin(&sheet->row, line);
}

/* "AB12" is column 27; the row number is left to the row. */
static bool parse_column(const char *reference, uint32_t *column) {
    uint32_t value = 0;
    size_t letters = 0;
    for (; letters < 4 && ascii_is_alpha(reference[letters]); letters++)
        value =
            value * 26 + (uint32_t)(ascii_upper(reference[letters]) - 'A') + 1;
    if (letters == 0 || value > SHEET_COLUMNS_MAX ||
        parse_index(str_from(reference + letters), SHEET_ROWS_MAX) ==
            UINT32_MAX)
        return false;
    *column = value - 1;
    return true;
}

static char parse_type(const char *type) {
    static const struct {
        const char *name;
        char type;
    } types[] = {{"n", 'n'}, {"s", 's'}, {"str", 't'}, {"inlineStr", 'i'},
                 {"b", 'b'}, {"e", 'e'}, {"d", 'd'}};
    if (type == NULL)
        return 'n';
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (strcmp(types[i].name, type) == 0)
            return types[i].type;
    }
    return 't';
}

static void start_cell(struct xlsx_sheet *sheet,
                       const char *const *attributes) {
    const char *reference = xml_attribute(attributes, "r");
    uint32_t column = sheet->next_column;
    if (sheet->cell.open) {
        xml_part_fail(sheet->xml, ERR_SYNTAX, N_("a cell inside a cell"));
        return;
    }
    if (reference != NULL && !parse_column(reference, &column))
        text_tell(sheet->row.diagnostics, BOM_LOST, "cell-reference",
                  sheet->row.line, column + 1,
                  tr("the file places this cell at \"%.40s\"; it is read here"),
                  reference);
    sheet->next_column = column + 1;
    sheet->cell = (struct xlsx_cell){
        .column = column,
        .style =
            parse_index(str_from(xml_attribute(attributes, "s")), UINT16_MAX),
        .type = parse_type(xml_attribute(attributes, "t")),
        .open = true,
    };
    strbuf_clear(&sheet->value);
    strbuf_clear(&sheet->inline_text.text);
}

static void on_start(void *ctx, const char *name,
                     const char *const *attributes) {
    struct xlsx_sheet *sheet = ctx;
    const char *local = xlsx_element(name);
    if (strcmp(local, "sheetData") == 0)
        sheet->in_data = true;
    else if (!sheet->in_data)
        return;
    else if (strcmp(local, "row") == 0)
        start_row(sheet, attributes);
    else if (strcmp(local, "c") == 0 && sheet->in_row)
        start_cell(sheet, attributes);
    else if (strcmp(local, "v") == 0)
        sheet->in_value = true;
    else if (strcmp(local, "f") == 0)
        sheet->cell.has_formula = true;
    else if (strcmp(local, "is") == 0)
        sheet->in_inline = true;
    else if (sheet->in_inline)
        xlsx_text_start(&sheet->inline_text, local);
}

/* "C2" of "C2:C3". */
static bool parse_corner(const char **at, uint32_t *column, uint32_t *line) {
    char corner[16];
    size_t len = 0;
    while (ascii_is_alnum((*at)[len]) && len + 1 < sizeof(corner)) {
        corner[len] = (*at)[len];
        len++;
    }
    corner[len] = '\0';
    if (!parse_column(corner, column))
        return false;
    const char *digits = corner;
    while (ascii_is_alpha(*digits))
        digits++;
    *line = parse_index(str_from(digits), SHEET_ROWS_MAX);
    *at += len;
    return true;
}

static void ignore_end(void *ctx, const char *name) {
    (void)ctx;
    (void)name;
}

static void on_merge(void *ctx, const char *name,
                     const char *const *attributes) {
    struct merges *merges = ctx;
    uint32_t left, right, top, bottom;
    if (strcmp(xlsx_element(name), "mergeCell") != 0)
        return;
    const char *at = xml_attribute(attributes, "ref");
    if (at != NULL && parse_corner(&at, &left, &top) && *at++ == ':' &&
        parse_corner(&at, &right, &bottom))
        merges_add(merges, left, right, top, bottom);
}

static void on_text(void *ctx, struct str text) {
    struct xlsx_sheet *sheet = ctx;
    if (sheet->in_inline)
        xlsx_text_piece(&sheet->inline_text, text);
    else if (sheet->in_value && sheet->value.len <= XLSX_TEXT_MAX)
        strbuf_add(&sheet->value, text);
}

static struct str shared_string(struct xlsx_sheet *sheet) {
    const struct xlsx_book *book = sheet->book;
    struct str value = str_trim(strbuf_str(&sheet->value));
    uint32_t index = parse_index(value, XLSX_STRINGS_MAX);
    if (index < book->string_count)
        return book->strings[index];
    text_tell(sheet->row.diagnostics, BOM_LOST, "missing-text", sheet->row.line,
              sheet->cell.column + 1,
              tr("the cell refers to text %.*s, which the workbook lacks"),
              value.len > 20 ? 20 : (int)value.len, value.ptr);
    return STR_EMPTY;
}

static struct cell_format format_of(const struct xlsx_sheet *sheet) {
    size_t style = sheet->cell.style;
    if (style == UINT32_MAX)
        style = 0;
    return style < sheet->book->format_count
               ? sheet->book->formats[style]
               : (struct cell_format){.kind = CELL_NUMBER};
}

/* A number with more digits than are kept, "9.55167E+20", was a text that
   Excel took for a number: written out it would look like one. */
static bool is_beyond_counting(struct str value) {
    ptrdiff_t at = str_find(value, STR_LIT("E+"));
    if (at <= 0)
        return false;
    struct str exponent = str_skip(value, (size_t)at + 2);
    uint32_t power = parse_index(exponent, 400);
    return power != UINT32_MAX && power >= 15;
}

static struct str cell_text(struct xlsx_sheet *sheet) {
    struct str value = strbuf_str(&sheet->value);
    strbuf_clear(&sheet->text);
    switch (sheet->cell.type) {
    case 'b':
        return str_eq(str_trim(value), STR_LIT("0")) ? STR_LIT("FALSE")
                                                     : STR_LIT("TRUE");
    case 'e':
        text_tell(sheet->row.diagnostics, BOM_NOTE_KEPT, "formula-error",
                  sheet->row.line, sheet->cell.column + 1,
                  tr("the cell shows the error %.*s"),
                  value.len > 20 ? 20 : (int)value.len, value.ptr);
        return value;
    case 'd':
        cell_iso_date_add(&sheet->text, value);
        break;
    case 'n':
        if (is_beyond_counting(str_trim(value)))
            return str_trim(value);
        cell_text_add(&sheet->text, value, format_of(sheet),
                      sheet->book->from_1904);
        break;
    default:
        xlsx_text_add(&sheet->text, value);
        break;
    }
    return strbuf_str(&sheet->text);
}

static void end_cell(struct xlsx_sheet *sheet) {
    struct xlsx_cell *cell = &sheet->cell;
    cell->open = false;
    if (sheet->value.failed || sheet->inline_text.text.failed)
        sheet->row.text.failed = true;
    if (sheet->inline_text.text.len != 0) {
        strbuf_clear(&sheet->text);
        xlsx_text_add(&sheet->text, strbuf_str(&sheet->inline_text.text));
        sheet_row_put(&sheet->row, cell->column, strbuf_str(&sheet->text));
    } else if (sheet->value.len == 0) {
        /* Excel writes a formula that gives "" as an empty text; a workbook
         * made by a program that does not calculate has no value at all. */
        if (cell->has_formula && cell->type != 't')
            text_tell(sheet->row.diagnostics, BOM_LOST, "formula-without-value",
                      sheet->row.line, cell->column + 1,
                      tr("the cell has a formula but no value; save the "
                         "workbook in a spreadsheet program"));
    } else if (cell->type == 's') {
        sheet_row_put(&sheet->row, cell->column, shared_string(sheet));
    } else {
        sheet_row_put(&sheet->row, cell->column, cell_text(sheet));
    }
    if (sheet->text.failed)
        sheet->row.text.failed = true;
}

static void on_end(void *ctx, const char *name) {
    struct xlsx_sheet *sheet = ctx;
    const char *local = xlsx_element(name);
    if (strcmp(local, "sheetData") == 0) {
        sheet->in_data = false;
    } else if (strcmp(local, "row") == 0 && sheet->in_row) {
        sheet->in_row = false;
        merges_fill(&sheet->merges, &sheet->row);
        if (sheet->row.used != 0 || sheet->row.text.failed)
            xml_part_pause(sheet->xml);
    } else if (strcmp(local, "c") == 0 && sheet->cell.open) {
        end_cell(sheet);
    } else if (strcmp(local, "v") == 0) {
        sheet->in_value = false;
    } else if (strcmp(local, "is") == 0) {
        sheet->in_inline = false;
    } else if (sheet->in_inline) {
        xlsx_text_end(&sheet->inline_text, local);
    }
}

static bool sheet_open(struct xlsx_sheet *sheet, struct zip_parts *parts,
                       const struct xlsx_book *book, size_t index,
                       const struct reader_diagnostics *diagnostics,
                       struct err *err) {
    static const struct xml_events events = {
        .start = on_start, .end = on_end, .text = on_text};
    sheet->book = book;
    sheet->row.diagnostics = diagnostics;
    return xml_part_open(&sheet->xml, parts, book->paths[index], &events, sheet,
                         err);
}

static enum reader_step sheet_next(struct xlsx_sheet *sheet, struct row *row,
                                   struct err *err) {
    switch (xml_part_run(sheet->xml, err)) {
    case XML_PAUSED:
        sheet->row.text.failed |= sheet->merges.failed;
        return sheet_row_view(&sheet->row, row, err) ? READER_ROW
                                                     : READER_ERROR;
    case XML_ENDED:
        return READER_END;
    default:
        return READER_ERROR;
    }
}

static void sheet_close(struct xlsx_sheet *sheet) {
    xml_part_close(sheet->xml);
    sheet_row_dispose(&sheet->row);
    merges_dispose(&sheet->merges);
    strbuf_dispose(&sheet->value);
    strbuf_dispose(&sheet->text);
    strbuf_dispose(&sheet->inline_text.text);
}

/* A sheet that is only looked at has nothing to tell. */
static const struct reader_diagnostics nobody = {.add = NULL};

static bool sample_sheet(struct reader *reader, size_t index,
                         const struct reader_options *options,
                         struct err *err) {
    struct xlsx_sheet *sheet = mem_calloc(1, sizeof(*sheet));
    if (sheet == NULL)
        return err_nomem(err);
    enum reader_step step = READER_ERROR;
    struct row row;
    sheet->row.given = reader->sampled;
    if (sheet_open(sheet, reader->parts, &reader->book, index, &nobody, err)) {
        do
            step = sheet_next(sheet, &row, err);
        while (step == READER_ROW &&
               sheet_sample(&reader->book.sheets[index], &row, options));
    }
    reader->sampled = sheet->row.given;
    sheet_close(sheet);
    mem_free(sheet);
    return step != READER_ERROR;
}

/* The merged cells stand behind the rows, which are read one by one: so the
   sheet is gone through once before. What is wrong with it shows later. */
static bool read_merges(struct reader *reader,
                        const struct reader_options *options, struct err *err) {
    static const struct xml_events events = {.start = on_merge,
                                             .end = ignore_end};
    struct merges *merges = &reader->sheet.merges;
    struct sheet *sheet = &reader->book.sheets[reader->chosen];
    struct err why = ERR_INIT;
    (void)!xml_part_parse(reader->parts, reader->book.paths[reader->chosen],
                          &events, merges, &why);
    if (merges->count != 0 && sheet->rows == 0)
        (void)!sample_sheet(reader, reader->chosen, options, &why);
    if (why.code == ERR_NOMEM || merges->failed)
        return err_nomem(err);
    merges_ready(merges, sheet->header_line);
    return true;
}

struct choosing {
    struct reader *reader;
    const struct reader_options *options;
};

static bool sample_one(void *ctx, size_t index, struct err *err) {
    const struct choosing *choosing = ctx;
    return sample_sheet(choosing->reader, index, choosing->options, err);
}

static bool choose(struct reader *reader, const struct reader_options *options,
                   struct err *err) {
    struct choosing choosing = {reader, options};
    const struct sheets_choice choice = {
        .sheets = reader->book.sheets,
        .count = reader->book.sheet_count,
        .options = options,
        .sample = sample_one,
        .ctx = &choosing,
    };
    return sheets_pick(&choice, &reader->chosen, err);
}

static void xlsx_close(struct reader *reader) {
    if (reader == NULL)
        return;
    sheet_close(&reader->sheet);
    xlsx_book_dispose(&reader->book);
    zip_parts_close(reader->parts);
    mem_free(reader);
}

static bool xlsx_open(struct reader **out, struct source *source,
                      const struct reader_options *options, struct err *err) {
    struct reader *reader = mem_calloc(1, sizeof(*reader));
    if (reader == NULL)
        return err_nomem(err);
    reader->diagnostics = options->diagnostics;
    if (!zip_parts_open(&reader->parts, source, &ZIP_LIMITS, err) ||
        !xlsx_book_read(&reader->book, reader->parts, err) ||
        !choose(reader, options, err) || !read_merges(reader, options, err) ||
        !sheet_open(&reader->sheet, reader->parts, &reader->book,
                    reader->chosen, &reader->diagnostics, err)) {
        xlsx_close(reader);
        return false;
    }
    *out = reader;
    return true;
}

static enum reader_step xlsx_next(struct reader *reader, struct row *row,
                                  struct err *err) {
    return sheet_next(&reader->sheet, row, err);
}

static void xlsx_facts(const struct reader *reader,
                       struct reader_facts *facts) {
    *facts = (struct reader_facts){
        .encoding = "UTF-8",
        .sheet = reader->book.sheets[reader->chosen].name.ptr,
    };
}

static int xlsx_sniff(struct str head) {
    if (!str_starts(head, STR_LIT("PK\3\4")))
        return 0;
    if (str_find(head, STR_LIT("xl/")) >= 0)
        return 95;
    /* Any Office document; opening it says what it is not. */
    return str_find(head, STR_LIT("[Content_Types].xml")) >= 0 ||
                   str_find(head, STR_LIT("_rels/.rels")) >= 0
               ? 90
               : 0;
}

const struct reader_format xlsx_format = {
    .name = "xlsx",
    .extensions = "xlsx,xlsm",
    .sniff = xlsx_sniff,
    .open = xlsx_open,
    .next = xlsx_next,
    .facts = xlsx_facts,
    .close = xlsx_close,
};
