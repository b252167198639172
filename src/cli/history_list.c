#include <stdio.h>

#include "cli/history_verbs.h"
#include "cli/page.h"
#include "core/date.h"
#include "core/lang.h"
#include "history/runs.h"
#include "history/tables.h"
#include "run/run.h"

#define INDENT 8
#define PRODUCTS_SHOWN 4

/* What one listing reads and writes. */
struct listing {
    struct query ids, run, boms;
    struct text_page page;
    struct json_writer json;
    size_t count;
};

/* What the BOMs of a run come to. */
struct boms_sum {
    struct strbuf products;
    int64_t counts[VERDICT_COUNT + 1], lines;
    size_t count;
};

static void add_bom(struct boms_sum *sum, const struct query *bom) {
    struct str revision = query_text(bom, BOMS_REVISION);
    sum->lines += query_int(bom, BOMS_LINES);
    for (int v = 0; v <= VERDICT_COUNT; v++)
        sum->counts[v] += query_int(bom, BOMS_COUNTS + v);
    if (sum->count++ >= PRODUCTS_SHOWN)
        return;
    strbuf_printf(&sum->products, "%s%.*s%s%.*s", sum->count == 1 ? "" : ", ",
                  STR_ARG(query_text(bom, BOMS_PRODUCT)),
                  revision.len == 0 ? "" : " ", STR_ARG(revision));
}

static bool sum_boms(struct query *boms, struct boms_sum *sum,
                     struct err *err) {
    bool row = true, ok = true;
    while (ok && (ok = query_next(boms, &row, err)) && row)
        add_bom(sum, boms);
    if (sum->count > PRODUCTS_SHOWN)
        strbuf_printf(&sum->products, " and %zu more",
                      sum->count - PRODUCTS_SHOWN);
    return ok && (!sum->products.failed || err_nomem(err));
}

/* "cn-cii-operator: purchase as of 2026-11-22 by rules 2026.11.21; release" */
static void add_circumstances(struct strbuf *out, const struct query *run) {
    history_add_profiles(out, run);
    strbuf_printf(out, ": %.*s as of %.*s by rules %.*s",
                  STR_ARG(query_text(run, RUNS_ACTIVITY)),
                  STR_ARG(query_text(run, RUNS_AS_OF)),
                  STR_ARG(query_text(run, RUNS_RULES_VERSION)));
    cli_add_words(out, "; ", query_text(run, RUNS_STAGE));
    cli_add_words(out, "; ", query_text(run, RUNS_REPOSITORY));
    cli_add_words(out, " at ", str_take(query_text(run, RUNS_COMMIT), 10));
}

static void put_run(struct text_page *page, const struct query *run,
                    const struct boms_sum *sum) {
    struct strbuf *text = text_start(page);
    strbuf_printf(text, "%lld", (long long)query_int(run, RUNS_RUN));
    text_right(page, strbuf_str(text), 6);
    fputs("  ", page->out);
    text_cell(page, query_text(run, RUNS_TIME), 21);
    text = text_start(page);
    if (!query_is_null(run, RUNS_FORGOTTEN)) {
        strbuf_printf(text, "forgotten on %.*s: %.*s",
                      STR_ARG(query_text(run, RUNS_FORGOTTEN)),
                      STR_ARG(query_text(run, RUNS_WHY)));
        text_last(page, strbuf_str(text), page->columns - 30);
        return;
    }
    text_last(page, strbuf_str(&sum->products), page->columns - 30);
    if (query_int(run, RUNS_COMPLETE) == 0)
        strbuf_add_text(text, "INCOMPLETE: ");
    else if (query_int(run, RUNS_CONCLUSIVE) == 0)
        strbuf_add_text(text, "INCONCLUSIVE: ");
    history_add_counts(text, sum->counts);
    strbuf_printf(text, " of %lld line%s", (long long)sum->lines,
                  sum->lines == 1 ? "" : "s");
    text_paragraph(page, "", INDENT, strbuf_str(text));
    text = text_start(page);
    add_circumstances(text, run);
    text_paragraph(page, "", INDENT, strbuf_str(text));
}

static bool put_text(struct listing *listing, struct err *err) {
    struct boms_sum sum = {.count = 0};
    bool ok = sum_boms(&listing->boms, &sum, err);
    if (ok)
        put_run(&listing->page, &listing->run, &sum);
    strbuf_dispose(&sum.products);
    return ok;
}

static bool put_json(struct listing *listing, struct err *err) {
    json_open_object(&listing->json);
    history_put_row(&listing->json, &listing->run);
    bool ok =
        history_put_rows(&listing->json, "boms", &listing->boms, NULL, err);
    json_close_object(&listing->json);
    return ok;
}

static bool put_next(struct listing *listing, bool json, bool *more,
                     struct err *err) {
    bool row = false;
    if (!query_next(&listing->ids, more, err) || !*more)
        return !*more;
    int64_t id = query_int(&listing->ids, 0);
    table_from(&listing->run, id, id);
    table_from(&listing->boms, id, id);
    listing->count++;
    return query_next(&listing->run, &row, err) &&
           (json ? put_json(listing, err) : put_text(listing, err));
}

/* A day, a month or a year; its first or its last day. */
static bool read_day(const struct cli_args *args, const char *option, bool last,
                     char buf[DATE_TEXT_SIZE], const char **out,
                     struct err *err) {
    const char *value = cli_value(args, option);
    struct date_span span;
    *out = NULL;
    if (value == NULL)
        return true;
    if (!date_parse_span(str_from(value), &span))
        return err_set(err, ERR_INVALID,
                       tr("%s '%s' is no day; write YYYY-MM-DD"),
                       lang_option(option), value);
    date_format(last ? span.last : span.first, buf);
    *out = buf;
    return true;
}

static bool list(struct history_call *call, const struct runs_wanted *wanted,
                 struct err *err) {
    struct listing listing = {.page = cli_open_page(),
                              .json = JSON_WRITER(stdout)};
    bool more = true;
    bool ok = runs_open(&listing.ids, call->history, wanted, err) &&
              table_open(&listing.run, call->history, HISTORY_RUNS, err) &&
              table_open(&listing.boms, call->history, HISTORY_BOMS, err);
    if (call->json) {
        json_open_object(&listing.json);
        json_put_text(&listing.json, "schema", "bomgate-history-list/1");
        json_key(&listing.json, "runs");
        json_open_array(&listing.json);
    }
    while (ok && more)
        ok = put_next(&listing, call->json, &more, err);
    if (call->json) {
        json_close_array(&listing.json);
        json_put_bool(&listing.json, "complete", ok);
        json_close_object(&listing.json);
        json_finish(&listing.json);
    } else if (ok && listing.count == 0) {
        puts("no run");
    }
    query_close(&listing.ids);
    query_close(&listing.run);
    query_close(&listing.boms);
    return cli_end_page(&listing.page, ok, err);
}

int cli_history_list(struct history_call *call) {
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    struct err err = ERR_INIT;
    struct runs_wanted wanted = {.product = cli_value(call->args, "product")};
    if (call->args->operand_count != 1)
        return cli_usage_error("history list takes no operand");
    if (!read_day(call->args, "from", false, from, &wanted.from, &err) ||
        !read_day(call->args, "to", true, to, &wanted.to, &err))
        return cli_refuse(&err);
    return list(call, &wanted, &err) ? cli_finish(EXIT_CLEAN) : cli_fail(&err);
}
