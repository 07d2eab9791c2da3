/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a trace of the world day. */
#ifndef OVF_SIMULATE_WORLD_TEXT_H
#define OVF_SIMULATE_WORLD_TEXT_H

#include "simulate/world_day.h"

/** One row as it is printed, and what its object says. */
struct ovf_world_row {
    int64_t t_cs; /* since the day's beginning, 10 ms */
    int32_t lat_e6;
    int32_t lon_e6;
    int32_t alt_ft;
    int32_t gs_dkt;
    int32_t track_cdeg; /* 0.01 degree, as the object has it */
    int32_t vert_rate_fpm;
    int32_t alt_geom_ft;
    int32_t geom_rate_fpm;
    int32_t ias_kt;
    int32_t tas_kt;
    int32_t wind_from_deg;
    int32_t wind_kt;
    int32_t roll_cdeg;
    bool on_ground;
    bool after_silence; /* flag 1 */
    bool new_leg;       /* flag 2 */
};

/** Append what stands before the rows. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_world_put_header(const struct ovf_world_day *day,
                                                   const struct ovf_world_aircraft *aircraft,
                                                   struct ovf_buffer *out);

/** Append row \p row; \p with_object NULL: without the aircraft object. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_world_put_row(const struct ovf_world_day *day,
                                                const struct ovf_world_maker *maker,
                                                const struct ovf_world_row *row, bool first,
                                                bool with_object, struct ovf_buffer *out);

OVF_NODISCARD enum ovf_status ovf_world_put_end(const struct ovf_world_day *day,
                                                struct ovf_buffer *out);

#endif
