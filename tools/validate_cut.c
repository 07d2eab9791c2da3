/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting is from the outside in: the fixes that are left are a run of the track's own. */
#include "validate_cut.h"

#include <math.h>
#include <stdio.h>

#include "base/time.h"

#define Z_95 1.959963984540054

static bool is_taken(const struct ovf_fix *fix, enum ovf_end end, const struct cut *cut)
{
    const double after_s = ovf_time_seconds(cut->edge_ns, fix->t_ns);
    const double inward_s = end == OVF_END_ARRIVAL ? -after_s : after_s;
    if (cut->minutes > 0.0 && inward_s < cut->minutes * 60.0)
        return true;
    return cut->has_floor &&
           ((fix->flags & OVF_FIX_ON_GROUND) != 0 ||
            ((fix->has & OVF_FIX_ALT_BARO) != 0 && fix->alt_baro_ft < cut->below_ft));
}

bool cut_and_find(const struct ovf_airports *airports, const struct ovf_track *track,
                  enum ovf_end end, const struct cut *cut, struct ovf_endpoint *found,
                  size_t *n_left)
{
    struct ovf_track part = *track;
    struct ovf_legs legs = {0};
    const bool arrival = end == OVF_END_ARRIVAL;
    while (part.fixes.n > 0 &&
           is_taken(&part.fixes.items[arrival ? part.fixes.n - 1 : 0], end, cut)) {
        part.fixes.items += arrival ? 0 : 1;
        part.fixes.n--;
    }
    *n_left = part.fixes.n;
    const bool is_flight = part.fixes.n > 0 && ovf_legs_split(&part, &legs) == OVF_OK && legs.n > 0;
    if (is_flight)
        ovf_endpoint_find(airports, &part, &legs.items[arrival ? legs.n - 1 : 0], end, found);
    ovf_legs_deinit(&legs);
    return is_flight;
}

void share_print(size_t right, size_t n, size_t n_independent, char text[48])
{
    if (n == 0) {
        (void)snprintf(text, 48, "-");
        return;
    }
    const double p = (double)right / (double)n;
    const double cases = (double)n_independent;
    const double z2 = Z_95 * Z_95;
    const double middle = (p + z2 / (2.0 * cases)) / (1.0 + z2 / cases);
    const double half =
        Z_95 * sqrt(p * (1.0 - p) / cases + z2 / (4.0 * cases * cases)) / (1.0 + z2 / cases);
    (void)snprintf(text, 48, "%.1f %% (%.1f to %.1f)", 100.0 * p, 100.0 * (middle - half),
                   100.0 * (middle + half));
}
