/* SPDX-License-Identifier: Apache-2.0 */
#include "track/member.h"

#include <string.h>

int ovf_track_member_compare(const void *a, const void *b)
{
    const struct ovf_track_member *x = a;
    const struct ovf_track_member *y = b;
    if (x->from_ns != y->from_ns)
        return x->from_ns < y->from_ns ? -1 : 1;
    if (x->to_ns != y->to_ns)
        return x->to_ns < y->to_ns ? -1 : 1;
    return memcmp(x->digest.bytes, y->digest.bytes, sizeof x->digest.bytes);
}
