#include "bom/formats.h"

#include "bom/bytes.h"
#include "bom/cfb.h"
#include "bom/slurp.h"
#include "bom/text.h"
#include "bom/xls_sheet.h"
#include "core/lang.h"
#include "core/mem.h"

#include <stdio.h>
#include <string.h>

struct reader {
    char *bytes;  /* the file */
    char *stream; /* of a compound file: the workbook in it */
    struct xls_book book;
    struct reader_diagnostics diagnostics;
    size_t chosen;
    uint64_t sampled; /* bytes in the rows that were looked at */
    struct xls_sheet sheet;
    char encoding[16];
};

/* A sheet that is only looked at has nothing to tell. */
static const struct reader_diagnostics nobody = {.add = NULL};

static bool read_workbook(struct reader *reader, const struct cfb *cfb,
                          struct str *stream, struct err *err) {
    /* A file for Excel 95 and 97 has both; the newer has Unicode. */
    static const char *const names[] = {"Workbook", "Book"};
    if (cfb_has(cfb, "EncryptedPackage"))
        return err_set(err, ERR_INVALID,
                       tr("the workbook is protected by a password"));
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (cfb_has(cfb, names[i]))
            return cfb_read(cfb, names[i], &reader->stream, &stream->len, err);
    }
    return err_set(err, ERR_FOREIGN,
                   tr("an old Office document, but not an Excel workbook"));
}

/* Some exporters write the workbook without the compound file around it. */
static bool find_stream(struct reader *reader, struct source *source,
                        struct str *stream, struct err *err) {
    size_t len = 0;
    if (!slurp(source, SLURP_MAX, &reader->bytes, &len, err))
        return false;
    *stream = (struct str){reader->bytes, len};
    if (!cfb_is(*stream))
        return true;
    struct cfb cfb = {.fat = NULL};
    bool ok = cfb_open(&cfb, *stream, err) &&
              read_workbook(reader, &cfb, stream, err);
    stream->ptr = reader->stream;
    cfb_dispose(&cfb);
    return ok;
}

static bool sample_sheet(struct reader *reader, size_t index, size_t *bytes,
                         const struct reader_options *options,
                         struct err *err) {
    struct xls_sheet *sheet = mem_calloc(1, sizeof(*sheet));
    struct row row;
    enum reader_step step = READER_ERROR;
    if (sheet == NULL)
        return err_nomem(err);
    sheet->row.given = reader->sampled;
    if (xls_sheet_open(sheet, &reader->book, index, &nobody, err)) {
        do
            step = xls_sheet_next(sheet, &row, err);
        while (step == READER_ROW &&
               sheet_sample(&reader->book.sheets[index], &row, options));
    }
    reader->sampled = sheet->row.given;
    *bytes += sheet->bytes;
    xls_sheet_close(sheet);
    mem_free(sheet);
    return step != READER_ERROR;
}

struct choosing {
    struct reader *reader;
    const struct reader_options *options;
    size_t bytes; /* of all sheets so far */
};

/* A thousand sheets that are all the same bytes cost a thousand times the
   file. */
static bool sample_one(void *ctx, size_t index, struct err *err) {
    struct choosing *choosing = ctx;
    struct reader *reader = choosing->reader;
    bool ok =
        sample_sheet(reader, index, &choosing->bytes, choosing->options, err);
    if (choosing->bytes > reader->book.stream.len)
        return err_set(err, ERR_LIMIT, tr("the sheets overlap in the file"));
    return ok;
}

static bool choose(struct reader *reader, const struct reader_options *options,
                   struct err *err) {
    struct choosing choosing = {reader, options, 0};
    const struct sheets_choice choice = {
        .sheets = reader->book.sheets,
        .count = reader->book.sheet_count,
        .options = options,
        .sample = sample_one,
        .ctx = &choosing,
    };
    return sheets_pick(&choice, &reader->chosen, err);
}

/* Where the header stands says which merged cells hold parts. */
static void ready_merges(struct reader *reader,
                         const struct reader_options *options) {
    struct merges *merges = &reader->sheet.merges;
    const struct sheet *sheet = &reader->book.sheets[reader->chosen];
    struct err why = ERR_INIT;
    size_t bytes = 0;
    if (merges->count != 0 && sheet->rows == 0)
        (void)!sample_sheet(reader, reader->chosen, &bytes, options, &why);
    merges_ready(merges, sheet->header_line);
}

static void xls_close(struct reader *reader) {
    if (reader == NULL)
        return;
    xls_sheet_close(&reader->sheet);
    xls_book_dispose(&reader->book);
    mem_free(reader->stream);
    mem_free(reader->bytes);
    mem_free(reader);
}

static bool xls_open(struct reader **out, struct source *source,
                     const struct reader_options *options, struct err *err) {
    struct reader *reader = mem_calloc(1, sizeof(*reader));
    struct str stream = STR_EMPTY;
    if (reader == NULL)
        return err_nomem(err);
    reader->diagnostics = options->diagnostics;
    if (!find_stream(reader, source, &stream, err) ||
        !xls_book_read(&reader->book, stream, err) ||
        !choose(reader, options, err) ||
        !xls_sheet_open(&reader->sheet, &reader->book, reader->chosen,
                        &reader->diagnostics, err)) {
        xls_close(reader);
        return false;
    }
    ready_merges(reader, options);
    if (reader->book.is_biff8)
        memcpy(reader->encoding, "UTF-16LE", sizeof("UTF-16LE"));
    else
        snprintf(reader->encoding, sizeof(reader->encoding), "CP%u",
                 reader->book.codepage);
    *out = reader;
    return true;
}

static enum reader_step xls_next(struct reader *reader, struct row *row,
                                 struct err *err) {
    return xls_sheet_next(&reader->sheet, row, err);
}

static void xls_facts(const struct reader *reader, struct reader_facts *facts) {
    *facts = (struct reader_facts){
        .encoding = reader->encoding,
        .sheet = reader->book.sheets[reader->chosen].name.ptr,
    };
}

static int xls_sniff(struct str head) {
    if (cfb_is(head))
        return 90;
    /* A workbook without a compound file starts with its BOF record: of 4 to
     * 16 bytes, for a version from 2 to 8. */
    uint32_t type = bytes_u16(head, 0), len = bytes_u16(head, 2);
    bool is_bof =
        type == 0x0009 || type == 0x0209 || type == 0x0409 || type == BIFF_BOF;
    return is_bof && len >= 4 && len <= 16 ? 90 : 0;
}

const struct reader_format xls_format = {
    .name = "xls",
    .extensions = "xls",
    .sniff = xls_sniff,
    .open = xls_open,
    .next = xls_next,
    .facts = xls_facts,
    .close = xls_close,
};
