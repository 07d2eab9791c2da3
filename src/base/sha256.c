/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 over OpenSSL's EVP interface, which picks the processor's own instructions. */
#include "base/sha256.h"

#include <assert.h>
#include <stdlib.h>

#include <openssl/evp.h>

struct ovf_sha256 {
    EVP_MD_CTX *context;
};

enum ovf_status ovf_sha256(struct ovf_bytes data, struct ovf_digest *out)
{
    return EVP_Digest(data.data, data.len, out->bytes, NULL, EVP_sha256(), NULL) == 1 ? OVF_OK
                                                                                      : OVF_E_NOMEM;
}

enum ovf_status ovf_sha256_new(struct ovf_sha256 **out)
{
    struct ovf_sha256 *hash = malloc(sizeof *hash);
    if (hash == NULL)
        return OVF_E_NOMEM;
    hash->context = EVP_MD_CTX_new();
    if (hash->context == NULL || EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) != 1) {
        ovf_sha256_free(hash);
        return OVF_E_NOMEM;
    }
    *out = hash;
    return OVF_OK;
}

void ovf_sha256_free(struct ovf_sha256 *hash)
{
    if (hash == NULL)
        return;
    EVP_MD_CTX_free(hash->context);
    free(hash);
}

enum ovf_status ovf_sha256_update(struct ovf_sha256 *hash, struct ovf_bytes data)
{
    return EVP_DigestUpdate(hash->context, data.data, data.len) == 1 ? OVF_OK : OVF_E_NOMEM;
}

enum ovf_status ovf_sha256_finish(struct ovf_sha256 *hash, struct ovf_digest *out)
{
    /* Again with the method that it has: to name it has OpenSSL look for it once more. */
    if (EVP_DigestFinal_ex(hash->context, out->bytes, NULL) != 1 ||
        EVP_DigestInit_ex(hash->context, NULL, NULL) != 1)
        return OVF_E_NOMEM;
    return OVF_OK;
}

void ovf_digest_format(const struct ovf_digest *digest, size_t n_bytes, char *text)
{
    assert(n_bytes <= OVF_SHA256_BYTES);
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < n_bytes; i++) {
        text[2 * i] = hex[digest->bytes[i] >> 4];
        text[2 * i + 1] = hex[digest->bytes[i] & 15];
    }
    text[2 * n_bytes] = '\0';
}
