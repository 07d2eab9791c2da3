/* SPDX-License-Identifier: Apache-2.0 */
/* The declination, against the test values that are published with the World Magnetic Model (WMM2020,
 * NOAA technical report, 2020.0, height 0) and, at 30 N, what its own program printed for 2019.5. */
#include "test.h"

#include "geo/magnetic.h"

static double declination(double lat_deg, double lon_deg)
{
    const struct ovf_point at = {(int32_t)(lat_deg * OVF_E7_PER_DEG),
                                 (int32_t)(lon_deg * OVF_E7_PER_DEG)};
    double east_deg = 0;
    assert_true(ovf_magnetic_declination(at, &east_deg));
    return east_deg;
}

static void the_world_magnetic_model_says_nearly_the_same(void **state)
{
    (void)state;
    assert_near(declination(0, 120), 0.16, 1.0);
    assert_near(declination(30, -88.51), -1.98, 1.0);
    assert_near(declination(-80, -120), 69.36, 2.5);
    assert_near(declination(80, 0), -1.28, 2.5);
}

static void near_a_magnetic_pole_there_is_none(void **state)
{
    (void)state;
    /* The magnetic poles of 2020: 86.50 N 164.04 E, 64.07 S 135.88 E (WMM2020); and the geographic one. */
    static const struct ovf_point places[] = {
        {865000000, 1640400000}, {-640700000, 1358800000}, {900000000, 0}, {-900000000, 0}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        double east_deg = 7;
        assert_false(ovf_magnetic_declination(places[i], &east_deg));
        assert_near(east_deg, 7, 0);
    }
}

static void it_is_continuous_over_the_antimeridian(void **state)
{
    (void)state;
    for (int lat_deg = -60; lat_deg <= 60; lat_deg += 10)
        assert_near(declination(lat_deg, -180), declination(lat_deg, 179.9999999), 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_world_magnetic_model_says_nearly_the_same),
        cmocka_unit_test(near_a_magnetic_pole_there_is_none),
        cmocka_unit_test(it_is_continuous_over_the_antimeridian),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
