#ifndef BOMGATE_REPORT_TODO_H
#define BOMGATE_REPORT_TODO_H

#include "core/date.h"
#include "core/lang.h"
#include "report/groups.h"
#include "report/quantity_sum.h"
#include "report/report.h"
#include "report/scratch.h"

/* Nobody works through more parts than this; what is beyond is counted. */
#define TODO_PARTS_MAX 5000
#define TODO_ACTIONS_MAX 4
#define TODO_WORDS_MAX 8

#define TODO_NOTHING N_("Nothing was flagged, so nothing is asked of anybody.")

/** Distinct texts in the order in which they came up. */
struct todo_words {
    struct str items[TODO_WORDS_MAX];
    size_t count;
    bool more;
};

/** What is to be done about a part, whatever the lines that it stands on. Texts
    of several lines are lists. */
struct todo_part {
    enum verdict worst;
    struct str maker, mpn, facts;
    struct date_span from; /* of the worst */
    struct quantity_sum quantity;
    struct todo_words profiles, measures, actions;
    struct str instead, check, excluded;
};

/** The flagged findings summed up by part, in bounded memory; each group's
    `data` is a struct todo_part. */
struct todo {
    struct groups parts;
    struct strbuf key;
    struct scratch text;
    uint32_t marker;
};

void todo_init(struct todo *todo);
void todo_line(struct todo *todo, const struct run_info *run,
               const struct report_line *line);
/** Order the parts, the worst first; nothing may be added any more. */
void todo_sort(struct todo *todo);
/** False when memory ran out. */
bool todo_ok(const struct todo *todo);
void todo_dispose(struct todo *todo);

/** The words, with `between` between them, and that there are more. */
void todo_add_words(struct strbuf *out, const struct todo_words *words,
                    const char *between);
/** How many lines of parts beyond TODO_PARTS_MAX stand only in the list of
    findings; nothing when there are none. */
void todo_add_beyond(struct strbuf *out, const struct todo *todo);

#endif
