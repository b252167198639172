#include "report/phrases.h"

#include "core/utf8.h"

void phrase_span(struct strbuf *out, struct date_span span) {
    char text[DATE_TEXT_SIZE];
    date_format_span(span, text);
    strbuf_add_text(out, text);
}

void phrase_columns(struct strbuf *out, const struct bom_info *info,
                    const char *between) {
    for (size_t i = 0; i < info->column_count; i++) {
        const struct bom_column *column = &info->columns[i];
        strbuf_printf(out, "%s%s: ", i == 0 ? "" : between,
                      bom_field_name(column->field));
        if (column->header.len != 0)
            strbuf_add(out, column->header);
        else
            strbuf_printf(out, "column %u", column->index + 1);
        if (column->runner_up != BOM_FIELD_COUNT)
            strbuf_printf(out, " (could be %s)",
                          bom_field_name(column->runner_up));
    }
}

void phrase_number(struct strbuf *out, size_t number) {
    if (number >= 1000) {
        phrase_number(out, number / 1000);
        strbuf_printf(out, ",%03zu", number % 1000);
    } else {
        strbuf_printf(out, "%zu", number);
    }
}

void phrase_count(struct strbuf *out, size_t count, const char *word) {
    phrase_number(out, count);
    strbuf_printf(out, " %s%s", word, count == 1 ? "" : "s");
}

void phrase_join(struct strbuf *out, size_t i, size_t count) {
    if (i != 0)
        strbuf_add_text(out, i + 1 == count ? " and " : ", ");
}

const char *phrase_party(const struct ruleset *rules, uint32_t party) {
    return party == RULES_NONE
               ? "the maker"
               : rules_text(rules, rules_party(rules, party)->name);
}

const char *phrase_profile(const struct ruleset *rules, uint32_t profile) {
    const struct rules_profile *found = rules_profile(rules, profile);
    const char *name = rules_text(rules, found->name);
    return name[0] != '\0' ? name : rules_text(rules, found->id);
}

const char *phrase_category(const struct ruleset *rules, uint32_t category) {
    return category == RULES_NONE
               ? ""
               : rules_text(rules, rules_category(rules, category)->id);
}

const char *phrase_url(const struct ruleset *rules, uint32_t measure) {
    struct rules_run sources = rules_measure(rules, measure)->sources;
    return sources.count == 0
               ? ""
               : rules_text(rules, rules_source(rules, sources.first)->url);
}

void phrase_clause(struct strbuf *out, const struct ruleset *rules,
                   const struct screen_hit *hit) {
    strbuf_add_text(out,
                    rules_text(rules, rules_measure(rules, hit->measure)->id));
    if (hit->clause != RULES_NONE)
        strbuf_printf(out, ", %s",
                      rules_text(rules, rules_clause(rules, hit->clause)->id));
}

void phrase_maker(struct strbuf *out, const struct ruleset *rules,
                  const struct maker *maker, uint32_t owner) {
    for (size_t i = 0; i < maker->candidate_count; i++) {
        if (i != 0)
            strbuf_add_text(out, " or ");
        strbuf_add_text(out, phrase_party(rules, maker->candidates[i].party));
        if (i == 0 && owner != RULES_NONE &&
            owner != maker->candidates[0].party)
            strbuf_printf(out, " (owned by %s)", phrase_party(rules, owner));
    }
}

#define PROFILES_TOLD 3

void phrase_supplier(struct strbuf *out, const struct ruleset *rules,
                     uint32_t party, uint32_t owner) {
    const char *country = rules_text(rules, rules_party(rules, party)->country);
    const char *home =
        owner == RULES_NONE || owner == party
            ? ""
            : rules_text(rules, rules_party(rules, owner)->country);
    strbuf_add_text(out, phrase_party(rules, party));
    if (*country == '\0' && *home == '\0')
        return;
    strbuf_printf(out, " (%s", country);
    if (*home != '\0' && !str_eq(str_from(home), str_from(country)))
        strbuf_printf(out, "%sowned by %s, %s", *country == '\0' ? "" : "; ",
                      phrase_party(rules, owner), home);
    strbuf_add_char(out, ')');
}

/* Where the buyers in use do not agree, which of them says what. */
static void add_verdicts(struct strbuf *out, const struct ruleset *rules,
                         const struct alternatives *found,
                         const struct alternative *item) {
    size_t told = 0;
    strbuf_add_text(out, verdict_name(item->verdict));
    for (size_t i = 0; i < found->profile_count; i++) {
        if (item->verdicts[i] == VERDICT_CLEAR)
            continue;
        if (told == PROFILES_TOLD) {
            strbuf_add_text(out, " and others");
            break;
        }
        const struct rules_profile *profile =
            rules_profile(rules, found->profiles[i]);
        strbuf_printf(out, "%s%s", told++ == 0 ? " for " : ", ",
                      rules_text(rules, profile->id));
        if (item->verdicts[i] != item->verdict)
            strbuf_printf(out, " (%s)", verdict_name(item->verdicts[i]));
    }
}

void phrase_alternative(struct strbuf *out, const struct run_info *run,
                        const struct alternatives *found,
                        const struct alternative *item) {
    phrase_supplier(out, run->rules, item->party, item->owner);
    if (item->mpn != NULL)
        strbuf_printf(out, " %s", item->mpn);
    strbuf_printf(out, ": %s%s, ", alternative_fit_name(item->fit),
                  item->pattern ? " (a family of part numbers)" : "");
    add_verdicts(out, run->rules, found, item);
    if (item->closes) {
        strbuf_add_text(out, ", prohibited from ");
        phrase_span(out, item->later.from);
    }
    if (item->lifecycle != NULL)
        strbuf_printf(out, ", %s", item->lifecycle);
    if (item->fit == FIT_DROP_IN)
        strbuf_printf(out, "; same package and parameters by %s", item->source);
    if (item->check != NULL)
        strbuf_printf(out, "; note: %s", item->check);
}

static void add_ids(struct strbuf *out, const struct ruleset *rules,
                    const struct screen_hit *hit) {
    if (hit->measure != RULES_NONE)
        strbuf_printf(
            out, ", %s",
            rules_text(rules, rules_measure(rules, hit->measure)->id));
}

/* What is not about the part or its maker alone. */
static void add_bar(struct strbuf *out, const struct ruleset *rules,
                    const struct alternative_excluded *item) {
    if (item->bar == BAR_COUNTRY)
        strbuf_printf(out, ": no rule forbids it, but this buyer avoids %s",
                      item->country);
    if (item->bar == BAR_OWNER)
        strbuf_printf(out, ": owned by %s",
                      phrase_party(rules, item->hit.party));
    if (item->bar == BAR_CONTENTS)
        strbuf_printf(out, ": may sell or contain what %s makes%s",
                      phrase_party(rules, item->holds),
                      item->has_hit ? "" : ", who is to be replaced");
    if (item->bar != BAR_HOUSE)
        return;
    strbuf_add_text(out, ": belongs with the maker that is to be replaced");
    if (item->owner != RULES_NONE && item->owner != item->party)
        strbuf_printf(out, " (owned by %s)", phrase_party(rules, item->owner));
}

void phrase_excluded(struct strbuf *out, const struct run_info *run,
                     const struct alternative_excluded *item) {
    const struct screen_hit *hit = &item->hit;
    strbuf_add_text(out, phrase_party(run->rules, item->party));
    if (item->mpn != NULL)
        strbuf_printf(out, " %s", item->mpn);
    add_bar(out, run->rules, item);
    if (!item->has_hit)
        return;
    if (hit->verdict == VERDICT_OUT_OF_SCOPE) {
        strbuf_printf(out, ": listed in %s too, though not for this",
                      rules_text(run->rules,
                                 rules_measure(run->rules, hit->measure)->id));
        return;
    }
    bool upcoming =
        hit->verdict == VERDICT_UPCOMING && hit->becomes != VERDICT_COUNT;
    strbuf_printf(out, ": %s",
                  verdict_name(upcoming ? hit->becomes : hit->verdict));
    if (hit->profile != RULES_NONE)
        strbuf_printf(out, " for %s",
                      rules_text(run->rules,
                                 rules_profile(run->rules, hit->profile)->id));
    if (hit->from.first != DATE_NONE) {
        strbuf_add_text(out, upcoming ? " from " : " since ");
        phrase_span(out, hit->from);
    }
    add_ids(out, run->rules, hit);
}

static void add_waiver(struct strbuf *out, const struct finding *finding) {
    static const char *const states[] = {
        [WAIVER_UNUSED] = "",
        [WAIVER_USED] = "waived as ",
        [WAIVER_PENDING] = "its waiver is pending, not yet in the base: ",
        [WAIVER_EXPIRED] = "its waiver has expired: ",
        [WAIVER_REFUSED] = "the policy refuses its waiver: ",
    };
    const struct waiver *waiver = finding->waiver;
    char day[DATE_TEXT_SIZE];
    date_format(waiver->expires, day);
    strbuf_printf(out, "%s%s until %s, approved by %s: %s",
                  states[finding_waiver_state(finding)], waiver->kind, day,
                  waiver->approved_by, waiver->reason);
    if (waiver->ticket != NULL)
        strbuf_printf(out, " (%s)", waiver->ticket);
}

void phrase_decision(struct strbuf *out, const struct finding *finding) {
    if (finding->waiver != NULL)
        add_waiver(out, finding);
    if (finding->known)
        strbuf_printf(out, "%sknown: it is in the baseline",
                      finding->waiver != NULL ? "; " : "");
}

/* One designator, unless somebody wrote a sentence there. */
#define PLACE_COLUMNS 16

/* A line of 400 capacitors has a cell of 2 KB of designators: "C1…". */
void phrase_place(struct strbuf *out, const struct report_line *line) {
    struct str refdes = str_trim(line->line->refdes);
    size_t len = 0;
    if (refdes.len == 0) {
        strbuf_printf(out, "line %u", (unsigned)line->line->line);
        return;
    }
    while (len < refdes.len && refdes.ptr[len] != ',' &&
           refdes.ptr[len] != ';' && !ascii_is_space(refdes.ptr[len]))
        len++;
    utf8_add_visible(out, str_take(refdes, len), PLACE_COLUMNS);
    if (len != refdes.len)
        strbuf_add_text(out, "…");
}

const char *phrase_verdict(enum verdict verdict) {
    return verdict == VERDICT_CLEAR ? "no listed maker found"
                                    : verdict_name(verdict);
}

const char *phrase_sign(enum verdict verdict) {
    static const char *const signs[VERDICT_COUNT] = {
        [VERDICT_PROHIBITED] = "✕", [VERDICT_UPCOMING] = "◐",
        [VERDICT_RESTRICTED] = "▲", [VERDICT_REVIEW] = "◆",
        [VERDICT_UNKNOWN] = "?",    [VERDICT_OUT_OF_SCOPE] = "○",
        [VERDICT_CLEAR] = "–",
    };
    return verdict < VERDICT_COUNT ? signs[verdict] : "";
}

const char *phrase_verdict_meaning(enum verdict verdict) {
    static const char *const meanings[VERDICT_COUNT] = {
        [VERDICT_PROHIBITED] = "A rule forbids it for the declared buyer and "
                               "activity on this day.",
        [VERDICT_UPCOMING] = "A rule that is already announced will apply from "
                             "a day still to come.",
        [VERDICT_RESTRICTED] = "Allowed only with a permission, under a duty, "
                               "or advised against.",
        [VERDICT_REVIEW] = "A person must look: a fact that decides the "
                           "answer is open.",
        [VERDICT_UNKNOWN] = "No maker could be found; not the same as clear.",
        [VERDICT_OUT_OF_SCOPE] = "The maker is listed, but no rule binds here; "
                                 "the reason is given.",
        [VERDICT_CLEAR] = "No listed maker found: the maker is known and no "
                          "rule names it.",
    };
    return verdict < VERDICT_COUNT ? meanings[verdict] : "";
}

bool phrase_is_flagged(enum verdict verdict) {
    return verdict <= VERDICT_REVIEW;
}
