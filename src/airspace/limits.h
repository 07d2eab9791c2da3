/* SPDX-License-Identifier: Apache-2.0 */
/* Floors and ceilings, and what the altitudes that a fix states say of them.
 *
 * A limit is compared with an altitude of its own datum: FL with barometric altitude; AMSL with
 * geometric altitude less the geoid where the fix states the one and the other is known, else with
 * barometric altitude, which is another thing and has a wider margin. Within the margin, and above a
 * floor or below a ceiling in AGL (the ground is not known here), the test is undetermined. */
#ifndef OVF_AIRSPACE_LIMITS_H
#define OVF_AIRSPACE_LIMITS_H

#include "geo/datum.h"
#include "geo/geoid.h"
#include "track/fix.h"

/** Vertical limits of one airspace of a layer. */
struct ovf_limits {
    uint32_t owner;
    int32_t floor_ft;   /* INT32_MIN: none */
    int32_t ceiling_ft; /* INT32_MAX: none */
    enum ovf_datum floor_datum;
    enum ovf_datum ceiling_datum;
};

/** How far barometric altitude may lie from the altitude above mean sea level (design.md, section 5):
 * pressure at sea level between 960 and 1060 hPa is 1,450 ft. */
#define OVF_AMSL_BAROMETRIC_MARGIN_FT 1500

/**
 * The same of geometric altitude less the geoid. A fix does not carry the aircraft's own accuracy
 * category (GVA: 2 is 45 m, 1 is 150 m at 95 %, 0 unknown; RTCA DO-260B, 2.2.3.2.7.2.8), so the
 * coarser of the two known ones counts: 492 ft, and 12.5 ft for steps of 25 ft; EGM96 and the table
 * add a metre or two: 500 ft together, by squares. An aircraft that sends its altitude above mean sea
 * level instead of the height above the ellipsoid (EASA CS-ACNS, AMC1 ACNS.D.ADSB.085, forbids
 * it) is off by the undulation: 351 ft at the most.
 */
#define OVF_AMSL_GEOMETRIC_MARGIN_FT 500

/** What the altitude above mean sea level was taken from. */
enum ovf_amsl_source {
    OVF_AMSL_NONE,
    OVF_AMSL_BAROMETRIC,
    OVF_AMSL_GEOMETRIC,
};

/** The altitudes of a fix by datum. */
struct ovf_heights {
    bool has_baro;
    double baro_ft;
    enum ovf_amsl_source amsl_source;
    double amsl_ft; /* unless NONE */
};

/** \p geoid may be NULL. */
struct ovf_heights ovf_heights_of(const struct ovf_fix *fix, const struct ovf_geoid *geoid);

/** From one fix to the next: what is not known from the same source at both stays as it is at \p from
 * until the next fix is reached. */
void ovf_heights_hold(const struct ovf_heights *from, struct ovf_heights *to);

/** What altitudes say of the limits of an airspace, the worst last. */
enum ovf_vertical {
    OVF_VERTICAL_WITHIN,
    OVF_VERTICAL_UNDETERMINED,
    OVF_VERTICAL_BEYOND,
};

enum ovf_vertical ovf_limits_judge(const struct ovf_limits *limits,
                                   const struct ovf_heights *heights);

/** The same of a fix: what stands on the ground is in all that reaches down to it and in nothing with a
 * floor. */
enum ovf_vertical ovf_limits_judge_fix(const struct ovf_limits *limits, const struct ovf_fix *fix,
                                       const struct ovf_heights *heights);

/** A moment on the way between two fixes, and what holds from there on. */
struct ovf_limits_change {
    double fraction; /* of the way, in [0, 1] */
    enum ovf_vertical state;
};

enum { OVF_LIMITS_MAX_CHANGES = 6 };

/**
 * The changes between two fixes, climbing or descending uniformly, in order. \p to has been held.
 * \param[out] changes  room for OVF_LIMITS_MAX_CHANGES
 * \return their number
 */
size_t ovf_limits_find_changes(const struct ovf_limits *limits, const struct ovf_heights *from,
                               const struct ovf_heights *to, struct ovf_limits_change *changes);

/** What climbs and descends faster does not fly on: an airliner that was recovered had lost 34,000 ft in 63 s, at
 * 32,400 ft/min (NTSB-AAR-81-8). */
#define OVF_HARD_RATE_FPM 40000.0

/** What is at the first of these or lower before and after never flies above the second: aircraft that are no
 * fighters or balloons are certified to 51,000 ft at the most, one that is no longer flown was to 60,000. */
#define OVF_USUAL_CEILING_FT 51000.0
#define OVF_HARD_CEILING_FT 60000.0

/** Whether who flew from \p from to \p to in \p time_s was within the limits all the time, whatever the way: both state
 * barometric altitudes, and the highest and the lowest that could be reached between lie within. */
bool ovf_limits_hold(const struct ovf_limits *limits, const struct ovf_fix *from,
                     const struct ovf_fix *to, double time_s);

/** Whether who flew from \p from to \p to in \p time_s may have passed the airspace \p owner above or below: limits of
 * it are among the \p n_limits, and do not hold. Of what states no altitude, as a fix that is all zero, they do not. */
bool ovf_limits_let_pass(const struct ovf_limits *limits, size_t n_limits, uint32_t owner,
                         const struct ovf_fix *from, const struct ovf_fix *to, double time_s);

/** Whether one of them, above or below, is counted from mean sea level. */
bool ovf_limits_have_amsl(const struct ovf_limits *limits);

#endif
