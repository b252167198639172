#ifndef BOMGATE_BOM_BYTES_H
#define BOMGATE_BOM_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/str.h"

/* Numbers in a file, least byte first; 0 where the text is too short. */

static inline uint32_t bytes_u8(struct str text, size_t at) {
    return at < text.len ? (unsigned char)text.ptr[at] : 0;
}

static inline uint32_t bytes_u16(struct str text, size_t at) {
    return bytes_u8(text, at) | bytes_u8(text, at + 1) << 8;
}

static inline uint32_t bytes_u32(struct str text, size_t at) {
    return bytes_u16(text, at) | bytes_u16(text, at + 2) << 16;
}

static inline double bytes_double(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static inline uint64_t bytes_u64(struct str text, size_t at) {
    return bytes_u32(text, at) | (uint64_t)bytes_u32(text, at + 4) << 32;
}

#endif
