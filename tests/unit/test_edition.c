/* SPDX-License-Identifier: Apache-2.0 */
/* Names of airspaces, and the user's zones. Distances come from PROJ's geodesics, which the zones do not
 * use to place their vertices. */
#include "test.h"

#include <geodesic.h>

#include "airspace/edition.h"
#include "geo/circle.h"
#include "geo/densify.h"

static struct ovf_zone zone_of(const char *text)
{
    struct ovf_zone zone;
    struct ovf_error err;
    const enum ovf_status st = ovf_zone_parse(text, &zone, &err);
    if (st != OVF_OK)
        print_error("%s\n", err.text);
    assert_int_equal(st, OVF_OK);
    return zone;
}

static double distance_m(struct ovf_point a, struct ovf_point b)
{
    struct geod_geodesic g;
    double s12;
    geod_init(&g, 6378137.0, 1 / 298.257223563);
    geod_inverse(&g, ovf_deg_from_e7(a.lat_e7), ovf_deg_from_e7(a.lon_e7),
                 ovf_deg_from_e7(b.lat_e7), ovf_deg_from_e7(b.lon_e7), &s12, NULL, NULL);
    return s12;
}

static struct ovf_point point_of(double lat, double lon)
{
    return (struct ovf_point){(int32_t)lround(lat * 1e7), ovf_lon_wrap(llround(lon * 1e7))};
}

static void test_a_circle_is_read_with_and_without_name_and_limits(void **state)
{
    (void)state;
    struct ovf_zone z = zone_of("circle:33.25,-44.5,10");
    assert_string_equal(z.name, "");
    assert_int_equal(z.centre.lat_e7, 332500000);
    assert_int_equal(z.centre.lon_e7, -445000000);
    assert_near(z.radius_m, 18520, 1e-9);
    assert_int_equal(z.floor_ft, INT32_MIN);
    assert_int_equal(z.ceiling_ft, INT32_MAX);
    z = zone_of("no-fly_1=circle:-90,180,0.5,,24500");
    assert_string_equal(z.name, "no-fly_1");
    assert_int_equal(z.floor_ft, INT32_MIN);
    assert_int_equal(z.ceiling_ft, 24500);
    z = zone_of("circle:0,0,1,10000,");
    assert_int_equal(z.floor_ft, 10000);
    assert_int_equal(z.ceiling_ft, INT32_MAX);
}

static void test_a_polygon_is_read_point_by_point(void **state)
{
    (void)state;
    const struct ovf_zone z = zone_of("box=polygon:1,-1/1,1/1,1/-1,1/-1,-1/1,-1,10000,");
    assert_string_equal(z.name, "box");
    assert_int_equal(z.n_points, 4); /* a point that is repeated counts once, the last closes */
    assert_int_equal(z.ring[2].lat_e7, -10000000);
    assert_int_equal(z.ring[2].lon_e7, 10000000);
    assert_int_equal(z.floor_ft, 10000);
    assert_int_equal(z.ceiling_ft, INT32_MAX);
    assert_int_equal(zone_of("circle:0,0,1").n_points, 0);
}

/* Meridians and the equator are geodesics. */
static void test_a_polygon_holds_what_its_lines_enclose(void **state)
{
    (void)state;
    const struct ovf_zone zones[] = {zone_of("polygon:0,179/10,179/10,-179/0,-179"),
                                     zone_of("circle:5,180,6"),
                                     zone_of("polygon:70,0/70,90/70,180/70,-90")};
    static const struct {
        double lat_deg;
        double lon_deg;
        bool in[3];
    } places[] = {
        {5, 180, {true, true, false}},
        {5, 179.0001, {true, false, false}},
        {5, 178.9999, {false, false, false}},
        {0.0001, -179.5, {true, false, false}},
        {-0.0001, -179.5, {false, false, false}},
        {5, -178.9999, {false, false, false}},
        {89, 45, {false, false, true}},
        {90, 0, {false, false, true}},
        {69, 0, {false, false, false}},
    };
    struct ovf_edition edition;
    struct ovf_error err;
    assert_int_equal(ovf_edition_from_zones(zones, 3, &edition, &err), OVF_OK);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct ovf_members members;
        ovf_index_locate(&edition.index, point_of(places[i].lat_deg, places[i].lon_deg), &members);
        for (uint32_t k = 0; k < 3; k++)
            assert_int_equal(ovf_members_has(&members, k), places[i].in[k]);
    }
    ovf_edition_deinit(&edition);
}

static void test_what_is_no_zone_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "circle:",
        "circle:1,2",
        "circle:91,0,1",
        "circle:0,181,1",
        "circle:0,0,0",
        "circle:0,0,-1",
        "circle:0,0,10001",
        "circle:0,0,nan",
        "circle:0,0,1,5,4",
        "circle:0,0,1,5,5",
        "circle:0,0,1,1.5",
        "circle:0,0,1,1,2,3",
        "box:0,0,1",
        "=circle:0,0,1",
        "a b=circle:0,0,1",
        "a:b=circle:0,0,1",
        "circle:0 ,0,1",
        "circle:0,0,1,FL100",
        "0123456789012345678901234567890123456789012345678901234567890123456789=circle:0,0,1",
        "polygon:",
        "polygon:0,0/1,1",
        "polygon:0,0/1,1/0,0",
        "polygon:0,0/0,1/1,1/",
        "polygon:0,0/0,1/1",
        "polygon:0,0/0,1/91,1",
        "polygon:0,0/0,1,5/1,1",
        "polygon:0,0/0,1/1,1,1,2,3",
        "polygon:0,0/0,1/1,1,5,4",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ovf_zone zone;
        struct ovf_error err = {""};
        if (ovf_zone_parse(bad[i], &zone, &err) != OVF_E_RANGE)
            print_error("accepted: %s\n", bad[i]);
        assert_int_equal(ovf_zone_parse(bad[i], &zone, &err), OVF_E_RANGE);
        assert_true(err.text[0] != '\0');
    }
}

static const struct {
    double lat, lon, radius_nmi;
} circles[] = {
    {33, 44, 10},  {33, 44, 0.01},  {0, 0, 60},       {0, 180, 100},         {52, 179.9, 200},
    {90, 0, 100},  {-90, 0, 3000},  {89.5, 30, 60},   {-89.9, -120, 1},      {10, -70, 5000},
    {0, 20, 6000}, {45, 100, 9000}, {-60, 10, 10000}, {70, -179.99999, 0.5}, {5, 5, 5400},
};

static void test_points_of_a_circle_are_at_its_radius(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof circles / sizeof *circles; i++) {
        struct ovf_points points = {0};
        const struct ovf_point centre = point_of(circles[i].lat, circles[i].lon);
        const double radius_m = circles[i].radius_nmi * 1852;
        assert_int_equal(ovf_circle_points(centre, radius_m, &points), OVF_OK);
        assert_true(points.n >= 72);
        for (size_t k = 0; k < points.n; k++) /* half a unit either way: 0.8 cm; Vincenty: 1 mm */
            assert_near(distance_m(centre, points.items[k]), radius_m, 0.02);
        ovf_points_deinit(&points);
    }
}

static void test_geodesics_between_points_of_a_circle_stay_within_half_a_metre(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof circles / sizeof *circles; i++) {
        struct ovf_points points = {0};
        struct ovf_points pieces = {0};
        const struct ovf_point centre = point_of(circles[i].lat, circles[i].lon);
        const double radius_m = circles[i].radius_nmi * 1852;
        assert_int_equal(ovf_circle_points(centre, radius_m, &points), OVF_OK);
        for (size_t k = 0; k < points.n; k += 7) {
            pieces.n = 0;
            struct ovf_point from = points.items[k];
            assert_int_equal(
                ovf_densify(from, points.items[(k + 1) % points.n], OVF_LINE_BOUNDARY, &pieces),
                OVF_OK);
            for (size_t j = 0; j < pieces.n; j++)
                assert_near(distance_m(centre, pieces.items[j]), radius_m, 0.5);
        }
        ovf_points_deinit(&pieces);
        ovf_points_deinit(&points);
    }
}

/** A place at that distance and azimuth of the centre, by PROJ. */
static struct ovf_point place_at(struct ovf_point centre, double azimuth_deg, double distance)
{
    struct geod_geodesic g;
    double lat;
    double lon;
    geod_init(&g, 6378137.0, 1 / 298.257223563);
    geod_direct(&g, ovf_deg_from_e7(centre.lat_e7), ovf_deg_from_e7(centre.lon_e7), azimuth_deg,
                distance, &lat, &lon, NULL);
    return point_of(lat, lon);
}

static void test_a_circle_holds_what_is_nearer_than_its_radius_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof circles / sizeof *circles; i++) {
        char text[128];
        struct ovf_edition edition;
        struct ovf_error err;
        snprintf(text, sizeof text, "circle:%.7f,%.7f,%.2f", circles[i].lat, circles[i].lon,
                 circles[i].radius_nmi);
        const struct ovf_zone zone = zone_of(text);
        assert_int_equal(ovf_edition_from_zones(&zone, 1, &edition, &err), OVF_OK);
        for (int k = 0; k < 720; k++) {
            static const double off_m[] = {-1e9, -1000, -1, 1, 1000};
            for (size_t j = 0; j < sizeof off_m / sizeof *off_m; j++) {
                const double d =
                    off_m[j] < -1e8 ? zone.radius_m * (k % 100) / 101 : zone.radius_m + off_m[j];
                struct ovf_members members;
                if (d < 0)
                    continue;
                const struct ovf_point at = place_at(zone.centre, k * 0.5, d);
                ovf_index_locate(&edition.index, at, &members);
                if (ovf_members_has(&members, 0) != (d < zone.radius_m))
                    print_error("%s: %.7f %.7f at %.1f m\n", text, ovf_deg_from_e7(at.lat_e7),
                                ovf_deg_from_e7(at.lon_e7), d);
                assert_int_equal(ovf_members_has(&members, 0), d < zone.radius_m);
            }
        }
        ovf_edition_deinit(&edition);
    }
}

static void test_a_circle_through_a_pole_has_one_side(void **state)
{
    (void)state;
    struct geod_geodesic g;
    double to_pole_m;
    struct ovf_edition edition;
    struct ovf_members members;
    struct ovf_error err;
    geod_init(&g, 6378137.0, 1 / 298.257223563);
    geod_inverse(&g, 80, 20, 90, 0, &to_pole_m, NULL, NULL);
    for (int mm = -30; mm <= 30; mm += 3) {
        struct ovf_zone zone = zone_of("circle:80,20,600");
        zone.radius_m = to_pole_m + mm / 1000.0;
        assert_int_equal(ovf_edition_from_zones(&zone, 1, &edition, &err), OVF_OK);
        for (int lon = -180; lon < 180; lon += 7) {
            /* Far from the pole all is plain, whichever side it fell to. */
            ovf_index_locate(&edition.index, point_of(60, lon), &members);
            assert_false(ovf_members_has(&members, 0));
            ovf_index_locate(&edition.index, point_of(82, 20 + lon / 60.0), &members);
            assert_true(ovf_members_has(&members, 0));
        }
        ovf_edition_deinit(&edition);
    }
}

static void test_zones_have_names_limits_and_extents(void **state)
{
    (void)state;
    const struct ovf_zone zones[] = {zone_of("circle:0,179.5,60"),
                                     zone_of("Box=circle:10,10,60,1000,2000")};
    const struct ovf_zone twins[] = {zone_of("A=circle:0,0,1"), zone_of("A=circle:1,1,1")};
    struct ovf_edition edition;
    struct ovf_error err;
    struct ovf_airspace_ref ref;
    const struct ovf_edition *const editions[] = {&edition};
    assert_int_equal(ovf_edition_from_zones(zones, 2, &edition, &err), OVF_OK);
    assert_string_equal(edition.airspaces[0].code, "zone:1");
    assert_string_equal(edition.airspaces[1].code, "zone:Box");
    assert_int_equal(edition.n_limits, 1);
    assert_int_equal(edition.limits[0].owner, 1);
    assert_int_equal(edition.limits[0].floor_ft, 1000);
    assert_true(edition.airspaces[0].extent.west_e7 > edition.airspaces[0].extent.east_e7);
    assert_near(ovf_deg_from_e7(edition.airspaces[0].extent.north_e7), 1.0049, 1e-3);
    assert_int_equal(ovf_airspace_find(editions, 1, "ZONE:box", &ref, &err), OVF_OK);
    assert_int_equal(ref.airspace, 1);
    assert_int_equal(ovf_airspace_find(editions, 1, "box", &ref, &err), OVF_E_NOTFOUND);
    ovf_edition_deinit(&edition);
    assert_int_equal(ovf_edition_from_zones(twins, 2, &edition, &err), OVF_E_RANGE);
    assert_non_null(strstr(err.text, "zone:A"));
    assert_int_equal(ovf_edition_from_zones(NULL, 0, &edition, &err), OVF_OK);
    ovf_edition_deinit(&edition);
}

static struct ovf_airspace states[] = {
    {"CD", "COD", "Congo (Democratic Republic of the)", "DR Congo", {0}},
    {"CG", "COG", "Congo", "", {0}},
    {"IQ", "IRQ", "Iraq", "", {0}},
    {"IR", "IRN", "Iran (Islamic Republic of)", "", {0}},
    {"KP", "PRK", "Korea (Democratic People's Republic of)", "North Korea", {0}},
    {"KR", "KOR", "Korea (Republic of)", "South Korea", {0}},
};
static struct ovf_airspace regions[] = {
    {"ORBB", "", "Baghdad", "", {0}},
    {"IQ", "", "a region that is called like a state", "", {0}},
};
static const struct ovf_edition countries = {
    .kind = OVF_KIND_COUNTRY, .airspaces = states, .n_airspaces = 6};
static const struct ovf_edition firs = {
    .kind = OVF_KIND_FIR, .airspaces = regions, .n_airspaces = 2};

static void test_airspaces_are_found_by_code_and_name_in_any_case(void **state)
{
    static const struct {
        const char *name;
        const char *code;
    } cases[] = {
        {"IR", "IR"},          {"irn", "IR"},
        {"IRAN", "IR"},        {"Iran (Islamic Republic of)", "IR"},
        {"iraq", "IQ"},        {"Country:iq", "IQ"},
        {"Congo", "CG"},       {"dr congo", "CD"},
        {"South Korea", "KR"},
    };
    const struct ovf_edition *const editions[] = {&countries};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_airspace_ref ref;
        assert_int_equal(ovf_airspace_find(editions, 1, cases[i].name, &ref, NULL), OVF_OK);
        assert_string_equal(states[ref.airspace].code, cases[i].code);
    }
}

static void test_a_clash_is_refused_and_resolved_by_the_kind(void **state)
{
    const struct ovf_edition *const editions[] = {&countries, &firs};
    struct ovf_airspace_ref ref;
    struct ovf_error err;
    (void)state;
    assert_int_equal(ovf_airspace_find(editions, 2, "IQ", &ref, &err), OVF_E_RANGE);
    assert_non_null(strstr(err.text, "country:IQ"));
    assert_non_null(strstr(err.text, "fir:IQ"));
    assert_int_equal(ovf_airspace_find(editions, 2, "fir:IQ", &ref, &err), OVF_OK);
    assert_int_equal(ref.edition, 1);
    assert_int_equal(ovf_airspace_find(editions, 2, "country:IQ", &ref, &err), OVF_OK);
    assert_int_equal(ref.edition, 0);
    assert_int_equal(ovf_airspace_find(editions, 2, "orbb", &ref, &err), OVF_OK);
    assert_int_equal(ovf_airspace_find(editions, 2, "Korea", &ref, &err), OVF_E_RANGE);
}

static void test_an_unknown_name_gets_the_nearest(void **state)
{
    const struct ovf_edition *const editions[] = {&countries, &firs};
    struct ovf_airspace_ref ref;
    struct ovf_error err;
    (void)state;
    assert_int_equal(ovf_airspace_find(editions, 2, "IRAK", &ref, &err), OVF_E_NOTFOUND);
    assert_non_null(strstr(err.text, "IQ (Iraq)"));
    assert_int_equal(ovf_airspace_find(editions, 2, "ORBX", &ref, &err), OVF_E_NOTFOUND);
    assert_non_null(strstr(err.text, "ORBB"));
    assert_int_equal(ovf_airspace_find(editions, 2, "qqqqqqqq", &ref, &err), OVF_E_NOTFOUND);
    assert_null(strstr(err.text, "nearest"));
    assert_int_equal(ovf_airspace_find(editions, 2, "", &ref, &err), OVF_E_NOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_circle_is_read_with_and_without_name_and_limits),
        cmocka_unit_test(test_what_is_no_zone_is_refused),
        cmocka_unit_test(test_a_polygon_is_read_point_by_point),
        cmocka_unit_test(test_a_polygon_holds_what_its_lines_enclose),
        cmocka_unit_test(test_points_of_a_circle_are_at_its_radius),
        cmocka_unit_test(test_geodesics_between_points_of_a_circle_stay_within_half_a_metre),
        cmocka_unit_test(test_a_circle_holds_what_is_nearer_than_its_radius_and_nothing_else),
        cmocka_unit_test(test_a_circle_through_a_pole_has_one_side),
        cmocka_unit_test(test_zones_have_names_limits_and_extents),
        cmocka_unit_test(test_airspaces_are_found_by_code_and_name_in_any_case),
        cmocka_unit_test(test_a_clash_is_refused_and_resolved_by_the_kind),
        cmocka_unit_test(test_an_unknown_name_gets_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
