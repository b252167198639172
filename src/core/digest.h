#ifndef BOMGATE_CORE_DIGEST_H
#define BOMGATE_CORE_DIGEST_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/str.h"

#define DIGEST_SIZE 32
#define DIGEST_HEX_SIZE (2 * DIGEST_SIZE + 1)

/** A SHA-256 in progress (FIPS 180-4, by libcrypto). */
struct digest;

/** @return NULL when memory is out; free with digest_free(). */
NODISCARD struct digest *digest_new(void);
void digest_add(struct digest *digest, struct str bytes);
/** Add `text` and its length, so that ("ab","c") differs from ("a","bc"). */
void digest_add_field(struct digest *digest, struct str text);
/** Lower-case hex and a NUL; empty when an earlier step failed. */
void digest_hex(struct digest *digest, char hex[DIGEST_HEX_SIZE]);
/** Begin anew, after digest_hex(): cheaper than another one. */
void digest_restart(struct digest *digest);
void digest_free(struct digest *digest);
/** All of it at once. @return false when that failed. */
NODISCARD bool digest_of(struct str bytes, char hex[DIGEST_HEX_SIZE]);

#endif
