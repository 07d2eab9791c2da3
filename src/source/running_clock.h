/* SPDX-License-Identifier: Apache-2.0 */
/* A clock that is never set: for how long something takes, not for what time it is. */
#ifndef OVF_SOURCE_RUNNING_CLOCK_H
#define OVF_SOURCE_RUNNING_CLOCK_H

#include <stdint.h>

/** Nanoseconds since some time before the program began. */
int64_t ovf_running_ns(void);

#endif
