#ifndef BOMGATE_CORE_JSON_WRITER_H
#define BOMGATE_CORE_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/str.h"

#define JSON_DEPTH_MAX 32 /* the deepest report nests 8 levels */

/**
 * A streaming JSON writer over a FILE. Bytes that are no UTF-8 become U+FFFD;
 * control, direction and HTML-critical characters are escaped, so that the
 * text is safe in a terminal and inside a page too. A failed write is kept in
 * the FILE (ferror); nesting faults are programming errors (assert).
 */
struct json_writer {
    FILE *out;
    bool compact; /* everything on one line */
    unsigned depth;
    bool has_item[JSON_DEPTH_MAX];
    bool inline_level[JSON_DEPTH_MAX];
    bool after_key;
};

#define JSON_WRITER(file) ((struct json_writer){.out = (file)})

void json_open_object(struct json_writer *json);
void json_close_object(struct json_writer *json);
void json_open_array(struct json_writer *json);
void json_close_array(struct json_writer *json);
/** Keep what this object or array holds on one line. Call right after open. */
void json_inline(struct json_writer *json);
void json_key(struct json_writer *json, const char *key);
void json_str(struct json_writer *json, struct str text);
/** NULL writes null. */
void json_text(struct json_writer *json, const char *text);
void json_int(struct json_writer *json, int64_t value);
void json_bool(struct json_writer *json, bool value);
/** Writes null. (jansson has a json_null() of its own.) */
void json_none(struct json_writer *json);
/** With `decimals` digits after the point, independent of the locale. */
void json_fixed(struct json_writer *json, double value, unsigned decimals);
/** A day as "YYYY-MM-DD"; DATE_NONE writes null. */
void json_date(struct json_writer *json, int32_t day);
/** End the document with a line break; asserts that all levels are closed. */
void json_finish(struct json_writer *json);

/* Key and value in one call. */
void json_put_str(struct json_writer *json, const char *key, struct str text);
void json_put_text(struct json_writer *json, const char *key, const char *text);
void json_put_int(struct json_writer *json, const char *key, int64_t value);
void json_put_bool(struct json_writer *json, const char *key, bool value);
void json_put_null(struct json_writer *json, const char *key);
void json_put_date(struct json_writer *json, const char *key, int32_t day);
/** Empty text writes null. */
void json_put_optional(struct json_writer *json, const char *key,
                       struct str text);

#endif
