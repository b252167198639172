#include "report/json_bom.h"

#include <errno.h>
#include <string.h>

static void put_field(struct json_writer *json, const struct bom_info *info,
                      enum bom_field field) {
    bool open = false;
    for (size_t i = 0; i < info->column_count; i++) {
        const struct bom_column *column = &info->columns[i];
        if (column->field != field)
            continue;
        if (!open) {
            json_key(json, bom_field_name(field));
            json_open_array(json);
            json_inline(json);
            open = true;
        }
        json_open_object(json);
        json_put_str(json, "header", column->header);
        json_put_int(json, "index", column->index);
        json_put_int(json, "set", column->set);
        json_put_text(json, "why", column->why);
        json_put_text(json, "runner_up",
                      column->runner_up == BOM_FIELD_COUNT
                          ? NULL
                          : bom_field_name(column->runner_up));
        json_close_object(json);
    }
    if (open)
        json_close_array(json);
}

static void put_columns(struct json_writer *json, const struct bom_info *info) {
    json_key(json, "columns");
    json_open_object(json);
    for (unsigned field = 0; field < BOM_FIELD_COUNT; field++)
        put_field(json, info, (enum bom_field)field);
    json_close_object(json);
    json_key(json, "unmapped");
    json_open_array(json);
    json_inline(json);
    for (size_t i = 0; i < info->unmapped_count; i++)
        json_str(json, info->unmapped[i]);
    json_close_array(json);
}

static void put_diagnostics(struct json_writer *json,
                            const struct bom_totals *totals) {
    json_key(json, "diagnostics");
    json_open_array(json);
    for (size_t i = 0; i < totals->diagnostic_count; i++) {
        const struct report_diagnostic *item = &totals->diagnostics[i];
        json_open_object(json);
        json_inline(json);
        json_put_int(json, "line", item->line);
        json_put_int(json, "column", item->column);
        json_put_text(json, "severity",
                      item->severity == BOM_LOST ? "lost" : "note");
        json_put_text(json, "code", item->code);
        json_put_text(json, "message", item->message);
        json_close_object(json);
    }
    json_close_array(json);
    json_put_int(json, "diagnostics_more", totals->diagnostics_more);
}

void report_json_counts(struct json_writer *json, const char *key,
                        const struct line_counts *counts) {
    json_key(json, key);
    json_open_object(json);
    json_inline(json);
    for (unsigned v = 0; v < VERDICT_COUNT; v++)
        json_put_int(json, verdict_name((enum verdict)v), counts->verdicts[v]);
    json_put_int(json, "waived", counts->waived);
    json_close_object(json);
}

static void put_answers(struct json_writer *json,
                        const struct bom_totals *totals, bool checked) {
    if (!checked) {
        json_put_null(json, "resolved");
        json_put_null(json, "passives");
        json_put_null(json, "counts");
        return;
    }
    json_key(json, "resolved");
    json_fixed(json, bom_totals_resolved(totals), 4);
    json_put_int(json, "passives", totals->passives);
    if (totals->assemblies != 0)
        json_put_int(json, "assemblies", totals->assemblies);
    report_json_counts(json, "counts", &totals->counts);
}

void report_json_bom(struct json_writer *json, const struct bom_totals *totals,
                     bool checked) {
    const struct bom_info *info = &totals->info;
    json_put_text(json, "path", info->path);
    if (checked) {
        json_put_text(json, "product", totals->product);
        json_put_text(json, "revision", totals->revision);
    }
    json_put_optional(json, "sha256", str_from(info->sha256));
    json_put_text(json, "format", info->format);
    json_put_text(json, "encoding", info->encoding);
    json_put_text(json, "delimiter", info->delimiter);
    json_put_text(json, "sheet", info->sheet);
    json_key(json, "header_line");
    if (info->header_line == 0)
        json_none(json);
    else
        json_int(json, info->header_line);
    put_columns(json, info);
    json_put_int(json, "lines", info->lines);
    json_put_int(json, "lost", totals->lost);
    put_answers(json, totals, checked);
    put_diagnostics(json, totals);
    json_put_text(json, "error", totals->error);
}

static void put_cells(struct json_writer *json,
                      const struct bom_preview_row *row) {
    json_open_array(json);
    json_inline(json);
    for (size_t i = 0; i < row->count; i++)
        json_str(json, row->cells[i]);
    json_close_array(json);
}

/* None was read where the file could not be. */
static void put_sheets(struct json_writer *json,
                       const struct bom_preview *preview, const char *read) {
    json_key(json, "sheets");
    json_open_array(json);
    for (size_t i = 0; i < preview->sheet_count; i++) {
        const struct bom_sheet *sheet = &preview->sheets[i];
        json_open_object(json);
        json_inline(json);
        json_put_str(json, "name", sheet->name);
        json_put_bool(json, "hidden", sheet->hidden);
        json_put_bool(json, "read",
                      read != NULL && str_eq(sheet->name, str_from(read)));
        json_close_object(json);
    }
    json_close_array(json);
}

/* What somebody chooses from who says what a column holds. */
static void put_preview(struct json_writer *json,
                        const struct bom_preview *preview) {
    json_key(json, "headers");
    put_cells(json, &preview->headers);
    json_key(json, "rows");
    json_open_array(json);
    for (size_t i = 0; i < preview->row_count; i++)
        put_cells(json, &preview->rows[i]);
    json_close_array(json);
    json_key(json, "fields");
    json_open_array(json);
    json_inline(json);
    for (unsigned field = 0; field < BOM_FIELD_COUNT; field++)
        json_text(json, bom_field_name((enum bom_field)field));
    json_close_array(json);
}

bool report_json_columns(FILE *out, const char *version,
                         const struct bom_totals *totals,
                         const struct bom_preview *preview, struct err *err) {
    struct json_writer json = JSON_WRITER(out);
    json_open_object(&json);
    json_put_text(&json, "schema", "bomgate-columns/1");
    json_key(&json, "tool");
    json_open_object(&json);
    json_inline(&json);
    json_put_text(&json, "name", "bomgate");
    json_put_text(&json, "version", version);
    json_close_object(&json);
    report_json_bom(&json, totals, false);
    put_sheets(&json, preview, totals->info.sheet);
    put_preview(&json, preview);
    json_close_object(&json);
    json_finish(&json);
    if (fflush(out) != 0 || ferror(out))
        return err_set(err, ERR_IO, "cannot write the report: %s",
                       strerror(errno));
    return true;
}
