#ifndef BOMGATE_REPORT_EXCEL_CHART_H
#define BOMGATE_REPORT_EXCEL_CHART_H

#include <stdint.h>

#include "report/excel_book.h"

/** Rows of ordinary height that a chart covers, from the current one. */
#define EXCEL_CHART_ROWS 16

/* Both draw what stands in columns A (names) and B (numbers) of the sheet
   "Summary", from `first_row` on, at the current row. */

/** Lines by verdict: VERDICT_COUNT rows. */
void excel_chart_verdicts(struct excel_sheet *sheet, uint32_t first_row,
                          unsigned column);

/** Flagged lines by measure: `rows` rows. */
void excel_chart_measures(struct excel_sheet *sheet, uint32_t first_row,
                          uint32_t rows, unsigned column);

#endif
