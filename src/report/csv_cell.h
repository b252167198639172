#ifndef BOMGATE_REPORT_CSV_CELL_H
#define BOMGATE_REPORT_CSV_CELL_H

#include "core/str.h"

/**
 * Append a text as one cell of a CSV file (RFC 4180), quoted where it must be,
 * that acts in no spreadsheet: what a program could take for a formula gets an
 * apostrophe, at its start and behind each semicolon too, because a program
 * set up for a country that writes 1,5 starts a new cell there. A number stays
 * a number. Line breaks become blanks, control and direction characters
 * U+FFFD.
 */
void csv_cell(struct strbuf *out, struct str text);

#endif
