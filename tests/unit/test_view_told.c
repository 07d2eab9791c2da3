/* SPDX-License-Identifier: Apache-2.0 */
/* What readers are told of a view's rows: who flew, tables that are there, counts of a page that is live. */
#include "view_fixture.h"

static void put_about(struct gpkg_fixture *f, const char *id, const char *kind, const char *about)
{
    const struct ovf_store_finding row = {.id = id,
                                          .rev = "1",
                                          .rule = "embargo/1",
                                          .verdict = "in_force",
                                          .about_kind = kind,
                                          .about_id = about,
                                          .json = "{\"type\":\"finding\"}"};
    assert_int_equal(ovf_store_put_finding(f->store, &row, &f->err), OVF_OK);
}

/** A journey of two flights, the end of the second inferred. */
static void put_journey(struct gpkg_fixture *f)
{
    const struct ovf_store_flight flights[] = {{.id = "first",
                                                .rev = "1",
                                                .icao24 = "f1000a",
                                                .callsign = "SIMA",
                                                .flight_start = at(0),
                                                .flight_end = at(3600),
                                                .from_airport = "OIIE",
                                                .from_kind = "observed",
                                                .journey_id = "j",
                                                .journey_leg = {true, 1},
                                                .journey_legs = {true, 2},
                                                .json = "{}"},
                                               {.id = "last",
                                                .rev = "1",
                                                .icao24 = "f1000a",
                                                .flight_start = at(90000),
                                                .flight_end = at(93600),
                                                .to_country = "SY",
                                                .to_kind = "inferred",
                                                .journey_id = "j",
                                                .journey_leg = {true, 2},
                                                .journey_legs = {true, 2},
                                                .json = "{}"}};
    const struct ovf_store_journey journey = {.id = "j",
                                              .rev = "1",
                                              .icao24 = "f1000a",
                                              .callsign = "SIMA",
                                              .journey_start = at(0),
                                              .journey_end = at(93600),
                                              .journey_legs = {true, 2},
                                              .from_airport = "OIIE",
                                              .to_country = "SY"};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(ovf_store_put_flight(f->store, &flights[i], &f->err), OVF_OK);
    assert_int_equal(ovf_store_put_journey(f->store, &journey, &f->err), OVF_OK);
}

static void test_what_flew_is_told_by_callsign_day_and_ends(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_buffer text = {0};
    gpkg_begin(&f, 2);
    put_journey(&f);
    put_about(&f, "dd", "journey", "j");
    put_about(&f, "ee", "flight", "last");
    put_about(&f, "ff", "watch", "w");
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, NULL, false);
    const char *const said = document(view, OVF_VIEW_FINDINGS, NULL, &text);
    assert_says(said, "\"subject\":\"SIMA f10000, 1970-01-01, ? to ?, over IQ\"");
    assert_says(said, "\"subject\":\"SIMA f1000a, 1970-01-01, OIIE to ~SY\"");
    assert_says(said, "\"subject\":\"f1000a, 1970-01-02, ? to ~SY\"");
    assert_int_equal(count(said, "\"subject\""), 5); /* none of the watch, which has a name */
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    gpkg_fixture_close(&f);
}

static void test_a_report_has_no_empty_tables_of_what_was_never_asked(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_view *view = open_view_as(&f, NULL, OVF_VIEW_REPORT, false);
    assert_true(ovf_view_has(view, OVF_VIEW_FINDINGS));
    assert_true(ovf_view_has(view, OVF_VIEW_PERMITS));
    assert_false(ovf_view_has(view, OVF_VIEW_LISTS));
    ovf_view_close(view);
    gpkg_run(&f, "DELETE FROM findings");
    view = open_view_as(&f, NULL, OVF_VIEW_REPORT, false);
    assert_false(ovf_view_has(view, OVF_VIEW_FINDINGS));
    assert_false(ovf_view_has(view, OVF_VIEW_PERMITS));
    ovf_view_close(view);
    view = open_view(&f, NULL, false); /* whose user is told how they come to be */
    assert_true(ovf_view_has(view, OVF_VIEW_LISTS));
    assert_true(ovf_view_has(view, OVF_VIEW_PERMITS));
    ovf_view_close(view);
    gpkg_fixture_close(&f);
}

/** What is told live is beside it: the page says how many there are with that. */
static void test_a_live_answer_speaks_of_the_store_alone(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_buffer text = {0};
    struct ovf_view *view = open_view_as(&f, NULL, OVF_VIEW_LIVE, false);
    assert_says(document(view, OVF_VIEW_CASE, NULL, &text), "\"The store has 6 crossings, of");
    ovf_view_close(view);
    gpkg_fixture_close(&f);
    f = gpkg_fixture_open();
    gpkg_begin(&f, 1);
    gpkg_commit(&f);
    view = open_view_as(&f, NULL, OVF_VIEW_LIVE, false);
    assert_says(document(view, OVF_VIEW_CASE, NULL, &text), "\"answer\":[]");
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_flew_is_told_by_callsign_day_and_ends),
        cmocka_unit_test(test_a_report_has_no_empty_tables_of_what_was_never_asked),
        cmocka_unit_test(test_a_live_answer_speaks_of_the_store_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
