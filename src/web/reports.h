#ifndef BOMGATE_WEB_REPORTS_H
#define BOMGATE_WEB_REPORTS_H

#include <stdbool.h>

#include "core/json_writer.h"
#include "report/report.h"
#include "web/inside.h"
#include "web/arguments.h"

/* The reports of a result: one of every format that is a file. */

/** What a format's report is called in the folder of a result: "report.xlsx".
    @return false when the format is no file. */
bool reports_name(const struct report_format *format, char name[64]);
/** The format of a report of that name; NULL when there is none. */
const struct report_format *reports_named(struct str name);
/** The format that a request wants: its field `format`, which the query
    may say too, else by its Accept, else JSON; NULL when there is none of that
   kind. */
const struct report_format *reports_wanted(const struct request *request);

/** Give a report. @param save  A browser is to save it. */
enum MHD_Result reports_answer(struct request *request,
                               const struct result *result,
                               const struct report_format *format, bool save);
/** Whether that format's is there; NULL: every one's. */
bool reports_are_there(const struct result *result,
                       const struct report_format *only);
/** Those that are there, as an array. */
void reports_list(struct json_writer *json, const struct result *result);

/** What one of them does not say itself: "Excel workbook …". */
const char *reports_title(const struct report_format *format);

/**
 * Ask the program something that it prints as JSON, and answer with that.
 *
 * @param folder  Below the result's, where it works.
 */
enum MHD_Result reports_ask(struct request *request,
                            const struct result *result, const char *folder,
                            struct arguments *arguments);

#endif
