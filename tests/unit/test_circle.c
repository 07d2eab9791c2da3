/* SPDX-License-Identifier: Apache-2.0 */
/* Circles and arcs against PROJ's geodesics (Karney 2013), which share no code with them. */
#include "geo_fixture.h"

#include "geo/circle.h"

static void inverse(struct ovf_point a, struct ovf_point b, double *distance_m, double *azimuth_deg)
{
    struct geod_geodesic g;
    double back;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    geod_inverse(&g, a.lat_e7 / 1e7, a.lon_e7 / 1e7, b.lat_e7 / 1e7, b.lon_e7 / 1e7, distance_m,
                 azimuth_deg, &back);
}

static void a_place_is_found_from_its_centre_and_back(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int i = 0; i < 3000; i++) {
        const struct ovf_point a =
            point_deg(random_in(&seed, -89, 89), random_in(&seed, -180, 180));
        const struct ovf_point b =
            point_beyond(a, random_in(&seed, -180, 180), exp(random_in(&seed, log(10.), log(9e6))));
        struct ovf_polar polar;
        double distance_m;
        double azimuth_deg;
        inverse(a, b, &distance_m, &azimuth_deg);
        assert_true(ovf_polar_from_point(a, b, &polar));
        assert_near(polar.distance_m, distance_m, 0.01);
        /* 1e-7 degree, or a centimetre seen from the centre. */
        assert_near(remainder((double)polar.azimuth_e7 / 1e7 - azimuth_deg, 360), 0,
                    1e-7 + 0.01 / distance_m * 57.3);
        const struct ovf_point again = ovf_polar_to_point(a, polar);
        assert_true(ovf_distance_m(again, b) < 0.05);
    }
}

static void what_has_no_direction_is_told(void **state)
{
    (void)state;
    struct ovf_polar polar;
    assert_false(ovf_polar_from_point(point_deg(10, 10), point_deg(10, 10), &polar));
    assert_false(ovf_polar_from_point(point_deg(0, 0), point_deg(0, -180), &polar));
}

/** Geodesics between the points of an arc stay within 0.5 m of the radius, also half-way. */
static void assert_on_arc(struct ovf_point centre, double radius_m, struct ovf_point from,
                          const struct ovf_points *points, struct ovf_point to)
{
    struct ovf_point a = from;
    for (size_t i = 0; i <= points->n; i++) {
        const struct ovf_point b = i < points->n ? points->items[i] : to;
        const struct ovf_geodesic line = ovf_geodesic_between(a, b);
        for (int k = 0; k <= 4; k++) {
            double lat_deg;
            double lon_deg;
            double distance_m;
            double azimuth_deg;
            ovf_geodesic_at(&line, k / 4., &lat_deg, &lon_deg);
            inverse(centre, point_deg(lat_deg, lon_deg), &distance_m, &azimuth_deg);
            assert_near(distance_m, radius_m, 0.5);
        }
        a = b;
    }
}

static void an_arc_keeps_to_its_radius_and_turns_the_way_asked(void **state)
{
    (void)state;
    const struct ovf_point centre = point_deg(33.2625, 44.2346);
    const struct ovf_polar east = {18520, 900000000};
    const struct ovf_polar north = {18520, 0};
    struct ovf_points points = {0};
    for (int clockwise = 0; clockwise < 2; clockwise++) {
        points.n = 0;
        assert_int_equal(ovf_arc_points(centre, north, east, clockwise, &points), OVF_OK);
        assert_true(points.n >= 10);
        assert_on_arc(centre, 18520, ovf_polar_to_point(centre, north), &points,
                      ovf_polar_to_point(centre, east));
        /* The middle of it lies to the north-east, or to the south-west. */
        const struct ovf_point middle = points.items[points.n / 2];
        assert_int_equal(middle.lat_e7 > centre.lat_e7, clockwise);
        assert_int_equal(middle.lon_e7 > centre.lon_e7, clockwise);
    }
    points.n = 0;
    assert_int_equal(ovf_arc_points(centre, north, north, true, &points), OVF_OK);
    assert_on_arc(centre, 18520, ovf_polar_to_point(centre, north), &points,
                  ovf_polar_to_point(centre, north));
    assert_true(points.n >= 72);
    ovf_points_deinit(&points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_is_found_from_its_centre_and_back),
        cmocka_unit_test(what_has_no_direction_is_told),
        cmocka_unit_test(an_arc_keeps_to_its_radius_and_turns_the_way_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
