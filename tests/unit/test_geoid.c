/* SPDX-License-Identifier: Apache-2.0 */
/* Undulations between nodes. The table is a plane in degrees, which bilinear interpolation gives back
 * exactly; then a single node, whose influence falls to nothing at its neighbours. */
#include "test.h"

#include <stdlib.h>

#include "geo/geoid.h"

static int16_t table[OVF_GEOID_ROWS][OVF_GEOID_COLUMNS];

static const struct ovf_geoid geoid = {&table[0][0], "made for the test"};

static struct ovf_point at_deg(double lat_deg, double lon_deg)
{
    return (struct ovf_point){(int32_t)lround(lat_deg * OVF_E7_PER_DEG),
                              ovf_lon_wrap(llround(lon_deg * OVF_E7_PER_DEG))};
}

static double undulation_m(double lat_deg, double lon_deg)
{
    double m = (double)NAN;
    assert_true(ovf_geoid_undulation_m(&geoid, at_deg(lat_deg, lon_deg), &m));
    return m;
}

static void fill_with(int16_t cm)
{
    for (int row = 0; row < OVF_GEOID_ROWS; row++) {
        for (int column = 0; column < OVF_GEOID_COLUMNS; column++)
            table[row][column] = cm;
    }
}

/** 4 cm a row north and 1 cm a column east: 16 cm and 4 cm a degree. */
static void fill_plane(void)
{
    for (int row = 0; row < OVF_GEOID_ROWS; row++) {
        for (int column = 0; column < OVF_GEOID_COLUMNS; column++)
            table[row][column] = (int16_t)(4 * (row - 360) + column - 720);
    }
}

static void a_plane_is_given_back_exactly(void **state)
{
    (void)state;
    fill_plane();
    for (int i = 0; i < 2000; i++) {
        const double lat_deg = -90 + 0.09 * i;
        const double lon_deg = -180 + 0.1798 * i; /* up to 179.4: the last cell wraps */
        assert_near(undulation_m(lat_deg, lon_deg), 0.16 * lat_deg + 0.04 * lon_deg, 1e-12);
    }
    assert_near(undulation_m(90, 12.34), 0.16 * 90 + 0.04 * 12.34, 1e-12);
    assert_near(undulation_m(-90, 12.34), -0.16 * 90 + 0.04 * 12.34, 1e-12);
}

static void the_last_column_meets_the_first_at_180(void **state)
{
    (void)state;
    fill_with(0);
    table[360][0] = 100;
    table[360][OVF_GEOID_COLUMNS - 1] = 300;
    assert_near(undulation_m(0, -180), 1, 0);
    assert_near(undulation_m(0, 180), 1, 0);
    assert_near(undulation_m(0, 179.75), 3, 0);
    assert_near(undulation_m(0, 179.875), 2, 0);
    assert_near(undulation_m(0, -179.875), 0.5, 0);
    assert_near(undulation_m(0.125, 179.875), 1, 0);
    /* 1e-7 degree west of 180 is a 2,500,000th of a cell. */
    assert_near(undulation_m(0, 179.9999999), 1 + 2 / 2500000.0, 1e-15);
}

static void each_pole_has_the_value_of_its_row(void **state)
{
    (void)state;
    fill_with(0);
    for (int column = 0; column < OVF_GEOID_COLUMNS; column++) {
        table[0][column] = -2953; /* EGM96 has -29.53 m there, and 13.61 m at the other */
        table[OVF_GEOID_ROWS - 1][column] = 1361;
    }
    for (int lon_deg = -180; lon_deg < 180; lon_deg += 7) {
        assert_near(undulation_m(-90, lon_deg), -29.53, 0);
        assert_near(undulation_m(90, lon_deg), 13.61, 0);
        assert_near(undulation_m(89.875, lon_deg), 13.61 / 2, 1e-12);
    }
}

static void one_that_is_absent_is_missed_only_where_it_counts(void **state)
{
    (void)state;
    double m = 7;
    fill_with(100);
    table[360][720] = OVF_GEOID_ABSENT; /* 0, 0 */
    assert_false(ovf_geoid_undulation_m(&geoid, at_deg(0, 0), &m));
    assert_false(ovf_geoid_undulation_m(&geoid, at_deg(0.2, -0.2), &m));
    assert_near(m, 7, 0);
    assert_near(undulation_m(0.25, 0.1), 1, 0);
    assert_near(undulation_m(0.1, -0.25), 1, 0);
    assert_near(undulation_m(0.3, 0), 1, 0);
}

static void extremes_do_not_overflow(void **state)
{
    (void)state;
    fill_with(OVF_GEOID_MOST_CM);
    assert_near(undulation_m(12.3456789, 98.7654321), OVF_GEOID_MOST_CM / 100.0, 0);
    fill_with(INT16_MAX);
    assert_near(undulation_m(-12.3456789, -98.7654321), 327.67, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plane_is_given_back_exactly),
        cmocka_unit_test(the_last_column_meets_the_first_at_180),
        cmocka_unit_test(each_pole_has_the_value_of_its_row),
        cmocka_unit_test(one_that_is_absent_is_missed_only_where_it_counts),
        cmocka_unit_test(extremes_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
