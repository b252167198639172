#ifndef BOMGATE_HISTORY_RULE_CHANGES_H
#define BOMGATE_HISTORY_RULE_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "history/store.h"

/**
 * Record what a rule set says otherwise than the one in use before it, from
 * the rule files that the history keeps of both. Without them nothing is
 * recorded.
 */
NODISCARD bool rule_changes_record(struct history *history, int64_t ruleset,
                                   struct err *err);

#endif
