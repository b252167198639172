#ifndef BOMGATE_RUN_REPORT_FILE_H
#define BOMGATE_RUN_REPORT_FILE_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"

struct json_t;

/**
 * Read a `bomgate-check/1` report whole.
 *
 * @param[out] out  Release with json_decref(). Untouched on failure.
 */
NODISCARD bool report_file_load(const char *path, struct json_t **out,
                                struct err *err);

/** What is read back of a finding. Texts are "" where the report has null. */
struct report_file_finding {
    const char *fingerprint, *identity, *bom, *verdict, *measure, *clause,
        *party, *mpn, *manufacturer;
};

/**
 * Read the findings of a `bomgate-check/1` report, one after the other.
 *
 * @param take  Called for each, with `ctx`; false ends the reading.
 * @return false when the file is no such report, or `take` said so; err names
 *         the file.
 */
NODISCARD bool report_file_read(
    const char *path,
    bool (*take)(void *ctx, const struct report_file_finding *finding,
                 struct err *err),
    void *ctx, struct err *err);

#endif
