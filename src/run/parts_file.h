#ifndef BOMGATE_RUN_PARTS_FILE_H
#define BOMGATE_RUN_PARTS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/named_table.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "ruleset/ruleset.h"
#include "run/parts_key.h"

/*
 * What a company knows of the parts that it uses: who makes what stands in its
 * BOMs under its own number, a distributor's, or no more than a value and a
 * footprint; with who said so, when, and on what ground.
 */

enum parts_column {
    PARTS_IPN,
    PARTS_DISTRIBUTOR_PN,
    PARTS_VALUE,
    PARTS_FOOTPRINT,
    PARTS_DESCRIPTION, /* for who reads it */
    PARTS_MANUFACTURER,
    PARTS_MPN,
    PARTS_CATEGORY,
    PARTS_ORIGIN,
    PARTS_LIFECYCLE,
    PARTS_BY,
    PARTS_DATE,
    PARTS_EVIDENCE,
    PARTS_COLUMN_COUNT
};
extern const struct named_column parts_columns[PARTS_COLUMN_COUNT];

/** What the maker says of a part's lifecycle; other words are kept as they
    are. */
#define PARTS_LIFECYCLES 4
extern const char *const parts_lifecycles[PARTS_LIFECYCLES];

/** A maker and part number that a row gives. */
struct parts_choice {
    struct str manufacturer, mpn;
    struct str key; /* the number's, as parts_key_of() writes it; or empty */
    uint32_t party; /* RULES_NONE: the rules know nobody of that name */
    size_t set;     /* of the columns that it stands in */
};

/** Rows of one key beyond these are refused: nobody chooses between more. */
#define PARTS_ROWS_MAX 1000

struct parts_row {
    const struct named_row *source;
    const struct parts_choice *choices;
    size_t choice_count;
    struct parts_own own;
    struct str category, origin, lifecycle, by, date, evidence;
    bool answered; /* it says who makes the part, what it is, or from where */
};

struct parts_file;

struct parts_file_options {
    const char *path;
    const char *name; /* what it is called; must outlive the file */
    const struct ruleset *rules;
    /** Told of each cell that nobody understands, and of each row that answers
        but has no key, or one that too many others have. */
    void (*fault)(void *ctx, const struct err *fault);
    void *ctx;
    bool keep_faulty; /* a file with faults is read all the same */
};

/**
 * Read a parts file: CSV, Excel or OpenDocument, its columns named as a BOM's.
 *
 * A row's key is its IPN, else its distributor's number, else its value with
 * its footprint; each of its part numbers is one too. A row that answers
 * nothing waits to be filled in.
 *
 * @param[out] out  Free with parts_file_free(). Untouched on failure.
 * @return false when it cannot be read, or there were faults that are not kept.
 */
NODISCARD bool parts_file_read(struct parts_file **out,
                               const struct parts_file_options *options,
                               struct err *err);
/** Accepts NULL. */
void parts_file_free(struct parts_file *parts);

const char *parts_file_path(const struct parts_file *parts);
const char *parts_file_sha256(const struct parts_file *parts);
const struct named_table *parts_file_table(const struct parts_file *parts);
size_t parts_file_count(const struct parts_file *parts);
const struct parts_row *parts_file_row(const struct parts_file *parts,
                                       size_t i);

/** Did somebody give a name and a ground for it? */
bool parts_row_is_signed(const struct parts_row *row);
/** What the row says of a part number, by its key; NULL: nothing. */
const struct parts_choice *parts_row_choice(const struct parts_row *row,
                                            struct str key);
/** Do both mean the same company, or at least the same name? */
bool parts_choice_same_maker(const struct parts_choice *a,
                             const struct parts_choice *b);

#define PARTS_END SIZE_MAX

/** Writes the file's keys. */
struct parts_keys *parts_file_keys(struct parts_file *parts);

/**
 * The first answered row of a key, PARTS_END if there is none; and the one
 * after row `i`.
 *
 * @param written  From parts_key_of().
 */
size_t parts_file_find(const struct parts_file *parts, enum parts_key key,
                       struct str written);
size_t parts_file_next(const struct parts_file *parts, enum parts_key key,
                       size_t i);

#endif
