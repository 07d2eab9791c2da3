/* SPDX-License-Identifier: Apache-2.0 */
/* From schedules and traffic to single flights, each by an aircraft that is where it takes off. */
#ifndef OVF_SIMULATE_TIMETABLE_H
#define OVF_SIMULATE_TIMETABLE_H

#include "simulate/path.h"
#include "simulate/scenario.h"

struct ovf_sim_flight {
    uint32_t icao24;
    uint32_t address; /* that it sends: its own but for duplicates */
    char callsign[9];
    int64_t start_ns;   /* it begins to taxi; a multiple of 10 ms */
    size_t first_point; /* in the timetable's points */
    size_t n_points;
    uint32_t from; /* indexes of the airports */
    uint32_t to;
    double from_elevation_ft;
    double to_elevation_ft;
    double level_ft; /* as in struct ovf_path_plan */
    double level_m;
    const struct ovf_scenario_performance *performance; /* borrowed from the scenario */
    /* Of the list or of traffic; NULL: traffic. */
    const struct ovf_scenario_aircraft *aircraft;
};

/** Zero-initialise. */
struct ovf_timetable {
    struct ovf_sim_flight *flights; /* by the address they send, then time */
    size_t n_flights;
    size_t flights_capacity;
    struct ovf_point *points;
    size_t n_points;
    size_t points_capacity;
    uint64_t
        n_without_aircraft; /* departures of schedules for which every aircraft was elsewhere */
};

void ovf_timetable_deinit(struct ovf_timetable *timetable);

/**
 * \param[in] scenario  borrowed for the timetable's life
 * \param[in] seed      goes before the scenario's
 * \retval OVF_E_FORMAT  traffic finds no two airports at its distance; \p err says which
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_timetable_make(const struct ovf_scenario *scenario,
                                                 const struct ovf_airports *airports, uint64_t seed,
                                                 struct ovf_timetable *out, struct ovf_error *err);

/** What \p flight is flown by. */
struct ovf_path_plan ovf_sim_flight_plan(const struct ovf_timetable *timetable,
                                         const struct ovf_scenario *scenario,
                                         const struct ovf_sim_flight *flight);

#endif
