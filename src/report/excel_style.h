#ifndef BOMGATE_REPORT_EXCEL_STYLE_H
#define BOMGATE_REPORT_EXCEL_STYLE_H

#include <stdbool.h>

#include <lazy/xlsxwriter.h>

#include "core/compiler.h"
#include "report/excel_book.h"

/**
 * Make the format of every style. A verdict is told by its word, a fill that
 * grows darker with it (so that it reads in grey print too) and its type face,
 * never by a hue alone.
 *
 * @return false when memory is out.
 */
NODISCARD bool excel_styles_make(lxw_workbook *workbook,
                                 lxw_format *styles[EXCEL_STYLE_COUNT]);

/** The fill of a verdict, for the charts. */
lxw_color_t excel_verdict_fill(enum verdict verdict);

#endif
