/* OpenSSL's SHA-256 as it was before version 3, which deprecates it. The way
   that is meant to be used now reads settings and builds tables first, which
   takes as long as checking fifty lines, and each digest asks for memory. */
#define OPENSSL_API_COMPAT 10100

#include "core/digest.h"

#include <openssl/sha.h>

#include "core/mem.h"

struct digest {
    SHA256_CTX context;
    bool failed;
};

struct digest *digest_new(void) {
    struct digest *digest = mem_calloc(1, sizeof(*digest));
    if (digest != NULL)
        digest_restart(digest);
    return digest;
}

void digest_add(struct digest *digest, struct str bytes) {
    if (SHA256_Update(&digest->context, bytes.ptr, bytes.len) != 1)
        digest->failed = true;
}

void digest_add_field(struct digest *digest, struct str text) {
    unsigned char size[8];
    for (unsigned i = 0; i < sizeof(size); i++)
        size[i] = (unsigned char)((uint64_t)text.len >> (8 * i));
    digest_add(digest, (struct str){(const char *)size, sizeof(size)});
    digest_add(digest, text);
}

void digest_hex(struct digest *digest, char hex[DIGEST_HEX_SIZE]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[DIGEST_SIZE];
    hex[0] = '\0';
    if (digest->failed || SHA256_Final(bytes, &digest->context) != 1)
        return;
    for (unsigned i = 0; i < DIGEST_SIZE; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * DIGEST_SIZE] = '\0';
}

void digest_restart(struct digest *digest) {
    digest->failed = SHA256_Init(&digest->context) != 1;
}

void digest_free(struct digest *digest) { mem_free(digest); }

bool digest_of(struct str bytes, char hex[DIGEST_HEX_SIZE]) {
    struct digest digest;
    digest_restart(&digest);
    digest_add(&digest, bytes);
    digest_hex(&digest, hex);
    return hex[0] != '\0';
}
