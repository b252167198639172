#ifndef BOMGATE_REPORT_MARKDOWN_ENTRY_H
#define BOMGATE_REPORT_MARKDOWN_ENTRY_H

#include <stddef.h>
#include <stdint.h>

#include "report/report.h"
#include "report/scratch.h"

/* GitHub refuses a comment of more characters, and counts no more of them than
   there are bytes. */
#define MARKDOWN_MAX 65536

/* Explanations that are remembered, to give them once. */
#define MARKDOWN_SAID 128

/**
 * What somebody must act on, part by part, as long as it can find room in a
 * comment; the worst is written first. A zeroed struct is valid.
 */
struct markdown_entries {
    struct strbuf kept[VERDICT_COUNT]; /* each ends with a NUL */
    uint32_t counts[VERDICT_COUNT];    /* the parts, kept or not */
    struct scratch body, text;
    uint64_t hashes[MARKDOWN_SAID];
    uint32_t lines[MARKDOWN_SAID];
    size_t said_count;
};

/** Keep what is said of a line that is neither waived nor in the baseline. */
void markdown_entries_add(struct markdown_entries *entries,
                          const struct run_info *run,
                          const struct report_line *line);

/** The lines of the BOM that begins are not those of the one before. */
void markdown_entries_bom(struct markdown_entries *entries);

/**
 * Append whole entries, worst first, in at most `room` bytes.
 *
 * @return how many found no room.
 */
size_t markdown_entries_put(struct strbuf *out,
                            const struct markdown_entries *entries,
                            size_t room);

/** How many there are. */
size_t markdown_entries_count(const struct markdown_entries *entries);

/** False when memory ran out. */
bool markdown_entries_ok(const struct markdown_entries *entries);

void markdown_entries_dispose(struct markdown_entries *entries);

#endif
