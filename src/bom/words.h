#ifndef BOMGATE_BOM_WORDS_H
#define BOMGATE_BOM_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/bom.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/map.h"
#include "core/str.h"
#include "ruleset/name.h"
#include "ruleset/ruleset.h"

/** A cell that is longer is none of the words, and no name. */
#define WORD_LEN_MAX 512

/** The word lists of rules/words/ that reading a BOM asks for. */
enum bom_list {
    LIST_PLACEHOLDER,      /* says "nothing": "n/a", "various" */
    LIST_NOT_FITTED,       /* wherever it stands: "dnp" */
    LIST_NOT_FITTED_SHORT, /* only where a part is named: "nc", "ni" */
    LIST_NO,               /* "no", "0", "false" in a column of yes and no */
    LIST_YES,              /* "x", "yes", "1" likewise */
    LIST_FOOTER,           /* begins a row after the parts: "total" */
    LIST_INDIVIDUAL,       /* titles the list with one row a designator */
    LIST_COLLATED,         /* titles the same list grouped */
    LIST_REFDES,           /* beginnings of designators: "c", "fid" */
    LIST_PACKAGE,          /* "tssop": no part number, whatever its digits */
    LIST_SYMBOL,           /* "conn", "testpad": a library symbol likewise */
    LIST_OTHER_HEADER,     /* headers that no field needs: "datasheet" */
    LIST_OTHER_TABLE,      /* headers of tables that hold no parts: "rev" */
    LIST_GENERIC_HEADER,   /* headers that say nothing: "field" */
    LIST_DISTRIBUTOR,      /* "digi key" */
    LIST_LEADING_ZERO,     /* "molex 10": numbers of ten digits, after zeros */
    BOM_LIST_COUNT
};

/** Words that headers are spelt with; the canonical form is the name. */
enum bom_header_word {
    WORD_ALTERNATE,
    WORD_DESIGNATOR,
    WORD_MANUFACTURER,
    WORD_NUMBER,
    WORD_PART_NUMBER,
    WORD_QUANTITY,
    WORD_REFERENCE,
    WORD_VARIANT,
    WORD_NOISE,
    BOM_HEADER_WORD_COUNT
};
const char *bom_header_word_name(enum bom_header_word word);

/** What a name says of a column: a bit for each field it means or may mean, and
    for each enum bom_header_word it is one of. */
struct header_name {
    uint32_t means, may_mean, words;
};

/** The lists, looked up once; a list that the rules lack is empty. */
struct bom_words {
    const struct ruleset *rules;
    struct rules_run lists[BOM_LIST_COUNT];
    struct rules_run header[BOM_FIELD_COUNT];      /* means this field */
    struct rules_run header_weak[BOM_FIELD_COUNT]; /* may mean this field */
    struct rules_run header_words[BOM_HEADER_WORD_COUNT];
    struct map header_names; /* folded name -> index of what it says */
    struct header_name *says;
    size_t says_cap;
    struct strbuf scratch; /* folded text of the last question */
};

/** @return false when memory is out. Dispose in either case. */
NODISCARD bool words_init(struct bom_words *words, const struct ruleset *rules,
                          struct err *err);
void words_dispose(struct bom_words *words);

/** What a folded name, all of it, says of a column. */
struct header_name words_of_header(const struct bom_words *words,
                                   struct str folded);

/** Fold `text`; valid until the next call. */
struct str words_fold(struct bom_words *words, struct str text);

/** Is `folded` in the list? */
bool words_in(const struct bom_words *words, enum bom_list list,
              struct str folded);
/** Is `text`, once folded, in the list? */
bool words_has(struct bom_words *words, enum bom_list list, struct str text);

/** Is `text`, all of it, what a cell may say: a header, a party, "not fitted"?
    Short codes are left out: what is read in a wrong encoding may fold to them.
 */
bool words_know(struct bom_words *words, struct str text);

/** Is `text` the name of a party that the rules know? */
bool words_is_maker(struct bom_words *words, struct str text);

/** How many digits the maker's numbers that begin with zeros have: a bit for
    each length, below 32. */
uint32_t words_leading_zeros(struct bom_words *words, struct str maker);

#endif
