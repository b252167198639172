#include "bom/slurp.h"

#include "core/lang.h"
#include "core/mem.h"

#include <string.h>

bool slurp(struct source *source, size_t limit, char **bytes, size_t *len,
           struct err *err) {
    void *all = NULL;
    size_t cap = 0, used = 0;
    struct str piece = STR_EMPTY;
    do {
        if (!source_read(source, &piece, err))
            goto fail;
        if (piece.len > limit - used) {
            err_set(err, ERR_LIMIT, tr("a workbook may have %zu bytes at most"),
                    limit);
            goto fail;
        }
        if (!mem_grow(&all, &cap, used + piece.len, 1)) {
            err_nomem(err);
            goto fail;
        }
        if (piece.len != 0)
            memcpy((char *)all + used, piece.ptr, piece.len);
        used += piece.len;
    } while (piece.len != 0);
    *bytes = all;
    *len = used;
    return true;

fail:
    mem_free(all);
    return false;
}
