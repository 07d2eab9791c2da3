/* SPDX-License-Identifier: Apache-2.0 */
/* Stamps to times. Expectations are the arithmetic of the formats: 12 million ticks a second; seconds of the day times
 * 2^30 and nanoseconds. */
#include "test.h"

#include "base/time.h"
#include "decode/clock.h"

#define START_NS (INT64_C(1751328000) * OVF_NS_PER_S) /* 2025-07-01, by date -u */
#define TICKS(s) ((uint64_t)((s)*12000000.0))
#define GPS(s, ns) ((uint64_t)(s) << 30 | (ns))

static struct ovf_radio_frame frame_at(uint64_t stamp)
{
    struct ovf_radio_frame frame = {.n_bytes = 7};
    ovf_radio_frame_stamp(&frame, stamp);
    return frame;
}

/** As a stream asks: most stamps just go on. */
static enum ovf_clock_answer ask(struct ovf_clock *clock, uint64_t stamp, int64_t *t_ns)
{
    const struct ovf_radio_frame frame = frame_at(stamp);
    return ovf_clock_go_on(clock, &frame, t_ns) ? OVF_CLOCK_TOLD
                                                : ovf_clock_read(clock, &frame, t_ns);
}

#define assert_answer(clock, stamp, want, want_ns)                                                 \
    do {                                                                                           \
        int64_t got_ns = 0;                                                                        \
        assert_int_equal(ask((clock), (stamp), &got_ns), (want));                                  \
        assert_true(got_ns == (want_ns));                                                          \
    } while (0)
#define assert_told(clock, stamp, want_ns) assert_answer(clock, stamp, OVF_CLOCK_TOLD, want_ns)
#define assert_ahead(clock, stamp, want_ns) assert_answer(clock, stamp, OVF_CLOCK_AHEAD, want_ns)

static void nobody_said_when_so_there_is_no_time(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_NONE, 0);
    int64_t t_ns = 0;
    assert_int_equal(ask(&clock, 12345, &t_ns), OVF_CLOCK_UNKNOWN);
}

static void a_counter_counts_from_its_first_stamp(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    const uint64_t first = UINT64_C(0x0123456789ab);
    assert_told(&clock, first, START_NS);
    assert_told(&clock, first + 12, START_NS + 1000);
    assert_told(&clock, first + 13, START_NS + 1083);
    assert_ahead(&clock, first + TICKS(30), START_NS + 30 * OVF_NS_PER_S);
    assert_told(&clock, first + TICKS(25), START_NS + 25 * OVF_NS_PER_S); /* late */
    assert_ahead(&clock, first + TICKS(60), START_NS + 60 * OVF_NS_PER_S);
}

static void a_counter_turns_over(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    assert_told(&clock, (UINT64_C(1) << 48) - TICKS(1), START_NS);
    assert_told(&clock, TICKS(1), START_NS + 2 * OVF_NS_PER_S);
}

static void the_time_of_day_goes_on_over_midnight(void **state)
{
    (void)state;
    /* the time within the day that is named does not matter */
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_GPS, START_NS + 5 * OVF_NS_PER_S);
    assert_told(&clock, GPS(86399, 999999999), START_NS + OVF_NS_PER_DAY - 1);
    assert_told(&clock, GPS(1, 0), START_NS + OVF_NS_PER_DAY + OVF_NS_PER_S);
    assert_told(&clock, GPS(86399, 0), START_NS + OVF_NS_PER_DAY - OVF_NS_PER_S); /* late */
}

static void a_frame_without_a_stamp_has_the_time_of_the_one_before(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    static const uint64_t none[] = {0, UINT64_C(0xFFFFFFFFFFFF), UINT64_C(0xFF004D4C4154),
                                    UINT64_C(0xFF004D4C4155)};
    int64_t t_ns = 0;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(ask(&clock, none[i], &t_ns), OVF_CLOCK_UNKNOWN);
    assert_told(&clock, 1000, START_NS);
    assert_told(&clock, 1012, START_NS + 1000);
    for (size_t i = 0; i < 4; i++) {
        t_ns = 0;
        assert_int_equal(ask(&clock, none[i], &t_ns), OVF_CLOCK_LAST);
        assert_true(t_ns == START_NS + 1000);
    }
}

static void a_lone_stamp_far_ahead_is_not_believed(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    int64_t t_ns = 0;
    assert_told(&clock, 1000, START_NS);
    assert_int_equal(ask(&clock, 1000 + TICKS(7200), &t_ns), OVF_CLOCK_UNKNOWN);
    assert_told(&clock, 1000 + TICKS(1), START_NS + OVF_NS_PER_S);
}

/** A counter that is known to be one, by stamps that no time of day is; its last was \p last, at START_NS + 0.4 s. */
static struct ovf_clock sure_counter(uint64_t *last)
{
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    *last = GPS(3, UINT64_C(1032000000));
    assert_told(&clock, *last, START_NS);
    for (int i = 1; i <= 4; i++) {
        *last += TICKS(0.1);
        assert_told(&clock, *last, START_NS + i * 100 * OVF_NS_PER_MS);
    }
    return clock;
}

static void a_stamp_broken_by_less_than_a_minute_is_taken_back_and_no_other_loses_its_time(
    void **state)
{
    (void)state;
    static const int ahead_s[] = {5, 13, 40, 59};
    for (int i = 0; i < 8; i++) {
        const bool is_gps = i >= 4;
        uint64_t first = GPS(1, 0);
        struct ovf_clock clock =
            is_gps ? ovf_clock_make(OVF_CLOCK_GPS, START_NS) : sure_counter(&first);
        const int64_t first_ns = START_NS + (is_gps ? OVF_NS_PER_S : 400 * OVF_NS_PER_MS);
        assert_told(&clock, first, first_ns);
        for (int k = 1; k < 60; k++) {
            const bool is_far = k == 3 && ahead_s[i % 4] > 10;
            const int at_s = k == 3 ? k + ahead_s[i % 4] : k;
            assert_answer(&clock, first + (is_gps ? GPS(at_s, 0) : TICKS(at_s)),
                          is_far ? OVF_CLOCK_AHEAD : OVF_CLOCK_TOLD,
                          first_ns + at_s * OVF_NS_PER_S);
            assert_true(k > 4 || ovf_clock_takes_back(&clock) == (k == 4 && ahead_s[i % 4] > 10));
        }
    }
}

static void after_a_silence_that_the_next_stamp_confirms_none_goes_back(void **state)
{
    (void)state;
    int64_t t_ns = 0;
    uint64_t first = 0;
    struct ovf_clock clock = sure_counter(&first);
    const int64_t first_ns = START_NS + 400 * OVF_NS_PER_MS;
    for (int k = 0; k < 5; k++) /* where little is heard each is a silence */
        assert_answer(&clock, first + TICKS(40 * k), k > 0 ? OVF_CLOCK_AHEAD : OVF_CLOCK_TOLD,
                      first_ns + 40 * k * OVF_NS_PER_S);
    for (int k = 1; k < 3; k++)
        assert_told(&clock, first + TICKS(160 + k), first_ns + (160 + k) * OVF_NS_PER_S);
    assert_int_equal(ask(&clock, first + TICKS(140), &t_ns), OVF_CLOCK_UNKNOWN);
    assert_told(&clock, first + TICKS(163), first_ns + 163 * OVF_NS_PER_S);
}

static void a_long_silence_is_believed_from_the_second_stamp_on(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    int64_t t_ns = 0;
    assert_told(&clock, 1000, START_NS);
    assert_int_equal(ask(&clock, 1000 + TICKS(7200), &t_ns), OVF_CLOCK_UNKNOWN);
    assert_told(&clock, 1000 + TICKS(7201), START_NS + 7201 * OVF_NS_PER_S);
}

static void a_receiver_that_started_anew_has_no_times(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    int64_t t_ns = 0;
    assert_told(&clock, TICKS(3600), START_NS);
    for (int i = 0; i < 10; i++)
        assert_int_equal(ask(&clock, 1000 + TICKS(i), &t_ns), OVF_CLOCK_UNKNOWN);
}

/* Each jump of 135 days is believed; 25 of them are nine years, a thousand would be 370. */
static void jumps_without_end_are_not_believed_without_end(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    const int64_t ten_years_ns = INT64_C(3660) * OVF_NS_PER_DAY;
    uint64_t stamp = 1000;
    unsigned n_told = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t t_ns = START_NS;
        stamp = (stamp + (UINT64_C(1) << 47) - TICKS(10)) & ((UINT64_C(1) << 48) - 1);
        for (int k = 0; k < 2; k++) {
            n_told += ask(&clock, stamp, &t_ns) == OVF_CLOCK_TOLD ? 1 : 0;
            assert_true(t_ns >= START_NS && t_ns <= START_NS + ten_years_ns);
        }
    }
    assert_in_range(n_told, 20, 40);
}

static void a_counter_is_no_time_of_day(void **state)
{
    (void)state;
    /* of 2^30 ticks, 89.5 s, the last 6.1 are no time of day; 100 days are none at all */
    static const uint64_t begins[] = {GPS(3, UINT64_C(1032000000)), GPS(100 * 86400 / 89, 0)};
    static const uint64_t steps[] = {TICKS(1), TICKS(89)};
    for (int i = 0; i < 4; i++) {
        struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_GPS, START_NS);
        enum ovf_clock_answer answers[4];
        for (uint64_t k = 0; k < 4; k++) {
            int64_t t_ns;
            answers[k] = ask(&clock, begins[i % 2] + k * steps[i / 2], &t_ns);
        }
        for (int k = 0; k < 3; k++)
            assert_int_equal(answers[k], OVF_CLOCK_UNKNOWN);
        assert_int_equal(answers[3], OVF_CLOCK_WRONG);
    }
}

/** What may stand in place of one stamp in \p one_in. */
static uint64_t broken_at(uint64_t stamp, unsigned one_in, uint64_t *random)
{
    *random = *random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (*random >> 33) % one_in == 0 ? *random >> 16 : stamp;
}

static void of_times_of_day_a_broken_one_costs_its_frame(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_GPS, START_NS);
    uint64_t random = 1;
    int64_t t_ns = 0;
    unsigned n_told = 0;
    unsigned n_broken = 0;
    assert_int_equal(ask(&clock, GPS(3600, 0), &t_ns), OVF_CLOCK_TOLD);
    for (unsigned i = 0; i < 10000; i++) {
        const uint64_t good = GPS(3600 + i / 10, i % 10 * UINT64_C(99000000));
        const uint64_t stamp = broken_at(good, 10, &random);
        const enum ovf_clock_answer answer = ask(&clock, stamp, &t_ns);
        assert_int_equal(answer, stamp == good ? OVF_CLOCK_TOLD : OVF_CLOCK_UNKNOWN);
        n_told += answer == OVF_CLOCK_TOLD ? 1 : 0;
        n_broken += stamp != good ? 1 : 0;
    }
    assert_int_equal(n_told + n_broken, 10000);
    assert_in_range(n_broken, 900, 1100);
}

static void a_time_of_day_is_no_counter_when_some_are_broken(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    enum ovf_clock_answer answer = OVF_CLOCK_TOLD;
    uint64_t random = 1;
    for (unsigned i = 0; i < 10000 && answer != OVF_CLOCK_WRONG; i++) {
        const uint64_t good = GPS(12980 + i / 20, i % 20 * UINT64_C(49000000));
        int64_t t_ns = 0;
        answer = ask(&clock, broken_at(good, 500, &random), &t_ns);
    }
    assert_int_equal(answer, OVF_CLOCK_WRONG);
}

static void a_time_of_day_is_no_counter(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    enum ovf_clock_answer answer = OVF_CLOCK_TOLD;
    for (unsigned i = 0; i < 300 && answer != OVF_CLOCK_WRONG; i++) {
        int64_t t_ns = 0;
        answer = ask(&clock, GPS(12980 + i / 20, i % 20 * UINT64_C(49000000)), &t_ns);
    }
    assert_int_equal(answer, OVF_CLOCK_WRONG);
}

static void a_counter_of_an_hour_is_never_taken_for_a_time_of_day(void **state)
{
    (void)state;
    struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
    for (int64_t i = 0; i < 36000; i++)
        assert_told(&clock, GPS(4000, 17) + (uint64_t)i * 1200000,
                    START_NS + i * OVF_NS_PER_S / 10);
}

static void little_that_is_heard_at_even_intervals_is_not_taken_for_a_time_of_day(void **state)
{
    (void)state;
    for (unsigned s = 1; s <= 45; s++) { /* bursts of four, so far apart, for two hours */
        struct ovf_clock clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS);
        for (int64_t i = 0; i * s < 7200; i++) {
            for (int64_t k = 0; k < 4; k++)
                assert_answer(&clock, TICKS(1) + (uint64_t)(i * s * 12000000 + k * 1440),
                              s > 10 && i > 0 && k == 0 ? OVF_CLOCK_AHEAD : OVF_CLOCK_TOLD,
                              START_NS + i * s * OVF_NS_PER_S + k * 120000);
        }
    }
}

/** The next stamp of a stream by chance: mostly a little later than the \p last believed, now and then late, early, far
 * away or none. */
static uint64_t draw_stamp(uint32_t *random, uint64_t last, bool is_gps)
{
    const uint64_t second = is_gps ? UINT64_C(1) << 30 : TICKS(1);
    *random = *random * 1664525 + 1013904223;
    const uint64_t drawn = *random >> 8;
    switch (drawn % 64) {
    case 0:
        return last - drawn % (9 * second);
    case 1:
        return last + drawn * 16 % (60 * second) + (drawn % 3 == 0 ? 50 * second : 0);
    case 2:
    case 4:
        return (last ^ UINT64_C(1) << 44) + drawn % second; /* often where another was before */
    case 3:
        return 0;
    default:
        return last + drawn % (second / 64);
    }
}

static void stamps_that_go_on_are_told_as_if_each_was_looked_at(void **state)
{
    (void)state;
    static const enum ovf_clock_kind kinds[] = {OVF_CLOCK_NONE, OVF_CLOCK_COUNTER, OVF_CLOCK_GPS};
    uint32_t random = 3;
    size_t n_gone_on = 0;
    for (int stream = 0; stream < (OVF_SANITIZED ? 600 : 6000); stream++) {
        const bool is_gps = stream % 7 == 0;
        struct ovf_clock clock = ovf_clock_make(kinds[stream % 3], START_NS);
        struct ovf_clock plain = clock;
        uint64_t last = is_gps ? GPS(40000, 5) : (uint64_t)stream * 977 << 20;
        for (int i = 0; i < 200; i++) {
            const uint64_t stamp = draw_stamp(&random, last, is_gps);
            const struct ovf_radio_frame frame = frame_at(stamp);
            int64_t t_ns = 1;
            int64_t want_ns = 1;
            const enum ovf_clock_answer want = ovf_clock_read(&plain, &frame, &want_ns);
            n_gone_on += clock.n_sure > stamp - clock.last_stamp ? 1 : 0;
            assert_int_equal(ask(&clock, stamp, &t_ns), want);
            assert_true(t_ns == want_ns);
            last = want == OVF_CLOCK_TOLD ? stamp : last;
        }
    }
    assert_true(n_gone_on > (OVF_SANITIZED ? 10000 : 100000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_said_when_so_there_is_no_time),
        cmocka_unit_test(a_counter_counts_from_its_first_stamp),
        cmocka_unit_test(a_counter_turns_over),
        cmocka_unit_test(the_time_of_day_goes_on_over_midnight),
        cmocka_unit_test(a_frame_without_a_stamp_has_the_time_of_the_one_before),
        cmocka_unit_test(a_lone_stamp_far_ahead_is_not_believed),
        cmocka_unit_test(
            a_stamp_broken_by_less_than_a_minute_is_taken_back_and_no_other_loses_its_time),
        cmocka_unit_test(after_a_silence_that_the_next_stamp_confirms_none_goes_back),
        cmocka_unit_test(a_long_silence_is_believed_from_the_second_stamp_on),
        cmocka_unit_test(a_receiver_that_started_anew_has_no_times),
        cmocka_unit_test(jumps_without_end_are_not_believed_without_end),
        cmocka_unit_test(a_counter_is_no_time_of_day),
        cmocka_unit_test(of_times_of_day_a_broken_one_costs_its_frame),
        cmocka_unit_test(a_time_of_day_is_no_counter_when_some_are_broken),
        cmocka_unit_test(a_time_of_day_is_no_counter),
        cmocka_unit_test(little_that_is_heard_at_even_intervals_is_not_taken_for_a_time_of_day),
        cmocka_unit_test(a_counter_of_an_hour_is_never_taken_for_a_time_of_day),
        cmocka_unit_test(stamps_that_go_on_are_told_as_if_each_was_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
