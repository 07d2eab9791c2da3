/* SPDX-License-Identifier: Apache-2.0 */
/* Orders to land, and inspections, against where journeys landed. */
#include "unit/test_rules.h"

#include "rules/inspection.h"
#include "rules/order.h"

#define ORDER                                                                                      \
    CASE_HEAD "orders:\n"                                                                          \
              "  - {name: o, by: Iraq, watch: w, land_at: ORBI, valid_from: 2012-10-02, "          \
              "valid_to: 2012-10-03, source: AFP, second_hand: true}\n"
#define INSPECTION                                                                                 \
    CASE_HEAD "inspections:\n"                                                                     \
              "  - {name: i, date: 2012-10-02, at: ORBI, by: Iraq, found: nothing, watch: w, "     \
              "source: AFP}\n"

/** A flight of the journey \p id that lands at \p to at \p end. */
static struct ovf_subject_flight flight_to(const char *id, unsigned leg, const char *to,
                                           const char *end)
{
    return (struct ovf_subject_flight){.id = id,
                                       .journey_id = id,
                                       .leg = leg,
                                       .aircraft = {.callsign = "SIM151", .registration = "XX-MAA"},
                                       .from = {"", "", "unknown", 0},
                                       .to = {to, "", "observed", 0.9},
                                       .end_ns = time_of(end)};
}

static void give_flights(struct rules_scene *scene, const struct ovf_subject_flight *flights,
                         size_t n, const char *day_with_data)
{
    scene->matter.flights = flights;
    scene->matter.n_flights = n;
    static const bool yes = true;
    scene->matter.first_day_ns = day_with_data != NULL ? time_of(day_with_data) : 0;
    scene->matter.n_days = day_with_data != NULL ? 1 : 0;
    scene->matter.has_data = &yes;
}

/** The verdict on the order, which is the last finding. */
static const char *verdict(const struct rules_scene *scene)
{
    return scene->findings.items[scene->findings.n - 1].head.verdict;
}

static void a_journey_that_landed_there_on_the_way_is_told(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z"),
                                           crossing_at("b", "2012-10-02T15:00Z"),
                                           crossing_at("c", "2012-10-03T05:00Z")};
    const struct ovf_subject_flight flights[] = {flight_to("a", 2, "OSDI", "2012-10-02T10:00Z"),
                                                 flight_to("a", 1, "ORBI", "2012-10-02T06:00Z"),
                                                 flight_to("b", 1, "OSDI", "2012-10-02T17:00Z"),
                                                 flight_to("c", 1, "OSDI", "2012-10-03T07:00Z")};
    struct rules_scene scene;
    (void)state;
    scene_init(&scene, ORDER, subjects, 3);
    give_flights(&scene, flights, 4, NULL);
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_int_equal(scene.findings.n, 3); /* the third journey came a day later */
    assert_string_equal(scene.findings.items[0].head.verdict, "landed");
    assert_string_equal(scene.findings.items[0].head.about_id, "a");
    assert_true(says(&scene, 0, "\"landed_time\":\"2012-10-02T06:00:00.000Z\""));
    assert_string_equal(scene.findings.items[1].head.verdict, "not_landed");
    assert_string_equal(verdict(&scene), "some_landed");
    assert_true(says(&scene, 2, "1 landed there, 1 did not, of 0 it is not known"));
    assert_true(rests_on(&scene, 2, "a") && rests_on(&scene, 2, "b"));
    assert_false(rests_on(&scene, 2, "c"));
    scene_deinit(&scene);
}

/** Three journeys of that day, by XX-MAA, by XX-MAB, and by an aircraft whose registration is not known; \p keys
 * name whose the order is. \p n are the findings due of journeys. */
static void expect_ordered(const char *keys, size_t n, const char *said)
{
    struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z"),
                                     crossing_at("b", "2012-10-02T06:00Z"),
                                     crossing_at("c", "2012-10-02T07:00Z")};
    const struct ovf_subject_flight flights[] = {flight_to("a", 1, "ORBI", "2012-10-02T06:00Z"),
                                                 flight_to("b", 1, "OSDI", "2012-10-02T07:00Z"),
                                                 flight_to("c", 1, "OSDI", "2012-10-02T08:00Z")};
    static const char *const registrations[] = {"XX-MAA", "XX-MAB", ""};
    struct rules_scene scene;
    char yaml[400];
    for (size_t i = 0; i < 3; i++) {
        subjects[i].aircraft.registration = registrations[i];
        subjects[i].aircraft.address = 0xF10001 + (uint32_t)i;
    }
    (void)snprintf(yaml, sizeof yaml,
                   CASE_HEAD "orders:\n  - {name: o, by: Iraq, watch: w, %s, land_at: ORBI, "
                             "valid_from: 2012-10-02, source: AFP}\n",
                   keys);
    scene_init(&scene, yaml, subjects, 3);
    give_flights(&scene, flights, 3, "2012-10-02");
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_int_equal(scene.findings.n, n + 1);
    assert_true(says(&scene, n, said));
    assert_true(says(&scene, n, "of the journeys of the aircraft that it names"));
    assert_int_equal(rests_on(&scene, n, "a"), strstr(keys, "MAA") != NULL);
    scene_deinit(&scene);
}

static void an_order_may_name_its_aircraft(void **state)
{
    (void)state;
    expect_ordered("registrations: [XXMAA]", 2, "1 landed there, 0 did not, of 1 it is not known");
    expect_ordered("registrations: [XX-MAB, XX-MAC]", 2,
                   "0 landed there, 1 did not, of 1 it is not known");
    expect_ordered("aircraft: [f10002]", 1, "0 landed there, 1 did not, of 0 it is not known");
    expect_ordered("registrations: [XX-MAA], aircraft: [f10003]", 2,
                   "1 landed there, 1 did not, of 0 it is not known");
}

static void an_order_is_no_inspection_of_its_name(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    const struct ovf_subject_flight flights[] = {flight_to("a", 1, "ORBI", "2012-10-02T06:00Z")};
    struct rules_scene scene;
    (void)state;
    scene_init(&scene, ORDER, subjects, 1);
    give_flights(&scene, flights, 1, NULL);
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "landed"); /* all of them */
    assert_string_equal(ovf_about_name(scene.findings.items[1].head.about), "order");
    scene_deinit(&scene);
    scene_init(&scene, INSPECTION, subjects, 1);
    give_flights(&scene, flights, 1, NULL);
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(ovf_about_name(scene.findings.items[0].head.about), "inspection");
    scene_deinit(&scene);
}

static void without_a_callsign_it_is_called_by_its_address(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    struct ovf_subject_flight flight = flight_to("a", 1, "ORBI", "2012-10-02T06:00Z");
    struct rules_scene scene;
    (void)state;
    flight.aircraft.callsign = "";
    flight.aircraft.icao24 = "f10001";
    scene_init(&scene, ORDER, subjects, 1);
    give_flights(&scene, &flight, 1, NULL);
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_true(says(&scene, 0, "f10001 landed at ORBI"));
    scene_deinit(&scene);
}

static void a_landing_that_is_not_known_is_undetermined(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    const struct ovf_subject_flight flights[] = {flight_to("a", 1, "", "2012-10-02T06:00Z")};
    struct rules_scene scene;
    (void)state;
    scene_init(&scene, ORDER, subjects, 1);
    give_flights(&scene, flights, 1, NULL);
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "undetermined");
    assert_string_equal(verdict(&scene), "undetermined");
    scene_deinit(&scene);
}

static void an_inferred_airport_is_no_landing_there_for_sure_nor_elsewhere(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    struct ovf_subject_flight flight = flight_to("a", 1, "ORBI", "2012-10-02T06:00Z");
    struct rules_scene scene;
    (void)state;
    flight.to.kind = "inferred";
    scene_init(&scene, ORDER, subjects, 1);
    give_flights(&scene, &flight, 1, NULL);
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "undetermined");
    assert_true(says(&scene, 0, "inferred only: at ORBI, or elsewhere"));
    assert_true(says(&scene, 0, "\"landing_kind\":\"inferred\""));
    assert_string_equal(verdict(&scene), "undetermined");
    ovf_findings_deinit(&scene.findings);
    flight.to.airport = "OSDI";
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "undetermined");
    ovf_findings_deinit(&scene.findings);
    flight.to.kind = "stated";
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "not_landed");
    scene_deinit(&scene);
}

static void a_journey_that_is_the_watch_s_perhaps_only_counts_as_not_known(void **state)
{
    struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z"),
                                     crossing_at("b", "2012-10-02T15:00Z")};
    const struct ovf_subject_flight flights[] = {flight_to("a", 1, "ORBI", "2012-10-02T06:00Z"),
                                                 flight_to("b", 1, "ORBI", "2012-10-02T16:00Z")};
    struct rules_scene scene;
    (void)state;
    subjects[0].class = OVF_CLASS_NEAR_CERTAIN;
    subjects[1].watches_by_states = "w";
    scene_init(&scene, ORDER, subjects, 2);
    give_flights(&scene, flights, 2, NULL);
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "undetermined");
    assert_true(says(&scene, 0, "perhaps only"));
    assert_true(says(&scene, 0, "\"landed_at\":\"ORBI\""));
    assert_true(says(&scene, 2, "0 landed there, 0 did not, of 2 it is not known"));
    assert_string_equal(verdict(&scene), "undetermined");
    scene_deinit(&scene);
    scene_init(&scene, INSPECTION, subjects, 2);
    give_flights(&scene, flights, 2, NULL);
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "undetermined");
    assert_true(says(&scene, 1,
                     "of 2 journeys, 2 of them the watch's perhaps only, 0 fit an inspection of "
                     "the case, 2 perhaps, 0 fit none"));
    scene_deinit(&scene);
}

static void no_flight_is_said_of_days_with_data_only(void **state)
{
    struct rules_scene scene;
    (void)state;
    scene_init(&scene, ORDER, NULL, 0);
    give_flights(&scene, NULL, 0, "2012-10-02");
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "no_flight");
    ovf_findings_deinit(&scene.findings);
    give_flights(&scene, NULL, 0, NULL);
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "no_data");
    scene_deinit(&scene);
}

static void no_flight_is_said_only_where_others_were_heard(void **state)
{
    static const uint32_t nobody = 0;
    static const uint32_t somebody = 2;
    struct rules_scene scene;
    (void)state;
    scene_init(&scene, ORDER, NULL, 0);
    give_flights(&scene, NULL, 0, "2012-10-02");
    scene.matter.control = &nobody;
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "no_data");
    ovf_findings_deinit(&scene.findings);
    scene.matter.control = &somebody;
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "no_flight");
    scene_deinit(&scene);
    scene_init(&scene, INSPECTION, NULL, 0);
    give_flights(&scene, NULL, 0, "2012-10-02");
    scene.matter.control = &nobody;
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "no_data");
    scene_deinit(&scene);
}

static void no_flight_is_not_said_of_days_that_are_not_over(void **state)
{
    struct rules_scene scene;
    (void)state;
    scene_init(&scene, ORDER, NULL, 0);
    give_flights(&scene, NULL, 0, "2012-10-02");
    scene.matter.now_ns = time_of("2012-10-02T23:59:59Z");
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "no_data");
    ovf_findings_deinit(&scene.findings);
    scene.matter.now_ns = time_of("2012-10-03T00:00Z");
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "no_flight");
    ovf_findings_deinit(&scene.findings);
    scene.matter.now_ns = time_of("2012-09-01"); /* the order is not yet in force */
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "no_data");
    scene_deinit(&scene);
}

static void an_order_without_an_end_is_asked_until_yesterday(void **state)
{
    struct rules_scene scene;
    (void)state;
    scene_init(&scene,
               CASE_HEAD "orders:\n  - {name: o, by: Iraq, watch: w, land_at: ORBI, valid_from: "
                         "2012-10-02, source: AFP}\n",
               NULL, 0);
    give_flights(&scene, NULL, 0, "2012-10-02");
    scene.matter.now_ns = time_of("2012-10-03T12:00Z");
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "no_flight");
    ovf_findings_deinit(&scene.findings);
    scene.matter.now_ns = time_of("2012-10-02T12:00Z"); /* no day is over */
    assert_int_equal(ovf_orders_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(verdict(&scene), "no_data");
    scene_deinit(&scene);
}

static void an_inspection_is_of_who_landed_there_that_day(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z"),
                                           crossing_at("b", "2012-10-02T15:00Z")};
    struct ovf_subject_flight flights[] = {flight_to("a", 1, "ORBI", "2012-10-02T06:00Z"),
                                           flight_to("b", 1, "ORBI", "2012-10-03T00:10Z")};
    struct rules_scene scene;
    (void)state;
    scene_init(&scene, INSPECTION, subjects, 2);
    give_flights(&scene, flights, 2, NULL);
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_int_equal(scene.findings.n, 2);
    assert_string_equal(scene.findings.items[0].head.verdict, "flight_found");
    assert_true(says(&scene, 0, "\"flight\":\"a\""));
    assert_true(rests_on(&scene, 0, "a") && !rests_on(&scene, 0, "b"));
    assert_string_equal(verdict(&scene), "counted");
    assert_true(says(&scene, 1, "\"n_inspected\":1,\"n_undetermined\":0,\"n_not_inspected\":1"));
    ovf_findings_deinit(&scene.findings);
    flights[1].end_ns = time_of("2012-10-02T23:50Z");
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "several_flights_fit");
    scene_deinit(&scene);
}

static void who_may_have_landed_there_may_have_been_inspected(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    struct ovf_subject_flight flight = flight_to("a", 1, "ORBI", "2012-10-02T06:00Z");
    struct rules_scene scene;
    (void)state;
    flight.to.kind = "inferred";
    scene_init(&scene, INSPECTION, subjects, 1);
    give_flights(&scene, &flight, 1, "2012-10-02");
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "undetermined");
    assert_true(says(&scene, 0, "journeys that landed there on that day: 0, perhaps 1"));
    assert_true(says(&scene, 1,
                     "of 1 journeys, 0 of them the watch's perhaps only, 0 fit an inspection of "
                     "the case, 1 perhaps, 0 fit none"));
    ovf_findings_deinit(&scene.findings);
    flight.aircraft.callsign = "SIM152";
    flight.to.airport = "";
    flight.end_ns =
        time_of("2012-10-01T06:00Z"); /* lost the day before: it landed then, or later */
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "undetermined");
    ovf_findings_deinit(&scene.findings);
    flight.end_ns = time_of("2012-09-30T06:00Z");
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "no_flight_found");
    scene_deinit(&scene);
}

static void an_inspected_registration_is_the_same_without_its_hyphen(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    const struct ovf_subject_flight flight = flight_to("a", 1, "ORBI", "2012-10-02T06:00Z");
    struct rules_scene scene;
    (void)state;
    scene_init(&scene,
               CASE_HEAD "inspections:\n  - {name: i, date: 2012-10-02, at: ORBI, by: Iraq, found: "
                         "nothing, watch: w, registration: XXMAA, source: AFP}\n",
               subjects, 1);
    give_flights(&scene, &flight, 1, NULL);
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "flight_found");
    scene_deinit(&scene);
}

/** With one flight of SIM151, XX-MAA, or of names that are not known. */
static void expect_inspected(const char *keys, const char *callsign, const char *registration,
                             const char *verdict_due)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    struct ovf_subject_flight flight = flight_to("a", 1, "ORBI", "2012-10-02T06:00Z");
    struct rules_scene scene;
    char yaml[400];
    flight.aircraft.callsign = callsign;
    flight.aircraft.registration = registration;
    (void)snprintf(yaml, sizeof yaml,
                   CASE_HEAD "inspections:\n  - {name: i, date: 2012-10-02, at: ORBI, by: Iraq, "
                             "found: nothing, watch: w, %s, source: AFP}\n",
                   keys);
    scene_init(&scene, yaml, subjects, 1);
    give_flights(&scene, &flight, 1, "2012-10-02");
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, verdict_due);
    assert_int_equal(says(&scene, 0, "whether its callsign and registration are those"),
                     strcmp(verdict_due, "undetermined") == 0);
    scene_deinit(&scene);
}

static void who_has_no_known_name_may_be_the_one_that_was_inspected(void **state)
{
    (void)state;
    expect_inspected("registration: XX-MAA", "SIM151", "XX-MAA", "flight_found");
    expect_inspected("registration: XX-MAA", "SIM151", "", "undetermined");
    expect_inspected("registration: XX-MAA", "SIM151", "XX-MAB", "no_flight_found");
    expect_inspected("callsign: SIM151", "", "XX-MAA", "undetermined");
    expect_inspected("callsign: SIM151, registration: XX-MAA", "", "XX-MAB", "no_flight_found");
    expect_inspected("callsign: SIM151, registration: XX-MAA", "SIM151", "", "undetermined");
}

static void an_inspection_of_a_day_without_data_is_no_contradiction(void **state)
{
    struct rules_scene scene;
    (void)state;
    scene_init(&scene, INSPECTION, NULL, 0);
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "no_data");
    ovf_findings_deinit(&scene.findings);
    give_flights(&scene, NULL, 0, "2012-10-02");
    assert_int_equal(ovf_inspections_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_string_equal(scene.findings.items[0].head.verdict, "no_flight_found");
    scene_deinit(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_journey_that_landed_there_on_the_way_is_told),
        cmocka_unit_test(an_order_may_name_its_aircraft),
        cmocka_unit_test(an_order_is_no_inspection_of_its_name),
        cmocka_unit_test(without_a_callsign_it_is_called_by_its_address),
        cmocka_unit_test(a_landing_that_is_not_known_is_undetermined),
        cmocka_unit_test(an_inferred_airport_is_no_landing_there_for_sure_nor_elsewhere),
        cmocka_unit_test(a_journey_that_is_the_watch_s_perhaps_only_counts_as_not_known),
        cmocka_unit_test(no_flight_is_said_of_days_with_data_only),
        cmocka_unit_test(no_flight_is_said_only_where_others_were_heard),
        cmocka_unit_test(no_flight_is_not_said_of_days_that_are_not_over),
        cmocka_unit_test(an_order_without_an_end_is_asked_until_yesterday),
        cmocka_unit_test(an_inspection_is_of_who_landed_there_that_day),
        cmocka_unit_test(who_may_have_landed_there_may_have_been_inspected),
        cmocka_unit_test(an_inspected_registration_is_the_same_without_its_hyphen),
        cmocka_unit_test(who_has_no_known_name_may_be_the_one_that_was_inspected),
        cmocka_unit_test(an_inspection_of_a_day_without_data_is_no_contradiction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
