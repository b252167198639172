#ifndef BOMGATE_RUN_BASELINE_H
#define BOMGATE_RUN_BASELINE_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "report/report.h"

/** What an earlier run found: a `bomgate-check/1` report. */
struct baseline;

/**
 * Read the findings of a report.
 *
 * @param[out] out  Free with baseline_free().
 * @return false when it cannot be read, or is no such report; err names it.
 */
NODISCARD bool baseline_read(struct baseline **out, const char *path,
                             struct err *err);
/** Accepts NULL. */
void baseline_free(struct baseline *baseline);

/**
 * This BOM is in today's run too: what was found in it is not taken for
 * another's.
 *
 * @param product  As the user named it, whatever the file; or NULL.
 * @param place    From place_of().
 */
void baseline_keep(struct baseline *baseline, const char *product,
                   const char *path, const char *place);

/**
 * Was this found before, and no less bad: in the same BOM, or, when this one is
 * new there, in one that is gone from today's run (a file that was renamed)?
 */
bool baseline_knows(struct baseline *baseline, const char *product,
                    const struct bom_info *bom, const struct finding *finding);

/** How the report was made. */
const struct report_baseline *baseline_made(const struct baseline *baseline);

/** Was this very file read then, byte for byte, under the same name? */
bool baseline_has_file(struct baseline *baseline, const struct bom_info *bom);

#endif
