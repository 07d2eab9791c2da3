/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of a view: pages join to the whole, filters keep what they say, what is withheld is nowhere, and a view
 * sees one state of the store until it is told to look again. */
#include "test.h"

#include <string.h>

#include "view_fixture.h"

static void test_rows_are_numbered_by_entry_and_pages_join_to_the_whole(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_view *view = open_view(&f, NULL, false);
    struct ovf_buffer text = {0};
    assert_says(document(view, OVF_VIEW_CROSSINGS, NULL, &text),
                "{\"type\":\"crossings\",\"rows\":[{\"n\":1,\"type\":\"crossing\",\"id\":\"c999\"");
    assert_says((const char *)text.data, "{\"n\":6,\"type\":\"crossing\",\"id\":\"c994\"");
    struct ovf_view_query query = asked("limit", "4");
    assert_says(document(view, OVF_VIEW_CROSSINGS, &query, &text), "\"total\":6,\"next\":\"4\"}");
    assert_int_equal(count((const char *)text.data, "\"n\":"), 4);
    query.after = 4;
    assert_says(document(view, OVF_VIEW_CROSSINGS, &query, &text), "\"rows\":[{\"n\":5");
    assert_says((const char *)text.data, "\"n\":6,");
    assert_null(strstr((const char *)text.data, "next"));
    query.limit = 2; /* just as many as are left */
    assert_null(strstr(document(view, OVF_VIEW_CROSSINGS, &query, &text), "next"));
    query.after = 6;
    assert_says(document(view, OVF_VIEW_CROSSINGS, &query, &text), "\"rows\":[],\"total\":6}");
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    gpkg_fixture_close(&f);
}

static void test_filters_keep_what_they_say(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *value;
        const char *want;
    } cases[] = {
        {"watch", "corridor", "\"total\":2"}, /* not those of corridors */
        {"airspace", "IQ", "\"total\":3"},
        {"airspace", "country:IQ", "\"total\":3"},
        {"airspace", "zone:noon", "\"total\":3"},
        {"class", "observed", "\"total\":6"},
        {"class", "bracketed", "\"total\":0"},
        {"icao24", "F10003", "\"total\":1"},
        {"callsign", "simb", "\"total\":3"},
        {"registration", "XX", "\"total\":0"},
        {"role", "overflight", "\"total\":6"},
        {"callsign", "%", "\"total\":0"},
        {"callsign", "' OR 1=1 --", "\"total\":0"},
        {"callsign", "", "\"total\":6"},
        {"kind", "request", "\"total\":6"},              /* of claims alone */
        {"from", "1970-01-01T00:05:00Z", "\"total\":3"}, /* 2 is over at 250 s, 3 begins at 300 s */
        {"to", "1970-01-01T00:05:00Z", "\"total\":3"},
    };
    struct gpkg_fixture f = fixture();
    struct ovf_view *view = open_view(&f, NULL, false);
    struct ovf_buffer text = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_view_query query = asked(cases[i].name, cases[i].value);
        assert_says(document(view, OVF_VIEW_CROSSINGS, &query, &text), cases[i].want);
    }
    const struct ovf_view_query rule = asked("rule", "closure");
    assert_says(document(view, OVF_VIEW_FINDINGS, &rule, &text), "\"total\":2");
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    gpkg_fixture_close(&f);
}

/** In a gap of 5,000 s where nobody can have been inside before 2,000 s nor after 3,000 s. */
static void test_a_crossing_in_a_gap_is_there_when_it_can_have_been(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *value;
        const char *want;
    } cases[] = {
        {"to", "1970-01-01T00:33:20Z", "\"total\":6}"}, /* those of the fixture, over by 550 s */
        {"to", "1970-01-01T00:33:21Z", "\"total\":7}"},
        {"from", "1970-01-01T00:50:00Z", "\"total\":1}"},
        {"from", "1970-01-01T00:50:01Z", "\"total\":0}"},
    };
    const struct ovf_store_crossing row = {
        .id = "c000",
        .rev = "1",
        .icao24 = "f10000",
        .airspace = "IQ",
        .kind = "country",
        .role = "overflight",
        .class = "necessary",
        .entry_time_min = at(0),
        .entry_earliest = at(2000),
        .exit_latest = at(3000),
        .exit_time_max = at(5000),
        .flight_id = "f000",
        .flight_start = at(0),
        .flight_end = at(5000),
        .simulated = true,
        .json = "{\"type\":\"crossing\",\"id\":\"c000\"}",
    };
    struct gpkg_fixture f = fixture();
    struct ovf_buffer text = {0};
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_put_crossing(f.store, &row, &f.err), OVF_OK);
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, NULL, false);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_view_query query = asked(cases[i].name, cases[i].value);
        assert_says(document(view, OVF_VIEW_CROSSINGS, &query, &text), cases[i].want);
    }
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    gpkg_fixture_close(&f);
}

static void test_parameters_that_are_none_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *value;
        enum ovf_status want;
    } cases[] = {
        {"limit", "0", OVF_E_RANGE},
        {"limit", "10001", OVF_E_RANGE},
        {"limit", "10000", OVF_OK},
        {"limit", "1e3", OVF_E_RANGE},
        {"limit", "", OVF_E_RANGE},
        {"after", "-1", OVF_E_RANGE},
        {"after", "2147483648", OVF_E_RANGE},
        {"from", "yesterday", OVF_E_RANGE},
        {"from", "2025-02-30", OVF_E_RANGE},
        {"order", "id", OVF_E_NOTFOUND},
        {"", "", OVF_E_NOTFOUND},
    };
    struct ovf_view_query query = ovf_view_query_all();
    char text[OVF_VIEW_TEXT_SIZE + 1];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(
            ovf_view_query_set(&query, cases[i].name, ovf_bytes_from_text(cases[i].value), NULL),
            cases[i].want);
    memset(text, 'a', sizeof text);
    const struct ovf_bytes longest = {(const unsigned char *)text, OVF_VIEW_TEXT_SIZE - 1};
    const struct ovf_bytes longer = {(const unsigned char *)text, OVF_VIEW_TEXT_SIZE};
    assert_int_equal(ovf_view_query_set(&query, "callsign", longest, NULL), OVF_OK);
    assert_int_equal(ovf_view_query_set(&query, "callsign", longer, NULL), OVF_E_RANGE);
    assert_int_equal(ovf_view_query_set(&query, "callsign",
                                        (struct ovf_bytes){(const unsigned char *)"a\0b", 3}, NULL),
                     OVF_E_RANGE);
}

static void test_what_is_withheld_is_nowhere_and_is_counted(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_case_store store = {0};
    const struct ovf_case the_case = read_case(
        "case: c\n" WATCHES "notes:\n"
        "  - {number: 1, author: a, time: 2025-01-01T00:00Z, text: told}\n"
        "  - {number: 2, author: a, time: 2025-01-01T00:00Z, text: secret, private: true}\n",
        &store);
    struct ovf_view *view = open_view(&f, &the_case, true);
    struct ovf_buffer text = {0};
    const struct ovf_view_withheld n = ovf_view_withheld(view);
    assert_int_equal(n.n_ladd, 1);
    assert_int_equal(n.n_pia, 1); /* the other meets the watch */
    assert_int_equal(n.n_permits, 1);
    assert_int_equal(n.n_notes, 1);
    for (unsigned i = 0; i < OVF_VIEW_N; i++) {
        const char *const said = document(view, (enum ovf_view_document)i, NULL, &text);
        assert_null(strstr(said, "c998"));
        assert_null(strstr(said, "c997"));
        assert_null(strstr(said, "f10001"));
        assert_null(strstr(said, "\"aa\"")); /* the permit's finding */
        assert_null(strstr(said, "\"bb\"")); /* one about a crossing that is withheld */
        assert_null(strstr(said, "secret"));
    }
    assert_false(ovf_view_has(view, OVF_VIEW_PERMITS));
    assert_says(document(view, OVF_VIEW_CROSSINGS, NULL, &text), "\"total\":4");
    assert_says(document(view, OVF_VIEW_FINDINGS, NULL, &text), "\"cc\"");
    assert_says(document(view, OVF_VIEW_INDEX, NULL, &text),
                "\"withheld\":{\"ladd\":1,\"pia\":1,\"permits\":1,\"notes\":1}");
    assert_int_equal(ovf_view_crossing(view, "c998", &text, NULL), OVF_E_NOTFOUND);
    ovf_view_close(view);
    view = open_view(&f, &the_case, false);
    assert_says(document(view, OVF_VIEW_CROSSINGS, NULL, &text), "\"total\":6");
    assert_says(document(view, OVF_VIEW_CASE, NULL, &text), "secret");
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    ovf_case_store_deinit(&store);
    gpkg_fixture_close(&f);
}

/** Folders tell of who uses the computer. A folder with nothing to read is known by its path. */
static void test_what_is_published_names_no_folders(void **state)
{
    (void)state;
    struct ovf_case_store store = {0};
    const struct ovf_case the_case =
        read_case("case: c\ninputs:\n  - {path: /srv/who/lost.csv}\n" WATCHES, &store);
    struct ovf_buffer text = {0};
    struct gpkg_fixture f = fixture();
    const struct ovf_store_input folder = {
        .id = "/srv/who/empty/", .path = "/srv/who/empty/", .json = "{}"};
    const struct ovf_store_completeness day = {.id = "d", .input = "/srv/who/empty/", .day = at(0)};
    const struct ovf_store_crossing row = {
        .id = "c001",
        .rev = "1",
        .icao24 = "f10000",
        .airspace = "IQ",
        .kind = "country",
        .role = "overflight",
        .class = "observed",
        .flight_id = "f000",
        .flight_start = at(0),
        .flight_end = at(5000),
        .json = "{\"entry\":{\"records\":[{\"input\":\"x\",\"member\" : \"/srv/who/a.csv\","
                "\"index\":3},{\"member\":\"\\/srv\\/who\\/b.csv\\/\"},{\"member\":\"c.csv\"}]},"
                "\"callsign\":\"member\",\"type_code\":\"A/B\"}"};
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_put_input(f.store, &folder, &f.err), OVF_OK);
    assert_int_equal(ovf_store_put_completeness(f.store, &day, &f.err), OVF_OK);
    assert_int_equal(ovf_store_put_crossing(f.store, &row, &f.err), OVF_OK);
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, &the_case, true);
    for (unsigned i = 0; i < OVF_VIEW_N; i++) {
        const char *const said = document(view, (enum ovf_view_document)i, NULL, &text);
        assert_null(strstr(said, "who"));
        assert_null(strstr(said, "srv"));
    }
    assert_says(document(view, OVF_VIEW_CASE, NULL, &text), "\"missing\":[\"lost.csv\"]");
    assert_says(document(view, OVF_VIEW_INPUTS, NULL, &text), "\"path\":\"empty\"");
    assert_says(document(view, OVF_VIEW_CROSSINGS, NULL, &text),
                "{\"input\":\"x\",\"member\" : \"a.csv\",\"index\":3},{\"member\":\"\"},"
                "{\"member\":\"c.csv\"}]},\"callsign\":\"member\",\"type_code\":\"A/B\"}");
    ovf_view_close(view);
    view = open_view(&f, &the_case, false);
    assert_says(document(view, OVF_VIEW_CROSSINGS, NULL, &text), "\"/srv/who/a.csv\"");
    assert_says(document(view, OVF_VIEW_CASE, NULL, &text), "\"missing\":[\"/srv/who/lost.csv\"]");
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    ovf_case_store_deinit(&store);
    gpkg_fixture_close(&f);
}

/** Of sinks it is told to the public where and when, not who. */
static void test_interference_is_a_document_where_there_is_any(void **state)
{
    (void)state;
    static const char rows[] =
        "INSERT INTO sinks(day,first,last,lat_deg,lon_deg,aircraft,json) VALUES"
        "('2025-07-02','2025-07-01T23:50:00.000Z','2025-07-02T01:00:00.000Z',33.8,35.5,3,"
        "'{\"type\":\"sink\",\"day\":\"2025-07-02\",\"within_m\":6000,\"addresses\":[\"f10001\"]}')"
        ";"
        "INSERT INTO interference(day,lat_deg,lon_deg,json) VALUES"
        "('2025-07-02',34.2,44.2,'{\"type\":\"interference_cell\",\"day\":\"2025-07-02\"}'),"
        "('2025-07-01',34.2,44.2,'{\"type\":\"interference_cell\",\"day\":\"2025-07-01\"}')";
    static const struct {
        const char *name;
        const char *value;
        const char *sinks;
        const char *cells;
    } cases[] = {
        {"limit", "5", "\"total\":1,", "\"total\":2,"},
        {"to", "2025-07-01T23:50Z", "\"total\":0,", "\"total\":1,"},
        {"from", "2025-07-02T00:00Z", "\"total\":1,", "\"total\":1,"},
        {"from", "2025-07-03T00:00Z", "\"total\":0,", "\"total\":0,"},
    };
    struct gpkg_fixture f = fixture();
    struct ovf_buffer text = {0};
    struct ovf_view *view = open_view(&f, NULL, false);
    assert_false(ovf_view_has(view, OVF_VIEW_SINKS));
    assert_false(ovf_view_has(view, OVF_VIEW_INTERFERENCE));
    ovf_view_close(view);
    assert_int_equal(ovf_sql_exec(ovf_store_db(f.store), rows, &f.err), OVF_OK);
    view = open_view(&f, NULL, false);
    assert_says(document(view, OVF_VIEW_INDEX, NULL, &text), "\"sinks\",\"interference\"]");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_view_query query = asked(cases[i].name, cases[i].value);
        assert_says(document(view, OVF_VIEW_SINKS, &query, &text), cases[i].sinks);
        assert_says(document(view, OVF_VIEW_INTERFERENCE, &query, &text), cases[i].cells);
    }
    assert_says(document(view, OVF_VIEW_INTERFERENCE, NULL, &text),
                "{\"type\":\"interference\",\"rows\":[{\"n\":1,\"type\":\"interference_cell\","
                "\"day\":\"2025-07-01\"}");
    assert_says((const char *)text.data, "\"cell_deg\":0.4}");
    assert_says(document(view, OVF_VIEW_SINKS, NULL, &text), "\"addresses\":[\"f10001\"]");
    assert_says((const char *)text.data, "\"radius_m\":6000}");
    ovf_view_close(view);
    view = open_view(&f, NULL, true);
    assert_says(document(view, OVF_VIEW_SINKS, NULL, &text), "\"day\":\"2025-07-02\"");
    assert_null(strstr((const char *)text.data, "f10001"));
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    gpkg_fixture_close(&f);
}

static void test_one_crossing_has_what_belongs_to_it(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_view *view = open_view(&f, NULL, false);
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_view_crossing(view, "c995", &text, NULL), OVF_OK);
    assert_says(text_of(&text), "{\"type\":\"crossing\",\"crossing\":{\"n\":5,");
    assert_says((const char *)text.data,
                "\"findings\":[{\"n\":2,\"type\":\"finding\",\"id\":\"cc\"");
    assert_says((const char *)text.data, "\"links\":[]"); /* it is simulated */
    assert_says((const char *)text.data, "sides of entry and exit, where its track has these");
    assert_says((const char *)text.data, "; its track ends inside."); /* none was seen */
    text.len = 0;
    assert_int_equal(ovf_view_crossing(view, "c99", &text, NULL), OVF_E_NOTFOUND);
    assert_int_equal(ovf_view_crossing(view, "", &text, NULL), OVF_E_NOTFOUND);
    assert_int_equal(text.len, 0);
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    gpkg_fixture_close(&f);
}

static void test_a_view_sees_one_state_until_it_looks_again(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_view *view = open_view(&f, NULL, false);
    struct ovf_buffer text = {0};
    bool changed = true;
    assert_int_equal(ovf_view_refresh(view, &changed, NULL), OVF_OK);
    assert_false(changed);
    gpkg_begin(&f, 2);
    put_crossing(&f, 6, "military", "");
    put_crossing(&f, 5, "since", "other"); /* a row that has a number */
    gpkg_commit(&f);
    assert_says(document(view, OVF_VIEW_CROSSINGS, NULL, &text), "\"total\":6");
    assert_null(strstr((const char *)text.data, "since"));
    assert_int_equal(ovf_view_refresh(view, &changed, NULL), OVF_OK);
    assert_true(changed);
    assert_says(document(view, OVF_VIEW_CROSSINGS, NULL, &text), "\"total\":7");
    assert_says((const char *)text.data, "since");
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    gpkg_fixture_close(&f);
}

static void put_named(struct gpkg_fixture *f, const char *id, const char *rev)
{
    const struct ovf_store_crossing row = {.id = id,
                                           .rev = rev,
                                           .icao24 = "f10001",
                                           .airspace = "IQ",
                                           .kind = "country",
                                           .flight_id = "f000",
                                           .entry_time_min = at(0),
                                           .json = "{\"type\":\"crossing\"}"};
    assert_int_equal(ovf_store_put_crossing(f->store, &row, &f->err), OVF_OK);
}

/** A crossing that began the day before, and the day before that, and was revised under each id. */
static void test_a_row_names_the_ids_that_it_had(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_buffer text = {0};
    gpkg_begin(&f, 1);
    put_named(&f, "d3", "d3-1");
    put_named(&f, "d3", "d3-2");
    put_named(&f, "other", "other-1");
    put_named(&f, "d2", "d2-1");
    assert_int_equal(ovf_store_retract(f.store, OVF_STORE_CROSSING, "d3", "d2-1", &f.err), OVF_OK);
    put_named(&f, "d2", "d2-2");
    put_named(&f, "d1", "d1-1");
    assert_int_equal(ovf_store_retract(f.store, OVF_STORE_CROSSING, "d2", "d1-1", &f.err), OVF_OK);
    put_named(&f, "d1", "d1-2");
    put_named(&f, "none", "none-1");
    assert_int_equal(ovf_store_retract(f.store, OVF_STORE_CROSSING, "none", NULL, &f.err), OVF_OK);
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, NULL, false);
    assert_says(document(view, OVF_VIEW_CROSSINGS, NULL, &text),
                "{\"n\":1,\"former_ids\":[\"d2\",\"d3\"],\"type\":\"crossing\"}");
    assert_int_equal(count((const char *)text.data, "former_ids"), 1);
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    gpkg_fixture_close(&f);
}

/** A store may come from anybody. */
static void test_a_row_that_is_no_object_is_an_error(void **state)
{
    (void)state;
    static const char *const bad[] = {"{\"a\":1", "[1]", "{\"a\":1} x", "\"</script>\"", "{'a':1}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct gpkg_fixture f = fixture();
        struct ovf_buffer text = {0};
        gpkg_begin(&f, 2);
        const struct ovf_store_finding row = {.id = "dd",
                                              .rev = "1",
                                              .rule = "order/1",
                                              .verdict = "landed",
                                              .about_kind = "order",
                                              .about_id = "x",
                                              .json = bad[i]};
        assert_int_equal(ovf_store_put_finding(f.store, &row, &f.err), OVF_OK);
        gpkg_commit(&f);
        const struct ovf_view_source source = {.store_path = f.path, .mode = OVF_VIEW_SERVE};
        struct ovf_view *view = NULL;
        enum ovf_status st = ovf_view_open(&source, &view, NULL);
        if (st == OVF_OK)
            st = ovf_view_write(view, OVF_VIEW_FINDINGS, NULL, &text, NULL);
        assert_int_equal(st, OVF_E_FORMAT);
        ovf_view_close(view);
        ovf_buffer_deinit(&text);
        gpkg_fixture_close(&f);
    }
}

/** 0 N, 0 E is a place: a gap without one is no gap that begins there. */
static void test_a_gap_without_places_is_damaged(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_buffer text = {0};
    struct ovf_error err = {""};
    const struct ovf_store_gap gap = {.id = "g",
                                      .rev = "1",
                                      .icao24 = "f10000",
                                      .flight_id = "f000",
                                      .gap_start = at(1000),
                                      .gap_end = at(1998),
                                      .start_lat_deg = {true, 0},
                                      .start_lon_deg = {true, -1},
                                      .end_lat_deg = {true, 0}};
    const struct ovf_store_crossing row = {.id = "c001",
                                           .rev = "1",
                                           .icao24 = "f10000",
                                           .airspace = "IQ",
                                           .kind = "country",
                                           .role = "overflight",
                                           .class = "possible",
                                           .flight_id = "f000",
                                           .flight_start = at(0),
                                           .flight_end = at(5000),
                                           .json = "{\"gaps\":[\"g\"]}"};
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_put_gap(f.store, &gap, &f.err), OVF_OK);
    assert_int_equal(ovf_store_put_crossing(f.store, &row, &f.err), OVF_OK);
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, NULL, false);
    assert_int_equal(ovf_view_write(view, OVF_VIEW_REGIONS, NULL, &text, &err), OVF_E_FORMAT);
    assert_int_equal(ovf_view_write(view, OVF_VIEW_TRACKS, NULL, &text, &err), OVF_E_FORMAT);
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    gpkg_fixture_close(&f);
}

static void test_an_object_of_blanks_is_an_empty_one(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_buffer text = {0};
    const struct ovf_store_finding row = {.id = "dd",
                                          .rev = "1",
                                          .rule = "order/1",
                                          .verdict = "landed",
                                          .about_kind = "order",
                                          .about_id = "x",
                                          .json = "{ \n}"};
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_put_finding(f.store, &row, &f.err), OVF_OK);
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, NULL, false);
    assert_says(document(view, OVF_VIEW_FINDINGS, NULL, &text), "{\"n\":3}");
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    gpkg_fixture_close(&f);
}

/** Ends on the equator at 1 W and 1 E, 222.64 km apart; 720 kt for 998 s and the clock's 2 s reach 370.4 km in all. To
 * the east it reaches half of that from the middle, 185.2 km (1.6637 degrees of 111.32 km); to the north
 * sqrt(185.2^2 - 111.32^2) = 148.0 km, which is 1.338 degrees of 110.57 km. On the globe a little less. */
static void test_a_region_is_what_can_be_reached_from_both_ends(void **state)
{
    (void)state;
    struct gpkg_fixture f = fixture();
    struct ovf_buffer text = {0};
    const struct ovf_store_gap gap = {.id = "g",
                                      .rev = "1",
                                      .icao24 = "f10007",
                                      .flight_id = "f007",
                                      .gap_start = at(1000),
                                      .gap_end = at(1998),
                                      .start_lat_deg = {true, 0},
                                      .start_lon_deg = {true, -1},
                                      .end_lat_deg = {true, 0},
                                      .end_lon_deg = {true, 1}};
    const struct ovf_store_crossing row = {
        .id = "c7",
        .rev = "1",
        .icao24 = "f10007",
        .airspace = "IQ",
        .kind = "country",
        .role = "overflight",
        .class = "possible",
        .flight_id = "f007",
        .flight_start = at(0),
        .flight_end = at(5000),
        .hard_speed_kt = {true, 720},
        .json = "{\"gaps\":[\"g\"],\"entry\":{\"radius_m\":50},\"exit\":{\"radius_m\":186}}"};
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_put_gap(f.store, &gap, &f.err), OVF_OK);
    assert_int_equal(ovf_store_put_crossing(f.store, &row, &f.err), OVF_OK);
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, NULL, false);
    const char *const said = document(view, OVF_VIEW_REGIONS, NULL, &text);
    assert_says(said, "\"class\":\"possible\",\"gap\":\"g\",\"hard_speed_kt\":720,");
    double most_lon_deg = 0;
    double most_lat_deg = 0;
    size_t n = 0;
    for (const char *at_ = strstr(said, "[[["); at_ != NULL; at_ = strstr(at_, ",[")) {
        char *end;
        at_ += strspn(at_, ",[");
        most_lon_deg = fmax(most_lon_deg, fabs(strtod(at_, &end)));
        most_lat_deg = fmax(most_lat_deg, fabs(strtod(end + 1, NULL)));
        n++;
    }
    assert_int_equal(n, 73);
    assert_near(most_lon_deg, 1.6637, 0.002);
    assert_near(most_lat_deg, 1.338, 0.003);
    assert_says(said, "\"radius_m\":186");
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    gpkg_fixture_close(&f);
}

/** Who was where is not for the public: some may be such as are withheld. */
static void test_detections_are_a_document_of_the_owner(void **state)
{
    (void)state;
    static const char rows[] =
        "INSERT INTO detections(icao24,callsign,flight_start,first,last,json) VALUES"
        "('f10002','SIM2','2025-07-02T00:00:00.000Z','2025-07-02T00:10:00.000Z',"
        "'2025-07-02T00:20:00.000Z','{\"type\":\"detections\",\"icao24\":\"f10002\"}'),"
        "('f10001','SIM1','2025-07-01T00:00:00.000Z','2025-07-01T00:10:00.000Z',"
        "'2025-07-01T00:20:00.000Z','{\"type\":\"detections\",\"icao24\":\"f10001\"}')";
    static const struct {
        const char *name;
        const char *value;
        const char *said;
    } cases[] = {
        {"limit", "1", "{\"n\":1,\"type\":\"detections\",\"icao24\":\"f10001\"}],\"total\":2,"},
        {"icao24", "F10002",
         "[{\"n\":2,\"type\":\"detections\",\"icao24\":\"f10002\"}],\"total\":1"},
        {"to", "2025-07-01T00:10Z", "\"total\":0"},
        {"from", "2025-07-01T00:20Z", "\"total\":2"},
        {"from", "2025-07-01T00:21Z", "\"total\":1"},
    };
    struct gpkg_fixture f = fixture();
    struct ovf_buffer text = {0};
    struct ovf_view *view = open_view(&f, NULL, false);
    assert_false(ovf_view_has(view, OVF_VIEW_DETECTIONS));
    ovf_view_close(view);
    assert_int_equal(ovf_sql_exec(ovf_store_db(f.store), rows, &f.err), OVF_OK);
    view = open_view(&f, NULL, false);
    assert_says(document(view, OVF_VIEW_INDEX, NULL, &text), "\"detections\"]");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_view_query query = asked(cases[i].name, cases[i].value);
        assert_says(document(view, OVF_VIEW_DETECTIONS, &query, &text), cases[i].said);
    }
    ovf_view_close(view);
    view = open_view(&f, NULL, true);
    assert_false(ovf_view_has(view, OVF_VIEW_DETECTIONS));
    assert_says(document(view, OVF_VIEW_DETECTIONS, NULL, &text), "\"rows\":[],\"total\":0");
    ovf_view_close(view);
    ovf_buffer_deinit(&text);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_numbered_by_entry_and_pages_join_to_the_whole),
        cmocka_unit_test(test_filters_keep_what_they_say),
        cmocka_unit_test(test_a_crossing_in_a_gap_is_there_when_it_can_have_been),
        cmocka_unit_test(test_parameters_that_are_none_are_refused),
        cmocka_unit_test(test_what_is_withheld_is_nowhere_and_is_counted),
        cmocka_unit_test(test_what_is_published_names_no_folders),
        cmocka_unit_test(test_interference_is_a_document_where_there_is_any),
        cmocka_unit_test(test_detections_are_a_document_of_the_owner),
        cmocka_unit_test(test_one_crossing_has_what_belongs_to_it),
        cmocka_unit_test(test_a_view_sees_one_state_until_it_looks_again),
        cmocka_unit_test(test_a_row_names_the_ids_that_it_had),
        cmocka_unit_test(test_a_row_that_is_no_object_is_an_error),
        cmocka_unit_test(test_a_gap_without_places_is_damaged),
        cmocka_unit_test(test_an_object_of_blanks_is_an_empty_one),
        cmocka_unit_test(test_a_region_is_what_can_be_reached_from_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
