#ifndef BOMGATE_RULESET_COMPILE_H
#define BOMGATE_RULESET_COMPILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "ruleset/ruleset.h"
#include "ruleset/sources.h"

/** Told of every problem in the rule files, each with its place. */
struct rule_problems {
    void (*add)(void *ctx, const struct err *problem);
    void *ctx;
};

/**
 * Compile rule files into one index.
 *
 * Names are normalised with the same function as BOM lines. Everything that a
 * file refers to must exist; ids and names stand in one place only; dates are
 * in order.
 *
 * @param[out] out   The index, from mem_alloc(); what ruleset_adopt() takes.
 *                   Untouched on failure.
 * @param sources    Sorted by this call.
 * @param problems   NULL: the first problem is the error.
 * @return false when there is any problem; with `problems` given, all of them
 *         have been told and `err` sums them up.
 */
NODISCARD bool ruleset_compile(void **out, size_t *size,
                               struct rule_sources *sources,
                               const struct rule_problems *problems,
                               struct err *err);

/**
 * Compile and open the rules in a folder, as `--rules` takes them: measures,
 * parties and profiles are the folder's alone; its parts replace those of
 * `base` if it has any; its words are added to those of `base`.
 *
 * @param base  The shipped rules; NULL: the folder stands alone.
 * @return false also when the folder holds no measure: it would clear
 *         everything.
 */
NODISCARD bool ruleset_load_folder(struct ruleset **out, const char *folder,
                                   const struct ruleset *base,
                                   const struct rule_problems *problems,
                                   struct err *err);

/**
 * Compile and open a rule set together with folders of a company's own rules:
 * measures, parties, profiles, parts and words are added; an id or a name that
 * stands in both is a problem that names both.
 *
 * @param folders  At least one.
 */
NODISCARD bool ruleset_load_added(struct ruleset **out,
                                  const struct ruleset *base,
                                  const char *const *folders, size_t count,
                                  const struct rule_problems *problems,
                                  struct err *err);

#endif
