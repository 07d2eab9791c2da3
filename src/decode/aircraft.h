/* SPDX-License-Identifier: Apache-2.0 */
/* The aircraft that are being heard: what a message needs of those before it, by address. */
#ifndef OVF_DECODE_AIRCRAFT_H
#define OVF_DECODE_AIRCRAFT_H

#include <stddef.h>

#include "base/status.h"
#include "decode/heard.h"
#include "decode/message.h"
#include "decode/place.h"

/**
 * What one source says of one address: a ground station's word is not mixed with the aircraft's.
 *
 * What each position needs comes first, in as few lines of the cache as it can; the size is so many whole lines.
 */
struct ovf_aircraft {
    uint32_t key;       /* the address, and from bit 25 on the source: ovf_aircraft_key */
    uint32_t velocity;  /* as it was sent, of which gs_kt and track_deg are; 0: they are of none */
    int64_t vouched_ns; /* when a frame was heard last whose parity vouches for the address */
    int64_t told_ns;    /* when it was last told of: a confirmed position, or that it was heard */
    uint64_t heard;     /* private to the table, as the next: the number of its last hearing */
    int32_t next;
    uint8_t nac_v;           /* heard at nac_v_ns */
    bool has_sil_supplement; /* what said sil said so, too: */
    bool sil_is_per_sample;  /* else per hour */
    struct ovf_place place;
    struct ovf_heard_number gs_kt;
    struct ovf_heard_number alt_baro_ft;
    struct ovf_heard_number
        sure_alt_ft; /* barometric, that a parity or another report vouches for */
    struct ovf_heard_number track_deg;
    struct ovf_heard_number baro_rate_fpm;
    struct ovf_heard_number geom_rate_fpm;
    struct ovf_heard_number geom_minus_baro_ft;
    int64_t nac_v_ns; /* OVF_HEARD_NEVER: nac_v is none */
    struct ovf_heard_number heading_deg;
    struct ovf_heard_number roll_deg;
    struct ovf_heard_number version;
    struct ovf_heard_number nac_p;
    struct ovf_heard_number sil;
    struct ovf_heard_number nic_a;
    struct ovf_heard_number nic_c;
    struct ovf_heard_number squawk;
    struct ovf_heard_text callsign;
    struct ovf_place other; /* a chain of positions that the first one refuses */
};

/** Mode S replies and ADS-B are the same aircraft's own word. */
static inline uint32_t ovf_aircraft_key(uint32_t address, uint8_t source)
{
    return address | (source == OVF_MESSAGE_MODE_S ? 0U : (source - OVF_MESSAGE_ADSB + 0U) << 25);
}

/** Altitudes of which each may be noise: of two that agree, the first being \p before, the higher is the aircraft's. */
void ovf_aircraft_note_sure_alt(struct ovf_aircraft *aircraft, struct ovf_heard_number before,
                                int64_t t_ns, double alt_ft);

struct ovf_aircraft_table;

/** Room for \p max_aircraft (at least 1); then the least recently heard goes. Memory grows with those heard. */
OVF_NODISCARD enum ovf_status ovf_aircraft_table_new(size_t max_aircraft,
                                                     struct ovf_aircraft_table **out);
void ovf_aircraft_table_free(struct ovf_aircraft_table *table);

/** Those that no parity vouched for since \p t_ns are forgotten, their room is given to others. \return how many */
size_t ovf_aircraft_forget(struct ovf_aircraft_table *table, int64_t t_ns);

/** The aircraft of \p key, NULL when it is not heard. Borrowed until the next one is added. */
struct ovf_aircraft *ovf_aircraft_find(struct ovf_aircraft_table *table, uint32_t key);

/** The message after the next may be one of \p key: has the cache fetch where that is looked for first, and of the one that
 * was told of before this one, which is the next, what is known. */
void ovf_aircraft_expect(struct ovf_aircraft_table *table, uint32_t key);

/** The same, added when it is not there, and now the most recently heard; NULL: out of memory. */
struct ovf_aircraft *ovf_aircraft_hear(struct ovf_aircraft_table *table, uint32_t key);

size_t ovf_aircraft_table_n(const struct ovf_aircraft_table *table);

/** How many had to go for want of room. */
uint64_t ovf_aircraft_table_n_dropped(const struct ovf_aircraft_table *table);

#endif
