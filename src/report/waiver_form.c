#include "report/waiver_form.h"

#include <string.h>

#include "core/lang.h"
#include "report/phrases.h"
#include "report/told.h"
#include "ruleset/yaml_tree.h"

void waiver_place(struct strbuf *out, const char *place) {
    if (strchr(place, '/') == NULL)
        strbuf_add_text(out, WAIVER_HERE);
    strbuf_add_text(out, place);
}

void report_waiver_form(struct strbuf *out, const struct run_info *run,
                        const struct bom_info *bom,
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
    if (!str_eq(str_from(bom->place), STR_LIT("-"))) {
        strbuf_add_text(&of, "\n  product: ");
        struct strbuf place = {.ptr = NULL};
        waiver_place(&place, bom->place);
        yaml_write_text(&of, strbuf_str(&place));
        of.failed = of.failed || place.failed;
        strbuf_dispose(&place);
    }
    out->failed = out->failed || of.failed;
    if (!of.failed)
        told_waiver_form(
            out,
            asked ? rules_text(rules, rules_measure(rules, hit->measure)->id)
                  : WAIVER_UNKNOWN_MAKER,
            of.ptr);
    strbuf_dispose(&of);
}

static void add_part(struct strbuf *out, const char *text) {
    if (text != NULL)
        strbuf_printf(out, tr(", %s"), text);
}

void report_waiver_told(struct strbuf *out, const struct waiver *waiver) {
    struct strbuf of = {.ptr = NULL};
    strbuf_add_text(&of, waiver->measure);
    add_part(&of, waiver->clause);
    add_part(&of, waiver->party);
    add_part(&of, waiver->mpn);
    if (waiver->product != NULL)
        strbuf_printf(&of, tr(" in %s"), waiver->product);
    strbuf_printf(out, tr("%s: %s for %s; until %s"),
                  tr(waiver_state_name(waiver->state)), tr(waiver->kind),
                  phrase_text(&of), shown_day(waiver->expires).text);
    phrase_end(out, &of);
    if (waiver->approved_by != NULL)
        strbuf_printf(out, tr(", approved by %s"), waiver->approved_by);
    if (waiver->reason != NULL)
        strbuf_printf(out, tr(": %s"), waiver->reason);
    if (waiver->ticket != NULL)
        strbuf_printf(out, tr(" (%s)"), waiver->ticket);
    strbuf_printf(out, tr("; %s, line %u"), waiver->path,
                  (unsigned)waiver->line);
}
