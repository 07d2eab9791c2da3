/* SPDX-License-Identifier: Apache-2.0 */
/* Disturbed flights, set beside the same flights undisturbed: rows stand at the same times, so what was
 * done to a position is its way from one to the other. All fly from Tehran by Baghdad to Damascus. */
#include "unit/test_simulate.h"

#include <geodesic.h>

#include "simulate/disturb.h"

#define M_PER_NMI 1852.0
#define ROUNDING_M 0.3 /* positions are written to 1e-6 degree, twice */

/** A flight of which something was heard. */
struct flown {
    struct ovf_sim_rows rows;
    struct ovf_stretches stretches;
    struct ovf_fixes fixes; /* the rows, written as a trace and read again */
};

static struct flown before;
static struct flown after;

static struct ovf_point airport(const char *code)
{
    uint32_t index = 0;
    assert_true(ovf_airports_find(&airports, ovf_bytes_from_text(code), &index));
    return ovf_airports_get(&airports, index).at;
}

static struct ovf_fixes read_again(const struct ovf_timetable *timetable,
                                   const struct ovf_sim_rows *rows)
{
    struct ovf_buffer text = {0};
    struct ovf_trace trace = {0};
    enum ovf_reject reject;
    assert_int_equal(ovf_write_trace(timetable, rows->items, rows->n, &text), OVF_OK);
    assert_int_equal(ovf_trace_read(ovf_buffer_bytes(&text), 0, &trace, &reject, NULL), OVF_OK);
    assert_int_equal(trace.fixes.n, rows->n);
    ovf_buffer_deinit(&text);
    const struct ovf_fixes fixes = trace.fixes;
    trace.fixes = (struct ovf_fixes){0};
    ovf_trace_deinit(&trace);
    return fixes;
}

static struct flown sample(const char *yaml, const char *target)
{
    struct flown flown = {0};
    struct ovf_case_store store = {0};
    struct ovf_scenario scenario;
    struct ovf_timetable timetable = {0};
    struct ovf_path path = {0};
    struct ovf_error err = {""};
    const struct ovf_point centre = airport("ORBI");
    const struct ovf_point to = airport(target);
    const struct ovf_sampling sampling = {.scenario = &scenario,
                                          .disturbance_centres = &centre,
                                          .disturbance_targets = &to,
                                          .seed = 1};
    if (ovf_scenario_read(ovf_bytes_from_text(yaml), &airports, &store, &scenario, &err) !=
            OVF_OK ||
        ovf_timetable_make(&scenario, &airports, 1, &timetable, &err) != OVF_OK)
        fail_msg("%s", err.text);
    const struct ovf_path_plan plan =
        ovf_sim_flight_plan(&timetable, &scenario, &timetable.flights[0]);
    assert_int_equal(ovf_path_build(&plan, &path), OVF_OK);
    assert_int_equal(ovf_sample_flight(&sampling, &timetable.flights[0], 0, &path, &flown.rows,
                                       &flown.stretches),
                     OVF_OK);
    flown.fixes = read_again(&timetable, &flown.rows);
    ovf_path_deinit(&path);
    ovf_timetable_deinit(&timetable);
    ovf_case_store_deinit(&store);
    return flown;
}

static void fly(const char *disturbance, const char *target)
{
    static const char flight[] = PLANE ROUTE FLIES "until: 2025-03-31}\n";
    char yaml[2048];
    (void)snprintf(yaml, sizeof yaml, HEAD "%s", flight);
    before = sample(yaml, target);
    (void)snprintf(yaml, sizeof yaml, HEAD "disturbances:\n  - {centre: ORBI, %s}\n%s", disturbance,
                   flight);
    after = sample(yaml, target);
}

static void free_flown(struct flown *flown)
{
    ovf_sim_rows_deinit(&flown->rows);
    ovf_stretches_deinit(&flown->stretches);
    ovf_fixes_deinit(&flown->fixes);
}

static int clear(void **state)
{
    (void)state;
    free_flown(&before);
    free_flown(&after);
    return 0;
}

static double distance_m(struct ovf_point a, struct ovf_point b, double *azimuth_deg)
{
    struct geod_geodesic g;
    double length_m = 0;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    geod_inverse(&g, ovf_deg_from_e7(a.lat_e7), ovf_deg_from_e7(a.lon_e7),
                 ovf_deg_from_e7(b.lat_e7), ovf_deg_from_e7(b.lon_e7), &length_m, azimuth_deg,
                 NULL);
    return length_m;
}

/** Rows, all of which were heard, and which of them lie in the area. */
static size_t n_inside(size_t *first)
{
    size_t n = 0;
    assert_int_equal(after.fixes.n, before.fixes.n);
    for (size_t i = 0; i < before.fixes.n; i++) {
        const struct ovf_fix *const fix = &before.fixes.items[i];
        assert_int_equal(after.fixes.items[i].t_ns, fix->t_ns);
        const bool inside = distance_m(airport("ORBI"), fix->at, NULL) < 80 * M_PER_NMI;
        if (inside && n++ == 0)
            *first = i;
        if (!inside)
            assert_true(ovf_point_equal(after.fixes.items[i].at, fix->at));
    }
    assert_true(n > 100);
    return n;
}

static void a_sink_draws_all_to_one_place(void **state)
{
    (void)state;
    size_t first = 0;
    fly("radius_nmi: 80, kind: sink, target: OLBA", "OLBA");
    const size_t n = n_inside(&first);
    for (size_t i = first; i < first + n; i++) {
        const struct ovf_fix *const fix = &after.fixes.items[i];
        assert_true(distance_m(airport("OLBA"), fix->at, NULL) <= 60 + ROUNDING_M);
        assert_int_equal(fix->alt_baro_ft, before.fixes.items[i].alt_baro_ft);
        assert_int_equal(fix->alt_geom_ft, 500);
        assert_int_equal(fix->nic, 8);
    }
    assert_int_equal(after.stretches.n, 1);
    assert_int_equal(after.stretches.items[0].kind, OVF_DISTURBANCE_SINK);
    assert_int_equal(after.stretches.items[0].from_ns, after.fixes.items[first].t_ns);
    assert_int_equal(after.stretches.items[0].until_ns, after.fixes.items[first + n - 1].t_ns);
    assert_int_equal(after.stretches.items[0].n_rows, n);
}

static void an_offset_is_as_far_and_in_the_direction_that_it_says(void **state)
{
    (void)state;
    size_t first = 0;
    fly("radius_nmi: 80, kind: offset, bearing_deg: 60, distance_nmi: 20", "ORBI");
    const size_t n = n_inside(&first);
    for (size_t i = first; i < first + n; i++) {
        double azimuth_deg = 0;
        const double m =
            distance_m(before.fixes.items[i].at, after.fixes.items[i].at, &azimuth_deg);
        assert_near(m, 20 * M_PER_NMI, ROUNDING_M);
        assert_near(azimuth_deg, 60, 0.001);
    }
}

static void a_drift_grows_with_time(void **state)
{
    (void)state;
    size_t first = 0;
    fly("radius_nmi: 80, kind: drift, bearing_deg: 90, drift_kt: 180", "ORBI");
    const size_t n = n_inside(&first);
    for (size_t i = first; i < first + n; i++) {
        const double hours =
            ovf_time_seconds(before.fixes.items[first].t_ns, before.fixes.items[i].t_ns) / 3600;
        assert_near(distance_m(before.fixes.items[i].at, after.fixes.items[i].at, NULL),
                    180 * hours * M_PER_NMI, ROUNDING_M);
    }
}

static void a_circle_goes_round_at_the_speed_that_is_said(void **state)
{
    (void)state;
    size_t first = 0;
    fly("radius_nmi: 80, kind: circle, target: OIIE, distance_nmi: 4", "OIIE");
    const size_t n = n_inside(&first);
    for (size_t i = first; i < first + n; i++) {
        const struct ovf_fix *const fix = &after.fixes.items[i];
        assert_near(distance_m(airport("OIIE"), fix->at, NULL), 4 * M_PER_NMI, ROUNDING_M);
    }
    /* A chord of the arc that is flown in one interval. */
    const struct ovf_fix *const a = &after.fixes.items[first + n / 2];
    const double arc_m =
        (double)a[1].gs_kt * M_PER_NMI / 3600 * ovf_time_seconds(a[0].t_ns, a[1].t_ns);
    const double r_m = 4 * M_PER_NMI;
    assert_near(distance_m(a[0].at, a[1].at, NULL), 2 * r_m * sin(arc_m / (2 * r_m)), 40);
}

static void who_is_jammed_says_that_it_does_not_know_where_it_is(void **state)
{
    (void)state;
    size_t first = 0;
    fly("radius_nmi: 80, kind: jam", "ORBI");
    const size_t n = n_inside(&first);
    for (size_t i = 0; i < after.fixes.n; i++) {
        const bool inside = i >= first && i < first + n;
        const struct ovf_fix *const fix = &after.fixes.items[i];
        assert_true(ovf_point_equal(fix->at, before.fixes.items[i].at));
        assert_int_equal(fix->nic, inside ? 0 : 8);
        assert_int_equal(fix->nac_p, inside ? 0 : 9);
    }
}

static void what_is_lost_is_not_heard_and_the_next_row_says_so(void **state)
{
    (void)state;
    fly("radius_nmi: 80, kind: jam, lost: 1", "ORBI");
    unsigned n_silences = 0;
    assert_true(after.fixes.n < before.fixes.n - 100);
    for (size_t i = 1; i < after.fixes.n; i++) {
        assert_true(distance_m(airport("ORBI"), after.fixes.items[i].at, NULL) >= 80 * M_PER_NMI);
        n_silences += (after.fixes.items[i].flags & OVF_FIX_AFTER_SILENCE) != 0;
    }
    assert_int_equal(n_silences, 1);
    assert_int_equal(after.stretches.n, 1);
    assert_int_equal(after.stretches.items[0].n_rows, before.fixes.n - after.fixes.n);
}

static void positions_from_the_ground_have_an_error_and_no_integrity(void **state)
{
    (void)state;
    size_t first = 0;
    double largest_m = 0;
    fly("radius_nmi: 80, kind: mlat, error_m: 400", "ORBI");
    const size_t n = n_inside(&first);
    for (size_t i = first; i < first + n; i++) {
        const struct ovf_fix *const fix = &after.fixes.items[i];
        const double m = distance_m(before.fixes.items[i].at, fix->at, NULL);
        assert_true(m <= 400 + ROUNDING_M);
        largest_m = fmax(largest_m, m);
        assert_int_equal(fix->source, OVF_SOURCE_MLAT);
        assert_int_equal(fix->has & (OVF_FIX_NIC | OVF_FIX_NAC_P | OVF_FIX_RC), 0);
    }
    assert_true(largest_m > 350);
    assert_int_equal(after.fixes.items[0].source, OVF_SOURCE_ADSB);
}

static void on_the_ground_none_is_disturbed(void **state)
{
    (void)state;
    size_t n_ground = 0;
    fly("radius_nmi: 900, kind: sink, target: OLBA", "OLBA");
    for (size_t i = 0; i < after.fixes.n; i++) {
        const struct ovf_fix *const fix = &after.fixes.items[i];
        const bool same = ovf_point_equal(fix->at, before.fixes.items[i].at);
        assert_int_equal(same, (fix->flags & OVF_FIX_ON_GROUND) != 0);
        n_ground += same;
    }
    assert_true(n_ground > 20);
}

static void a_flight_that_takes_no_part_is_as_it_was(void **state)
{
    (void)state;
    fly("radius_nmi: 80, kind: sink, target: OLBA, share: 0", "OLBA");
    assert_int_equal(after.rows.n, before.rows.n);
    assert_memory_equal(after.rows.items, before.rows.items,
                        before.rows.n * sizeof *before.rows.items);
    assert_int_equal(after.stretches.n, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, need_pack, clear)
    const struct CMUnitTest tests[] = {
        CASE(a_sink_draws_all_to_one_place),
        CASE(an_offset_is_as_far_and_in_the_direction_that_it_says),
        CASE(a_drift_grows_with_time),
        CASE(a_circle_goes_round_at_the_speed_that_is_said),
        CASE(who_is_jammed_says_that_it_does_not_know_where_it_is),
        CASE(what_is_lost_is_not_heard_and_the_next_row_says_so),
        CASE(positions_from_the_ground_have_an_error_and_no_integrity),
        CASE(on_the_ground_none_is_disturbed),
        CASE(a_flight_that_takes_no_part_is_as_it_was),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
