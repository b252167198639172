#ifndef BOMGATE_HISTORY_AUDIT_PERIOD_H
#define BOMGATE_HISTORY_AUDIT_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/**
 * The days that an audit is about, both inclusive: a quarter of a year that
 * begins with `start`, or any number of days.
 */
struct audit_period {
    int32_t from, to;
    int year, quarter; /* the calendar year in which the fiscal year begins;
                          quarter 0: only days */
    unsigned start;    /* the fiscal year's first month, 1..12 */
};

/** Days in a period at most: ten years. */
#define AUDIT_DAYS_MAX 3660

/** "2026Q3", years 1970 to 9990. */
NODISCARD bool audit_period_quarter(struct audit_period *out, struct str text,
                                    unsigned start, struct err *err);
/** From one day to another, not before 1970. */
NODISCARD bool audit_period_days(struct audit_period *out, int32_t from,
                                 int32_t to, struct err *err);
/** The last quarter that has ended before a day. */
struct audit_period audit_period_ended(int32_t day, unsigned start);

/** The quarter, or as many days, before it and after it. */
struct audit_period audit_period_before(const struct audit_period *period);
struct audit_period audit_period_after(const struct audit_period *period);

#define AUDIT_PERIOD_NAME_SIZE 32
/** "2026Q3", or "2026-07-01 to 2026-08-15". */
void audit_period_name(const struct audit_period *period,
                       char out[AUDIT_PERIOD_NAME_SIZE]);

#endif
