#define _DEFAULT_SOURCE /* fwrite_unlocked() */
#include "core/json_writer.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "core/date.h"
#include "core/utf8.h"

/* A document is mostly short pieces: without a lock and a call for each. */
static void put(FILE *out, const char *text, size_t len) {
    if (len > 12) {
        fwrite_unlocked(text, 1, len, out);
        return;
    }
    for (size_t i = 0; i < len; i++)
        putc_unlocked(text[i], out);
}

static void put_text(FILE *out, const char *text) {
    put(out, text, strlen(text));
}

static void new_line(struct json_writer *json, unsigned depth) {
    putc_unlocked('\n', json->out);
    for (unsigned i = 0; i < depth; i++)
        putc_unlocked(' ', json->out);
}

static void begin_item(struct json_writer *json) {
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->depth == 0)
        return;
    unsigned level = json->depth - 1;
    if (json->has_item[level])
        putc_unlocked(',', json->out);
    if (json->compact || json->inline_level[level]) {
        if (json->has_item[level])
            putc_unlocked(' ', json->out);
    } else {
        new_line(json, json->depth);
    }
    json->has_item[level] = true;
}

static void open_level(struct json_writer *json, char bracket) {
    begin_item(json);
    assert(json->depth < JSON_DEPTH_MAX);
    putc_unlocked(bracket, json->out);
    bool inherited = json->depth != 0 && json->inline_level[json->depth - 1];
    json->has_item[json->depth] = false;
    json->inline_level[json->depth] = inherited;
    json->depth++;
}

static void close_level(struct json_writer *json, char bracket) {
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    if (json->has_item[json->depth] && !json->compact &&
        !json->inline_level[json->depth])
        new_line(json, json->depth);
    putc_unlocked(bracket, json->out);
}

void json_open_object(struct json_writer *json) { open_level(json, '{'); }
void json_close_object(struct json_writer *json) { close_level(json, '}'); }
void json_open_array(struct json_writer *json) { open_level(json, '['); }
void json_close_array(struct json_writer *json) { close_level(json, ']'); }

void json_inline(struct json_writer *json) {
    assert(json->depth > 0 && !json->has_item[json->depth - 1]);
    json->inline_level[json->depth - 1] = true;
}

static void put_escape(struct json_writer *json, uint32_t code) {
    switch (code) {
    case '"':
        put_text(json->out, "\\\"");
        break;
    case '\\':
        put_text(json->out, "\\\\");
        break;
    case '\n':
        put_text(json->out, "\\n");
        break;
    case '\t':
        put_text(json->out, "\\t");
        break;
    default:
        fprintf(json->out, "\\u%04" PRIx32, code);
    }
}

/* ASCII that stands for itself: a set of bits. */
static bool is_plain(unsigned char c) {
    static const uint32_t plain[] = {
        0,          /* control characters */
        0xAFFFFFBB, /* but " & < > */
        0xEFFFFFFF, /* but \ */
        0x7FFFFFFF, /* but DEL */
    };
    return c < 0x80 && ((plain[c / 32] >> (c % 32)) & 1) != 0;
}

#if defined(__SSE2__)
#define BLOCK 16

/* The bytes of a block, as bits, that is_plain() may not be true of. */
static unsigned other_bytes(const char *block) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)block);
    static const char special[] = {'"', '&', '<', '>', '\\', 0x7F};
    /* Signed: what is not ASCII is below zero. */
    __m128i other = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
    for (size_t i = 0; i < sizeof(special); i++)
        other = _mm_or_si128(other,
                             _mm_cmpeq_epi8(bytes, _mm_set1_epi8(special[i])));
    return (unsigned)_mm_movemask_epi8(other);
}

static size_t plain_blocks(struct str text) {
    size_t len = 0;
    while (len + BLOCK <= text.len && other_bytes(text.ptr + len) == 0)
        len += BLOCK;
    return len;
}
#else
static size_t plain_blocks(struct str text) {
    (void)text;
    return 0;
}
#endif

/* How much of the text begins it that needs no escape. */
static size_t plain_len(struct str text) {
    size_t len = plain_blocks(text);
    while (len < text.len) {
        if (is_plain((unsigned char)text.ptr[len])) {
            len++;
            continue;
        }
        if ((unsigned char)text.ptr[len] < 0x80)
            break;
        uint32_t code;
        size_t taken = utf8_next(str_skip(text, len), &code);
        if (utf8_is_hostile(code) || (taken == 1 && code == 0xFFFD))
            break;
        len += taken;
    }
    return len;
}

static void put_string(struct json_writer *json, struct str text) {
    putc_unlocked('"', json->out);
    for (;;) {
        size_t plain = plain_len(text);
        put(json->out, text.ptr, plain);
        text = str_skip(text, plain);
        if (text.len == 0)
            break;
        uint32_t code;
        size_t taken = utf8_next(text, &code);
        if (taken == 1 && code == 0xFFFD)
            put_text(json->out, "\xEF\xBF\xBD");
        else
            put_escape(json, code);
        text = str_skip(text, taken);
    }
    putc_unlocked('"', json->out);
}

void json_key(struct json_writer *json, const char *key) {
    begin_item(json);
    put_string(json, str_from(key));
    put(json->out, ": ", 2);
    json->after_key = true;
}

void json_str(struct json_writer *json, struct str text) {
    begin_item(json);
    put_string(json, text);
}

void json_text(struct json_writer *json, const char *text) {
    if (text == NULL)
        json_none(json);
    else
        json_str(json, str_from(text));
}

void json_int(struct json_writer *json, int64_t value) {
    begin_item(json);
    fprintf(json->out, "%" PRId64, value);
}

void json_bool(struct json_writer *json, bool value) {
    begin_item(json);
    put_text(json->out, value ? "true" : "false");
}

void json_none(struct json_writer *json) {
    begin_item(json);
    put_text(json->out, "null");
}

void json_fixed(struct json_writer *json, double value, unsigned decimals) {
    begin_item(json);
    int64_t scale = 1;
    for (unsigned i = 0; i < decimals; i++)
        scale *= 10;
    bool negative = value < 0;
    double scaled = (negative ? -value : value) * (double)scale;
    int64_t units = (int64_t)(scaled + 0.5);
    fprintf(json->out, "%s%" PRId64, negative && units != 0 ? "-" : "",
            units / scale);
    if (decimals != 0)
        fprintf(json->out, ".%0*" PRId64, (int)decimals, units % scale);
}

void json_date(struct json_writer *json, int32_t day) {
    if (day == DATE_NONE) {
        json_none(json);
        return;
    }
    char text[DATE_TEXT_SIZE];
    date_format(day, text);
    json_text(json, text);
}

void json_finish(struct json_writer *json) {
    assert(json->depth == 0);
    putc_unlocked('\n', json->out);
}

void json_put_str(struct json_writer *json, const char *key, struct str text) {
    json_key(json, key);
    json_str(json, text);
}

void json_put_text(struct json_writer *json, const char *key,
                   const char *text) {
    json_key(json, key);
    json_text(json, text);
}

void json_put_int(struct json_writer *json, const char *key, int64_t value) {
    json_key(json, key);
    json_int(json, value);
}

void json_put_bool(struct json_writer *json, const char *key, bool value) {
    json_key(json, key);
    json_bool(json, value);
}

void json_put_null(struct json_writer *json, const char *key) {
    json_key(json, key);
    json_none(json);
}

void json_put_date(struct json_writer *json, const char *key, int32_t day) {
    json_key(json, key);
    json_date(json, day);
}

void json_put_optional(struct json_writer *json, const char *key,
                       struct str text) {
    json_key(json, key);
    if (text.len == 0)
        json_none(json);
    else
        json_str(json, text);
}
