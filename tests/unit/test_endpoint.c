/* SPDX-License-Identifier: Apache-2.0 */
/* Departure and arrival in a small invented world near 0 N 10 E, where a degree is 111.2 km both ways:
 * BIG (runway 09/27, elevation 1,000 ft), LONE 2 degrees north, TWINA and TWINB 7 km apart 4 degrees
 * north, PAD a heliport, OLD a closed field under the approach to BIG,
 * STRIP too short for jets, NOFT of unknown elevation, LOW and HIGH 33 km apart 12 degrees north, and EAST
 * in New Zealand, where a compass points 21 degrees east of north (World Magnetic Model, 2020). */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "flight/endpoint.h"

#define M_PER_DEG 111195.0
#define NMI 1852.0

#define AIRPORT(id, type, lat, lon, ft, service, length)                                           \
    "{\"identifier\":\"" id "\",\"type\":\"" type "\",\"name\":\"\",\"latitude\":" lat             \
    ",\"longitude\":" lon ",\"elevation\":" ft ",\"country\":\"XA\",\"scheduledService\":" service \
    ",\"runways\":[{\"length\":" length                                                            \
    ",\"leIdent\":\"09\",\"heIdent\":\"27\",\"closed\":false}]}"

/* clang-format off */
static const char world[] = "["
    AIRPORT("BIG", "large_airport", "0.0", "10.0", "1000", "true", "12000") ","
    AIRPORT("OLD", "closed", "0.0", "9.9", "1000", "false", "12000") ","
    AIRPORT("STRIP", "small_airport", "0.06", "10.06", "1000", "false", "1500") ","
    AIRPORT("PAD", "heliport", "1.0", "10.0", "1000", "false", "50") ","
    AIRPORT("LONE", "medium_airport", "2.0", "10.0", "500", "true", "9000") ","
    AIRPORT("TWINA", "large_airport", "4.0", "10.0", "500", "true", "9000") ","
    AIRPORT("TWINB", "large_airport", "4.06", "10.0", "500", "true", "9000") ","
    AIRPORT("NOFT", "large_airport", "8.0", "10.0", "0", "true", "9000") ","
    AIRPORT("LOW", "large_airport", "12.0", "10.0", "500", "true", "9000") ","
    AIRPORT("HIGH", "medium_airport", "12.0", "10.3", "6000", "true", "9000") ","
    AIRPORT("EAST", "large_airport", "-40.0", "176.0", "500", "true", "9000") "]";
/* clang-format on */

static struct ovf_buffer section;
static struct ovf_airports airports;
static struct ovf_track track;
static struct ovf_endpoint end;

static int build(void **state)
{
    (void)state;
    struct ovf_airports_stats stats;
    if (ovf_airports_build(ovf_bytes_from_text(world), &section, &stats, NULL) != OVF_OK)
        return -1;
    return ovf_airports_view(ovf_buffer_bytes(&section), &airports, NULL) == OVF_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    ovf_buffer_deinit(&section);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    ovf_track_deinit(&track);
    return 0;
}

static struct ovf_fix make(int64_t t_s, double lat_deg, double lon_deg, double alt_ft)
{
    return (struct ovf_fix){
        .t_ns = t_s * OVF_NS_PER_S,
        .at = {(int32_t)(lat_deg * OVF_E7_PER_DEG), (int32_t)(lon_deg * OVF_E7_PER_DEG)},
        .alt_baro_ft = (int32_t)alt_ft,
        .has = OVF_FIX_ALT_BARO,
        .source = OVF_SOURCE_ADSB,
        .grade = OVF_GRADE_B};
}

static void push(struct ovf_fix fix)
{
    assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
}

/* An airliner's way that ends at (lat, lon) at alt_ft, flying east for two minutes at 180 kt, having
 * come down by fall_ft; it was high before. */
static void arrive(double lat_deg, double lon_deg, double alt_ft, double fall_ft)
{
    push(make(-3600, lat_deg, lon_deg - 5, 35000));
    for (int s = -120; s <= 0; s += 10) {
        struct ovf_fix fix = make(s, lat_deg, lon_deg + s * 180 * NMI / 3600 / M_PER_DEG,
                                  alt_ft - fall_ft * s / 120);
        fix.has |= OVF_FIX_TRACK | OVF_FIX_GS;
        fix.track_deg = 90;
        fix.gs_kt = 180;
        push(fix);
    }
}

static void push_ground(int64_t t_s, double lat_deg, double lon_deg)
{
    struct ovf_fix fix = make(t_s, lat_deg, lon_deg, 0);
    fix.has = 0;
    fix.flags = OVF_FIX_ON_GROUND;
    push(fix);
}

static void find(enum ovf_end which)
{
    struct ovf_legs legs = {0};
    assert_int_equal(ovf_legs_split(&track, &legs), OVF_OK);
    assert_int_equal(legs.n, 1);
    ovf_endpoint_find(&airports, &track, &legs.items[0], which, &end);
    ovf_legs_deinit(&legs);
}

static void assert_end(enum ovf_endpoint_kind kind, const char *code)
{
    if (end.kind != kind)
        print_error("%s: %s\n", ovf_endpoint_kind_name(end.kind), end.reason);
    assert_int_equal(end.kind, kind);
    assert_int_equal(end.has_airport, code != NULL);
    assert_true(end.reason[0] != '\0');
    assert_true(end.score >= (code == NULL ? 0 : 0.5) && end.score < 1);
    if (code != NULL) {
        assert_string_equal(ovf_airports_get(&airports, end.airport).code, code);
        assert_string_equal(end.country, "XA");
    }
}

static void on_the_ground_at_the_field_is_observed(void **state)
{
    (void)state;
    arrive(0, 9.9, 1500, 2000);
    push_ground(60, 0.005, 10.0);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_OBSERVED, "BIG");
    assert_true(end.score > 0.9);
}

static void on_the_ground_far_from_any_field_is_unknown(void **state)
{
    (void)state;
    arrive(-1, 9.9, 1500, 2000);
    push_ground(60, -1, 10.0);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void on_the_ground_at_a_closed_field_it_is_not_there(void **state)
{
    (void)state;
    arrive(0, 9.85, 1500, 2000);
    push_ground(60, 0, 9.89);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void on_short_final_is_observed(void **state)
{
    (void)state;
    arrive(0, 10 - 3 * NMI / M_PER_DEG, 1900, 1200);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_OBSERVED, "BIG");
}

/* On the final of a runway whose number says 90, on a track of 90 + off_deg. */
static enum ovf_endpoint_kind kind_off_line(double lat_deg, double lon_deg, float off_deg)
{
    arrive(lat_deg, lon_deg - 2.5 * NMI / M_PER_DEG, 1400, 1200);
    for (size_t i = 1; i < track.fixes.n; i++)
        track.fixes.items[i].track_deg = 90 + off_deg;
    find(OVF_END_ARRIVAL);
    ovf_track_deinit(&track);
    return end.kind;
}

static void a_runway_is_numbered_by_the_compass(void **state)
{
    (void)state;
    assert_int_equal(kind_off_line(2, 10, 0), OVF_ENDPOINT_OBSERVED);
    assert_int_equal(kind_off_line(2, 10, 35), OVF_ENDPOINT_INFERRED);
    assert_int_equal(kind_off_line(-40, 176, 21), OVF_ENDPOINT_OBSERVED);
    assert_int_equal(kind_off_line(-40, 176, 35), OVF_ENDPOINT_OBSERVED);
    assert_int_equal(kind_off_line(-40, 176, -10), OVF_ENDPOINT_INFERRED);
}

static void low_across_the_runway_is_not_observed(void **state)
{
    (void)state;
    arrive(-3 * NMI / M_PER_DEG, 10, 1900, 1200);
    for (size_t i = 1; i < track.fixes.n; i++)
        track.fixes.items[i].track_deg =
            0; /* the field is straight ahead, its runway lies athwart */
    find(OVF_END_ARRIVAL);
    assert_true(end.kind != OVF_ENDPOINT_OBSERVED);
}

static void low_and_level_over_the_field_is_unknown(void **state)
{
    (void)state;
    arrive(0, 10 - 3 * NMI / M_PER_DEG, 1900, 0);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void past_the_field_is_not_observed_there(void **state)
{
    (void)state;
    arrive(2, 10 + 3 * NMI / M_PER_DEG, 1000, 1200);
    find(OVF_END_ARRIVAL);
    assert_true(end.kind != OVF_ENDPOINT_OBSERVED);
}

static void climbing_away_is_an_observed_departure(void **state)
{
    (void)state;
    push(make(0, 2, 10 + 2 * NMI / M_PER_DEG, 1000));
    push(make(60, 2, 10 + 5 * NMI / M_PER_DEG, 3000));
    push(make(1800, 2, 13, 33000));
    find(OVF_END_DEPARTURE);
    assert_end(OVF_ENDPOINT_OBSERVED, "LONE");
}

static void descending_towards_a_lone_field_is_inferred(void **state)
{
    (void)state;
    arrive(2, 10 - 8 * NMI / M_PER_DEG, 3000, 2000);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_INFERRED, "LONE");
}

static void beyond_thirty_kilometres_no_field_is_sure(void **state)
{
    (void)state;
    arrive(2, 10 - 29500 / M_PER_DEG, 5000, 2000);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_INFERRED, "LONE");
    assert_true(end.score >= 0.9);
    ovf_track_deinit(&track);
    arrive(2, 10 - 31000 / M_PER_DEG, 5000, 2000);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_INFERRED, "LONE");
    assert_true(end.score < 0.9);
}

static void who_comes_next_is_named_beside_it(void **state)
{
    (void)state;
    arrive(4.0, 10 - 6 * NMI / M_PER_DEG, 2300, 2000);
    find(OVF_END_ARRIVAL);
    assert_int_equal(end.n_candidates, 2);
    assert_string_equal(ovf_airports_get(&airports, end.candidates[0]).code, "TWINA");
    assert_string_equal(ovf_airports_get(&airports, end.candidates[1]).code, "TWINB");
    if (end.has_airport) {
        assert_true(end.has_runner_up);
        assert_int_equal(end.airport, end.candidates[0]);
        assert_int_equal(end.runner_up, end.candidates[1]);
    }
}

/* 11,000 ft up: too high above LOW, which is where it goes; not above HIGH. */
static void a_higher_field_near_by_does_not_make_it_known(void **state)
{
    (void)state;
    arrive(12, 10 - 45000 / M_PER_DEG, 11000, 3000);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
    assert_string_equal(ovf_airports_get(&airports, end.candidates[0]).code, "LOW");
}

/* The altimeter says 9,400 ft above the field, and is off by 800 on a day of high or low pressure. */
static void what_may_be_above_ten_thousand_feet_is_too_high(void **state)
{
    (void)state;
    arrive(2, 10 - 20 * NMI / M_PER_DEG, 9900, 4000);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void between_two_fields_that_fit_alike_it_is_unknown(void **state)
{
    (void)state;
    arrive(4.03, 10 - 8 * NMI / M_PER_DEG, 3000, 2000);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
    assert_non_null(strstr(end.reason, "TWINA"));
    assert_non_null(strstr(end.reason, "TWINB"));
}

static void from_cruise_it_is_unknown_even_above_the_field(void **state)
{
    (void)state;
    arrive(2, 10, 35000, 0);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
    find(OVF_END_DEPARTURE);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void ten_thousand_feet_above_the_field_is_too_high_to_tell(void **state)
{
    (void)state;
    arrive(2, 10 - 8 * NMI / M_PER_DEG, 10600, 4000);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void sixty_kilometres_away_is_too_far(void **state)
{
    (void)state;
    arrive(2, 10 - 61000 / M_PER_DEG, 5000, 4000);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void without_an_altitude_it_is_unknown(void **state)
{
    (void)state;
    arrive(2, 10 - 3 * NMI / M_PER_DEG, 1000, 2000);
    for (size_t i = 0; i < track.fixes.n; i++)
        track.fixes.items[i].has &= (uint16_t)~OVF_FIX_ALT_BARO;
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void a_field_of_unknown_elevation_is_never_observed_from_the_air(void **state)
{
    (void)state;
    arrive(8, 10 - 2 * NMI / M_PER_DEG, 500, 2000);
    find(OVF_END_ARRIVAL);
    assert_true(end.kind != OVF_ENDPOINT_OBSERVED);
}

static void the_geometric_altitude_goes_before_the_barometric(void **state)
{
    (void)state;
    arrive(2, 10 - 3 * NMI / M_PER_DEG, 1000, 2000);
    for (size_t i = 0; i < track.fixes.n; i++) {
        track.fixes.items[i].has |= OVF_FIX_ALT_GEOM;
        track.fixes.items[i].alt_geom_ft = track.fixes.items[i].alt_baro_ft + 12000;
    }
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void suspect_fixes_place_nothing(void **state)
{
    (void)state;
    arrive(2, 10 - 3 * NMI / M_PER_DEG, 1000, 2000);
    for (size_t i = 1; i < track.fixes.n; i++)
        track.fixes.items[i].grade = OVF_GRADE_X;
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void a_jet_does_not_land_on_a_pad(void **state)
{
    (void)state;
    arrive(1, 9.99, 1500, 2000);
    push_ground(60, 1, 10.0);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_UNKNOWN, NULL);
}

static void what_is_slow_and_low_may_stand_on_a_pad(void **state)
{
    (void)state;
    push(make(-600, 1.2, 10, 2500));
    push(make(-60, 1.02, 10, 1500));
    push_ground(0, 1.001, 10);
    find(OVF_END_ARRIVAL);
    assert_end(OVF_ENDPOINT_OBSERVED, "PAD");
    assert_true(end.score < 0.9);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_teardown(name, clear)
    const struct CMUnitTest tests[] = {
        CASE(on_the_ground_at_the_field_is_observed),
        CASE(on_the_ground_far_from_any_field_is_unknown),
        CASE(on_the_ground_at_a_closed_field_it_is_not_there),
        CASE(on_short_final_is_observed),
        CASE(a_runway_is_numbered_by_the_compass),
        CASE(beyond_thirty_kilometres_no_field_is_sure),
        CASE(who_comes_next_is_named_beside_it),
        CASE(a_higher_field_near_by_does_not_make_it_known),
        CASE(what_may_be_above_ten_thousand_feet_is_too_high),
        CASE(low_across_the_runway_is_not_observed),
        CASE(low_and_level_over_the_field_is_unknown),
        CASE(past_the_field_is_not_observed_there),
        CASE(climbing_away_is_an_observed_departure),
        CASE(descending_towards_a_lone_field_is_inferred),
        CASE(between_two_fields_that_fit_alike_it_is_unknown),
        CASE(from_cruise_it_is_unknown_even_above_the_field),
        CASE(ten_thousand_feet_above_the_field_is_too_high_to_tell),
        CASE(sixty_kilometres_away_is_too_far),
        CASE(without_an_altitude_it_is_unknown),
        CASE(a_field_of_unknown_elevation_is_never_observed_from_the_air),
        CASE(the_geometric_altitude_goes_before_the_barometric),
        CASE(suspect_fixes_place_nothing),
        CASE(a_jet_does_not_land_on_a_pad),
        CASE(what_is_slow_and_low_may_stand_on_a_pad),
    };
    return cmocka_run_group_tests(tests, build, tear_down);
}
