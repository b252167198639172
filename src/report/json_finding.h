#ifndef BOMGATE_REPORT_JSON_FINDING_H
#define BOMGATE_REPORT_JSON_FINDING_H

#include "core/json_writer.h"
#include "report/report.h"
#include "report/scratch.h"

/**
 * Write one element of `findings`.
 *
 * @param scratch  For the sentences.
 */
void report_json_finding(struct json_writer *json, const struct run_info *run,
                         const struct report_line *line,
                         const struct finding *finding,
                         struct scratch *scratch);

/** Write one element of `lines`, on one line of text. */
void report_json_line(struct json_writer *json, const struct run_info *run,
                      const struct report_line *line);

/* The same as members of the object that is open. */
void report_json_finding_members(struct json_writer *json,
                                 const struct run_info *run,
                                 const struct report_line *line,
                                 const struct finding *finding,
                                 struct scratch *scratch);
void report_json_line_members(struct json_writer *json,
                              const struct run_info *run,
                              const struct report_line *line);

/** One measure's question what is inside a part of a line. */
void report_json_contents(struct json_writer *json, const struct run_info *run,
                          const struct report_line *line,
                          const struct report_contents *contents);
void report_json_contents_members(struct json_writer *json,
                                  const struct run_info *run,
                                  const struct report_line *line,
                                  const struct report_contents *contents);

#endif
