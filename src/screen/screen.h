#ifndef BOMGATE_SCREEN_SCREEN_H
#define BOMGATE_SCREEN_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "maker/maker.h"
#include "ruleset/ruleset.h"

/** From worst to best; a line's verdict is the worst of its parts'. */
enum verdict {
    VERDICT_PROHIBITED,
    VERDICT_UPCOMING,
    VERDICT_RESTRICTED,
    VERDICT_REVIEW,
    VERDICT_UNKNOWN,
    VERDICT_OUT_OF_SCOPE,
    VERDICT_CLEAR,
    VERDICT_COUNT
};

/** "prohibited", … */
const char *verdict_name(enum verdict verdict);
/** VERDICT_COUNT when there is no such verdict. */
enum verdict verdict_parse(struct str name);
enum verdict verdict_worst(enum verdict a, enum verdict b);

/**
 * Why a verdict is out-of-scope, or no more than review, or what an approved
 * list lacks. Exactly one is given: the one a person would ask for first.
 */
enum screen_reason {
    REASON_NONE,
    /* out-of-scope */
    REASON_BUYER,    /* the clause does not bind the profile */
    REASON_ACTIVITY, /* it does not restrict the activity */
    REASON_CATEGORY, /* it does not cover the category */
    REASON_EXPORT,   /* it restricts selling to the party */
    REASON_ENDED,    /* it, or the listing, has ended */
    REASON_PROPOSED, /* it has no date yet */
    /* review */
    REASON_CHECK,         /* the clause itself asks for a look */
    REASON_MAKER,         /* the maker is only probable */
    REASON_CONTRADICTION, /* maker and part number disagree */
    REASON_SHARED_NAME,   /* several companies use the name */
    REASON_OPEN_CATEGORY, /* only part of what it could be is covered */
    REASON_OPEN_ORIGIN,   /* where it was made is not said */
    REASON_OPEN_PROFILE,  /* a narrower profile must be declared */
    REASON_OPEN_DATE,     /* the day is known only to the month or year */
    REASON_INSIDE,        /* the product may contain a listed party's part */
    REASON_AFFILIATE,     /* linked, but not owned by half or more */
    REASON_UNCONFIRMED,   /* rests on a fact without a good source */
    REASON_CONTENTS,      /* nobody declares what is inside */
    REASON_CONDITIONAL,   /* approved, on a condition that no BOM shows */
    /* not approved by a list: with the effect of the clause */
    REASON_NOT_LISTED,       /* nothing there covers the part */
    REASON_OTHER_APPROVED,   /* other parts are, for its IPN */
    REASON_APPROVAL_EXPIRED, /* it was */
    REASON_NOT_YET_APPROVED, /* from a day still to come */
    REASON_PENDING,
    REASON_OBSOLETE,
    REASON_DISQUALIFIED,
    REASON_COUNT
};
/** "buyer", …; NULL for REASON_NONE. */
const char *screen_reason_name(enum screen_reason reason);

struct screen_hit;
/** Is it an approved list's, for a part that is not approved? */
bool screen_is_unapproved(const struct screen_hit *hit);

/** Relations by which what is inside the part decides: a rule's hint, and what
    its supplier declares. */
#define RELATION_MAY_CONTAIN "may-contain"
#define RELATION_CONTAINS "contains"

/** How the maker leads to the listed party. */
struct screen_via {
    const char *relation; /* NULL: the listed party itself; "brand",
                             "former-name", "owned-by", "owns", "same-owner",
                             "may-contain", "sold", "contains" */
    struct str name;      /* the brand or party it leads through */
    struct date_span from, until;
};

/** Why nobody knows where a part was made. */
enum origin_doubt {
    ORIGIN_UNSAID,
    ORIGIN_UNREAD,   /* what is written is no country that is known */
    ORIGIN_DISPUTED, /* it is said in two ways */
};

/** What one clause says of one part for one profile. */
struct screen_hit {
    enum verdict verdict;
    enum screen_reason reason;
    enum verdict becomes;              /* for upcoming; else VERDICT_COUNT */
    uint32_t measure, clause, profile; /* clause may be RULES_NONE; profile
                                          RULES_NONE: any buyer */
    uint32_t party;                    /* the maker */
    uint32_t listed; /* the party that the measure names, or RULES_NONE */
    struct screen_via via;
    struct date_span from; /* since when, or from when */
    int32_t days_left;     /* for upcoming, else -1 */
    const struct maker_candidate *candidate;
    uint32_t approval; /* the row of an approved list that decides; else
                          RULES_NONE */
    uint32_t declare;  /* for REASON_OPEN_PROFILE: the profile to declare; for
                          REASON_BUYER: the one that was said not to apply, or
                          RULES_NONE */
    uint32_t customer; /* whom the clause binds, when that is who the profile
                          supplies; else RULES_NONE */
    enum origin_doubt doubt; /* for REASON_OPEN_ORIGIN */
};

/** What a line calls a part; empty where it says nothing. */
struct part_named {
    struct str mpn, ipn;
    bool maker; /* it names one, known or not */
};

/** What a part's supplier declares of what is inside, as one measure asks. */
enum contents {
    CONTENTS_OPEN,   /* nothing that holds on the day */
    CONTENTS_NONE,   /* nothing of a party that the measure lists */
    CONTENTS_LISTED, /* something of one */
    CONTENTS_LAPSED, /* something of one, but that has expired */
};

/** What is said of a part beside who made it. */
struct screen_said {
    bool unread; /* an origin is written that is no country */
    /* Country of manufacture, as an ISO 3166 code (with subdivision: "CN-XJ")
       or as it is written; empty when not known. */
    struct str origin;
    struct str noted_origin; /* the same, as the company's parts file has it */
    struct str declared_origin; /* the same, as its supplier declares it */
    const uint8_t *contents; /* an enum contents for each measure; NULL: nothing
                                is declared */
};

/** A measure asks, for a profile, what is inside a part. */
struct screen_asked {
    uint32_t measure, profile;
};

/** Everything said of one part: hits, worst first. */
struct screening {
    enum verdict verdict;
    enum verdict without_hits; /* for who made it alone */
    const struct screen_hit *hits;
    size_t hit_count;
    uint32_t owner; /* who owned the first candidate on the day */
    const struct screen_asked *asked; /* by measure, then profile */
    size_t asked_count;
};

/** Profiles by their numbers. */
struct profile_set {
    const uint32_t *items;
    size_t count;
};

struct screen_options {
    const struct ruleset *rules;
    const uint32_t *profiles; /* the profiles in use */
    size_t profile_count;
    struct profile_set denied; /* narrower ones that do not apply */
    bool declared;             /* the user chose them; else all are screened */
    unsigned activity;         /* one enum rules_activity bit */
    int32_t as_of;
    bool strict_contents; /* what nobody declares is a hit */
};

/** Remembers its answers; one thread at a time. */
struct screener;

/** @param options Copied, but for what it points to, which must outlive it. */
NODISCARD struct screener *screener_new(const struct screen_options *options);
void screener_free(struct screener *screener);

/** Forget what is remembered when it has grown too large; call between lines.
    @return true when all is forgotten. */
bool screener_trim(struct screener *screener);

/**
 * Ask the five questions for a part.
 *
 * @param named     For approved lists; NULL: by nothing but its maker.
 * @param said      Borrowed for the call.
 * @param[out] out  Valid until screener_trim().
 * @return false only when memory is out.
 */
NODISCARD bool screen_part(struct screener *screener, const struct maker *maker,
                           const struct part_named *named,
                           const struct screen_said *said,
                           struct screening *out, struct err *err);

/**
 * The verdict for a party that makes `category`, for one profile, on the
 * screener's day: what an alternative supplier is screened with.
 *
 * @param[out] hit  The worst hit; of several to come the one that ends in the
 *                  worst, and then the soonest; untouched when there is none;
 *                  may be NULL.
 */
NODISCARD bool screen_party(struct screener *screener, uint32_t party,
                            uint32_t category, uint32_t profile,
                            enum verdict *verdict, struct screen_hit *hit,
                            struct err *err);

/**
 * What an approved list that binds any buyer, or one of the profiles, says of
 * another maker's part.
 *
 * @param mpn       NULL: the maker's parts of that category.
 * @param ipn       What it is to be bought for; or empty.
 * @param[out] hit  Untouched when it is approved.
 * @return VERDICT_CLEAR when it is approved, or there is no such list.
 */
enum verdict screen_approval(struct screener *screener, uint32_t party,
                             uint32_t category, const char *mpn, struct str ipn,
                             const uint32_t *profiles, size_t profile_count,
                             struct screen_hit *hit);

/** Who owned the party on that day, by half or more; RULES_NONE: nobody. */
uint32_t screen_owner(const struct ruleset *rules, uint32_t party, int32_t day);

#endif
