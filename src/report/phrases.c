#include "report/phrases.h"

#include <string.h>

#include "core/lang.h"
#include "core/utf8.h"

struct shown shown_span(struct date_span span) {
    struct shown shown = {""};
    date_format_span(span, shown.text);
    return shown;
}

struct shown shown_day(int32_t day) {
    struct shown shown = {""};
    date_format(day, shown.text);
    return shown;
}

struct shown shown_number(size_t number) {
    struct shown shown = {""};
    char *at = shown.text + sizeof(shown.text) - 1;
    unsigned digits = 0;
    *at = '\0';
    do {
        if (digits != 0 && digits % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + number % 10);
        number /= 10;
        digits++;
    } while (number != 0);
    memmove(shown.text, at, strlen(at) + 1);
    return shown;
}

void phrase_span(struct strbuf *out, struct date_span span) {
    strbuf_add_text(out, shown_span(span).text);
}

void phrase_number(struct strbuf *out, size_t number) {
    strbuf_add_text(out, shown_number(number).text);
}

void phrase_lines(struct strbuf *out, size_t count) {
    strbuf_printf(out, tr_count("%s line", "%s lines", count),
                  shown_number(count).text);
}

void phrase_columns(struct strbuf *out, const struct bom_info *info,
                    const char *between) {
    for (size_t i = 0; i < info->column_count; i++) {
        const struct bom_column *column = &info->columns[i];
        strbuf_add_text(out, i == 0 ? "" : between);
        strbuf_printf(out, tr("%s: "), tr(bom_field_name(column->field)));
        if (column->header.len != 0)
            strbuf_add(out, column->header);
        else
            strbuf_printf(out, tr("column %u"), column->index + 1);
        if (column->runner_up != BOM_FIELD_COUNT)
            strbuf_printf(out, tr(" (could be %s)"),
                          tr(bom_field_name(column->runner_up)));
    }
}

void phrase_comma(struct strbuf *out, size_t i) {
    if (i != 0)
        strbuf_add_text(out, tr_in("list", ", "));
}

void phrase_join(struct strbuf *out, size_t i, size_t count) {
    if (i != 0)
        strbuf_add_text(out, i + 1 == count ? tr_in("list", " and ")
                                            : tr_in("list", ", "));
}

const char *phrase_text(const struct strbuf *text) {
    return text->len == 0 ? "" : text->ptr;
}

void phrase_end(struct strbuf *out, struct strbuf *piece) {
    out->failed = out->failed || piece->failed;
    strbuf_dispose(piece);
}

const char *phrase_party(const struct ruleset *rules, uint32_t party) {
    return party == RULES_NONE
               ? tr("the maker")
               : rules_text(rules, rules_party(rules, party)->name);
}

const char *phrase_profile(const struct ruleset *rules, uint32_t profile) {
    const struct rules_profile *found = rules_profile(rules, profile);
    const char *name = rules_text(rules, found->name);
    return name[0] != '\0' ? tr(name) : rules_text(rules, found->id);
}

const char *phrase_category(const struct ruleset *rules, uint32_t category) {
    return category == RULES_NONE
               ? ""
               : rules_text(rules, rules_category(rules, category)->id);
}

const char *phrase_kind(const struct ruleset *rules, uint32_t category) {
    return category == RULES_NONE
               ? ""
               : tr(rules_text(rules, rules_category(rules, category)->name));
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

const char *phrase_measure(const struct ruleset *rules, uint32_t measure) {
    return tr(rules_text(rules, rules_measure(rules, measure)->title));
}

void phrase_maker(struct strbuf *out, const struct ruleset *rules,
                  const struct maker *maker, uint32_t owner) {
    for (size_t i = 0; i < maker->candidate_count; i++) {
        uint32_t party = maker->candidates[i].party;
        if (i != 0)
            strbuf_add_text(out, tr(" or "));
        if (i == 0 && owner != RULES_NONE && owner != party)
            strbuf_printf(out, tr("%s (owned by %s)"),
                          phrase_party(rules, party),
                          phrase_party(rules, owner));
        else
            strbuf_add_text(out, phrase_party(rules, party));
    }
}

#define PROFILES_TOLD 3

void phrase_supplier(struct strbuf *out, const struct ruleset *rules,
                     uint32_t party, uint32_t owner) {
    const char *name = phrase_party(rules, party);
    const char *country = rules_text(rules, rules_party(rules, party)->country);
    const char *home =
        owner == RULES_NONE || owner == party
            ? ""
            : rules_text(rules, rules_party(rules, owner)->country);
    if (str_eq(str_from(home), str_from(country)))
        home = "";
    if (*country == '\0' && *home == '\0')
        strbuf_add_text(out, name);
    else if (*home == '\0')
        strbuf_printf(out, tr("%s (%s)"), name, country);
    else if (*country == '\0')
        strbuf_printf(out, tr("%s (owned by %s, %s)"), name,
                      phrase_party(rules, owner), home);
    else
        strbuf_printf(out, tr("%s (%s; owned by %s, %s)"), name, country,
                      phrase_party(rules, owner), home);
}

/* For whom it is not clear, and where they do not agree, how. */
static size_t add_buyers(struct strbuf *out, const struct ruleset *rules,
                         const struct alternatives *found,
                         const struct alternative *item) {
    size_t told = 0;
    for (size_t i = 0; i < found->profile_count; i++) {
        enum verdict verdict = item->verdicts[i];
        if (verdict == VERDICT_CLEAR || told++ >= PROFILES_TOLD)
            continue;
        const char *id =
            rules_text(rules, rules_profile(rules, found->profiles[i])->id);
        phrase_comma(out, told - 1);
        if (verdict == item->verdict)
            strbuf_add_text(out, id);
        else
            strbuf_printf(out, tr("%s (%s)"), id, tr(verdict_name(verdict)));
    }
    return told;
}

static void add_verdicts(struct strbuf *out, const struct ruleset *rules,
                         const struct alternatives *found,
                         const struct alternative *item) {
    struct strbuf buyers = {.ptr = NULL};
    const char *verdict = tr(verdict_name(item->verdict));
    size_t count = add_buyers(&buyers, rules, found, item);
    if (count == 0)
        strbuf_add_text(out, verdict);
    else if (count <= PROFILES_TOLD)
        strbuf_printf(out, tr_in("verdict", "%s for %s"), verdict,
                      phrase_text(&buyers));
    else
        strbuf_printf(out, tr_in("verdict", "%s for %s and others"), verdict,
                      phrase_text(&buyers));
    phrase_end(out, &buyers);
}

void phrase_alternative(struct strbuf *out, const struct run_info *run,
                        const struct alternatives *found,
                        const struct alternative *item) {
    phrase_supplier(out, run->rules, item->party, item->owner);
    if (item->mpn != NULL)
        strbuf_printf(out, " %s", item->mpn);
    strbuf_printf(out, tr(": %s"), tr(alternative_fit_name(item->fit)));
    if (item->pattern)
        strbuf_add_text(out, tr(" (a family of part numbers)"));
    strbuf_add_text(out, tr(", "));
    add_verdicts(out, run->rules, found, item);
    if (item->closes)
        strbuf_printf(out, tr(", prohibited from %s"),
                      shown_span(item->later.from).text);
    if (item->lifecycle != NULL)
        strbuf_printf(out, tr(", %s"), tr(item->lifecycle));
    if (item->fit == FIT_DROP_IN)
        strbuf_printf(out, tr("; same package and parameters by %s"),
                      item->source);
    if (item->check != NULL)
        strbuf_printf(out, tr("; note: %s"), item->check);
}

/* It belongs with whom it is to replace. */
static void add_house(struct strbuf *out, const struct ruleset *rules,
                      const struct alternative_excluded *item) {
    if (item->owner != RULES_NONE && item->owner != item->party)
        strbuf_printf(out,
                      tr(": belongs with the maker that is to be replaced "
                         "(owned by %s)"),
                      phrase_party(rules, item->owner));
    else
        strbuf_add_text(out,
                        tr(": belongs with the maker that is to be replaced"));
}

static void add_contents(struct strbuf *out, const struct ruleset *rules,
                         const struct alternative_excluded *item) {
    strbuf_printf(out,
                  item->has_hit
                      ? tr(": may sell or contain what %s makes")
                      : tr(": may sell or contain what %s makes, who is to be "
                           "replaced"),
                  phrase_party(rules, item->holds));
}

static void add_country(struct strbuf *out, const struct ruleset *rules,
                        const struct alternative_excluded *item) {
    if (item->profile == RULES_NONE)
        strbuf_printf(out, tr(": no rule forbids it, but %s is to be avoided"),
                      item->country);
    else
        strbuf_printf(
            out, tr(": no rule forbids it, but %s avoids %s"),
            rules_text(rules, rules_profile(rules, item->profile)->id),
            item->country);
}

/* What is not about the part or its maker alone. */
static void add_bar(struct strbuf *out, const struct ruleset *rules,
                    const struct alternative_excluded *item) {
    if (item->bar == BAR_COUNTRY)
        add_country(out, rules, item);
    if (item->bar == BAR_OWNER)
        strbuf_printf(out, tr(": owned by %s"),
                      phrase_party(rules, item->hit.party));
    if (item->bar == BAR_CONTENTS)
        add_contents(out, rules, item);
    if (item->bar == BAR_HOUSE)
        add_house(out, rules, item);
}

/* "prohibited for us-dod from 2027-12-23". */
static void add_forbidden(struct strbuf *out, const struct ruleset *rules,
                          const struct screen_hit *hit) {
    struct strbuf whom = {.ptr = NULL}, when = {.ptr = NULL};
    bool upcoming =
        hit->verdict == VERDICT_UPCOMING && hit->becomes != VERDICT_COUNT;
    if (hit->profile != RULES_NONE)
        strbuf_printf(
            &whom, tr(" for %s"),
            rules_text(rules, rules_profile(rules, hit->profile)->id));
    phrase_when(&when, upcoming, hit->from);
    strbuf_printf(out, tr(": %s%s%s"),
                  tr(verdict_name(upcoming ? hit->becomes : hit->verdict)),
                  phrase_text(&whom), phrase_text(&when));
    phrase_end(out, &whom);
    phrase_end(out, &when);
}

void phrase_when(struct strbuf *out, bool upcoming, struct date_span from) {
    if (from.first == DATE_NONE)
        return;
    strbuf_printf(out, upcoming ? tr(" from %s") : tr(" since %s"),
                  shown_span(from).text);
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
    const char *id =
        hit->measure == RULES_NONE
            ? ""
            : rules_text(run->rules,
                         rules_measure(run->rules, hit->measure)->id);
    if (hit->verdict == VERDICT_OUT_OF_SCOPE) {
        strbuf_printf(out, tr(": listed in %s too, though not for this"), id);
        return;
    }
    if (screen_is_unapproved(hit))
        strbuf_add_text(out, tr(": not approved"));
    else
        add_forbidden(out, run->rules, hit);
    if (*id != '\0')
        strbuf_printf(out, tr(", %s"), id);
}

/* What became of the waiver, of which `told` says the rest. */
static void add_state(struct strbuf *out, enum waiver_state state,
                      const char *told) {
    switch (state) {
    case WAIVER_UNUSED:
        strbuf_add_text(out, told);
        break;
    case WAIVER_USED:
        strbuf_printf(out, tr("waived as %s"), told);
        break;
    case WAIVER_PENDING:
        strbuf_printf(out, tr("its waiver is pending, not yet in the base: %s"),
                      told);
        break;
    case WAIVER_EXPIRED:
        strbuf_printf(out, tr("its waiver has expired: %s"), told);
        break;
    case WAIVER_REFUSED:
        strbuf_printf(out, tr("the policy refuses its waiver: %s"), told);
        break;
    }
}

static void add_waiver(struct strbuf *out, const struct finding *finding) {
    const struct waiver *waiver = finding->waiver;
    struct strbuf told = {.ptr = NULL};
    strbuf_printf(&told, tr("%s until %s, approved by %s: %s"),
                  tr(waiver->kind), shown_day(waiver->expires).text,
                  waiver->approved_by, waiver->reason);
    add_state(out, finding_waiver_state(finding), phrase_text(&told));
    if (waiver->ticket != NULL)
        strbuf_printf(out, tr(" (%s)"), waiver->ticket);
    phrase_end(out, &told);
}

void phrase_decision(struct strbuf *out, const struct finding *finding) {
    if (finding->waiver != NULL)
        add_waiver(out, finding);
    if (finding->waiver != NULL && finding->known)
        strbuf_add_text(out, tr("; "));
    if (finding->known)
        strbuf_add_text(out, tr("known: it is in the baseline"));
}

/* One designator, unless somebody wrote a sentence there. */
#define PLACE_COLUMNS 16

/* A line of 400 capacitors has a cell of 2 KB of designators: "C1…". */
void phrase_place(struct strbuf *out, const struct report_line *line) {
    struct str refdes = str_trim(line->line->refdes);
    size_t len = 0;
    if (refdes.len == 0) {
        strbuf_printf(out, tr("line %u"), (unsigned)line->line->line);
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
    return verdict == VERDICT_CLEAR ? tr("no listed maker found")
                                    : tr(verdict_name(verdict));
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
        [VERDICT_PROHIBITED] =
            N_("A rule forbids it for the declared buyer and "
               "activity on this day."),
        [VERDICT_UPCOMING] =
            N_("A rule that is already announced will apply from "
               "a day still to come."),
        [VERDICT_RESTRICTED] =
            N_("Allowed only with a permission, under a duty, "
               "or advised against."),
        [VERDICT_REVIEW] = N_("A person must look: a fact that decides the "
                              "answer is open."),
        [VERDICT_UNKNOWN] =
            N_("No maker could be found; not the same as clear."),
        [VERDICT_OUT_OF_SCOPE] =
            N_("The maker is listed, but no rule binds here; "
               "the reason is given."),
        [VERDICT_CLEAR] = N_("No listed maker found: the maker is known and no "
                             "rule names it."),
    };
    return verdict < VERDICT_COUNT ? tr(meanings[verdict]) : "";
}

bool phrase_is_flagged(enum verdict verdict) {
    return verdict <= VERDICT_REVIEW;
}
