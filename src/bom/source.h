#ifndef BOMGATE_BOM_SOURCE_H
#define BOMGATE_BOM_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/**
 * Where bytes come from: a file, standard input, memory. Bytes may be looked
 * at before they are taken, so that a format can be recognised.
 */
struct source;

/** @param path "-" is standard input. @return false when it cannot be opened.
 */
NODISCARD bool source_open_file(struct source **out, const char *path,
                                struct err *err);
/** @param bytes Borrowed until source_close(). */
NODISCARD bool source_open_memory(struct source **out, struct str bytes,
                                  struct err *err);

/**
 * Look at what comes next without taking it: up to SOURCE_PEEK_MAX bytes, or
 * all that is left. Borrowed until the next call.
 */
#define SOURCE_PEEK_MAX (64 * 1024)
NODISCARD bool source_peek(struct source *source, struct str *head,
                           struct err *err);

/**
 * Take the next bytes. Empty at the end. Borrowed until the next call.
 */
NODISCARD bool source_read(struct source *source, struct str *bytes,
                           struct err *err);

/** How much of a file was read, 0 to 1; negative where nobody knows. */
double source_share(const struct source *source);

/** Hash all bytes as they are read; must be called before the first read. */
NODISCARD bool source_digest_begin(struct source *source, struct err *err);
/** Hex SHA-256 of all bytes read; empty unless begun. */
void source_digest_end(struct source *source, char hex[65]);

/** Accepts NULL. */
void source_close(struct source *source);

#endif
