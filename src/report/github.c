#include "report/formats.h"

#include "core/lang.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "report/phrases.h"
#include "report/ranked.h"
#include "report/scratch.h"
#include "report/spool.h"
#include "report/statements.h"
#include "report/told.h"

/* GitHub shows so many of each kind for a step, and drops the rest. */
#define SHOWN 10
/* An annotation is a box beside a line, no page. */
#define MESSAGE_COLUMNS 4000

enum kind { KIND_ERROR, KIND_WARNING, KIND_NOTICE, KIND_COUNT };

static const char *const kind_names[] = {"error", "warning", "notice"};

struct report {
    FILE *out;
    const struct run_info *run;
    struct scratch scratch, shown;
    struct ranked kinds[KIND_COUNT];
    uint32_t waived, known; /* parts */
};

static enum kind kind_of(const struct report *report, enum verdict verdict) {
    if (verdict <= report->run->fail_on)
        return KIND_ERROR;
    return phrase_is_flagged(verdict) ? KIND_WARNING : KIND_NOTICE;
}

/* In a property a colon or a comma would end it. */
static void put_escaped(struct report *report, FILE *out, struct str text,
                        bool property) {
    struct strbuf *shown = scratch_start(&report->shown);
    utf8_add_visible(shown, text, MESSAGE_COLUMNS);
    for (size_t i = 0; i < shown->len; i++) {
        char c = shown->ptr[i];
        if (c == '%' || (property && (c == ':' || c == ',')))
            fprintf(out, "%%%02X", (unsigned)c);
        else
            fputc(c, out);
    }
}

static void put_property(struct report *report, FILE *out, const char *name,
                         struct str text) {
    fputs(name, out);
    put_escaped(report, out, text, true);
}

/* The file's name is not cut, nor are its characters changed: it must be found;
   a line break in it is escaped. */
static void put_path(FILE *out, const char *path) {
    fputs("file=", out);
    for (; *path != '\0'; path++) {
        unsigned char c = (unsigned char)*path;
        if (c < ' ' || c == '%' || c == ':' || c == ',' || c == 0x7f)
            fprintf(out, "%%%02X", c);
        else
            fputc(c, out);
    }
}

static void put_place(FILE *out, const char *path, uint32_t line,
                      uint32_t column) {
    put_path(out, path);
    if (line != 0)
        fprintf(out, ",line=%u", (unsigned)line);
    if (line != 0 && column != 0)
        fprintf(out, ",col=%u", (unsigned)column);
}

static void put_message(struct report *report, FILE *out, struct str text) {
    fputs("::", out);
    put_escaped(report, out, text, false);
    fputc('\n', out);
}

static void put_finding(struct report *report, FILE *out,
                        const struct report_line *line,
                        const struct finding *finding, size_t others) {
    const struct ruleset *rules = report->run->rules;
    enum kind kind = kind_of(report, finding->verdict);
    fprintf(out, "::%s ", kind_names[kind]);
    put_place(out, line->bom->place, finding->part->line,
              bom_part_column(finding->part));
    struct strbuf *text = scratch_start(&report->scratch);
    strbuf_printf(text, tr("%s: "), tr(verdict_name(finding->verdict)));
    told_rule(text, rules, finding);
    put_property(report, out, ",title=", strbuf_str(text));
    text = scratch_start(&report->scratch);
    told_subject(text, line, finding->part);
    strbuf_add_text(text, tr(". "));
    told_reason(text, report->run, finding);
    if (others != 0) {
        strbuf_printf(text,
                      tr_count(" And %s other finding on this part.",
                               " And %s other findings on this part.", others),
                      shown_number(others).text);
    }
    put_message(report, out, strbuf_str(text));
}

/* One annotation a part, or the first ten would be all about one. */
static bool put_part(struct report *report, const struct report_line *line,
                     const struct bom_part *part, struct err *err) {
    const struct finding *worst = NULL;
    size_t counting = 0, waived = 0, known = 0;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (finding->part != part || finding->verdict >= VERDICT_OUT_OF_SCOPE)
            continue;
        waived += finding->waived;
        known += finding->known && !finding->waived;
        if (!finding_counts(finding))
            continue;
        counting++;
        if (worst == NULL || finding->verdict < worst->verdict)
            worst = finding;
    }
    report->waived += waived != 0;
    report->known += known != 0;
    if (worst == NULL)
        return true;
    FILE *out;
    enum kind kind = kind_of(report, worst->verdict);
    if (!ranked_add(&report->kinds[kind], worst->verdict, &out, err))
        return false;
    if (out != NULL)
        put_finding(report, out, line, worst, counting - 1);
    return true;
}

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    for (unsigned i = 0; i < KIND_COUNT; i++)
        ranked_dispose(&report->kinds[i]);
    scratch_dispose(&report->scratch);
    scratch_dispose(&report->shown);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->out = target->out;
    report->run = run;
    for (unsigned i = 0; i < KIND_COUNT; i++)
        report->kinds[i].limit = SHOWN;
    *out = report;
    return true;
}

static bool texts_ok(const struct report *report) {
    return scratch_ok(&report->scratch) && scratch_ok(&report->shown);
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    for (size_t i = 0; i < line->part_count; i++) {
        if (!put_part(report, line, line->parts[i].part, err))
            return false;
    }
    return texts_ok(report) ? true : err_nomem(err);
}

/* A row that was lost is as bad as a part that was found. */
static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    for (size_t i = 0; i < totals->diagnostic_count; i++) {
        const struct report_diagnostic *item = &totals->diagnostics[i];
        FILE *out;
        if (item->severity != BOM_LOST)
            continue;
        if (!ranked_add(&report->kinds[KIND_ERROR], VERDICT_PROHIBITED, &out,
                        err))
            return false;
        if (out == NULL)
            continue;
        fputs("::error ", out);
        put_place(out, totals->info.place, item->line, 0);
        put_property(report, out, ",title=", str_from(tr("not read")));
        put_message(report, out, str_from(item->message));
    }
    return texts_ok(report) ? true : err_nomem(err);
}

/* Before anything else; it takes the place of one of the ten. */
static void put_alarm(struct report *report, const struct run_totals *totals) {
    FILE *out = report->out;
    if (totals->complete && totals->conclusive)
        return;
    report->kinds[KIND_ERROR].limit--;
    fputs("::error", out);
    put_property(report, out, " title=", str_from(report_alarm(totals)));
    struct strbuf *text = scratch_start(&report->scratch);
    for (size_t i = 0; i < totals->problem_count; i++)
        strbuf_printf(text, "%s%s", i == 0 ? "" : tr("; "),
                      totals->problems[i]);
    put_message(report, out, strbuf_str(text));
}

static void put_sentence(struct report *report, const struct strbuf *text) {
    struct strbuf *shown = scratch_start(&report->shown);
    utf8_add_visible(shown, strbuf_str(text), MESSAGE_COLUMNS);
    /* Only a line that begins with a colon could be a command. */
    fputs("bomgate: ", report->out);
    fwrite(shown->ptr, 1, shown->len, report->out);
    fputc('\n', report->out);
}

static void add_beyond(struct strbuf *text, enum kind kind, uint32_t count) {
    struct shown number = shown_number(count);
    if (kind == KIND_ERROR)
        strbuf_printf(text,
                      tr_count("%s error more than GitHub shows; the other "
                               "reports have all.",
                               "%s errors more than GitHub shows; the other "
                               "reports have all.",
                               count),
                      number.text);
    else if (kind == KIND_WARNING)
        strbuf_printf(text,
                      tr_count("%s warning more than GitHub shows; the other "
                               "reports have all.",
                               "%s warnings more than GitHub shows; the other "
                               "reports have all.",
                               count),
                      number.text);
    else
        strbuf_printf(text,
                      tr_count("%s notice more than GitHub shows; the other "
                               "reports have all.",
                               "%s notices more than GitHub shows; the other "
                               "reports have all.",
                               count),
                      number.text);
}

static void put_left_out(struct report *report) {
    if (report->waived + report->known == 0)
        return;
    struct strbuf *text = scratch_start(&report->scratch);
    strbuf_printf(
        text,
        tr_count("%s part waived, %s in the baseline: not shown here.",
                 "%s parts waived, %s in the baseline: not shown here.",
                 report->waived),
        shown_number(report->waived).text, shown_number(report->known).text);
    put_sentence(report, text);
}

static void put_summary(struct report *report,
                        const struct run_totals *totals) {
    struct strbuf *text = scratch_start(&report->scratch);
    report_headline(text, report->run, totals, NULL);
    put_sentence(report, text);
    for (unsigned i = 0; i < KIND_COUNT; i++) {
        uint32_t beyond = ranked_beyond(&report->kinds[i]);
        if (beyond == 0)
            continue;
        text = scratch_start(&report->scratch);
        add_beyond(text, (enum kind)i, beyond);
        put_sentence(report, text);
    }
    put_left_out(report);
    text = scratch_start(&report->scratch);
    report_recorded(text, totals);
    if (text->len != 0)
        put_sentence(report, text);
}

static bool write_all(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    put_alarm(report, totals);
    for (unsigned i = 0; i < KIND_COUNT; i++) {
        if (!ranked_copy(&report->kinds[i], report->out, "", err))
            return false;
    }
    put_summary(report, totals);
    return texts_ok(report) ? spool_flush(report->out, err) : err_nomem(err);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    bool ok = write_all(report, totals, err);
    free_report(report);
    return ok;
}

const struct report_format report_github = {
    .name = "github",
    .media_type = "text/plain",
    .summary = "annotations for a job of GitHub Actions, worst first",
    .begin = begin,
    .line = put_line,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
