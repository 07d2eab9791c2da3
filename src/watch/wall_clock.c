/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/wall_clock.h"

int64_t ovf_wall_clock_read(struct ovf_wall_clock *clock, int64_t set_ns, int64_t runs_ns,
                            int64_t *step_ns)
{
    const int64_t offset_ns = set_ns - runs_ns;
    const int64_t moved_ns = clock->is_set ? offset_ns - clock->offset_ns : 0;
    const bool is_step = moved_ns > OVF_WALL_STEP_NS || moved_ns < -OVF_WALL_STEP_NS;
    *step_ns = is_step ? moved_ns : 0;
    if (!clock->is_set || is_step || set_ns > clock->last_ns)
        clock->last_ns = set_ns;
    clock->offset_ns = offset_ns;
    clock->is_set = true;
    return clock->last_ns;
}
