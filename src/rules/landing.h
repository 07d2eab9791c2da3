/* SPDX-License-Identifier: Apache-2.0 */
/* Where the flights of a journey landed. */
#ifndef OVF_RULES_LANDING_H
#define OVF_RULES_LANDING_H

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

struct ovf_landing {
    enum ovf_holds landed; /* PERHAPS: where one of the flights landed is not known */
    const struct ovf_subject_flight *flight; /* that did; else NULL */
};

/** Whether a flight of the journey landed at \p airport. Of its flights those with a crossing are known. */
struct ovf_landing ovf_landing_of(const struct ovf_landings *landings, const char *journey_id,
                                  const char *airport);

/** Where and when \p flight landed, as details of the finding added last. */
void ovf_landing_put(struct ovf_findings *findings, const struct ovf_subject_flight *flight);

#endif
