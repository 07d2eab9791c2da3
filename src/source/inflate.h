/* SPDX-License-Identifier: Apache-2.0 */
/* Inflating gzip (RFC 1952), whole or in steps. Members that follow each other are one content, each
 * with its checksum and length verified; zero bytes after the last are padding, as for gzip(1); other
 * bytes there are a rejection. What the content is compressed with once more is rejected: one level
 * is read. A content that grows beyond OVF_INFLATE_MAX_RATIO times what was read, once it is longer
 * than OVF_INFLATE_FREE_BYTES, or beyond the caller's limit, is rejected as soon as it does so.
 */
#ifndef OVF_SOURCE_INFLATE_H
#define OVF_SOURCE_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"

/* Traces and tables shrink 5 to 50 times; deflate itself ends at 1,032. */
#define OVF_INFLATE_MAX_RATIO 200
#define OVF_INFLATE_FREE_BYTES (UINT64_C(1) << 20)
#define OVF_INFLATE_UNLIMITED UINT64_MAX

/** What \p bytes (the beginning of something) are compressed with, by their first bytes: "gzip",
 * "zstd" ..., or NULL. Only gzip can be read. Static. */
const char *ovf_compression_name(struct ovf_bytes bytes);

/** Whether \p bytes begin with gzip's two magic bytes. */
bool ovf_is_gzip(struct ovf_bytes bytes);

struct ovf_inflate; /* the state, about 90 KB; of one thread */

OVF_NODISCARD enum ovf_status ovf_inflate_new(struct ovf_inflate **out);
void ovf_inflate_free(struct ovf_inflate *inflate);

/** Begin a new content of at most \p max_bytes. */
void ovf_inflate_begin(struct ovf_inflate *inflate, uint64_t max_bytes);

/**
 * Inflate some of \p in, which is moved forward by what was read. Call until \p in is empty and
 * less than \p room came out.
 *
 * \param[out] out    room for \p room bytes, at least 1
 * \param[out] n_out  how many of them were written
 * \return OVF_REJECT_N, or why the content is rejected (\p err says what and at which byte); then
 *         nothing more can be read
 */
OVF_NODISCARD enum ovf_reject ovf_inflate_step(struct ovf_inflate *inflate, struct ovf_bytes *in,
                                               unsigned char *out, size_t room, size_t *n_out,
                                               struct ovf_error *err);

/** The input has ended: OVF_REJECT_N, or why that is too early. */
OVF_NODISCARD enum ovf_reject ovf_inflate_end(struct ovf_inflate *inflate, struct ovf_error *err);

/**
 * Inflate all of \p stored into \p out, which is overwritten. Of a first member that fits what the last one says that
 * it holds, 32 times what is stored at the most, only the whole is judged, not how it grew: it costs no more than that.
 *
 * \param[out] reject  OVF_REJECT_N or why it is rejected; then \p out is of no use
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_inflate_all(struct ovf_inflate *inflate, struct ovf_bytes stored,
                                              uint64_t max_bytes, struct ovf_buffer *out,
                                              enum ovf_reject *reject, struct ovf_error *err);

#endif
