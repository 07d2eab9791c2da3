/* SPDX-License-Identifier: Apache-2.0 */
/* Compact position reporting. Expectations are those that dump1090's cprtests.c has (O. Jowett, 2014, to six
 * decimals) and the worked examples of "The 1090 Megahertz Riddle"; the limits of zones come from their formula, with
 * libm. */
#include "test.h"

#include "decode/cpr_parts.h"

static struct ovf_point point(double lat_deg, double lon_deg)
{
    return (struct ovf_point){.lat_e7 = (int32_t)lround(lat_deg * 1e7),
                              .lon_e7 = ovf_lon_wrap(llround(lon_deg * 1e7))};
}

static void assert_at(struct ovf_point got, double lat_deg, double lon_deg)
{
    assert_near(ovf_deg_from_e7(got.lat_e7), lat_deg, 6e-7);
    assert_near(ovf_deg_from_e7(ovf_lon_difference(point(0, lon_deg).lon_e7, got.lon_e7)), 0, 6e-7);
}

static void the_number_of_zones_changes_where_the_formula_says(void **state)
{
    (void)state;
    const double pi = acos(-1.0);
    for (int nl = 59; nl > 2; nl--) {
        const double limit_deg = 180 / pi * acos(sqrt((1 - cos(pi / 30)) / (1 - cos(2 * pi / nl))));
        assert_int_equal(ovf_cpr_zones(limit_deg - 1e-9), nl);
        assert_int_equal(ovf_cpr_zones(limit_deg + 1e-9), nl - 1);
        assert_int_equal(ovf_cpr_zones(-limit_deg + 1e-9), nl);
        assert_int_equal(ovf_cpr_zones(-limit_deg - 1e-9), nl - 1);
    }
    assert_int_equal(ovf_cpr_zones(0), 59);
    assert_int_equal(ovf_cpr_zones(87), 2);
    assert_int_equal(ovf_cpr_zones(-87), 2);
    assert_int_equal(ovf_cpr_zones(87.0000001), 1);
    assert_int_equal(ovf_cpr_zones(90), 1);
}

static void pairs_of_the_air(void **state)
{
    (void)state;
    static const struct {
        uint32_t even_lat, even_lon, odd_lat, odd_lon;
        double even_lat_deg, even_lon_deg, odd_lat_deg, odd_lon_deg;
    } rows[] = {
        {80536, 9432, 61720, 9192, 51.686646, 0.700156, 51.686763, 0.701294},
        {80534, 9413, 61714, 9144, 51.686554, 0.698745, 51.686484, 0.697632},
        {93000, 51372, 74158, 50194, 52.2572021, 3.9193726, 52.2657801, 3.9389125}, /* the book */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ovf_cpr even = {.lat = rows[i].even_lat & 0x1FFFF,
                                     .lon = rows[i].even_lon & 0x1FFFF};
        const struct ovf_cpr odd = {
            .lat = rows[i].odd_lat & 0x1FFFF, .lon = rows[i].odd_lon & 0x1FFFF, .is_odd = true};
        struct ovf_point at;
        assert_true(ovf_cpr_global(&even, &odd, false, NULL, &at));
        assert_at(at, rows[i].even_lat_deg, rows[i].even_lon_deg);
        assert_true(ovf_cpr_global(&even, &odd, true, NULL, &at));
        assert_at(at, rows[i].odd_lat_deg, rows[i].odd_lon_deg);
    }
}

static void pairs_of_the_ground_are_where_the_reference_is(void **state)
{
    (void)state;
    static const struct {
        double lat_deg, lon_deg;
        double even_lat_deg, even_lon_deg, odd_lat_deg, odd_lon_deg;
    } rows[] = {
        {52, -180, 52.209984, 0.176601 - 180, 52.209976, 0.176507 - 180},
        {52, -140, 52.209984, 0.176601 - 180, 52.209976, 0.176507 - 180},
        {52, -130, 52.209984, 0.176601 - 90, 52.209976, 0.176507 - 90},
        {52, -50, 52.209984, 0.176601 - 90, 52.209976, 0.176507 - 90},
        {52, -40, 52.209984, 0.176601, 52.209976, 0.176507},
        {52, 0, 52.209984, 0.176601, 52.209976, 0.176507},
        {52, 40, 52.209984, 0.176601, 52.209976, 0.176507},
        {52, 50, 52.209984, 0.176601 + 90, 52.209976, 0.176507 + 90},
        {52, 130, 52.209984, 0.176601 + 90, 52.209976, 0.176507 + 90},
        {52, 140, 52.209984, 0.176601 - 180, 52.209976, 0.176507 - 180},
        {52, 179, 52.209984, 0.176601 - 180, 52.209976, 0.176507 - 180},
        {90, 0, 52.209984, 0.176601, 52.209976, 0.176507},
        {8, 0, 52.209984, 0.176601, 52.209976, 0.176507},
        {7, 0, 52.209984 - 90, 0.135269, 52.209976 - 90, 0.134299},
        {-52, 0, 52.209984 - 90, 0.135269, 52.209976 - 90, 0.134299},
        {-90, 0, 52.209984 - 90, 0.135269, 52.209976 - 90, 0.134299},
    };
    const struct ovf_cpr even = {.lat = 105730, .lon = 9259, .is_surface = true};
    const struct ovf_cpr odd = {.lat = 29693, .lon = 8997, .is_odd = true, .is_surface = true};
    struct ovf_point at = {1, 2};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ovf_point reference = point(rows[i].lat_deg, rows[i].lon_deg);
        assert_true(ovf_cpr_global(&even, &odd, false, &reference, &at));
        assert_at(at, rows[i].even_lat_deg, rows[i].even_lon_deg);
        assert_true(ovf_cpr_global(&even, &odd, true, &reference, &at));
        assert_at(at, rows[i].odd_lat_deg, rows[i].odd_lon_deg);
    }
    at = (struct ovf_point){1, 2};
    assert_false(ovf_cpr_global(&even, &odd, true, NULL, &at)); /* C07 */
    assert_int_equal(at.lat_e7, 1);
}

static void poles_and_equator(void **state) /* C05, C06 */
{
    (void)state;
    static const double rows[][2] = {{-46, -90}, {-44, 0}, {44, 0}, {46, 90}};
    const struct ovf_cpr even = {.is_surface = true};
    const struct ovf_cpr odd = {.is_odd = true, .is_surface = true};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ovf_point reference = point(rows[i][0], -180);
        struct ovf_point at;
        assert_true(ovf_cpr_global(&even, &odd, false, &reference, &at));
        assert_at(at, rows[i][1], -180);
    }
}

static void a_pair_that_straddles_a_limit_of_zones_gives_nothing(void **state) /* C03 */
{
    (void)state;
    /* on the ground: even at 25.828 degrees (54 zones), odd at 25.837 (53); from pyModeS's tests */
    const struct ovf_cpr even = {.lat = 28672, .is_surface = true};
    const struct ovf_cpr odd = {.lat = 122880, .is_odd = true, .is_surface = true};
    const struct ovf_point reference = point(50, 0);
    struct ovf_point at;
    assert_false(ovf_cpr_global(&even, &odd, false, &reference, &at));
}

static void halves_of_air_and_ground_are_no_pair(void **state)
{
    (void)state;
    const struct ovf_cpr even = {.lat = 80536, .lon = 9432};
    const struct ovf_cpr odd = {.lat = 61720, .lon = 9192, .is_odd = true, .is_surface = true};
    const struct ovf_point reference = point(52, 0);
    struct ovf_point at;
    assert_false(ovf_cpr_global(&even, &odd, false, &reference, &at));
}

static void one_half_beside_a_place(void **state)
{
    (void)state;
    static const struct {
        double lat_deg, lon_deg;
        struct ovf_cpr cpr;
        double want_lat_deg, want_lon_deg;
    } rows[] = {
        {52, 0, {80536, 9432, false, false}, 51.686646, 0.700156},
        {52, 0, {61720, 9192, true, false}, 51.686763, 0.701294},
        {48.7, 0, {80536, 9432, false, false}, 51.686646, 0.700156},
        {54.6, 0, {61720, 9192, true, false}, 51.686763, 0.701294},
        {52.258, 3.918, {93000, 51372, false, false}, 52.2572021, 3.9193726},
        {52, 0, {105730, 9259, false, true}, 52.209984, 0.176601},
        {52, 0, {29693, 8997, true, true}, 52.209976, 0.176507},
        {51.99, 4.375, {0x1c399, 0x1c8cd, false, true}, 52.3230400, 4.7304726},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ovf_point at;
        assert_true(ovf_cpr_local(&rows[i].cpr, point(rows[i].lat_deg, rows[i].lon_deg), &at));
        assert_at(at, rows[i].want_lat_deg, rows[i].want_lon_deg);
    }
}

/** The latitude of one half of a pair by the standard's formula (DO-260B A.1.7.7), of which \p zone is j modulo 60 or
 * 59. */
static double latitude_deg(const struct ovf_cpr *half, double zone)
{
    const double lat_deg = 360.0 / (half->is_odd ? 59 : 60) * (zone + half->lat / 131072.0);
    return lat_deg >= 270 ? lat_deg - 360 : lat_deg;
}

/** A pair of the air by chance; the first ones lie at the poles, each half on this side of one or just beyond. */
static void draw_pair(int i, uint32_t *random, struct ovf_cpr *even, struct ovf_cpr *odd)
{
    uint32_t drawn[2];
    for (int k = 0; k < 2; k++) {
        *random = *random * 1664525 + 1013904223;
        drawn[k] = *random >> 12 & 0x1FFFF;
    }
    if (i < 4000) { /* 15 zones of 60 are 14.75 of 59 */
        drawn[0] = (i % 4 < 2 ? 0 : 0x1FC00) + drawn[0] % 0x400;
        drawn[1] = (i % 4 < 2 ? 0x18000 : 0x8000) + drawn[1] % 0x400 - 0x200;
    }
    *even = (struct ovf_cpr){.lat = drawn[0] & 0x1FFFF, .lon = 1};
    *odd = (struct ovf_cpr){.lat = drawn[1] & 0x1FFFF, .lon = 1, .is_odd = true};
}

static void a_pair_of_the_air_is_refused_where_its_latitudes_have_not_the_same_zones(void **state)
{
    (void)state;
    uint32_t random = 11;
    int n_refused = 0;
    int n_beyond = 0; /* of which one half is so, and not the newer */
    for (int i = 0; i < (OVF_SANITIZED ? 20000 : 200000); i++) {
        const bool odd_is_newer = i % 2 == 0;
        struct ovf_cpr even;
        struct ovf_cpr odd;
        struct ovf_point at;
        draw_pair(i, &random, &even, &odd);
        const double j = floor((59.0 * even.lat - 60.0 * odd.lat) / 131072 + 0.5);
        const double lat_even_deg = fabs(latitude_deg(&even, j - 60 * floor(j / 60)));
        const double lat_odd_deg = fabs(latitude_deg(&odd, j - 59 * floor(j / 59)));
        const double newer_deg = odd_is_newer ? lat_odd_deg : lat_even_deg;
        const bool is_some = newer_deg < 90 + 4e-8; /* which is rounded to the pole */
        const bool is_pair = is_some && ovf_cpr_zones(lat_even_deg) == ovf_cpr_zones(lat_odd_deg);
        n_refused += is_some && !is_pair ? 1 : 0;
        n_beyond += is_some && (lat_even_deg > 90 || lat_odd_deg > 90) ? 1 : 0;
        assert_int_equal(ovf_cpr_global(&even, &odd, odd_is_newer, NULL, &at), is_pair);
    }
    assert_true(n_refused > (OVF_SANITIZED ? 100 : 1000));
    assert_true(n_beyond > 100);
}

/** What the standard's encoder sends of a place (DO-260B A.1.7.3), with libm. */
static struct ovf_cpr encode(double lat_deg, double lon_deg, bool is_odd, bool is_surface)
{
    const double span = is_surface ? 90 : 360;
    const double d_lat = span / (is_odd ? 59 : 60);
    const double yz = floor(131072 * (lat_deg / d_lat - floor(lat_deg / d_lat)) + 0.5);
    const double r_lat = d_lat * (yz / 131072 + floor(lat_deg / d_lat));
    const int n = ovf_cpr_zones(r_lat) - (is_odd ? 1 : 0);
    const double d_lon = span / (n > 0 ? n : 1);
    const double xz = floor(131072 * (lon_deg / d_lon - floor(lon_deg / d_lon)) + 0.5);
    return (struct ovf_cpr){(uint32_t)yz & 0x1FFFF, (uint32_t)xz & 0x1FFFF, is_odd, is_surface};
}

static void what_is_encoded_is_decoded_to_within_a_step_everywhere(void **state) /* C05, C06 */
{
    (void)state;
    uint32_t random = 7;
    for (int i = 0; i < (OVF_SANITIZED ? 3000 : 20000); i++) {
        random = random * 1664525 + 1013904223;
        double lat_deg = (random >> 8) * (180.0 / (1 << 24)) - 90;
        random = random * 1664525 + 1013904223;
        const double lon_deg = (random >> 8) * (360.0 / (1 << 24)) - 180;
        const bool is_surface = i % 2 == 1;
        if (i < 100)
            lat_deg = i % 2 == 0 ? 87 + (i - 50) * 1e-4 : -87 + (i - 50) * 1e-4;
        const struct ovf_cpr even = encode(lat_deg, lon_deg, false, is_surface);
        const struct ovf_cpr odd = encode(lat_deg, lon_deg, true, is_surface);
        const struct ovf_point reference =
            point(lat_deg > 0 ? lat_deg - 1 : lat_deg + 1, lon_deg + 1);
        const double step_deg = (is_surface ? 90.0 : 360.0) / 131072;
        struct ovf_point at;
        if (!ovf_cpr_global(&even, &odd, i % 3 == 0, &reference, &at))
            continue; /* on a limit of zones */
        assert_near(ovf_deg_from_e7(at.lat_e7), lat_deg, step_deg / 59);
        assert_near(ovf_deg_from_e7(ovf_lon_difference(point(0, lon_deg).lon_e7, at.lon_e7)), 0,
                    step_deg / (ovf_cpr_zones(lat_deg) > 2 ? ovf_cpr_zones(lat_deg) - 2 : 1));
        struct ovf_point near;
        assert_true(ovf_cpr_local(i % 3 == 0 ? &odd : &even, at, &near));
        assert_true(ovf_point_equal(at, near));
    }
}

static void halves_are_read_in_their_zones_on_both_sides_of_each_limit(void **state)
{
    (void)state;
    const double pi = acos(-1.0);
    for (int nl = 2; nl <= 59; nl++) {
        const double limit_deg =
            nl == 2 ? 87 : acos(sqrt((1 - cos(pi / 30)) / (1 - cos(2 * pi / nl)))) * 180 / pi;
        /* Parity, air or ground, sign, a hundred steps of a half. */
        for (int k = -400; k < 400; k++) {
            const bool is_odd = k % 2 == 0;
            const bool is_surface = k / 2 % 2 == 0;
            const int n_steps = k / 8;
            const double step_deg = (is_surface ? 90.0 : 360.0) / (is_odd ? 59 : 60) / 131072;
            const double lat_deg = (k / 4 % 2 == 0 ? 1 : -1) * (limit_deg + n_steps * step_deg);
            const struct ovf_cpr half = encode(lat_deg, 123.456789, is_odd, is_surface);
            struct ovf_point at;
            assert_true(ovf_cpr_local(&half, point(lat_deg, 123.4), &at));
            assert_near(ovf_deg_from_e7(at.lat_e7), lat_deg, step_deg);
            assert_near(ovf_deg_from_e7(at.lon_e7), 123.456789,
                        360.0 / 131072 / (nl > 3 ? nl - 2 : 1));
        }
    }
}

/** So many of \p n_zones zones of 2^17 steps that make up a span, rounded; from four spans below 0 on. */
static int64_t rounded_e7(int64_t steps, int64_t n_zones, int64_t span_e7)
{
    const int64_t n = n_zones * 131072;
    return ((steps + 4 * n) * span_e7 + n / 2) / n - 4 * span_e7;
}

/** A number from -\p most to below it. */
static int64_t draw_around(uint32_t *random, int64_t most)
{
    *random = *random * 1664525 + 1013904223;
    return (int64_t)(((uint64_t)*random * (uint64_t)(2 * most)) >> 32) - most;
}

static void degrees_are_rounded_to_the_nearest_ten_millionth(void **state)
{
    (void)state;
    uint32_t random = 5;
    for (int i = 0; i < (OVF_SANITIZED ? 20000 : 200000); i++) {
        const bool is_odd = i % 2 == 0;
        const int64_t n_lat = is_odd ? 59 : 60;
        const int64_t lat = draw_around(&random, n_lat * 131072 / 4);
        const int64_t lat_e7 = rounded_e7(lat, n_lat, 3600000000);
        const int n = ovf_cpr_zones((double)lat * 360 / (double)n_lat / 131072) - (is_odd ? 1 : 0);
        const int64_t n_lon = n > 0 ? n : 1;
        const int64_t lon = draw_around(&random, n_lon * 131072 / 2);
        const int64_t lon_e7 = rounded_e7(lon, n_lon, 3600000000);
        const struct ovf_cpr half = {
            .lat = (uint32_t)lat & 0x1FFFF, .lon = (uint32_t)lon & 0x1FFFF, .is_odd = is_odd};
        struct ovf_point at;
        assert_true(
            ovf_cpr_local(&half, (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)}, &at));
        assert_int_equal(at.lat_e7, lat_e7);
        assert_int_equal(at.lon_e7, ovf_lon_wrap(lon_e7));
    }
}

static void steps_of_any_number_of_zones_are_rounded_as_the_plain_division_does(void **state)
{
    (void)state;
    uint32_t random = 13;
    for (int n_zones = 1; n_zones <= 60; n_zones++) {
        for (int i = 0; i < (OVF_SANITIZED ? 1000 : 10000); i++) {
            const struct ovf_cpr_axis axis = {ovf_cpr_span(i % 2 == 0), n_zones};
            const int64_t most = 4 * axis.n_zones * OVF_CPR_STEPS; /* the ends, too */
            const int64_t steps =
                i < 200 ? (i % 4 < 2 ? i / 4 - most : most - i / 4) : draw_around(&random, most);
            assert_int_equal(ovf_cpr_to_e7(axis, steps), rounded_e7(steps, n_zones, axis.span_e7));
        }
    }
}

/** The first and the last step of each zone, and those around the middle between two zones. */
static void zones_by_which_halves_differ_are_rounded_as_floor_does(void **state)
{
    (void)state;
    for (int32_t zone = -2047; zone < 2047; zone++) {
        for (int32_t beside = -2; beside <= 2; beside++) {
            const int32_t steps[] = {zone * 131072 + beside, zone * 131072 + 65536 + beside};
            for (int k = 0; k < 2; k++)
                assert_int_equal(ovf_cpr_divide_steps(steps[k]),
                                 (int32_t)floor(steps[k] / 131072.0 + 0.5));
        }
    }
}

/** Halves as they are drawn above: where it is told with the zones of their latitudes, it is the same as without. */
static void with_the_right_zones_a_pair_of_the_air_is_where_it_is_without(void **state)
{
    (void)state;
    uint32_t random = 23;
    int n_there = 0;
    for (int i = 0; i < (OVF_SANITIZED ? 20000 : 400000); i++) {
        struct ovf_cpr even;
        struct ovf_cpr odd;
        struct ovf_point at;
        struct ovf_point near = {0, 0};
        draw_pair(i, &random, &even, &odd);
        even.lon = random >> 15;
        odd.lon = (random * 1664525 + 1013904223) >> 15;
        const struct ovf_cpr_pair pair = {{even.lat, odd.lat}, {even.lon, odd.lon}};
        const bool odd_is_newer = i % 2 == 0;
        const bool is_there = ovf_cpr_global(&even, &odd, odd_is_newer, NULL, &at);
        const int nl = is_there ? ovf_cpr_zones(ovf_deg_from_e7(at.lat_e7)) : 1 + i % 59;
        const bool is_near = ovf_cpr_global_near(&pair, odd_is_newer, nl, &near);
        assert_true(is_there || !is_near);
        if (is_near)
            assert_true(ovf_point_equal(near, at));
        assert_false(is_there && ovf_cpr_global_near(&pair, odd_is_newer, nl % 59 + 1, &near));
        n_there += is_near ? 1 : 0;
    }
    assert_true(n_there > (OVF_SANITIZED ? 2000 : 40000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_of_zones_changes_where_the_formula_says),
        cmocka_unit_test(pairs_of_the_air),
        cmocka_unit_test(pairs_of_the_ground_are_where_the_reference_is),
        cmocka_unit_test(poles_and_equator),
        cmocka_unit_test(a_pair_that_straddles_a_limit_of_zones_gives_nothing),
        cmocka_unit_test(a_pair_of_the_air_is_refused_where_its_latitudes_have_not_the_same_zones),
        cmocka_unit_test(halves_of_air_and_ground_are_no_pair),
        cmocka_unit_test(with_the_right_zones_a_pair_of_the_air_is_where_it_is_without),
        cmocka_unit_test(one_half_beside_a_place),
        cmocka_unit_test(what_is_encoded_is_decoded_to_within_a_step_everywhere),
        cmocka_unit_test(halves_are_read_in_their_zones_on_both_sides_of_each_limit),
        cmocka_unit_test(degrees_are_rounded_to_the_nearest_ten_millionth),
        cmocka_unit_test(steps_of_any_number_of_zones_are_rounded_as_the_plain_division_does),
        cmocka_unit_test(zones_by_which_halves_differ_are_rounded_as_floor_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
