#ifndef BOMGATE_CORE_DATE_H
#define BOMGATE_CORE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/str.h"

/* A day is an int32_t: days since 1970-01-01, proleptic Gregorian calendar. */
#define DATE_NONE INT32_MIN

/**
 * What a source says of a day: "2023-05-21", "2026-07" or "2006". A month or
 * a year is the span of days it could be; a day has first == last. Both are
 * DATE_NONE when nothing is said.
 */
struct date_span {
    int32_t first, last;
};

#define DATE_SPAN_NONE ((struct date_span){DATE_NONE, DATE_NONE})

/** Parse YYYY-MM-DD, years 1900 to 9999. @return false when it is no such day.
 */
NODISCARD bool date_parse(struct str text, int32_t *day);

/** Parse YYYY-MM-DD, YYYY-MM or YYYY. */
NODISCARD bool date_parse_span(struct str text, struct date_span *span);

/** "YYYY-MM-DD" and a NUL. */
#define DATE_TEXT_SIZE 16
void date_format(int32_t day, char text[DATE_TEXT_SIZE]);

/** A span as its source wrote it: a day, "2026-07" or "2006"; empty for
    DATE_SPAN_NONE. */
void date_format_span(struct date_span span, char text[DATE_TEXT_SIZE]);

/** Split into year, month 1..12, day 1..31. */
void date_split(int32_t day, int *year, int *month, int *mday);

/** The same day so many years later; of 29 February the 28th where there is
    none. Ends with the year 9999. */
int32_t date_add_years(int32_t day, unsigned years);

/** Today, UTC. */
int32_t date_today(void);

/** "YYYY-MM-DDTHH:MM:SSZ" and a NUL: a moment, UTC (RFC 3339). */
#define MOMENT_TEXT_SIZE 24
void moment_now(char text[MOMENT_TEXT_SIZE]);
/** Check a moment as it is written; of a day its first second. */
NODISCARD bool moment_parse(struct str text, char out[MOMENT_TEXT_SIZE]);

#endif
