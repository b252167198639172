#ifndef BOMGATE_REPORT_JSON_RUN_H
#define BOMGATE_REPORT_JSON_RUN_H

#include "core/json_writer.h"
#include "report/report.h"

/* What is true of the whole run, as members of the object that is open: what
   stands before the findings of `bomgate-check/1`, and what stands after its
   BOMs. */

/** `tool` to `declared`. */
void report_json_head(struct json_writer *json, const struct run_info *run);

/** `headline` to `history`. @return false when memory is out. */
NODISCARD bool report_json_end(struct json_writer *json,
                               const struct run_info *run,
                               const struct run_totals *totals,
                               struct err *err);

#endif
