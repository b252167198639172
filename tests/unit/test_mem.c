#include "core/mem.h"

#include <stdint.h>
#include <string.h>

#include <criterion/criterion.h>

TestSuite(mem, .timeout = 30);

Test(mem, nothing_asked_for_is_still_a_pointer) {
    void *a = mem_alloc(0), *b = mem_calloc(0, 8);
    cr_expect_not_null(a);
    cr_expect_not_null(b);
    a = mem_realloc(a, 0);
    cr_expect_not_null(a);
    mem_free(a);
    mem_free(b);
    mem_free(NULL);
}

Test(mem, calloc_gives_zeros) {
    unsigned char *bytes = mem_calloc(10, 10);
    cr_assert_not_null(bytes);
    for (size_t i = 0; i < 100; i++)
        cr_expect_eq(bytes[i], 0);
    mem_free(bytes);
}

Test(mem, the_nth_allocation_fails_and_all_after_it) {
    for (size_t n = 1; n <= 4; n++) {
        mem_fail_after(n);
        for (size_t i = 1; i <= 5; i++) {
            void *piece = mem_alloc(8);
            cr_expect_eq(piece == NULL, i >= n, "n=%zu i=%zu", n, i);
            cr_expect_eq(mem_failed(), i >= n, "n=%zu i=%zu", n, i);
            mem_free(piece);
        }
    }
    mem_fail_after(0);
    cr_expect_not(mem_failed());
    void *piece = mem_alloc(8);
    cr_expect_not_null(piece);
    mem_free(piece);
}

Test(mem, every_kind_of_allocation_counts) {
    void *kept = mem_alloc(8);
    mem_fail_after(1);
    cr_expect_null(mem_calloc(1, 8));
    cr_expect_null(mem_realloc(kept, 16));
    cr_expect_null(mem_alloc(8));
    mem_fail_after(0);
    mem_free(kept);
}

Test(mem, a_product_that_does_not_fit_is_refused) {
    size_t out = 7;
    cr_expect(mem_mul(&out, 6, 7));
    cr_expect_eq(out, 42);
    cr_expect(mem_mul(&out, SIZE_MAX, 1));
    cr_expect_eq(out, SIZE_MAX);
    cr_expect(mem_mul(&out, SIZE_MAX, 0));
    cr_expect_eq(out, 0);
    cr_expect(mem_mul(&out, 0, SIZE_MAX));
    out = 7;
    cr_expect_not(mem_mul(&out, SIZE_MAX / 2 + 1, 2));
    cr_expect_not(mem_mul(&out, SIZE_MAX, SIZE_MAX));
    cr_expect_eq(out, 7);
}

Test(mem, an_array_grows_and_keeps_what_it_held) {
    void *items = NULL;
    size_t cap = 0;
    for (uint32_t i = 0; i < 5000; i++) {
        cr_assert(mem_grow(&items, &cap, i + 1, sizeof(uint32_t)));
        cr_assert_geq(cap, i + 1);
        memcpy((unsigned char *)items + i * sizeof(i), &i, sizeof(i));
    }
    for (uint32_t i = 0; i < 5000; i++) {
        uint32_t held;
        memcpy(&held, (unsigned char *)items + i * sizeof(i), sizeof(i));
        cr_assert_eq(held, i);
    }
    mem_free(items);
}

Test(mem, an_array_that_cannot_grow_stays_as_it_was) {
    void *items = NULL;
    size_t cap = 0;
    cr_assert(mem_grow(&items, &cap, 1, 8));
    void *before = items;
    size_t cap_before = cap;
    cr_expect(mem_grow(&items, &cap, cap, 8), "there is room already");
    cr_expect_not(mem_grow(&items, &cap, SIZE_MAX, 8));
    cr_expect_not(mem_grow(&items, &cap, SIZE_MAX / 4, 8));
    mem_fail_after(1);
    cr_expect_not(mem_grow(&items, &cap, cap + 1, 8));
    mem_fail_after(0);
    cr_expect_eq(items, before);
    cr_expect_eq(cap, cap_before);
    mem_free(items);
}
