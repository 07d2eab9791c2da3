/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/operated.h"

#include <string.h>

#include "rules/aircraft_group.h"
#include "track/allocation.h"

static struct ovf_operated_by operator_of(const struct ovf_operators *operators,
                                          const char *callsign)
{
    struct ovf_operated_by by = {.state = ""};
    char designator[4];
    if (ovf_callsign_operator(callsign, designator))
        by.state = ovf_operators_state(operators, designator);
    if (by.state[0] != '\0')
        memcpy(by.designator, designator, sizeof designator);
    return by;
}

/** Keep \p by in its place unless it stands there. */
static void note(struct ovf_operated *operated, struct ovf_operated_by by)
{
    struct ovf_operated_by *const items = operated->elsewhere;
    size_t at = 0;
    while (at < operated->n_elsewhere && strcmp(items[at].designator, by.designator) < 0)
        at++;
    if (at == OVF_ELSEWHERE_MAX ||
        (at < operated->n_elsewhere && strcmp(items[at].designator, by.designator) == 0))
        return;
    const bool is_full = operated->n_elsewhere == OVF_ELSEWHERE_MAX;
    const size_t n_behind = operated->n_elsewhere - at - (is_full ? 1 : 0);
    memmove(&items[at + 1], &items[at], n_behind * sizeof *items);
    items[at] = by;
    operated->n_elsewhere += is_full ? 0 : 1;
}

static void consider(struct ovf_operated *operated, struct ovf_operated_by by)
{
    if (by.state[0] != '\0' && operated->address_state[0] != '\0' &&
        strcmp(by.state, operated->address_state) != 0)
        note(operated, by);
}

struct ovf_operated ovf_operated_of(const struct ovf_operators *operators,
                                    const struct ovf_track *track, const struct ovf_flight *flight)
{
    const struct ovf_fix *before = NULL;
    struct ovf_operated operated = {.address_state = ovf_allocation_state(track->address),
                                    .by = operator_of(operators, flight->callsign)};
    consider(&operated, operated.by);
    if (operated.address_state[0] == '\0' || flight->is_elsewhere || flight->fixes.n_callsigns < 2)
        return operated;
    for (size_t i = flight->fixes.first; i <= flight->fixes.last; i++) {
        const struct ovf_fix *const fix = &track->fixes.items[i];
        if (!ovf_fix_is_believed(fix) || (fix->has & OVF_FIX_CALLSIGN) == 0)
            continue;
        if (before == NULL || memcmp(before->callsign, fix->callsign, sizeof fix->callsign) != 0)
            consider(&operated, operator_of(operators, fix->callsign));
        before = fix;
    }
    return operated;
}
