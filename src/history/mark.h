#ifndef BOMGATE_HISTORY_MARK_H
#define BOMGATE_HISTORY_MARK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/digest.h"

/** What a recorded run is called by. */
struct history_mark {
    int64_t run;
    char head[DIGEST_HEX_SIZE]; /* of the chain, which it ends */
    bool is_old;                /* the report had been imported before */
};

#endif
