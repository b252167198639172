#include "bom/sheets.h"

#include "bom/text.h"
#include "core/lang.h"
#include "core/utf8.h"

/* Columns of a sheet's name in a message: Excel allows 31 characters. */
#define NAME_SHOWN 31
#define NAMES_SHOWN 5
/* A table has a header and a line. */
#define TABLE_ROWS_MIN 2

static bool has_letter(struct str cell) {
    for (size_t i = 0; i < cell.len; i++) {
        if (ascii_is_alpha(cell.ptr[i]) || (unsigned char)cell.ptr[i] >= 0x80)
            return true;
    }
    return false;
}

/* "U1", "R1, R2"; more than two letters only a list of words could tell. */
static bool is_designator(struct str cell) {
    size_t at = 0;
    while (at < cell.len && ascii_is_alpha(cell.ptr[at]))
        at++;
    if (at == 0 || at > 2)
        return false;
    size_t digits = at;
    while (digits < cell.len && ascii_is_digit(cell.ptr[digits]))
        digits++;
    return digits != at && digits - at <= 4 &&
           (digits == cell.len || cell.ptr[digits] == ',' ||
            cell.ptr[digits] == ' ' || cell.ptr[digits] == '-');
}

#define PART_NUMBER_MIN 6
#define PART_NUMBER_MAX 128

static bool is_part_number(struct str cell) {
    size_t letters = 0, digits = 0;
    if (cell.len < PART_NUMBER_MIN || cell.len > PART_NUMBER_MAX)
        return false;
    for (size_t i = 0; i < cell.len; i++) {
        letters += ascii_is_alpha(cell.ptr[i]);
        digits += ascii_is_digit(cell.ptr[i]);
        if (ascii_is_space(cell.ptr[i]))
            return false;
    }
    return letters != 0 && digits > 1 && !is_designator(cell);
}

/* "12.34", "-5,1mm", "1080.4mil": where the part stands on the board. */
static bool is_coordinate(struct str cell) {
    bool point = false;
    size_t at = str_starts(cell, STR_LIT("-"));
    size_t first = at;
    for (; at < cell.len; at++) {
        char c = cell.ptr[at];
        if (!ascii_is_digit(c) && c != '.' && c != ',')
            break;
        point |= c == '.' || c == ',';
    }
    struct str unit = str_trim(str_skip(cell, at));
    bool length = str_eq_nocase(unit, STR_LIT("mm")) ||
                  str_eq_nocase(unit, STR_LIT("mil"));
    return at != first && (length || (unit.len == 0 && (point || first != 0)));
}

#define COORDINATES_MIN 2

static bool is_part_row(const struct row *row) {
    size_t designators = 0, numbers = 0, coordinates = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        bool coordinate = is_coordinate(cell);
        coordinates += coordinate;
        designators += is_designator(cell);
        numbers += !coordinate && is_part_number(cell);
    }
    return designators != 0 && numbers != 0 && coordinates < COORDINATES_MIN;
}

/* Tell what sheets the workbook has, whichever will be read. */
static void list(const struct sheet *sheets, size_t count,
                 const struct reader_options *options) {
    if (options->list_sheets != NULL)
        options->list_sheets(options->sheets_ctx, sheets, count);
}

bool sheet_sample(struct sheet *sheet, const struct row *row,
                  const struct reader_options *options) {
    uint32_t filled = 0, texts = 0;
    for (size_t i = 0; i < row->count; i++) {
        filled += row->cells[i].len != 0;
        texts += has_letter(row->cells[i]);
    }
    sheet->rows += filled != 0;
    sheet->table_rows += filled >= SHEET_TABLE_CELLS;
    sheet->text_rows += texts >= SHEET_TABLE_CELLS;
    sheet->texts += texts;
    sheet->part_rows += is_part_row(row);
    if (options->header_score != NULL) {
        unsigned score = options->header_score(options->header_ctx, row);
        if (score > sheet->header) {
            sheet->header = score;
            sheet->header_line = row->line;
        }
    }
    return sheet->rows < SHEET_SAMPLE_ROWS;
}

static bool parse_number(struct str text, size_t *number) {
    *number = str_number(text);
    return text.len <= 6 && str_is_digits(text);
}

static bool has_table(const struct sheet *sheet) {
    return sheet->table_rows >= TABLE_ROWS_MIN;
}

static void list_names(struct strbuf *out, const struct sheet *sheets,
                       size_t count) {
    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++) {
        strbuf_add_text(out, i != 0 ? ", \"" : "\"");
        utf8_add_visible(out, sheets[i].name, NAME_SHOWN);
        strbuf_add_char(out, '"');
    }
    if (count > NAMES_SHOWN)
        strbuf_printf(out, tr(" and %zu more"), count - NAMES_SHOWN);
}

/* The sheet that the user named, by name or else by number, from 1. */
static bool find(const struct sheet *sheets, size_t count, const char *wanted,
                 size_t *index, struct err *err) {
    struct str name = str_from(wanted);
    for (size_t i = 0; i < count; i++) {
        if (str_eq(sheets[i].name, name)) {
            *index = i;
            return true;
        }
    }
    size_t number;
    if (parse_number(name, &number) && number >= 1 && number <= count) {
        *index = number - 1;
        return true;
    }
    struct strbuf names = {.ptr = NULL};
    list_names(&names, sheets, count);
    err_set(err, ERR_INVALID,
            tr("there is no sheet \"%s\"; the workbook has %s"), wanted,
            names.ptr != NULL ? names.ptr : tr("none"));
    strbuf_dispose(&names);
    return false;
}

static bool is_better(const struct sheet *a, const struct sheet *b) {
    if (a->hidden != b->hidden)
        return a->hidden ? has_table(a) && !has_table(b)
                         : has_table(a) || !has_table(b);
    if (a->header != b->header)
        return a->header > b->header;
    if (a->text_rows != b->text_rows)
        return a->text_rows > b->text_rows;
    return a->texts > b->texts;
}

/* The sheet that looks most like a BOM. */
static size_t choose(const struct sheet *sheets, size_t count) {
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        if (is_better(&sheets[i], &sheets[best]))
            best = i;
    }
    return best;
}

/* Tell of a sheet that cannot be read; the first one is kept. */
static void lose(size_t index, const struct err *why, struct err *lost,
                 const struct reader_diagnostics *diagnostics) {
    struct err told = ERR_INIT;
    err_set(&told, why->code, tr("sheet %zu cannot be read: %s"), index + 1,
            why->msg);
    text_tell(diagnostics, BOM_LOST, "unreadable-sheet", 0, 0, "%s", told.msg);
    if (lost->code == ERR_NONE)
        *lost = told;
}

static bool could_be_bom(const struct sheet *sheet) {
    return sheet->header != 0 || sheet->part_rows != 0;
}

/* Parts may stand there that nobody looks at: a second board, or the list of
   what is not fitted, which may have no header. A placement list has fewer of
   a BOM's headers and coordinates in its rows, and what was put away is
   hidden. */
static bool is_like(const struct sheet *sheet, const struct sheet *chosen) {
    bool header = sheet->header != 0 && sheet->header * 4 >= chosen->header * 3;
    bool parts = sheet->part_rows != 0 && sheet->part_rows * 3 >= sheet->rows;
    return !sheet->hidden && (header || parts);
}

static void tell_sheets(const struct sheet *sheets, size_t count, size_t chosen,
                        bool like,
                        const struct reader_diagnostics *diagnostics) {
    struct strbuf names = {.ptr = NULL};
    size_t others = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == chosen || !has_table(&sheets[i]) ||
            is_like(&sheets[i], &sheets[chosen]) != like)
            continue;
        if (++others > NAMES_SHOWN)
            continue;
        strbuf_add_text(&names, names.len != 0 ? ", " : "");
        list_names(&names, &sheets[i], 1);
        strbuf_add_text(&names, sheets[i].hidden ? tr(" (hidden)") : "");
    }
    if (others > NAMES_SHOWN)
        strbuf_printf(&names, tr(" and %zu more"), others - NAMES_SHOWN);
    if (others != 0 && !names.failed)
        text_tell(diagnostics, like ? BOM_LOST : BOM_NOTE_KEPT,
                  like ? "other-boms" : "other-sheets", 0, 0,
                  like
                      ? tr("other sheets look like a BOM too and are not read: "
                           "%s; check each with %s")
                      : tr("other sheets with a table are not read: %s"),
                  names.ptr, lang_option("sheet"));
    strbuf_dispose(&names);
}

void sheets_tell_others(const struct sheet *sheets, size_t count, size_t chosen,
                        const struct reader_diagnostics *diagnostics) {
    tell_sheets(sheets, count, chosen, true, diagnostics);
    tell_sheets(sheets, count, chosen, false, diagnostics);
}

/* A damaged sheet is told of; the others can still be read. */
static bool sample_all(const struct sheets_choice *choice, struct err *lost,
                       struct err *err) {
    for (size_t i = 0; choice->sample != NULL && i < choice->count; i++) {
        struct err why = ERR_INIT;
        if (choice->sample(choice->ctx, i, &why))
            continue;
        if (why.code == ERR_NOMEM || why.code == ERR_LIMIT) {
            *err = why;
            return false;
        }
        lose(i, &why, lost, &choice->options->diagnostics);
    }
    return true;
}

bool sheets_pick(const struct sheets_choice *choice, size_t *index,
                 struct err *err) {
    const struct sheet *sheets = choice->sheets;
    const struct reader_options *options = choice->options;
    struct err lost = ERR_INIT;
    *index = 0;
    list(sheets, choice->count, options);
    if (options->sheet != NULL)
        return find(sheets, choice->count, options->sheet, index, err);
    if (choice->count == 1)
        return true;
    if (!sample_all(choice, &lost, err))
        return false;
    *index = choose(sheets, choice->count);
    /* If not, the sheet that cannot be read was the BOM as likely as not. */
    if (lost.code != ERR_NONE && !could_be_bom(&sheets[*index])) {
        *err = lost;
        return false;
    }
    sheets_tell_others(sheets, choice->count, *index, &options->diagnostics);
    return true;
}
