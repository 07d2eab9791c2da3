/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as people read them. */
#include "unit/test_rules.h"

#include "report/finding_table.h"

/** The table of the scene's findings, to be freed. */
static char *table_of(const struct rules_scene *scene)
{
    struct ovf_buffer out = {0};
    assert_int_equal(ovf_report_findings_table(&scene->findings, &out), OVF_OK);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_makes_no_line_of_its_own_and_moves_no_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
