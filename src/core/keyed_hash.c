#include "core/keyed_hash.h"

#include <sys/random.h>

bool hash_key_make(struct hash_key *out) {
    return getrandom(out, sizeof(*out), 0) == (ssize_t)sizeof(*out);
}
