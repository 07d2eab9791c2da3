/* SPDX-License-Identifier: Apache-2.0 */
/* What other flights of the same way did: which airspaces those between the same two airports are known to have
 * crossed. The share of them that crossed one ranks crossings of it that are only possible; it is no probability of
 * any, and changes no class. */
#ifndef OVF_RULES_PAST_H
#define OVF_RULES_PAST_H

#include "base/buffer.h"
#include "engine/engine.h"

/** A flight with two known ends. Airspaces stand as "\ncountry:IQ\nfir:ORBB\n". */
struct ovf_past_flight {
    uint32_t from; /* indexes into struct ovf_airports */
    uint32_t to;
    char operator_icao[4]; /* "": none stands in the callsign */
    /* By a crossing that is observed or bracketed; NUL-terminated, as the next. */
    struct ovf_buffer crossed;
    /* With any other crossing that was found: where none stands in crossed, too, nothing follows from this flight. */
    struct ovf_buffer unclear;
};

void ovf_past_flight_deinit(struct ovf_past_flight *past);

/** Whether both ends are airports that positions show: what is only stated does not count. */
bool ovf_past_has_ends(const struct ovf_flight *flight);

/** Flight \p index of \p result, which has ends, takes the place of what \p past was. What crossings in gaps are
 * possible was looked for (wants_possible), or where nothing is said nothing would be known. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_past_flight_make(const struct ovf_engine_config *config,
                                                   const struct ovf_result *result, size_t index,
                                                   struct ovf_past_flight *past);

/** Append the airspace of \p crossing as it stands there. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_past_put_airspace(const struct ovf_engine_config *config,
                                                    const struct ovf_crossing *crossing,
                                                    struct ovf_buffer *out);

/** How many flights, and how many of these crossed. */
struct ovf_past_count {
    uint32_t n;
    uint32_t n_crossed;
};

/** Count a flight by its texts; \p airspace is such a text of one. That it is another than the one which is asked
 * about, which may have crossed the airspace a second time for certain, the caller sees to. */
void ovf_past_note(const char *crossed, const char *unclear, const char *airspace,
                   struct ovf_past_count *count);

#endif
