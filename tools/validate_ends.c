/* SPDX-License-Identifier: Apache-2.0 */
/* How well departure and arrival are found.
 *
 *   validate_ends [--quick] PACK SCENARIO.yaml [RECORDING...]
 *
 * Every flight of the scenario is played, heard all the way, and cut: the last (first) k minutes and all
 * that is lower than h above the field. What is found from the rest is set beside the airport that it flew
 * to. Tables in Markdown on standard output; exit status 1 when a gate does not hold:
 *
 *   observed                        at least 99.5 % right
 *   inferred, score 0.9 and above   at least 95 % right
 *   flights                         2,000 or more (not with --quick, which takes one in forty)
 *
 * An altimeter's error, what an aircraft reports and where runways lie come from here and from the scenario
 * alone. Recordings, CSV or traces, are listed one by one and count for no gate. A flight's cuts are no independent cases: intervals take each flight that is in them for one.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "question/pack_file.h"
#include "simulate/disturb.h"
#include "simulate/random.h"
#include "simulate/simulate.h"
#include "source/file.h"
#include "validate_recorded.h"

#define LEAST_FLIGHTS 2000
#define LEAST_OBSERVED 0.995
#define LEAST_SURE 0.95
#define QUICK_ONE_IN 40
#define HIGH_MINUTES 15.0 /* before that it is high up: heights change nothing */
#define PRESSURE_FT 400.0 /* twice that at most, seldom */
#define GEOID_FT 330.0
#define WITH_GEOMETRIC 0.6
#define WITH_TRACK 0.9

static const double minutes[] = {0, 1, 2, 4, 6, 8, 10, 15, 20, 30};
static const double heights_ft[] = {0, 500, 1500, 3000, 6000, 10000};

enum {
    N_MINUTES = sizeof minutes / sizeof *minutes,
    N_HEIGHTS = sizeof heights_ft / sizeof *heights_ft,
    N_BINS = 6, /* observed; inferred from 0.5, 0.6 ... 0.9 */
    STREAM_REPORT = 64,
};

/** What came of some cases. */
struct tally {
    size_t n;
    double score_sum; /* of those named */
    size_t n_named;
    size_t n_right;   /* named, and so */
    size_t n_first;   /* the likeliest candidate, named or not */
    size_t n_third;   /* among the three likeliest */
    size_t n_flights; /* that have a named case */
    bool counted;     /* of the flight at hand */
};

struct evaluation {
    struct tally cells[N_MINUTES][N_HEIGHTS];
    struct tally bins[N_BINS];
};

struct validation {
    struct ovf_pack_file pack;
    struct ovf_airports airports;
    struct ovf_case_store store;
    struct ovf_scenario scenario;
    struct ovf_timetable timetable;
    struct ovf_path path;
    struct ovf_sim_rows rows;
    struct ovf_track track;
    double error_ft; /* of the barometric altitude */
    size_t n_flights;
    struct evaluation ends[2]; /* by enum ovf_end */
};

static void add_case(struct tally *tally, const struct ovf_endpoint *found, uint32_t truth)
{
    tally->n++;
    tally->n_named += found->has_airport;
    tally->n_right += found->has_airport && found->airport == truth;
    tally->score_sum += found->has_airport ? found->score : 0;
    for (unsigned i = 0; i < found->n_candidates; i++) {
        tally->n_first += i == 0 && found->candidates[i] == truth;
        tally->n_third += found->candidates[i] == truth;
    }
    if (found->has_airport && !tally->counted) {
        tally->n_flights++;
        tally->counted = true;
    }
}

static void judge(struct validation *v, const struct ovf_sim_flight *flight, enum ovf_end end)
{
    struct evaluation *const e = &v->ends[end];
    const bool arrival = end == OVF_END_ARRIVAL;
    const uint32_t truth = arrival ? flight->to : flight->from;
    const double elevation_ft = arrival ? flight->to_elevation_ft : flight->from_elevation_ft;
    const double edge_s = arrival ? v->path.landing_s : v->path.take_off_s;
    for (size_t i = 0; i < N_BINS; i++)
        e->bins[i].counted = false;
    for (size_t k = 0; k < N_MINUTES; k++) {
        for (size_t h = 0; h < N_HEIGHTS; h++) {
            const struct cut cut = {
                .minutes = minutes[k],
                .below_ft = elevation_ft + heights_ft[h] + v->error_ft,
                .has_floor = h > 0,
                .edge_ns = flight->start_ns + (int64_t)(edge_s * (double)OVF_NS_PER_S),
            };
            struct ovf_endpoint found;
            size_t n_left;
            if (!cut_and_find(&v->airports, &v->track, end, &cut, &found, &n_left))
                continue;
            e->cells[k][h].counted = false;
            add_case(&e->cells[k][h], &found, truth);
            if (!found.has_airport)
                continue;
            const int step = (int)(found.score * 10.0) - 4;
            const size_t bin = found.kind == OVF_ENDPOINT_OBSERVED ? 0
                               : step < 1                          ? 1
                               : step >= N_BINS                    ? N_BINS - 1
                                                                   : (size_t)step;
            add_case(&e->bins[bin], &found, truth);
        }
    }
}

/** The flight's rows as fixes that are believed, with the errors of its instruments. */
static enum ovf_status report(struct validation *v, const struct ovf_sim_flight *flight)
{
    struct ovf_random random = ovf_random_stream((uint64_t)v->scenario.seed ^ flight->icao24,
                                                 (uint64_t)flight->start_ns, STREAM_REPORT);
    v->error_ft = ovf_random_between(&random, -PRESSURE_FT, PRESSURE_FT) +
                  ovf_random_between(&random, -PRESSURE_FT, PRESSURE_FT);
    const double geoid_ft = ovf_random_between(&random, -GEOID_FT, GEOID_FT);
    const bool geometric = ovf_random_unit(&random) < WITH_GEOMETRIC;
    const bool with_track = ovf_random_unit(&random) < WITH_TRACK;
    enum ovf_status st = OVF_OK;
    v->track.fixes.n = 0;
    for (size_t i = 0; i < v->rows.n && st == OVF_OK; i++) {
        const struct ovf_sim_row *const row = &v->rows.items[i];
        struct ovf_fix fix = {.t_ns = row->t_ns,
                              .at = ovf_sim_row_point(row),
                              .source = OVF_SOURCE_ADSB,
                              .grade = OVF_GRADE_B,
                              .flags = row->on_ground ? OVF_FIX_ON_GROUND : OVF_FIX_IN_AIR};
        if (!row->on_ground) {
            fix.has = OVF_FIX_ALT_BARO | (geometric ? OVF_FIX_ALT_GEOM : 0);
            fix.alt_baro_ft = row->alt_ft + (int32_t)v->error_ft;
            fix.alt_geom_ft = geometric ? row->alt_ft + (int32_t)geoid_ft : 0;
        }
        if (with_track) {
            fix.has |= OVF_FIX_GS | OVF_FIX_TRACK;
            fix.gs_kt = (float)row->gs_dkt / 10.0F;
            fix.track_deg = (float)row->track_ddeg / 10.0F;
        }
        st = ovf_fixes_push(&v->track.fixes, &fix);
    }
    return st;
}

static enum ovf_status play_flight(struct validation *v, size_t index)
{
    const struct ovf_sim_flight *const flight = &v->timetable.flights[index];
    const struct ovf_path_plan plan = ovf_sim_flight_plan(&v->timetable, &v->scenario, flight);
    const struct ovf_sampling sampling = {.scenario = &v->scenario,
                                          .seed = (uint64_t)v->scenario.seed};
    struct ovf_stretches stretches = {0}; /* nothing disturbs these flights */
    v->rows.n = 0;
    enum ovf_status st = ovf_path_build(&plan, &v->path);
    if (st == OVF_OK)
        st = ovf_sample_flight(&sampling, flight, (uint32_t)index, &v->path, &v->rows, &stretches);
    if (st == OVF_OK)
        st = report(v, flight);
    if (st == OVF_OK) {
        judge(v, flight, OVF_END_DEPARTURE);
        judge(v, flight, OVF_END_ARRIVAL);
        v->n_flights++;
    }
    return st;
}

/* ---- tables ---- */

static double right_share(const struct tally *tally)
{
    return tally->n_named > 0 ? (double)tally->n_right / (double)tally->n_named : 1.0;
}

/** The mean score of those named, "-" of none. */
static void score_print(const struct tally *tally, char text[16])
{
    (void)snprintf(text, 16, "-");
    if (tally->n_named > 0)
        (void)snprintf(text, 16, "%.2f", tally->score_sum / (double)tally->n_named);
}

static void print_bins(const struct evaluation *e)
{
    static const char *const names[N_BINS] = {"observed",   "inferred, 0.5 to 0.6",
                                              "0.6 to 0.7", "0.7 to 0.8",
                                              "0.8 to 0.9", "0.9 and above"};
    (void)printf("| | cuts | flights | mean score | right |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < N_BINS; i++) {
        const struct tally *const bin = &e->bins[i];
        char right[48];
        char score[16];
        score_print(bin, score);
        share_print(bin->n_right, bin->n_named, bin->n_flights, right);
        (void)printf("| %s | %zu | %zu | %s | %s |\n", names[i], bin->n, bin->n_flights, score,
                     right);
    }
    (void)printf("\n");
}

static void print_cells(const struct evaluation *e)
{
    (void)printf("| k, min | h, ft | cuts | named | mean score | of these right | likeliest | "
                 "among three |\n"
                 "|---|---|---|---|---|---|---|---|\n");
    for (size_t k = 0; k < N_MINUTES; k++) {
        for (size_t h = 0; h < (minutes[k] < HIGH_MINUTES ? N_HEIGHTS : 1); h++) {
            const struct tally *const cell = &e->cells[k][h];
            const size_t n = cell->n > 0 ? cell->n : 1;
            char right[48];
            char first[48];
            char third[48];
            char score[16];
            score_print(cell, score);
            share_print(cell->n_right, cell->n_named, cell->n_named, right);
            share_print(cell->n_first, cell->n, cell->n, first);
            share_print(cell->n_third, cell->n, cell->n, third);
            (void)printf("| %.0f | %.0f | %zu | %.1f %% | %s | %s | %s | %s |\n", minutes[k],
                         heights_ft[h], cell->n, 100.0 * (double)cell->n_named / (double)n, score,
                         right, first, third);
        }
    }
    (void)printf("\n");
}

/** One line on standard error for each gate that does not hold; how many. */
static int check_gates(const struct validation *v, bool quick)
{
    static const char *const names[] = {"departure", "arrival"};
    int n_failed = 0;
    if (!quick && v->n_flights < LEAST_FLIGHTS) {
        (void)fprintf(stderr, "FAILED: %zu flights are too few\n", v->n_flights);
        n_failed++;
    }
    for (size_t i = 0; i < 2; i++) {
        const double observed = right_share(&v->ends[i].bins[0]);
        const double sure = right_share(&v->ends[i].bins[N_BINS - 1]);
        if (observed < LEAST_OBSERVED || sure < LEAST_SURE) {
            (void)fprintf(stderr, "FAILED: %s, observed %.4f right, inferred for sure %.4f\n",
                          names[i], observed, sure);
            n_failed++;
        }
    }
    return n_failed;
}

static int validate(struct validation *v, bool quick, struct ovf_error *err)
{
    enum ovf_status st = ovf_timetable_make(&v->scenario, &v->airports, (uint64_t)v->scenario.seed,
                                            &v->timetable, err);
    for (size_t i = 0; i < v->timetable.n_flights && st == OVF_OK; i += quick ? QUICK_ONE_IN : 1)
        st = play_flight(v, i);
    if (st != OVF_OK) {
        (void)fprintf(stderr, "validate_ends: %s\n", err->text);
        return 4;
    }
    (void)printf("%zu flights.\n\n#### Arrival\n\n", v->n_flights);
    print_bins(&v->ends[OVF_END_ARRIVAL]);
    print_cells(&v->ends[OVF_END_ARRIVAL]);
    (void)printf("#### Departure\n\n");
    print_bins(&v->ends[OVF_END_DEPARTURE]);
    print_cells(&v->ends[OVF_END_DEPARTURE]);
    return check_gates(v, quick) > 0 ? 1 : 0;
}

static int list_recordings(const struct validation *v, char **paths, int n, struct ovf_error *err)
{
    if (n > 0)
        (void)printf("#### Recordings\n\n");
    for (int i = 0; i < n; i++) {
        if (i == 0)
            recorded_print_head();
        if (recorded_print(&v->airports, paths[i], err) != OVF_OK) {
            (void)fprintf(stderr, "validate_ends: %s: %s\n", paths[i], err->text);
            return 4;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    static struct validation v;
    struct ovf_error err = {""};
    struct ovf_buffer yaml = {0};
    const bool quick = argc > 1 && strcmp(argv[1], "--quick") == 0;
    char **const args = argv + (quick ? 2 : 1);
    int status = 4;
    const int n_recordings = argc - (quick ? 4 : 3);
    if (n_recordings < 0) {
        (void)fprintf(stderr, "usage: validate_ends [--quick] PACK SCENARIO.yaml [RECORDING...]\n");
        return 2;
    }
    if (ovf_pack_file_open(args[0], &v.pack, &err) == OVF_OK &&
        ovf_airports_view(v.pack.pack.airports, &v.airports, &err) == OVF_OK &&
        ovf_file_read(args[1], OVF_YAML_MAX_BYTES, &yaml, &err) == OVF_OK &&
        ovf_scenario_read(ovf_buffer_bytes(&yaml), &v.airports, &v.store, &v.scenario, &err) ==
            OVF_OK)
        status = validate(&v, quick, &err);
    else
        (void)fprintf(stderr, "validate_ends: %s\n", err.text);
    if (status < 2 && list_recordings(&v, args + 2, n_recordings, &err) != 0)
        status = 4;
    ovf_timetable_deinit(&v.timetable);
    ovf_path_deinit(&v.path);
    ovf_sim_rows_deinit(&v.rows);
    ovf_track_deinit(&v.track);
    ovf_case_store_deinit(&v.store);
    ovf_buffer_deinit(&yaml);
    ovf_pack_file_close(&v.pack);
    return status;
}
