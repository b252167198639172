#include "cli/history_verbs.h"
#include "cli/page.h"
#include "core/lang.h"
#include "report/json_finding.h"
#include "report/json_run.h"
#include "report/phrases.h"
#include "report/text_layout.h"
#include "report/told.h"
#include "run/rescreen.h"

/* Where what is found goes, as text or as `bomgate-rescreen/1`. */
struct teller {
    struct text_page page;
    struct json_writer json;
    struct scratch scratch;
    bool as_json;
    bool headed;       /* the board's heading is printed */
    bool listing_gone; /* JSON: within its list */
    const struct history_board *board;
    const struct run_info *run;
};

/* "gatemate (rev A), bom/gatemate.csv, checked 2026-09-01" */
static void add_board(struct strbuf *out, const struct history_board *board) {
    strbuf_add_text(out, board->product);
    if (board->revision[0] != '\0')
        strbuf_printf(out, tr(" (revision %s)"), board->revision);
    if (!str_eq(str_from(board->path), str_from(board->product)))
        strbuf_printf(out, tr(", %s"), board->path);
    if (board->repository[0] != '\0')
        strbuf_printf(out, tr(" of %s"), board->repository);
    strbuf_printf(out, tr(", as checked on %.10s"), board->time);
}

static void put_heading(struct teller *teller) {
    if (teller->headed)
        return;
    teller->headed = true;
    add_board(text_start(&teller->page), teller->board);
    text_heading(&teller->page, strbuf_str(&teller->page.text.text));
}

static void json_board(struct json_writer *json,
                       const struct history_board *board) {
    json_put_optional(json, "repository", str_from(board->repository));
    json_put_text(json, "product", board->product);
    json_put_optional(json, "revision", str_from(board->revision));
    json_put_text(json, "path", board->path);
    json_put_int(json, "run", board->run);
    json_put_text(json, "time", board->time);
}

static bool tell_board(void *ctx, const struct history_board *board,
                       const struct run_info *run, struct err *err) {
    struct teller *teller = ctx;
    (void)err;
    teller->board = board;
    teller->run = run;
    teller->headed = teller->listing_gone = false;
    if (!teller->as_json)
        return true;
    json_open_object(&teller->json);
    json_board(&teller->json, board);
    json_put_text(&teller->json, "activity",
                  rules_activity_name((enum rules_activity)run->activity));
    json_key(&teller->json, "profiles");
    json_open_array(&teller->json);
    json_inline(&teller->json);
    for (size_t i = 0; i < run->profile_count; i++)
        json_text(&teller->json,
                  rules_text(run->rules,
                             rules_profile(run->rules, run->profiles[i])->id));
    json_close_array(&teller->json);
    json_key(&teller->json, "findings");
    json_open_array(&teller->json);
    return true;
}

static bool tell_found(void *ctx, const struct report_line *line,
                       const struct finding *finding, enum rescreen_state state,
                       enum verdict before, struct err *err) {
    struct teller *teller = ctx;
    if (teller->as_json) {
        json_open_object(&teller->json);
        json_put_text(&teller->json, "state", rescreen_state_name(state));
        json_put_text(&teller->json, "verdict_before",
                      before == VERDICT_COUNT ? NULL : verdict_name(before));
        report_json_finding_members(&teller->json, teller->run, line, finding,
                                    &teller->scratch);
        json_close_object(&teller->json);
        return scratch_ok(&teller->scratch) || err_nomem(err);
    }
    if (state == RESCREEN_KNOWN)
        return true;
    put_heading(teller);
    struct strbuf *text = text_start(&teller->page);
    strbuf_printf(text, tr("%s: %s"), tr(rescreen_state_name(state)),
                  tr(verdict_name(finding->verdict)));
    if (state == RESCREEN_WORSE || state == RESCREEN_MILDER)
        strbuf_printf(text, tr(" (was %s)"), tr(verdict_name(before)));
    strbuf_add_text(text, tr(", "));
    told_subject(text, line, finding->part);
    strbuf_add_text(text, tr(". "));
    told_reason(text, teller->run, finding);
    text_paragraph(&teller->page, "  ", 4, strbuf_str(text));
    return true;
}

static void begin_gone(struct teller *teller) {
    if (teller->listing_gone)
        return;
    teller->listing_gone = true;
    json_close_array(&teller->json);
    json_key(&teller->json, "gone");
    json_open_array(&teller->json);
}

static void json_gone(struct json_writer *json,
                      const struct history_finding *finding) {
    json_open_object(json);
    json_inline(json);
    json_put_str(json, "verdict", finding->verdict);
    json_put_int(json, "line", finding->line);
    json_put_optional(json, "refdes", finding->refdes);
    json_put_optional(json, "manufacturer", finding->manufacturer);
    json_put_optional(json, "mpn", finding->mpn);
    json_put_optional(json, "party", finding->party);
    json_put_optional(json, "measure", finding->measure);
    json_put_optional(json, "clause", finding->clause);
    json_put_optional(json, "profile", finding->profile);
    json_put_str(json, "fingerprint", finding->fingerprint);
    json_close_object(json);
}

static bool tell_gone(void *ctx, const struct history_finding *finding,
                      struct err *err) {
    struct teller *teller = ctx;
    (void)err;
    if (teller->as_json) {
        begin_gone(teller);
        json_gone(&teller->json, finding);
        return true;
    }
    put_heading(teller);
    struct strbuf *text = text_start(&teller->page);
    strbuf_printf(text, tr("gone: was %.*s, %.*s: %.*s %.*s (%.*s"),
                  STR_ARG(finding->verdict), STR_ARG(finding->refdes),
                  STR_ARG(finding->manufacturer), STR_ARG(finding->mpn),
                  STR_ARG(finding->measure));
    if (finding->profile.len != 0)
        strbuf_printf(text, tr(" for %.*s"), STR_ARG(finding->profile));
    strbuf_add_text(text, tr(")"));
    text_paragraph(&teller->page, "  ", 4, strbuf_str(text));
    return true;
}

static void json_sums(struct json_writer *json,
                      const struct rescreen_sums *sums) {
    json_put_int(json, "lines", sums->lines);
    json_key(json, "sums");
    json_open_object(json);
    json_inline(json);
    for (unsigned i = 0; i <= RESCREEN_KNOWN; i++)
        json_put_int(json, rescreen_state_name((enum rescreen_state)i),
                     sums->found[i]);
    json_put_int(json, "gone", sums->gone);
    json_put_int(json, "waived", sums->waived);
    json_close_object(json);
}

static bool tell_board_end(void *ctx, const struct rescreen_sums *sums,
                           const char *problem, struct err *err) {
    struct teller *teller = ctx;
    (void)err;
    if (teller->as_json) {
        begin_gone(teller);
        json_close_array(&teller->json);
        json_sums(&teller->json, sums);
        json_put_text(&teller->json, "problem", problem);
        json_close_object(&teller->json);
        return true;
    }
    if (problem != NULL) {
        put_heading(teller);
        struct strbuf *text = text_start(&teller->page);
        strbuf_printf(text, tr("NO FULL ANSWER: %s"), problem);
        text_paragraph(&teller->page, "  ", 4, strbuf_str(text));
    }
    if (teller->headed)
        text_end_line(&teller->page);
    return true;
}

static void put_summary(struct teller *teller, const struct ruleset *rules,
                        int32_t as_of, const struct rescreen_sums *sums) {
    struct strbuf *text = text_start(&teller->page);
    strbuf_printf(text,
                  tr_count("%s BOM judged by %s, rules %s: ",
                           "%s BOMs judged by %s, rules %s: ", sums->boards),
                  shown_number(sums->boards).text, shown_day(as_of).text,
                  ruleset_version(rules));
    strbuf_printf(text,
                  tr_count("%s new finding", "%s new findings",
                           sums->found[RESCREEN_NEW]),
                  shown_number(sums->found[RESCREEN_NEW]).text);
    strbuf_printf(text,
                  tr(", %u worse, %u milder, %u as before, %u gone, %u waived"),
                  (unsigned)sums->found[RESCREEN_WORSE],
                  (unsigned)sums->found[RESCREEN_MILDER],
                  (unsigned)sums->found[RESCREEN_KNOWN], (unsigned)sums->gone,
                  (unsigned)sums->waived);
    text_paragraph(&teller->page, "", 0, strbuf_str(text));
}

static void begin(struct teller *teller, const struct ruleset *rules,
                  int32_t as_of) {
    struct json_writer *json = &teller->json;
    if (!teller->as_json)
        return;
    *json = JSON_WRITER(stdout);
    json_open_object(json);
    json_put_text(json, "schema", "bomgate-rescreen/1");
    json_key(json, "ruleset");
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "version", ruleset_version(rules));
    json_put_text(json, "sha256", ruleset_sha256(rules));
    json_put_date(json, "known_to", ruleset_known_to(rules));
    json_close_object(json);
    json_put_date(json, "as_of", as_of);
    json_key(json, "boms");
    json_open_array(json);
}

static void end(struct teller *teller, const struct ruleset *rules,
                int32_t as_of, const struct rescreen_sums *sums, int status) {
    if (!teller->as_json) {
        put_summary(teller, rules, as_of, sums);
        return;
    }
    json_close_array(&teller->json);
    json_sums(&teller->json, sums);
    json_put_int(&teller->json, "exit_status", status);
    json_close_object(&teller->json);
    json_finish(&teller->json);
}

static int run(struct history_call *call, const struct cli_screen *screen,
               struct rescreen_options *options) {
    struct teller teller = {.as_json = call->json};
    struct rescreen_told told = {tell_board, tell_found, tell_gone,
                                 tell_board_end, &teller};
    struct rescreen_sums sums;
    struct err err = ERR_INIT;
    enum exit_status status;
    teller.page = cli_open_page();
    begin(&teller, screen->rules, screen->as_of);
    bool ok = rescreen(options, &told, &sums, &status, &err);
    if (ok)
        end(&teller, screen->rules, screen->as_of, &sums, (int)status);
    scratch_dispose(&teller.scratch);
    text_page_dispose(&teller.page);
    return ok ? cli_finish((int)status) : cli_fail(&err);
}

int cli_history_rescreen(struct history_call *call) {
    const struct cli_args *args = call->args;
    struct cli_screen screen = {.rules = NULL};
    struct cli_wish wish = {.arena = {.failed = false}};
    struct err err = ERR_INIT;
    int status;
    if (args->operand_count != 1)
        return cli_usage_error("history rescreen takes no operand");
    struct rescreen_options options = {.history = call->history};
    if (!cli_read_screen(args, &screen, &err) ||
        !cli_read_wish(args, &screen, &wish, &err) ||
        !cli_read_fail_on(args, &options.fail_on, &err) ||
        !cli_read_parts(args, screen.rules, &options.parts, &err) ||
        !cli_read_declarations(args, &screen, &options.declarations, &err))
        status = cli_refuse(&err);
    else {
        options.rules = screen.rules;
        options.as_of = screen.as_of;
        options.product = cli_value(args, "product");
        options.profiles = screen.profiles;
        options.profile_count = screen.profile_count;
        options.declared = screen.declared;
        options.activity =
            cli_value(args, "activity") != NULL ? screen.activity : 0;
        options.wish = wish.wish;
        options.max_rule_age = screen.max_rule_age;
        options.strict_contents = cli_flag(args, "strict-contents");
        options.only_new = cli_flag(args, "only-new");
        status = run(call, &screen, &options);
    }
    parts_file_free(options.parts);
    declarations_free(options.declarations);
    cli_wish_dispose(&wish);
    cli_screen_dispose(&screen);
    return status;
}
