#include "core/uri.h"

bool uri_is_absolute(const char *path) { return path[0] == '/'; }

/* A colon could be taken for the end of a scheme: "a:b.csv". */
static bool is_plain(char c) {
    return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~' ||
           c == '/';
}

void uri_add_path(struct strbuf *out, const char *path) {
    struct str rest = str_from(path);
    if (uri_is_absolute(path))
        strbuf_add_text(out, "file://");
    while (str_starts(rest, STR_LIT("./")))
        rest = str_skip(rest, 2);
    for (size_t i = 0; i < rest.len; i++) {
        if (is_plain(rest.ptr[i]))
            strbuf_add_char(out, rest.ptr[i]);
        else
            strbuf_printf(out, "%%%02X", (unsigned char)rest.ptr[i]);
    }
}

bool uri_is_web(struct str text) {
    bool web = str_starts(text, STR_LIT("https://")) ||
               str_starts(text, STR_LIT("http://"));
    for (size_t i = 0; web && i < text.len; i++)
        web = text.ptr[i] > ' ' && text.ptr[i] < 0x7f;
    return web;
}
