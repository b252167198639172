#include "report/excel_chart.h"

#include <stdio.h>

#include "core/lang.h"
#include "report/excel_style.h"

/* Pixels of a row of ordinary height, and of the charts side by side. */
#define ROW_PIXELS 20
#define WIDTH_PIXELS 440
#define BAR_FILL 0x33475B

static lxw_chart *bar_chart(struct excel_sheet *sheet, uint32_t first_row,
                            uint32_t rows, const char *title,
                            lxw_chart_series **series) {
    lxw_chart *chart = workbook_add_chart(sheet->book->workbook, LXW_CHART_BAR);
    if (chart == NULL)
        return NULL;
    *series = chart_add_series(chart, NULL, NULL);
    if (*series == NULL)
        return NULL;
    const char *name = sheet->handle->name;
    uint32_t last_row = first_row + rows - 1;
    chart_series_set_categories(*series, name, first_row, 0, last_row, 0);
    chart_series_set_values(*series, name, first_row, 1, last_row, 1);
    chart_title_set_name(chart, title);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    /* Bars grow upwards; the table's first row belongs on top. */
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_num_format(chart->x_axis, "#,##0");
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
    return chart;
}

static void insert(struct excel_sheet *sheet, lxw_chart *chart, unsigned column,
                   const char *description) {
    /* The library copies it, but does not say so in its type. */
    struct strbuf *text = &sheet->book->cell;
    strbuf_clear(text);
    strbuf_add_text(text, description);
    lxw_chart_font font = {.size = 12, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_options options = {
        .x_scale = WIDTH_PIXELS / 480.0,
        .y_scale = (EXCEL_CHART_ROWS - 1) * ROW_PIXELS / 288.0,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
        .description = text->ptr,
    };
    chart_title_set_name_font(chart, &font);
    excel_note(sheet->book,
               worksheet_insert_chart_opt(sheet->handle, sheet->row,
                                          (lxw_col_t)column, chart, &options));
}

void excel_chart_verdicts(struct excel_sheet *sheet, uint32_t first_row,
                          unsigned column) {
    if (!excel_writable(sheet))
        return;
    lxw_chart_series *series = NULL;
    lxw_chart *chart = bar_chart(sheet, first_row, VERDICT_COUNT,
                                 tr("Lines by verdict"), &series);
    if (chart == NULL || series == NULL) {
        sheet->book->no_memory = true;
        return;
    }
    lxw_chart_fill fills[VERDICT_COUNT];
    lxw_chart_point points[VERDICT_COUNT];
    lxw_chart_point *list[VERDICT_COUNT + 1] = {NULL};
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        fills[v] =
            (lxw_chart_fill){.color = excel_verdict_fill((enum verdict)v)};
        points[v] = (lxw_chart_point){.fill = &fills[v]};
        list[v] = &points[v];
    }
    excel_note(sheet->book, chart_series_set_points(series, list));
    chart_series_set_labels(series);
    insert(sheet, chart, column, tr("Bar chart: lines by verdict"));
}

/* Told apart in grey, and by the colour-blind (Okabe and Ito's). */
static const lxw_color_t buyer_fills[] = {0x0072B2, 0xE69F00, 0x009E73,
                                          0xCC79A7, 0x56B4E9, 0xD55E00};

static bool add_buyer(lxw_chart *chart, const char *sheet, uint32_t head_row,
                      uint32_t row, unsigned i) {
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    if (series == NULL)
        return false;
    lxw_chart_fill fill = {.color = buyer_fills[i % ARRAY_LEN(buyer_fills)]};
    chart_series_set_categories(series, sheet, head_row, 1, head_row,
                                VERDICT_COUNT);
    chart_series_set_values(series, sheet, row, 1, row, VERDICT_COUNT);
    chart_series_set_name_range(series, sheet, row, 0);
    chart_series_set_fill(series, &fill);
    chart_series_set_labels(series);
    return true;
}

void excel_chart_buyers(struct excel_sheet *sheet, uint32_t first_row,
                        unsigned rows, unsigned column) {
    if (!excel_writable(sheet))
        return;
    lxw_chart *chart =
        workbook_add_chart(sheet->book->workbook, LXW_CHART_COLUMN);
    bool ok = chart != NULL;
    for (unsigned i = 0; ok && i < rows; i++)
        ok = add_buyer(chart, sheet->handle->name, first_row - 1, first_row + i,
                       i);
    if (!ok) {
        sheet->book->no_memory = true;
        return;
    }
    chart_title_set_name(chart, tr("Lines by verdict"));
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_axis_set_num_format(chart->y_axis, "#,##0");
    chart_axis_set_min(chart->y_axis, 0);
    chart_axis_major_gridlines_set_visible(chart->y_axis, LXW_FALSE);
    insert(sheet, chart, column,
           tr("Column chart: lines by verdict, for each buyer"));
}

void excel_chart_measures(struct excel_sheet *sheet, uint32_t first_row,
                          uint32_t rows, unsigned column) {
    if (!excel_writable(sheet))
        return;
    lxw_chart_series *series = NULL;
    lxw_chart *chart = bar_chart(sheet, first_row, rows,
                                 tr("Lines to act on, by measure"), &series);
    if (chart == NULL || series == NULL) {
        sheet->book->no_memory = true;
        return;
    }
    lxw_chart_fill fill = {.color = BAR_FILL};
    chart_series_set_fill(series, &fill);
    chart_series_set_labels(series);
    insert(sheet, chart, column, tr("Bar chart: lines to act on, by measure"));
}

/* ---- periods ---- */

struct bars {
    const char *title, *description;
    uint8_t type;                  /* LXW_CHART_COLUMN… */
    unsigned first_column, series; /* of the sheet */
    const lxw_color_t *fills;
};

static bool add_series(lxw_chart *chart, const struct bars *bars,
                       uint32_t first_row, uint32_t rows, unsigned i) {
    char names[64], values[64], title[64];
    char column = (char)('A' + bars->first_column + i);
    unsigned first = (unsigned)first_row + 1, last = first + (unsigned)rows - 1;
    snprintf(names, sizeof(names), "=Summary!$A$%u:$A$%u", first, last);
    snprintf(values, sizeof(values), "=Summary!$%c$%u:$%c$%u", column, first,
             column, last);
    snprintf(title, sizeof(title), "=Summary!$%c$%u", column, first - 1);
    lxw_chart_series *series = chart_add_series(chart, names, values);
    if (series == NULL)
        return false;
    lxw_chart_fill fill = {.color = bars->fills[i]};
    chart_series_set_name(series, title);
    chart_series_set_fill(series, &fill);
    return true;
}

static void draw(struct excel_sheet *sheet, const struct bars *bars,
                 uint32_t first_row, uint32_t rows, unsigned column) {
    char description[100];
    if (!excel_writable(sheet))
        return;
    lxw_chart *chart = workbook_add_chart(sheet->book->workbook, bars->type);
    bool ok = chart != NULL;
    for (unsigned i = 0; ok && i < bars->series; i++)
        ok = add_series(chart, bars, first_row, rows, i);
    if (!ok) {
        sheet->book->no_memory = true;
        return;
    }
    chart_title_set_name(chart, bars->title);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_axis_set_num_format(chart->y_axis, "#,##0");
    chart_axis_set_min(chart->y_axis, 0);
    snprintf(description, sizeof(description), "%s", bars->description);
    insert(sheet, chart, column, description);
}

void excel_chart_trend(struct excel_sheet *sheet, uint32_t first_row,
                       uint32_t rows, unsigned column) {
    lxw_color_t fills[VERDICT_REVIEW + 1];
    for (int v = 0; v <= VERDICT_REVIEW; v++)
        fills[v] = excel_verdict_fill((enum verdict)v);
    const struct bars bars = {
        .title = "Findings at the end of each period",
        .description = "Bar chart: findings at the end of each period",
        .type = LXW_CHART_COLUMN_STACKED,
        .first_column = 1,
        .series = VERDICT_REVIEW + 1,
        .fills = fills,
    };
    draw(sheet, &bars, first_row, rows, column);
}

void excel_chart_turnover(struct excel_sheet *sheet, uint32_t first_row,
                          uint32_t rows, unsigned column) {
    static const lxw_color_t fills[] = {0x8B1A1A, 0x8FA7BF};
    static const struct bars bars = {
        .title = "New and resolved in each period",
        .description = "Bar chart: findings new and resolved in each period",
        .type = LXW_CHART_COLUMN,
        .first_column = 5,
        .series = 2,
        .fills = fills,
    };
    draw(sheet, &bars, first_row, rows, column);
}
