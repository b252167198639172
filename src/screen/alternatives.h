#ifndef BOMGATE_SCREEN_ALTERNATIVES_H
#define BOMGATE_SCREEN_ALTERNATIVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "maker/maker.h"
#include "screen/screen.h"

enum alternative_fit {
    FIT_DROP_IN,    /* same package, pinout and parameters by a named source */
    FIT_EQUIVALENT, /* same parameters; check the package */
    FIT_SUPPLIER,   /* makes this category */
};
const char *alternative_fit_name(enum alternative_fit fit);

/** Another supplier, at best another MPN, screened by the same profiles. */
struct alternative {
    uint32_t party;
    const char *mpn; /* NULL at supplier level */
    enum alternative_fit fit;
    enum rules_dies dies;
    enum verdict verdict;         /* the worst over the profiles */
    const enum verdict *verdicts; /* one for each of those profiles */
    const char *lifecycle;        /* "end-of-life" or NULL */
    const char *check;            /* what engineering must look at, or NULL */
    const char *source;
};

/** A candidate that may not be offered, and the clause that says so. */
struct alternative_excluded {
    uint32_t party;
    const char *mpn;
    struct screen_hit hit;
};

struct alternatives {
    const uint32_t *profiles; /* what they were screened by */
    size_t profile_count;
    const struct alternative *items; /* best first */
    size_t count;
    const struct alternative_excluded *excluded;
    size_t excluded_count;
    bool more; /* there are others beyond `count` */
};

#define ALTERNATIVES_HORIZON_YEARS 3

struct alternatives_options {
    const struct ruleset *rules;
    struct screener *screener; /* asked for each candidate */
    int32_t as_of;
    int32_t horizon; /* a day: what is prohibited by then is not offered */
    size_t limit;    /* at most so many items; 0: all */
};

/** Remembers its answers; one thread at a time. */
struct alternatives_finder;

/** @param options Copied, but for what it points to, which must outlive it. */
NODISCARD struct alternatives_finder *alternatives_finder_new(
    const struct alternatives_options *options);
void alternatives_finder_free(struct alternatives_finder *finder);

/** Forget what is remembered when it has grown too large; call between lines.
 */
void alternatives_trim(struct alternatives_finder *finder);

/**
 * Find what could replace a part: published replacements of its part number,
 * then other makers of its category, each screened by the profiles.
 *
 * @param mpn       Of the part to replace; may be empty.
 * @param profiles  At least one; copied.
 * @param[out] out  Valid until alternatives_trim().
 * @return false only when memory is out.
 */
NODISCARD bool alternatives_find(struct alternatives_finder *finder,
                                 struct str mpn, const struct maker *maker,
                                 const uint32_t *profiles, size_t profile_count,
                                 struct alternatives *out, struct err *err);

#endif
