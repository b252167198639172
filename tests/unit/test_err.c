#include "core/err.h"

#include <string.h>

#include <criterion/criterion.h>

TestSuite(err, .timeout = 30);

static void expect_line(const struct err *err, const char *want) {
    char line[1024];
    err_format(err, line, sizeof(line));
    cr_expect_str_eq(line, want);
}

Test(err, a_fresh_error_is_none_and_empty) {
    struct err err = ERR_INIT;
    cr_expect_eq(err.code, ERR_NONE);
    expect_line(&err, "");
}

Test(err, set_fills_code_and_message_and_returns_false) {
    struct err err = ERR_INIT;
    cr_expect_not(err_set(&err, ERR_SYNTAX, "unknown key \"%s\"", "partys"));
    cr_expect_eq(err.code, ERR_SYNTAX);
    expect_line(&err, "unknown key \"partys\"");
}

Test(err, out_of_memory_has_one_message) {
    struct err err = ERR_INIT;
    cr_expect_not(err_nomem(&err));
    cr_expect_eq(err.code, ERR_NOMEM);
    expect_line(&err, "out of memory");
}

Test(err, the_place_is_as_exact_as_it_is_known) {
    static const struct {
        const char *file;
        uint32_t line, column;
        const char *want;
    } cases[] = {
        {"a.csv", 7, 2, "a.csv:7:2: open quote"},
        {"a.csv", 7, 0, "a.csv:7: open quote"},
        {"a.csv", 0, 0, "a.csv: open quote"},
        {"", 0, 0, "open quote"},
        {"", 7, 2, "open quote"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err err = ERR_INIT;
        err_set(&err, ERR_SYNTAX, "open quote");
        cr_expect_not(
            err_at(&err, cases[i].file, cases[i].line, cases[i].column));
        expect_line(&err, cases[i].want);
    }
}

Test(err, the_inner_place_stays) {
    struct err err = ERR_INIT;
    err_set(&err, ERR_SYNTAX, "wrong");
    err_at(&err, "inner.yaml", 3, 1);
    err_at(&err, "outer.yaml", 9, 9);
    expect_line(&err, "inner.yaml:3:1: wrong");
}

Test(err, a_file_without_a_line_gets_the_line_of_the_outer_place) {
    struct err err = ERR_INIT;
    err_set(&err, ERR_SYNTAX, "wrong");
    err_at(&err, "a.yaml", 0, 0);
    err_at(&err, "b.yaml", 4, 5);
    expect_line(&err, "a.yaml:4:5: wrong");
}

Test(err, what_is_too_long_is_cut_and_terminated) {
    struct err err = ERR_INIT;
    char name[1000];
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    err_set(&err, ERR_INVALID, "%s", name);
    err_at(&err, name, 1, 1);
    cr_expect_eq(strlen(err.msg), sizeof(err.msg) - 1);
    cr_expect_eq(strlen(err.file), sizeof(err.file) - 1);
    for (size_t size = 1; size < 300; size++) {
        char line[300];
        memset(line, 'x', sizeof(line));
        err_format(&err, line, size);
        cr_expect_eq(strnlen(line, sizeof(line)), size - 1);
        cr_expect(size == sizeof(line) || line[size] == 'x',
                  "nothing is written beyond %zu bytes", size);
    }
}

Test(err, a_hostile_name_cannot_steer_the_terminal) {
    struct err err = ERR_INIT;
    err_set(&err, ERR_IO, "cannot open\r\nPASS\x7f");
    err_at(&err, "\x1b[2Jbom.csv", 1, 0);
    expect_line(&err, "?[2Jbom.csv:1: cannot open??PASS?");
}

Test(err, a_message_is_text_whatever_it_names) {
    struct err err = ERR_INIT;
    err_set(&err, ERR_IO,
            "no table \xf0"
            "ext, \xc2\x9b"
            "2J, \xe2\x80\xae"
            "!");
    expect_line(&err, "no table ?ext, ?2J, ?!");
    err_set(&err, ERR_IO, "国产");
    expect_line(&err, "国产");
    char line[6];
    err_format(&err, line, sizeof(line));
    cr_expect_str_eq(line, "国??", "%s", line);
}
