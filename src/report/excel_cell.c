#include "report/excel_book.h"

#include "core/lang.h"
#include "core/utf8.h"
#include "report/excel_text.h"

/* Excel follows no longer address. */
#define URL_MAX 2000
/* Points that a line of text takes, and one in a table's smaller type. */
#define LINE_POINTS 15.0
#define TABLE_LINE_POINTS 13.5
/* Chinese characters stand higher in the fonts that have them. */
#define WIDE_LINES 1.15
/* Excel allows no higher row. */
#define HEIGHT_MAX 409.0

bool excel_writable(const struct excel_sheet *sheet) {
    return sheet != NULL && !sheet->book->no_memory &&
           sheet->book->error == LXW_NO_ERROR;
}

static void count_cells(struct excel_sheet *sheet, unsigned cells) {
    sheet->written.cells += cells;
    sheet->written.rows += !sheet->row_counted;
    sheet->row_counted = true;
}

/* The type of a table is smaller than that which widths are counted in, and
   an average letter narrower than a digit. */
static size_t letters_in(size_t width) { return width + width / 8; }

static double line_points(struct str text, double points) {
    return utf8_width(text) > utf8_count(text) ? points * WIDE_LINES : points;
}

/* One line is what a row holds anyway. */
static void fit(struct excel_sheet *sheet, unsigned column, struct str text) {
    if (column >= EXCEL_COLUMNS_MAX || sheet->widths[column] == 0)
        return;
    size_t lines = excel_text_lines(text, letters_in(sheet->widths[column]));
    double points = (double)lines * line_points(text, TABLE_LINE_POINTS) + 1.5;
    if (lines > 1 && points > sheet->fitted)
        sheet->fitted = points;
}

static const char *clean(struct excel_book *book, struct str text) {
    strbuf_clear(&book->cell);
    excel_text_clean(&book->cell, text);
    if (book->cell.failed)
        book->no_memory = true;
    return book->cell.len == 0 ? "" : book->cell.ptr;
}

void excel_text(struct excel_sheet *sheet, unsigned column, struct str text,
                enum excel_style style) {
    if (!excel_writable(sheet))
        return;
    struct excel_book *book = sheet->book;
    const char *shown = clean(book, text);
    lxw_format *format = book->styles[style];
    if (book->no_memory)
        return;
    fit(sheet, column, str_from(shown));
    excel_note(book,
               shown[0] == '\0'
                   ? worksheet_write_blank(sheet->handle, sheet->row,
                                           (lxw_col_t)column, format)
                   : worksheet_write_string(sheet->handle, sheet->row,
                                            (lxw_col_t)column, shown, format));
    count_cells(sheet, 1);
}

void excel_number(struct excel_sheet *sheet, unsigned column, double number,
                  enum excel_style style) {
    if (!excel_writable(sheet))
        return;
    excel_note(sheet->book, worksheet_write_number(sheet->handle, sheet->row,
                                                   (lxw_col_t)column, number,
                                                   sheet->book->styles[style]));
    count_cells(sheet, 1);
}

void excel_verdict(struct excel_sheet *sheet, unsigned column,
                   enum verdict verdict) {
    excel_text(sheet, column, str_from(tr(verdict_name(verdict))),
               (enum excel_style)(EXCEL_VERDICT + verdict));
}

static bool is_web_address(struct str url) {
    if (!str_starts(url, STR_LIT("https://")) &&
        !str_starts(url, STR_LIT("http://")))
        return false;
    for (size_t i = 0; i < url.len; i++) {
        if (url.ptr[i] <= ' ' || url.ptr[i] > '~' || url.ptr[i] == '"')
            return false;
    }
    return url.len <= URL_MAX;
}

void excel_link(struct excel_sheet *sheet, unsigned column, const char *url,
                struct str text) {
    if (!is_web_address(str_from(url))) {
        excel_text(sheet, column, text.len != 0 ? text : str_from(url),
                   EXCEL_TEXT);
        return;
    }
    if (!excel_writable(sheet))
        return;
    struct excel_book *book = sheet->book;
    const char *shown = clean(book, text.len != 0 ? text : str_from(url));
    if (book->no_memory)
        return;
    excel_note(book, worksheet_write_url_opt(
                         sheet->handle, sheet->row, (lxw_col_t)column, url,
                         book->styles[EXCEL_LINK], shown, NULL));
    count_cells(sheet, 1);
}

/* The two styles of larger type take more room in both directions. */
static double scale(enum excel_style style) {
    if (style == EXCEL_TITLE)
        return 1.6;
    return style == EXCEL_HEADLINE ? 1.2 : 1.0;
}

void excel_wide(struct excel_sheet *sheet, unsigned first, unsigned last,
                size_t width, struct str text, enum excel_style style) {
    if (!excel_writable(sheet))
        return;
    struct excel_book *book = sheet->book;
    const char *shown = clean(book, text);
    if (book->no_memory)
        return;
    /* No program fits the height of a row to merged cells. */
    size_t lines = excel_text_lines(
        str_from(shown), (size_t)((double)letters_in(width) / scale(style)));
    excel_height(sheet, (double)lines * scale(style) *
                            line_points(str_from(shown), LINE_POINTS));
    excel_note(book, worksheet_merge_range(sheet->handle, sheet->row,
                                           (lxw_col_t)first, sheet->row,
                                           (lxw_col_t)last, shown,
                                           book->styles[style]));
    count_cells(sheet, last - first + 1);
}

void excel_height(struct excel_sheet *sheet, double points) {
    if (sheet != NULL && points > sheet->height)
        sheet->height = points < HEIGHT_MAX ? points : HEIGHT_MAX;
}

void excel_end_row(struct excel_sheet *sheet) {
    if (!excel_writable(sheet))
        return;
    excel_height(sheet, sheet->fitted);
    if (sheet->height > 0) {
        excel_note(sheet->book, worksheet_set_row(sheet->handle, sheet->row,
                                                  sheet->height, NULL));
        count_cells(sheet, 0);
    }
    sheet->height = 0;
    sheet->fitted = 0;
}

void excel_next_row(struct excel_sheet *sheet) {
    if (sheet == NULL)
        return;
    excel_end_row(sheet);
    sheet->row++;
    sheet->row_counted = false;
}
