#include <stdio.h>

#include "cli/history_verbs.h"
#include "cli/page.h"
#include "history/compare.h"
#include "history/runs.h"
#include "history/tables.h"
#include "run/run.h"

#define INDENT 23      /* behind the change and the verdict */
#define PART_INDENT 10 /* behind the change */

/* The two runs and what they say otherwise. */
struct comparison {
    struct query before, after;
    struct query findings, parts, rules;
    size_t count;
};

static bool open_run(struct history_call *call, struct query *run,
                     const char *name, int64_t *id, struct err *err) {
    bool row;
    if (!runs_find(call->history, name, id, err) ||
        !table_open(run, call->history, HISTORY_RUNS, err))
        return false;
    table_from(run, *id, *id);
    return query_next(run, &row, err) &&
           (query_is_null(run, RUNS_FORGOTTEN) ||
            err_set(err, ERR_INVALID,
                    "run %s was forgotten; only its hash is left", name));
}

static bool open_all(struct history_call *call, struct comparison *all,
                     struct err *err) {
    const char *const *operands = call->args->operands;
    struct history *history = call->history;
    int64_t before, after;
    return open_run(call, &all->before, operands[1], &before, err) &&
           open_run(call, &all->after, operands[2], &after, err) &&
           compare_open(&all->findings, history, COMPARED_FINDINGS, before,
                        after, err) &&
           compare_open(&all->parts, history, COMPARED_PARTS, before, after,
                        err) &&
           compare_open(&all->rules, history, COMPARED_RULES, before, after,
                        err);
}

static const struct {
    enum runs_column column;
    const char *label;
} asked[] = {
    {RUNS_RULES_VERSION, "rules"}, {RUNS_RULES_SHA256, "rules' hash"},
    {RUNS_PROFILES, "profiles"},   {RUNS_ACTIVITY, "activity"},
    {RUNS_METHOD, "method"},
};

static bool differs(const struct comparison *all, size_t i) {
    return !str_eq(query_text(&all->before, (int)asked[i].column),
                   query_text(&all->after, (int)asked[i].column));
}

/* What both runs were asked by counts as one difference each. */
static void count_asked(struct comparison *all) {
    for (size_t i = 0; i < ARRAY_LEN(asked); i++)
        all->count += differs(all, i);
}

static void put_side(struct text_page *page, const char *label,
                     const struct query *run) {
    struct strbuf *text = text_start(page);
    strbuf_printf(text, "run %lld, %.*s, as of %.*s",
                  (long long)query_int(run, RUNS_RUN),
                  STR_ARG(query_text(run, RUNS_TIME)),
                  STR_ARG(query_text(run, RUNS_AS_OF)));
    cli_add_words(text, ", ", str_take(query_text(run, RUNS_COMMIT), 10));
    cli_put_field(page, 0, label, strbuf_str(text));
}

static void add_asked(struct strbuf *out, const struct query *run,
                      enum runs_column column) {
    if (column == RUNS_PROFILES)
        history_add_profiles(out, run);
    else
        strbuf_add(out, query_text(run, (int)column));
}

static void put_asked(struct text_page *page, const struct comparison *all) {
    put_side(page, "before", &all->before);
    put_side(page, "after", &all->after);
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        struct strbuf *text = text_start(page);
        if (!differs(all, i))
            continue;
        add_asked(text, &all->before, asked[i].column);
        strbuf_add_text(text, " -> ");
        add_asked(text, &all->after, asked[i].column);
        cli_put_field(page, 0, asked[i].label, strbuf_str(text));
    }
}

/* "review, waived -> review" */
static void add_verdict(struct strbuf *out, const struct query *row,
                        int verdict, int waived) {
    strbuf_add(out, query_text(row, verdict));
    if (query_int(row, waived) != 0)
        strbuf_add_text(out, ", waived");
}

static void put_finding(struct text_page *page, const struct query *row) {
    struct strbuf *text = text_start(page);
    bool before = !query_is_null(row, COMPARED_FINDING_VERDICT_BEFORE);
    bool after = !query_is_null(row, COMPARED_FINDING_VERDICT_AFTER);
    enum verdict verdict =
        verdict_parse(query_text(row, after ? COMPARED_FINDING_VERDICT_AFTER
                                            : COMPARED_FINDING_VERDICT_BEFORE));
    fputs("  ", page->out);
    text_cell(page, query_text(row, COMPARED_FINDING_CHANGE), 7);
    text_verdict(page, verdict, 12);
    strbuf_printf(text,
                  "%.*s: ", STR_ARG(query_text(row, COMPARED_FINDING_PRODUCT)));
    history_add_place(text, query_text(row, COMPARED_FINDING_REFDES),
                      query_text(row, COMPARED_FINDING_QUANTITY));
    strbuf_add(text, query_text(row, COMPARED_FINDING_MANUFACTURER));
    cli_add_words(text, " ", query_text(row, COMPARED_FINDING_MPN));
    text_last(page, strbuf_str(text), page->columns - INDENT);
    text = text_start(page);
    if (before && after) {
        add_verdict(text, row, COMPARED_FINDING_VERDICT_BEFORE,
                    COMPARED_FINDING_WAIVED_BEFORE);
        strbuf_add_text(text, " -> ");
        add_verdict(text, row, COMPARED_FINDING_VERDICT_AFTER,
                    COMPARED_FINDING_WAIVED_AFTER);
        strbuf_add_text(text, "; ");
    } else if (query_int(row, after ? COMPARED_FINDING_WAIVED_AFTER
                                    : COMPARED_FINDING_WAIVED_BEFORE) != 0) {
        strbuf_add_text(text, "waived; ");
    }
    strbuf_add(text, query_text(row, COMPARED_FINDING_MEASURE));
    cli_add_words(text, " ", query_text(row, COMPARED_FINDING_CLAUSE));
    cli_add_words(text, " for ", query_text(row, COMPARED_FINDING_PROFILE));
    if (text->len != 0)
        text_paragraph(page, "", INDENT, strbuf_str(text));
}

static void put_quantity(struct strbuf *out, const struct query *row,
                         int column) {
    struct str quantity = query_text(row, column);
    strbuf_add(out, quantity.len != 0 ? quantity : STR_LIT("none said"));
}

static void put_part(struct text_page *page, const struct query *row) {
    struct strbuf *text = text_start(page);
    struct str mpn = query_text(row, COMPARED_PART_MPN);
    char lead[PART_INDENT + 1];
    snprintf(lead, sizeof(lead), "  %.*s",
             STR_ARG(query_text(row, COMPARED_PART_CHANGE)));
    strbuf_printf(text,
                  "%.*s: ", STR_ARG(query_text(row, COMPARED_PART_PRODUCT)));
    strbuf_add(text, query_text(row, COMPARED_PART_MANUFACTURER));
    cli_add_words(text, " ", mpn);
    if (mpn.len == 0) {
        cli_add_words(text, " ", query_text(row, COMPARED_PART_VALUE));
        cli_add_words(text, " ", query_text(row, COMPARED_PART_DESCRIPTION));
    }
    strbuf_add_text(text, ", ");
    if (!query_is_null(row, COMPARED_PART_QUANTITY_BEFORE))
        put_quantity(text, row, COMPARED_PART_QUANTITY_BEFORE);
    if (!query_is_null(row, COMPARED_PART_QUANTITY_BEFORE) &&
        !query_is_null(row, COMPARED_PART_QUANTITY_AFTER))
        strbuf_add_text(text, " -> ");
    if (!query_is_null(row, COMPARED_PART_QUANTITY_AFTER))
        put_quantity(text, row, COMPARED_PART_QUANTITY_AFTER);
    cli_add_words(text, ": ", query_text(row, COMPARED_PART_REFDES));
    text_paragraph(page, lead, PART_INDENT, strbuf_str(text));
}

/* Thousands of names may have changed: a document lists them. */
static bool put_rules(struct text_page *page, struct query *query,
                      struct err *err) {
    bool row = true, ok = true;
    size_t count = 0;
    while (ok && (ok = query_next(query, &row, err)) && row)
        count++;
    if (count != 0) {
        struct strbuf *text = text_start(page);
        strbuf_printf(text, "%zu change%s recorded; -f json lists %s", count,
                      count == 1 ? "" : "s", count == 1 ? "it" : "them");
        cli_put_field(page, 0, "", strbuf_str(text));
    }
    return ok;
}

static bool diff_text(struct comparison *all, struct err *err) {
    struct text_page page = cli_open_page();
    put_asked(&page, all);
    bool ok = put_rules(&page, &all->rules, err) &&
              history_put_section(&page, &all->findings, "Findings",
                                  put_finding, &all->count, err) &&
              history_put_section(&page, &all->parts, "Parts", put_part,
                                  &all->count, err);
    if (ok && all->count == 0)
        fputs("no difference\n", page.out);
    return cli_end_page(&page, ok, err);
}

static void put_run(struct json_writer *json, const char *key,
                    const struct query *run) {
    json_key(json, key);
    json_open_object(json);
    history_put_row(json, run);
    json_close_object(json);
}

static bool put_list(struct json_writer *json, const char *key,
                     struct query *query, size_t *count, struct err *err) {
    size_t rows;
    bool ok = history_put_rows(json, key, query, &rows, err);
    *count += rows;
    return ok;
}

static bool diff_json(struct comparison *all, struct err *err) {
    struct json_writer json = JSON_WRITER(stdout);
    size_t rule_changes = 0;
    json_open_object(&json);
    json_put_text(&json, "schema", "bomgate-history-diff/1");
    put_run(&json, "before", &all->before);
    put_run(&json, "after", &all->after);
    bool ok = put_list(&json, "findings", &all->findings, &all->count, err) &&
              put_list(&json, "parts", &all->parts, &all->count, err) &&
              put_list(&json, "rule_changes", &all->rules, &rule_changes, err);
    json_put_bool(&json, "complete", ok);
    json_close_object(&json);
    json_finish(&json);
    return ok;
}

int cli_history_diff(struct history_call *call) {
    struct comparison all = {.count = 0};
    struct err err = ERR_INIT;
    if (call->args->operand_count != 3)
        return cli_usage_error("history diff needs two runs, each by its "
                               "number or the beginning of its hash");
    bool ok = open_all(call, &all, &err);
    int status = ok ? EXIT_CLEAN : cli_refuse(&err);
    if (ok) {
        count_asked(&all);
        ok = call->json ? diff_json(&all, &err) : diff_text(&all, &err);
        status = !ok ? cli_fail(&err)
                     : cli_finish(all.count != 0 ? EXIT_FOUND : EXIT_CLEAN);
    }
    query_close(&all.before);
    query_close(&all.after);
    query_close(&all.findings);
    query_close(&all.parts);
    query_close(&all.rules);
    return status;
}
