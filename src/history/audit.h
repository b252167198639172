#ifndef BOMGATE_HISTORY_AUDIT_H
#define BOMGATE_HISTORY_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/digest.h"
#include "core/err.h"
#include "history/audit_period.h"
#include "history/store.h"
#include "screen/screen.h"

/*
 * What was checked in a period, by which rules, what was wrong, who accepted
 * it, and what is new since the period before. All of it comes from the
 * history alone, so that the audit of a closed period is the same next year.
 *
 * A board is what is compared over time: a product of a repository, and its
 * path too where nobody named the product. A series is a board, a profile and
 * an activity. Its state at the end of a period is what its newest run within
 * the period found that was complete and conclusive; runs after that one that
 * were not add what they found, but their silence resolves nothing; nor does
 * that of a run that was made, or judged by, a day before the period: it was
 * recorded late, or looked back. A run for a day still to come is a what-if and
 * left out, unless that is the day of the product's contract.
 */

struct audit_board {
    const char *repository; /* "" where nobody said */
    const char *product;
    const char *path; /* NULL: the product was named */
};

struct audit_ruleset {
    int64_t id;
    const char *sha256, *version, *known_to;
};

struct audit_run {
    int64_t id;
    const char *time, *hash, *origin, *tool, *method, *as_of, *activity;
    const char *stage, *repository, *revision, *pipeline, *actor; /* or NULL */
    const struct audit_ruleset *rules;
    const char *const *profiles; /* those that were asked for */
    size_t profile_count;
    const struct audit_bom *const *boms;
    size_t bom_count;
    bool complete, conclusive, what_if;
    bool stale; /* made, or judged by, a day before the period */
    int exit_status;
};

struct audit_bom {
    int64_t id, content;
    const struct audit_run *run;
    const struct audit_board *board;
    const char *path, *product, *format, *digest; /* the latter of its lines */
    const char *sha256, *revision, *error;        /* or NULL */
    uint32_t lines, lost, resolved; /* resolved: ten-thousandths */
    uint32_t counts[VERDICT_COUNT], waived;
    const struct audit_series *const *series;
    size_t series_count;
};

/** A board, a profile ("": any) and an activity. */
struct audit_series {
    size_t number;
    const struct audit_board *board;
    const char *profile, *activity;
};

/** What a finding says; "" where nothing is said. */
struct audit_fact {
    int64_t id;
    enum verdict verdict;
    const char *fingerprint, *profile, *measure, *title, *clause, *citation,
        *url, *since, *becomes, *reason, *party, *party_name, *owner,
        *confidence, *category, *manufacturer, *mpn;
    int64_t manufacturer_text, mpn_text; /* as the lines have them */
};

/** A recorded decision; NULL where nothing is said. */
struct audit_waiver {
    int64_t id;
    const char *measure, *clause, *party, *mpn, *product, *kind, *reason,
        *expires, *approved_by, *ticket, *evidence;
    const char *state; /* what became of it in the newest run that lists it */
    size_t findings;   /* of the period's state that it is meant for */
};

enum audit_state {
    AUDIT_NEW,         /* not there in the period before */
    AUDIT_PERSISTING,  /* there in both */
    AUDIT_RESOLVED,    /* there before, checked again, and gone */
    AUDIT_NOT_CHECKED, /* there before, and not checked again */
    AUDIT_PASSING,     /* came and went within the period */
    AUDIT_STATE_COUNT
};
/** "new", …, "not_checked". */
const char *audit_state_name(enum audit_state state);

/** Why a finding is new, resolved, or of another verdict. */
enum audit_cause {
    AUDIT_NO_CAUSE,      /* it is none of them */
    AUDIT_FIRST_CHECKED, /* the series was not checked before */
    AUDIT_DESIGN,  /* the part is, or was, not so on the other side's BOM */
    AUDIT_RULES,   /* the same part, other rules */
    AUDIT_PROGRAM, /* the same part and rules, another bomgate */
    AUDIT_DAY,     /* a day has passed */
    AUDIT_CAUSE_COUNT
};
/** "design", …; NULL for AUDIT_NO_CAUSE. */
const char *audit_cause_name(enum audit_cause cause);

/** What a rule set says otherwise than another. */
struct audit_change {
    const char *kind, *what, *name, *item, *field, *before, *after;
};

struct audit_finding {
    enum audit_state state;
    enum audit_cause cause;
    const struct audit_fact *fact;
    const struct audit_fact *before;    /* persisting, under another verdict, */
    const struct audit_run *before_run; /* by this run */
    const struct audit_series *series;
    const struct audit_run *run; /* the newest that found it */
    const struct audit_bom *bom;
    const char *refdes, *quantity; /* of all its lines */
    uint32_t line, lines;          /* the first, and how many */
    bool waived;
    const struct audit_waiver *waiver;         /* meant for it, or NULL */
    const struct audit_change *const *changes; /* of the rules that caused it */
    size_t change_count;
};

/** Findings of one product, measure or party. */
struct audit_group {
    const char *name, *title;
    uint32_t counts[AUDIT_STATE_COUNT][VERDICT_COUNT];
};

struct audit_groups {
    const struct audit_group *items;
    size_t count;
};

struct audit_waivers {
    const struct audit_waiver *const *items;
    size_t count;
};

/** What changed of one record, and the findings of it. */
struct audit_rule_change {
    const char *name;
    uint32_t added, removed, changed; /* rows of the comparison */
    uint32_t brought, ended, altered; /* findings: new, resolved, and those
                                         that persist under another verdict */
    const struct audit_change *const *changes;
    size_t change_count;
};

/** Boards were judged by other rules than before. */
struct audit_rule_step {
    const struct audit_ruleset *before; /* NULL: they had not been judged */
    const struct audit_ruleset *rules;
    const struct audit_run *run; /* the first of the period */
    const struct audit_rule_change *changes;
    size_t change_count;
};

/** A rule set in use within the period. */
struct audit_rules_used {
    const struct audit_ruleset *rules;
    const struct audit_run *run; /* the first of the period */
    bool is_new;                 /* the first of all */
};

/** How a board was checked within the period. */
struct audit_covered {
    const struct audit_board *board;
    const struct audit_run *run; /* the newest complete one, else the newest */
    uint32_t runs, boms, lines, lost;
    uint32_t resolved; /* ten-thousandths of the lines */
    bool checked;      /* by a complete and conclusive run */
    bool before;       /* in the period before, too */
};

struct audit_forgotten {
    int64_t run;
    const char *time, *hash, *forgotten, *why; /* why: or NULL */
};

/** One BOM that one run read; NULL where it read none. */
struct audit_evidence {
    const struct audit_run *run;
    const struct audit_bom *bom;
};

/** One period of the trend. */
struct audit_point {
    struct audit_period period;
    uint32_t boards, runs, lines, waived;
    uint32_t flagged[VERDICT_COUNT]; /* findings at its end */
    uint32_t brought, resolved;
};

#define AUDIT_POINTS 8

struct audit_chain {
    char head[DIGEST_HEX_SIZE];     /* at the period's end; "": no run yet */
    char previous[DIGEST_HEX_SIZE]; /* that the audit before printed, or "" */
    bool previous_holds;
    const char *previous_time; /* of its run, or NULL */
    const char *const *faults; /* sentences */
    size_t fault_count;
};

/** A product that the settings name, and that was not checked. */
struct audit_unchecked {
    const char *product;
    const char *last; /* when it was, before the period; NULL: never */
};

struct audit {
    struct audit_period period, before;
    const char *const *profiles; /* asked for; none: all */
    size_t profile_count;
    const char *product; /* asked for, or NULL */

    const struct audit_run *const *runs; /* of the period, by their time */
    size_t run_count;                    /* with the what-ifs */
    const struct audit_evidence *evidence;
    size_t evidence_count;
    uint32_t what_ifs, partial, stale; /* runs; incomplete or inconclusive */
    uint32_t boards, boms, lines;      /* as they stood at the end */
    uint32_t resolved;                 /* ten-thousandths of the lines */
    const struct audit_covered *covered;
    size_t covered_count;
    const struct audit_board *const *missed; /* checked before, not now */
    size_t missed_count;
    bool asks_products;                      /* the settings name products */
    const struct audit_unchecked *unchecked; /* of those, in their order */
    size_t unchecked_count;
    const struct audit_forgotten *forgotten;
    size_t forgotten_count;

    const struct audit_finding *findings; /* by state, verdict, product … */
    size_t finding_count;
    uint32_t counts[AUDIT_STATE_COUNT][VERDICT_COUNT];
    uint32_t causes[AUDIT_STATE_COUNT][AUDIT_CAUSE_COUNT];
    struct audit_groups products, measures, parties;
    struct audit_waivers active, expiring, expired;
    const struct audit_rule_step *steps; /* by the first run of each */
    size_t step_count;
    const struct audit_rules_used *const *rules;
    size_t rules_count;
    struct audit_point trend[AUDIT_POINTS]; /* the last is the period */
    struct audit_chain chain;
};

/** A product, or a variant of it ("Gateway/lite"), as it is checked. */
struct audit_build {
    const char *name;
    size_t boms;         /* that it has */
    const char *markets; /* a profile a line, each between two line feeds; its
                            check was for all of them */
    size_t market_count;
};

/** A product that should be checked, all of it, as any of its builds. */
struct audit_wanted {
    const char *name;
    const struct audit_build *builds;
    size_t build_count;
};

struct audit_options {
    struct audit_period period;
    const char *const *profiles; /* none: all */
    size_t profile_count;
    const char *product;               /* NULL: all */
    const struct audit_wanted *wanted; /* products that should be checked */
    size_t wanted_count;
    const char *previous; /* the head printed before, 64 digits, or NULL */
};

/**
 * @param[out] out  Free with audit_free(); it does not need the history any
 *                  more. Untouched on failure.
 */
NODISCARD bool audit_make(struct audit **out, struct history *history,
                          const struct audit_options *options, struct err *err);
/** Accepts NULL. */
void audit_free(struct audit *audit);

/** Findings of a state, of all verdicts. */
uint32_t audit_count(const struct audit *audit, enum audit_state state);
/** The head that was printed before does not stand, or a record changed. */
bool audit_is_broken(const struct audit *audit);

#endif
