#include "report_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/date.h"
#include "core/mem.h"
#include "ruleset/compile.h"

#define PROFILES 2

/* Everything that one line points to. */
struct made_line {
    struct bom_part part;
    struct bom_line line;
    struct maker_candidate candidate;
    struct maker maker;
    struct screen_hit hit;
    struct screening screening;
    struct report_part report_part;
    struct alternative item;
    struct alternative_excluded excluded;
    struct alternatives alternatives;
    struct finding finding;
    struct report_line report;
};

struct ruleset *fixture_rules(void) {
    struct ruleset *rules = NULL;
    struct err err = ERR_INIT;
    bool ok = ruleset_load_folder(&rules,
                                  BOMGATE_SOURCE_DIR "/tests/data/report-rules",
                                  NULL, NULL, &err);
    cr_assert(ok, "%s:%u: %s", err.file, (unsigned)err.line, err.msg);
    return rules;
}

static void make_hit(struct made_line *made, const struct ruleset *rules,
                     const struct fixture_line *from) {
    uint32_t measure = rules_find_measure(rules, STR_LIT("no-acme"));
    uint32_t party = rules_find_party(rules, str_from(from->party));
    made->candidate = (struct maker_candidate){
        .party = party,
        .confidence = MAKER_CERTAIN,
        .matched_by = MAKER_BY_NAME,
        .name = RULES_NONE,
    };
    made->maker.candidates = &made->candidate;
    made->maker.candidate_count = 1;
    made->hit = (struct screen_hit){
        .verdict = from->verdict,
        .reason = from->reason,
        .becomes = VERDICT_COUNT,
        .measure = measure,
        .clause = rules_measure(rules, measure)->clauses.first,
        .profile = rules_find_profile(rules, STR_LIT("city-hall")),
        .party = party,
        .listed = party,
        .days_left = -1,
        .declare = RULES_NONE,
        .customer = RULES_NONE,
        .candidate = &made->candidate,
    };
    bool ok = date_parse_span(STR_LIT("2025-02-01"), &made->hit.from);
    cr_assert(ok);
}

static void make_alternatives(struct made_line *made,
                              const struct ruleset *rules) {
    static const enum verdict clear[] = {VERDICT_CLEAR};
    uint32_t acme = rules_find_party(rules, STR_LIT("acme"));
    made->item = (struct alternative){
        .party = rules_find_party(rules, STR_LIT("globex")),
        .owner = RULES_NONE,
        .mpn = "GX-1",
        .fit = FIT_DROP_IN,
        .verdict = VERDICT_CLEAR,
        .verdicts = clear,
        .check = "the package",
        .source = "https://example.com",
    };
    made->excluded =
        (struct alternative_excluded){.party = acme, .hit = made->hit};
    made->alternatives = (struct alternatives){
        .profiles = &made->hit.profile,
        .profile_count = 1,
        .items = &made->item,
        .count = 1,
        .excluded = &made->excluded,
        .excluded_count = 1,
        .suppliers = &made->item.party,
        .supplier_count = 1,
    };
}

static void make_cells(struct made_line *made, const struct fixture_line *from,
                       uint32_t line) {
    made->part = (struct bom_part){
        .manufacturer = str_from(from->manufacturer),
        .mpn = str_from(from->mpn),
        .line = line,
    };
    made->line = (struct bom_line){
        .line = line,
        .refdes = str_from(from->refdes),
        .quantity = str_from(from->quantity),
        .fitted = strcmp(from->quantity, "0") != 0,
        .parts = &made->part,
        .part_count = 1,
    };
}

static void make_line(struct made_line *made, const struct ruleset *rules,
                      const struct bom_info *info,
                      const struct fixture_line *from, uint32_t line) {
    memset(made, 0, sizeof(*made));
    make_cells(made, from, line);
    made->maker.facts.category = RULES_NONE;
    made->maker.facts.family = RULES_NONE;
    made->maker.evidence = STR_LIT("as the test says");
    bool known = from->party != NULL;
    if (known)
        make_hit(made, rules, from);
    if (from->verdict == VERDICT_PROHIBITED)
        make_alternatives(made, rules);
    made->screening =
        (struct screening){.verdict = from->verdict, .owner = RULES_NONE};
    made->report_part = (struct report_part){.part = &made->part,
                                             .maker = &made->maker,
                                             .screening = &made->screening};
    made->finding = (struct finding){
        .verdict = from->verdict,
        .part = &made->part,
        .maker = &made->maker,
        .hit = known ? &made->hit : NULL,
        .owner = RULES_NONE,
        .alternatives =
            from->verdict == VERDICT_PROHIBITED ? &made->alternatives : NULL,
    };
    snprintf(made->finding.id, sizeof(made->finding.id), "1-%u-1",
             (unsigned)line);
    memset(made->finding.fingerprint, 'f', 32);
    made->report = (struct report_line){
        .bom = info,
        .line = &made->line,
        .verdict = from->verdict,
        .parts = &made->report_part,
        .part_count = 1,
        .findings = &made->finding,
        .finding_count = from->verdict == VERDICT_CLEAR ? 0 : 1,
    };
}

static struct bom_totals bom_totals_of(const struct fixture *fixture,
                                       const struct bom_info *info) {
    static const struct report_diagnostic lost = {
        2, 1, BOM_LOST, "open-quote", "a quoted cell is not closed"};
    struct bom_totals totals = {
        .info = *info,
        .lost = fixture->lost,
        .diagnostics = &lost,
        .diagnostic_count = fixture->lost,
    };
    for (size_t i = 0; i < fixture->line_count; i++) {
        totals.counts.verdicts[fixture->lines[i].verdict]++;
        totals.resolved += fixture->lines[i].party != NULL;
    }
    return totals;
}

/* Heap, so that an AddressSanitizer build sees a report that keeps what was
   lent to it for one call. */
static bool tell_bom(struct report *report, const struct report_format *format,
                     const struct fixture *fixture, const struct ruleset *rules,
                     const struct bom_info *info,
                     const struct bom_totals *totals, struct err *err) {
    bool ok = format->bom_begin == NULL || format->bom_begin(report, info, err);
    for (size_t i = 0; ok && i < fixture->line_count; i++) {
        struct made_line *made = malloc(sizeof(*made));
        cr_assert(made != NULL);
        make_line(made, rules, info, &fixture->lines[i], (uint32_t)i + 2);
        made->finding.waiver = fixture->waiver;
        made->finding.waived = fixture->waived;
        made->finding.known = i < fixture->known;
        ok = format->line(report, &made->report, err);
        free(made);
    }
    return ok && format->bom_end(report, totals, err);
}

static bool tell(struct report *report, const struct report_format *format,
                 const struct fixture *fixture, const struct ruleset *rules,
                 struct err *err) {
    static const char *const paths[] = {"a/board.csv", "b/board2.csv"};
    static const char *const problems[] = {
        "a/board.csv: 1 row could not be read"};
    static const char *const not_checked[] = {"The foundry was not checked."};
    struct bom_totals boms[2];
    struct run_totals totals = {
        .boms = boms,
        .bom_count = fixture->boms != 0 ? fixture->boms : 1,
        .not_checked = not_checked,
        .not_checked_count = 1,
        .complete = !fixture->lost,
        .conclusive = true,
        .problems = problems,
        .problem_count = fixture->lost,
        .waivers = fixture->waiver,
        .waiver_count = fixture->waiver != NULL,
        .known_findings = (uint32_t)fixture->known,
    };
    struct line_counts by_profile[PROFILES] = {{.waived = 0}};
    uint32_t measure = rules_find_measure(rules, STR_LIT("no-acme"));
    totals.by_profile = by_profile;
    totals.measures = &measure;
    totals.measure_count = 1;
    cr_assert(totals.bom_count <= 2);
    for (size_t b = 0; b < totals.bom_count; b++) {
        struct bom_info info = {
            .path = paths[b],
            .place = paths[b],
            .format = "csv",
            .encoding = "UTF-8",
            .delimiter = ",",
            .header_line = 1,
            .lines = (uint32_t)fixture->line_count,
        };
        boms[b] = bom_totals_of(fixture, &info);
        totals.lines += info.lines;
        for (unsigned v = 0; v < VERDICT_COUNT; v++) {
            totals.all.verdicts[v] += boms[b].counts.verdicts[v];
            by_profile[0].verdicts[v] += boms[b].counts.verdicts[v];
        }
        if (!tell_bom(report, format, fixture, rules, &boms[b].info, &boms[b],
                      err)) {
            format->abandon(report);
            return false;
        }
    }
    return format->finish(report, &totals, err);
}

static char *read_all(FILE *file, size_t *size) {
    long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    cr_assert(end >= 0);
    char *text = malloc((size_t)end + 1);
    cr_assert(text != NULL);
    rewind(file);
    *size = fread(text, 1, (size_t)end, file);
    text[*size] = '\0';
    return text;
}

/* An earlier report by the same rules. */
static const struct report_baseline before = {"", "", DATE_NONE};

char *fixture_report(const struct report_format *format,
                     const struct fixture *fixture, size_t *size,
                     struct err *err) {
    struct ruleset *rules = fixture_rules();
    uint32_t profiles[PROFILES] = {
        rules_find_profile(rules, STR_LIT("city-hall")),
        rules_find_profile(rules, STR_LIT("harbour"))};
    struct run_info run = {
        .rules = rules,
        .version = "9.9.9",
        .activity = RULES_PURCHASE,
        .profiles = profiles,
        .profile_count = fixture->declared ? 1 : PROFILES,
        .declared = fixture->declared,
        .all_lines = fixture->all_lines,
        .fail_on = fixture->fail_on,
        .baseline = fixture->baseline ? &before : NULL,
    };
    bool ok = date_parse(STR_LIT("2026-01-15"), &run.as_of);
    cr_assert(ok);
    FILE *out = tmpfile();
    cr_assert(out != NULL);
    struct report_target target = {
        .out = out,
        .path = fixture->path,
        .color = fixture->color,
        .columns = fixture->columns,
        .summary_only = fixture->summary_only,
    };
    struct report *report = NULL;
    mem_fail_after(fixture->fail_after);
    ok = format->begin(&report, &target, &run, err) &&
         tell(report, format, fixture, rules, err);
    char *text = ok ? read_all(out, size) : NULL;
    fclose(out);
    ruleset_close(rules);
    return text;
}
