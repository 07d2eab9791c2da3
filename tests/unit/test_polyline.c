/* SPDX-License-Identifier: Apache-2.0 */
/* The length of a way, against the sum of its distances, each reckoned alone. */
#include "test.h"

#include "geo/geodesic.h"
#include "geo/polyline.h"

static uint64_t next_number(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
    return *seed >> 20;
}

static double plain_m(struct ovf_point a, struct ovf_point b)
{
    const double short_m = ovf_distance_m(a, b);
    const double turn_deg = ovf_deg_from_e7(llabs(ovf_lon_difference(a.lon_e7, b.lon_e7)));
    if (short_m < 50e3 && turn_deg < 2.2918)
        return short_m;
    return ovf_geodesic_length_m(ovf_deg_from_e7(a.lat_e7), ovf_deg_from_e7(a.lon_e7),
                                 ovf_deg_from_e7(b.lat_e7), ovf_deg_from_e7(b.lon_e7));
}

/* From \p at, up to \p step_e7 to each side, over the poles not. */
static struct ovf_point wander(struct ovf_point at, int64_t step_e7, uint64_t *seed)
{
    const uint64_t span = 2 * (uint64_t)step_e7 + 1;
    int64_t lat_e7 = at.lat_e7 + (int64_t)(next_number(seed) % span) - step_e7;
    const int64_t lon_e7 = at.lon_e7 + (int64_t)(next_number(seed) % span) - step_e7;
    lat_e7 = lat_e7 > 900000000 ? 900000000 : lat_e7 < -900000000 ? -900000000 : lat_e7;
    return (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
}

/* Ways that begin at a pole, at the antimeridian or anywhere, of all lengths around the piece that is reckoned at once,
 * in steps of some metres up to a quarter of the globe. */
static void a_way_is_as_long_as_its_pieces(void **state)
{
    (void)state;
    static const struct ovf_point from[] = {{0, 0},
                                            {900000000, 0},
                                            {-899999000, 1799999999},
                                            {473000000, -1800000000},
                                            {654321000, 87654321}};
    uint64_t seed = 5;
    for (int64_t step_e7 = 100; step_e7 < 900000000; step_e7 *= 9) {
        for (int n = 0; n < 3 * OVF_POLYLINE_PLACES; n++) {
            struct ovf_polyline way = {0};
            struct ovf_point at = from[n % 5];
            double sum_m = 0;
            ovf_polyline_add(&way, at);
            for (int i = 0; i < n; i++) {
                const struct ovf_point next = wander(at, step_e7, &seed);
                sum_m += plain_m(at, next);
                at = next;
                ovf_polyline_add(&way, at);
            }
            assert_near(ovf_polyline_length_m(&way), sum_m, 2e-8 * (n + 1) + 1e-12 * sum_m);
        }
    }
}

static void the_length_may_be_asked_on_the_way(void **state)
{
    (void)state;
    struct ovf_polyline way = {0};
    uint64_t seed = 17;
    struct ovf_point at = {515000000, 1799990000};
    double sum_m = 0;
    assert_true(ovf_polyline_length_m(&way) == 0);
    ovf_polyline_add(&way, at);
    assert_true(ovf_polyline_length_m(&way) == 0);
    for (int i = 0; i < 200; i++) {
        const struct ovf_point next = wander(at, 100000, &seed);
        sum_m += plain_m(at, next);
        at = next;
        ovf_polyline_add(&way, at);
        assert_near(ovf_polyline_length_m(&way), sum_m, 2e-8 * (i + 1));
    }
}

/* Whatever the processor: the same bits. */
static void a_way_is_as_long_in_narrow_instructions(void **state)
{
    (void)state;
    uint64_t seed = 29;
    for (int64_t step_e7 = 100; step_e7 < 90000000; step_e7 *= 3) {
        struct ovf_polyline way = {0};
        struct ovf_polyline narrow = {.narrow = true};
        struct ovf_point at = {653000000, -1799990000};
        for (int i = 0; i < 20 * OVF_POLYLINE_PLACES; i++) {
            at = wander(at, step_e7, &seed);
            ovf_polyline_add(&way, at);
            ovf_polyline_add(&narrow, at);
        }
        const double length_m = ovf_polyline_length_m(&way);
        const double narrow_m = ovf_polyline_length_m(&narrow);
        assert_memory_equal(&length_m, &narrow_m, sizeof length_m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_way_is_as_long_as_its_pieces),
        cmocka_unit_test(the_length_may_be_asked_on_the_way),
        cmocka_unit_test(a_way_is_as_long_in_narrow_instructions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
