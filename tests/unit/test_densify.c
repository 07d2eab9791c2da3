/* SPDX-License-Identifier: Apache-2.0 */
/* Straightened lines against PROJ's geodesics. */
#include "geo_fixture.h"

#include "geo/densify.h"

/* 0.1 m for the chord; vertices are rounded to 1e-7 degree (0.8 cm across), at each of the halvings
 * that led to them, half of which goes on to the next. */
static const double chord_tolerance_m = 0.1 + 0.016;

/** How far (lat, lon) lies from the geodesic, by a search along it. */
static double distance_from_line_m(const struct geod_geodesicline *line, double near_m,
                                   double lat_deg, double lon_deg)
{
    double best = 1e9;
    double step = 64;
    double at_m = near_m;
    while (step > 1e-4) {
        double best_at = at_m;
        for (int k = -4; k <= 4; k++) {
            double lat;
            double lon;
            geod_position(line, at_m + k * step, &lat, &lon, NULL);
            const double d = geodesic_m(lat, lon, lat_deg, lon_deg);
            if (d < best) {
                best = d;
                best_at = at_m + k * step;
            }
        }
        at_m = best_at;
        step /= 4;
    }
    return best;
}

static void densify(struct ovf_point a, struct ovf_point b, enum ovf_line_kind kind,
                    struct ovf_points *out)
{
    out->n = 0;
    assert_int_equal(ovf_densify(a, b, kind, out), OVF_OK);
    assert_true(out->n > 0);
    assert_true(ovf_point_equal(out->items[out->n - 1], b));
}

static int64_t largest_step_e7(struct ovf_point a, const struct ovf_points *points)
{
    int64_t largest = 0;
    for (size_t i = 0; i < points->n; i++) {
        const struct ovf_point b = points->items[i];
        const int64_t dlon = llabs(ovf_lon_difference(a.lon_e7, b.lon_e7));
        const int64_t dlat = llabs((int64_t)b.lat_e7 - a.lat_e7);
        largest = dlon > largest ? dlon : largest;
        largest = dlat > largest ? dlat : largest;
        a = b;
    }
    return largest;
}

/** Checks the middle and quarter points of up to \p n_checks pieces, evenly spread. */
static void check_chords(struct ovf_point a, struct ovf_point b, const struct ovf_points *points,
                         size_t n_checks)
{
    struct geod_geodesic g;
    struct geod_geodesicline line;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    geod_inverseline(&line, &g, a.lat_e7 / 1e7, a.lon_e7 / 1e7, b.lat_e7 / 1e7, b.lon_e7 / 1e7,
                     GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    const size_t stride = points->n / n_checks + 1;
    for (size_t i = 0; i < points->n; i += stride) {
        const struct ovf_point p = i > 0 ? points->items[i - 1] : a;
        const struct ovf_point q = points->items[i];
        const double dlon = (double)ovf_lon_difference(p.lon_e7, q.lon_e7);
        for (int k = 1; k <= 3; k++) {
            const double lat = (p.lat_e7 + k / 4.0 * (q.lat_e7 - p.lat_e7)) / 1e7;
            const double lon = (p.lon_e7 + k / 4.0 * dlon) / 1e7;
            const double along = geodesic_m(a.lat_e7 / 1e7, a.lon_e7 / 1e7, lat, lon);
            assert_near(distance_from_line_m(&line, along, lat, lon), 0, chord_tolerance_m);
        }
    }
}

static void chords_of_random_lines_lie_within_a_tenth_of_a_metre(void **state)
{
    (void)state;
    uint64_t seed = 31;
    struct ovf_points points = {0};
    for (int i = 0; i < (OVF_SANITIZED ? 200 : 700); i++) {
        const struct ovf_point a =
            point_deg(random_in(&seed, -89, 89), random_in(&seed, -180, 180));
        const struct ovf_point b =
            point_beyond(a, random_in(&seed, 0, 360), pow(10, random_in(&seed, 2, 5.7)));
        densify(a, b, OVF_LINE_GEODESIC, &points);
        assert_true(largest_step_e7(a, &points) <= OVF_PIECE_MAX_E7);
        check_chords(a, b, &points, 12);
    }
    ovf_points_deinit(&points);
}

static void pieces_are_not_much_shorter_than_they_must_be(void **state)
{
    (void)state;
    /* Of a line due east at 45 degrees a piece of L bulges by L^2 / 8N tan(45): 0.1 m at 2.26 km.
     * Halving makes pieces between half of that and the whole; meridians need cutting by size alone. */
    struct ovf_points points = {0};
    const struct ovf_point a = point_deg(45, 10);
    densify(a, point_beyond(a, 90, 2180), OVF_LINE_GEODESIC, &points);
    assert_int_equal(points.n, 2); /* 2 % of room, and 1.09 for any azimuth beyond 55 degrees */
    densify(a, point_beyond(a, 90, 2130), OVF_LINE_GEODESIC, &points);
    assert_int_equal(points.n, 1);
    densify(point_deg(45, 10), point_deg(46, 10), OVF_LINE_GEODESIC, &points);
    assert_int_equal(points.n, 1);
    densify(point_deg(0, 10), point_deg(0, 11), OVF_LINE_GEODESIC, &points);
    assert_int_equal(points.n, 1);
    ovf_points_deinit(&points);
}

static void parallels_are_exact_for_boundaries_and_geodesics_for_tracks(void **state)
{
    (void)state;
    struct ovf_points points = {0};
    const struct ovf_point a = point_deg(-60, 170);
    const struct ovf_point b = point_deg(-60, -170);
    densify(a, b, OVF_LINE_BOUNDARY, &points);
    assert_true(points.n >= 20 && points.n <= 32);
    assert_true(largest_step_e7(a, &points) <= OVF_PIECE_MAX_E7);
    for (size_t i = 0; i < points.n; i++)
        assert_int_equal(points.items[i].lat_e7, -600000000);
    densify(a, b, OVF_LINE_GEODESIC, &points);
    int32_t south = a.lat_e7;
    for (size_t i = 0; i < points.n; i++)
        south = points.items[i].lat_e7 < south ? points.items[i].lat_e7 : south;
    assert_true(south < -603000000); /* bulges south, to 60.37 */
    ovf_points_deinit(&points);
}

static void pieces_are_the_same_from_either_end(void **state)
{
    (void)state;
    uint64_t seed = 32;
    struct ovf_points there = {0};
    struct ovf_points back = {0};
    for (int i = 0; i < 2000; i++) {
        const struct ovf_point a =
            point_deg(random_in(&seed, -90, 90), random_in(&seed, -180, 180));
        const struct ovf_point b =
            point_beyond(a, random_in(&seed, 0, 360), pow(10, random_in(&seed, 0, 5.7)));
        densify(a, b, OVF_LINE_GEODESIC, &there);
        densify(b, a, OVF_LINE_GEODESIC, &back);
        assert_int_equal(there.n, back.n);
        for (size_t k = 0; k + 1 < there.n; k++)
            assert_true(ovf_point_equal(there.items[k], back.items[there.n - 2 - k]));
    }
    ovf_points_deinit(&there);
    ovf_points_deinit(&back);
}

static void a_line_over_or_to_a_pole_ends_and_has_small_steps(void **state)
{
    (void)state;
    static const double rows[][4] = {
        {89, 0, 89, 180},          {89.9999999, 0, 89.9999999, 180},
        {90, 45, 89.9999999, -45}, {85, 10, 90, 0},
        {90, 0, 90, 180},          {-89.5, 33, -89.7, -147},
        {-90, 10, -89, -100},      {89.99999, 0, 89.99999, 90},
        {60, -30, 60, 150},        {89.9999999, 5, 90, -170},
        {-90, -180, 90, 10},       {0, 0, 0, 179.9999999},
    };
    struct ovf_points points = {0};
    struct ovf_points back = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ovf_point a = point_deg(rows[i][0], rows[i][1]);
        const struct ovf_point b = point_deg(rows[i][2], rows[i][3]);
        densify(a, b, OVF_LINE_GEODESIC, &points);
        densify(b, a, OVF_LINE_GEODESIC, &back);
        assert_true(points.n < 100000);
        assert_true(largest_step_e7(a, &points) <= OVF_PIECE_MAX_E7);
        assert_int_equal(points.n, back.n);
    }
    ovf_points_deinit(&points);
    ovf_points_deinit(&back);
}

static void random_lines_near_the_poles_end_and_have_small_steps(void **state)
{
    (void)state;
    uint64_t seed = 33;
    struct ovf_points points = {0};
    for (int i = 0; i < (OVF_SANITIZED ? 300 : 3000); i++) {
        const double sign = i % 2 == 0 ? 1 : -1;
        const struct ovf_point a =
            point_deg(sign * (90 - pow(10, random_in(&seed, -7, 0))), random_in(&seed, -180, 180));
        const struct ovf_point b =
            point_deg(sign * (90 - pow(10, random_in(&seed, -7, 0))), random_in(&seed, -180, 180));
        densify(a, b, OVF_LINE_GEODESIC, &points);
        assert_true(largest_step_e7(a, &points) <= OVF_PIECE_MAX_E7);
        double length_m = 0;
        struct ovf_point p = a;
        for (size_t k = 0; k < points.n; k++) {
            length_m += ovf_distance_m(p, points.items[k]);
            p = points.items[k];
        }
        /* Two radii of a metre against the way round on the map, half a circle. */
        assert_near(length_m,
                    geodesic_m(a.lat_e7 / 1e7, a.lon_e7 / 1e7, b.lat_e7 / 1e7, b.lon_e7 / 1e7),
                    1.5);
    }
    ovf_points_deinit(&points);
}

static void a_line_from_a_point_to_itself_is_that_point(void **state)
{
    (void)state;
    struct ovf_points points = {0};
    densify(point_deg(90, 3), point_deg(90, 3), OVF_LINE_GEODESIC, &points);
    assert_int_equal(points.n, 1);
    densify(point_deg(10, -180), point_deg(10, 180), OVF_LINE_BOUNDARY, &points);
    assert_int_equal(points.n, 1);
    ovf_points_deinit(&points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chords_of_random_lines_lie_within_a_tenth_of_a_metre),
        cmocka_unit_test(pieces_are_not_much_shorter_than_they_must_be),
        cmocka_unit_test(parallels_are_exact_for_boundaries_and_geodesics_for_tracks),
        cmocka_unit_test(pieces_are_the_same_from_either_end),
        cmocka_unit_test(a_line_over_or_to_a_pole_ends_and_has_small_steps),
        cmocka_unit_test(random_lines_near_the_poles_end_and_have_small_steps),
        cmocka_unit_test(a_line_from_a_point_to_itself_is_that_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
