#include "core/mem.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static size_t fail_countdown;
static atomic_bool fail_hit;

void mem_fail_after(size_t countdown) {
    fail_countdown = countdown;
    fail_hit = false;
}

bool mem_failed(void) { return fail_hit; }

static bool must_fail(void) {
    if (fail_countdown == 0)
        return false;
    if (fail_countdown > 1) {
        fail_countdown--;
        return false;
    }
    return true;
}

static void *noted(void *ptr) {
    if (ptr == NULL)
        fail_hit = true;
    return ptr;
}

void *mem_alloc(size_t size) {
    return noted(must_fail() ? NULL : malloc(size != 0 ? size : 1));
}

void *mem_calloc(size_t count, size_t size) {
    return noted(must_fail() ? NULL : calloc(count != 0 ? count : 1, size));
}

void *mem_realloc(void *ptr, size_t size) {
    return noted(must_fail() ? NULL : realloc(ptr, size != 0 ? size : 1));
}

void mem_free(void *ptr) { free(ptr); }

bool mem_mul(size_t *out, size_t a, size_t b) {
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *out = a * b;
    return true;
}

bool mem_grow(void **items, size_t *cap, size_t need, size_t size) {
    if (need <= *cap)
        return true;
    size_t wanted = *cap != 0 ? *cap : 16;
    while (wanted < need) {
        if (wanted > SIZE_MAX / 2)
            return false;
        wanted *= 2;
    }
    size_t bytes;
    if (!mem_mul(&bytes, wanted, size))
        return false;
    void *moved = mem_realloc(*items, bytes);
    if (moved == NULL)
        return false;
    *items = moved;
    *cap = wanted;
    return true;
}
