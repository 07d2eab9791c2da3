/* SPDX-License-Identifier: Apache-2.0 */
/* The truth of a simulated flight: every passage through every state, found by looking densely along the
 * way and by bisection, with the ray casting of simulate/territory.h.
 *
 * A way is a row of geodesics, each gone along at uniform speed. It is looked at every 10 m, beside the
 * corners of boundaries every 0.1 m: what is shorter may be missed.
 */
#ifndef OVF_SIMULATE_TRUTH_H
#define OVF_SIMULATE_TRUTH_H

#include "simulate/path.h"
#include "simulate/sample.h"
#include "simulate/territory.h"

#define OVF_TRUTH_STEP_M 10.0
#define OVF_TRUTH_EXCURSION_S 600.0

/** Where and when a boundary is crossed. */
struct ovf_truth_end {
    bool known; /* false: the way begins or ends inside */
    int64_t t_ns;
    struct ovf_place at;
    double angle_deg; /* between the way and the boundary, 0 to 90 */
};

struct ovf_truth_passage {
    uint32_t owner;
    struct ovf_truth_end entry;
    struct ovf_truth_end exit;
    double longest_interval_s; /* between two fixes, from the segment of entry to that of exit */
    /* The farthest that it was from the owner's boundary since the passage before through the same
     * state, when that is no more than OVF_TRUTH_EXCURSION_S ago; negative: not measured. */
    double away_m;
};

/** Zero-initialise. */
struct ovf_truth_passages {
    struct ovf_truth_passage *items; /* in the order in which they begin */
    size_t n;
    size_t capacity;
    bool consistent; /* who owns the end is who was followed there; else something was missed */
};

void ovf_truth_passages_deinit(struct ovf_truth_passages *passages);

/** On the polyline through \p rows, of one flight. \p out is overwritten. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_truth_of_rows(const struct ovf_territory *territory,
                                                const struct ovf_sim_row *rows, size_t n,
                                                struct ovf_truth_passages *out);

/** On \p path, begun at \p start_ns, between the times \p from_ns and \p to_ns. As above. */
OVF_NODISCARD enum ovf_status ovf_truth_of_path(const struct ovf_territory *territory,
                                                const struct ovf_path *path, int64_t start_ns,
                                                int64_t from_ns, int64_t to_ns,
                                                struct ovf_truth_passages *out);

#endif
