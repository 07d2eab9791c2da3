/* SPDX-License-Identifier: Apache-2.0 */
/* Case files: what is refused, and where; what is filled in; the document of their keys. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "case/case_file.h"

#define HEAD "case: t\nwatches:\n  - {name: iran-syria, from: IR, over: [IQ], to: SY}\n"
#define WHO "by: x, source: y"

static void refuses(const char *yaml, const char *says)
{
    struct ovf_case_store store = {0};
    struct ovf_case the_case;
    struct ovf_error err = {""};
    assert_int_equal(ovf_case_file_read(ovf_bytes_from_text(yaml), &store, &the_case, &err),
                     OVF_E_FORMAT);
    if (strstr(err.text, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, says);
    ovf_case_store_deinit(&store);
}

static void read_case(const char *yaml, struct ovf_case_store *store, struct ovf_case *the_case)
{
    struct ovf_error err = {""};
    if (ovf_case_file_read(ovf_bytes_from_text(yaml), store, the_case, &err) != OVF_OK)
        fail_msg("%s", err.text);
}

static void what_is_no_plain_value_is_refused_where_it_stands(void **state)
{
    (void)state;
    refuses("case: t\nwatchs: []\n", "line 2, column 1: unknown key \"watchs\" in a case; did you "
                                     "mean \"watches\"?");
    refuses(HEAD "zones:\n  - {name: a, lat_deg: 33, lon_deg: 44, radius_nmi: 12kt}\n",
            "line 5, column 53: radius_nmi: \"12kt\": a number in NM from 0.1 to 5000 is due");
    refuses(HEAD "zones:\n  - {name: a, lat_deg: 033, lon_deg: 44, radius_nmi: 1}\n",
            "leading zero (octal elsewhere)");
    refuses(HEAD "zones:\n  - {name: a, lat_deg: nan, lon_deg: 44, radius_nmi: 1}\n", "lat_deg");
    refuses(HEAD
            "orders:\n  - {name: a, watch: iran-syria, land_at: ORBI, valid_from: 2012-02-30, " WHO
            "}\n",
            "2012-02-30");
    refuses(HEAD "tags: &a [x]\nnotes: *a\n", "line 4");
    refuses(HEAD "tags: !!python/object [x]\n", "line 4");
    refuses("case: t\nwatches:\n  - {name: Iran Syria, over: [IQ]}\n",
            "line 3, column 12: name: \"Iran Syria\": a name of small letters");
}

/* What a terminal would obey, written as YAML writes it; a line end is one of a long text. */
static void control_characters_are_refused_in_texts(void **state)
{
    struct ovf_case_store store = {0};
    struct ovf_case the_case;
    static const char *const bad[] = {"\\e[2J", "\\r", "\\x7f", "\\x9b", "\\u202e"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char yaml[200];
        (void)snprintf(yaml, sizeof yaml, HEAD "question: \"a%sb\"\n", bad[i]);
        refuses(yaml, "line 4, column 11: question: \"a");
    }
    refuses(HEAD "\"a\\e[2Jb\": 1\n", "line 4, column 1: unknown key \"a?[2Jb\" in a case");
    refuses(HEAD "question: \"a\\e[2Jb\"\n", "question: \"a?[2Jb\": a text without");
    read_case(HEAD "question: |\n  two\t\n  lines\n", &store, &the_case);
    assert_string_equal(the_case.question, "two\t\nlines\n");
    ovf_case_store_deinit(&store);
}

static void what_is_referred_to_must_be_there(void **state)
{
    (void)state;
    refuses(HEAD
            "orders:\n  - {name: a, watch: iran-syra, land_at: ORBI, valid_from: 2012-10-02, " WHO
            "}\n",
            "line 5, column 22: there is no watch \"iran-syra\"; did you mean \"iran-syria\"?");
    refuses(HEAD "embargoes:\n  - {name: a, instrument: i, says: s, valid_from: 2007-03-24, "
                 "watches: [iran-syria, x], source: y}\n",
            "there is no watch \"x\"");
    refuses(HEAD "claims:\n  - {name: c, date: 2012-10-02, party: p, says: s, source: y, "
                 "predicate: count(iran) == 0}\n",
            "line 5, column 74: there is no watch \"iran\"; did you mean \"iran-syria\"?");
    refuses(HEAD "operators:\n  - {icao: IRA, list: sdn, entry: \"1\", source: y}\n",
            "there is no list \"sdn\"");
    refuses("case: t\nwatches:\n  - {name: w, over: [IQ], lists: [sdn]}\n",
            "there is no list \"sdn\"");
    refuses(HEAD "notes:\n"
                 "  - {number: 1, author: a, time: 2026-01-01T00:00Z, text: t}\n"
                 "  - {number: 2, author: a, time: 2026-01-01T00:00Z, text: t, answer_to: 3}\n",
            "line 6, column 73: it answers note 3, which does not stand before it");
}

static void names_stand_once(void **state)
{
    (void)state;
    refuses("case: t\nwatches:\n  - {name: w, over: [IQ]}\n  - {name: w, over: [SY]}\n",
            "line 4, column 12: a watch \"w\" stands twice");
    refuses(HEAD "notes:\n"
                 "  - {number: 1, author: a, time: 2026-01-01T00:00Z, text: t}\n"
                 "  - {number: 1, author: a, time: 2026-01-01T00:00Z, text: t}\n",
            "a note 1 stands twice");
}

static void what_cannot_be_meant_is_refused(void **state)
{
    (void)state;
    refuses("case: t\n", "watches: one or more is due");
    refuses("case: t\nwatches:\n  - {name: w, over: []}\n", "one airspace or more is due");
    refuses("case: t\nwatches:\n  - {name: w, over: [IQ], operators: [ir]}\n",
            "\"ir\": an ICAO designator such as IRA is due");
    refuses(HEAD "orders:\n  - {name: a, watch: iran-syria, land_at: ORBI, valid_from: 2012-10-02, "
                 "valid_to: 2012-10-02, " WHO "}\n",
            "valid_to is not after valid_from");
    refuses(HEAD "zones:\n  - {name: a, lat_deg: 33, lon_deg: 44}\n",
            "a zone has lat_deg, lon_deg and radius_nmi, or points, or file and airspace");
    refuses(HEAD "zones:\n  - {name: a, lat_deg: 33, points: [[33, 44], [33, 45], [34, 45]]}\n",
            "a zone has lat_deg, lon_deg and radius_nmi, or points, or file and airspace");
    refuses(HEAD "zones:\n  - {name: a, file: m.geojson}\n", "or file and airspace");
    refuses(HEAD "zones:\n  - {name: a, points: [[33, 44], [33, 45], [34, 45]], file: m, airspace: "
                 "x}\n",
            "or file and airspace");
    refuses(HEAD "zones:\n  - {name: a, points: [[33, 44], ORBI, [34, 45]]}\n",
            "points: \"ORBI\": [lat, lon] is due");
    refuses(HEAD "lists:\n  - {name: sdn, date: 2024-05-02}\n", "date and comments go with a file");
    refuses(HEAD "permits:\n  - {state: IQ, file: p.csv}\n",
            "covers_from and covers_to are written with a file");
    refuses(HEAD "not_required:\n  - {name: a, state: IQ, source: y}\n", "it is no rule for all");
    refuses(HEAD "closures:\n  - {name: a, airspace: IQ, valid_from: 2012-10-02T00:00Z, source: y, "
                 "floor_ft: 2000, ceiling_ft: 1000}\n",
            "ceiling_ft is not above floor_ft");
}

static void what_is_not_written_is_filled(void **state)
{
    struct ovf_case_store store = {0};
    struct ovf_case the_case;
    (void)state;
    read_case(HEAD "closures:\n"
                   "  - {name: a, airspace: IQ, valid_from: 2012-10-02T00:00Z, source: y}\n"
                   "requests:\n"
                   "  - {name: r, date: 2012-08-17, by: a, to: b, asks: c, watch: iran-syria, "
                   "source: y}\n"
                   "permits:\n"
                   "  - {state: IQ, file: p.csv, covers_from: 2012-01-01, covers_to: 2012-01-01}\n",
              &store, &the_case);
    const struct ovf_case_closure *const closure = the_case.closures.items;
    assert_true(closure->valid_to_ns == INT64_MAX);
    assert_true(isinf(closure->floor_ft) && isinf(closure->ceiling_ft));
    assert_false(closure->basis.second_hand);
    const struct ovf_case_watch *const watch = ovf_case_watch_find(&the_case, "iran-syria");
    assert_true(watch->from_ns == INT64_MIN && watch->until_ns == INT64_MAX);
    assert_int_equal(watch->how, OVF_OVER_ANY);
    const struct ovf_case_request *const request = the_case.requests.items;
    assert_int_equal(request->days_before, 56);
    const struct ovf_case_permits *const permits = the_case.permits.items;
    assert_int_equal(permits->covers_until_ns - permits->covers_from_ns, OVF_NS_PER_DAY);
    assert_null(ovf_case_watch_find(&the_case, "iran"));
    assert_false(ovf_case_has_register(&the_case));
    ovf_case_store_deinit(&store);
}

static void thresholds_that_are_not_written_are_the_programs(void **state)
{
    struct ovf_case_store store = {0};
    struct ovf_case the_case;
    (void)state;
    read_case(HEAD, &store, &the_case);
    assert_false(ovf_case_has_detectors(&the_case));
    ovf_case_store_deinit(&store);
    store = (struct ovf_case_store){0};
    read_case(HEAD "detectors: {circle_s: 900}\n", &store, &the_case);
    assert_true(ovf_case_has_detectors(&the_case));
    assert_near(the_case.detectors.circle_s, 900, 0);
    assert_near(the_case.detectors.jump_kt, 750, 0);
    assert_int_equal(the_case.detectors.integrity_low, 6);
    ovf_case_store_deinit(&store);
}

/** The tables of docs/formats/case.md are printed from those that check. */
static void the_document_has_every_table(void **state)
{
    (void)state;
    struct ovf_buffer text = {0};
    static char document[65536];
    FILE *const file = fopen(ovf_test_source("docs/formats/case.md"), "rb");
    assert_non_null(file);
    const size_t len = fread(document, 1, sizeof document - 1, file);
    document[len] = '\0';
    (void)fclose(file);
    for (size_t i = 0; ovf_case_table(i) != NULL; i++) {
        text.len = 0;
        assert_int_equal(ovf_table_document(ovf_case_table(i), &text), OVF_OK);
        assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
        if (strstr(document, (const char *)text.data) == NULL)
            fail_msg("docs/formats/case.md lacks:\n%s", (const char *)text.data);
    }
    ovf_buffer_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_plain_value_is_refused_where_it_stands),
        cmocka_unit_test(control_characters_are_refused_in_texts),
        cmocka_unit_test(what_is_referred_to_must_be_there),
        cmocka_unit_test(names_stand_once),
        cmocka_unit_test(what_cannot_be_meant_is_refused),
        cmocka_unit_test(what_is_not_written_is_filled),
        cmocka_unit_test(thresholds_that_are_not_written_are_the_programs),
        cmocka_unit_test(the_document_has_every_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
