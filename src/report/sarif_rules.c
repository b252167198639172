#include "report/sarif_rules.h"

#include "core/lang.h"
#include "core/uri.h"
#include "core/utf8.h"
#include "report/measure_told.h"
#include "report/phrases.h"
#include "report/told.h"
#include "report/waiver_form.h"

const char *sarif_level(enum verdict verdict) {
    if (verdict == VERDICT_PROHIBITED)
        return "error";
    return phrase_is_flagged(verdict) ? "warning" : "note";
}

/* What GitHub takes in a rule's name, and in its descriptions. */
#define NAME_COLUMNS 255
#define DESCRIPTION_COLUMNS 1000

static void put_cut(struct json_writer *json, const char *key, struct str text,
                    size_t columns, struct scratch *scratch) {
    struct strbuf *cut = scratch_start(scratch);
    utf8_add_visible(cut, text, columns);
    json_put_str(json, key, strbuf_str(cut));
}

static void put_description(struct json_writer *json, const char *key,
                            struct str text, struct scratch *scratch) {
    json_key(json, key);
    json_open_object(json);
    json_inline(json);
    put_cut(json, "text", text, DESCRIPTION_COLUMNS, scratch);
    json_close_object(json);
}

static enum verdict verdict_of(enum rules_effect effect) {
    switch (effect) {
    case RULES_PROHIBIT:
        return VERDICT_PROHIBITED;
    case RULES_EXPORT:
        return VERDICT_OUT_OF_SCOPE;
    case RULES_APPROVE:
    case RULES_DUTY:
    case RULES_ADVISE:
    case RULES_CHECK:
        break;
    }
    return VERDICT_RESTRICTED;
}

/* The worst that any of its clauses can say. */
static enum verdict worst_of(const struct ruleset *rules,
                             const struct rules_measure *measure) {
    enum verdict worst = VERDICT_OUT_OF_SCOPE;
    for (uint32_t i = 0; i < measure->clauses.count; i++) {
        const struct rules_clause *clause =
            rules_clause(rules, measure->clauses.first + i);
        worst =
            verdict_worst(worst, verdict_of((enum rules_effect)clause->effect));
    }
    return worst;
}

static const char *const help_keys[] = {"text", "markdown"};

/* The words of a help page, as plain text or as Markdown. */
struct help {
    struct strbuf *out;
    const struct ruleset *rules;
    const struct rules_measure *measure;
    bool markdown;
};

static void add_fact(const struct help *help, const char *name,
                     struct str fact) {
    if (fact.len == 0)
        return;
    const char *strong = help->markdown ? "**" : "";
    strbuf_printf(help->out, tr("%s%s:%s %.*s\n\n"), strong, name, strong,
                  STR_ARG(fact));
}

static void add_binds(const struct help *help,
                      const struct rules_clause *clause) {
    struct strbuf buyers = {.ptr = NULL};
    for (uint32_t i = 0; i < clause->binds.count; i++) {
        phrase_comma(&buyers, i);
        strbuf_printf(
            &buyers, tr("“%s”"),
            phrase_profile(help->rules,
                           rules_item(help->rules, clause->binds, i)));
    }
    if (buyers.len != 0)
        strbuf_printf(help->out, tr(" for %s"), phrase_text(&buyers));
    phrase_end(help->out, &buyers);
}

/* "- purchase (prohibit) for “…”, from 2023-05-21: Buy another maker's." */
static void add_clauses(const struct help *help) {
    struct strbuf *out = help->out;
    for (uint32_t i = 0; i < help->measure->clauses.count; i++) {
        const struct rules_clause *clause =
            rules_clause(help->rules, help->measure->clauses.first + i);
        strbuf_printf(out, tr("- %s (%s)"), rules_text(help->rules, clause->id),
                      tr(rules_effect_name((enum rules_effect)clause->effect)));
        add_binds(help, clause);
        if (clause->from.first != DATE_NONE) {
            strbuf_printf(out, tr(", from %s"), shown_span(clause->from).text);
        }
        strbuf_printf(out, tr(": %s\n"),
                      tr(rules_text(help->rules, clause->advice)));
    }
    strbuf_add_char(out, '\n');
}

static void add_sources(const struct help *help) {
    struct rules_run sources = help->measure->sources;
    for (uint32_t i = 0; i < sources.count; i++) {
        struct str url = rules_str(
            help->rules, rules_source(help->rules, sources.first + i)->url);
        bool link = help->markdown && uri_is_web(url);
        strbuf_printf(help->out, tr("Source: %s%.*s%s\n\n"), link ? "<" : "",
                      STR_ARG(url), link ? ">" : "");
    }
}

static void add_waiver_form(struct strbuf *out, const char *measure,
                            const char *of, bool markdown) {
    strbuf_add_text(out, tr("To waive it, fill in and add to "
                            ".bomgate-waivers.yaml:\n\n"));
    if (markdown)
        strbuf_add_text(out, "```yaml\n");
    told_waiver_form(out, measure, of);
    if (markdown)
        strbuf_add_text(out, "```\n");
}

static void add_help(const struct help *help) {
    const struct ruleset *rules = help->rules;
    const struct rules_measure *measure = help->measure;
    struct strbuf title = {.ptr = NULL};
    measure_title(&title, rules, measure, tr("; "));
    add_fact(help, tr("Measure"), strbuf_str(&title));
    phrase_end(help->out, &title);
    add_fact(help, tr("Authority"), rules_str(rules, measure->authority));
    add_fact(help, tr("Citation"), rules_str(rules, measure->citation));
    add_fact(help, tr("Exceptions"),
             str_from(tr(rules_text(rules, measure->exceptions))));
    if (measure->clauses.count != 0) {
        strbuf_add_text(help->out, tr("What it asks, and what to do:\n\n"));
        add_clauses(help);
    }
    add_sources(help);
    add_waiver_form(help->out, rules_text(rules, measure->id),
                    "party: " WAIVER_BLANK_PARTY
                    "  # or mpn: " WAIVER_BLANK_MPN,
                    help->markdown);
}

static void put_help(struct json_writer *json, const struct ruleset *rules,
                     const struct rules_measure *measure,
                     struct scratch *scratch) {
    json_key(json, "help");
    json_open_object(json);
    for (size_t i = 0; i < ARRAY_LEN(help_keys); i++) {
        struct help help = {scratch_start(scratch), rules, measure, i == 1};
        add_help(&help);
        json_put_str(json, help_keys[i], strbuf_str(help.out));
    }
    json_close_object(json);
}

static void put_level(struct json_writer *json, const char *level) {
    json_key(json, "defaultConfiguration");
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "level", level);
    json_close_object(json);
}

static void put_texts(struct json_writer *json, const struct ruleset *rules,
                      const struct rules_measure *measure,
                      struct scratch *scratch) {
    struct str title = str_from(tr(rules_text(rules, measure->title)));
    struct strbuf full = {.ptr = NULL};
    put_cut(json, "name", title, NAME_COLUMNS, scratch);
    put_description(json, "shortDescription", title, scratch);
    strbuf_printf(&full, tr("%s. %s, %s: %s."), title.ptr,
                  rules_text(rules, measure->authority),
                  rules_text(rules, measure->jurisdiction),
                  rules_text(rules, measure->citation));
    put_description(json, "fullDescription", strbuf_str(&full), scratch);
    scratch->failed = scratch->failed || full.failed;
    strbuf_dispose(&full);
}

static void put_measure(struct json_writer *json, const struct ruleset *rules,
                        const struct rules_measure *measure,
                        struct scratch *scratch) {
    json_open_object(json);
    json_put_str(json, "id", rules_str(rules, measure->id));
    put_texts(json, rules, measure, scratch);
    put_help(json, rules, measure, scratch);
    if (measure->sources.count != 0) {
        struct str url =
            rules_str(rules, rules_source(rules, measure->sources.first)->url);
        if (uri_is_web(url))
            json_put_str(json, "helpUri", url);
    }
    put_level(json, sarif_level(worst_of(rules, measure)));
    json_close_object(json);
}

static void put_unknown_help(struct json_writer *json,
                             struct scratch *scratch) {
    for (size_t i = 0; i < ARRAY_LEN(help_keys); i++) {
        struct strbuf *text = scratch_start(scratch);
        strbuf_add_text(text,
                        tr("A part whose maker is not known is not clear: it "
                           "could be anybody's. Name the maker in the BOM, or "
                           "in the parts file.\n\n"));
        add_waiver_form(text, WAIVER_UNKNOWN_MAKER, "mpn: " WAIVER_BLANK_MPN,
                        i == 1);
        json_put_str(json, help_keys[i], strbuf_str(text));
    }
}

static void put_unknown_maker(struct json_writer *json,
                              struct scratch *scratch) {
    json_open_object(json);
    json_put_text(json, "id", TOLD_UNKNOWN_MAKER);
    json_put_text(json, "name", tr("Maker not known"));
    put_description(json, "shortDescription", str_from(tr("Maker not known")),
                    scratch);
    put_description(json, "fullDescription",
                    str_from(tr("No maker could be found for the part, or "
                                "none that is sure, so no rule about makers "
                                "could be asked.")),
                    scratch);
    json_key(json, "help");
    json_open_object(json);
    put_unknown_help(json, scratch);
    json_close_object(json);
    put_level(json, sarif_level(VERDICT_UNKNOWN));
    json_close_object(json);
}

void sarif_rules(struct json_writer *json, const struct ruleset *rules,
                 struct scratch *scratch) {
    json_key(json, "rules");
    json_open_array(json);
    for (uint32_t i = 0; i < rules_measure_count(rules); i++)
        put_measure(json, rules, rules_measure(rules, i), scratch);
    put_unknown_maker(json, scratch);
    json_close_array(json);
}

void sarif_rule_of(struct json_writer *json, const struct ruleset *rules,
                   const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    bool measured = hit != NULL && hit->measure != RULES_NONE;
    json_put_text(json, "ruleId", told_rule_id(rules, finding));
    json_put_int(json, "ruleIndex",
                 measured ? hit->measure : rules_measure_count(rules));
}
