/* SPDX-License-Identifier: Apache-2.0 */
/* Simplified ways against their definition: at each level, the straight lines of Web Mercator between the vertices
 * that are drawn lie within the tolerance of those that are left out. Nearest places are found on the map with
 * libm, distances on WGS84 by PROJ: the nearest place on the ground is no farther. */
#include "test.h"

#include <string.h>

#include "geo/geodesic.h"
#include "simulate/random.h"
#include "view/simplify.h"

enum { SEED = 20261128, N_WAYS = OVF_SANITIZED ? 40 : 400, N_MOST = 600 };

static const double tolerances_m[] = {40000, 5000, 600, 80};
enum { N_LEVELS = 4 };

static const double rad = 3.14159265358979323846 / 180;

static double mercator(double lat_deg)
{
    return log(tan((45 + lat_deg / 2) * rad)) / rad;
}

static double lat_of_mercator(double y)
{
    return 2 * atan(exp(y * rad)) / rad - 90;
}

static double lat_of(const struct ovf_drawn *v)
{
    return (double)v->lat_e7 / 1e7;
}

static double lon_of(const struct ovf_drawn *v)
{
    return (double)v->lon_e7 / 1e7;
}

/** On the ground, from \p p to the nearest place on the map of the line from \p a to \p b. */
static double distance_m(const struct ovf_drawn *p, const struct ovf_drawn *a,
                         const struct ovf_drawn *b)
{
    const double ax = lon_of(a);
    const double ay = mercator(lat_of(a));
    const double dx = lon_of(b) - ax;
    const double dy = mercator(lat_of(b)) - ay;
    const double length2 = dx * dx + dy * dy;
    const double along =
        length2 > 0 ? ((lon_of(p) - ax) * dx + (mercator(lat_of(p)) - ay) * dy) / length2 : 0;
    const double t = fmin(1, fmax(0, along));
    return ovf_geodesic_length_m(lat_of(p), lon_of(p), lat_of_mercator(ay + t * dy), ax + t * dx);
}

/** Checks all levels; how many vertices the last one draws. */
static size_t check(const struct ovf_drawn *v, size_t n)
{
    size_t n_drawn = 0;
    assert_int_equal(v[0].level, 0);
    assert_int_equal(v[n - 1].level, 0);
    for (int level = 0; level < N_LEVELS; level++) {
        size_t from = 0;
        n_drawn = 1;
        for (size_t to = 1; to < n; to++) {
            if (v[to].level > level)
                continue;
            for (size_t i = from + 1; i < to; i++) {
                const double off_m = distance_m(&v[i], &v[from], &v[to]);
                if (!(off_m <= tolerances_m[level]))
                    fail_msg("vertex %zu of %zu lies %.1f m off at level %d", i, n, off_m, level);
            }
            from = to;
            n_drawn++;
        }
    }
    return n_drawn;
}

/** A way that turns now and then, in steps of some kilometres or metres. */
static size_t fly(struct ovf_random *random, struct ovf_drawn *v)
{
    const size_t n = 2 + ovf_random_below(random, N_MOST - 2);
    double lat_deg = ovf_random_between(random, -84, 84);
    double lon_deg = ovf_random_between(random, -180, 180);
    double course = ovf_random_between(random, 0, 360);
    const double step_deg = pow(10, ovf_random_between(random, -4, -0.7));
    for (size_t i = 0; i < n; i++) {
        v[i] = (struct ovf_drawn){(int32_t)llround(lat_deg * 1e7), llround(lon_deg * 1e7), 7};
        if (ovf_random_below(random, 40) == 0)
            course += ovf_random_between(random, -120, 120);
        course += ovf_random_between(random, -3, 3);
        lat_deg = fmin(84.9, fmax(-84.9, lat_deg + step_deg * cos(course * rad)));
        lon_deg += step_deg * sin(course * rad) / cos(lat_deg * rad);
    }
    return n;
}

static void test_what_is_left_out_lies_within_the_tolerance_of_what_is_drawn(void **state)
{
    (void)state;
    struct ovf_simplifier simplifier = {0};
    static struct ovf_drawn v[N_MOST];
    for (uint64_t i = 0; i < N_WAYS; i++) {
        struct ovf_random random = ovf_random_stream(SEED, i, 1);
        const size_t n = fly(&random, v);
        assert_int_equal(ovf_simplify(&simplifier, v, n, tolerances_m, N_LEVELS), OVF_OK);
        (void)check(v, n);
    }
    ovf_simplifier_deinit(&simplifier);
}

/** The vertices of a level do not depend on the finer levels. */
static void test_a_level_alone_has_the_same_vertices(void **state)
{
    (void)state;
    struct ovf_simplifier simplifier = {0};
    static struct ovf_drawn all[N_MOST];
    static struct ovf_drawn alone[N_MOST];
    for (uint64_t i = 0; i < N_WAYS; i++) {
        struct ovf_random random = ovf_random_stream(SEED, i, 2);
        const size_t n = fly(&random, all);
        memcpy(alone, all, sizeof all);
        assert_int_equal(ovf_simplify(&simplifier, all, n, tolerances_m, N_LEVELS), OVF_OK);
        assert_int_equal(ovf_simplify(&simplifier, alone, n, &tolerances_m[1], 1), OVF_OK);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(all[k].level <= 1, alone[k].level == 0);
    }
    ovf_simplifier_deinit(&simplifier);
}

/** Meridians, parallels and loxodromes are straight on the map; a great circle is not. */
static void test_straight_lines_of_the_map_need_their_ends_alone(void **state)
{
    (void)state;
    struct ovf_simplifier simplifier = {0};
    static struct ovf_drawn v[N_MOST];
    for (size_t i = 0; i < N_MOST; i++) {
        const double y = mercator(-70) + (mercator(75) - mercator(-70)) * (double)i / (N_MOST - 1);
        v[i] = (struct ovf_drawn){(int32_t)llround(lat_of_mercator(y) * 1e7),
                                  llround((170 + 60.0 * (double)i / (N_MOST - 1)) * 1e7), 0};
    }
    assert_int_equal(ovf_simplify(&simplifier, v, N_MOST, tolerances_m, N_LEVELS), OVF_OK);
    assert_int_equal(check(v, N_MOST), 2);
    const struct ovf_geodesic line = ovf_geodesic_between((struct ovf_point){500000000, 0},
                                                          (struct ovf_point){500000000, 900000000});
    for (size_t i = 0; i < N_MOST; i++) {
        double lat_deg;
        double lon_deg;
        ovf_geodesic_at(&line, (double)i / (N_MOST - 1), &lat_deg, &lon_deg);
        v[i] = (struct ovf_drawn){(int32_t)llround(lat_deg * 1e7), llround(lon_deg * 1e7), 0};
    }
    assert_int_equal(ovf_simplify(&simplifier, v, N_MOST, tolerances_m, N_LEVELS), OVF_OK);
    const size_t n = check(v, N_MOST);
    assert_true(n > 20 && n < 200);
    ovf_simplifier_deinit(&simplifier);
}

static void test_a_ring_and_a_point_stay(void **state)
{
    (void)state;
    struct ovf_simplifier simplifier = {0};
    struct ovf_drawn square[] = {
        {0, 0, 9}, {0, 10000000, 9}, {10000000, 10000000, 9}, {10000000, 0, 9}, {0, 0, 9}};
    struct ovf_drawn point = {0, 0, 9};
    struct ovf_drawn same[] = {{5, 5, 9}, {5, 5, 9}, {5, 5, 9}};
    assert_int_equal(ovf_simplify(&simplifier, square, 5, tolerances_m, N_LEVELS), OVF_OK);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(square[i].level, 0);
    assert_int_equal(ovf_simplify(&simplifier, &point, 1, tolerances_m, N_LEVELS), OVF_OK);
    assert_int_equal(point.level, 0);
    assert_int_equal(ovf_simplify(&simplifier, same, 3, tolerances_m, N_LEVELS), OVF_OK);
    assert_int_equal(same[1].level, N_LEVELS);
    assert_int_equal(ovf_simplify(&simplifier, &point, 0, tolerances_m, N_LEVELS), OVF_OK);
    ovf_simplifier_deinit(&simplifier);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_left_out_lies_within_the_tolerance_of_what_is_drawn),
        cmocka_unit_test(test_a_level_alone_has_the_same_vertices),
        cmocka_unit_test(test_straight_lines_of_the_map_need_their_ends_alone),
        cmocka_unit_test(test_a_ring_and_a_point_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
