/* SPDX-License-Identifier: Apache-2.0 */
/* Disturbances. A flight meets at most one at a time, the first of the scenario's that it is in; what it
 * draws by chance it draws anew whenever it comes into one. Speed, track and barometric altitude stay the
 * aircraft's own, as instruments other than the satellites' give them. */
#include "simulate/disturb.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/local.h"
#include "simulate/way.h"

#define M_PER_NMI 1852.0
#define GROUND_FT 500 /* what a false position at an airport has for a geometric altitude, about */
#define SCATTER_M 60.0
#define E7_PER_E6 10

enum { STREAM_DISTURBANCE = 5 };

void ovf_stretches_deinit(struct ovf_stretches *stretches)
{
    free(stretches->items);
    free(stretches->unheard);
    *stretches = (struct ovf_stretches){0};
}

static const struct ovf_scenario_disturbance *disturbance(const struct ovf_disturbing *d, size_t i)
{
    return (const struct ovf_scenario_disturbance *)d->sampling->scenario->disturbances.items + i;
}

struct ovf_disturbing ovf_disturb_begin(const struct ovf_sampling *sampling,
                                        const struct ovf_sim_flight *flight,
                                        struct ovf_stretches *out)
{
    return (struct ovf_disturbing){.sampling = sampling,
                                   .flight_key = flight->icao24 ^ (uint64_t)flight->start_ns,
                                   .out = out,
                                   .active = sampling->scenario->disturbances.n};
}

/** The first disturbance that \p row, which is true, lies in. */
static size_t find_disturbance(const struct ovf_disturbing *d, const struct ovf_sim_row *row)
{
    const size_t n = d->sampling->scenario->disturbances.n;
    size_t i = 0;
    for (; i < n; i++) {
        const struct ovf_scenario_disturbance *const one = disturbance(d, i);
        if (row->t_ns >= one->from_ns && row->t_ns < one->until_ns &&
            row->alt_ft >= one->floor_ft &&
            ovf_point_chord_m(d->sampling->disturbance_centres[i], ovf_sim_row_point(row)) <
                one->radius_nmi * M_PER_NMI)
            break;
    }
    return i;
}

/** It comes into disturbance \p i. */
static enum ovf_status enter(struct ovf_disturbing *d, size_t i, const struct ovf_sim_row *row)
{
    const struct ovf_scenario_disturbance *const one = disturbance(d, i);
    d->random = ovf_random_stream(d->sampling->seed ^ d->flight_key,
                                  (uint64_t)i * 1000003U + (uint64_t)row->t_ns, STREAM_DISTURBANCE);
    d->active = i;
    d->since_ns = row->t_ns;
    d->begun_at = ovf_sim_row_point(row);
    d->takes_part = ovf_random_unit(&d->random) < one->share;
    d->bearing_deg = ovf_random_between(&d->random, one->bearing_deg.from, one->bearing_deg.to);
    d->distance_nmi = ovf_random_between(&d->random, one->distance_nmi.from, one->distance_nmi.to);
    d->drift_kt = ovf_random_between(&d->random, one->drift_kt.from, one->drift_kt.to);
    d->error_m = ovf_random_between(&d->random, one->error_m.from, one->error_m.to);
    if (!d->takes_part)
        return OVF_OK;
    struct ovf_stretches *const out = d->out;
    struct ovf_stretch *grown =
        ovf_array_reserve(out->items, &out->capacity, out->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->items = grown;
    out->items[out->n++] =
        (struct ovf_stretch){(enum ovf_disturbance)one->kind, row->t_ns, row->t_ns, 0};
    return OVF_OK;
}

static void write_position(struct ovf_sim_row *row, struct ovf_point at)
{
    row->lat_e6 = (int32_t)floor(at.lat_e7 / (double)E7_PER_E6 + 0.5);
    row->lon_e6 = (int32_t)floor(at.lon_e7 / (double)E7_PER_E6 + 0.5);
    if (row->lon_e6 >= 180000000)
        row->lon_e6 -= 360000000;
    row->is_false = true;
}

/** Up to \p error_m away, in any direction. */
static void scatter(struct ovf_disturbing *d, struct ovf_sim_row *row, struct ovf_point about,
                    double error_m)
{
    const double azimuth_deg = ovf_random_between(&d->random, 0.0, 360.0);
    write_position(row,
                   ovf_way_moved(about, azimuth_deg, ovf_random_between(&d->random, 0.0, error_m)));
}

/** On a circle about where it is said to be, or where it began, at the speed it flies. */
static void circle(const struct ovf_disturbing *d, struct ovf_sim_row *row, struct ovf_point centre)
{
    const double radius_m = d->distance_nmi * M_PER_NMI;
    const double way_m =
        ovf_time_seconds(d->since_ns, row->t_ns) * row->gs_dkt / 10.0 * M_PER_NMI / 3600.0;
    const double turned_deg = fmod(way_m / radius_m * (180.0 / 3.14159265358979323846), 360.0);
    write_position(row, ovf_way_moved(centre, d->bearing_deg + turned_deg, radius_m));
}

static void change(struct ovf_disturbing *d, const struct ovf_scenario_disturbance *one,
                   struct ovf_sim_row *row)
{
    const struct ovf_point at = ovf_sim_row_point(row);
    const struct ovf_point target = ovf_scenario_disturbance_has_target(one)
                                        ? d->sampling->disturbance_targets[d->active]
                                        : d->begun_at;
    const double hours = ovf_time_seconds(d->since_ns, row->t_ns) / 3600.0;
    switch ((enum ovf_disturbance)one->kind) {
    case OVF_DISTURBANCE_JAM:
        row->integrity = OVF_SIM_INTEGRITY_NONE;
        break;
    case OVF_DISTURBANCE_SINK:
        scatter(d, row, target, SCATTER_M);
        row->alt_geom_ft = GROUND_FT;
        break;
    case OVF_DISTURBANCE_OFFSET:
        write_position(row, ovf_way_moved(at, d->bearing_deg, d->distance_nmi * M_PER_NMI));
        break;
    case OVF_DISTURBANCE_DRIFT:
        write_position(row, ovf_way_moved(at, d->bearing_deg, d->drift_kt * hours * M_PER_NMI));
        break;
    case OVF_DISTURBANCE_CIRCLE:
        circle(d, row, target);
        row->alt_geom_ft = GROUND_FT;
        break;
    case OVF_DISTURBANCE_MLAT:
    case OVF_DISTURBANCE_TISB:
        scatter(d, row, at, d->error_m);
        row->integrity = OVF_SIM_INTEGRITY_UNSTATED;
        row->source = one->kind == OVF_DISTURBANCE_MLAT ? OVF_SIM_SOURCE_MLAT : OVF_SIM_SOURCE_TISB;
        break;
    case OVF_DISTURBANCE_MUTE:
        row->source = OVF_SIM_SOURCE_NONE;
        row->is_false = true; /* the position is none that is written */
        break;
    case OVF_DISTURBANCE_N:
        break;
    }
}

enum ovf_status ovf_disturb_row(struct ovf_disturbing *d, struct ovf_sim_row *row, bool *heard)
{
    const size_t n = d->sampling->scenario->disturbances.n;
    const size_t i = row->on_ground ? n : find_disturbance(d, row);
    *heard = true;
    if (i != d->active && i < n) {
        const enum ovf_status st = enter(d, i, row);
        if (st != OVF_OK)
            return st;
    }
    d->active = i;
    if (i == n || !d->takes_part)
        return OVF_OK;
    const struct ovf_scenario_disturbance *const one = disturbance(d, i);
    struct ovf_stretch *const stretch = &d->out->items[d->out->n - 1];
    stretch->until_ns = row->t_ns;
    stretch->n_rows++;
    change(d, one, row);
    *heard = !(ovf_random_unit(&d->random) < one->lost);
    return OVF_OK;
}
