#include "report/statements.h"

#include <string.h>

#include "core/date.h"
#include "core/lang.h"
#include "report/phrases.h"

#define BOMS_NAMED 5

static void add_buyer(struct strbuf *out, const struct run_info *run,
                      uint32_t profile) {
    const struct rules_profile *found = rules_profile(run->rules, profile);
    const char *more = rules_text(run->rules, found->description);
    const char *name = phrase_profile(run->rules, profile);
    const char *id = rules_text(run->rules, found->id);
    if (more[0] != '\0')
        strbuf_printf(out, tr("%s (%s): %s"), name, id, tr(more));
    else
        strbuf_printf(out, tr("%s (%s)"), name, id);
}

static void add_undeclared(struct strbuf *out, const struct run_info *run) {
    strbuf_printf(out,
                  tr_count("Not declared: every one of %s profile was "
                           "screened. Which of them you are decides what binds "
                           "you.",
                           "Not declared: every one of %s profiles was "
                           "screened. Which of them you are decides what binds "
                           "you.",
                           run->profile_count),
                  shown_number(run->profile_count).text);
}

static void add_boms(struct strbuf *out, const struct run_totals *totals) {
    size_t count = totals->bom_count;
    for (size_t i = 0; i < count && i < BOMS_NAMED; i++) {
        strbuf_add_text(out, i == 0 ? "" : tr("; "));
        strbuf_add_text(out, totals->boms[i].info.path);
    }
    if (count > BOMS_NAMED)
        strbuf_printf(out, tr("; and %zu more"), count - BOMS_NAMED);
    strbuf_add_text(out, " – ");
    phrase_lines(out, totals->lines);
}

/* Rows of what was declared. */
struct rows {
    struct scratch *text;
    statement_put *put;
    void *ctx;
};

static void put_text(const struct rows *rows, const char *label,
                     const char *text) {
    if (text != NULL)
        rows->put(rows->ctx, label, str_from(text));
}

static void put_composed(const struct rows *rows, const char *label) {
    rows->put(rows->ctx, label, strbuf_str(&rows->text->text));
}

static void put_buyers(const struct rows *rows, const struct run_info *run) {
    if (!run->declared) {
        add_undeclared(scratch_start(rows->text), run);
        put_composed(rows, tr("Buyer"));
        return;
    }
    for (size_t i = 0; i < run->profile_count; i++) {
        add_buyer(scratch_start(rows->text), run, run->profiles[i]);
        put_composed(rows, i == 0 ? tr("Buyer") : "");
    }
}

static void put_waivers(const struct rows *rows,
                        const struct run_totals *totals) {
    if (totals->waiver_count == 0)
        return;
    strbuf_printf(scratch_start(rows->text),
                  tr_count("%s, with %s waiver", "%s, with %s waivers",
                           totals->waiver_count),
                  totals->waivers[0].path,
                  shown_number(totals->waiver_count).text);
    put_composed(rows, tr("Waivers"));
}

static void put_parts_file(const struct rows *rows,
                           const struct report_parts_file *parts) {
    if (parts == NULL)
        return;
    strbuf_printf(scratch_start(rows->text),
                  tr_count("%s; it names the maker on %s line",
                           "%s; it names the maker on %s lines", parts->lines),
                  parts->path, shown_number(parts->lines).text);
    put_composed(rows, tr("Parts file"));
}

static void put_declared(const struct rows *rows,
                         const struct declared_file *file) {
    if (file == NULL)
        return;
    struct strbuf *text = scratch_start(rows->text);
    strbuf_printf(text,
                  tr_count("%s, with %s declaration",
                           "%s, with %s declarations", file->count),
                  file->path, shown_number(file->count).text);
    if (file->expired != 0)
        strbuf_printf(text, tr(", %s of them expired"),
                      shown_number(file->expired).text);
    put_composed(rows, tr("Supplier declarations"));
}

void report_declarations(struct scratch *text, const struct run_info *run,
                         const struct run_totals *totals, statement_put *put,
                         void *ctx) {
    const struct run_context *said = &run->context;
    const struct rows rows = {text, put, ctx};
    put_buyers(&rows, run);
    put_text(&rows, tr("Activity"),
             tr(rules_activity_name((enum rules_activity)run->activity)));
    put_text(&rows, tr("As of"), shown_day(run->as_of).text);
    put_text(&rows, tr("Product"), said->product);
    put_text(&rows, tr("Revision"), said->revision);
    put_text(&rows, tr("Stage"), said->stage == NULL ? NULL : tr(said->stage));
    add_boms(scratch_start(text), totals);
    put_composed(&rows, tr("Bills of materials"));
    put_text(&rows, tr("Repository"), said->repository);
    put_text(&rows, tr("Commit"), said->commit);
    put_waivers(&rows, totals);
    put_parts_file(&rows, totals->parts_file);
    put_declared(&rows, totals->declared);
    put_text(&rows, tr("Baseline"), said->baseline);
    put_text(&rows, tr("Rules from"), said->rules);
    put_text(&rows, tr("Settings"), said->settings);
}

static void add_profiles(struct strbuf *out, const struct run_info *run) {
    for (size_t i = 0; i < run->profile_count; i++) {
        phrase_join(out, i, run->profile_count);
        strbuf_printf(out, tr("“%s”"),
                      phrase_profile(run->rules, run->profiles[i]));
    }
}

void report_declared(struct strbuf *out, const struct run_info *run) {
    int32_t known_to = ruleset_known_to(run->rules);
    struct strbuf buyer = {.ptr = NULL};
    if (run->declared)
        add_profiles(&buyer, run);
    else
        strbuf_add_text(&buyer, tr("not declared (-p), so every profile was "
                                   "screened"));
    strbuf_printf(out, tr("Buyer: %s; %s as of %s; method %s; rules %s"),
                  phrase_text(&buyer),
                  tr(rules_activity_name((enum rules_activity)run->activity)),
                  shown_day(run->as_of).text, MAKER_METHOD,
                  ruleset_version(run->rules));
    phrase_end(out, &buyer);
    if (known_to != DATE_NONE)
        strbuf_printf(out, tr(", known to %s"), shown_day(known_to).text);
}

/* Days are written YYYY-MM-DD, so the latest is the greatest text. */
const char *report_last_read(const struct run_info *run,
                             const struct run_totals *totals) {
    const struct ruleset *rules = run->rules;
    const char *latest = "";
    for (size_t i = 0; i < totals->measure_count; i++) {
        struct rules_run sources =
            rules_measure(rules, totals->measures[i])->sources;
        for (uint32_t k = 0; k < sources.count; k++) {
            const char *seen =
                rules_text(rules, rules_source(rules, sources.first + k)->seen);
            if (strcmp(seen, latest) > 0)
                latest = seen;
        }
    }
    return latest;
}

static void add_unchanged(struct strbuf *out, const struct run_totals *totals) {
    size_t told = 0;
    for (size_t i = 0; i < totals->bom_count; i++) {
        const struct bom_totals *bom = &totals->boms[i];
        if (!bom->as_baseline || bom->fresh == 0)
            continue;
        if (told < BOMS_NAMED) {
            strbuf_add_text(out, told == 0 ? "" : tr(", "));
            strbuf_add_text(out, bom->info.path);
        }
        told++;
    }
    if (told > BOMS_NAMED)
        strbuf_printf(out, tr("; and %zu more"), told - BOMS_NAMED);
}

void report_rule_change(struct strbuf *out, const struct run_info *run,
                        const struct run_totals *totals) {
    const struct report_baseline *before = run->baseline;
    struct strbuf names = {.ptr = NULL};
    if (before == NULL || before->as_of == DATE_NONE)
        return;
    add_unchanged(&names, totals);
    if (names.len != 0 &&
        strcmp(before->rules_sha256, ruleset_sha256(run->rules)) != 0)
        strbuf_printf(out,
                      tr("The rules changed, not the design: %s is byte for "
                         "byte as in the baseline, which was judged by the "
                         "rules %s as of %s. What is new there comes from the "
                         "rules %s, or from the day."),
                      names.ptr, before->rules_version,
                      shown_day(before->as_of).text,
                      ruleset_version(run->rules));
    else if (names.len != 0)
        strbuf_printf(out,
                      tr("The day changed, not the design: %s is byte for byte "
                         "as in the baseline, which was judged by the same "
                         "rules as of %s."),
                      names.ptr, shown_day(before->as_of).text);
    phrase_end(out, &names);
}

void report_recorded(struct strbuf *out, const struct run_totals *totals) {
    if (totals->history == NULL)
        return;
    strbuf_printf(out,
                  tr("Recorded in the history as run %lld; its chain ends in "
                     "%s"),
                  (long long)totals->history->run, totals->history->head);
}

void report_disclaimer(struct strbuf *out, const struct run_info *run,
                       const struct run_totals *totals) {
    const char *read = report_last_read(run, totals);
    const char *version = ruleset_version(run->rules);
    if (read[0] != '\0')
        strbuf_printf(out,
                      tr("The names and part numbers in the files listed were "
                         "compared with the rule set %s, whose sources were "
                         "last read on %s. "),
                      version, read);
    else
        strbuf_printf(out,
                      tr("The names and part numbers in the files listed were "
                         "compared with the rule set %s. "),
                      version);
    strbuf_add_text(
        out, tr("Foundry, contents and origin are not seen. Whether a rule "
                "binds you is your declaration. This is not legal advice, and "
                "not a certificate: “no listed maker found” means just "
                "that."));
}

void report_read_as(struct strbuf *out, const struct bom_info *info) {
    bool read = info->format != NULL && info->format[0] != '\0';
    strbuf_add_text(out, read ? info->format : tr("not read"));
    if (info->encoding != NULL)
        strbuf_printf(out, tr(", %s"), info->encoding);
}

const char *report_severity(enum bom_severity severity) {
    return severity == BOM_LOST ? tr("LOST: not checked")
                                : tr("kept as it stands");
}
