/* SPDX-License-Identifier: Apache-2.0 */
/* What receivers write down of a flight: rows, rounded as a trace prints them. */
#ifndef OVF_SIMULATE_SAMPLE_H
#define OVF_SIMULATE_SAMPLE_H

#include "simulate/path.h"
#include "simulate/timetable.h"

/** What a row says of its position's worth. */
enum ovf_sim_integrity {
    OVF_SIM_INTEGRITY_GOOD,     /* NIC 8, NACp 9, SIL 3 */
    OVF_SIM_INTEGRITY_NONE,     /* NIC 0, NACp 0, SIL 0: the aircraft knows that it does not know */
    OVF_SIM_INTEGRITY_UNSTATED, /* it did not come from the aircraft */
};

enum ovf_sim_source {
    OVF_SIM_SOURCE_ADSB,
    OVF_SIM_SOURCE_MLAT,
    OVF_SIM_SOURCE_TISB,
    OVF_SIM_SOURCE_NONE, /* no position is sent: only a receiver's frames and lines have such a row */
};

/** One row; everything in the units in which it is printed, so that what is written is what is meant. */
struct ovf_sim_row {
    int64_t t_ns;   /* a multiple of 10 ms */
    int32_t lat_e6; /* 1e-6 degree */
    int32_t lon_e6; /* [-180e6, 180e6) */
    int32_t alt_ft; /* barometric, a multiple of 25 */
    int32_t alt_geom_ft;
    int32_t gs_dkt; /* 0.1 kt */
    int32_t track_ddeg;
    int32_t vert_rate_fpm; /* a multiple of 64 */
    uint32_t flight;       /* in the timetable */
    bool on_ground;
    bool after_silence; /* trace flag 1 */
    bool new_leg;       /* trace flag 2 */
    bool is_false;      /* the position is not the aircraft's */
    uint8_t integrity;  /* enum ovf_sim_integrity */
    uint8_t source;     /* enum ovf_sim_source */
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

/** Why no receiver hears a row. */
enum ovf_sim_unheard { OVF_SIM_HEARD, OVF_SIM_UNHEARD_HOLE, OVF_SIM_UNHEARD_SILENCE };

struct ovf_sampling {
    const struct ovf_scenario *scenario;
    const struct ovf_point *hole_centres;        /* of the scenario's holes, in their order */
    const struct ovf_point *disturbance_centres; /* likewise */
    const struct ovf_point *disturbance_targets; /* of those that have one */
    uint64_t seed;
};

struct ovf_stretches;

/** Append what is heard of \p flight, number \p index, along \p path, and in \p stretches how it was
 * disturbed or not heard. Rows are in order of time. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_sample_flight(const struct ovf_sampling *sampling,
                                                const struct ovf_sim_flight *flight, uint32_t index,
                                                const struct ovf_path *path,
                                                struct ovf_sim_rows *rows,
                                                struct ovf_stretches *stretches);

#endif
