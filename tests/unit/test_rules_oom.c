/* SPDX-License-Identifier: Apache-2.0 */
/* A case read and held against crossings by every rule, and what they find written, when memory runs out: each
 * allocation in turn fails, once and for good. */
#include "unit/test_rules.h"

#include "oom.h"
#include "report/finding.h"
#include "rules/changes.h"
#include "rules/claim.h"
#include "rules/closure.h"
#include "rules/embargo.h"
#include "rules/inspection.h"
#include "rules/order.h"

#define CASE                                                                                       \
    CASE_HEAD                                                                                      \
    "embargoes:\n"                                                                                 \
    "  - {name: e, instrument: i, says: s, valid_from: 2007-03-24, source: y, second_hand: "       \
    "true}\n"                                                                                      \
    "closures:\n  - {name: c, airspace: IQ, valid_from: 2012-01-01T00:00Z, source: y}\n"           \
    "orders:\n"                                                                                    \
    "  - {name: o, by: b, watch: w, land_at: ORBI, valid_from: 2012-10-02, source: y}\n"           \
    "inspections:\n"                                                                               \
    "  - {name: i, date: 2012-10-02, at: ORBI, by: b, found: f, watch: w, source: y}\n"            \
    "requests:\n"                                                                                  \
    "  - {name: r, date: 2012-10-02, by: a, to: b, asks: c, watch: w, source: y}\n"                \
    "claims:\n"                                                                                    \
    "  - {name: k, date: 2012-10-02, party: p, says: s, predicate: count(w) > 0, source: y}\n"

enum { N_DAYS = 4 };

static enum ovf_status read_and_judge(const struct ovf_subject *subjects, size_t n,
                                      struct ovf_case_store *store, struct ovf_findings *findings,
                                      struct ovf_finding_lines *lines)
{
    static enum ovf_status (*const rules[])(const struct ovf_matter *, struct ovf_findings *) = {
        ovf_closures_judge,    ovf_orders_judge, ovf_embargoes_judge,
        ovf_inspections_judge, ovf_claims_judge, ovf_changes_judge,
    };
    static const struct ovf_matter_area iq = {"country", "IQ"};
    static const bool has_data[N_DAYS] = {true, true, false, true};
    static const uint32_t control[N_DAYS] = {3, 2, 0, 1};
    struct ovf_case the_case;
    enum ovf_status st = ovf_case_file_read(ovf_bytes_from_text(CASE), store, &the_case, NULL);
    const struct ovf_matter matter = {.the_case = &the_case,
                                      .subjects = subjects,
                                      .n_subjects = n,
                                      .closures = &iq,
                                      .first_day_ns = time_of("2012-10-01"),
                                      .n_days = N_DAYS,
                                      .has_data = has_data,
                                      .control = control,
                                      .now_ns = time_of("2026-01-01")};
    for (size_t i = 0; i < sizeof rules / sizeof *rules && st == OVF_OK; i++)
        st = rules[i](&matter, findings);
    return st == OVF_OK ? ovf_finding_lines_make(findings, 0, findings->n, matter.now_ns, lines)
                        : st;
}

static void fail_each(bool persistent)
{
    const struct ovf_subject subjects[] = {crossing_at("a", "2012-10-02T05:00Z"),
                                           crossing_at("b", "2012-10-04T05:00Z")};
    for (unsigned long n = 1;; n++) {
        struct ovf_case_store store = {0};
        struct ovf_findings findings = {0};
        struct ovf_finding_lines lines = {0};
        ovf_oom_fail_from(n, persistent);
        const enum ovf_status st = read_and_judge(subjects, 2, &store, &findings, &lines);
        const bool failed = ovf_oom_stop();
        const size_t n_findings = lines.n;
        ovf_finding_lines_deinit(&lines);
        ovf_findings_deinit(&findings);
        ovf_case_store_deinit(&store);
        if (!failed) {
            assert_int_equal(st, OVF_OK);
            assert_true(n_findings > 8);
            assert_true(n > 40);
            return;
        }
        assert_int_equal(st, OVF_E_NOMEM);
    }
}

static void without_memory_nothing_is_judged_and_it_says_so(void **state)
{
    (void)state;
    fail_each(false);
    fail_each(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nothing_is_judged_and_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
