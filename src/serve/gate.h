/* SPDX-License-Identifier: Apache-2.0 */
/* Who may ask: for which host, from which origin, how often, with which token. */
#ifndef OVF_SERVE_GATE_H
#define OVF_SERVE_GATE_H

#include <microhttpd.h>

#include "base/error.h"
#include "base/sha256.h"
#include "base/texts.h"
#include "serve/rates.h"
#include "serve/target.h"

enum { OVF_GATE_MAX_HOSTS = 64, OVF_GATE_MAX_HEADERS = 64, OVF_GATE_MAX_HEADER_BYTES = 16384 };

struct ovf_gate {
    const char *hosts[OVF_GATE_MAX_HOSTS]; /* borrowed */
    size_t n_hosts;
    struct ovf_rates *rates;
    bool behind_proxy; /* X-Forwarded-For is the proxy's word */
    bool has_token;
    struct ovf_digest token;          /* its SHA-256 */
    char cookie[OVF_SHA256_HEX_SIZE]; /* what a browser has instead of it */
};

/** Names that lead to this machine are admitted always.
 * \retval OVF_E_RANGE  there are too many, or it is none */
OVF_NODISCARD enum ovf_status ovf_gate_add_host(struct ovf_gate *gate, const char *host,
                                                struct ovf_error *err);

/**
 * Take the token of a file that nobody else may read.
 * \retval OVF_E_RANGE  others may read it, or its text is no token
 * \retval OVF_E_NOTFOUND, OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_gate_read_token(struct ovf_gate *gate, const char *path,
                                                  struct ovf_error *err);

/** Whether \p token is the one; takes the same time whatever it is. */
bool ovf_gate_is_token(const struct ovf_gate *gate, const char *token);

/** Who asks: the connection's \p peer, or whom the proxy names. */
struct ovf_client_address ovf_gate_client(const struct ovf_gate *gate,
                                          struct MHD_Connection *connection,
                                          const struct ovf_client_address *peer);

/**
 * Whether this may be answered at all; everything but the token. False: \p error says what to answer.
 * \param[in] weight  as so many requests it counts, at most 1
 */
bool ovf_gate_admits(struct ovf_gate *gate, struct MHD_Connection *connection, const char *method,
                     const struct ovf_client_address *client, double weight, int64_t now_ms,
                     struct ovf_serve_error *error);

/** Whether the request has the token, or none is asked for. */
bool ovf_gate_knows(const struct ovf_gate *gate, struct MHD_Connection *connection);

#endif
