/* SPDX-License-Identifier: Apache-2.0 */
/* A stream of bytes for whoever connects to a port of this machine, each client at its own place in it. What clients
 * send is read and ignored. */
#ifndef OVF_SOURCE_OUTLET_H
#define OVF_SOURCE_OUTLET_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/error.h"

struct ovf_outlet;

/**
 * Begin to listen.
 *
 * \param[in]  place  as of ovf_loopback_parse; port 0: any that is free
 * \param[out] port   the port
 * \retval OVF_E_RANGE  it is no place of this machine alone; \p err says so
 * \retval OVF_E_IO     it cannot be listened to; \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_outlet_open(const char *place, unsigned *port,
                                              struct ovf_outlet **out, struct ovf_error *err);
void ovf_outlet_close(struct ovf_outlet *outlet);

/** What there is to send. */
struct ovf_outlet_stream {
    struct ovf_bytes bytes; /* all of it, the same at each step */
    size_t n_due;           /* of these, what may be sent by now */
    size_t first;           /* where one begins who connects now */
};

/**
 * Wait until something can be done, \p stop_fd is readable or \p timeout_ms are over; then take who connects, and send
 * each client what is due. Whoever has all of the stream is told that it ended, and is let go when he has closed.
 * When no more files can be opened, who connects has to wait until others have gone.
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_outlet_step(struct ovf_outlet *outlet,
                                              const struct ovf_outlet_stream *stream, int stop_fd,
                                              int timeout_ms, struct ovf_error *err);

/** Take nobody else from now on: those who are there still get what is due. */
void ovf_outlet_shut(struct ovf_outlet *outlet);

/** Clients that are connected; that ever were; that got the stream to its end. */
size_t ovf_outlet_n_clients(const struct ovf_outlet *outlet);
size_t ovf_outlet_n_taken(const struct ovf_outlet *outlet);
size_t ovf_outlet_n_served(const struct ovf_outlet *outlet);

/** How often nobody was taken for a while since no more files could be opened. */
size_t ovf_outlet_n_put_off(const struct ovf_outlet *outlet);

#endif
