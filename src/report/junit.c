#include "report/formats.h"

#include "core/lang.h"
#include "core/mem.h"
#include "report/phrases.h"
#include "report/scratch.h"
#include "report/spool.h"
#include "report/told.h"
#include "report/xml.h"

struct counts {
    uint32_t tests, failures, errors, skipped;
};

struct report {
    FILE *out;
    const struct run_info *run;
    struct scratch scratch;
    /* How many tests failed stands before the tests: those of a BOM wait in
       one file, the BOMs in the other. */
    FILE *cases, *suites;
    struct counts counts, all;
    const char *path; /* of the BOM in hand; borrowed until its end */
};

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    if (report->cases != NULL)
        fclose(report->cases);
    if (report->suites != NULL)
        fclose(report->suites);
    scratch_dispose(&report->scratch);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->out = target->out;
    report->run = run;
    if (!spool_open(&report->suites, err)) {
        free_report(report);
        return false;
    }
    *out = report;
    return true;
}

static bool begin_suite(struct report *report, const char *path,
                        struct err *err) {
    report->path = path;
    report->counts = (struct counts){.tests = 0};
    return spool_open(&report->cases, err);
}

static bool bom_begin(struct report *report, const struct bom_info *bom,
                      struct err *err) {
    return begin_suite(report, bom->place, err);
}

static void begin_case(struct report *report, struct str name, uint32_t line) {
    FILE *out = report->cases;
    struct str path = str_from(report->path);
    report->counts.tests++;
    fputs("  <testcase", out);
    xml_put_attribute(out, "name", name);
    xml_put_attribute(out, "classname", path);
    if (line != 0) {
        xml_put_attribute(out, "file", path);
        fprintf(out, " line=\"%u\"", (unsigned)line);
    }
    fputs(">\n", out);
}

static void end_case(struct report *report) {
    fputs("  </testcase>\n", report->cases);
}

/* A test without a result of its own has passed. */
static void put_result(struct report *report, const char *element,
                       const char *type, struct str message) {
    fprintf(report->cases, "   <%s", element);
    xml_put_attribute(report->cases, "type", str_from(type));
    xml_put_attribute(report->cases, "message", message);
    fputs("/>\n", report->cases);
}

/* Does it fail the run, or would it if nobody had waived it? */
static bool is_at_gate(const struct report *report,
                       const struct finding *finding) {
    return finding->verdict <= report->run->fail_on && !finding->after_sale;
}

/* Waived, known, or too little known to say. */
static const char *skip_type(const struct report *report,
                             const struct finding *finding) {
    if (finding->verdict == VERDICT_UNKNOWN)
        return "unknown";
    if (finding_counts(finding) || !is_at_gate(report, finding))
        return NULL;
    return finding->waived ? "waived" : "known";
}

static const struct finding *find_failing(const struct report *report,
                                          const struct report_line *line) {
    const struct finding *worst = NULL;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (is_at_gate(report, finding) && finding_counts(finding) &&
            (worst == NULL || finding->verdict < worst->verdict))
            worst = finding;
    }
    return worst;
}

static const struct finding *find_skipped(const struct report *report,
                                          const struct report_line *line) {
    for (size_t i = 0; i < line->finding_count; i++) {
        if (skip_type(report, &line->findings[i]) != NULL)
            return &line->findings[i];
    }
    return NULL;
}

static struct strbuf *headline_of(struct report *report,
                                  const struct finding *finding) {
    struct strbuf *text = scratch_start(&report->scratch);
    strbuf_printf(text, tr("%s: "), tr(verdict_name(finding->verdict)));
    told_rule(text, report->run->rules, finding);
    return text;
}

static void put_skipped(struct report *report, const struct finding *finding) {
    struct strbuf *text = headline_of(report, finding);
    told_decision(text, finding);
    report->counts.skipped++;
    put_result(report, "skipped", skip_type(report, finding), strbuf_str(text));
}

static void put_details(struct report *report, const struct finding *finding) {
    struct strbuf *text = headline_of(report, finding);
    strbuf_add_text(text, tr_in("label", ": "));
    told_reason(text, report->run, finding);
    xml_put_text(report->cases, strbuf_str(text));
    fputc('\n', report->cases);
}

static void put_all_details(struct report *report,
                            const struct report_line *line) {
    for (size_t i = 0; i < line->finding_count; i++) {
        if (line->findings[i].verdict < VERDICT_OUT_OF_SCOPE)
            put_details(report, &line->findings[i]);
    }
}

static void put_failure(struct report *report, const struct report_line *line,
                        const struct finding *worst) {
    FILE *out = report->cases;
    report->counts.failures++;
    fputs("   <failure", out);
    xml_put_attribute(out, "type", str_from(verdict_name(worst->verdict)));
    xml_put_attribute(out, "message", strbuf_str(headline_of(report, worst)));
    fputs(">\n", out);
    put_all_details(report, line);
    fputs("   </failure>\n", out);
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    const struct finding *failing = find_failing(report, line);
    const struct finding *skipped = find_skipped(report, line);
    struct strbuf *name = scratch_start(&report->scratch);
    strbuf_printf(name, tr("line %u, "), (unsigned)line->line->line);
    told_subject(name, line, line->parts[0].part);
    begin_case(report, strbuf_str(name), line->line->line);
    if (failing != NULL)
        put_failure(report, line, failing);
    else if (skipped != NULL)
        put_skipped(report, skipped);
    if (failing == NULL && line->verdict < VERDICT_OUT_OF_SCOPE) {
        fputs("   <system-out>\n", report->cases);
        put_all_details(report, line);
        fputs("   </system-out>\n", report->cases);
    }
    end_case(report);
    if (!scratch_ok(&report->scratch))
        return err_nomem(err);
    return ferror(report->cases) ? spool_error(err) : true;
}

static void put_error(struct report *report, struct str name, uint32_t line,
                      const char *type, struct str message) {
    report->counts.errors++;
    begin_case(report, name, line);
    put_result(report, "error", type, message);
    end_case(report);
}

static void put_lost_rows(struct report *report,
                          const struct bom_totals *totals) {
    uint32_t told = 0;
    for (size_t i = 0; i < totals->diagnostic_count; i++) {
        const struct report_diagnostic *item = &totals->diagnostics[i];
        if (item->severity != BOM_LOST)
            continue;
        struct strbuf *name = scratch_start(&report->scratch);
        strbuf_printf(name, tr("line %u, not read"), (unsigned)item->line);
        put_error(report, strbuf_str(name), item->line, item->code,
                  str_from(item->message));
        told++;
    }
    if (totals->lost > told) {
        struct strbuf *name = scratch_start(&report->scratch);
        strbuf_printf(name,
                      tr_count("%s row more, not read",
                               "%s rows more, not read", totals->lost - told),
                      shown_number(totals->lost - told).text);
        put_error(report, strbuf_str(name), 0, "lost", strbuf_str(name));
    }
    if (totals->error != NULL)
        put_error(report, str_from(tr("reading the file")), 0, "unreadable",
                  str_from(totals->error));
}

static void put_counts(FILE *out, const struct counts *counts) {
    fprintf(out,
            " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\">\n",
            (unsigned)counts->tests, (unsigned)counts->failures,
            (unsigned)counts->errors, (unsigned)counts->skipped);
}

static bool end_suite(struct report *report, struct err *err) {
    const struct counts *counts = &report->counts;
    FILE *cases = report->cases, *out = report->suites;
    report->all.tests += counts->tests;
    report->all.failures += counts->failures;
    report->all.errors += counts->errors;
    report->all.skipped += counts->skipped;
    fputs(" <testsuite", out);
    xml_put_attribute(out, "name", str_from(report->path));
    put_counts(out, counts);
    bool ok = spool_copy(cases, out, err);
    fputs(" </testsuite>\n", out);
    fclose(cases);
    report->cases = NULL;
    return ok && (!ferror(out) || spool_error(err));
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    put_lost_rows(report, totals);
    return end_suite(report, err);
}

static bool is_answer(const struct run_totals *totals) {
    return totals->complete && totals->conclusive &&
           (totals->exit_status == 0 || totals->exit_status == 1);
}

static void put_property(FILE *out, const char *name, const char *value) {
    fputs("   <property", out);
    xml_put_attribute(out, "name", str_from(name));
    xml_put_attribute(out, "value", str_from(value));
    fputs("/>\n", out);
}

static void put_recorded(FILE *out, const struct history_mark *mark) {
    char number[24];
    snprintf(number, sizeof(number), "%lld", (long long)mark->run);
    fputs("  <properties>\n", out);
    put_property(out, "history-run", number);
    put_property(out, "history-head", mark->head);
    fputs("  </properties>\n", out);
}

/* A run that could not look must not be all green. */
static void put_no_answer(struct report *report,
                          const struct run_totals *totals) {
    struct strbuf *text = scratch_start(&report->scratch);
    if (totals->complete && totals->conclusive)
        report_headline(text, report->run, totals, NULL);
    else
        strbuf_add_text(text, report_alarm(totals));
    for (size_t i = 0; i < totals->problem_count; i++)
        strbuf_printf(text, "\n%s", totals->problems[i]);
    put_error(report, str_from(tr("everything could be checked")), 0, "run",
              strbuf_str(text));
}

/* What is to be said of the run is a suite of its own. */
static bool put_run(struct report *report, const struct run_totals *totals,
                    struct err *err) {
    bool answer = is_answer(totals);
    if (answer && totals->history == NULL)
        return true;
    if (!begin_suite(report, "bomgate", err))
        return false;
    if (totals->history != NULL)
        put_recorded(report->cases, totals->history);
    if (!answer)
        put_no_answer(report, totals);
    return end_suite(report, err);
}

static bool write_all(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    FILE *out = report->out;
    if (!put_run(report, totals, err))
        return false;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<testsuites name=\"bomgate\"",
          out);
    put_counts(out, &report->all);
    if (!spool_copy(report->suites, out, err))
        return false;
    fputs("</testsuites>\n", out);
    return scratch_ok(&report->scratch) ? spool_flush(out, err)
                                        : err_nomem(err);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    bool ok = write_all(report, totals, err);
    free_report(report);
    return ok;
}

const struct report_format report_junit = {
    .name = "junit",
    .extension = ".xml",
    .media_type = "application/xml",
    .summary = N_("JUnit XML: a test a line, for what shows test results"),
    .begin = begin,
    .bom_begin = bom_begin,
    .line = put_line,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
