#ifndef BOMGATE_REPORT_AUDIT_HTML_H
#define BOMGATE_REPORT_AUDIT_HTML_H

#include "report/audit_report.h"
#include "report/audit_table.h"
#include "report/html_page.h"

/* The page of an audit: its first section, and tables. */

struct audit_page {
    const struct audit_report *report;
    struct html html;
    struct scratch scratch; /* a cell's text */
};

/** Title, alarm and headline. */
void audit_html_top(struct audit_page *page);
/** Counts, scope and trend. */
void audit_html_summary(struct audit_page *page);
void audit_html_table(struct audit_page *page, const struct audit_table *table);

#endif
