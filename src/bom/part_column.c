#include "bom/bom.h"
#include "core/utf8.h"

static bool goes_on(struct str row, size_t at) {
    return at < row.len && ascii_is_alnum(row.ptr[at]);
}

/* Where `text` stands by itself: "LM358" is no word of "LM358DR". */
static ptrdiff_t find_word(struct str row, struct str text) {
    size_t from = 0;
    ptrdiff_t found;
    while ((found = str_find(str_skip(row, from), text)) >= 0) {
        size_t at = from + (size_t)found;
        if ((at == 0 || !goes_on(row, at - 1)) && !goes_on(row, at + text.len))
            return (ptrdiff_t)at;
        from = at + 1;
    }
    return -1;
}

uint32_t bom_part_column(const struct bom_part *part) {
    struct str text = str_trim(part->mpn);
    if (text.len == 0)
        text = str_trim(part->manufacturer);
    ptrdiff_t at = text.len == 0 ? -1 : find_word(part->row, text);
    if (at < 0)
        return 0;
    /* A line break in a cell before it: it stands on another line. */
    struct str before = str_take(part->row, (size_t)at);
    if (str_find_char(before, '\n') >= 0 || str_find_char(before, '\r') >= 0)
        return 0;
    return (uint32_t)utf8_count(before) + 1;
}
