#ifndef BOMGATE_HISTORY_RULE_FILES_H
#define BOMGATE_HISTORY_RULE_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "history/store.h"
#include "ruleset/sources.h"

/**
 * The files of a rule set that the history keeps, sorted; none where it keeps
 * none.
 *
 * @param[in,out] out  Dispose of with rule_sources_dispose(), also on failure.
 */
NODISCARD bool rule_files_read(struct history *history, int64_t ruleset,
                               struct rule_sources *out, struct err *err);

#endif
