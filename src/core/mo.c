#include "core/mo.h"

#include <stdint.h>
#include <string.h>

#define MAGIC 0x950412deU
/* Between a context and its text. */
#define END_OF_CONTEXT '\4'

/* Where things stand in the header, in bytes. */
enum { AT_COUNT = 8, AT_TEXTS = 12, AT_TRANSLATIONS = 16, HEADER_SIZE = 28 };

/* A row of a table: length and place. */
enum { ROW_SIZE = 8 };

static uint32_t number_at(struct mo mo, size_t at) {
    const unsigned char *b = (const unsigned char *)mo.bytes + at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
           (uint32_t)b[3] << 24;
}

/* The i-th text of a table; false when it does not lie in the catalogue. */
static bool text_at(struct mo mo, size_t table, size_t i, struct str *out) {
    uint32_t start = number_at(mo, table);
    if (start > mo.size || i >= (mo.size - start) / ROW_SIZE)
        return false;
    size_t row = start + i * ROW_SIZE;
    uint32_t len = number_at(mo, row), at = number_at(mo, row + 4);
    if (at >= mo.size || len >= mo.size - at || mo.bytes[at + len] != '\0')
        return false;
    *out = (struct str){mo.bytes + at, len};
    return true;
}

static int compare(const char *context, const char *text, const char *key) {
    if (context != NULL) {
        size_t len = strlen(context);
        int order = strncmp(context, key, len);
        if (order == 0)
            order = END_OF_CONTEXT - (unsigned char)key[len];
        if (order != 0)
            return order;
        key += len + 1;
    }
    return strcmp(text, key);
}

bool mo_find(struct mo mo, const char *context, const char *text,
             struct str *out) {
    struct str key;
    if (mo.size < HEADER_SIZE || number_at(mo, 0) != MAGIC)
        return false;
    size_t low = 0, high = number_at(mo, AT_COUNT);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (!text_at(mo, AT_TEXTS, middle, &key))
            return false;
        int order = compare(context, text, key.ptr);
        if (order == 0)
            return text_at(mo, AT_TRANSLATIONS, middle, out);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
