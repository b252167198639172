#include "bom/rows.h"

#include <string.h>

#include "core/mem.h"
#include "core/mojibake.h"

void rows_dispose(struct rows *rows) {
    arena_dispose(&rows->arena);
    arena_dispose(&rows->mended);
    mem_free(rows->queue);
    *rows = (struct rows){.format = NULL};
}

/* Here, so that all formats and all that is read from a row have it alike. */
static bool mend(struct rows *rows, struct row *row) {
    struct strbuf text = {.ptr = NULL};
    struct str *cells = NULL;
    bool failed = false;
    if (row->ascii)
        return true;
    arena_reset(&rows->mended);
    for (size_t i = 0; i < row->count && !failed; i++) {
        if (!mojibake_mend(&text, row->cells[i]))
            continue;
        if (cells == NULL) {
            cells = arena_array(&rows->mended, row->count + 1, sizeof(*cells));
            if (cells == NULL)
                break;
            memcpy(cells, row->cells, row->count * sizeof(*cells));
        }
        cells[i] = arena_str(&rows->mended, strbuf_str(&text));
        if (rows->mended_cells++ == 0)
            rows->mended_line = row->line;
        failed = text.failed;
    }
    if (cells != NULL)
        row->cells = cells;
    failed |= rows->mended.failed || text.failed;
    strbuf_dispose(&text);
    return !failed;
}

static enum reader_step read_on(struct rows *rows, struct row *row,
                                struct err *err) {
    if (rows->failure.code != ERR_NONE) {
        *err = rows->failure;
        return READER_ERROR;
    }
    if (rows->ended)
        return READER_END;
    enum reader_step step = rows->format->next(rows->reader, row, err);
    rows->ended = step != READER_ROW;
    if (step == READER_ROW && !mend(rows, row)) {
        err_nomem(err);
        step = READER_ERROR;
    }
    if (step == READER_ERROR)
        rows->failure = *err;
    return step;
}

enum reader_step rows_next(struct rows *rows, struct row *row,
                           struct err *err) {
    if (rows->again) {
        rows->again = false;
        *row = rows->last;
        return READER_ROW;
    }
    if (rows->count != 0) {
        *row = rows->last = rows->queue[rows->first++];
        rows->count--;
        return READER_ROW;
    }
    enum reader_step step = read_on(rows, row, err);
    if (step == READER_ROW)
        rows->last = *row;
    return step;
}

void rows_again(struct rows *rows) { rows->again = true; }

/* Most rows' cells are all views of their own text. @return false for a row of
   which one is not, and when memory is out. */
static bool copy_in_place(struct arena *arena, const struct row *row,
                          struct row *out) {
    size_t size = row->count * sizeof(*row->cells);
    const char *text = row->text.ptr;
    struct str *cells =
        row->text.len == 0 ? NULL : arena_alloc(arena, size + row->text.len);
    if (cells == NULL)
        return false;
    char *copy = (char *)cells + size;
    memcpy(copy, text, row->text.len);
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = row->cells[i];
        size_t at = (uintptr_t)cell.ptr - (uintptr_t)text;
        if (at > row->text.len || cell.len > row->text.len - at)
            return false;
        cells[i] = (struct str){copy + at, cell.len};
    }
    out->cells = cells;
    out->text.ptr = copy;
    return true;
}

bool row_copy(struct arena *arena, const struct row *row, struct row *out) {
    *out = *row;
    if (copy_in_place(arena, row, out))
        return true;
    size_t bytes = row->text.len;
    for (size_t i = 0; i < row->count; i++)
        bytes += row->cells[i].len;
    struct str *cells = arena_array(arena, row->count, sizeof(*cells));
    char *text = arena_alloc(arena, bytes);
    if (cells == NULL || text == NULL)
        return false;
    for (size_t i = 0; i < row->count; i++) {
        size_t len = row->cells[i].len;
        if (len != 0)
            memcpy(text, row->cells[i].ptr, len);
        cells[i] = (struct str){text, len};
        text += len;
    }
    if (row->text.len != 0)
        memcpy(text, row->text.ptr, row->text.len);
    out->cells = cells;
    out->text.ptr = text;
    return true;
}

static bool add_copy(struct rows *rows, const struct row *row) {
    struct row copy;
    if (!row_copy(&rows->arena, row, &copy) ||
        !mem_grow((void **)&rows->queue, &rows->cap,
                  rows->first + rows->count + 1, sizeof(*rows->queue)))
        return false;
    rows->queue[rows->first + rows->count++] = copy;
    return true;
}

/* Everything in the queue was handed out: its memory can be used again, but
   for a row that is to be handed out once more. */
static bool restart_queue(struct rows *rows) {
    if (rows->count != 0)
        return true;
    struct arena old = rows->arena;
    rows->arena = (struct arena){.chunks = NULL};
    rows->first = 0;
    bool ok = !rows->again || add_copy(rows, &rows->last);
    rows->again = false;
    arena_dispose(&old);
    return ok;
}

/* A row that was put back goes to the front of the rows that wait. */
static void requeue_last(struct rows *rows) {
    if (!rows->again || rows->count == 0)
        return;
    rows->again = false;
    rows->first--;
    rows->count++;
}

bool rows_look(struct rows *rows, size_t ahead, size_t bytes, struct err *err) {
    requeue_last(rows);
    if (!restart_queue(rows))
        return err_nomem(err);
    struct err failure = ERR_INIT;
    struct row row;
    while (rows->count < ahead && rows->arena.used < bytes &&
           read_on(rows, &row, &failure) == READER_ROW) {
        if (!add_copy(rows, &row))
            return err_nomem(err);
    }
    return true;
}

size_t rows_ahead(const struct rows *rows) { return rows->count; }

const struct row *rows_peek(const struct rows *rows, size_t i) {
    return &rows->queue[rows->first + i];
}

void rows_skip(struct rows *rows, size_t count) {
    count = count < rows->count ? count : rows->count;
    rows->first += count;
    rows->count -= count;
}
