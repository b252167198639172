#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/keyed_hash.h"

TestSuite(keyed_hash, .timeout = 60);

#define NUMBERS 12
#define HASHES_MAX 400000

static uint64_t hashes[HASHES_MAX];
static size_t count;

static int compare(const void *a, const void *b) {
    const uint64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static void add(const struct hash_key *key, struct str text) {
    for (uint64_t number = 0; number < NUMBERS; number++)
        hashes[count++] = keyed_hash(key, number, text);
}

/* Texts that are alike: of each length, one character changed by little or by
   much at each place. */
static void add_alike(const struct hash_key *key) {
    char text[40];
    for (size_t len = 0; len < sizeof(text); len++) {
        memset(text, '0', len);
        add(key, (struct str){text, len});
        for (size_t at = 0; at < len; at++) {
            for (char by = 1; by <= 16; by++) {
                text[at] = (char)('0' ^ by);
                add(key, (struct str){text, len});
            }
            text[at] = '\0';
            add(key, (struct str){text, len});
            text[at] = '0';
        }
    }
}

Test(keyed_hash, numbers_and_texts_that_are_alike_have_their_own) {
    struct hash_key key;
    for (int times = 0; times < 3; times++) {
        cr_assert(hash_key_make(&key));
        count = 0;
        add_alike(&key);
        cr_assert_leq(count, (size_t)HASHES_MAX);
        qsort(hashes, count, sizeof(*hashes), compare);
        for (size_t i = 1; i < count; i++)
            cr_assert_neq(hashes[i - 1], hashes[i], "%zu of %zu", i, count);
    }
}

Test(keyed_hash, what_stands_before_counts) {
    const struct hash_key key = {1, 2, 3};
    uint64_t one = keyed_hash(&key, keyed_hash(&key, 0, STR_LIT("ab")),
                              STR_LIT("c")),
             other = keyed_hash(&key, keyed_hash(&key, 0, STR_LIT("a")),
                                STR_LIT("bc"));
    cr_expect_neq(one, other);
    cr_expect_eq(keyed_hash(&key, 0, STR_LIT("ab")),
                 keyed_hash(&key, 0, STR_LIT("ab")));
}

Test(keyed_hash, another_key_makes_other_hashes) {
    struct hash_key one, other;
    cr_assert(hash_key_make(&one) && hash_key_make(&other));
    cr_expect_neq(keyed_hash(&one, 0, STR_LIT("Micron")),
                  keyed_hash(&other, 0, STR_LIT("Micron")));
}
