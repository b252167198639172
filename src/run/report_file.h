#ifndef BOMGATE_RUN_REPORT_FILE_H
#define BOMGATE_RUN_REPORT_FILE_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

struct json_t;

/**
 * Read a `bomgate-check/1` report whole.
 *
 * @param[out] out  Release with json_decref(). Untouched on failure.
 */
NODISCARD bool report_file_load(const char *path, struct json_t **out,
                                struct err *err);

/** What is read back of a report. Texts are "" where it has null. */
struct report_file_made {
    const char *rules_version, *rules_sha256, *as_of;
};
struct report_file_bom {
    const char *path, *sha256;
    const char *product; /* as it was named */
};
struct report_file_finding {
    const char *fingerprint, *identity, *verdict, *measure, *clause, *party,
        *mpn, *manufacturer, *bom;
    struct str product; /* else the file's name; ends with a NUL */
};

/** Told of a report; false ends the reading. NULL: it is passed over. */
struct report_file_taker {
    bool (*made)(void *ctx, const struct report_file_made *made,
                 struct err *err);
    bool (*bom)(void *ctx, const struct report_file_bom *bom, struct err *err);
    bool (*finding)(void *ctx, const struct report_file_finding *finding,
                    struct err *err);
    void *ctx;
};

/**
 * Read a `bomgate-check/1` report: how it was made, its BOMs, then its
 * findings, one after the other.
 *
 * @return false when the file is no such report, or the taker said so; err
 *         names the file.
 */
NODISCARD bool report_file_read(const char *path,
                                const struct report_file_taker *taker,
                                struct err *err);

#endif
