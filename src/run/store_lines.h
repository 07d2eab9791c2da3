/* SPDX-License-Identifier: Apache-2.0 */
/* The geometry of rows: tracks in parts between gaps. */
#ifndef OVF_RUN_STORE_LINES_H
#define OVF_RUN_STORE_LINES_H

#include "airspace/passage.h"
#include "store/profile.h"
#include "store/store.h"
#include "track/merge.h"

/** Room for one line at a time. */
struct ovf_store_lines {
    const struct ovf_walk_options *walk; /* what is a gap */
    struct ovf_points points;
    int64_t *times_ns; /* of each point, but of gaps */
    size_t times_capacity;
    struct ovf_profile profile;
    struct ovf_store_part *parts;
    size_t n_parts;
    size_t parts_capacity;
};

void ovf_store_lines_deinit(struct ovf_store_lines *lines);

/* Each makes a line that is borrowed until the next one. */

/** The track inside, from where it was entered to where it was left. */
OVF_NODISCARD enum ovf_status ovf_store_line_of_crossing(struct ovf_store_lines *lines,
                                                         const struct ovf_track *track,
                                                         const struct ovf_passage *passage,
                                                         struct ovf_store_line *out);

/** The believed fixes [first, last]. */
OVF_NODISCARD enum ovf_status ovf_store_line_of_fixes(struct ovf_store_lines *lines,
                                                      const struct ovf_track *track, size_t first,
                                                      size_t last, struct ovf_store_line *out);

/** Append the altitudes along the believed fixes [first, last], as store/profile.h writes them. */
OVF_NODISCARD enum ovf_status ovf_store_altitudes_of_fixes(struct ovf_store_lines *lines,
                                                           const struct ovf_track *track,
                                                           size_t first, size_t last,
                                                           int64_t start_ns,
                                                           struct ovf_buffer *out);

/** The geodesic between two fixes. */
OVF_NODISCARD enum ovf_status ovf_store_line_of_gap(struct ovf_store_lines *lines,
                                                    const struct ovf_fix *before,
                                                    const struct ovf_fix *after,
                                                    struct ovf_store_line *out);

#endif
