#include "report/excel_book.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/date.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/excel_style.h"
#include "report/excel_text.h"
#include "report/spool.h"

#define SECONDS_A_DAY 86400

static bool cannot_create(struct err *err) {
    return err_set(err, ERR_IO, "cannot write: %s", strerror(errno));
}

/* The library opens the file only at the end, and then prints why it cannot. */
static bool check_path(const char *path, struct err *err) {
    FILE *file = fopen(path, "ab");
    if (file == NULL)
        return cannot_create(err);
    fclose(file);
    return true;
}

static bool make_temporary(struct excel_book *book, struct err *err) {
    int fd = mkstemp(book->path);
    if (fd < 0)
        return cannot_create(err);
    book->temporary = true;
    close(fd);
    return true;
}

static bool choose_path(struct excel_book *book, const char *path,
                        struct err *err) {
    struct strbuf name = {.ptr = NULL};
    strbuf_add_text(&name, path != NULL ? path : "/tmp/bomgate-XXXXXX");
    if (name.failed) {
        strbuf_dispose(&name);
        return err_nomem(err);
    }
    book->path = name.ptr;
    return path != NULL ? check_path(path, err) : make_temporary(book, err);
}

/* Without a date of its own the file would hold the time of day, and two runs
   would differ; the library knows no time before 1970-01-02. */
static void set_properties(struct excel_book *book,
                           const struct excel_properties *from) {
    struct strbuf comments = {.ptr = NULL}, title = {.ptr = NULL},
                  company = {.ptr = NULL};
    excel_text_clean(&comments, str_from(from->comments));
    excel_text_clean(&title, str_from(from->title));
    excel_text_clean(&company, str_from(from->company));
    if (comments.failed || title.failed || company.failed) {
        book->no_memory = true;
    } else {
        lxw_doc_properties properties = {
            .title = title.ptr,
            .company = company.len != 0 ? company.ptr : NULL,
            .comments = comments.ptr,
            .created = (time_t)(from->day > 0 ? from->day : 1) * SECONDS_A_DAY,
        };
        excel_note(book, workbook_set_properties(book->workbook, &properties));
    }
    strbuf_dispose(&comments);
    strbuf_dispose(&title);
    strbuf_dispose(&company);
}

bool excel_book_open(struct excel_book *book, const char *path,
                     const struct excel_properties *properties,
                     struct err *err) {
    book->row_limit = LXW_ROW_MAX;
    if (!lazy_xlsxwriter_load(err) || !choose_path(book, path, err))
        return false;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    book->workbook = workbook_new_opt(book->path, &options);
    if (book->workbook == NULL)
        return err_nomem(err);
    if (!excel_styles_make(book->workbook, book->styles))
        return err_nomem(err);
    set_properties(book, properties);
    return excel_book_ok(book, err);
}

void excel_note(struct excel_book *book, lxw_error error) {
    if (book->error == LXW_NO_ERROR)
        book->error = error;
}

struct strbuf *excel_start(struct excel_book *book) {
    return scratch_start(&book->text);
}

bool excel_book_ok(const struct excel_book *book, struct err *err) {
    if (book->no_memory || book->cell.failed || !scratch_ok(&book->text))
        return err_nomem(err);
    if (book->error == LXW_NO_ERROR)
        return true;
    return err_set(err, ERR_IO, "cannot write the workbook: %s",
                   lxw_strerror(book->error));
}

static bool check_written(const struct excel_book *book, struct err *err) {
    struct excel_content *written =
        mem_calloc(book->sheet_count, sizeof(*written));
    if (written == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < book->sheet_count; i++)
        written[i] = book->sheets[i]->written;
    bool ok = excel_check(book->path, written, book->sheet_count, err);
    mem_free(written);
    return ok;
}

bool excel_book_close(struct excel_book *book, struct err *err) {
    if (!excel_book_ok(book, err))
        return false;
    /* The library frees the workbook even when it cannot write it. */
    excel_note(book, workbook_close(book->workbook));
    book->workbook = NULL;
    return excel_book_ok(book, err) && check_written(book, err);
}

bool excel_book_copy(const struct excel_book *book, FILE *out,
                     struct err *err) {
    char block[16 * 1024];
    size_t got;
    FILE *file = fopen(book->path, "rb");
    if (file == NULL)
        return spool_error(err);
    while ((got = fread(block, 1, sizeof(block), file)) != 0)
        fwrite(block, 1, got, out);
    bool ok = !ferror(file) && fflush(out) == 0 && !ferror(out);
    fclose(file);
    return ok ? true : spool_error(err);
}

void excel_book_dispose(struct excel_book *book) {
    if (book->workbook != NULL)
        lxw_workbook_free(book->workbook);
    for (size_t i = 0; i < book->sheet_count; i++)
        mem_free(book->sheets[i]);
    mem_free(book->sheets);
    if (book->temporary)
        unlink(book->path);
    mem_free(book->path);
    strbuf_dispose(&book->cell);
    scratch_dispose(&book->text);
    *book = (struct excel_book){.workbook = NULL};
}

/* The place behind `before`; the last one for NULL. */
static size_t place_behind(const struct excel_book *book,
                           const struct excel_sheet *before) {
    size_t at = book->sheet_count;
    while (before != NULL && at != 0 && book->sheets[at - 1] != before)
        at--;
    return at;
}

static struct excel_sheet *remember_sheet(struct excel_book *book,
                                          size_t place) {
    void *sheets = book->sheets;
    struct excel_sheet *sheet = mem_calloc(1, sizeof(*sheet));
    if (sheet == NULL ||
        !mem_grow(&sheets, &book->sheet_cap, book->sheet_count + 1,
                  sizeof(*book->sheets))) {
        mem_free(sheet);
        book->no_memory = true;
        return NULL;
    }
    book->sheets = sheets;
    memmove(&book->sheets[place + 1], &book->sheets[place],
            (book->sheet_count++ - place) * sizeof(*book->sheets));
    book->sheets[place] = sheet;
    sheet->book = book;
    return sheet;
}

/* The library writes the sheets in the order of its list, and knows each by its
   number in that; it has no call that changes either. */
static void order_sheets(struct excel_book *book) {
    lxw_workbook *workbook = book->workbook;
    lxw_sheet *sheet;
    uint16_t number = 0;
    for (size_t i = 0; i < book->sheet_count; i++) {
        STAILQ_FOREACH(sheet, workbook->sheets, list_pointers) {
            if (sheet->u.worksheet == book->sheets[i]->handle)
                break;
        }
        STAILQ_REMOVE(workbook->sheets, sheet, lxw_sheet, list_pointers);
        STAILQ_INSERT_TAIL(workbook->sheets, sheet, list_pointers);
        STAILQ_REMOVE(workbook->worksheets, sheet->u.worksheet, lxw_worksheet,
                      list_pointers);
        STAILQ_INSERT_TAIL(workbook->worksheets, sheet->u.worksheet,
                           list_pointers);
        sheet->u.worksheet->index = number++;
    }
}

struct excel_sheet *excel_sheet_add(struct excel_book *book, const char *name,
                                    const struct excel_sheet *before) {
    if (book->no_memory || book->error != LXW_NO_ERROR)
        return NULL;
    size_t place = place_behind(book, before);
    struct excel_sheet *sheet = remember_sheet(book, place);
    if (sheet == NULL)
        return NULL;
    sheet->handle = workbook_add_worksheet(book->workbook, name);
    if (sheet->handle == NULL) {
        excel_note(book, LXW_ERROR_CREATING_TMPFILE);
        return NULL;
    }
    if (place + 1 != book->sheet_count)
        order_sheets(book);
    /* A part number of digits is text; no green corners. */
    excel_note(book, worksheet_ignore_errors(sheet->handle,
                                             LXW_IGNORE_NUMBER_STORED_AS_TEXT,
                                             "A1:XFD1048576"));
    return sheet;
}

/* Microsoft's numbers for paper. */
enum { PAPER_A3 = 8, PAPER_A4 = 9 };

void excel_print_setup(struct excel_sheet *sheet, enum excel_page page,
                       uint32_t header_row, struct str footer) {
    if (sheet == NULL)
        return;
    struct excel_book *book = sheet->book;
    worksheet_set_landscape(sheet->handle);
    worksheet_set_paper(sheet->handle,
                        page == EXCEL_PAGE_TABLE ? PAPER_A3 : PAPER_A4);
    worksheet_fit_to_pages(sheet->handle, 1, 0);
    worksheet_set_margins(sheet->handle, 0.4, 0.4, 0.5, 0.6);
    if (header_row != UINT32_MAX)
        excel_note(
            book, worksheet_repeat_rows(sheet->handle, header_row, header_row));
    strbuf_clear(&book->cell);
    strbuf_add_text(&book->cell, "&L&8");
    for (size_t i = 0; i < footer.len; i++) {
        if (footer.ptr[i] != '&')
            strbuf_add_char(&book->cell, footer.ptr[i]);
    }
    strbuf_add_text(&book->cell, tr("&C&8&A&R&8Page &P of &N"));
    if (!book->cell.failed)
        excel_note(book, worksheet_set_footer(sheet->handle, book->cell.ptr));
}
