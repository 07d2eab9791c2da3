/* SPDX-License-Identifier: Apache-2.0 */
/* Halts of a watch's flights as findings: a journey a day, none for a month, and again; others all along. */
#include "unit/test_rules.h"

#include "rules/changes.h"

enum { N_DAYS = 120, HALT = 50, RESUMPTION = 80 };

struct year {
    struct ovf_subject subjects[2 * N_DAYS];
    size_t n;
    bool has_data[N_DAYS];
    uint32_t control[N_DAYS];
    char ids[2 * N_DAYS][8];
};

/** Two journeys a day but in the halt; from 2012-01-01 on. */
static void make_year(struct year *year)
{
    memset(year, 0, sizeof *year);
    for (size_t day = 0; day < N_DAYS; day++) {
        year->has_data[day] = true;
        year->control[day] = 20;
        for (size_t k = 0; k < 2 && (day < HALT || day >= RESUMPTION); k++) {
            (void)snprintf(year->ids[year->n], sizeof year->ids[0], "%zu", year->n);
            struct ovf_subject s = crossing_at(year->ids[year->n], "2012-01-01T05:00Z");
            s.entry.min_ns += (int64_t)day * OVF_NS_PER_DAY;
            s.entry.max_ns += (int64_t)day * OVF_NS_PER_DAY;
            year->subjects[year->n++] = s;
        }
    }
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

static void a_halt_and_a_resumption_are_named_by_their_day(void **state)
{
    static struct year year;
    struct rules_scene scene;
    (void)state;
    make_year(&year);
    judge(&scene, &year, CASE_HEAD);
    assert_int_equal(scene.findings.n, 3);
    assert_string_equal(find(&scene, "halt")->head.key, "2012-02-20"); /* day 50 */
    assert_string_equal(find(&scene, "resumption")->head.key, "2012-03-21");
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
    assert_string_equal(find(&scene, "no_data")->head.key, "2012-02-20");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_halt_and_a_resumption_are_named_by_their_day),
        cmocka_unit_test(days_without_data_are_no_halt),
        cmocka_unit_test(silence_of_everybody_is_no_halt),
        cmocka_unit_test(a_request_coincides_with_a_halt_or_with_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
