/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/matter.h"

#include "base/time.h"

size_t ovf_matter_days_without_data(const struct ovf_matter *matter, int64_t from_ns,
                                    int64_t until_ns)
{
    size_t n_with = 0;
    for (size_t i = 0; i < matter->n_days_with_data; i++) {
        const int64_t day_ns = matter->days_with_data[i];
        n_with += day_ns >= from_ns && day_ns < until_ns ? 1 : 0;
    }
    return (size_t)((until_ns - from_ns) / OVF_NS_PER_DAY) - n_with;
}

bool ovf_matter_lacks_data(const struct ovf_matter *matter, int64_t from_ns, int64_t to_ns)
{
    const int64_t now_ns = ovf_time_day(matter->now_ns) + OVF_NS_PER_DAY;
    return ovf_matter_days_without_data(matter, from_ns, to_ns < now_ns ? to_ns : now_ns) > 0;
}

bool ovf_matter_is_simulated(const struct ovf_matter *matter)
{
    return matter->n_subjects > 0 && matter->subjects[0].simulated;
}

enum ovf_holds ovf_holds_at(int64_t from_ns, int64_t to_ns, struct ovf_when when)
{
    if (when.min_ns >= from_ns && when.max_ns < to_ns)
        return OVF_HOLDS;
    return when.max_ns < from_ns || when.min_ns >= to_ns ? OVF_HOLDS_NOT : OVF_HOLDS_PERHAPS;
}
