/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of a trace hand on to those after them: the aircraft object for a while, and the marks
 * of silence and legs. Shared by the reader of any row and the scanner of well-formed ones, so that
 * both mean the same; inline, for it is done for each fix. */
#ifndef OVF_READ_TRACE_HOLD_H
#define OVF_READ_TRACE_HOLD_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/time.h"
#include "track/fix.h"

#define OVF_TRACE_MAX_OFFSET_NS                                                                    \
    (3 * OVF_NS_PER_DAY) /* a trace is one day; further off is a broken clock */
#define OVF_TRACE_HOLD_NS (60 * OVF_NS_PER_S)

enum {
    OVF_TRACE_FLAG_SILENT_BEFORE = 1,
    OVF_TRACE_FLAG_NEW_LEG = 2,
    OVF_TRACE_FLAG_GEOM_RATE = 4,
    OVF_TRACE_FLAG_GEOM_ALT = 8,
};

/** What an aircraft object says, in the members of a fix; has marks what is there. */
struct ovf_trace_object {
    struct ovf_fix values;
    bool has_type;
    enum ovf_fix_source type;
};

/** What rows leave for those after them. Zero-initialise. */
struct ovf_trace_hold {
    struct ovf_trace_object object;
    bool has_object;
    int64_t object_t_ns;
    enum ovf_fix_source object_source;
    uint8_t pending; /* flags of rejected rows: OVF_FIX_AFTER_SILENCE, OVF_FIX_LEG_HINT */
    bool has_prev;   /* time and flags of the row before are known */
    int64_t prev_t_ns;
    bool has_fix; /* a good fix came before */
};

/** The object that speaks for a row at \p t_ns: \p own, or the one held, or NULL. */
static inline const struct ovf_trace_object *ovf_trace_object_for(
    const struct ovf_trace_hold *hold, const struct ovf_trace_object *own, int64_t t_ns)
{
    if (own != NULL)
        return own;
    const bool holds = hold->has_object && t_ns >= hold->object_t_ns &&
                       t_ns - hold->object_t_ns <= OVF_TRACE_HOLD_NS;
    return holds ? &hold->object : NULL;
}

/** Copy what \p object says into \p fix, all of it or only callsign, squawk and heading. */
static inline void ovf_trace_object_copy(const struct ovf_trace_object *object, bool with_quality,
                                         struct ovf_fix *fix)
{
    const unsigned quality =
        OVF_FIX_NIC | OVF_FIX_RC | OVF_FIX_NAC_P | OVF_FIX_NAC_V | OVF_FIX_SIL | OVF_FIX_VERSION;
    const struct ovf_fix *from = &object->values;
    memcpy(fix->callsign, from->callsign, sizeof fix->callsign);
    fix->squawk = from->squawk;
    fix->heading_deg = from->heading_deg;
    fix->has |= (uint16_t)(from->has & ~quality);
    if (!with_quality)
        return;
    fix->has |= (uint16_t)(from->has & quality);
    fix->nic = from->nic;
    fix->rc_m = from->rc_m;
    fix->nac_p = from->nac_p;
    fix->flags |= from->flags; /* of which an object says nothing but NACv */
    fix->sil = from->sil;
    fix->sil_type = from->sil_type;
    fix->version = from->version;
}

/** \p object, as ovf_trace_object_for gave it with \p own, speaks for \p fix and, when it is the row's
 * own, for those after it. */
static inline void ovf_trace_object_apply(struct ovf_trace_hold *hold,
                                          const struct ovf_trace_object *own,
                                          const struct ovf_trace_object *object,
                                          struct ovf_fix *fix)
{
    if (object == NULL)
        return;
    if (object == own) {
        ovf_trace_object_copy(object, true, fix);
        hold->object = *own;
        hold->has_object = true;
        hold->object_t_ns = fix->t_ns;
        hold->object_source = (enum ovf_fix_source)fix->source;
        return;
    }
    const unsigned before = fix->has;
    ovf_trace_object_copy(object, fix->source == (uint8_t)hold->object_source, fix);
    if (fix->has != before)
        fix->flags |= OVF_FIX_HELD;
}

/** The marks of silence and legs, with what rejected rows left. */
static inline uint8_t ovf_trace_hearing_flags(const struct ovf_trace_hold *hold, unsigned flags,
                                              bool flags_known, int64_t t_ns)
{
    unsigned marks = hold->pending;
    if ((flags & OVF_TRACE_FLAG_SILENT_BEFORE) != 0)
        marks |= OVF_FIX_AFTER_SILENCE;
    if ((flags & OVF_TRACE_FLAG_NEW_LEG) != 0)
        marks |= OVF_FIX_LEG_HINT;
    if ((marks & OVF_FIX_AFTER_SILENCE) == 0 && flags_known && hold->has_fix && hold->has_prev &&
        t_ns >= hold->prev_t_ns)
        marks |= OVF_FIX_HEARD_SINCE;
    return (uint8_t)marks;
}

#endif
