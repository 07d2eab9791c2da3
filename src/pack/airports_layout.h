/* SPDX-License-Identifier: Apache-2.0 */
/* What the builder and the reader of the airport section share; for these two files only. */
#ifndef OVF_PACK_AIRPORTS_LAYOUT_H
#define OVF_PACK_AIRPORTS_LAYOUT_H

#include <stdint.h>

#include "pack/airports.h"

#define OVF_AIRPORTS_MAGIC "OVFAPT01"

enum {
    HEADER_BYTES = 32,
    AIRPORT_BYTES = 48,
    RUNWAY_BYTES = 24,
    N_CELLS = OVF_AIRPORT_CELLS,
    AIRPORT_SCHEDULED = 1,
    AIRPORT_HAS_ELEVATION = 2,
    RUNWAY_CLOSED = 1,
    RUNWAY_HAS_HEADING = 2,
};

#define M_PER_DEG_LOW 110000.0 /* below a degree of the mean sphere, so that cells are not missed */
#define RADIUS_LOW_M 6371000.0 /* below that of the mean sphere */
#define E7_PER_RAD_HIGH 572957800.0 /* above 180e7 / pi */

struct ovf_airports_layout {
    uint64_t airports;
    uint64_t runways;
    uint64_t codes;
    uint64_t text;
    uint64_t end;
};

static inline uint64_t ovf_align_8(uint64_t n)
{
    return (n + 7) / 8 * 8;
}

static inline struct ovf_airports_layout ovf_airports_lay_out(uint32_t n, uint32_t n_runways,
                                                              uint32_t text_bytes)
{
    struct ovf_airports_layout layout = {0};
    layout.airports = ovf_align_8(HEADER_BYTES + (uint64_t)(N_CELLS + 1) * 4);
    layout.runways = layout.airports + (uint64_t)n * AIRPORT_BYTES;
    layout.codes = layout.runways + (uint64_t)n_runways * RUNWAY_BYTES;
    layout.text = ovf_align_8(layout.codes + (uint64_t)n * 4);
    layout.end = ovf_align_8(layout.text + text_bytes);
    return layout;
}

uint32_t ovf_airports_cell(struct ovf_point at);

#endif
