/* SPDX-License-Identifier: Apache-2.0 */
/* Halts of a watch's flights as findings: a journey a day, none for a month, and again; others all along. */
#include "unit/test_rules.h"

#include "rules/changes.h"

enum { N_DAYS = 120, HALT = 50, RESUMPTION = 80 };

struct year {
    struct ovf_subject subjects[8 * N_DAYS];
    size_t n;
    bool has_data[N_DAYS];
    uint32_t control[N_DAYS];
    char ids[8 * N_DAYS][8];
};

/** From 2012-01-01 on; \p per_day journeys on each of the days [from, until). */
static void fly(struct year *year, size_t per_day, size_t from, size_t until)
{
    for (size_t i = from * per_day; i < until * per_day; i++) {
        const int64_t later_ns = (int64_t)(i / per_day) * OVF_NS_PER_DAY;
        (void)snprintf(year->ids[year->n], sizeof year->ids[0], "%zu", year->n);
        struct ovf_subject s = crossing_at(year->ids[year->n], "2012-01-01T05:00Z");
        s.entry.min_ns += later_ns;
        s.entry.max_ns += later_ns;
        year->subjects[year->n++] = s;
    }
}

static void make_empty_year(struct year *year)
{
    memset(year, 0, sizeof *year);
    for (size_t day = 0; day < N_DAYS; day++) {
        year->has_data[day] = true;
        year->control[day] = 20;
    }
}

/** Two journeys a day but in the halt. */
static void make_year(struct year *year)
{
    make_empty_year(year);
    fly(year, 2, 0, HALT);
    fly(year, 2, RESUMPTION, N_DAYS);
}

static void judge(struct rules_scene *scene, const struct year *year, const char *yaml)
{
    scene_init(scene, yaml, year->subjects, year->n);
    scene->matter.first_day_ns = time_of("2012-01-01");
    scene->matter.n_days = N_DAYS;
    scene->matter.has_data = year->has_data;
    scene->matter.control = year->control;
    assert_int_equal(ovf_changes_judge(&scene->matter, &scene->findings), OVF_OK);
}

static const struct ovf_finding *find(const struct rules_scene *scene, const char *verdict)
{
    for (size_t i = 0; i < scene->findings.n; i++) {
        if (strcmp(scene->findings.items[i].head.verdict, verdict) == 0)
            return &scene->findings.items[i];
    }
    return NULL;
}

/** What the finding of that verdict says. */
static bool says_of(const struct rules_scene *scene, const char *verdict, const char *words)
{
    const struct ovf_finding *const found = find(scene, verdict);
    return found != NULL && says(scene, (size_t)(found - scene->findings.items), words);
}

static void a_halt_and_a_resumption_are_named_by_their_day(void **state)
{
    static struct year year;
    struct rules_scene scene;
    (void)state;
    make_year(&year);
    judge(&scene, &year, CASE_HEAD);
    assert_int_equal(scene.findings.n, 4);
    assert_non_null(find(&scene, "flying"));
    assert_string_equal(find(&scene, "halt")->head.key, "halt, last flight 2012-02-19");
    assert_true(says_of(&scene, "halt", "halt on 2012-02-20")); /* day 50 */
    assert_string_equal(find(&scene, "resumption")->head.key,
                        "resumption, first flight 2012-03-21");
    assert_non_null(find(&scene, "counted"));
    scene_deinit(&scene);
}

static void days_without_data_are_no_halt(void **state)
{
    static struct year year;
    struct rules_scene scene;
    (void)state;
    make_year(&year);
    for (size_t day = HALT; day < RESUMPTION; day++)
        year.has_data[day] = false;
    judge(&scene, &year, CASE_HEAD);
    assert_null(find(&scene, "halt"));
    assert_string_equal(find(&scene, "no_data")->head.key, "no_data 2012-02-20");
    scene_deinit(&scene);
}

/* The days after the last flight are not heard well: the model's day is one that can be told from others. */
static void a_halt_keeps_its_id_when_its_day_moves(void **state)
{
    static struct year year;
    struct rules_scene scene[2];
    (void)state;
    make_year(&year);
    judge(&scene[0], &year, CASE_HEAD);
    year.has_data[HALT] = false;
    year.has_data[HALT + 1] = false;
    judge(&scene[1], &year, CASE_HEAD);
    assert_true(says_of(&scene[1], "halt", "\"day\":\"2012-02-22\""));
    assert_string_equal(find(&scene[0], "halt")->id, find(&scene[1], "halt")->id);
    scene_deinit(&scene[0]);
    scene_deinit(&scene[1]);
}

/* Eight a day, then two, of which the first four days are without any: a fall and quiet days from one day on. */
static void two_findings_of_one_day_are_two(void **state)
{
    static struct year year;
    struct rules_scene scene;
    (void)state;
    make_empty_year(&year);
    fly(&year, 8, 0, HALT);
    fly(&year, 2, HALT + 4, N_DAYS);
    judge(&scene, &year, CASE_HEAD);
    assert_true(says_of(&scene, "fall", "\"day\":\"2012-02-20\""));
    assert_true(says_of(&scene, "quiet_days", "\"from_day\":\"2012-02-20\""));
    assert_string_not_equal(find(&scene, "fall")->id, find(&scene, "quiet_days")->id);
    scene_deinit(&scene);
}

static void silence_of_everybody_is_no_halt(void **state)
{
    static struct year year;
    struct rules_scene scene;
    (void)state;
    make_year(&year);
    for (size_t day = HALT; day < RESUMPTION; day++)
        year.control[day] = 0;
    judge(&scene, &year, CASE_HEAD);
    assert_null(find(&scene, "halt"));
    scene_deinit(&scene);
}

#define REQUEST(date)                                                                              \
    CASE_HEAD "requests:\n  - {name: r, date: " date                                               \
              ", by: a, to: b, asks: to stop, watch: w, source: s}\n"

static void a_request_coincides_with_a_halt_or_with_nothing(void **state)
{
    static struct year year;
    struct rules_scene scene;
    (void)state;
    make_year(&year);
    judge(&scene, &year, REQUEST("2012-02-19"));
    const struct ovf_finding *last = &scene.findings.items[scene.findings.n - 1];
    assert_string_equal(last->head.rule, OVF_RULE_REQUEST);
    /* It came a day after, but 120 days have no placebo dates. */
    assert_string_equal(last->head.verdict, "coincided_with");
    assert_true(says(&scene, scene.findings.n - 1,
                     "a halt on 2012-02-20 (between 2012-02-20 and 2012-02-20) coincided with the "
                     "request"));
    assert_true(
        says(&scene, scene.findings.n - 1, "\"change\":\"halt\",\"change_day\":\"2012-02-20\""));
    assert_true(says(&scene, scene.findings.n - 1, "\"n_other_changes\":0,\"observed_after\":2,"));
    assert_true(says(&scene, scene.findings.n - 1, "\"ratio\":{\"ratio\":"));
    assert_true(says(&scene, scene.findings.n - 1, "\"ratio_min\":"));
    assert_true(says(&scene, scene.findings.n - 1,
                     "days after it: 2 counted, 56.0 expected by the days before it;"));
    scene_deinit(&scene);
    judge(&scene, &year, REQUEST("2012-02-21")); /* a day too late */
    last = &scene.findings.items[scene.findings.n - 1];
    assert_string_equal(last->head.verdict, "coincided_with_nothing");
    scene_deinit(&scene);
    judge(&scene, &year, REQUEST("2012-01-30"));
    last = &scene.findings.items[scene.findings.n - 1];
    assert_string_equal(last->head.verdict, "coincided_with_nothing");
    assert_true(says(&scene, scene.findings.n - 1,
                     "no change was found near: the request coincided with nothing"));
    scene_deinit(&scene);
}

/** The finding on the state of the watch, of the first \p n_days. */
static const struct ovf_finding *state_of(struct rules_scene *scene, const struct year *year,
                                          size_t n_days)
{
    scene_init(scene, CASE_HEAD, year->subjects, year->n);
    scene->matter.first_day_ns = time_of("2012-01-01");
    scene->matter.n_days = n_days;
    scene->matter.has_data = year->has_data;
    scene->matter.control = year->control;
    assert_int_equal(ovf_changes_judge(&scene->matter, &scene->findings), OVF_OK);
    for (size_t i = 0; i < scene->findings.n; i++) {
        if (strcmp(scene->findings.items[i].head.key, "state") == 0)
            return &scene->findings.items[i];
    }
    return NULL;
}

/* Two a day in the 29 days that say something before: three without would be P(0) = (29 / 32)^58.5 = 0.003, four
 * (29 / 33)^58.5 = 0.0005. */
static void the_state_of_each_new_day_is_told(void **state)
{
    static const struct {
        size_t n_days;
        const char *state;
    } want[] = {{HALT, "flying"},           {HALT + 3, "flying"},
                {HALT + 4, "halted"},       {RESUMPTION + 1, "returning"},
                {RESUMPTION + 7, "flying"}, {10, "too_little_data"}};
    static struct year year;
    struct rules_scene scene;
    char id[OVF_ID_SIZE] = "";
    (void)state;
    make_year(&year);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct ovf_finding *const found = state_of(&scene, &year, want[i].n_days);
        assert_non_null(found);
        assert_string_equal(found->head.verdict, want[i].state);
        if (i == 0)
            memcpy(id, found->id, sizeof id);
        assert_string_equal(found->id, id);
        scene_deinit(&scene);
    }
}

static void an_alert_says_its_day_and_how_unlikely_it_was(void **state)
{
    static struct year year;
    struct rules_scene scene;
    (void)state;
    make_year(&year);
    const struct ovf_finding *const found = state_of(&scene, &year, HALT + 4);
    const size_t i = (size_t)(found - scene.findings.items);
    assert_true(says(&scene, i, "\"day\":\"2012-02-23\",\"since\":\"2012-02-20\",\"n_days\":4"));
    assert_true(says(&scene, i, "\"alerts\":[{\"alert\":\"halt\",\"day\":\"2012-02-23\""));
    assert_true(
        says(&scene, i,
             "halted as of 2012-02-23: no flight on 4 days that say something (P(0) = 0.0005"));
    assert_true(says(&scene, i, "last alert: a halt was told with the data of 2012-02-23"));
    scene_deinit(&scene);
}

/* The days about hold the halt and the resumption: a line through both is none to be expected. */
static void with_another_change_about_nothing_is_expected(void **state)
{
    static struct year year;
    struct rules_scene scene;
    (void)state;
    make_year(&year);
    judge(&scene, &year, REQUEST("2012-04-10"));
    assert_true(says(&scene, scene.findings.n - 1, "\"n_other_changes\":2"));
    assert_false(says(&scene, scene.findings.n - 1, "expected_after"));
    assert_false(says(&scene, scene.findings.n - 1, "ratio"));
    assert_true(says(&scene, scene.findings.n - 1, "hold another change of the series"));
    scene_deinit(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_halt_and_a_resumption_are_named_by_their_day),
        cmocka_unit_test(days_without_data_are_no_halt),
        cmocka_unit_test(a_halt_keeps_its_id_when_its_day_moves),
        cmocka_unit_test(two_findings_of_one_day_are_two),
        cmocka_unit_test(silence_of_everybody_is_no_halt),
        cmocka_unit_test(a_request_coincides_with_a_halt_or_with_nothing),
        cmocka_unit_test(the_state_of_each_new_day_is_told),
        cmocka_unit_test(an_alert_says_its_day_and_how_unlikely_it_was),
        cmocka_unit_test(with_another_change_about_nothing_is_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
