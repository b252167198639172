#ifndef BOMGATE_REPORT_JSON_ALTERNATIVES_H
#define BOMGATE_REPORT_JSON_ALTERNATIVES_H

#include "core/json_writer.h"
#include "report/report.h"
#include "report/scratch.h"

/** `alternatives` and `excluded`, and how many more there are of each; empty
    lists for NULL. */
void json_alternatives(struct json_writer *json, const struct run_info *run,
                       const struct alternatives *found,
                       struct scratch *scratch);

#endif
