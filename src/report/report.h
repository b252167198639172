#ifndef BOMGATE_REPORT_REPORT_H
#define BOMGATE_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "bom/bom.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "history/mark.h"
#include "maker/maker.h"
#include "ruleset/ruleset.h"
#include "screen/alternatives.h"
#include "screen/screen.h"

/** The report of an earlier run. */
struct report_baseline {
    const char *rules_version, *rules_sha256;
    int32_t as_of; /* DATE_NONE: it does not say */
};

/** What the user said of a run, or its CI system, beside who buys what on which
    day. Texts are NULL where nothing is said. */
struct run_context {
    const char *product, *revision; /* that all its BOMs are of */
    const char *stage;              /* "design" or "release" */
    const char *repository, *commit;
    const char *baseline; /* the file of the earlier report */
    const char *settings; /* the file that says some of this */
    const char *rules;    /* folders, in place of the shipped rules or beside
                             them */
};

/** What is true of the whole run before the first BOM is read. */
struct run_info {
    const struct ruleset *rules;
    const char *version; /* of the program */
    int32_t as_of;
    unsigned activity;        /* one enum rules_activity bit */
    const uint32_t *profiles; /* in the order in which verdicts are given */
    size_t profile_count;
    bool declared; /* the user named the profiles; else all are screened */
    struct run_context context;
    bool all_lines; /* reports list clear lines too */
    /* what findings were compared with, or NULL */
    const struct report_baseline *baseline;
    enum verdict fail_on;        /* what is as bad fails the run */
    struct profile_set denied;   /* that do not apply to the product */
    int32_t sold_until;          /* its last day of sale; 0: not said */
    bool contract;               /* as_of is the day of its contract */
    const char *title, *company; /* for the first page; NULL: no own ones */
};

/** Does a declaration hold on the day that is judged by? */
enum declaration_state {
    DECLARATION_HOLDS,
    DECLARATION_EXPIRED,
    DECLARATION_NOT_YET, /* its day is still to come */
};

enum declaration_statement {
    DECLARES_NONE,   /* nothing inside of a party that the measure lists */
    DECLARES_LISTED, /* something */
    DECLARES_ORIGIN, /* where it was made */
};
#define DECLARATION_STATEMENTS 3
/** "contains-none", "contains", "made-in". */
const char *declaration_statement_name(enum declaration_statement statement);

/** What a supplier states of parts, in a document. */
struct declaration {
    enum declaration_statement statement;
    enum declaration_state state;
    uint32_t party;      /* RULES_NONE: whoever made it */
    const char *mpn;     /* as written, with * for all that begin so; or NULL */
    uint32_t measure;    /* RULES_NONE: each */
    const char *country; /* a code, for DECLARES_ORIGIN; else NULL */
    const char *document, *sha256, *by;
    int32_t date, valid_until;
    const char *path;
    uint32_t line; /* where it is written */
};

/** What is declared of one part. Zeroed: nothing. */
struct part_declared {
    /* For each measure; NULL: nothing is declared of what is inside. */
    const uint8_t *contents;                     /* an enum contents each */
    const struct declaration *const *by_measure; /* that decides, or that does
                                                    not hold (any more) */
    const struct declaration *origin;            /* that holds, or NULL */
    const struct declaration *other; /* as good, or more exact but expired, of
                                        another country; or NULL */
};

/** One part of a line, with what was found out about it. */
struct report_part {
    const struct bom_part *part;
    const struct maker *maker;
    const struct screening *screening;
    struct part_declared declared;
};

/** What became of a waiver in this run. */
enum waiver_state {
    WAIVER_UNUSED,  /* nothing was found that it covers */
    WAIVER_USED,    /* it covers a finding */
    WAIVER_PENDING, /* it does, but was added in the change that is checked */
    WAIVER_EXPIRED, /* it did; its day is over */
    WAIVER_REFUSED, /* the policy does not let it cover what it was meant for */
};
/** "unused", … */
const char *waiver_state_name(enum waiver_state state);

/** Stands for a measure where the maker is unknown and no clause was asked. */
#define WAIVER_UNKNOWN_MAKER "unknown-maker"

/** A recorded, dated decision to accept a finding. Texts are NULL where nothing
    is said. */
struct waiver {
    const char *measure, *clause, *party, *mpn, *product;
    const char *kind, *reason, *approved_by, *ticket, *evidence;
    int32_t expires; /* the last day on which it holds */
    const char *path;
    uint32_t line; /* where it is written */
    enum waiver_state state;
};

/** The file of declarations of a run. */
struct declared_file {
    const char *path, *sha256;
    size_t count, expired;
};

enum contents_state {
    CONTENTS_UNDECLARED,
    CONTENTS_DECLARED,
    CONTENTS_EXPIRED, /* it was declared, and asks again */
    CONTENTS_NOT_YET, /* its declaration does not hold yet */
};
/** "undeclared", "declared", … */
const char *contents_state_name(enum contents_state state);

/** What is inside a part, as far as a measure asks that of some profiles. */
struct report_contents {
    const struct report_part *part;
    uint32_t measure;
    const uint32_t *profiles;
    size_t profile_count;
    enum contents_state state;
    const struct declaration *declaration; /* NULL: undeclared */
};

/** One verdict other than clear, with its evidence and what to do. */
struct finding {
    char id[48];          /* unique within the report */
    char fingerprint[33]; /* the same while the fact is the same */
    char identity[33];    /* the same in another product too */
    enum verdict verdict;
    const struct bom_part *part;
    const struct maker *maker;
    const struct screen_hit *hit; /* NULL: unknown, nothing was asked */
    uint32_t owner;               /* party, or RULES_NONE */
    const struct alternatives *alternatives; /* NULL: none were looked for */
    const struct waiver *waiver;             /* that is meant for it, or NULL */
    /* What its supplier says to it, whether that holds or not; or NULL. */
    const struct declaration *declaration;
    bool waived;     /* the waiver holds: it does not count */
    bool known;      /* it stands in the baseline: not this change's */
    bool after_sale; /* upcoming, and only once the product is not sold any
                        more: it is told, and fails nothing */
};

/** What the finding's waiver, which is not NULL, does for this finding. */
enum waiver_state finding_waiver_state(const struct finding *finding);

/** Neither waived nor known from the baseline: it can fail the run. */
bool finding_counts(const struct finding *finding);

/** The company that the finding is about, with how sure that is; NULL: none. */
const struct maker_candidate *finding_candidate(const struct finding *finding);
/** Its party, or RULES_NONE. */
uint32_t finding_party(const struct finding *finding);

/** Names from the product down to what a line sits in. */
struct report_place {
    const char *const *names;
    size_t count;
};

/** How often a line is in its product, and where. */
struct report_rollup {
    double total; /* NAN: a quantity is not said as a number */
    const struct report_place *places;
    size_t place_count;
    bool more;     /* places beyond those listed */
    bool assembly; /* it stands for other lines of the product */
};

/** A BOM line with all that is said of it. Borrowed for the call. */
struct report_line {
    const struct bom_info *bom;
    const struct bom_line *line;
    enum verdict verdict;
    const struct report_part *parts;
    size_t part_count;
    const struct finding *findings; /* in order; none for a clear line */
    size_t finding_count;
    const struct report_contents *contents; /* by part, then measure */
    size_t contents_count;
    bool waived; /* what asks for action is waived, all of it */
    const struct report_rollup *rollup; /* NULL: none was made */
};

/** A diagnostic that outlives the reader. */
struct report_diagnostic {
    uint32_t line, column;
    enum bom_severity severity;
    const char *code, *message;
};

/** Lines by what is said of them for one buyer, or for all. */
struct line_counts {
    uint32_t verdicts[VERDICT_COUNT]; /* by the worst, the waived ones aside */
    uint32_t waived;     /* what asks for action is waived, all of it */
    uint32_t undeclared; /* nobody declares what is inside */
};

/** What is known of a BOM once it has been read. */
struct bom_totals {
    struct bom_info info;
    const char *product, *revision; /* as the user named them, or NULL */
    struct line_counts counts;
    uint32_t resolved;      /* lines with a known maker */
    uint32_t by_parts_file; /* of those: because the parts file says so */
    uint32_t passives;      /* lines of generic parts that name no maker */
    uint32_t assemblies;    /* lines that stand for others, and name none */
    uint32_t fresh;   /* findings, review and worse, that the baseline lacks */
    bool as_baseline; /* byte for byte the file of the baseline */
    uint32_t lost;    /* rows that could not be read */
    const struct report_diagnostic *diagnostics; /* the first ones */
    size_t diagnostic_count;
    uint32_t diagnostics_more; /* beyond those listed */
    const char *error; /* the file could not be read, or not to its end */
};

/** The share of lines with a known maker, generic passives and sub-assemblies
    aside; 0..1. */
double bom_totals_resolved(const struct bom_totals *totals);

/** The parts file that the run went by. */
struct report_parts_file {
    const char *path, *sha256;
    size_t rows;
    uint32_t lines; /* of BOMs, whose maker it says */
};

struct report_skip {
    const char *path, *why;
};

/** What is true of the whole run once every BOM has been read. */
struct run_totals {
    const struct bom_totals *boms;
    size_t bom_count;
    const struct report_skip *skipped;
    size_t skipped_count;
    const struct waiver *waivers; /* all that were read */
    size_t waiver_count;
    const struct report_parts_file *parts_file; /* or NULL */
    const struct declared_file *declared;       /* or NULL */
    uint32_t lines;
    struct line_counts all;
    const struct line_counts *by_profile; /* one for each in use */
    uint32_t findings, known_findings; /* review and worse; in the baseline */
    const char *const *not_checked;    /* sentences */
    size_t not_checked_count;
    const uint32_t *measures; /* numbers of those that were asked */
    size_t measure_count;
    bool complete;               /* every row of every BOM was read */
    bool conclusive;             /* enough makers were known, by rules that
                                    are not outdated */
    bool outdated;               /* the rules are older than --max-rule-age */
    const char *const *problems; /* why it is not, one sentence each */
    size_t problem_count;
    int exit_status;
    const struct history_mark *history; /* where it was recorded, or NULL */
};

/** Where a report goes. */
struct report_target {
    FILE *out;         /* open for writing; the report does not close it */
    const char *path;  /* what the report may open by name instead
                          (REPORT_BY_NAME); NULL for a stream */
    bool color;        /* a terminal that shows colour */
    unsigned columns;  /* width of the terminal; 0: not a terminal */
    bool summary_only; /* text: the details are in a file */
};

enum {
    REPORT_BINARY = 1 << 0,  /* not for a terminal */
    REPORT_BY_NAME = 1 << 1, /* its library opens the file itself */
};

struct report;

/**
 * One format: one row of the table in reports.c. A report is told of
 * everything in order: begin, then for each BOM bom_begin, its lines, bom_end,
 * then finish. Failing ends the report; finish and abandon both free it.
 */
struct report_format {
    const char *name;      /* "xlsx" */
    const char *extension; /* ".html,.htm", the usual one first; NULL: none */
    const char *media_type, *summary;
    unsigned flags;
    NODISCARD bool (*begin)(struct report **out,
                            const struct report_target *target,
                            const struct run_info *run, struct err *err);
    /* NULL: nothing is said before a BOM's lines. */
    NODISCARD bool (*bom_begin)(struct report *report,
                                const struct bom_info *bom, struct err *err);
    NODISCARD bool (*line)(struct report *report,
                           const struct report_line *line, struct err *err);
    /* Has it nothing to say any more of a line that is clear, and of which
       nothing is told? NULL: it always has. */
    bool (*skips_clear)(const struct report *report);
    NODISCARD bool (*bom_end)(struct report *report,
                              const struct bom_totals *totals, struct err *err);
    NODISCARD bool (*finish)(struct report *report,
                             const struct run_totals *totals, struct err *err);
    void (*abandon)(struct report *report);
};

/** All formats, ended by NULL: help, errors and extensions walk this table. */
extern const struct report_format *const report_formats[];

/** NULL when there is no such format. */
const struct report_format *report_format_by_name(struct str name);
/** By the file's extension, the longest that fits (".cdx.json" before ".json");
    NULL when none is known. */
const struct report_format *report_format_by_path(const char *path);

/** Length of the longest of the extensions, ".html,.htm", that the name ends
    with; 0: none. */
size_t report_extension_length(struct str name, struct str extensions);

/* What several formats say in the same words. */

/** What stands before anything else in the report of a run that is not
    complete, or not conclusive. */
const char *report_alarm(const struct run_totals *totals);

/** The report's title, the user's own or ours. */
const char *report_title(const struct run_info *run);

/**
 * What a director asks: what was found, in one sentence for each buyer, and
 * what could not be read.
 *
 * @param between  Stands between two sentences; NULL: what does in running
 *                 text.
 */
void report_headline(struct strbuf *out, const struct run_info *run,
                     const struct run_totals *totals, const char *between);
/** "contains-none, by A. Buyer in soc.pdf of 2026-01-02, until 2026-12-31". */
void report_declaration_told(struct strbuf *out,
                             const struct declaration *declaration);
/** Why a hit says what it says, in one sentence. `hit` NULL: unknown maker. */
void report_why(struct strbuf *out, const struct run_info *run,
                const struct finding *finding);
/** What to do about it: the clause's advice, or what the reason asks for. */
void report_action(struct strbuf *out, const struct run_info *run,
                   const struct finding *finding);
/** What is known of the part: "DDR3L SDRAM, 4 Gbit, x16". */
void report_part_facts(struct strbuf *out, const struct ruleset *rules,
                       const struct part_facts *facts);

#endif
