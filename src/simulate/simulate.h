/* SPDX-License-Identifier: Apache-2.0 */
/* A scenario played: what was written down of each aircraft and day, and the truth of every flight. */
#ifndef OVF_SIMULATE_SIMULATE_H
#define OVF_SIMULATE_SIMULATE_H

#include "pack/layout.h"
#include "simulate/sample.h"
#include "simulate/timetable.h"

/** Takes what is made, by aircraft and in order of time. A status other than OVF_OK stops and is
 * returned. */
struct ovf_simulation_sink {
    /** The rows (one or more) of one aircraft on the UTC day that begins at \p day_ns. */
    enum ovf_status (*day)(void *context, const struct ovf_timetable *timetable, uint32_t icao24,
                           int64_t day_ns, const struct ovf_sim_row *rows, size_t n);
    /** Lines of truth.ndjson, of one flight. NULL: no truth is found, which takes longer than all else. */
    enum ovf_status (*truth)(void *context, struct ovf_bytes lines);
    void *context;
};

struct ovf_simulation_counts {
    uint64_t n_aircraft; /* heard at all */
    uint64_t n_flights;
    uint64_t n_flights_heard; /* with a row or more */
    uint64_t n_rows;
    uint64_t n_truth_fixes; /* passages on the polyline through the fixes */
    uint64_t n_truth_path;  /* on the path as flown */
    uint64_t n_without_aircraft;
    uint64_t n_inconsistent; /* flights whose truth does not fit its own end: 0 */
};

/**
 * Play \p scenario.
 *
 * \param[in] pack  its states are those of the truth
 * \param[in] seed  of all chance
 * \retval OVF_E_FORMAT  traffic that cannot fly; \p err says which
 * \retval OVF_E_NOMEM, or what \p sink returned
 */
OVF_NODISCARD enum ovf_status ovf_simulate(const struct ovf_scenario *scenario,
                                           const struct ovf_pack *pack,
                                           const struct ovf_airports *airports, uint64_t seed,
                                           const struct ovf_simulation_sink *sink,
                                           struct ovf_simulation_counts *counts,
                                           struct ovf_error *err);

#endif
