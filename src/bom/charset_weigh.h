#ifndef BOMGATE_BOM_CHARSET_WEIGH_H
#define BOMGATE_BOM_CHARSET_WEIGH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/**
 * Each of these weighs the character at `at`, whose first byte is above 0x7f,
 * as one encoding has it.
 *
 * @param[out] weight  0, never seen in a parts list, to 100, usual there.
 * @return the character's length, or 0 when it is none.
 */
typedef size_t charset_weigh(struct str text, size_t at, size_t *weight);

charset_weigh charset_weigh_1252;
charset_weigh charset_weigh_1250;
charset_weigh charset_weigh_1251;
charset_weigh charset_weigh_gb18030;
charset_weigh charset_weigh_big5;
charset_weigh charset_weigh_shift_jis;
charset_weigh charset_weigh_euc_kr;

enum charset_frequent {
    FREQUENT_GB,
    FREQUENT_KR,
    FREQUENT_BIG5,
    FREQUENT_JIS,
};

/** Is the pair of bytes a character that is frequent in parts lists? */
bool charset_is_frequent(enum charset_frequent table, int lead, int trail);

#endif
