/* SPDX-License-Identifier: Apache-2.0 */
/* What speaks against positions of an aircraft, and where these lie: what was asked of airspaces can be held against
 * positions that make no crossing, as they are not believed. */
#ifndef OVF_RULES_DOUBT_H
#define OVF_RULES_DOUBT_H

#include "rules/watches.h"

/** A detection; or positions that fell out alone, without one. */
struct ovf_doubt {
    const struct ovf_detection *detection; /* NULL: strays, which contradict what is believed */
    /** That it was on: what is believed of it lies around, or beside without a silence (stretch_s); NULL: there is
     * none. */
    const struct ovf_flight *flight;
    size_t first; /* the fixes that set it off */
    size_t last;
    size_t begin; /* the fixes that are not believed there, and those around that are */
    size_t end;
    size_t n_not_believed;
    /** By layer: the airspaces asked for that one of them lies in, whatever its altitude. */
    const struct ovf_members *inside;
};

typedef enum ovf_status ovf_doubt_fn(void *context, const struct ovf_doubt *doubt);

/**
 * Tell \p tell of every doubt of \p result, which is of one aircraft: detections in their order, then strays by
 * time. Those are runs of fixes that are not believed and that no detection touches.
 * \retval OVF_E_NOMEM  or what telling comes to
 */
OVF_NODISCARD enum ovf_status ovf_doubts_find(const struct ovf_engine_config *config,
                                              const struct ovf_result *result, ovf_doubt_fn *tell,
                                              void *context);

/** "" where nothing is known: of its flight, else the first that one of its fixes has. */
void ovf_doubt_callsign(const struct ovf_doubt *doubt, const struct ovf_fix *fixes,
                        char callsign[9]);

/** Whether \p fix is not believed, and of this aircraft: that of another with the address is no doubt. */
bool ovf_doubt_has_fix(const struct ovf_fix *fix);

/** An airspace of the configuration. */
struct ovf_doubt_place {
    size_t layer;
    uint32_t owner;
};

/**
 * What \p watch would say of a crossing of \p place, had the positions been believed: of aircraft, time, and ends of
 * the flight. Roles and classes are not asked, nor other legs of the journey.
 */
struct ovf_match ovf_watch_match_doubt(const struct ovf_watch *watch,
                                       const struct ovf_airports *airports,
                                       const struct ovf_result *result,
                                       const struct ovf_doubt *doubt, struct ovf_doubt_place place,
                                       const struct ovf_identity *who);

#endif
