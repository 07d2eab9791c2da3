/* SPDX-License-Identifier: Apache-2.0 */
/* Values, and when they were heard. */
#ifndef OVF_DECODE_HEARD_H
#define OVF_DECODE_HEARD_H

#include <stdbool.h>
#include <stdint.h>

/** A time that no value was heard at: further from all times that are read (base/time.h) than any value holds. */
#define OVF_HEARD_NEVER INT64_MIN

/** How long an address is known after a frame that vouches for it, and how long a value holds that is sent with
 * others than positions. */
#define OVF_HEARD_HOLD_NS (INT64_C(60) * 1000000000)

/** A value and when it was heard, or OVF_HEARD_NEVER. */
struct ovf_heard_number {
    int64_t t_ns;
    double value;
};

struct ovf_heard_text {
    int64_t t_ns;
    char text[8];
};

/** Whether what was heard at \p heard_ns was so not longer than \p limit_ns before or after \p t_ns. */
static inline bool ovf_heard_within(int64_t heard_ns, int64_t t_ns, int64_t limit_ns)
{
    return (uint64_t)t_ns - (uint64_t)heard_ns + (uint64_t)limit_ns <= 2 * (uint64_t)limit_ns;
}

/** Whether \p number was heard not longer than OVF_HEARD_HOLD_NS before or after \p t_ns. */
static inline bool ovf_heard_holds(const struct ovf_heard_number *number, int64_t t_ns)
{
    return ovf_heard_within(number->t_ns, t_ns, OVF_HEARD_HOLD_NS);
}

/** How far two times are from each other, ns. */
static inline uint64_t ovf_heard_apart(int64_t a_ns, int64_t b_ns)
{
    const uint64_t after = (uint64_t)a_ns - (uint64_t)b_ns;
    return a_ns < b_ns ? 0 - after : after;
}

#endif
