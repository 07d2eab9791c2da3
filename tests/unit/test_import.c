/* SPDX-License-Identifier: Apache-2.0 */
/* Importing maps: texts by hand for each rule, and the recorded flight information regions, whose
 * counts stand in the recordings' README (336 features, 322 codes; rows that stand twice; FIR and UIR). */
#include "geo_fixture.h"

#include <string.h>

#include "airspace/area_set.h"
#include "question/import_areas.h"
#include "shape/geojson.h"
#include "source/file.h"

struct import {
    struct ovf_area_set set;
    struct ovf_buffer notes;
    struct ovf_error err;
};

static enum ovf_status read_bytes(struct import *im, struct ovf_bytes bytes,
                                  const struct ovf_import_options *options)
{
    *im = (struct import){.err = {""}};
    const enum ovf_status st = ovf_import_areas(bytes, options, &im->set, &im->notes, &im->err);
    assert_int_equal(ovf_buffer_append(&im->notes, "", 1), OVF_OK);
    return st;
}

static enum ovf_status read_text(struct import *im, enum ovf_airspace_kind kind, const char *text)
{
    const struct ovf_import_options options = {.kind = kind};
    return read_bytes(im, ovf_bytes_from_text(text), &options);
}

static void end(struct import *im)
{
    ovf_area_set_deinit(&im->set);
    ovf_buffer_deinit(&im->notes);
}

static bool notes_have(const struct import *im, const char *text)
{
    return strstr((const char *)im->notes.data, text) != NULL;
}

#define MAP(...) "{\"type\":\"FeatureCollection\",\"features\":[" __VA_ARGS__ "]}"
#define BOX(properties, w, s, e, n)                                                                \
    "{\"type\":\"Feature\",\"properties\":{" properties                                            \
    "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[" w "," s "],[" e "," s "],[" e "," n \
    "],[" w "," n "],[" w "," s "]]]}}"

static void edition_of(const struct import *im, enum ovf_airspace_kind kind,
                       struct ovf_edition *out)
{
    const struct ovf_edition_about about = {.kind = kind,
                                            .name = "n",
                                            .edition = "e",
                                            .source = "s",
                                            .licence = "l",
                                            .attribution = "a",
                                            .boundary_accuracy_m = (double)NAN};
    assert_int_equal(ovf_edition_from_areas(&im->set, &about, out, NULL), OVF_OK);
}

static void rows_that_stand_twice_are_kept_once_and_other_limits_apart(void **state)
{
    (void)state;
    struct import im;
    struct ovf_edition edition;
    struct ovf_airspace_ref ref;
    struct ovf_error err;
    assert_int_equal(
        read_text(
            &im, OVF_KIND_FIR,
            MAP(BOX(
                "\"code\":\"AAAAFIR\",\"min_fl\":0,\"max_fl\":245,\"name\":\"ONE\"", "0", "0", "5",
                "5") "," BOX("\"code\":\"AAAAFIR\",\"min_fl\":0,\"max_fl\":245,\"name\":\"UNO\"",
                             "0", "0", "5",
                             "5") "," BOX("\"code\":\"AAAAUIR\",\"min_fl\":245,\"max_fl\":460", "0",
                                          "0", "5", "5") "," BOX("\"code\":\"AAAAUIR\",\"min_fl\":"
                                                                 "460,\"max_fl\":999",
                                                                 "0", "0", "6", "5"))),
        OVF_OK);
    assert_int_equal(im.set.n_areas, 3);
    assert_true(notes_have(&im, "2 (AAAAFIR): stands again, the same in all; kept once"));
    assert_true(notes_have(&im, "4 (AAAAUIR): stands again with other limits"));
    assert_true(notes_have(&im, "1 short codes name several airspaces"));
    edition_of(&im, OVF_KIND_FIR, &edition);
    const struct ovf_edition *const editions[] = {&edition};
    assert_string_equal(edition.airspaces[1].code, "AAAAUIR/FL245-FL460");
    assert_string_equal(edition.airspaces[2].code, "AAAAUIR/FL460-UNL");
    assert_int_equal(edition.n_limits, 3);
    assert_int_equal(edition.limits[0].floor_datum, OVF_DATUM_SURFACE);
    assert_int_equal(edition.limits[0].ceiling_ft, 24500);
    assert_int_equal(edition.limits[2].ceiling_datum, OVF_DATUM_UNLIMITED);
    assert_int_equal(ovf_airspace_find(editions, 1, "uno", &ref, &err), OVF_OK);
    assert_int_equal(ref.airspace, 0);
    assert_int_equal(ovf_airspace_find(editions, 1, "fir:AAAAFIR", &ref, &err), OVF_OK);
    assert_int_equal(ovf_airspace_find(editions, 1, "AAAAUIR", &ref, &err), OVF_E_RANGE);
    assert_int_equal(ovf_airspace_find(editions, 1, "AAAA", &ref, &err), OVF_E_RANGE);
    assert_int_equal(ovf_airspace_find(editions, 1, "aaaauir/fl460-unl", &ref, &err), OVF_OK);
    assert_int_equal(ref.airspace, 2);
    ovf_edition_deinit(&edition);
    end(&im);
}

static void parts_in_several_features_are_one_airspace_unless_they_cross(void **state)
{
    (void)state;
    struct import im;
    struct ovf_edition edition;
    struct ovf_members members;
    assert_int_equal(read_text(&im, OVF_KIND_COUNTRY,
                               MAP(BOX("\"ISO_A3\":\"QQQ\"", "0", "0", "5",
                                       "5") "," BOX("\"ISO_A3\":\"QQQ\"", "10", "0", "15", "5"))),
                     OVF_OK);
    assert_int_equal(im.set.n_areas, 1);
    edition_of(&im, OVF_KIND_COUNTRY, &edition);
    ovf_index_locate(&edition.index, point_deg(2, 12), &members);
    assert_true(ovf_members_has(&members, 0));
    ovf_index_locate(&edition.index, point_deg(2, 7), &members);
    assert_true(ovf_members_empty(&members));
    ovf_edition_deinit(&edition);
    end(&im);
    assert_int_equal(read_text(&im, OVF_KIND_COUNTRY,
                               MAP(BOX("\"ISO_A3\":\"QQQ\"", "0", "0", "5",
                                       "5") "," BOX("\"ISO_A3\":\"QQQ\"", "3", "3", "15", "15"))),
                     OVF_E_FORMAT);
    assert_non_null(strstr(im.err.text, "the parts of QQQ: two rings cross"));
    end(&im);
}

static void assert_refused(const char *text, const char *what)
{
    struct import im;
    assert_int_equal(read_text(&im, OVF_KIND_ZONE, text), OVF_E_FORMAT);
    if (strstr(im.err.text, what) == NULL)
        print_error("%s\n", im.err.text);
    assert_non_null(strstr(im.err.text, what));
    assert_int_equal(im.set.n_areas, 0);
    end(&im);
}

#define RINGS(rings)                                                                               \
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"Box 7\"},\"geometry\":{\"type\":"            \
    "\"Polygon\",\"coordinates\":[" rings "]}}"

/* robustness.md, P01 to P12 and P17. */
static void bad_polygons_are_errors_with_the_features_name_or_repairs_that_are_said(void **state)
{
    (void)state;
    struct import im;
    assert_refused(MAP(RINGS("[[0,0],[2,2],[2,0],[0,2],[0,0]]")),
                   "feature 1 (zone:Box_7, Box 7): a ring crosses itself near");
    assert_refused(MAP(RINGS("[[0,0],[2,2],[0,0]]")), "feature 1 (Box 7)");
    assert_refused(MAP(RINGS("[[0,0],[1,1],[2,2],[0,0]]")), "one line");
    assert_refused(MAP(RINGS("[[0,0],[0,0],[0,0],[0,0]]")), "fewer than three");
    assert_refused(MAP(RINGS("[[1e308,0],[2,2],[2,0],[1e308,0]]")), "feature 1 (Box 7)");
    assert_refused(MAP(RINGS("[[\"0\",0],[2,2],[2,0],[0,0]]")), "not two numbers");
    assert_refused(MAP(RINGS("[[10,95],[20,95],[20,99],[10,95]]")), "longitude comes first");
    assert_refused(MAP(RINGS("")), "without rings");
    assert_refused(MAP("{\"type\":\"Feature\",\"properties\":{\"name\":\"E\"},\"geometry\":"
                       "{\"type\":\"MultiPolygon\",\"coordinates\":[]}}"),
                   "feature 1 (E): a MultiPolygon without polygons");
    assert_refused(MAP("{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}"),
                   "no airspaces in it");
    assert_refused("{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":"
                   "{\"name\":\"EPSG:3857\"}},\"features\":[]}",
                   "crs");
    assert_int_equal(read_text(&im, OVF_KIND_ZONE,
                               MAP(RINGS("[[0,0],[0,0],[2,0,100],[2,2],[2,2],[0,2]]") "," RINGS(
                                   "[[20,0],[22,0],[22,2],[20,2],[20,0]],"
                                   "[[30,0],[31,0],[31,1],[30,0]]"))),
                     OVF_OK);
    assert_true(notes_have(&im, "1 (zone:Box_7): 1 rings were not closed; they have been"));
    assert_true(notes_have(&im, "1 (zone:Box_7): 2 vertices repeated the one before"));
    assert_true(notes_have(&im, "2 (zone:Box_7): 1 holes lie outside their shell"));
    assert_true(notes_have(&im, "2 (zone:Box_7-2): the name was taken"));
    assert_int_equal(im.set.n_areas, 2);
    assert_int_equal(im.set.n_rings, 2);
    end(&im);
}

static void the_bad_may_be_left_out_and_that_is_said(void **state)
{
    (void)state;
    struct import im;
    const struct ovf_import_options options = {.kind = OVF_KIND_ZONE, .skip_bad = true};
    const char text[] = MAP(RINGS("[[0,0],[2,2],[2,0],[0,2],[0,0]]") "," RINGS(
        "[[0,0],[0,1]]") "," BOX("\"id\":7", "0", "0", "5", "5"));
    assert_int_equal(read_bytes(&im, ovf_bytes_from_text(text), &options), OVF_OK);
    assert_int_equal(im.set.n_areas, 1);
    assert_string_equal(ovf_area_set_texts(&im.set, 0).code, "zone:7");
    assert_true(notes_have(&im, "left out: feature 1 (zone:Box_7, Box 7): a ring crosses itself"));
    assert_true(notes_have(&im, "left out: feature 2 (Box 7)"));
    end(&im);
}

static struct ovf_airspace known[] = {
    {"IQ", "IRQ", "Iraq", "", {290000000, 380000000, 380000000, 490000000, 9}},
    {"FJ", "FJI", "Fiji", "", {-250000000, 1730000000, -90000000, -1760000000, 9}},
};

static void swapped_coordinates_of_a_state_are_told_by_where_it_is(void **state)
{
    (void)state;
    struct import im;
    const struct ovf_edition states = {.airspaces = known, .n_airspaces = 2};
    const struct ovf_import_options options = {.kind = OVF_KIND_COUNTRY, .states = &states};
    /* 33 N 44 E becomes 44 N 33 E, in the Black Sea. */
    const char swapped[] = MAP(BOX("\"A3\":\"IRQ\"", "30", "39", "37", "48"));
    const char good[] = MAP(BOX("\"A3\":\"irq\"", "39", "30", "48", "37") "," BOX(
        "\"ISO_A2\":\"FJ\"", "-179.5", "-20", "-179",
        "-15") "," BOX("\"ISO_A3\":\"-99\",\"ISO_A2\":\"QQ\"", "0", "0", "1", "1"));
    assert_int_equal(read_bytes(&im, ovf_bytes_from_text(swapped), &options), OVF_E_FORMAT);
    assert_non_null(strstr(im.err.text, "latitude and longitude are swapped"));
    assert_non_null(strstr(im.err.text, "IQ (Iraq)"));
    end(&im);
    assert_int_equal(read_bytes(&im, ovf_bytes_from_text(good), &options), OVF_OK);
    assert_string_equal(ovf_area_set_texts(&im.set, 0).code, "IQ");
    assert_string_equal(ovf_area_set_texts(&im.set, 0).code3, "IRQ");
    assert_string_equal(ovf_area_set_texts(&im.set, 0).name, "Iraq");
    assert_string_equal(ovf_area_set_texts(&im.set, 2).code, "QQ");
    assert_true(notes_have(&im, "3 (QQ): no state of the built-in table has this code"));
    assert_false(notes_have(&im, "2 (FJ)"));
    end(&im);
}

static void the_code_is_looked_for_where_it_is_said_to_be(void **state)
{
    (void)state;
    struct import im;
    const struct ovf_import_options options = {.kind = OVF_KIND_FIR, .code_property = "region"};
    const char good[] = MAP(BOX("\"region\":\"XX\",\"code\":\"YY\"", "0", "0", "1", "1"));
    const char bad[] = MAP(BOX("\"code\":\"YY\"", "0", "0", "1", "1"));
    assert_int_equal(read_bytes(&im, ovf_bytes_from_text(good), &options), OVF_OK);
    assert_string_equal(ovf_area_set_texts(&im.set, 0).code, "XX");
    end(&im);
    assert_int_equal(read_bytes(&im, ovf_bytes_from_text(bad), &options), OVF_E_FORMAT);
    assert_non_null(strstr(im.err.text, "no property \"region\""));
    end(&im);
}

static void openair_keeps_its_limits(void **state)
{
    (void)state;
    struct import im;
    struct ovf_edition edition;
    assert_int_equal(read_text(&im, OVF_KIND_ZONE,
                               "AC R\nAN Two Parts\nAL 1000 AGL\nAH 5000\nDP 1:0:0 N 1:0:0 E\n"
                               "DP 2:0:0 N 1:0:0 E\nDP 2:0:0 N 2:0:0 E\nWW\n"
                               "AC R\nAN Two Parts\nAL 5000\nAH FL95\nDP 1:0:0 N 1:0:0 E\n"
                               "DP 2:0:0 N 1:0:0 E\nDP 2:0:0 N 2:0:0 E\n"),
                     OVF_OK);
    edition_of(&im, OVF_KIND_ZONE, &edition);
    assert_string_equal(edition.airspaces[0].code, "zone:Two_Parts/1000AGL-5000AMSL");
    assert_string_equal(edition.airspaces[1].code, "zone:Two_Parts/5000AMSL-FL095");
    assert_int_equal(edition.n_limits, 2);
    assert_int_equal(edition.limits[0].floor_datum, OVF_DATUM_AGL);
    assert_int_equal(edition.limits[1].floor_ft, 5000);
    assert_true(notes_have(&im, "line 8: \"WW\" is no record that is known"));
    ovf_edition_deinit(&edition);
    end(&im);
    assert_int_equal(read_text(&im, OVF_KIND_ZONE,
                               "AC R\nAN Bow\nDP 1:0:0 N 1:0:0 E\nDP 2:0:0 N 2:0:0 E\n"
                               "DP 1:0:0 N 2:0:0 E\nDP 2:0:0 N 1:0:0 E\n"),
                     OVF_E_FORMAT);
    assert_non_null(strstr(im.err.text, "line 1 (Bow): a ring crosses itself"));
    end(&im);
}

/* ---- the recordings ---- */

static struct ovf_buffer file_text(const char *path)
{
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_file_read(path, 1 << 24, &text, NULL), OVF_OK);
    return text;
}

static void the_recorded_regions_are_324_airspaces_of_322_codes(void **state)
{
    (void)state;
    struct import im;
    struct ovf_edition edition;
    struct ovf_airspace_ref ref;
    struct ovf_airspace_ref again;
    struct ovf_error err;
    struct ovf_members members;
    const struct ovf_import_options options = {.kind = OVF_KIND_FIR};
    struct ovf_buffer text = file_text(ovf_test_data("airspace/fir-airac-524.geojson"));
    assert_int_equal(read_bytes(&im, ovf_buffer_bytes(&text), &options), OVF_OK);
    /* 336 rows; two codes have rows of two heights; the other 12 repeat one before. */
    assert_int_equal(im.set.n_areas, 324);
    size_t n_repeated = 0;
    for (const char *p = (const char *)im.notes.data; (p = strstr(p, "kept once\n")) != NULL; p++)
        n_repeated++;
    assert_int_equal(n_repeated, 336 - 324);
    /* First four letters that begin more than one code, counted by another program. */
    assert_true(notes_have(&im, "63 short codes name several airspaces"));
    edition_of(&im, OVF_KIND_FIR, &edition);
    const struct ovf_edition *const editions[] = {&edition};
    assert_int_equal(ovf_airspace_find(editions, 1, "ORBB", &ref, &err), OVF_OK);
    assert_string_equal(edition.airspaces[ref.airspace].code, "ORBBFIR");
    assert_int_equal(ovf_airspace_find(editions, 1, "fir:orbb", &again, &err), OVF_OK);
    assert_int_equal(again.airspace, ref.airspace);
    assert_int_equal(ovf_airspace_find(editions, 1, "ORBBFIR", &again, &err), OVF_OK);
    assert_int_equal(again.airspace, ref.airspace);
    ovf_index_locate(&edition.index, point_deg(33.26, 44.23), &members); /* Baghdad's airport */
    assert_true(ovf_members_has(&members, ref.airspace));
    assert_int_equal(ovf_airspace_find(editions, 1, "EGGX", &ref, &err), OVF_OK);
    assert_string_equal(edition.airspaces[ref.airspace].code, "EGGX");
    assert_int_equal(ovf_airspace_find(editions, 1, "LFFF", &ref, &err), OVF_E_RANGE);
    ovf_edition_deinit(&edition);
    end(&im);
    ovf_buffer_deinit(&text);
}

/** Counts lines of latitude and longitude south of a place on its meridian, in floating point. */
static bool plainly_inside(const struct ovf_area_set *set, uint32_t area, double lat, double lon,
                           bool *is_small)
{
    bool odd = false;
    *is_small = true;
    for (size_t r = 0; r < set->n_rings; r++) {
        const struct ovf_area_ring *const ring = &set->rings[r];
        for (size_t i = 0; i < ring->n && ring->area == area; i++) {
            const struct ovf_point a = set->points.items[ring->begin + i];
            const struct ovf_point b = set->points.items[ring->begin + (i + 1) % ring->n];
            const double ax = a.lon_e7 / 1e7, ay = a.lat_e7 / 1e7;
            const double bx = b.lon_e7 / 1e7, by = b.lat_e7 / 1e7;
            *is_small = *is_small && fabs(ax - bx) < 3 && fabs(ay - by) < 3;
            if ((ax > lon) != (bx > lon) && ay + (by - ay) * (lon - ax) / (bx - ax) < lat)
                odd = !odd;
        }
    }
    return odd;
}

static void the_recorded_regions_hold_what_a_plain_test_says(void **state)
{
    (void)state;
    static const char *const files[] = {"airspace/fir-airac-524.geojson",
                                        "airspace/fir-simplified.geojson"};
    uint64_t seed = 524;
    size_t n_compared = 0;
    for (int f = 0; f < 2; f++) {
        struct import im;
        struct ovf_edition edition;
        const struct ovf_import_options options = {.kind = OVF_KIND_FIR};
        struct ovf_buffer text = file_text(ovf_test_data(files[f]));
        assert_int_equal(read_bytes(&im, ovf_buffer_bytes(&text), &options), OVF_OK);
        edition_of(&im, OVF_KIND_FIR, &edition);
        for (int k = 0; k < 200; k++) {
            const double lat = random_in(&seed, 30, 60);
            const double lon = random_in(&seed, -10, 60);
            struct ovf_members members;
            ovf_index_locate(&edition.index, point_deg(lat, lon), &members);
            for (uint32_t a = 0; a < edition.n_airspaces; a++) {
                bool is_small;
                const bool inside = plainly_inside(&im.set, a, lat, lon, &is_small);
                /* A geodesic of 3 degrees bulges by 6 km at 70 degrees north. */
                if (!is_small ||
                    ovf_index_distance_m(&edition.index, point_deg(lat, lon), a, 10e3) < 10e3)
                    continue;
                assert_int_equal(ovf_members_has(&members, a), inside);
                n_compared += inside;
            }
        }
        ovf_edition_deinit(&edition);
        end(&im);
        ovf_buffer_deinit(&text);
    }
    assert_true(n_compared > 100);
}

/* ---- bytes ---- */

static void a_set_survives_its_bytes_and_damage_is_told(void **state)
{
    (void)state;
    struct import im;
    struct ovf_area_set again = {0};
    struct ovf_buffer bytes = {0};
    struct ovf_buffer bytes_again = {0};
    assert_int_equal(
        read_text(&im, OVF_KIND_FIR,
                  MAP(BOX("\"code\":\"AAAAFIR\",\"max_fl\":245", "0", "0", "5",
                          "5") "," BOX("\"code\":\"AAAAFIR\",\"min_fl\":245", "0", "0", "5", "5"))),
        OVF_OK);
    assert_int_equal(ovf_area_set_write(&im.set, &bytes), OVF_OK);
    assert_int_equal(ovf_area_set_read(ovf_buffer_bytes(&bytes), &again, NULL), OVF_OK);
    assert_int_equal(ovf_area_set_write(&again, &bytes_again), OVF_OK);
    assert_int_equal(bytes.len, bytes_again.len);
    assert_memory_equal(bytes.data, bytes_again.data, bytes.len);
    assert_string_equal(ovf_area_set_texts(&again, 1).code, "AAAAFIR/FL245-UNL");
    ovf_area_set_deinit(&again);
    for (size_t cut = 0; cut < bytes.len; cut++)
        assert_int_equal(ovf_area_set_read((struct ovf_bytes){bytes.data, cut}, &again, NULL),
                         OVF_E_FORMAT);
    for (size_t i = 0; i < bytes.len; i++) { /* any byte may lie; nothing breaks */
        const unsigned char kept = bytes.data[i];
        bytes.data[i] = 0xff;
        if (ovf_area_set_read(ovf_buffer_bytes(&bytes), &again, NULL) == OVF_OK)
            ovf_area_set_deinit(&again);
        bytes.data[i] = kept;
    }
    ovf_buffer_deinit(&bytes);
    ovf_buffer_deinit(&bytes_again);
    end(&im);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_that_stand_twice_are_kept_once_and_other_limits_apart),
        cmocka_unit_test(parts_in_several_features_are_one_airspace_unless_they_cross),
        cmocka_unit_test(bad_polygons_are_errors_with_the_features_name_or_repairs_that_are_said),
        cmocka_unit_test(the_bad_may_be_left_out_and_that_is_said),
        cmocka_unit_test(swapped_coordinates_of_a_state_are_told_by_where_it_is),
        cmocka_unit_test(the_code_is_looked_for_where_it_is_said_to_be),
        cmocka_unit_test(openair_keeps_its_limits),
        cmocka_unit_test(the_recorded_regions_are_324_airspaces_of_322_codes),
        cmocka_unit_test(the_recorded_regions_hold_what_a_plain_test_says),
        cmocka_unit_test(a_set_survives_its_bytes_and_damage_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
