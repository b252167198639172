#include <stddef.h>
#include <stdio.h>

#include <criterion/criterion.h>

#include "bom/memo.h"
#include "core/mem.h"

TestSuite(memo, .timeout = 30);

static void expect(const struct memo *memo, unsigned question, const char *text,
                   uint32_t wanted) {
    uint32_t answer = 0;
    cr_expect(memo_find(memo, question, str_from(text), &answer), "%s", text);
    cr_expect_eq(answer, wanted, "%s: %u", text, (unsigned)answer);
}

Test(memo, answers_are_of_a_question_and_a_text) {
    struct memo memo = {.slots = NULL};
    uint32_t answer;
    cr_expect_not(memo_find(&memo, 1, STR_LIT("R1"), &answer));
    memo_keep(&memo, 1, STR_LIT("R1"), 7);
    memo_keep(&memo, 2, STR_LIT("R1"), 8);
    memo_keep(&memo, 1, STR_LIT("MT41K256M16TW-107:P"), 9);
    expect(&memo, 1, "R1", 7);
    expect(&memo, 2, "R1", 8);
    expect(&memo, 1, "MT41K256M16TW-107:P", 9);
    cr_expect_not(memo_find(&memo, 1, STR_LIT("MT41K256M16TW-107:Q"), &answer));
    cr_expect_not(memo_find(&memo, 1, STR_LIT("R"), &answer));
    cr_expect_not(memo_find(&memo, 3, STR_LIT("R1"), &answer));
    memo_dispose(&memo);
}

Test(memo, what_is_remembered_is_right_when_it_is_full) {
    struct memo memo = {.slots = NULL};
    char text[32];
    uint32_t answer, kept = 0;
    const uint32_t count = 300000;
    for (uint32_t i = 0; i < count; i++) {
        snprintf(text, sizeof(text), "PART-%u", (unsigned)i);
        memo_keep(&memo, 0, str_from(text), i);
        expect(&memo, 0, text, i);
    }
    for (uint32_t i = 0; i < count; i++) {
        snprintf(text, sizeof(text), "PART-%u", (unsigned)i);
        if (memo_find(&memo, 0, str_from(text), &answer)) {
            cr_expect_eq(answer, i);
            kept++;
        }
    }
    cr_expect_gt(kept, 20000u);
    memo_dispose(&memo);
}

Test(memo, long_and_empty_texts_are_not_remembered) {
    struct memo memo = {.slots = NULL};
    char text[MEMO_TEXT_MAX + 2];
    uint32_t answer;
    memset(text, 'x', sizeof(text));
    memo_keep(&memo, 0, (struct str){text, MEMO_TEXT_MAX + 1}, 1);
    memo_keep(&memo, 0, STR_EMPTY, 1);
    cr_expect_not(
        memo_find(&memo, 0, (struct str){text, MEMO_TEXT_MAX + 1}, &answer));
    cr_expect_not(memo_find(&memo, 0, STR_EMPTY, &answer));
    memo_keep(&memo, 0, (struct str){text, MEMO_TEXT_MAX}, 1);
    cr_expect(memo_find(&memo, 0, (struct str){text, MEMO_TEXT_MAX}, &answer));
    memo_dispose(&memo);
}

Test(memo, it_does_without_memory) {
    struct memo memo = {.slots = NULL};
    uint32_t answer;
    mem_fail_after(1);
    memo_keep(&memo, 0, STR_LIT("R1"), 1);
    mem_fail_after(0);
    memo_keep(&memo, 0, STR_LIT("R1"), 1);
    cr_expect_not(memo_find(&memo, 0, STR_LIT("R1"), &answer));
    memo_dispose(&memo);
}
