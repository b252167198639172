#include "bom/sheet_row.h"

#include "bom/text.h"
#include "core/lang.h"

#include <string.h>

void sheet_row_begin(struct sheet_row *row, uint32_t line) {
    memset(row->spans, 0, row->used * sizeof(row->spans[0]));
    row->line = line;
    row->used = 0;
    row->full = row->wide = false;
    bool failed = row->text.failed;
    strbuf_clear(&row->text);
    row->text.failed = failed;
}

static struct str fit(struct sheet_row *row, uint32_t column, struct str text) {
    if (text.len > READER_CELL_MAX) {
        text_tell(row->diagnostics, BOM_LOST, "cell-too-long", row->line,
                  column + 1, tr("the cell is cut after %d bytes"),
                  READER_CELL_MAX);
        text = text_cut(text, READER_CELL_MAX);
    }
    if (text.len <= READER_ROW_MAX - row->text.len)
        return text;
    if (!row->full)
        text_tell(row->diagnostics, BOM_LOST, "row-too-long", row->line,
                  column + 1, tr("the row is cut after %d bytes"),
                  READER_ROW_MAX);
    row->full = true;
    return STR_EMPTY;
}

void sheet_row_put(struct sheet_row *row, uint32_t column, struct str text) {
    if (text.len == 0)
        return;
    if (column >= READER_COLUMNS_MAX) {
        if (!row->wide)
            text_tell(row->diagnostics, BOM_LOST, "too-many-columns", row->line,
                      column + 1, tr("columns after the %dth are not read"),
                      READER_COLUMNS_MAX);
        row->wide = true;
        return;
    }
    struct sheet_span *span = &row->spans[column];
    if (span->len != 0) {
        text_tell(row->diagnostics, BOM_LOST, "repeated-cell", row->line,
                  column + 1,
                  tr("the file has this cell twice; the first is read"));
        return;
    }
    text = fit(row, column, text);
    *span = (struct sheet_span){row->text.len, text.len};
    strbuf_add(&row->text, text);
    if (column >= row->used)
        row->used = column + 1;
}

void sheet_row_mark(const struct sheet_row *row, struct sheet_row_mark *mark) {
    mark->used = row->used;
    mark->text_len = row->text.len;
    memcpy(mark->spans, row->spans, row->used * sizeof(row->spans[0]));
}

void sheet_row_repeat(struct sheet_row *row,
                      const struct sheet_row_mark *mark) {
    memset(row->spans, 0, row->used * sizeof(row->spans[0]));
    memcpy(row->spans, mark->spans, mark->used * sizeof(row->spans[0]));
    row->used = mark->used;
    row->text.len = mark->text_len;
    row->line++;
}

bool sheet_row_view(struct sheet_row *row, struct row *out, struct err *err) {
    if (row->text.failed)
        return err_nomem(err);
    struct str text = strbuf_str(&row->text);
    row->given += text.len;
    if (row->given > SHEET_TEXT_MAX)
        return err_set(err, ERR_LIMIT,
                       tr("the cells of the sheet hold more than %llu bytes"),
                       (unsigned long long)SHEET_TEXT_MAX);
    for (size_t i = 0; i < row->used; i++)
        row->cells[i] =
            row->spans[i].len == 0
                ? STR_EMPTY
                : (struct str){text.ptr + row->spans[i].at, row->spans[i].len};
    *out = (struct row){
        .line = row->line, .cells = row->cells, .count = row->used};
    return true;
}

void sheet_row_dispose(struct sheet_row *row) { strbuf_dispose(&row->text); }
