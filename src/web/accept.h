#ifndef BOMGATE_WEB_ACCEPT_H
#define BOMGATE_WEB_ACCEPT_H

#include <stdbool.h>

#include "core/str.h"

/* Accept and its like, as RFC 9110 has them: what somebody takes, by weight. */

#define ACCEPT_WHOLE 1000U /* "q=1", which is meant where none is given */

struct accept_item {
    struct str name; /* "text/html", "zh-CN" */
    unsigned weight; /* 0: not at all */
};

/** Take the next one. @return false at the end. */
bool accept_next(struct str *rest, struct accept_item *item);

/** How much a media type is wanted. */
struct accept_rank {
    unsigned weight; /* of the most exact range that names it; 0: not at all */
    unsigned place;  /* of that range, from 0 */
};
struct accept_rank accept_rank(const char *accept, struct str type);

/** Whether one is wanted more: for its weight, or because it is named first. */
bool accept_is_before(struct accept_rank a, struct accept_rank b);

#endif
