#include "report/ranked.h"

#include <string.h>

#include "report/spool.h"

bool ranked_add(struct ranked *ranked, enum verdict verdict, FILE **out,
                struct err *err) {
    *out = NULL;
    if (ranked->counts[verdict]++ >= ranked->limit)
        return true;
    FILE *spool = ranked->spools[verdict];
    if (spool == NULL) {
        if (!spool_open(&ranked->spools[verdict], err))
            return false;
        spool = ranked->spools[verdict];
    } else {
        fputc('\0', spool);
    }
    *out = spool;
    return ferror(spool) ? spool_error(err) : true;
}

/* The first `count` items of a spool. */
static bool copy_items(FILE *spool, FILE *out, uint32_t count,
                       const char *between, struct err *err) {
    char block[16 * 1024];
    size_t got;
    if (fflush(spool) != 0 || ferror(spool) || fseek(spool, 0, SEEK_SET) != 0)
        return spool_error(err);
    while (count != 0 && (got = fread(block, 1, sizeof(block), spool)) != 0) {
        const char *at = block, *end = block + got, *stop;
        while (count != 0 && at != end) {
            stop = memchr(at, '\0', (size_t)(end - at));
            fwrite(at, 1, (size_t)((stop != NULL ? stop : end) - at), out);
            if (stop == NULL)
                break;
            at = stop + 1;
            if (--count != 0)
                fputs(between, out);
        }
    }
    return ferror(spool) ? spool_error(err) : true;
}

bool ranked_copy(struct ranked *ranked, FILE *out, const char *between,
                 struct err *err) {
    uint32_t left = ranked->limit;
    bool first = true;
    for (unsigned v = 0; v < VERDICT_COUNT && left != 0; v++) {
        uint32_t count = ranked->counts[v] < left ? ranked->counts[v] : left;
        if (count == 0)
            continue;
        if (!first)
            fputs(between, out);
        first = false;
        if (!copy_items(ranked->spools[v], out, count, between, err))
            return false;
        left -= count;
    }
    return true;
}

uint32_t ranked_count(const struct ranked *ranked) {
    uint32_t sum = 0;
    for (unsigned v = 0; v < VERDICT_COUNT; v++)
        sum += ranked->counts[v];
    return sum;
}

uint32_t ranked_beyond(const struct ranked *ranked) {
    uint32_t count = ranked_count(ranked);
    return count > ranked->limit ? count - ranked->limit : 0;
}

void ranked_dispose(struct ranked *ranked) {
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        if (ranked->spools[v] != NULL)
            fclose(ranked->spools[v]);
        ranked->spools[v] = NULL;
    }
}
