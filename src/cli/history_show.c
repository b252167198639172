#include <stdio.h>
#include <string.h>

#include "cli/history_verbs.h"
#include "cli/page.h"
#include "history/runs.h"
#include "history/tables.h"
#include "run/run.h"

#define INDENT 2
#define BELOW 15 /* where what is said of a finding begins */

static void put_field(struct text_page *page, const char *label,
                      const struct query *row, int column) {
    cli_put_field(page, INDENT, label, query_text(row, column));
}

static const char *answer_of(const struct query *run) {
    if (query_int(run, RUNS_COMPLETE) == 0)
        return "INCOMPLETE";
    return query_int(run, RUNS_CONCLUSIVE) == 0 ? "INCONCLUSIVE" : "complete";
}

static void put_rules(struct text_page *page, const struct query *run) {
    struct strbuf *text = text_start(page);
    strbuf_printf(text, "%.*s, known to %.*s, sha256 %.*s%s",
                  STR_ARG(query_text(run, RUNS_RULES_VERSION)),
                  STR_ARG(query_text(run, RUNS_RULES_KNOWN_TO)),
                  STR_ARG(query_text(run, RUNS_RULES_SHA256)),
                  query_int(run, RUNS_RULES_KEPT) != 0 ? "; files kept" : "");
    cli_put_field(page, INDENT, "rules", strbuf_str(text));
}

static void put_run(struct text_page *page, const struct query *run) {
    struct strbuf *text = text_start(page);
    strbuf_printf(text, "Run %lld of %.*s", (long long)query_int(run, RUNS_RUN),
                  STR_ARG(query_text(run, RUNS_TIME)));
    text_heading(page, strbuf_str(text));
    put_field(page, "hash", run, RUNS_HASH);
    put_field(page, "after", run, RUNS_PREVIOUS);
    put_field(page, "forgotten", run, RUNS_FORGOTTEN);
    put_field(page, "why", run, RUNS_WHY);
    if (!query_is_null(run, RUNS_FORGOTTEN))
        return;
    text = text_start(page);
    strbuf_printf(text, "%s, exit status %lld", answer_of(run),
                  (long long)query_int(run, RUNS_EXIT_STATUS));
    cli_put_field(page, INDENT, "answer", strbuf_str(text));
    text = text_start(page);
    strbuf_printf(text, "%.*s as of %.*s for ",
                  STR_ARG(query_text(run, RUNS_ACTIVITY)),
                  STR_ARG(query_text(run, RUNS_AS_OF)));
    history_add_profiles(text, run);
    cli_put_field(page, INDENT, "asked", strbuf_str(text));
    put_rules(page, run);
    text = text_start(page);
    strbuf_printf(text, "bomgate %.*s, %.*s; by %.*s",
                  STR_ARG(query_text(run, RUNS_TOOL)),
                  STR_ARG(query_text(run, RUNS_METHOD)),
                  STR_ARG(query_text(run, RUNS_ORIGIN)));
    cli_put_field(page, INDENT, "tool", strbuf_str(text));
    put_field(page, "stage", run, RUNS_STAGE);
    put_field(page, "repository", run, RUNS_REPOSITORY);
    put_field(page, "commit", run, RUNS_COMMIT);
    put_field(page, "pipeline", run, RUNS_PIPELINE);
    put_field(page, "actor", run, RUNS_ACTOR);
}

static void put_bom(struct text_page *page, const struct query *bom) {
    int64_t counts[VERDICT_COUNT + 1];
    struct str revision = query_text(bom, BOMS_REVISION);
    struct strbuf *text = text_start(page);
    for (int v = 0; v <= VERDICT_COUNT; v++)
        counts[v] = query_int(bom, BOMS_COUNTS + v);
    text_end_line(page);
    strbuf_printf(text, "BOM %.*s%s%.*s",
                  STR_ARG(query_text(bom, BOMS_PRODUCT)),
                  revision.len != 0 ? ", revision " : "", STR_ARG(revision));
    text_heading(page, strbuf_str(text));
    put_field(page, "file", bom, BOMS_PATH);
    put_field(page, "sha256", bom, BOMS_SHA256);
    put_field(page, "error", bom, BOMS_ERROR);
    text = text_start(page);
    strbuf_printf(text, "%.*s%s", STR_ARG(query_text(bom, BOMS_FORMAT)),
                  query_int(bom, BOMS_KEPT) != 0 ? "; the file is kept" : "");
    cli_put_field(page, INDENT, "format", strbuf_str(text));
    text = text_start(page);
    strbuf_printf(text, "%lld: ", (long long)query_int(bom, BOMS_LINES));
    history_add_counts(text, counts);
    if (query_int(bom, BOMS_LOST) != 0)
        strbuf_printf(text, "; %lld LOST",
                      (long long)query_int(bom, BOMS_LOST));
    cli_put_field(page, INDENT, "lines", strbuf_str(text));
}

/* "U3 x 2: MICRON MT41K256M16 (line 12 of gateway), Micron" */
static void add_part(struct strbuf *out, const struct query *row) {
    struct str maker = query_text(row, FINDINGS_MANUFACTURER);
    struct str mpn = query_text(row, FINDINGS_MPN);
    history_add_place(out, query_text(row, FINDINGS_REFDES),
                      query_text(row, FINDINGS_QUANTITY));
    strbuf_add(out, maker.len + mpn.len != 0 ? maker : STR_LIT("(no part)"));
    cli_add_words(out, maker.len != 0 ? " " : "", mpn);
    strbuf_printf(out, " (line %lld of %.*s)",
                  (long long)query_int(row, FINDINGS_LINE),
                  STR_ARG(query_text(row, FINDINGS_PRODUCT)));
    cli_add_words(out, ", ", query_text(row, FINDINGS_PARTY_NAME));
    cli_add_words(out, ", owned by ", query_text(row, FINDINGS_OWNER));
}

static void put_finding(struct text_page *page, const struct query *row) {
    enum verdict verdict = verdict_parse(query_text(row, FINDINGS_VERDICT));
    struct strbuf *text = text_start(page);
    fputs("  ", page->out);
    text_verdict(page, verdict, 12);
    add_part(text, row);
    text_last(page, strbuf_str(text), page->columns - BELOW);
    text = text_start(page);
    strbuf_add(text, query_text(row, FINDINGS_TITLE));
    cli_add_words(text, " [", query_text(row, FINDINGS_MEASURE));
    cli_add_words(text, " ", query_text(row, FINDINGS_CLAUSE));
    strbuf_add_text(text, text->len != 0 ? "]" : "");
    cli_add_words(text, " for ", query_text(row, FINDINGS_PROFILE));
    cli_add_words(text, ", from ", query_text(row, FINDINGS_FROM));
    cli_add_words(text, ", then ", query_text(row, FINDINGS_BECOMES));
    cli_add_words(text, "; ", query_text(row, FINDINGS_REASON));
    if (query_int(row, FINDINGS_WAIVED) != 0)
        strbuf_add_text(text, "; waived");
    if (query_int(row, FINDINGS_KNOWN) != 0)
        strbuf_add_text(text, "; known before");
    if (text->len != 0)
        text_paragraph(page, "", BELOW, strbuf_str(text));
    cli_put_field(page, BELOW, "fingerprint",
                  query_text(row, FINDINGS_FINGERPRINT));
}

static void put_waiver(struct text_page *page, const struct query *row) {
    static const struct {
        int column;
        const char *before;
    } parts[] = {
        {WAIVERS_MEASURE, ""},        {WAIVERS_CLAUSE, " "},
        {WAIVERS_PARTY, ", "},        {WAIVERS_MPN, ", "},
        {WAIVERS_PRODUCT, ", in "},   {WAIVERS_KIND, ": "},
        {WAIVERS_REASON, ", "},       {WAIVERS_APPROVED_BY, "; approved by "},
        {WAIVERS_EXPIRES, " until "}, {WAIVERS_TICKET, "; "},
        {WAIVERS_EVIDENCE, "; "},
    };
    char lead[32];
    struct strbuf *text = text_start(page);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        cli_add_words(text, parts[i].before, query_text(row, parts[i].column));
    snprintf(lead, sizeof(lead), "  %.*s",
             STR_ARG(str_take(query_text(row, WAIVERS_STATE), 20)));
    text_paragraph(page, lead, BELOW, strbuf_str(text));
}

/* The worst findings first, for people; in a document they stand in order. */
static bool put_findings(struct text_page *page, struct query *query,
                         int64_t run, struct err *err) {
    bool ok = true, row = true, any = false;
    for (int v = 0; ok && v < VERDICT_COUNT; v++) {
        table_from(query, run, run);
        row = true;
        while (ok && (ok = query_next(query, &row, err)) && row) {
            if ((int)verdict_parse(query_text(query, FINDINGS_VERDICT)) != v)
                continue;
            if (!any) {
                text_end_line(page);
                text_heading(page, STR_LIT("Findings"));
            }
            any = true;
            put_finding(page, query);
        }
    }
    return ok;
}

/* One run, from the tables. */
struct showing {
    struct query run, boms, findings, waivers;
};

static bool open_showing(struct showing *showing, struct history *history,
                         int64_t run, struct err *err) {
    struct {
        struct query *query;
        enum history_table table;
    } tables[] = {
        {&showing->run, HISTORY_RUNS},
        {&showing->boms, HISTORY_BOMS},
        {&showing->findings, HISTORY_FINDINGS},
        {&showing->waivers, HISTORY_WAIVERS},
    };
    bool row;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        if (!table_open(tables[i].query, history, tables[i].table, err))
            return false;
        table_from(tables[i].query, run, run);
    }
    return query_next(&showing->run, &row, err);
}

static bool show_text(struct showing *showing, int64_t run, struct err *err) {
    struct text_page page = cli_open_page();
    size_t boms = 0, waivers = 0;
    put_run(&page, &showing->run);
    bool ok =
        history_put_section(&page, &showing->boms, NULL, put_bom, &boms, err) &&
        put_findings(&page, &showing->findings, run, err) &&
        history_put_section(&page, &showing->waivers, "Waivers", put_waiver,
                            &waivers, err);
    return cli_end_page(&page, ok, err);
}

static bool show_json(struct showing *showing, struct err *err) {
    struct json_writer json = JSON_WRITER(stdout);
    json_open_object(&json);
    json_put_text(&json, "schema", "bomgate-history-show/1");
    history_put_row(&json, &showing->run);
    bool ok =
        history_put_rows(&json, "boms", &showing->boms, NULL, err) &&
        history_put_rows(&json, "findings", &showing->findings, NULL, err) &&
        history_put_rows(&json, "waivers", &showing->waivers, NULL, err);
    json_close_object(&json);
    json_finish(&json);
    return ok;
}

int cli_history_show(struct history_call *call) {
    struct showing showing = {.run = {.history = NULL}};
    struct err err = ERR_INIT;
    int64_t run;
    if (call->args->operand_count != 2)
        return cli_usage_error("history show needs the number of a run, or the "
                               "beginning of its hash");
    if (!runs_find(call->history, call->args->operands[1], &run, &err))
        return cli_refuse(&err);
    bool ok = open_showing(&showing, call->history, run, &err) &&
              (call->json ? show_json(&showing, &err)
                          : show_text(&showing, run, &err));
    query_close(&showing.run);
    query_close(&showing.boms);
    query_close(&showing.findings);
    query_close(&showing.waivers);
    return ok ? cli_finish(EXIT_CLEAN) : cli_fail(&err);
}
