#include "bom/zip_part.h"

#include <string.h>

#include <criterion/criterion.h>

#include "bom/slurp.h"
#include "core/mem.h"
#include "workbook.h"

TestSuite(zip_part, .timeout = 30);

static bool open_zip(struct zip_parts **parts, const struct strbuf *zip,
                     const struct zip_limits *limits, struct err *err) {
    struct source *source = NULL;
    *parts = NULL;
    cr_assert(source_open_memory(&source, strbuf_str(zip), err));
    bool ok = zip_parts_open(parts, source, limits, err);
    source_close(source);
    return ok;
}

/* All of a part; false when it is refused on the way. */
static bool read_part(struct zip_parts *parts, const char *name,
                      struct strbuf *out, struct err *err) {
    struct zip_part *part = NULL;
    char piece[1000];
    size_t len = 1;
    bool ok = zip_part_open(&part, parts, str_from(name), err);
    while (ok && len > 0) {
        ok = zip_part_read(part, piece, sizeof(piece), &len, err);
        if (ok)
            strbuf_add(out, (struct str){piece, len});
    }
    zip_part_close(part);
    return ok;
}

static void expect_part(const struct workbook_part *list,
                        struct zip_limits limits, const char *name,
                        const char *words) {
    struct strbuf zip = {.ptr = NULL}, text = {.ptr = NULL};
    struct zip_parts *parts = NULL;
    struct err err = ERR_INIT;
    workbook_zip(&zip, list);
    bool ok = open_zip(&parts, &zip, &limits, &err) &&
              read_part(parts, name, &text, &err);
    cr_expect_eq(ok, words == NULL, "%s", err.msg);
    if (words != NULL)
        cr_expect(strstr(err.msg, words) != NULL, "%s", err.msg);
    zip_parts_close(parts);
    strbuf_dispose(&zip);
    strbuf_dispose(&text);
}

static char zeros[100000];

static const struct workbook_part two[] = {
    {"a/One.xml", {"one", 3}},
    {"two", {zeros, sizeof(zeros)}},
    {NULL, {NULL, 0}},
};

Test(zip_part, names_are_compared_without_case_and_first_slash) {
    expect_part(two, ZIP_LIMITS, "a/One.xml", NULL);
    expect_part(two, ZIP_LIMITS, "/A/ONE.XML", NULL);
    expect_part(two, ZIP_LIMITS, "a\\one.xml", NULL);
    expect_part(two, ZIP_LIMITS, "One.xml", "missing");
    expect_part(two, ZIP_LIMITS, "", "missing");
}

Test(zip_part, each_limit_has_its_own_words) {
    struct zip_limits limits = ZIP_LIMITS;
    limits.parts = 2;
    expect_part(two, limits, "two", NULL);
    limits.parts = 1;
    expect_part(two, limits, "two", "has 2 parts, 1 are allowed");
    limits = ZIP_LIMITS;
    limits.unpacked = sizeof(zeros);
    expect_part(two, limits, "two", NULL);
    limits.unpacked--;
    expect_part(two, limits, "two", "unpacks to more than 99999 bytes");
    limits = ZIP_LIMITS;
    limits.ratio_from = sizeof(zeros) / 2;
    expect_part(two, limits, "two", "more than 200 times its size");
    limits.ratio_from = sizeof(zeros);
    expect_part(two, limits, "two", NULL);
    limits = ZIP_LIMITS;
    limits.packed = 50;
    expect_part(two, limits, "two", "50 bytes at most");
}

Test(zip_part, names_that_differ_in_case_only_are_refused) {
    static const struct workbook_part twice[] = {
        {"a.xml", {"1", 1}}, {"A.xml", {"2", 1}}, {NULL, {NULL, 0}}};
    expect_part(twice, ZIP_LIMITS, "a.xml", "two parts named");
}

/* Every byte of an archive, broken: refused or read, never worse; and text
 * that is given is the right one. */
Test(zip_part, damaged_archives_are_refused_or_right) {
    static const struct workbook_part list[] = {
        {"a", {"The quick brown fox jumps over the lazy dog", 43}},
        {NULL, {NULL, 0}}};
    struct strbuf zip = {.ptr = NULL}, text = {.ptr = NULL};
    workbook_zip(&zip, list);
    for (size_t i = 0; i < zip.len; i++) {
        struct zip_parts *parts = NULL;
        struct err err = ERR_INIT;
        zip.ptr[i] ^= 0x55;
        strbuf_clear(&text);
        if (open_zip(&parts, &zip, &ZIP_LIMITS, &err) &&
            zip_parts_has(parts, STR_LIT("a")) &&
            read_part(parts, "a", &text, &err))
            cr_expect(str_eq(strbuf_str(&text), list[0].data), "byte %zu", i);
        else
            cr_expect(err.code != ERR_NONE ||
                          !zip_parts_has(parts, STR_LIT("a")),
                      "byte %zu", i);
        zip_parts_close(parts);
        zip.ptr[i] ^= 0x55;
    }
    strbuf_dispose(&zip);
    strbuf_dispose(&text);
}

Test(slurp, a_source_up_to_the_limit_is_taken_whole) {
    struct source *source = NULL;
    struct err err = ERR_INIT;
    char *bytes = NULL;
    size_t len = 0;
    struct str all = {zeros, sizeof(zeros)};
    cr_assert(source_open_memory(&source, all, &err));
    cr_expect(slurp(source, sizeof(zeros), &bytes, &len, &err));
    cr_expect_eq(len, sizeof(zeros));
    mem_free(bytes);
    source_close(source);
    cr_assert(source_open_memory(&source, all, &err));
    cr_expect_not(slurp(source, sizeof(zeros) - 1, &bytes, &len, &err));
    cr_expect_eq(err.code, ERR_LIMIT);
    source_close(source);
}
