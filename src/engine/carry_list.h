/* SPDX-License-Identifier: Apache-2.0 */
/* The list of all known flights of an aircraft, private to engine/carry*.c. */
#ifndef OVF_ENGINE_CARRY_LIST_H
#define OVF_ENGINE_CARRY_LIST_H

#include "base/time.h"
#include "engine/carry.h"
#include "flight/countries.h"
#include "flight/journey.h"

/** The longest silence that the splitter of legs (track/legs.c) bridges, in the air or to or from the
 * ground. */
#define OVF_CARRY_REACH_NS (16 * 60 * OVF_NS_PER_MIN)

/** A flight on the list of all that are known. */
struct ovf_carry_listed {
    const struct ovf_flight *flight;
    const struct ovf_stretch_flight *own; /* NULL: without fixes */
    size_t stretch;                       /* SIZE_MAX: without fixes */
    bool crosses;
    bool is_open;   /* another scan could change its journey, or itself */
    bool in_piece;  /* carried with its fixes */
    bool is_beside; /* of one that is: it says where that can have come from, or gone to */
    struct ovf_journey_place place;
};

struct ovf_carry_list {
    struct ovf_carry_listed *items;
    size_t n;
};

/** The window that holds \p t_ns; an empty one there when none does. */
struct ovf_carry_window ovf_carry_window_at(const struct ovf_carry *carry, int64_t t_ns);

/** The spell that \p t_ns lies in; an empty one there when it lies in none. */
struct ovf_stretch_spell ovf_stretch_spell_at(const struct ovf_stretch *stretch, int64_t t_ns);

/** Cut the pieces of \p out, whose windows are known, from the stretches of \p join: what reaches an edge,
 * and the open flights that crossed an airspace. What changes may change flights up to \p reach_ns from it. Marks the
 * flights that are in a piece, and opens their journeys. */
OVF_NODISCARD enum ovf_status ovf_carry_pieces(const struct ovf_join *join,
                                               struct ovf_carry_list *list, int64_t reach_ns,
                                               struct ovf_carry *out);

#endif
