/* SPDX-License-Identifier: Apache-2.0 */
/* Where the flights of a journey landed. */
#ifndef OVF_RULES_LANDING_H
#define OVF_RULES_LANDING_H

#include "base/time.h"
#include "rules/finding.h"
#include "rules/matter.h"

/** The flights of a matter, by journey and leg. Zero-initialise. */
struct ovf_landings {
    struct ovf_landing_flight {
        const struct ovf_subject_flight *flight;
    } * items;
    size_t n;
};

OVF_NODISCARD enum ovf_status ovf_landings_init(struct ovf_landings *landings,
                                                const struct ovf_matter *matter);
void ovf_landings_deinit(struct ovf_landings *landings);

/** A flight whose landing is not known may have landed up to so much later than it was last heard. */
#define OVF_LANDING_LATER_NS OVF_NS_PER_DAY

struct ovf_landing {
    enum ovf_holds
        landed; /* PERHAPS: where one of the flights landed is not known, or inferred only */
    const struct ovf_subject_flight
        *flight; /* that did, or may have; NULL: none, or none is known */
};

/** Whether a flight of the journey landed at \p airport from \p from_ns until before \p until_ns. Of its flights
 * those with a crossing are known. */
struct ovf_landing ovf_landing_of(const struct ovf_landings *landings, const char *journey_id,
                                  const char *airport, int64_t from_ns, int64_t until_ns);

/** Where and when a flight landed, or is inferred to have, as details of the finding added last. */
void ovf_landing_put(struct ovf_findings *findings, const struct ovf_landing *landing);

/** A sentence about a landing that is not HOLDS_NOT. */
void ovf_landing_reason(struct ovf_findings *findings, const struct ovf_landing *landing);

#endif
