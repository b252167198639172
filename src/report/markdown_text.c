#include "report/markdown_text.h"

#include "core/utf8.h"
#include "core/uri.h"

/* Signs that Markdown gives a meaning, somewhere in a line. */
static bool is_markup(char c) {
    return str_find_char(STR_LIT("\\`*_[]<>&|~$\"^"), c) >= 0;
}

/* Signs that begin a list, a heading or a quotation where a line starts. */
static bool begins_block(char c) {
    return str_find_char(STR_LIT("#>-+="), c) >= 0 || ascii_is_digit(c);
}

/* Behind these a name or number becomes a mention, a reference to an issue or
   the like, an emoji, or the rest of an address: sites look for them in the
   finished page, where an escape is no longer seen. An empty comment takes the
   two apart. */
static bool is_reference(char c, char next) {
    return str_find_char(STR_LIT("@#!$%~&^:"), c) >= 0 &&
           (ascii_is_alnum(next) || next == '/' || next == '_');
}

/* "GH-12" and "www.": references by a word. */
static bool ends_reference_word(struct str text, size_t at) {
    return (text.ptr[at] == '-' && at >= 2 &&
            str_eq_nocase(str_skip(str_take(text, at), at - 2),
                          STR_LIT("gh"))) ||
           (text.ptr[at] == '.' && at >= 3 &&
            str_eq_nocase(str_skip(str_take(text, at), at - 3),
                          STR_LIT("www")));
}

static struct str visible(struct strbuf *shown, struct str text,
                          size_t columns) {
    utf8_add_visible(shown, text, columns);
    return str_trim(strbuf_str(shown));
}

static void add_escaped(struct strbuf *out, struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i], next = i + 1 < text.len ? text.ptr[i + 1] : ' ';
        if (is_markup(c) || (i == 0 && begins_block(c)))
            strbuf_printf(out, "&#%d;", c);
        else
            strbuf_add_char(out, c);
        if (is_reference(c, next) || ends_reference_word(text, i))
            strbuf_add_text(out, "<!-- -->");
    }
}

void markdown_text(struct strbuf *out, struct str text, size_t columns) {
    struct strbuf shown = {.ptr = NULL};
    add_escaped(out, visible(&shown, text, columns));
    out->failed = out->failed || shown.failed;
    strbuf_dispose(&shown);
}

/* Code ends at as many backticks as it began with. */
static size_t longest_run(struct str text) {
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_fence(struct strbuf *out, size_t count) {
    while (count-- != 0)
        strbuf_add_char(out, '`');
}

void markdown_code(struct strbuf *out, struct str text, size_t columns) {
    struct strbuf shown = {.ptr = NULL};
    text = visible(&shown, text, columns);
    size_t fence = longest_run(text) + 1;
    const char *pad = fence == 1 ? "" : " ";
    if (text.len != 0) {
        add_fence(out, fence);
        strbuf_add_text(out, pad);
        strbuf_add(out, text);
        strbuf_add_text(out, pad);
        add_fence(out, fence);
    }
    out->failed = out->failed || shown.failed;
    strbuf_dispose(&shown);
}

/* What could end the address, or the page's line. */
static void add_address(struct strbuf *out, const char *url) {
    for (; *url != '\0'; url++) {
        unsigned char c = (unsigned char)*url;
        if (c <= ' ' || c >= 0x7f ||
            str_find_char(STR_LIT("()<>[]\\\"`|"), (char)c) >= 0)
            strbuf_printf(out, "%%%02X", c);
        else
            strbuf_add_char(out, (char)c);
    }
}

void markdown_link(struct strbuf *out, struct str text, const char *url) {
    bool linked = uri_is_web(str_from(url));
    strbuf_add_text(out, linked ? "[" : "");
    markdown_text(out, text, SIZE_MAX);
    if (!linked)
        return;
    strbuf_add_text(out, "](");
    add_address(out, url);
    strbuf_add_char(out, ')');
}
