/* SPDX-License-Identifier: Apache-2.0 */
/* The airport section: built from small files in the source's form, looked up, and broken on purpose.
 * Positions, elevations and runways of the named airports are the source's own. */
#include "test.h"

#include <string.h>

#include "geo/local.h"
#include "pack/airports.h"

#define RUNWAY(low, high, length, closed)                                                          \
    "{\"length\":" length ",\"width\":150,\"closed\":" closed ",\"leIdent\":\"" low                \
    "\",\"heIdent\":\"" high "\"}"
#define AIRPORT(id, gps, type, lat, lon, ft, country, runways)                                     \
    "{\"identifier\":\"" id "\",\"gpsCode\":\"" gps "\",\"type\":\"" type                          \
    "\",\"name\":\"Name of " id "\",\"latitude\":" lat ",\"longitude\":" lon ",\"elevation\":" ft  \
    ",\"country\":\"" country                                                                      \
    "\",\"scheduledService\":true,\"iataCode\":\"\",\"runways\":[" runways "]}"

static const char world[] =
    "[" AIRPORT("LLBG", "LLBG", "large_airport", "32.011398", "34.8867", "135", "IL", RUNWAY("08", "26", "13327", "false") "," RUNWAY("12", "30", "10209", "true")) "," AIRPORT(
        "OSDI", "", "large_airport",
        "33.4114990234375", "36.51559829711914",
        "2020", "SY",
        RUNWAY(
            "05R", "23L", "11811",
            "false")) "," AIRPORT("CN-0079", "ZGSG", "medium_airport", "24.9", "113.4", "0", "CN",
                                  RUNWAY("NNE", "", "0", "false") "," RUNWAY("H1", "", "50", "false") "," RUNWAY(
                                      "39", "21", "50",
                                      "false")) "," AIRPORT("EAST", "", "small_airport", "-17.0",
                                                            "179.9", "10", "FJ",
                                                            "") "," AIRPORT("WEST", "",
                                                                            "small_airport",
                                                                            "-17.0", "-179.9",
                                                                            "10", "FJ",
                                                                            "") "," AIRPORT("EDGE",
                                                                                            "",
                                                                                            "small_"
                                                                                            "airpor"
                                                                                            "t",
                                                                                            "-16.0",
                                                                                            "180.0",
                                                                                            "10",
                                                                                            "FJ",
                                                                                            "") "," AIRPORT("POLE",
                                                                                                            "",
                                                                                                            "small_airport",
                                                                                                            "89.9",
                                                                                                            "0.0",
                                                                                                            "10",
                                                                                                            "NO",
                                                                                                            "") "," AIRPORT("TOP",
                                                                                                                            "",
                                                                                                                            "small_airport",
                                                                                                                            "90.0",
                                                                                                                            "12.0",
                                                                                                                            "10",
                                                                                                                            "NO",
                                                                                                                            "") "," AIRPORT("AGAIN",
                                                                                                                                            "TWIN",
                                                                                                                                            "closed",
                                                                                                                                            "10.0",
                                                                                                                                            "10.0",
                                                                                                                                            "10",
                                                                                                                                            "XX",
                                                                                                                                            "") "," AIRPORT("TWIN",
                                                                                                                                                            "",
                                                                                                                                                            "small_airport",
                                                                                                                                                            "50.0",
                                                                                                                                                            "10.0",
                                                                                                                                                            "10",
                                                                                                                                                            "XX",
                                                                                                                                                            "") "]";

static struct ovf_buffer section;
static struct ovf_airports airports;
static struct ovf_airports_stats stats;

static int build(void **state)
{
    (void)state;
    struct ovf_error err = {""};
    if (ovf_airports_build(ovf_bytes_from_text(world), &section, &stats, &err) != OVF_OK ||
        ovf_airports_view(ovf_buffer_bytes(&section), &airports, &err) != OVF_OK) {
        print_error("%s\n", err.text);
        return -1;
    }
    return 0;
}

static int clear(void **state)
{
    (void)state;
    ovf_buffer_deinit(&section);
    return 0;
}

static struct ovf_airport find(const char *code)
{
    uint32_t index = 0;
    assert_true(ovf_airports_find(&airports, ovf_bytes_from_text(code), &index));
    return ovf_airports_get(&airports, index);
}

static void an_airport_is_found_by_its_code_with_all_that_is_known(void **state)
{
    (void)state;
    const struct ovf_airport airport = find("LLBG");
    assert_int_equal(stats.n_airports, 10);
    assert_int_equal(airport.at.lat_e7, 320113980);
    assert_int_equal(airport.at.lon_e7, 348867000);
    assert_int_equal(airport.elevation_ft, 135);
    assert_true(airport.has_elevation);
    assert_true(airport.scheduled);
    assert_int_equal(airport.type, OVF_AIRPORT_LARGE);
    assert_string_equal(airport.country, "IL");
    assert_true(ovf_bytes_equal_text(airport.name, "Name of LLBG"));
    assert_int_equal(airport.n_runways, 2);
}

static void runways_say_length_direction_and_whether_they_are_closed(void **state)
{
    (void)state;
    const struct ovf_airport airport = find("LLBG");
    const struct ovf_runway first = ovf_airports_runway(&airports, airport.first_runway);
    const struct ovf_runway second = ovf_airports_runway(&airports, airport.first_runway + 1);
    assert_int_equal(first.length_ft, 13327);
    assert_near(first.heading_deg, 80, 0);
    assert_string_equal(first.low, "08");
    assert_string_equal(first.high, "26");
    assert_false(first.closed);
    assert_true(second.closed);
}

static void directions_come_from_numbers_and_compass_points_only(void **state)
{
    (void)state;
    const struct ovf_airport airport = find("ZGSG");
    const struct ovf_runway point = ovf_airports_runway(&airports, airport.first_runway);
    const struct ovf_runway pad = ovf_airports_runway(&airports, airport.first_runway + 1);
    const struct ovf_runway other_end = ovf_airports_runway(&airports, airport.first_runway + 2);
    assert_near(point.heading_deg, 23, 0); /* 22.5 */
    assert_true(point.has_heading);
    assert_false(pad.has_heading);
    assert_near(other_end.heading_deg, 30, 0); /* 39 is no direction; 21 less half a turn is */
}

static void an_elevation_of_zero_is_not_known(void **state)
{
    (void)state;
    assert_false(find("ZGSG").has_elevation);
    assert_int_equal(stats.n_without_elevation, 1);
}

static void the_icao_code_goes_before_the_sources_own(void **state)
{
    (void)state;
    uint32_t index = 0;
    assert_string_equal(find("ZGSG").identifier, "CN-0079");
    assert_false(ovf_airports_find(&airports, ovf_bytes_from_text("CN-0079"), &index));
    assert_false(ovf_airports_find(&airports, ovf_bytes_from_text(""), &index));
    assert_false(ovf_airports_find(&airports, ovf_bytes_from_text("LLBGLLBGLLBG"), &index));
    assert_false(ovf_airports_find(&airports, ovf_bytes_from_text("ZZZZ"), &index));
}

static void of_two_with_one_code_the_open_one_is_found(void **state)
{
    (void)state;
    assert_int_equal(find("TWIN").type, OVF_AIRPORT_SMALL);
}

/* ---- the nearest ---- */

struct near {
    uint32_t index;
    double distance_m;
};

struct nearest {
    struct near *found;
    size_t n;
    size_t capacity;
};

/** Keeps the nearest, in order; no two are as far. */
static void keep(void *context, uint32_t index, double distance_m)
{
    struct nearest *const nearest = context;
    size_t at = nearest->n;
    while (at > 0 && nearest->found[at - 1].distance_m > distance_m)
        at--;
    if (at == nearest->capacity)
        return;
    if (nearest->n < nearest->capacity)
        nearest->n++;
    for (size_t i = nearest->n - 1; i > at; i--)
        nearest->found[i] = nearest->found[i - 1];
    nearest->found[at] = (struct near){index, distance_m};
}

static size_t nearest_of(const struct ovf_airports *of, struct ovf_point point, double radius_m,
                         struct near *found, size_t capacity)
{
    struct nearest nearest = {found, 0, capacity};
    ovf_airports_each_near(of, point, radius_m, keep, &nearest);
    return nearest.n;
}

static size_t near(double lat_deg, double lon_deg, double radius_m, struct near *found,
                   size_t capacity)
{
    const struct ovf_point point = {(int32_t)(lat_deg * OVF_E7_PER_DEG),
                                    (int32_t)(lon_deg * OVF_E7_PER_DEG)};
    return nearest_of(&airports, point, radius_m, found, capacity);
}

static void nearest_come_first_across_the_antimeridian(void **state)
{
    (void)state;
    struct near found[4];
    /* 0.1 and 0.3 degrees of longitude at 17 S: 10.6 km and 31.9 km */
    assert_int_equal(near(-17, 179.8, 50000, found, 4), 2);
    assert_string_equal(ovf_airports_get(&airports, found[0].index).code, "EAST");
    assert_string_equal(ovf_airports_get(&airports, found[1].index).code, "WEST");
    assert_near(found[0].distance_m, 10634, 50);
    assert_near(found[1].distance_m, 31901, 150);
    assert_int_equal(near(-17, 179.8, 20000, found, 4), 1);
    assert_int_equal(near(-17, 179.8, 50000, found, 1), 1);
    assert_string_equal(ovf_airports_get(&airports, found[0].index).code, "EAST");
    assert_int_equal(near(-16, -180, 1000, found, 4), 1);
}

static void near_a_pole_every_longitude_is_near(void **state)
{
    (void)state;
    struct near found[4];
    assert_int_equal(near(89.95, 179.9, 30000, found, 4), 2); /* 0.15 and 0.05 degrees away */
    assert_string_equal(ovf_airports_get(&airports, found[0].index).code, "TOP");
    assert_int_equal(near(90, -180, 12000, found, 4), 2);
    assert_int_equal(near(-90, 0, 200000, found, 4), 0);
}

/* Every airport against a plain look at all of them. */
static void the_grid_finds_what_a_look_at_all_finds(void **state)
{
    (void)state;
    uint64_t seed = 20240131;
    for (int round = 0; round < 2000; round++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
        const struct ovf_airport home =
            ovf_airports_get(&airports, (uint32_t)(seed >> 40) % airports.n);
        int64_t lat_e7 = home.at.lat_e7 + (int64_t)((seed >> 20) % 40000000) - 20000000;
        const int64_t lon_e7 = home.at.lon_e7 + (int64_t)((seed >> 10) % 60000000) - 30000000;
        lat_e7 = lat_e7 > 900000000 ? 900000000 : lat_e7;
        const struct ovf_point point = {(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
        const double radius_m = (double)(seed >> 30 & 0x1ffff) * 1.5;
        struct near found[16];
        size_t n_plain = 0;
        for (uint32_t i = 0; i < airports.n; i++)
            n_plain += ovf_point_chord_m(point, ovf_airports_get(&airports, i).at) <=
                       (radius_m < 200000 ? radius_m : 200000);
        assert_int_equal(nearest_of(&airports, point, radius_m, found, 16), n_plain);
    }
}

/* ---- far and wide ---- */

enum { N_SPREAD = 4000, N_ASKED = OVF_SANITIZED ? 300 : 2000 };

static uint64_t next_number(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
    return *seed >> 20;
}

/* Airports all over the map, as many in a degree of the pole as of the equator. */
static void build_spread(struct ovf_buffer *out)
{
    struct ovf_buffer text = {0};
    struct ovf_airports_stats counts;
    uint64_t seed = 7;
    assert_int_equal(ovf_buffer_append_text(&text, "["), OVF_OK);
    for (int i = 0; i < N_SPREAD; i++) {
        char entry[400];
        const double lat_deg = (double)(next_number(&seed) % 1800000001) / 1e7 - 90;
        const double lon_deg = (double)(next_number(&seed) % 3600000000) / 1e7 - 180;
        (void)snprintf(entry, sizeof entry,
                       "%s" AIRPORT("P%d", "", "heliport", "%.7f", "%.7f", "10", "XX", ""),
                       i > 0 ? "," : "", i, i, lat_deg, lon_deg);
        assert_int_equal(ovf_buffer_append_text(&text, entry), OVF_OK);
    }
    assert_int_equal(ovf_buffer_append_text(&text, "]"), OVF_OK);
    assert_int_equal(ovf_airports_build(ovf_buffer_bytes(&text), out, &counts, NULL), OVF_OK);
    assert_int_equal(counts.n_airports, N_SPREAD);
    ovf_buffer_deinit(&text);
}

/** Notes each once. */
static void mark(void *context, uint32_t index, double distance_m)
{
    bool *const met = context;
    assert_true(distance_m >= 0);
    assert_false(met[index]);
    met[index] = true;
}

static void at_any_radius_those_are_visited_that_a_look_at_all_finds(void **state)
{
    (void)state;
    struct ovf_buffer built = {0};
    struct ovf_airports spread;
    uint64_t seed = 11;
    build_spread(&built);
    assert_int_equal(ovf_airports_view(ovf_buffer_bytes(&built), &spread, NULL), OVF_OK);
    for (int round = 0; round < N_ASKED; round++) {
        bool met[N_SPREAD] = {false};
        const struct ovf_point point = {
            (int32_t)((int64_t)(next_number(&seed) % 1800000001) - 900000000),
            (int32_t)((int64_t)(next_number(&seed) % 3600000000) - 1800000000)};
        const double share = (double)(next_number(&seed) % 1000001) / 1e6;
        const double radius_m = OVF_AIRPORTS_NEAR_MAX_M * share * share;
        ovf_airports_each_near(&spread, point, radius_m, mark, met);
        for (uint32_t i = 0; i < spread.n; i++)
            assert_int_equal(met[i],
                             ovf_point_chord_m(point, ovf_airports_get(&spread, i).at) <= radius_m);
    }
    ovf_buffer_deinit(&built);
}

static void entries_that_lack_what_is_needed_are_counted(void **state)
{
    (void)state;
    static const char text[] =
        "[1,{},null," AIRPORT("A", "", "small_airport", "91", "0", "1", "XX", "") "," AIRPORT(
            "B", "", "moon_base", "1", "0", "1", "XX",
            "") "," AIRPORT("", "", "small_airport", "1", "0", "1", "XX",
                            "") "," AIRPORT("NINECHARS", "", "small_airport", "1", "0", "1", "XX",
                                            "") "," AIRPORT("C", "", "small_airport", "1", "\"x\"",
                                                            "1", "XX",
                                                            "") "," AIRPORT("D", "",
                                                                            "small_airport", "1",
                                                                            "0", "\"\"", "XXX",
                                                                            "") "," AIRPORT("E", "",
                                                                                            "small_"
                                                                                            "airpor"
                                                                                            "t",
                                                                                            "1",
                                                                                            "0",
                                                                                            "\"\"",
                                                                                            "XX",
                                                                                            "7") "]";
    struct ovf_buffer built = {0};
    struct ovf_airports_stats counts;
    assert_int_equal(ovf_airports_build(ovf_bytes_from_text(text), &built, &counts, NULL), OVF_OK);
    assert_int_equal(counts.n_airports, 1);
    assert_int_equal(counts.n_rejected, 9);
    ovf_buffer_deinit(&built);
}

static void what_is_no_array_of_airports_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "[", "{}", "[]", "[{}]", "7", "\"x\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ovf_buffer built = {0};
        struct ovf_airports_stats counts;
        struct ovf_error err = {""};
        assert_int_equal(ovf_airports_build(ovf_bytes_from_text(texts[i]), &built, &counts, &err),
                         OVF_E_FORMAT);
        assert_true(err.text[0] != '\0');
        ovf_buffer_deinit(&built);
    }
}

static void the_order_of_the_source_does_not_show(void **state)
{
    (void)state;
    static const char ab[] =
        "[" AIRPORT("A", "", "small_airport", "1.1", "0", "1", "XX",
                    "") "," AIRPORT("B", "", "closed", "1.2", "0", "1", "XX", "") "]";
    static const char ba[] = "[" AIRPORT("B", "", "closed", "1.2", "0", "1", "XX", "") "," AIRPORT(
        "A", "", "small_airport", "1.1", "0", "1", "XX", "") "]";
    struct ovf_buffer one = {0};
    struct ovf_buffer two = {0};
    struct ovf_airports_stats counts;
    assert_int_equal(ovf_airports_build(ovf_bytes_from_text(ab), &one, &counts, NULL), OVF_OK);
    assert_int_equal(ovf_airports_build(ovf_bytes_from_text(ba), &two, &counts, NULL), OVF_OK);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    ovf_buffer_deinit(&one);
    ovf_buffer_deinit(&two);
}

/* Whatever byte is changed, the section is refused or can be read to the end. */
static void a_broken_section_is_refused_or_harmless(void **state)
{
    (void)state;
    unsigned char *copy = malloc(section.len);
    uint64_t seed = 7;
    assert_non_null(copy);
    for (int round = 0; round < (OVF_SANITIZED ? 400 : 4000); round++) {
        struct ovf_airports broken;
        struct near found[16];
        memcpy(copy, section.data, section.len);
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
        /* header, or behind the cells where the records are, or anywhere */
        size_t at = (size_t)(seed >> 16) % section.len;
        if (round % 4 == 0)
            at = (size_t)(seed >> 16) % 32;
        else if (round % 4 != 1)
            at = section.len - 1 - (size_t)(seed >> 16) % 900;
        copy[at] = (unsigned char)(copy[at] + 1 + (seed >> 56) % 255);
        if (ovf_airports_view((struct ovf_bytes){copy, section.len}, &broken, NULL) != OVF_OK)
            continue;
        for (uint32_t i = 0; i < broken.n; i++) {
            const struct ovf_airport airport = ovf_airports_get(&broken, i);
            uint32_t index = 0;
            assert_true(ovf_airports_find(&broken, ovf_bytes_from_text(airport.code), &index));
            for (uint32_t r = 0; r < airport.n_runways; r++)
                (void)ovf_airports_runway(&broken, airport.first_runway + r);
            assert_true(nearest_of(&broken, airport.at, 1, found, 16) > 0);
        }
    }
    free(copy);
}

/* The airport records stand behind the header and the 64,801 cells, rounded up to 8. */
static void a_type_that_is_none_is_refused(void **state)
{
    (void)state;
    unsigned char *type = section.data + (32 + 64801 * 4 + 7) / 8 * 8 + 23;
    const unsigned char old = *type;
    struct ovf_airports broken;
    *type = OVF_AIRPORT_TYPES;
    assert_int_equal(ovf_airports_view(ovf_buffer_bytes(&section), &broken, NULL), OVF_E_FORMAT);
    *type = old;
    assert_int_equal(ovf_airports_view(ovf_buffer_bytes(&section), &broken, NULL), OVF_OK);
}

/* The identifier is the last of a record's texts. */
static void texts_that_are_not_printable_to_their_end_are_refused(void **state)
{
    static const struct {
        char text[9];
        bool is_good;
    } cases[] = {
        {"", true},           {"A", true},
        {"!~AZaz09", true},   {"ABCDEFG", true},
        {"AB D", false},      {"ABCDEFG ", false},
        {"\x7F", false},      {"ABCDEFG\x7F", false},
        {"A\x80", false},     {"ABCDEFG\xFF", false},
        {"\x1F", false},      {"A\0C", false},
        {"\0BCDEFGH", false}, {"\0\0\0\0\0\0\0H", false},
        {"ABCDEF\0H", false}, {"A\x01", false},
    };
    (void)state;
    unsigned char *const at = section.data + (32 + 64801 * 4 + 7) / 8 * 8 + 40;
    unsigned char old[8];
    struct ovf_airports out;
    memcpy(old, at, 8);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memcpy(at, cases[i].text, 8);
        assert_int_equal(ovf_airports_view(ovf_buffer_bytes(&section), &out, NULL),
                         cases[i].is_good ? OVF_OK : OVF_E_FORMAT);
    }
    memcpy(at, old, 8);
}

static void a_section_that_is_cut_is_refused(void **state)
{
    (void)state;
    struct ovf_airports broken;
    for (size_t len = 0; len < section.len; len += len < 100 ? 1 : 997)
        assert_int_equal(ovf_airports_view((struct ovf_bytes){section.data, len}, &broken, NULL),
                         OVF_E_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_airport_is_found_by_its_code_with_all_that_is_known),
        cmocka_unit_test(runways_say_length_direction_and_whether_they_are_closed),
        cmocka_unit_test(directions_come_from_numbers_and_compass_points_only),
        cmocka_unit_test(an_elevation_of_zero_is_not_known),
        cmocka_unit_test(the_icao_code_goes_before_the_sources_own),
        cmocka_unit_test(of_two_with_one_code_the_open_one_is_found),
        cmocka_unit_test(nearest_come_first_across_the_antimeridian),
        cmocka_unit_test(near_a_pole_every_longitude_is_near),
        cmocka_unit_test(the_grid_finds_what_a_look_at_all_finds),
        cmocka_unit_test(at_any_radius_those_are_visited_that_a_look_at_all_finds),
        cmocka_unit_test(entries_that_lack_what_is_needed_are_counted),
        cmocka_unit_test(what_is_no_array_of_airports_is_refused),
        cmocka_unit_test(the_order_of_the_source_does_not_show),
        cmocka_unit_test(a_broken_section_is_refused_or_harmless),
        cmocka_unit_test(a_type_that_is_none_is_refused),
        cmocka_unit_test(texts_that_are_not_printable_to_their_end_are_refused),
        cmocka_unit_test(a_section_that_is_cut_is_refused),
    };
    return cmocka_run_group_tests(tests, build, clear);
}
