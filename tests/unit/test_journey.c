/* SPDX-License-Identifier: Apache-2.0 */
/* Journeys: which flights of one aircraft belong together. */
#include "test.h"

#include "base/time.h"
#include "flight/journey.h"

#define HOUR 3600

enum { UNKNOWN = 0, TEHRAN = 1, BAGHDAD = 2, DAMASCUS = 3, ALEPPO = 4 };

static struct ovf_endpoint at(uint32_t airport)
{
    return (struct ovf_endpoint){.kind = airport == UNKNOWN ? OVF_ENDPOINT_UNKNOWN
                                                            : OVF_ENDPOINT_OBSERVED,
                                 .has_airport = airport != UNKNOWN,
                                 .airport = airport};
}

/* In cruise at both ends, 3 degrees apart, unless a test says otherwise. */
static struct ovf_journey_leg make(uint32_t from, int64_t start_s, int64_t end_s, uint32_t to)
{
    const struct ovf_fix fix = {.alt_baro_ft = 35000, .has = OVF_FIX_ALT_BARO};
    struct ovf_journey_leg leg = {.first = fix, .last = fix, .from = at(from), .to = at(to)};
    leg.first.t_ns = start_s * OVF_NS_PER_S;
    leg.last.t_ns = end_s * OVF_NS_PER_S;
    leg.last.at.lat_e7 = 30000000;
    return leg;
}

static void one_flight_is_one_journey(void **state)
{
    (void)state;
    const struct ovf_journey_leg leg = make(TEHRAN, 0, HOUR, DAMASCUS);
    struct ovf_journey_place place;
    ovf_journeys_number(&leg, 1, OVF_JOURNEY_STOP_S, &place);
    assert_int_equal(place.journey, 0);
    assert_int_equal(place.leg, 1);
    assert_int_equal(place.n_legs, 1);
    ovf_journeys_number(NULL, 0, OVF_JOURNEY_STOP_S, NULL);
}

static void tehran_baghdad_damascus_is_one_journey_of_two_flights(void **state)
{
    (void)state;
    const struct ovf_journey_leg legs[] = {
        make(TEHRAN, 0, HOUR, BAGHDAD), make(BAGHDAD, 6 * HOUR, 8 * HOUR, DAMASCUS),
        make(DAMASCUS, 40 * HOUR, 42 * HOUR, ALEPPO), /* 32 h later */
    };
    struct ovf_journey_place places[3];
    ovf_journeys_number(legs, 3, OVF_JOURNEY_STOP_S, places);
    assert_int_equal(places[0].journey, 0);
    assert_int_equal(places[1].journey, 0);
    assert_int_equal(places[2].journey, 1);
    assert_int_equal(places[0].n_legs, 2);
    assert_int_equal(places[1].leg, 2);
    assert_int_equal(places[1].n_legs, 2);
    assert_int_equal(places[2].n_legs, 1);
    ovf_journeys_number(legs, 3, 48 * 3600.0, places);
    assert_int_equal(places[2].leg, 3);
}

static void the_way_home_is_a_journey_of_its_own(void **state)
{
    (void)state;
    const struct ovf_journey_leg legs[] = {
        make(TEHRAN, 0, HOUR, BAGHDAD),
        make(BAGHDAD, 2 * HOUR, 4 * HOUR, DAMASCUS),
        make(DAMASCUS, 6 * HOUR, 8 * HOUR, TEHRAN),
    };
    struct ovf_journey_place places[3];
    ovf_journeys_number(legs, 3, OVF_JOURNEY_STOP_S, places);
    assert_int_equal(places[0].n_legs, 2);
    assert_int_equal(places[1].leg, 2);
    assert_int_equal(places[2].journey, 1);
    assert_int_equal(places[2].leg, 1);
}

static void a_shuttle_is_a_journey_each_way(void **state)
{
    (void)state;
    struct ovf_journey_leg legs[10];
    struct ovf_journey_place places[10];
    for (int i = 0; i < 10; i++)
        legs[i] = make(i % 2 == 0 ? BAGHDAD : DAMASCUS, (int64_t)4 * i * HOUR,
                       (int64_t)4 * i * HOUR + HOUR, i % 2 == 0 ? DAMASCUS : BAGHDAD);
    ovf_journeys_number(legs, 10, OVF_JOURNEY_STOP_S, places);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(places[i].journey, i);
        assert_int_equal(places[i].n_legs, 1);
    }
}

static void other_airports_do_not_join(void **state)
{
    (void)state;
    const struct ovf_journey_leg a = make(TEHRAN, 0, HOUR, BAGHDAD);
    const struct ovf_journey_leg b = make(DAMASCUS, 2 * HOUR, 3 * HOUR, TEHRAN);
    assert_false(ovf_journey_joins(&a, &b, OVF_JOURNEY_STOP_S));
}

static void unknown_ends_join_when_there_was_no_time_for_another_flight(void **state)
{
    (void)state;
    const struct ovf_journey_leg a = make(TEHRAN, 0, HOUR, UNKNOWN);
    const struct ovf_journey_leg soon = make(UNKNOWN, 3 * HOUR, 4 * HOUR, TEHRAN);
    const struct ovf_journey_leg late = make(UNKNOWN, 3 * HOUR + 1, 4 * HOUR, TEHRAN);
    assert_true(ovf_journey_joins(&a, &soon, OVF_JOURNEY_STOP_S));
    assert_false(ovf_journey_joins(&a, &late, OVF_JOURNEY_STOP_S));
}

static void unknown_ends_join_when_it_was_low_at_one_place(void **state)
{
    (void)state;
    struct ovf_journey_leg a = make(TEHRAN, 0, HOUR, UNKNOWN);
    struct ovf_journey_leg b = make(UNKNOWN, 10 * HOUR, 11 * HOUR, TEHRAN);
    a.last.alt_baro_ft = 4000;
    b.first.alt_baro_ft = 5000;
    b.first.at.lat_e7 = a.last.at.lat_e7 + 890000; /* 9.9 km */
    assert_true(ovf_journey_joins(&a, &b, OVF_JOURNEY_STOP_S));
    b.first.at.lat_e7 = a.last.at.lat_e7 + 910000; /* 10.1 km */
    assert_false(ovf_journey_joins(&a, &b, OVF_JOURNEY_STOP_S));
    b.first.at.lat_e7 = a.last.at.lat_e7;
    b.first.alt_baro_ft = 20000;
    assert_false(ovf_journey_joins(&a, &b, OVF_JOURNEY_STOP_S));
}

static void where_two_aircraft_have_the_address_nothing_joins(void **state)
{
    (void)state;
    const struct ovf_journey_leg a = make(TEHRAN, 0, HOUR, BAGHDAD);
    const struct ovf_journey_leg b = make(BAGHDAD, 2 * HOUR, 3 * HOUR, DAMASCUS);
    struct ovf_journey_leg either = a;
    assert_true(ovf_journey_joins(&a, &b, OVF_JOURNEY_STOP_S));
    either.is_duplicate = true;
    assert_false(ovf_journey_joins(&either, &b, OVF_JOURNEY_STOP_S));
    either = b;
    either.is_duplicate = true;
    assert_false(ovf_journey_joins(&a, &either, OVF_JOURNEY_STOP_S));
    assert_true(ovf_journey_is_cut(&a, &either, OVF_JOURNEY_STOP_S));
}

static void flights_out_of_order_do_not_join(void **state)
{
    (void)state;
    const struct ovf_journey_leg a = make(TEHRAN, 0, 5 * HOUR, BAGHDAD);
    const struct ovf_journey_leg b = make(BAGHDAD, 4 * HOUR, 6 * HOUR, TEHRAN);
    assert_false(ovf_journey_joins(&a, &b, OVF_JOURNEY_STOP_S));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_flight_is_one_journey),
        cmocka_unit_test(tehran_baghdad_damascus_is_one_journey_of_two_flights),
        cmocka_unit_test(the_way_home_is_a_journey_of_its_own),
        cmocka_unit_test(a_shuttle_is_a_journey_each_way),
        cmocka_unit_test(other_airports_do_not_join),
        cmocka_unit_test(unknown_ends_join_when_there_was_no_time_for_another_flight),
        cmocka_unit_test(unknown_ends_join_when_it_was_low_at_one_place),
        cmocka_unit_test(where_two_aircraft_have_the_address_nothing_joins),
        cmocka_unit_test(flights_out_of_order_do_not_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
