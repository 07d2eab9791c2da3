/* SPDX-License-Identifier: Apache-2.0 */
/* Reception, in closed form: one gap of 600 s in one cell, and others whose runs are made by hand. */
#include "test.h"

#include "listen/reception.h"

enum { CELL = 225450, GAP_FROM_S = 100 * OVF_HOUR_S + 1200, GAP_TO_S = GAP_FROM_S + 600 };

static const uint32_t own = 0xF10000;

/* On the equator, from 0.1 to 0.2 degrees east: one cell. */
static const struct ovf_gap the_gap = {.address = own,
                                       .from = {1000000, 1000000},
                                       .to = {1000000, 2000000},
                                       .from_s = GAP_FROM_S,
                                       .to_s = GAP_TO_S,
                                       .band = OVF_BAND_HIGH};

static struct ovf_reception *ask_about(const struct ovf_gap *gap)
{
    struct ovf_reception *reception = NULL;
    assert_int_equal(ovf_reception_new(&ovf_detect_defaults, &reception), OVF_OK);
    assert_int_equal(ovf_reception_add(reception, gap), OVF_OK);
    assert_int_equal(ovf_reception_prepare(reception), OVF_OK);
    return reception;
}

static void show(struct ovf_reception *reception, uint32_t address, struct ovf_heard_run run)
{
    struct ovf_buffer bytes = {0};
    assert_int_equal(ovf_heard_pack(&run, 1, &bytes), OVF_OK);
    assert_int_equal(ovf_reception_take(reception, address, ovf_buffer_bytes(&bytes)), OVF_OK);
    ovf_buffer_deinit(&bytes);
}

/** A run in the gap's cell and band. */
static struct ovf_heard_run run_of(int64_t from_s, int64_t to_s, uint32_t n_fixes, bool is_silent)
{
    return (struct ovf_heard_run){.from_s = from_s,
                                  .to_s = to_s,
                                  .cell = CELL,
                                  .n_fixes = n_fixes,
                                  .band = OVF_BAND_HIGH,
                                  .is_silent = is_silent};
}

static struct ovf_gap_evidence answer(struct ovf_reception *reception)
{
    struct ovf_gap_evidence evidence;
    ovf_reception_ask(reception, 0, &evidence);
    ovf_reception_free(reception);
    return evidence;
}

static void test_reports_are_expected_at_the_rate_at_which_others_were_received(void **state)
{
    (void)state;
    struct ovf_reception *r = ask_about(&the_gap);
    /* 30 reports in 300 s heard and 60 s unheard, 15 in 90 s: 45 in 450 s, so 60 in the gap's 600 s. */
    show(r, 1, run_of(GAP_FROM_S, GAP_FROM_S + 300, 30, false));
    show(r, 1, run_of(GAP_FROM_S + 300, GAP_FROM_S + 360, 0, true));
    show(r, 2, run_of(GAP_FROM_S - 1000, GAP_FROM_S - 910, 15, false));
    const struct ovf_gap_evidence e = answer(r);
    assert_near(e.expected_reports, 60, 1e-9);
    assert_int_equal(e.known_s, 600);
    assert_near(e.received_share, 0.87, 1e-12); /* 390 of 450 s */
    assert_int_equal(e.n_heard, 1);             /* the second was there too early to witness */
    assert_int_equal(e.n_heard_then, 1);
    assert_int_equal(e.n_silent_then, 1);
    assert_int_equal(e.witnesses[0], 1);
}

static void test_an_aircraft_is_no_evidence_of_its_own_gap(void **state)
{
    (void)state;
    struct ovf_reception *r = ask_about(&the_gap);
    show(r, own, run_of(GAP_FROM_S - 100, GAP_FROM_S, 10, false));
    show(r, own, run_of(GAP_FROM_S, GAP_TO_S, 0, true));
    const struct ovf_gap_evidence e = answer(r);
    assert_near(e.expected_reports, 0, 0);
    assert_int_equal(e.known_s, 0);
    assert_int_equal(e.n_heard + e.n_silent_then, 0);
}

static void test_other_cells_bands_and_hours_say_nothing(void **state)
{
    (void)state;
    struct ovf_reception *r = ask_about(&the_gap);
    struct ovf_heard_run elsewhere = run_of(GAP_FROM_S, GAP_TO_S, 100, false);
    struct ovf_heard_run lower = elsewhere;
    elsewhere.cell++;
    lower.band = OVF_BAND_MIDDLE;
    show(r, 1, elsewhere);
    show(r, 2, lower);
    show(r, 3, run_of(GAP_FROM_S + OVF_HOUR_S, GAP_TO_S + OVF_HOUR_S, 100, false));
    show(r, 4, run_of(GAP_FROM_S - 50 * OVF_HOUR_S, GAP_TO_S - 50 * OVF_HOUR_S, 100, false));
    const struct ovf_gap_evidence e = answer(r);
    assert_int_equal(e.known_s, 0);
    assert_int_equal(e.n_heard, 0);
}

static void test_witnesses_were_there_within_fifteen_minutes(void **state)
{
    (void)state;
    struct ovf_reception *r = ask_about(&the_gap);
    show(r, 1, run_of(GAP_FROM_S - 1000, GAP_FROM_S - 901, 1, false));
    show(r, 2, run_of(GAP_FROM_S - 1000, GAP_FROM_S - 900, 1, false));
    show(r, 3, run_of(GAP_TO_S + 900, GAP_TO_S + 1000, 1, false));
    show(r, 4, run_of(GAP_TO_S + 901, GAP_TO_S + 1000, 1, false));
    show(r, 5, run_of(GAP_TO_S + 1, GAP_TO_S + 100, 0, true)); /* unheard, but later */
    const struct ovf_gap_evidence e = answer(r);
    assert_int_equal(e.n_heard, 2);
    assert_int_equal(e.n_heard_then, 0);
    assert_int_equal(e.n_silent_then, 0);
    assert_int_equal(e.witnesses[0], 2);
    assert_int_equal(e.witnesses[1], 3);
}

static void test_a_gap_at_the_hour_has_witnesses_before_and_after_it(void **state)
{
    (void)state;
    struct ovf_gap gap = the_gap;
    gap.from_s = 100 * OVF_HOUR_S + 60;
    gap.to_s = gap.from_s + 600;
    struct ovf_reception *r = ask_about(&gap);
    show(r, 1, run_of(100 * OVF_HOUR_S - 300, 100 * OVF_HOUR_S, 30, false));
    const struct ovf_gap_evidence e = answer(r);
    assert_int_equal(e.n_heard, 1);
    assert_int_equal(e.known_s, 0); /* of the hour before, not of the gap's */
}

static void test_of_many_others_ten_are_named_and_two_hundred_counted(void **state)
{
    (void)state;
    struct ovf_reception *r = ask_about(&the_gap);
    for (uint32_t i = 306; i > 0; i--) { /* seen twice, in no good order */
        show(r, i * 7 % 307, run_of(GAP_FROM_S, GAP_FROM_S + 10, 1, false));
        show(r, i, run_of(GAP_FROM_S + 10, GAP_FROM_S + 20, 1, false));
    }
    const struct ovf_gap_evidence e = answer(r);
    assert_int_equal(e.n_heard, OVF_OTHERS_COUNTED);
    assert_int_equal(e.n_witnesses, OVF_WITNESSES_LISTED);
    for (uint32_t i = 0; i < OVF_WITNESSES_LISTED; i++)
        assert_int_equal(e.witnesses[i], i + 1);
    assert_near(e.expected_reports, 60, 1e-9); /* all of them: 612 reports in 6,120 s */
}

static void test_each_cell_has_its_own_rate(void **state)
{
    (void)state;
    /* From 0.2 to 0.6 degrees: half the time in each of two cells, known in one. */
    struct ovf_gap gap = the_gap;
    gap.from.lon_e7 = 2000000;
    gap.to.lon_e7 = 6000000;
    struct ovf_reception *r = ask_about(&gap);
    show(r, 1, run_of(GAP_FROM_S, GAP_FROM_S + 100, 10, false));
    const struct ovf_gap_evidence e = answer(r);
    assert_near((double)e.known_s, 300,
                1 + 2e3 / 44.4e3 * 600); /* where a cell is left is known to 2 km */
    assert_near(e.expected_reports, (double)e.known_s / 10, 0.05);
}

static void test_a_gap_of_days_is_asked_nothing(void **state)
{
    (void)state;
    struct ovf_gap gap = the_gap;
    gap.to_s = gap.from_s + 3 * (int64_t)OVF_DAY_S;
    struct ovf_reception *r = ask_about(&gap);
    show(r, 1, run_of(GAP_FROM_S, GAP_FROM_S + 100, 10, false));
    const struct ovf_gap_evidence e = answer(r);
    assert_int_equal(e.known_s + e.n_heard, 0);
}

static void test_cleared_it_knows_nothing(void **state)
{
    (void)state;
    struct ovf_reception *r = ask_about(&the_gap);
    show(r, 1, run_of(GAP_FROM_S, GAP_FROM_S + 100, 10, false));
    ovf_reception_clear(r);
    assert_int_equal(ovf_reception_add(r, &the_gap), OVF_OK);
    assert_int_equal(ovf_reception_prepare(r), OVF_OK);
    assert_int_equal(ovf_reception_gap(r, 0)->address, own);
    assert_int_equal(answer(r).known_s, 0);
}

static struct ovf_heard_run disturbed_run(int64_t from_s, int64_t to_s, bool is_silent)
{
    struct ovf_heard_run run = run_of(from_s, to_s, 10, is_silent);
    run.is_disturbed = true;
    return run;
}

static void test_a_cell_speaks_of_interference_when_three_others_were_disturbed_in_it(void **state)
{
    (void)state;
    for (uint32_t n = 2; n <= 3; n++) {
        struct ovf_reception *r = ask_about(&the_gap);
        for (uint32_t a = 1; a <= n; a++)
            show(r, a, disturbed_run(GAP_FROM_S - 600, GAP_FROM_S - 500, a == 1));
        show(r, own, disturbed_run(GAP_FROM_S - 600, GAP_FROM_S - 500, false));
        show(r, 9, run_of(GAP_TO_S, GAP_TO_S + 60, 6, false));
        show(r, 10, run_of(GAP_TO_S, GAP_TO_S + 60, 0, true)); /* silent: nothing could show */
        const struct ovf_gap_evidence e = answer(r);
        assert_int_equal(e.disturbed_s, n == 3 ? 600 : 0);
        assert_int_equal(e.disturbed.n_disturbed, n == 3 ? 3 : 0);
        assert_int_equal(e.disturbed.n_all, n == 3 ? 4 : 0);
    }
}

static void test_of_many_others_a_tenth_must_be_disturbed(void **state)
{
    (void)state;
    for (uint32_t n = 20; n <= 21; n++) { /* (3 - 1) / 20 is a tenth */
        struct ovf_reception *r = ask_about(&the_gap);
        for (uint32_t a = 1; a <= n; a++)
            show(r, a,
                 a <= 3 ? disturbed_run(GAP_FROM_S, GAP_TO_S, false)
                        : run_of(GAP_FROM_S, GAP_TO_S, 10, false));
        assert_int_equal(answer(r).disturbed_s, n == 20 ? 600 : 0);
    }
}

static void test_other_hours_and_bands_tell_of_no_interference(void **state)
{
    (void)state;
    struct ovf_reception *r = ask_about(&the_gap);
    for (uint32_t a = 1; a <= 10; a++) {
        struct ovf_heard_run lower = disturbed_run(GAP_FROM_S, GAP_TO_S, false);
        lower.band = OVF_BAND_MIDDLE;
        show(r, a, lower);
        show(r, a + 10, disturbed_run(100 * OVF_HOUR_S - 60, 100 * OVF_HOUR_S, false));
    }
    assert_int_equal(answer(r).disturbed_s, 0);
}

static void test_what_is_not_believed_says_nothing_of_reception(void **state)
{
    (void)state;
    struct ovf_reception *r = ask_about(&the_gap);
    show(r, 1, disturbed_run(GAP_FROM_S, GAP_TO_S, true));
    const struct ovf_gap_evidence e = answer(r);
    assert_int_equal(e.known_s, 0);
    assert_int_equal(e.n_heard + e.n_silent_then, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_cell_speaks_of_interference_when_three_others_were_disturbed_in_it),
        cmocka_unit_test(test_of_many_others_a_tenth_must_be_disturbed),
        cmocka_unit_test(test_other_hours_and_bands_tell_of_no_interference),
        cmocka_unit_test(test_what_is_not_believed_says_nothing_of_reception),
        cmocka_unit_test(test_reports_are_expected_at_the_rate_at_which_others_were_received),
        cmocka_unit_test(test_an_aircraft_is_no_evidence_of_its_own_gap),
        cmocka_unit_test(test_other_cells_bands_and_hours_say_nothing),
        cmocka_unit_test(test_witnesses_were_there_within_fifteen_minutes),
        cmocka_unit_test(test_a_gap_at_the_hour_has_witnesses_before_and_after_it),
        cmocka_unit_test(test_of_many_others_ten_are_named_and_two_hundred_counted),
        cmocka_unit_test(test_each_cell_has_its_own_rate),
        cmocka_unit_test(test_a_gap_of_days_is_asked_nothing),
        cmocka_unit_test(test_cleared_it_knows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
