#include "run/run.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/redirect.h>

#include "run/paths.h"
#include "run_fixture.h"

static struct temp_folder folder;
static struct ruleset *rules;
static struct strbuf told, report;
static const struct tiny_file rule_files[] = {RUN_RULES};

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(temp_folder_make(&folder));
    rules = tiny_open(rule_files, ARRAY_LEN(rule_files), &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
}

static void tear_down(void) {
    ruleset_close(rules);
    strbuf_dispose(&told);
    strbuf_dispose(&report);
    temp_folder_remove(&folder);
}

TestSuite(run, .timeout = 60, .init = set_up, .fini = tear_down);

static void write_down(void *ctx, const char *line) {
    (void)ctx;
    strbuf_printf(&told, "%s\n", line);
}

static const char *was_told(void) { return told.ptr == NULL ? "" : told.ptr; }

/* What a usual run asks for: Micron's buyer, one JSON report. */
struct job {
    struct run_options options;
    struct run_output output;
    uint32_t profile;
    char path[TEMP_PATH_MAX], out[TEMP_PATH_MAX];
    const char *paths[1];
};

static void job_init(struct job *job, const char *name) {
    temp_path(&folder, name, job->path);
    temp_path(&folder, "out/report.json", job->out);
    cr_assert(temp_write(&folder, "out/.keep", ""));
    job->paths[0] = job->path;
    job->profile = rules_find_profile(rules, STR_LIT("buyer"));
    job->output = (struct run_output){
        .format = report_format_by_name(STR_LIT("json")), .path = job->out};
    int32_t as_of;
    cr_assert(date_parse(STR_LIT("2024-01-01"), &as_of));
    job->options = (struct run_options){
        .rules = rules,
        .paths = job->paths,
        .path_count = 1,
        .profiles = &job->profile,
        .profile_count = 1,
        .declared = true,
        .activity = RULES_PURCHASE,
        .as_of = as_of,
        .fail_on = VERDICT_PROHIBITED,
        .min_resolved = 50,
        .outputs = &job->output,
        .output_count = 1,
        .message = write_down,
    };
}

static enum exit_status run(const struct job *job) {
    enum exit_status status;
    struct err err = ERR_INIT;
    strbuf_clear(&told);
    bool ok = run_check(&job->options, &status, &err);
    cr_assert(ok, "%s: %s", err.file, err.msg);
    return status;
}

static const char *read_report(const struct job *job) {
    strbuf_clear(&report);
    FILE *in = fopen(job->out, "rb");
    cr_assert(in != NULL);
    for (int c; (c = fgetc(in)) != EOF;)
        strbuf_add_char(&report, (char)c);
    fclose(in);
    return report.ptr;
}

static enum exit_status run_text(struct job *job, const char *text) {
    cr_assert(temp_write(&folder, "bom.csv", text));
    job_init(job, "bom.csv");
    return run(job);
}

Test(run, exit_status_says_what_was_found) {
    static const struct {
        const char *text;
        enum verdict fail_on;
        bool no_fail, allow_empty;
        unsigned min_resolved;
        enum exit_status want;
    } cases[] = {
        {RUN_HEADER RUN_SAMSUNG, VERDICT_PROHIBITED, false, false, 50,
         EXIT_CLEAN},
        {RUN_HEADER RUN_SAMSUNG RUN_MICRON, VERDICT_PROHIBITED, false, false,
         50, EXIT_FOUND},
        {RUN_HEADER RUN_SAMSUNG RUN_MICRON, VERDICT_PROHIBITED, true, false, 50,
         EXIT_CLEAN},
        {RUN_HEADER RUN_NANYA, VERDICT_PROHIBITED, false, false, 50,
         EXIT_CLEAN},
        {RUN_HEADER RUN_NANYA, VERDICT_RESTRICTED, false, false, 50,
         EXIT_CLEAN},
        {RUN_HEADER RUN_NANYA, VERDICT_REVIEW, false, false, 50, EXIT_FOUND},
        {RUN_HEADER RUN_NANYA, VERDICT_UNKNOWN, false, false, 50, EXIT_FOUND},
        {RUN_HEADER RUN_SAMSUNG RUN_UNKNOWN, VERDICT_REVIEW, false, false, 50,
         EXIT_CLEAN},
        {RUN_HEADER RUN_SAMSUNG RUN_UNKNOWN, VERDICT_UNKNOWN, false, false, 50,
         EXIT_FOUND},
        /* Too little is known of it. */
        {RUN_HEADER RUN_SAMSUNG RUN_UNKNOWN, VERDICT_PROHIBITED, false, false,
         51, EXIT_NO_ANSWER},
        {RUN_HEADER RUN_UNKNOWN, VERDICT_PROHIBITED, false, false, 50,
         EXIT_NO_ANSWER},
        {RUN_HEADER RUN_UNKNOWN, VERDICT_PROHIBITED, false, false, 0,
         EXIT_CLEAN},
        {RUN_HEADER RUN_UNKNOWN, VERDICT_PROHIBITED, true, true, 50,
         EXIT_NO_ANSWER},
        /* Two wins over one. */
        {RUN_HEADER RUN_MICRON RUN_UNKNOWN RUN_UNKNOWN RUN_UNKNOWN,
         VERDICT_PROHIBITED, false, false, 50, EXIT_NO_ANSWER},
        {RUN_HEADER RUN_MICRON RUN_UNKNOWN RUN_UNKNOWN RUN_UNKNOWN,
         VERDICT_PROHIBITED, false, false, 25, EXIT_FOUND},
        /* Passives without a maker are counted apart. */
        {RUN_HEADER RUN_SAMSUNG RUN_PASSIVE RUN_PASSIVE RUN_PASSIVE,
         VERDICT_PROHIBITED, false, false, 100, EXIT_CLEAN},
        {RUN_HEADER, VERDICT_PROHIBITED, false, false, 50, EXIT_NO_LINES},
        {RUN_HEADER, VERDICT_PROHIBITED, false, true, 50, EXIT_CLEAN},
        {RUN_HEADER, VERDICT_PROHIBITED, true, false, 50, EXIT_NO_LINES},
        /* No BOM at all. */
        {"", VERDICT_PROHIBITED, false, true, 0, EXIT_NO_ANSWER},
        {"Name,Street\nAnn,Elm\n", VERDICT_PROHIBITED, true, true, 0,
         EXIT_NO_ANSWER},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct job job;
        cr_assert(temp_write(&folder, "bom.csv", cases[i].text));
        job_init(&job, "bom.csv");
        job.options.fail_on = cases[i].fail_on;
        job.options.no_fail = cases[i].no_fail;
        job.options.allow_empty = cases[i].allow_empty;
        job.options.min_resolved = cases[i].min_resolved;
        enum exit_status status = run(&job);
        cr_expect(eq(int, status, cases[i].want), "case %zu: %s", i,
                  was_told());
    }
}

Test(run, a_lost_row_is_no_clean_answer) {
    struct job job;
    enum exit_status status =
        run_text(&job, RUN_HEADER RUN_MICRON "U9,1,\"Samsung,K4B\n");
    cr_expect(eq(int, status, EXIT_NO_ANSWER));
    cr_expect(strstr(was_told(), "bom.csv:3") != NULL, "%s", was_told());
    cr_expect(strstr(read_report(&job), "\"complete\": false") != NULL);
}

Test(run, a_missing_file_does_not_hide_the_good_one) {
    struct job job;
    char missing[TEMP_PATH_MAX];
    cr_assert(temp_write(&folder, "bom.csv", RUN_HEADER RUN_MICRON));
    job_init(&job, "bom.csv");
    const char *paths[] = {temp_path(&folder, "missing.csv", missing),
                           job.path};
    job.options.paths = paths;
    job.options.path_count = 2;
    cr_expect(eq(int, run(&job), EXIT_NO_ANSWER));
    cr_expect(strstr(was_told(), "missing.csv: ") != NULL, "%s", was_told());
    const char *text = read_report(&job);
    cr_expect(strstr(text, "\"complete\": false") != NULL);
    cr_expect(strstr(text, "\"prohibited\": 1") != NULL);
    cr_expect(strstr(text, "missing.csv") != NULL);
}

Test(run, a_folder_is_read_in_byte_order_and_what_is_no_bom_is_told) {
    struct job job;
    cr_assert(temp_write(&folder, "in/b.csv", RUN_HEADER RUN_SAMSUNG));
    cr_assert(temp_write(&folder, "in/B.CSV", RUN_HEADER RUN_SAMSUNG));
    cr_assert(temp_write(&folder, "in/a/z.csv", RUN_HEADER RUN_SAMSUNG));
    cr_assert(temp_write(&folder, "in/notes.pdf", "x"));
    cr_assert(temp_write(&folder, "in/.hidden.csv", "x"));
    cr_assert(temp_write(&folder, "in/.git/x.csv", "x"));
    job_init(&job, "in");
    cr_expect(eq(int, run(&job), EXIT_CLEAN), "%s", was_told());
    const char *text = strstr(read_report(&job), "\"boms\"");
    cr_assert(text != NULL);
    const char *upper = strstr(text, "in/B.CSV");
    const char *deep = strstr(text, "in/a/z.csv");
    const char *lower = strstr(text, "in/b.csv");
    cr_assert(upper != NULL && deep != NULL && lower != NULL);
    cr_expect(upper < deep && deep < lower);
    const char *skipped = strstr(text, "\"skipped\"");
    cr_assert(skipped != NULL);
    cr_expect(strstr(skipped, "in/notes.pdf") != NULL);
    cr_expect(strstr(text, "hidden") == NULL && strstr(text, ".git") == NULL);
}

Test(run, a_bom_in_a_folder_that_cannot_be_read_as_told_is_not_skipped) {
    struct job job;
    const struct reading_wish map = {READING_MAP, "mpn=Part No."};
    cr_assert(temp_write(&folder, "in/a.csv",
                         "Ref,Manufacturer,Part No.\nU1,Samsung,K4A8G165WC\n"));
    cr_assert(temp_write(&folder, "in/b.csv", RUN_HEADER RUN_MICRON));
    cr_assert(temp_write(&folder, "in/places.csv",
                         "Designator,Layer,Mid X\nU1,top,12.5\n"));
    job_init(&job, "in");
    job.options.readings = (struct reading_wishes){&map, 1};
    cr_expect(eq(int, run(&job), EXIT_NO_ANSWER));
    cr_expect(strstr(was_told(), "in/b.csv: there is no column") != NULL, "%s",
              was_told());
    cr_expect(strstr(was_told(), "places") == NULL, "%s", was_told());
}

Test(run, an_empty_folder_has_no_lines) {
    struct job job;
    cr_assert(temp_write(&folder, "in/notes.txt.bak", "x"));
    job_init(&job, "in");
    cr_expect(eq(int, run(&job), EXIT_NO_LINES));
    job.options.allow_empty = true;
    cr_expect(eq(int, run(&job), EXIT_CLEAN));
}

Test(run, a_report_never_overwrites_a_bom) {
    struct job job;
    static const char text[] = RUN_HEADER RUN_MICRON;
    cr_assert(temp_write(&folder, "in/bom.csv", text));
    job_init(&job, "in");
    temp_path(&folder, "in/../in/bom.csv", job.out);
    enum exit_status status;
    struct err err = ERR_INIT;
    cr_expect(not(run_check(&job.options, &status, &err)));
    cr_expect(eq(int, status, EXIT_NO_ANSWER));
    cr_expect(strstr(err.msg, "overwrite") != NULL, "%s", err.msg);
    cr_expect(strcmp(read_report(&job), text) == 0);
}

Test(run, a_report_that_cannot_be_written_leaves_nothing) {
    struct job job;
    char second[TEMP_PATH_MAX];
    cr_assert(temp_write(&folder, "bom.csv", RUN_HEADER RUN_MICRON));
    job_init(&job, "bom.csv");
    struct run_output outputs[] = {
        job.output,
        {.format = job.output.format,
         .path = temp_path(&folder, "no/such/folder.json", second)},
    };
    job.options.outputs = outputs;
    job.options.output_count = 2;
    enum exit_status status;
    struct err err = ERR_INIT;
    cr_expect(not(run_check(&job.options, &status, &err)));
    cr_expect(eq(int, status, EXIT_NO_ANSWER));
    cr_expect(strcmp(err.file, second) == 0, "%s", err.file);
    cr_expect(eq(sz, temp_count(folder.path), 2));
    char out[TEMP_PATH_MAX];
    cr_expect(eq(sz, temp_count(temp_path(&folder, "out", out)), 1));
}

static bool always(void *ctx) {
    (void)ctx;
    return true;
}

Test(run, a_cancelled_run_leaves_nothing) {
    struct job job;
    cr_assert(temp_write(&folder, "bom.csv", RUN_HEADER RUN_MICRON));
    job_init(&job, "bom.csv");
    job.options.cancelled = always;
    enum exit_status status;
    struct err err = ERR_INIT;
    char out[TEMP_PATH_MAX];
    cr_expect(not(run_check(&job.options, &status, &err)));
    cr_expect(eq(int, err.code, ERR_CANCELLED));
    cr_expect(eq(int, status, EXIT_NO_ANSWER));
    cr_expect(eq(sz, temp_count(temp_path(&folder, "out", out)), 1));
}

/* The first fingerprint in a report. */
static void fingerprint_of(struct job *job, const char *text,
                           const char *product, char out[33]) {
    cr_assert(temp_write(&folder, "bom.csv", text));
    job_init(job, "bom.csv");
    job->options.context.product = product;
    run(job);
    static const char key[] = "\"fingerprint\": \"";
    const char *at = strstr(read_report(job), key);
    cr_assert(at != NULL);
    snprintf(out, 33, "%.32s", at + sizeof(key) - 1);
    cr_assert(eq(sz, strlen(out), 32));
}

Test(run, a_fingerprint_is_of_the_fact_not_of_its_place) {
    struct job job;
    char first[33], other[33];
    fingerprint_of(&job, RUN_HEADER RUN_MICRON, NULL, first);
    static const struct {
        const char *what, *text, *product;
        bool same;
    } cases[] = {
        {"moved", RUN_HEADER RUN_SAMSUNG RUN_MICRON, NULL, true},
        {"another designator and quantity",
         RUN_HEADER "U77,5,Micron,MT41K256M16TW-107,text\n", NULL, true},
        {"another spelling",
         RUN_HEADER "U1,1,\"MICRON, Inc.\",mt41k256m16tw 107,DDR3\n", NULL,
         true},
        {"another part", RUN_HEADER "U1,1,Micron,MT41K512M8-107,DDR3\n", NULL,
         false},
        {"another product", RUN_HEADER RUN_MICRON, "router", false},
        {"the file's name as the product", RUN_HEADER RUN_MICRON, "bom.csv",
         true},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        fingerprint_of(&job, cases[i].text, cases[i].product, other);
        cr_expect(eq(int, strcmp(first, other) == 0, cases[i].same), "%s",
                  cases[i].what);
    }
}

Test(run, the_same_run_gives_the_same_bytes) {
    struct job job;
    run_text(&job, RUN_HEADER RUN_MICRON RUN_SAMSUNG RUN_UNKNOWN);
    struct strbuf first = {.ptr = NULL};
    strbuf_add_text(&first, read_report(&job));
    run(&job);
    cr_expect(strcmp(first.ptr, read_report(&job)) == 0);
    strbuf_dispose(&first);
}

Test(run, each_profile_has_its_own_count) {
    struct job job;
    cr_assert(temp_write(&folder, "bom.csv", RUN_HEADER RUN_MICRON));
    job_init(&job, "bom.csv");
    uint32_t both[] = {0, 1};
    job.options.profiles = both;
    job.options.profile_count = 2;
    job.options.declared = false;
    cr_expect(eq(int, run(&job), EXIT_FOUND));
    const char *counts = strstr(read_report(&job), "\"counts_by_profile\"");
    cr_assert(counts != NULL);
    const char *buyer = strstr(counts, "\"buyer\": {\"prohibited\": 1");
    const char *stranger = strstr(counts, "\"stranger\": {\"prohibited\": 0");
    cr_expect(buyer != NULL && stranger != NULL, "%s", counts);
}

/* What a build log says, for these waivers: a sentence is one line there. */
static const char *text_with(struct job *job, const char *bom,
                             const char *yaml) {
    struct waivers_options options = {.rules = rules};
    char path[TEMP_PATH_MAX];
    struct err err = ERR_INIT;
    cr_assert(temp_write(&folder, "bom.csv", bom));
    cr_assert(temp_write(&folder, "waivers.yaml", yaml));
    job_init(job, "bom.csv");
    options.path = temp_path(&folder, "waivers.yaml", path);
    options.as_of = job->options.as_of;
    bool ok = waivers_read(&job->options.waivers, &options, &err);
    cr_assert(ok, "%s:%u: %s", err.file, err.line, err.msg);
    job->output.format = report_format_by_name(STR_LIT("github"));
    run(job);
    waivers_free(job->options.waivers);
    return read_report(job);
}

#define WAIVE(mpn)                                                             \
    "- {measure: m, mpn: " mpn ", kind: exception, reason: why,\n"             \
    "   expires: 2025-01-01, approved-by: who}\n"

Test(run, what_is_inside_is_open_until_it_is_waived) {
    struct job job;
    const char *text =
        text_with(&job, RUN_HEADER RUN_NETAC RUN_MICRON, WAIVE("ZZZ-9"));
    cr_expect(strstr(text, "what is inside is not declared for 1 line") != NULL,
              "%s", text);
    text = text_with(&job, RUN_HEADER RUN_NETAC RUN_MICRON, WAIVE("NT01"));
    cr_expect(strstr(text, "what is inside is not") == NULL, "%s", text);
    cr_expect(strstr(text, "1 line is waived") != NULL, "%s", text);
}

Test(run, paths_name_files_that_are_not_there_too) {
    struct path_list list = {.paths = NULL};
    struct err err = ERR_INIT;
    cr_assert(path_list_add(&list, "-", &err));
    cr_assert(path_list_add(&list, "/no/such/file", &err));
    cr_expect(eq(sz, list.count, 2));
    cr_expect(strcmp(list.paths[0].path, "-") == 0);
    path_list_dispose(&list);
}

Test(run, paths_do_not_follow_links_round_in_a_circle) {
    char target[TEMP_PATH_MAX], link[TEMP_PATH_MAX], file[TEMP_PATH_MAX];
    cr_assert(temp_write(&folder, "in/bom.csv", "x"));
    temp_path(&folder, "in", target);
    cr_assert(
        eq(int, symlink(target, temp_path(&folder, "in/round", link)), 0));
    temp_path(&folder, "in/bom.csv", file);
    cr_assert(
        eq(int, symlink(file, temp_path(&folder, "in/link.csv", link)), 0));
    cr_assert(
        eq(int, symlink("/no/such", temp_path(&folder, "in/to.csv", link)), 0));
    struct path_list list = {.paths = NULL};
    struct err err = ERR_INIT;
    cr_assert(path_list_add(&list, target, &err), "%s", err.msg);
    cr_expect(eq(sz, list.count, 2));
    cr_expect(eq(sz, list.skipped_count, 2));
    path_list_dispose(&list);
}

Test(run, a_folder_is_searched_for_packed_boms_too) {
    char in[TEMP_PATH_MAX];
    cr_assert(temp_write(&folder, "in/bom.CSV.gz", "x"));
    cr_assert(temp_write(&folder, "in/board.tar.gz", "x"));
    cr_assert(temp_write(&folder, "in/.gz", "x"));
    cr_assert(temp_write(&folder, "in/gz", "x"));
    struct path_list list = {.paths = NULL};
    struct err err = ERR_INIT;
    cr_assert(path_list_add(&list, temp_path(&folder, "in", in), &err), "%s",
              err.msg);
    cr_assert(eq(sz, list.count, 1));
    cr_expect(strstr(list.paths[0].path, "in/bom.CSV.gz") != NULL);
    cr_expect(eq(sz, list.skipped_count, 2));
    path_list_dispose(&list);
}

Test(run, folders_nested_too_deep_are_an_error) {
    struct strbuf deep = {.ptr = NULL};
    for (int i = 0; i < PATHS_DEPTH_MAX + 2; i++)
        strbuf_add_text(&deep, "d/");
    strbuf_add_text(&deep, "bom.csv");
    cr_assert(temp_write(&folder, deep.ptr, "x"));
    struct path_list list = {.paths = NULL};
    struct err err = ERR_INIT;
    cr_expect(not(path_list_add(&list, folder.path, &err)));
    cr_expect(eq(int, err.code, ERR_LIMIT));
    path_list_dispose(&list);
    strbuf_dispose(&deep);
}
