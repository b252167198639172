#include "bom/ods_table.h"

#include "bom/cell_text.h"
#include "bom/text.h"
#include "core/lang.h"

#include <string.h>

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define TABLE OASIS "table:1.0|"
#define TEXT OASIS "text:1.0|"
#define OFFICE OASIS "office:1.0|"
#define STYLE OASIS "style:1.0|"
#define DRAW OASIS "drawing:1.0|"
#define CALC                                                                   \
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0|"

static bool is(const char *name, const char *other) {
    return strcmp(name, other) == 0;
}

/* A count such as number-rows-repeated; what is over `max` becomes it. */
static uint32_t parse_count(const char *text, uint32_t max) {
    uint32_t value = 0;
    if (text == NULL)
        return 1;
    for (; ascii_is_digit(*text); text++) {
        value = value * 10 + (uint32_t)(*text - '0');
        if (value >= max)
            return max;
    }
    return value == 0 ? 1 : value;
}

/* Sheets are hidden by their style: <style:table-properties
 * table:display="false"/>. */
static void start_style(struct ods_tables *tables, const char *name,
                        const char *const *attributes) {
    if (is(name, STYLE "style")) {
        tables->style = arena_str(
            &tables->arena, str_from(xml_attribute(attributes, STYLE "name")));
    } else if (is(name, STYLE "table-properties")) {
        const char *display = xml_attribute(attributes, TABLE "display");
        if (display != NULL && is(display, "false") &&
            !map_put(&tables->hidden_styles, tables->style, 1))
            tables->row.text.failed = true;
    }
}

static void start_table(struct ods_tables *tables,
                        const char *const *attributes) {
    const char *style = xml_attribute(attributes, TABLE "style-name");
    tables->table_depth = 1;
    tables->table_count++;
    tables->next_line = 1;
    tables->skip = false;
    tables->hidden =
        map_get(&tables->hidden_styles, str_from(style)) != MAP_NONE;
    strbuf_clear(&tables->name);
    strbuf_add_text(&tables->name, xml_attribute(attributes, TABLE "name"));
    sheet_row_begin(&tables->row, 0);
    xml_part_pause(tables->xml);
}

static void start_row(struct ods_tables *tables,
                      const char *const *attributes) {
    tables->in_row = true;
    tables->next_column = 0;
    tables->repeat =
        parse_count(xml_attribute(attributes, TABLE "number-rows-repeated"),
                    SHEET_ROWS_MAX);
    sheet_row_begin(&tables->row, tables->next_line);
}

static void set_value(struct ods_tables *tables, const char *const *attributes,
                      char type, const char *attribute) {
    tables->cell.type = type;
    strbuf_add_text(&tables->value, xml_attribute(attributes, attribute));
}

static void start_cell(struct ods_tables *tables,
                       const char *const *attributes) {
    const char *type = xml_attribute(attributes, OFFICE "value-type");
    const char *extended = xml_attribute(attributes, CALC "value-type");
    tables->cell = (struct ods_cell){
        .open = true,
        .repeat = parse_count(
            xml_attribute(attributes, TABLE "number-columns-repeated"),
            SHEET_COLUMNS_MAX),
        .columns = parse_count(
            xml_attribute(attributes, TABLE "number-columns-spanned"),
            SHEET_COLUMNS_MAX),
        .rows =
            parse_count(xml_attribute(attributes, TABLE "number-rows-spanned"),
                        SHEET_ROWS_MAX),
        .has_formula =
            type == NULL && xml_attribute(attributes, TABLE "formula") != NULL,
        .is_percent = type != NULL && is(type, "percentage"),
        .is_error = extended != NULL && is(extended, "error"),
        .type = 's',
    };
    tables->paragraphs = 0;
    strbuf_clear(&tables->value);
    strbuf_clear(&tables->text);
    if (type == NULL)
        return;
    if (is(type, "float") || is(type, "percentage") || is(type, "currency"))
        set_value(tables, attributes, 'n', OFFICE "value");
    else if (is(type, "date"))
        set_value(tables, attributes, 'd', OFFICE "date-value");
    else if (is(type, "boolean"))
        set_value(tables, attributes, 'b', OFFICE "boolean-value");
    else
        set_value(tables, attributes, 's', OFFICE "string-value");
}

static void start_in_cell(struct ods_tables *tables, const char *name,
                          const char *const *attributes) {
    if (is(name, TEXT "p") || is(name, TEXT "h")) {
        if (tables->paragraphs++ != 0)
            strbuf_add_char(&tables->text, '\n');
        tables->in_paragraph = true;
        tables->after_blank = false;
    } else if (is(name, TEXT "s")) {
        uint32_t count =
            parse_count(xml_attribute(attributes, TEXT "c"), READER_CELL_MAX);
        while (count-- > 0 && tables->text.len <= READER_CELL_MAX)
            strbuf_add_char(&tables->text, ' ');
        tables->after_blank = false;
    } else if (is(name, TEXT "tab") || is(name, TEXT "line-break")) {
        strbuf_add_char(&tables->text, is(name, TEXT "tab") ? '\t' : '\n');
        tables->after_blank = false;
    }
}

/* What holds paragraphs that are not the cell's text: comments, shapes, the
 * reading aid above East Asian text; and tables that are no sheets. */
static bool is_aside(const char *name) {
    return is(name, OFFICE "annotation") || is(name, TEXT "ruby-text") ||
           is(name, TEXT "note") || is(name, TABLE "shapes") ||
           is(name, TABLE "dde-links") || is(name, TABLE "tracked-changes") ||
           strncmp(name, DRAW, sizeof(DRAW) - 1) == 0;
}

static void on_start(void *ctx, const char *name,
                     const char *const *attributes) {
    struct ods_tables *tables = ctx;
    if (tables->skip_depth != 0 || is_aside(name)) {
        tables->skip_depth++;
    } else if (tables->table_depth == 0) {
        if (is(name, TABLE "table"))
            start_table(tables, attributes);
        else
            start_style(tables, name, attributes);
    } else if (is(name, TABLE "table")) {
        /* A table inside a cell belongs to no sheet. */
        tables->skip_depth++;
    } else if (is(name, TABLE "table-source")) {
        /* The sheet is LibreOffice's copy of another file's. */
        tables->hidden = true;
    } else if (is(name, TABLE "table-row") && !tables->in_row) {
        start_row(tables, attributes);
    } else if ((is(name, TABLE "table-cell") ||
                is(name, TABLE "covered-table-cell")) &&
               tables->in_row && !tables->cell.open) {
        start_cell(tables, attributes);
    } else if (tables->cell.open) {
        start_in_cell(tables, name, attributes);
    }
}

/* White space counts as one blank (ODF 1.2, 6.1.2); at the start of a
 * paragraph too, as LibreOffice has it. */
static void on_text(void *ctx, struct str text) {
    struct ods_tables *tables = ctx;
    if (!tables->in_paragraph || tables->skip_depth != 0 ||
        tables->text.len > READER_CELL_MAX)
        return;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = ascii_is_space(text.ptr[i]);
        if (!blank)
            strbuf_add_char(&tables->text, text.ptr[i]);
        else if (!tables->after_blank)
            strbuf_add_char(&tables->text, ' ');
        tables->after_blank = blank;
    }
}

/* "0402", shown so by its format, is 402 as a number. */
static bool keeps_zeros(struct str shown, struct str number) {
    if (shown.len <= number.len || shown.ptr[0] != '0' || number.len == 0)
        return false;
    for (size_t i = 0; i < shown.len - number.len; i++) {
        if (shown.ptr[i] != '0')
            return false;
    }
    return ascii_is_digit(number.ptr[0]) &&
           str_eq(str_skip(shown, shown.len - number.len), number);
}

static struct str number_text(struct ods_tables *tables) {
    struct cell_format format = {.kind = tables->cell.is_percent ? CELL_PERCENT
                                                                 : CELL_NUMBER};
    struct str shown = str_trim(strbuf_str(&tables->text));
    strbuf_clear(&tables->number);
    cell_text_add(&tables->number, strbuf_str(&tables->value), format, false);
    struct str number = strbuf_str(&tables->number);
    return keeps_zeros(shown, number) ? shown : number;
}

static struct str cell_text(struct ods_tables *tables) {
    struct str value = strbuf_str(&tables->value);
    if (value.len == 0)
        return strbuf_str(&tables->text);
    switch (tables->cell.type) {
    case 'n':
        return number_text(tables);
    case 'd':
        strbuf_clear(&tables->number);
        cell_iso_date_add(&tables->number, value);
        return strbuf_str(&tables->number);
    case 'b':
        return str_eq(value, STR_LIT("false")) ? STR_LIT("FALSE")
                                               : STR_LIT("TRUE");
    default:
        return tables->paragraphs != 0 ? strbuf_str(&tables->text) : value;
    }
}

static void tell_cell(const struct ods_tables *tables, struct str text) {
    if (tables->cell.has_formula && text.len == 0)
        text_tell(
            tables->row.diagnostics, BOM_LOST, "formula-without-value",
            tables->row.line, tables->next_column + 1,
            tr("the cell has a formula but no value; save the workbook in "
               "a spreadsheet program"));
    if (tables->cell.is_error)
        text_tell(tables->row.diagnostics, BOM_NOTE_KEPT, "formula-error",
                  tables->row.line, tables->next_column + 1,
                  tr("the cell shows the error %.*s"),
                  text.len > 20 ? 20 : (int)text.len, text.ptr);
}

static void add_merge(struct ods_tables *tables) {
    const struct ods_cell *cell = &tables->cell;
    uint32_t column = tables->next_column, line = tables->row.line;
    if (tables->merges != NULL && !tables->skip)
        merges_add(tables->merges, column, column + cell->columns - 1, line,
                   line + cell->rows - 1);
}

static void end_cell(struct ods_tables *tables) {
    struct str text = cell_text(tables);
    tell_cell(tables, text);
    if (tables->value.failed || tables->text.failed || tables->number.failed)
        tables->row.text.failed = true;
    uint32_t end = tables->next_column + tables->cell.repeat;
    /* One step over the limit, to be told of what has no room. */
    for (uint32_t at = tables->next_column;
         text.len != 0 && at < end && at <= READER_COLUMNS_MAX; at++)
        sheet_row_put(&tables->row, at, text);
    add_merge(tables);
    tables->next_column = end > SHEET_COLUMNS_MAX ? SHEET_COLUMNS_MAX : end;
    tables->cell.open = false;
}

static void end_row(struct ods_tables *tables) {
    tables->in_row = false;
    if (!tables->skip && (tables->row.used != 0 || tables->row.text.failed)) {
        if (tables->repeat > SHEET_ROWS_MAX + 1 - tables->next_line)
            xml_part_fail(tables->xml, ERR_LIMIT,
                          N_("a table has more than 1048576 rows"));
        else
            xml_part_pause(tables->xml);
    }
    tables->next_line += tables->repeat;
    if (tables->next_line > SHEET_ROWS_MAX + 1)
        tables->next_line = SHEET_ROWS_MAX + 1;
}

static void on_end(void *ctx, const char *name) {
    struct ods_tables *tables = ctx;
    if (tables->skip_depth != 0)
        tables->skip_depth--;
    else if (is(name, TABLE "table"))
        tables->table_depth = 0;
    else if (is(name, TABLE "table-row") && tables->in_row)
        end_row(tables);
    else if ((is(name, TABLE "table-cell") ||
              is(name, TABLE "covered-table-cell")) &&
             tables->cell.open)
        end_cell(tables);
    else if (is(name, TEXT "p") || is(name, TEXT "h"))
        tables->in_paragraph = false;
}

bool ods_tables_open(struct ods_tables *tables, struct zip_parts *parts,
                     const struct reader_diagnostics *diagnostics,
                     struct err *err) {
    static const struct xml_events events = {
        .start = on_start, .end = on_end, .text = on_text};
    tables->row.diagnostics = diagnostics;
    return xml_part_open(&tables->xml, parts, STR_LIT("content.xml"), &events,
                         tables, err);
}

enum xml_step ods_tables_next(struct ods_tables *tables, struct err *err) {
    enum xml_step step = xml_part_run(tables->xml, err);
    if (step != XML_FAILED && (tables->name.failed || tables->arena.failed ||
                               tables->row.text.failed)) {
        err_nomem(err);
        return XML_FAILED;
    }
    return step;
}

void ods_tables_close(struct ods_tables *tables) {
    xml_part_close(tables->xml);
    sheet_row_dispose(&tables->row);
    strbuf_dispose(&tables->name);
    strbuf_dispose(&tables->value);
    strbuf_dispose(&tables->text);
    strbuf_dispose(&tables->number);
    map_dispose(&tables->hidden_styles);
    arena_dispose(&tables->arena);
}
