#include "ruleset/diff.h"

#include <stddef.h>
#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tiny_rules.h"

TestSuite(diff, .timeout = 30);

/* "changed clause m one from: 2020-01-01 -> 2021-01-01", a line each. */
static void add_line(void *ctx, const struct rule_change *change) {
    struct strbuf *out = ctx;
    strbuf_printf(out, "%s %s", rule_change_name(change->kind), change->what);
    const struct str parts[] = {change->id, change->item, change->field};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (parts[i].len != 0)
            strbuf_printf(out, " %.*s", STR_ARG(parts[i]));
    }
    strbuf_printf(out, ": %.*s -> %.*s\n", STR_ARG(change->before),
                  STR_ARG(change->after));
}

static bool diff(const struct tiny_file *before, size_t before_count,
                 const struct tiny_file *after, size_t after_count,
                 struct strbuf *out, size_t *count, struct err *err) {
    struct rule_sources one, other;
    struct rule_changes changes = {add_line, out};
    bool ok = tiny_sources(&one, before, before_count);
    ok = tiny_sources(&other, after, after_count) && ok;
    if (!ok)
        err_nomem(err);
    ok = ok && rules_diff(&one, &other, &changes, count, err);
    rule_sources_dispose(&one);
    rule_sources_dispose(&other);
    return ok;
}

#define MEASURE(rest)                                                          \
    "id: m\ntitle: T\nauthority: A\njurisdiction: CN\ncitation: C\n"           \
    "announced: 2020-01-01\nknown-to: 2020-01-01\n" rest

static const struct {
    const char *path, *before, *after, *expected;
} cases[] = {
    {"parties/p.yaml", "- {id: a, name: A}\n- {id: b, name: B}\n",
     "# Another order, in block style.\n- id: b\n  name: B\n- name: A\n"
     "  id: a\n",
     ""},
    {"parties/p.yaml", "{id: a, name: A}\n", "{id: a, name: B}\n",
     "changed party a name: A -> B\n"},
    {"parties/p.yaml", "{id: a, name: A, aliases: [X, Y, Y]}\n",
     "{id: a, name: A, aliases: [Y, Z]}\n",
     "removed name a aliases: X -> \nremoved name a aliases: Y -> \n"
     "added name a aliases:  -> Z\n"},
    {"parties/p.yaml", "{id: a, name: A}\n",
     "{id: a, name: A, owned-by: [{party: b, from: 2006}]}\n",
     "added owner a b:  -> {party: b, from: \"2006\"}\n"},
    {"measures/m.yaml", MEASURE("parties: [{party: a}, {name: B}]\n"),
     MEASURE("parties: [{name: B, until: 2021-01-01}, {party: c}]\n"),
     "removed listing m a: {party: a} -> \n"
     "changed listing m B until:  -> 2021-01-01\n"
     "added listing m c:  -> {party: c}\n"},
    /* Suspended and listed again: two entries of one party. */
    {"measures/m.yaml",
     MEASURE("parties: [{party: a, until: 2020-01-31}, {party: a, from: "
             "2021-01-01}]\n"),
     MEASURE("parties: [{party: a, from: 2021-02-01}, {party: a, until: "
             "2020-01-31}]\n"),
     "changed listing m a from: 2021-01-01 -> 2021-02-01\n"},
    {"measures/m.yaml",
     MEASURE("clauses: [{id: x, effect: prohibit, activities: [use], parties: "
             "[{party: a}]}]\n"),
     MEASURE("clauses: [{id: x, effect: check, activities: [use, sell], "
             "parties: [{party: a, until: 2020-02-01}]}]\n"),
     "changed clause m x effect: prohibit -> check\n"
     "added clause m x activities:  -> sell\n"
     "changed listing m clause x, listing a until:  -> 2020-02-01\n"},
    {"profiles/p.yaml", "{id: p, name: P}\n", NULL,
     "removed profile p: P -> \n"},
    {"parts/p.yaml", "{party: a, crosses: []}\n",
     "party: a\ncrosses: [{from: X, to: Y, to-party: b, level: A}]\n",
     "added cross-reference parts/p.yaml X to Y:  -> {from: X, to: \"Y\", "
     "to-party: b, level: A}\n"},
    {"ruleset.yaml", "{version: \"1\"}\n", "{version: \"2\"}\n",
     "changed rule set version: 1 -> 2\n"},
    {"words/x.yaml", "{list: l, words: [a, b]}\n", "{list: l, words: [b, a]}\n",
     ""},
};

Test(diff, tells_what_changed_and_nothing_else) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct tiny_file before = {cases[i].path, cases[i].before, false};
        struct tiny_file after = {cases[i].path, cases[i].after, false};
        struct strbuf out = {.ptr = NULL};
        struct err err = ERR_INIT;
        size_t count = 0, lines = 0;
        cr_assert(diff(&before, 1, &after, 1, &out, &count, &err),
                  "case %zu: %s", i, err.msg);
        for (size_t c = 0; c < out.len; c++)
            lines += out.ptr[c] == '\n';
        cr_expect(str_eq(strbuf_str(&out), str_from(cases[i].expected)),
                  "case %zu:\n%.*s", i, STR_ARG(strbuf_str(&out)));
        cr_expect(eq(sz, count, lines), "case %zu", i);
        strbuf_dispose(&out);
    }
}

Test(diff, a_broken_file_is_an_error_that_names_it) {
    struct tiny_file good = {"parties/p.yaml", "{id: a, name: A}\n", false};
    struct tiny_file bad = {"parties/p.yaml", "{id: a, colour: red}\n", false};
    struct strbuf out = {.ptr = NULL};
    struct err err = ERR_INIT;
    size_t count = 0;
    cr_expect(not(diff(&good, 1, &bad, 1, &out, &count, &err)));
    cr_expect(eq(str, err.file, (char *)"parties/p.yaml"));
    cr_expect(eq(u32, err.line, 1));
    cr_expect(eq(sz, out.len, 0));
    strbuf_dispose(&out);
}

Test(diff, out_of_memory_is_told) {
    bool done = false;
    for (size_t n = 1; !done && n < 2000; n++) {
        struct tiny_file before = {cases[4].path, cases[4].before, false};
        struct tiny_file after = {cases[4].path, cases[4].after, false};
        struct strbuf out = {.ptr = NULL};
        struct err err = ERR_INIT;
        size_t count = 0;
        mem_fail_after(n);
        bool ok = diff(&before, 1, &after, 1, &out, &count, &err);
        done = !mem_failed();
        mem_fail_after(0);
        cr_expect(ok || err.code == ERR_NOMEM, "%zu: %s", n, err.msg);
        cr_expect(ok || !done, "%zu", n);
        strbuf_dispose(&out);
    }
    cr_expect(done);
}
