#include "cli/explanation.h"

#include <string.h>

#include "core/date.h"
#include "core/json_writer.h"
#include "core/lang.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "report/phrases.h"
#include "report/json_part.h"
#include "report/report.h"
#include "run/contents.h"
#include "run/declarations.h"

struct explainer {
    const struct cli_screen *screen;
    struct maker_resolver *resolver;
    struct maker_tracer *tracer;
    struct maker_trace trace; /* of the latest query */
    struct screener *screener;
    struct explainer_said said;
    struct arena arena; /* of what is declared of the latest query */
};

static const struct {
    const char *id, *text;
} kinds[] = {
    [EXPLAIN_NAME] = {"name", N_("name")},
    [EXPLAIN_MPN] = {"mpn", N_("part number")},
    [EXPLAIN_DESCRIPTION] = {"description", N_("description")},
};

struct explainer *explainer_new(const struct cli_screen *screen,
                                const struct explainer_said *said) {
    struct screen_options options = cli_screen_options(screen);
    options.strict_contents = said->strict_contents;
    struct explainer *explainer = mem_calloc(1, sizeof(*explainer));
    if (explainer == NULL)
        return NULL;
    explainer->screen = screen;
    explainer->said = *said;
    explainer->resolver = maker_resolver_new(screen->rules);
    explainer->tracer = maker_tracer_new(screen->rules);
    explainer->screener = screener_new(&options);
    if (explainer->resolver != NULL && explainer->tracer != NULL &&
        explainer->screener != NULL)
        return explainer;
    explainer_free(explainer);
    return NULL;
}

void explainer_free(struct explainer *explainer) {
    if (explainer == NULL)
        return;
    maker_resolver_free(explainer->resolver);
    maker_tracer_free(explainer->tracer);
    maker_trace_dispose(&explainer->trace);
    screener_free(explainer->screener);
    arena_dispose(&explainer->arena);
    mem_free(explainer);
}

static enum maker_confidence confidence_of(const struct maker *maker) {
    return maker->candidate_count == 0 ? MAKER_NONE
                                       : maker->candidates[0].confidence;
}

/* What nobody's name or part number is may still say what a part is. */
static bool resolve_description(struct explainer *explainer,
                                struct explanation *out, struct err *err) {
    struct maker_query query = {.description = out->query};
    if (!maker_resolve(explainer->resolver, &query, &out->maker, err))
        return false;
    if (out->maker.facts.category != RULES_NONE)
        out->kind = EXPLAIN_DESCRIPTION;
    return true;
}

/* A query says not what it is: it is taken for a name first, for a part number
   when that answers better, and for a description when neither answers. */
static bool resolve(struct explainer *explainer, struct explanation *out,
                    struct err *err) {
    struct maker_query name = {
        .manufacturer = out->query,
        .manufacturer_header = str_from(tr("query")),
    };
    struct maker_query mpn = {
        .mpn = out->query,
        .mpn_header = str_from(tr("query")),
    };
    if (!maker_resolve(explainer->resolver, &name, &out->maker, err))
        return false;
    enum maker_confidence by_name = confidence_of(&out->maker);
    if (by_name == MAKER_CERTAIN)
        return true;
    if (!maker_resolve(explainer->resolver, &mpn, &out->maker, err))
        return false;
    if (confidence_of(&out->maker) > by_name)
        out->kind = EXPLAIN_MPN;
    else if (by_name == MAKER_NONE && !resolve_description(explainer, out, err))
        return false;
    return out->kind != EXPLAIN_NAME ||
           maker_resolve(explainer->resolver, &name, &out->maker, err);
}

/* The steps as a name; as a part number too when the name is not certain. */
static bool trace(struct explainer *explainer, struct explanation *out,
                  struct err *err) {
    bool by_name = out->kind == EXPLAIN_NAME &&
                   confidence_of(&out->maker) == MAKER_CERTAIN;
    maker_trace_clear(&explainer->trace);
    bool ok =
        maker_trace_name(explainer->tracer, out->query, &explainer->trace) &&
        (by_name ||
         maker_trace_mpn(explainer->tracer, out->query, &explainer->trace));
    out->stages = explainer->trace.stages;
    out->stage_count = explainer->trace.count;
    return ok || err_nomem(err);
}

static bool look_up(struct explainer *explainer, struct explanation *out,
                    struct str mpn, struct err *err) {
    arena_reset(&explainer->arena);
    return explainer->said.declarations == NULL ||
           declarations_of(explainer->said.declarations, &out->maker, mpn,
                           &explainer->arena, &out->declared) ||
           err_nomem(err);
}

bool explainer_ask(struct explainer *explainer, struct str query,
                   struct explanation *out, struct err *err) {
    *out = (struct explanation){.query = query};
    screener_trim(explainer->screener);
    if (!resolve(explainer, out, err) || !trace(explainer, out, err))
        return false;
    if (explainer->said.category != RULES_NONE) {
        out->maker.facts.category = explainer->said.category;
        out->maker.facts.category_source = "option";
    }
    bool by_name =
        out->kind == EXPLAIN_NAME && confidence_of(&out->maker) != MAKER_NONE;
    struct part_named named = {
        .mpn = by_name ? STR_EMPTY : query,
        .maker = by_name,
    };
    if (!look_up(explainer, out, named.mpn, err))
        return false;
    const struct screen_said said =
        contents_said(explainer->said.origin, STR_EMPTY, &out->declared);
    return screen_part(explainer->screener, &out->maker, &named, &said,
                       &out->screening, err);
}

static const char *party_id(const struct ruleset *rules, uint32_t party) {
    return party == RULES_NONE
               ? NULL
               : rules_text(rules, rules_party(rules, party)->id);
}

static void put_candidates(struct json_writer *json,
                           const struct ruleset *rules,
                           const struct maker *maker) {
    json_key(json, "candidates");
    json_open_array(json);
    for (size_t i = 0; i < maker->candidate_count; i++) {
        const struct maker_candidate *candidate = &maker->candidates[i];
        json_open_object(json);
        json_inline(json);
        json_put_text(json, "party", party_id(rules, candidate->party));
        json_put_text(
            json, "name",
            rules_text(rules, rules_party(rules, candidate->party)->name));
        json_put_text(json, "confidence",
                      json_part_confidence(candidate->confidence));
        json_part_matches(json, candidate->matched_by);
        json_close_object(json);
    }
    json_close_array(json);
}

/* What a report would be told of a hit. */
struct hit_report {
    struct run_info run;
    struct finding finding;
};

static struct hit_report report_of(const struct cli_screen *screen,
                                   const struct explanation *explanation,
                                   const struct screen_hit *hit) {
    static const struct bom_part no_part = {.line = 0};
    return (struct hit_report){
        .run = cli_run_info(screen),
        .finding =
            {
                .verdict = hit->verdict,
                .part = &no_part,
                .maker = &explanation->maker,
                .hit = hit,
                .owner = explanation->screening.owner,
                .declaration = contents_declaration(
                    screen->rules, &explanation->declared, hit),
            },
    };
}

static void put_sentences(struct json_writer *json,
                          const struct hit_report *report) {
    struct strbuf text = {.ptr = NULL};
    report_why(&text, &report->run, &report->finding);
    json_put_str(json, "why", strbuf_str(&text));
    strbuf_clear(&text);
    report_action(&text, &report->run, &report->finding);
    json_put_str(json, "do", strbuf_str(&text));
    strbuf_dispose(&text);
}

static void put_hit(struct json_writer *json, const struct hit_report *report) {
    const struct ruleset *rules = report->run.rules;
    const struct screen_hit *hit = report->finding.hit;
    const struct rules_measure *measure = rules_measure(rules, hit->measure);
    const struct rules_clause *clause = rules_clause(rules, hit->clause);
    json_open_object(json);
    json_put_text(json, "measure", rules_text(rules, measure->id));
    json_put_text(json, "clause", rules_text(rules, clause->id));
    json_put_text(
        json, "profile",
        hit->profile == RULES_NONE
            ? NULL
            : rules_text(rules, rules_profile(rules, hit->profile)->id));
    json_put_text(
        json, "customer",
        hit->customer == RULES_NONE
            ? NULL
            : rules_text(rules, rules_profile(rules, hit->customer)->id));
    json_put_text(json, "verdict", verdict_name(hit->verdict));
    json_put_text(json, "reason", screen_reason_name(hit->reason));
    json_put_text(
        json, "declare",
        hit->declare == RULES_NONE
            ? NULL
            : rules_text(rules, rules_profile(rules, hit->declare)->id));
    json_put_text(json, "listed", party_id(rules, hit->listed));
    json_part_via(json, &hit->via);
    json_part_when(json, hit);
    json_put_optional(json, "citation", rules_str(rules, measure->citation));
    json_put_optional(json, "url", str_from(phrase_url(rules, hit->measure)));
    put_sentences(json, report);
    json_close_object(json);
}

/* What led to the worst hit, or, without one, nothing. */
static const struct screen_via *first_via(const struct screening *screening) {
    for (size_t i = 0; i < screening->hit_count; i++) {
        if (screening->hits[i].via.relation != NULL)
            return &screening->hits[i].via;
    }
    return NULL;
}

static void put_stages(struct json_writer *json,
                       const struct explanation *explanation) {
    json_key(json, "stages");
    json_open_array(json);
    for (size_t i = 0; i < explanation->stage_count; i++) {
        const struct maker_stage *stage = &explanation->stages[i];
        json_open_object(json);
        json_inline(json);
        json_put_text(json, "stage", stage->stage);
        json_put_str(json, "input", stage->input);
        json_put_optional(json, "result", stage->result);
        json_put_str(json, "why", stage->why);
        json_close_object(json);
    }
    json_close_array(json);
}

void explanation_print_json(FILE *out, const struct cli_screen *screen,
                            const struct explanation *explanation,
                            bool compact) {
    const struct ruleset *rules = screen->rules;
    const struct maker *maker = &explanation->maker;
    const struct screening *screening = &explanation->screening;
    struct json_writer json = JSON_WRITER(out);
    json.compact = compact;
    json_open_object(&json);
    json_put_text(&json, "schema", "bomgate-explain/1");
    json_put_str(&json, "query", explanation->query);
    json_put_text(&json, "kind", kinds[explanation->kind].id);
    json_put_text(&json, "party",
                  maker->candidate_count == 0
                      ? NULL
                      : party_id(rules, maker->candidates[0].party));
    json_put_text(&json, "owner", party_id(rules, screening->owner));
    json_part_via(&json, first_via(screening));
    json_part_matches(&json, maker->candidate_count == 0
                                 ? 0
                                 : maker->candidates[0].matched_by);
    json_put_text(&json, "confidence",
                  json_part_confidence(confidence_of(maker)));
    put_candidates(&json, rules, maker);
    json_put_text(&json, "method", MAKER_METHOD);
    json_put_optional(&json, "evidence", maker->evidence);
    put_stages(&json, explanation);
    json_part_facts(&json, rules, &maker->facts);
    json_put_date(&json, "as_of", screen->as_of);
    json_put_text(&json, "activity",
                  rules_activity_name((enum rules_activity)screen->activity));
    json_put_text(&json, "verdict", verdict_name(screening->verdict));
    json_key(&json, "measures");
    json_open_array(&json);
    for (size_t i = 0; i < screening->hit_count; i++) {
        struct hit_report report =
            report_of(screen, explanation, &screening->hits[i]);
        put_hit(&json, &report);
    }
    json_close_array(&json);
    json_close_object(&json);
    json_finish(&json);
}

/* Where the answers stand, behind their labels. */
#define LABEL_WIDTH 10
#define HIT_LABEL_WIDTH 5
#define VERDICT_WIDTH 13

/* "  maker     " */
static void print_label(FILE *out, size_t indent, size_t width,
                        const char *label) {
    size_t shown = utf8_width(str_from(label));
    fprintf(out, "%*s%s%*s", (int)indent, "", label,
            (int)(shown < width ? width - shown : 1), "");
}

static void print_answer(FILE *out, const char *label, struct str answer) {
    print_label(out, 2, LABEL_WIDTH, label);
    cli_print_text(out, answer);
    fputc('\n', out);
}

static void add_party(struct strbuf *out, const struct ruleset *rules,
                      uint32_t party) {
    const struct rules_party *record = rules_party(rules, party);
    const char *country = rules_text(rules, record->country);
    strbuf_printf(out, "%s [%s]", rules_text(rules, record->name),
                  rules_text(rules, record->id));
    if (country[0] != '\0')
        strbuf_printf(out, tr(", %s"), country);
}

/* What a parameter is called in a sentence. */
static const char *const parameter_words[PART_PARAMETER_COUNT] = {
    [PART_DENSITY] = N_("density"),
    [PART_WIDTH] = N_("width"),
    [PART_SPEED] = N_("speed"),
    [PART_VOLTAGE] = N_("voltage"),
    [PART_DIES] = N_("dies"),
    [PART_PACKAGE] = N_("package"),
    [PART_TEMPERATURE] = N_("temperature"),
    [PART_INTERFACE] = N_("interface"),
};

static void add_what(struct strbuf *out, const char *what) {
    phrase_comma(out, out->len);
    strbuf_add_text(out, what);
}

/* What of the part is known from one source; all of it? */
static bool list_known(struct strbuf *out, const struct part_facts *facts,
                       const char *source) {
    bool all = strcmp(facts->category_source, source) == 0;
    strbuf_clear(out);
    if (all)
        add_what(out, tr("category"));
    for (unsigned i = 0; i < PART_PARAMETER_COUNT; i++) {
        if (strcmp(facts->sources[i], source) == 0)
            add_what(out, tr(parameter_words[i]));
        else if (facts->sources[i][0] != '\0')
            all = false;
    }
    return all;
}

/* "by the part number", "category by the part number; width by …". */
static void add_sources(struct strbuf *out, const struct part_facts *facts) {
    static const struct {
        const char *id, *text;
    } sources[] = {
        {"mpn", N_("part number")},
        {"description", N_("description")},
        {"column", N_("category column")},
        {"option", N_("option")},
    };
    struct strbuf known = {.ptr = NULL};
    for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
        bool all = list_known(&known, facts, sources[i].id);
        if (known.len == 0)
            continue;
        strbuf_add_text(out, out->len == 0 ? "" : tr("; "));
        if (all)
            strbuf_printf(out, tr("by the %s"), tr(sources[i].text));
        else
            strbuf_printf(out, tr("%s by the %s"), phrase_text(&known),
                          tr(sources[i].text));
    }
    phrase_end(out, &known);
}

static void print_facts(FILE *out, const struct ruleset *rules,
                        const struct part_facts *facts) {
    struct strbuf text = {.ptr = NULL}, sources = {.ptr = NULL};
    report_part_facts(&text, rules, facts);
    add_sources(&sources, facts);
    if (text.len != 0) {
        strbuf_printf(&text, tr(" (%s)"), phrase_text(&sources));
        print_answer(out, tr("part"), strbuf_str(&text));
    }
    phrase_end(&text, &sources);
    strbuf_dispose(&text);
}

static void print_maker(FILE *out, const struct ruleset *rules,
                        const struct explanation *explanation) {
    const struct maker *maker = &explanation->maker;
    struct strbuf text = {.ptr = NULL};
    cli_print_text(out, explanation->query);
    fprintf(out, tr(" (taken for a %s)\n"), tr(kinds[explanation->kind].text));
    if (maker->candidate_count == 0)
        print_answer(out, tr("maker"), str_from(tr("not known")));
    for (size_t i = 0; i < maker->candidate_count; i++) {
        strbuf_clear(&text);
        add_party(&text, rules, maker->candidates[i].party);
        strbuf_printf(
            &text, tr(": %s"),
            tr(json_part_confidence(maker->candidates[i].confidence)));
        print_answer(out, tr("maker"), strbuf_str(&text));
    }
    if (explanation->screening.owner != RULES_NONE) {
        strbuf_clear(&text);
        add_party(&text, rules, explanation->screening.owner);
        print_answer(out, tr("owner"), strbuf_str(&text));
    }
    if (maker->evidence.len != 0)
        print_answer(out, tr("evidence"), maker->evidence);
    strbuf_dispose(&text);
    print_facts(out, rules, &maker->facts);
}

static void print_part_of_hit(FILE *out, const char *label, struct str text) {
    if (text.len == 0)
        return;
    print_label(out, 4, HIT_LABEL_WIDTH, label);
    cli_print_text(out, text);
    fputc('\n', out);
}

/* The finding that a report would show for this hit. */
static void print_hit(FILE *out, const struct cli_screen *screen,
                      const struct explanation *explanation,
                      const struct screen_hit *hit) {
    const struct ruleset *rules = screen->rules;
    const struct rules_measure *measure = rules_measure(rules, hit->measure);
    struct hit_report report = report_of(screen, explanation, hit);
    struct strbuf text = {.ptr = NULL};
    fputc('\n', out);
    print_label(out, 2, VERDICT_WIDTH, tr(verdict_name(hit->verdict)));
    fprintf(out, tr("for %s, under %s, clause %s\n"),
            hit->profile == RULES_NONE
                ? tr("any buyer")
                : rules_text(rules, rules_profile(rules, hit->profile)->id),
            rules_text(rules, measure->id),
            rules_text(rules, rules_clause(rules, hit->clause)->id));
    report_why(&text, &report.run, &report.finding);
    print_part_of_hit(out, tr("why"), strbuf_str(&text));
    strbuf_clear(&text);
    report_action(&text, &report.run, &report.finding);
    print_part_of_hit(out, tr("do"), strbuf_str(&text));
    strbuf_clear(&text);
    struct str citation = rules_str(rules, measure->citation);
    const char *title = phrase_measure(rules, hit->measure);
    if (!str_starts(citation, str_from(title)))
        strbuf_printf(&text, "%s%s", title, tr("; "));
    strbuf_add(&text, citation);
    print_part_of_hit(out, tr("law"), strbuf_str(&text));
    strbuf_dispose(&text);
}

static bool same_reason(const struct screen_hit *a,
                        const struct screen_hit *b) {
    return a->reason == b->reason && a->profile == b->profile;
}

/* What is listed but binds nobody here is told for information: a line for each
   reason. */
static void print_listed_only(FILE *out, const struct ruleset *rules,
                              const struct screen_hit *hits, size_t count) {
    struct strbuf text = {.ptr = NULL};
    for (size_t i = 0; i < count; i++) {
        size_t first = 0;
        while (!same_reason(&hits[first], &hits[i]))
            first++;
        if (first != i)
            continue;
        strbuf_clear(&text);
        phrase_reason(&text, rules, &hits[i]);
        for (size_t k = i; k < count; k++) {
            if (!same_reason(&hits[i], &hits[k]))
                continue;
            strbuf_add_text(&text, k == i ? tr_in("label", ": ")
                                          : tr_in("list", ", "));
            strbuf_add_text(
                &text,
                rules_text(rules, rules_measure(rules, hits[k].measure)->id));
        }
        if (i == 0)
            fprintf(out, "\n  %s\n", tr("listed, but nothing binds here"));
        fputs("    ", out);
        cli_print_text(out, strbuf_str(&text));
        fputc('\n', out);
    }
    strbuf_dispose(&text);
}

static void print_quoted(FILE *out, struct str text) {
    fputc('"', out);
    cli_print_text(out, text);
    fputc('"', out);
}

static void print_stages(FILE *out, const struct explanation *explanation) {
    print_label(out, 2, LABEL_WIDTH, tr("stages"));
    fprintf(out, tr("by the method %s\n"), MAKER_METHOD);
    for (size_t i = 0; i < explanation->stage_count; i++) {
        const struct maker_stage *stage = &explanation->stages[i];
        fprintf(out, "    %-13s ", stage->stage);
        print_quoted(out, stage->input);
        if (stage->result.len != 0) {
            fputs(tr_in("label", ": "), out);
            print_quoted(out, stage->result);
        }
        fputs(tr(", "), out);
        cli_print_text(out, stage->why);
        fputc('\n', out);
    }
}

void explanation_print_text(FILE *out, const struct cli_screen *screen,
                            const struct explanation *explanation) {
    const struct screening *screening = &explanation->screening;
    print_maker(out, screen->rules, explanation);
    print_stages(out, explanation);
    print_label(out, 2, LABEL_WIDTH, tr("verdict"));
    if (screening->verdict == VERDICT_CLEAR)
        fprintf(out, tr("%s: no listed maker found\n"),
                tr(verdict_name(VERDICT_CLEAR)));
    else
        fprintf(out, "%s\n", tr(verdict_name(screening->verdict)));
    size_t i = 0;
    for (; i < screening->hit_count &&
           screening->hits[i].verdict != VERDICT_OUT_OF_SCOPE;
         i++)
        print_hit(out, screen, explanation, &screening->hits[i]);
    print_listed_only(out, screen->rules, screening->hits + i,
                      screening->hit_count - i);
}
