/* SPDX-License-Identifier: Apache-2.0 */
/* What serve/server.c and serve/handle.c share. */
#ifndef OVF_SERVE_SERVER_PARTS_H
#define OVF_SERVE_SERVER_PARTS_H

#include <pthread.h>

#include "run/scarce_files.h"
#include "serve/gate.h"
#include "serve/hub.h"
#include "serve/listen.h"
#include "serve/peers.h"
#include "serve/server.h"
#include "serve/tile_file.h"

struct ovf_server {
    struct ovf_server_options options;
    struct ovf_answer_policy policy;
    atomic_size_t answer_bytes; /* of all answers */
    struct ovf_gate gate;
    struct ovf_listen_place places[OVF_SERVER_MAX_LISTENS];
    size_t n_places;
    struct ovf_scarce_files scarce;
    struct MHD_Daemon *daemons[OVF_SERVER_MAX_LISTENS];
    size_t n_daemons;
    struct ovf_peers peers;
    struct ovf_hub *hub;
    struct ovf_documents *documents; /* NULL: there are none */
    struct ovf_answer *files[OVF_SERVE_N_FILES];
    struct ovf_tile_file tiles; /* fd -1: there is none */

    pthread_mutex_t lock; /* of what follows */
    struct ovf_answer *live;
    pthread_cond_t wakes;
    pthread_t ticker;
    bool has_ticker;
    bool is_stopping;
};

/** A clock that is never set. */
int64_t ovf_server_clock_ms(void);

/* ---- handle.c: libmicrohttpd's callbacks; their context is the server ---- */

MHD_AccessHandlerCallback ovf_server_handler(void);
void *ovf_server_begin_request(void *context, const char *target,
                               struct MHD_Connection *connection);
void ovf_server_end_request(void *context, struct MHD_Connection *connection, void **state,
                            enum MHD_RequestTerminationCode how);
void ovf_server_note_connection(void *context, struct MHD_Connection *connection, void **peer,
                                enum MHD_ConnectionNotificationCode what);

#endif
