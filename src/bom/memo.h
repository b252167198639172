#ifndef BOMGATE_BOM_MEMO_H
#define BOMGATE_BOM_MEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "core/keyed_hash.h"
#include "core/str.h"

/**
 * Answers about short texts that come again and again, by question and text.
 * Its memory is bounded: in the end an answer gives way to newer ones. Hashes
 * stand for texts (core/keyed_hash.h). A zeroed struct is ready.
 */
struct memo {
    struct memo_slot *slots;
    struct hash_key key;
    unsigned bits; /* of the slots' numbers */
    uint32_t kept; /* since there are so many slots */
    bool failed;   /* no memory: it remembers nothing */
};

/* Longer texts are not remembered. */
#define MEMO_TEXT_MAX 96

/** @param question  Of the caller's choice. */
bool memo_find(const struct memo *memo, unsigned question, struct str text,
               uint32_t *answer);

void memo_keep(struct memo *memo, unsigned question, struct str text,
               uint32_t answer);

void memo_dispose(struct memo *memo);

#endif
