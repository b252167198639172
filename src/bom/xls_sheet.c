#include "bom/xls_sheet.h"

#include "bom/bytes.h"
#include "bom/text.h"
#include "core/lang.h"
#include "core/mem.h"

#include <math.h>
#include <stdlib.h>

/* Records between a formula and the text it gave: its shared or array form,
 * and what of that is continued. */
#define RECORDS_TO_STRING 8
#define MULRK_HEAD 4
#define MULRK_ENTRY 6
#define MULRK_TAIL 2
#define ERROR_NUM 0x24

static bool add_cell(struct xls_sheet *sheet, const struct biff_record *record,
                     size_t nth, struct err *err) {
    void *cells = sheet->cells;
    struct xls_cell cell = {
        .at = record->at,
        .row = (uint16_t)bytes_u16(record->data, 0),
        .column = (uint16_t)(bytes_u16(record->data, 2) + nth),
        .nth = (uint16_t)nth,
    };
    if (sheet->count == XLS_CELLS_MAX)
        return err_set(err, ERR_LIMIT, tr("a sheet has more than %d cells"),
                       XLS_CELLS_MAX);
    if (!mem_grow(&cells, &sheet->cap, sheet->count + 1, sizeof(*sheet->cells)))
        return err_nomem(err);
    sheet->cells = cells;
    if (sheet->count != 0) {
        const struct xls_cell *last = &sheet->cells[sheet->count - 1];
        sheet->sorted &= last->row < cell.row ||
                         (last->row == cell.row && last->column <= cell.column);
    }
    sheet->cells[sheet->count++] = cell;
    return true;
}

#define MERGED_HEAD 2
#define MERGED_ENTRY 8

static bool add_merges(struct merges *merges, struct str data,
                       struct err *err) {
    for (size_t at = MERGED_HEAD; at + MERGED_ENTRY <= data.len;
         at += MERGED_ENTRY)
        merges_add(merges, bytes_u16(data, at + 4), bytes_u16(data, at + 6),
                   bytes_u16(data, at) + 1U, bytes_u16(data, at + 2) + 1U);
    return !merges->failed || err_nomem(err);
}

static bool add_cells(struct xls_sheet *sheet, const struct biff_record *record,
                      struct err *err) {
    switch (record->type) {
    case BIFF_MULRK:
        for (size_t i = 0; MULRK_HEAD + (i + 1) * MULRK_ENTRY + MULRK_TAIL <=
                           record->data.len;
             i++) {
            if (!add_cell(sheet, record, i, err))
                return false;
        }
        return true;
    case BIFF_FORMULA:
    case BIFF_LABELSST:
    case BIFF_NUMBER:
    case BIFF_LABEL:
    case BIFF_RSTRING:
    case BIFF_BOOLERR:
    case BIFF_RK:
        return add_cell(sheet, record, 0, err);
    case BIFF_MERGEDCELLS:
        return add_merges(&sheet->merges, record->data, err);
    default:
        return true;
    }
}

static int by_place(const void *a, const void *b) {
    const struct xls_cell *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

/* A chart on the sheet is a sheet inside it, with cells of its own. */
static bool find_cells(struct xls_sheet *sheet, size_t offset,
                       struct err *err) {
    struct biff_record record = {.next = offset};
    unsigned depth = 0;
    do {
        if (!biff_record(sheet->book->stream, record.next, &record) ||
            (depth == 0 && record.type != BIFF_BOF))
            return err_set(err, ERR_SYNTAX,
                           tr("the sheet is damaged or cut off"));
        if (record.type == BIFF_BOF)
            depth++;
        else if (record.type == BIFF_EOF)
            depth--;
        else if (depth == 1 && !add_cells(sheet, &record, err))
            return false;
    } while (depth > 0);
    sheet->bytes = record.next - offset;
    return true;
}

bool xls_sheet_open(struct xls_sheet *sheet, const struct xls_book *book,
                    size_t index, const struct reader_diagnostics *diagnostics,
                    struct err *err) {
    sheet->book = book;
    sheet->row.diagnostics = diagnostics;
    sheet->sorted = true;
    if (!find_cells(sheet, book->offsets[index], err))
        return false;
    if (!sheet->sorted)
        qsort(sheet->cells, sheet->count, sizeof(*sheet->cells), by_place);
    return true;
}

static void tell(const struct xls_sheet *sheet, const struct xls_cell *cell,
                 enum bom_severity severity, const char *code,
                 const char *message) {
    text_tell(sheet->row.diagnostics, severity, code, sheet->row.line,
              cell->column + 1U, "%s", message);
}

static struct str error_text(struct xls_sheet *sheet,
                             const struct xls_cell *cell, uint32_t code) {
    static const struct {
        uint32_t code;
        struct str text;
    } errors[] = {
        {0x00, {"#NULL!", 6}},  {0x07, {"#DIV/0!", 7}},
        {0x0F, {"#VALUE!", 7}}, {0x17, {"#REF!", 5}},
        {0x1D, {"#NAME?", 6}},  {ERROR_NUM, {"#NUM!", 5}},
        {0x2A, {"#N/A", 4}},
    };
    tell(sheet, cell, BOM_NOTE_KEPT, "formula-error",
         "the cell shows an error");
    for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
        if (errors[i].code == code)
            return errors[i].text;
    }
    return STR_LIT("#ERROR");
}

/* Excel stores no infinity, but a file may. */
static struct str number(struct xls_sheet *sheet, const struct xls_cell *cell,
                         double value, uint32_t style) {
    struct cell_format format = {.kind = CELL_NUMBER};
    if (!isfinite(value))
        return error_text(sheet, cell, ERROR_NUM);
    if (style < sheet->book->format_count)
        format = sheet->book->formats[style];
    cell_value_add(&sheet->text, value, format, sheet->book->from_1904);
    return strbuf_str(&sheet->text);
}

static struct str boolean(uint32_t value) {
    return value != 0 ? STR_LIT("TRUE") : STR_LIT("FALSE");
}

/* A text with its length, `at` bytes into the record. */
static struct str text_at(struct xls_sheet *sheet, const struct xls_cell *cell,
                          const struct biff_record *record, size_t at) {
    struct biff_cursor cursor;
    biff_cursor_init(&cursor, sheet->book->stream, record);
    biff_skip(&cursor, at);
    size_t len = biff_u16(&cursor);
    if (len != 0)
        xls_text(sheet->book, &cursor, len, &sheet->text);
    if (cursor.failed)
        tell(sheet, cell, BOM_LOST, "cut-text",
             "the text of the cell ends in the middle");
    return strbuf_str(&sheet->text);
}

static struct str formula_text(struct xls_sheet *sheet,
                               const struct xls_cell *cell,
                               struct biff_record record) {
    for (unsigned i = 0; i < RECORDS_TO_STRING; i++) {
        if (!biff_record(sheet->book->stream, record.next, &record))
            break;
        if (record.type == BIFF_STRING)
            return text_at(sheet, cell, &record, 0);
    }
    tell(sheet, cell, BOM_LOST, "formula-without-value",
         "the cell has a formula but no value; save the workbook in a "
         "spreadsheet program");
    return STR_EMPTY;
}

/* A result that is no number is marked by two bytes that make it none. */
static struct str formula(struct xls_sheet *sheet, const struct xls_cell *cell,
                          const struct biff_record *record) {
    struct str data = record->data;
    if (bytes_u16(data, 12) != 0xFFFF)
        return number(sheet, cell, bytes_double(bytes_u64(data, 6)),
                      bytes_u16(data, 4));
    switch (bytes_u8(data, 6)) {
    case 0:
        return formula_text(sheet, cell, *record);
    case 1:
        return boolean(bytes_u8(data, 8));
    case 2:
        return error_text(sheet, cell, bytes_u8(data, 8));
    default:
        return STR_EMPTY;
    }
}

static struct str shared_string(struct xls_sheet *sheet,
                                const struct xls_cell *cell, uint32_t index) {
    if (index < sheet->book->string_count)
        return sheet->book->strings[index];
    tell(sheet, cell, BOM_LOST, "missing-text",
         "the cell refers to a text that the workbook lacks");
    return STR_EMPTY;
}

static struct str cell_text(struct xls_sheet *sheet,
                            const struct xls_cell *cell) {
    struct biff_record record;
    strbuf_clear(&sheet->text);
    if (!biff_record(sheet->book->stream, cell->at, &record))
        return STR_EMPTY;
    struct str data = record.data;
    uint32_t style = bytes_u16(data, 4);
    size_t rk = MULRK_HEAD + cell->nth * (size_t)MULRK_ENTRY;
    switch (record.type) {
    case BIFF_LABELSST:
        return shared_string(sheet, cell, bytes_u32(data, 6));
    case BIFF_NUMBER:
        return number(sheet, cell, bytes_double(bytes_u64(data, 6)), style);
    case BIFF_RK:
        return number(sheet, cell, biff_rk(bytes_u32(data, 6)), style);
    case BIFF_MULRK:
        return number(sheet, cell, biff_rk(bytes_u32(data, rk + 2)),
                      bytes_u16(data, rk));
    case BIFF_FORMULA:
        return formula(sheet, cell, &record);
    case BIFF_BOOLERR:
        return bytes_u8(data, 7) != 0
                   ? error_text(sheet, cell, bytes_u8(data, 6))
                   : boolean(bytes_u8(data, 6));
    default:
        return text_at(sheet, cell, &record, 6);
    }
}

enum reader_step xls_sheet_next(struct xls_sheet *sheet, struct row *row,
                                struct err *err) {
    while (sheet->taken < sheet->count) {
        uint16_t number_of_row = sheet->cells[sheet->taken].row;
        sheet_row_begin(&sheet->row, number_of_row + 1U);
        for (; sheet->taken < sheet->count &&
               sheet->cells[sheet->taken].row == number_of_row;
             sheet->taken++) {
            const struct xls_cell *cell = &sheet->cells[sheet->taken];
            sheet_row_put(&sheet->row, cell->column, cell_text(sheet, cell));
            if (sheet->text.failed)
                sheet->row.text.failed = true;
        }
        merges_fill(&sheet->merges, &sheet->row);
        sheet->row.text.failed |= sheet->merges.failed;
        if (sheet->row.used != 0 || sheet->row.text.failed)
            return sheet_row_view(&sheet->row, row, err) ? READER_ROW
                                                         : READER_ERROR;
    }
    return READER_END;
}

void xls_sheet_close(struct xls_sheet *sheet) {
    mem_free(sheet->cells);
    sheet_row_dispose(&sheet->row);
    merges_dispose(&sheet->merges);
    strbuf_dispose(&sheet->text);
}
