/* SPDX-License-Identifier: Apache-2.0 */
#include "source/running_clock.h"

#include <time.h>

#include "base/time.h"

int64_t ovf_running_ns(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t); /* which cannot fail on Linux */
    return (int64_t)t.tv_sec * OVF_NS_PER_S + t.tv_nsec;
}
