/* SPDX-License-Identifier: Apache-2.0 */
/* Whose state gave an aircraft its address, and of which state the operators are that its callsigns name. Two
 * observations side by side: aircraft are leased, so that they differ on one flight of twelve, and nothing that decides
 * (grades, classes, verdicts, watches) looks at them. */
#ifndef OVF_RULES_OPERATED_H
#define OVF_RULES_OPERATED_H

#include "engine/engine.h"
#include "lists/operators.h"

enum { OVF_ELSEWHERE_MAX = 8 };

/** An operator whose state is known; else both are "". */
struct ovf_operated_by {
    char designator[4];
    const char *state; /* alpha-2 */
};

struct ovf_operated {
    const char *address_state; /* that its address is allocated to; "": none */
    struct ovf_operated_by by; /* by the flight's callsign */
    /** Operators of known states other than the address's, of all callsigns of its believed fixes, in the order of
     * their designators: the first eight. */
    struct ovf_operated_by elsewhere[OVF_ELSEWHERE_MAX];
    size_t n_elsewhere;
};

/** \p operators may be NULL. A callsign names an operator by three letters with a digit behind them. */
struct ovf_operated ovf_operated_of(const struct ovf_operators *operators,
                                    const struct ovf_track *track, const struct ovf_flight *flight);

#endif
