#ifndef BOMGATE_REPORT_JSON_BOM_H
#define BOMGATE_REPORT_JSON_BOM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/json_writer.h"
#include "report/report.h"

/**
 * Write how a BOM was read as members of the object that is open: one entry of
 * `boms` in `bomgate-check/1`.
 *
 * @param checked  Its lines were screened: `resolved` and `counts` are known;
 *                 null otherwise.
 */
void report_json_bom(struct json_writer *json, const struct bom_totals *totals,
                     bool checked);

/** `key` and a number for each verdict and for the waived, as an object. */
void report_json_counts(struct json_writer *json, const char *key,
                        const struct line_counts *counts);

/**
 * Write a whole `bomgate-columns/1` document: how one BOM was read.
 *
 * @param version  Of the program.
 * @param preview  Its first rows as they stand.
 * @return false when `out` cannot be written.
 */
NODISCARD bool report_json_columns(FILE *out, const char *version,
                                   const struct bom_totals *totals,
                                   const struct bom_preview *preview,
                                   struct err *err);

#endif
