/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), by OpenSSL. */
#ifndef OVF_BASE_SHA256_H
#define OVF_BASE_SHA256_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"

#define OVF_SHA256_BYTES 32
#define OVF_SHA256_HEX_SIZE 65 /* with the NUL */

struct ovf_digest {
    unsigned char bytes[OVF_SHA256_BYTES];
};

OVF_NODISCARD enum ovf_status ovf_sha256(struct ovf_bytes data, struct ovf_digest *out);

/** A hash in progress. */
struct ovf_sha256;

OVF_NODISCARD enum ovf_status ovf_sha256_new(struct ovf_sha256 **out);
void ovf_sha256_free(struct ovf_sha256 *hash);
OVF_NODISCARD enum ovf_status ovf_sha256_update(struct ovf_sha256 *hash, struct ovf_bytes data);
/** The digest of all that was fed; the hash starts anew. */
OVF_NODISCARD enum ovf_status ovf_sha256_finish(struct ovf_sha256 *hash, struct ovf_digest *out);

/** The first \p n_bytes (at most 32) of \p digest as lower-case hex; \p text holds 2 n + 1. */
void ovf_digest_format(const struct ovf_digest *digest, size_t n_bytes, char *text);

static inline bool ovf_digest_equal(const struct ovf_digest *a, const struct ovf_digest *b)
{
    return memcmp(a->bytes, b->bytes, OVF_SHA256_BYTES) == 0;
}

#endif
