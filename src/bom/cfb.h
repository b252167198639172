#ifndef BOMGATE_BOM_CFB_H
#define BOMGATE_BOM_CFB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/**
 * A compound file (OLE2, MS-CFB): a small file system in a file, which old
 * Office documents are, and new ones with a password.
 */
struct cfb {
    struct str bytes;           /* borrowed */
    size_t sector, mini_sector; /* their sizes in bytes */
    uint32_t mini_below;        /* smaller streams are in the mini stream */
    uint32_t *fat, *mini_fat;   /* the next sector of each */
    size_t fat_count, mini_count;
    char *directory, *mini; /* both whole */
    size_t directory_len, mini_len;
    uint32_t *stack;     /* for walking the folder: its entries to come ... */
    unsigned char *seen; /* ... and those that were there */
};

/** Does it start as a compound file does? */
bool cfb_is(struct str bytes);

/**
 * Read the tables of a compound file. Every chain is followed at most once
 * through the file, so that a loop ends.
 *
 * @param[out] cfb  Zeroed by the caller; whatever the result, end with
 *                  cfb_dispose().
 * @param bytes     Must outlive `cfb`.
 */
NODISCARD bool cfb_open(struct cfb *cfb, struct str bytes, struct err *err);

/** Is there a stream of this (ASCII) name in the root folder? */
bool cfb_has(const struct cfb *cfb, const char *name);

/**
 * Copy a stream of the root folder.
 *
 * @param[out] out  Caller-owned; free with mem_free(). Untouched on failure.
 */
NODISCARD bool cfb_read(const struct cfb *cfb, const char *name, char **out,
                        size_t *len, struct err *err);

void cfb_dispose(struct cfb *cfb);

#endif
