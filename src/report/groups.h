#ifndef BOMGATE_REPORT_GROUPS_H
#define BOMGATE_REPORT_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/map.h"
#include "core/str.h"
#include "report/report.h"

/** Places of a group that are kept in words; the others are only counted. */
#define GROUP_PLACES 5

/** Where a line is: the name of its BOM's file, and where in it. */
struct group_place {
    struct str bom, where;
};

/** What is the same about several lines, said once. */
struct group {
    struct str key;
    uint32_t lines;  /* in how many lines it came up, each counted once */
    uint32_t marker; /* of the last line counted */
    bool first;      /* groups_at() has just counted a new line */
    struct group_place places[GROUP_PLACES];
    size_t place_count;
    void *data; /* the user's, from the groups' arena; NULL at first */
};

/**
 * Lines summed up by a key, in bounded memory. A zeroed struct is valid and
 * empty. Pointers to a group are valid until the next groups_at().
 */
struct groups {
    struct arena arena;
    struct map map;
    struct group *items; /* in the order in which they came up */
    size_t count, cap;
    size_t limit;    /* at most so many; set by the owner */
    uint32_t beyond; /* lines of groups that found no room */
    uint32_t beyond_marker;
    bool failed; /* memory ran out */
};

/**
 * The group of `key`, made when there is none yet, with this line counted.
 *
 * @param marker  The same for one line, different for the next; never 0.
 * @return NULL beyond the limit or without memory.
 */
struct group *groups_at(struct groups *groups, struct str key, uint32_t marker);

/**
 * A key for the part of a finding: its number and who made it, so that
 * "K4A8G165WC-BCTD" and "K4A8G165WCBCTD" are one.
 *
 * @param[out] out  Cleared first; fails when memory is out.
 */
void group_part_key(struct strbuf *out, const struct finding *finding);

/** Keep where a line is, while there is room and it was just counted. */
void groups_add_place(struct groups *groups, struct group *group,
                      const struct report_line *line);

/** "U3, U4, U9 and 5 more lines"; `with_bom`: "a.csv: U3, b.csv: U3". */
void group_places(struct strbuf *out, const struct group *group, bool with_bom);

/** Free it; usable again. */
void groups_dispose(struct groups *groups);

#endif
