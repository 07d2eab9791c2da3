/* SPDX-License-Identifier: Apache-2.0 */
/* Which positions are believed: the cases C of robustness.md. Halves are encoded here as DO-260B A.1.7.3 says, with
 * libm; what is expected is where they were encoded. */
#include "test.h"

#include "base/time.h"
#include "decode/place.h"
#include "decode/place_parts.h"

#define S(seconds) ((int64_t)((seconds)*1e9))

static struct ovf_cpr encode(double lat_deg, double lon_deg, bool is_odd, bool is_surface)
{
    const double span = is_surface ? 90 : 360;
    const double d_lat = span / (is_odd ? 59 : 60);
    const double yz = floor(131072 * (lat_deg / d_lat - floor(lat_deg / d_lat)) + 0.5);
    const int n = ovf_cpr_zones(d_lat * (yz / 131072 + floor(lat_deg / d_lat))) - (is_odd ? 1 : 0);
    const double d_lon = span / (n > 0 ? n : 1);
    const double xz = floor(131072 * (lon_deg / d_lon - floor(lon_deg / d_lon)) + 0.5);
    return (struct ovf_cpr){(uint32_t)yz & 0x1FFFF, (uint32_t)xz & 0x1FFFF, is_odd, is_surface};
}

static struct ovf_placed take_half(struct ovf_place *place, const struct ovf_cpr *cpr, int64_t t_ns,
                                   const struct ovf_place_hint *hint)
{
    struct ovf_placed placed;
    ovf_place_take(place, cpr, t_ns, hint, &placed);
    return placed;
}

static struct ovf_placed take(struct ovf_place *place, double lat_deg, double lon_deg, bool is_odd,
                              int64_t t_ns, const struct ovf_place_hint *hint)
{
    const struct ovf_cpr cpr = encode(lat_deg, lon_deg, is_odd, false);
    return take_half(place, &cpr, t_ns, hint);
}

static const struct ovf_place_hint no_hint = {.has_gs = false};

static void assert_at(const struct ovf_placed *placed, double lat_deg, double lon_deg)
{
    assert_near(ovf_deg_from_e7(placed->at.lat_e7), lat_deg, 5e-5);
    assert_near(ovf_deg_from_e7(placed->at.lon_e7), lon_deg, 2e-4);
}

static void a_pair_within_ten_seconds_gives_a_position(void **state) /* C01 */
{
    (void)state;
    static const struct {
        double apart_s;
        enum ovf_place_kind kind;
    } rows[] = {{0.5, OVF_PLACE_GLOBAL},
                {9.9, OVF_PLACE_GLOBAL},
                {10.1, OVF_PLACE_NONE},
                {60, OVF_PLACE_NONE},
                {-9.9, OVF_PLACE_GLOBAL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ovf_place place = {.has = false};
        assert_int_equal(take(&place, 47, 8, false, S(100), &no_hint).kind, OVF_PLACE_NONE);
        const struct ovf_placed placed =
            take(&place, 47, 8, true, S(100 + rows[i].apart_s), &no_hint);
        assert_int_equal(placed.kind, rows[i].kind);
        assert_false(placed.is_confirmed);
        if (placed.kind == OVF_PLACE_GLOBAL)
            assert_at(&placed, 47, 8);
    }
}

static void a_faster_aircraft_has_a_shorter_window(void **state) /* C09 */
{
    (void)state;
    const struct ovf_place_hint fast = {.has_gs = true, .gs_kt = 1800}; /* 3 NM in 6 s */
    struct ovf_place place = {.has = false};
    (void)take(&place, 47, 8, false, 0, &fast);
    assert_int_equal(take(&place, 47, 8, true, S(6.1), &fast).kind, OVF_PLACE_NONE);
    assert_int_equal(take(&place, 47, 8, false, S(12), &fast).kind, OVF_PLACE_GLOBAL);
}

static void halves_of_one_kind_alone_give_nothing(void **state) /* C02 */
{
    (void)state;
    struct ovf_place place = {.has = false};
    for (int i = 0; i < 20; i++)
        assert_int_equal(take(&place, 47, 8, false, S(i), &no_hint).kind, OVF_PLACE_NONE);
}

static void halves_of_one_kind_give_positions_beside_the_receiver(void **state)
{
    (void)state;
    const struct ovf_point receiver = {469000000, 81000000};
    const struct ovf_heard_number alt_ft = {0, 30000};
    const struct ovf_place_hint hint = {.receiver = &receiver, .alt_ft = &alt_ft};
    struct ovf_place place = {.has = false};
    struct ovf_placed placed = take(&place, 47.5, 8.5, false, S(0), &hint);
    assert_int_equal(placed.kind, OVF_PLACE_RECEIVER);
    assert_false(placed.is_confirmed);
    assert_at(&placed, 47.5, 8.5);
    placed = take(&place, 47.501, 8.5, false, S(1), &hint);
    assert_true(placed.is_confirmed);
    assert_at(&placed, 47.501, 8.5);
    placed = take(&place, 47.502, 8.5, false, S(2), &hint);
    assert_int_equal(placed.kind, OVF_PLACE_LOCAL); /* from here on the last one is nearer */
    assert_at(&placed, 47.502, 8.5);
}

static void where_another_place_is_within_radio_range_the_receiver_does_not_help(void **state)
{
    (void)state;
    /* 3 degrees of latitude, half a zone, are 333 km; at 40,000 ft radio reaches 4.12 (10 + 110) = 496 km */
    const struct ovf_point receiver = {470000000, 80000000};
    const struct ovf_heard_number high_ft = {0, 40000};
    const struct ovf_heard_number low_ft = {0, 3000};
    const struct ovf_place_hint high = {.receiver = &receiver, .alt_ft = &high_ft};
    const struct ovf_place_hint low = {.receiver = &receiver, .alt_ft = &low_ft};
    struct ovf_place place = {.has = false};
    assert_int_equal(take(&place, 49.5, 8, false, 0, &high).kind, OVF_PLACE_NONE);
    place = (struct ovf_place){.has = false};
    assert_int_equal(take(&place, 49.5, 8, false, 0, &low).kind, OVF_PLACE_RECEIVER);
}

static void a_position_is_confirmed_by_a_pair_that_shares_nothing_with_the_first(void **state)
{
    (void)state;
    struct ovf_place place = {.has = false};
    (void)take(&place, 47, 8, false, S(0), &no_hint);
    assert_false(take(&place, 47, 8, true, S(0.5), &no_hint).is_confirmed);
    const struct ovf_placed shared = take(&place, 47, 8, false, S(1), &no_hint);
    assert_int_equal(shared.kind, OVF_PLACE_GLOBAL);
    assert_false(shared.is_confirmed); /* its odd half was in the first */
    assert_true(take(&place, 47, 8, true, S(1.5), &no_hint).is_confirmed);
}

static void copies_of_the_first_pair_confirm_nothing(void **state) /* B13 */
{
    (void)state;
    struct ovf_place place = {.has = false};
    for (int i = 0; i < 1000; i++) {
        (void)take(&place, 47, 8, false, S(0), &no_hint);
        assert_false(take(&place, 47, 8, true, S(0.5), &no_hint).is_confirmed);
        assert_false(take(&place, 47, 8, false, S(0.01), &no_hint).is_confirmed);
        assert_false(take(&place, 47, 8, true, S(0.51), &no_hint).is_confirmed);
    }
    const struct ovf_point receiver = {469000000, 81000000};
    const struct ovf_place_hint hint = {.receiver = &receiver};
    struct ovf_place beside = {.has = false};
    for (int i = 0; i < 10; i++)
        assert_false(take(&beside, 47, 8, false, S(0.01 * i), &hint).is_confirmed);
    /* an aircraft that stands sends the same again, later */
    (void)take(&place, 47, 8, false, S(1), &no_hint);
    assert_true(take(&place, 47, 8, true, S(1.5), &no_hint).is_confirmed);
}

/** Flies north at 420 kt from 47 N 8 E, confirmed, for ten seconds. */
static void fly(struct ovf_place *place, const struct ovf_place_hint *hint)
{
    *place = (struct ovf_place){.has = false};
    for (int i = 0; i <= 20; i++)
        (void)take(place, 47 + i * 0.000972, 8, i % 2 == 1, S(i * 0.5), hint);
    assert_true(place->is_confirmed);
}

static void one_half_goes_on_beside_the_last_position(void **state)
{
    (void)state;
    struct ovf_place place;
    fly(&place, &no_hint);
    const struct ovf_placed placed = take(&place, 48, 8, false, S(560), &no_hint);
    assert_int_equal(placed.kind, OVF_PLACE_LOCAL);
    assert_at(&placed, 48, 8);
    fly(&place, &no_hint);
    assert_int_equal(take(&place, 48, 8, false, S(10 + 601), &no_hint).kind, OVF_PLACE_NONE);
}

static void what_cannot_be_reached_is_refused_until_it_stays(void **state)
{
    (void)state;
    struct ovf_place place;
    fly(&place, &no_hint);
    int n_refused = 0;
    for (int i = 0; i < 40; i++) {
        const struct ovf_placed placed =
            take(&place, 45, 11, i % 2 == 1, S(30 + i * 0.5), &no_hint);
        n_refused += placed.is_refused ? 1 : 0;
        assert_true(placed.kind == OVF_PLACE_NONE || i > 10);
    }
    assert_true(n_refused >= 10);
    assert_true(
        place
            .is_confirmed); /* by then it is there, whatever the aircraft's instruments made of it */
    assert_near(ovf_deg_from_e7(place.at.lat_e7), 45, 1e-4);
}

static void a_second_aircraft_with_the_address_does_not_move_the_first(void **state) /* C04 */
{
    (void)state;
    struct ovf_place place;
    fly(&place, &no_hint);
    for (int i = 0; i < 400; i++) {
        const double t_s = 11 + i * 0.25;
        const bool is_other = i % 2 == 1;
        const struct ovf_placed placed = take(&place, is_other ? 30 : 47.02 + (t_s - 10) * 0.001944,
                                              is_other ? 60 : 8, i / 2 % 2 == 1, S(t_s), &no_hint);
        if (placed.kind != OVF_PLACE_NONE)
            assert_near(ovf_deg_from_e7(placed.at.lon_e7), 8, 0.05);
    }
}

static void straight_ahead_a_late_stamp_is_allowed_for(void **state)
{
    (void)state;
    const struct ovf_heard_number north_deg = {0, 0};
    const struct ovf_heard_number east_deg = {0, 90};
    const struct ovf_place_hint north = {.has_gs = true, .gs_kt = 420, .track_deg = &north_deg};
    const struct ovf_place_hint east = {.has_gs = true, .gs_kt = 420, .track_deg = &east_deg};
    struct ovf_place place;
    fly(&place, &north); /* then 1.5 km in half a second: that is 5,800 kt */
    assert_int_equal(take(&place, 47.033, 8, true, S(10.5), &north).kind, OVF_PLACE_GLOBAL);
    fly(&place, &east);
    assert_true(take(&place, 47.033, 8, true, S(10.5), &east).is_refused);
}

static void a_place_of_nothing_is_none(void **state) /* C08 */
{
    (void)state;
    struct ovf_place place = {.has = false};
    const struct ovf_cpr even = {.lat = 0};
    const struct ovf_cpr odd = {.is_odd = true};
    assert_int_equal(take_half(&place, &even, 0, &no_hint).kind, OVF_PLACE_NONE);
    assert_int_equal(take_half(&place, &odd, 0, &no_hint).kind, OVF_PLACE_NONE);
    (void)take(&place, 0.005, 0.005, false, 0, &no_hint); /* a receiver's empty value */
    assert_true(take(&place, 0.005, 0.005, true, S(1), &no_hint).is_refused);
}

static void on_the_ground_a_reference_is_due(void **state) /* C07 */
{
    (void)state;
    const struct ovf_point receiver = {470000000, 80000000};
    const struct ovf_place_hint hint = {.receiver = &receiver};
    const struct ovf_cpr even = encode(47.1, 8.1, false, true);
    const struct ovf_cpr odd = encode(47.1, 8.1, true, true);
    struct ovf_place place = {.has = false};
    (void)take_half(&place, &even, 0, &no_hint);
    assert_int_equal(take_half(&place, &odd, S(1), &no_hint).kind, OVF_PLACE_NONE);
    place = (struct ovf_place){.has = false};
    assert_int_equal(take_half(&place, &even, 0, &hint).kind, OVF_PLACE_RECEIVER);
    const struct ovf_placed placed = take_half(&place, &odd, S(1), &hint);
    assert_int_equal(placed.kind, OVF_PLACE_GLOBAL);
    assert_at(&placed, 47.1, 8.1);
}

static void after_an_hour_a_position_has_to_be_confirmed_anew(void **state)
{
    (void)state;
    struct ovf_place place;
    fly(&place, &no_hint);
    (void)take(&place, 52, 8, false, S(3700), &no_hint);
    const struct ovf_placed placed = take(&place, 52, 8, true, S(3700.5), &no_hint);
    assert_int_equal(placed.kind, OVF_PLACE_GLOBAL);
    assert_false(placed.is_confirmed);
}

static void nothing_is_heard_beyond_the_horizon(void **state)
{
    (void)state;
    const struct ovf_point receiver = {470000000, 80000000};
    const struct ovf_place_hint hint = {.receiver = &receiver};
    struct ovf_place place = {.has = false};
    (void)take(&place, 57, 8, false, 0, &hint); /* 1,100 km */
    assert_true(take(&place, 57, 8, true, S(1), &hint).is_refused);
}

static void assert_same_place(const struct ovf_place *a, const struct ovf_place *b)
{
    assert_memory_equal(a->half_ns, b->half_ns, sizeof a->half_ns);
    assert_memory_equal(&a->halves, &b->halves, sizeof a->halves);
    assert_memory_equal(a->half_kinds, b->half_kinds, sizeof a->half_kinds);
    assert_true(ovf_point_equal(a->at, b->at));
    assert_int_equal(a->t_ns, b->t_ns);
    assert_int_equal(a->first_ns, b->first_ns);
    assert_int_equal(a->is_confirmed, b->is_confirmed);
    assert_int_equal(a->is_surface, b->is_surface);
    assert_int_equal(a->n_zones, b->n_zones);
    assert_near(a->trust, b->trust, 0);
}

static double draw(uint32_t *random)
{
    *random = *random * 1664525 + 1013904223;
    return *random / 4294967296.0;
}

/** What may come of an aircraft that goes 0.6 degrees north from \p from, again and again: jumps, halves out of order,
 * of the ground or said to be, zeros, silence, speeds that are wrong or no longer hold. */
static void draw_half(struct ovf_point from, uint32_t *random, int64_t *t_ns, struct ovf_cpr *cpr,
                      struct ovf_heard_number *gs_kt)
{
    const double kind = draw(random);
    const double silence_s = draw(random) < 0.02 ? (draw(random) < 0.2 ? 8000 : 12) : 0.5;
    *t_ns += S(silence_s * draw(random)) - S(0.05);
    const double lat_deg = ovf_deg_from_e7(from.lat_e7) + fmod((double)*t_ns / 1e9, 300) * 0.002 +
                           (kind < 0.03 ? 0.5 * draw(random) : 0);
    const double lon_deg = ovf_deg_from_e7(from.lon_e7) - (kind < 0.02 ? 16 : 0);
    *cpr = encode(lat_deg, lon_deg, draw(random) < 0.5, kind > 0.99);
    if (kind > 0.97 && kind < 0.98)
        cpr->is_surface = true;
    if (kind > 0.98 && kind < 0.985)
        cpr->lat = cpr->lon = 0;
    if (draw(random) < 0.05)
        *gs_kt = (struct ovf_heard_number){*t_ns - S(draw(random) < 0.1 ? 100 : 0),
                                           draw(random) < 0.1 ? 1500 : 430 * draw(random)};
}

static void what_goes_on_as_usual_is_what_is_taken_in_full(void **state)
{
    (void)state;
    static const struct ovf_point receiver = {399000000, 80000000}; /* 800 km to 47.1 N */
    static const struct ovf_point alps = {466000000, 80000000};     /* a limit of zones at 46.87 */
    static const struct ovf_point gulf = {-3000000, 0}; /* over 0 N 0 E, which is no place */
    uint32_t random = 1;
    int n_plain = 0;
    for (int flight = 0; flight < 40; flight++) {
        struct ovf_place place = {.has = false};
        struct ovf_heard_number gs_kt = {OVF_HEARD_NEVER, 0};
        int64_t t_ns = 0;
        for (int i = 0; i < 1000; i++) {
            struct ovf_place plain = place;
            struct ovf_placed placed;
            struct ovf_placed placed_plainly;
            struct ovf_cpr cpr;
            draw_half(flight % 4 == 3 ? gulf : alps, &random, &t_ns, &cpr, &gs_kt);
            const struct ovf_place_hint hint = {.has_gs = ovf_heard_holds(&gs_kt, t_ns),
                                                .gs_kt = gs_kt.value,
                                                .gs_age_ns = ovf_heard_apart(gs_kt.t_ns, t_ns),
                                                .is_mlat = flight % 4 == 1,
                                                .receiver = flight % 4 == 2 ? &receiver : NULL};
            const bool is_plain =
                ovf_place_go_on(&plain, &cpr, t_ns, gs_kt.value, hint.receiver, &placed_plainly);
            ovf_place_take(&place, &cpr, t_ns, &hint, &placed);
            if (is_plain) {
                assert_int_equal(placed_plainly.kind, placed.kind);
                assert_int_equal(placed_plainly.is_confirmed, placed.is_confirmed);
                assert_int_equal(placed_plainly.is_refused, placed.is_refused);
                assert_true(ovf_point_equal(placed_plainly.at, placed.at));
                assert_same_place(&plain, &place);
                n_plain++;
            } else { /* what was kept of it takes nothing away from what comes next */
                ovf_place_take(&plain, &cpr, t_ns, &hint, &placed_plainly);
                assert_same_place(&plain, &place);
            }
        }
    }
    assert_in_range(n_plain, 10000, 39000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_on_as_usual_is_what_is_taken_in_full),
        cmocka_unit_test(a_pair_within_ten_seconds_gives_a_position),
        cmocka_unit_test(a_faster_aircraft_has_a_shorter_window),
        cmocka_unit_test(halves_of_one_kind_alone_give_nothing),
        cmocka_unit_test(halves_of_one_kind_give_positions_beside_the_receiver),
        cmocka_unit_test(where_another_place_is_within_radio_range_the_receiver_does_not_help),
        cmocka_unit_test(a_position_is_confirmed_by_a_pair_that_shares_nothing_with_the_first),
        cmocka_unit_test(copies_of_the_first_pair_confirm_nothing),
        cmocka_unit_test(one_half_goes_on_beside_the_last_position),
        cmocka_unit_test(what_cannot_be_reached_is_refused_until_it_stays),
        cmocka_unit_test(a_second_aircraft_with_the_address_does_not_move_the_first),
        cmocka_unit_test(straight_ahead_a_late_stamp_is_allowed_for),
        cmocka_unit_test(a_place_of_nothing_is_none),
        cmocka_unit_test(on_the_ground_a_reference_is_due),
        cmocka_unit_test(after_an_hour_a_position_has_to_be_confirmed_anew),
        cmocka_unit_test(nothing_is_heard_beyond_the_horizon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
