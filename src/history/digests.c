#include "history/digests.h"

void digest_add_value(struct digest *digest, struct str value) {
    digest_add(digest, value.ptr == NULL ? STR_LIT("-") : STR_LIT("+"));
    if (value.ptr != NULL)
        digest_add_field(digest, value);
}

static bool finish(struct digest *digest, char out[DIGEST_HEX_SIZE]) {
    digest_hex(digest, out);
    digest_free(digest);
    return out[0] != '\0';
}

bool digest_values(const struct str *values, size_t count,
                   char out[DIGEST_HEX_SIZE]) {
    struct digest *digest = digest_new();
    if (digest == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        digest_add_value(digest, values[i]);
    return finish(digest, out);
}

bool digest_columns(const struct query *row, int first, int count,
                    char out[DIGEST_HEX_SIZE]) {
    struct digest *digest = digest_new();
    if (digest == NULL)
        return false;
    for (int i = first; i < first + count; i++)
        digest_add_value(digest, query_value(row, i));
    return finish(digest, out);
}
