#ifndef BOMGATE_RULESET_NAME_H
#define BOMGATE_RULESET_NAME_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/str.h"

struct ruleset;

/** The word lists that the normaliser needs; rules_name_words() has them. */
struct name_words {
    const struct str *legal_forms; /* normalised, sorted by bytes */
    size_t legal_form_count;
    const struct str *generic; /* likewise */
    size_t generic_count;
};

/**
 * Bring a company name to its comparable form: broken UTF-8 repaired, NFKC,
 * case folded, marks and invisible characters dropped, `&` read as "and",
 * punctuation read as a blank, dots and apostrophes dropped ("S.p.A." is
 * "spa"), legal forms removed at both ends, in any script, spaced or not.
 *
 * Rules and BOM lines go through this one function. Idempotent. The result is
 * empty when nothing but punctuation was there; a name that is nothing but
 * legal forms is kept.
 *
 * @param[out] out  Cleared first; `failed` when memory ran out.
 */
void name_normalise(struct strbuf *out, struct str name,
                    const struct name_words *words);

/**
 * The same without the legal-form step, and with '#' kept as a word of its own:
 * what the word lists themselves, header names and descriptions are compared
 * by.
 */
void name_fold(struct strbuf *out, struct str text);

/**
 * Drop generic words ("technology", "semiconductor", country words) from a
 * normalised name. Empty when nothing distinctive is left.
 */
void name_core(struct strbuf *out, struct str normalised,
               const struct name_words *words);

/** Characters of a name that must match exactly or not at all. */
#define NAME_SHORT 4

/**
 * The small Latin letter that a full-width, Cyrillic or Greek letter looks
 * like, in one of its cases; NUL for any other character.
 */
char name_look_alike(uint32_t code);

/**
 * Reduce a part number to what its maker distinguishes: upper case, full-width
 * and look-alike characters folded, blanks and separators removed.
 *
 * @param[out] out  Cleared first; A-Z and 0-9 only.
 */
void mpn_key(struct strbuf *out, struct str mpn);

/**
 * The same with separators kept (any run of them becomes one '-'), for the
 * exceptions of a grammar that tell "HI-3593" from "Hi3593".
 */
void mpn_fold(struct strbuf *out, struct str mpn);

/**
 * Reduce a company's own part number to what tells it from others: without
 * blanks around it, in lower case. What its separators mean only the company
 * knows.
 *
 * @param[out] out  Cleared first.
 */
void ipn_key(struct strbuf *out, struct str ipn);

#endif
