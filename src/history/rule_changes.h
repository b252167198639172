#ifndef BOMGATE_HISTORY_RULE_CHANGES_H
#define BOMGATE_HISTORY_RULE_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "history/store.h"

/**
 * Where a run brought the files of its rules: record what they say otherwise
 * than the rule set that was in use before, if the history keeps its files.
 */
NODISCARD bool rule_changes_record(struct history *history, int64_t run,
                                   struct err *err);

#endif
