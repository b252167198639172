#ifndef BOMGATE_REPORT_WAIVER_FORM_H
#define BOMGATE_REPORT_WAIVER_FORM_H

#include "report/report.h"

/* What stands in a form for what only a person can say; a waiver that still has
   one of them is no decision. */
#define WAIVER_BLANK_PARTY "PARTY"
#define WAIVER_BLANK_MPN "PART-NUMBER"
#define WAIVER_BLANK_KIND "KIND"
#define WAIVER_BLANK_REASON "WHY"
#define WAIVER_BLANK_EXPIRES "YYYY-MM-DD"
#define WAIVER_BLANK_APPROVED_BY "WHO"

/**
 * A waiver for a finding, in its BOM alone, to paste into the file of waivers
 * and to fill in, with a line break after each line; nothing where nothing
 * tells the part.
 */
void report_waiver_form(struct strbuf *out, const struct run_info *run,
                        const struct bom_info *bom,
                        const struct finding *finding);

/** "pending: exception for cn-cac-micron-2023, MT41K256M16; until …" and where
    it is written. */
void report_waiver_told(struct strbuf *out, const struct waiver *waiver);

/** A file in the repository's root is written "./bom.csv": "bom.csv" alone is
    the product of every file of that name. */
#define WAIVER_HERE "./"

/** A BOM's place as a waiver's `product` names it. */
void waiver_place(struct strbuf *out, const char *place);

#endif
