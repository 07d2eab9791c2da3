/* SPDX-License-Identifier: Apache-2.0 */
/* What `overflight airspace` prints, to a sink. */
#ifndef OVF_RUN_AIRSPACES_H
#define OVF_RUN_AIRSPACES_H

#include "airspace/edition.h"
#include "base/sink.h"
#include "store/library.h"

enum ovf_listing_format {
    OVF_LISTING_TABLE,
    OVF_LISTING_NDJSON,
    OVF_LISTING_CSV,
};

/** All airspaces of \p edition, one a line, by code. */
OVF_NODISCARD enum ovf_status ovf_airspaces_list(const struct ovf_edition *edition,
                                                 enum ovf_listing_format format,
                                                 const struct ovf_sink *sink);

/** One airspace: its codes, map, extent, and what it overlaps. CSV is as ovf_airspaces_list. */
OVF_NODISCARD enum ovf_status ovf_airspaces_show(const struct ovf_edition *edition,
                                                 uint32_t airspace, enum ovf_listing_format format,
                                                 const struct ovf_sink *sink);

/** Which airspaces hold \p at, and how far the nearest boundary is (looked for within 50 km). */
OVF_NODISCARD enum ovf_status ovf_airspaces_locate(const struct ovf_edition *edition,
                                                   struct ovf_point at,
                                                   enum ovf_listing_format format,
                                                   const struct ovf_sink *sink);

/** All editions of \p library, the newest first. */
OVF_NODISCARD enum ovf_status ovf_airspaces_list_editions(struct ovf_library *library,
                                                          enum ovf_listing_format format,
                                                          const struct ovf_sink *sink,
                                                          struct ovf_error *err);

#endif
