/* SPDX-License-Identifier: Apache-2.0 */
/* What a receiver would have heard, served on a port at a multiple of real time: a feed without an aerial. */
#ifndef OVF_RUN_SIMULATE_SERVE_H
#define OVF_RUN_SIMULATE_SERVE_H

#include "base/error.h"
#include "base/sink.h"
#include "simulate/receiver.h"

struct ovf_served_mark {
    int64_t t_ns; /* when it was heard */
    size_t end;   /* behind its last byte */
};

/** Frames or lines as they are sent. Zero-initialise. */
struct ovf_served {
    struct ovf_buffer bytes;
    struct ovf_served_mark *marks; /* in order of time */
    size_t n;
    size_t capacity;
};

void ovf_served_deinit(struct ovf_served *served);

/** Take what was heard, as Beast with the start of ovf_hearing_write_beast, or as lines where \p start_ns is NULL.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_served_make(struct ovf_hearing *hearing, int64_t *start_ns,
                                              struct ovf_served *served);

/**
 * Serve until it was all sent and nobody is connected any more, or a signal says stop.
 *
 * Its clock begins with the first client; who connects later hears what is heard from then on. \p talk is told the
 * port.
 * \param[in] place  of ovf_loopback_parse
 * \param[in] rate   times real time; 0: each client gets all of it as fast as he reads
 * \retval OVF_E_RANGE, OVF_E_IO, OVF_E_NOMEM  as of ovf_outlet_open
 */
OVF_NODISCARD enum ovf_status ovf_simulate_serve(const struct ovf_served *served, const char *place,
                                                 double rate, const struct ovf_sink *talk,
                                                 struct ovf_error *err);

#endif
