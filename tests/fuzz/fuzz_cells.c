/* A header and a cell are understood the same way each time, by pieces of their
   own text. */
#include "bom/cells.h"
#include "bom/header.h"
#include "fuzz.h"

static struct bom_words words;
static struct cells cells;

static bool is_inside(struct str piece, struct str text) {
    return piece.len == 0 || (piece.ptr >= text.ptr &&
                              piece.ptr + piece.len <= text.ptr + text.len);
}

/* ---- headers ---- */

static void check_header(struct str cell) {
    struct arena arena = {.failed = false};
    struct header header, again, written;
    header_read(&words, &arena, cell, &header);
    header_read(&words, &arena, cell, &again);
    header_read_as_written(&words, &arena, cell, &written);
    must(written.field_count <= HEADER_FIELDS_MAX,
         "a few fields, mended or not");
    must(str_eq(header.base, again.base) && header.strength == again.strength &&
             header.field_count == again.field_count &&
             header.number == again.number,
         "the same name again");
    must(header.field_count <= HEADER_FIELDS_MAX, "a few fields");
    must(header.strength < HEADER_WEAK || header.field_count > 0,
         "what says something says what");
    for (unsigned i = 0; i < header.field_count; i++)
        must(header.fields[i] < BOM_FIELD_COUNT &&
                 header_means(&header, header.fields[i]),
             "a field that there is");
    must_be_text(header.text, "a name is UTF-8");
    must_be_text(header.base, "its base is UTF-8");
    must_be_text(header.label, "its label is UTF-8");
    must(str_eq(header.text, str_trim(header.text)), "a name is trimmed");
    arena_dispose(&arena);
}

/* ---- cells ---- */

/* Pieces in their order, and nothing but separators between them. */
static void check_pieces(struct str cell, const struct str *pieces,
                         size_t count) {
    const char *at = cell.ptr;
    must(count >= 1 && count <= CELL_PIECES_MAX, "a few pieces");
    for (size_t i = 0; i < count && pieces[i].len != 0; i++) {
        must(is_inside(pieces[i], cell) && pieces[i].ptr >= at,
             "pieces of the cell, in order");
        must_be_text(pieces[i], "cut between characters");
        for (; at < pieces[i].ptr; at++)
            must(!ascii_is_digit(*at), "no digit is lost between them");
        at = pieces[i].ptr + pieces[i].len;
    }
    for (; at < cell.ptr + cell.len; at++)
        must(!ascii_is_digit(*at), "nor behind them");
}

static void check_split(struct str cell) {
    struct str pieces[CELL_PIECES_MAX];
    check_pieces(cell, pieces, cells_split(cell, pieces));
    check_pieces(cell, pieces, cells_split_mpns(&cells, cell, pieces));
    check_pieces(cell, pieces, cells_split_makers(&cells, cell, pieces));
}

static void check_cell(struct str cell) {
    struct str maker, mpn, first, second;
    must(cells_kinds(&cells, cell) == cells_kinds(&cells, cell),
         "the same kind again");
    must(cells_is_maker(&cells, cell) == cells_is_maker(&cells, cell),
         "the same maker again");
    if (cells_unwrap(&cells, cell, &maker))
        must(is_inside(maker, cell), "what stands in brackets");
    if (cells_split_brackets(&cells, cell, &first, &second))
        must(is_inside(first, cell) && is_inside(second, cell) &&
                 first.len != 0 && second.len != 0,
             "an alternative in brackets");
    for (int guess = 0; guess < 2; guess++)
        if (cells_split_maker(&cells, cell, guess != 0, &maker, &mpn))
            must(is_inside(maker, cell) && is_inside(mpn, cell) &&
                     maker.len + mpn.len <= cell.len && maker.len != 0,
                 "a maker before its number");
    check_split(cell);
    (void)cells_mention_not_fitted(&cells, cell);
}

/* \x1e stands between the cells. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str rest = {(const char *)data, size}, cell;
    struct err err = ERR_INIT;
    if (words.rules == NULL) {
        must(words_init(&words, fuzz_rules(), &err), "memory");
        cells.words = &words;
    }
    if (!utf8_valid(rest) || size > 4096)
        return 0;
    while (str_split(&rest, '\x1e', &cell)) {
        cell = str_trim(cell);
        check_header(cell);
        check_cell(cell);
    }
    return 0;
}
