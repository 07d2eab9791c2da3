/* SPDX-License-Identifier: Apache-2.0 */
/* A fix: one position report of one aircraft, as the input says it, and what it is worth. */
#ifndef OVF_TRACK_FIX_H
#define OVF_TRACK_FIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "geo/point.h"

enum ovf_fix_source {
    OVF_SOURCE_UNKNOWN = 0,
    OVF_SOURCE_ADSB,
    OVF_SOURCE_ADSR,
    OVF_SOURCE_TISB,
    OVF_SOURCE_MLAT,
    OVF_SOURCE_ADSC,
    OVF_SOURCE_MODE_S,
    OVF_SOURCE_OTHER,
};

/** How far a fix is believed (design.md, "grade"). OVF_GRADE_X counts as no fix. */
enum ovf_grade {
    OVF_GRADE_NONE = 0, /* not graded yet */
    OVF_GRADE_A,
    OVF_GRADE_B,
    OVF_GRADE_C,
    OVF_GRADE_D,
    OVF_GRADE_X,
    OVF_GRADE_N
};

/** "A" to "X"; "" for OVF_GRADE_NONE. */
const char *ovf_grade_name(enum ovf_grade grade);

/** "adsb", "mode_s" ...; "" for OVF_SOURCE_UNKNOWN. */
const char *ovf_fix_source_name(enum ovf_fix_source source);

/** How a position came to be: the input gives it, or it was decoded from the halves that the aircraft sends. */
enum ovf_fix_decoding {
    OVF_DECODING_GIVEN = 0,
    OVF_DECODING_CPR_GLOBAL, /* two halves */
    OVF_DECODING_CPR_LOCAL,  /* one half, near a place that was known */
};

/** "given", "cpr_global", "cpr_local". */
const char *ovf_fix_decoding_name(enum ovf_fix_decoding decoding);

/** Of which the stated SIL is: the chance that the position is further off than the containment radius says, without
 * this being told, in an hour of flight or at each position (RTCA DO-260B 2.2.3.2.7.2.14). */
enum ovf_sil_type {
    OVF_SIL_UNKNOWN = 0, /* before version 2 of ADS-B nobody says */
    OVF_SIL_PER_HOUR,
    OVF_SIL_PER_SAMPLE,
};

/** "unknown", "perhour", "persample", as readsb has them. */
const char *ovf_sil_type_name(enum ovf_sil_type type);

/** Which members of a fix the input stated. An absent one is 0 and means nothing. */
enum {
    OVF_FIX_ALT_BARO = 1 << 0,
    OVF_FIX_ALT_GEOM = 1 << 1,
    OVF_FIX_GS = 1 << 2,
    OVF_FIX_TRACK = 1 << 3,
    OVF_FIX_VERT_RATE = 1 << 4,
    OVF_FIX_CALLSIGN = 1 << 5,
    OVF_FIX_SQUAWK = 1 << 6,
    OVF_FIX_NIC = 1 << 7,
    OVF_FIX_RC = 1 << 8,
    OVF_FIX_NAC_P = 1 << 9,
    OVF_FIX_SIL = 1 << 10,
    OVF_FIX_VERSION = 1 << 11,
    OVF_FIX_ACCURACY = 1 << 12,
    OVF_FIX_HEADING = 1 << 13,
    OVF_FIX_ROLL = 1 << 14,
    OVF_FIX_NAC_V = 1 << 15,
};

/** What the input says of a fix, without numbers; two small numbers have room behind them. */
enum {
    OVF_FIX_ON_GROUND = 1 << 0,     /* the report says so itself */
    OVF_FIX_AFTER_SILENCE = 1 << 1, /* trace flag 1: nothing was heard for a while before */
    OVF_FIX_LEG_HINT = 1 << 2,      /* trace flag 2: the archive believes a new leg begins */
    OVF_FIX_GEOM_RATE = 1 << 3,     /* vert_rate_fpm is geometric */
    OVF_FIX_HELD = 1 << 4, /* callsign, squawk or quality come from an earlier row (<= 60 s) */
    OVF_FIX_HEARD_SINCE =
        1 << 5, /* a trace row without flag 1: the aircraft was heard ever since the
                                       row before, the time between is thinned out, not silent */
    OVF_FIX_IN_AIR =
        1 << 6,            /* its member tells ground from air, and does not put it on the ground */
    OVF_FIX_TWIN = 1 << 7, /* set when graded: another aircraft with the same address sent it */
    OVF_FIX_DIRECT =
        1 << 8, /* its receiver, whose place is stated, heard it from the aircraft itself */
    OVF_FIX_HEARING =
        1
        << 9, /* no position, but a message without one: at is the place of the receiver that heard it */
    OVF_FIX_NAC_V_SHIFT = 10,
    OVF_FIX_NAC_V_BITS = 7 << OVF_FIX_NAC_V_SHIFT, /* ovf_fix_nac_v */
    OVF_FIX_DECODING_SHIFT = 13,
    OVF_FIX_DECODING_BITS = 3 << OVF_FIX_DECODING_SHIFT, /* enum ovf_fix_decoding */
};

/** Where a fix stands in the input: item is an index into the run's catalog of members, row the
 * 0-based position of the report in that member, as written (rejected rows count). */
struct ovf_record {
    uint32_t item;
    uint32_t row;
};

struct ovf_fix {
    int64_t t_ns;
    struct ovf_point at;
    int32_t alt_baro_ft;
    int32_t alt_geom_ft;
    float gs_kt;
    float track_deg;
    float rc_m;        /* containment radius that the aircraft states */
    float accuracy_m;  /* a stated accuracy of the position (generic CSV) */
    float radius_m;    /* what the geometry works with; set when graded */
    float heading_deg; /* where the nose points, magnetic: only its changes mean something */
    int16_t vert_rate_fpm;
    int16_t roll_cdeg; /* 0.01 degree, right wing down is positive */
    uint16_t receiver; /* that heard it, of those that the input names: track/receivers.h; else 0 */
    uint16_t has;      /* OVF_FIX_ALT_BARO ... */
    uint16_t squawk;   /* four octal digits as read, 0 to 7777 in decimal notation */
    uint16_t flags;    /* OVF_FIX_ON_GROUND ... */
    uint8_t source;    /* enum ovf_fix_source */
    uint8_t grade;     /* enum ovf_grade */
    uint8_t nic : 4;
    uint8_t nac_p : 4;
    uint8_t sil : 2;
    uint8_t sil_type : 2; /* enum ovf_sil_type */
    uint8_t version : 4;  /* of ADS-B, 0 to 2 */
    char callsign[8];     /* upper case, padded with NULs, not terminated */
    struct ovf_record record;
};

/** Whether it tells only that the aircraft was heard: of its members time, receiver and the place of that, altitude and
 * record mean something. */
static inline bool ovf_fix_is_hearing(const struct ovf_fix *fix)
{
    return (fix->flags & OVF_FIX_HEARING) != 0;
}

/** NACv, 0 to 7, how good the stated velocity is; only where OVF_FIX_NAC_V says that it is there. */
static inline uint8_t ovf_fix_nac_v(const struct ovf_fix *fix)
{
    return (uint8_t)((fix->flags & OVF_FIX_NAC_V_BITS) >> OVF_FIX_NAC_V_SHIFT);
}

/** State NACv \p nac_v, 0 to 7. */
static inline void ovf_fix_set_nac_v(struct ovf_fix *fix, uint8_t nac_v)
{
    const unsigned others = fix->flags & ~(unsigned)OVF_FIX_NAC_V_BITS;
    fix->flags = (uint16_t)(others | (unsigned)nac_v << OVF_FIX_NAC_V_SHIFT);
    fix->has |= OVF_FIX_NAC_V;
}

static inline enum ovf_fix_decoding ovf_fix_decoding(const struct ovf_fix *fix)
{
    return (enum ovf_fix_decoding)((fix->flags & OVF_FIX_DECODING_BITS) >> OVF_FIX_DECODING_SHIFT);
}

/** A growing array of fixes. Zero-initialised is empty. */
struct ovf_fixes {
    struct ovf_fix *items;
    size_t n;
    size_t capacity;
};

void ovf_fixes_deinit(struct ovf_fixes *fixes);
OVF_NODISCARD enum ovf_status ovf_fixes_push(struct ovf_fixes *fixes, const struct ovf_fix *fix);

OVF_NODISCARD enum ovf_status ovf_fixes_append(struct ovf_fixes *fixes, const struct ovf_fix *more,
                                               size_t n);

/** Put them in the order of ovf_fix_compare; nearly free when they are. */
void ovf_fixes_sort(struct ovf_fixes *fixes);

/** Order by time, then by record: the order in which a track holds its fixes. For qsort. */
int ovf_fix_compare(const void *a, const void *b);

#endif
