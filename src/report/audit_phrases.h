#ifndef BOMGATE_REPORT_AUDIT_PHRASES_H
#define BOMGATE_REPORT_AUDIT_PHRASES_H

#include "core/str.h"
#include "history/audit.h"

/* What the formats of an audit say in the same words; plain text, in English,
   not escaped for any format. */

/** One of those below that say a line of the summary. */
typedef void audit_say(struct strbuf *out, const struct audit *audit);

/** "Audit of 2026Q3". */
void audit_say_title(struct strbuf *out, const struct audit *audit);
/** "2026Q3, 2026-07-01 to 2026-09-30": the audit's own period; that which it is
    held against; both. */
void audit_say_when(struct strbuf *out, const struct audit *audit);
void audit_say_against(struct strbuf *out, const struct audit *audit);
void audit_say_periods(struct strbuf *out, const struct audit *audit);
/** What a director asks: what is new, what is left, what is gone. */
void audit_say_headline(struct strbuf *out, const struct audit *audit);
/** "12 boards (14 BOMs, 5,210 lines) in 96 runs; …". */
void audit_say_scope(struct strbuf *out, const struct audit *audit);
/** Whose findings, where only some were asked for; else nothing. */
void audit_say_narrowed(struct strbuf *out, const struct audit *audit);
/** Runs that resolve nothing or do not count; nothing where there are none. */
void audit_say_apart(struct strbuf *out, const struct audit *audit);
/** "3 hold beyond 2026-12-31, …". */
void audit_say_waivers(struct strbuf *out, const struct audit *audit);
/** "2 rule sets, 1 of them new: …". */
void audit_say_rules(struct strbuf *out, const struct audit *audit);
/** Why what is new is new, and what is resolved is resolved, in numbers;
    nothing where none is. */
void audit_say_new(struct strbuf *out, const struct audit *audit);
void audit_say_resolved(struct strbuf *out, const struct audit *audit);
/** The chain's head, or that there is none. */
void audit_say_head(struct strbuf *out, const struct audit *audit);
/** That the head printed before stands, or loudly that it does not. */
void audit_say_previous(struct strbuf *out, const struct audit *audit);
/** What stands before anything else where the history is not to be trusted. */
void audit_say_alarm(struct strbuf *out, const struct audit *audit);
/** What this is, and what it is not. */
void audit_say_disclaimer(struct strbuf *out, const struct audit *audit);

/** "board-a", "board-a, acme/boards, hw/bom.csv". */
void audit_say_board(struct strbuf *out, const struct audit_board *board);
/** "us-ndaa-889, B". */
void audit_say_rule(struct strbuf *out, const struct audit_fact *fact);
/** Why it is new, gone or the same under another verdict. */
void audit_say_why(struct strbuf *out, const struct audit_finding *finding);
/** "accepted as exception until 2027-01-31 by …"; nothing without a waiver. */
void audit_say_decision(struct strbuf *out,
                        const struct audit_finding *finding);
/** "changed clause us-ndaa-889 A, from: 2019-08-13 -> 2019-08-14". */
void audit_say_change(struct strbuf *out, const struct audit_change *change);
/** What a run is worth: "counts", "what-if for 2027-12-23", … */
void audit_say_worth(struct strbuf *out, const struct audit_run *run);
/** "1 board", "12,345 boards"; `word` in the singular. */
void audit_say_count(struct strbuf *out, size_t count, const char *word);
/** "97.2 %". */
void audit_say_share(struct strbuf *out, uint32_t ten_thousandths);

/** "design", "first checked"; "" for none. */
const char *audit_cause_title(enum audit_cause cause);
/** "New", "Not checked again", … */
const char *audit_state_title(enum audit_state state);
/** What it means, in one sentence for a legend. */
const char *audit_state_meaning(enum audit_state state);
/** One sign that tells it without a colour. */
const char *audit_state_sign(enum audit_state state);

#endif
