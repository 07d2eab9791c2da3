/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/matter.h"

#include "base/time.h"

struct ovf_matter_days ovf_matter_days(const struct ovf_matter *matter, size_t watch,
                                       int64_t from_ns, int64_t until_ns)
{
    const int64_t today_ns = ovf_time_day(matter->now_ns);
    struct ovf_matter_days days = {0};
    if (until_ns == INT64_MAX)
        until_ns = today_ns;
    if (from_ns >= until_ns)
        return days;
    days.n = (size_t)((until_ns - from_ns) / OVF_NS_PER_DAY);
    size_t n_with_data = 0;
    for (size_t i = 0; i < matter->n_days; i++) {
        const int64_t day_ns = matter->first_day_ns + (int64_t)i * OVF_NS_PER_DAY;
        if (day_ns < from_ns || day_ns >= until_ns || day_ns >= today_ns || !matter->has_data[i])
            continue;
        n_with_data++;
        if (matter->control != NULL && matter->control[watch * matter->n_days + i] == 0)
            days.n_not_heard++;
    }
    days.n_without_data = days.n - n_with_data;
    return days;
}

bool ovf_matter_days_tell(struct ovf_matter_days days)
{
    return days.n > 0 && days.n_without_data == 0 && days.n_not_heard == 0;
}

size_t ovf_matter_watch(const struct ovf_matter *matter, const char *name)
{
    const struct ovf_case_watch *const watches = matter->the_case->watches.items;
    return (size_t)(ovf_case_watch_find(matter->the_case, name) - watches);
}

bool ovf_matter_is_simulated(const struct ovf_matter *matter)
{
    return matter->n_subjects > 0 && matter->subjects[0].simulated;
}

enum ovf_holds ovf_holds_both(enum ovf_holds a, enum ovf_holds b)
{
    if (a == OVF_HOLDS_NOT || b == OVF_HOLDS_NOT)
        return OVF_HOLDS_NOT;
    return a == OVF_HOLDS ? b : a;
}

enum ovf_holds ovf_holds_at(int64_t from_ns, int64_t to_ns, struct ovf_when when)
{
    if (when.min_ns >= from_ns && when.max_ns < to_ns)
        return OVF_HOLDS;
    return when.max_ns < from_ns || when.min_ns >= to_ns ? OVF_HOLDS_NOT : OVF_HOLDS_PERHAPS;
}
