#include "report/excel_signatures.h"

#include "core/lang.h"

#define DATE_COLUMN 5

void excel_signatures(struct excel_sheet *sheet, unsigned last_column) {
    static const char *const roles[] = {N_("Prepared by"), N_("Reviewed by"),
                                        N_("Approved by")};
    for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
        excel_next_row(sheet);
        excel_text(sheet, 0, str_from(tr(roles[i])), EXCEL_LABEL);
        for (unsigned column = 1; column <= last_column; column++) {
            if (column == DATE_COLUMN)
                excel_text(sheet, column, str_from(tr("Date")), EXCEL_LABEL);
            else
                excel_text(sheet, column, STR_EMPTY, EXCEL_BLANK);
        }
        excel_next_row(sheet);
    }
}
