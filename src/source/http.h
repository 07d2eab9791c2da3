/* SPDX-License-Identifier: Apache-2.0 */
/* GET over HTTP and HTTPS, by libcurl, patient with networks and servers: what fails on the way is tried
 * again from the byte where it ended, later each time, and not before the server says.
 *
 * Redirects are followed five times, and never from https to http. Certificates are checked against the
 * system's, or those in the file that the environment's CURL_CA_BUNDLE names, as curl does. A reply that contradicts
 * itself, what was asked or what is known of the file is an error and not tried again. One thread at a time. */
#ifndef OVF_SOURCE_HTTP_H
#define OVF_SOURCE_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/sink.h"

struct ovf_http_policy {
    int64_t silence_s; /* no connection, or next to nothing coming, for so long is a failure; > 0 */
    int n_retries;     /* tries after the first, counted anew whenever something more has come */
    int64_t retry_ms;  /* before the first of them; twice that before each next */
    int64_t longest_wait_s; /* that a server may ask for; more is a failure */
    int64_t pause_ms;       /* between one exchange and the next */
};

/** Half a minute of silence, five retries from one second on, waits of an hour and five minutes, as
 * GitHub asks for, no pause. */
extern const struct ovf_http_policy ovf_http_policy_default;

struct ovf_http;

/**
 * \param[in] talk  gets a line whenever something is tried again; borrowed
 * \retval OVF_E_NOMEM, OVF_E_IO
 */
OVF_NODISCARD enum ovf_status ovf_http_new(const struct ovf_http_policy *policy,
                                           const struct ovf_sink *talk, struct ovf_http **out,
                                           struct ovf_error *err);
void ovf_http_free(struct ovf_http *http);

/**
 * A small body.
 * \param[out] out  overwritten on success
 * \retval OVF_E_NOTFOUND  the server says that there is no such thing (404, 410)
 * \retval OVF_E_FORMAT    its reply contradicts itself
 * \retval OVF_E_LIMIT     longer than \p max_bytes
 * \retval OVF_E_IO        the network, the server (the status is in the text), all retries over
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_http_get(struct ovf_http *http, const char *url,
                                           uint64_t max_bytes, struct ovf_buffer *out,
                                           struct ovf_error *err);

/** What is known of a file, and what is found. */
struct ovf_http_file {
    const char *path;                /* where it appears when it is whole */
    uint64_t size_bytes;             /* 0: not known */
    const struct ovf_digest *digest; /* NULL: not known */
    const char *first_bytes;         /* it begins with one of these; NULL: with any */
    /* Called now and then with what is there; total 0: not known. NULL: nobody looks. */
    void (*progress)(void *context, uint64_t done_bytes, uint64_t total_bytes);
    void *context;
};

/**
 * Fetch \p url into a file. Until it is whole it stands in PATH.part, from where a later call goes on, if
 * the server's entity tag (kept in PATH.part.etag) is still the same; else from the beginning.
 * Beside it stands PATH.sha256, in the form of sha256sum: a file that has it is whole.
 *
 * \param[out] digest, size_bytes  of the whole file
 * \retval as ovf_http_get; OVF_E_FORMAT also when size, digest or first byte are not what is known: what came is
 *         deleted; OVF_E_IO also when the file cannot be written, or another program is fetching it
 */
OVF_NODISCARD enum ovf_status ovf_http_fetch(struct ovf_http *http, const char *url,
                                             const struct ovf_http_file *file,
                                             struct ovf_digest *digest, uint64_t *size_bytes,
                                             struct ovf_error *err);

/** Whether the file at \p path was fetched whole: it is there, and its PATH.sha256. */
bool ovf_http_is_fetched(const char *path);

#endif
