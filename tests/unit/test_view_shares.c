/* SPDX-License-Identifier: Apache-2.0 */
/* Historical shares of a view: counted by hand of what the store says of other flights. */
#include "test.h"

#include <string.h>

#include "view/page.h"
#include "view_fixture.h"

/** Of SIM 3 of 4 flights from A to B crossed IQ, one of them perhaps a second time; of one it is not known. Of all 3 of
 * 6. */
static const char past[] =
    "INSERT INTO overflight_past(address,start,from_airport,to_airport,operator,crossed,unclear)"
    " VALUES(1,1,'A','B','SIM',char(10)||'country:IQ'||char(10)||'country:SY'||char(10),''),"
    "(2,1,'A','B','SIM',char(10)||'country:IQ'||char(10),''),"
    "(3,1,'A','B','SIM',char(10)||'country:SY'||char(10)||'country:IQ'||char(10),"
    "char(10)||'country:IQ'||char(10)),"
    "(4,1,'A','B','SIM',char(10)||'zone:IQ'||char(10),''),"
    "(5,1,'A','B','SIM','',char(10)||'country:IQ'||char(10)),"
    "(6,1,'A','B','','',''),"
    "(7,1,'A','B','SIO','',char(10)||'country:IQX'||char(10)),"
    "(8,1,'B','A','SIM',char(10)||'country:IQ'||char(10),'');";

static void put_possible(struct gpkg_fixture *f, const char *id, const char *callsign,
                         const char *to_airport, const char *to_kind)
{
    const struct ovf_store_crossing row = {
        .id = id,
        .rev = "1",
        .icao24 = "f10001",
        .callsign = callsign,
        .airspace = "IQ",
        .kind = "country",
        .class = "possible",
        .from_airport = "A",
        .from_kind = "observed",
        .to_airport = to_airport,
        .to_kind = to_kind,
        .entry_time_min = at(100),
        .exit_time_max = at(150),
        .flight_id = "f",
        .flight_start = at(0),
        .flight_end = at(500),
        .json = "{}",
    };
    assert_int_equal(ovf_store_put_crossing(f->store, &row, &f->err), OVF_OK);
}

static struct gpkg_fixture shares(void)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    gpkg_begin(&f, 1);
    put_possible(&f, "a", "SIN1", "B", "inferred");
    put_possible(&f, "b", "SIM1", "B", "inferred");
    put_possible(&f, "c", "SIM2", "B", "stated");
    put_possible(&f, "d", "SIM3", "C", "observed");
    gpkg_commit(&f);
    assert_int_equal(ovf_sql_exec(ovf_store_db(f.store), past, &f.err), OVF_OK);
    return f;
}

static const char *crossing(struct ovf_view *view, const char *id, struct ovf_buffer *text)
{
    struct ovf_error err = {""};
    text->len = 0;
    if (ovf_view_crossing(view, id, text, &err) != OVF_OK)
        fail_msg("%s", err.text);
    return text_of(text);
}

/** 3 of 4: Beta(3.5, 1.5); 3 of 6: Beta(3.5, 3.5), symmetric (mpmath). */
static void test_shares_are_of_the_operator_and_without_one_of_all(void **state)
{
    (void)state;
    struct gpkg_fixture f = shares();
    struct ovf_buffer text = {0};
    struct ovf_view *view = open_view(&f, NULL, false);
    assert_says(crossing(view, "b", &text),
                "\"historical_share\":{\"operator\":\"SIM\",\"flights\":4,"
                "\"flights_crossed\":3,\"share\":0.7500,\"share_low\":0.2838,"
                "\"share_high\":0.9715,\"rank\":1}");
    assert_says(
        (const char *)text.data,
        "Historical share: 3 of 4 flights of SIM from A to B whose positions tell crossed IQ");
    assert_says(crossing(view, "a", &text),
                "\"historical_share\":{\"flights\":6,\"flights_crossed\":3,\"share\":0.5000,");
    assert_says((const char *)text.data, "\"rank\":2}");
    assert_null(strstr(crossing(view, "c", &text), "istorical")); /* an end is only stated */
    assert_null(strstr(crossing(view, "d", &text), "istorical")); /* nobody else flew there */
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    gpkg_fixture_close(&f);
}

/** Though the flight crossed IQ a second time for certain; its start is rounded up in the table of crossings, or
 * not. */
static void test_a_flight_is_none_of_the_others(void **state)
{
    (void)state;
    for (int start_ms = -1; start_ms <= 0; start_ms++) {
        struct gpkg_fixture f = shares();
        struct ovf_buffer text = {0};
        char sql[256];
        snprintf(sql, sizeof sql,
                 "INSERT INTO overflight_past(address,start,from_airport,to_airport,operator,"
                 "crossed,unclear) SELECT %d,%d,from_airport,to_airport,operator,crossed,unclear"
                 " FROM overflight_past WHERE address=3",
                 0xF10001, start_ms);
        gpkg_run(&f, sql);
        struct ovf_view *view = open_view(&f, NULL, false);
        assert_says(crossing(view, "b", &text), "\"flights\":4,\"flights_crossed\":3,");
        assert_says(crossing(view, "a", &text), "\"flights\":6,\"flights_crossed\":3,");
        ovf_view_close(view);
        ovf_buffer_deinit(&text);
        gpkg_fixture_close(&f);
    }
}

static void test_a_table_ranks_them(void **state)
{
    (void)state;
    struct gpkg_fixture f = shares();
    struct ovf_buffer text = {0};
    struct ovf_view *view = open_view(&f, NULL, false);
    size_t i = 0;
    size_t n_rows = 0;
    while (strcmp(ovf_view_table_name(i), "historical_shares") != 0)
        i++;
    assert_int_equal(ovf_view_table_csv(view, i, &text, &n_rows, &f.err), OVF_OK);
    assert_int_equal(n_rows, 2);
    const char *const first = strstr(text_of(&text), "\r\n1,");
    const char *const second = strstr((const char *)text.data, "\r\n2,");
    assert_true(first != NULL && second > first);
    assert_says(first, ",SIM1,A,B,SIM,4,3,0.750,");
    assert_says(second, ",SIN1,A,B,,6,3,0.500,");
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares_are_of_the_operator_and_without_one_of_all),
        cmocka_unit_test(test_a_flight_is_none_of_the_others),
        cmocka_unit_test(test_a_table_ranks_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
