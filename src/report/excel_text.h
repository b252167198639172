#ifndef BOMGATE_REPORT_EXCEL_TEXT_H
#define BOMGATE_REPORT_EXCEL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

/** The longest text of a cell, in UTF-16 units; Excel refuses more. */
#define EXCEL_CELL_MAX 32767

/**
 * Append what a cell may hold: valid UTF-8 without control and direction
 * characters, except line breaks; cut with a marker at EXCEL_CELL_MAX; what a
 * reader would take for an escape ("_x0041_") escaped itself.
 */
void excel_text_clean(struct strbuf *out, struct str text);

/** Width in columns of the widest of the lines in `text`. */
size_t excel_text_width(struct str text);

/** How many lines `text` takes when wrapped at `width` columns; at least 1. */
size_t excel_text_lines(struct str text, size_t width);

#endif
