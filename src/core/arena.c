#include "core/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/mem.h"

/* Under AddressSanitizer each piece gets a chunk of its own, so that a read
   past one piece is seen instead of landing in the next. */
#if defined(__SANITIZE_ADDRESS__)
#define CHUNK_SIZE 1
#else
#define CHUNK_SIZE (32 * 1024)
#endif

struct arena_chunk {
    struct arena_chunk *next;
    size_t size, used;
    max_align_t data[];
};

static size_t aligned(size_t size, size_t unit) {
    return (size + unit - 1) & ~(unit - 1);
}

static bool add_chunk(struct arena *arena, size_t size) {
    if (size < CHUNK_SIZE)
        size = CHUNK_SIZE;
    if (size > SIZE_MAX - sizeof(struct arena_chunk))
        return false;
    struct arena_chunk *chunk = mem_alloc(sizeof(*chunk) + size);
    if (chunk == NULL)
        return false;
    *chunk = (struct arena_chunk){.next = arena->chunks, .size = size};
    arena->chunks = chunk;
    return true;
}

/* The memory is as it was; `unit` is a power of two. */
static void *take(struct arena *arena, size_t size, size_t unit) {
    struct arena_chunk *chunk = arena->chunks;
    size_t at = chunk != NULL ? aligned(chunk->used, unit) : 0;
    size += size == 0;
    if (arena->failed)
        return NULL;
    if (chunk == NULL || at > chunk->size || chunk->size - at < size) {
        arena->failed = !add_chunk(arena, size);
        at = 0;
    }
    if (arena->failed)
        return NULL;
    chunk = arena->chunks;
    arena->used += at + size - chunk->used;
    chunk->used = at + size;
    return (unsigned char *)chunk->data + at;
}

void *arena_alloc(struct arena *arena, size_t size) {
    void *piece = take(arena, size, sizeof(max_align_t));
    return piece == NULL ? NULL : memset(piece, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
    size_t bytes;
    if (!mem_mul(&bytes, count, size)) {
        arena->failed = true;
        return NULL;
    }
    return arena_alloc(arena, bytes);
}

struct str arena_str(struct arena *arena, struct str text) {
    char *copy = text.len == SIZE_MAX ? NULL : take(arena, text.len + 1, 1);
    if (copy == NULL)
        return STR_EMPTY;
    if (text.len != 0)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (struct str){copy, text.len};
}

struct str arena_printf(struct arena *arena, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (text == NULL)
        return STR_EMPTY;
    va_start(args, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    return (struct str){text, (size_t)len};
}

static void free_chunks(struct arena_chunk *chunk) {
    while (chunk != NULL) {
        struct arena_chunk *next = chunk->next;
        mem_free(chunk);
        chunk = next;
    }
}

void arena_reset(struct arena *arena) {
    struct arena_chunk *keep = arena->chunks;
    if (keep != NULL) {
        free_chunks(keep->next);
        keep->next = NULL;
        keep->used = 0;
    }
    *arena = (struct arena){.chunks = keep};
}

void arena_dispose(struct arena *arena) {
    free_chunks(arena->chunks);
    *arena = (struct arena){.chunks = NULL};
}
