#include "history/digests.h"

void digest_add_value(struct digest *digest, struct str value) {
    digest_add(digest, value.ptr == NULL ? STR_LIT("-") : STR_LIT("+"));
    if (value.ptr != NULL)
        digest_add_field(digest, value);
}

bool digest_values(const struct str *values, size_t count,
                   char out[DIGEST_HEX_SIZE], struct err *err) {
    struct digest *digest = digest_new();
    if (digest == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < count; i++)
        digest_add_value(digest, values[i]);
    digest_hex(digest, out);
    digest_free(digest);
    return out[0] != '\0' || err_nomem(err);
}
