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

enum { OVF_AIRCRAFT_NONE = -1 };

/** The key of who was forgotten: no address has so many bits. */
#define OVF_AIRCRAFT_NOBODY UINT32_MAX

/** Whose turn it is to go, unless it is heard again. */
struct ovf_aircraft_turn {
    uint64_t heard; /* the number of its last hearing when that was put in order */
    int32_t item;
};

/** Opaque but for what is in line here. */
struct ovf_aircraft_table {
    struct ovf_aircraft *items;
    size_t n; /* with those that are free */
    size_t capacity;
    size_t max_aircraft;
    int32_t free; /* the first of those that were forgotten, by next; OVF_AIRCRAFT_NONE */
    size_t n_free;
    uint64_t n_heard;                /* hearings, by which they are numbered */
    struct ovf_aircraft_turn *turns; /* the longest ago first; NULL: nobody had to go yet */
    size_t n_turns;
    size_t next_turn;
    size_t turns_capacity;
    int32_t *buckets; /* n_buckets of them, a power of two */
    size_t n_buckets;
    size_t expected; /* the bucket that is being fetched */
    /* Whose message the next one may be, by the bucket fetched before, and whose the one at hand. */
    struct ovf_aircraft *next;
    struct ovf_aircraft *now;
    struct ovf_aircraft nobody; /* whose it is where that is not known */
    uint64_t n_dropped;
};

/** Room for \p max_aircraft (at least 1); then the least recently heard goes. Memory grows with those heard. */
OVF_NODISCARD enum ovf_status ovf_aircraft_table_new(size_t max_aircraft,
                                                     struct ovf_aircraft_table **out);
void ovf_aircraft_table_free(struct ovf_aircraft_table *table);

/** Those that no parity vouched for since \p t_ns are forgotten, their room is given to others. \return how many */
size_t ovf_aircraft_forget(struct ovf_aircraft_table *table, int64_t t_ns);

/** The aircraft of \p key, NULL when it is not heard. Borrowed until the next one is added. */
struct ovf_aircraft *ovf_aircraft_find(struct ovf_aircraft_table *table, uint32_t key);

/** The same, added when it is not there; NULL: out of memory. */
struct ovf_aircraft *ovf_aircraft_find_or_add(struct ovf_aircraft_table *table, uint32_t key);

static inline size_t ovf_aircraft_bucket(const struct ovf_aircraft_table *table, uint32_t key)
{
    /* addresses of one state are neighbours: the product (2^32 / golden ratio) spreads them */
    return (key * UINT32_C(2654435769) >> 7) & (table->n_buckets - 1);
}

/** The message after the next may be one of \p key: has the cache fetch where that is looked for first, and of the
 * one that was told of before this one, which is the next, what is known. */
static inline void ovf_aircraft_expect(struct ovf_aircraft_table *table, uint32_t key)
{
    enum { LINE_BYTES = 64, END = offsetof(struct ovf_aircraft, baro_rate_fpm) };
    enum { IS_32_BIT = sizeof(void *) < 8 }; /* some of these place numbers otherwise */
    _Static_assert(END <= 3 * LINE_BYTES, "what each position needs is in three lines");
    _Static_assert(IS_32_BIT || sizeof(struct ovf_aircraft) % LINE_BYTES == 0,
                   "of each in the same three");
    const int32_t i = table->buckets[table->expected];
    struct ovf_aircraft *const next = i != OVF_AIRCRAFT_NONE ? &table->items[i] : &table->nobody;
    const char *const item = (const char *)next;
    table->now = table->next;
    table->next = next;
    table->expected = ovf_aircraft_bucket(table, key);
    __builtin_prefetch(&table->buckets[table->expected]);
    __builtin_prefetch(item);
    __builtin_prefetch(item + LINE_BYTES);
    __builtin_prefetch(item + 2 * LINE_BYTES);
}

/** The aircraft of \p key, added when it is not there, and now the most recently heard; NULL: out of memory. */
static inline struct ovf_aircraft *ovf_aircraft_hear(struct ovf_aircraft_table *table, uint32_t key)
{
    struct ovf_aircraft *aircraft = table->now;
    if (aircraft->key != key && (aircraft = ovf_aircraft_find_or_add(table, key)) == NULL)
        return NULL;
    aircraft->heard = ++table->n_heard;
    return aircraft;
}

size_t ovf_aircraft_table_n(const struct ovf_aircraft_table *table);

/** How many had to go for want of room. */
uint64_t ovf_aircraft_table_n_dropped(const struct ovf_aircraft_table *table);

#endif
