/* SPDX-License-Identifier: Apache-2.0 */
/* The engine: all fixes of one aircraft in; its flights, and their crossings of airspaces, out.
 * Works on one aircraft at a time; an engine belongs to one thread, its configuration to all. */
#ifndef OVF_ENGINE_ENGINE_H
#define OVF_ENGINE_ENGINE_H

#include "airspace/edition.h"
#include "airspace/passage.h"
#include "engine/between.h"
#include "engine/strength.h"
#include "flight/countries.h"
#include "pack/airports.h"
#include "reach/speeds.h"
#include "track/legs.h"
#include "track/merge.h"

#define OVF_ID_SIZE 33 /* 16 bytes in hex and a NUL */

/** The least that a boundary is trusted to, whatever its source claims: states' lines at sea and in
 * treaties are not drawn to ten metres. A user's own zone is what the user says. */
#define OVF_BOUNDARY_ACCURACY_MIN_M 500.0
double ovf_engine_accuracy_m(const struct ovf_edition *edition);

enum ovf_role {
    OVF_ROLE_OVERFLIGHT,
    OVF_ROLE_ARRIVAL,
    OVF_ROLE_DEPARTURE,
    OVF_ROLE_DOMESTIC,
    OVF_ROLE_INCOMPLETE,
    OVF_ROLE_NONE, /* it did not enter */
    OVF_ROLE_N
};

const char *ovf_role_name(enum ovf_role role);

/** One edition of airspaces to walk through, and those of it whose crossings are wanted. */
struct ovf_engine_layer {
    const struct ovf_edition *edition;
    struct ovf_members wanted;
};

struct ovf_engine_config {
    const struct ovf_engine_layer *layers; /* the first holds the states */
    size_t n_layers;
    const struct ovf_airports *airports; /* NULL: no airport is known */
    const struct ovf_geoid *geoid;       /* NULL: unknown */
    struct ovf_walk_options walk;
    struct ovf_speed_limits speeds; /* by which gaps are judged; hard_kt 0: they are not */
    const struct ovf_slow_speeds *slow_speeds; /* of slow types; NULL: ovf_slow_speeds_known */
    /** Crossings in a gap that are only possible are found though the straight way leaves the airspace free, and are
     * ranked (rules/past.h). */
    bool wants_possible;
    bool wants_impossible; /* so is what was passed near and not entered */
    /** Nobody asks for identifiers, nor for the countries of ends that are not known: there are none. */
    bool is_nameless;
    int64_t journey_ns;                     /* the longest stay on the ground within a journey */
    const struct ovf_detect_config *detect; /* NULL: ovf_detect_defaults */
};

struct ovf_flight {
    char id[OVF_ID_SIZE];
    char journey_id[OVF_ID_SIZE];
    unsigned leg; /* 1-based, in the journey */
    unsigned n_legs;
    bool is_duplicate;    /* two aircraft have the address where it was heard */
    bool is_elsewhere;    /* its fixes are not in the track at hand */
    struct ovf_leg fixes; /* which of the track's are its own */
    struct ovf_fix first; /* of these; believed */
    struct ovf_fix last;
    bool begins_journey; /* as in struct ovf_journey_leg */
    int64_t start_ns;
    int64_t end_ns;
    char callsign[9]; /* "" when none was heard */
    struct ovf_endpoint from;
    struct ovf_endpoint to;
    /* Of an end that is not known, if the flight has crossings; never of one that is elsewhere. */
    struct ovf_countries came_from;
    struct ovf_countries went_to;
    struct ovf_members states; /* of the first layer, seen in anywhere on the way */
};

struct ovf_crossing {
    char id[OVF_ID_SIZE];
    size_t flight;      /* index in the result */
    size_t layer;       /* index in the configuration */
    enum ovf_role role; /* of the whole stay */
    struct ovf_passage passage;
    /** The crossings, of one flight and airspace, between which it perhaps stayed inside (perhaps_stayed): the first
     * and the last of them, indexes in the result. This one, where there is no other. */
    size_t stay_first;
    size_t stay_last;
    bool has_verdict; /* it was judged by what could be flown between the fixes around it */
    struct ovf_verdict verdict;
    struct ovf_certificate certificate; /* of class IMPOSSIBLE */
    struct ovf_any_of
        any_of; /* sets of airspaces of the layer, one of each of which it must have crossed */
    struct ovf_discs_used heard; /* the verdict rests on these, too */
    struct ovf_strength strength;
    struct ovf_members
        states_before; /* of the first layer: seen in before the stay's entry, after its exit */
    struct ovf_members states_after;
};

/** Between two believed fixes, indexes of the track's, of a flight with a crossing. */
struct ovf_flight_gap {
    char id[OVF_ID_SIZE]; /* of the time of the fix before it */
    size_t flight;
    size_t before;
    size_t after;
};

/** What is known of an aircraft beside the fixes at hand. */
struct ovf_around {
    const struct ovf_flight *flights; /* before, between and after them, in order of time */
    size_t n_flights;
    bool begins_journey; /* of the first flight that is found in these fixes */
};

/** What is known of one aircraft. Borrowed from the engine until its next aircraft. */
struct ovf_result {
    const struct ovf_track *track;
    const struct ovf_flight *flights; /* in order of time, those elsewhere among them */
    size_t n_flights;
    const struct ovf_crossing *crossings; /* by flight, layer (the first one last), entry */
    size_t n_crossings;
    const struct ovf_flight_gap *gaps; /* in order of time */
    size_t n_gaps;
    size_t n_suspect; /* fixes that are not believed */
    unsigned chain; /* 1, or 2: the other of two aircraft that have this address at the same time */
    bool duplicate_address; /* there are two, somewhere in the track */
};

struct ovf_engine;

/** \p config is borrowed for the engine's life. */
OVF_NODISCARD enum ovf_status ovf_engine_new(const struct ovf_engine_config *config,
                                             struct ovf_engine **out);
void ovf_engine_free(struct ovf_engine *engine);

/** Of the aircraft that follow. Their class is not heeded where two aircraft have the address or a believed fix
 * reports to be faster; of what is fast nothing is necessary. */
void ovf_engine_set_speed(struct ovf_engine *engine, struct ovf_aircraft_speed speed);

/**
 * Everything about one aircraft.
 *
 * \param[in]  scope   where the address means something: "" for ICAO addresses, a name of the input for
 *                     others; goes into the identifiers
 * \param[in]  parts   its fixes, from each member that has any, in any order
 * \param[in]  around  its other flights, for journeys; NULL when these are all
 * \param[out] result  borrowed from \p engine
 * \retval OVF_E_LIMIT  more fixes than a track can hold
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_engine_aircraft(struct ovf_engine *engine, uint32_t address,
                                                  const char *scope, const struct ovf_fixes *parts,
                                                  size_t n_parts, const struct ovf_around *around,
                                                  struct ovf_result *result);

/** The same where these are all its flights and all of it is in one array, which changes hands: \p part gets an empty
 * one for it. */
OVF_NODISCARD enum ovf_status ovf_engine_take(struct ovf_engine *engine, uint32_t address,
                                              const char *scope, struct ovf_fixes *part,
                                              struct ovf_result *result);

/** Give the array of the aircraft at hand back, emptied, in \p room, whose own changes hands for it, and what is in
 * that is lost: what is read next finds its place in the processor's caches. Also after a failure. The result is
 * gone. */
void ovf_engine_give_back(struct ovf_engine *engine, struct ovf_fixes *room);

/**
 * The other aircraft of a result that has a duplicate_address and is chain 1: takes its place. It has no other
 * flights than those found here.
 */
OVF_NODISCARD enum ovf_status ovf_engine_twin(struct ovf_engine *engine, struct ovf_result *result);

#endif
