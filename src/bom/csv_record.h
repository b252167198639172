#ifndef BOMGATE_BOM_CSV_RECORD_H
#define BOMGATE_BOM_CSV_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/* A quoted cell that goes on for more lines than this is taken for one whose
   quote was forgotten. The longest in a real BOM had 11. */
#define CSV_QUOTED_LINES_MAX 128

enum csv_scan {
    CSV_SCAN_RECORD,
    CSV_SCAN_MORE, /* the record does not end in this text */
    CSV_SCAN_OPEN, /* a quote does not close: the text or a limit ends first */
    CSV_SCAN_LONG, /* longer than READER_ROW_MAX, without a line break */
};

/** Where one record ends, as libcsv would see it in its lax mode. */
struct csv_record {
    size_t len;     /* bytes, without the line break that ends it */
    size_t end_len; /* bytes of that line break; 0 at the end of the text */
    uint32_t lines; /* line breaks inside quotes */
    bool stray;     /* a quote closes in the middle of a cell */
    bool bare;      /* there is a quote in a cell that none opens */
};

/**
 * Find the first record of `text`, tracking the quotes over the raw bytes:
 * libcsv alone would swallow rows after a stray quote without a word.
 *
 * @param end  Nothing follows `text`.
 */
enum csv_scan csv_scan(struct str text, bool end, char delimiter,
                       struct csv_record *record);

/** How to read a quote that opens a cell and is not closed at its end. */
enum csv_reading {
    CSV_AS_LIBCSV, /* it reaches to the next quote that ends a cell, if any */
    CSV_AS_DEBRIS, /* it is left out, and the cell ends at the delimiter */
};

/** What splitting a record showed. */
struct csv_split {
    size_t width;    /* cells */
    size_t mistaken; /* first cell with a broken quote, from 1; 0: none */
    bool swallows;   /* a quoted cell with a broken quote holds a delimiter */
    bool unclosed;   /* the quote of a cell closes nowhere in the record */
    size_t odd;      /* first bare cell with a quote that has no other, from 1;
                        0: none. An inch mark after a digit is none. */
};

/**
 * Split a record.
 *
 * @param record    Without its line break; an opening quote that no other
 *                  closes is debris in both readings.
 * @param repaired  NULL, or where the same cells are written, quoted so that
 *                  every reader of CSV agrees on them.
 */
struct csv_split csv_split(struct str record, char delimiter,
                           enum csv_reading reading, struct strbuf *repaired);

/** What the first records of a text look like, cut at one delimiter. */
struct csv_shape {
    char delimiter;
    unsigned score; /* 0..1000: how alike the records are, and how wide */
    size_t width;   /* cells of most records */
};

/**
 * Find the delimiter: the one that cuts the first records most alike, quotes
 * respected.
 *
 * @param head  UTF-8; the record that the end of it cuts is left out unless
 *              `end`.
 */
struct csv_shape csv_find_delimiter(struct str head, bool end);

/** The delimiter in a first line `sep=;`, or NUL. */
char csv_named_delimiter(struct str head);

#endif
