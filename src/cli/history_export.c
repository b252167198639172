#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/history_verbs.h"
#include "core/atomic_file.h"
#include "core/folder.h"
#include "history/chain.h"
#include "history/kept_files.h"
#include "history/tables.h"
#include "report/csv_cell.h"
#include "run/run.h"

static bool open_table(struct query *query, struct history *history, int table,
                       struct err *err) {
    if (!table_open(query, history, (enum history_table)table, err))
        return false;
    table_from(query, 0, INT64_MAX);
    return true;
}

static bool put_json(struct history *history, struct err *err) {
    struct json_writer json = JSON_WRITER(stdout);
    char head[DIGEST_HEX_SIZE] = "";
    bool ok = chain_head(history, NULL, head, err);
    json_open_object(&json);
    json_put_text(&json, "schema", "bomgate-history-export/1");
    json_put_optional(&json, "head", str_from(head));
    for (int i = 0; ok && i < HISTORY_TABLE_COUNT; i++) {
        struct query query = {.history = NULL};
        ok = open_table(&query, history, i, err) &&
             history_put_rows(&json, history_table_name((enum history_table)i),
                              &query, NULL, err);
        query_close(&query);
    }
    json_put_bool(&json, "complete", ok);
    json_close_object(&json);
    json_finish(&json);
    return ok;
}

static void add_cell(struct strbuf *out, const struct query *row, int column) {
    if (!query_is_int(row, column))
        csv_cell(out, query_text(row, column));
    else if (history_is_flag(query_name(row, column)))
        strbuf_add_text(out, query_int(row, column) != 0 ? "true" : "false");
    else
        strbuf_printf(out, "%" PRId64, query_int(row, column));
}

/* One row, or the names of the columns. */
static bool put_row(FILE *out, struct strbuf *text, const struct query *row,
                    bool heading) {
    strbuf_clear(text);
    for (int i = 0; i < query_columns(row); i++) {
        if (i != 0)
            strbuf_add_char(text, ',');
        if (heading)
            csv_cell(text, str_from(query_name(row, i)));
        else
            add_cell(text, row, i);
    }
    strbuf_add_text(text, "\r\n");
    if (!text->failed)
        fwrite(text->ptr, 1, text->len, out);
    return !text->failed;
}

static bool put_csv(FILE *out, struct query *query, struct err *err) {
    struct strbuf text = {.ptr = NULL};
    bool row = true;
    fputs("\xEF\xBB\xBF", out); /* or Excel takes it for Windows-1252 */
    bool ok = put_row(out, &text, query, true) || err_nomem(err);
    while (ok && (ok = query_next(query, &row, err)) && row)
        ok = put_row(out, &text, query, false) || err_nomem(err);
    strbuf_dispose(&text);
    return ok;
}

static bool write_table(struct history *history, const char *folder, int table,
                        struct err *err) {
    struct atomic_file file = {.path = NULL};
    struct query query = {.history = NULL};
    struct strbuf path = {.ptr = NULL};
    strbuf_printf(&path, "%s/%s.csv", folder,
                  history_table_name((enum history_table)table));
    bool ok = (!path.failed || err_nomem(err)) &&
              open_table(&query, history, table, err) &&
              atomic_file_begin(&file, path.ptr, err);
    if (ok && put_csv(file.out, &query, err))
        ok = atomic_file_commit(&file, err);
    else
        ok = false;
    atomic_file_abandon(&file);
    query_close(&query);
    strbuf_dispose(&path);
    return ok;
}

/* Where the files that are kept go, below the folder of the tables. */
static bool write_kept(void *ctx, const char *path, struct str bytes,
                       struct err *err) {
    const char *folder = ctx;
    struct strbuf whole = {.ptr = NULL};
    strbuf_printf(&whole, "%s/%s", folder, path);
    bool ok = (!whole.failed || err_nomem(err)) &&
              folder_make_above(whole.ptr, err) &&
              atomic_file_write(whole.ptr, bytes, err);
    strbuf_dispose(&whole);
    return ok;
}

static bool write_folder(struct history *history, const char *folder,
                         struct err *err) {
    bool ok = folder_make(folder, err);
    for (int i = 0; ok && i < HISTORY_TABLE_COUNT; i++)
        ok = write_table(history, folder, i, err);
    return ok &&
           kept_files_tell(history, write_kept, (void *)(uintptr_t)folder, err);
}

int cli_history_export(struct history_call *call) {
    const char *folder = cli_value(call->args, "output");
    const char *format = cli_value(call->args, "format");
    struct err err = ERR_INIT;
    bool csv = format == NULL ? folder != NULL : strcmp(format, "csv") == 0;
    if (call->args->operand_count != 1)
        return cli_usage_error("history export takes no operand");
    if (format != NULL && !csv && strcmp(format, "json") != 0)
        return cli_usage_error("unknown format '%s'; export knows json and csv",
                               format);
    if (csv != (folder != NULL))
        return cli_usage_error(csv ? "CSV is a file a table: name a folder "
                                     "with -o"
                                   : "JSON goes to standard output");
    bool ok = csv ? write_folder(call->history, folder, &err)
                  : put_json(call->history, &err);
    return ok ? cli_finish(EXIT_CLEAN) : cli_fail(&err);
}
