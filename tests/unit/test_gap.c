/* SPDX-License-Identifier: Apache-2.0 */
/* Causes of gaps, against the rules of spec and header, at both sides of each limit. */
#include "test.h"

#include "base/time.h"
#include "listen/gap.h"

static const struct ovf_gap silence = {.from_s = 0, .to_s = 600, .kind = OVF_GAP_SILENT};

/** Reports expected in full knowledge, others heard near in time. */
static struct ovf_gap_evidence shown(double expected_reports, uint32_t n_heard)
{
    return (struct ovf_gap_evidence){.expected_reports = expected_reports,
                                     .received_share = 0.9,
                                     .known_s = 600,
                                     .n_heard = n_heard};
}

static void assert_cause(const struct ovf_gap *gap, struct ovf_gap_evidence evidence,
                         enum ovf_gap_cause cause)
{
    assert_string_equal(ovf_gap_cause_name(ovf_gap_judge(gap, &evidence, &ovf_detect_defaults)),
                        ovf_gap_cause_name(cause));
}

static void test_where_others_are_hardly_received_it_is_coverage(void **state)
{
    (void)state;
    assert_cause(&silence, shown(0, 0), OVF_CAUSE_COVERAGE);
    assert_cause(&silence, shown(2.99, 50), OVF_CAUSE_COVERAGE);
    assert_cause(&silence, shown(3, 50), OVF_CAUSE_UNDETERMINED);
}

static void test_what_is_received_in_a_part_of_the_time_is_judged_by_that(void **state)
{
    (void)state;
    static const struct {
        double share;
        enum ovf_gap_cause cause;
    } cases[] = {{0.33, OVF_CAUSE_COVERAGE},
                 {0.34, OVF_CAUSE_UNDETERMINED},
                 {0.49, OVF_CAUSE_UNDETERMINED},
                 {0.5, OVF_CAUSE_UNEXPLAINED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_gap_evidence evidence = shown(100, 50);
        evidence.received_share = cases[i].share;
        assert_cause(&silence, evidence, cases[i].cause);
    }
}

static void test_where_nobody_else_flew_nothing_is_known(void **state)
{
    (void)state;
    struct ovf_gap_evidence evidence = shown(0, 0);
    evidence.known_s = 299;
    assert_cause(&silence, evidence, OVF_CAUSE_UNDETERMINED);
    evidence.known_s = 300;
    assert_cause(&silence, evidence, OVF_CAUSE_COVERAGE);
}

static void test_unexplained_takes_many_reports_expected_and_three_others(void **state)
{
    (void)state;
    assert_cause(&silence, shown(20, 3), OVF_CAUSE_UNEXPLAINED);
    assert_cause(&silence, shown(19.99, 3), OVF_CAUSE_UNDETERMINED);
    assert_cause(&silence, shown(1000, 2), OVF_CAUSE_UNDETERMINED);
}

static void test_where_more_others_fell_silent_too_it_is_not_unexplained(void **state)
{
    (void)state;
    struct ovf_gap_evidence evidence = shown(100, 30);
    evidence.n_heard_then = 4;
    evidence.n_silent_then = 4;
    assert_cause(&silence, evidence, OVF_CAUSE_UNEXPLAINED);
    evidence.n_silent_then = 5;
    assert_cause(&silence, evidence, OVF_CAUSE_UNDETERMINED);
}

static void test_an_outage_explains_whatever_was_expected(void **state)
{
    (void)state;
    for (double expected = 0; expected < 100; expected += 33) {
        struct ovf_gap_evidence evidence = shown(expected, 50);
        evidence.outage = OVF_OUTAGE_HOURS;
        assert_cause(&silence, evidence, OVF_CAUSE_OUTAGE);
    }
}

static void test_reports_not_believed_are_never_silence(void **state)
{
    (void)state;
    struct ovf_gap gap = silence;
    struct ovf_gap_evidence evidence = shown(100, 50);
    evidence.outage = OVF_OUTAGE_HOURS;
    gap.kind = OVF_GAP_NOT_BELIEVED;
    assert_cause(&gap, evidence, OVF_CAUSE_INTERFERENCE);
}

static void test_what_may_have_stood_on_the_ground_is_never_unexplained(void **state)
{
    (void)state;
    struct ovf_gap gap = silence;
    gap.kind = OVF_GAP_GROUND;
    assert_cause(&gap, shown(100, 50), OVF_CAUSE_UNDETERMINED);
    assert_cause(&gap, shown(2, 50), OVF_CAUSE_COVERAGE);
}

static void test_words_never_say_why_an_aircraft_was_silent(void **state)
{
    (void)state;
    const struct ovf_gap_evidence evidence = shown(100, 12);
    char text[OVF_GAP_WORDS_SIZE];
    ovf_gap_words(&silence, OVF_CAUSE_UNEXPLAINED, &evidence, text);
    assert_string_equal(text,
                        "no reports received where 12 others were received within 15 minutes");
    ovf_gap_words(&silence, OVF_CAUSE_UNDETERMINED, &evidence, text);
    assert_string_equal(text, "");
    ovf_gap_words(&silence, OVF_CAUSE_COVERAGE, &evidence, text);
    assert_string_equal(text, "others are hardly received there either");
}

static void test_a_gap_half_of_which_is_in_disturbed_cells_is_interference(void **state)
{
    (void)state;
    struct ovf_gap gap = silence;
    struct ovf_gap_evidence evidence = shown(0, 0); /* else coverage */
    evidence.disturbed = (struct ovf_cell_traffic){.n_all = 12, .n_disturbed = 9};
    evidence.disturbed_s = 299;
    assert_cause(&gap, evidence, OVF_CAUSE_COVERAGE);
    evidence.disturbed_s = 300;
    assert_cause(&gap, evidence, OVF_CAUSE_INTERFERENCE);
    gap.kind = OVF_GAP_GROUND;
    assert_cause(&gap, evidence, OVF_CAUSE_COVERAGE);
    gap.kind = OVF_GAP_SILENT;
    evidence.outage = OVF_OUTAGE_HOURS;
    assert_cause(&gap, evidence, OVF_CAUSE_OUTAGE);
    evidence.disturbed.n_all = UINT32_MAX;
    evidence.disturbed.n_disturbed = UINT32_MAX;
    char text[OVF_GAP_WORDS_SIZE];
    ovf_gap_words(&gap, OVF_CAUSE_INTERFERENCE, &evidence, text);
    assert_string_equal(text, "of 4294967295 other flights there in that hour the positions of "
                              "4294967295 are consistent with interference");
}

static void test_who_was_heard_was_within_reach_of_a_receiver_that_worked(void **state)
{
    (void)state;
    char text[OVF_GAP_WORDS_SIZE];
    struct ovf_gap gap = silence;
    gap.kind = OVF_GAP_HEARD;
    struct ovf_gap_evidence evidence = shown(0, 0);
    assert_cause(&gap, evidence, OVF_CAUSE_UNDETERMINED);
    evidence.outage = OVF_OUTAGE_HOURS;
    assert_cause(&gap, evidence, OVF_CAUSE_UNDETERMINED);
    assert_cause(&gap, shown(100, 50),
                 OVF_CAUSE_UNDETERMINED); /* there were reports, of another kind */
    ovf_gap_words(&gap, OVF_CAUSE_UNDETERMINED, &evidence, text);
    assert_string_equal(text, "only messages without positions received");
    evidence.disturbed_s = 300; /* half of it */
    assert_cause(&gap, evidence, OVF_CAUSE_INTERFERENCE);
}

static void test_a_gap_has_the_times_that_are_printed_and_the_lower_ends_band(void **state)
{
    (void)state;
    static const struct ovf_walk_options walk = {60 * OVF_NS_PER_S, 0, false, 0};
    /* 59.9996 s is printed as 60.000 s, 659.9994 s as 659.999 s. */
    struct ovf_fix fixes[] = {
        {.t_ns = INT64_C(59999600000), .at = {1, 2}, .alt_baro_ft = 30000, .has = OVF_FIX_ALT_BARO},
        {.t_ns = INT64_C(659999400000),
         .at = {3000000, 4},
         .alt_baro_ft = 200,
         .has = OVF_FIX_ALT_BARO}};
    const struct ovf_track track = {.address = 7, .fixes = {.items = fixes, .n = 2}};
    const struct ovf_gap gap = ovf_gap_between(&walk, &track, 0, 1);
    assert_int_equal(gap.address, 7);
    assert_int_equal(gap.from_s, 60);
    assert_int_equal(gap.to_s, 659);
    assert_int_equal(gap.band, OVF_BAND_LOW);
    assert_int_equal(gap.kind, OVF_GAP_SILENT);
    assert_int_equal(gap.to.lon_e7, 4);
}

static void test_names_can_be_read_back(void **state)
{
    (void)state;
    for (int i = OVF_GAP_SILENT; i <= OVF_GAP_HEARD; i++)
        assert_int_equal(ovf_gap_kind_parse(ovf_gap_kind_name((enum ovf_gap_kind)i)), i);
    assert_int_equal(ovf_gap_kind_parse("?"), OVF_GAP_SILENT);
    for (int i = 0; i < OVF_BANDS; i++)
        assert_int_equal(ovf_band_parse(ovf_band_name((enum ovf_band)i)), i);
    assert_int_equal(ovf_band_parse(""), OVF_BAND_UNKNOWN);
}

static void test_witnesses_are_told_in_hexadecimal(void **state)
{
    (void)state;
    struct ovf_gap_evidence evidence = {.n_witnesses = 2, .witnesses = {0xF10001, 0x00ABCD}};
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_gap_witnesses(&evidence, &text), OVF_OK);
    assert_int_equal(text.len, 13);
    assert_memory_equal(text.data, "f10001,00abcd", 13);
    ovf_buffer_deinit(&text);
}

static void test_thresholds_of_a_question_count(void **state)
{
    (void)state;
    struct ovf_detect_config config = ovf_detect_defaults;
    struct ovf_gap_evidence evidence = shown(10, 2);
    config.gap_many_reports = 10;
    config.gap_others = 2;
    assert_int_equal(ovf_gap_judge(&silence, &evidence, &config), OVF_CAUSE_UNEXPLAINED);
    config.gap_many_share = 0.91;
    assert_int_equal(ovf_gap_judge(&silence, &evidence, &config), OVF_CAUSE_UNDETERMINED);
    config.gap_few_share = 0.91;
    assert_int_equal(ovf_gap_judge(&silence, &evidence, &config), OVF_CAUSE_COVERAGE);
    config.gap_few_share = 0;
    config.gap_few_reports = 10.1;
    assert_int_equal(ovf_gap_judge(&silence, &evidence, &config), OVF_CAUSE_COVERAGE);
    evidence.known_s = 480; /* of 600 */
    config.gap_time_share = 0.9;
    assert_int_equal(ovf_gap_judge(&silence, &evidence, &config), OVF_CAUSE_UNDETERMINED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where_others_are_hardly_received_it_is_coverage),
        cmocka_unit_test(test_what_is_received_in_a_part_of_the_time_is_judged_by_that),
        cmocka_unit_test(test_where_nobody_else_flew_nothing_is_known),
        cmocka_unit_test(test_unexplained_takes_many_reports_expected_and_three_others),
        cmocka_unit_test(test_where_more_others_fell_silent_too_it_is_not_unexplained),
        cmocka_unit_test(test_an_outage_explains_whatever_was_expected),
        cmocka_unit_test(test_reports_not_believed_are_never_silence),
        cmocka_unit_test(test_what_may_have_stood_on_the_ground_is_never_unexplained),
        cmocka_unit_test(test_words_never_say_why_an_aircraft_was_silent),
        cmocka_unit_test(test_who_was_heard_was_within_reach_of_a_receiver_that_worked),
        cmocka_unit_test(test_a_gap_has_the_times_that_are_printed_and_the_lower_ends_band),
        cmocka_unit_test(test_names_can_be_read_back),
        cmocka_unit_test(test_thresholds_of_a_question_count),
        cmocka_unit_test(test_a_gap_half_of_which_is_in_disturbed_cells_is_interference),
        cmocka_unit_test(test_witnesses_are_told_in_hexadecimal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
