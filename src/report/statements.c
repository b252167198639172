#include "report/statements.h"

#include <string.h>

#include "core/date.h"
#include "report/phrases.h"

#define BOMS_NAMED 5

void report_buyer(struct strbuf *out, const struct run_info *run,
                  uint32_t profile) {
    const struct rules_profile *found = rules_profile(run->rules, profile);
    const char *more = rules_text(run->rules, found->description);
    strbuf_printf(out, "%s (%s)", phrase_profile(run->rules, profile),
                  rules_text(run->rules, found->id));
    if (more[0] != '\0')
        strbuf_printf(out, ": %s", more);
}

void report_undeclared(struct strbuf *out, const struct run_info *run) {
    strbuf_add_text(out, "Not declared: every one of ");
    phrase_count(out, run->profile_count, "profile");
    strbuf_add_text(out, " was screened. Which of them you are decides what "
                         "binds you.");
}

void report_boms(struct strbuf *out, const struct run_totals *totals) {
    size_t count = totals->bom_count;
    for (size_t i = 0; i < count && i < BOMS_NAMED; i++)
        strbuf_printf(out, "%s%s", i == 0 ? "" : "; ",
                      totals->boms[i].info.path);
    if (count > BOMS_NAMED)
        strbuf_printf(out, "; and %zu more", count - BOMS_NAMED);
    strbuf_add_text(out, " – ");
    phrase_count(out, totals->lines, "line");
}

void report_declared(struct strbuf *out, const struct run_info *run) {
    char day[DATE_TEXT_SIZE], known[DATE_TEXT_SIZE];
    int32_t known_to = ruleset_known_to(run->rules);
    date_format(run->as_of, day);
    strbuf_add_text(out, "Buyer: ");
    if (run->declared)
        report_profiles(out, run);
    else
        strbuf_add_text(out, "not declared (-p), so every profile was "
                             "screened");
    strbuf_printf(out, "; %s as of %s; method %s; rules %s",
                  rules_activity_name((enum rules_activity)run->activity), day,
                  MAKER_METHOD, ruleset_version(run->rules));
    if (known_to != DATE_NONE) {
        date_format(known_to, known);
        strbuf_printf(out, ", known to %s", known);
    }
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

void report_disclaimer(struct strbuf *out, const struct run_info *run,
                       const struct run_totals *totals) {
    const char *read = report_last_read(run, totals);
    strbuf_printf(out,
                  "The names and part numbers in the files listed were "
                  "compared with the rule set %s",
                  ruleset_version(run->rules));
    if (read[0] != '\0')
        strbuf_printf(out, ", whose sources were last read on %s", read);
    strbuf_add_text(
        out, ". Foundry, contents and origin are not seen. Whether a rule "
             "binds you is your declaration. This is not legal advice, and "
             "not a certificate: “no listed maker found” means just that.");
}

void report_read_as(struct strbuf *out, const struct bom_info *info) {
    bool read = info->format != NULL && info->format[0] != '\0';
    strbuf_add_text(out, read ? info->format : "not read");
    if (info->encoding != NULL)
        strbuf_printf(out, ", %s", info->encoding);
}

const char *report_severity(enum bom_severity severity) {
    return severity == BOM_LOST ? "LOST: not checked" : "kept as it stands";
}
