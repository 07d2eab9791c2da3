/* SPDX-License-Identifier: Apache-2.0 */
/* Where a leg began or ended: an airport, how that is known, and how sure it is. Unknown is an
 * answer; the airport nearest to an aircraft in cruise is not. */
#ifndef OVF_FLIGHT_ENDPOINT_H
#define OVF_FLIGHT_ENDPOINT_H

#include "pack/airports.h"
#include "track/legs.h"

enum ovf_end { OVF_END_DEPARTURE, OVF_END_ARRIVAL };

enum ovf_endpoint_kind {
    OVF_ENDPOINT_UNKNOWN = 0,
    OVF_ENDPOINT_OBSERVED, /* on the ground at the field, or on short final or just off its runway */
    OVF_ENDPOINT_INFERRED, /* low and descending towards it (or climbing from it) when last heard */
    OVF_ENDPOINT_STATED,   /* from a flight plan or a table; never from here */
};

#define OVF_ENDPOINT_REASON_SIZE 160
#define OVF_ENDPOINT_CANDIDATES 3

/** What is known of an end that is not, of the leg alone: flight/countries.h makes countries of it. */
struct ovf_endpoint_reach {
    bool is_set;
    bool on_ground;
    int64_t t_ns; /* of the last fix of the leg (departure: the first) */
    struct ovf_point at;
    double radius_m;
    /* No higher it was, on its way down (departure: up); INFINITY: it was not, or how high is not known. */
    double descent_ft;
    double runway_ft; /* it needs about so much; 0: any */
};

struct ovf_endpoint {
    enum ovf_endpoint_kind kind;
    bool has_airport; /* never when unknown */
    bool has_runner_up;
    uint32_t airport; /* indexes into struct ovf_airports */
    uint32_t runner_up;
    char country[3]; /* of the airport; "" when unknown */
    double score;    /* 0 to 1; 0 when unknown */
    /* The airports that fit best, named or not, the best first: of an end that is known, the airport and
     * the runner-up are the first two. */
    unsigned n_candidates;
    uint32_t candidates[OVF_ENDPOINT_CANDIDATES];
    struct ovf_endpoint_reach reach;       /* of an unknown end */
    char reason[OVF_ENDPOINT_REASON_SIZE]; /* for people, a part of a sentence */
};

/**
 * Find the departure or the arrival of \p leg.
 *
 * Observed: a fix on the ground within the field, or one lower than 1,500 ft above it within 3 NM of
 * a runway end, in line with the runway, on its way down (departure: up), and no other field fits nearly
 * as well. Inferred: lower than 10,000 ft above the field (altimeters may err), descending (climbing), not
 * farther than 60 km: by distance, direction, slope, a runway in line and one that is long enough for what
 * the aircraft flew like, scheduled service. The score is the best field's share of all that fits; from 30
 * km on it is below 0.9, and below 0.5 the end is unknown and the reason names who came near. Unknown it
 * also stays from farther or higher, or when the field that fits best is. Closed airports never come into
 * question, heliports only for what stands on one.
 */
void ovf_endpoint_find(const struct ovf_airports *airports, const struct ovf_track *track,
                       const struct ovf_leg *leg, enum ovf_end end, struct ovf_endpoint *out);

/** observed, inferred, stated, unknown. */
const char *ovf_endpoint_kind_name(enum ovf_endpoint_kind kind);

#endif
