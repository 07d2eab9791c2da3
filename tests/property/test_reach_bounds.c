/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds on lengths and what they must not depend on; the same at full size is in
 * test_reach_bounds_slow.c. */
#include "reach_bounds.h"

#include "reach/arc.h"

enum { N_CASES = OVF_SANITIZED ? 1 : 5 };

static void a_larger_airspace_is_no_easier_to_avoid(void **state)
{
    (void)state;
    check_growth(81, N_CASES);
}

static void more_doubt_makes_no_class_stronger(void **state)
{
    (void)state;
    (void)check_doubt(82, N_CASES, false);
    (void)check_doubt(82, N_CASES, true);
}

static void simplified_walls_make_no_class_stronger(void **state)
{
    (void)state;
    check_simplified(83, N_CASES);
}

static void arcs_bound_geodesics_from_below_and_closely(void **state)
{
    (void)state;
    uint64_t seed = 84;
    for (int i = 0; i < (OVF_SANITIZED ? 2000 : 10000); i++) {
        const struct ovf_point a =
            point_deg(random_in(&seed, -90, 90), random_in(&seed, -180, 180));
        const struct ovf_point b =
            point_beyond(a, random_in(&seed, 0, 360), exp(random_in(&seed, log(10), log(5e6))));
        const double length_m = geodesic_m(ovf_deg_from_e7(a.lat_e7), ovf_deg_from_e7(a.lon_e7),
                                           ovf_deg_from_e7(b.lat_e7), ovf_deg_from_e7(b.lon_e7));
        const double arc_rad = ovf_arc_rad(ovf_arc_unit(a), ovf_arc_unit(b));
        assert_true(arc_rad * OVF_ARC_LEAST_M <= length_m + 1e-3);
        assert_true(arc_rad * OVF_WGS84_A_M >= length_m - 1e-3);
        if (length_m < 1e5) {
            const int32_t high = abs(a.lat_e7) > abs(b.lat_e7) ? a.lat_e7 : b.lat_e7;
            /* A geodesic may bulge a few hundred metres towards the pole. */
            const int32_t near = high < 0 ? high : -high;
            const double least_m = ovf_arc_scale_m(near > -890000000 ? near - 10000000 : near);
            assert_true(arc_rad * least_m <= length_m + 1e-3);
            assert_near(arc_rad * least_m, length_m, 1e-3 * length_m + 1e-3);
        }
    }
}

static void conformal_latitude_and_back_is_the_same(void **state)
{
    (void)state;
    for (int32_t lat_e7 = -900000000; lat_e7 <= 900000000; lat_e7 += 7654321) {
        const struct ovf_unit u = ovf_arc_unit((struct ovf_point){lat_e7, 0});
        assert_near(ovf_unit_length(u), 1, 1e-15);
        const int64_t chi_e7 = ovf_atan2_e7(u.z, u.x);
        assert_true(llabs(ovf_arc_latitude_e7(chi_e7) - lat_e7) <= 20);
    }
    /* Snyder 1987, page 264: latitude 40 N on the Clarke 1866 ellipsoid is 39.8097 N; WGS84 differs in the
     * fourth place. The sine of an ellipsoid's chi from the definition, by libm: */
    const double s = sin(40 * pi / 180);
    const double e = sqrt(OVF_WGS84_E2);
    const double chi = asin(tanh(atanh(s) - e * atanh(e * s)));
    assert_near(ovf_arc_unit(point_deg(40, 0)).z, sin(chi), 1e-15);
}

/* ---- turning the globe ---- */

struct turn {
    struct ovf_unit x;
    struct ovf_unit y;
    struct ovf_unit z;
};

static struct ovf_unit random_unit(uint64_t *seed)
{
    const double z = random_in(seed, -1, 1);
    const double angle = random_in(seed, 0, 2 * pi);
    const double level = sqrt(1 - z * z);
    return (struct ovf_unit){level * cos(angle), level * sin(angle), z};
}

static struct turn random_turn(uint64_t *seed)
{
    struct turn t = {.x = random_unit(seed)};
    t.y = ovf_unit_cross(t.x, random_unit(seed));
    const double length = ovf_unit_length(t.y);
    t.y = (struct ovf_unit){t.y.x / length, t.y.y / length, t.y.z / length};
    t.z = ovf_unit_cross(t.x, t.y);
    return t;
}

static struct ovf_unit turned(const struct turn *t, struct ovf_unit u)
{
    return (struct ovf_unit){ovf_unit_dot(t->x, u), ovf_unit_dot(t->y, u), ovf_unit_dot(t->z, u)};
}

enum { N_TIPS = 40 };

/** Beside the ring of random_ring, in line with none of its tips. */
static struct ovf_unit beside_ring(double from_pole, double angle)
{
    return (struct ovf_unit){sin(from_pole) * cos(angle), sin(from_pole) * sin(angle),
                             cos(from_pole)};
}

/** A ring with the obstacle on the left, round the pole, that is to be turned elsewhere. */
static void random_ring(uint64_t *seed, struct ovf_unit *ring)
{
    for (int i = 0; i < N_TIPS; i++) {
        ring[i] = beside_ring(random_in(seed, 0.02, 0.1), 2 * pi * i / N_TIPS);
    }
}

static void ways_keep_their_length_when_the_globe_is_turned(void **state)
{
    (void)state;
    uint64_t seed = 85;
    for (int k = 0; k < 100; k++) {
        struct ovf_unit ring[N_TIPS];
        double first_rad = 0;
        random_ring(&seed, ring);
        const struct ovf_unit from = beside_ring(0.12, 0.05);
        const struct ovf_unit to = beside_ring(0.11, 3.2);
        for (int i = 0; i < 3; i++) {
            struct ovf_walls walls = {0};
            struct ovf_route route = {0};
            const struct turn t = random_turn(&seed);
            struct ovf_unit there[N_TIPS];
            double length_rad;
            for (int j = 0; j < N_TIPS; j++)
                there[j] = turned(&t, ring[j]);
            assert_int_equal(ovf_walls_add_ring(&walls, there, N_TIPS), OVF_OK);
            assert_int_equal(
                ovf_route_find(&route, &walls, turned(&t, from), turned(&t, to), 3, &length_rad),
                OVF_OK);
            assert_true(length_rad > 0.23 && length_rad < 1);
            first_rad = i == 0 ? length_rad : first_rad;
            assert_near(length_rad, first_rad, 1e-9);
            ovf_walls_deinit(&walls);
            ovf_route_deinit(&route);
        }
    }
}

/* All ways round one ring, by Floyd's algorithm on a plain test of every line of sight: a line from tip to
 * tip is free when it crosses no wall and its middle lies outside. */

static bool lie_apart(double a, double b)
{
    return (a > 1e-15 && b < -1e-15) || (a < -1e-15 && b > 1e-15);
}

static bool plain_sight(const struct ovf_unit *ring, struct ovf_unit a, struct ovf_unit b)
{
    const struct ovf_unit plane = ovf_unit_cross(a, b);
    for (int i = 0; i < N_TIPS; i++) {
        const struct ovf_unit p = ring[i];
        const struct ovf_unit q = ring[(i + 1) % N_TIPS];
        const struct ovf_unit wall = ovf_unit_cross(p, q);
        if (lie_apart(ovf_unit_dot(plane, p), ovf_unit_dot(plane, q)) &&
            lie_apart(ovf_unit_dot(wall, a), ovf_unit_dot(wall, b)))
            return false;
    }
    const double x = a.x + b.x;
    const double y = a.y + b.y;
    const double angle = fmod(atan2(y, x) / (2 * pi) * N_TIPS + N_TIPS, N_TIPS);
    const int i = (int)angle;
    const struct ovf_unit wall = ovf_unit_cross(ring[i], ring[(i + 1) % N_TIPS]);
    return ovf_unit_dot(wall, (struct ovf_unit){x, y, a.z + b.z}) < 1e-12;
}

static void ways_are_those_of_a_plain_search(void **state)
{
    (void)state;
    uint64_t seed = 86;
    for (int k = 0; k < 100; k++) {
        enum { N = N_TIPS + 2 };
        struct ovf_unit at[N];
        static double d[N][N];
        struct ovf_walls walls = {0};
        struct ovf_route route = {0};
        double length_rad;
        random_ring(&seed, at);
        at[N_TIPS] = beside_ring(0.12, 0.05);
        at[N_TIPS + 1] = beside_ring(0.11, 3.2);
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++)
                d[i][j] = plain_sight(at, at[i], at[j]) ? ovf_arc_rad(at[i], at[j]) : 9;
        for (int m = 0; m < N; m++)
            for (int i = 0; i < N; i++)
                for (int j = 0; j < N; j++)
                    d[i][j] = fmin(d[i][j], d[i][m] + d[m][j]);
        assert_int_equal(ovf_walls_add_ring(&walls, at, N_TIPS), OVF_OK);
        assert_int_equal(ovf_route_find(&route, &walls, at[N_TIPS], at[N_TIPS + 1], 3, &length_rad),
                         OVF_OK);
        assert_near(length_rad, d[N_TIPS][N_TIPS + 1], 1e-12);
        ovf_walls_deinit(&walls);
        ovf_route_deinit(&route);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_larger_airspace_is_no_easier_to_avoid),
        cmocka_unit_test(more_doubt_makes_no_class_stronger),
        cmocka_unit_test(simplified_walls_make_no_class_stronger),
        cmocka_unit_test(arcs_bound_geodesics_from_below_and_closely),
        cmocka_unit_test(conformal_latitude_and_back_is_the_same),
        cmocka_unit_test(ways_keep_their_length_when_the_globe_is_turned),
        cmocka_unit_test(ways_are_those_of_a_plain_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
