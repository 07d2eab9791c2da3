/* SPDX-License-Identifier: Apache-2.0 */
/* Counting sets of airspaces. */
#include "geo/members.h"

uint32_t ovf_members_count(const struct ovf_members *members)
{
    uint32_t n = 0;
    for (uint32_t i = ovf_members_next(members, 0); i < OVF_MEMBERS_MAX;
         i = ovf_members_next(members, i + 1))
        n++;
    return n;
}
