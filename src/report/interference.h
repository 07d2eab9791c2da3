/* SPDX-License-Identifier: Apache-2.0 */
/* What many aircraft together show of interference, as NDJSON: the keys of docs/formats/ndjson.md. */
#ifndef OVF_REPORT_INTERFERENCE_H
#define OVF_REPORT_INTERFERENCE_H

#include "listen/altitudes.h"
#include "listen/disturbed.h"
#include "listen/jumps.h"

/** Append a cell of a day in which positions were disturbed. */
OVF_NODISCARD enum ovf_status ovf_ndjson_cell(const struct ovf_cell_count *cell,
                                              const struct ovf_detect_config *config,
                                              struct ovf_buffer *out);

/** Where a crossing was flown among others whose positions were disturbed. */
struct ovf_nearby {
    const char *crossing_id;
    uint32_t cell;
    int64_t hour_s;                 /* since 1970, its begin */
    struct ovf_cell_traffic others; /* in that cell and hour */
    bool is_observed;
    bool
        holds; /* two fixes lie inside by more than twice their radius and what the boundary is worth */
};

OVF_NODISCARD enum ovf_status ovf_ndjson_nearby(const struct ovf_nearby *nearby,
                                                struct ovf_buffer *out);

/** How many aircraft the lines below name: the first in order. */
enum { OVF_OTHERS_LISTED = 10 };

/** Append a place that positions of several aircraft jumped to. */
OVF_NODISCARD enum ovf_status ovf_ndjson_sink(const struct ovf_jump_place *place,
                                              const struct ovf_detect_config *config,
                                              struct ovf_buffer *out);

/** Append altitudes that part, as those of neighbours do. */
OVF_NODISCARD enum ovf_status ovf_ndjson_shared_altitude(const struct ovf_shared_altitude *shared,
                                                         const struct ovf_detect_config *config,
                                                         struct ovf_buffer *out);

#endif
