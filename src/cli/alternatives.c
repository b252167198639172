#include "cli/cli.h"
#include "cli/commands.h"
#include "core/date.h"
#include "core/json_writer.h"
#include "core/lang.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "report/instead.h"
#include "report/json_alternatives.h"
#include "report/json_part.h"
#include "report/phrases.h"
#include "run/rule_age.h"
#include "run/run.h"

static const struct cli_option options[] = {
    CLI_SCREEN_OPTIONS,
    CLI_WISH_OPTIONS,
    {"manufacturer", 0, "NAME", false, "who makes the part"},
    {"description", 0, "TEXT", false, "what it is, such as \"8GB eMMC\""},
    {"category", 0, "CATEGORY", false,
     "what the part is, such as memory/dram/ddr4"},
    {"format", 'f', "FORMAT", false, "text (default) or json"},
    {NULL, 0, NULL, false, NULL},
};

struct session {
    struct cli_screen screen;
    struct cli_wish wish;
    struct maker_resolver *resolver;
    struct screener *screener;
    struct alternatives_finder *finder;
    struct str manufacturer, description;
    uint32_t category;
    bool json;
    struct scratch scratch;
};

/* A part and what can replace it. */
struct answer {
    struct str mpn;
    struct maker maker;
    struct screening screening;
    struct alternatives found;
};

static bool resolve(struct session *session, struct answer *answer,
                    struct err *err) {
    struct maker_query query = {
        .mpn = answer->mpn,
        .mpn_header = str_from(tr("query")),
        .manufacturer = session->manufacturer,
        .manufacturer_header = STR_LIT("--manufacturer"),
        .description = session->description,
    };
    const struct screen_said nothing = {.contents = NULL};
    if (!maker_resolve(session->resolver, &query, &answer->maker, err))
        return false;
    if (session->category != RULES_NONE) {
        answer->maker.facts.category = session->category;
        answer->maker.facts.category_source = "option";
    }
    struct part_named named = {
        .mpn = answer->mpn,
        .maker = session->manufacturer.len != 0,
    };
    return screen_part(session->screener, &answer->maker, &named, &nothing,
                       &answer->screening, err);
}

static bool find(struct session *session, struct answer *answer,
                 struct err *err) {
    const struct cli_screen *screen = &session->screen;
    uint32_t *profiles = mem_calloc(screen->profile_count, sizeof(*profiles));
    if (profiles == NULL)
        return err_nomem(err);
    size_t count =
        screening_profiles(&answer->screening, screen->profiles,
                           screen->profile_count, screen->declared, profiles);
    struct part_named named = {.mpn = answer->mpn};
    bool ok = alternatives_find(session->finder, &named, &answer->maker,
                                profiles, count, &answer->found, err);
    mem_free(profiles);
    return ok;
}

static void put_profiles(struct json_writer *json, const struct ruleset *rules,
                         const struct alternatives *found) {
    json_key(json, "profiles");
    json_open_array(json);
    json_inline(json);
    for (size_t i = 0; i < found->profile_count; i++)
        json_text(
            json,
            rules_text(rules, rules_profile(rules, found->profiles[i])->id));
    json_close_array(json);
}

static void print_json(FILE *out, struct session *session,
                       const struct answer *answer, bool compact) {
    const struct ruleset *rules = session->screen.rules;
    const struct maker *maker = &answer->maker;
    struct run_info run = cli_run_info(&session->screen);
    struct json_writer json = JSON_WRITER(out);
    json.compact = compact;
    json_open_object(&json);
    json_put_text(&json, "schema", "bomgate-alternatives/1");
    json_put_str(&json, "mpn", answer->mpn);
    json_part_party(&json, "party", rules,
                    maker->candidate_count == 0 ? RULES_NONE
                                                : maker->candidates[0].party);
    json_part_party(&json, "owner", rules, answer->screening.owner);
    json_put_text(&json, "confidence",
                  json_part_confidence(maker->candidate_count == 0
                                           ? MAKER_NONE
                                           : maker->candidates[0].confidence));
    json_put_optional(&json, "evidence", maker->evidence);
    json_part_facts(&json, rules, &maker->facts);
    json_put_date(&json, "as_of", session->screen.as_of);
    json_put_date(&json, "horizon", session->wish.wish.horizon);
    json_put_text(
        &json, "activity",
        rules_activity_name((enum rules_activity)session->screen.activity));
    put_profiles(&json, rules, &answer->found);
    json_put_text(&json, "verdict", verdict_name(answer->screening.verdict));
    json_alternatives(&json, &run, &answer->found, &session->scratch);
    json_close_object(&json);
    json_finish(&json);
}

/* Where the answers stand, behind their labels. */
#define LABEL_WIDTH 10

static void print_line(FILE *out, const char *label,
                       const struct strbuf *text) {
    if (text->len == 0)
        return;
    size_t width = utf8_width(str_from(label));
    fprintf(out, "  %s%*s", label,
            (int)(width < LABEL_WIDTH ? LABEL_WIDTH - width : 1), "");
    cli_print_text(out, strbuf_str(text));
    fputc('\n', out);
}

static void print_part(FILE *out, struct session *session,
                       const struct answer *answer) {
    const struct ruleset *rules = session->screen.rules;
    char day[DATE_TEXT_SIZE];
    cli_print_text(out, answer->mpn);
    fputc('\n', out);
    struct strbuf *text = scratch_start(&session->scratch);
    phrase_maker(text, rules, &answer->maker, answer->screening.owner);
    if (answer->maker.candidate_count == 0)
        strbuf_add_text(text, tr("not known"));
    print_line(out, tr("maker"), text);
    text = scratch_start(&session->scratch);
    report_part_facts(text, rules, &answer->maker.facts);
    if (text->len == 0)
        strbuf_add_text(text,
                        tr("not known: --category or --description say it"));
    print_line(out, tr("part"), text);
    text = scratch_start(&session->scratch);
    date_format(session->screen.as_of, day);
    strbuf_printf(text, tr("%s on %s"),
                  tr(verdict_name(answer->screening.verdict)), day);
    print_line(out, tr("verdict"), text);
}

static void print_beyond(FILE *out, struct session *session, size_t beyond) {
    struct strbuf *text = scratch_start(&session->scratch);
    if (beyond != 0)
        strbuf_printf(text, tr("%zu more with --all"), beyond);
    print_line(out, "", text);
}

static void print_items(FILE *out, struct session *session,
                        const struct run_info *run,
                        const struct alternatives *found) {
    struct strbuf *text = scratch_start(&session->scratch);
    if (found->count == 0)
        strbuf_add_text(text, tr(INSTEAD_NONE));
    else if (!report_instead_is_clear(found))
        strbuf_add_text(text, tr(INSTEAD_NONE_CLEAR));
    print_line(out, tr("instead"), text);
    for (size_t i = 0; i < found->count; i++) {
        const struct alternative *item = &found->items[i];
        text = scratch_start(&session->scratch);
        phrase_alternative(text, run, found, item);
        if (item->fit != FIT_DROP_IN)
            strbuf_printf(text, tr("; %s"), item->source);
        print_line(out, i == 0 ? tr("instead") : "", text);
    }
    print_beyond(out, session, found->beyond);
    text = scratch_start(&session->scratch);
    report_instead_check(text, found);
    print_line(out, tr_in("label", "check"), text);
}

static void print_text(FILE *out, struct session *session,
                       const struct answer *answer) {
    const struct alternatives *found = &answer->found;
    struct run_info run = cli_run_info(&session->screen);
    print_part(out, session, answer);
    print_items(out, session, &run, found);
    for (size_t i = 0; i < found->excluded_count; i++) {
        struct strbuf *text = scratch_start(&session->scratch);
        phrase_excluded(text, &run, &found->excluded[i]);
        print_line(out, i == 0 ? tr_in("label", "not") : "", text);
    }
    print_beyond(out, session, found->excluded_beyond);
}

static bool ask(void *ctx, struct str mpn, bool one_of_many, struct err *err) {
    struct session *session = ctx;
    struct answer answer = {.mpn = mpn};
    screener_trim(session->screener);
    alternatives_trim(session->finder);
    if (!resolve(session, &answer, err) || !find(session, &answer, err))
        return false;
    if (session->json)
        print_json(stdout, session, &answer, one_of_many);
    else
        print_text(stdout, session, &answer);
    return scratch_ok(&session->scratch) || err_nomem(err);
}

static bool open_session(const struct cli_args *args, struct session *session,
                         struct err *err) {
    struct cli_screen *screen = &session->screen;
    session->manufacturer = str_from(cli_value(args, "manufacturer"));
    session->description = str_from(cli_value(args, "description"));
    if (!cli_wants_json(args, &session->json, err) ||
        !cli_read_screen(args, screen, err) ||
        !cli_read_wish(args, screen, &session->wish, err) ||
        !cli_read_category(args, screen->rules, &session->category, err))
        return false;
    session->resolver = maker_resolver_new(screen->rules);
    const struct screen_options ask_by = cli_screen_options(screen);
    session->screener = screener_new(&ask_by);
    session->finder = alternatives_finder_new(&(struct alternatives_options){
        .rules = screen->rules,
        .screener = session->screener,
        .as_of = screen->as_of,
        .wish = session->wish.wish,
    });
    return (session->resolver != NULL && session->screener != NULL &&
            session->finder != NULL) ||
           err_nomem(err);
}

static int alternatives(const struct cli_args *args) {
    struct session session = {.resolver = NULL};
    struct err err = ERR_INIT;
    int status;
    if (args->operand_count != 1)
        return cli_usage_error("alternatives needs one part number, or -");
    if (!open_session(args, &session, &err)) {
        status = cli_refuse(&err);
    } else {
        bool ok = cli_each_query(args->operands[0], ask, &session, &err) &&
                  rule_age_check(session.screen.rules, session.screen.as_of,
                                 session.screen.max_rule_age, &err);
        status = cli_finish(ok ? EXIT_CLEAN : cli_fail(&err));
    }
    alternatives_finder_free(session.finder);
    screener_free(session.screener);
    maker_resolver_free(session.resolver);
    scratch_dispose(&session.scratch);
    cli_wish_dispose(&session.wish);
    cli_screen_dispose(&session.screen);
    return status;
}

const struct cli_command alternatives_command = {
    .name = "alternatives",
    .operands = "MPN|-",
    .summary = "what can replace a part, screened",
    .help = "- reads one part number a line from standard input.",
    .options = options,
    .run = alternatives,
};
