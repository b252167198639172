#include "run/refdes_count.h"

#include <string.h>

#define RANGE_MAX 10000 /* designators of "C1-C9999" */

/* "C12": its letters, and its number; without either it is only a name. */
struct designator {
    struct str letters;
    unsigned long number;
    bool numbered;
};

static struct designator split(struct str text) {
    size_t digits = 0;
    while (digits < text.len && ascii_is_digit(text.ptr[text.len - digits - 1]))
        digits++;
    struct str number = str_skip(text, text.len - digits);
    return (struct designator){
        .letters = str_take(text, text.len - digits),
        .number = str_number(number),
        .numbered = digits != 0 && digits <= 6 && digits != text.len,
    };
}

/* "C3-C6", "C3-6": both ends. False for "J1-A", which is one name. */
static bool split_range(struct str token, struct designator *first,
                        struct designator *last) {
    ptrdiff_t dash = str_find_char(token, '-');
    if (dash <= 0)
        return false;
    struct str end = str_skip(token, (size_t)dash + 1);
    *first = split(str_take(token, (size_t)dash));
    *last = split(end);
    if (str_is_digits(end) && end.len != 0 && end.len <= 6)
        *last = (struct designator){first->letters, str_number(end), true};
    return first->numbered && last->numbered &&
           str_eq_nocase(first->letters, last->letters) &&
           last->number > first->number &&
           last->number - first->number < RANGE_MAX;
}

static bool is_in_range(struct str name, const struct designator *first,
                        const struct designator *last) {
    struct designator one = split(name);
    return one.numbered && str_eq_nocase(one.letters, first->letters) &&
           one.number >= first->number && one.number <= last->number;
}

static void count_token(struct str token, const struct product_words *names,
                        const char *path, struct refdes_count *count) {
    struct designator first = {.numbered = false}, last = first;
    bool range = split_range(token, &first, &last);
    count->all += range ? last.number - first.number + 1 : 1;
    for (size_t i = 0; names != NULL && i < names->count; i++) {
        const char *bom = names->items[i].bom;
        if (bom != NULL && strcmp(bom, path) != 0)
            continue;
        struct str name = str_trim(str_from(names->items[i].text));
        count->named += range ? is_in_range(name, &first, &last)
                              : str_eq_nocase(name, token);
    }
}

static bool separates(char c) {
    return c == ',' || c == ';' || c == ' ' || c == '\t' || c == '\n' ||
           c == '\r' || c == '|';
}

struct refdes_count refdes_count(struct str cell,
                                 const struct product_words *names,
                                 const char *path) {
    struct refdes_count count = {0, 0};
    size_t at = 0;
    while (at < cell.len) {
        size_t start = at;
        while (at < cell.len && !separates(cell.ptr[at]))
            at++;
        if (at > start)
            count_token((struct str){cell.ptr + start, at - start}, names, path,
                        &count);
        at++;
    }
    return count;
}
