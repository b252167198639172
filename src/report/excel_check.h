#ifndef BOMGATE_REPORT_EXCEL_CHECK_H
#define BOMGATE_REPORT_EXCEL_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"

/** What a sheet holds. */
struct excel_content {
    uint64_t rows, cells;
};

/**
 * Read every part of a workbook back: each must unpack to the end with its
 * checksum, have an end for each of its tags and elements, and each sheet must
 * hold what was written.
 *
 * @param written  Of sheet 1, 2, … `count`.
 */
NODISCARD bool excel_check(const char *path,
                           const struct excel_content *written, size_t count,
                           struct err *err);

#endif
