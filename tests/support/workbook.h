#ifndef BOMGATE_TESTS_WORKBOOK_H
#define BOMGATE_TESTS_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/reader.h"
#include "core/err.h"
#include "core/str.h"

/** What a reader made of a workbook. */
struct workbook_result {
    struct strbuf rows;  /* "3:Qty|MPN\n" a row; a line break shows as \n */
    struct strbuf told;  /* "lost cell-too-long 3:1\n" a diagnostic */
    struct strbuf sheet; /* the sheet that was read */
    struct err err;
    bool opened, ended;
    size_t row_count;
};

/** How to read; zeroed is the usual way. */
struct workbook_how {
    const char *sheet;
    unsigned (*header_score)(void *ctx, const struct row *row);
    const char *must_be; /* NULL, or the name of the format that is sniffed */
};

/**
 * Read bytes with the format that is surest of them.
 *
 * @param[out] result  End with workbook_result_dispose().
 */
void workbook_read(struct workbook_result *result, struct str bytes,
                   struct workbook_how how);
/** The same for a file. */
void workbook_read_file(struct workbook_result *result, const char *path,
                        struct workbook_how how);

/** Rows of a file of the corpus, and how many of them are part lines. */
struct workbook_expected {
    const char *file;
    size_t rows; /* header, title, totals and all */
};

/**
 * Read files of the corpus: each whole, with as many rows as expected and no
 * fewer than index.tsv has part lines. Skips the test without a corpus.
 */
void workbook_expect_corpus(const struct workbook_expected *expected,
                            size_t count, const char *format);

/**
 * Read bytes again and again, with the first, second, third ... allocation
 * failing and all after it, until one reading gets through: each other one
 * must end in ERR_NOMEM.
 */
void workbook_expect_nomem(const struct reader_format *format,
                           struct str bytes);

void workbook_result_dispose(struct workbook_result *result);

/** A part of a zip archive. */
struct workbook_part {
    const char *name;
    struct str data;
};

/** A zip archive; free with strbuf_dispose(). A NULL name ends the list. */
void workbook_zip(struct strbuf *out, const struct workbook_part *parts);

#endif
