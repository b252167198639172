#ifndef BOMGATE_REPORT_EXCEL_SIGNATURES_H
#define BOMGATE_REPORT_EXCEL_SIGNATURES_H

#include "report/excel_book.h"

/** Rows to sign on: who prepared, reviewed and approved it, and when. */
void excel_signatures(struct excel_sheet *sheet, unsigned last_column);

#endif
