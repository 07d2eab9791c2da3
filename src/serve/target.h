/* SPDX-License-Identifier: Apache-2.0 */
/* What the target of a request asks for. Nothing of it becomes a path or a query of the store as it stands: it is one
 * of the things below, or there is nothing there. */
#ifndef OVF_SERVE_TARGET_H
#define OVF_SERVE_TARGET_H

#include "view/view.h"

enum { OVF_SERVE_MAX_TARGET = 4096, OVF_SERVE_TOKEN_SIZE = 257 };

#define OVF_SERVE_TILES_PATH "/" OVF_TILES_OWN

enum ovf_serve_what {
    OVF_SERVE_FILE, /* of the page */
    OVF_SERVE_DOCUMENT,
    OVF_SERVE_CROSSING,
    OVF_SERVE_LIVE,
    OVF_SERVE_EVENTS,
    OVF_SERVE_TILES,
};

enum ovf_serve_file {
    OVF_SERVE_HTML,
    OVF_SERVE_CSS,
    OVF_SERVE_JS,
    OVF_SERVE_WORKER,
    OVF_SERVE_N_FILES
};

struct ovf_serve_target {
    enum ovf_serve_what what;
    enum ovf_serve_file file;
    enum ovf_view_document document;
    struct ovf_view_query query;
    char id[OVF_VIEW_TEXT_SIZE];      /* of a crossing */
    char token[OVF_SERVE_TOKEN_SIZE]; /* of "/?token="; "" without */
};

/** An answer that is an error: {"error":{"status":404,"code":"...","message":"..."}}. */
struct ovf_serve_error {
    unsigned status;
    const char *code; /* for programs */
    char message[256];
};

/** Set it; returns false. */
bool ovf_serve_fail(struct ovf_serve_error *error, unsigned status, const char *code,
                    const char *message);

/** Read \p text, as it was sent: "/api/v1/crossings?limit=10". False: \p error says what to answer. */
bool ovf_serve_target_read(const char *text, struct ovf_serve_target *out,
                           struct ovf_serve_error *error);

/** Whether \p host, as a request names it, is one of \p names: letters in either case, any port. */
bool ovf_serve_host_is(const char *host, const char *const *names, size_t n_names);

/** Whether an Accept-Encoding admits gzip; NULL: it was not sent. */
bool ovf_serve_admits_gzip(const char *accepted);

/** Whether an If-None-Match names \p etag (with its quotes), as gzip or not; NULL: it was not sent. */
bool ovf_serve_is_known(const char *known, const char *etag);

#endif
