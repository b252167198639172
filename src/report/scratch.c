#include "report/scratch.h"

struct strbuf *scratch_start(struct scratch *scratch) {
    scratch->failed = scratch->failed || scratch->text.failed;
    strbuf_clear(&scratch->text);
    return &scratch->text;
}

bool scratch_ok(const struct scratch *scratch) {
    return !scratch->failed && !scratch->text.failed;
}

void scratch_dispose(struct scratch *scratch) {
    strbuf_dispose(&scratch->text);
}
