/* SPDX-License-Identifier: Apache-2.0 */
/* An end that is not known: the countries about it, and none of the airports. Damascus (OSDI), Beirut
 * (OLBA) and Amman (OJAI), military fields between them, lie within 190 km of one another
 * (spec/inference.md 2.5); distances are those of the pack's airports on a map. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "flight/countries.h"
#include "run/pack_file.h"

static struct ovf_pack_file pack;
static struct ovf_airports airports;
static struct ovf_track track;
static struct ovf_endpoint end;

static int open_pack(void **state)
{
    (void)state;
    if (access(OVF_BUILD_PACK, R_OK) != 0)
        return 0;
    return ovf_pack_file_open(OVF_BUILD_PACK, &pack, NULL) != OVF_OK ||
           ovf_airports_view(pack.pack.airports, &airports, NULL) != OVF_OK;
}

static int close_pack(void **state)
{
    (void)state;
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

static void the_countries_about_it_are_listed_the_nearest_first(void **state)
{
    (void)state;
    struct ovf_countries countries;
    lose(33.45, 37.0, 20000);
    ovf_countries_find(&airports, &end, &countries);
    assert_string_equal(countries.codes[0], "SY");
    assert_true(has(&countries, "LB")); /* Rayak, 110 km */
    assert_true(has(&countries, "JO")); /* Mafraq, 150 km */
    assert_true(has(&countries, "IL"));
    assert_false(has(&countries, "IQ")); /* its border is 180 km away, its fields farther */
}

static void of_many_countries_five_are_named_and_all_are_counted(void **state)
{
    (void)state;
    struct ovf_countries countries;
    lose(49.6, 6.2, 30000); /* Luxembourg: BE, DE, FR, LU, NL within 150 km; CH at 200 */
    ovf_countries_find(&airports, &end, &countries);
    assert_string_equal(countries.codes[0], "LU");
    assert_true(countries.n >= 5);
    for (unsigned i = 0; i < OVF_COUNTRIES_MAX; i++)
        assert_int_equal(strlen(countries.codes[i]), 2);
}

static void over_the_ocean_there_are_none(void **state)
{
    (void)state;
    struct ovf_countries countries;
    lose(-30, -110, 35000);
    ovf_countries_find(&airports, &end, &countries);
    assert_int_equal(countries.n, 0);
}

static void a_known_end_asks_for_none(void **state)
{
    (void)state;
    struct ovf_countries countries;
    lose(33.4115, 36.65, 3800); /* 12 km east of Damascus */
    assert_int_equal(end.kind, OVF_ENDPOINT_INFERRED);
    assert_string_equal(ovf_airports_get(&airports, end.airport).code, "OSDI");
    ovf_countries_find(&airports, &end, &countries);
    assert_int_equal(countries.n, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup(name, need_pack)
    const struct CMUnitTest tests[] = {
        CASE(near_damascus_no_airport_is_named_from_above_ten_thousand_feet),
        CASE(the_countries_about_it_are_listed_the_nearest_first),
        CASE(of_many_countries_five_are_named_and_all_are_counted),
        CASE(over_the_ocean_there_are_none),
        CASE(a_known_end_asks_for_none),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
