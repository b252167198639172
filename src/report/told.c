#include "report/told.h"

#include "core/lang.h"
#include "core/utf8.h"
#include "report/instead.h"
#include "report/phrases.h"
#include "report/waiver_form.h"

/* A name longer than this is a sentence that stands in the wrong column. */
#define NAME_COLUMNS 60
/* What goes on further nobody reads in a log. */
#define REASON_COLUMNS 4000
/* Part numbers that are told; the other reports have more. */
#define PARTS_TOLD 3

static void add_name(struct strbuf *out, struct str name) {
    name = str_trim(name);
    if (name.len == 0)
        return;
    if (out->len != 0)
        strbuf_add_char(out, ' ');
    utf8_add_visible(out, name, NAME_COLUMNS);
}

void told_subject(struct strbuf *out, const struct report_line *line,
                  const struct bom_part *part) {
    phrase_place(out, line);
    strbuf_add_text(out, tr(":"));
    size_t bare = out->len;
    add_name(out, part->manufacturer);
    add_name(out, part->mpn);
    if (out->len == bare)
        add_name(out, line->line->value);
    if (out->len == bare)
        add_name(out, line->line->description);
    if (out->len == bare)
        strbuf_add_text(out, tr(" no maker and no part number"));
}

static bool asks_a_measure(const struct finding *finding) {
    return finding->hit != NULL && finding->hit->measure != RULES_NONE;
}

const char *told_rule_id(const struct ruleset *rules,
                         const struct finding *finding) {
    return asks_a_measure(finding)
               ? rules_text(rules,
                            rules_measure(rules, finding->hit->measure)->id)
               : TOLD_UNKNOWN_MAKER;
}

void told_rule(struct strbuf *out, const struct ruleset *rules,
               const struct finding *finding) {
    if (asks_a_measure(finding))
        phrase_clause(out, rules, finding->hit);
    else
        strbuf_add_text(out, tr("maker not known"));
}

void told_decision(struct strbuf *out, const struct finding *finding) {
    if (finding->waiver == NULL && !finding->known)
        return;
    struct strbuf decision = {.ptr = NULL};
    phrase_decision(&decision, finding);
    strbuf_printf(out, tr(" (%s)"), phrase_text(&decision));
    phrase_end(out, &decision);
}

static void add_action(struct strbuf *out, const struct run_info *run,
                       const struct finding *finding) {
    struct strbuf action = {.ptr = NULL};
    report_action(&action, run, finding);
    if (action.len != 0)
        strbuf_printf(out, tr_in("sentence", " %s"), phrase_text(&action));
    phrase_end(out, &action);
}

static void add_reason(struct strbuf *out, const struct run_info *run,
                       const struct finding *finding) {
    report_why(out, run, finding);
    add_action(out, run, finding);
    if (finding->alternatives != NULL) {
        strbuf_add_text(out, tr(" Instead: "));
        report_instead(out, run, finding->alternatives, PARTS_TOLD, tr("; "));
        strbuf_add_text(out, tr("."));
    }
    told_decision(out, finding);
}

/* What a cell holds is part of it: it may be long, and hostile. */
void told_reason(struct strbuf *out, const struct run_info *run,
                 const struct finding *finding) {
    struct strbuf text = {.ptr = NULL};
    add_reason(&text, run, finding);
    utf8_add_visible(out, strbuf_str(&text), REASON_COLUMNS);
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

void told_waiver_form(struct strbuf *out, const char *measure, const char *of) {
    strbuf_printf(out, "- measure: %s\n  %s\n", measure, of);
    strbuf_add_text(out, "  kind: " WAIVER_BLANK_KIND
                         "  # exception, licence, installed-stock, "
                         "false-match or risk-accepted\n"
                         "  reason: " WAIVER_BLANK_REASON "\n"
                         "  expires: " WAIVER_BLANK_EXPIRES "\n"
                         "  approved-by: " WAIVER_BLANK_APPROVED_BY "\n");
}
