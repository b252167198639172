#ifndef BOMGATE_RUN_LIST_IMPORT_H
#define BOMGATE_RUN_LIST_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "ruleset/ruleset.h"
#include "ruleset/sources.h"

/*
 * An official list becomes the list of a measure in a folder of rules: its
 * `parties`, and a party file of the import's own, `parties/MEASURE.yaml`, for
 * those that no rule knows yet. A company's approved list becomes `approved`.
 */

struct list_import_options {
    const char *list;    /* CSV; an approved list may be a workbook */
    const char *measure; /* id */
    const char *folder;  /* need not exist yet */
    const char *from;    /* YYYY-MM-DD for entries that say no day; or NULL */
    const struct ruleset *shipped;
    /** Told of what a person should look at. */
    void (*note)(void *ctx, const struct err *note);
    void *ctx;
};

/** What would be written. */
struct list_import {
    struct arena arena;         /* holds all texts */
    struct rule_sources before; /* the folder as it lies there */
    struct rule_sources after;
    struct str measure_path, measure_text; /* paths within the folder */
    struct str parties_path, parties_text; /* no text: no such file */
    const char *title;                     /* of the kind of list */
    size_t entries, known, made, others;   /* entries; parties that were known,
                                              that are new; no companies */
    bool new_measure;
    bool approved;           /* it is an approved list: */
    size_t left_out, unsure; /* rows of distributors; names that may be a
                                party's */
};

/**
 * Work out what an import changes. Nothing is written.
 *
 * An entry whose name is certainly a known party's is listed as that; one
 * whose alias is, is a new party, and the known one is listed as unconfirmed.
 * What is no company is listed by name only. Whatever the order of the rows,
 * the texts are the same.
 *
 * @param[out] out  Dispose of with list_import_dispose(). Untouched on
 *                  failure.
 * @return false when the list or the folder cannot be read, or what would be
 *         written is not valid.
 */
NODISCARD bool list_import_plan(struct list_import *out,
                                const struct list_import_options *options,
                                struct err *err);

/** Write what changed, each file whole or not at all. */
NODISCARD bool list_import_write(const struct list_import *import,
                                 const char *folder, struct err *err);
void list_import_dispose(struct list_import *import);

#endif
