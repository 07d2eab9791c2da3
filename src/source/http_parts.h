/* SPDX-License-Identifier: Apache-2.0 */
/* An exchange over HTTP, of which a target takes the body (private to source/http*). */
#ifndef OVF_SOURCE_HTTP_PARTS_H
#define OVF_SOURCE_HTTP_PARTS_H

#include "base/bytes.h"
#include "source/http.h"

enum { OVF_HTTP_ETAG_SIZE = 256 };

/** From which byte on; etag says of what, and is empty from the first byte on. */
struct ovf_http_range {
    uint64_t from;
    const char *etag;
};

/** The head of a reply whose body is wanted. */
struct ovf_http_reply {
    long status;                   /* 200, 206, 416 */
    bool has_length;               /* of the body */
    uint64_t length_bytes;         /* as the server says */
    const char *content_range;     /* NULL: not given */
    char etag[OVF_HTTP_ETAG_SIZE]; /* a strong one, else empty */
};

/** What takes the body. A failure ends the exchange, but for OVF_E_STOPPED: it is tried again. */
struct ovf_http_target {
    void *context;
    /** Before each try. What it wants to have from byte 0 on it forgets here. */
    enum ovf_status (*start)(void *context, struct ovf_http_range *range, struct ovf_error *err);
    enum ovf_status (*reply)(void *context, const struct ovf_http_reply *reply,
                             struct ovf_error *err);
    enum ovf_status (*bytes)(void *context, struct ovf_bytes bytes, struct ovf_error *err);
    /** The body is over as HTTP has it. */
    enum ovf_status (*end)(void *context, struct ovf_error *err);
};

/** GET \p url into \p target. Returns as ovf_http_get, or what the target returned. */
OVF_NODISCARD enum ovf_status ovf_http_exchange(struct ovf_http *http, const char *url,
                                                const struct ovf_http_target *target,
                                                struct ovf_error *err);

#endif
