#ifndef BOMGATE_RUN_SETTLE_H
#define BOMGATE_RUN_SETTLE_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "maker/maker.h"
#include "run/parts_line.h"

/**
 * Find out who made a part that the parts file names.
 *
 * Its maker is the file's, certainly, with who said so as the evidence; unless
 * the name and the number on the line agree on somebody else, or the number has
 * another maker's form and nobody signed the row: then what the line itself
 * says holds.
 *
 * @param said      With a row.
 * @param query     The part as the file and the line name it.
 * @param arena     Holds what is new in `out`.
 * @param[out] out  Otherwise as from maker_resolve().
 * @return false only when memory is out.
 */
NODISCARD bool settle_maker(struct maker_resolver *resolver,
                            const struct ruleset *rules, struct arena *arena,
                            const struct parts_said *said,
                            const struct maker_query *query, struct maker *out,
                            struct err *err);

#endif
