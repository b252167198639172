#include "report/spool.h"

#include <errno.h>
#include <string.h>

bool spool_error(struct err *err) {
    return err_set(err, ERR_IO, "cannot write the report: %s", strerror(errno));
}

bool spool_open(FILE **out, struct err *err) {
    FILE *spool = tmpfile();
    if (spool == NULL)
        return err_set(err, ERR_IO, "cannot create a temporary file: %s",
                       strerror(errno));
    *out = spool;
    return true;
}

bool spool_copy(FILE *spool, FILE *out, struct err *err) {
    char block[16 * 1024];
    size_t got;
    if (fflush(spool) != 0 || ferror(spool) || fseek(spool, 0, SEEK_SET) != 0)
        return spool_error(err);
    while ((got = fread(block, 1, sizeof(block), spool)) != 0)
        fwrite(block, 1, got, out);
    return ferror(spool) ? spool_error(err) : true;
}

bool spool_flush(FILE *out, struct err *err) {
    return fflush(out) == 0 && !ferror(out) ? true : spool_error(err);
}
