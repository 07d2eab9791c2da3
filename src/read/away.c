/* SPDX-License-Identifier: Apache-2.0 */
#include "read/away.h"

#include "base/time.h"

#define AWAY_NS OVF_NS_PER_DAY
#define LOOK_EACH_NS (60 * OVF_NS_PER_MIN)

enum { LOOK_EACH_LINES = 4096 };

void ovf_away_line(struct ovf_away *away, struct ovf_aircraft_table *table, int64_t now_ns)
{
    if (++away->n_lines < LOOK_EACH_LINES ||
        ovf_heard_within(away->looked_ns, now_ns, LOOK_EACH_NS))
        return;
    const int64_t sure_ns = away->looked_ns < now_ns ? away->looked_ns : now_ns;
    (void)ovf_aircraft_forget(table, sure_ns - AWAY_NS);
    *away = (struct ovf_away){.looked_ns = now_ns};
}
