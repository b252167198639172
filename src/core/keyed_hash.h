#ifndef BOMGATE_CORE_KEYED_HASH_H
#define BOMGATE_CORE_KEYED_HASH_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/compiler.h"
#include "core/str.h"

/**
 * A hash of 64 bits that stands for a text. Whoever does not know the key
 * cannot choose texts that share one, and by chance two texts do once in 2^64.
 * Multiplication folds 16 bytes at a step, as in Wang Yi's wyhash
 * (https://github.com/wangyi-fudan/wyhash, public domain).
 */
struct hash_key {
    uint64_t first, even, odd;
};

/** A key that nobody knows. @return false when the system has none to give. */
NODISCARD bool hash_key_make(struct hash_key *out);

static inline uint64_t keyed_fold(uint64_t a, uint64_t b) {
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t keyed_bytes(const char *at, size_t count) {
    uint64_t bytes = 0;
    memcpy(&bytes, at, count);
    return bytes;
}

/** The hash of what `before` stands for, a number or a hash, and then of
    `text`. */
static inline uint64_t keyed_hash(const struct hash_key *key, uint64_t before,
                                  struct str text) {
    const char *at = text.ptr;
    size_t left = text.len;
    uint64_t first = 0, last = 0;
    /* Else numbers that differ by a bit are as texts that do. */
    before = keyed_fold(before ^ key->first, key->odd);
    for (; left > 16; left -= 16, at += 16)
        before = keyed_fold(keyed_bytes(at, 8) ^ key->even,
                            keyed_bytes(at + 8, 8) ^ before);
    if (left >= 8) { /* where there are less than 16 some count twice */
        first = keyed_bytes(at, 8);
        last = keyed_bytes(at + left - 8, 8);
    } else if (left >= 4) {
        first = keyed_bytes(at, 4);
        last = keyed_bytes(at + left - 4, 4);
    } else if (left != 0) {
        first = (uint64_t)(unsigned char)at[0] << 16 |
                (uint64_t)(unsigned char)at[left / 2] << 8 |
                (unsigned char)at[left - 1];
    }
    before = keyed_fold(first ^ key->even, last ^ before);
    return keyed_fold(before ^ key->odd, text.len ^ key->even);
}

#endif
