#include "bom/xls_book.h"

#include "bom/bytes.h"
#include "core/lang.h"
#include "core/mem.h"

#include <string.h>

#define VERSION_BIFF8 0x0600
#define VERSION_BIFF5 0x0500
#define SHEET_IS_WORKSHEET 0

void xls_text(const struct xls_book *book, struct biff_cursor *cursor,
              size_t count, struct strbuf *out) {
    if (book->is_biff8)
        biff_text(cursor, count, out);
    else
        biff_bytes_text(cursor, count, book->codepage, out);
}

static bool damaged(struct err *err) {
    return err_set(err, ERR_SYNTAX, tr("the workbook is damaged or cut off"));
}

static bool add_sheet(struct xls_book *book, const struct biff_record *record,
                      struct err *err) {
    struct biff_cursor cursor;
    struct strbuf name = {.ptr = NULL};
    biff_cursor_init(&cursor, book->stream, record);
    size_t offset = biff_u32(&cursor);
    bool hidden = (biff_u8(&cursor) & 3) != 0;
    if (biff_u8(&cursor) != SHEET_IS_WORKSHEET)
        return true;
    if (book->sheet_count == XLS_SHEETS_MAX)
        return err_set(err, ERR_LIMIT,
                       tr("the workbook has more than %d sheets"),
                       XLS_SHEETS_MAX);
    xls_text(book, &cursor, biff_u8(&cursor), &name);
    void *sheets = book->sheets, *offsets = book->offsets;
    bool ok =
        !name.failed && mem_grow(&sheets, &book->sheet_cap,
                                 book->sheet_count + 1, sizeof(*book->sheets));
    book->sheets = sheets;
    ok = ok && mem_grow(&offsets, &book->offset_cap, book->sheet_count + 1,
                        sizeof(*book->offsets));
    book->offsets = offsets;
    if (ok) {
        book->sheets[book->sheet_count] =
            (struct sheet){.name = arena_str(&book->arena, strbuf_str(&name)),
                           .hidden = hidden};
        book->offsets[book->sheet_count++] = offset;
    }
    strbuf_dispose(&name);
    return (ok && !book->arena.failed) || err_nomem(err);
}

static bool add_format(struct xls_book *book, const struct biff_record *record,
                       struct err *err) {
    struct biff_cursor cursor;
    struct strbuf code = {.ptr = NULL};
    if (book->custom_count == XLS_FORMATS_MAX)
        return err_set(err, ERR_LIMIT,
                       tr("the workbook has more than %d number formats"),
                       XLS_FORMATS_MAX);
    void *customs = book->customs;
    biff_cursor_init(&cursor, book->stream, record);
    uint32_t id = biff_u16(&cursor);
    size_t count = book->is_biff8 ? biff_u16(&cursor) : biff_u8(&cursor);
    xls_text(book, &cursor, count, &code);
    bool ok = !code.failed &&
              mem_grow(&customs, &book->custom_cap, book->custom_count + 1,
                       sizeof(*book->customs));
    book->customs = customs;
    if (ok)
        book->customs[book->custom_count++] = (struct custom_number_format){
            .id = id, .format = cell_format_parse(strbuf_str(&code))};
    strbuf_dispose(&code);
    return ok || err_nomem(err);
}

static struct cell_format find_format(const struct xls_book *book,
                                      uint32_t id) {
    for (size_t i = 0; i < book->custom_count; i++) {
        if (book->customs[i].id == id)
            return book->customs[i].format;
    }
    return cell_format_builtin(id);
}

/* The formats stand before the styles that name them. */
static bool add_style(struct xls_book *book, const struct biff_record *record,
                      struct err *err) {
    void *formats = book->formats;
    if (book->format_count == XLS_STYLES_MAX)
        return err_set(err, ERR_LIMIT,
                       tr("the workbook has more than %d cell styles"),
                       XLS_STYLES_MAX);
    if (!mem_grow(&formats, &book->format_cap, book->format_count + 1,
                  sizeof(*book->formats)))
        return err_nomem(err);
    book->formats = formats;
    book->formats[book->format_count++] =
        find_format(book, bytes_u16(record->data, 2));
    return true;
}

static bool add_string(struct xls_book *book, struct str text,
                       struct err *err) {
    void *strings = book->strings;
    if (book->string_count == XLS_STRINGS_MAX)
        return err_set(err, ERR_LIMIT,
                       tr("the workbook has more than %d different texts"),
                       XLS_STRINGS_MAX);
    if (!mem_grow(&strings, &book->string_cap, book->string_count + 1,
                  sizeof(*book->strings)))
        return err_nomem(err);
    book->strings = strings;
    book->strings[book->string_count++] = arena_str(&book->arena, text);
    return !book->arena.failed || err_nomem(err);
}

/* The count is not believed: what is there is read. */
static bool read_strings(struct xls_book *book,
                         const struct biff_record *record, struct err *err) {
    struct biff_cursor cursor;
    struct strbuf text = {.ptr = NULL};
    bool ok = true;
    biff_cursor_init(&cursor, book->stream, record);
    biff_skip(&cursor, 4);
    uint32_t count = biff_u32(&cursor);
    for (uint32_t i = 0; ok && i < count; i++) {
        strbuf_clear(&text);
        size_t len = biff_u16(&cursor);
        biff_text(&cursor, len, &text);
        if (cursor.failed)
            break;
        ok = text.failed ? err_nomem(err)
                         : add_string(book, strbuf_str(&text), err);
    }
    strbuf_dispose(&text);
    return ok;
}

static bool read_start(struct xls_book *book, struct biff_record *record,
                       struct err *err) {
    if (!biff_record(book->stream, 0, record) ||
        (record->type & 0xFF) != (BIFF_BOF & 0xFF))
        return damaged(err);
    uint32_t version = bytes_u16(record->data, 0);
    if (record->type != BIFF_BOF ||
        (version != VERSION_BIFF8 && version != VERSION_BIFF5))
        return err_set(
            err, ERR_INVALID,
            tr("the workbook is older than Excel 5; save it as .xlsx"));
    book->is_biff8 = version == VERSION_BIFF8;
    return true;
}

static bool read_record(struct xls_book *book, const struct biff_record *record,
                        struct err *err) {
    switch (record->type) {
    case BIFF_FILEPASS:
        return err_set(err, ERR_INVALID,
                       tr("the workbook is protected by a password"));
    case BIFF_CODEPAGE:
        book->codepage = bytes_u16(record->data, 0);
        return true;
    case BIFF_DATEMODE:
        book->from_1904 = bytes_u16(record->data, 0) == 1;
        return true;
    case BIFF_BOUNDSHEET:
        return add_sheet(book, record, err);
    case BIFF_FORMAT:
        return add_format(book, record, err);
    case BIFF_XF:
        return add_style(book, record, err);
    case BIFF_SST:
        return read_strings(book, record, err);
    default:
        return true;
    }
}

bool xls_book_read(struct xls_book *book, struct str stream, struct err *err) {
    struct biff_record record;
    book->stream = stream;
    if (!read_start(book, &record, err))
        return false;
    do {
        if (!biff_record(stream, record.next, &record))
            return damaged(err);
        if (!read_record(book, &record, err))
            return false;
    } while (record.type != BIFF_EOF);
    if (book->sheet_count == 0)
        return err_set(err, ERR_INVALID, tr("the workbook has no worksheet"));
    return true;
}

void xls_book_dispose(struct xls_book *book) {
    arena_dispose(&book->arena);
    mem_free(book->sheets);
    mem_free(book->offsets);
    mem_free(book->strings);
    mem_free(book->formats);
    mem_free(book->customs);
}
