/* SPDX-License-Identifier: Apache-2.0 */
/* One crossing beside one permit (private to src/rules). */
#ifndef OVF_RULES_PERMIT_COMPARE_H
#define OVF_RULES_PERMIT_COMPARE_H

#include "base/time.h"
#include "rules/permit.h"

/** How far a permit's time may be away from what it is compared with. */
#define OVF_PERMIT_NEAR_NS OVF_NS_PER_DAY

/** A time that lies in [min_ns, max_ns]. */
struct ovf_permit_span {
    int64_t min_ns;
    int64_t max_ns;
};

/** A crossing as permits are compared with it. */
struct ovf_permit_flown {
    const struct ovf_subject *subject;
    struct ovf_permit_span entry;
    unsigned days; /* of the week that the entry touches */
    bool is_state_aircraft;
    char registration[OVF_REGISTRATION_KEY_SIZE];
    char operator_icao[4];
};

/** When it entered: of one that was inside when it was first heard, when its flight began where it departs inside,
 * else some time in the day before. */
struct ovf_permit_span ovf_permit_entry_of(const struct ovf_subject *subject);

struct ovf_permit_flown ovf_permit_flown_of(const struct ovf_permit_question *question,
                                            const struct ovf_subject *subject);

/** What differs, but for flights_max: all members of the answer but verdict and exemption. */
struct ovf_permit_answer ovf_permit_compare(const struct ovf_permit_list *list,
                                            const struct ovf_permit *permit,
                                            const struct ovf_permit_flown *flown);

/** Whether \p a counts before \p b; no two different permits are equal. */
bool ovf_permit_fits_better(const struct ovf_permit_answer *a, const struct ovf_permit_answer *b);

#endif
