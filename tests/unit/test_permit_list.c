/* SPDX-License-Identifier: Apache-2.0 */
/* Permit lists: columns and units are those of the format's description, docs/formats/permits.md. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "base/time.h"
#include "lists/permit.h"

#define HEADER "permit_no,operator_icao,valid_from,valid_to"

static struct ovf_permit_about iraq(void)
{
    struct ovf_permit_about about;
    struct ovf_error err = {0};
    assert_int_equal(ovf_permit_about_read("IQ", "2012-01-01/2012-12-31", "ORBB", &about, &err),
                     OVF_OK);
    return about;
}

static struct ovf_permit_list read_list(const char *text)
{
    const struct ovf_permit_about about = iraq();
    struct ovf_permit_list list = {0};
    struct ovf_error err = {0};
    const enum ovf_status st = ovf_permit_list_read(ovf_bytes_from_text(text), &about, &list, &err);
    if (st != OVF_OK)
        print_error("%s\n", err.text);
    assert_int_equal(st, OVF_OK);
    assert_int_equal(list.n, list.counts.n_used);
    assert_int_equal(list.counts.n_read, list.counts.n_used + list.counts.n_repeated +
                                             ovf_permit_counts_rejected(&list.counts));
    return list;
}

static int64_t at(const char *time)
{
    int64_t t_ns = 0;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(time), &t_ns));
    return t_ns;
}

static const char *word(struct ovf_permit_words words, size_t i)
{
    const char *text = words.first;
    assert_true(i < words.n);
    while (i-- > 0)
        text += strlen(text) + 1;
    return text;
}

static void check_full(const struct ovf_permit *p)
{
    assert_int_equal(p->kind, OVF_PERMIT_BLOCK);
    assert_int_equal(p->status, OVF_PERMIT_REVOKED);
    assert_int_equal(p->airspace, OVF_PERMIT_FIR);
    assert_string_equal(p->authority, "Simulated \"CAA\"");
    assert_string_equal(p->number, "S-1/2012");
    assert_string_equal(p->operator_icao, "SIM");
    assert_int_equal(p->callsigns.n, 2);
    assert_string_equal(word(p->callsigns, 1), "SIM002");
    assert_int_equal(p->registrations.n, 2);
    assert_string_equal(word(p->registrations, 0), "XX-AAA");
    assert_string_equal(word(p->registrations, 1), "XX-AAB");
    assert_int_equal(p->types.n, 1);
    assert_string_equal(word(p->types, 0), "B77W");
    assert_near(p->mtow_kg, 351500.0, 0.0);
    assert_string_equal(p->adep, "OIIE");
    assert_string_equal(p->ades, "OSDI");
    assert_string_equal(p->entry.name, "RAGET");
    assert_false(p->entry.has_place);
    assert_true(p->exit.has_place);
    assert_near(p->exit.lat_deg, 33.0 + 20.0 / 60.0, 1e-12);
    assert_near(p->exit.lon_deg, 44.25, 1e-12);
    assert_string_equal(p->airways, "UM688");
    assert_true(p->valid_from_ns == at("2012-03-01T00:00Z"));
    assert_true(p->valid_to_ns == at("2012-03-05T02:30:00Z") - 1); /* the 4th, and 2.5 h */
    assert_int_equal(p->days, 0x15);                               /* Monday, Wednesday, Friday */
    assert_true(p->has_flights_max && p->flights_max == 3);
    assert_string_equal(p->purpose, "cargo");
    assert_true(p->has_issued && p->issued_ns == at("2012-02-28T00:00:00.001Z"));
    assert_int_equal(strlen(p->document_sha256), 64);
}

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF"

static void csv_gives_every_field(void **state)
{
    (void)state;
    struct ovf_permit_list list = read_list(
        "\xef\xbb\xbfState,airspace,authority,permit_no,kind,status,operator_icao,callsigns,"
        "registrations,types,mtow_kg,adep,ades,entry_point,exit_point,airways,valid_from,valid_to,"
        "tolerance_before_h,tolerance_after_h,days_mask,flights_max,purpose,issued_ms,"
        "document_sha256,remark\r\n"
        "IQ,FIR,\"Simulated \"\"CAA\"\"\",S-1/2012,block,Revoked,sim,SIM001 SIM002,"
        "\"xx-aaa, XX-AAB\",B77W,351500,OIIE,osdi,RAGET,KABAN/3320N04415E,UM688,2012-03-01,"
        "2012-03-04,,2.5,1.3.5..,3,cargo,1330387200001,sha256:" HASH ",x\r\n");
    assert_int_equal(list.n, 1);
    assert_int_equal(list.items[0].line, 2);
    check_full(&list.items[0]);
    /* printf '...' | sha256sum of nothing is not needed: only that it is a digest of the text */
    assert_int_equal(strncmp(list.source, "sha256:", 7), 0);
    assert_int_equal(strlen(list.source), 71);
    ovf_permit_list_deinit(&list);
}

static const char full_object[] =
    "{\"state\":\"IQ\",\"airspace\":\"fir\",\"authority\":\"Simulated \\\"CAA\\\"\","
    "\"permit_no\":\"S-1/"
    "2012\",\"kind\":\"block\",\"status\":\"revoked\",\"operator_icao\":\"SIM\","
    "\"callsigns\":[\"SIM001\",\"SIM002\"],\"registrations\":\"XX-AAA "
    "XX-AAB\",\"types\":[\"B77W\"],"
    "\"mtow_kg\":351500,\"adep\":\"OIIE\",\"ades\":\"OSDI\",\"entry_point\":\"RAGET\","
    "\"exit_point\":\"33.333333333333333 44.25\",\"airways\":\"UM688\","
    "\"valid_from\":\"2012-03-01\",\"valid_to\":\"2012-03-05T02:29:59.999999999Z\","
    "\"tolerance_before_h\":null,\"days_mask\":135,\"flights_max\":3,\"purpose\":\"cargo\","
    "\"issued_ms\":1330387200001,\"document_sha256\":\"" HASH "\",\"remark\":{\"a\":[1]}}";

static void json_arrays_and_lines_give_the_same(void **state)
{
    (void)state;
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_buffer_printf(&text, " [ %s ]\n%c", full_object, '\0'), OVF_OK);
    struct ovf_permit_list list = read_list((const char *)text.data);
    assert_int_equal(list.n, 1);
    check_full(&list.items[0]);
    ovf_permit_list_deinit(&list);
    text.len = 0;
    assert_int_equal(ovf_buffer_printf(&text, "%s\n\n%s%c", full_object, full_object, '\0'),
                     OVF_OK);
    list = read_list((const char *)text.data);
    assert_int_equal(list.n, 1);
    assert_int_equal(list.counts.n_repeated, 1);
    check_full(&list.items[0]);
    ovf_permit_list_deinit(&list);
    ovf_buffer_deinit(&text);
}

static void a_bad_row_is_left_out_with_its_reason(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        enum ovf_permit_fault fault;
    } rows[] = {
        {"1,SIM,2012-03-02,2012-03-01,,,,,,,,,,", OVF_PERMIT_FAULT_ENDS_BEFORE_IT_BEGINS},
        {"2,SIM,2012-03-02", OVF_PERMIT_FAULT_ROW_SHORT},
        {"3,*,2012-03-02,2012-03-02,,,,,,,,,,", OVF_PERMIT_FAULT_WILDCARD},
        {"*,SIM,2012-03-02,2012-03-02,,,,,,,,,,", OVF_PERMIT_FAULT_WILDCARD},
        {"4,SIM,2012-03-02,2012-03-02,SIM*,,,,,,,,,", OVF_PERMIT_FAULT_WILDCARD},
        {"5,SIMU,2012-03-02,2012-03-02,,,,,,,,,,", OVF_PERMIT_FAULT_BAD_CODE},
        {",SIM,2012-03-02,2012-03-02,,,,,,,,,,", OVF_PERMIT_FAULT_NO_NUMBER},
        {"6,,2012-03-02,2012-03-02,,,,,,,,,,", OVF_PERMIT_FAULT_NO_AIRCRAFT},
        {"7,SIM,2012-03-02,,,,,,,,,,,", OVF_PERMIT_FAULT_BAD_TIME},
        {"8,SIM,2012-02-30,2012-03-02,,,,,,,,,,", OVF_PERMIT_FAULT_BAD_TIME},
        {"9,SIM,2012-03-02,2012-03-02,,granted,,,,,,,,", OVF_PERMIT_FAULT_BAD_STATUS},
        {"10,SIM,2012-03-02,2012-03-02,,,scheduled,,,,,,,", OVF_PERMIT_FAULT_BAD_KIND},
        {"11,SIM,2012-03-02,2012-03-02,,,,zone,,,,,,", OVF_PERMIT_FAULT_BAD_AIRSPACE},
        {"12,SIM,2012-03-02,2012-03-02,,,,,SY,,,,,", OVF_PERMIT_FAULT_OTHER_STATE},
        {"13,SIM,2012-03-02,2012-03-02,,,,,,1111100,,,,", OVF_PERMIT_FAULT_BAD_DAYS},
        {"14,SIM,2012-03-02,2012-03-02,,,,,,8,,,,", OVF_PERMIT_FAULT_BAD_DAYS},
        {"15,SIM,2012-03-02,2012-03-02,,,,,,,0,,,", OVF_PERMIT_FAULT_BAD_NUMBER},
        {"16,SIM,2012-03-02,2012-03-02,,,,,,,,nan,,", OVF_PERMIT_FAULT_BAD_NUMBER},
        {"17,SIM,2012-03-02,2012-03-02,,,,,,,,,-1,", OVF_PERMIT_FAULT_BAD_NUMBER},
        {"18,SIM,2012-03-02,2012-03-02,,,,,,,,,,91.0 44.0", OVF_PERMIT_FAULT_BAD_NUMBER},
        {"\"19\" x,SIM,2012-03-02,2012-03-02,,,,,,,,,,", OVF_PERMIT_FAULT_BAD_TEXT},
        {"2\xe2\x80\xae"
         "0,SIM,2012-03-02,2012-03-02,,,,,,,,,,",
         OVF_PERMIT_FAULT_BAD_TEXT},
        {"good,SIM,2012-03-02,2012-03-02,,,,,,,,,,", OVF_PERMIT_FAULT_N},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[512];
        (void)snprintf(text, sizeof text,
                       HEADER ",callsigns,status,kind,airspace,state,days_mask,flights_max,mtow_kg,"
                              "tolerance_after_h,entry_point\n\n%s\n",
                       rows[i].row);
        struct ovf_permit_list list = read_list(text);
        if (rows[i].fault == OVF_PERMIT_FAULT_N) {
            assert_int_equal(list.n, 1);
        } else {
            if (list.counts.n_rejected[rows[i].fault] != 1)
                print_error("row %s\n", rows[i].row);
            assert_int_equal(list.counts.n_rejected[rows[i].fault], 1);
            assert_int_equal(list.counts.first[0].line, 3);
            assert_int_equal(list.counts.first[0].fault, rows[i].fault);
        }
        ovf_permit_list_deinit(&list);
    }
}

static void broken_json_lines_are_counted_and_a_broken_array_is_no_list(void **state)
{
    (void)state;
    struct ovf_permit_list list =
        read_list("{\"permit_no\":\"1\",\"callsigns\":\"SIM1\",\"valid_from\":\"2012-03-01\","
                  "\"valid_to\":\"2012-03-01\"}\n"
                  "{\"permit_no\":\"2\",\n"
                  "{\"permit_no\":\"3\",\"permit_no\":\"4\"}\n"
                  "{\"permit_no\":\"5\",\"callsigns\":{\"a\":1}}\n"
                  "{\"permit_no\":\"6\"} x\n"
                  "7\n");
    assert_int_equal(list.n, 1);
    assert_int_equal(list.counts.n_rejected[OVF_PERMIT_FAULT_NOT_JSON], 3);
    assert_int_equal(list.counts.n_rejected[OVF_PERMIT_FAULT_DUPLICATE_KEY], 1);
    assert_int_equal(list.counts.n_rejected[OVF_PERMIT_FAULT_BAD_TEXT], 1);
    ovf_permit_list_deinit(&list);
    static const char *const files[] = {
        "[{\"permit_no\":\"1\"}",
        "[{\"permit_no\":\"1\"}] x",
        "[{]",
        "",
        "\n\n",
        "a,b\n1,2\n",
        "permit_no,permit_no,operator_icao,valid_from,valid_to\n",
        "permit_no,valid_from,valid_to\n",
    };
    const struct ovf_permit_about about = iraq();
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct ovf_error err = {0};
        assert_int_equal(ovf_permit_list_read(ovf_bytes_from_text(files[i]), &about, &list, &err),
                         OVF_E_FORMAT);
        assert_true(err.text[0] != '\0');
    }
}

static void a_header_alone_is_an_empty_list(void **state)
{
    (void)state;
    struct ovf_permit_list list = read_list(HEADER "\n");
    assert_int_equal(list.n, 0);
    assert_int_equal(list.counts.n_read, 0);
    ovf_permit_list_deinit(&list);
}

static void the_same_number_twice_stays_and_the_same_row_twice_does_not(void **state)
{
    (void)state;
    struct ovf_permit_list list = read_list(HEADER "\n1,SIM,2012-03-02,2012-03-03\n"
                                                   "1,SIM,2012-03-03,2012-03-04\n"
                                                   "1,SIM,2012-03-02,2012-03-03\n");
    assert_int_equal(list.n, 2);
    assert_int_equal(list.items[1].line, 3);
    assert_int_equal(list.items[1].status,
                     OVF_PERMIT_ISSUED); /* and what else is meant by nothing */
    assert_int_equal(list.items[1].kind, OVF_PERMIT_OVERFLIGHT);
    assert_int_equal(list.items[1].airspace, OVF_PERMIT_COUNTRY);
    assert_int_equal(list.items[1].days, 0x7F);
    assert_true(isnan(list.items[1].mtow_kg) && !list.items[1].has_flights_max);
    assert_int_equal(list.counts.n_repeated, 1);
    ovf_permit_list_deinit(&list);
}

static void points_have_places_where_coordinates_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double lat_deg;
        double lon_deg;
    } points[] = {
        {"33N044E", 33.0, 44.0},
        {"3320N04415E", 33.0 + 20.0 / 60, 44.25},
        {"332030S0441530W", -(33.0 + 20.5 / 60), -(44.0 + 15.5 / 60)},
        {"33.5 -70.25", 33.5, -70.25},
        {"33.5/44.5", 33.5, 44.5},
        {"RAGET 33.5 44.5", 33.5, 44.5},
        {"RAGET/33N044E", 33.0, 44.0},
        {"RAGET", NAN, NAN},
        {"RAGET 12", NAN, NAN},
        {"3360N04415E", NAN, NAN}, /* sixty minutes */
        {"33N44E", NAN, NAN},
    };
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, HEADER ",entry_point\n1,SIM,2012-03-02,2012-03-03,%s\n",
                       points[i].text);
        struct ovf_permit_list list = read_list(text);
        assert_int_equal(list.n, 1);
        const struct ovf_permit_point *const point = &list.items[0].entry;
        assert_string_equal(point->name, points[i].text);
        assert_int_equal(point->has_place, !isnan(points[i].lat_deg));
        if (point->has_place) {
            assert_near(point->lat_deg, points[i].lat_deg, 1e-12);
            assert_near(point->lon_deg, points[i].lon_deg, 1e-12);
        }
        ovf_permit_list_deinit(&list);
    }
}

static void what_a_list_is_about_is_read_strictly(void **state)
{
    (void)state;
    struct ovf_permit_about about = iraq();
    struct ovf_error err = {0};
    assert_true(about.covers_from_ns == at("2012-01-01"));
    assert_true(about.covers_to_ns == at("2013-01-01"));
    static const char *const bad[][3] = {
        {"iq", "2012-01-01/2012-01-02", NULL},       {"IRAQ", "2012-01-01/2012-01-02", NULL},
        {"IQ", "2012-01-02/2012-01-01", NULL},       {"IQ", "2012-01-01", NULL},
        {"IQ", "2012-01-01/2012-01-32", NULL},       {"IQ", "2012-01-01 2012-01-02", NULL},
        {"IQ", "2012-01-01/2012-01-02", "ORB"},      {"IQ", "2012-01-01/2012-01-02", "ORBB,"},
        {"IQ", "2012-01-01/2012-01-02", "ORBB,,XX"}, {"IQ", "2012-01-01/2012-01-02", ""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(ovf_permit_about_read(bad[i][0], bad[i][1], bad[i][2], &about, &err),
                         OVF_E_FORMAT);
}

static void a_list_is_about_its_state_and_its_regions(void **state)
{
    (void)state;
    struct ovf_permit_list list = read_list(HEADER "\n");
    assert_true(ovf_permit_list_is_about(&list, "country", "IQ"));
    assert_true(ovf_permit_list_is_about(&list, "fir", "ORBB"));
    assert_true(ovf_permit_list_is_about(&list, "fir", "ORBBFIR"));
    assert_true(ovf_permit_list_is_about(&list, "fir", "ORBBUIR"));
    assert_false(ovf_permit_list_is_about(&list, "country", "ORBB"));
    assert_false(ovf_permit_list_is_about(&list, "fir", "IQ"));
    assert_false(ovf_permit_list_is_about(&list, "fir", "ORB"));
    assert_false(ovf_permit_list_is_about(&list, "fir", "ORBBX"));
    assert_false(ovf_permit_list_is_about(&list, "zone", "ORBB"));
    ovf_permit_list_deinit(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_gives_every_field),
        cmocka_unit_test(json_arrays_and_lines_give_the_same),
        cmocka_unit_test(a_bad_row_is_left_out_with_its_reason),
        cmocka_unit_test(broken_json_lines_are_counted_and_a_broken_array_is_no_list),
        cmocka_unit_test(a_header_alone_is_an_empty_list),
        cmocka_unit_test(the_same_number_twice_stays_and_the_same_row_twice_does_not),
        cmocka_unit_test(points_have_places_where_coordinates_are_written),
        cmocka_unit_test(what_a_list_is_about_is_read_strictly),
        cmocka_unit_test(a_list_is_about_its_state_and_its_regions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
