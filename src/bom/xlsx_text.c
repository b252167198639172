#include "bom/xlsx_book.h"

#include "core/utf8.h"

#include <string.h>

static const char *const main_namespaces[] = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main|",
    "http://purl.oclc.org/ooxml/spreadsheetml/main|",
};

const char *xlsx_element(const char *name) {
    for (size_t i = 0; i < ARRAY_LEN(main_namespaces); i++) {
        size_t len = strlen(main_namespaces[i]);
        if (strncmp(name, main_namespaces[i], len) == 0)
            return name + len;
    }
    return "";
}

static int hex_digit(char c) {
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "_x000D_" at the start of `text`. */
static bool escape_at(struct str text, uint32_t *code) {
    *code = 0;
    if (text.len < 7 || text.ptr[0] != '_' || text.ptr[1] != 'x' ||
        text.ptr[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_digit(text.ptr[i]);
        if (digit < 0)
            return false;
        *code = *code * 16 + (uint32_t)digit;
    }
    return *code != 0 && (*code < 0xD800 || *code > 0xDFFF);
}

void xlsx_text_add(struct strbuf *out, struct str text) {
    ptrdiff_t at;
    while ((at = str_find(text, STR_LIT("_x"))) >= 0) {
        uint32_t code;
        strbuf_add(out, str_take(text, (size_t)at));
        text = str_skip(text, (size_t)at);
        if (escape_at(text, &code)) {
            utf8_add(out, code);
            text = str_skip(text, 7);
        } else {
            strbuf_add(out, str_take(text, 2));
            text = str_skip(text, 2);
        }
    }
    strbuf_add(out, text);
}

void xlsx_text_start(struct xlsx_text *collector, const char *local) {
    if (strcmp(local, "rPh") == 0)
        collector->phonetic++;
    else if (strcmp(local, "t") == 0 && collector->phonetic == 0)
        collector->inside = true;
}

void xlsx_text_end(struct xlsx_text *collector, const char *local) {
    if (strcmp(local, "rPh") == 0)
        collector->phonetic--;
    else if (strcmp(local, "t") == 0)
        collector->inside = false;
}

void xlsx_text_piece(struct xlsx_text *collector, struct str piece) {
    /* What is over the limit shows, and no more of it is held. */
    if (collector->inside && collector->text.len <= XLSX_TEXT_MAX)
        strbuf_add(&collector->text, piece);
}
