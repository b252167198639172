#ifndef BOMGATE_CORE_ARENA_H
#define BOMGATE_CORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/str.h"

/**
 * A bump allocator: many small pieces, one lifetime.
 *
 * A zeroed struct is a valid, empty arena. Pieces are freed together by
 * arena_reset() or arena_dispose(). After an allocation failed every later
 * one fails too, so a caller may check `failed` once at the end.
 */
struct arena {
    struct arena_chunk *chunks; /* newest first */
    size_t used;                /* bytes handed out since the last reset */
    bool failed;
};

/** Zeroed memory aligned for any type; NULL when memory is out. */
NODISCARD void *arena_alloc(struct arena *arena, size_t size);

/** Room for `count` elements of `size` bytes; NULL also on overflow. */
NODISCARD void *arena_array(struct arena *arena, size_t count, size_t size);

/** Copy `text`; the copy is followed by a NUL. Empty text when memory is out.
 */
struct str arena_str(struct arena *arena, struct str text);

/** Format into the arena; empty text when memory is out. */
struct str arena_printf(struct arena *arena, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

/** Forget every piece; keeps one chunk, so that a steady use does not malloc.
 */
void arena_reset(struct arena *arena);

/** Free everything; the arena is empty and usable again. */
void arena_dispose(struct arena *arena);

#endif
