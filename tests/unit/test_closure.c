/* SPDX-License-Identifier: Apache-2.0 */
/* Closures: times with their intervals, days and hours, altitudes, exemptions. */
#include "unit/test_rules.h"

#include "rules/closure.h"

static const struct ovf_matter_area iq = {"country", "IQ"};

/** A closure of IQ with more keys. */
static void judge(struct rules_scene *scene, const char *keys, const struct ovf_subject *subject)
{
    static char yaml[1000];
    (void)snprintf(yaml, sizeof yaml,
                   CASE_HEAD "closures:\n  - {name: c, airspace: IQ, source: s, %s}\n", keys);
    scene_init(scene, yaml, subject, 1);
    scene->matter.closures = &iq;
    assert_int_equal(ovf_closures_judge(&scene->matter, &scene->findings), OVF_OK);
}

static void expect(const char *keys, const struct ovf_subject *subject, const char *verdict)
{
    struct rules_scene scene;
    judge(&scene, keys, subject);
    if (verdict == NULL) {
        assert_int_equal(scene.findings.n, 0);
    } else {
        assert_int_equal(scene.findings.n, 1);
        assert_string_equal(scene.findings.items[0].head.verdict, verdict);
    }
    scene_deinit(&scene);
}

/* Enters at 10:00:00 +- 1 s, leaves between 11:00:00 and 11:00:02. */
static struct ovf_subject morning(void)
{
    return crossing_at("a", "2012-10-02T10:00:00Z");
}

static void a_crossing_is_held_against_the_time_that_it_was_inside(void **state)
{
    const struct ovf_subject s = morning();
    (void)state;
    expect("valid_from: 2012-10-02T10:30Z", &s, "within");
    expect("valid_from: 2012-10-02T00:00Z, valid_to: 2012-10-02T10:30Z", &s, "within");
    expect("valid_from: 2012-10-02T11:00:03Z", &s, NULL);
    expect("valid_from: 2012-10-02T00:00Z, valid_to: 2012-10-02T09:59:59Z", &s, NULL);
    expect("valid_from: 2012-10-02T11:00:01Z", &s, "time_undetermined");
    expect("valid_from: 2012-10-02T00:00Z, valid_to: 2012-10-02T10:00:01Z", &s,
           "time_undetermined");
}

static void hours_recur_on_days_and_go_over_midnight(void **state)
{
    const struct ovf_subject s = morning();
    const struct ovf_subject night = crossing_at("b", "2012-10-03T01:00Z");
    (void)state;
#define SINCE "valid_from: 2012-01-01T00:00Z, "
    expect(SINCE "from: \"10:30\", until: \"10:40\"", &s, "within");
    expect(SINCE "from: \"11:30\", until: \"12:00\"", &s, NULL);
    expect(SINCE "from: \"22:00\", until: \"04:00\"", &s, NULL);
    expect(SINCE "from: \"22:00\", until: \"04:00\"", &night, "within");
    /* 2012-10-02 was a Tuesday; the night to the 3rd is the Tuesday's. */
    expect(SINCE "weekdays: [tue]", &s, "within");
    expect(SINCE "weekdays: [mon, wed]", &s, NULL);
    expect(SINCE "weekdays: [tue], from: \"22:00\", until: \"04:00\"", &night, "within");
    expect(SINCE "weekdays: [wed], from: \"22:00\", until: \"04:00\"", &night, NULL);
}

/* Crossed for sure, and in and out within one gap: when, nobody knows. */
static void a_crossing_within_one_gap_is_held_against_the_whole_gap(void **state)
{
    struct ovf_subject s = morning();
    const struct ovf_when gap = {true, time_of("2012-10-02T23:00Z"), time_of("2012-10-03T01:00Z")};
    (void)state;
    s.class = OVF_CLASS_NECESSARY;
    s.entry = gap;
    s.exit = gap;
    expect("valid_from: 2012-01-01T00:00Z", &s, "within"); /* days are no breaks */
    expect(SINCE "from: \"06:00\", until: \"06:00\"", &s, "within");
    expect(SINCE "from: \"22:00\", until: \"02:00\"", &s, "within");
    expect(SINCE "from: \"22:00\", until: \"00:30\"", &s, "time_undetermined");
    expect(SINCE "weekdays: [tue]", &s, "time_undetermined"); /* until midnight */
    expect(SINCE "weekdays: [tue, wed]", &s, "within");
    expect(SINCE "from: \"00:30\", until: \"00:10\"", &s, "time_undetermined");
    expect("valid_from: 2012-10-02T23:30Z", &s, "time_undetermined");
    expect("valid_from: 2012-10-03T01:00Z", &s, NULL);
    /* The entry is known to lie in the hours, or the exit is; how long it stayed is not. */
    s.entry = (struct ovf_when){true, gap.min_ns, gap.min_ns + 1800 * OVF_NS_PER_S};
    expect(SINCE "from: \"22:00\", until: \"23:40\"", &s, "within");
    s.entry = gap;
    s.exit = (struct ovf_when){true, gap.max_ns - 1800 * OVF_NS_PER_S, gap.max_ns};
    expect(SINCE "from: \"00:20\", until: \"02:00\"", &s, "within");
    expect(SINCE "from: \"00:40\", until: \"02:00\"", &s, "time_undetermined");
}

static void limits_are_asked_at_entry_and_exit(void **state)
{
    struct ovf_subject s = morning(); /* at 34,000 ft */
    (void)state;
    expect(SINCE "floor_ft: 30000", &s, "within");
    expect(SINCE "ceiling_ft: 30000", &s, "vertical_undetermined"); /* it may have been lower */
    s.exit_alt_baro_ft = 10000;                                     /* it went through */
    expect(SINCE "floor_ft: 20000, ceiling_ft: 30000", &s, "within");
    s.exit_alt_baro_ft = (double)NAN;
    expect(SINCE "ceiling_ft: 30000", &s, "vertical_undetermined");
    expect(SINCE "ceiling_ft: 40000", &s, "within");
    expect("valid_from: 2012-01-01T00:00Z", &s, "within");
}

static void what_it_flew_at_between_its_ends_counts(void **state)
{
    struct ovf_subject s = morning(); /* at 34,000 ft */
    (void)state;
    s.alt_baro_min_ft = 21000;
    s.alt_baro_max_ft = 36000;
    expect(SINCE "floor_ft: 35000", &s, "within");
    expect(SINCE "ceiling_ft: 22000", &s, "within");
    expect(SINCE "floor_ft: 25000, ceiling_ft: 30000", &s, "within"); /* it went through */
    expect(SINCE "ceiling_ft: 10000", &s, "vertical_undetermined");   /* gaps, or no altitude */
    s.alt_baro_throughout = true;
    expect(SINCE "ceiling_ft: 10000", &s, NULL);
    expect(SINCE "floor_ft: 40000", &s, NULL);
    /* A minute between two fixes is enough to go down 3,000 ft and be back. */
    expect(SINCE "ceiling_ft: 18000", &s, "vertical_undetermined");
    expect(SINCE "ceiling_ft: 17999", &s, NULL);
    s.role = OVF_ROLE_ARRIVAL;
    s.to = (struct ovf_subject_end){"ORBI", "IQ", "observed", 0.9};
    expect(SINCE "ceiling_ft: 10000", &s, "within");
}

static void an_arrival_or_departure_was_on_the_ground(void **state)
{
    struct ovf_subject s = morning(); /* at 34,000 ft */
    (void)state;
    s.role = OVF_ROLE_ARRIVAL;
    s.to = (struct ovf_subject_end){"ORBI", "IQ", "observed", 0.9};
    expect(SINCE "ceiling_ft: 30000", &s, "within");
    expect(SINCE "floor_ft: 20000, ceiling_ft: 30000", &s, "within"); /* it came down through */
    expect(SINCE "floor_ft: 40000", &s, "vertical_undetermined");
    s.to.kind = "inferred";
    expect(SINCE "ceiling_ft: 30000", &s, "vertical_undetermined");
    s.role = OVF_ROLE_DEPARTURE;
    s.from = (struct ovf_subject_end){"ORBI", "IQ", "observed", 0.9};
    expect(SINCE "ceiling_ft: 30000", &s, "within");
}

static void who_was_inside_when_first_heard_entered_up_to_a_day_before(void **state)
{
    struct ovf_subject s = morning(); /* first heard at 09:00 */
    (void)state;
    s.entry = (struct ovf_when){.is_known = false};
    s.role = OVF_ROLE_INCOMPLETE;
    expect("valid_from: 2012-01-01T00:00Z, valid_to: 2012-10-02T09:00Z", &s, "time_undetermined");
    expect("valid_from: 2012-01-01T00:00Z, valid_to: 2012-10-02T09:10Z", &s, "within");
    expect("valid_from: 2012-01-01T00:00Z, valid_to: 2012-10-01T09:00Z", &s, NULL);
    s.role = OVF_ROLE_DEPARTURE; /* it took off then */
    expect("valid_from: 2012-01-01T00:00Z, valid_to: 2012-10-02T09:00Z", &s, NULL);
    s = morning(); /* last heard at 12:00 */
    s.exit = (struct ovf_when){.is_known = false};
    s.role = OVF_ROLE_INCOMPLETE;
    expect("valid_from: 2012-10-02T13:00Z", &s, "time_undetermined");
    s.role = OVF_ROLE_ARRIVAL;
    expect("valid_from: 2012-10-02T13:00Z", &s, NULL);
}

static void it_was_in_force_on_the_day_only_where_that_is_known(void **state)
{
    const struct ovf_subject s = morning();
    struct rules_scene scene;
    (void)state;
    judge(&scene, "valid_from: 2012-10-02T11:00:01Z", &s);
    assert_string_equal(scene.findings.items[0].head.verdict, "time_undetermined");
    assert_false(scene.findings.items[0].knows_force);
    scene_deinit(&scene);
    judge(&scene, "valid_from: 2012-10-02T10:30Z", &s);
    assert_true(scene.findings.items[0].knows_force);
    assert_true(scene.findings.items[0].in_force_on_flight_date);
    assert_true(scene.findings.items[0].in_force_today);
    scene_deinit(&scene);
}

static void who_is_exempt_is_told_with_the_reason(void **state)
{
    struct ovf_subject s = morning(); /* SIM151, XX-MAA */
    struct rules_scene scene;
    (void)state;
    expect(SINCE "exemptions: [{reason: r, operators: [IRA]}]", &s, "within");
    expect(SINCE "exemptions: [{reason: r, registrations: [XXMAA]}]", &s, "exempt");
    s.aircraft.callsign = "SIMAB1"; /* no designator: no number behind the letters */
    expect(SINCE "exemptions: [{reason: r, operators: [SIM]}]", &s, "within");
    s.aircraft.callsign = "SIM151";
    expect(SINCE "exemptions: [{reason: r, operators: [SIM], registrations: [XX-MAB]}]", &s,
           "within");
    expect(SINCE "exemptions: [{reason: r, aircraft: [f10001]}]", &s, "exempt");
    judge(&scene, SINCE "exemptions: [{reason: relief, operators: [IRA, SIM]}]", &s);
    assert_string_equal(scene.findings.items[0].head.verdict, "exempt");
    assert_true(says(&scene, 0, "exempt: relief"));
    scene_deinit(&scene);
}

static void what_may_have_been_flown_only_is_possible(void **state)
{
    struct ovf_subject s = morning();
    (void)state;
    s.class = OVF_CLASS_NEAR_CERTAIN;
    expect("valid_from: 2012-01-01T00:00Z", &s, "possible");
    s.class = OVF_CLASS_IMPOSSIBLE;
    expect("valid_from: 2012-01-01T00:00Z", &s, NULL);
    s = morning();
    s.kind = "fir";
    expect("valid_from: 2012-01-01T00:00Z", &s, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crossing_is_held_against_the_time_that_it_was_inside),
        cmocka_unit_test(hours_recur_on_days_and_go_over_midnight),
        cmocka_unit_test(a_crossing_within_one_gap_is_held_against_the_whole_gap),
        cmocka_unit_test(limits_are_asked_at_entry_and_exit),
        cmocka_unit_test(what_it_flew_at_between_its_ends_counts),
        cmocka_unit_test(an_arrival_or_departure_was_on_the_ground),
        cmocka_unit_test(who_was_inside_when_first_heard_entered_up_to_a_day_before),
        cmocka_unit_test(it_was_in_force_on_the_day_only_where_that_is_known),
        cmocka_unit_test(who_is_exempt_is_told_with_the_reason),
        cmocka_unit_test(what_may_have_been_flown_only_is_possible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
