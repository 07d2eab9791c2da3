/* SPDX-License-Identifier: Apache-2.0 */
/* An end that is not known: the countries that could be reached, and none of the airports. Damascus (OSDI), Beirut
 * (OLBA) and Amman (OJAI), military fields between them, lie within 190 km of one another;
 * distances are those of the pack's airports on a map. Made airports lie on the equator, where
 * a degree is 111.2 km of the mean sphere; what is in reach is so by a kilometre more than the 0.6 % of that sphere. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "flight/countries.h"
#include "geo/local.h"
#include "question/pack_file.h"

static struct ovf_pack_file pack;
static struct ovf_airports airports;
static struct ovf_country_fields *pack_fields;
static struct ovf_track track;
static struct ovf_endpoint end;

static int open_pack(void **state)
{
    (void)state;
    if (access(OVF_BUILD_PACK, R_OK) != 0)
        return 0;
    if (ovf_pack_file_open(OVF_BUILD_PACK, &pack, NULL) != OVF_OK ||
        ovf_airports_view(pack.pack.airports, &airports, NULL) != OVF_OK)
        return 1;
    pack_fields = ovf_country_fields_new(&airports);
    return pack_fields == NULL;
}

static int close_pack(void **state)
{
    (void)state;
    ovf_country_fields_free(pack_fields);
    ovf_pack_file_close(&pack);
    return 0;
}

static int need_pack(void **state)
{
    (void)state;
    (void)ovf_test_pack();
    return 0;
}

/* A jet that came from the east and was last heard there, descending to alt_ft. */
static void lose(double lat_deg, double lon_deg, int32_t alt_ft)
{
    struct ovf_legs legs = {0};
    for (int s = -1200; s <= 0; s += 10) {
        const struct ovf_fix fix = {
            .t_ns = s * OVF_NS_PER_S,
            .at = {(int32_t)(lat_deg * OVF_E7_PER_DEG),
                   (int32_t)((lon_deg - s * 200 / 93000.0) * OVF_E7_PER_DEG)},
            .alt_geom_ft = alt_ft - s * 20,
            .gs_kt = 390,
            .track_deg = 270,
            .has = OVF_FIX_ALT_GEOM | OVF_FIX_GS | OVF_FIX_TRACK,
            .source = OVF_SOURCE_ADSB,
            .flags = OVF_FIX_IN_AIR,
            .grade = OVF_GRADE_B};
        assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
    }
    assert_int_equal(ovf_legs_split(&track, &legs), OVF_OK);
    assert_int_equal(legs.n, 1);
    ovf_endpoint_find(&airports, &track, &legs.items[0], OVF_END_ARRIVAL, &end);
    ovf_legs_deinit(&legs);
    ovf_track_deinit(&track);
}

static const struct ovf_countries_limits limits = {
    .hard_kt = 720, .clock_s = 2, .horizon_s = 3600, .descent_fpm = 500, .stop_s = 600};

static bool has(const struct ovf_countries *countries, const char *code)
{
    for (unsigned i = 0; i < countries->n && i < OVF_COUNTRIES_MAX; i++)
        if (strcmp(countries->codes[i], code) == 0)
            return true;
    return false;
}

static void near_damascus_no_airport_is_named_from_above_ten_thousand_feet(void **state)
{
    (void)state;
    for (double lon_deg = 36.4; lon_deg < 37.6; lon_deg += 0.05) {
        for (int32_t alt_ft = 12500; alt_ft <= 30000; alt_ft += 2500) {
            lose(33.45, lon_deg, alt_ft); /* Damascus lies at 2,020 ft */
            assert_int_equal(end.kind, OVF_ENDPOINT_UNKNOWN);
            assert_false(end.has_airport);
            assert_null(strstr(end.reason, "OSDI"));
        }
    }
}

static void the_countries_in_reach_are_listed_the_nearest_first(void **state)
{
    (void)state;
    struct ovf_countries countries;
    lose(33.45, 37.0, 3150); /* 3,500 ft with what its altitude may be off: 7 min, 156 km */
    ovf_countries_find(pack_fields, &end, NULL, &limits, &countries);
    assert_int_equal(countries.bound, OVF_BOUND_DESCENT);
    assert_near(countries.within_s, 420, 1);
    assert_string_equal(countries.codes[0], "SY");
    assert_true(has(&countries, "LB"));  /* Rayak, 110 km */
    assert_true(has(&countries, "JO"));  /* Mafraq, 150 km */
    assert_false(has(&countries, "IQ")); /* its border is 180 km away, its fields farther */
}

static void of_many_countries_five_are_named_and_all_are_counted(void **state)
{
    (void)state;
    struct ovf_countries countries;
    lose(49.6, 6.2, 30000); /* Luxembourg: BE, DE, FR, LU, NL within 150 km; CH at 200 */
    ovf_countries_find(pack_fields, &end, NULL, &limits, &countries);
    assert_string_equal(countries.codes[0], "LU");
    assert_true(countries.n > 10);
    for (unsigned i = 0; i < OVF_COUNTRIES_MAX; i++)
        assert_int_equal(strlen(countries.codes[i]), 2);
    assert_true(has(&countries, "BE") && has(&countries, "DE") && has(&countries, "FR"));
}

static void over_the_ocean_there_are_none(void **state)
{
    (void)state;
    struct ovf_countries countries;
    lose(-48.9, -123.4, 35000); /* Point Nemo: 2,690 km from any land */
    ovf_countries_find(pack_fields, &end, NULL, &limits, &countries);
    assert_int_equal(countries.n, 0);
}

static void a_known_end_asks_for_none(void **state)
{
    (void)state;
    struct ovf_countries countries;
    lose(33.4115, 36.65, 3800); /* 12 km east of Damascus */
    assert_int_equal(end.kind, OVF_ENDPOINT_INFERRED);
    assert_string_equal(ovf_airports_get(&airports, end.airport).code, "OSDI");
    ovf_countries_find(pack_fields, &end, NULL, &limits, &countries);
    assert_int_equal(countries.n, 0);
}

/* What a look at all fields finds about \p at. */
struct plain {
    unsigned n;
    struct ovf_airport nearest[400]; /* of each country */
    double distance_m[400];
};

static void look_at(struct plain *plain, const struct ovf_airport *field, double distance_m)
{
    unsigned i = 0;
    while (i < plain->n && strcmp(plain->nearest[i].country, field->country) != 0)
        i++;
    assert_true(i < 400);
    if (i == plain->n)
        plain->distance_m[plain->n++] = (double)INFINITY;
    if (distance_m < plain->distance_m[i]) {
        plain->nearest[i] = *field;
        plain->distance_m[i] = distance_m;
    }
}

static void look_at_all(struct ovf_point at, double needed_ft, double reach_m, struct plain *plain)
{
    plain->n = 0;
    for (uint32_t i = 0; i < airports.n; i++) {
        const struct ovf_airport field = ovf_airports_get(&airports, i);
        const double longest_ft = ovf_airports_longest_ft(&airports, &field);
        const double distance_m = ovf_point_chord_m(at, field.at);
        if (field.type <= OVF_AIRPORT_SMALL && distance_m <= reach_m &&
            (longest_ft > 0 ? longest_ft >= 0.7 * needed_ft : field.scheduled))
            look_at(plain, &field, distance_m);
    }
}

static void assert_nearest(const struct plain *plain, const struct ovf_countries *countries)
{
    assert_int_equal(countries->n, plain->n);
    for (unsigned k = 0; k < plain->n && k < OVF_COUNTRIES_MAX; k++) {
        unsigned i = 0;
        unsigned n_nearer = 0;
        while (strcmp(plain->nearest[i].country, countries->codes[k]) != 0)
            assert_true(++i < plain->n);
        for (unsigned m = 0; m < plain->n; m++)
            n_nearer += plain->distance_m[m] < plain->distance_m[i];
        assert_true(n_nearer <= k);
    }
}

static void of_all_fields_those_in_reach_count_and_no_others(void **state)
{
    (void)state;
    static struct plain plain;
    struct ovf_countries countries;
    for (int i = 0; i < 60; i++) {
        const struct ovf_point at = {(i * 7919 % 170 - 85) * OVF_E7_PER_DEG + i * 12345,
                                     (i * 104729 % 360 - 180) * OVF_E7_PER_DEG + i * 54321};
        /* At 500 fpm and 720 kt, and 0.6 % of the sphere: up to 1,318 km. */
        const struct ovf_endpoint asked = {.reach = {.is_set = true,
                                                     .at = at,
                                                     .descent_ft = 500.0 * i,
                                                     .runway_ft = i % 2 == 0 ? 3000 : 10000}};
        ovf_countries_find(pack_fields, &asked, NULL, &limits, &countries);
        look_at_all(at, asked.reach.runway_ft, 1.006 * i * 60 * 720 * 1852 / 3600, &plain);
        assert_nearest(&plain, &countries);
    }
}

/* ---- made airports ---- */

#define FIELD(country, lon)                                                                        \
    "{\"identifier\":\"" country "1\",\"gpsCode\":\"\",\"type\":\"large_airport\",\"name\":\"X\"," \
    "\"latitude\":0,\"longitude\":" lon ",\"elevation\":1,\"country\":\"" country                  \
    "\",\"scheduledService\":true,\"iataCode\":\"\",\"runways\":[{\"length\":9000,\"width\":150,"  \
    "\"closed\":false,\"leIdent\":\"09\",\"heIdent\":\"27\"}]}"

/* Which of two fields are in reach of an aircraft last heard at 0, 0, and of the fix beside. */
static struct ovf_countries ask(const char *fields, const struct ovf_endpoint_reach *reach,
                                const struct ovf_fix *beside)
{
    struct ovf_buffer section = {0};
    struct ovf_airports made;
    struct ovf_airports_stats stats;
    struct ovf_countries countries;
    const struct ovf_endpoint at = {.reach = *reach};
    assert_int_equal(ovf_airports_build(ovf_bytes_from_text(fields), &section, &stats, NULL),
                     OVF_OK);
    assert_int_equal(ovf_airports_view(ovf_buffer_bytes(&section), &made, NULL), OVF_OK);
    struct ovf_country_fields *const of_made = ovf_country_fields_new(&made);
    assert_non_null(of_made);
    ovf_countries_find(of_made, &at, beside, &limits, &countries);
    ovf_country_fields_free(of_made);
    ovf_buffer_deinit(&section);
    return countries;
}

static const struct ovf_endpoint_reach level = {
    .is_set = true, .descent_ft = (double)INFINITY, .runway_ft = 5000};

static void on_its_way_down_it_is_down_before_long(void **state)
{
    (void)state;
    struct ovf_endpoint_reach low = level;
    low.descent_ft = 8000; /* 16 min at 500 fpm: 355.6 km at 720 kt */
    const struct ovf_countries found =
        ask("[" FIELD("AA", "3.19") "," FIELD("BB", "-3.23") "]", &low, NULL);
    assert_int_equal(found.bound, OVF_BOUND_DESCENT);
    assert_near(found.within_s, 960, 1e-9);
    assert_int_equal(found.n, 1); /* 354.7 km; 359.2 km */
    assert_string_equal(found.codes[0], "AA");
}

static void in_level_flight_it_is_looked_for_up_to_the_horizon(void **state)
{
    (void)state;
    const struct ovf_countries found =
        ask("[" FIELD("AA", "11.97") "," FIELD("BB", "-12.15") "]", &level, NULL);
    assert_int_equal(found.bound, OVF_BOUND_HORIZON);
    assert_int_equal(found.n, 1); /* 1,333.4 km; 1,331 and 1,351 km */
    assert_string_equal(found.codes[0], "AA");
}

static void a_degree_of_several_countries_is_looked_through(void **state)
{
    (void)state;
    const struct ovf_countries found =
        ask("[" FIELD("AA", "0.2") "," FIELD("AA", "3.1") "," FIELD("BB", "3.2") "]", &level, NULL);
    assert_int_equal(found.n, 2);
    assert_string_equal(found.codes[0], "AA");
    assert_string_equal(found.codes[1], "BB");
}

static struct ovf_fix heard_at(double lon_deg, int64_t t_s)
{
    return (struct ovf_fix){.t_ns = t_s * OVF_NS_PER_S,
                            .at = {0, (int32_t)(lon_deg * OVF_E7_PER_DEG)}};
}

/* Ten minutes on the ground leave 1,000 s: 370.4 km from 0 by way of the field to 2 degrees (222.4 km). */
static void heard_again_it_had_time_to_get_there(void **state)
{
    (void)state;
    const struct ovf_fix again = heard_at(2, 1596);
    const struct ovf_countries found = ask("[" FIELD("AA", "2.65") "," FIELD("BB", "1") "," FIELD(
                                               "CC", "-0.65") "," FIELD("DD", "-0.70") "]",
                                           &level, &again);
    assert_int_equal(found.bound, OVF_BOUND_HEARD);
    assert_int_equal(found.heard_ns, again.t_ns);
    assert_near(found.within_s, 1000, 1e-9);
    assert_int_equal(found.n, 3);
    assert_string_equal(found.codes[0], "CC"); /* by how near they are to where it was last heard */
    assert_string_equal(found.codes[1], "BB");
    assert_string_equal(found.codes[2], "AA");
}

static void heard_before_is_the_same_of_a_departure(void **state)
{
    (void)state;
    const struct ovf_fix before = heard_at(2, -1596);
    const struct ovf_countries found =
        ask("[" FIELD("AA", "2.65") "," FIELD("DD", "-0.70") "]", &level, &before);
    assert_int_equal(found.bound, OVF_BOUND_HEARD);
    assert_int_equal(found.n, 1);
}

static void heard_again_too_soon_it_landed_nowhere(void **state)
{
    (void)state;
    const struct ovf_fix far = heard_at(4, 1596); /* 445 km in 1,000 s */
    const struct ovf_fix soon = heard_at(0.1, 500);
    assert_int_equal(ask("[" FIELD("AA", "1") "]", &level, &far).n, 0);
    assert_int_equal(ask("[" FIELD("AA", "0.05") "]", &level, &soon).n, 0);
}

static void heard_again_beyond_the_horizon_is_not_heard_again(void **state)
{
    (void)state;
    const struct ovf_fix late = heard_at(40, 3601);
    const struct ovf_countries found = ask("[" FIELD("AA", "11.97") "]", &level, &late);
    assert_int_equal(found.bound, OVF_BOUND_HORIZON);
    assert_int_equal(found.n, 1);
}

static void on_the_ground_its_field_is_at_hand(void **state)
{
    (void)state;
    struct ovf_endpoint_reach parked = level;
    parked.on_ground = true;
    const struct ovf_fix again = heard_at(2, 1596);
    const struct ovf_countries found =
        ask("[" FIELD("AA", "0.13") "," FIELD("BB", "-0.14") "]", &parked, &again);
    assert_int_equal(found.bound, OVF_BOUND_GROUND);
    assert_int_equal(found.n, 1); /* 14.5 km, 15.6 km */
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup(name, need_pack)
    const struct CMUnitTest tests[] = {
        CASE(near_damascus_no_airport_is_named_from_above_ten_thousand_feet),
        CASE(the_countries_in_reach_are_listed_the_nearest_first),
        CASE(of_many_countries_five_are_named_and_all_are_counted),
        CASE(over_the_ocean_there_are_none),
        CASE(of_all_fields_those_in_reach_count_and_no_others),
        CASE(a_known_end_asks_for_none),
        cmocka_unit_test(on_its_way_down_it_is_down_before_long),
        cmocka_unit_test(in_level_flight_it_is_looked_for_up_to_the_horizon),
        cmocka_unit_test(a_degree_of_several_countries_is_looked_through),
        cmocka_unit_test(heard_again_it_had_time_to_get_there),
        cmocka_unit_test(heard_before_is_the_same_of_a_departure),
        cmocka_unit_test(heard_again_too_soon_it_landed_nowhere),
        cmocka_unit_test(heard_again_beyond_the_horizon_is_not_heard_again),
        cmocka_unit_test(on_the_ground_its_field_is_at_hand),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
