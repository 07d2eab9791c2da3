/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as people read them. */
#include "unit/test_rules.h"

#include "report/finding_table.h"

/** The table of the scene's findings, to be freed. */
static char *table_of(const struct rules_scene *scene)
{
    struct ovf_buffer out = {0};
    assert_int_equal(ovf_report_findings_table(&scene->findings, &scene->matter, &out), OVF_OK);
    assert_int_equal(ovf_buffer_append(&out, "", 1), OVF_OK);
    return (char *)out.data;
}

static void assert_has(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        fail_msg("no \"%s\" in:\n%s", words, text);
}

static void a_text_makes_no_line_of_its_own_and_moves_no_cursor(void **state)
{
    static const struct ovf_finding_head head = {.rule = "claim/1",
                                                 .key = "",
                                                 .about = OVF_ABOUT_CLAIM,
                                                 .about_id = "c",
                                                 .verdict = "consistent"};
    struct rules_scene scene;
    (void)state;
    scene_init(&scene, CASE_HEAD, NULL, 0);
    ovf_findings_add(&scene.findings, &head);
    ovf_finding_reason(&scene.findings, "said\n\nclaim d, claim/1: contradicted\x1b[2J\xff\n");
    char *const text = table_of(&scene);
    assert_has(text, "\n    said  claim d, claim/1: contradicted?[2J?\n");
    assert_null(strstr(text, "\nclaim d"));
    free(text);
    scene_deinit(&scene);
}

static void add(struct rules_scene *scene, enum ovf_about about, const char *id,
                const char *verdict)
{
    const struct ovf_finding_head head = {
        .rule = "r/1", .key = "", .about = about, .about_id = id, .verdict = verdict};
    ovf_findings_add(&scene->findings, &head);
    ovf_finding_reason(&scene->findings, "because of %s", id);
    ovf_finding_reason(&scene->findings, "and more");
}

static void who_asks_for_a_look_is_listed_by_time(void **state)
{
    struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T15:00Z"),
                                     crossing_at("b", "2012-10-02T05:00:01Z"),
                                     crossing_at("c", "2012-10-02T07:00Z")};
    const struct ovf_subject_flight flight = {.id = "f",
                                              .journey_id = "f",
                                              .aircraft = subjects[0].aircraft,
                                              .start_ns = time_of("2012-10-01T23:10Z")};
    struct rules_scene scene;
    (void)state;
    subjects[1].aircraft.callsign = "";
    scene_init(&scene, CASE_HEAD, subjects, 3);
    scene.matter.flights = &flight;
    scene.matter.n_flights = 1;
    add(&scene, OVF_ABOUT_CROSSING, "a", "within");
    add(&scene, OVF_ABOUT_CROSSING, "b", "within");
    add(&scene, OVF_ABOUT_CROSSING, "c", "covered");
    add(&scene, OVF_ABOUT_JOURNEY, "c", "in_force");
    add(&scene, OVF_ABOUT_FLIGHT, "f", "hex_exact");
    char *const text = table_of(&scene);
    assert_has(text, "\n\nr/1: hex_exact\n    2012-10-01 23:10  SIM151    because of f\n"
                     "\nr/1: within\n    2012-10-02 05:00  f10001    because of b\n"
                     "    2012-10-02 14:59  SIM151    because of a\n");
    assert_null(strstr(text, "because of c"));
    free(text);
    scene_deinit(&scene);
}

static void of_many_the_first_are_listed_and_the_rest_counted(void **state)
{
    struct ovf_subject subjects[23];
    char ids[23][8];
    struct rules_scene scene;
    (void)state;
    for (size_t i = 0; i < 23; i++) {
        (void)snprintf(ids[i], sizeof ids[i], "c%zu", i);
        subjects[i] = crossing_at(ids[i], "2012-10-02T15:00Z");
        subjects[i].entry.min_ns += (int64_t)i * 60 * OVF_NS_PER_S;
    }
    scene_init(&scene, CASE_HEAD, subjects, 23);
    for (size_t i = 23; i-- > 0;)
        add(&scene, OVF_ABOUT_CROSSING, ids[i], "within");
    char *const text = table_of(&scene);
    assert_has(text, "because of c19\n    and 3 more\n");
    free(text);
    scene_deinit(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_makes_no_line_of_its_own_and_moves_no_cursor),
        cmocka_unit_test(who_asks_for_a_look_is_listed_by_time),
        cmocka_unit_test(of_many_the_first_are_listed_and_the_rest_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
