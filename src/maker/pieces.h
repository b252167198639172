#ifndef BOMGATE_MAKER_PIECES_H
#define BOMGATE_MAKER_PIECES_H

#include <stdbool.h>

#include "core/str.h"

/**
 * Cut the next of several names or part numbers off a cell: at '/', ';', '|',
 * ',', '~', brackets, line breaks, their full-width forms, and the word "or".
 *
 * @param[in,out] rest   What is left.
 * @param[out] piece     Without blanks at its ends; never empty.
 * @return false when nothing was left.
 */
bool pieces_next(struct str *rest, struct str *piece);

/** The same, also between Latin and Chinese, Japanese or Korean letters. */
bool pieces_next_script(struct str *rest, struct str *piece);

/** True for a Chinese, Japanese or Korean character. */
bool pieces_is_cjk(uint32_t code);

#endif
