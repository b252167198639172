#include <string.h>

#include "cli/history_verbs.h"
#include "cli/page.h"
#include "history/tables.h"
#include "screen/screen.h"

/* Columns of history/tables.h that are kept as numbers, or as one text. */
bool history_is_flag(const char *column) {
    static const char *const flags[] = {
        "ruleset.kept", "declared",      "complete",     "conclusive", "named",
        "kept",         "fitted",        "alternate",    "waived",     "known",
        "latest",       "waived_before", "waived_after",
    };
    for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
        if (strcmp(flags[i], column) == 0)
            return true;
    }
    return false;
}

static void put_list(struct json_writer *json, struct str rest) {
    struct str one;
    json_open_array(json);
    json_inline(json);
    while (str_split(&rest, ' ', &one)) {
        if (one.len != 0)
            json_str(json, one);
    }
    json_close_array(json);
}

static void put_value(struct json_writer *json, const struct query *row,
                      int column) {
    const char *name = query_name(row, column);
    struct str text = query_text(row, column);
    if (strcmp(name, "profiles") == 0)
        put_list(json, text);
    else if (query_is_null(row, column))
        json_none(json);
    else if (query_is_int(row, column) && history_is_flag(name))
        json_bool(json, query_int(row, column) != 0);
    else if (query_is_int(row, column))
        json_int(json, query_int(row, column));
    else if (query_is_real(row, column))
        json_fixed(json, query_real(row, column), 4);
    else if (text.len == 0)
        json_none(json);
    else
        json_str(json, text);
}

#define GROUP_SIZE 32

static void open_group(struct json_writer *json, const char *group) {
    if (group[0] == '\0')
        return;
    json_key(json, group);
    json_open_object(json);
    json_inline(json);
}

static void close_group(struct json_writer *json, const char *group) {
    if (group[0] != '\0')
        json_close_object(json);
}

void history_put_row(struct json_writer *json, const struct query *row) {
    char group[GROUP_SIZE] = "", outer[GROUP_SIZE];
    for (int i = 0; i < query_columns(row); i++) {
        const char *name = query_name(row, i);
        const char *dot = strchr(name, '.');
        snprintf(outer, sizeof(outer), "%.*s",
                 dot == NULL ? 0 : (int)(dot - name), name);
        if (strcmp(outer, group) != 0) {
            close_group(json, group);
            open_group(json, outer);
            strcpy(group, outer);
        }
        json_key(json, dot == NULL ? name : dot + 1);
        put_value(json, row, i);
    }
    close_group(json, group);
}

bool history_put_rows(struct json_writer *json, const char *key,
                      struct query *query, size_t *count, struct err *err) {
    bool row = true, ok = true;
    size_t rows = 0;
    json_key(json, key);
    json_open_array(json);
    while (ok && (ok = query_next(query, &row, err)) && row) {
        json_open_object(json);
        json_inline(json);
        history_put_row(json, query);
        json_close_object(json);
        rows++;
    }
    json_close_array(json);
    if (count != NULL)
        *count = rows;
    return ok;
}

void history_add_counts(struct strbuf *out, const int64_t *counts) {
    size_t before = out->len;
    for (int v = 0; v <= VERDICT_COUNT; v++) {
        if (counts[v] == 0)
            continue;
        strbuf_printf(out, "%s%lld %s", out->len == before ? "" : ", ",
                      (long long)counts[v],
                      v == VERDICT_COUNT ? "waived"
                                         : verdict_name((enum verdict)v));
    }
    if (out->len == before)
        strbuf_add_text(out, "no line");
}

void history_add_profiles(struct strbuf *out, const struct query *run) {
    struct str rest = query_text(run, RUNS_PROFILES), one;
    const char *before = "";
    if (query_int(run, RUNS_DECLARED) == 0) {
        strbuf_add_text(out, "every profile");
        return;
    }
    while (str_split(&rest, ' ', &one)) {
        cli_add_words(out, before, one);
        before = ", ";
    }
}

void history_add_place(struct strbuf *out, struct str refdes,
                       struct str quantity) {
    strbuf_add(out, refdes);
    cli_add_words(out, refdes.len != 0 ? " x " : "x ", quantity);
    if (refdes.len + quantity.len != 0)
        strbuf_add_text(out, ": ");
}

bool history_put_section(struct text_page *page, struct query *query,
                         const char *heading,
                         void (*put)(struct text_page *page,
                                     const struct query *row),
                         size_t *count, struct err *err) {
    bool row = true, ok = true, any = false;
    while (ok && (ok = query_next(query, &row, err)) && row) {
        if (!any && heading != NULL) {
            text_end_line(page);
            text_heading(page, str_from(heading));
        }
        any = true;
        ++*count;
        put(page, query);
    }
    return ok;
}
