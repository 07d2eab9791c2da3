/* SPDX-License-Identifier: Apache-2.0 */
/* The pack: what goes in comes out, damage is refused, the same inputs give the same bytes. */
#include "test.h"

#include "geo/members.h"
#include "pack/build.h"
#include "pack/iso3166.h"
#include "pack/layout.h"

/* Two squares that share an edge, a third that overlaps the first, one over the antimeridian in two
 * parts, and one from the cut of the map at 85.05 S northward. */
static const char map[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"A3\":\"BBB\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":"
    "[[[10,0],[20,0],[20,10],[10,10],[10,0]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"A3\":\"AAA\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":"
    "[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"A3\":\"CCC\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":"
    "[[[1,1],[2,1],[2,2],[1,2],[1,1]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"A3\":\"DDD\"},\"geometry\":{\"type\":\"MultiPolygon\","
    "\"coordinates\":[[[[178,50],[180,50],[180,52],[178,52],[178,50]]],"
    "[[[-179.99998,50],[-177,50],[-177,52],[-179.99998,52],[-179.99998,50]]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"A3\":\"EEE\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":"
    "[[[-180,-85.05113],[-90,-85.05],[0,-85.05],[90,-85.05],[180,-85.05113],[180,-60],[90,-60],[0,-"
    "60],"
    "[-90,-60],[-180,-60],[-180,-85.05113]]]}}]}";

static const char iso[] =
    "alpha2,alpha3,name,also\nAA,AAA,Aland,\nCC,CCC,\"Cland, State of\",Cee|Ceeland\n"
    "BB,BBB,Bland,\r\nDD,DDD,Dland,\nEE,EEE,Eland,\n";

static void build(const char *map_text, const char *iso_text, struct ovf_buffer *out)
{
    struct ovf_pack_report report;
    struct ovf_error err = {""};
    const struct ovf_pack_sources sources = {
        .countries = ovf_bytes_from_text(map_text),
        .iso = ovf_bytes_from_text(iso_text),
    };
    const enum ovf_status st = ovf_pack_build(&sources, out, &report, &err);
    if (st != OVF_OK)
        print_error("%s\n", err.text);
    assert_int_equal(st, OVF_OK);
}

static void assert_not_built(const char *map_text, const char *iso_text, const char *words)
{
    struct ovf_buffer out = {0};
    struct ovf_pack_report report;
    struct ovf_error err = {""};
    const struct ovf_pack_sources sources = {
        .countries = ovf_bytes_from_text(map_text),
        .iso = ovf_bytes_from_text(iso_text),
    };
    assert_int_equal(ovf_pack_build(&sources, &out, &report, &err), OVF_E_FORMAT);
    if (strstr(err.text, words) == NULL)
        print_error("%s\n", err.text);
    assert_non_null(strstr(err.text, words));
    ovf_buffer_deinit(&out);
}

static bool holds(const struct ovf_pack *pack, double lat, double lon, uint32_t area)
{
    struct ovf_members members;
    ovf_index_locate(
        &pack->index,
        (struct ovf_point){(int32_t)lround(lat * 1e7), ovf_lon_wrap(llround(lon * 1e7))}, &members);
    return ovf_members_has(&members, area);
}

static void test_what_goes_in_comes_out(void **state)
{
    struct ovf_buffer bytes = {0};
    struct ovf_pack pack;
    (void)state;
    build(map, iso, &bytes);
    assert_int_equal(ovf_pack_view(ovf_buffer_bytes(&bytes), &pack, NULL), OVF_OK);
    assert_int_equal(ovf_pack_check(&pack, NULL), OVF_OK);
    assert_int_equal(pack.n_areas, 5);
    assert_string_equal(ovf_pack_area(&pack, 1).alpha2, "BB"); /* in the order of the codes */
    assert_string_equal(ovf_pack_area(&pack, 2).alpha3, "CCC");
    assert_string_equal(ovf_pack_area(&pack, 2).name, "Cland, State of");
    assert_string_equal(ovf_pack_area(&pack, 2).also, "Cee|Ceeland");
    assert_string_equal(ovf_pack_text(&pack, "countries.licence"), "ODbL-1.0");
    assert_string_equal(ovf_pack_text(&pack, "absent"), "");
    assert_int_equal(strlen(ovf_pack_text(&pack, "countries.sha256")), 64);
    assert_true(holds(&pack, 5, 5, 0) && !holds(&pack, 5, 5, 1));
    assert_true(holds(&pack, 5, 15, 1) && !holds(&pack, 5, 15, 0));
    assert_true(holds(&pack, 5, 10, 1) &&
                !holds(&pack, 5, 10, 0)); /* a shared border is the eastern's */
    ovf_buffer_deinit(&bytes);
}

static void test_cuts_are_no_boundary(void **state)
{
    struct ovf_buffer bytes = {0};
    struct ovf_pack pack;
    (void)state;
    build(map, iso, &bytes);
    assert_int_equal(ovf_pack_view(ovf_buffer_bytes(&bytes), &pack, NULL), OVF_OK);
    for (int i = -400; i <= 400; i++) {
        const double lon = 180 + i * 1e-6; /* through the 2 m between -179.99998 and 180 */
        assert_true(holds(&pack, 51, lon, 3));
        assert_false(holds(&pack, 49.9999, lon, 3));
        assert_false(holds(&pack, 52.0001, lon, 3));
        assert_true(holds(&pack, -85.05 - i * 1e-6, lon, 4));
    }
    assert_true(holds(&pack, -90, 0, 4));
    assert_false(holds(&pack, 90, 0, 4));
    const struct ovf_extent d = ovf_pack_area(&pack, 3).extent;
    assert_int_equal(d.west_e7, 1780000000);
    assert_int_equal(d.east_e7, -1770000000);
    const struct ovf_extent e = ovf_pack_area(&pack, 4).extent;
    assert_int_equal(e.south_e7, -900000000);
    assert_int_equal(e.north_e7, -600000000);
    assert_int_equal(e.west_e7, -1800000000);
    ovf_buffer_deinit(&bytes);
}

static void test_overlaps_are_found_with_their_area(void **state)
{
    struct ovf_buffer bytes = {0};
    struct ovf_pack pack;
    (void)state;
    build(map, iso, &bytes);
    assert_int_equal(ovf_pack_view(ovf_buffer_bytes(&bytes), &pack, NULL), OVF_OK);
    assert_int_equal(pack.n_overlaps, 1);
    const struct ovf_pack_overlap o = ovf_pack_overlap(&pack, 0);
    assert_int_equal(ovf_members_count(&o.members), 2);
    assert_true(ovf_members_has(&o.members, 0) && ovf_members_has(&o.members, 2));
    /* R^2 (sin 2 - sin 1) 1 degree = 12,360 km2 on the sphere of WGS84's area */
    const double deg = 0.017453292519943295;
    assert_near(o.area_km2, 6371.0072 * 6371.0072 * (sin(2 * deg) - sin(deg)) * deg, 130);
    ovf_buffer_deinit(&bytes);
}

static void test_the_same_inputs_give_the_same_bytes(void **state)
{
    struct ovf_buffer a = {0};
    struct ovf_buffer b = {0};
    (void)state;
    build(map, iso, &a);
    build(map, iso, &b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    ovf_buffer_deinit(&a);
    ovf_buffer_deinit(&b);
}

static void test_bad_sources_are_refused(void **state)
{
    (void)state;
    assert_not_built("{}", iso, "countries: byte");
    assert_not_built("{\"type\":\"FeatureCollection\",\"features\":[]}", iso, "is not on the map");
    assert_not_built(map, "alpha2,alpha3,name,also\nAA,AAA,Aland,\n",
                     "feature 1: the code table has no BBB");
    assert_not_built(map, "alpha3\n", "code table: line 1");
    assert_not_built(map, "alpha2,alpha3,name,also\nAA,AAA,\"Aland,\n", "code table: line 2");
    assert_not_built(map, "alpha2,alpha3,name,also\nAA,AAA,x,\nAB,AAA,y,\n", "twice");
    assert_not_built(map, "alpha2,alpha3,name,also\nA,AAA,x,\n", "line 2");
}

static void test_a_pack_cut_short_or_of_another_version_is_refused(void **state)
{
    struct ovf_buffer bytes = {0};
    struct ovf_pack pack;
    struct ovf_error err;
    (void)state;
    build(map, iso, &bytes);
    for (size_t n = 0; n < bytes.len; n += n < 300 ? 1 : 4099)
        assert_int_equal(ovf_pack_view((struct ovf_bytes){bytes.data, n}, &pack, NULL),
                         OVF_E_FORMAT);
    bytes.data[8]++;
    assert_int_equal(ovf_pack_view(ovf_buffer_bytes(&bytes), &pack, &err), OVF_E_FORMAT);
    assert_non_null(strstr(err.text, "version"));
    bytes.data[8]--;
    bytes.data[bytes.len - 100] ^= 1; /* not looked at when it is opened */
    assert_int_equal(ovf_pack_view(ovf_buffer_bytes(&bytes), &pack, NULL), OVF_OK);
    assert_int_equal(ovf_pack_check(&pack, &err), OVF_E_FORMAT);
    bytes.data[bytes.len - 100] ^= 1;
    assert_int_equal(ovf_pack_check(&pack, NULL), OVF_OK);
    bytes.data[24 + 31] ^= 1; /* the digest, by which results name the pack */
    assert_int_equal(ovf_pack_check(&pack, NULL), OVF_E_FORMAT);
    ovf_buffer_deinit(&bytes);
}

static void test_the_digest_is_that_of_all_behind_the_header(void **state)
{
    struct ovf_buffer bytes = {0};
    struct ovf_pack pack;
    struct ovf_digest digest;
    (void)state;
    build(map, iso, &bytes);
    assert_int_equal(ovf_pack_view(ovf_buffer_bytes(&bytes), &pack, NULL), OVF_OK);
    assert_int_equal(ovf_sha256((struct ovf_bytes){bytes.data + 64, bytes.len - 64}, &digest),
                     OVF_OK);
    assert_true(ovf_digest_equal(&digest, &pack.digest));
    ovf_buffer_deinit(&bytes);
}

static void test_any_byte_changed_never_leads_outside_the_pack(void **state)
{
    struct ovf_buffer bytes = {0};
    (void)state;
    build(map, iso, &bytes);
    /* Header, table, texts, airspaces and overlaps lie in the first bytes; the index has its own test. */
    for (size_t i = 0; i < 2200 && i < bytes.len; i++) {
        for (int k = 0; k < 3; k++) {
            struct ovf_pack pack;
            const unsigned char kept = bytes.data[i];
            bytes.data[i] ^= (unsigned char[]){1, 0x80, 0xff}[k];
            if (ovf_pack_view(ovf_buffer_bytes(&bytes), &pack, NULL) == OVF_OK) {
                for (uint32_t a = 0; a < pack.n_areas; a++)
                    assert_true(strlen(ovf_pack_area(&pack, a).name) < bytes.len);
                for (uint32_t o = 0; o < pack.n_overlaps; o++)
                    (void)ovf_pack_overlap(&pack, o);
                assert_non_null(ovf_pack_text(&pack, "airports.sha256"));
                (void)holds(&pack, 1.5, 1.5, 0);
            }
            bytes.data[i] = kept;
        }
    }
    ovf_buffer_deinit(&bytes);
}

static void test_the_code_table_of_the_repository_is_whole(void **state)
{
    struct ovf_iso_table table = {0};
    struct ovf_error err = {""};
    static unsigned char text[1 << 16];
    (void)state;
    FILE *const f = fopen(ovf_test_source("data/iso3166.csv"), "rb");
    assert_non_null(f);
    const size_t n = fread(text, 1, sizeof text, f);
    fclose(f);
    assert_int_equal(ovf_iso_table_read((struct ovf_bytes){text, n}, &table, &err), OVF_OK);
    assert_int_equal(table.n, 250); /* 249 of ISO 3166-1, and XK */
    assert_string_equal(ovf_iso_by_alpha3(&table, "IRQ")->alpha2, "IQ");
    assert_string_equal(ovf_iso_by_alpha3(&table, "XKX")->alpha2, "XK");
    assert_null(ovf_iso_by_alpha3(&table, "ZZZ"));
    ovf_iso_table_deinit(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_goes_in_comes_out),
        cmocka_unit_test(test_cuts_are_no_boundary),
        cmocka_unit_test(test_overlaps_are_found_with_their_area),
        cmocka_unit_test(test_the_same_inputs_give_the_same_bytes),
        cmocka_unit_test(test_bad_sources_are_refused),
        cmocka_unit_test(test_a_pack_cut_short_or_of_another_version_is_refused),
        cmocka_unit_test(test_the_digest_is_that_of_all_behind_the_header),
        cmocka_unit_test(test_any_byte_changed_never_leads_outside_the_pack),
        cmocka_unit_test(test_the_code_table_of_the_repository_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
