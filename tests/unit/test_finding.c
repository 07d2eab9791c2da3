/* SPDX-License-Identifier: Apache-2.0 */
/* Findings and their lines, read back by jansson. */
#include "test.h"

#include <string.h>

#include <jansson.h>

#include "base/time.h"
#include "report/finding.h"

static const struct ovf_finding_head permit = {.rule = "permit/1",
                                               .key = "IQ",
                                               .about = OVF_ABOUT_CROSSING,
                                               .about_id = "00112233445566778899aabbccddeeff",
                                               .verdict = "not_in_supplied_list"};

static json_t *line_of(const struct ovf_findings *findings, size_t i, int64_t as_of_ns,
                       char rev[OVF_ID_SIZE])
{
    struct ovf_finding_lines lines = {0};
    json_error_t error;
    assert_int_equal(ovf_finding_lines_make(findings, 0, findings->n, as_of_ns, &lines), OVF_OK);
    assert_int_equal(lines.n, findings->n);
    memcpy(rev, lines.items[i].rev, OVF_ID_SIZE);
    json_t *line = json_loadb(ovf_finding_line(&lines, i), lines.items[i].len, 0, &error);
    if (line == NULL)
        fail_msg("%s", error.text);
    assert_string_equal(json_string_value(json_object_get(line, "rev")), rev);
    ovf_finding_lines_deinit(&lines);
    return line;
}

static void add_permit(struct ovf_findings *findings, const char *number)
{
    ovf_findings_add(findings, &permit);
    ovf_finding_reason(findings, "%d permits were looked at", 7);
    ovf_finding_source(findings, "sha256:00");
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_text(&json, "permit_no", number);
    ovf_json_int(&json, "n_looked_at", 7);
    ovf_finding_details_end(findings, &json);
    ovf_finding_reason(findings, "none names this aircraft");
}

static void a_line_tells_what_was_said(void **state)
{
    (void)state;
    struct ovf_findings findings = {0};
    char rev[OVF_ID_SIZE];
    add_permit(&findings, "A \"1\"");
    ovf_finding_force(&findings, true, false);
    assert_int_equal(findings.status, OVF_OK);
    json_t *line = line_of(&findings, 0, 0, rev);
    json_t *want = json_pack(
        "{s:s, s:s, s:s, s:{s:s}, s:s, s:s, s:s, s:s, s:i, s:b, s:b, s:[s,s], s:[s], s:s}", "type",
        "finding", "id", findings.items[0].id, "rev", rev, "about", "crossing", permit.about_id,
        "rule", "permit/1", "against", "IQ", "verdict", "not_in_supplied_list", "permit_no",
        "A \"1\"", "n_looked_at", 7, "in_force_on_flight_date", 1, "in_force_today", 0, "reasons",
        "7 permits were looked at", "none names this aircraft", "sources", "sha256:00", "as_of",
        "1970-01-01T00:00:00.000Z");
    assert_non_null(want);
    assert_true(json_equal(line, want));
    json_decref(want);
    json_decref(line);
    ovf_findings_deinit(&findings);
}

static void what_others_say_is_put_behind_as_they_said_it(void **state)
{
    (void)state;
    struct ovf_findings all = {0};
    struct ovf_findings some = {0};
    struct ovf_finding_head head = permit;
    char rev[2][OVF_ID_SIZE];
    add_permit(&all, "1");
    add_permit(&some, "2");
    head.key = ovf_findings_keep(&some, "a key of its own");
    ovf_findings_add(&some, &head);
    ovf_finding_source(&some, "sha256:01");
    json_t *want = line_of(&some, 1, 0, rev[0]);
    ovf_findings_take(&all, &some);
    assert_int_equal(some.n, 0);
    assert_int_equal(all.n, 3);
    json_t *line = line_of(&all, 2, 0, rev[1]);
    assert_true(json_equal(line, want));
    assert_string_equal(rev[0], rev[1]);
    json_decref(want);
    json_decref(line);
    some.status = OVF_E_NOMEM;
    ovf_findings_take(&all, &some);
    assert_int_equal(all.status, OVF_E_NOMEM);
    ovf_findings_deinit(&all);
}

static void the_revision_changes_with_what_is_said_not_with_the_day(void **state)
{
    (void)state;
    struct ovf_findings findings = {0};
    char rev[3][OVF_ID_SIZE];
    add_permit(&findings, "1");
    add_permit(&findings, "2");
    json_decref(line_of(&findings, 0, 0, rev[0]));
    json_decref(line_of(&findings, 0, INT64_C(86400000000000), rev[1]));
    json_decref(line_of(&findings, 1, 0, rev[2]));
    assert_string_equal(rev[0], rev[1]);
    assert_string_not_equal(rev[0], rev[2]);
    assert_string_equal(findings.items[0].id, findings.items[1].id);
    ovf_findings_deinit(&findings);
}

static void the_identifier_is_of_rule_key_and_subject(void **state)
{
    (void)state;
    struct ovf_findings findings = {0};
    struct ovf_finding_head heads[4];
    for (size_t i = 0; i < 4; i++)
        heads[i] = permit;
    heads[1].rule = "permit/2";
    heads[2].key = "SY";
    heads[3].about = OVF_ABOUT_FLIGHT;
    for (size_t i = 0; i < 4; i++)
        ovf_findings_add(&findings, &heads[i]);
    assert_int_equal(findings.status, OVF_OK);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(strlen(findings.items[i].id), 32);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(findings.items[i].id, findings.items[k].id);
    }
    ovf_findings_deinit(&findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_tells_what_was_said),
        cmocka_unit_test(what_others_say_is_put_behind_as_they_said_it),
        cmocka_unit_test(the_revision_changes_with_what_is_said_not_with_the_day),
        cmocka_unit_test(the_identifier_is_of_rule_key_and_subject),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
