#include "report/report.h"

#include "report/phrases.h"

static const char *reason_action(enum screen_reason reason) {
    static const char *const texts[REASON_COUNT] = {
        [REASON_MAKER] = "Confirm the maker with the supplier.",
        [REASON_CONTRADICTION] = "Find out which of the two is right, the "
                                 "maker's name or the part number.",
        [REASON_SHARED_NAME] = "Find out which company of this name made it.",
        [REASON_OPEN_CATEGORY] = "State what kind of part it is.",
        [REASON_OPEN_ORIGIN] = "Ask the supplier for the country of origin.",
        [REASON_OPEN_DATE] = "Ask for the exact day before it is bought.",
        [REASON_INSIDE] = "Ask the maker which chips are inside.",
        [REASON_AFFILIATE] = "Ask who owns the maker, and how much of it.",
        [REASON_UNCONFIRMED] = "Confirm the fact at its source.",
        [REASON_CHECK] = "Check it as the rule asks.",
        [REASON_NONE] = "Look at it.",
    };
    const char *text = reason < REASON_COUNT ? texts[reason] : NULL;
    return text != NULL ? text : "Nothing; it is listed for information.";
}

static void add_review(struct strbuf *out, const struct run_info *run,
                       const struct screen_hit *hit) {
    if (hit->reason == REASON_OPEN_PROFILE && hit->declare != RULES_NONE)
        strbuf_printf(out, "If %s that buyer, declare the profile %s.",
                      hit->customer == RULES_NONE ? "you are"
                                                  : "your customer is",
                      rules_text(run->rules,
                                 rules_profile(run->rules, hit->declare)->id));
    else
        strbuf_add_text(out, reason_action(hit->reason));
}

static const char *plain_action(enum verdict verdict) {
    switch (verdict) {
    case VERDICT_PROHIBITED:
        return "Do not use this part; choose another maker's.";
    case VERDICT_UPCOMING:
        return "Replace it before that day.";
    case VERDICT_RESTRICTED:
        return "Fulfil the rule's conditions first.";
    default:
        return "";
    }
}

/* What the clause tells the customer is of use to the supplier once it is said
   whom it is told. */
static const char *supplier_action(const struct screen_hit *hit) {
    enum verdict verdict =
        hit->becomes != VERDICT_COUNT ? hit->becomes : hit->verdict;
    if (verdict != VERDICT_PROHIBITED)
        return "Ask your customer before you deliver it; it is told: ";
    return hit->verdict == VERDICT_UPCOMING
               ? "Plan another maker's part: your customer may not buy this "
                 "from then on, and is told: "
               : "Offer another maker's part: your customer may not buy this, "
                 "and is told: ";
}

static const char *advice_of(const struct ruleset *rules,
                             const struct screen_hit *hit) {
    return hit->clause == RULES_NONE
               ? ""
               : rules_text(rules, rules_clause(rules, hit->clause)->advice);
}

static void add_advice(struct strbuf *out, const struct ruleset *rules,
                       const struct screen_hit *hit) {
    const char *advice = advice_of(rules, hit);
    bool open = hit->verdict == VERDICT_REVIEW && hit->reason != REASON_CHECK;
    if (advice[0] == '\0')
        strbuf_add_text(out, plain_action(hit->verdict));
    else
        strbuf_printf(out, "%s%s%s", open ? " If the rule applies: " : "",
                      hit->customer != RULES_NONE ? supplier_action(hit) : "",
                      advice);
}

void report_action(struct strbuf *out, const struct run_info *run,
                   const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    if (hit == NULL || hit->measure == RULES_NONE) {
        strbuf_add_text(out, finding->maker->candidate_count == 0
                                 ? "Name the maker in the BOM, or in the "
                                   "parts file."
                                 : "Confirm the maker with the supplier.");
        return;
    }
    bool told =
        hit->reason == REASON_CHECK && advice_of(run->rules, hit)[0] != '\0';
    if (hit->verdict >= VERDICT_REVIEW && !told)
        add_review(out, run, hit);
    if (hit->verdict != VERDICT_OUT_OF_SCOPE)
        add_advice(out, run->rules, hit);
}

static void add_piece(struct strbuf *out, const char *text) {
    if (text == NULL || text[0] == '\0')
        return;
    if (out->len != 0)
        strbuf_add_text(out, ", ");
    strbuf_add_text(out, text);
}

/* 4096 Mbit are 4 Gbit; 512 Mbit stay. */
static void add_density(struct strbuf *out, uint32_t mbit) {
    if (mbit == 0)
        return;
    if (out->len != 0)
        strbuf_add_text(out, ", ");
    if (mbit % 1024 == 0)
        strbuf_printf(out, "%u Gbit", (unsigned)(mbit / 1024));
    else
        strbuf_printf(out, "%u Mbit", (unsigned)mbit);
}

static void add_volts(struct strbuf *out, uint32_t millivolts) {
    if (millivolts == 0)
        return;
    if (out->len != 0)
        strbuf_add_text(out, ", ");
    unsigned rest = (unsigned)(millivolts % 1000);
    strbuf_printf(out, "%u.", (unsigned)(millivolts / 1000));
    if (rest % 100 == 0)
        strbuf_printf(out, "%u V", rest / 100);
    else if (rest % 10 == 0)
        strbuf_printf(out, "%02u V", rest / 10);
    else
        strbuf_printf(out, "%03u V", rest);
}

void report_part_facts(struct strbuf *out, const struct ruleset *rules,
                       const struct part_facts *facts) {
    struct strbuf line = {.ptr = NULL};
    if (facts->category != RULES_NONE)
        add_piece(
            &line,
            rules_text(rules, rules_category(rules, facts->category)->name));
    add_density(&line, facts->density_mbit);
    if (facts->width != 0)
        strbuf_printf(&line, "%sx%u", line.len != 0 ? ", " : "",
                      (unsigned)facts->width);
    if (facts->speed_mts != 0)
        strbuf_printf(&line, "%s%u MT/s", line.len != 0 ? ", " : "",
                      (unsigned)facts->speed_mts);
    add_volts(&line, facts->voltage_mv);
    add_piece(&line, facts->package);
    add_piece(&line, facts->temperature);
    add_piece(&line, facts->interface);
    out->failed = out->failed || line.failed;
    strbuf_add(out, strbuf_str(&line));
    strbuf_dispose(&line);
}
