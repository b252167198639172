#include "core/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "core/mem.h"

struct digest {
    EVP_MD_CTX *context;
    bool failed;
};

struct digest *digest_new(void) {
    struct digest *digest = mem_calloc(1, sizeof(*digest));
    if (digest == NULL)
        return NULL;
    /* The machine's settings of OpenSSL say nothing of a digest, and reading
       them takes longer than a small BOM. */
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    digest->context = EVP_MD_CTX_new();
    if (digest->context == NULL ||
        EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1) {
        digest_free(digest);
        return NULL;
    }
    return digest;
}

void digest_add(struct digest *digest, struct str bytes) {
    if (EVP_DigestUpdate(digest->context, bytes.ptr, bytes.len) != 1)
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
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    hex[0] = '\0';
    if (digest->failed ||
        EVP_DigestFinal_ex(digest->context, bytes, &len) != 1 ||
        len != DIGEST_SIZE)
        return;
    for (unsigned i = 0; i < len; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * DIGEST_SIZE] = '\0';
}

void digest_restart(struct digest *digest) {
    digest->failed = EVP_DigestInit_ex(digest->context, NULL, NULL) != 1;
}

void digest_free(struct digest *digest) {
    if (digest == NULL)
        return;
    EVP_MD_CTX_free(digest->context);
    mem_free(digest);
}

bool digest_of(struct str bytes, char hex[DIGEST_HEX_SIZE]) {
    struct digest *digest = digest_new();
    hex[0] = '\0';
    if (digest != NULL) {
        digest_add(digest, bytes);
        digest_hex(digest, hex);
    }
    digest_free(digest);
    return hex[0] != '\0';
}
