#ifndef BOMGATE_REPORT_FORMATS_H
#define BOMGATE_REPORT_FORMATS_H

#include "report/report.h"

/* Every format, one file each; reports.c lists them. */
extern const struct report_format report_text;
extern const struct report_format report_json;
extern const struct report_format report_jsonl;
extern const struct report_format report_xlsx;
extern const struct report_format report_sarif;
extern const struct report_format report_junit;
extern const struct report_format report_github;
extern const struct report_format report_gitlab;
extern const struct report_format report_cyclonedx;
extern const struct report_format report_csv;
extern const struct report_format report_html;
extern const struct report_format report_markdown;

#endif
