#include <criterion/criterion.h>

#include "bom/settled.h"

TestSuite(settled, .timeout = 30);

static struct outline outline_of(uint64_t maker, uint64_t others) {
    return (struct outline){.maker = maker * UINT64_C(0x9e3779b97f4a7c15),
                            .others = others};
}

static bool has(const struct settled *settled, uint64_t maker,
                uint64_t others) {
    struct outline outline = outline_of(maker, others);
    return settled_has(settled, &outline);
}

static void add(struct settled *settled, uint64_t maker, uint64_t others,
                uint64_t names) {
    struct outline outline = outline_of(maker, others);
    settled_add(settled, &outline, names);
}

Test(settled, whoever_is_known_to_be_named_counts_not_how) {
    struct settled *settled = settled_new();
    cr_assert(settled != NULL);
    cr_expect_not(has(settled, 1, 10));
    add(settled, 1, 10, 7); /* "Yageo" */
    add(settled, 2, 20, 7); /* "YAGEO Corp." */
    add(settled, 3, 20, 8); /* "Micron" */
    cr_expect(has(settled, 1, 10));
    cr_expect(has(settled, 2, 10), "another spelling of the same");
    cr_expect(has(settled, 1, 20));
    cr_expect(has(settled, 3, 20));
    cr_expect_not(has(settled, 3, 10), "another company");
    cr_expect_not(has(settled, 4, 10), "a spelling that nobody has seen");
    cr_expect_not(has(settled, 1, 30));
    settled_free(settled);
}

/* Numbers for names begin anew when they are forgotten. */
Test(settled, a_maker_stays_who_it_was) {
    struct settled *settled = settled_new();
    cr_assert(settled != NULL);
    add(settled, 1, 10, 7);
    add(settled, 1, 20, 99);
    cr_expect(has(settled, 1, 10));
    cr_expect(has(settled, 1, 20));
    settled_free(settled);
}

Test(settled, it_is_bounded_and_never_wrong) {
    struct settled *settled = settled_new();
    uint64_t kept = 0;
    cr_assert(settled != NULL);
    for (uint64_t i = 1; i <= 20000; i++)
        add(settled, i, i, i);
    for (uint64_t i = 0; i < 500000; i++)
        add(settled, 1, i << 1, 1);
    for (uint64_t i = 0; i < 500000; i++) {
        kept += has(settled, 1, i << 1);
        cr_expect_not(has(settled, 1, i << 1 | 1));
        cr_expect_not(has(settled, 2, i << 1));
    }
    cr_expect_gt(kept, 50000u);
    cr_expect_lt(kept, 200000u);
    settled_free(settled);
}
