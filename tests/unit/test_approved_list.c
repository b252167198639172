#include "run/list_import.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/mem.h"
#include "read_bom.h"
#include "temp_folder.h"

/* Cells of an approved list, and the rows that a measure gets of them. */

TestSuite(approved_list, .timeout = 120);

static struct ruleset *rules;
static struct temp_folder folder;
static char path[TEMP_PATH_MAX];
static struct strbuf notes;

static void add_note(void *ctx, const struct err *note) {
    (void)ctx;
    strbuf_printf(&notes, "%u:%u: %s\n", note->line, note->column, note->msg);
}

static void set_up(void) {
    struct err err = ERR_INIT;
    rules = bom_test_rules(BOMGATE_SOURCE_DIR, &err);
    cr_assert(rules != NULL, "%s", err.msg);
    cr_assert(temp_folder_make(&folder));
    temp_path(&folder, "avl.csv", path);
}

static void tear_down(void) {
    ruleset_close(rules);
    temp_folder_remove(&folder);
    strbuf_dispose(&notes);
}

static bool plan(const char *text, struct list_import *out, struct err *err) {
    struct list_import_options options = {
        .list = path,
        .measure = "avl",
        .folder = "/nonexistent-folder-of-a-test",
        .from = "2024-01-01",
        .shipped = rules,
        .note = add_note,
    };
    strbuf_clear(&notes);
    cr_assert(temp_write(&folder, "avl.csv", text));
    return list_import_plan(out, &options, err);
}

/* A list, and a line that the measure must hold. */
static const struct {
    const char *list, *line;
} cases[] = {
    {"Manufacturer,Status\nMicron,Approved\n", "  - {party: micron}\n"},
    {"厂商,型号,状态\n美光,MT41K,合格\n", "  - {party: micron, mpn: MT41K}\n"},
    {"Hersteller;Freigabestatus;Gültig bis\nMicron;gesperrt;31.12.2027\n",
     "  - {party: micron, status: disqualified, until: 2027-12-31}\n"},
    {"Manufacturer,Expiry Date\nMicron,2027/01/31\n",
     "  - {party: micron, until: 2027-01-31}\n"},
    {"Manufacturer,Expiry Date\nMicron,9999-12-31\n", "  - {party: micron}\n"},
    {"Manufacturer,Category\nMicron,memory/dram\n",
     "  - {party: micron, covers: [memory/dram]}\n"},
    {"Manufacturer,MPN,Category\nMicron,X1,whatever we call it\n",
     "  - {party: micron, mpn: X1}\n"},
    {"Category,Manufacturer\nResistors,\n",
     "  - {covers: [passive/resistor]}\n"},
    {"IPN,MPN,Status\n10-1,,end of life\n",
     "  - {ipn: \"10-1\", status: obsolete}\n"},
    {"IPN,Manufacturer 1,MPN 1,Manufacturer 2,MPN 2\n10-1,,,Micron,M2\n",
     "  - {ipn: \"10-1\", party: micron, mpn: M2}\n"},
    {"Manufacturer,MPN\nAll new GmbH,N1\n",
     "  - {name: All new GmbH, mpn: N1}\n"},
    {"Manufacturer,MPN,Approved by,Approval date,Evidence\n"
     "Micron,M1,\"Doe, J.\",2024-02-01,\"a: b\"\n",
     "  - {party: micron, mpn: M1, by: \"Doe, J.\", date: 2024-02-01, "
     "evidence: \"a: b\"}\n"},
};

Test(approved_list, rows_are_understood, .init = set_up, .fini = tear_down) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct list_import import;
        struct err err = ERR_INIT;
        bool ok = plan(cases[i].list, &import, &err);
        cr_expect(ok, "case %zu: %s %s", i, err.msg, notes.ptr);
        if (!ok)
            continue;
        cr_expect(str_find(import.measure_text, str_from(cases[i].line)) >= 0,
                  "case %zu: %.*s", i, STR_ARG(import.measure_text));
        list_import_dispose(&import);
    }
}

/* A list, and what is told of it; nothing is imported. */
static const struct {
    const char *list, *want;
} faults[] = {
    {"Manufacturer,Status\nMicron,wonderful\n",
     "2:2: 'wonderful' in the column 'Status' is no status"},
    {"Manufacturer,Valid until\nMicron,05/06/2027\n",
     "2:2: '05/06/2027' in the column 'Valid until' is no day"},
    {"Manufacturer,Category\nMicron,gizmos\n", "2:2: 'gizmos'"},
    {"Manufacturer,Status\nMicron,approved\nMICRON,blocked\n",
     "3:2: the row is disqualified, but line 2 names the same part"},
    {"Manufacturer,Status\n,approved\n", "2:1: the row names no maker"},
};

Test(approved_list, a_cell_that_is_wrong_is_named, .init = set_up,
     .fini = tear_down) {
    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        struct list_import import;
        struct err err = ERR_INIT;
        cr_expect(not(plan(faults[i].list, &import, &err)), "case %zu", i);
        cr_expect(notes.ptr != NULL &&
                      strstr(notes.ptr, faults[i].want) != NULL,
                  "case %zu: %s", i, notes.ptr);
    }
}

/* One row of a name that may be somebody's approves nobody for certain. */
Test(approved_list, an_unclear_maker_is_asked_about, .init = set_up,
     .fini = tear_down) {
    struct list_import import;
    struct err err = ERR_INIT;
    cr_assert(plan("Manufacturer,MPN\nMicronn,M1\nMouser,M2\n", &import, &err),
              "%s", err.msg);
    cr_expect(str_find(import.measure_text,
                       STR_LIT("{party: micron, mpn: M1, confidence: "
                               "unconfirmed}")) >= 0);
    cr_expect(str_find(import.measure_text, STR_LIT("M2")) < 0);
    cr_expect(eq(sz, import.left_out, 1));
    cr_expect(eq(sz, import.unsure, 1));
    list_import_dispose(&import);
}

Test(approved_list, a_list_without_rows_is_an_error, .init = set_up,
     .fini = tear_down) {
    struct list_import import;
    struct err err = ERR_INIT;
    cr_expect(not(plan("Manufacturer,Status\n", &import, &err)));
    cr_expect(strstr(err.msg, "approve nothing") != NULL, "%s", err.msg);
}

/* Each allocation may fail: nothing leaks, and it is said. */
Test(approved_list, running_out_of_memory_is_told, .init = set_up,
     .fini = tear_down) {
    for (size_t n = 1;; n = n * 5 / 4 + 1) {
        struct list_import import;
        struct err err = ERR_INIT;
        cr_assert(
            temp_write(&folder, "avl.csv", "Manufacturer,MPN\nMicron,M1\n"));
        struct list_import_options options = {
            .list = path,
            .measure = "avl",
            .folder = "/nonexistent-folder-of-a-test",
            .from = "2024-01-01",
            .shipped = rules,
            .note = add_note,
        };
        mem_fail_after(n);
        bool ok = list_import_plan(&import, &options, &err);
        bool failed = mem_failed();
        mem_fail_after(0);
        if (ok)
            list_import_dispose(&import);
        if (!failed)
            break;
        cr_expect(ok == false && err.code == ERR_NOMEM, "%zu: %s", n, err.msg);
    }
}
