#ifndef BOMGATE_REPORT_EXCEL_CHART_H
#define BOMGATE_REPORT_EXCEL_CHART_H

#include <stdint.h>

#include "report/excel_book.h"

/** Rows of ordinary height that a chart covers, from the current one. */
#define EXCEL_CHART_ROWS 16

/* All draw what stands in the sheet "Summary" from `first_row` on, the names in
   column A, at the current row. Verdicts and measures: the numbers in column B.
 */

/** Lines by verdict: VERDICT_COUNT rows. */
void excel_chart_verdicts(struct excel_sheet *sheet, uint32_t first_row,
                          unsigned column);

/** Lines by verdict for each buyer, beside each other: `rows` rows below one
    that names the verdicts, which stand in columns B and on. */
void excel_chart_buyers(struct excel_sheet *sheet, uint32_t first_row,
                        unsigned rows, unsigned column);

/** Flagged lines by measure: `rows` rows. */
void excel_chart_measures(struct excel_sheet *sheet, uint32_t first_row,
                          uint32_t rows, unsigned column);

/** Of `rows` periods the columns B to E, a verdict each, one upon the other. */
void excel_chart_trend(struct excel_sheet *sheet, uint32_t first_row,
                       uint32_t rows, unsigned column);

/** Of `rows` periods the columns F and G beside each other: what was new and
    what was resolved. */
void excel_chart_turnover(struct excel_sheet *sheet, uint32_t first_row,
                          uint32_t rows, unsigned column);

#endif
