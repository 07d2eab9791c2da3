/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to the JSON documents that stand in them one after the other, by counting brackets outside of strings, in
 * pieces as they come.
 *
 * Between documents stands white space, or nothing, a byte order mark, or the record separator of RFC 7464. What else
 * stands there and is no JSON is a document of its own, up to the line's end. Where one breaks off, the next begins
 * with the line that begins with a brace. */
#ifndef OVF_READ_DOCUMENTS_H
#define OVF_READ_DOCUMENTS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/tally.h"

/**
 * Takes one document. \p reject OVF_REJECT_N: its brackets are closed, or it has none, and \p bytes is it; else it is
 * JSON_TRUNCATED or TOO_LARGE, and \p bytes is empty. \p begin: its first byte, from the start; \p end: behind its
 * last. A status other than OVF_OK stops the reading and is returned by it.
 */
typedef enum ovf_status ovf_document_fn(void *context, struct ovf_bytes bytes, uint64_t begin,
                                        uint64_t end, enum ovf_reject reject);

struct ovf_documents {
    /* set before the first bytes */
    size_t max_bytes;   /* of one; it is held while it is read */
    bool allows_commas; /* between documents too */
    /* A brace at the start of a line begins the next document where not more brackets are open, or where nothing can
     * follow. */
    uint64_t line_depth;
    ovf_document_fn *take;
    void *context;

    /* private */
    struct ovf_buffer text;
    uint64_t begin; /* its first byte in the file */
    uint64_t n_bytes;
    uint64_t depth;
    bool is_open;   /* something other than white space was seen */
    bool is_object; /* its outermost bracket is a brace */
    bool in_string;
    bool is_escaped;
    bool at_line_start;
    unsigned char last; /* that is no white space */
    bool is_too_large;  /* the rest is only looked through */
};

void ovf_documents_deinit(struct ovf_documents *documents);

/** Feed the next bytes, cut anywhere. \retval OVF_E_NOMEM, or what take returned */
OVF_NODISCARD enum ovf_status ovf_documents_feed(struct ovf_documents *documents,
                                                 struct ovf_bytes bytes, struct ovf_error *err);

/** The end of the bytes. */
OVF_NODISCARD enum ovf_status ovf_documents_finish(struct ovf_documents *documents);

#endif
