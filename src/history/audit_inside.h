#ifndef BOMGATE_HISTORY_AUDIT_INSIDE_H
#define BOMGATE_HISTORY_AUDIT_INSIDE_H

#include "core/arena.h"
#include "core/map.h"
#include "history/audit.h"
#include "history/query.h"

/* What the files audit*.c share. All that is made lives in the audit's arena;
   that memory ran out there is asked for at the end of each step. */

enum audit_sql {
    AUDIT_SQL_RUNS,
    AUDIT_SQL_PROFILES,
    AUDIT_SQL_BOMS,
    AUDIT_SQL_FINDINGS,
    AUDIT_SQL_FACT,
    AUDIT_SQL_PART,
    AUDIT_SQL_SAME_LINE,
    AUDIT_SQL_WAIVER,
    AUDIT_SQL_RUN_WAIVERS,
    AUDIT_SQL_RULESETS,
    AUDIT_SQL_FIRST_USES,
    AUDIT_SQL_CHANGES,
    AUDIT_SQL_FORGOTTEN,
    AUDIT_SQL_LINKS,
    AUDIT_SQL_LINK,
    AUDIT_SQL_PRODUCT,
    AUDIT_SQL_COUNT
};

/** Every statement that an audit runs. */
extern const char *const audit_sql[AUDIT_SQL_COUNT];

/** A growing list in the arena. */
struct audit_list {
    void **items;
    size_t count, cap;
};

/** The period, and those before it that the trend needs. */
#define AUDIT_PERIODS (AUDIT_POINTS + 1)

/**
 * One period's stretch of the chain. A run belongs to the period of its day,
 * unless one of a later period was recorded before it: then to that one. So
 * nothing that is recorded later changes an audit, whatever day it claims.
 */
struct audit_slice {
    struct audit_period period;
    int64_t first_link, last_link; /* last < first: none */
    size_t first, count;           /* of the runs that were read */
};

struct audit_work {
    struct history *history;
    const struct audit_options *options;
    struct arena *arena;
    struct audit *audit;
    struct query queries[AUDIT_SQL_COUNT];

    struct map texts, boards, series, facts, waivers, rulesets, pairs;
    struct audit_list text_list, board_list, series_list, fact_list,
        waiver_list, ruleset_list, pair_list;
    struct audit_list forged; /* sentences on rows that are not as recorded */
    int64_t head;             /* the last run at the period's end; 0: none */
    struct audit_list runs;   /* by their time */
    struct audit_slice slices[AUDIT_PERIODS]; /* the last is the period */
};

/** One of audit_sql, ready for its parameters; NULL: err says why. */
struct query *audit_query(struct audit_work *work, enum audit_sql which,
                          struct err *err);
/** The same text is kept once, so that pointers tell whether texts are the
    same; NULL stays NULL. */
const char *audit_text(struct audit_work *work, const char *text);
/** A column of a row, likewise. */
const char *audit_column(struct audit_work *work, const struct query *row,
                         int column);
void audit_list_add(struct audit_work *work, struct audit_list *list,
                    void *item);
/** What a list holds, as an array of pointers. */
void *audit_list_items(struct audit_work *work, const struct audit_list *list);
/** Add an item to a list, and remember its place there by a key that lives as
    long. */
void audit_keep(struct audit_work *work, struct audit_list *list, void *item,
                struct map *map, struct str key);
/** False, with err, when memory is out. */
NODISCARD bool audit_ok(const struct audit_work *work, struct err *err);

/* ---- runs ---- */

/** Find the stretch of every slice. */
NODISCARD bool audit_find_stretches(struct audit_work *work, struct err *err);
/** Read the runs of every slice. */
NODISCARD bool audit_read_runs(struct audit_work *work, struct err *err);
/** May what a series says resolve something? */
bool audit_run_counts(const struct audit_run *run);

/* ---- findings ---- */

NODISCARD bool audit_fact_of(struct audit_work *work, int64_t id,
                             const struct audit_fact **out, struct err *err);
NODISCARD bool audit_waiver_of(struct audit_work *work, int64_t id,
                               struct audit_waiver **out, struct err *err);
/** The findings of a BOM: fact, line, refdes, quantity, waived, waiver. All of
    them, because one that was made harmless afterwards must show. */
struct query *audit_findings_of(struct audit_work *work, int64_t bom,
                                struct err *err);

/** A finding of a series' state. */
struct audit_seen {
    struct {
        size_t series;
        const char *fingerprint;
    } key;
    const struct audit_series *series;
    const struct audit_fact *fact;
    const struct audit_run *run;
    const struct audit_bom *bom;
    struct audit_waiver *waiver;
    const char *refdes, *quantity;
    uint32_t line, lines;
    bool waived;
};

/** What was known of every series at the end of a period. */
struct audit_known {
    const struct audit_slice *slice;
    const struct audit_run **counts; /* by a series' number: the newest run
                                        that counts, or NULL */
    struct audit_list seen;          /* struct audit_seen */
    struct map index;
};

NODISCARD bool audit_know(struct audit_work *work,
                          const struct audit_slice *slice,
                          struct audit_known *out, struct err *err);
void audit_known_dispose(struct audit_known *known);
/** NULL: it was not seen. */
const struct audit_seen *audit_find_seen(const struct audit_known *known,
                                         const struct audit_seen *like);

/** Told of every finding of one period or the one before. */
typedef void audit_told(void *ctx, enum audit_state state,
                        const struct audit_seen *before,
                        const struct audit_seen *now);
/** New, persisting, resolved and not checked. */
void audit_compare(const struct audit_known *before,
                   const struct audit_known *now, audit_told *told, void *ctx);

/** Came and went: seen by a run of the period, in neither state. */
NODISCARD bool audit_find_passing(struct audit_work *work,
                                  const struct audit_known *before,
                                  const struct audit_known *now,
                                  struct audit_list *out, struct err *err);

/* ---- rules ---- */

NODISCARD bool audit_read_rulesets(struct audit_work *work, struct err *err);
const struct audit_ruleset *audit_ruleset_of(const struct audit_work *work,
                                             int64_t id);
/** Its place among all, from 0. */
size_t audit_ruleset_place(const struct audit_work *work,
                           const struct audit_ruleset *rules);
/** What the rules of one run say otherwise than those of another (struct
    audit_change), as far as it was recorded. */
NODISCARD bool audit_changes_between(struct audit_work *work,
                                     const struct audit_run *from,
                                     const struct audit_run *to,
                                     const struct audit_list **out,
                                     struct err *err);

/** Give a finding that is new, resolved or of another verdict its cause. */
NODISCARD bool audit_find_cause(struct audit_work *work,
                                struct audit_finding *finding,
                                const struct audit_known *before,
                                const struct audit_known *now, struct err *err);

/* ---- what is made of them ---- */

NODISCARD bool audit_add_groups(struct audit_work *work, struct err *err);
NODISCARD bool audit_add_waivers(struct audit_work *work,
                                 const struct audit_known *now,
                                 struct err *err);
NODISCARD bool audit_add_rules(struct audit_work *work, struct err *err);
NODISCARD bool audit_add_coverage(struct audit_work *work, struct err *err);
/** Boards, runs and lines of one point of the trend. */
void audit_cover_point(struct audit_work *work, const struct audit_slice *slice,
                       struct audit_point *point);
/** Products that should have been checked. */
NODISCARD bool audit_add_products(struct audit_work *work, struct err *err);
NODISCARD bool audit_add_chain(struct audit_work *work, struct err *err);

#endif
