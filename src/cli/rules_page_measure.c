#include "cli/rules_page.h"
#include "cli/page.h"
#include "report/phrases.h"
#include "screen/questions.h"

#define CLAUSE_INDENT 4

static const char *effect_phrase(enum rules_effect effect) {
    static const char *const phrases[] = {
        [RULES_PROHIBIT] = "prohibited",
        [RULES_APPROVE] = "needs permission",
        [RULES_DUTY] = "carries a duty",
        [RULES_ADVISE] = "advised against",
        [RULES_CHECK] = "a check is asked for",
        [RULES_EXPORT] = "exports to the listed are controlled, buying from "
                         "them is not restricted",
    };
    return phrases[effect];
}

static const char *confidence_phrase(enum rules_confidence confidence) {
    static const char *const phrases[] = {
        [RULES_OFFICIAL_TEXT] = "the official text was read",
        [RULES_TRANSCRIPTION] = "a reprint of the text was read",
        [RULES_SECONDARY] = "reports of it were read, not the text",
        [RULES_UNCONFIRMED] = "no source confirms it: findings say review at "
                              "most",
    };
    return phrases[confidence];
}

static const char *reach_phrase(enum rules_reach reach) {
    static const char *const phrases[] = {
        [RULES_NAMED] = "the listed companies themselves",
        [RULES_OWNED] = "the listed companies and whom they own",
        [RULES_AFFILIATED] = "the listed companies, whom they own, who owns "
                             "them, and who has the same owner",
    };
    return phrases[reach];
}

static void put_texts(struct strbuf *out, const struct ruleset *rules,
                      struct rules_run run) {
    for (uint32_t i = 0; i < run.count; i++)
        strbuf_printf(out, "%s%s", i == 0 ? "" : ", ",
                      rules_text(rules, rules_item(rules, run, i)));
}

static void field_texts(struct text_page *page, const struct ruleset *rules,
                        const char *label, struct rules_run run) {
    struct strbuf *text = text_start(page);
    put_texts(text, rules, run);
    cli_put_field(page, CLAUSE_INDENT, label, strbuf_str(text));
}

static void field_binds(struct text_page *page, const struct ruleset *rules,
                        const struct rules_clause *clause) {
    struct rules_run binds = clause->binds;
    struct strbuf *text = text_start(page);
    if ((clause->flags & RULES_BINDS_ANY) != 0)
        strbuf_add_text(text, "any buyer");
    for (uint32_t i = 0; i < binds.count; i++) {
        uint32_t profile = rules_item(rules, binds, i);
        strbuf_printf(text, "%s%s (%s)", i == 0 ? "" : "; ",
                      phrase_profile(rules, profile),
                      rules_text(rules, rules_profile(rules, profile)->id));
    }
    cli_put_field(page, CLAUSE_INDENT, "binds", strbuf_str(text));
}

/* Who sells to a buyer that the clause binds. */
static void field_suppliers(struct text_page *page, const struct ruleset *rules,
                            const struct rules_clause *clause) {
    struct strbuf *text = text_start(page);
    struct binding binding;
    for (uint32_t p = 0; p < rules_profile_count(rules); p++) {
        if (ask_profile(rules, clause, p, NULL, &binding) == ANSWER_YES &&
            binding.customer != RULES_NONE)
            strbuf_printf(text, "%s%s (%s)", text->len == 0 ? "" : "; ",
                          phrase_profile(rules, p),
                          rules_text(rules, rules_profile(rules, p)->id));
    }
    cli_put_field(page, CLAUSE_INDENT, "suppliers", strbuf_str(text));
}

static void field_activities(struct text_page *page, uint32_t set) {
    struct strbuf *text = text_start(page);
    for (unsigned bit = 0; rules_activity_names[bit] != NULL; bit++) {
        if ((set & (1u << bit)) != 0)
            strbuf_printf(text, "%s%s", text->len == 0 ? "" : ", ",
                          rules_activity_names[bit]);
    }
    cli_put_field(page, CLAUSE_INDENT, "activities", strbuf_str(text));
}

static const char *origin_phrase(const struct rules_clause *clause) {
    return clause->made_in.count + clause->not_made_in.count != 0
               ? "parts by where they were made, whoever made them"
               : "parts by the country of their maker, whoever that is";
}

/* Whom the clause hits: a list, its own or another measure's, or nobody by
   name. */
static void field_reach(struct text_page *page, const struct ruleset *rules,
                        const struct rules_clause *clause) {
    struct strbuf *text = text_start(page);
    uint32_t owner = rules_list_owner(rules, clause->listings);
    if ((clause->flags & RULES_HITS_UNLISTED) != 0 &&
        rules_measure(rules, clause->measure)->approvals.count != 0)
        strbuf_add_text(text, "every part that is not approved");
    else if ((clause->flags & RULES_HITS_UNLISTED) != 0)
        strbuf_add_text(text, "every maker that is not on the list");
    else if (clause->listings.count == 0)
        strbuf_add_text(text, origin_phrase(clause));
    else
        strbuf_add_text(text, reach_phrase((enum rules_reach)clause->reach));
    if ((clause->flags & RULES_INSIDE) != 0)
        strbuf_add_text(text, ", and products that contain their parts");
    if (owner != RULES_NONE && owner != clause->measure)
        strbuf_printf(text, "; the list is that of %s",
                      rules_text(rules, rules_measure(rules, owner)->id));
    cli_put_field(page, CLAUSE_INDENT, "reaches", strbuf_str(text));
}

static void put_listing(struct text_page *page, const struct ruleset *rules,
                        const struct rules_listing *listing, size_t indent) {
    struct strbuf *text = text_start(page);
    rules_page_party_name(text, rules, listing->party);
    rules_page_span(text, listing->from, listing->until);
    if (listing->covers.count != 0) {
        strbuf_add_text(text, "; for ");
        rules_page_categories_of(text, rules, listing->covers);
    }
    if (listing->confidence == RULES_UNCONFIRMED)
        strbuf_add_text(text, "; unconfirmed");
    text_paragraph(page, indent == 2 ? "  - " : "      - ", indent + 2,
                   strbuf_str(text));
}

static void put_own_list(struct text_page *page, const struct ruleset *rules,
                         const struct rules_clause *clause) {
    if (clause->listings.count == 0 ||
        rules_list_owner(rules, clause->listings) != RULES_NONE)
        return;
    fputs("    this clause's own list\n", page->out);
    for (uint32_t i = 0; i < clause->listings.count; i++)
        put_listing(page, rules,
                    rules_listing(rules, clause->listings.first + i), 6);
}

static void put_clause_title(struct text_page *page,
                             const struct ruleset *rules,
                             const struct rules_clause *clause, int32_t as_of) {
    struct strbuf *text = text_start(page);
    strbuf_printf(text, "Clause %s: %s; %s", rules_text(rules, clause->id),
                  effect_phrase((enum rules_effect)clause->effect),
                  rules_state_name(rules_clause_state(clause, as_of)));
    rules_page_span(text, clause->from, clause->until);
    text_end_line(page);
    text_paragraph(page, "  ", 2, strbuf_str(text));
}

static void put_clause(struct text_page *page, const struct ruleset *rules,
                       const struct rules_clause *clause, int32_t as_of) {
    const struct rules_measure *measure = rules_measure(rules, clause->measure);
    put_clause_title(page, rules, clause, as_of);
    field_activities(page, clause->activities);
    field_binds(page, rules, clause);
    field_suppliers(page, rules, clause);
    struct strbuf *text = text_start(page);
    rules_page_categories_of(text, rules, clause->covers);
    cli_put_field(page, CLAUSE_INDENT, "covers", strbuf_str(text));
    field_reach(page, rules, clause);
    field_texts(page, rules, "made in", clause->made_in);
    field_texts(page, rules, "not made in", clause->not_made_in);
    field_texts(page, rules, "maker in", clause->maker_in);
    field_texts(page, rules, "maker not in", clause->not_maker_in);
    cli_put_field(page, CLAUSE_INDENT, "what to do",
                  rules_str(rules, clause->advice));
    if (clause->announced != measure->announced.first) {
        char day[DATE_TEXT_SIZE];
        date_format(clause->announced, day);
        cli_put_field(page, CLAUSE_INDENT, "announced", str_from(day));
    }
    if (clause->confidence != measure->confidence)
        cli_put_field(page, CLAUSE_INDENT, "confidence",
                      str_from(confidence_phrase(
                          (enum rules_confidence)clause->confidence)));
    put_own_list(page, rules, clause);
}

static void field_span(struct text_page *page, const char *label,
                       struct date_span span) {
    struct strbuf *text = text_start(page);
    phrase_span(text, span);
    cli_put_field(page, 2, label, strbuf_str(text));
}

static void put_facts(struct text_page *page, const struct ruleset *rules,
                      uint32_t number, int32_t as_of) {
    const struct rules_measure *measure = rules_measure(rules, number);
    char day[DATE_TEXT_SIZE];
    cli_put_field(page, 2, "id", rules_str(rules, measure->id));
    cli_put_field(page, 2, "original",
                  rules_str(rules, measure->original_title));
    cli_put_field(page, 2, "citation", rules_str(rules, measure->citation));
    cli_put_field(page, 2, "authority", rules_str(rules, measure->authority));
    cli_put_field(page, 2, "jurisdiction",
                  rules_str(rules, measure->jurisdiction));
    field_span(page, "announced", measure->announced);
    struct strbuf *text = text_start(page);
    date_format(as_of, day);
    strbuf_printf(text, "%s on %s",
                  rules_state_name(rules_measure_state(rules, number, as_of)),
                  day);
    cli_put_field(page, 2, "status", strbuf_str(text));
    text = text_start(page);
    strbuf_printf(
        text, "%s: %s",
        rules_confidence_name((enum rules_confidence)measure->confidence),
        confidence_phrase((enum rules_confidence)measure->confidence));
    cli_put_field(page, 2, "confidence", strbuf_str(text));
    field_span(page, "known to", measure->known_to);
    cli_put_field(page, 2, "exceptions", rules_str(rules, measure->exceptions));
    text = text_start(page);
    put_texts(text, rules, measure->blind);
    cli_put_field(page, 2, "no BOM shows", strbuf_str(text));
}

static void put_approvals(struct text_page *page, const struct ruleset *rules,
                          const struct rules_measure *measure) {
    struct strbuf *text = text_start(page);
    if (measure->approvals.count == 0)
        return;
    strbuf_printf(text, "Approved (%u)", (unsigned)measure->approvals.count);
    text_end_line(page);
    text_heading(page, strbuf_str(text));
    for (uint32_t i = 0; i < measure->approvals.count; i++) {
        const struct rules_approval *row =
            rules_approval(rules, measure->approvals.first + i);
        text = text_start(page);
        phrase_approval(text, rules, row);
        strbuf_printf(text, ": %s",
                      rules_approval_status_name(
                          (enum rules_approval_status)row->status));
        rules_page_span(text, row->from, row->until);
        if (row->confidence == RULES_UNCONFIRMED)
            strbuf_add_text(text, "; unconfirmed");
        text_paragraph(page, "  - ", 4, strbuf_str(text));
    }
}

void rules_page_measure(struct text_page *page, const struct ruleset *rules,
                        int32_t as_of, uint32_t number) {
    const struct rules_measure *measure = rules_measure(rules, number);
    text_heading(page, rules_str(rules, measure->title));
    put_facts(page, rules, number, as_of);
    if (measure->clauses.count == 0)
        cli_put_field(page, 2, "effect",
                      STR_LIT("none of its own: it has no clause"));
    for (uint32_t i = 0; i < measure->clauses.count; i++)
        put_clause(page, rules, rules_clause(rules, measure->clauses.first + i),
                   as_of);
    if (measure->listings.count != 0) {
        struct strbuf *text = text_start(page);
        strbuf_printf(text, "Listed (%u%s)", (unsigned)measure->listings.count,
                      measure->partial ? "; the list here is not complete"
                                       : "");
        text_end_line(page);
        text_heading(page, strbuf_str(text));
    }
    for (uint32_t i = 0; i < measure->listings.count; i++)
        put_listing(page, rules,
                    rules_listing(rules, measure->listings.first + i), 2);
    put_approvals(page, rules, measure);
    rules_page_sources(page, rules, measure->sources);
}
