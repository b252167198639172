#include "cli/rules_page.h"
#include "cli/page.h"
#include "report/phrases.h"
#include "screen/questions.h"

static void put_links(struct text_page *page, const struct ruleset *rules,
                      const char *label, struct rules_run links) {
    for (uint32_t i = 0; i < links.count; i++) {
        const struct rules_link *link = rules_link(rules, links.first + i);
        struct strbuf *text = text_start(page);
        rules_page_party_name(text, rules, link->party);
        rules_page_span(text, link->from, link->until);
        if (link->share != RULES_NONE)
            strbuf_printf(text, ", %u %%", (unsigned)link->share);
        if (link->covers.count != 0) {
            strbuf_add_text(text, "; ");
            rules_page_categories_of(text, rules, link->covers);
        }
        if (link->confidence == RULES_UNCONFIRMED)
            strbuf_add_text(text, "; unconfirmed");
        cli_put_field(page, 2, label, strbuf_str(text));
    }
}

/* The names of one kind; `title` stands above already. */
static void put_names(struct text_page *page, const struct ruleset *rules,
                      const struct rules_party *party, unsigned kind,
                      const char *label) {
    struct str title = rules_str(rules, party->name);
    struct strbuf *text = text_start(page);
    for (uint32_t i = 0; i < party->names.count; i++) {
        const struct rules_name *name =
            rules_name(rules, rules_item(rules, party->names, i));
        struct str raw = rules_str(rules, name->raw);
        if (name->kind != kind || str_eq(raw, title))
            continue;
        strbuf_printf(text, "%s%.*s", text->len == 0 ? "" : ", ", STR_ARG(raw));
    }
    cli_put_field(page, 2, label, strbuf_str(text));
}

static void put_made(struct text_page *page, const struct ruleset *rules,
                     const char *label, struct rules_run made) {
    struct strbuf *text = text_start(page);
    rules_page_categories_of(text, rules, made);
    cli_put_field(page, 2, label, strbuf_str(text));
}

/* Does the list name the party itself? */
static const struct rules_listing *find_listing(const struct ruleset *rules,
                                                struct rules_run listings,
                                                uint32_t party) {
    for (uint32_t i = 0; i < listings.count; i++) {
        const struct rules_listing *listing =
            rules_listing(rules, listings.first + i);
        if (listing->party == party)
            return listing;
    }
    return NULL;
}

static const struct rules_listing *listing_in(const struct ruleset *rules,
                                              uint32_t number, uint32_t party) {
    const struct rules_measure *measure = rules_measure(rules, number);
    const struct rules_listing *found =
        find_listing(rules, measure->listings, party);
    for (uint32_t i = 0; i < measure->clauses.count && found == NULL; i++)
        found = find_listing(
            rules, rules_clause(rules, measure->clauses.first + i)->listings,
            party);
    return found;
}

static void put_listed(struct text_page *page, const struct ruleset *rules,
                       uint32_t party) {
    for (uint32_t i = 0; i < rules_measure_count(rules); i++) {
        const struct rules_listing *listing = listing_in(rules, i, party);
        if (listing == NULL)
            continue;
        struct strbuf *text = text_start(page);
        strbuf_add(text, rules_str(rules, rules_measure(rules, i)->id));
        rules_page_span(text, listing->from, listing->until);
        if (listing->covers.count != 0) {
            strbuf_add_text(text, "; for ");
            rules_page_categories_of(text, rules, listing->covers);
        }
        cli_put_field(page, 2, "listed in", strbuf_str(text));
    }
}

void rules_page_party(struct text_page *page, const struct ruleset *rules,
                      uint32_t number) {
    const struct rules_party *party = rules_party(rules, number);
    text_heading(page, rules_str(rules, party->name));
    cli_put_field(page, 2, "id", rules_str(rules, party->id));
    cli_put_field(page, 2, "country", rules_str(rules, party->country));
    put_names(page, rules, party, RULES_NAME_LEGAL, "legal name");
    put_names(page, rules, party, RULES_NAME_ALIAS, "also");
    put_names(page, rules, party, RULES_NAME_BRAND, "brands");
    put_names(page, rules, party, RULES_NAME_SHARED, "shared names");
    put_names(page, rules, party, RULES_NAME_NOT, "is not");
    put_links(page, rules, "owned by", party->owners);
    put_links(page, rules, "may contain", party->contains);
    put_links(page, rules, "sold", party->sold);
    put_made(page, rules, "makes", party->makes);
    put_made(page, rules, "end of life", party->legacy);
    put_listed(page, rules, number);
    rules_page_sources(page, rules, party->sources);
}

static const char *profile_id(const struct ruleset *rules, uint32_t profile) {
    return rules_text(rules, rules_profile(rules, profile)->id);
}

static void put_profiles(struct text_page *page, const struct ruleset *rules,
                         const char *label, struct rules_run profiles) {
    struct strbuf *text = text_start(page);
    for (uint32_t i = 0; i < profiles.count; i++)
        strbuf_printf(text, "%s%s", i == 0 ? "" : ", ",
                      profile_id(rules, rules_item(rules, profiles, i)));
    cli_put_field(page, 2, label, strbuf_str(text));
}

/* What binds the profile itself, and what only a narrower one. */
static void put_bound(struct text_page *page, const struct ruleset *rules,
                      uint32_t profile, enum answer wanted, int32_t as_of) {
    bool any = false;
    for (uint32_t m = 0; m < rules_measure_count(rules); m++) {
        const struct rules_measure *measure = rules_measure(rules, m);
        for (uint32_t i = 0; i < measure->clauses.count; i++) {
            const struct rules_clause *clause =
                rules_clause(rules, measure->clauses.first + i);
            struct binding binding;
            if (ask_profile(rules, clause, profile, NULL, &binding) != wanted)
                continue;
            if (!any) {
                text_end_line(page);
                text_heading(page,
                             wanted == ANSWER_YES
                                 ? STR_LIT("Bound by")
                                 : STR_LIT("Bound as a narrower profile by"));
            }
            any = true;
            struct strbuf *text = text_start(page);
            strbuf_printf(text, "%s, %s: %s, %s",
                          rules_text(rules, measure->id),
                          rules_text(rules, clause->id),
                          rules_effect_name((enum rules_effect)clause->effect),
                          rules_state_name(rules_clause_state(clause, as_of)));
            rules_page_span(text, clause->from, clause->until);
            if (binding.declare != RULES_NONE)
                strbuf_printf(text, " (%s)",
                              profile_id(rules, binding.declare));
            if (binding.customer != RULES_NONE)
                strbuf_printf(text, " (through its customer, %s)",
                              profile_id(rules, binding.customer));
            text_paragraph(page, "  ", 2, strbuf_str(text));
        }
    }
}

void rules_page_profile(struct text_page *page, const struct ruleset *rules,
                        int32_t as_of, uint32_t number) {
    const struct rules_profile *profile = rules_profile(rules, number);
    struct strbuf *text = text_start(page);
    text_heading(page, rules_str(rules, profile->name));
    cli_put_field(page, 2, "id", rules_str(rules, profile->id));
    cli_put_field(page, 2, "who", rules_str(rules, profile->description));
    if (profile->within != RULES_NONE)
        cli_put_field(
            page, 2, "within",
            rules_str(rules, rules_profile(rules, profile->within)->id));
    put_profiles(page, rules, "bound like", profile->includes);
    put_profiles(page, rules, "supplies", profile->supplies);
    text = text_start(page);
    for (unsigned bit = 0; rules_activity_names[bit] != NULL; bit++) {
        if ((profile->does & (1u << bit)) != 0)
            strbuf_printf(text, "%s%s", text->len == 0 ? "" : ", ",
                          rules_activity_names[bit]);
    }
    cli_put_field(page, 2, "also does", strbuf_str(text));
    put_bound(page, rules, number, ANSWER_YES, as_of);
    put_bound(page, rules, number, ANSWER_OPEN, as_of);
}
