/* SPDX-License-Identifier: Apache-2.0 */
/* Traffic counts, against counting by hand. */
#include "test.h"

#include "base/time.h"
#include "listen/traffic.h"

static const int64_t hour_ns = INT64_C(3600000000000);

static struct ovf_fix fix_at(int64_t t_ns, int32_t alt_baro_ft)
{
    return (struct ovf_fix){.t_ns = t_ns,
                            .at = {333000000, 444000000},
                            .alt_baro_ft = alt_baro_ft,
                            .has = OVF_FIX_ALT_BARO};
}

static void count_aircraft(struct ovf_traffic *traffic, uint32_t input, const struct ovf_fix *fixes,
                           size_t n)
{
    assert_int_equal(ovf_traffic_add(traffic, input, fixes, n), OVF_OK);
    assert_int_equal(ovf_traffic_end_aircraft(traffic), OVF_OK);
}

/** The count at that place; zeros when there is none. */
static struct ovf_traffic_count count_at(const struct ovf_traffic *traffic, uint32_t input,
                                         int64_t day_ns, uint32_t cell, enum ovf_band band,
                                         uint32_t hour)
{
    struct ovf_traffic_count sum = {0};
    for (size_t i = 0; i < traffic->n; i++) {
        const struct ovf_traffic_place p = ovf_traffic_place_of(traffic->items[i].key);
        if (p.input != input || p.day_ns != day_ns || p.cell != cell || p.band != band ||
            p.hour != hour)
            continue;
        sum.n_fixes += traffic->items[i].n_fixes;
        sum.n_aircraft += traffic->items[i].n_aircraft;
    }
    return sum;
}

static void assert_count(const struct ovf_traffic *traffic, enum ovf_band band, uint32_t hour,
                         uint32_t n_fixes, uint32_t n_aircraft)
{
    const uint32_t cell = ovf_count_cell((struct ovf_point){333000000, 444000000});
    const struct ovf_traffic_count count = count_at(traffic, 0, 0, cell, band, hour);
    assert_int_equal(count.n_fixes, n_fixes);
    assert_int_equal(count.n_aircraft, n_aircraft);
}

static void test_fixes_and_aircraft_are_counted_by_place_band_and_hour(void **state)
{
    (void)state;
    struct ovf_fix suspect = fix_at(hour_ns + 4, 30000);
    suspect.grade = OVF_GRADE_X; /* what others make of it is no matter */
    const struct ovf_fix first[] = {fix_at(hour_ns, 30000), fix_at(hour_ns + 1, 30000),
                                    fix_at(hour_ns + 2, 9999), fix_at(2 * hour_ns, 30000), suspect};
    const struct ovf_fix second[] = {fix_at(2 * hour_ns - 1, 25001)};
    struct ovf_traffic traffic = {0};
    count_aircraft(&traffic, 0, first, 5);
    count_aircraft(&traffic, 0, second, 1);
    ovf_traffic_settle(&traffic);
    assert_int_equal(traffic.n, 5);
    assert_count(&traffic, OVF_BAND_LOW, 1, 1, 1);
    assert_count(&traffic, OVF_BAND_LOW, OVF_TRAFFIC_DAY, 1, 1);
    assert_count(&traffic, OVF_BAND_HIGH, 1, 4, 2);
    assert_count(&traffic, OVF_BAND_HIGH, 2, 1, 1);
    assert_count(&traffic, OVF_BAND_HIGH, OVF_TRAFFIC_DAY, 5, 2);
    ovf_traffic_deinit(&traffic);
}

static void test_an_aircraft_counts_once_however_its_fixes_come(void **state)
{
    (void)state;
    const struct ovf_fix fixes[] = {fix_at(0, 30000), fix_at(hour_ns, 30000), fix_at(1, 30000),
                                    fix_at(0, 30000)};
    struct ovf_traffic traffic = {0};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(ovf_traffic_add(&traffic, 0, &fixes[i], 1), OVF_OK);
    assert_int_equal(ovf_traffic_end_aircraft(&traffic), OVF_OK);
    assert_int_equal(ovf_traffic_end_aircraft(&traffic), OVF_OK); /* one without a fix */
    assert_count(&traffic, OVF_BAND_HIGH, 0, 3, 1);
    assert_count(&traffic, OVF_BAND_HIGH, 1, 1, 1);
    assert_count(&traffic, OVF_BAND_HIGH, OVF_TRAFFIC_DAY, 4, 1);
    ovf_traffic_deinit(&traffic);
}

static void test_bands_end_where_they_say(void **state)
{
    (void)state;
    static const struct {
        int32_t alt_ft;
        enum ovf_band band;
    } cases[] = {{-1500, OVF_BAND_LOW},
                 {9999, OVF_BAND_LOW},
                 {10000, OVF_BAND_MIDDLE},
                 {25000, OVF_BAND_MIDDLE},
                 {25001, OVF_BAND_HIGH}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_fix fix = fix_at(0, cases[i].alt_ft);
        struct ovf_fix geometric = fix;
        geometric.has = OVF_FIX_ALT_GEOM;
        geometric.alt_geom_ft = cases[i].alt_ft;
        geometric.alt_baro_ft = 0;
        assert_int_equal(ovf_band_of(&fix), cases[i].band);
        assert_int_equal(ovf_band_of(&geometric), cases[i].band);
    }
}

static void test_no_altitude_is_a_band_of_its_own_and_the_ground_is_low(void **state)
{
    (void)state;
    struct ovf_fix fix = fix_at(0, 0);
    fix.has = 0;
    assert_int_equal(ovf_band_of(&fix), OVF_BAND_UNKNOWN);
    fix.flags = OVF_FIX_ON_GROUND;
    assert_int_equal(ovf_band_of(&fix), OVF_BAND_LOW);
    assert_string_equal(ovf_band_name(OVF_BAND_UNKNOWN), "unknown");
    assert_string_equal(ovf_band_name(OVF_BAND_LOW), "low");
}

/* The corners of what a key holds; 1678-01-01 is day -106650, 2261-12-31 day 106650. */
static void test_places_come_back_from_their_keys(void **state)
{
    (void)state;
    static const struct ovf_point places[] = {{-900000000, -1800000000}, {900000000, 1799999999}};
    static const int64_t days[] = {-106650, -1, 0, 19589, 106650};
    static const uint32_t inputs[] = {0, OVF_TRAFFIC_MAX_INPUTS - 1};
    uint64_t before = 0;
    for (size_t i = 0; i < 2; i++) {
        for (size_t d = 0; d < 5; d++) {
            for (size_t k = 0; k < 2; k++) {
                struct ovf_traffic traffic = {0};
                const struct ovf_fix fix = {.t_ns = days[d] * OVF_NS_PER_DAY + 24 * hour_ns - 1,
                                            .at = places[k]};
                count_aircraft(&traffic, inputs[i], &fix, 1);
                assert_int_equal(traffic.n, 2);
                const struct ovf_traffic_place p = ovf_traffic_place_of(traffic.items[0].key);
                assert_int_equal(p.input, inputs[i]);
                assert_int_equal(p.day_ns, days[d] * OVF_NS_PER_DAY);
                assert_int_equal(p.cell, ovf_count_cell(places[k]));
                assert_int_equal(p.band, OVF_BAND_UNKNOWN);
                assert_int_equal(p.hour, 23);
                assert_true(traffic.items[0].key > before);
                before = traffic.items[1].key;
                ovf_traffic_deinit(&traffic);
            }
        }
    }
    struct ovf_traffic traffic = {0};
    const struct ovf_fix fix = fix_at(0, 0);
    assert_int_equal(ovf_traffic_add(&traffic, OVF_TRAFFIC_MAX_INPUTS, &fix, 1), OVF_E_LIMIT);
}

/* k aircraft with n fixes each in every one of h hours, over two inputs, dealt to any number of heaps as
 * to threads: sums are those of the closed form. */
static void test_sums_are_the_same_for_any_partition(void **state)
{
    (void)state;
    enum { K = 30, N = 4, H = 5 };
    for (size_t n_heaps = 1; n_heaps <= 4; n_heaps++) {
        struct ovf_traffic heaps[4] = {{0}};
        struct ovf_traffic all = {0};
        for (size_t k = 0; k < K; k++) {
            struct ovf_traffic *heap = &heaps[k * 7 % n_heaps];
            for (uint32_t input = 0; input < 2; input++) {
                for (int64_t i = 0; i < N * H; i++) {
                    const struct ovf_fix fix = fix_at(i % H * hour_ns + i, 30000);
                    assert_int_equal(ovf_traffic_add(heap, input, &fix, 1), OVF_OK);
                }
            }
            assert_int_equal(ovf_traffic_end_aircraft(heap), OVF_OK);
        }
        all.items = calloc(8 * K * (H + 1), sizeof *all.items);
        all.capacity = 8 * K * (H + 1);
        for (size_t i = 0; i < n_heaps; i++) {
            for (size_t c = 0; c < heaps[i].n; c++)
                all.items[all.n++] = heaps[i].items[c];
            ovf_traffic_deinit(&heaps[i]);
        }
        ovf_traffic_settle(&all);
        assert_int_equal(all.n, 2 * (H + 1));
        for (size_t i = 0; i < all.n; i++) {
            const struct ovf_traffic_place p = ovf_traffic_place_of(all.items[i].key);
            assert_int_equal(p.input, i / (H + 1));
            assert_int_equal(p.hour, i % (H + 1) == H ? OVF_TRAFFIC_DAY : i % (H + 1));
            assert_int_equal(all.items[i].n_aircraft, K);
            assert_int_equal(all.items[i].n_fixes, K * N * (p.hour == OVF_TRAFFIC_DAY ? H : 1));
        }
        ovf_traffic_deinit(&all);
    }
}

static void test_what_does_not_fit_into_one_count_stays_in_two(void **state)
{
    (void)state;
    struct ovf_traffic traffic = {0};
    const struct ovf_fix fix = fix_at(0, 30000);
    count_aircraft(&traffic, 0, &fix, 1);
    count_aircraft(&traffic, 0, &fix, 1);
    for (size_t i = 0; i < traffic.n; i++)
        traffic.items[i].n_fixes = UINT32_MAX;
    ovf_traffic_settle(&traffic);
    assert_int_equal(traffic.n, 4);
    ovf_traffic_deinit(&traffic);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fixes_and_aircraft_are_counted_by_place_band_and_hour),
        cmocka_unit_test(test_an_aircraft_counts_once_however_its_fixes_come),
        cmocka_unit_test(test_bands_end_where_they_say),
        cmocka_unit_test(test_no_altitude_is_a_band_of_its_own_and_the_ground_is_low),
        cmocka_unit_test(test_places_come_back_from_their_keys),
        cmocka_unit_test(test_sums_are_the_same_for_any_partition),
        cmocka_unit_test(test_what_does_not_fit_into_one_count_stays_in_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
