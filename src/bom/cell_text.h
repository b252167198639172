#ifndef BOMGATE_BOM_CELL_TEXT_H
#define BOMGATE_BOM_CELL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

/*
 * The values of a spreadsheet as text. Nothing here asks the locale.
 */

/** What a number format makes of a number. */
enum cell_kind {
    CELL_NUMBER,
    CELL_PERCENT, /* 0.05 is 5% */
    CELL_DATE,
    CELL_DATE_TIME,
    CELL_TIME,     /* of a day */
    CELL_DURATION, /* [h]:mm: more than a day stays hours */
};

/** A number format, as far as it changes what is read. */
struct cell_format {
    enum cell_kind kind;
    unsigned digits; /* "0000": at least so many, so that 402 is 0402 */
};

/** One of the formats that a workbook need not spell out (ECMA-376 18.8.30). */
struct cell_format cell_format_builtin(unsigned id);

/** A format code: "yyyy\-mm\-dd", "[h]:mm", "0000", "General". */
struct cell_format cell_format_parse(struct str code);

/**
 * Read a decimal number as XML writes it, the whole text.
 *
 * @return false when it is none; infinities and NaN are none.
 */
bool cell_number_parse(struct str text, double *value);

/**
 * Append the shortest decimal that reads back as `value`, without an exponent
 * unless it would have more than 40 zeros.
 */
void cell_number_add(struct strbuf *out, double value);

/** Append a number as the format shows it, dates as YYYY-MM-DD HH:MM:SS. */
void cell_value_add(struct strbuf *out, double value, struct cell_format format,
                    bool from_1904);

/**
 * Append a number that a file holds as text. An integer is taken digit for
 * digit: 12345678901234567890 has more than a double can.
 */
void cell_text_add(struct strbuf *out, struct str number,
                   struct cell_format format, bool from_1904);

/** Append an ISO 8601 date; a time of midnight is left out. */
void cell_iso_date_add(struct strbuf *out, struct str text);

#endif
