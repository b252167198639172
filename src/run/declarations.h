#ifndef BOMGATE_RUN_DECLARATIONS_H
#define BOMGATE_RUN_DECLARATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"
#include "ruleset/ruleset.h"

/** What suppliers declare of their parts: a table that a company keeps. */
struct declarations;

struct declarations_options {
    const struct ruleset *rules; /* must outlive the declarations */
    int32_t as_of;
    const char *path;  /* what to read */
    const char *named; /* what the user calls it; documents lie beside it */
    /** Told of rows of which one is needless, or wrong. May be NULL. */
    void (*note)(void *ctx, const struct err *note);
    void *ctx;
};

/**
 * Read and check the declarations.
 *
 * @param[out] out  Free with declarations_free().
 * @return false when the table cannot be read, a cell says nothing that is
 *         known, or a document beside the table is not the one that was
 *         declared; err names file, line and column.
 */
NODISCARD bool declarations_read(struct declarations **out,
                                 const struct declarations_options *options,
                                 struct err *err);
/** Accepts NULL. */
void declarations_free(struct declarations *declarations);

/** What to say of the file in a report. */
const struct declared_file *declarations_file(
    const struct declarations *declarations);

/**
 * What suppliers declare of a part: what holds goes before what does not, then
 * what speaks of it more exactly, then what is later. Only what says of what is
 * inside, or of the origin, something else is not silenced by that: though it
 * has expired, it asks again where it goes before what holds.
 *
 * @param arena  Owns what `out` points to.
 * @return false only when memory is out.
 */
NODISCARD bool declarations_of(struct declarations *declarations,
                               const struct maker *maker, struct str mpn,
                               struct arena *arena, struct part_declared *out);

#endif
