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
    uint32_t owner;  /* who owns it by half or more, or RULES_NONE */
    const char *mpn; /* NULL at supplier level */
    bool pattern;    /* `mpn` spells a family: "K4B4G16…" */
    enum alternative_fit fit;
    uint32_t category;            /* what it is screened as */
    enum verdict verdict;         /* the worst over the profiles */
    const enum verdict *verdicts; /* one for each of those profiles */
    bool closes;             /* it becomes prohibited, beyond the horizon: */
    struct screen_hit later; /* this is what prohibits it then */
    bool unplaced;  /* its country is not known, and the buyer avoids one */
    bool preferred; /* from a country that the buyer wants first */
    enum rules_dies dies;
    const char *lifecycle; /* "end-of-life" or NULL */
    const char *check; /* where it differs, what its source warns of; NULL */
    const char *source;
    unsigned differences; /* of package, speed, temperature and dies */
    unsigned sources;     /* published replacements that name it */
};

/** Why a candidate is not offered. */
enum alternative_bar {
    BAR_MEASURE,  /* a clause that binds the buyer */
    BAR_OWNER,    /* such a clause hits its owner, whatever it reaches */
    BAR_CONTENTS, /* it may sell parts of such a maker, or of that which is to
                     be replaced */
    BAR_HOUSE,    /* it belongs with the maker that is to be replaced */
    BAR_COUNTRY,  /* the buyer wants nothing from there */
};

/** A candidate that may not be offered, and why. */
struct alternative_excluded {
    uint32_t party, owner;
    const char *mpn;
    bool pattern;
    enum alternative_fit fit;
    enum alternative_bar bar;
    bool has_hit;
    struct screen_hit hit; /* what forbids it, when `has_hit` */
    uint32_t holds;        /* for BAR_CONTENTS: whose parts it may sell */
    const char *country;   /* for BAR_COUNTRY */
    uint32_t profile;      /* that avoids it; RULES_NONE: the user said so */
};

struct alternatives {
    const uint32_t *profiles; /* what they were screened by */
    size_t profile_count;
    const struct alternative *items; /* best first */
    size_t count;
    const struct alternative_excluded *excluded;
    size_t excluded_count;
    size_t beyond, excluded_beyond; /* how many more there are */
    /* Every maker with an offer that is clear, stays so and is still made, in
       the order of the parties. */
    const uint32_t *suppliers;
    size_t supplier_count;
    const char *check; /* what engineering must look at with any; or NULL */
};

#define ALTERNATIVES_HORIZON_YEARS 3

/** What the user asks of alternatives. */
struct alternatives_wish {
    int32_t horizon; /* a day: what is prohibited by then is not offered */
    bool all;        /* every one, not only the best few */
    /* Country codes, ended by NULL, instead of the profiles'; NULL: theirs. */
    const char *const *prefers, *const *avoids;
};

struct alternatives_options {
    const struct ruleset *rules;
    struct screener *screener; /* asked for each candidate */
    int32_t as_of;
    struct alternatives_wish wish;
};

/**
 * The profiles by which the alternatives to a part are screened: those that the
 * user declared; when nobody was declared, those to whom the part is closed, or
 * all of them when it is closed to none.
 *
 * @param[out] out  Room for all `profiles`.
 * @return how many were written.
 */
size_t screening_profiles(const struct screening *screening,
                          const uint32_t *profiles, size_t profile_count,
                          bool declared, uint32_t *out);

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
 * then part numbers of other makers with the same parameters, then other makers
 * of its category, each screened by the profiles, on the day and on every
 * announced day up to the horizon.
 *
 * @param named     The part to replace; its part number may be empty.
 * @param profiles  At least one; copied.
 * @param[out] out  Valid until alternatives_trim().
 * @return false only when memory is out.
 */
NODISCARD bool alternatives_find(struct alternatives_finder *finder,
                                 const struct part_named *named,
                                 const struct maker *maker,
                                 const uint32_t *profiles, size_t profile_count,
                                 struct alternatives *out, struct err *err);

#endif
