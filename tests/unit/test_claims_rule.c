/* SPDX-License-Identifier: Apache-2.0 */
/* Claims against journeys, days without data, and days on which nobody else was heard. */
#include "unit/test_rules.h"

#include "rules/claim.h"

enum { N_DAYS = 10 }; /* from 2012-10-01 on */

static const bool all_days[N_DAYS] = {true, true, true, true, true, true, true, true, true, true};
static const uint32_t others[N_DAYS] = {3, 1, 2, 4, 2, 3, 1, 2, 3, 2};

static const char *today = "2026-01-01";

/** The verdict on a claim with this predicate; "" has none. */
static const char *judge(const char *predicate, const struct ovf_subject *subjects, size_t n,
                         const bool *has_data, const uint32_t *control,
                         const struct ovf_subject_flight *flights, size_t n_flights)
{
    static char yaml[600];
    static char verdict[40];
    struct rules_scene scene;
    (void)snprintf(
        yaml, sizeof yaml,
        CASE_HEAD "claims:\n  - {name: c, date: 2012-10-20, party: p, says: s, source: y%s%s%s}\n",
        predicate[0] != '\0' ? ", predicate: \"" : "", predicate, predicate[0] != '\0' ? "\"" : "");
    scene_init(&scene, yaml, subjects, n);
    scene.matter.now_ns = time_of(today);
    scene.matter.first_day_ns = time_of("2012-10-01");
    scene.matter.n_days = N_DAYS;
    scene.matter.has_data = has_data;
    scene.matter.control = control;
    scene.matter.flights = flights;
    scene.matter.n_flights = n_flights;
    assert_int_equal(ovf_claims_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_int_equal(scene.findings.n, 1);
    (void)snprintf(verdict, sizeof verdict, "%s", scene.findings.items[0].head.verdict);
    scene_deinit(&scene);
    return verdict;
}

static const char *judge_count(const char *predicate, const struct ovf_subject *subjects, size_t n)
{
    return judge(predicate, subjects, n, all_days, others, NULL, 0);
}

static void a_count_is_held_against_the_days_named(void **state)
{
    const struct ovf_subject two[] = {crossing_at("a", "2012-10-02T05:00Z"),
                                      crossing_at("b", "2012-10-05T05:00Z")};
    (void)state;
    assert_string_equal(judge_count("count(w) == 2", two, 2), "consistent");
    assert_string_equal(judge_count("count(w) == 0 on 2012-10-02", two, 2), "contradicted");
    assert_string_equal(judge_count("count(w) == 0 between 2012-10-03 and 2012-10-04", two, 2),
                        "consistent");
    assert_string_equal(judge_count("count(w) > 1 between 2012-10-02 and 2012-10-04", two, 2),
                        "contradicted");
    assert_string_equal(judge_count("count(w) >= 1 on 2012-10-05", two, 2), "consistent");
}

static void days_without_data_are_no_zeros(void **state)
{
    const struct ovf_subject one[] = {crossing_at("a", "2012-10-02T05:00Z")};
    bool some[N_DAYS];
    uint32_t few[N_DAYS];
    (void)state;
    memcpy(some, all_days, sizeof some);
    memcpy(few, others, sizeof few);
    some[4] = false;
    few[6] = 0; /* data, and nobody heard there */
#define JUDGE(predicate) judge(predicate, one, 1, some, few, NULL, 0)
    assert_string_equal(JUDGE("count(w) == 0 on 2012-10-05"), "no_data");
    assert_string_equal(JUDGE("count(w) == 0 on 2012-10-07"), "no_data");
    assert_string_equal(JUDGE("count(w) == 0 on 2012-10-06"), "consistent");
    assert_string_equal(JUDGE("count(w) == 0 on 2012-11-06"), "no_data"); /* after all data */
    /* What was heard is there, whatever was not. */
    assert_string_equal(JUDGE("count(w) == 0"), "contradicted");
    assert_string_equal(JUDGE("count(w) >= 1"), "consistent");
    assert_string_equal(JUDGE("count(w) < 2"), "no_data");
}

static void days_that_are_not_over_contradict_nothing(void **state)
{
    const struct ovf_subject one[] = {crossing_at("a", "2012-10-02T05:00Z")};
    (void)state;
    today = "2012-10-05";
#define BETWEEN " between 2012-10-02 and 2012-10-05"
    assert_string_equal(judge_count("count(w) >= 2" BETWEEN, one, 1), "no_data");
    assert_string_equal(judge_count("count(w) >= 1" BETWEEN, one, 1), "consistent");
    assert_string_equal(judge_count("count(w) == 0 on 2012-10-07", one, 1), "no_data");
    assert_string_equal(judge_count("count(w) >= 2 between 2012-10-02 and 2012-12-31", one, 1),
                        "no_data");
    today = "2012-10-06";
    assert_string_equal(judge_count("count(w) >= 2" BETWEEN, one, 1), "contradicted");
    today = "2026-01-01";
}

static void what_is_not_sure_leaves_it_undetermined(void **state)
{
    struct ovf_subject one[] = {crossing_at("a", "2012-10-02T05:00Z")};
    (void)state;
    one[0].class = OVF_CLASS_NEAR_CERTAIN;
    assert_string_equal(judge_count("count(w) == 0 on 2012-10-02", one, 1), "undetermined");
    assert_string_equal(judge_count("count(w) <= 1 on 2012-10-02", one, 1), "consistent");
    assert_string_equal(judge_count("count(w) > 1 on 2012-10-02", one, 1), "contradicted");
    one[0] = crossing_at("a", "2012-10-02T00:00:00Z"); /* a second on either side of midnight */
    assert_string_equal(judge_count("count(w) == 1 on 2012-10-02", one, 1), "undetermined");
}

static void a_landing_is_seen_or_elsewhere_or_not_known(void **state)
{
    struct ovf_subject one[] = {crossing_at("a", "2012-10-02T05:00Z")};
    struct ovf_subject_flight flight = {.id = "a",
                                        .journey_id = "a",
                                        .leg = 1,
                                        .to = {"ORBI", "IQ", "observed", 1},
                                        .end_ns = time_of("2012-10-02T06:00Z")};
    (void)state;
#define LANDING(predicate) judge(predicate, one, 1, all_days, others, &flight, 1)
    assert_string_equal(LANDING("lands(w, ORBI) on 2012-10-02"), "consistent");
    assert_string_equal(LANDING("not lands(w, ORBI) on 2012-10-02"), "contradicted");
    assert_string_equal(LANDING("lands(w, OSDI) on 2012-10-02"), "contradicted");
    assert_string_equal(LANDING("not lands(w, OSDI) on 2012-10-02"), "consistent");
    /* As a count of none: others were heard. */
    assert_string_equal(LANDING("lands(w, ORBI) on 2012-10-03"), "contradicted");
    assert_string_equal(LANDING("not lands(w, ORBI) on 2012-10-03"), "consistent");
    one[0].class = OVF_CLASS_NEAR_CERTAIN; /* whose it is, is not known for sure */
    assert_string_equal(LANDING("lands(w, ORBI) on 2012-10-02"), "undetermined");
    assert_string_equal(LANDING("not lands(w, ORBI) on 2012-10-02"), "undetermined");
    assert_string_equal(LANDING("not lands(w, OSDI) on 2012-10-02"), "consistent");
    one[0].class = OVF_CLASS_OBSERVED;
    flight.to.kind = "inferred"; /* there, or elsewhere */
    assert_string_equal(LANDING("lands(w, ORBI) on 2012-10-02"), "undetermined");
    assert_string_equal(LANDING("not lands(w, OSDI) on 2012-10-02"), "undetermined");
    flight.to.airport = "";
    assert_string_equal(LANDING("lands(w, ORBI) on 2012-10-02"), "undetermined");
}

static void a_claim_rests_on_the_journeys_that_were_counted(void **state)
{
    const struct ovf_subject two[] = {crossing_at("a", "2012-10-02T05:00Z"),
                                      crossing_at("b", "2012-10-05T05:00Z")};
    struct rules_scene scene;
    (void)state;
    scene_init(&scene,
               CASE_HEAD "claims:\n  - {name: c, date: 2012-10-20, party: p, says: s, source: y, "
                         "predicate: count(w) == 1 on 2012-10-05}\n",
               two, 2);
    assert_int_equal(ovf_claims_judge(&scene.matter, &scene.findings), OVF_OK);
    assert_true(rests_on(&scene, 0, "b"));
    assert_false(rests_on(&scene, 0, "a"));
    scene_deinit(&scene);
}

static void what_is_carried_is_not_checkable(void **state)
{
    (void)state;
    assert_string_equal(judge_count("", NULL, 0), "not_checkable_from_tracks");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_is_held_against_the_days_named),
        cmocka_unit_test(days_without_data_are_no_zeros),
        cmocka_unit_test(days_that_are_not_over_contradict_nothing),
        cmocka_unit_test(what_is_not_sure_leaves_it_undetermined),
        cmocka_unit_test(a_landing_is_seen_or_elsewhere_or_not_known),
        cmocka_unit_test(a_claim_rests_on_the_journeys_that_were_counted),
        cmocka_unit_test(what_is_carried_is_not_checkable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
