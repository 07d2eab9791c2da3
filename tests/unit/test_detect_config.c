/* SPDX-License-Identifier: Apache-2.0 */
/* The thresholds as users give them, and those that the program has: two places that must say the same. */
#include "test.h"

#include <string.h>

#include "flight/countries.h"
#include "question/detect.h"

static struct ovf_case_store store;
static struct ovf_case_detectors detectors;

static enum ovf_status read_text(const char *text, struct ovf_error *err)
{
    ovf_case_store_deinit(&store);
    store = (struct ovf_case_store){0};
    memset(&detectors, 0, sizeof detectors);
    return ovf_case_detectors_read(ovf_bytes_from_text(text), &store, &detectors, err);
}

static int clear(void **state)
{
    (void)state;
    ovf_case_store_deinit(&store);
    store = (struct ovf_case_store){0};
    return 0;
}

static void assert_error(const char *text, const char *words)
{
    struct ovf_error err = {""};
    assert_int_equal(read_text(text, &err), OVF_E_FORMAT);
    if (strstr(err.text, words) == NULL)
        fail_msg("'%s' lacks '%s'", err.text, words);
}

static void what_is_not_given_is_what_the_program_has(void **state)
{
    (void)state;
    struct ovf_error err = {""};
    assert_int_equal(read_text("jump_kt: 750", &err), OVF_OK);
    const struct ovf_detect_config a = ovf_detect_config_of(&detectors);
    const struct ovf_detect_config *const b = &ovf_detect_defaults;
    assert_near(a.jump_kt, b->jump_kt, 0);
    assert_near(a.speed_margin, b->speed_margin, 0);
    assert_int_equal(a.cruise_ft, b->cruise_ft);
    assert_near(a.cruise_kt, b->cruise_kt, 0);
    assert_int_equal(a.sustained_fixes, b->sustained_fixes);
    assert_near(a.contest_share, b->contest_share, 0);
    assert_near(a.stretch_s, b->stretch_s, 0);
    assert_int_equal(a.twin_fixes, b->twin_fixes);
    assert_near(a.twin_kt, b->twin_kt, 0);
    assert_near(a.window_s, b->window_s, 0);
    assert_near(a.window_max_step_s, b->window_max_step_s, 0);
    assert_near(a.speed_off_kt, b->speed_off_kt, 0);
    assert_near(a.speed_off_share, b->speed_off_share, 0);
    assert_near(a.course_off_deg, b->course_off_deg, 0);
    assert_near(a.drift_s, b->drift_s, 0);
    assert_near(a.drift_kt, b->drift_kt, 0);
    assert_near(a.drift_share, b->drift_share, 0);
    assert_near(a.still_kt, b->still_kt, 0);
    assert_near(a.still_high_kt, b->still_high_kt, 0);
    assert_near(a.still_was_kt, b->still_was_kt, 0);
    assert_near(a.still_was_s, b->still_was_s, 0);
    assert_int_equal(a.still_above_ft, b->still_above_ft);
    assert_int_equal(a.still_above_unsaid_ft, b->still_above_unsaid_ft);
    assert_near(a.circle_s, b->circle_s, 0);
    assert_near(a.circle_min_m, b->circle_min_m, 0);
    assert_near(a.circle_max_m, b->circle_max_m, 0);
    assert_near(a.circle_off_share, b->circle_off_share, 0);
    assert_int_equal(a.integrity_low, b->integrity_low);
    assert_near(a.integrity_was_s, b->integrity_was_s, 0);
    assert_int_equal(a.altitude_off_ft, b->altitude_off_ft);
    assert_int_equal(a.altitude_level_ft, b->altitude_level_ft);
    assert_near(a.altitude_within_s, b->altitude_within_s, 0);
    assert_near(a.altitude_near_m, b->altitude_near_m, 0);
    assert_near(a.sink_m, b->sink_m, 0);
    assert_near(a.sink_s, b->sink_s, 0);
    assert_int_equal(a.sink_aircraft, b->sink_aircraft);
    assert_string_equal(detectors.sink_airports, ovf_detect_sink_airports);
    assert_near(a.sight_receiver_m, b->sight_receiver_m, 0);
    assert_near(a.sight_share, b->sight_share, 0);
    assert_near(a.margin_s, b->margin_s, 0);
    assert_near(a.confirm_s, b->confirm_s, 0);
    assert_near(a.reach_s, b->reach_s, 0);
    assert_near(a.reach_descent_fpm, b->reach_descent_fpm, 0);
    assert_near(a.reach_stop_s, b->reach_stop_s, 0);
    assert_near(a.cell_medium_share, b->cell_medium_share, 0);
    assert_near(a.cell_high_share, b->cell_high_share, 0);
    assert_int_equal(a.cell_aircraft, b->cell_aircraft);
    assert_near(a.gap_few_reports, b->gap_few_reports, 0);
    assert_near(a.gap_many_reports, b->gap_many_reports, 0);
    assert_int_equal(a.gap_others, b->gap_others);
    assert_near(a.gap_few_share, b->gap_few_share, 0);
    assert_near(a.gap_many_share, b->gap_many_share, 0);
    assert_near(a.gap_time_share, b->gap_time_share, 0);
    assert_near(a.outage_share, b->outage_share, 0);
    assert_int_equal(a.outage_aircraft, b->outage_aircraft);
    assert_near(detectors.hard_kt, OVF_HARD_SPEED_KT, 0);
    assert_near(detectors.usual_kt, OVF_USUAL_SPEED_KT, 0);
    assert_near(detectors.turboprop_hard_kt, ovf_slow_speeds_known.turboprop_hard_kt, 0);
    assert_near(detectors.turboprop_usual_kt, ovf_slow_speeds_known.turboprop_usual_kt, 0);
    assert_near(detectors.slow_hard_kt, ovf_slow_speeds_known.slow_hard_kt, 0);
    assert_near(detectors.slow_usual_kt, ovf_slow_speeds_known.slow_usual_kt, 0);
    assert_near(detectors.clock_s, OVF_CLOCK_S, 0);
    assert_int_equal(ovf_case_detectors_table.n_keys, 62); /* all of them are above */
    /* What is carried on beside a flight reaches as far as anybody can look. */
    assert_int_equal(read_text("reach_s: 14400", &err), OVF_OK);
    assert_near(detectors.reach_s, OVF_COUNTRIES_HORIZON_MAX_S, 0);
    assert_error("reach_s: 14401", "reach_s");
    /* What count_near of listen/jumps.c has room for. */
    assert_int_equal(read_text("sink_aircraft: 64", &err), OVF_OK);
    assert_int_equal(detectors.sink_aircraft, OVF_SINK_AIRCRAFT_MAX);
    assert_error("sink_aircraft: 65", "sink_aircraft");
}

static void what_is_given_counts(void **state)
{
    (void)state;
    assert_int_equal(read_text("circle_s: 900\nintegrity_low: 7\n", NULL), OVF_OK);
    const struct ovf_detect_config config = ovf_detect_config_of(&detectors);
    assert_near(config.circle_s, 900, 0);
    assert_int_equal(config.integrity_low, 7);
}

static void what_is_no_threshold_is_refused_with_what_may_be_meant(void **state)
{
    (void)state;
    assert_error("circel_s: 900", "circle_s");
    assert_error("jump_kt: 20", "jump_kt");
    assert_error("jump_kt: fast", "line 1");
    assert_error("twin_fixes: 2.5", "twin_fixes");
    assert_error("circle_min_m: 20000", "circle_max_m");
    assert_error("cell_medium_share: 0.2", "cell_high_share");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_teardown(name, clear)
    const struct CMUnitTest tests[] = {
        CASE(what_is_not_given_is_what_the_program_has),
        CASE(what_is_given_counts),
        CASE(what_is_no_threshold_is_refused_with_what_may_be_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
