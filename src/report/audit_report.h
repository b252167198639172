#ifndef BOMGATE_REPORT_AUDIT_REPORT_H
#define BOMGATE_REPORT_AUDIT_REPORT_H

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "history/audit.h"
#include "report/report.h"

/** What is written of an audit. */
struct audit_report {
    const struct audit *audit;
    const char *title, *company; /* NULL: no own ones */
};

/** One format of an audit, one row of the table in audit_reports.c. What it
    writes says nothing of today, of the program or of where the history is. */
struct audit_format {
    const char *name;      /* "xlsx" */
    const char *extension; /* ".html,.htm" */
    const char *summary;
    unsigned flags; /* REPORT_BINARY, REPORT_BY_NAME */
    NODISCARD bool (*write)(const struct audit_report *report,
                            const struct report_target *target,
                            struct err *err);
};

/** All formats, ended by NULL. */
extern const struct audit_format *const audit_formats[];

extern const struct audit_format audit_text_format;
extern const struct audit_format audit_json_format;
extern const struct audit_format audit_xlsx_format;
extern const struct audit_format audit_markdown_format;
extern const struct audit_format audit_html_format;

/** NULL when there is no such format. */
const struct audit_format *audit_format_by_name(struct str name);
const struct audit_format *audit_format_by_path(const char *path);

/** The report's title, the user's own or ours. */
void audit_report_title(struct strbuf *out, const struct audit_report *report);

#endif
