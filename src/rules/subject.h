/* SPDX-License-Identifier: Apache-2.0 */
/* What rules look at: crossings and flights as they were settled, whoever tells of them (the store's rows, or
 * the engine while it listens).
 *
 * All texts are borrowed and never NULL: what is not known is "". A time that is an interval is one here too;
 * a rule that would need to know more says so instead of choosing.
 */
#ifndef OVF_RULES_SUBJECT_H
#define OVF_RULES_SUBJECT_H

#include "engine/engine.h"

/** A time that is known to lie in [min_ns, max_ns]; of a solved crossing, both are the fixes around it. */
struct ovf_when {
    bool is_known;
    int64_t min_ns;
    int64_t max_ns;
};

/** Where a flight took off or landed. */
struct ovf_subject_end {
    const char *airport; /* "" when unknown */
    const char *country; /* two letters */
    const char *kind;    /* "observed", "inferred", "stated", "unknown" */
    double score;        /* 0 to 1 */
};

/** Who flew. */
struct ovf_subject_aircraft {
    uint32_t address; /* bit 24: not an ICAO address (track/address.h) */
    const char *icao24;
    const char *callsign;
    const char *registration;
    const char *registration_source;
    const char *type_code;
    const char *owner_operator;
};

/** What people call it: its callsign, or what it is addressed by. */
static inline const char *ovf_subject_called(const struct ovf_subject_aircraft *aircraft)
{
    return aircraft->callsign[0] != '\0' ? aircraft->callsign : aircraft->icao24;
}

struct ovf_subject_flight {
    const char *id;
    const char *journey_id;
    unsigned leg; /* from 1, in the journey */
    struct ovf_subject_aircraft aircraft;
    struct ovf_subject_end from;
    struct ovf_subject_end to;
    int64_t start_ns;
    int64_t end_ns;
    bool address_shared; /* two aircraft had it: what is known by it may be the other's */
    bool simulated;
};

/** An airspace of which all traffic was asked for: every crossing that was entered, certainly or nearly. */
struct ovf_asked {
    const char *kind;
    const char *airspace;
};

struct ovf_subject {
    const char *id; /* of the crossing */
    const char *flight_id;
    const char *journey_id;
    struct ovf_subject_aircraft aircraft;
    const char *airspace; /* its code; of a zone, its name */
    const char *kind;     /* "country", "fir", "zone" */
    const char *edition;
    enum ovf_role role;
    enum ovf_class class;
    bool grazing;
    struct ovf_when entry;
    struct ovf_when exit;
    /** It may have been inside through the gap that it begins or ends in: then it's one stay with the crossing on the
     * gap's other side, and this end never was. */
    bool entry_perhaps_stayed;
    bool exit_perhaps_stayed;
    const char *stay_id; /* of the first crossing of that stay; NULL: it is none of several */
    int64_t
        stay_entered_ns; /* the earliest that this one entered; where it is not known, the flight's start */
    double entry_lat_deg; /* NAN when unknown, like all below */
    double entry_lon_deg;
    double exit_lat_deg;
    double exit_lon_deg;
    double entry_alt_baro_ft;
    double exit_alt_baro_ft;
    double alt_baro_min_ft; /* of the fixes inside */
    double alt_baro_max_ft;
    bool alt_baro_throughout; /* each has one, and no gap lies between them or at an end */
    double distance_m;
    const char *entered_from; /* comma-separated countries */
    const char *left_to;
    struct ovf_subject_end from;
    struct ovf_subject_end to;
    int64_t flight_start_ns;
    int64_t flight_end_ns;
    const char *watches; /* names of the case's watches that it meets, comma-separated */
    const char
        *watches_by_states; /* of these: an end is unknown, the journey was seen in that state */
    bool simulated;
};

/** Whether the airport is known for certain. An inferred one is where it was headed when last heard: it may have
 * landed there, or elsewhere. */
bool ovf_subject_end_is_known(const struct ovf_subject_end *end);

/** Whether the airspace was entered for certain: observed, bracketed, necessary. */
bool ovf_subject_is_sure(const struct ovf_subject *subject);

/** When it entered. A flight that was inside when it was first heard entered then when it departs there, else at
 * some time of the 24 h before. */
struct ovf_when ovf_subject_entered(const struct ovf_subject *subject);

/** When it left; likewise of a flight that was inside when it was last heard. */
struct ovf_when ovf_subject_left(const struct ovf_subject *subject);

/** When the stay was entered that it perhaps goes on with; else when it entered. */
struct ovf_when ovf_subject_stay_entered(const struct ovf_subject *subject);

/** Whether it took off, or landed, in this crossing: not in another of its stay. */
bool ovf_subject_departs(const struct ovf_subject *subject);
bool ovf_subject_arrives(const struct ovf_subject *subject);

#endif
