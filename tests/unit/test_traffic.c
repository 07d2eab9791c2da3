/* SPDX-License-Identifier: Apache-2.0 */
/* Traffic counts, against counting by hand. */
#include "test.h"

#include "base/time.h"
#include "geo/cell.h"
#include "listen/traffic.h"

static const int64_t hour_ns = INT64_C(3600000000000);

static struct ovf_fix fix_at(int64_t t_ns, int32_t alt_baro_ft)
{
    return (struct ovf_fix){.t_ns = t_ns,
                            .at = {333000000, 444000000},
                            .alt_baro_ft = alt_baro_ft,
                            .has = OVF_FIX_ALT_BARO,
                            .grade = OVF_GRADE_B};
}

static void count_fixes(struct ovf_traffic *traffic, const struct ovf_fix *fixes, size_t n)
{
    struct ovf_track track = {0};
    for (size_t i = 0; i < n; i++)
        assert_int_equal(ovf_fixes_push(&track.fixes, &fixes[i]), OVF_OK);
    assert_int_equal(ovf_traffic_count_track(traffic, &track), OVF_OK);
    ovf_track_deinit(&track);
}

static void test_fixes_and_aircraft_are_counted_by_place_band_and_hour(void **state)
{
    (void)state;
    struct ovf_fix suspect = fix_at(hour_ns + 4, 30000);
    suspect.grade = OVF_GRADE_X;
    const struct ovf_fix first[] = {fix_at(hour_ns, 30000), fix_at(hour_ns + 1, 30000),
                                    fix_at(hour_ns + 2, 9999), fix_at(2 * hour_ns, 30000), suspect};
    const struct ovf_fix second[] = {fix_at(2 * hour_ns - 1, 25001)};
    struct ovf_traffic traffic = {0};
    struct ovf_traffic_count *counts;
    size_t n;
    count_fixes(&traffic, first, 5);
    count_fixes(&traffic, second, 1);
    assert_int_equal(ovf_traffic_sorted(&traffic, &counts, &n), OVF_OK);
    assert_int_equal(n, 3);
    assert_int_equal(counts[0].band, OVF_BAND_LOW);
    assert_int_equal(counts[0].n_fixes, 1);
    assert_int_equal(counts[1].hour_ns, hour_ns);
    assert_int_equal(counts[1].band, OVF_BAND_HIGH);
    assert_int_equal(counts[1].n_fixes, 3);
    assert_int_equal(counts[1].n_aircraft, 2);
    assert_int_equal(counts[1].cell, ovf_count_cell((struct ovf_point){333000000, 444000000}));
    assert_int_equal(counts[2].hour_ns, 2 * hour_ns);
    assert_int_equal(counts[2].n_aircraft, 1);
    free(counts);
    ovf_traffic_deinit(&traffic);
}

static void test_bands_end_where_they_say(void **state)
{
    (void)state;
    static const struct {
        int32_t alt_ft;
        uint32_t band;
    } cases[] = {{-1500, OVF_BAND_LOW},
                 {9999, OVF_BAND_LOW},
                 {10000, OVF_BAND_MIDDLE},
                 {25000, OVF_BAND_MIDDLE},
                 {25001, OVF_BAND_HIGH}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_traffic traffic = {0};
        struct ovf_traffic_count *counts;
        size_t n;
        const struct ovf_fix fix = fix_at(0, cases[i].alt_ft);
        count_fixes(&traffic, &fix, 1);
        assert_int_equal(ovf_traffic_sorted(&traffic, &counts, &n), OVF_OK);
        assert_int_equal(counts[0].band, cases[i].band);
        free(counts);
        ovf_traffic_deinit(&traffic);
    }
}

static void test_no_altitude_is_a_band_of_its_own_and_the_ground_is_low(void **state)
{
    (void)state;
    struct ovf_fix fixes[] = {fix_at(0, 0), fix_at(1, 0)};
    struct ovf_traffic traffic = {0};
    struct ovf_traffic_count *counts;
    size_t n;
    fixes[0].has = 0;
    fixes[1].has = 0;
    fixes[1].flags = OVF_FIX_ON_GROUND;
    count_fixes(&traffic, fixes, 2);
    assert_int_equal(ovf_traffic_sorted(&traffic, &counts, &n), OVF_OK);
    assert_int_equal(n, 2);
    assert_int_equal(counts[0].band, OVF_BAND_LOW);
    assert_int_equal(counts[1].band, OVF_BAND_UNKNOWN);
    free(counts);
    ovf_traffic_deinit(&traffic);
}

static void test_hours_before_1970_begin_before_their_fixes(void **state)
{
    (void)state;
    struct ovf_traffic traffic = {0};
    struct ovf_traffic_count *counts;
    size_t n;
    const struct ovf_fix fix = fix_at(-1, 0);
    count_fixes(&traffic, &fix, 1);
    assert_int_equal(ovf_traffic_sorted(&traffic, &counts, &n), OVF_OK);
    assert_int_equal(counts[0].hour_ns, -hour_ns);
    free(counts);
    ovf_traffic_deinit(&traffic);
}

static void test_ten_thousand_places_are_kept_apart_and_add_up(void **state)
{
    (void)state;
    enum { N = 10000 };
    struct ovf_traffic one = {0};
    struct ovf_traffic two = {0};
    struct ovf_traffic_count *counts;
    size_t n;
    for (int i = 0; i < N; i++) {
        const struct ovf_fix fix = fix_at(i * hour_ns, 30000);
        count_fixes(i % 2 == 0 ? &one : &two, &fix, 1);
        count_fixes(&two, &fix, 1);
    }
    assert_int_equal(ovf_traffic_add(&one, &two), OVF_OK);
    assert_int_equal(ovf_traffic_sorted(&one, &counts, &n), OVF_OK);
    assert_int_equal(n, N);
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(counts[i].hour_ns, (int64_t)i * hour_ns);
        assert_int_equal(counts[i].n_aircraft, 2);
    }
    free(counts);
    ovf_traffic_deinit(&one);
    ovf_traffic_deinit(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fixes_and_aircraft_are_counted_by_place_band_and_hour),
        cmocka_unit_test(test_bands_end_where_they_say),
        cmocka_unit_test(test_no_altitude_is_a_band_of_its_own_and_the_ground_is_low),
        cmocka_unit_test(test_hours_before_1970_begin_before_their_fixes),
        cmocka_unit_test(test_ten_thousand_places_are_kept_apart_and_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
