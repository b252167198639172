#ifndef BOMGATE_REPORT_AUDIT_XLSX_H
#define BOMGATE_REPORT_AUDIT_XLSX_H

#include "report/audit_report.h"
#include "report/excel_book.h"

/** The workbook's first page. `sheet` NULL does nothing. */
void audit_xlsx_summary(struct excel_sheet *sheet,
                        const struct audit_report *report, const char *footer);

#endif
