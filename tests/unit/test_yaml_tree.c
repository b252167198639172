#include "ruleset/yaml_tree.h"

#include <stddef.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

TestSuite(yaml_tree, .timeout = 30);

static struct str written(struct strbuf *out, const char *text) {
    strbuf_clear(out);
    yaml_write_text(out, str_from(text));
    return strbuf_str(out);
}

Test(yaml_tree, text_is_plain_only_where_every_reader_takes_it_for_text) {
    struct strbuf out = {.ptr = NULL};
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"micron", "micron"},
        {"Acme Inc.", "Acme Inc."},
        {"2023-05-21", "2023-05-21"},
        {"NO", "\"NO\""},
        {"Null", "\"Null\""},
        {"2006", "\"2006\""},
        {"1e3", "\"1e3\""},
        {"", "\"\""},
        {"- x", "\"- x\""},
        {"a: b", "\"a: b\""},
        {"a, b", "\"a, b\""},
        {"C&K \"Co\"\\", "\"C&K \\\"Co\\\"\\\\\""},
        {"海思", "\"海思\""},
        {"a\nb\x1b", "\"a\\u000Ab\\u001B\""},
        {"end ", "\"end \""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(
            str_eq(written(&out, cases[i].text), str_from(cases[i].expected)),
            "%s: %.*s", cases[i].text, STR_ARG(strbuf_str(&out)));
    strbuf_dispose(&out);
}

Test(yaml_tree, what_is_written_reads_back_the_same) {
    static const char *const texts[] = {
        "x",  "\"",         "\\",         "'",      "#",      "a #b",
        "[",  "{a: b}",     "\t",         "~",      "!",      "&a",
        "*a", "%",          "@",          "`",      "\u2028", ":",
        "?",  "\ufeffname", "\U0001f4a9", "a\r\nb", "|",      "> x",
    };
    struct strbuf out = {.ptr = NULL}, whole = {.ptr = NULL};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct yaml_tree *tree;
        struct err err = ERR_INIT;
        struct str text = written(&out, texts[i]);
        strbuf_clear(&whole);
        strbuf_printf(&whole, "{k: %.*s}\n", STR_ARG(text));
        cr_assert(yaml_tree_read(&tree, strbuf_str(&whole), &err), "%s: %s",
                  whole.ptr, err.msg);
        int node = yaml_tree_get(tree, yaml_tree_root(tree), STR_LIT("k"));
        cr_expect(str_eq(yaml_tree_text(tree, node), str_from(texts[i])), "%s",
                  whole.ptr);
        yaml_tree_free(tree);
    }
    strbuf_dispose(&out);
    strbuf_dispose(&whole);
}

Test(yaml_tree, nodes_have_their_shape_and_line) {
    struct yaml_tree *tree;
    struct err err = ERR_INIT;
    struct str text = STR_LIT("# x\na: 1\nb:\n  - {c: 2}\n  - d\n");
    cr_assert(yaml_tree_read(&tree, text, &err));
    int root = yaml_tree_root(tree);
    int list = yaml_tree_get(tree, root, STR_LIT("b"));
    cr_expect(yaml_tree_shape(tree, root) == YAML_SHAPE_MAPPING);
    cr_expect(yaml_tree_shape(tree, list) == YAML_SHAPE_LIST);
    cr_expect(eq(sz, yaml_tree_count(tree, list), 2));
    cr_expect(eq(u32, yaml_tree_key_line(tree, root, 1), 3));
    cr_expect(eq(u32, yaml_tree_line(tree, yaml_tree_item(tree, list, 1)), 5));
    cr_expect(eq(i32, yaml_tree_get(tree, root, STR_LIT("c")), YAML_NODE_NONE));
    cr_expect(eq(i32, yaml_tree_get(tree, list, STR_LIT("b")), YAML_NODE_NONE));
    struct strbuf out = {.ptr = NULL};
    yaml_tree_write(tree, root, &out);
    cr_expect(
        str_eq(strbuf_str(&out), STR_LIT("{a: \"1\", b: [{c: \"2\"}, d]}")),
        "%s", out.ptr);
    strbuf_dispose(&out);
    yaml_tree_free(tree);
}

Test(yaml_tree, broken_and_empty_files_are_errors) {
    static const char *const texts[] = {"",         "# only a comment\n",
                                        "a: [1,\n", "a: b: c\n",
                                        "\t- x\n",  "a: \x01\n"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct yaml_tree *tree;
        struct err err = ERR_INIT;
        cr_expect(not(yaml_tree_read(&tree, str_from(texts[i]), &err)), "%zu",
                  i);
        cr_expect(ne(i32, err.code, ERR_NONE), "%zu", i);
    }
}
