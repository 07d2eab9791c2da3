/* SPDX-License-Identifier: Apache-2.0 */
/* What engine/live*.c share. */
#ifndef OVF_ENGINE_LIVE_PARTS_H
#define OVF_ENGINE_LIVE_PARTS_H

#include "base/time.h"
#include "engine/live.h"
#include "engine/live_due.h"
#include "engine/live_hold.h"
#include "geo/densify.h"

struct ovf_live_engine {
    const struct ovf_live_config *config;
    struct ovf_live_teller teller; /* counts, and passes on to the configuration's */
    struct ovf_engine *engine;
    struct ovf_live_hold hold;
    struct ovf_live_due due;
    struct ovf_live_counts counts;
    int64_t time_ns;  /* of the stream; INT64_MIN: none yet */
    int64_t since_ns; /* when what is asked was changed last; INT64_MIN: never */
    /* A time that parts from the stream's, until others confirm it. */
    int64_t strange_ns;
    uint32_t strange_address;
    unsigned n_strange;
    size_t hand;      /* where thinning goes on */
    bool thins_young; /* old fixes were not enough; until then: */
    int64_t thins_young_ns;
    bool has_limits; /* some layer has limits of altitude: then every fix is looked at */
    struct ovf_fixes fixes;
    struct ovf_points pieces;
    struct ovf_hits hits;
};

/** While something may change it is followed at least that often. */
#define OVF_LIVE_SELDOM_NS (5 * OVF_NS_PER_MIN)

/* ---- live_near.c: what a fix changes ---- */

/** A name of the set of airspaces that are asked for and hold \p fix; 0: none does. */
uint64_t ovf_live_inside(const struct ovf_live_engine *live, const struct ovf_fix *fix);

/** Whether no boundary of a layer lies between the two, for sure. */
bool ovf_live_is_clear(const struct ovf_live_engine *live, struct ovf_point a, struct ovf_point b);

/** A box around \p at within which no boundary of a layer is met; empty where one is near. */
struct ovf_box ovf_live_clear_box(const struct ovf_live_engine *live, struct ovf_point at);

/** Whether the line from \p a to \p b crosses a boundary of an airspace that is asked for. */
OVF_NODISCARD enum ovf_status ovf_live_crosses(struct ovf_live_engine *live, struct ovf_point a,
                                               struct ovf_point b, bool *crosses);

/* ---- live_follow.c: a look at an aircraft ---- */

/** Whether more fixes alone may make more to be said of it. */
static inline bool ovf_live_wants_news(const struct ovf_live_craft *craft)
{
    return craft->is_open || (craft->inside != 0 && craft->tolds.n > 0);
}

/** Follow all that is held of it, tell what is new, forget what no correction can reach, and say when it is due
 * next. */
OVF_NODISCARD enum ovf_status ovf_live_follow(struct ovf_live_engine *live, uint32_t number);

/** The last look: everything is told and settled, and the aircraft removed. */
OVF_NODISCARD enum ovf_status ovf_live_dismiss(struct ovf_live_engine *live, uint32_t number);

/** Give up fixes of an aircraft that has many, so that room is made: old ones, or where these are not enough all that
 * are decided upon. Nothing that was told changes by it. */
OVF_NODISCARD enum ovf_status ovf_live_thin(struct ovf_live_engine *live, uint32_t number);

#endif
