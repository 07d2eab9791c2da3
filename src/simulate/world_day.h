/* SPDX-License-Identifier: Apache-2.0 */
/* A day of the whole world's traffic, invented: as many traces as an archive's day has, in the shapes that
 * readsb writes, to measure with. There is no truth beside it; scenarios have that. */
#ifndef OVF_SIMULATE_WORLD_DAY_H
#define OVF_SIMULATE_WORLD_DAY_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "pack/airports.h"
#include "simulate/path.h"
#include "simulate/random.h"

#define OVF_WORLD_TRACES 60000 /* at scale 1 */
#define OVF_WORLD_FIXES_MIN 100
#define OVF_WORLD_FIXES_MAX 10000 /* a trace has less than that */
#define OVF_WORLD_SCALE_MAX 16.0  /* its addresses still fit behind OVF_SIMULATED_ADDRESS_MIN */

/** What all traces share. Immutable after ovf_world_day_init; any number of threads may read it. */
struct ovf_world_day {
    const struct ovf_airports *airports; /* borrowed */
    uint32_t *hubs;                      /* airports that are flown between */
    size_t n_hubs;
    uint64_t seed;
    int64_t day_ns; /* 00:00 */
    bool
        without_newlines; /* as a JSON library writes a trace again: no newlines, shortest numbers */
};

/** One aircraft, which does not change during the day. */
struct ovf_world_aircraft {
    uint32_t icao24;
    uint32_t n_fixes;
    double interval_s; /* the mean */
    const char *type_code;
    const char *description;
    const char *category;
    struct ovf_scenario_performance performance;
    bool answers; /* Mode S interrogation: speeds through the air, wind, roll */
    bool selects; /* what the autopilot is set to */
    uint8_t version;
    uint8_t nic;
    uint16_t rc_m;
    uint8_t nac_p;
    uint8_t nac_v;
    uint8_t sil;
    uint8_t object_phase; /* the row of the first object */
    int32_t geom_above_baro_ft;
    int32_t wind_from_deg;
    int32_t wind_kt;
};

/** Of one thread. Zero-initialise. */
struct ovf_world_maker {
    struct ovf_path path;
    struct ovf_random random;
    struct ovf_world_aircraft aircraft;
    char callsign[9];
    unsigned squawk_digits;
    int64_t path_begin_cs; /* on the day, in 10 ms, as all times here */
    int64_t slack_cs;      /* may be spent on the ground */
    uint32_t from;
    uint32_t to;
};

/** \retval OVF_E_FORMAT  fewer than two airports have flights. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_world_day_init(const struct ovf_airports *airports, uint64_t seed,
                                                 int64_t day_ns, struct ovf_world_day *out,
                                                 struct ovf_error *err);

void ovf_world_day_deinit(struct ovf_world_day *day);

/** How many traces a day of that scale, above 0 and up to OVF_WORLD_SCALE_MAX, has: at least one. */
uint32_t ovf_world_day_traces(double scale);

void ovf_world_maker_deinit(struct ovf_world_maker *maker);

/**
 * Append trace number \p index. It depends on the day's seed and \p index alone.
 *
 * \param[out] icao24   its address
 * \param[out] n_fixes  its rows: between OVF_WORLD_FIXES_MIN and _MAX, log-uniform
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_world_day_trace(const struct ovf_world_day *day,
                                                  struct ovf_world_maker *maker, uint32_t index,
                                                  struct ovf_buffer *out, uint32_t *icao24,
                                                  uint32_t *n_fixes);

#endif
