#include "web/history_page.h"

#include <stdio.h>

#include "core/lang.h"
#include "history/runs.h"
#include "history/store.h"
#include "history/tables.h"
#include "screen/screen.h"
#include "web/template.h"

#define RUNS_SHOWN 100

enum { RUN, TIME, PRODUCTS, LINES, BUYERS, AS_OF, RULES, COLUMN_COUNT };

static const char *const heads[COLUMN_COUNT] = {[RUN] = N_("Run"),
                                                [TIME] = N_("Time"),
                                                [PRODUCTS] = N_("Products"),
                                                [LINES] = N_("Lines"),
                                                [BUYERS] = N_("Who is buying"),
                                                [AS_OF] = N_("As of"),
                                                [RULES] = N_("Rules")};

static void add_cell(struct strbuf *out, int column, struct str text) {
    html_begin_cell(out, tr(heads[column]));
    html_add(out, text);
    strbuf_add_text(out, "</td>");
}

/* A product has as many BOMs as it has boards. */
static void add_product(struct strbuf *out, struct strbuf *last,
                        struct str product) {
    if (out->len != 0 && str_eq(strbuf_str(last), product))
        return;
    strbuf_add_text(out, out->len == 0 ? "" : ", ");
    strbuf_add(out, product);
    strbuf_clear(last);
    strbuf_add(last, product);
    out->failed = out->failed || last->failed;
}

/* Products of a run, and how many of its lines have each verdict. */
static bool add_boms(struct strbuf *out, struct query *boms, int64_t run,
                     struct err *err) {
    struct strbuf products = {.ptr = NULL}, counts = {.ptr = NULL};
    struct strbuf last = {.ptr = NULL};
    int64_t sums[VERDICT_COUNT] = {0};
    bool row = true, ok = true;
    table_from(boms, run, run);
    while (ok && (ok = query_next(boms, &row, err)) && row) {
        add_product(&products, &last, query_text(boms, BOMS_PRODUCT));
        for (int v = 0; v < VERDICT_COUNT; v++)
            sums[v] += query_int(boms, BOMS_COUNTS + v);
    }
    for (int v = 0; v < VERDICT_CLEAR; v++) {
        if (sums[v] != 0)
            strbuf_printf(&counts, "%s%lld %s", counts.len == 0 ? "" : ", ",
                          (long long)sums[v],
                          tr(verdict_name((enum verdict)v)));
    }
    add_cell(out, PRODUCTS, strbuf_str(&products));
    add_cell(out, LINES, strbuf_str(&counts));
    out->failed = out->failed || products.failed || counts.failed;
    strbuf_dispose(&products);
    strbuf_dispose(&last);
    strbuf_dispose(&counts);
    return ok;
}

static bool add_run(struct strbuf *out, struct query *run, struct query *boms,
                    int64_t number, struct err *err) {
    bool row = false;
    table_from(run, number, number);
    if (!query_next(run, &row, err))
        return false;
    strbuf_add_text(out, "<tr>");
    html_begin_cell(out, tr(heads[RUN]));
    strbuf_printf(out, "%lld</td>", (long long)number);
    add_cell(out, TIME, query_text(run, RUNS_TIME));
    bool ok = add_boms(out, boms, number, err);
    add_cell(out, BUYERS, query_text(run, RUNS_PROFILES));
    add_cell(out, AS_OF, query_text(run, RUNS_AS_OF));
    add_cell(out, RULES, query_text(run, RUNS_RULES_VERSION));
    strbuf_add_text(out, "</tr>\n");
    query_reset(run);
    return ok;
}

static void begin_table(struct strbuf *out) {
    const char *said[COLUMN_COUNT];
    for (int i = 0; i < COLUMN_COUNT; i++)
        said[i] = tr(heads[i]);
    html_begin_table(out, "runs", said, COLUMN_COUNT);
}

static bool add_runs(struct strbuf *out, struct history *history,
                     struct err *err) {
    const struct runs_wanted all = {.product = NULL};
    struct query numbers = {.history = NULL}, run = numbers, boms = numbers;
    bool row = true;
    bool ok = runs_open(&numbers, history, &all, err) &&
              table_open(&run, history, HISTORY_RUNS, err) &&
              table_open(&boms, history, HISTORY_BOMS, err);
    begin_table(out);
    for (size_t i = 0; ok && i < RUNS_SHOWN; i++) {
        ok = query_next(&numbers, &row, err);
        if (!ok || !row)
            break;
        ok = add_run(out, &run, &boms, query_int(&numbers, 0), err);
    }
    strbuf_add_text(out, "</tbody></table>\n");
    query_close(&numbers);
    query_close(&run);
    query_close(&boms);
    return ok;
}

/* Each value of a statement as a choice. */
static bool add_choices(struct strbuf *out, struct history *history,
                        const char *sql, struct err *err) {
    struct query query = {.history = NULL};
    bool row = true;
    bool ok = query_open(&query, history, sql, err);
    while (ok && (ok = query_next(&query, &row, err)) && row) {
        strbuf_add_text(out, "<option>");
        html_add(out, query_text(&query, 0));
        strbuf_add_text(out, "</option>");
    }
    query_close(&query);
    return ok;
}

bool history_page_read(struct strbuf *runs, struct strbuf *products,
                       struct strbuf *quarters, const char *path,
                       struct err *err) {
    struct history *history;
    if (!history_open(&history, path, HISTORY_READ, err))
        return false;
    bool ok =
        add_runs(runs, history, err) &&
        add_choices(products, history,
                    "SELECT DISTINCT product FROM bom ORDER BY 1 LIMIT 2000",
                    err) &&
        add_choices(quarters, history,
                    "SELECT DISTINCT substr(time, 1, 4) || 'Q' || "
                    "((substr(time, 6, 2) + 2) / 3) FROM link "
                    "ORDER BY 1 DESC LIMIT 40",
                    err);
    history_close(history);
    return ok;
}
