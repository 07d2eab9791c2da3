/* SPDX-License-Identifier: Apache-2.0 */
/* What many aircraft together show of interference, as NDJSON: the keys of docs/formats/ndjson.md. */
#ifndef OVF_REPORT_INTERFERENCE_H
#define OVF_REPORT_INTERFERENCE_H

#include "listen/disturbed.h"
#include "listen/jumps.h"

/** Append a cell of a day in which positions were disturbed. */
OVF_NODISCARD enum ovf_status ovf_ndjson_cell(const struct ovf_cell_count *cell,
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

enum { OVF_SINK_LISTED = 10 };

/** Append a place that positions of several aircraft jumped to; of these aircraft the first OVF_SINK_LISTED are
 * named. */
OVF_NODISCARD enum ovf_status ovf_ndjson_sink(const struct ovf_jump_place *place,
                                              struct ovf_buffer *out);

#endif
