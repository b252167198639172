#include "core/arena.h"

#include <stdint.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/mem.h"

TestSuite(arena, .timeout = 30);

static bool is_zero(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

Test(arena, pieces_are_zeroed_aligned_and_do_not_overlap) {
    struct arena arena = {.chunks = NULL};
    unsigned char *pieces[500];
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        pieces[i] = arena_alloc(&arena, i * 7);
        cr_assert_not_null(pieces[i]);
        cr_assert_eq((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        cr_assert(is_zero(pieces[i], i * 7), "piece %zu", i);
        memset(pieces[i], (int)(i % 255) + 1, i * 7);
    }
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        for (size_t j = 0; j < i * 7; j++)
            cr_assert_eq(pieces[i][j], i % 255 + 1, "piece %zu", i);
    }
    arena_dispose(&arena);
}

Test(arena, an_empty_piece_is_a_piece_too) {
    struct arena arena = {.chunks = NULL};
    void *one = arena_alloc(&arena, 0);
    void *two = arena_alloc(&arena, 0);
    cr_expect_not_null(one);
    cr_expect_neq(one, two);
    arena_dispose(&arena);
}

Test(arena, a_piece_larger_than_a_chunk_fits) {
    struct arena arena = {.chunks = NULL};
    size_t size = 5 * 1024 * 1024;
    unsigned char *piece = arena_alloc(&arena, size);
    cr_assert_not_null(piece);
    cr_expect(is_zero(piece, size));
    cr_expect_geq(arena.used, size);
    arena_dispose(&arena);
}

Test(arena, memory_is_zeroed_again_after_a_reset) {
    struct arena arena = {.chunks = NULL};
    for (int round = 0; round < 3; round++) {
        unsigned char *piece = arena_alloc(&arena, 1000);
        cr_assert_not_null(piece);
        cr_expect(is_zero(piece, 1000), "round %d", round);
        memset(piece, 0xAA, 1000);
        arena_reset(&arena);
        cr_expect_eq(arena.used, 0);
    }
    arena_dispose(&arena);
}

Test(arena, steady_use_does_not_allocate) {
    struct arena arena = {.chunks = NULL};
    cr_assert_not_null(arena_alloc(&arena, 100));
    arena_reset(&arena);
    mem_fail_after(1);
    for (int line = 0; line < 1000; line++) {
        cr_assert_not_null(arena_alloc(&arena, 100));
        arena_reset(&arena);
    }
    cr_expect_not(mem_failed());
    mem_fail_after(0);
    arena_dispose(&arena);
}

Test(arena, copied_text_is_its_own_and_terminated) {
    struct arena arena = {.chunks = NULL};
    char text[] = "Micron";
    struct str copy = arena_str(&arena, str_from(text));
    text[0] = 'X';
    cr_expect(str_eq(copy, STR_LIT("Micron")));
    cr_expect_eq(copy.ptr[copy.len], '\0');
    struct str empty = arena_str(&arena, (struct str){NULL, 0});
    cr_assert_not_null(empty.ptr);
    cr_expect_str_eq(empty.ptr, "");
    arena_dispose(&arena);
}

Test(arena, printf_makes_room_for_everything) {
    struct arena arena = {.chunks = NULL};
    struct str text = arena_printf(&arena, "%s line %d", "BOM", 12);
    cr_expect(str_eq(text, STR_LIT("BOM line 12")));
    struct str wide = arena_printf(&arena, "%070000d", 1);
    cr_expect_eq(wide.len, 70000);
    cr_expect_eq(wide.ptr[wide.len - 1], '1');
    arena_dispose(&arena);
}

Test(arena, an_array_too_large_to_count_is_refused) {
    struct arena arena = {.chunks = NULL};
    cr_expect_null(arena_array(&arena, SIZE_MAX / 2, 3));
    cr_expect(arena.failed);
    arena_dispose(&arena);
    cr_expect_null(arena_alloc(&arena, SIZE_MAX));
    cr_expect(arena.failed);
    arena_dispose(&arena);
    cr_expect_not_null(arena_array(&arena, 3, sizeof(int)));
    arena_dispose(&arena);
}

Test(arena, after_a_failure_everything_fails_until_the_reset) {
    struct arena arena = {.chunks = NULL};
    mem_fail_after(1);
    cr_expect_null(arena_alloc(&arena, 8));
    cr_expect(mem_failed());
    mem_fail_after(0);
    cr_expect(arena.failed);
    cr_expect_null(arena_alloc(&arena, 8), "memory is back, the flag stays");
    cr_expect_eq(arena_str(&arena, STR_LIT("lost")).len, 0);
    cr_expect_eq(arena_printf(&arena, "lost").len, 0);
    arena_reset(&arena);
    cr_expect_not(arena.failed);
    cr_expect_not_null(arena_alloc(&arena, 8));
    arena_dispose(&arena);
}

Test(arena, is_usable_after_dispose) {
    struct arena arena = {.chunks = NULL};
    cr_assert_not_null(arena_alloc(&arena, 8));
    arena_dispose(&arena);
    cr_expect_null(arena.chunks);
    cr_expect_not_null(arena_alloc(&arena, 8));
    arena_dispose(&arena);
    arena_dispose(&arena);
}
