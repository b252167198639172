#ifndef BOMGATE_REPORT_HTML_SECTIONS_H
#define BOMGATE_REPORT_HTML_SECTIONS_H

#include <stdio.h>

#include "core/compiler.h"
#include "core/err.h"
#include "report/contents.h"
#include "report/html_page.h"
#include "report/report.h"
#include "report/tally.h"
#include "report/todo.h"
#include "report/unknowns.h"

/* The sections of the HTML report, one file each. */

/** The alarm, the headline, what was declared, and the counts. */
void html_summary(struct html *html, const struct run_info *run,
                  const struct run_totals *totals);

/** What to do: the flagged findings summed up, one row a part. */
void html_todo(struct html *html, const struct todo *todo,
               const struct run_totals *totals);

/** Flagged: a row for what a rule says of a part; each verdict a list to open
    and close. They wait in temporary files. A zeroed struct is valid. */
struct html_flagged {
    FILE *spools[VERDICT_COUNT];
    uint32_t rows[VERDICT_COUNT];
};
NODISCARD bool html_flagged_line(struct html_flagged *flagged,
                                 struct html *html, const struct run_info *run,
                                 const struct report_line *line,
                                 struct err *err);
NODISCARD bool html_flagged_put(struct html_flagged *flagged, struct html *html,
                                struct err *err);
void html_flagged_dispose(struct html_flagged *flagged);

/** Measures: one row for each that was asked. */
void html_measures(struct html *html, const struct run_info *run,
                   const struct run_totals *totals, const struct tally *tally);

/** Waivers: one row for each that was read; nothing when there are none. */
void html_waivers(struct html *html, const struct run_totals *totals);

/* A page is read from top to bottom; the Excel report has all. */
#define HTML_CONTENTS_SHOWN 500

/** The parts of which a measure asks what is inside. */
void html_contents(struct html *html, const struct run_info *run,
                   const struct run_totals *totals, struct contents_sums *sums);

/** Coverage: how the files were read, and what could not be compared. */
void html_coverage(struct html *html, const struct run_totals *totals,
                   const struct unknowns *unknowns);

#endif
