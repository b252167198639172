/* Text from a BOM stays harmless in JSON, on a terminal and in a message. */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/err.h"
#include "core/json_writer.h"
#include "core/utf8.h"
#include "fuzz.h"

static bool has_control(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 || c == 0x7f)
            return true;
    }
    return false;
}

static void check_repair(struct str text) {
    struct strbuf once = {.ptr = NULL}, twice = {.ptr = NULL};
    size_t replaced = utf8_repair(&once, text);
    must(utf8_valid(strbuf_str(&once)), "repaired text is valid");
    must((replaced == 0) == utf8_valid(text), "only broken text is changed");
    must(utf8_repair(&twice, strbuf_str(&once)) == 0, "repair is done once");
    must(str_eq(strbuf_str(&once), strbuf_str(&twice)), "repair is stable");
    must(utf8_count(text) == utf8_count(strbuf_str(&once)),
         "a broken byte counts as one character");
    strbuf_dispose(&once);
    strbuf_dispose(&twice);
}

static void check_visible(struct str text) {
    for (size_t columns = 0; columns < 12; columns += 3) {
        struct strbuf out = {.ptr = NULL};
        utf8_add_visible(&out, text, columns);
        must(utf8_width(strbuf_str(&out)) <= columns, "cut to the columns");
        must(utf8_valid(strbuf_str(&out)), "visible text is valid");
        must(!has_control(strbuf_str(&out)), "visible text steers nothing");
        strbuf_dispose(&out);
    }
}

static void check_json(struct str text) {
    char *written = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&written, &len);
    must(out != NULL, "memory");
    struct json_writer json = JSON_WRITER(out);
    json_str(&json, text);
    fclose(out);
    struct str all = {written, len};
    must(len >= 2 && utf8_valid(all) && !has_control(all), "JSON is text");
    bool escaped = false;
    for (size_t i = 1; i + 1 < len; i++) {
        must(escaped || written[i] != '"', "no quote inside");
        must(strchr("<>&", written[i]) == NULL, "no markup inside");
        escaped = !escaped && written[i] == '\\';
    }
    must(!escaped && written[len - 1] == '"', "the string is closed");
    free(written);
}

static void check_err(struct str text) {
    struct err err = ERR_INIT;
    char line[sizeof(err.msg) + sizeof(err.file) + 32];
    err_set(&err, ERR_SYNTAX, "%.*s", STR_ARG(text));
    err_at(&err, "bom.csv", 1, 1);
    err_format(&err, line, sizeof(line));
    must(!has_control(str_from(line)), "a message is one line");
}

static void check_date(struct str text) {
    struct date_span span;
    char again[DATE_TEXT_SIZE];
    if (!date_parse_span(text, &span))
        return;
    must(span.first <= span.last && span.last - span.first <= 365,
         "a span is a year at most");
    date_format(span.first, again);
    must(str_starts(str_from(again), text), "a date is read as written");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    check_repair(text);
    check_visible(text);
    check_json(text);
    check_err(text);
    check_date(text);
    return 0;
}
