#include "core/json_writer.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/compiler.h"
#include "core/date.h"

TestSuite(json_writer, .timeout = 30);

/** A writer into memory; end it with close_memory(). */
struct memory {
    struct json_writer json;
    char *text;
    size_t len;
};

static void open_memory(struct memory *memory) {
    FILE *out = open_memstream(&memory->text, &memory->len);
    cr_assert_not_null(out);
    memory->json = JSON_WRITER(out);
}

static void expect_and_close(struct memory *memory, const char *want) {
    cr_expect_eq(fclose(memory->json.out), 0);
    cr_expect_str_eq(memory->text, want);
    free(memory->text);
}

static void expect_string(struct str text, const char *want) {
    struct memory memory;
    open_memory(&memory);
    json_str(&memory.json, text);
    expect_and_close(&memory, want);
}

Test(json_writer, plain_text_is_written_as_it_is) {
    expect_string(STR_LIT("MT41K256M16TW-107:P"), "\"MT41K256M16TW-107:P\"");
    expect_string(STR_EMPTY, "\"\"");
    expect_string((struct str){NULL, 0}, "\"\"");
    expect_string(STR_LIT("\xE7\xBE\x8E\xE5\x85\x89 2.2\xC2\xB5\x46"),
                  "\"\xE7\xBE\x8E\xE5\x85\x89 2.2\xC2\xB5\x46\"");
    expect_string(STR_LIT("\xF0\x9F\x98\x80"), "\"\xF0\x9F\x98\x80\"");
}

Test(json_writer, hostile_text_cannot_leave_its_string) {
    static const struct {
        struct str text;
        const char *want;
    } cases[] = {
        {{"\"", 1}, "\"\\\"\""},
        {{"\\", 1}, "\"\\\\\""},
        {{"\\\"", 2}, "\"\\\\\\\"\""},
        {{"a\0b", 3}, "\"a\\u0000b\""},
        {{"\n\t\r", 3}, "\"\\n\\t\\u000d\""},
        {{"\x1b[31m", 5}, "\"\\u001b[31m\""},
        {{"\x7f", 1}, "\"\\u007f\""},
        {{"\xC2\x9b", 2}, "\"\\u009b\""},
        {{"</script>", 9}, "\"\\u003c/script\\u003e\""},
        {{"&amp;", 5}, "\"\\u0026amp;\""},
        {{"\xE2\x80\xA8", 3}, "\"\\u2028\""},
        {{"\xE2\x80\xAE", 3}, "\"\\u202e\""},
        {{"\xEF\xBB\xBF", 3}, "\"\\ufeff\""},
        {{"=1+1", 4}, "\"=1+1\""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_string(cases[i].text, cases[i].want);
}

Test(json_writer, bytes_that_are_no_utf8_become_the_replacement) {
    expect_string(STR_LIT("2.2\xB5\x46"), "\"2.2\xEF\xBF\xBD\x46\"");
    expect_string(STR_LIT("\xFF\""), "\"\xEF\xBF\xBD\\\"\"");
    expect_string(STR_LIT("\xE5\xB8"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    expect_string(STR_LIT("\xED\xA0\x80"),
                  "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

Test(json_writer, every_byte_alone_gives_a_safe_string) {
    for (int byte = 0; byte < 256; byte++) {
        struct memory memory;
        char c = (char)byte;
        open_memory(&memory);
        json_str(&memory.json, (struct str){&c, 1});
        fclose(memory.json.out);
        size_t len = strlen(memory.text);
        cr_expect_eq(len, memory.len, "byte %d: no NUL inside", byte);
        cr_assert_gt(len, 2, "byte %d", byte);
        cr_expect_eq(memory.text[0], '"');
        cr_expect_eq(memory.text[len - 1], '"');
        for (size_t i = 1; i + 1 < len; i++) {
            unsigned char inside = (unsigned char)memory.text[i];
            cr_expect(inside >= 0x20 && inside != 0x7f, "byte %d", byte);
            cr_expect_null(strchr("<>&", inside), "byte %d", byte);
        }
        free(memory.text);
    }
}

Test(json_writer, keys_are_escaped_too) {
    struct memory memory;
    open_memory(&memory);
    memory.json.compact = true;
    json_open_object(&memory.json);
    json_put_int(&memory.json, "a\"<b>", 1);
    json_close_object(&memory.json);
    expect_and_close(&memory, "{\"a\\\"\\u003cb\\u003e\": 1}");
}

Test(json_writer, a_document_is_laid_out_for_people) {
    struct memory memory;
    open_memory(&memory);
    struct json_writer *json = &memory.json;
    json_open_object(json);
    json_put_text(json, "schema", "bomgate-check/1");
    json_key(json, "tool");
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "name", "bomgate");
    json_key(json, "list");
    json_open_array(json);
    json_int(json, 1);
    json_int(json, 2);
    json_close_array(json);
    json_close_object(json);
    json_key(json, "findings");
    json_open_array(json);
    json_close_array(json);
    json_key(json, "lines");
    json_open_array(json);
    json_int(json, 1);
    json_none(json);
    json_close_array(json);
    json_close_object(json);
    json_finish(json);
    expect_and_close(&memory,
                     "{\n"
                     " \"schema\": \"bomgate-check/1\",\n"
                     " \"tool\": {\"name\": \"bomgate\", \"list\": [1, 2]},\n"
                     " \"findings\": [],\n"
                     " \"lines\": [\n"
                     "  1,\n"
                     "  null\n"
                     " ]\n"
                     "}\n");
}

Test(json_writer, compact_stays_on_one_line) {
    struct memory memory;
    open_memory(&memory);
    struct json_writer *json = &memory.json;
    json->compact = true;
    json_open_object(json);
    json_put_bool(json, "a", true);
    json_put_bool(json, "b", false);
    json_key(json, "c");
    json_open_array(json);
    json_open_object(json);
    json_close_object(json);
    json_str(json, STR_LIT("x"));
    json_close_array(json);
    json_put_null(json, "d");
    json_close_object(json);
    json_finish(json);
    expect_and_close(&memory, "{\"a\": true, \"b\": false, \"c\": [{}, \"x\"], "
                              "\"d\": null}\n");
}

Test(json_writer, what_is_missing_is_null) {
    struct memory memory;
    open_memory(&memory);
    struct json_writer *json = &memory.json;
    json->compact = true;
    json_open_array(json);
    json_text(json, NULL);
    json_date(json, DATE_NONE);
    json_open_object(json);
    json_put_text(json, "a", NULL);
    json_put_optional(json, "b", STR_EMPTY);
    json_put_optional(json, "c", STR_LIT("x"));
    json_put_str(json, "d", STR_EMPTY);
    json_put_date(json, "e", DATE_NONE);
    json_close_object(json);
    json_close_array(json);
    expect_and_close(&memory, "[null, null, {\"a\": null, \"b\": null, "
                              "\"c\": \"x\", \"d\": \"\", \"e\": null}]");
}

Test(json_writer, numbers_and_dates) {
    struct memory memory;
    open_memory(&memory);
    struct json_writer *json = &memory.json;
    json->compact = true;
    json_open_array(json);
    json_int(json, INT64_MIN);
    json_int(json, INT64_MAX);
    json_date(json, 19498);
    json_fixed(json, 0.97, 2);
    json_fixed(json, 0.005, 2);
    json_fixed(json, 2.0 / 3, 4);
    json_fixed(json, -0.001, 2);
    json_fixed(json, -1.25, 1);
    json_fixed(json, 1, 0);
    json_fixed(json, 0, 3);
    json_close_array(json);
    expect_and_close(&memory,
                     "[-9223372036854775808, 9223372036854775807, "
                     "\"2023-05-21\", 0.97, 0.01, 0.6667, 0.00, -1.3, 1, "
                     "0.000]");
}

Test(json_writer, numbers_do_not_follow_the_locale) {
    /* Skipped in effect where no such locale is installed. */
    setlocale(LC_ALL, "de_DE.UTF-8");
    struct memory memory;
    open_memory(&memory);
    json_fixed(&memory.json, 1234.5, 1);
    expect_and_close(&memory, "1234.5");
}

Test(json_writer, the_deepest_level_can_be_used) {
    struct memory memory;
    open_memory(&memory);
    memory.json.compact = true;
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_open_array(&memory.json);
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_close_array(&memory.json);
    char want[2 * JSON_DEPTH_MAX + 1] = "";
    memset(want, '[', JSON_DEPTH_MAX);
    memset(want + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
    expect_and_close(&memory, want);
}

Test(json_writer, a_failed_write_stays_in_the_file) {
    FILE *full = fopen("/dev/full", "w");
    if (full == NULL)
        cr_skip_test("no /dev/full here");
    struct json_writer json = JSON_WRITER(full);
    json_open_array(&json);
    for (int i = 0; i < 10000; i++)
        json_int(&json, i);
    json_close_array(&json);
    json_finish(&json);
    cr_expect(fflush(full) != 0 || ferror(full));
    cr_expect(ferror(full));
    fclose(full);
}
