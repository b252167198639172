#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "core/utf8.h"
#include "web/file_name.h"

TestSuite(web_file_name, .timeout = 5);

static void expect(const char *given, const char *wanted) {
    struct strbuf name = {.ptr = NULL};
    file_name_safe(&name, str_from(given));
    cr_expect(eq(str, name.ptr, (char *)wanted), "of %s", given);
    strbuf_dispose(&name);
}

Test(web_file_name, a_name_is_kept_without_its_folder) {
    expect("board.csv", "board.csv");
    expect("/home/me/Main board (rev 2).xlsx", "Main board (rev 2).xlsx");
    expect("C:\\boards\\板.xlsx", "板.xlsx");
    expect("../../etc/passwd", "passwd");
    expect("a.csv/", "bom");
    expect("", "bom");
}

Test(web_file_name, a_name_that_means_something_is_changed) {
    expect(".bomgate.yaml", "_bomgate.yaml");
    expect("boards/.git", "_git");
    expect("..", "_.");
    expect(".", "_");
    expect("-", "_");
    expect("--output=x", "_-output=x");
}

Test(web_file_name, what_cannot_be_seen_or_read_is_replaced) {
    expect("a\nb\x7F.csv", "a_b_.csv");
    expect("cod.\xE2\x80\xAEvsc", "cod._vsc");
    expect("b\xFFom.csv", "b\xEF\xBF\xBDom.csv");
}

Test(web_file_name, a_long_name_keeps_its_extension) {
    char given[3 * 400 + 8] = "";
    struct strbuf name = {.ptr = NULL};
    for (int i = 0; i < 400; i++)
        strcat(given, "板");
    strcat(given, ".xlsx");
    file_name_safe(&name, str_from(given));
    cr_expect(le(sz, name.len, FILE_NAME_BYTES_MAX));
    cr_expect(ge(sz, name.len, FILE_NAME_BYTES_MAX - 3));
    cr_expect(str_ends(strbuf_str(&name), STR_LIT("板.xlsx")));
    cr_expect(utf8_valid(strbuf_str(&name)));
    strbuf_dispose(&name);
}

Test(web_file_name, what_is_no_extension_is_not_kept) {
    char given[1000];
    struct strbuf name = {.ptr = NULL};
    memset(given, 'a', sizeof(given) - 1);
    given[sizeof(given) - 1] = '\0';
    given[10] = '.';
    file_name_safe(&name, str_from(given));
    cr_expect(eq(sz, name.len, FILE_NAME_BYTES_MAX));
    strbuf_dispose(&name);
}
