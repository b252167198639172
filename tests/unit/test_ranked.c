#include "report/ranked.h"

#include <stddef.h>
#include <string.h>

#include <criterion/criterion.h>

TestSuite(ranked, .timeout = 30);

static void add(struct ranked *ranked, enum verdict verdict, const char *text) {
    struct err err = ERR_INIT;
    FILE *out;
    cr_assert(ranked_add(ranked, verdict, &out, &err), "%s", err.msg);
    if (out != NULL)
        fputs(text, out);
}

static void expect_copy(struct ranked *ranked, const char *wanted) {
    struct err err = ERR_INIT;
    char text[256] = "";
    FILE *out = tmpfile();
    cr_assert(ranked_copy(ranked, out, ", ", &err), "%s", err.msg);
    rewind(out);
    text[fread(text, 1, sizeof(text) - 1, out)] = '\0';
    fclose(out);
    cr_expect_str_eq(text, wanted);
}

Test(ranked, nothing_gives_nothing) {
    struct ranked ranked = {.limit = 3};
    expect_copy(&ranked, "");
    ranked_dispose(&ranked);
}

Test(ranked, the_worst_come_first_and_in_their_order) {
    struct ranked ranked = {.limit = 9};
    add(&ranked, VERDICT_UNKNOWN, "u1");
    add(&ranked, VERDICT_PROHIBITED, "p1");
    add(&ranked, VERDICT_REVIEW, "r1");
    add(&ranked, VERDICT_PROHIBITED, "p2\nmore");
    expect_copy(&ranked, "p1, p2\nmore, r1, u1");
    cr_expect_eq(ranked_count(&ranked), 4);
    cr_expect_eq(ranked_beyond(&ranked), 0);
    ranked_dispose(&ranked);
}

Test(ranked, beyond_the_limit_the_mildest_stay_out) {
    struct ranked ranked = {.limit = 3};
    for (int i = 0; i < 5; i++)
        add(&ranked, VERDICT_UNKNOWN, "u");
    add(&ranked, VERDICT_PROHIBITED, "p");
    add(&ranked, VERDICT_REVIEW, "r");
    expect_copy(&ranked, "p, r, u");
    cr_expect_eq(ranked_count(&ranked), 7);
    cr_expect_eq(ranked_beyond(&ranked), 4);
    ranked_dispose(&ranked);
}

Test(ranked, items_longer_than_a_block_come_out_whole) {
    struct ranked ranked = {.limit = 1};
    struct err err = ERR_INIT;
    FILE *in, *out = tmpfile();
    cr_assert(ranked_add(&ranked, VERDICT_REVIEW, &in, &err), "%s", err.msg);
    for (int i = 0; i < 100000; i++)
        fputc('x', in);
    add(&ranked, VERDICT_REVIEW, "not this one");
    cr_assert(ranked_copy(&ranked, out, ",", &err), "%s", err.msg);
    cr_expect_eq(ftell(out), 100000);
    fclose(out);
    ranked_dispose(&ranked);
}
