/* SPDX-License-Identifier: Apache-2.0 */
/* Walking through sets of airspaces. */
#include "geo/members.h"

uint32_t ovf_members_next(const struct ovf_members *members, uint32_t owner)
{
    while (owner < OVF_MEMBERS_MAX) {
        const uint64_t rest = members->words[owner / 64] >> (owner % 64);
        if ((rest & 1) != 0)
            return owner;
        owner = rest == 0 ? (owner / 64 + 1) * 64 : owner + 1;
    }
    return OVF_MEMBERS_MAX;
}

uint32_t ovf_members_count(const struct ovf_members *members)
{
    uint32_t n = 0;
    for (uint32_t i = ovf_members_next(members, 0); i < OVF_MEMBERS_MAX;
         i = ovf_members_next(members, i + 1))
        n++;
    return n;
}
