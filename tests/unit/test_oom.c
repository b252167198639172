#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/mem.h"
#include "run_fixture.h"

/*
 * Memory runs out at every single allocation of a whole check, once each: it
 * must end in an error, leave no file, and (under a sanitizer) leak nothing.
 */

static struct temp_folder folder;
static const struct tiny_file rule_files[] = {RUN_RULES};

static void set_up(void) {
    cr_assert(temp_folder_make(&folder));
    cr_assert(temp_write(&folder, "bom.csv",
                         RUN_HEADER RUN_MICRON RUN_NANYA RUN_UNKNOWN));
    cr_assert(temp_write(&folder, "out/.keep", ""));
}

static void tear_down(void) {
    mem_fail_after(0);
    temp_folder_remove(&folder);
}

TestSuite(oom, .timeout = 120, .init = set_up, .fini = tear_down);

static void ignore(void *ctx, const char *line) {
    (void)ctx;
    (void)line;
}

/* Memory comes back between lines: what was lost meanwhile shows, instead of
   being hidden by the failures after it. */
static bool came_back;

static bool bring_back(void *ctx) {
    (void)ctx;
    came_back = came_back || mem_failed();
    if (mem_failed())
        mem_fail_after(0);
    return false;
}

static bool check(const struct ruleset *rules, const char *format,
                  struct err *err) {
    char in[TEMP_PATH_MAX], out[TEMP_PATH_MAX], name[64];
    snprintf(name, sizeof(name), "out/report.%s", format);
    const char *paths[] = {temp_path(&folder, "bom.csv", in)};
    const uint32_t profiles[] = {0, 1};
    struct run_output output = {.format =
                                    report_format_by_name(str_from(format)),
                                .path = temp_path(&folder, name, out)};
    struct run_options options = {
        .rules = rules,
        .paths = paths,
        .path_count = 1,
        .profiles = profiles,
        .profile_count = 2,
        .activity = RULES_PURCHASE,
        .as_of = 19723,
        .min_resolved = 50,
        .all_lines = true,
        .outputs = &output,
        .output_count = 1,
        .message = ignore,
        .cancelled = bring_back,
    };
    enum exit_status status;
    bool ok = run_check(&options, &status, err);
    cr_assert(ok ? status == EXIT_FOUND : status == EXIT_NO_ANSWER, "%d: %s",
              status, err->msg);
    return ok;
}

static size_t files_written(void) {
    char out[TEMP_PATH_MAX];
    return temp_count(temp_path(&folder, "out", out)) - 1;
}

/* The report, which is gone then. */
static void take_report(const char *format, struct strbuf *text) {
    char path[TEMP_PATH_MAX], name[64];
    snprintf(name, sizeof(name), "out/report.%s", format);
    FILE *in = fopen(temp_path(&folder, name, path), "rb");
    cr_assert(in != NULL);
    strbuf_clear(text);
    for (int c; (c = fgetc(in)) != EOF;)
        strbuf_add_char(text, (char)c);
    fclose(in);
    remove(path);
}

/* One run in which the nth allocation fails; true when none did. */
static bool check_nth(const struct ruleset *rules, const char *format, size_t n,
                      const struct strbuf *want) {
    struct err err = ERR_INIT;
    struct strbuf got = {.ptr = NULL};
    came_back = false;
    mem_fail_after(n);
    bool ok = check(rules, format, &err);
    bool failed = mem_failed() || came_back;
    mem_fail_after(0);
    cr_assert(ok || err.code == ERR_NOMEM, "allocation %zu: %d %s", n, err.code,
              err.msg);
    cr_assert(not(ok && failed && !came_back), "allocation %zu failed unseen",
              n);
    cr_assert(eq(sz, files_written(), ok ? 1 : 0), "allocation %zu", n);
    if (ok) {
        take_report(format, &got);
        cr_assert(str_eq(strbuf_str(want), strbuf_str(&got)),
                  "allocation %zu changed the report:\n%s", n, got.ptr);
    }
    strbuf_dispose(&got);
    return ok && !failed;
}

static void check_until_it_works(const char *format) {
    struct err err = ERR_INIT;
    struct strbuf want = {.ptr = NULL};
    struct ruleset *rules = tiny_open(rule_files, ARRAY_LEN(rule_files), &err);
    cr_assert(rules != NULL, "%s", err.msg);
    cr_assert(check(rules, format, &err), "%s", err.msg);
    take_report(format, &want);
    size_t n = 1;
    while (!check_nth(rules, format, n, &want))
        cr_assert(lt(sz, ++n, 20000));
    cr_expect(gt(sz, n, 50));
    strbuf_dispose(&want);
    ruleset_close(rules);
}

Test(oom, a_check_with_a_json_report_fails_cleanly) {
    check_until_it_works("json");
}

Test(oom, a_check_with_a_text_report_fails_cleanly) {
    check_until_it_works("text");
}

Test(oom, a_check_with_an_excel_report_fails_cleanly) {
    check_until_it_works("xlsx");
}

Test(oom, compiling_rules_fails_cleanly) {
    bool ok = false;
    size_t n = 0;
    while (!ok) {
        struct err err = ERR_INIT;
        mem_fail_after(++n);
        struct ruleset *rules =
            tiny_open(rule_files, ARRAY_LEN(rule_files), &err);
        bool failed = mem_failed();
        mem_fail_after(0);
        ok = rules != NULL;
        cr_assert(ok || err.code == ERR_NOMEM, "allocation %zu: %d %s", n,
                  err.code, err.msg);
        cr_assert(not(ok && failed), "allocation %zu failed unseen", n);
        cr_assert(lt(sz, n, 20000));
        ruleset_close(rules);
    }
    cr_expect(gt(sz, n, 100));
}

Test(oom, reading_a_rules_folder_fails_cleanly) {
    for (size_t i = 0; i < ARRAY_LEN(rule_files); i++) {
        char name[128];
        snprintf(name, sizeof(name), "rules/%s", rule_files[i].path);
        cr_assert(temp_write(&folder, name, rule_files[i].text));
    }
    struct err err = ERR_INIT;
    struct ruleset *base = tiny_open(rule_files, ARRAY_LEN(rule_files), &err);
    cr_assert(base != NULL);
    char path[TEMP_PATH_MAX];
    temp_path(&folder, "rules", path);
    bool ok = false;
    size_t n = 0;
    while (!ok) {
        struct ruleset *rules = NULL;
        err = ERR_INIT;
        mem_fail_after(++n);
        ok = ruleset_load_folder(&rules, path, base, NULL, &err);
        bool failed = mem_failed();
        mem_fail_after(0);
        cr_assert(ok || err.code == ERR_NOMEM, "allocation %zu: %d %s", n,
                  err.code, err.msg);
        cr_assert(not(ok && failed), "allocation %zu failed unseen", n);
        cr_assert(lt(sz, n, 20000));
        ruleset_close(rules);
    }
    ruleset_close(base);
}
