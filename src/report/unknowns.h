#ifndef BOMGATE_REPORT_UNKNOWNS_H
#define BOMGATE_REPORT_UNKNOWNS_H

#include "report/groups.h"
#include "core/lang.h"
#include "report/report.h"
#include "report/scratch.h"

/* What a person goes through to name makers; what is beyond is counted. */
#define UNKNOWNS_MAX 5000

#define UNKNOWNS_TITLE                                                         \
    N_("Parts whose maker is not known: never counted as clear")

/** What lines that name the same unknown maker and part have in common. */
struct unknown_part {
    struct str maker, mpn, why;
};

/** The parts whose maker is not known, in bounded memory; each group's `data`
    is a struct unknown_part. */
struct unknowns {
    struct groups parts;
    struct strbuf key;
    struct scratch text;
    uint32_t marker;
};

void unknowns_init(struct unknowns *unknowns);
void unknowns_line(struct unknowns *unknowns, const struct run_info *run,
                   const struct report_line *line);
/** False when memory ran out. */
bool unknowns_ok(const struct unknowns *unknowns);
void unknowns_dispose(struct unknowns *unknowns);

#endif
