/* SPDX-License-Identifier: Apache-2.0 */
/* Permits and charges when memory runs out: each allocation in turn fails, once and for good. */
#include "test.h"

#include "base/time.h"
#include "lists/operators.h"
#include "oom.h"
#include "rules/charge.h"
#include "rules/permit.h"

static const char csv[] = "permit_no,operator_icao,registrations,valid_from,valid_to,flights_max\n"
                          "1,SIM,\"XX-\"\"AAA\",2012-03-05,2012-03-05,\n"
                          "1,SIM,XX-AAA,2012-03-05,2012-03-05,\n"
                          "2,SIM,XX-AAB,2012-03-05,2012-03-05,1\n"
                          "2,SIM,XX-AAB,2012-03-05,2012-03-05,1\n";
static const char json[] = "{\"permit_no\":1,\"callsigns\":[\"SIM001\",\"SIM002\"],"
                           "\"valid_from\":\"2012-03-05\",\"valid_to\":\"2012-03-05\"}\n";
static const char fleet_csv[] = "registration,mtow_kg\nXX-AAA,242000\n";
static const char operators_csv[] = "designator,country\nZZZ,AT\nZZY,DE\n";
static const char formula[] =
    "formulas: [{name: a, source: b, kind: gcd_sqrt_mtow, airspace: fir, codes: [ORBB], "
    "valid_from: "
    "2012-01-01, currency: SU, rate: 1, exemptions: [{name: c, source: d, mtow_below_t: 2}]}]";

/** Everything that one question allocates. */
struct work {
    struct ovf_permit_list lists[2];
    struct ovf_findings findings;
    struct ovf_permit_summary summary;
    struct ovf_fleet *fleet;
    struct ovf_operators *operators;
    struct ovf_case_store store;
    struct ovf_charge_sum *sums;
};

static void forget(struct work *w)
{
    ovf_permit_list_deinit(&w->lists[0]);
    ovf_permit_list_deinit(&w->lists[1]);
    ovf_findings_deinit(&w->findings);
    ovf_permit_summary_deinit(&w->summary);
    ovf_fleet_free(w->fleet);
    ovf_operators_free(w->operators);
    ovf_case_store_deinit(&w->store);
    free(w->sums);
}

static enum ovf_status judge(struct work *w, const struct ovf_subject *subjects)
{
    struct ovf_permit_about about = {.state = "IQ", .firs = "ORBB"};
    struct ovf_permit_answer answers[2];
    const struct ovf_permit_question question = {.lists = w->lists, .n_lists = 2};
    const int64_t day_ns = ovf_time_day(subjects[0].entry.min_ns);
    const struct ovf_asked asked = {"country", "IQ"};
    const struct ovf_permit_searched searched = {&day_ns, 1, &asked, 1};
    about.covers_to_ns = INT64_MAX;
    enum ovf_status st = ovf_permit_list_read(ovf_bytes_from_text(csv), &about, &w->lists[0], NULL);
    if (st == OVF_OK)
        st = ovf_permit_list_read(ovf_bytes_from_text(json), &about, &w->lists[1], NULL);
    if (st == OVF_OK)
        st = ovf_permits_judge(&question, subjects, 2, answers);
    if (st != OVF_OK)
        return st;
    ovf_permits_find(&question, subjects, answers, 2, &w->findings);
    st = w->findings.status;
    return st == OVF_OK
               ? ovf_permits_summarize(&question, subjects, answers, 2, &searched, &w->summary)
               : st;
}

static enum ovf_status charge(struct work *w, const struct ovf_subject *subject)
{
    struct ovf_formulas formulas;
    struct ovf_tally rows;
    struct ovf_charge_input input = ovf_charge_input_of(subject);
    struct ovf_charge charge;
    size_t n = 0;
    enum ovf_status st = ovf_fleet_new(ovf_bytes_from_text(fleet_csv), &rows, &w->fleet, NULL);
    if (st == OVF_OK)
        st = ovf_operators_new(ovf_bytes_from_text(operators_csv), &rows, &w->operators, NULL);
    if (st == OVF_OK)
        st = ovf_formulas_read(ovf_bytes_from_text(formula), &w->store, &formulas, NULL);
    if (st != OVF_OK)
        return st;
    input.mass = ovf_fleet_mass(w->fleet, "XX-AAA", "");
    st = ovf_charges_estimate(&formulas, &input, 1, &charge);
    return st == OVF_OK ? ovf_charges_sum(&input, &charge, 1, OVF_CHARGES_BY_MONTH, &w->sums, &n)
                        : st;
}

static struct ovf_subject crossing(const char *id, const char *kind, const char *airspace)
{
    struct ovf_subject s = {.id = id,
                            .flight_id = id,
                            .journey_id = "",
                            .aircraft = {0, "", "SIM001", "XX-AAA", "", "", ""},
                            .airspace = airspace,
                            .kind = kind,
                            .edition = "",
                            .entry = {.is_known = true},
                            .entry_lat_deg = 33.0,
                            .entry_lon_deg = 45.0,
                            .exit_lat_deg = 34.0,
                            .exit_lon_deg = 42.0,
                            .from = {"", "", "unknown", 0.0},
                            .to = {"", "", "unknown", 0.0}};
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2012-03-05T10:00Z"), &s.entry.min_ns));
    s.entry.max_ns = s.entry.min_ns;
    return s;
}

static void without_memory_nothing_is_said(void **state)
{
    (void)state;
    const struct ovf_subject subjects[2] = {crossing("a", "country", "IQ"),
                                            crossing("b", "fir", "ORBB")};
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            struct work w = {0};
            ovf_oom_fail_from(n, persistent != 0);
            enum ovf_status st = judge(&w, subjects);
            if (st == OVF_OK)
                st = charge(&w, &subjects[1]);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (!failed)
                assert_int_equal(w.findings.n, 2);
            forget(&w);
            if (!failed)
                break;
        }
        assert_true(n > 40); /* it did allocate */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
