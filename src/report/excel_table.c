#include "report/excel_table.h"

#include <assert.h>
#include <stdio.h>

#include "core/lang.h"
#include "report/excel_text.h"

/* A filter's button covers that much of a header. */
#define FILTER_BUTTON 3
/* "Maker as written" takes two lines. */
#define HEAD_POINTS 30.0

static void see_width(struct excel_table *table, unsigned column,
                      struct str text) {
    size_t *width = &table->widths[column];
    size_t max = table->columns[column].max;
    size_t needed = *width < max ? excel_text_width(text) + 1 : 0;
    if (needed > *width)
        *width = needed < max ? needed : max;
}

static void add_sheet(struct excel_table *table) {
    char name[LXW_SHEETNAME_MAX + 1];
    if (table->parts++ == 0)
        snprintf(name, sizeof(name), "%s", tr(table->name));
    else
        snprintf(name, sizeof(name), "%.20s (%u)", tr(table->name),
                 table->parts);
    table->sheet = excel_sheet_add(table->book, name, table->sheet);
    if (table->sheet == NULL)
        return;
    for (unsigned i = 0; i < table->column_count; i++) {
        const struct excel_column *column = &table->columns[i];
        table->widths[i] = column->min;
        table->sheet->widths[i] = column->max;
        excel_text(table->sheet, i, str_from(tr(column->header)),
                   column->style == EXCEL_NUMBER ? EXCEL_HEAD_NUMBER
                                                 : EXCEL_HEAD);
    }
    excel_height(table->sheet, HEAD_POINTS);
}

void excel_table_begin(struct excel_table *table, struct excel_book *book,
                       const char *name, const struct excel_column *columns,
                       size_t column_count, const char *footer) {
    assert(column_count <= EXCEL_COLUMNS_MAX);
    *table = (struct excel_table){.book = book,
                                  .name = name,
                                  .columns = columns,
                                  .column_count = column_count,
                                  .footer = footer};
    add_sheet(table);
}

void excel_table_row(struct excel_table *table) {
    if (table->sheet == NULL)
        return;
    if (table->sheet->row + 1 >= table->book->row_limit) {
        excel_table_end(table);
        add_sheet(table);
    }
    excel_next_row(table->sheet);
    table->rows++;
}

void excel_table_text(struct excel_table *table, unsigned column,
                      struct str text) {
    excel_text(table->sheet, column, text, table->columns[column].style);
    see_width(table, column, text);
}

void excel_table_number(struct excel_table *table, unsigned column,
                        double number) {
    excel_number(table->sheet, column, number, EXCEL_NUMBER);
}

void excel_table_verdict(struct excel_table *table, unsigned column,
                         enum verdict verdict) {
    excel_verdict(table->sheet, column, verdict);
    see_width(table, column, str_from(tr(verdict_name(verdict))));
}

void excel_table_note(struct excel_table *table, struct str text) {
    size_t width = 0;
    excel_table_row(table);
    for (unsigned i = 0; i < table->column_count; i++)
        width += table->columns[i].min;
    excel_wide(table->sheet, 0, (unsigned)table->column_count - 1, width, text,
               EXCEL_NOTE);
}

static double column_width(const struct excel_table *table, unsigned i) {
    const struct excel_column *column = &table->columns[i];
    size_t width = table->widths[i];
    struct str header = str_from(tr(column->header));
    size_t longest = str_find_char(header, ' ') < 0
                         ? excel_text_width(header) + FILTER_BUTTON
                         : 0;
    if (width < longest)
        width = longest;
    return (double)(width < column->max ? width : column->max);
}

void excel_table_end(struct excel_table *table) {
    struct excel_sheet *sheet = table->sheet;
    if (sheet == NULL)
        return;
    excel_end_row(sheet);
    for (unsigned i = 0; i < table->column_count; i++)
        excel_note(table->book, worksheet_set_column(
                                    sheet->handle, (lxw_col_t)i, (lxw_col_t)i,
                                    column_width(table, i), NULL));
    worksheet_freeze_panes(sheet->handle, 1, 0);
    excel_note(table->book,
               worksheet_autofilter(sheet->handle, 0, 0, sheet->row,
                                    (lxw_col_t)(table->column_count - 1)));
    excel_print_setup(sheet, EXCEL_PAGE_TABLE, 0, str_from(table->footer));
}
