/* SPDX-License-Identifier: Apache-2.0 */
/* The ends of flights as a table of routes states them, beside what was heard of them: a class of its own. Nothing that
 * decides (roles, watches, journeys) looks at it. */
#ifndef OVF_RULES_STATED_H
#define OVF_RULES_STATED_H

#include "engine/engine.h"
#include "lists/routes.h"

/** An end as it is told. */
struct ovf_told_end {
    struct ovf_endpoint end; /* of kind STATED where it is unknown, and an airport is stated */
    bool is_contradicted;    /* it is known, and another airport is stated */
    uint32_t stated;         /* which; an index into struct ovf_airports */
};

/** \p routes may be NULL. A code that \p airports does not know states nothing. */
struct ovf_told_end ovf_told_end_of(const struct ovf_routes *routes,
                                    const struct ovf_airports *airports,
                                    const struct ovf_flight *flight, enum ovf_end end);

#endif
