/* SPDX-License-Identifier: Apache-2.0 */
/* What the stages of an engine share: engine_flights.c makes flights of legs, engine_cross.c finds what they cross. */
#ifndef OVF_ENGINE_ENGINE_PARTS_H
#define OVF_ENGINE_ENGINE_PARTS_H

#include "base/sha256.h"
#include "engine/engine.h"
#include "engine/strength.h"

struct ovf_engine {
    const struct ovf_engine_config *config;
    struct ovf_sha256 *hash; /* for identifiers: to make one takes as long as ten of them */
    const char *scope;       /* of the aircraft at hand; borrowed */
    unsigned chain;
    bool duplicate_address;
    struct ovf_track track;
    struct ovf_track twin; /* the track of the other aircraft, when the address is a duplicate */
    struct ovf_legs legs;
    struct ovf_walk walk;
    struct ovf_passages passages;
    struct ovf_strength_room without_weak;
    struct ovf_between between;
    struct ovf_hearings hearings; /* of the flight at hand */
    int64_t heard_from_ns;        /* as in struct ovf_between_question */
    int64_t heard_to_ns;
    struct ovf_aircraft_speed speed;
    struct ovf_speed_limits limits; /* of the flight at hand */
    struct ovf_flight *flights;
    size_t n_flights;
    size_t flights_capacity;
    struct ovf_crossing *crossings;
    size_t n_crossings;
    size_t crossings_capacity;
    struct ovf_flight_gap *gaps;
    size_t n_gaps;
    size_t gaps_capacity;
    struct ovf_country_fields *country_fields; /* NULL: none were needed yet */
};

/** The first 16 bytes of SHA-256 over "subject|icao24[@scope]|chain|what|milliseconds[|n]"; "" of a nameless engine. */
OVF_NODISCARD enum ovf_status ovf_engine_make_id(const struct ovf_engine *e, const char *subject,
                                                 const char *what, int64_t t_ns,
                                                 unsigned repetition, char id[OVF_ID_SIZE]);

/** As configured, else ovf_detect_defaults. */
const struct ovf_detect_config *ovf_engine_detectors(const struct ovf_engine *e);

/** Flights of e->legs and those \p around them (NULL: none are known), joined to journeys. */
OVF_NODISCARD enum ovf_status ovf_engine_find_flights(struct ovf_engine *e,
                                                      const struct ovf_around *around);

/** All crossings of \p flight and, where it has any, its gaps and the countries that it can have come from and gone
 * to. */
OVF_NODISCARD enum ovf_status ovf_engine_cross(struct ovf_engine *e, size_t flight);

#endif
