#ifndef BOMGATE_CORE_HASH_H
#define BOMGATE_CORE_HASH_H

#include <stdint.h>
#include <string.h>

#include "core/str.h"

/** A hash of a text, for tables in memory: it differs from machine to machine,
    and must not be written down. Eight bytes at a step: keys are whole cells.
 */
static inline uint32_t hash_of(struct str key) {
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = key.len * odd, piece;
    const char *at = key.ptr;
    size_t left = key.len;
    for (; left >= sizeof(piece); left -= sizeof(piece)) {
        memcpy(&piece, at, sizeof(piece));
        hash = (hash ^ piece) * odd;
        hash ^= hash >> 32;
        at += sizeof(piece);
    }
    if (left != 0) {
        piece = 0;
        memcpy(&piece, at, left);
        hash = (hash ^ piece) * odd;
        hash ^= hash >> 32;
    }
    return (uint32_t)hash;
}

#endif
