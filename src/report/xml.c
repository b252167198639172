#include "report/xml.h"

#include <stdint.h>

#include "core/utf8.h"

static const char *escape_of(uint32_t code) {
    switch (code) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\n':
        return "&#10;";
    case '\t':
        return "&#9;";
    default:
        /* U+FFFE and U+FFFF are characters of UTF-8, and none of XML. */
        return utf8_is_hostile(code) || code == 0xFFFD || code == 0xFFFE ||
                       code == 0xFFFF
                   ? "\xEF\xBF\xBD"
                   : NULL;
    }
}

void xml_put_text(FILE *out, struct str text) {
    while (text.len != 0) {
        uint32_t code;
        size_t taken = utf8_next(text, &code);
        const char *escape = escape_of(code);
        if (escape != NULL)
            fputs(escape, out);
        else
            fwrite(text.ptr, 1, taken, out);
        text = str_skip(text, taken);
    }
}

void xml_put_attribute(FILE *out, const char *name, struct str text) {
    fprintf(out, " %s=\"", name);
    xml_put_text(out, text);
    fputc('"', out);
}
