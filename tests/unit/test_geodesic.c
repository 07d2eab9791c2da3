/* SPDX-License-Identifier: Apache-2.0 */
/* Lines on WGS84. Expected: PROJ's geodesics for what IEEE arithmetic approximates, and published or
 * closed-form lengths for the wrapper around PROJ. */
#include "geo_fixture.h"

#include "geo/local.h"

static struct ovf_point random_point(uint64_t *seed, double lat_max_deg)
{
    return point_deg(random_in(seed, -lat_max_deg, lat_max_deg), random_in(seed, -180, 180));
}

static double true_distance_m(struct ovf_point a, struct ovf_point b)
{
    return geodesic_m(a.lat_e7 / 1e7, a.lon_e7 / 1e7, b.lat_e7 / 1e7, b.lon_e7 / 1e7);
}

static void distances_below_100_km_are_right_to_a_millionth(void **state)
{
    (void)state;
    uint64_t seed = 21;
    for (int i = 0; i < 20000; i++) {
        const struct ovf_point a = random_point(&seed, 90);
        const struct ovf_point b =
            point_beyond(a, random_in(&seed, 0, 360), pow(10, random_in(&seed, 0, 5)));
        const double want = true_distance_m(a, b);
        assert_near(ovf_distance_m(a, b), want, 1e-6 * want + 1e-6);
    }
}

static void long_distances_are_right_to_half_a_per_cent(void **state)
{
    (void)state;
    uint64_t seed = 22;
    for (int i = 0; i < 20000; i++) {
        const struct ovf_point a = random_point(&seed, 90);
        const struct ovf_point b = random_point(&seed, 90);
        const double want = true_distance_m(a, b);
        const double share = want < 5e6 ? 4e-4 : want < 15e6 ? 5e-3 : 0.06;
        assert_near(ovf_distance_m(a, b), want, share * want);
    }
}

static void the_midpoint_of_a_short_line_lies_on_the_geodesic(void **state)
{
    (void)state;
    uint64_t seed = 23;
    for (int i = 0; i < 20000; i++) {
        const struct ovf_point a = random_point(&seed, 90);
        const struct ovf_point b =
            point_beyond(a, random_in(&seed, 0, 360), pow(10, random_in(&seed, 0, 5.18)));
        const struct ovf_point m = ovf_point_midpoint(a, b);
        const struct ovf_geodesic line = ovf_geodesic_between(a, b);
        double lat_deg;
        double lon_deg;
        ovf_geodesic_at(&line, 0.5, &lat_deg, &lon_deg);
        /* Half a unit of 1e-7 degree both ways is 0.79 cm; 0.3 cm for the chord's middle up to 150 km
         * (projected towards the centre of the globe it would be 17 cm off at 50 km). */
        assert_near(geodesic_m(m.lat_e7 / 1e7, m.lon_e7 / 1e7, lat_deg, lon_deg), 0, 0.011);
    }
}

static void vectors_come_back_as_the_points_they_were(void **state)
{
    (void)state;
    uint64_t seed = 24;
    for (int i = 0; i < 50000; i++) {
        const struct ovf_point a = random_point(&seed, 89.9);
        const struct ovf_point b = ovf_vector_to_point(ovf_vector_from_point(a));
        assert_int_equal(b.lat_e7, a.lat_e7);
        assert_int_equal(b.lon_e7, a.lon_e7);
    }
    assert_int_equal(ovf_vector_to_point(ovf_vector_from_point(point_deg(90, 12))).lat_e7,
                     900000000);
}

static void quarter_meridian_and_degree_of_equator_have_their_lengths(void **state)
{
    (void)state;
    /* Quarter meridian of WGS84: 10,001,965.729 m (NIMA TR8350.2 constants; Karney 2011). */
    assert_near(ovf_geodesic_length_m(0, 5, 90, 5), 10001965.729, 1e-3);
    assert_near(ovf_geodesic_length_m(0, 5, 0, 6), 6378137.0 * 3.14159265358979323846 / 180, 1e-6);
}

static void positions_along_a_line_stay_in_range_across_180(void **state)
{
    (void)state;
    const struct ovf_geodesic line = ovf_geodesic_between(point_deg(0, 179), point_deg(0, -179));
    for (int i = 0; i <= 8; i++) {
        double lat_deg;
        double lon_deg;
        ovf_geodesic_at(&line, i / 8.0, &lat_deg, &lon_deg);
        assert_near(lat_deg, 0, 1e-12);
        assert_near(lon_deg, i < 4 ? 179 + i / 4.0 : -181 + i / 4.0, 1e-12);
        assert_true(lon_deg >= -180 && lon_deg < 180);
    }
}

static void the_bound_of_a_chord_is_never_below_it_and_close_above(void **state)
{
    (void)state;
    uint64_t seed = 27;
    for (int i = 0; i < 200000; i++) {
        const struct ovf_point a = random_point(&seed, 90);
        const struct ovf_point b = i % 2 == 0 ? random_point(&seed, 90)
                                              : point_beyond(a, random_in(&seed, 0, 360),
                                                             pow(10, random_in(&seed, -1, 4)));
        const double chord = ovf_point_chord_m(a, b);
        const double bound = ovf_point_chord_bound_m(a, b);
        assert_true(bound >= chord);
        if (i % 2 != 0 && llabs(a.lat_e7) < 600000000)
            assert_true(bound <= 1.04 * chord + 2e-6);
    }
    const struct ovf_point pole = point_deg(90, 17);
    assert_true(ovf_point_chord_bound_m(pole, point_deg(90, -170)) >= 0);
    assert_true(ovf_point_chord_bound_m(pole, point_deg(-90, 17)) >= 2 * 6371000);
}

/* What follows from a linear interpolation of cosines by whole degrees, 3.8e-5, and the middle latitude. */
static void near_offsets_are_those_with_sines(void **state)
{
    (void)state;
    uint64_t seed = 28;
    for (int i = 0; i < 200000; i++) {
        const struct ovf_point a = random_point(&seed, 89);
        const struct ovf_point b =
            point_beyond(a, random_in(&seed, 0, 360), pow(10, random_in(&seed, 0, 4.6)));
        const struct ovf_offset want = ovf_offset_between(a, b);
        const struct ovf_offset got = ovf_offset_near_between(a, b);
        assert_near(got.north_m, want.north_m, 1e-9);
        assert_near(got.east_m, want.east_m, 4e-5 * fabs(want.east_m) + 1e-6);
    }
}

static void near_courses_are_sine_and_cosine(void **state)
{
    (void)state;
    for (int i = -7300; i <= 7300; i++) {
        const double deg = i / 10.0;
        const struct ovf_offset way = ovf_offset_near_course(deg);
        assert_near(way.east_m, sin(deg * 3.14159265358979323846 / 180), 4e-5);
        assert_near(way.north_m, cos(deg * 3.14159265358979323846 / 180), 4e-5);
    }
    assert_near(ovf_offset_near_course(NAN).north_m, 1, 0); /* no number is north */
    assert_near(ovf_offset_near_course(1e9).north_m, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_below_100_km_are_right_to_a_millionth),
        cmocka_unit_test(long_distances_are_right_to_half_a_per_cent),
        cmocka_unit_test(the_midpoint_of_a_short_line_lies_on_the_geodesic),
        cmocka_unit_test(vectors_come_back_as_the_points_they_were),
        cmocka_unit_test(quarter_meridian_and_degree_of_equator_have_their_lengths),
        cmocka_unit_test(positions_along_a_line_stay_in_range_across_180),
        cmocka_unit_test(near_offsets_are_those_with_sines),
        cmocka_unit_test(near_courses_are_sine_and_cosine),
        cmocka_unit_test(the_bound_of_a_chord_is_never_below_it_and_close_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
