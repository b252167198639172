#include "core/mo.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/lang.h"

TestSuite(mo, .timeout = 30);

/* "a" is "A", "b" in the context "c" is "B", and one and two of "d" have two
   forms; written by hand after GNU gettext's description. */
static const char small[] =
    "\xde\x12\x04\x95" /* magic */
    "\0\0\0\0"         /* revision */
    "\3\0\0\0"         /* texts */
    "\x1c\0\0\0"       /* their table */
    "\x34\0\0\0"       /* that of the translations */
    "\0\0\0\0\0\0\0\0" /* no hash table */
    "\1\0\0\0\x4c\0\0\0\3\0\0\0\x4e\0\0\0\4\0\0\0\x52\0\0\0"
    "\1\0\0\0\x57\0\0\0\1\0\0\0\x59\0\0\0\3\0\0\0\x5b\0\0\0"
    "a\0c\4b\0d\0dd\0A\0B\0D\0E";

#define SMALL ((struct mo){small, sizeof(small)})

Test(mo, texts_are_found_alone_in_a_context_and_with_a_plural) {
    struct str found;
    cr_assert(mo_find(SMALL, NULL, "a", &found));
    cr_assert_str_eq(found.ptr, "A");
    cr_assert(mo_find(SMALL, "c", "b", &found));
    cr_assert_str_eq(found.ptr, "B");
    cr_assert(mo_find(SMALL, NULL, "d", &found));
    cr_assert(str_eq(found, STR_LIT("D\0E")));
}

Test(mo, what_is_not_there_is_not_found) {
    struct str found;
    static const char *const texts[] = {"", "0", "aa", "b", "c", "dd", "e"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        cr_assert(!mo_find(SMALL, NULL, texts[i], &found), "%s", texts[i]);
    cr_assert(!mo_find(SMALL, "c", "a", &found));
    cr_assert(!mo_find(SMALL, "", "b", &found));
    cr_assert(!mo_find(SMALL, "cc", "b", &found));
}

/* Each copy lies in memory of its own size, for the sanitizers to watch. */
static void ask(const char *bytes, size_t size) {
    static const char *const texts[] = {"a", "b", "d", "zz"};
    struct str found;
    char *copy = malloc(size + (size == 0));
    cr_assert(copy != NULL);
    memcpy(copy, bytes, size);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct mo mo = {copy, size};
        if (mo_find(mo, NULL, texts[i], &found))
            cr_assert_eq(strlen(found.ptr) <= found.len, true);
        if (mo_find(mo, "c", texts[i], &found))
            cr_assert_eq(strlen(found.ptr) <= found.len, true);
    }
    free(copy);
}

Test(mo, nothing_is_read_outside_a_catalogue_that_is_cut_off) {
    for (size_t size = 0; size <= sizeof(small); size++)
        ask(small, size);
}

Test(mo, nothing_is_read_outside_a_catalogue_that_is_damaged) {
    char bytes[sizeof(small)];
    for (size_t at = 0; at < sizeof(small); at++) {
        for (unsigned value = 0; value < 256; value += 15) {
            memcpy(bytes, small, sizeof(small));
            bytes[at] = (char)value;
            ask(bytes, sizeof(bytes));
        }
    }
}

Test(mo, every_text_of_the_compiled_catalogues_is_found_by_itself) {
    struct str found;
    for (const struct lang_catalogue *at = lang_catalogues; at->name != NULL;
         at++) {
        struct mo mo = {at->bytes, *at->size};
        cr_assert(mo_find(mo, NULL, "prohibited", &found), "%s", at->name);
        cr_assert(mo_find(mo, "list", " and ", &found), "%s", at->name);
    }
}
