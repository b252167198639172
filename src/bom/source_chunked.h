#ifndef BOMGATE_BOM_SOURCE_CHUNKED_H
#define BOMGATE_BOM_SOURCE_CHUNKED_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/source.h"
#include "core/compiler.h"

/**
 * source_open_memory() that hands out at most `chunk` bytes a read (0: as many
 * as there are). For tests: a reader must find the same rows at every size.
 */
NODISCARD bool source_open_chunked(struct source **out, struct str bytes,
                                   size_t chunk, struct err *err);

#endif
