/* SPDX-License-Identifier: Apache-2.0 */
/* Hits of lists as findings: on the day of the flight and today, with the editions that say so. */
#include "unit/test_rules.h"

#include "rules/listing.h"

static void add_edition(struct ovf_listings *listings, const char *day, const char *text)
{
    struct ovf_list_edition edition = {.list = "l", .date_ns = time_of(day)};
    size_t e;
    size_t l;
    memset(edition.sha256, day[3], sizeof edition.sha256 - 1);
    assert_int_equal(ovf_listings_add_edition(listings, &edition, &e), OVF_OK);
    if (text == NULL)
        return;
    assert_int_equal(ovf_listings_add_listing(listings, "l", ovf_bytes_from_text(text), &l),
                     OVF_OK);
    assert_int_equal(ovf_listings_add_presence(listings, e, l), OVF_OK);
}

/** An entry that was there in 2012 and 2014, and no longer in 2016. */
static struct ovf_listings *make_listings(void)
{
    static const char entry[] =
        "id 7\nkind aircraft\nname TAIL\nregistration XX-MAA\nprogramme P\n";
    struct ovf_listings *listings = NULL;
    struct ovf_error err = {""};
    assert_int_equal(ovf_listings_new(&listings), OVF_OK);
    add_edition(listings, "2012-01-01", entry);
    add_edition(listings, "2014-01-01", entry);
    add_edition(listings, "2016-01-01", NULL);
    assert_int_equal(ovf_listings_link_operator(listings, "SIM", "l", "7", "somebody"), OVF_OK);
    if (ovf_listings_seal(listings, &err) != OVF_OK)
        fail_msg("%s", err.text);
    return listings;
}

static void judge(struct rules_scene *scene, const struct ovf_listings *listings,
                  const char *registration, const char *source, const char *start)
{
    static struct ovf_subject_flight flight;
    flight = (struct ovf_subject_flight){.id = "f",
                                         .journey_id = "f",
                                         .aircraft = {.address = 0xF10001,
                                                      .icao24 = "f10001",
                                                      .callsign = "SIM151",
                                                      .registration = registration,
                                                      .registration_source = source,
                                                      .type_code = "B742",
                                                      .owner_operator = ""},
                                         .start_ns = time_of(start)};
    scene_init(scene, CASE_HEAD, NULL, 0);
    scene->matter.listings = listings;
    scene->matter.flights = &flight;
    scene->matter.n_flights = 1;
    assert_int_equal(ovf_listings_judge(&scene->matter, &scene->findings), OVF_OK);
}

static void a_hit_is_judged_at_the_flight_and_today(void **state)
{
    struct ovf_listings *const listings = make_listings();
    struct rules_scene scene;
    (void)state;
    judge(&scene, listings, "XX-MAA", "trace_header", "2013-05-01T10:00Z");
    assert_int_equal(scene.findings.n, 1);
    const struct ovf_finding *const f = &scene.findings.items[0];
    assert_string_equal(f->head.verdict, "tail_exact_at_date");
    assert_string_equal(f->head.key, "l:7");
    assert_true(f->knows_force && f->in_force_on_flight_date && !f->in_force_today);
    assert_true(says(&scene, 0, "\"programmes\":[\"P\"]"));
    assert_true(says(&scene, 0, "in force on the day of the flight (edition of 2012-01-01)"));
    assert_true(says(&scene, 0, "not in force today (edition of 2016-01-01, the last)"));
    assert_true(says(&scene, 0, "sha256:2222")); /* of 2012 */
    assert_true(says(&scene, 0, "sha256:6666"));
    scene_deinit(&scene);
    ovf_listings_free(listings);
}

/* The last edition is of 2016-01-01; 2016 has 366 days. */
static void a_list_a_year_older_than_the_flight_says_so(void **state)
{
    static const struct {
        const char *start;
        const char *says;
    } rows[] = {{"2016-12-30T23:59Z", NULL},
                {"2016-12-31T00:00Z", "the list's last edition is 365 days before the flight"},
                {"2026-01-01T05:00Z", "the list's last edition is 3653 days before the flight"},
                {"2013-12-31T05:00Z", NULL}}; /* two years after an edition, not the last */
    struct ovf_listings *const listings = make_listings();
    struct rules_scene scene;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        judge(&scene, listings, "XX-MAA", "trace_header", rows[i].start);
        assert_int_equal(scene.findings.n, 1);
        assert_true(
            says(&scene, 0, rows[i].says != NULL ? rows[i].says : "on the day of the flight"));
        if (rows[i].says == NULL)
            assert_false(says(&scene, 0, "the list's last edition is"));
        scene_deinit(&scene);
    }
    ovf_listings_free(listings);
}

/** The callsign's designator is linked to the entry; without one, the tail is known by the address alone. */
static void of_two_aircraft_with_the_address_a_tail_needs_the_callsign(void **state)
{
    struct ovf_listings *const listings = make_listings();
    (void)state;
    for (int is_named = 0; is_named < 2; is_named++) {
        struct rules_scene scene;
        judge(&scene, listings, "XX-MAA", "trace_header", "2013-05-01T10:00Z");
        struct ovf_subject_flight flight = scene.matter.flights[0];
        flight.address_shared = true;
        flight.aircraft.callsign = is_named ? "SIM151" : "";
        scene.matter.flights = &flight;
        assert_int_equal(ovf_listings_judge(&scene.matter, &scene.findings), OVF_OK);
        assert_int_equal(scene.findings.n, 2); /* that of judge, and this one */
        assert_string_equal(scene.findings.items[1].head.verdict,
                            is_named ? "tail_exact_at_date" : "address_shared");
        assert_true(says(&scene, 1, "two aircraft had the address") == !is_named);
        scene_deinit(&scene);
    }
    ovf_listings_free(listings);
}

static void what_no_edition_says_is_not_known(void **state)
{
    struct ovf_listings *const listings = make_listings();
    struct rules_scene scene;
    (void)state;
    judge(&scene, listings, "XX-MAA", "trace_header", "2011-05-01T10:00Z"); /* before the first */
    assert_false(scene.findings.items[0].knows_force);
    assert_true(says(&scene, 0, "not known on the day of the flight"));
    scene_deinit(&scene);
    judge(&scene, listings, "XX-MAA", "trace_header",
          "2015-05-01T10:00Z"); /* came off in between */
    assert_false(scene.findings.items[0].knows_force);
    scene_deinit(&scene);
    ovf_listings_free(listings);
}

static void who_names_the_tail_and_when_tells_how_sure_it_is(void **state)
{
    struct ovf_listings *const listings = make_listings();
    struct rules_scene scene;
    (void)state;
    judge(&scene, listings, "XX-MAA", "table", "2013-05-01T10:00Z"); /* of no known day */
    assert_string_equal(scene.findings.items[0].head.verdict, "tail_exact_other_date");
    scene_deinit(&scene);
    judge(&scene, listings, "XX-MAB", "trace_header", "2013-05-01T10:00Z");
    assert_string_equal(scene.findings.items[0].head.verdict, "operator_only");
    assert_true(says(&scene, 0, "somebody"));
    scene_deinit(&scene);
    ovf_listings_free(listings);
}

static void without_lists_nothing_is_said(void **state)
{
    struct rules_scene scene;
    (void)state;
    judge(&scene, NULL, "XX-MAA", "trace_header", "2013-05-01T10:00Z");
    assert_int_equal(scene.findings.n, 0);
    scene_deinit(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hit_is_judged_at_the_flight_and_today),
        cmocka_unit_test(a_list_a_year_older_than_the_flight_says_so),
        cmocka_unit_test(of_two_aircraft_with_the_address_a_tail_needs_the_callsign),
        cmocka_unit_test(what_no_edition_says_is_not_known),
        cmocka_unit_test(who_names_the_tail_and_when_tells_how_sure_it_is),
        cmocka_unit_test(without_lists_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
