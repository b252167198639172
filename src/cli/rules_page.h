#ifndef BOMGATE_CLI_RULES_PAGE_H
#define BOMGATE_CLI_RULES_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "report/text_layout.h"
#include "ruleset/ruleset.h"

/* What `bomgate rules` prints. */

/** Measures by their state on a day, then profiles. */
void rules_page_list(struct text_page *page, const struct ruleset *rules,
                     int32_t as_of);
void rules_page_categories(struct text_page *page, const struct ruleset *rules);
/** One measure, as a lawyer would read it. */
void rules_page_measure(struct text_page *page, const struct ruleset *rules,
                        int32_t as_of, uint32_t measure);
/** One company, and which measures name it. */
void rules_page_party(struct text_page *page, const struct ruleset *rules,
                      uint32_t party);
/** One kind of buyer, and what binds it on a day. */
void rules_page_profile(struct text_page *page, const struct ruleset *rules,
                        int32_t as_of, uint32_t profile);
/** `bomgate-rules/1`; one measure, or all with RULES_NONE. */
void rules_page_json(FILE *out, const struct ruleset *rules, int32_t as_of,
                     uint32_t measure);
/** One line: how much there is of each. */
void rules_page_sums(FILE *out, const struct ruleset *rules, size_t notes);

/* What the pages share. */

/** A clause's state; the order in which a measure's is chosen from them. */
enum rules_state {
    RULES_IN_FORCE,
    RULES_UPCOMING,
    RULES_PROPOSED,
    RULES_ENDED,
    RULES_NOT_ANNOUNCED,
    RULES_ONLY_LIST,
    RULES_STATE_COUNT
};

/** "in force", "upcoming", "proposed", "ended", "not announced", "list". */
const char *rules_state_name(enum rules_state state);
enum rules_state rules_clause_state(const struct rules_clause *clause,
                                    int32_t as_of);
enum rules_state rules_measure_state(const struct ruleset *rules,
                                     uint32_t measure, int32_t as_of);

/** The measure whose own list a clause's is; RULES_NONE for a list of the
    clause's own, or none. */
uint32_t rules_list_owner(const struct ruleset *rules,
                          struct rules_run listings);

/** " from 2023-05-21 until 2024", or nothing. */
void rules_page_span(struct strbuf *out, struct date_span from,
                     struct date_span until);
/** "Routers (telecom/router), Cameras (camera)". */
void rules_page_categories_of(struct strbuf *out, const struct ruleset *rules,
                              struct rules_run covers);
/** "Micron Technology, Inc. (micron, US)". */
void rules_page_party_name(struct strbuf *out, const struct ruleset *rules,
                           uint32_t party);
/** Under the heading "Sources": title, address, the day it was seen. */
void rules_page_sources(struct text_page *page, const struct ruleset *rules,
                        struct rules_run sources);

#endif
