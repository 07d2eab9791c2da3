/* SPDX-License-Identifier: Apache-2.0 */
/* What receivers write down of a flight: rows, rounded as a trace prints them. */
#ifndef OVF_SIMULATE_SAMPLE_H
#define OVF_SIMULATE_SAMPLE_H

#include "simulate/path.h"
#include "simulate/timetable.h"

/** One row; everything in the units in which it is printed, so that what is written is what is meant. */
struct ovf_sim_row {
    int64_t t_ns;   /* a multiple of 10 ms */
    int32_t lat_e6; /* 1e-6 degree */
    int32_t lon_e6; /* [-180e6, 180e6) */
    int32_t alt_ft; /* a multiple of 25 */
    int32_t gs_dkt; /* 0.1 kt */
    int32_t track_ddeg;
    int32_t vert_rate_fpm; /* a multiple of 64 */
    uint32_t flight;       /* in the timetable */
    bool on_ground;
    bool after_silence; /* trace flag 1 */
    bool new_leg;       /* trace flag 2 */
};

/** Zero-initialise. */
struct ovf_sim_rows {
    struct ovf_sim_row *items;
    size_t n;
    size_t capacity;
};

void ovf_sim_rows_deinit(struct ovf_sim_rows *rows);

static inline struct ovf_point ovf_sim_row_point(const struct ovf_sim_row *row)
{
    return (struct ovf_point){row->lat_e6 * 10, row->lon_e6 * 10};
}

struct ovf_sampling {
    const struct ovf_scenario *scenario;
    const struct ovf_point *hole_centres; /* of the scenario's holes, in their order */
    uint64_t seed;
};

/** Append what is heard of \p flight, number \p index, along \p path. Rows are in order of time.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_sample_flight(const struct ovf_sampling *sampling,
                                                const struct ovf_sim_flight *flight, uint32_t index,
                                                const struct ovf_path *path,
                                                struct ovf_sim_rows *rows);

#endif
