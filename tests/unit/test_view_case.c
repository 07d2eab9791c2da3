/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of what a case says and rests on. */
#include "view_fixture.h"

/** What the case says, by kind, watch, time and what was found of it. */
static void test_claims_are_what_the_case_says(void **state)
{
    (void)state;
    static const char yaml[] =
        "case: c\n"
        "watches:\n  - {name: w, over: [IQ]}\n"
        "embargoes:\n"
        "  - {name: e, instrument: R 1, says: no arms, valid_from: 2012-01-01, source: s}\n"
        "  - {name: f, instrument: R 2, says: nor other, valid_from: 2012-01-01,"
        " valid_to: 2012-02-01, contested_by: Y,"
        " source: \"https://kept.example/1/http://x.example/ (kept)\"}\n"
        "requests:\n"
        "  - {name: r, date: 2012-03-01, by: X, to: Y, asks: stop, watch: w, source: t,"
        " second_hand: true}\n"
        "claims:\n"
        "  - {name: k, date: 2012-04-01, party: Y, says: none flew,"
        " predicate: count(w) == 0 on 2012-03-01, source: \"said so, https://y.example/a?b "
        "(archived)\"}\n";
    static const struct {
        const char *name;
        const char *value;
        size_t n;
    } cases[] = {{"kind", "claim", 1},
                 {"kind", "note", 0},
                 {"watch", "w", 2},
                 {"verdict", "contradicted", 1},
                 {"verdict", "upheld", 0},
                 {"from", "2012-02-01", 3}, /* the first goes on */
                 {"from", "2012-01-31", 4},
                 {"to", "2012-03-01", 2},
                 {"to", "2012-03-01T00:01", 3}};
    struct gpkg_fixture f = fixture();
    struct ovf_case_store store = {0};
    const struct ovf_case the_case = read_case(yaml, &store);
    const struct ovf_store_finding row = {
        .id = "dd",
        .rev = "1",
        .rule = "claim/1",
        .verdict = "contradicted",
        .about_kind = "claim",
        .about_id = "k",
        .json = "{\"type\":\"finding\",\"id\":\"dd\",\"sources\":[\"t (second-hand)\"]}"};
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_put_finding(f.store, &row, &f.err), OVF_OK);
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, &the_case, false);
    struct ovf_buffer text = {0};
    assert_says(document(view, OVF_VIEW_CLAIMS, NULL, &text),
                "{\"type\":\"claims\",\"rows\":[{\"n\":1,\"type\":\"claim\",\"kind\":\"embargo\","
                "\"name\":\"e\","
                "\"date\":\"2012-01-01\",\"goes_on\":true,\"by\":\"R 1\",\"words\":\"no "
                "arms\",\"verdicts\":{},"
                "\"findings\":[],\"source\":\"s\"}");
    assert_says((const char *)text.data, "\"date_to\":\"2012-01-31\"");
    assert_says((const char *)text.data, "\"to\":\"Y\",\"words\":\"stop\",\"watch\":\"w\"");
    assert_says((const char *)text.data, "\"source\":\"t\",\"second_hand\":true}");
    assert_says((const char *)text.data, "\"verdicts\":{\"contradicted\":1},\"findings\":[\"dd\"]");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_view_query query = asked(cases[i].name, cases[i].value);
        char want[32];
        (void)snprintf(want, sizeof want, "\"total\":%zu}", cases[i].n);
        assert_says(document(view, OVF_VIEW_CLAIMS, &query, &text), want);
    }
    /* An address in what is cited is one to follow. */
    assert_says(document(view, OVF_VIEW_CASE, NULL, &text), "\"url\":\"https://y.example/a?b\"");
    assert_says((const char *)text.data, "\"url\":\"https://kept.example/1/http://x.example/\"");
    /* As the case cites it, a finding does: it is one source. */
    assert_says((const char *)text.data, "\"name\":\"t (second-hand)\",\"date\":\"2012-03-01\"");
    assert_null(strstr((const char *)text.data, "\"name\":\"t\""));
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    ovf_case_store_deinit(&store);
    gpkg_fixture_close(&f);
}

/** What a request stands beside is said once: its second reason is a whole sentence. */
static void test_a_request_is_told_in_the_words_of_its_reason(void **state)
{
    (void)state;
    static const char yaml[] =
        "case: c\n"
        "watches:\n  - {name: w, over: [IQ]}\n"
        "requests:\n"
        "  - {name: r, date: 2012-03-01, by: X, to: Y, asks: stop, watch: w, source: t}\n";
    struct gpkg_fixture f = fixture();
    struct ovf_case_store store = {0};
    const struct ovf_case the_case = read_case(yaml, &store);
    const struct ovf_store_finding row = {
        .id = "dd",
        .rev = "1",
        .rule = "request/1",
        .verdict = "coincided_with",
        .about_kind = "request",
        .about_id = "r",
        .json = "{\"type\":\"finding\",\"id\":\"dd\",\"date\":\"2012-03-01\",\"sources\":[],"
                "\"reasons\":[\"on 2012-03-01 X asked Y: stop\","
                "\"a halt on 2012-03-02 coincided with the request\"]}"};
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_put_finding(f.store, &row, &f.err), OVF_OK);
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, &the_case, false);
    struct ovf_buffer text = {0};
    assert_says(document(view, OVF_VIEW_CASE, NULL, &text),
                "request r of 2012-03-01: a halt on 2012-03-02 coincided with the request.\"");
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    ovf_case_store_deinit(&store);
    gpkg_fixture_close(&f);
}

/** Lists, permit lists and registers are sources, found in or not. */
static void test_sources_name_what_the_case_names(void **state)
{
    (void)state;
    static const char yaml[] =
        "case: c\n" WATCHES "register: {file: folder/reg.csv, date: 2024-01-02}\n"
        "lists:\n"
        "  - {name: sim, file: folder/a.csv, date: 2024-01-01}\n"
        "  - {name: sim, file: folder/b.csv, date: 2025-01-01}\n"
        "permits:\n"
        "  - {state: IQ, file: folder/p.csv, covers_from: 2024-01-01, covers_to: 2024-12-31}\n"
        "  - {state: SY, file: folder/q.csv, covers_from: 2024-01-01, covers_to: 2024-12-31}\n";
    struct gpkg_fixture f = fixture();
    struct ovf_case_store store = {0};
    const struct ovf_case the_case = read_case(yaml, &store);
    const struct ovf_store_finding row = {
        .id = "dd",
        .rev = "1",
        .rule = "listing/1",
        .verdict = "tail_exact_at_date",
        .about_kind = "flight",
        .about_id = "f000",
        .json = "{\"type\":\"finding\",\"list\":\"sim\",\"today\":{\"edition\":\"2025-01-01\","
                "\"sha256\":\"b0\"},\"sources\":[]}"};
    const struct ovf_store_finding permit = {
        .id = "ee",
        .rev = "1",
        .rule = "permit/1",
        .verdict = "covered",
        .about_kind = "crossing",
        .about_id = "c999",
        .json = "{\"type\":\"finding\",\"against\":\"IQ\",\"sources\":[\"sha256:c0\"]}"};
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_put_finding(f.store, &row, &f.err), OVF_OK);
    assert_int_equal(ovf_store_put_finding(f.store, &permit, &f.err), OVF_OK);
    gpkg_commit(&f);
    struct ovf_view *view = open_view(&f, &the_case, false);
    struct ovf_buffer text = {0};
    const char *const said = document(view, OVF_VIEW_CASE, NULL, &text);
    assert_says(said, "\"kind\":\"register\",\"name\":\"folder/reg.csv\",\"date\":\"2024-01-02\"");
    assert_says(
        said,
        "\"kind\":\"list\",\"name\":\"sim\",\"date\":\"2025-01-01\",\"digest\":\"sha256:b0\"");
    assert_says(said, "\"kind\":\"list\",\"name\":\"sim: folder/a.csv\",\"date\":\"2024-01-01\"}");
    assert_null(strstr(said, "folder/b.csv")); /* the same edition */
    assert_says(said, "\"kind\":\"permits\",\"name\":\"permits of IQ\",\"date\":\"2024-01-01\","
                      "\"date_to\":\"2024-12-31\",\"digest\":\"sha256:c0\"");
    assert_says(said, "\"name\":\"permits of SY: folder/q.csv\"");
    ovf_view_close(view);
    view = open_view(&f, &the_case, true);
    const char *const published = document(view, OVF_VIEW_CASE, NULL, &text);
    assert_null(strstr(published, "folder/"));
    assert_null(strstr(published, "permits of"));
    assert_says(published, "\"name\":\"reg.csv\"");
    ovf_buffer_deinit(&text);
    ovf_view_close(view);
    ovf_case_store_deinit(&store);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_claims_are_what_the_case_says),
        cmocka_unit_test(test_a_request_is_told_in_the_words_of_its_reason),
        cmocka_unit_test(test_sources_name_what_the_case_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
