/* SPDX-License-Identifier: Apache-2.0 */
/* OpenAir, by the definition of its records; circles and arcs by their radius, measured with PROJ. */
#include "geo_fixture.h"

#include <string.h>

#include "shape/openair.h"

static const double pi = 3.14159265358979323846;

static void assert_limit(const char *text, enum ovf_datum datum, int32_t ft)
{
    struct ovf_limit limit = {OVF_DATUM_N, -1};
    if (!ovf_openair_limit(ovf_bytes_from_text(text), &limit) || limit.datum != datum ||
        limit.ft != ft)
        print_error("\"%s\"\n", text);
    assert_int_equal(limit.datum, datum);
    assert_int_equal(limit.ft, ft);
}

static void limits_are_read_in_all_spellings(void **state)
{
    (void)state;
    assert_limit("SFC", OVF_DATUM_SURFACE, 0);
    assert_limit("gnd", OVF_DATUM_SURFACE, 0);
    assert_limit("0", OVF_DATUM_SURFACE, 0);
    assert_limit("0 ft AGL", OVF_DATUM_SURFACE, 0);
    assert_limit("UNL", OVF_DATUM_UNLIMITED, 0);
    assert_limit("Unlimited", OVF_DATUM_UNLIMITED, 0);
    assert_limit("FL195", OVF_DATUM_FL, 19500);
    assert_limit("FL 65", OVF_DATUM_FL, 6500);
    assert_limit("fl065", OVF_DATUM_FL, 6500);
    assert_limit("2500", OVF_DATUM_AMSL, 2500);
    assert_limit("2500 ft", OVF_DATUM_AMSL, 2500);
    assert_limit("2500ft MSL", OVF_DATUM_AMSL, 2500);
    assert_limit("2500MSL", OVF_DATUM_AMSL, 2500);
    assert_limit("2500 ALT", OVF_DATUM_AMSL, 2500);
    assert_limit("1000 AGL", OVF_DATUM_AGL, 1000);
    assert_limit("1000ft GND", OVF_DATUM_AGL, 1000);
    assert_limit("1000F SFC", OVF_DATUM_AGL, 1000);
    assert_limit("300 m MSL", OVF_DATUM_AMSL, 984); /* 984.25 */
    assert_limit("300m AGL", OVF_DATUM_AGL, 984);
    assert_limit("10000 STD", OVF_DATUM_FL, 10000);
    static const char *const bad[] = {"",       "FL",       "high",     "FLX",
                                      "-100",   "1000 XYZ", "2500 f t", "1e3 AGL",
                                      "FL 1 2", "12345678", "0x10"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ovf_limit limit;
        assert_false(ovf_openair_limit(ovf_bytes_from_text(bad[i]), &limit));
    }
}

static void assert_place(const char *text, int32_t lat_e7, int32_t lon_e7)
{
    struct ovf_point at = {0, 0};
    if (!ovf_openair_place(ovf_bytes_from_text(text), &at))
        print_error("\"%s\"\n", text);
    assert_int_equal(at.lat_e7, lat_e7);
    assert_int_equal(at.lon_e7, lon_e7);
}

static void places_are_read_in_all_spellings(void **state)
{
    (void)state;
    assert_place("33:15:45 N 44:14:06 E", 332625000, 442350000);
    assert_place("33:15:45N 044:14:06E", 332625000, 442350000);
    assert_place("33:15.75 N 44:14.1 E", 332625000, 442350000);
    assert_place("33.2625 N 44.235 E", 332625000, 442350000);
    assert_place("33:15:45 S  44:14:06 W", -332625000, -442350000);
    assert_place("39:06:36.5 n 119:46:40 w", 391101389, -1197777778); /* 36.5 / 3600 = .010138888 */
    assert_place("00:00:00 N 180:00:00 E", 0, -1800000000);
    assert_place("90:00:00 N 000:00:00 W", 900000000, 0);
    assert_place("33:15:45 N, 44:14:06 E", 332625000, 442350000);
    static const char *const bad[] = {"",
                                      "33:15:45 N",
                                      "33:15:45 44:14:06",
                                      "33:60:00 N 44:14:06 E",
                                      "33:15:60 N 44:14:06 E",
                                      "91:00:00 N 44:00:00 E",
                                      "90:00:01 N 44:00:00 E",
                                      "33:00:00 N 180:00:01 E",
                                      "44:14:06 E 33:15:45 N",
                                      "33:15:45 N 44:14:06 E 7",
                                      "33:1:2:3 N 44:14:06 E",
                                      ": N : E"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ovf_point at;
        assert_false(ovf_openair_place(ovf_bytes_from_text(bad[i]), &at));
    }
}

struct reading {
    struct ovf_openair_reader reader;
    struct ovf_openair_area area;
    struct ovf_error err;
    bool more;
};

static void begin(struct reading *r, const char *text)
{
    *r = (struct reading){.more = true};
    ovf_openair_open(ovf_bytes_from_text(text), NULL, &r->reader);
}

static enum ovf_status next(struct reading *r)
{
    return ovf_openair_next(&r->reader, &r->area, &r->more, &r->err);
}

static void end(struct reading *r)
{
    ovf_openair_area_deinit(&r->area);
    ovf_openair_deinit(&r->reader);
}

static void a_polygon_is_read_with_its_name_class_and_limits(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, "* a comment\r\n\r\nAC R\r\nAN R-321 Box\r\nAL 1000 AGL\r\nAH FL195\r\n"
              "AT 33:30:00 N 44:30:00 E\r\n"
              "DP 33:00:00 N 44:00:00 E\r\nDP 34:00:00 N 44:00:00 E\r\n"
              "DP 34:00:00 N 45:00:00 E\r\nDP 33:00:00 N 45:00:00 E\r\n"
              "DP 33:00:00 N 44:00:00 E\r\n"
              "AC CTR\nAN Two\nDP 1:0:0 N 1:0:0 E\nDP 2:0:0 N 1:0:0 E\nDP 2:0:0 N 2:0:0 E");
    assert_int_equal(next(&r), OVF_OK);
    assert_true(r.more);
    assert_string_equal(r.area.class, "R");
    assert_string_equal(r.area.name, "R-321 Box");
    assert_int_equal(r.area.floor.datum, OVF_DATUM_AGL);
    assert_int_equal(r.area.floor.ft, 1000);
    assert_int_equal(r.area.ceiling.datum, OVF_DATUM_FL);
    assert_int_equal(r.area.ceiling.ft, 19500);
    assert_int_equal(r.area.line, 3);
    assert_int_equal(r.area.shape.n_rings, 1);
    assert_int_equal(r.area.shape.rings[0].n, 4);
    assert_int_equal(r.area.shape.points.items[2].lon_e7, 450000000);
    assert_int_equal(next(&r), OVF_OK);
    assert_string_equal(r.area.class, "CTR");
    assert_int_equal(r.area.shape.rings[0].n, 3);
    assert_false(r.area.has_floor);
    assert_int_equal(r.area.floor.datum, OVF_DATUM_SURFACE);
    assert_int_equal(r.area.ceiling.datum, OVF_DATUM_UNLIMITED);
    assert_int_equal(next(&r), OVF_OK);
    assert_false(r.more);
    assert_int_equal(r.reader.n_notes, 0);
    end(&r);
}

/** All vertices of the ring, and the middles between them, at \p radius_m from the centre. */
static void assert_round(const struct ovf_openair_area *area, double lat_deg, double lon_deg,
                         double radius_m, size_t first, size_t last)
{
    const struct ovf_point *const points = area->shape.points.items;
    for (size_t i = first; i < last; i++) {
        const struct ovf_geodesic line = ovf_geodesic_between(points[i], points[i + 1]);
        for (int k = 0; k < 3; k++) {
            double lat;
            double lon;
            ovf_geodesic_at(&line, k / 2., &lat, &lon);
            assert_near(geodesic_m(lat_deg, lon_deg, lat, lon), radius_m, 0.5);
        }
    }
}

static void a_circle_keeps_its_radius(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, "AC P\nAN Round\nV X=33:15:45 N 44:14:06 E\nDC 10.5\n");
    assert_int_equal(next(&r), OVF_OK);
    assert_round(&r.area, 33.2625, 44.235, 10.5 * 1852, 0, r.area.shape.rings[0].n - 1);
    /* On a sphere of the mean radius a cap of angle t has the area 2 pi R^2 (1 - cos t). */
    double area_m2 = 0;
    const struct ovf_point *const p = r.area.shape.points.items;
    const size_t n = r.area.shape.rings[0].n;
    for (size_t i = 0; i < n; i++) {
        const struct ovf_point q = p[(i + 1) % n];
        area_m2 += (sin(p[i].lat_e7 * pi / 180e7) + sin(q.lat_e7 * pi / 180e7)) / 2 *
                   (q.lon_e7 - p[i].lon_e7) * pi / 180e7 * 6371008.8 * 6371008.8;
    }
    const double t = 10.5 * 1852 / 6371008.8;
    assert_near(fabs(area_m2) / (2 * pi * 6371008.8 * 6371008.8 * (1 - cos(t))), 1, 0.01);
    end(&r);
}

static void arcs_turn_the_way_that_is_set(void **state)
{
    (void)state;
    struct reading r;
    /* A quarter to the north-east, then three quarters the other way round. */
    begin(&r, "AC R\nAN Quarter\nV D=+\nV X=0:0:0 N 0:0:0 E\nDA 60,0,90\nDP 0:0:0 N 0:0:0 E\n"
              "AC R\nAN Rest\nV D=-\nV X=0:0:0 N 0:0:0 E\nDA 60,0,90\nDP 0:0:0 N 0:0:0 E\n"
              "AC R\nAN Default\nV X=0:0:0 N 0:0:0 E\nDA 60,0,90\nDP 0:0:0 N 0:0:0 E\n");
    assert_int_equal(next(&r), OVF_OK);
    const size_t n = r.area.shape.rings[0].n;
    assert_round(&r.area, 0, 0, 60 * 1852, 0, n - 2);
    for (size_t i = 0; i < n; i++) {
        assert_true(r.area.shape.points.items[i].lat_e7 >= -1);
        assert_true(r.area.shape.points.items[i].lon_e7 >= -1);
    }
    assert_int_equal(next(&r), OVF_OK);
    assert_true(r.area.shape.rings[0].n > 2 * n);
    assert_round(&r.area, 0, 0, 60 * 1852, 0, r.area.shape.rings[0].n - 2);
    assert_int_equal(next(&r), OVF_OK);
    assert_int_equal(r.area.shape.rings[0].n, n); /* D is + again in each airspace */
    end(&r);
}

static void an_arc_between_places_keeps_them_as_written(void **state)
{
    (void)state;
    struct reading r;
    /* 1 degree on the equator is 60.1077 NM; both places lie at that distance from the centre. */
    begin(&r, "AC R\nAN Half\nV X=0:0:0 N 10:0:0 E\nV D=-\nDB 0:0:0 N 11:0:0 E, 0:0:0 N 9:0:0 E\n");
    assert_int_equal(next(&r), OVF_OK);
    const size_t n = r.area.shape.rings[0].n;
    const struct ovf_point *const p = r.area.shape.points.items;
    assert_int_equal(p[0].lon_e7, 110000000);
    assert_int_equal(p[n - 1].lon_e7, 90000000);
    assert_int_equal(p[0].lat_e7, 0);
    assert_round(&r.area, 0, 10, geodesic_m(0, 10, 0, 11), 0, n - 1);
    for (size_t i = 1; i + 1 < n; i++)
        assert_true(p[i].lat_e7 > 0); /* counter-clockwise from east goes by north */
    end(&r);
}

static void assert_wrong(const char *text, const char *what)
{
    struct reading r;
    enum ovf_status st = OVF_OK;
    begin(&r, text);
    while (st == OVF_OK && r.more)
        st = next(&r);
    assert_int_equal(st, OVF_E_FORMAT);
    if (strstr(r.err.text, what) == NULL)
        print_error("%s\n", r.err.text);
    assert_non_null(strstr(r.err.text, what));
    end(&r);
}

#define TRIANGLE "DP 1:0:0 N 1:0:0 E\nDP 2:0:0 N 1:0:0 E\nDP 2:0:0 N 2:0:0 E\n"

static void what_is_wrong_is_told_with_its_line(void **state)
{
    (void)state;
    assert_wrong("AC R\nAN X1\nDP 1:0:0 N\n", "line 3 (X1): no place");
    assert_wrong("AC R\nAN X1\nDC 5\n", "line 3 (X1): a circle without a centre");
    assert_wrong("AC R\nAN X1\nV X=1:0:0 N 1:0:0 E\nDC -5\n", "line 4 (X1): the radius");
    assert_wrong("AC R\nAN X1\nDA 5,0,90\n", "line 3 (X1): an arc without a centre");
    assert_wrong("AC R\nAN X1\nV X=1:0:0 N 1:0:0 E\nDA 5,0\n", "line 4");
    assert_wrong("AC R\nAN X1\nV X=1:0:0 N 1:0:0 E\nDB 1:0:0 N 1:0:0 E,2:0:0 N 1:0:0 E\n",
                 "at its centre");
    assert_wrong("AC R\nAN X1\nAL ask the tower\n" TRIANGLE, "line 3 (X1): no limit");
    assert_wrong("AC R\nAN X1\nAL FL100\nAH FL50\n" TRIANGLE, "line 1 (X1): the floor");
    assert_wrong("AC R\nAN X1\nDQ 1:0:0 N 1:0:0 E\n", "line 3 (X1): a piece of boundary");
    assert_wrong("AC R\nAN X1\nDY 1:0:0 N 1:0:0 E\n", "an airway");
    assert_wrong("AC R\nAN X1\nAC R\n" TRIANGLE, "line 1 (X1): an airspace without a boundary");
    assert_wrong("AC R\nAN X1\nDP 1:0:0 N 1:0:0 E\nDP 2:0:0 N 1:0:0 E\n", "fewer than three");
    assert_wrong("AC R\nAN X1\nDP 0:0:0 N 1:0:0 E\nDP 0:0:0 N 2:0:0 E\nDP 0:0:0 N 3:0:0 E\n",
                 "one line");
    assert_wrong("AC R\nAN X1\nV X=1:0:0 N 1:0:0 E\nDC 5\n" TRIANGLE, "beside other pieces");
    assert_wrong("AC R\nAN X1\n" TRIANGLE "V X=1:0:0 N 1:0:0 E\nDC 5\n", "beside other pieces");
    assert_wrong("AC R\nAN X1\nV D=left\n", "line 3 (X1): V D=");
}

static void an_unknown_line_is_reported_by_its_number(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, "AC R\nAN One\nhello there\nXY 1\nV Q=3\n" TRIANGLE "TO Hill\nDP 5:0:0 N 5:0:0 E\n"
              "AC D\nAN Two\n" TRIANGLE);
    assert_int_equal(next(&r), OVF_OK);
    assert_int_equal(r.area.shape.rings[0].n, 3);
    assert_int_equal(next(&r), OVF_OK);
    assert_string_equal(r.area.name, "Two");
    assert_int_equal(next(&r), OVF_OK);
    assert_false(r.more);
    assert_int_equal(r.reader.n_notes, 4);
    assert_int_equal(ovf_buffer_append(&r.reader.notes, "", 1), OVF_OK);
    assert_string_equal((char *)r.reader.notes.data,
                        "line 3: \"hello\" is no record that is known\n"
                        "line 4: \"XY\" is no record that is known\n"
                        "line 5: \"Q=3\" is no variable that is known\n"
                        "line 9: \"Hill\" is terrain, not airspace, and left out\n");
    end(&r);
}

static void names_in_latin_1_become_utf_8(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, "AC R\nAN Z\xfcrich\n" TRIANGLE "AC R\nAN Z\xc3\xbcrich\n" TRIANGLE);
    assert_int_equal(next(&r), OVF_OK);
    assert_string_equal(r.area.name, "Z\xc3\xbcrich");
    assert_int_equal(next(&r), OVF_OK);
    assert_string_equal(r.area.name, "Z\xc3\xbcrich");
    end(&r);
}

static void openair_is_told_from_other_files(void **state)
{
    (void)state;
    assert_true(ovf_openair_is(ovf_bytes_from_text("\xef\xbb\xbf* x\n\nAC R\n")));
    assert_true(ovf_openair_is(ovf_bytes_from_text("ac r")));
    assert_false(ovf_openair_is(ovf_bytes_from_text("{\"type\":1}")));
    assert_false(ovf_openair_is(ovf_bytes_from_text("")));
    assert_false(ovf_openair_is(ovf_bytes_from_text("* only a comment\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_read_in_all_spellings),
        cmocka_unit_test(places_are_read_in_all_spellings),
        cmocka_unit_test(a_polygon_is_read_with_its_name_class_and_limits),
        cmocka_unit_test(a_circle_keeps_its_radius),
        cmocka_unit_test(arcs_turn_the_way_that_is_set),
        cmocka_unit_test(an_arc_between_places_keeps_them_as_written),
        cmocka_unit_test(what_is_wrong_is_told_with_its_line),
        cmocka_unit_test(an_unknown_line_is_reported_by_its_number),
        cmocka_unit_test(names_in_latin_1_become_utf_8),
        cmocka_unit_test(openair_is_told_from_other_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
