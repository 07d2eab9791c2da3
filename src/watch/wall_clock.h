/* SPDX-License-Identifier: Apache-2.0 */
/* The time of day for what arrives, made of two clocks: one that is set, and one that only runs. It never goes back by
 * itself; when the clock was set by more than a little it says so, and what came before does not go with what comes. */
#ifndef OVF_WATCH_WALL_CLOCK_H
#define OVF_WATCH_WALL_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/** A clock that is disciplined moves by less than this at once (ntpd and chrony step only beyond 0.128 s and 1 s). */
#define OVF_WALL_STEP_NS INT64_C(2000000000)

/** Zero-initialise. */
struct ovf_wall_clock {
    bool is_set;
    int64_t offset_ns; /* of the one that is set, from the one that runs */
    int64_t last_ns;
};

/**
 * \param[in]  set_ns   the time of day, as the system has it
 * \param[in]  runs_ns  a clock that is never set
 * \param[out] step_ns  by how much the clock was set since the last time; 0: it was not
 */
int64_t ovf_wall_clock_read(struct ovf_wall_clock *clock, int64_t set_ns, int64_t runs_ns,
                            int64_t *step_ns);

#endif
