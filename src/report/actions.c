#include "report/report.h"

#include "core/lang.h"
#include "report/phrases.h"

static const char *reason_action(enum screen_reason reason) {
    static const char *const texts[REASON_COUNT] = {
        [REASON_MAKER] = N_("Confirm the maker with the supplier."),
        [REASON_CONTRADICTION] = N_("Find out which of the two is right, the "
                                    "maker's name or the part number."),
        [REASON_SHARED_NAME] =
            N_("Find out which company of this name made it."),
        [REASON_OPEN_CATEGORY] = N_("State what kind of part it is."),
        [REASON_OPEN_ORIGIN] =
            N_("Ask the supplier for the country of origin."),
        [REASON_OPEN_DATE] = N_("Ask for the exact day before it is bought."),
        [REASON_INSIDE] = N_("Ask the maker which chips are inside."),
        [REASON_AFFILIATE] = N_("Ask who owns the maker, and how much of it."),
        [REASON_CONTENTS] = N_("Ask the supplier to declare what is inside."),
        [REASON_UNCONFIRMED] = N_("Confirm the fact at its source."),
        [REASON_CONDITIONAL] = N_("Check that its condition is met."),
        [REASON_CHECK] = N_("Check it as the rule asks."),
        [REASON_NONE] = N_("Look at it."),
    };
    const char *text = reason < REASON_COUNT ? texts[reason] : NULL;
    return text != NULL ? tr(text)
                        : tr("Nothing; it is listed for information.");
}

static void add_review(struct strbuf *out, const struct run_info *run,
                       const struct screen_hit *hit) {
    if (hit->reason != REASON_OPEN_PROFILE || hit->declare == RULES_NONE) {
        strbuf_add_text(out, reason_action(hit->reason));
        return;
    }
    strbuf_printf(
        out,
        hit->customer == RULES_NONE
            ? tr("If you are that buyer, declare the profile %s.")
            : tr("If your customer is that buyer, declare the profile %s."),
        rules_text(run->rules, rules_profile(run->rules, hit->declare)->id));
}

static const char *plain_action(enum verdict verdict) {
    switch (verdict) {
    case VERDICT_PROHIBITED:
        return tr("Do not use this part; choose another maker's.");
    case VERDICT_UPCOMING:
        return tr("Replace it before that day.");
    case VERDICT_RESTRICTED:
        return tr("Fulfil the rule's conditions first.");
    default:
        return "";
    }
}

/* What the clause tells the customer is of use to the supplier once it is said
   whom it is told. */
static void add_supplier_action(struct strbuf *out,
                                const struct screen_hit *hit,
                                const char *advice) {
    enum verdict verdict =
        hit->becomes != VERDICT_COUNT ? hit->becomes : hit->verdict;
    if (verdict != VERDICT_PROHIBITED)
        strbuf_printf(
            out, tr("Ask your customer before you deliver it; it is told: %s"),
            advice);
    else if (hit->verdict == VERDICT_UPCOMING)
        strbuf_printf(out,
                      tr("Plan another maker's part: your customer may not buy "
                         "this from then on, and is told: %s"),
                      advice);
    else
        strbuf_printf(out,
                      tr("Offer another maker's part: your customer may not "
                         "buy this, and is told: %s"),
                      advice);
}

static const char *advice_of(const struct ruleset *rules,
                             const struct screen_hit *hit) {
    return hit->clause == RULES_NONE
               ? ""
               : tr(rules_text(rules,
                               rules_clause(rules, hit->clause)->advice));
}

static void add_advice(struct strbuf *out, const struct ruleset *rules,
                       const struct screen_hit *hit) {
    const char *advice = advice_of(rules, hit);
    bool open = hit->verdict == VERDICT_REVIEW && hit->reason != REASON_CHECK;
    if (advice[0] == '\0') {
        strbuf_add_text(out, plain_action(hit->verdict));
        return;
    }
    if (open)
        strbuf_add_text(out, tr(" If the rule applies: "));
    if (hit->customer != RULES_NONE)
        add_supplier_action(out, hit, advice);
    else
        strbuf_add_text(out, advice);
}

void report_action(struct strbuf *out, const struct run_info *run,
                   const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    if (hit == NULL || hit->measure == RULES_NONE) {
        strbuf_add_text(out, finding->maker->candidate_count == 0
                                 ? tr("Name the maker in the BOM, or in the "
                                      "parts file.")
                                 : tr("Confirm the maker with the supplier."));
        return;
    }
    bool told =
        hit->reason == REASON_CHECK && advice_of(run->rules, hit)[0] != '\0';
    if (hit->verdict >= VERDICT_REVIEW && !told)
        add_review(out, run, hit);
    if (hit->verdict != VERDICT_OUT_OF_SCOPE)
        add_advice(out, run->rules, hit);
}

static void add_comma(struct strbuf *out) { phrase_comma(out, out->len); }

static void add_piece(struct strbuf *out, const char *text) {
    if (text == NULL || text[0] == '\0')
        return;
    add_comma(out);
    strbuf_add_text(out, tr(text));
}

/* 4096 Mbit are 4 Gbit; 512 Mbit stay. */
static void add_density(struct strbuf *out, uint32_t mbit) {
    if (mbit == 0)
        return;
    add_comma(out);
    if (mbit % 1024 == 0)
        strbuf_printf(out, "%u Gbit", (unsigned)(mbit / 1024));
    else
        strbuf_printf(out, "%u Mbit", (unsigned)mbit);
}

static void add_volts(struct strbuf *out, uint32_t millivolts) {
    if (millivolts == 0)
        return;
    add_comma(out);
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
    if (facts->width != 0) {
        add_comma(&line);
        strbuf_printf(&line, "x%u", (unsigned)facts->width);
    }
    if (facts->speed_mts != 0) {
        add_comma(&line);
        strbuf_printf(&line, "%u MT/s", (unsigned)facts->speed_mts);
    }
    add_volts(&line, facts->voltage_mv);
    add_piece(&line, facts->package);
    add_piece(&line, facts->temperature);
    add_piece(&line, facts->interface);
    out->failed = out->failed || line.failed;
    strbuf_add(out, strbuf_str(&line));
    strbuf_dispose(&line);
}
