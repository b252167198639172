#include "report/waiver_form.h"

#include <inttypes.h>

#include "core/date.h"
#include "report/told.h"
#include "ruleset/yaml_tree.h"

void report_waiver_form(struct strbuf *out, const struct run_info *run,
                        const struct finding *finding) {
    const struct ruleset *rules = run->rules;
    const struct screen_hit *hit = finding->hit;
    struct str mpn = str_trim(finding->part->mpn);
    struct strbuf of = {.ptr = NULL};
    bool asked = hit != NULL && hit->measure != RULES_NONE;
    if (!asked && mpn.len == 0)
        return;
    if (asked && hit->clause != RULES_NONE)
        strbuf_printf(&of, "clause: %s\n  ",
                      rules_text(rules, rules_clause(rules, hit->clause)->id));
    strbuf_add_text(&of, mpn.len != 0 ? "mpn: " : "party: ");
    if (mpn.len != 0)
        yaml_write_quoted(&of, mpn);
    else
        strbuf_add_text(&of,
                        rules_text(rules, rules_party(rules, hit->party)->id));
    out->failed = out->failed || of.failed;
    if (!of.failed)
        told_waiver_form(
            out,
            asked ? rules_text(rules, rules_measure(rules, hit->measure)->id)
                  : WAIVER_UNKNOWN_MAKER,
            of.ptr);
    strbuf_dispose(&of);
}

static void add_part(struct strbuf *out, const char *before, const char *text) {
    if (text != NULL)
        strbuf_printf(out, "%s%s", before, text);
}

void report_waiver_told(struct strbuf *out, const struct waiver *waiver) {
    char day[DATE_TEXT_SIZE];
    date_format(waiver->expires, day);
    strbuf_printf(out, "%s: %s for %s", waiver_state_name(waiver->state),
                  waiver->kind, waiver->measure);
    add_part(out, ", ", waiver->clause);
    add_part(out, ", ", waiver->party);
    add_part(out, ", ", waiver->mpn);
    add_part(out, " in ", waiver->product);
    strbuf_printf(out, "; until %s", day);
    add_part(out, ", approved by ", waiver->approved_by);
    add_part(out, ": ", waiver->reason);
    add_part(out, " (", waiver->ticket);
    strbuf_printf(out, "%s; %s, line %" PRIu32,
                  waiver->ticket != NULL ? ")" : "", waiver->path,
                  waiver->line);
}
