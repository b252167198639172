#ifndef BOMGATE_RUN_READINGS_H
#define BOMGATE_RUN_READINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/bom.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "run/paths.h"

/** What can be said of how a BOM is read. */
enum reading_kind { READING_MAP, READING_SHEET, READING_ENCODING };

/**
 * What the user says: of all BOMs, "mpn=Part No.", "Sheet1", "GBK"; or, behind
 * a BOM's path, of that one: "a.csv:mpn=Part No.".
 */
struct reading_wish {
    enum reading_kind kind;
    const char *text;
};

struct reading_wishes {
    const struct reading_wish *items;
    size_t count;
};

/** The wishes, each with the BOM that it is for. A zeroed struct has none. */
struct readings {
    struct reading *items;
    size_t count;
    struct bom_map *maps; /* of the BOM that was asked for last */
    struct arena arena;
};

/**
 * Find which BOM each wish is for: the longest path that it begins with, else
 * all. What no BOM is called is told of only where it stands before a field: a
 * sheet's name may hold a ':'.
 *
 * @param[out] out  Dispose of with readings_dispose(). Untouched on failure.
 * @param wishes    Their texts must outlive `out`, and so must `paths`.
 * @return false for a map that names no field, no header, or a file that is
 *         none of the BOMs,
 *         and for two sheets or encodings of the same.
 */
NODISCARD bool readings_resolve(struct readings *out,
                                const struct reading_wishes *wishes,
                                const struct path_list *paths, struct err *err);

/**
 * Fill in how the BOM at `path` is to be read. What is said of it alone counts
 * more than what is said of all.
 *
 * @param[out] how  Its encoding, sheet and maps, borrowed until the next call
 *                  or readings_dispose(); the rest stays.
 */
void readings_fill(struct readings *readings, const char *path,
                   struct bom_options *how);

void readings_dispose(struct readings *readings);

#endif
