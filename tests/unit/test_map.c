#include "core/map.h"

#include <stdio.h>

#include <criterion/criterion.h>

#include "core/arena.h"
#include "core/mem.h"

TestSuite(map, .timeout = 30);

Test(map, an_empty_map_knows_nothing) {
    struct map map = {.slots = NULL};
    cr_expect_eq(map_get(&map, STR_LIT("micron")), MAP_NONE);
    cr_expect_eq(map_get(&map, STR_EMPTY), MAP_NONE);
    map_clear(&map);
    map_dispose(&map);
}

Test(map, holds_many_keys) {
    enum { COUNT = 20000 };
    struct map map = {.slots = NULL};
    struct arena keys = {.chunks = NULL};
    for (uint32_t i = 0; i < COUNT; i++) {
        struct str key = arena_printf(&keys, "party-%u", (unsigned)i);
        cr_assert_eq(map_get(&map, key), MAP_NONE);
        cr_assert(map_put(&map, key, i));
        cr_assert_eq(map.count, i + 1);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        char key[32];
        snprintf(key, sizeof(key), "party-%u", (unsigned)i);
        cr_assert_eq(map_get(&map, str_from(key)), i, "%s", key);
    }
    cr_expect_eq(map_get(&map, STR_LIT("party-20000")), MAP_NONE);
    cr_expect_eq(map_get(&map, STR_LIT("party-")), MAP_NONE);
    map_dispose(&map);
    arena_dispose(&keys);
}

Test(map, a_second_value_replaces_the_first) {
    struct map map = {.slots = NULL};
    cr_assert(map_put(&map, STR_LIT("mpn"), 1));
    cr_assert(map_put(&map, STR_LIT("mpn"), 0));
    cr_expect_eq(map_get(&map, STR_LIT("mpn")), 0);
    cr_expect_eq(map.count, 1);
    map_dispose(&map);
}

Test(map, keys_are_all_their_bytes) {
    struct map map = {.slots = NULL};
    cr_assert(map_put(&map, STR_EMPTY, 1));
    cr_assert(map_put(&map, STR_LIT("a"), 2));
    cr_assert(map_put(&map, STR_LIT("a\0"), 3));
    cr_assert(map_put(&map, STR_LIT("A"), 4));
    cr_expect_eq(map_get(&map, STR_EMPTY), 1);
    cr_expect_eq(map_get(&map, STR_LIT("a")), 2);
    cr_expect_eq(map_get(&map, STR_LIT("a\0")), 3);
    cr_expect_eq(map_get(&map, STR_LIT("A")), 4);
    map_dispose(&map);
}

Test(map, keys_with_the_same_hash_stay_apart) {
    struct str one = STR_LIT("8yn0iYCKYHlIj4-BwPqk");
    struct str two = STR_LIT("GReLUrM4wMqfg9yzV3KQ");
    cr_assert_eq(str_hash(one), str_hash(two), "a known collision");
    struct map map = {.slots = NULL};
    cr_assert(map_put(&map, one, 1));
    cr_expect_eq(map_get(&map, two), MAP_NONE);
    cr_assert(map_put(&map, two, 2));
    cr_expect_eq(map_get(&map, one), 1);
    cr_expect_eq(map_get(&map, two), 2);
    map_dispose(&map);
}

Test(map, clear_forgets_everything_and_allocates_nothing) {
    struct map map = {.slots = NULL};
    cr_assert(map_put(&map, STR_LIT("a"), 1));
    map_clear(&map);
    cr_expect_eq(map.count, 0);
    cr_expect_eq(map_get(&map, STR_LIT("a")), MAP_NONE);
    mem_fail_after(1);
    cr_expect(map_put(&map, STR_LIT("b"), 2));
    mem_fail_after(0);
    cr_expect_eq(map_get(&map, STR_LIT("b")), 2);
    map_dispose(&map);
}

Test(map, out_of_memory_leaves_the_map_as_it_was) {
    struct map map = {.slots = NULL};
    struct arena keys = {.chunks = NULL};
    mem_fail_after(1);
    cr_expect_not(map_put(&map, STR_LIT("a"), 1));
    mem_fail_after(0);
    cr_expect_eq(map_get(&map, STR_LIT("a")), MAP_NONE);
    uint32_t held = 0;
    /* Keys are made with memory at hand, entries without it. */
    for (; held < 1000; held++) {
        struct str key = arena_printf(&keys, "%u", (unsigned)held);
        mem_fail_after(held == 0 ? 0 : 1);
        bool put = map_put(&map, key, held);
        mem_fail_after(0);
        if (!put)
            break;
    }
    cr_expect_lt(held, 1000, "it must have had to grow");
    cr_expect_eq(map.count, held);
    for (uint32_t i = 0; i < held; i++) {
        char key[16];
        snprintf(key, sizeof(key), "%u", (unsigned)i);
        cr_expect_eq(map_get(&map, str_from(key)), i);
    }
    map_dispose(&map);
    arena_dispose(&keys);
}
