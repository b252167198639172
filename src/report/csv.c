#include "report/formats.h"

#include <inttypes.h>

#include "core/date.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/csv_cell.h"
#include "report/phrases.h"
#include "report/rolled.h"
#include "report/scratch.h"
#include "report/spool.h"

/* One row a finding, whatever its verdict; what is sorted and filtered in a
   spreadsheet stands in a column of its own. */
enum {
    COLUMN_BOM,
    COLUMN_SHEET,
    COLUMN_LINE,
    COLUMN_REFDES,
    COLUMN_QUANTITY,
    COLUMN_MANUFACTURER,
    COLUMN_MAKER,
    COLUMN_OWNER,
    COLUMN_MPN,
    COLUMN_CATEGORY,
    COLUMN_VERDICT,
    COLUMN_PROFILE,
    COLUMN_MEASURE,
    COLUMN_CLAUSE,
    COLUMN_FROM,
    COLUMN_DAYS_LEFT,
    COLUMN_BECOMES,
    COLUMN_WHY,
    COLUMN_DO,
    COLUMN_ALTERNATIVES,
    COLUMN_WAIVED,
    COLUMN_WAIVER,
    COLUMN_BASELINE,
    COLUMN_FINGERPRINT,
    COLUMN_RULE_SET,
    COLUMN_AS_OF,
    /* of a product only */
    COLUMN_TOTAL_QUANTITY,
    COLUMN_SITS,
    COLUMN_COUNT
};
#define COLUMNS_ROLLED 2 /* the last ones */

static const char *const headers[COLUMN_COUNT] = {
    [COLUMN_BOM] = "bom",
    [COLUMN_SHEET] = "sheet",
    [COLUMN_LINE] = "line",
    [COLUMN_REFDES] = "refdes",
    [COLUMN_QUANTITY] = "quantity",
    [COLUMN_MANUFACTURER] = "manufacturer",
    [COLUMN_MAKER] = "maker",
    [COLUMN_OWNER] = "owner",
    [COLUMN_MPN] = "mpn",
    [COLUMN_CATEGORY] = "category",
    [COLUMN_VERDICT] = "verdict",
    [COLUMN_PROFILE] = "profile",
    [COLUMN_MEASURE] = "measure",
    [COLUMN_CLAUSE] = "clause",
    [COLUMN_FROM] = "from",
    [COLUMN_DAYS_LEFT] = "days_left",
    [COLUMN_BECOMES] = "becomes",
    [COLUMN_WHY] = "why",
    [COLUMN_DO] = "do",
    [COLUMN_ALTERNATIVES] = "alternatives",
    [COLUMN_WAIVED] = "waived",
    [COLUMN_WAIVER] = "waiver",
    [COLUMN_BASELINE] = "baseline",
    [COLUMN_FINGERPRINT] = "fingerprint",
    [COLUMN_RULE_SET] = "rule_set",
    [COLUMN_AS_OF] = "as_of",
    [COLUMN_TOTAL_QUANTITY] = "total_quantity",
    [COLUMN_SITS] = "sits",
};

struct report {
    const struct run_info *run;
    FILE *out;
    bool rolled; /* the lines are a product's */
    /* That a run is INCOMPLETE stands in the first rows and is known last: the
       findings wait here. */
    FILE *spool;
    struct scratch cells[COLUMN_COUNT]; /* of the row being written */
    struct scratch row;
};

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    if (report->spool != NULL)
        fclose(report->spool);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        scratch_dispose(&report->cells[i]);
    scratch_dispose(&report->row);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->run = run;
    report->out = target->out;
    if (!spool_open(&report->spool, err)) {
        free_report(report);
        return false;
    }
    *out = report;
    return true;
}

static bool check(const struct report *report, struct err *err) {
    bool ok = scratch_ok(&report->row);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        ok = ok && scratch_ok(&report->cells[i]);
    if (!ok)
        return err_nomem(err);
    return ferror(report->spool) || ferror(report->out) ? spool_error(err)
                                                        : true;
}

static bool bom_begin(struct report *report, const struct bom_info *bom,
                      struct err *err) {
    (void)bom;
    return check(report, err);
}

/* The text of a cell, emptied. */
static struct strbuf *cell(struct report *report, size_t column) {
    return scratch_start(&report->cells[column]);
}

static void put_text(struct report *report, size_t column, const char *text) {
    strbuf_add_text(cell(report, column), text != NULL ? text : "");
}

static void put_str(struct report *report, size_t column, struct str text) {
    strbuf_add(cell(report, column), text);
}

/* Every row says under which rules and for which day it holds. */
static void start_row(struct report *report) {
    char day[DATE_TEXT_SIZE];
    date_format(report->run->as_of, day);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        cell(report, i);
    put_text(report, COLUMN_RULE_SET, ruleset_version(report->run->rules));
    put_text(report, COLUMN_AS_OF, day);
}

static void end_row(struct report *report, FILE *out) {
    struct strbuf *row = scratch_start(&report->row);
    size_t count = COLUMN_COUNT - (report->rolled ? 0 : COLUMNS_ROLLED);
    for (size_t i = 0; i < count; i++) {
        if (i != 0)
            strbuf_add_char(row, ',');
        csv_cell(row, strbuf_str(&report->cells[i].text));
    }
    strbuf_add_text(row, "\r\n");
    if (!row->failed)
        fwrite(row->ptr, 1, row->len, out);
}

static void put_part(struct report *report, const struct report_line *line,
                     const struct finding *finding) {
    const struct ruleset *rules = report->run->rules;
    put_text(report, COLUMN_BOM, line->bom->path);
    put_text(report, COLUMN_SHEET, line->bom->sheet);
    strbuf_printf(cell(report, COLUMN_LINE), "%" PRIu32, finding->part->line);
    put_str(report, COLUMN_REFDES, line->line->refdes);
    put_str(report, COLUMN_QUANTITY, line->line->quantity);
    put_str(report, COLUMN_MANUFACTURER, finding->part->manufacturer);
    phrase_maker(cell(report, COLUMN_MAKER), rules, finding->maker, RULES_NONE);
    if (finding->owner != RULES_NONE)
        put_text(report, COLUMN_OWNER, phrase_party(rules, finding->owner));
    put_str(report, COLUMN_MPN, finding->part->mpn);
    put_text(report, COLUMN_CATEGORY,
             phrase_category(rules, finding->maker->facts.category));
}

static void put_rule(struct report *report, const struct screen_hit *hit) {
    const struct ruleset *rules = report->run->rules;
    if (hit == NULL || hit->measure == RULES_NONE)
        return;
    if (hit->profile != RULES_NONE)
        put_text(report, COLUMN_PROFILE,
                 rules_text(rules, rules_profile(rules, hit->profile)->id));
    put_text(report, COLUMN_MEASURE,
             rules_text(rules, rules_measure(rules, hit->measure)->id));
    if (hit->clause != RULES_NONE)
        put_text(report, COLUMN_CLAUSE,
                 rules_text(rules, rules_clause(rules, hit->clause)->id));
    phrase_span(cell(report, COLUMN_FROM), hit->from);
    if (hit->days_left >= 0)
        strbuf_printf(cell(report, COLUMN_DAYS_LEFT), "%" PRId32,
                      hit->days_left);
    if (hit->becomes != VERDICT_COUNT)
        put_text(report, COLUMN_BECOMES, verdict_name(hit->becomes));
}

/* "Samsung Electronics K4B4G1646E-BYMA drop-in; …". */
static void put_alternatives(struct report *report,
                             const struct alternatives *found) {
    struct strbuf *text = cell(report, COLUMN_ALTERNATIVES);
    for (size_t i = 0; found != NULL && i < found->count; i++) {
        const struct alternative *item = &found->items[i];
        strbuf_printf(text, "%s%s%s%s %s", i == 0 ? "" : "; ",
                      phrase_party(report->run->rules, item->party),
                      item->mpn != NULL ? " " : "",
                      item->mpn != NULL ? item->mpn : "",
                      alternative_fit_name(item->fit));
    }
}

static void put_standing(struct report *report, const struct finding *finding) {
    const struct waiver *waiver = finding->waiver;
    put_text(report, COLUMN_WAIVED, finding->waived ? "yes" : "no");
    if (waiver != NULL && finding->waived)
        put_text(report, COLUMN_WAIVER, waiver->kind);
    else if (waiver != NULL)
        strbuf_printf(cell(report, COLUMN_WAIVER), "%s (%s)", waiver->kind,
                      waiver_state_name(finding_waiver_state(finding)));
    if (report->run->baseline)
        put_text(report, COLUMN_BASELINE, finding->known ? "known" : "new");
    put_text(report, COLUMN_FINGERPRINT, finding->fingerprint);
}

static void put_rollup(struct report *report,
                       const struct report_rollup *rollup) {
    if (rollup == NULL)
        return;
    report_rolled_total(cell(report, COLUMN_TOTAL_QUANTITY), rollup);
    report_rolled_places(cell(report, COLUMN_SITS), rollup, SIZE_MAX);
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    report->rolled = line->rollup != NULL;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        start_row(report);
        put_part(report, line, finding);
        put_text(report, COLUMN_VERDICT, verdict_name(finding->verdict));
        put_rule(report, finding->hit);
        report_why(cell(report, COLUMN_WHY), report->run, finding);
        report_action(cell(report, COLUMN_DO), report->run, finding);
        put_alternatives(report, finding->alternatives);
        put_standing(report, finding);
        put_rollup(report, line->rollup);
        end_row(report, report->spool);
    }
    return check(report, err);
}

static bool skips_clear(const struct report *report) {
    (void)report;
    return true;
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    (void)totals;
    return check(report, err);
}

static void put_header(struct report *report) {
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        put_text(report, i, headers[i]);
    fputs("\xEF\xBB\xBF", report->out); /* or Excel takes it for Windows-1252 */
    end_row(report, report->out);
}

/* In the column by which people filter: "INCOMPLETE", and why. */
static void put_problem(struct report *report, const char *alarm,
                        const char *why) {
    struct str word = str_from(alarm);
    start_row(report);
    put_str(report, COLUMN_VERDICT,
            str_take(word, (size_t)str_find_char(word, ':')));
    strbuf_printf(cell(report, COLUMN_WHY), "%s: %s", alarm, why);
    end_row(report, report->out);
}

static bool write_all(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    put_header(report);
    if (!totals->complete || !totals->conclusive) {
        for (size_t i = 0; i < totals->problem_count; i++)
            put_problem(report, report_alarm(totals), totals->problems[i]);
    }
    if (!spool_copy(report->spool, report->out, err))
        return false;
    return check(report, err) && spool_flush(report->out, err);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    bool ok = write_all(report, totals, err);
    free_report(report);
    return ok;
}

const struct report_format report_csv = {
    .name = "csv",
    .extension = ".csv",
    .media_type = "text/csv; charset=utf-8; header=present",
    .summary = N_("one row a finding, for spreadsheets"),
    .begin = begin,
    .bom_begin = bom_begin,
    .line = put_line,
    .skips_clear = skips_clear,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
