#include "cli/rules_page.h"

#include <string.h>

#include "cli/cli.h"
#include "report/phrases.h"

/* A clause's state; the order in which a measure's is chosen from them. */
enum state { IN_FORCE, UPCOMING, PROPOSED, ENDED, NOT_ANNOUNCED, LIST };

static const char *const state_names[] = {
    [IN_FORCE] = "in force", [UPCOMING] = "upcoming",
    [PROPOSED] = "proposed", [ENDED] = "ended",
    [LIST] = "list",         [NOT_ANNOUNCED] = "not announced",
};

static enum state clause_state(const struct rules_clause *clause,
                               int32_t as_of) {
    if (clause->announced != DATE_NONE && as_of < clause->announced)
        return NOT_ANNOUNCED;
    if (clause->from.first == DATE_NONE)
        return PROPOSED;
    if (clause->until.last != DATE_NONE && as_of > clause->until.last)
        return ENDED;
    return as_of < clause->from.first ? UPCOMING : IN_FORCE;
}

static enum state measure_state(const struct ruleset *rules,
                                const struct rules_measure *measure,
                                int32_t as_of) {
    enum state best = NOT_ANNOUNCED;
    if (measure->announced != DATE_NONE && as_of < measure->announced)
        return NOT_ANNOUNCED;
    if (measure->clauses.count == 0)
        return LIST;
    for (uint32_t i = 0; i < measure->clauses.count; i++) {
        enum state one = clause_state(
            rules_clause(rules, measure->clauses.first + i), as_of);
        best = one < best ? one : best;
    }
    return best;
}

const char *rules_measure_state(const struct ruleset *rules, uint32_t measure,
                                int32_t as_of) {
    return state_names[measure_state(rules, rules_measure(rules, measure),
                                     as_of)];
}

static void print_day(FILE *out, int32_t day) {
    char text[DATE_TEXT_SIZE] = "-";
    if (day != DATE_NONE)
        date_format(day, text);
    fputs(text, out);
}

/* The first day on which any clause of the measure holds. */
static int32_t first_day(const struct ruleset *rules,
                         const struct rules_measure *measure) {
    int32_t first = DATE_NONE;
    for (uint32_t i = 0; i < measure->clauses.count; i++) {
        int32_t day =
            rules_clause(rules, measure->clauses.first + i)->from.first;
        if (day != DATE_NONE && (first == DATE_NONE || day < first))
            first = day;
    }
    return first;
}

static void print_identity(FILE *out, const struct ruleset *rules) {
    fprintf(out, "rules %s, sha256 %.16s…, known to ", ruleset_version(rules),
            ruleset_sha256(rules));
    print_day(out, ruleset_known_to(rules));
    fputc('\n', out);
}

void rules_page_list(FILE *out, const struct ruleset *rules, int32_t as_of) {
    print_identity(out, rules);
    fputs("\nMeasures, as of ", out);
    print_day(out, as_of);
    fputc('\n', out);
    for (uint32_t i = 0; i < rules_measure_count(rules); i++) {
        const struct rules_measure *measure = rules_measure(rules, i);
        fprintf(out, "  %-40s %-2s  %-13s from ",
                rules_text(rules, measure->id),
                rules_text(rules, measure->jurisdiction),
                rules_measure_state(rules, i, as_of));
        int32_t from = first_day(rules, measure);
        print_day(out, from != DATE_NONE ? from : measure->announced);
        fprintf(
            out, "  %-13s ",
            rules_confidence_name((enum rules_confidence)measure->confidence));
        cli_print_text(out, rules_str(rules, measure->title));
        fputc('\n', out);
    }
    fputs("\nProfiles (-p)\n", out);
    for (uint32_t i = 0; i < rules_profile_count(rules); i++) {
        const struct rules_profile *profile = rules_profile(rules, i);
        fprintf(out, "  %-30s ", rules_text(rules, profile->id));
        cli_print_text(out, rules_str(rules, profile->name));
        fputc('\n', out);
    }
}

void rules_page_categories(FILE *out, const struct ruleset *rules) {
    for (uint32_t i = 0; i < rules_category_count(rules); i++) {
        const struct rules_category *category = rules_category(rules, i);
        fprintf(out, "%-40s ", rules_text(rules, category->id));
        cli_print_text(out, rules_str(rules, category->name));
        fputc('\n', out);
    }
}

/* A list of texts, or of records by their id. */
static void print_texts(FILE *out, const struct ruleset *rules,
                        const char *label, struct rules_run run) {
    if (run.count == 0)
        return;
    fprintf(out, "    %-11s ", label);
    for (uint32_t i = 0; i < run.count; i++) {
        fputs(i == 0 ? "" : ", ", out);
        cli_print_text(out, rules_str(rules, rules_item(rules, run, i)));
    }
    fputc('\n', out);
}

static void print_profiles(FILE *out, const struct ruleset *rules,
                           struct rules_run run) {
    fprintf(out, "    %-11s ", "binds");
    for (uint32_t i = 0; i < run.count; i++) {
        const struct rules_profile *profile =
            rules_profile(rules, rules_item(rules, run, i));
        fprintf(out, "%s%s", i == 0 ? "" : ", ",
                rules_text(rules, profile->id));
    }
    fputc('\n', out);
}

static void print_categories(FILE *out, const struct ruleset *rules,
                             const char *label, struct rules_run run) {
    if (run.count == 0)
        return;
    fprintf(out, "%s", label);
    for (uint32_t i = 0; i < run.count; i++)
        fprintf(
            out, "%s%s", i == 0 ? "" : ", ",
            rules_text(rules,
                       rules_category(rules, rules_item(rules, run, i))->id));
}

static void print_span(FILE *out, const char *word, struct date_span span) {
    struct strbuf text = {.ptr = NULL};
    phrase_span(&text, span);
    if (text.len != 0)
        fprintf(out, " %s %s", word, text.ptr);
    strbuf_dispose(&text);
}

static void print_clause(FILE *out, const struct ruleset *rules,
                         const struct rules_clause *clause, int32_t as_of) {
    fprintf(out, "\n  clause %s: %s, %s", rules_text(rules, clause->id),
            rules_effect_name((enum rules_effect)clause->effect),
            state_names[clause_state(clause, as_of)]);
    print_span(out, "from", clause->from);
    print_span(out, "until", clause->until);
    fputc('\n', out);
    print_profiles(out, rules, clause->binds);
    fprintf(out, "    %-11s ", "activities");
    for (unsigned bit = 0, shown = 0; rules_activity_names[bit] != NULL;
         bit++) {
        if ((clause->activities & (1u << bit)) != 0)
            fprintf(out, "%s%s", shown++ == 0 ? "" : ", ",
                    rules_activity_names[bit]);
    }
    print_categories(out, rules, "\n    covers      ", clause->covers);
    fprintf(out, "\n    reaches     %s parties%s%s\n",
            rules_reach_name((enum rules_reach)clause->reach),
            (clause->flags & RULES_INSIDE) != 0
                ? ", and products that contain their parts"
                : "",
            (clause->flags & RULES_HITS_UNLISTED) != 0
                ? "; hits who is not on the list"
                : "");
    print_texts(out, rules, "made in", clause->made_in);
    print_texts(out, rules, "not made in", clause->not_made_in);
    print_texts(out, rules, "maker in", clause->maker_in);
    print_texts(out, rules, "not from", clause->not_maker_in);
    if (rules_text(rules, clause->advice)[0] != '\0') {
        fprintf(out, "    %-11s ", "do");
        cli_print_text(out, rules_str(rules, clause->advice));
        fputc('\n', out);
    }
    if (clause->confidence == RULES_UNCONFIRMED)
        fputs("    unconfirmed: a finding says review at most\n", out);
}

static void print_listing(FILE *out, const struct ruleset *rules,
                          const struct rules_listing *listing) {
    fputs("    ", out);
    if (listing->party == RULES_NONE)
        cli_print_text(out, rules_str(rules, listing->name));
    else
        fputs(rules_text(rules, rules_party(rules, listing->party)->id), out);
    print_span(out, "from", listing->from);
    print_span(out, "until", listing->until);
    print_categories(out, rules, "; for ", listing->covers);
    if (listing->confidence == RULES_UNCONFIRMED)
        fputs(" (unconfirmed)", out);
    fputc('\n', out);
}

static void print_sources(FILE *out, const struct ruleset *rules,
                          struct rules_run sources) {
    if (sources.count == 0)
        return;
    fputs("\n  Sources\n", out);
    for (uint32_t i = 0; i < sources.count; i++) {
        const struct rules_source *source =
            rules_source(rules, sources.first + i);
        fputs("    ", out);
        cli_print_text(out, rules_str(rules, source->title));
        fputs("\n      ", out);
        cli_print_text(out, rules_str(rules, source->url));
        if (rules_text(rules, source->seen)[0] != '\0')
            fprintf(out, " (seen %s)", rules_text(rules, source->seen));
        fputc('\n', out);
    }
}

static void print_field(FILE *out, const struct ruleset *rules,
                        const char *label, uint32_t text) {
    if (rules_text(rules, text)[0] == '\0')
        return;
    fprintf(out, "  %-13s ", label);
    cli_print_text(out, rules_str(rules, text));
    fputc('\n', out);
}

void rules_page_measure(FILE *out, const struct ruleset *rules, int32_t as_of,
                        uint32_t number) {
    const struct rules_measure *measure = rules_measure(rules, number);
    cli_print_text(out, rules_str(rules, measure->title));
    fprintf(out, "\n  %-13s %s\n", "id", rules_text(rules, measure->id));
    print_field(out, rules, "citation", measure->citation);
    print_field(out, rules, "authority", measure->authority);
    print_field(out, rules, "jurisdiction", measure->jurisdiction);
    fprintf(out, "  %-13s ", "announced");
    print_day(out, measure->announced);
    fprintf(out, "\n  %-13s %s, on ", "state",
            rules_measure_state(rules, number, as_of));
    print_day(out, as_of);
    fprintf(out, "\n  %-13s %s; sources known to ", "confidence",
            rules_confidence_name((enum rules_confidence)measure->confidence));
    print_day(out, measure->known_to);
    fputc('\n', out);
    print_field(out, rules, "exceptions", measure->exceptions);
    for (uint32_t i = 0; i < measure->clauses.count; i++)
        print_clause(out, rules,
                     rules_clause(rules, measure->clauses.first + i), as_of);
    if (measure->listings.count != 0)
        fprintf(out, "\n  Parties%s\n",
                measure->partial ? " (the list here is not complete)" : "");
    for (uint32_t i = 0; i < measure->listings.count; i++)
        print_listing(out, rules,
                      rules_listing(rules, measure->listings.first + i));
    if (measure->blind.count != 0)
        fputs("\n  What no BOM shows\n", out);
    for (uint32_t i = 0; i < measure->blind.count; i++)
        fprintf(out, "    %s\n",
                rules_text(rules, rules_item(rules, measure->blind, i)));
    print_sources(out, rules, measure->sources);
}

static void print_links(FILE *out, const struct ruleset *rules,
                        const char *label, struct rules_run links) {
    for (uint32_t i = 0; i < links.count; i++) {
        const struct rules_link *link = rules_link(rules, links.first + i);
        fprintf(out, "  %-13s %s", label,
                rules_text(rules, rules_party(rules, link->party)->id));
        print_span(out, "from", link->from);
        print_span(out, "until", link->until);
        if (link->share != RULES_NONE)
            fprintf(out, ", %u %%", (unsigned)link->share);
        print_categories(out, rules, "; ", link->covers);
        fprintf(out, "%s\n",
                link->confidence == RULES_UNCONFIRMED ? " (unconfirmed)" : "");
    }
}

/* The names of one kind, on one line; `title` stands above already. */
static void print_names(FILE *out, const struct ruleset *rules,
                        const struct rules_party *party, unsigned kind,
                        const char *label) {
    bool any = false;
    struct str title = rules_str(rules, party->name);
    for (uint32_t i = 0; i < party->names.count; i++) {
        const struct rules_name *name =
            rules_name(rules, rules_item(rules, party->names, i));
        struct str raw = rules_str(rules, name->raw);
        if (name->kind != kind || str_eq(raw, title))
            continue;
        if (any)
            fputs(", ", out);
        else
            fprintf(out, "  %-13s ", label);
        cli_print_text(out, raw);
        any = true;
    }
    if (any)
        fputc('\n', out);
}

void rules_page_party(FILE *out, const struct ruleset *rules, uint32_t number) {
    const struct rules_party *party = rules_party(rules, number);
    cli_print_text(out, rules_str(rules, party->name));
    fprintf(out, "\n  %-13s %s\n", "id", rules_text(rules, party->id));
    print_field(out, rules, "country", party->country);
    print_names(out, rules, party, RULES_NAME_LEGAL, "legal name");
    print_names(out, rules, party, RULES_NAME_ALIAS, "also");
    print_names(out, rules, party, RULES_NAME_BRAND, "brands");
    print_names(out, rules, party, RULES_NAME_SHARED, "shared names");
    print_names(out, rules, party, RULES_NAME_NOT, "is not");
    print_links(out, rules, "owned by", party->owners);
    print_links(out, rules, "may contain", party->contains);
    print_links(out, rules, "sold", party->sold);
    print_categories(out, rules, "  makes         ", party->makes);
    if (party->makes.count != 0)
        fputc('\n', out);
    print_categories(out, rules, "  end of life   ", party->legacy);
    if (party->legacy.count != 0)
        fputc('\n', out);
    print_sources(out, rules, party->sources);
}

void rules_page_profile(FILE *out, const struct ruleset *rules,
                        uint32_t number) {
    const struct rules_profile *profile = rules_profile(rules, number);
    cli_print_text(out, rules_str(rules, profile->name));
    fprintf(out, "\n  %-13s %s\n", "id", rules_text(rules, profile->id));
    print_field(out, rules, "who", profile->description);
    if (profile->within != RULES_NONE)
        fprintf(out, "  %-13s %s\n", "within",
                rules_text(rules, rules_profile(rules, profile->within)->id));
}

void rules_page_sums(FILE *out, const struct ruleset *rules, size_t notes) {
    print_identity(out, rules);
    fprintf(out,
            "no problem in %u measures, %u parties, %u profiles, %u "
            "part-number families, %u cross-references",
            (unsigned)rules_measure_count(rules),
            (unsigned)rules_party_count(rules),
            (unsigned)rules_profile_count(rules),
            (unsigned)rules_family_count(rules),
            (unsigned)rules_cross_count(rules));
    if (notes != 0)
        fprintf(out, "; %zu note%s", notes, notes == 1 ? "" : "s");
    fputc('\n', out);
}
