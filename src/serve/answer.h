/* SPDX-License-Identifier: Apache-2.0 */
/* What is sent: bytes with an ETag, gzipped where that is worth it, made once and sent to many; errors as JSON; and
 * the headers that every answer has. */
#ifndef OVF_SERVE_ANSWER_H
#define OVF_SERVE_ANSWER_H

#include <stdatomic.h>
#include <stdbool.h>

#include <microhttpd.h>

#include "base/buffer.h"
#include "base/sha256.h"
#include "serve/target.h"

/** What all answers of a server share. */
struct ovf_answer_policy {
    char csp[1024];
    atomic_size_t *in_use; /* bytes of all of them, until the last is sent; NULL: nobody counts */
};

/** \p style_hash: "sha256-..." of a style that the page's script adds; NULL: it adds none. \p tiles: what the
 * page's map lies upon; NULL: nothing.
 * \retval OVF_E_FORMAT  it is no such hash */
OVF_NODISCARD enum ovf_status ovf_answer_policy_init(struct ovf_answer_policy *policy,
                                                     const char *style_hash,
                                                     const struct ovf_view_tiles *tiles);

/** Add the headers that every answer has. False: no memory. */
bool ovf_answer_secure(struct MHD_Response *response, const struct ovf_answer_policy *policy);

/** Bytes to be sent again and again; any thread. */
struct ovf_answer;

/**
 * \param[in]     type        of the content
 * \param[in]     is_private  data, which nobody may keep; else it may be kept and is asked for again
 * \param[in,out] bytes       taken: empty afterwards, also on failure
 */
OVF_NODISCARD enum ovf_status ovf_answer_new(const struct ovf_answer_policy *policy,
                                             const char *type, bool is_private,
                                             struct ovf_buffer *bytes, struct ovf_answer **out);

/** One more who holds it; returns \p answer. */
struct ovf_answer *ovf_answer_hold(struct ovf_answer *answer);
/** One less; NULL is fine. */
void ovf_answer_release(struct ovf_answer *answer);

/** Bytes that it takes up. */
size_t ovf_answer_size(const struct ovf_answer *answer);

/** Send it, or 304 to who has it already. */
enum MHD_Result ovf_answer_send(struct ovf_answer *answer, struct MHD_Connection *connection);

/** Send an error. */
enum MHD_Result ovf_answer_error(const struct ovf_answer_policy *policy,
                                 struct MHD_Connection *connection,
                                 const struct ovf_serve_error *error);

#endif
