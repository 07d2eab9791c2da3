/* SPDX-License-Identifier: Apache-2.0 */
/* Flights of the world day. An aircraft flies from airport to airport, on the paths of simulate/path.h,
 * until it has as many fixes as were drawn for it; one with few is seen on a part of one flight, as a
 * receiver with little range sees it.
 *
 * The figures are those of recorded traces: a fix every 2 to 9 s on average, at most 16 h in the air, half
 * of the aircraft asked by radars for air data, noise of a digit or two in what is measured. */
#include "simulate/world_day.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "geo/local.h"
#include "simulate/scenario.h"
#include "simulate/world_text.h"

#define CS_PER_S 100
#define DAY_CS (INT64_C(86400) * CS_PER_S)
#define AIR_TIME_MAX_S 60000.0
#define DISTANCE_MIN_M 250e3
#define DISTANCE_RATIO 40.0 /* of the longest way to the shortest; log-uniform between */

enum {
    STREAM_WORLD = 11, /* of the seed, apart from those of scenarios */
    OBJECT_EVERY = 4,
    DESTINATIONS_TRIED = 12,
    CALLSIGNS = 9999,
    SQUAWKS = 3584, /* below octal 7000 */
    SILENT_CS = 15 * CS_PER_S,
};

struct kind {
    const char *type_code;
    const char *description;
    const char *category;
    double speed_kt;
    double fl_min;
    double fl_max;
};

static const struct kind kinds[] = {
    {"A320", "AIRBUS A-320", "A3", 450.0, 300.0, 390.0},
    {"B738", "BOEING 737-800", "A3", 455.0, 300.0, 410.0},
    {"A21N", "AIRBUS A-321neo", "A3", 450.0, 310.0, 390.0},
    {"E190", "EMBRAER ERJ-190-100", "A3", 440.0, 280.0, 390.0},
    {"CRJ9", "BOMBARDIER CRJ-900", "A3", 440.0, 280.0, 380.0},
    {"B77W", "BOEING 777-300ER", "A5", 490.0, 290.0, 400.0},
    {"A359", "AIRBUS A-350-900", "A5", 490.0, 330.0, 410.0},
    {"DH8D", "BOMBARDIER Dash 8 Q400", "A2", 350.0, 180.0, 250.0},
    {"C172", "CESSNA 172 Skyhawk", "A1", 115.0, 25.0, 85.0},
    {"B744", "BOEING 747-400", "A5", 490.0, 290.0, 390.0},
};

static bool is_hub(const struct ovf_airport *airport)
{
    return airport->scheduled &&
           (airport->type == OVF_AIRPORT_LARGE || airport->type == OVF_AIRPORT_MEDIUM);
}

enum ovf_status ovf_world_day_init(const struct ovf_airports *airports, uint64_t seed,
                                   int64_t day_ns, struct ovf_world_day *out, struct ovf_error *err)
{
    uint32_t *hubs = malloc(((size_t)airports->n + 1) * sizeof *hubs);
    size_t n = 0;
    if (hubs == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the airports");
    for (uint32_t i = 0; i < airports->n; i++) {
        const struct ovf_airport airport = ovf_airports_get(airports, i);
        if (is_hub(&airport))
            hubs[n++] = i;
    }
    if (n < 2) {
        free(hubs);
        return ovf_error_set(err, OVF_E_FORMAT, "the pack has no two airports with flights");
    }
    *out = (struct ovf_world_day){airports, hubs, n, seed, day_ns, false};
    return OVF_OK;
}

void ovf_world_day_deinit(struct ovf_world_day *day)
{
    free(day->hubs);
    *day = (struct ovf_world_day){0};
}

uint32_t ovf_world_day_traces(double scale)
{
    const double n = floor(scale * OVF_WORLD_TRACES + 0.5);
    return n < 1.0 ? 1 : (uint32_t)n;
}

void ovf_world_maker_deinit(struct ovf_world_maker *maker)
{
    ovf_path_deinit(&maker->path);
}

/* ---- who flies ---- */

static bool chance(struct ovf_random *random, double part)
{
    return ovf_random_unit(random) < part;
}

/** The radius of containment of version 2 that goes with a NIC of 7 to 9. */
static uint16_t rc_of_nic(uint8_t nic)
{
    return nic == 9 ? 75 : nic == 8 ? 186 : 371;
}

static void draw_quality(struct ovf_random *random, struct ovf_world_aircraft *a)
{
    a->version = chance(random, 0.95) ? 2 : 0;
    a->nic = chance(random, 0.9) ? 8 : (uint8_t)(7 + 2 * ovf_random_below(random, 2));
    a->rc_m = rc_of_nic(a->nic);
    a->nac_p = (uint8_t)(8 + ovf_random_below(random, 4));
    a->nac_v = (uint8_t)(1 + ovf_random_below(random, 2));
    a->sil = a->version == 2 ? 3 : 2;
}

static struct ovf_world_aircraft draw_aircraft(struct ovf_random *random, uint32_t index)
{
    const struct kind *const kind = &kinds[ovf_random_below(random, sizeof kinds / sizeof *kinds)];
    const double ratio = (double)OVF_WORLD_FIXES_MAX / OVF_WORLD_FIXES_MIN;
    struct ovf_world_aircraft a = {
        .icao24 = OVF_SIMULATED_ADDRESS_MIN + index,
        .n_fixes = (uint32_t)(OVF_WORLD_FIXES_MIN * pow(ratio, ovf_random_unit(random))),
        .type_code = kind->type_code,
        .description = kind->description,
        .category = kind->category,
        .performance = {.cruise_fl =
                            10.0 *
                            floor(ovf_random_between(random, kind->fl_min, kind->fl_max) / 10.0),
                        .speed_kt = kind->speed_kt + ovf_random_between(random, -15.0, 15.0),
                        .climb_fpm = ovf_random_between(random, 1500.0, 2300.0),
                        .descent_fpm = ovf_random_between(random, 1300.0, 2000.0)},
        .answers = chance(random, 0.45),
        .selects = chance(random, 0.92),
        .object_phase = (uint8_t)ovf_random_below(random, OBJECT_EVERY),
        .geom_above_baro_ft = 25 * (int32_t)ovf_random_below(random, 61) - 500,
        .wind_from_deg = 20 + (int32_t)ovf_random_below(random, 300),
        .wind_kt = 3 + (int32_t)ovf_random_below(random, 60),
    };
    const double longest_s = AIR_TIME_MAX_S / a.n_fixes;
    a.interval_s = ovf_random_between(random, 2.0, 9.0);
    if (a.interval_s > longest_s)
        a.interval_s = longest_s;
    draw_quality(random, &a);
    return a;
}

/* ---- where it flies ---- */

static struct ovf_point hub_point(const struct ovf_world_day *day, uint32_t hub)
{
    return ovf_airports_get(day->airports, hub).at;
}

/** Of some airports that are drawn the one whose distance is nearest to one that is drawn. */
static uint32_t draw_destination(const struct ovf_world_day *day, struct ovf_random *random,
                                 uint32_t from)
{
    const double wanted_m = DISTANCE_MIN_M * pow(DISTANCE_RATIO, ovf_random_unit(random));
    const struct ovf_unit at = ovf_unit_from_point(hub_point(day, from));
    uint32_t best = from;
    double best_ratio = HUGE_VAL;
    for (int i = 0; i < DESTINATIONS_TRIED || best == from; i++) {
        const uint32_t to = day->hubs[ovf_random_below(random, day->n_hubs)];
        const double way_m = 1.0 + ovf_chord_m(at, ovf_unit_from_point(hub_point(day, to)));
        const double ratio = way_m > wanted_m ? way_m / wanted_m : wanted_m / way_m;
        if (to != from && (best == from || ratio < best_ratio)) {
            best = to;
            best_ratio = ratio;
        }
    }
    return best;
}

static enum ovf_status plan_leg(const struct ovf_world_day *day, struct ovf_world_maker *m)
{
    static const char digits[] = "0123456789";
    const struct ovf_airport from = ovf_airports_get(day->airports, m->from);
    m->to = draw_destination(day, &m->random, m->from);
    const struct ovf_airport to = ovf_airports_get(day->airports, m->to);
    const struct ovf_point points[] = {from.at, to.at};
    const struct ovf_path_plan plan = {
        .points = points,
        .n_points = 2,
        .from_elevation_ft = from.elevation_ft,
        .to_elevation_ft = to.elevation_ft,
        .performance = &m->aircraft.performance,
        .wind_east_kt = ovf_random_between(&m->random, 0.0, 30.0),
        .wind_north_kt = ovf_random_between(&m->random, -10.0, 10.0),
    };
    const uint64_t number = 1 + ovf_random_below(&m->random, CALLSIGNS);
    memcpy(m->callsign, "SIM     ", sizeof m->callsign);
    for (uint64_t scale = 1000, at = 3; scale > 0; scale /= 10) {
        if (number >= scale)
            m->callsign[at++] = digits[number / scale % 10];
    }
    m->squawk_digits = (unsigned)ovf_random_below(&m->random, SQUAWKS);
    return ovf_path_build(&plan, &m->path);
}

/** The first flight; when it is longer than what is seen, some part of it is. */
static enum ovf_status begin(const struct ovf_world_day *day, struct ovf_world_maker *m,
                             int64_t *t_cs)
{
    const double seen_s = m->aircraft.n_fixes * m->aircraft.interval_s;
    m->from = day->hubs[ovf_random_below(&m->random, day->n_hubs)];
    const enum ovf_status st = plan_leg(day, m);
    if (st != OVF_OK)
        return st;
    const double before_s = m->path.duration_s > seen_s
                                ? ovf_random_between(&m->random, 0.0, m->path.duration_s - seen_s)
                                : 0.0;
    const int64_t free_cs = DAY_CS - (int64_t)(seen_s * CS_PER_S);
    *t_cs = (int64_t)ovf_random_below(&m->random, (uint64_t)free_cs / 2);
    m->slack_cs = free_cs - *t_cs;
    m->path_begin_cs = *t_cs - (int64_t)(before_s * CS_PER_S);
    return OVF_OK;
}

/** The next flight, some time after the last has ended. */
static enum ovf_status turn_round(const struct ovf_world_day *day, struct ovf_world_maker *m,
                                  int64_t *t_cs)
{
    const int64_t ground_cs =
        (int64_t)((double)m->slack_cs * ovf_random_between(&m->random, 0.05, 0.2));
    m->slack_cs -= ground_cs;
    *t_cs += ground_cs;
    m->path_begin_cs = *t_cs;
    m->from = m->to;
    return plan_leg(day, m);
}

/* ---- what is seen of it ---- */

static int32_t rounded(double value)
{
    return (int32_t)floor(value + 0.5);
}

/** In [-reach, reach]. */
static int32_t noise(struct ovf_random *random, int32_t reach)
{
    return (int32_t)ovf_random_below(random, 2 * (uint64_t)reach + 1) - reach;
}

/** What instruments and receivers say of \p row beside its place, each with its own unrest. */
static void add_measured(struct ovf_world_maker *m, struct ovf_world_row *row)
{
    const struct ovf_world_aircraft *const a = &m->aircraft;
    struct ovf_random *const random = &m->random;
    row->gs_dkt += noise(random, 9);
    row->track_cdeg = (row->track_cdeg + 36000 + noise(random, 25)) % 36000;
    row->vert_rate_fpm += chance(random, 0.4) ? 64 * noise(random, 1) : 0;
    row->alt_geom_ft = row->alt_ft + a->geom_above_baro_ft + row->alt_ft / 4000 * 25 +
                       (chance(random, 0.25) ? 25 * noise(random, 1) : 0);
    if (!a->answers)
        return;
    row->geom_rate_fpm = row->vert_rate_fpm + 32 * noise(random, 1);
    row->wind_from_deg = a->wind_from_deg + row->alt_ft / 4000 + noise(random, 4);
    row->wind_kt = a->wind_kt + row->alt_ft / 2000 + noise(random, 3);
    row->tas_kt = row->gs_dkt / 10 - row->wind_kt / 3 + noise(random, 1);
    row->ias_kt = row->tas_kt * 100 / (100 + 2 * row->alt_ft / 1000);
    row->roll_cdeg = noise(random, 100) * 18;
}

static struct ovf_world_row make_row(struct ovf_world_maker *m, int64_t t_cs)
{
    struct ovf_path_state state;
    ovf_path_at(&m->path, (double)(t_cs - m->path_begin_cs) / CS_PER_S, &state);
    struct ovf_world_row row = {
        .t_cs = t_cs,
        .lat_e6 = rounded(state.lat_deg * 1e6),
        .lon_e6 = rounded(state.lon_deg * 1e6),
        .alt_ft = rounded(state.alt_ft / 25.0) * 25,
        .gs_dkt = rounded(state.gs_kt * 10.0),
        .track_cdeg = rounded(state.track_deg * 100.0) % 36000,
        .vert_rate_fpm = rounded(state.vert_rate_fpm / 64.0) * 64,
        .on_ground = state.on_ground,
    };
    if (!row.on_ground)
        add_measured(m, &row);
    if (row.lon_e6 >= 180000000)
        row.lon_e6 -= 360000000;
    return row;
}

/** The time to the next fix: more often than the mean or more seldom, and never past the day. */
static int64_t draw_interval_cs(struct ovf_world_maker *m, int64_t t_cs, uint32_t n_left)
{
    const double mean_cs = m->aircraft.interval_s * CS_PER_S;
    const int64_t longest_cs = (DAY_CS - 1 - t_cs) / (n_left > 0 ? n_left : 1);
    int64_t interval_cs = (int64_t)ovf_random_between(&m->random, 0.4 * mean_cs, 1.6 * mean_cs);
    if (interval_cs > longest_cs)
        interval_cs = longest_cs;
    return interval_cs > 0 ? interval_cs : 1;
}

static enum ovf_status put_rows(const struct ovf_world_day *day, struct ovf_world_maker *m,
                                struct ovf_buffer *out)
{
    const uint32_t n = m->aircraft.n_fixes;
    int64_t t_cs = 0;
    int64_t last_cs = -SILENT_CS - 1;
    bool new_leg = true;
    enum ovf_status st = begin(day, m, &t_cs);
    for (uint32_t i = 0; i < n && st == OVF_OK; i++) {
        struct ovf_world_row row = make_row(m, t_cs);
        row.new_leg = new_leg && i > 0;
        row.after_silence = t_cs - last_cs > SILENT_CS;
        new_leg = false;
        last_cs = t_cs;
        st = ovf_world_put_row(day, m, &row, i == 0, i % OBJECT_EVERY == m->aircraft.object_phase,
                               out);
        t_cs += draw_interval_cs(m, t_cs, n - 1 - i);
        if (st == OVF_OK && i + 1 < n &&
            (double)(t_cs - m->path_begin_cs) > m->path.duration_s * CS_PER_S) {
            st = turn_round(day, m, &t_cs);
            new_leg = true;
        }
    }
    return st;
}

enum ovf_status ovf_world_day_trace(const struct ovf_world_day *day, struct ovf_world_maker *maker,
                                    uint32_t index, struct ovf_buffer *out, uint32_t *icao24,
                                    uint32_t *n_fixes)
{
    maker->random = ovf_random_stream(day->seed, index, STREAM_WORLD);
    maker->aircraft = draw_aircraft(&maker->random, index);
    enum ovf_status st = ovf_world_put_header(day, &maker->aircraft, out);
    if (st == OVF_OK)
        st = put_rows(day, maker, out);
    if (st == OVF_OK)
        st = ovf_world_put_end(day, out);
    *icao24 = maker->aircraft.icao24;
    *n_fixes = maker->aircraft.n_fixes;
    return st;
}
