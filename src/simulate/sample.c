/* SPDX-License-Identifier: Apache-2.0 */
/* Sampling. A flight's interval is drawn once: from + (to - from) u^2, so that dense and thin archives
 * both occur. Times are rounded first and the place is taken at the rounded time, so that a row lies on
 * the path but for the rounding of its position. */
#include "simulate/sample.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/local.h"
#include "simulate/disturb.h"
#include "simulate/random.h"

#define TICK_NS (10 * OVF_NS_PER_MS)
#define SILENT_NS (15 * OVF_NS_PER_S) /* readsb: a position older than that is stale */
#define M_PER_NMI 1852.0
#define GEOID_FT 125 /* so much higher everywhere */

enum { STREAM_INTERVAL = 3 };

void ovf_sim_rows_deinit(struct ovf_sim_rows *rows)
{
    free(rows->items);
    *rows = (struct ovf_sim_rows){0};
}

static int32_t rounded(double value, int32_t step)
{
    return (int32_t)floor(value / step + 0.5) * step;
}

static struct ovf_sim_row make_row(int64_t t_ns, const struct ovf_path_state *state, uint32_t index)
{
    struct ovf_sim_row row = {
        .t_ns = t_ns,
        .lat_e6 = rounded(state->lat_deg * 1e6, 1),
        .lon_e6 = rounded(state->lon_deg * 1e6, 1),
        .alt_ft = rounded(state->alt_ft, 25),
        .gs_dkt = rounded(state->gs_kt * 10.0, 1),
        .track_ddeg = rounded(state->track_deg * 10.0, 1) % 3600,
        .vert_rate_fpm = rounded(state->vert_rate_fpm, 64),
        .alt_geom_ft = rounded(state->alt_ft, 25) + GEOID_FT,
        .flight = index,
        .on_ground = state->on_ground,
    };
    if (row.lon_e6 >= 180000000)
        row.lon_e6 -= 360000000;
    return row;
}

static bool in_hole(const struct ovf_sampling *sampling, const struct ovf_sim_row *row)
{
    const struct ovf_scenario_hole *const holes = sampling->scenario->holes.items;
    for (size_t i = 0; i < sampling->scenario->holes.n; i++) {
        const struct ovf_scenario_hole *const hole = &holes[i];
        if (row->t_ns >= hole->from_ns && row->t_ns < hole->until_ns &&
            row->alt_ft < hole->floor_ft &&
            ovf_point_chord_m(sampling->hole_centres[i], ovf_sim_row_point(row)) <
                hole->radius_nmi * M_PER_NMI)
            return true;
    }
    return false;
}

static bool in_silence(const struct ovf_scenario *scenario, uint32_t icao24, int64_t t_ns)
{
    const struct ovf_scenario_silence *const silences = scenario->silences.items;
    for (size_t i = 0; i < scenario->silences.n; i++) {
        const int64_t *const who = silences[i].aircraft.items;
        if (t_ns < silences[i].from_ns || t_ns >= silences[i].until_ns)
            continue;
        if (silences[i].aircraft.n == 0)
            return true;
        for (size_t k = 0; k < silences[i].aircraft.n; k++) {
            if (who[k] == icao24)
                return true;
        }
    }
    return false;
}

static enum ovf_sim_unheard why_unheard(const struct ovf_sampling *sampling, uint32_t icao24,
                                        const struct ovf_sim_row *row)
{
    if (in_hole(sampling, row))
        return OVF_SIM_UNHEARD_HOLE;
    return in_silence(sampling->scenario, icao24, row->t_ns) ? OVF_SIM_UNHEARD_SILENCE
                                                             : OVF_SIM_HEARD;
}

/** \p why and \p before: of this row and the one before it. */
static enum ovf_status note_unheard(struct ovf_stretches *out, enum ovf_sim_unheard why,
                                    enum ovf_sim_unheard before, int64_t t_ns)
{
    if (why == OVF_SIM_HEARD)
        return OVF_OK;
    if (why != before) {
        struct ovf_unheard *const grown = ovf_array_reserve(out->unheard, &out->unheard_capacity,
                                                            out->n_unheard + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        out->unheard = grown;
        out->unheard[out->n_unheard++] = (struct ovf_unheard){.why = why, .from_ns = t_ns};
    }
    struct ovf_unheard *const last = &out->unheard[out->n_unheard - 1];
    last->until_ns = t_ns;
    last->n_rows++;
    return OVF_OK;
}

static enum ovf_status push_row(struct ovf_sim_rows *rows, const struct ovf_sim_row *row)
{
    struct ovf_sim_row *grown =
        ovf_array_reserve(rows->items, &rows->capacity, rows->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    rows->items = grown;
    rows->items[rows->n++] = *row;
    return OVF_OK;
}

enum ovf_status ovf_sample_flight(const struct ovf_sampling *sampling,
                                  const struct ovf_sim_flight *flight, uint32_t index,
                                  const struct ovf_path *path, struct ovf_sim_rows *rows,
                                  struct ovf_stretches *stretches)
{
    const struct ovf_scenario *const scenario = sampling->scenario;
    const struct ovf_case_span span = scenario->interval_s;
    struct ovf_random random = ovf_random_stream(sampling->seed ^ flight->icao24,
                                                 (uint64_t)flight->start_ns, STREAM_INTERVAL);
    const double u = ovf_random_unit(&random);
    const double interval_s = span.from + (span.to - span.from) * u * u;
    const double jitter_s =
        scenario->jitter_s < interval_s / 2.0 ? scenario->jitter_s : interval_s / 2.0;
    struct ovf_disturbing disturbing = ovf_disturb_begin(sampling, flight, stretches);
    const size_t n_before = rows->n;
    bool missed = false;
    enum ovf_sim_unheard before = OVF_SIM_HEARD;
    int64_t last_ns = -1; /* since the start */
    enum ovf_status st = OVF_OK;
    for (uint64_t i = 0; st == OVF_OK; i++) {
        const double t_s =
            ((double)i + 0.5) * interval_s + ovf_random_between(&random, -jitter_s, jitter_s);
        const int64_t after_ns = (int64_t)floor(t_s * 100.0 + 0.5) * TICK_NS;
        if (t_s > path->duration_s)
            break;
        if (after_ns <= last_ns)
            continue;
        struct ovf_path_state state;
        ovf_path_at(path, (double)after_ns / (double)OVF_NS_PER_S, &state);
        struct ovf_sim_row row = make_row(flight->start_ns + after_ns, &state, index);
        const enum ovf_sim_unheard why = why_unheard(sampling, flight->icao24, &row);
        bool heard = why == OVF_SIM_HEARD;
        st = note_unheard(stretches, why, before, row.t_ns);
        before = why;
        if (heard)
            st = ovf_disturb_row(&disturbing, &row, &heard);
        if (!heard) {
            missed = true;
            continue;
        }
        row.after_silence = rows->n == n_before || (missed && after_ns - last_ns > SILENT_NS);
        row.new_leg = rows->n == n_before;
        missed = row.source == OVF_SIM_SOURCE_NONE;
        last_ns = missed ? last_ns : after_ns;
        if (st == OVF_OK)
            st = push_row(rows, &row);
    }
    return st;
}
