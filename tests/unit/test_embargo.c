/* SPDX-License-Identifier: Apache-2.0 */
/* Measures in force on the day of a flight and today; journeys count once. */
#include "unit/test_rules.h"

#include "rules/embargo.h"
#include "rules/watched.h"

#define MEASURES                                                                                   \
    CASE_HEAD "embargoes:\n"                                                                       \
              "  - {name: old, instrument: I1, paragraph: \"5\", says: no arms, valid_from: "      \
              "2007-03-24, "                                                                       \
              "valid_to: 2016-01-16, source: s1}\n"                                                \
              "  - {name: new, instrument: I2, says: again, valid_from: 2025-09-28, "              \
              "contested_by: two states, source: s2, second_hand: true}\n"

static void judge(struct rules_scene *scene, const struct ovf_subject *subjects, size_t n)
{
    scene_init(scene, MEASURES, subjects, n);
    assert_int_equal(ovf_embargoes_judge(&scene->matter, &scene->findings), OVF_OK);
}

static void what_was_in_force_then_need_not_be_today(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    struct rules_scene scene;
    (void)state;
    judge(&scene, subjects, 1);
    assert_int_equal(scene.findings.n, 1);
    assert_string_equal(scene.findings.items[0].head.verdict, "in_force");
    assert_true(scene.findings.items[0].in_force_on_flight_date);
    assert_false(scene.findings.items[0].in_force_today); /* I2 is, which was not */
    assert_true(says(&scene, 0, "I1 paragraph 5, in force 2007-03-24 to 2016-01-15: no arms"));
    assert_true(says(&scene, 0,
                     "not on the day of the flight, but today: I2, in force since "
                     "2025-09-28, validity contested by two states: again"));
    assert_true(says(&scene, 0, "s2 (second-hand)"));
    scene_deinit(&scene);
}

static void a_journey_that_is_the_watch_s_perhaps_only_is_told_as_such(void **state)
{
    struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    struct rules_scene scene;
    (void)state;
    judge(&scene, subjects, 1);
    assert_false(says(&scene, 0, "perhaps"));
    scene_deinit(&scene);
    subjects[0].class = OVF_CLASS_NEAR_CERTAIN;
    judge(&scene, subjects, 1);
    assert_true(says(&scene, 0, "\"perhaps\":true"));
    assert_true(says(&scene, 0, "perhaps only: it was not for certain inside"));
    scene_deinit(&scene);
}

static void a_measure_ends_before_the_day_that_it_is_valid_to(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2016-01-15T23:59:50Z"),
                                           crossing_at("b", "2016-01-16T00:00:00Z"),
                                           crossing_at("c", "2016-01-16T00:00:10Z")};
    static const char *const want[] = {"in_force", "date_undetermined", "none_in_force"};
    struct rules_scene scene;
    (void)state;
    judge(&scene, subjects, 3);
    assert_int_equal(scene.findings.n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(scene.findings.items[i].head.verdict, want[i]);
    assert_false(scene.findings.items[1].knows_force);
    scene_deinit(&scene);
}

static void who_contests_a_measure_is_said(void **state)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2025-10-01T05:00Z")};
    struct rules_scene scene;
    (void)state;
    judge(&scene, subjects, 1);
    assert_string_equal(scene.findings.items[0].head.verdict, "in_force_contested");
    assert_true(says(&scene, 0, "I2, in force since 2025-09-28, validity contested by two states"));
    assert_false(says(&scene, 0, "but today"));
    assert_true(scene.findings.items[0].in_force_today);
    assert_true(says(&scene, 0, "s2 (second-hand)"));
    scene_deinit(&scene);
}

static void a_journey_counts_once_whatever_it_crossed(void **state)
{
    struct ovf_subject subjects[] = {
        crossing_at("a", "2012-10-02T05:00Z"), crossing_at("b", "2012-10-02T07:00Z"),
        crossing_at("c", "2012-10-02T09:00Z"), crossing_at("d", "2012-10-02T11:00Z")};
    struct ovf_watched watched = {0};
    (void)state;
    subjects[0].class = OVF_CLASS_POSSIBLE;
    subjects[2].journey_id = "a";
    subjects[3].watches = "v,ww";
    assert_int_equal(ovf_watched_find(subjects, 4, "w", &watched), OVF_OK);
    assert_int_equal(watched.n, 2);
    assert_string_equal(watched.items[0].journey_id, "a");
    assert_int_equal(watched.items[0].n, 2);
    assert_int_equal(watched.crossings[watched.items[0].first + 1], 2);
    assert_true(watched.items[0].is_sure);
    assert_true(watched.items[0].entry.min_ns == subjects[0].entry.min_ns);
    assert_true(watched.items[1].is_sure);
    ovf_watched_deinit(&watched);
    subjects[1].watches_by_states = "w"; /* where it came from is not known */
    assert_int_equal(ovf_watched_find(subjects, 4, "w", &watched), OVF_OK);
    assert_false(watched.items[1].is_sure);
    assert_true(ovf_subject_meets(&subjects[3], "v") && ovf_subject_meets(&subjects[3], "ww"));
    ovf_watched_deinit(&watched);
}

static void who_was_inside_when_first_heard_counts_from_then(void **state)
{
    struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z")};
    struct ovf_watched watched = {0};
    (void)state;
    subjects[0].entry = (struct ovf_when){.is_known = false};
    assert_int_equal(ovf_watched_find(subjects, 1, "w", &watched), OVF_OK);
    assert_true(watched.items[0].entry.is_known);
    assert_true(watched.items[0].entry.min_ns == time_of("2012-10-02T04:00Z"));
    ovf_watched_deinit(&watched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_in_force_then_need_not_be_today),
        cmocka_unit_test(a_journey_that_is_the_watch_s_perhaps_only_is_told_as_such),
        cmocka_unit_test(a_measure_ends_before_the_day_that_it_is_valid_to),
        cmocka_unit_test(who_contests_a_measure_is_said),
        cmocka_unit_test(a_journey_counts_once_whatever_it_crossed),
        cmocka_unit_test(who_was_inside_when_first_heard_counts_from_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
