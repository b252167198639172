#ifndef BOMGATE_REPORT_PHRASES_H
#define BOMGATE_REPORT_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"
#include "core/str.h"
#include "report/report.h"

/* The short pieces of which the reports' sentences and cells are made. Each
   appends to `out`; what it says is plain text in the language in use, not
   escaped for any format.

   Languages order words differently, so a sentence is one text for tr() with
   its pieces as arguments; only what stands beside each other in any language,
   such as two clauses, is appended one by one. */

/** A number or a day as an argument: `shown_number(n).text`. */
struct shown {
    char text[32];
};
/** "12,345". */
struct shown shown_number(size_t number);
/** "2023-05-21", "2026-07" or "2006": as sure as the source; or "". */
struct shown shown_span(struct date_span span);
struct shown shown_day(int32_t day);

/** A piece that was composed in a buffer of its own, as an argument. */
const char *phrase_text(const struct strbuf *text);
/** The sentence is made: free the piece; that memory ran out is not lost. */
void phrase_end(struct strbuf *out, struct strbuf *piece);

/** "2023-05-21", "2026-07" or "2006": as sure as the source; or nothing. */
void phrase_span(struct strbuf *out, struct date_span span);

/** "1 line", "12,345 lines". */
void phrase_lines(struct strbuf *out, size_t count);

/** Which column was taken for which field, and what else it could be. */
void phrase_columns(struct strbuf *out, const struct bom_info *info,
                    const char *between);

/** "12,345". */
void phrase_number(struct strbuf *out, size_t number);

/** "a", "a and b", "a, b and c": what stands before item `i` of `count`. */
void phrase_join(struct strbuf *out, size_t i, size_t count);
/** The same for a list without an end: "a, b, c". */
void phrase_comma(struct strbuf *out, size_t i);

/** The party's name; "the maker" for RULES_NONE. */
const char *phrase_party(const struct ruleset *rules, uint32_t party);

/** What a row of an approved list names, and who says so: "Micron MT41K256M16
    (J. Doe, 2024-02-01, QR-12)", "Micron for DRAM", "IPN 100-0001". */
void phrase_approval(struct strbuf *out, const struct ruleset *rules,
                     const struct rules_approval *row);

/** What the approved list of the hit says of the part, or lacks: "not approved:
    “…” approved Micron until 2026-05-31". */
void phrase_unapproved(struct strbuf *out, const struct run_info *run,
                       const struct screen_hit *hit);

/** The profile's name, or its id where the rules give no name. */
const char *phrase_profile(const struct ruleset *rules, uint32_t profile);

/** The measure's title. */
const char *phrase_measure(const struct ruleset *rules, uint32_t measure);

/** The id of a category; "" for RULES_NONE. */
const char *phrase_category(const struct ruleset *rules, uint32_t category);

/** The name of a category: "DDR4 SDRAM"; "" for RULES_NONE. */
const char *phrase_kind(const struct ruleset *rules, uint32_t category);

/** "us-ndaa-889, B": the hit's measure, which is set, and its clause. */
void phrase_clause(struct strbuf *out, const struct ruleset *rules,
                   const struct screen_hit *hit);

/** The address of the measure's first source; "" without one. */
const char *phrase_url(const struct ruleset *rules, uint32_t measure);

/**
 * Why a hit is out-of-scope or no more than review, as half a sentence: "it
 * does not bind “UK: government”"; without a profile "this buyer".
 */
void phrase_reason(struct strbuf *out, const struct ruleset *rules,
                   const struct screen_hit *hit);

/** " for “UK: government”", or for the customer whom the clause binds; nothing
    when the hit names no profile. */
void phrase_for_whom(struct strbuf *out, const struct ruleset *rules,
                     const struct screen_hit *hit);

/** " since 2023-05-21", " from 2027-12-23"; nothing where no day is known. */
void phrase_when(struct strbuf *out, bool upcoming, struct date_span from);

/** "Micron", "Elpida (owned by Micron)": the maker as resolved, with its owner.
 */
void phrase_maker(struct strbuf *out, const struct ruleset *rules,
                  const struct maker *maker, uint32_t owner);

/** "ISSI (US; owned by Ingenic, CN)": a company, its country, and its owner
    where that is another country's. */
void phrase_supplier(struct strbuf *out, const struct ruleset *rules,
                     uint32_t party, uint32_t owner);

/** "Samsung Electronics (KR) K4B4G1646E-BYMA: drop-in, clear; same package and
    parameters by …; note: …". */
void phrase_alternative(struct strbuf *out, const struct run_info *run,
                        const struct alternatives *found,
                        const struct alternative *item);

/** "YMTC: prohibited for us-dod from 2027-12-23, us-ndaa-5949". */
void phrase_excluded(struct strbuf *out, const struct run_info *run,
                     const struct alternative_excluded *item);

/** What was decided about a finding before: "waived as exception until
    2027-01-31: …", "known: it is in the baseline"; nothing without a decision.
 */
void phrase_decision(struct strbuf *out, const struct finding *finding);

/** Where a line is, for a list of a few: "U3", "C1…" or "line 12". */
void phrase_place(struct strbuf *out, const struct report_line *line);

/** How a count of lines is said; "with no listed maker found" for clear. */
const char *phrase_verdict(enum verdict verdict);

/** One sign for a verdict, which tells it without a colour. */
const char *phrase_sign(enum verdict verdict);

/** What a verdict means, in one sentence for a legend. */
const char *phrase_verdict_meaning(enum verdict verdict);

/** Verdicts that ask somebody to act: prohibited to review. */
bool phrase_is_flagged(enum verdict verdict);

#endif
