/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of all traffic: how many fixes and how many aircraft an input has in each cell of geo/cell.h and
 * altitude band, by UTC hour and by UTC day. Whatever a scan is asked for, so that what was heard where
 * can be judged when the archive is gone.
 *
 * Fixes count as the reader gives them: before tracks are joined and graded, as both may depend on what
 * else is scanned. Labels ("~") are aircraft too.
 *
 * A count is 16 bytes, its place packed into one number whose order is that of input, day, cell, band and
 * hour, so that millions of them can be sorted, summed and put away in pieces. */
#ifndef OVF_LISTEN_TRAFFIC_H
#define OVF_LISTEN_TRAFFIC_H

#include <stddef.h>

#include "geo/cell.h"
#include "track/fix.h"

enum ovf_band {
    OVF_BAND_LOW,     /* below 10,000 ft, and on the ground */
    OVF_BAND_MIDDLE,  /* 10,000 to 25,000 ft */
    OVF_BAND_HIGH,    /* above 25,000 ft */
    OVF_BAND_UNKNOWN, /* no altitude reported */
    OVF_BANDS
};

/** "low", "middle", "high", "unknown". */
const char *ovf_band_name(enum ovf_band band);

/** And back; unknown for whatever else. */
enum ovf_band ovf_band_parse(const char *name);

/** By barometric altitude, else geometric. Asked of each fix: inline. */
static inline enum ovf_band ovf_band_of(const struct ovf_fix *fix)
{
    enum { LOW_FT = 10000, HIGH_FT = 25000 };
    if ((fix->flags & OVF_FIX_ON_GROUND) != 0)
        return OVF_BAND_LOW;
    if ((fix->has & (OVF_FIX_ALT_BARO | OVF_FIX_ALT_GEOM)) == 0)
        return OVF_BAND_UNKNOWN;
    const int32_t alt_ft = (fix->has & OVF_FIX_ALT_BARO) != 0 ? fix->alt_baro_ft : fix->alt_geom_ft;
    if (alt_ft < LOW_FT)
        return OVF_BAND_LOW;
    return alt_ft <= HIGH_FT ? OVF_BAND_MIDDLE : OVF_BAND_HIGH;
}

/** The whole day, where an hour (0 to 23) is due: an aircraft counts there once, too. */
#define OVF_TRAFFIC_DAY 24U

#define OVF_TRAFFIC_MAX_INPUTS (1U << 20)

/** Of a key, the lowest: what is above them names input, day, cell and band. */
#define OVF_TRAFFIC_HOUR_BITS 5

struct ovf_traffic_place {
    uint32_t input;
    int64_t day_ns;
    uint32_t cell;
    enum ovf_band band;
    uint32_t hour; /* or OVF_TRAFFIC_DAY */
};

struct ovf_traffic_count {
    uint64_t key; /* of the place */
    uint32_t n_fixes;
    uint32_t n_aircraft; /* addresses with at least one fix there and then */
};

/** Zero-initialise. */
struct ovf_traffic {
    struct ovf_traffic_count *items;
    size_t n;
    size_t capacity;
    size_t n_done;              /* private: before these, the aircraft at hand */
    struct ovf_count_rows rows; /* private */
};

void ovf_traffic_deinit(struct ovf_traffic *traffic);

/**
 * Count fixes of the aircraft at hand.
 * \retval OVF_E_LIMIT  \p input is not less than OVF_TRAFFIC_MAX_INPUTS
 */
OVF_NODISCARD enum ovf_status ovf_traffic_add(struct ovf_traffic *traffic, uint32_t input,
                                              const struct ovf_fix *fixes, size_t n);

/** All of one aircraft was added: it counts once a place. What comes now is another one. */
OVF_NODISCARD enum ovf_status ovf_traffic_end_aircraft(struct ovf_traffic *traffic);

/** Put the counts in order of their keys and add up those of one place. No aircraft may be at hand. */
void ovf_traffic_settle(struct ovf_traffic *traffic);

struct ovf_traffic_place ovf_traffic_place_of(uint64_t key);

#endif
