#include <stdio.h>
#include <string.h>

#include "cli/history_verbs.h"
#include "core/date.h"
#include "history/forget.h"
#include "history/runs.h"
#include "run/run.h"

/* What is to be forgotten, and what came of it. */
struct order {
    const struct cli_args *args;
    char day[DATE_TEXT_SIZE]; /* runs before it; "" for runs by their name */
    char time[MOMENT_TEXT_SIZE];
    const char *why;
    bool keep_newest, dry;
    size_t spared;
};

static int32_t months_before(int32_t day, unsigned months) {
    struct strbuf text = {.ptr = NULL};
    int year, month, mday;
    date_split(day, &year, &month, &mday);
    int all = year * 12 + month - 1 - (int)months;
    strbuf_printf(&text, "%04d-%02d-%02d", all / 12, all % 12 + 1,
                  mday > 28 ? 28 : mday);
    bool ok = !text.failed && date_parse(strbuf_str(&text), &day);
    strbuf_dispose(&text);
    return ok ? day : DATE_NONE;
}

/* The first day of the quarter so many before this one. */
static int32_t quarters_before(int32_t day, unsigned quarters) {
    int year, month, mday;
    date_split(day, &year, &month, &mday);
    int32_t first = day - mday + 1;
    return months_before(first, quarters * 3 + (unsigned)(month - 1) % 3);
}

#define KEEP_MAX 3650 /* of any unit */

/* "90d", "8q", "2y": the first day whose runs stay. */
static bool parse_keep(const char *value, int32_t today, int32_t *first,
                       struct err *err) {
    struct str text = str_from(value);
    struct str digits = str_take(text, text.len == 0 ? 0 : text.len - 1);
    unsigned long count = str_number(digits);
    char unit = text.len == 0 ? '\0' : text.ptr[text.len - 1];
    *first = DATE_NONE;
    if (!str_is_digits(digits) || digits.len > 4 || count == 0 ||
        count > KEEP_MAX)
        unit = '\0';
    if (unit == 'd')
        *first = today - (int32_t)count;
    else if (unit == 'q')
        *first = quarters_before(today, (unsigned)count);
    else if (unit == 'y')
        *first = months_before(today, (unsigned)count * 12);
    return *first != DATE_NONE ||
           err_set(err, ERR_INVALID,
                   "--keep '%s' is no time; write 90d, 8q or 2y", value);
}

static bool read_day(struct order *order, struct err *err) {
    const char *before = cli_value(order->args, "before");
    const char *keep = cli_value(order->args, "keep");
    bool named = order->args->operand_count > 1;
    int32_t day = DATE_NONE;
    order->day[0] = '\0';
    if ((before != NULL) + (keep != NULL) + named != 1)
        return err_set(err, ERR_INVALID,
                       "history forget needs runs, --before or --keep: one of "
                       "them");
    if (named)
        return true;
    order->keep_newest = keep != NULL;
    if (!cli_read_day(order->args, "before", &day, err))
        return false;
    if (keep != NULL) {
        int32_t today;
        if (!date_parse(str_take(str_from(order->time), 10), &today) ||
            !parse_keep(keep, today, &day, err))
            return false;
    }
    date_format(day, order->day);
    return true;
}

static bool read_order(struct order *order, struct err *err) {
    order->why = cli_value(order->args, "why");
    order->dry = cli_flag(order->args, "dry-run");
    if (!cli_read_time(order->args, order->time, NULL, err) ||
        !read_day(order, err))
        return false;
    return order->dry || (order->why != NULL && *order->why != '\0') ||
           err_set(err, ERR_INVALID,
                   "why? --why says it, and stays in the history");
}

static bool choose(struct history *history, struct order *order,
                   struct err *err) {
    int64_t run;
    if (order->day[0] != '\0')
        return forget_choose_before(history, order->day, order->keep_newest,
                                    &order->spared, err);
    for (size_t i = 1; i < order->args->operand_count; i++) {
        if (!runs_find(history, order->args->operands[i], &run, err) ||
            !forget_choose(history, run, err))
            return false;
    }
    return true;
}

/* The runs chosen, as a list; how many there are. */
static bool print_chosen(struct history *history, struct json_writer *json,
                         size_t *count, struct err *err) {
    struct query query = {.history = NULL};
    bool row = true;
    bool ok = forget_chosen(&query, history, err);
    while (ok && (ok = query_next(&query, &row, err)) && row) {
        ++*count;
        if (json != NULL)
            json_int(json, query_int(&query, 0));
        else
            printf("%s%lld", *count == 1 ? "runs " : ", ",
                   (long long)query_int(&query, 0));
    }
    if (json == NULL && *count != 0)
        putchar('\n');
    query_close(&query);
    return ok;
}

static void print_sums(const struct order *order, size_t count) {
    printf("%zu run%s %sforgotten", count, count == 1 ? "" : "s",
           order->dry ? "would be " : "");
    if (order->spared != 0)
        printf("; %zu older one%s stay%s, with the newest BOM of a board",
               order->spared, order->spared == 1 ? "" : "s",
               order->spared == 1 ? "s" : "");
    putchar('\n');
}

static void begin_json(struct json_writer *json, const struct order *order) {
    json_open_object(json);
    json_put_text(json, "schema", "bomgate-history-forget/1");
    json_put_text(json, "time", order->time);
    json_put_text(json, "why", order->why);
    json_put_optional(json, "before", str_from(order->day));
    json_put_bool(json, "dry_run", order->dry);
    json_key(json, "runs");
    json_open_array(json);
    json_inline(json);
}

static void end_json(struct json_writer *json, const struct order *order,
                     bool complete) {
    json_close_array(json);
    json_put_int(json, "spared", (int64_t)order->spared);
    json_put_bool(json, "complete", complete);
    json_close_object(json);
    json_finish(json);
}

/* That the space is not given back, as while somebody reads, loses nothing. */
static bool forget(struct history *history, const struct order *order,
                   size_t count, struct err *err) {
    struct err refused = ERR_INIT;
    if (order->dry || count == 0)
        return true;
    if (!forget_now(history, order->time, order->why, err))
        return false;
    if (!forget_compact(history, &refused)) {
        cli_print_line(NULL, "the runs are forgotten, but the file could not "
                             "be made smaller:");
        cli_print_problem(NULL, &refused);
    }
    return true;
}

int cli_history_forget(struct history_call *call) {
    struct json_writer json = JSON_WRITER(stdout);
    struct order order = {.args = call->args};
    struct err err = ERR_INIT;
    size_t count = 0;
    if (!read_order(&order, &err) || !choose(call->history, &order, &err))
        return cli_refuse(&err);
    if (call->json)
        begin_json(&json, &order);
    bool ok =
        print_chosen(call->history, call->json ? &json : NULL, &count, &err) &&
        forget(call->history, &order, count, &err);
    if (call->json)
        end_json(&json, &order, ok);
    else if (ok)
        print_sums(&order, count);
    return ok ? cli_finish(EXIT_CLEAN) : cli_fail(&err);
}
