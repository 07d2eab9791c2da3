/* SPDX-License-Identifier: Apache-2.0 */
/* The page, its documents and alerts over HTTP. Nothing can be changed by asking. */
#ifndef OVF_SERVE_SERVER_H
#define OVF_SERVE_SERVER_H

#include "run/page_files.h"
#include "serve/documents.h"
#include "watch/watch.h"

enum { OVF_SERVER_MAX_LISTENS = 8 };

#define OVF_SERVER_SSE 256
#define OVF_SERVER_SSE_PER_ADDRESS 8
#define OVF_SERVER_RATE 20 /* requests a second, of one address */
#define OVF_SERVER_PUBLIC_DELAY_MS (INT64_C(15) * 60000)

/** All is borrowed for the life of the server. */
struct ovf_server_options {
    const char *const *listen; /* HOST:PORT; none: port 8790 of this machine alone */
    size_t n_listen;
    const char *const *hosts; /* names by which it may be asked, beside those of this machine */
    size_t n_hosts;
    const char *auth_path; /* of a token; NULL: none is asked for */
    bool behind_proxy;
    size_t max_sse;
    size_t max_sse_per_address;
    double rate_per_s; /* 0: without a limit; twice that may come at once */
    /* Of alerts, where is_public; NULL: OVF_SERVER_PUBLIC_DELAY_MS. */
    const int64_t *public_delay_ms;
    bool is_live;
    bool is_public;
    const char *title;
    const struct ovf_view_tiles *tiles; /* NULL: none */
    const char *tiles_path;             /* of a PMTiles archive to be sent; NULL: none */
    const struct ovf_page_files *page;  /* NULL: documents alone */
    const struct ovf_sink *talk;
};

struct ovf_server;

/**
 * \param[in] documents  what to make them of; its policy, title, tiles, is_live, is_public and talk are set here.
 *                       NULL: there are alerts alone
 * \retval OVF_E_RANGE   an option is none; \retval OVF_E_IO  an address cannot be listened to
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_server_open(const struct ovf_server_options *options,
                                              const struct ovf_documents_source *documents,
                                              struct ovf_server **out, struct ovf_error *err);
/** NULL is fine. */
void ovf_server_close(struct ovf_server *server);

/** Wait for SIGTERM or SIGINT; SIGHUP has all read anew. \retval OVF_E_IO */
OVF_NODISCARD enum ovf_status ovf_server_wait(struct ovf_server *server, struct ovf_error *err);

/** Have the case read and the store opened anew. */
void ovf_server_reload(struct ovf_server *server);

/** An alert, for all who listen: \p id names the crossing, \p stand says how it stands by it. Any thread.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_server_alert(struct ovf_server *server, const char *id,
                                               enum ovf_watch_stand stand, struct ovf_bytes line);

/** What `/api/v1/live` answers from now on; copied. Any thread. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_server_live(struct ovf_server *server, struct ovf_bytes text);

#endif
