/* SPDX-License-Identifier: Apache-2.0 */
/* Ways by runways: Auckland (NZAA) has 05R/23L alone, 3,635 m long; a compass points 20 degrees east of
 * north there (World Magnetic Model, 2020), so it lies at 70 and 250 degrees. */
#include "unit/test_simulate.h"

#include <geodesic.h>

#define M_PER_NMI 1852.0
#define TRAFFIC                                                                                    \
    "traffic:\n  - {callsign: SIMA, icao24: f20000, n_aircraft: 40, airports: [NZAA, NZWN], "      \
    "performance: {}"

static struct ovf_case_store store;
static struct ovf_scenario scenario;
static struct ovf_timetable timetable;

static void make(const char *yaml)
{
    struct ovf_error err = {""};
    if (ovf_scenario_read(ovf_bytes_from_text(yaml), &airports, &store, &scenario, &err) !=
            OVF_OK ||
        ovf_timetable_make(&scenario, &airports, 1, &timetable, &err) != OVF_OK)
        fail_msg("%s", err.text);
    assert_true(timetable.n_flights > 100);
}

static int clear(void **state)
{
    (void)state;
    ovf_timetable_deinit(&timetable);
    ovf_case_store_deinit(&store);
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

static bool goes_to(const struct ovf_sim_flight *flight, const char *code)
{
    return strcmp(ovf_airports_get(&airports, flight->to).code, code) == 0;
}

static double off_runway_deg(double azimuth_deg)
{
    const double off = fabs(fmod(azimuth_deg + 540.0 - 70.0, 180.0));
    return off > 90.0 ? 180.0 - off : off;
}

static void a_final_is_in_line_with_a_runway_and_as_long_as_it_says(void **state)
{
    (void)state;
    make(HEAD TRAFFIC ", approach: {final_nmi: [6, 9]}}\n");
    for (size_t i = 0; i < timetable.n_flights; i++) {
        const struct ovf_sim_flight *const flight = &timetable.flights[i];
        const struct ovf_point *const end =
            timetable.points + flight->first_point + flight->n_points - 2;
        double azimuth_deg = 0;
        const double final_m = distance_m(end[0], end[1], &azimuth_deg);
        assert_true(flight->n_points >= 4 && flight->n_points <= 6);
        assert_true(final_m >= 6 * M_PER_NMI - 1 && final_m <= 9 * M_PER_NMI + 1);
        if (!goes_to(flight, "NZAA"))
            continue;
        assert_near(off_runway_deg(azimuth_deg), 0, 1.5);
        assert_near(distance_m(end[1], ovf_airports_get(&airports, flight->to).at, NULL),
                    3635.0 / 2, 10);
    }
}

static void it_takes_off_in_line_with_a_runway(void **state)
{
    (void)state;
    make(HEAD TRAFFIC ", approach: {straight_nmi: [2, 3], aside_m: [500, 600], skew_deg: 4}}\n");
    for (size_t i = 0; i < timetable.n_flights; i++) {
        const struct ovf_sim_flight *const flight = &timetable.flights[i];
        const struct ovf_point *const start = timetable.points + flight->first_point;
        double azimuth_deg = 0;
        const double straight_m = distance_m(start[0], start[1], &azimuth_deg);
        if (goes_to(flight, "NZAA"))
            continue;
        assert_near(off_runway_deg(azimuth_deg), 0, 5.5);
        assert_near(straight_m, 2.5 * M_PER_NMI + 3635.0 / 2, 0.5 * M_PER_NMI + 10);
        assert_near(distance_m(start[0], ovf_airports_get(&airports, flight->from).at, NULL), 550,
                    60);
    }
}

/* Wellington lies south of Auckland: from there both ends of 05/23 are met at right angles, and with a
 * base leg no turn onto final is sharper. */
static void it_comes_by_a_base_when_it_comes_from_aside(void **state)
{
    (void)state;
    size_t n_base = 0;
    make(HEAD TRAFFIC ", approach: {final_nmi: 8, base_nmi: 5}}\n");
    for (size_t i = 0; i < timetable.n_flights; i++) {
        const struct ovf_sim_flight *const flight = &timetable.flights[i];
        const struct ovf_point *const end =
            timetable.points + flight->first_point + flight->n_points;
        if (!goes_to(flight, "NZAA") || flight->n_points == 4)
            continue;
        assert_near(distance_m(end[-3], end[-2], NULL), 5 * M_PER_NMI, 1);
        n_base++;
    }
    assert_true(n_base > 20);
}

/* Wellington's 16/34 lies along the way from Auckland: who lands on 34 passes the field first. */
static void it_flies_downwind_past_the_field_when_it_lands_against_its_way(void **state)
{
    (void)state;
    size_t n_downwind = 0;
    make(HEAD TRAFFIC ", approach: {final_nmi: 8, base_nmi: 5}}\n");
    for (size_t i = 0; i < timetable.n_flights; i++) {
        const struct ovf_sim_flight *const flight = &timetable.flights[i];
        const struct ovf_airport to = ovf_airports_get(&airports, flight->to);
        const struct ovf_point *const end =
            timetable.points + flight->first_point + flight->n_points;
        if (!goes_to(flight, "NZWN") || flight->n_points < 6)
            continue;
        const double runway_m = ovf_airports_runway(&airports, to.first_runway).length_ft * 0.3048;
        assert_near(distance_m(end[-4], end[-3], NULL), 8 * M_PER_NMI + runway_m, 1);
        n_downwind++;
    }
    assert_true(n_downwind > 20);
}

static void it_flies_level_before_the_last_descent(void **state)
{
    (void)state;
    struct ovf_path path = {0};
    make(HEAD TRAFFIC ", approach: {level_ft: 3000, level_nmi: 10}}\n");
    const struct ovf_sim_flight *const flight = &timetable.flights[0];
    const struct ovf_path_plan plan = ovf_sim_flight_plan(&timetable, &scenario, flight);
    double level_m = 0;
    assert_int_equal(ovf_path_build(&plan, &path), OVF_OK);
    for (double t_s = path.duration_s / 2; t_s < path.landing_s; t_s++) {
        struct ovf_path_state at;
        ovf_path_at(&path, t_s, &at);
        if (fabs(at.alt_ft - flight->to_elevation_ft - 3000) < 1)
            level_m += at.gs_kt * M_PER_NMI / 3600;
    }
    assert_near(level_m, 10 * M_PER_NMI, 4100); /* the path's pieces are 2 km long */
    ovf_path_deinit(&path);
}

static void without_one_it_flies_from_reference_point_to_reference_point(void **state)
{
    (void)state;
    make(HEAD TRAFFIC "}\n");
    for (size_t i = 0; i < timetable.n_flights; i++) {
        const struct ovf_sim_flight *const flight = &timetable.flights[i];
        assert_int_equal(flight->n_points, 2);
        assert_true(ovf_point_equal(timetable.points[flight->first_point + 1],
                                    ovf_airports_get(&airports, flight->to).at));
    }
}

static void the_service_chooses_the_airports(void **state)
{
    (void)state;
    make(HEAD
         "traffic:\n  - {callsign: SIMA, icao24: f20000, n_aircraft: 40, continent: europe, "
         "service: none, performance: {}}\n  - {callsign: SIMB, icao24: f30000, n_aircraft: 40, "
         "continent: europe, service: small, performance: {}}\n");
    for (size_t i = 0; i < timetable.n_flights; i++) {
        const struct ovf_sim_flight *const flight = &timetable.flights[i];
        const struct ovf_airport to = ovf_airports_get(&airports, flight->to);
        if (flight->icao24 >= 0xf30000)
            assert_int_equal(to.type, OVF_AIRPORT_SMALL);
        else
            assert_true(!to.scheduled && to.type <= OVF_AIRPORT_MEDIUM);
    }
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, need_pack, clear)
    const struct CMUnitTest tests[] = {
        CASE(a_final_is_in_line_with_a_runway_and_as_long_as_it_says),
        CASE(it_takes_off_in_line_with_a_runway),
        CASE(it_comes_by_a_base_when_it_comes_from_aside),
        CASE(it_flies_downwind_past_the_field_when_it_lands_against_its_way),
        CASE(it_flies_level_before_the_last_descent),
        CASE(without_one_it_flies_from_reference_point_to_reference_point),
        CASE(the_service_chooses_the_airports),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
