/* SPDX-License-Identifier: Apache-2.0 */
/* The timeline on paper: what the document of a series says is drawn where its days are. */
#include "view_fixture.h"

#include "view/figures.h"

/* 2012-03-01; ten days, of which the fifth has no data. The plot is 9,000 wide from 500 on: 900 a day. */
enum { FIRST_DAY = 15400, N_DAYS = 10, MISSING = 4, LEFT = 500, DAY_WIDTH = 900 };

static void put_days(struct gpkg_fixture *f)
{
    for (int i = 0; i < N_DAYS; i++) {
        char id[16];
        snprintf(id, sizeof id, "in %d", i);
        const struct ovf_store_completeness row = {.id = id,
                                                   .input = "in",
                                                   .day = at((FIRST_DAY + i) * (int64_t)86400),
                                                   .fixes = {true, 1000}};
        if (i != MISSING)
            assert_int_equal(ovf_store_put_completeness(f->store, &row, &f->err), OVF_OK);
    }
}

static void put_change(struct gpkg_fixture *f, const char *id, const char *verdict,
                       const char *json)
{
    const struct ovf_store_finding row = {.id = id,
                                          .rev = "1",
                                          .rule = "series/1",
                                          .verdict = verdict,
                                          .about_kind = "watch",
                                          .about_id = "w",
                                          .json = json};
    assert_int_equal(ovf_store_put_finding(f->store, &row, &f->err), OVF_OK);
}

/** A journey of the watch that enters on day \p i. */
static void put_journey(struct gpkg_fixture *f, const char *id, int i, const char *class)
{
    const int64_t s = (FIRST_DAY + i) * (int64_t)86400 + 3600;
    const struct ovf_store_crossing row = {.id = id,
                                           .rev = "1",
                                           .icao24 = "f10000",
                                           .airspace = "IQ",
                                           .kind = "country",
                                           .role = "overflight",
                                           .class = class,
                                           .entry_time_min = at(s),
                                           .entry_time_max = at(s + 1),
                                           .exit_time_min = at(s + 600),
                                           .exit_time_max = at(s + 601),
                                           .flight_id = id,
                                           .journey_id = id,
                                           .flight_start = at(s - 600),
                                           .flight_end = at(s + 1200),
                                           .watches = "w",
                                           .simulated = true,
                                           .json = "{}"};
    assert_int_equal(ovf_store_put_crossing(f->store, &row, &f->err), OVF_OK);
}

static void assert_band(const char *figure, int first, int end, const char *how)
{
    char want[160];
    snprintf(want, sizeof want, "<rect x=\"%d\" y=\"400\" width=\"%d\" height=\"1450\" %s/>",
             LEFT + first * DAY_WIDTH, (end - first) * DAY_WIDTH, how);
    assert_says(figure, want);
}

static void test_days_of_no_data_halts_and_marks_stand_at_their_days(void **state)
{
    (void)state;
    static const char yaml[] =
        "case: c\nwatches:\n  - {name: w, over: [IQ]}\n"
        "requests:\n"
        "  - {name: r, date: 2012-03-03, by: X, to: Y, asks: stop, watch: w, source: t}\n"
        "  - {name: s, date: 2011-03-03, by: X, to: Y, asks: <stop>, watch: w, source: t}\n"
        "  - {name: u, date: 2012-03-01, by: X, to: Y, asks: stop, watch: w, source: t}\n";
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_case_store store = {0};
    const struct ovf_case the_case = read_case(yaml, &store);
    struct ovf_buffer text = {0};
    gpkg_begin(&f, 1);
    put_days(&f);
    put_journey(&f, "c0", 5, "observed");
    put_journey(&f, "c1", 5, "possible");
    put_change(
        &f, "aa", "halt",
        "{\"day\":\"2012-03-04\",\"earliest_day\":\"2012-03-03\",\"latest_day\":\"2012-03-04\"}");
    put_change(
        &f, "bb", "resumption",
        "{\"day\":\"2012-03-08\",\"earliest_day\":\"2012-03-08\",\"latest_day\":\"2012-03-09\"}");
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, &the_case, false);
    assert_int_equal(ovf_view_series_figure(view, &text, &f.err), OVF_OK);
    const char *const figure = text_of(&text);
    assert_band(figure, MISSING, MISSING + 1, "fill=\"url(#report-hatch)\"");
    assert_band(figure, 3, 7, "fill=\"#d55e00\" fill-opacity=\".14\"");
    assert_band(figure, 2, 4, "fill=\"#d55e00\" fill-opacity=\".35\"");
    assert_band(figure, 7, 9, "fill=\"#00805e\" fill-opacity=\".35\"");
    assert_says(figure, "<path fill=\"#0072b2\" d=\"M5000 1850v-725h896v725z\"/>"); /* 1 of 2 */
    assert_says(figure,
                "fill-opacity=\".35\" d=\"M5000 1125v-725h896v725z\"/>"); /* and perhaps 1 */
    assert_says(figure, "d=\"M2300 360v1490\""); /* the third day's begin */
    assert_says(figure, "<a href=\"#entry-1\" aria-label=\"entry 1\"><text x=\"2300\"");
    assert_says(figure, ">\xe2\x86\x90"
                        "2</text>");                               /* before these days */
    assert_says(figure, "aria-label=\"entry 3\"><text x=\"500\""); /* which pushes it aside not */
    assert_null(strstr(figure, "stop"));
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    ovf_case_store_deinit(&store);
    gpkg_fixture_close(&f);
}

static void test_without_days_or_a_case_there_is_no_figure(void **state)
{
    (void)state;
    static const char yaml[] = "case: c\nwatches:\n  - {name: w, over: [IQ]}\n";
    struct gpkg_fixture f = fixture();
    struct ovf_case_store store = {0};
    const struct ovf_case the_case = read_case(yaml, &store);
    struct ovf_buffer text = {0};
    for (int i = 0; i < 2; i++) {
        struct ovf_view *view = open_view(&f, i == 0 ? NULL : &the_case, false);
        assert_int_equal(ovf_view_series_figure(view, &text, &f.err), OVF_OK);
        assert_int_equal(ovf_view_map_figure(view, &text, &f.err), OVF_OK); /* no place is known */
        assert_int_equal(text.len, 0);
        ovf_view_close(view);
    }
    ovf_buffer_deinit(&text);
    ovf_case_store_deinit(&store);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_of_no_data_halts_and_marks_stand_at_their_days),
        cmocka_unit_test(test_without_days_or_a_case_there_is_no_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
