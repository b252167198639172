#include "core/digest.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/mem.h"

TestSuite(digest, .timeout = 30);

static void expect_hex(struct digest *digest, const char *want) {
    char hex[DIGEST_HEX_SIZE];
    digest_hex(digest, hex);
    cr_expect_str_eq(hex, want);
    digest_free(digest);
}

Test(digest, is_sha_256) {
    /* Examples of FIPS 180-4. */
    struct digest *digest = digest_new();
    cr_assert_not_null(digest);
    expect_hex(digest, "e3b0c44298fc1c149afbf4c8996fb924"
                       "27ae41e4649b934ca495991b7852b855");
    digest = digest_new();
    digest_add(digest, STR_LIT("abc"));
    expect_hex(digest, "ba7816bf8f01cfea414140de5dae2223"
                       "b00361a396177a9cb410ff61f20015ad");
}

Test(digest, does_not_depend_on_how_the_bytes_come) {
    char block[1000];
    memset(block, 'a', sizeof(block));
    struct digest *digest = digest_new();
    for (size_t done = 0, size = 1; done < 1000000; size = size % 997 + 1) {
        size_t left = 1000000 - done;
        struct str piece = {block, size < left ? size : left};
        digest_add(digest, piece);
        done += piece.len;
    }
    expect_hex(digest, "cdc76e5c9914fb9281a1c7e284d73e67"
                       "f1809a48a497200e046d39ccc7112cd0");
}

Test(digest, fields_do_not_run_into_each_other) {
    char hex[2][DIGEST_HEX_SIZE];
    const struct str fields[2][2] = {{STR_LIT("ab"), STR_LIT("c")},
                                     {STR_LIT("a"), STR_LIT("bc")}};
    for (size_t i = 0; i < 2; i++) {
        struct digest *digest = digest_new();
        digest_add_field(digest, fields[i][0]);
        digest_add_field(digest, fields[i][1]);
        digest_hex(digest, hex[i]);
        digest_free(digest);
    }
    cr_expect_str_neq(hex[0], hex[1]);
    cr_expect_eq(strlen(hex[0]), 64);
}

Test(digest, out_of_memory_gives_none) {
    mem_fail_after(1);
    struct digest *digest = digest_new();
    mem_fail_after(0);
    cr_expect_null(digest);
    digest_free(digest);
}
