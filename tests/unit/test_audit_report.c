#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "history_fixture.h"

#include <criterion/new/assert.h>

#include "core/mem.h"
#include "report/audit_phrases.h"
#include "report/audit_report.h"
#include "report/audit_table.h"

/* What every format of an audit has in common. */

static struct temp_folder folder;
static char path[TEMP_PATH_MAX], out_path[TEMP_PATH_MAX];
static struct audit *audit;

static const struct history_waiver waiver = {
    .measure = "law",
    .kind = "exception",
    .reason = "why",
    .expires = "2026-12-31",
    .approved_by = "Ann",
};

#define TELL(...) tell_run(path, &(struct told_run){__VA_ARGS__})
#define DRAM                                                                   \
    {                                                                          \
        .refdes = "U1", .maker = "Micron", .mpn = "MT41K",                     \
        .verdict = "prohibited", .waiver = &waiver                             \
    }

static void make_audit(void) {
    struct history *history;
    struct audit_options options = {.profiles = NULL};
    struct err err = ERR_INIT;
    cr_assert(
        audit_period_quarter(&options.period, STR_LIT("2026Q3"), 1, &err));
    cr_assert(history_open(&history, path, HISTORY_READ, &err), "%s", err.msg);
    cr_assert(audit_make(&audit, history, &options, &err), "%s", err.msg);
    history_close(history);
}

static void set_up(void) {
    cr_assert(temp_folder_make(&folder));
    temp_path(&folder, "history.db", path);
    temp_path(&folder, "audit.out", out_path);
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", .waivers = {&waiver},
         TOLD_PARTS(DRAM, {.refdes = "U2",
                           .maker = "Hikvision",
                           .mpn = "DS-2CD",
                           .verdict = "review"}));
    make_audit();
}

static void tear_down(void) {
    mem_fail_after(0);
    audit_free(audit);
    temp_folder_remove(&folder);
}

TestSuite(audit_report, .timeout = 120, .init = set_up, .fini = tear_down);

static bool write_audit(const struct audit_format *format, struct err *err) {
    const struct audit_report report = {.audit = audit, .company = "Acme"};
    FILE *out = fopen(out_path, "wb");
    cr_assert(out != NULL);
    struct report_target target = {.out = out, .path = out_path};
    bool ok = format->write(&report, &target, err);
    cr_assert_eq(fclose(out), 0);
    return ok;
}

static size_t size_written(void) {
    struct stat st;
    return stat(out_path, &st) == 0 ? (size_t)st.st_size : 0;
}

Test(audit_report, every_format_is_written) {
    for (size_t i = 0; audit_formats[i] != NULL; i++) {
        struct err err = ERR_INIT;
        cr_expect(write_audit(audit_formats[i], &err), "%s: %s",
                  audit_formats[i]->name, err.msg);
        cr_expect(size_written() > 500, "%s", audit_formats[i]->name);
    }
}

Test(audit_report, memory_runs_out_without_a_leak) {
    for (size_t i = 0; audit_formats[i] != NULL; i++) {
        for (size_t n = 1;; n++) {
            struct err err = ERR_INIT;
            mem_fail_after(n);
            bool ok = write_audit(audit_formats[i], &err);
            bool failed = mem_failed();
            mem_fail_after(0);
            cr_assert(ok != failed, "%s at allocation %zu",
                      audit_formats[i]->name, n);
            if (ok)
                break;
            cr_assert_eq(err.code, ERR_NOMEM, "%s at allocation %zu: %s",
                         audit_formats[i]->name, n, err.msg);
        }
    }
}

Test(audit_report, a_full_disk_is_an_error) {
    for (size_t i = 0; audit_formats[i] != NULL; i++) {
        const struct audit_report report = {.audit = audit};
        struct err err = ERR_INIT;
        FILE *out = fopen("/dev/full", "wb");
        cr_assert(out != NULL);
        struct report_target target = {.out = out};
        cr_expect(not(audit_formats[i]->write(&report, &target, &err)), "%s",
                  audit_formats[i]->name);
        cr_expect_eq(err.code, ERR_IO);
        fclose(out);
    }
}

Test(audit_report, formats_are_found_by_name_and_extension) {
    cr_expect(audit_format_by_name(STR_LIT("markdown")) ==
              &audit_markdown_format);
    cr_expect(audit_format_by_name(STR_LIT("sarif")) == NULL);
    cr_expect(audit_format_by_path("a.HTM") == &audit_html_format);
    cr_expect(audit_format_by_path("q3/audit.xlsx") == &audit_xlsx_format);
    cr_expect(audit_format_by_path("xlsx") == NULL);
}

Test(audit_report, tables_fit_into_a_workbook) {
    for (size_t i = 0; audit_tables[i] != NULL; i++) {
        const struct audit_table *table = audit_tables[i];
        cr_expect(table->column_count <= AUDIT_COLUMNS_MAX, "%s", table->id);
        cr_expect(strlen(table->sheet) <= 31, "%s", table->id);
        for (size_t k = 0; k < table->column_count; k++)
            cr_expect(table->columns[k].min <= table->columns[k].max, "%s, %s",
                      table->id, table->columns[k].header);
    }
}

Test(audit_report, sentences) {
    struct strbuf text = {.ptr = NULL};
    audit_say_headline(&text, audit);
    cr_expect_str_eq(text.ptr,
                     "1 board was checked: 1 finding is new, 1 persists (1 "
                     "prohibited), 0 are resolved.");
    strbuf_clear(&text);
    audit_say_decision(&text, &audit->findings[1]);
    cr_expect_str_eq(text.ptr, "accepted as exception until 2026-12-31 by "
                               "Ann: why");
    strbuf_clear(&text);
    audit_say_waivers(&text, audit);
    cr_expect_str_eq(text.ptr, "1 in force on 2026-09-30, of which 1 will "
                               "have ended by 2026-12-31");
    strbuf_clear(&text);
    audit_say_share(&text, 9728);
    cr_expect_str_eq(text.ptr, "97.2 %");
    strbuf_dispose(&text);
}
