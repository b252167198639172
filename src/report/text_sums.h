#ifndef BOMGATE_REPORT_TEXT_SUMS_H
#define BOMGATE_REPORT_TEXT_SUMS_H

#include <stdint.h>

#include "report/groups.h"
#include "report/report.h"
#include "report/text_layout.h"

/**
 * What the text report sums up instead of listing line by line: lines without
 * a known maker, and lines whose maker is listed while nothing binds.
 */
struct text_sums {
    struct groups unknown; /* of one BOM */
    uint32_t unknown_lines;
    struct groups scope; /* of the run */
    uint32_t marker;     /* number of the current line */
    struct strbuf text;
};

void text_sums_init(struct text_sums *sums);
void text_sums_dispose(struct text_sums *sums);
/** False when memory ran out. */
bool text_sums_ok(const struct text_sums *sums);

/** Count a line into whatever it belongs to. */
void text_sums_add(struct text_sums *sums, const struct run_info *run,
                   const struct report_line *line);

/** Write what this BOM's unknown lines have in common, and forget them. */
void text_sums_unknown(struct text_page *page, struct text_sums *sums);

/** Write the makers that are listed while nothing binds; `with_bom`: there are
    several BOMs to tell apart. */
void text_sums_scope(struct text_page *page, const struct text_sums *sums,
                     bool with_bom);

#endif
