/* SPDX-License-Identifier: Apache-2.0 */
/* Playing a scenario, one aircraft after the other: memory is bounded by the one that flies most. */
#include "simulate/simulate.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "simulate/disturb.h"
#include "simulate/truth.h"
#include "simulate/write.h"

struct playing {
    const struct ovf_scenario *scenario;
    const struct ovf_pack *pack;
    const struct ovf_simulation_sink *sink;
    struct ovf_simulation_counts *counts;
    struct ovf_timetable timetable;
    struct ovf_territory *territory;
    struct ovf_sampling sampling;
    struct ovf_path path;
    struct ovf_sim_rows rows; /* of one aircraft */
    struct ovf_truth_passages truth;
    struct ovf_stretches stretches; /* of one flight */
    struct ovf_buffer lines;
};

/* ---- truth as lines ---- */

static enum ovf_status put_place(struct ovf_buffer *out, const struct ovf_truth_end *end)
{
    char lat[OVF_NUMBER_SIZE];
    char lon[OVF_NUMBER_SIZE];
    char angle[OVF_NUMBER_SIZE];
    ovf_number_format_scaled((int64_t)floor(end->at.lat_deg * 1e9 + 0.5), 9, lat);
    ovf_number_format_scaled((int64_t)floor(end->at.lon_deg * 1e9 + 0.5), 9, lon);
    ovf_number_format(end->angle_deg, 3, angle);
    return ovf_buffer_printf(out, ",\"lat_deg\":%s,\"lon_deg\":%s,\"angle_deg\":%s}", lat, lon,
                             angle);
}

static enum ovf_status put_end(struct ovf_buffer *out, const char *key,
                               const struct ovf_truth_end *end)
{
    char time[OVF_TIME_SIZE];
    if (!end->known)
        return OVF_OK;
    ovf_time_format(end->t_ns, 9, time);
    const enum ovf_status st = ovf_buffer_printf(out, ",\"%s\":{\"time\":\"%s\"", key, time);
    return st == OVF_OK ? put_place(out, end) : st;
}

static enum ovf_status put_passage(struct playing *p, const char *truth,
                                   const struct ovf_sim_flight *flight, const char *span,
                                   const struct ovf_truth_passage *passage)
{
    char text[OVF_NUMBER_SIZE];
    ovf_number_format(passage->longest_interval_s, 2, text);
    enum ovf_status st = ovf_buffer_printf(
        &p->lines,
        "{\"type\":\"truth\",\"simulated\":true,\"truth\":\"%s\",\"icao24\":\"%06" PRIx32
        "\",\"callsign\":\"%s\",\"airspace\":\"%s\",%s",
        truth, flight->address, flight->callsign, ovf_pack_area(p->pack, passage->owner).alpha2,
        span);
    if (st == OVF_OK)
        st = put_end(&p->lines, "entry", &passage->entry);
    if (st == OVF_OK)
        st = put_end(&p->lines, "exit", &passage->exit);
    if (st == OVF_OK && passage->longest_interval_s > 0.0)
        st = ovf_buffer_printf(&p->lines, ",\"longest_interval_s\":%s", text);
    if (st == OVF_OK && passage->away_m >= 0.0) {
        ovf_number_format(passage->away_m, 1, text);
        st = ovf_buffer_printf(&p->lines, ",\"away_m\":%s", text);
    }
    return st == OVF_OK ? ovf_buffer_append_text(&p->lines, "}\n") : st;
}

static enum ovf_status put_passages(struct playing *p, const char *truth,
                                    const struct ovf_sim_flight *flight, const char *span)
{
    enum ovf_status st = OVF_OK;
    if (!p->truth.consistent)
        p->counts->n_inconsistent++;
    for (size_t i = 0; i < p->truth.n && st == OVF_OK; i++)
        st = put_passage(p, truth, flight, span, &p->truth.items[i]);
    return st;
}

static enum ovf_status put_stretch(struct playing *p, const struct ovf_sim_flight *flight,
                                   const char *span, const struct ovf_stretch *stretch)
{
    char from[OVF_TIME_SIZE];
    char until[OVF_TIME_SIZE];
    ovf_time_format(stretch->from_ns, 3, from);
    ovf_time_format(stretch->until_ns, 3, until);
    return ovf_buffer_printf(&p->lines,
                             "{\"type\":\"truth\",\"simulated\":true,\"truth\":\"stretch\","
                             "\"icao24\":\"%06" PRIx32 "\",\"callsign\":\"%s\",\"kind\":\"%s\",%s,"
                             "\"from\":\"%s\",\"until\":\"%s\",\"rows\":%" PRIu64 "}\n",
                             flight->address, flight->callsign, ovf_disturbance_name(stretch->kind),
                             span, from, until, stretch->n_rows);
}

static enum ovf_status put_unheard(struct playing *p, const struct ovf_sim_flight *flight,
                                   const char *span, const struct ovf_unheard *unheard)
{
    char from[OVF_TIME_SIZE];
    char until[OVF_TIME_SIZE];
    ovf_time_format(unheard->from_ns, 3, from);
    ovf_time_format(unheard->until_ns, 3, until);
    return ovf_buffer_printf(&p->lines,
                             "{\"type\":\"truth\",\"simulated\":true,\"truth\":\"unheard\","
                             "\"icao24\":\"%06" PRIx32 "\",\"callsign\":\"%s\",\"kind\":\"%s\",%s,"
                             "\"from\":\"%s\",\"until\":\"%s\",\"rows\":%" PRIu64 "}\n",
                             flight->address, flight->callsign,
                             unheard->why == OVF_SIM_UNHEARD_HOLE ? "hole" : "silence", span, from,
                             until, unheard->n_rows);
}

/** The polyline through what was written says nothing true where a position is not the aircraft's. */
static bool has_false_rows(const struct ovf_sim_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].is_false)
            return true;
    }
    return false;
}

/** All truths of \p flight, whose rows are \p rows. */
static enum ovf_status tell_truth(struct playing *p, const struct ovf_sim_flight *flight,
                                  const struct ovf_sim_row *rows, size_t n)
{
    char start[OVF_TIME_SIZE];
    char end[OVF_TIME_SIZE];
    char span[128];
    struct ovf_buffer text = {0};
    ovf_time_format(rows[0].t_ns, 3, start);
    ovf_time_format(rows[n - 1].t_ns, 3, end);
    enum ovf_status st =
        ovf_buffer_printf(&text, "\"flight\":{\"start\":\"%s\",\"end\":\"%s\"}", start, end);
    if (st == OVF_OK) {
        memcpy(span, text.data, text.len);
        span[text.len] = '\0';
    }
    ovf_buffer_deinit(&text);
    p->lines.len = 0;
    for (size_t i = 0; i < p->stretches.n && st == OVF_OK; i++)
        st = put_stretch(p, flight, span, &p->stretches.items[i]);
    for (size_t i = 0; i < p->stretches.n_unheard && st == OVF_OK; i++)
        st = put_unheard(p, flight, span, &p->stretches.unheard[i]);
    if (st == OVF_OK && !has_false_rows(rows, n)) {
        st = ovf_truth_of_rows(p->territory, rows, n, &p->truth);
        if (st == OVF_OK)
            st = put_passages(p, "fixes", flight, span);
        p->counts->n_truth_fixes += p->truth.n;
    }
    if (st == OVF_OK)
        st = ovf_truth_of_path(p->territory, &p->path, flight->start_ns, rows[0].t_ns,
                               rows[n - 1].t_ns, &p->truth);
    if (st == OVF_OK)
        st = put_passages(p, "path", flight, span);
    p->counts->n_truth_path += p->truth.n;
    if (st == OVF_OK && p->lines.len > 0)
        st = p->sink->truth(p->sink->context, ovf_buffer_bytes(&p->lines));
    return st;
}

/* ---- aircraft ---- */

static enum ovf_status play_flight(struct playing *p, size_t index)
{
    const struct ovf_sim_flight *const flight = &p->timetable.flights[index];
    const struct ovf_path_plan plan = ovf_sim_flight_plan(&p->timetable, p->scenario, flight);
    const size_t n_before = p->rows.n;
    p->stretches.n = 0;
    p->stretches.n_unheard = 0;
    enum ovf_status st = ovf_path_build(&plan, &p->path);
    if (st == OVF_OK)
        st = ovf_sample_flight(&p->sampling, flight, (uint32_t)index, &p->path, &p->rows,
                               &p->stretches);
    p->counts->n_flights++;
    if (st != OVF_OK || p->rows.n == n_before)
        return st;
    p->counts->n_flights_heard++;
    return p->sink->truth != NULL
               ? tell_truth(p, flight, p->rows.items + n_before, p->rows.n - n_before)
               : OVF_OK;
}

static int compare_rows(const void *a, const void *b)
{
    const struct ovf_sim_row *const x = a;
    const struct ovf_sim_row *const y = b;
    if (x->t_ns != y->t_ns)
        return x->t_ns < y->t_ns ? -1 : 1;
    return x->flight < y->flight ? -1 : x->flight > y->flight;
}

static enum ovf_status hand_over_days(struct playing *p, uint32_t address)
{
    /* Aircraft that send one address are heard in turn. */
    if (p->rows.n > 0)
        qsort(p->rows.items, p->rows.n, sizeof *p->rows.items, compare_rows);

    const struct ovf_sim_row *const rows = p->rows.items;
    enum ovf_status st = OVF_OK;
    for (size_t first = 0; first < p->rows.n && st == OVF_OK;) {
        const int64_t day_ns = ovf_time_day(rows[first].t_ns);
        size_t end = first + 1;
        while (end < p->rows.n && rows[end].t_ns < day_ns + OVF_NS_PER_DAY)
            end++;
        st = p->sink->day(p->sink->context, &p->timetable, address, day_ns, rows + first,
                          end - first);
        first = end;
    }
    p->counts->n_rows += p->rows.n;
    p->counts->n_aircraft += p->rows.n > 0 ? 1 : 0;
    return st;
}

static enum ovf_status play_all(struct playing *p)
{
    const struct ovf_timetable *const timetable = &p->timetable;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < timetable->n_flights && st == OVF_OK;) {
        const uint32_t address = timetable->flights[i].address;
        p->rows.n = 0;
        for (; i < timetable->n_flights && timetable->flights[i].address == address && st == OVF_OK;
             i++)
            st = play_flight(p, i);
        if (st == OVF_OK)
            st = hand_over_days(p, address);
    }
    return st;
}

static struct ovf_point point_of(const struct ovf_case_place *place,
                                 const struct ovf_airports *airports)
{
    uint32_t index = 0;
    if (place->name == NULL)
        return (struct ovf_point){
            (int32_t)floor(place->lat_deg * OVF_E7_PER_DEG + 0.5),
            ovf_lon_wrap((int64_t)floor(place->lon_deg * OVF_E7_PER_DEG + 0.5))};
    (void)ovf_airports_find(airports, ovf_bytes_from_text(place->name), &index);
    return ovf_airports_get(airports, index).at;
}

/** Centres of the holes, then those of the disturbances, then their targets (where they have none,
 * anything), as points; the caller's to free. */
static struct ovf_point *place_points(const struct ovf_scenario *scenario,
                                      const struct ovf_airports *airports)
{
    const struct ovf_scenario_hole *const holes = scenario->holes.items;
    const struct ovf_scenario_disturbance *const disturbances = scenario->disturbances.items;
    const size_t n_holes = scenario->holes.n;
    const size_t n = scenario->disturbances.n;
    struct ovf_point *points = calloc(n_holes + 2 * n + 1, sizeof *points);
    if (points == NULL)
        return NULL;
    for (size_t i = 0; i < n_holes; i++)
        points[i] = point_of(&holes[i].centre, airports);
    for (size_t i = 0; i < n; i++) {
        points[n_holes + i] = point_of(&disturbances[i].centre, airports);
        points[n_holes + n + i] = point_of(&disturbances[i].target, airports);
    }
    return points;
}

enum ovf_status ovf_simulate(const struct ovf_scenario *scenario, const struct ovf_pack *pack,
                             const struct ovf_airports *airports, uint64_t seed,
                             const struct ovf_simulation_sink *sink,
                             struct ovf_simulation_counts *counts, struct ovf_error *err)
{
    struct playing p = {.scenario = scenario, .pack = pack, .sink = sink, .counts = counts};
    struct ovf_point *points = place_points(scenario, airports);
    enum ovf_status st = OVF_E_NOMEM;
    *counts = (struct ovf_simulation_counts){0};
    if (points == NULL)
        goto out;
    p.sampling = (struct ovf_sampling){
        .scenario = scenario,
        .hole_centres = points,
        .disturbance_centres = points + scenario->holes.n,
        .disturbance_targets = points + scenario->holes.n + scenario->disturbances.n,
        .seed = seed,
    };
    st = sink->truth != NULL ? ovf_territory_new(&pack->index, &p.territory) : OVF_OK;
    if (st == OVF_OK)
        st = ovf_timetable_make(scenario, airports, seed, &p.timetable, err);
    if (st == OVF_OK)
        st = play_all(&p);
    counts->n_without_aircraft = p.timetable.n_without_aircraft;
out:
    if (st == OVF_E_NOMEM)
        (void)ovf_error_set(err, st, "out of memory for the simulation");
    ovf_timetable_deinit(&p.timetable);
    ovf_territory_free(p.territory);
    ovf_path_deinit(&p.path);
    ovf_sim_rows_deinit(&p.rows);
    ovf_truth_passages_deinit(&p.truth);
    ovf_buffer_deinit(&p.lines);
    ovf_stretches_deinit(&p.stretches);
    free(points);
    return st;
}
