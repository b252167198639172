#include "maker/family.h"
#include "core/lang.h"
#include "ruleset/name.h"
#include "screen/differences.h"
#include "screen/search.h"

static void add_note(struct strbuf *out, const char *note) {
    if (out->len != 0)
        strbuf_add_text(out, tr("; "));
    strbuf_add_text(out, note);
}

/* What its source warns of, where its number says that it differs, and what its
   maker's name does not tell. */
static void compare(struct search *search, struct alternative *candidate,
                    const struct part_facts *facts, const char *warning) {
    const struct ruleset *rules = search->options->rules;
    struct strbuf text = {.ptr = NULL};
    strbuf_add_text(&text, tr(warning));
    candidate->differences =
        part_differences(&text, rules, &search->maker->facts, facts);
    if (rules_party(rules, candidate->party)->dies == RULES_DIES_BOUGHT)
        add_note(&text, tr("sells other makers' chips: ask for a declaration "
                           "of who made them"));
    candidate->unplaced =
        search_avoids(search) &&
        *rules_text(rules, rules_party(rules, candidate->party)->country) ==
            '\0';
    if (candidate->unplaced)
        add_note(&text, tr("where it is at home is not known: ask"));
    candidate->check =
        text.len == 0 ? NULL : arena_str(search->arena, strbuf_str(&text)).ptr;
    search->arena->failed = search->arena->failed || text.failed;
    strbuf_dispose(&text);
}

/* ---- what is at its end ---- */

/* Does the party make this very category, or, when no more is known of the
   part than "memory", one below it? */
static bool makes(const struct ruleset *rules, struct rules_run made,
                  uint32_t category) {
    for (uint32_t i = 0; i < made.count; i++) {
        uint32_t one = rules_item(rules, made, i);
        if (one != 0 && (rules_category_within(rules, category, one) ||
                         rules_category_within(rules, one, category)))
            return true;
    }
    return false;
}

static bool is_legacy(const struct ruleset *rules,
                      const struct rules_party *party, uint32_t category) {
    for (uint32_t i = 0; category != RULES_NONE && i < party->legacy.count;
         i++) {
        uint32_t one = rules_item(rules, party->legacy, i);
        if (one != 0 && rules_category_within(rules, category, one))
            return true;
    }
    return false;
}

static const char *lifecycle_of(const struct ruleset *rules, uint32_t party,
                                uint32_t category, uint32_t family) {
    const char *said =
        family == RULES_NONE
            ? ""
            : rules_text(rules, rules_family(rules, family)->lifecycle);
    if (*said != '\0')
        return said;
    return is_legacy(rules, rules_party(rules, party), category)
               ? N_("end-of-life")
               : NULL;
}

/* ---- published replacements ---- */

/* Level A stands for the same package and pinout by a source, and the weakest
   for a part of the same kind; where the numbers themselves say otherwise, no
   source makes it more than they do. */
static enum alternative_fit fit_of(const struct search *search,
                                   const char *level,
                                   const struct part_facts *facts) {
    const struct part_facts *wanted = &search->maker->facts;
    if (level[0] == 'D' || facts_contradict(wanted, facts))
        return FIT_SUPPLIER;
    bool other_package =
        *wanted->package != '\0' && *facts->package != '\0' &&
        !str_eq(str_from(wanted->package), str_from(facts->package));
    return level[0] == 'A' && !other_package ? FIT_DROP_IN : FIT_EQUIVALENT;
}

static bool add_replacement(struct search *search,
                            const struct known_replacement *replacement,
                            struct err *err) {
    const struct ruleset *rules = search->options->rules;
    const struct known_part *by = replacement->by;
    const struct rules_cross *cross = replacement->cross;
    const char *source = rules_text(rules, cross->source);
    uint32_t category = by->facts.category != RULES_NONE
                            ? by->facts.category
                            : search->maker->facts.category;
    if (by->party == RULES_NONE || !known_source(source))
        return true;
    struct alternative candidate = {
        .party = by->party,
        .mpn = by->mpn,
        .category = category,
        .fit = fit_of(search, rules_text(rules, cross->level), &by->facts),
        .lifecycle = lifecycle_of(rules, by->party, category, by->facts.family),
        .source = source,
        .sources = by->replacements,
    };
    compare(search, &candidate, &by->facts, rules_text(rules, cross->check));
    return search_consider(search, &candidate, err);
}

static bool add_replacements(struct search *search, struct err *err) {
    const struct known_replacement *first;
    size_t len = search->key.len, count;
    while ((count = known_parts_replacements(search->known, search->key, &len,
                                             &first)) != 0) {
        for (size_t i = 0; i < count; i++) {
            if (!add_replacement(search, &first[i], err))
                return false;
        }
    }
    return true;
}

/* ---- the same parameters by part number ---- */

static bool add_known(struct search *search, struct err *err) {
    const struct part_facts *wanted = &search->maker->facts;
    size_t count;
    if (wanted->category == RULES_NONE || wanted->density_mbit == 0)
        return true;
    const struct known_part *const *all =
        known_parts_of_kind(search->known, wanted->category, &count);
    if (all == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < count; i++) {
        const struct known_part *part = all[i];
        if (part->party == RULES_NONE || !known_source(part->source) ||
            !facts_agree(search->options->rules, &search->maker->facts,
                         &part->facts))
            continue;
        struct alternative candidate = {
            .party = part->party,
            .mpn = part->mpn,
            .fit = FIT_EQUIVALENT,
            .category = part->facts.category,
            .lifecycle = lifecycle_of(search->options->rules, part->party,
                                      part->facts.category, part->facts.family),
            .sources = part->replacements,
            .source = arena_printf(search->arena,
                                   tr("the same parameters by part number, "
                                      "which stands in: %s"),
                                   part->source)
                          .ptr,
        };
        compare(search, &candidate, &part->facts, "");
        if (!search_consider(search, &candidate, err))
            return false;
    }
    return true;
}

static bool add_family(struct search *search, uint32_t number,
                       struct strbuf *spelling, struct err *err) {
    const struct ruleset *rules = search->options->rules;
    const struct rules_family *family = rules_family(rules, number);
    struct part_facts facts;
    if (!family_spell(rules, number, &search->maker->facts, spelling, &facts))
        return !spelling->failed || err_nomem(err);
    struct alternative candidate = {
        .party = family->party,
        .mpn = arena_str(search->arena, strbuf_str(spelling)).ptr,
        .pattern = true,
        .fit = FIT_EQUIVALENT,
        .category = facts.category,
        .lifecycle = lifecycle_of(rules, family->party, facts.category, number),
        .source =
            arena_printf(search->arena,
                         tr("part-number family, not a number: rules/parts, "
                            "%s"),
                         rules_text(rules, family->id))
                .ptr,
    };
    compare(search, &candidate, &facts, "");
    return search_consider(search, &candidate, err);
}

/* A family that is known to make what is wanted; whether it does in every
   density that its codes could spell, only the maker can say. */
static bool add_families(struct search *search, struct err *err) {
    const struct part_facts *wanted = &search->maker->facts;
    uint32_t count = rules_family_count(search->options->rules);
    struct strbuf spelling = {.ptr = NULL};
    bool ok = true;
    if (wanted->category == RULES_NONE || wanted->density_mbit == 0)
        return true;
    for (uint32_t i = 0; ok && i < count; i++)
        ok = add_family(search, i, &spelling, err);
    strbuf_dispose(&spelling);
    return ok;
}

/* ---- suppliers ---- */

static const struct part_facts nothing_known = {
    .category = RULES_NONE, .package = "", .temperature = "", .interface = ""};

static bool add_supplier(struct search *search, uint32_t number,
                         uint32_t category, struct err *err) {
    const struct ruleset *rules = search->options->rules;
    const struct rules_party *party = rules_party(rules, number);
    bool still = makes(rules, party->makes, category);
    if (!still && !makes(rules, party->legacy, category))
        return true;
    struct alternative candidate = {
        .party = number,
        .fit = FIT_SUPPLIER,
        .category = category,
        .lifecycle = !still || is_legacy(rules, party, category)
                         ? N_("end-of-life")
                         : NULL,
        .source = arena_printf(search->arena, "rules/%s",
                               rules_text(rules, party->file))
                      .ptr,
    };
    compare(search, &candidate, &nothing_known, "");
    return search_consider(search, &candidate, err);
}

static bool add_suppliers(struct search *search, struct err *err) {
    uint32_t category = search->maker->facts.category;
    if (category == RULES_NONE || category == 0)
        return true;
    for (uint32_t i = 0; i < rules_party_count(search->options->rules); i++) {
        if (!add_supplier(search, i, category, err))
            return false;
    }
    return true;
}

bool search_candidates(struct search *search, struct err *err) {
    return (add_replacements(search, err) && add_known(search, err) &&
            add_families(search, err) && add_suppliers(search, err) &&
            !search->arena->failed) ||
           err_nomem(err);
}
