/* SPDX-License-Identifier: Apache-2.0 */
#include "run/store_ends.h"

#include <math.h>

#include "report/line.h"
#include "run/store_values.h"

/** What crosses or leaves, for either end of a crossing. */
struct end_values {
    struct ovf_store_time t;
    struct ovf_store_time t_min;
    struct ovf_store_time t_max;
    struct ovf_store_time earliest;
    struct ovf_store_time latest;
    struct ovf_store_real lat_deg;
    struct ovf_store_real lon_deg;
    struct ovf_store_real alt_baro_ft;
    struct ovf_store_real alt_geom_ft;
};

static struct ovf_store_real altitude_at(const struct ovf_track *track,
                                         const struct ovf_passage_end *end, unsigned datum)
{
    double alt_ft = 0;
    const bool known =
        end->kind == OVF_PASSAGE_CROSSED &&
        ovf_report_altitude_between(&track->fixes.items[end->before],
                                    &track->fixes.items[end->after], end->t_ns, datum, &alt_ft);
    return real_if(known, round(alt_ft));
}

static struct end_values values_of(const struct ovf_track *track, const struct ovf_passage_end *end)
{
    const bool crossed = end->kind == OVF_PASSAGE_CROSSED;
    const bool in_gap = end->kind == OVF_PASSAGE_GAP;
    const bool bracketed = end->kind != OVF_PASSAGE_TRACK;
    return (struct end_values){
        .t = time_if(crossed, end->t_ns),
        .t_min = time_if(bracketed, end->t_min_ns),
        .t_max = time_if(bracketed, end->t_max_ns),
        .earliest = time_if(in_gap, end->earliest_ns),
        .latest = time_if(in_gap, end->latest_ns),
        .lat_deg = real_if(crossed, round(end->lat_deg * 1e6) / 1e6),
        .lon_deg = real_if(crossed, round(end->lon_deg * 1e6) / 1e6),
        .alt_baro_ft = altitude_at(track, end, OVF_FIX_ALT_BARO),
        .alt_geom_ft = altitude_at(track, end, OVF_FIX_ALT_GEOM),
    };
}

void ovf_store_set_ends(struct ovf_store_crossing *row, const struct ovf_track *track,
                        const struct ovf_passage *p)
{
    const struct end_values entry = values_of(track, &p->entry);
    const struct end_values exit = values_of(track, &p->exit);
    row->entry_time = entry.t;
    row->entry_time_min = entry.t_min;
    row->entry_time_max = entry.t_max;
    row->entry_earliest = entry.earliest;
    row->entry_latest = entry.latest;
    row->entry_perhaps_stayed = p->entry.perhaps_stayed;
    row->entry_lat_deg = entry.lat_deg;
    row->entry_lon_deg = entry.lon_deg;
    row->entry_alt_baro_ft = entry.alt_baro_ft;
    row->entry_alt_geom_ft = entry.alt_geom_ft;
    row->exit_time = exit.t;
    row->exit_time_min = exit.t_min;
    row->exit_time_max = exit.t_max;
    row->exit_earliest = exit.earliest;
    row->exit_latest = exit.latest;
    row->exit_perhaps_stayed = p->exit.perhaps_stayed;
    row->exit_lat_deg = exit.lat_deg;
    row->exit_lon_deg = exit.lon_deg;
    row->exit_alt_baro_ft = exit.alt_baro_ft;
    row->exit_alt_geom_ft = exit.alt_geom_ft;
    const struct ovf_passage_altitudes inside =
        p->class == OVF_CLASS_IMPOSSIBLE
            ? (struct ovf_passage_altitudes){(double)NAN, (double)NAN, false}
            : ovf_passage_altitudes(p, track->fixes.items);
    row->alt_baro_min_ft = real_if(isfinite(inside.min_ft), round(inside.min_ft));
    row->alt_baro_max_ft = real_if(isfinite(inside.max_ft), round(inside.max_ft));
    row->alt_baro_throughout = inside.throughout;
}
