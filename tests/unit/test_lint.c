#include "run/lint.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "sound_rules.h"

TestSuite(lint, .timeout = 60);

static void add_line(void *ctx, const struct lint_finding *finding) {
    struct strbuf *out = ctx;
    strbuf_printf(out, "%s%s %s:%u\n", finding->note ? "note " : "",
                  finding->check, finding->what.file, finding->what.line);
}

static bool lint(const struct ruleset *rules, struct strbuf *out,
                 struct lint_sums *sums, struct err *err) {
    struct lint_options options = {
        .rules = rules, .root = "x", .add = add_line, .ctx = out};
    return lint_rules(&options, sums, err);
}

/* The sound rules with one text in one file replaced. */
static struct ruleset *open_with(const char *path, const char *old,
                                 const char *new, struct strbuf *changed) {
    struct tiny_file files[SOUND_COUNT];
    struct err err = ERR_INIT;
    memcpy(files, sound, sizeof(files));
    for (size_t i = 0; i < SOUND_COUNT; i++) {
        if (strcmp(files[i].path, path) != 0)
            continue;
        const char *at = strstr(files[i].text, old);
        cr_assert(at != NULL, "%s: %s", path, old);
        strbuf_printf(changed, "%.*s%s%s", (int)(at - files[i].text),
                      files[i].text, new, at + strlen(old));
        files[i].text = changed->ptr;
    }
    struct ruleset *rules = tiny_open(files, SOUND_COUNT, &err);
    cr_assert(rules != NULL, "%s: %s", new, err.msg);
    return rules;
}

static const struct {
    const char *path, *old, *new, *expected;
} faults[] = {
    {"measures/m.yaml", "{party: micron}", "{party: micron, until: 2023-05-20}",
     "clause-never x/measures/m.yaml:14"},
    {"measures/m.yaml", "{party: micron}", "{party: micron, until: 2023-03-30}",
     "note listing-never x/measures/m.yaml:12"},
    {"measures/m.yaml", "{party: micron}",
     "{party: micron, covers: [camera]}\n  - {party: elpida}", "\n"},
    {"measures/m.yaml", "covers: [all]", "covers: [storage]", "\n"},
    {"measures/m.yaml", "{party: micron}",
     "{party: micron}\n  - {party: micron, from: 2024-01}",
     "note listing-twice x/measures/m.yaml:13"},
    {"measures/m.yaml", "known-to: 2025-10-17", "known-to: 2023-03",
     "\n"}, /* may be its last day */
    {"measures/m.yaml", "known-to: 2025-10-17", "known-to: 2023-02",
     "measure-dates x/measures/m.yaml:7"},
    {"measures/m.yaml", "activities: [purchase]", "activities: [fund]",
     "note clause-unasked x/measures/m.yaml:14"},
    {"measures/m.yaml", "activities: [purchase]",
     "made-in: [CN], not-made-in: [CN], activities: [purchase]",
     "clause-origin x/measures/m.yaml:14"},
    {"parts/micron.yaml", "examples: [MT41K256M16TW]",
     "examples: [MT41K256M16TW, MT41X]",
     "family-examples x/parts/micron.yaml:8"},
    {"profiles/p.yaml", "name: Buyer}", "name: Buyer}\n- {id: other}",
     "note profile-unused x/profiles/p.yaml:2"},
};

Test(lint, finds_what_is_planted_and_where) {
    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        struct strbuf changed = {.ptr = NULL}, out = {.ptr = NULL};
        struct lint_sums sums;
        struct err err = ERR_INIT;
        struct ruleset *rules =
            open_with(faults[i].path, faults[i].old, faults[i].new, &changed);
        cr_assert(lint(rules, &out, &sums, &err), "%s", err.msg);
        strbuf_add_char(&out, '\n');
        cr_expect(strstr(out.ptr, faults[i].expected) != NULL, "fault %zu:\n%s",
                  i, out.ptr);
        if (faults[i].expected[0] == '\n')
            cr_expect(eq(sz, sums.problems, 0), "fault %zu:\n%s", i, out.ptr);
        ruleset_close(rules);
        strbuf_dispose(&changed);
        strbuf_dispose(&out);
    }
}

Test(lint, sound_rules_have_notes_at_most) {
    struct strbuf out = {.ptr = NULL};
    struct lint_sums sums;
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(sound, SOUND_COUNT, &err);
    cr_assert(rules != NULL && lint(rules, &out, &sums, &err), "%s", err.msg);
    cr_expect(eq(sz, sums.problems, 0), "%s", out.ptr);
    ruleset_close(rules);
    strbuf_dispose(&out);
}

Test(lint, out_of_memory_is_told) {
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(sound, SOUND_COUNT, &err);
    bool done = false;
    for (size_t n = 1; !done && n < 5000; n++) {
        struct strbuf out = {.ptr = NULL};
        struct lint_sums sums;
        err = ERR_INIT;
        mem_fail_after(n);
        bool ok = lint(rules, &out, &sums, &err);
        done = !mem_failed();
        mem_fail_after(0);
        cr_expect(ok ? done || out.failed : err.code == ERR_NOMEM, "%zu: %s", n,
                  err.msg);
        strbuf_dispose(&out);
    }
    cr_expect(done);
    ruleset_close(rules);
}
