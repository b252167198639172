#ifndef BOMGATE_BOM_SLURP_H
#define BOMGATE_BOM_SLURP_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/source.h"
#include "core/compiler.h"
#include "core/err.h"

/* A workbook is read from its end: the whole file is held. The largest BOM
 * workbook seen has 4 MB. */
#define SLURP_MAX ((size_t)256 * 1024 * 1024)

/**
 * Take all that is left of a source.
 *
 * @param[out] bytes  Caller-owned; free with mem_free(). Untouched on failure;
 *                    NULL when there was nothing.
 * @param limit       In bytes; more is ERR_LIMIT.
 */
NODISCARD bool slurp(struct source *source, size_t limit, char **bytes,
                     size_t *len, struct err *err);

#endif
