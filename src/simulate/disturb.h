/* SPDX-License-Identifier: Apache-2.0 */
/* What lies between where an aircraft is and what is written of it: interference with its positions, and
 * receivers that reckon them from afar. Where it is does not change; what is written does, and who was
 * disturbed from when to when is kept as truth. */
#ifndef OVF_SIMULATE_DISTURB_H
#define OVF_SIMULATE_DISTURB_H

#include "simulate/random.h"
#include "simulate/sample.h"

/** A flight's rows that one disturbance changed or kept from being heard, from the first to the last. */
struct ovf_stretch {
    enum ovf_disturbance kind;
    int64_t from_ns;
    int64_t until_ns;
    uint64_t n_rows; /* not heard ones as well */
};

/** A flight's rows in a row that no receiver heard, of one cause. */
struct ovf_unheard {
    enum ovf_sim_unheard why;
    int64_t from_ns; /* of the first */
    int64_t until_ns;
    uint64_t n_rows;
};

/** Zero-initialise. */
struct ovf_stretches {
    struct ovf_stretch *items; /* in order of time */
    size_t n;
    size_t capacity;
    struct ovf_unheard *unheard; /* likewise */
    size_t n_unheard;
    size_t unheard_capacity;
};

void ovf_stretches_deinit(struct ovf_stretches *stretches);

/** One flight being disturbed. */
struct ovf_disturbing {
    const struct ovf_sampling *sampling;
    uint64_t flight_key; /* names it in streams of chance */
    struct ovf_random random;
    struct ovf_stretches *out;
    size_t active; /* of the scenario's disturbances; their number: none */
    int64_t since_ns;
    struct ovf_point begun_at;
    /* Drawn when it began. */
    bool takes_part;
    double bearing_deg;
    double distance_nmi;
    double drift_kt;
    double error_m;
};

/** \p out is appended to. */
struct ovf_disturbing ovf_disturb_begin(const struct ovf_sampling *sampling,
                                        const struct ovf_sim_flight *flight,
                                        struct ovf_stretches *out);

/** Turn \p row, the truth, into what is written; \p heard: whether it is. Rows in order of time.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_disturb_row(struct ovf_disturbing *d, struct ovf_sim_row *row,
                                              bool *heard);

#endif
