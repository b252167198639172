#include "bom/cfb.h"

#include "bom/bytes.h"
#include "core/lang.h"
#include "core/mem.h"

#include <string.h>

#define SIGNATURE STR_LIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
#define HEADER_SIZE 512
#define ENTRY_SIZE 128
#define LAST_SECTOR 0xFFFFFFFAU /* above are marks, such as "end of chain" */
#define NO_ENTRY 0xFFFFFFFFU
/* Sector numbers of the FAT itself that stand in the header. */
#define HEADER_FAT_SECTORS 109
#define TYPE_ROOT 5
#define TYPE_STREAM 2

bool cfb_is(struct str bytes) { return str_starts(bytes, SIGNATURE); }

static bool damaged(struct err *err) {
    return err_set(err, ERR_SYNTAX, tr("the document is damaged or cut off"));
}

/* Empty when it is outside of the file; the last one may be cut off. */
static struct str sector_at(const struct cfb *cfb, uint32_t number) {
    if (number > LAST_SECTOR)
        return STR_EMPTY;
    uint64_t at = ((uint64_t)number + 1) * cfb->sector;
    if (at >= cfb->bytes.len)
        return STR_EMPTY;
    return str_take(str_skip(cfb->bytes, (size_t)at), cfb->sector);
}

static size_t sector_count(const struct cfb *cfb) {
    return cfb->bytes.len / cfb->sector + 1;
}

static void append(char *out, size_t *len, struct str piece) {
    memcpy(out + *len, piece.ptr, piece.len);
    *len += piece.len;
}

/* Copy the sectors of a chain, `size` bytes at most. What is missing at the
 * end of the file is an error only if it was needed. */
static bool read_chain(const struct cfb *cfb, uint32_t first, size_t size,
                       bool exact, char **out, size_t *len, struct err *err) {
    size_t most = sector_count(cfb) * cfb->sector, used = 0;
    uint32_t at = first;
    if (size > most) {
        if (exact)
            return damaged(err);
        size = most;
    }
    char *bytes = mem_alloc(size + 1);
    if (bytes == NULL)
        return err_nomem(err);
    while (used < size && at <= LAST_SECTOR) {
        struct str piece = str_take(sector_at(cfb, at), size - used);
        if (piece.len == 0)
            break;
        append(bytes, &used, piece);
        at = at < cfb->fat_count ? cfb->fat[at] : NO_ENTRY;
    }
    if (exact && used < size) {
        mem_free(bytes);
        return damaged(err);
    }
    *out = bytes;
    *len = used;
    return true;
}

static bool add_fat_sector(struct cfb *cfb, uint32_t number, size_t *cap,
                           struct err *err) {
    struct str piece = sector_at(cfb, number);
    void *fat = cfb->fat;
    size_t count = piece.len / 4;
    /* A table larger than the file: its sectors are listed in a loop. */
    if (cfb->fat_count * 4 > cfb->bytes.len)
        return damaged(err);
    if (!mem_grow(&fat, cap, cfb->fat_count + count, sizeof(*cfb->fat)))
        return err_nomem(err);
    cfb->fat = fat;
    for (size_t i = 0; i < count; i++)
        cfb->fat[cfb->fat_count++] = bytes_u32(piece, 4 * i);
    return true;
}

/* The sectors of the FAT are listed in the header, and on in a chain. */
static bool read_fat(struct cfb *cfb, struct err *err) {
    size_t cap = 0;
    struct str list = str_skip(str_take(cfb->bytes, HEADER_SIZE), 76);
    size_t count = HEADER_FAT_SECTORS;
    uint32_t next = bytes_u32(cfb->bytes, 68);
    for (size_t lists = 0; lists <= sector_count(cfb); lists++) {
        for (size_t i = 0; i < count; i++) {
            uint32_t number = bytes_u32(list, 4 * i);
            if (number <= LAST_SECTOR &&
                !add_fat_sector(cfb, number, &cap, err))
                return false;
        }
        list = sector_at(cfb, next);
        if (list.len < cfb->sector)
            return true;
        count = cfb->sector / 4 - 1;
        next = bytes_u32(list, 4 * count);
    }
    return damaged(err);
}

static struct str entry_at(const struct cfb *cfb, uint32_t number) {
    struct str directory = {cfb->directory, cfb->directory_len};
    if (number >= cfb->directory_len / ENTRY_SIZE)
        return STR_EMPTY;
    return str_take(str_skip(directory, (size_t)number * ENTRY_SIZE),
                    ENTRY_SIZE);
}

static bool read_mini_stream(struct cfb *cfb, struct err *err) {
    struct str root = entry_at(cfb, 0);
    char *table = NULL;
    size_t len = 0;
    if (bytes_u8(root, 66) != TYPE_ROOT)
        return damaged(err);
    if (!read_chain(cfb, bytes_u32(root, 116), bytes_u32(root, 120), false,
                    &cfb->mini, &cfb->mini_len, err) ||
        !read_chain(cfb, bytes_u32(cfb->bytes, 60), SIZE_MAX, false, &table,
                    &len, err))
        return false;
    cfb->mini_fat = mem_calloc(len / 4 + 1, sizeof(*cfb->mini_fat));
    if (cfb->mini_fat != NULL) {
        for (; cfb->mini_count < len / 4; cfb->mini_count++)
            cfb->mini_fat[cfb->mini_count] =
                bytes_u32((struct str){table, len}, 4 * cfb->mini_count);
    }
    mem_free(table);
    return cfb->mini_fat != NULL || err_nomem(err);
}

/* Every entry is taken once and adds two: the stack needs one an entry and
 * one more. */
static bool prepare_walk(struct cfb *cfb, struct err *err) {
    size_t count = cfb->directory_len / ENTRY_SIZE;
    cfb->stack = mem_calloc(count + 2, sizeof(*cfb->stack));
    cfb->seen = mem_calloc(count + 1, 1);
    return (cfb->stack != NULL && cfb->seen != NULL) || err_nomem(err);
}

bool cfb_open(struct cfb *cfb, struct str bytes, struct err *err) {
    cfb->bytes = bytes;
    uint32_t shift = bytes_u16(bytes, 30), mini_shift = bytes_u16(bytes, 32);
    if (!cfb_is(bytes) || bytes.len < HEADER_SIZE ||
        (shift != 9 && shift != 12) || mini_shift != 6)
        return damaged(err);
    cfb->sector = (size_t)1 << shift;
    cfb->mini_sector = (size_t)1 << mini_shift;
    cfb->mini_below = bytes_u32(bytes, 56);
    return read_fat(cfb, err) &&
           read_chain(cfb, bytes_u32(bytes, 48), SIZE_MAX, false,
                      &cfb->directory, &cfb->directory_len, err) &&
           read_mini_stream(cfb, err) && prepare_walk(cfb, err);
}

static bool has_name(struct str entry, const char *name) {
    size_t len = strlen(name);
    if (bytes_u8(entry, 66) != TYPE_STREAM ||
        bytes_u16(entry, 64) != 2 * (len + 1))
        return false;
    for (size_t i = 0; i < len; i++) {
        if (bytes_u8(entry, 2 * i + 1) != 0 ||
            ascii_lower((char)bytes_u8(entry, 2 * i)) != ascii_lower(name[i]))
            return false;
    }
    return true;
}

/* The entries of the root folder are a tree of brothers. Others are left out:
 * an embedded document has a "Workbook" in a folder of its own. */
static struct str find_entry(const struct cfb *cfb, const char *name) {
    size_t depth = 0;
    memset(cfb->seen, 0, cfb->directory_len / ENTRY_SIZE);
    cfb->stack[depth++] = bytes_u32(entry_at(cfb, 0), 76);
    while (depth > 0) {
        uint32_t number = cfb->stack[--depth];
        struct str entry = entry_at(cfb, number);
        if (entry.len == 0 || cfb->seen[number])
            continue;
        cfb->seen[number] = 1;
        if (has_name(entry, name))
            return entry;
        cfb->stack[depth++] = bytes_u32(entry, 68);
        cfb->stack[depth++] = bytes_u32(entry, 72);
    }
    return STR_EMPTY;
}

bool cfb_has(const struct cfb *cfb, const char *name) {
    return find_entry(cfb, name).len != 0;
}

static bool read_mini(const struct cfb *cfb, uint32_t first, size_t size,
                      char **out, struct err *err) {
    struct str mini = {cfb->mini, cfb->mini_len};
    char *bytes = size <= cfb->mini_len ? mem_alloc(size + 1) : NULL;
    size_t used = 0;
    uint32_t at = first;
    if (size > cfb->mini_len)
        return damaged(err);
    if (bytes == NULL)
        return err_nomem(err);
    while (used < size && at < cfb->mini_count) {
        struct str piece =
            str_take(str_skip(mini, at * cfb->mini_sector), cfb->mini_sector);
        piece = str_take(piece, size - used);
        if (piece.len == 0)
            break;
        append(bytes, &used, piece);
        at = cfb->mini_fat[at];
    }
    if (used < size) {
        mem_free(bytes);
        return damaged(err);
    }
    *out = bytes;
    return true;
}

bool cfb_read(const struct cfb *cfb, const char *name, char **out, size_t *len,
              struct err *err) {
    struct str entry = find_entry(cfb, name);
    if (entry.len == 0)
        return err_set(err, ERR_INVALID, tr("the document has no \"%s\""),
                       name);
    uint32_t first = bytes_u32(entry, 116);
    size_t size = bytes_u32(entry, 120);
    if (size >= cfb->mini_below)
        return read_chain(cfb, first, size, true, out, len, err);
    *len = size;
    return read_mini(cfb, first, size, out, err);
}

void cfb_dispose(struct cfb *cfb) {
    mem_free(cfb->fat);
    mem_free(cfb->mini_fat);
    mem_free(cfb->directory);
    mem_free(cfb->mini);
    mem_free(cfb->stack);
    mem_free(cfb->seen);
}
