#ifndef BOMGATE_BOM_ZIP_PART_H
#define BOMGATE_BOM_ZIP_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/source.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/**
 * What a zipped workbook may ask for. The parts of a sheet that people made
 * unpack to 4 to 20 times their size; empty styled rows reach 100.
 */
struct zip_limits {
    size_t packed;       /* bytes of the file */
    uint64_t parts;      /* files inside */
    uint64_t unpacked;   /* bytes read from all parts together */
    uint64_t ratio;      /* unpacked / packed of one part ... */
    uint64_t ratio_from; /* ... once it has given this many bytes */
};

#define ZIP_LIMITS                                                             \
    ((struct zip_limits){.packed = (size_t)256 * 1024 * 1024,                  \
                         .parts = 10000,                                       \
                         .unpacked = UINT64_C(512) * 1024 * 1024,              \
                         .ratio = 200,                                         \
                         .ratio_from = UINT64_C(4) * 1024 * 1024})

/** An open zip archive, held in memory. */
struct zip_parts;

/**
 * Read a whole source as a zip archive.
 *
 * @param[out] out  Free with zip_parts_close(). Untouched on failure.
 * @param limits    Copied.
 * @return false when it is no readable archive, is over a limit, or has two
 *         parts of one name, of which two programs could read different ones.
 */
NODISCARD bool zip_parts_open(struct zip_parts **out, struct source *source,
                              const struct zip_limits *limits, struct err *err);

/** Is there a part of this name? Letter case does not count, nor a first '/'.
 */
bool zip_parts_has(const struct zip_parts *parts, struct str name);

/** Accepts NULL. Every zip_part must be closed before. */
void zip_parts_close(struct zip_parts *parts);

/** One part being unpacked. */
struct zip_part;

/**
 * @param name  As for zip_parts_has(); not kept.
 * @return false when it is missing, encrypted or packed in an unknown way.
 */
NODISCARD bool zip_part_open(struct zip_part **out, struct zip_parts *parts,
                             struct str name, struct err *err);

/**
 * Unpack the next bytes.
 *
 * @param[out] len  0 at the end.
 * @return false on damaged data (also a wrong checksum) or over a limit.
 */
NODISCARD bool zip_part_read(struct zip_part *part, void *buffer, size_t size,
                             size_t *len, struct err *err);

/** Accepts NULL. */
void zip_part_close(struct zip_part *part);

#endif
