/* SPDX-License-Identifier: Apache-2.0 */
/* The project's own sine, cosine and arc tangent against libm in long double. */
#include "geo_fixture.h"

#include "geo/trig.h"

static const long double rad_per_e7 = 3.14159265358979323846264338327950288L / 1.8e9L;

static void check_sincos(int32_t angle_e7)
{
    double s;
    double c;
    ovf_sincos_e7(angle_e7, &s, &c);
    const double want_s = (double)sinl((long double)angle_e7 * rad_per_e7);
    const double want_c = (double)cosl((long double)angle_e7 * rad_per_e7);
    /* Relative near zero: a small angle's sine must keep its digits. libm's own zero of sin(180) is
     * 1e-17 off because pi is rounded; hence the absolute part. */
    assert_near(s, want_s, 4e-16 * fabs(want_s) + 1e-18);
    assert_near(c, want_c, 4e-16 * fabs(want_c) + 1e-18);
}

static void sine_and_cosine_agree_with_libm_to_4e_16(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 200000; i++)
        check_sincos((int32_t)next_random(&seed));
    for (int64_t q = -4; q <= 4; q++)
        for (int64_t d = -3; d <= 3; d++) {
            const int64_t angle = q * 450000000 + d;
            if (angle >= INT32_MIN && angle <= INT32_MAX)
                check_sincos((int32_t)angle);
        }
    check_sincos(INT32_MIN);
    check_sincos(INT32_MAX);
}

static void whole_quarters_are_exact(void **state)
{
    (void)state;
    static const struct {
        int32_t angle_e7;
        double sine, cosine;
    } rows[] = {{0, 0, 1},
                {900000000, 1, 0},
                {-900000000, -1, 0},
                {1800000000, 0, -1},
                {-1800000000, 0, -1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double s;
        double c;
        ovf_sincos_e7(rows[i].angle_e7, &s, &c);
        assert_near(s, rows[i].sine, 0);
        assert_near(c, rows[i].cosine, 0);
    }
}

static void arc_tangent_is_right_to_the_unit(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 200000; i++) {
        /* 32 bits of mantissa over 60 binary orders, all quadrants. */
        const double y =
            ldexp((double)(int32_t)next_random(&seed), (int)random_below(&seed, 60) - 30);
        const double x =
            ldexp((double)(int32_t)next_random(&seed), (int)random_below(&seed, 60) - 30);
        const long double want = atan2l((long double)y, (long double)x) / rad_per_e7;
        assert_near((double)(ovf_atan2_e7(y, x) - want), 0, 0.500001);
    }
}

static void arc_tangent_undoes_sine_and_cosine_for_every_angle(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 200000; i++) {
        const int32_t angle = (int32_t)((int64_t)random_below(&seed, 3600000000) - 1799999999);
        double s;
        double c;
        ovf_sincos_e7(angle, &s, &c);
        assert_int_equal(ovf_atan2_e7(s, c), angle);
    }
    for (int64_t q = -3; q <= 4; q++)
        for (int64_t d = -3; d <= 3; d++) {
            const int64_t angle = q * 450000000 + d;
            double s;
            double c;
            if (angle > 1800000000)
                continue;
            ovf_sincos_e7((int32_t)angle, &s, &c);
            assert_int_equal(ovf_atan2_e7(s, c), angle);
        }
}

static void arc_tangent_of_axes_and_of_nothing(void **state)
{
    (void)state;
    assert_int_equal(ovf_atan2_e7(0, 0), 0);
    assert_int_equal(ovf_atan2_e7(0, 1), 0);
    assert_int_equal(ovf_atan2_e7(1, 0), 900000000);
    assert_int_equal(ovf_atan2_e7(-1, 0), -900000000);
    assert_int_equal(ovf_atan2_e7(0, -1), 1800000000);
    assert_int_equal(ovf_atan2_e7(1, 1), 450000000);
    assert_int_equal(ovf_atan2_e7(-1, -1), -1350000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sine_and_cosine_agree_with_libm_to_4e_16),
        cmocka_unit_test(whole_quarters_are_exact),
        cmocka_unit_test(arc_tangent_is_right_to_the_unit),
        cmocka_unit_test(arc_tangent_undoes_sine_and_cosine_for_every_angle),
        cmocka_unit_test(arc_tangent_of_axes_and_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
