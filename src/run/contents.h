#ifndef BOMGATE_RUN_CONTENTS_H
#define BOMGATE_RUN_CONTENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "report/report.h"

/* What is inside the parts of a line, as measures ask it. */

/** What is said of a part beside who made it: what the BOM says of the origin
    is held against what the supplier does. */
struct screen_said contents_said(struct str origin, struct str noted,
                                 const struct part_declared *declared);

/** What a hit's verdict rests on, or would if it held; NULL: nothing. */
const struct declaration *contents_declaration(
    const struct ruleset *rules, const struct part_declared *declared,
    const struct screen_hit *hit);

/**
 * Set the line's `contents` from what its parts were asked and what is declared
 * of them.
 *
 * @return false only when memory is out.
 */
NODISCARD bool contents_gather(struct arena *arena, struct report_line *line);

/** Does a measure ask for the profile (RULES_NONE: for any) what nobody
    declares? What a waiver accepts is asked no more. */
bool contents_are_open(const struct report_line *line, uint32_t profile);

#endif
