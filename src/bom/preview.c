#include "bom/preview.h"

static size_t filled(const struct row *row) {
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++)
        count += str_trim(row->cells[i]).len != 0;
    return count;
}

void preview_sheets(struct bom_preview *preview, const struct sheet *sheets,
                    size_t count) {
    struct bom_sheet *kept = arena_array(&preview->arena, count, sizeof(*kept));
    if (kept == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        kept[i] = (struct bom_sheet){arena_str(&preview->arena, sheets[i].name),
                                     sheets[i].hidden};
    preview->sheets = kept;
    preview->sheet_count = count;
}

bool preview_rows(struct bom_preview *preview, const struct rows *rows,
                  size_t first) {
    preview->row_count = 0;
    for (size_t i = first;
         i < rows_ahead(rows) && preview->row_count < BOM_PREVIEW_ROWS; i++) {
        const struct row *row = rows_peek(rows, i);
        struct row kept;
        if (filled(row) == 0)
            continue;
        if (!row_copy(&preview->arena, row, &kept))
            return false;
        preview->rows[preview->row_count++] =
            (struct bom_preview_row){kept.cells, kept.count};
    }
    return true;
}

/* Its rows are those below. */
static void use_fullest(struct bom_preview *preview) {
    size_t best = 0, most = 0;
    for (size_t i = 0; i < preview->row_count; i++) {
        struct row row = {.cells = preview->rows[i].cells,
                          .count = preview->rows[i].count};
        if (filled(&row) > most) {
            most = filled(&row);
            best = i;
        }
    }
    if (preview->row_count == 0)
        return;
    preview->headers = preview->rows[best];
    preview->row_count -= best + 1;
    for (size_t i = 0; i < preview->row_count; i++)
        preview->rows[i] = preview->rows[best + 1 + i];
}

bool preview_headers(struct bom_preview *preview, const struct table *table) {
    if (table->header_line == 0) {
        use_fullest(preview);
        return true;
    }
    struct str *headers =
        arena_array(&preview->arena, table->width + 1, sizeof(*headers));
    if (headers == NULL)
        return false;
    for (size_t i = 0; i < table->width; i++)
        headers[i] = arena_str(&preview->arena, table->headers[i].text);
    preview->headers = (struct bom_preview_row){headers, table->width};
    return !preview->arena.failed;
}

void bom_preview_dispose(struct bom_preview *preview) {
    arena_dispose(&preview->arena);
    *preview = (struct bom_preview){.row_count = 0};
}
