/* SPDX-License-Identifier: Apache-2.0 */
/* A document on the web that changes, fetched again and again by libcurl. What did not change since (ETag,
 * Last-Modified) is not fetched; failures are followed by waits that double up to a bound. Redirects are
 * followed three times, and never from https to http; certificates are checked as in source/http.h. Time comes in as
 * in source/tcp.h. */
#ifndef OVF_SOURCE_WEB_H
#define OVF_SOURCE_WEB_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

struct ovf_web_options {
    int64_t poll_ms;  /* from one fetch to the next */
    int64_t stall_ms; /* after which one is given up */
    int64_t wait_ms;  /* after a failure, at first */
    int64_t wait_most_ms;
    size_t max_bytes; /* of the document */
};

/** All that wait together: one for a process. */
struct ovf_web;

/** \retval OVF_E_NOMEM  libcurl cannot be used */
OVF_NODISCARD enum ovf_status ovf_web_new(struct ovf_web **out);
void ovf_web_free(struct ovf_web *web);

/** poll(2) on \p fds and, with them, on all fetches: at the longest \p timeout_ms. Interrupted by a signal it
 * returns, too. */
OVF_NODISCARD enum ovf_status ovf_web_wait(struct ovf_web *web, struct pollfd *fds, size_t n,
                                           int timeout_ms, struct ovf_error *err);

struct ovf_web_page;

/** \p url is copied; \p web borrowed.
 * \retval OVF_E_RANGE  it is no address; \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_web_page_new(struct ovf_web *web, const char *url,
                                               const struct ovf_web_options *options,
                                               struct ovf_web_page **out, struct ovf_error *err);
void ovf_web_page_free(struct ovf_web_page *page);

/** Begins a fetch when it is time to. Nothing need happen before \p until_ms. */
OVF_NODISCARD enum ovf_status ovf_web_page_prepare(struct ovf_web_page *page, int64_t now_ms,
                                                   int64_t *until_ms);

enum ovf_web_got {
    OVF_WEB_NOTHING,
    OVF_WEB_SAME,     /* it has not changed */
    OVF_WEB_DOCUMENT, /* whole */
    OVF_WEB_FAILED,   /* err says why, and when it is tried again */
};

/** What has happened. \p document is borrowed until the next step. */
enum ovf_web_got ovf_web_page_step(struct ovf_web_page *page, int64_t now_ms,
                                   struct ovf_bytes *document, struct ovf_error *err);

#endif
