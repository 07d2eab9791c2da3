/* SPDX-License-Identifier: Apache-2.0 */
/* Where one aircraft is, from the halves of positions that it sends, and which of them are believed. */
#ifndef OVF_DECODE_PLACE_H
#define OVF_DECODE_PLACE_H

#include "decode/cpr.h"
#include "decode/heard.h"

enum ovf_place_half_kind {
    OVF_PLACE_HALF_NONE,
    OVF_PLACE_HALF_AIR,
    OVF_PLACE_HALF_SURFACE,
};

/** Zero-initialised knows nothing. Treat as opaque but for has, at and t_ns. */
struct ovf_place {
    int64_t half_ns[2]; /* when the even and the odd half were heard that were heard last */
    struct ovf_cpr_pair halves;
    int64_t first_ns; /* when the newer half of the first position was heard */
    int64_t t_ns;
    struct ovf_point at;
    double trust;
    uint8_t half_kinds[2]; /* enum ovf_place_half_kind */
    bool has;
    bool is_confirmed;
    bool is_surface;
    uint8_t n_zones; /* of longitude at its latitude */
};

enum ovf_place_kind {
    OVF_PLACE_NONE,
    OVF_PLACE_GLOBAL,   /* two halves */
    OVF_PLACE_LOCAL,    /* one half, near the last position; it confirms nothing */
    OVF_PLACE_RECEIVER, /* one half, near the receiver */
};

/** "global", "local", "receiver". */
const char *ovf_place_kind_name(enum ovf_place_kind kind);

/** What else is known when a half comes. */
struct ovf_place_hint {
    bool has_gs;
    bool is_mlat;
    double gs_kt;
    uint64_t gs_age_ns;
    const struct ovf_heard_number *track_deg; /* NULL: not known; it may not hold any more */
    const struct ovf_heard_number *alt_ft;    /* likewise */
    const struct ovf_point *receiver;         /* NULL: not known */
};

struct ovf_placed {
    enum ovf_place_kind kind; /* OVF_PLACE_NONE: it gives no position yet */
    bool is_confirmed; /* another pair of halves agrees with it, or with one that it agrees with */
    bool is_refused;   /* there was one, and it cannot be: kind is NONE */
    struct ovf_point at;
};

/**
 * Take the half \p cpr; \p placed is where it leads.
 *
 * A pair gives a position when it was sent within 10 s (less where the aircraft moves more than 3 NM in it; on the
 * ground 25 s, or 50 s when slow). One half alone does beside a position not older than 10 minutes, or beside the
 * receiver where no other place within radio range gives the same half. A position must be within reach of
 * the last one, unless that is an hour old; a position that several in a row contradict is given up.
 */
void ovf_place_take(struct ovf_place *place, const struct ovf_cpr *cpr, int64_t t_ns,
                    const struct ovf_place_hint *hint, struct ovf_placed *placed);

#endif
