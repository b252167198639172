#include "run/list_import.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "sound_rules.h"

TestSuite(list_import, .timeout = 120);

static struct ruleset *rules;
static char list[] = "/tmp/bomgate-import-XXXXXX";
static struct strbuf notes;

static void add_note(void *ctx, const struct err *note) {
    (void)ctx;
    strbuf_printf(&notes, "%u: %s\n", note->line, note->msg);
}

static void set_up(void) {
    struct err err = ERR_INIT;
    rules = tiny_open(sound, SOUND_COUNT, &err);
    cr_assert(rules != NULL, "%s", err.msg);
    int fd = mkstemp(list);
    cr_assert(fd >= 0);
    close(fd);
}

static void tear_down(void) {
    ruleset_close(rules);
    unlink(list);
    strbuf_dispose(&notes);
}

static bool plan(const char *rows, struct list_import *out, struct err *err) {
    FILE *file = fopen(list, "wb");
    fprintf(file, "name,alias,from,until\n%s", rows);
    fclose(file);
    struct list_import_options options = {
        .list = list,
        .measure = "ours",
        .folder = "/nonexistent-folder-of-a-test",
        .from = "2024-01-01",
        .shipped = rules,
        .note = add_note,
    };
    return list_import_plan(out, &options, err);
}

/* Rows, and a line that the measure or the parties must hold; "!": must not. */
static const struct {
    const char *rows, *line;
} cases[] = {
    {"Micron Technology,,,\n", "  - {party: micron, from: 2024-01-01}\n"},
    {"美光科技有限公司,,,\n", "  - {party: micron, from: 2024-01-01}\n"},
    {"Acme,,2020-01-01,2021-01-01\n",
     "  - {party: acme, from: 2020-01-01, until: 2021-01-01}\n"},
    {"Acme,,2020-01-01,\nAcme,,2022-01-01,\n",
     "  - {party: acme, from: 2020-01-01}\n"},
    {"Acme,,2020-01-01,\nAcme,,2022-01-01,\n", "!2022-01-01"},
    {"Acme,,2022-01-01,\nAcme,,2020-01-01,2020-12-31\n",
     "  - {party: acme, from: 2020-01-01, until: 2020-12-31}\n"
     "  - {party: acme, from: 2022-01-01}\n"},
    /* The legal forms of the rules make one company of both. */
    {"\"Acme, Inc.\",,,\nACME LTD,AC Micro,,\n", "  name: \"Acme, Inc.\"\n"},
    {"\"Acme, Inc.\",,,\nACME LTD,AC Micro,,\n", "  aliases: [AC Micro]\n"},
    /* An alias that is a known party's: a question, and a new party. */
    {"Acme,Elpida Memory,,\n",
     "  - {party: elpida, from: 2024-01-01, confidence: unconfirmed}\n"},
    {"Acme,Elpida Memory,,\n", "!aliases"},
    {"Acme,Elpida Memory,,\nElpida Memory,,,\n", "!unconfirmed"},
    /* Without its generic word the name is no certain match. */
    {"Micron,,,\n",
     "  - {party: micron, from: 2024-01-01, confidence: unconfirmed}\n"},
    /* A near name of somebody else leads nowhere. */
    {"Micronas,,,\n", "  - {party: micronas, from: 2024-01-01}\n"},
    {"Acme,Both,,\nBeta Works,Both,,\n", "  shared-names: [Both]\n"},
    {"Acme,Beta Works,,\nBeta Works,,,\n", "!aliases"},
    {"Acme,NO,,\n", "!NO"},
    /* Two names of one slug: each has an id that does not depend on the
       other. */
    {"Acme 海,,,\nAcme 思,,,\n", "- id: acme-"},
    {"海思,,,\n", "- id: ours-"},
};

Test(list_import, writes_what_the_list_says, .init = set_up,
     .fini = tear_down) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct list_import import;
        struct err err = ERR_INIT;
        cr_assert(plan(cases[i].rows, &import, &err), "case %zu: %s", i,
                  err.msg);
        struct strbuf all = {.ptr = NULL};
        strbuf_add(&all, import.measure_text);
        strbuf_add(&all, import.parties_text);
        bool no = cases[i].line[0] == '!';
        const char *at = strstr(all.ptr, cases[i].line + no);
        cr_expect(no == (at == NULL), "case %zu:\n%s", i, all.ptr);
        strbuf_dispose(&all);
        list_import_dispose(&import);
    }
}

Test(list_import, the_order_of_the_rows_makes_no_difference, .init = set_up,
     .fini = tear_down) {
    struct list_import one, other;
    struct err err = ERR_INIT;
    cr_assert(
        plan("Acme,X1;Both,,\nBeta,Both,2020-01-01,\nACME,Y1,,\n", &one, &err));
    cr_assert(plan("ACME,Y1,,\nBeta,Both,2020-01-01,\nAcme,Both;X1,,\n", &other,
                   &err));
    cr_expect(str_eq(one.measure_text, other.measure_text));
    cr_expect(str_eq(one.parties_text, other.parties_text), "%s\n%s",
              one.parties_text.ptr, other.parties_text.ptr);
    list_import_dispose(&one);
    list_import_dispose(&other);
}

Test(list_import, out_of_memory_is_told, .init = set_up, .fini = tear_down) {
    bool done = false;
    for (size_t n = 1; !done && n < 20000; n += 1 + n / 64) {
        struct list_import import;
        struct err err = ERR_INIT;
        mem_fail_after(n);
        bool ok =
            plan("Acme,Elpida Memory;Both,,\nBeta,Both,,\n", &import, &err);
        done = !mem_failed();
        mem_fail_after(0);
        cr_expect(ok || err.code == ERR_NOMEM, "%zu: %s", n, err.msg);
        if (ok)
            list_import_dispose(&import);
    }
    cr_expect(done);
}
