#ifndef BOMGATE_REPORT_TEXT_LINES_H
#define BOMGATE_REPORT_TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/report.h"
#include "report/text_layout.h"

/* How many explanations are remembered, to say them once. */
#define TEXT_BLOCKS 64

/** The table of flagged lines of a BOM. */
struct text_table {
    size_t line, refdes, maker, mpn, verdict, from; /* widths */
    struct scratch block; /* the explanation being composed */
    uint64_t hashes[TEXT_BLOCKS];
    uint32_t lines[TEXT_BLOCKS]; /* where each was said */
    size_t block_count;
};

/** For a page of that width; free with text_table_dispose(). */
struct text_table text_table_for(size_t columns);
void text_table_dispose(struct text_table *table);

/** The table's header; forgets what was explained before. */
void text_table_head(struct text_page *page, struct text_table *table);

/**
 * One row for each part of the line that is flagged, and below it why, what to
 * do and what to buy instead, or where that was said already.
 */
void text_table_line(struct text_page *page, struct text_table *table,
                     const struct run_info *run,
                     const struct report_line *line);

/** One row a part, for a line that nothing flags. */
void text_table_plain(struct text_page *page, const struct text_table *table,
                      const struct report_line *line);

/** True when text_table_line() would write something. */
bool text_line_is_flagged(const struct report_line *line);

#endif
