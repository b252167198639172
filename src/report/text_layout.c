#include "report/text_layout.h"

#include "core/compiler.h"
#include "core/lang.h"
#include "core/utf8.h"

void text_page_dispose(struct text_page *page) {
    scratch_dispose(&page->text);
    scratch_dispose(&page->shown);
}

struct strbuf *text_start(struct text_page *page) {
    return scratch_start(&page->text);
}

bool text_page_ok(const struct text_page *page) {
    return scratch_ok(&page->text) && scratch_ok(&page->shown) &&
           !ferror(page->out);
}

static void put(struct text_page *page, struct str text) {
    fwrite(text.ptr, 1, text.len, page->out);
}

static void put_blanks(struct text_page *page, size_t count) {
    while (count-- != 0)
        fputc(' ', page->out);
}

/* The text as a terminal may see it, in the page's own buffer. */
static struct str visible(struct text_page *page, struct str text,
                          size_t columns) {
    struct strbuf *shown = scratch_start(&page->shown);
    utf8_add_visible(shown, text, columns);
    return strbuf_str(shown);
}

void text_cell(struct text_page *page, struct str text, size_t width) {
    struct str shown = visible(page, text, width);
    put(page, shown);
    put_blanks(page, width + 1 - utf8_width(shown));
}

void text_right(struct text_page *page, struct str text, size_t width) {
    struct str shown = visible(page, text, width);
    put_blanks(page, width - utf8_width(shown));
    put(page, shown);
}

void text_end_line(struct text_page *page) { fputc('\n', page->out); }

void text_last(struct text_page *page, struct str text, size_t width) {
    put(page, visible(page, text, width));
    text_end_line(page);
}

static const char *color_of(enum verdict verdict) {
    static const char *const colors[VERDICT_COUNT] = {
        [VERDICT_PROHIBITED] = "\033[1;31m",
        [VERDICT_UPCOMING] = "\033[35m",
        [VERDICT_RESTRICTED] = "\033[33m",
        [VERDICT_REVIEW] = "\033[36m",
        [VERDICT_UNKNOWN] = "\033[1m",
        [VERDICT_OUT_OF_SCOPE] = "",
        [VERDICT_CLEAR] = "",
    };
    return verdict < VERDICT_COUNT ? colors[verdict] : "";
}

void text_verdict(struct text_page *page, enum verdict verdict, size_t width) {
    const char *color = page->color ? color_of(verdict) : "";
    fputs(color, page->out);
    text_cell(page, str_from(tr(verdict_name(verdict))), width);
    if (color[0] != '\0')
        fputs("\033[0m", page->out);
}

/* Signs that end what stands before them, and such as begin what follows: a
   line neither begins with the ones nor ends with the others. */
static bool is_closing(uint32_t code) {
    static const uint32_t signs[] = {
        0x2019, /* ’ */ 0x201D,  /* ” */ 0x2026,  /* … */ 0x3001,  /* 、 */
        0x3002, /* 。 */ 0x300B, /* 》 */ 0xFF01, /* ！ */ 0xFF09, /* ） */
        0xFF0C, /* ， */ 0xFF1A, /* ： */ 0xFF1B, /* ； */ 0xFF1F, /* ？ */
    };
    for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
        if (code == signs[i])
            return true;
    }
    return code == ')' || code == ',' || code == '.' || code == ';';
}

static bool is_opening(uint32_t code) {
    return code == '(' || code == 0x2018 /* ‘ */ || code == 0x201C /* “ */ ||
           code == 0x300A /* 《 */ || code == 0xFF08 /* （ */;
}

/* A line may break at a blank, and beside a character of two columns: Chinese
   has no blanks. */
static bool may_break(uint32_t before, size_t before_width, uint32_t after,
                      size_t after_width) {
    if (before == ' ' || after == ' ')
        return true;
    return (before_width > 1 || after_width > 1) && !is_opening(before) &&
           !is_closing(after);
}

/* How many bytes stand on a line of so many columns; at least one character. */
static size_t break_at(struct str text, size_t room) {
    size_t len = 0, width = 0, best = 0, before_width = 0;
    uint32_t code, before = 0;
    while (len < text.len) {
        size_t taken = utf8_next(str_skip(text, len), &code);
        size_t own = utf8_width((struct str){text.ptr + len, taken});
        if (len != 0 && may_break(before, before_width, code, own))
            best = len;
        width += own;
        if (width > room && len != 0)
            return best != 0 ? best : len;
        len += taken;
        before = code;
        before_width = own;
    }
    return len;
}

void text_paragraph(struct text_page *page, const char *lead, size_t indent,
                    struct str text) {
    struct str rest = str_trim(visible(page, text, SIZE_MAX));
    size_t room = page->columns > indent + 20 ? page->columns - indent : 20;
    size_t lead_width = utf8_width(str_from(lead));
    fputs(lead, page->out);
    put_blanks(page, indent > lead_width ? indent - lead_width : 0);
    while (rest.len != 0) {
        size_t len = break_at(rest, room);
        put(page, str_trim(str_take(rest, len)));
        rest = str_trim(str_skip(rest, len));
        if (rest.len != 0) {
            text_end_line(page);
            put_blanks(page, indent);
        }
    }
    text_end_line(page);
}

void text_heading(struct text_page *page, struct str text) {
    if (page->color)
        fputs("\033[1m", page->out);
    text_paragraph(page, "", 0, text);
    if (page->color)
        fputs("\033[0m", page->out);
}
