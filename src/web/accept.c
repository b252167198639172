#include "web/accept.h"

/* "0.75"; what is no weight is taken for a whole one. */
static unsigned weight_of(struct str text) {
    unsigned weight = 0, place = ACCEPT_WHOLE;
    for (size_t i = 0; i < text.len && i < 5; i++) {
        char c = text.ptr[i];
        if (c == '.' && i == 1)
            continue;
        if (c < '0' || c > '9')
            return ACCEPT_WHOLE;
        weight += (unsigned)(c - '0') * place;
        place /= 10;
    }
    return text.len == 0 || weight > ACCEPT_WHOLE ? ACCEPT_WHOLE : weight;
}

bool accept_next(struct str *rest, struct accept_item *item) {
    struct str one, part;
    while (str_split(rest, ',', &one)) {
        *item = (struct accept_item){.weight = ACCEPT_WHOLE};
        if (str_split(&one, ';', &part))
            item->name = str_trim(part);
        while (str_split(&one, ';', &part)) {
            part = str_trim(part);
            if (str_eq_nocase(str_take(part, 2), STR_LIT("q=")))
                item->weight = weight_of(str_skip(part, 2));
        }
        if (item->name.len != 0)
            return true;
    }
    return false;
}

/* 0: not at all, 1: any, 2: any of that kind, 3: that type. */
static int exactness(struct str range, struct str type) {
    if (str_eq_nocase(range, type))
        return 3;
    if (str_eq(range, STR_LIT("*/*")))
        return 1;
    size_t kind = range.len == 0 ? 0 : range.len - 1;
    return kind != 0 && str_ends(range, STR_LIT("/*")) &&
                   str_eq_nocase(str_take(range, kind), str_take(type, kind))
               ? 2
               : 0;
}

struct accept_rank accept_rank(const char *accept, struct str type) {
    struct accept_rank rank = {.weight = 0};
    struct str rest = str_from(accept);
    struct accept_item item;
    int best = 0;
    for (unsigned place = 0; accept_next(&rest, &item); place++) {
        int exact = exactness(item.name, type);
        if (exact > best) {
            best = exact;
            rank = (struct accept_rank){item.weight, place};
        }
    }
    return rank;
}

bool accept_is_before(struct accept_rank a, struct accept_rank b) {
    return a.weight != b.weight ? a.weight > b.weight
                                : a.weight != 0 && a.place < b.place;
}
