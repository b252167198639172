#ifndef BOMGATE_REPORT_ROLLED_H
#define BOMGATE_REPORT_ROLLED_H

#include <stdbool.h>

#include "core/str.h"
#include "report/report.h"

/**
 * "8 in all, in Gateway > 500-0100": how often a line is in its product, and
 * where.
 *
 * @return false, with nothing added, when that is what the line says itself.
 */
bool report_rolled(struct strbuf *out, const struct report_line *line);

/** "Gateway > 500-0100; Gateway > 500-0300": at most so many places. */
void report_rolled_places(struct strbuf *out,
                          const struct report_rollup *rollup, size_t most);
/** "48"; nothing where a quantity is not said as a number. */
void report_rolled_total(struct strbuf *out,
                         const struct report_rollup *rollup);

#endif
