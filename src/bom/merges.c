#include "bom/merges.h"

#include "bom/text.h"
#include "core/lang.h"
#include "core/mem.h"

#include <stdlib.h>

void merges_add(struct merges *merges, uint32_t first_column,
                uint32_t last_column, uint32_t first_row, uint32_t last_row) {
    if (first_column != last_column || first_column >= READER_COLUMNS_MAX ||
        first_row == 0 || last_row <= first_row ||
        last_row - first_row >= MERGE_ROWS_MAX)
        return;
    if (merges->count >= MERGES_MAX) {
        merges->full = true;
        return;
    }
    if (!mem_grow((void **)&merges->items, &merges->cap, merges->count + 1,
                  sizeof(*merges->items))) {
        merges->failed = true;
        return;
    }
    merges->items[merges->count++] =
        (struct merge){first_row, last_row, first_column};
}

static int by_row(const void *a, const void *b) {
    const struct merge *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

void merges_ready(struct merges *merges, uint32_t header_line) {
    if (merges->count != 0)
        qsort(merges->items, merges->count, sizeof(*merges->items), by_row);
    merges->header_line = header_line;
    merges->ready = true;
}

static void open_merge(struct merges *merges, const struct merge *merge,
                       const struct sheet_row *row) {
    struct merge_text *open = &merges->open[merge->column];
    const struct sheet_span *span = &row->spans[merge->column];
    open->last = merge->column < row->used && span->len != 0 ? merge->last : 0;
    strbuf_clear(&open->text);
    if (open->last != 0)
        strbuf_add(&open->text,
                   (struct str){row->text.ptr + span->at, span->len});
    merges->failed |= open->text.failed;
}

/* "U13", "R1-R4, R7", "2": what would make a row one of its own. */
static bool counts(struct str text) {
    size_t letters = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (ascii_is_alpha(c) && ++letters > 2)
            return false;
        if (c == ',' || c == ' ' || c == '-' || c == ';')
            letters = 0;
        else if (!ascii_is_alnum(c) && c != '.')
            return false;
    }
    return true;
}

static bool is_covered(const struct merges *merges, size_t column,
                       uint32_t line) {
    return merges->open[column].last >= line;
}

static bool is_filled(const struct sheet_row *row, size_t column) {
    return column < row->used && row->spans[column].len != 0;
}

static void fill(struct merges *merges, struct sheet_row *row) {
    size_t left = 0;
    while (left < READER_COLUMNS_MAX && !is_filled(row, left) &&
           !is_covered(merges, left, row->line))
        left++;
    bool goes_on = left < READER_COLUMNS_MAX && !is_filled(row, left);
    for (size_t i = left; i < READER_COLUMNS_MAX; i++) {
        struct str text = strbuf_str(&merges->open[i].text);
        if (!is_covered(merges, i, row->line) || is_filled(row, i) ||
            (goes_on && counts(text)))
            continue;
        sheet_row_put(row, (uint32_t)i, text);
    }
}

static void tell_full(struct merges *merges, const struct sheet_row *row) {
    if (!merges->full || merges->told)
        return;
    merges->told = true;
    text_tell(row->diagnostics, BOM_LOST, "too-many-merges", row->line, 0,
              tr("only the first %d merged cells are filled"), MERGES_MAX);
}

void merges_fill(struct merges *merges, struct sheet_row *row) {
    if (!merges->ready || merges->count == 0 || row->used == 0)
        return;
    if (row->line <= merges->line) {
        merges->count = 0;
        return;
    }
    merges->line = row->line;
    tell_full(merges, row);
    fill(merges, row);
    for (; merges->next < merges->count &&
           merges->items[merges->next].first <= row->line;
         merges->next++) {
        const struct merge *merge = &merges->items[merges->next];
        if (merge->first == row->line && merge->first > merges->header_line)
            open_merge(merges, merge, row);
    }
}

void merges_dispose(struct merges *merges) {
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        strbuf_dispose(&merges->open[i].text);
    mem_free(merges->items);
    *merges = (struct merges){.items = NULL};
}
