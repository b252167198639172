#include "report/report.h"

#include "core/lang.h"
#include "report/activity_words.h"
#include "report/phrases.h"

/* Beyond so many buyers a sentence for each is no headline. */
#define BUYERS_TOLD 4

/* What one sentence is about. */
struct told {
    const struct run_info *run;
    uint32_t lines;
    const struct line_counts *counts;
    bool customer; /* not the buyer is bound but whom it supplies */
};

static size_t flagged_count(const struct line_counts *counts) {
    size_t count = 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++)
        count += counts->verdicts[v];
    return count;
}

static void add_nothing_flagged(struct strbuf *out, const struct told *told) {
    uint32_t unknown = told->counts->verdicts[VERDICT_UNKNOWN];
    uint32_t listed = told->counts->verdicts[VERDICT_OUT_OF_SCOPE];
    struct strbuf lines = {.ptr = NULL};
    phrase_lines(&lines, told->lines - unknown - told->counts->waived);
    if (listed == 0)
        strbuf_printf(out,
                      unknown == 0
                          ? tr("no listed maker was found on %s")
                          : tr("no listed maker was found on %s whose maker is "
                               "known"),
                      phrase_text(&lines));
    else
        strbuf_printf(out,
                      unknown == 0
                          ? tr("no rule binds here on %s, %s of them with a "
                               "maker that is listed for other cases")
                          : tr("no rule binds here on %s whose maker is known, "
                               "%s of them with a maker that is listed for "
                               "other cases"),
                      phrase_text(&lines), shown_number(listed).text);
    phrase_end(out, &lines);
}

/* "2 of 47 lines"; in what follows, "1". */
static void add_how_many(struct strbuf *out, uint32_t all, uint32_t count,
                         bool first) {
    struct strbuf lines = {.ptr = NULL};
    phrase_lines(&lines, all);
    if (first)
        strbuf_printf(out, tr_in("lines", "%s of %s"), shown_number(count).text,
                      phrase_text(&lines));
    else
        strbuf_printf(out, tr_in("lines", "%s"), shown_number(count).text);
    phrase_end(out, &lines);
}

static void add_kind(struct strbuf *out, const struct told *told,
                     enum verdict verdict, const char *lines) {
    uint32_t count = told->counts->verdicts[verdict];
    if (verdict == VERDICT_PROHIBITED)
        strbuf_printf(out,
                      told->customer ? tr("%s may not be %s by your customer")
                                     : tr("%s may not be %s"),
                      lines,
                      activity_done(told->run->activity, told->customer));
    else if (verdict == VERDICT_UPCOMING)
        strbuf_printf(out, tr("%s will fall under an announced rule"), lines);
    else if (verdict == VERDICT_RESTRICTED)
        strbuf_printf(out,
                      tr_count("%s is allowed only under conditions",
                               "%s are allowed only under conditions", count),
                      lines);
    else
        strbuf_printf(out,
                      tr_count("%s needs a person's look",
                               "%s need a person's look", count),
                      lines);
}

/* "2 of 47 lines may not be bought, 1 needs …". */
static void add_flagged(struct strbuf *out, const struct told *told) {
    const uint32_t *verdicts = told->counts->verdicts;
    size_t kinds = 0, said = 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++)
        kinds += verdicts[v] != 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++) {
        struct strbuf lines = {.ptr = NULL};
        if (verdicts[v] == 0)
            continue;
        if (said != 0)
            strbuf_add_text(out, said + 1 == kinds ? tr_in("sentence", " and ")
                                                   : tr(", "));
        add_how_many(&lines, told->lines, verdicts[v], said++ == 0);
        add_kind(out, told, v, phrase_text(&lines));
        phrase_end(out, &lines);
    }
}

static void add_open(struct strbuf *out, const struct line_counts *counts) {
    uint32_t unknown = counts->verdicts[VERDICT_UNKNOWN];
    struct strbuf inside = {.ptr = NULL}, nameless = {.ptr = NULL};
    phrase_lines(&inside, counts->undeclared);
    phrase_lines(&nameless, unknown);
    if (counts->undeclared != 0)
        strbuf_printf(out, tr("; what is inside is not declared for %s"),
                      phrase_text(&inside));
    if (unknown != 0)
        strbuf_printf(out, tr("; no maker could be found for %s"),
                      phrase_text(&nameless));
    phrase_end(out, &inside);
    phrase_end(out, &nameless);
    if (counts->waived != 0)
        strbuf_printf(out,
                      tr_count("; %s line is waived", "; %s lines are waived",
                               counts->waived),
                      shown_number(counts->waived).text);
}

static void add_found(struct strbuf *out, const struct told *told) {
    const struct line_counts *counts = told->counts;
    if (flagged_count(counts) != 0)
        add_flagged(out, told);
    else if (counts->verdicts[VERDICT_UNKNOWN] + counts->waived < told->lines)
        add_nothing_flagged(out, told);
    else if (counts->waived != 0)
        strbuf_add_text(out, tr("nothing is left to act on"));
    else
        strbuf_add_text(out, tr("nothing could be compared"));
    add_open(out, counts);
    strbuf_add_text(out, tr("."));
}

static bool only_supplies(const struct run_info *run, uint32_t profile) {
    return rules_profile(run->rules, profile)->supplies.count != 0;
}

/* Sentence after sentence. */
struct sentences {
    struct strbuf *out;
    const char *between; /* or NULL, as in running text */
    bool any;
};

static void add_sentence(struct sentences *to, struct strbuf *sentence) {
    const char *text = phrase_text(sentence);
    if (!to->any)
        strbuf_add_text(to->out, text);
    else if (to->between != NULL)
        strbuf_printf(to->out, "%s%s", to->between, text);
    else
        strbuf_printf(to->out, tr_in("sentence", " %s"), text);
    to->any = true;
    phrase_end(to->out, sentence);
}

static void add_text(struct sentences *to, const char *text) {
    struct strbuf sentence = {.ptr = NULL};
    strbuf_add_text(&sentence, text);
    add_sentence(to, &sentence);
}

static void add_buyer(struct sentences *to, const struct run_info *run,
                      const struct run_totals *totals, size_t index) {
    uint32_t profile = run->profiles[index];
    struct told told = {run, totals->lines, &totals->by_profile[index],
                        only_supplies(run, profile)};
    struct strbuf sentence = {.ptr = NULL}, name = {.ptr = NULL};
    strbuf_printf(&name, tr("“%s”"), phrase_profile(run->rules, profile));
    strbuf_printf(&sentence, tr("For %s: "), phrase_text(&name));
    phrase_end(&sentence, &name);
    add_found(&sentence, &told);
    add_sentence(to, &sentence);
}

static void add_other_buyers(struct sentences *to, size_t flagged,
                             size_t others) {
    struct strbuf sentence = {.ptr = NULL}, rest = {.ptr = NULL};
    if (flagged != 0) {
        strbuf_printf(&sentence,
                      tr_count("%s buyer more has lines to act on.",
                               "%s buyers more have lines to act on.", flagged),
                      shown_number(flagged).text);
        add_sentence(to, &sentence);
    }
    if (others != 0) {
        strbuf_printf(&rest,
                      tr_count("For %s other buyer nothing was flagged.",
                               "For %s other buyers nothing was flagged.",
                               others),
                      shown_number(others).text);
        add_sentence(to, &rest);
    }
}

/* One buyer's lines are never another's. */
static void add_buyers(struct sentences *to, const struct run_info *run,
                       const struct run_totals *totals) {
    bool many = run->profile_count > BUYERS_TOLD;
    size_t said = 0, flagged = 0, others = 0;
    for (size_t i = 0; i < run->profile_count; i++) {
        if (many && flagged_count(&totals->by_profile[i]) == 0)
            others++;
        else if (many && said == BUYERS_TOLD)
            flagged++;
        else {
            add_buyer(to, run, totals, i);
            said++;
        }
    }
    add_other_buyers(to, flagged, others);
}

static void add_undeclared(struct sentences *to, const struct run_info *run,
                           const struct run_totals *totals) {
    struct strbuf sentence = {.ptr = NULL};
    struct told told = {run, totals->lines, &totals->all,
                        run->profile_count != 0};
    for (size_t i = 0; i < run->profile_count; i++)
        told.customer = told.customer && only_supplies(run, run->profiles[i]);
    strbuf_printf(&sentence,
                  tr_count("For at least one of %s kind of buyer (none "
                           "was declared): ",
                           "For at least one of %s kinds of buyer (none "
                           "was declared): ",
                           run->profile_count),
                  shown_number(run->profile_count).text);
    add_found(&sentence, &told);
    add_sentence(to, &sentence);
}

/* @return false when none was lost. */
static bool add_lost(struct sentences *to, const struct run_totals *totals) {
    struct strbuf sentence = {.ptr = NULL};
    uint32_t lost = 0;
    for (size_t i = 0; i < totals->bom_count; i++)
        lost += totals->boms[i].lost;
    if (lost == 0)
        return false;
    strbuf_printf(&sentence,
                  tr_count("%s row could not be read.",
                           "%s rows could not be read.", lost),
                  shown_number(lost).text);
    add_sentence(to, &sentence);
    return true;
}

void report_headline(struct strbuf *out, const struct run_info *run,
                     const struct run_totals *totals, const char *between) {
    struct sentences to = {.out = out, .between = between};
    if (totals->lines == 0)
        add_text(&to, tr("No part lines were read, so nothing was checked."));
    else if (run->declared)
        add_buyers(&to, run, totals);
    else
        add_undeclared(&to, run, totals);
    bool told = add_lost(&to, totals) || totals->lines == 0;
    if (!totals->complete && !told)
        add_text(&to, tr("Not everything could be read."));
    if (totals->lines == 0)
        return;
    if (totals->outdated)
        add_text(&to, tr("The rules are too old for an answer."));
    else if (!totals->conclusive)
        add_text(&to, tr("Too few makers are known for an answer."));
}

const char *report_alarm(const struct run_totals *totals) {
    if (!totals->complete)
        return tr("INCOMPLETE: not everything could be checked");
    return totals->outdated
               ? tr("INCONCLUSIVE: the rules are too old for an answer")
               : tr("INCONCLUSIVE: too little could be compared for an answer");
}

const char *report_title(const struct run_info *run) {
    return run->title != NULL ? run->title : tr("BOM compliance report");
}
