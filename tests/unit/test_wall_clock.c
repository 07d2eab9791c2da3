/* SPDX-License-Identifier: Apache-2.0 */
/* The time of day from a clock that is set and one that only runs. */
#include "test.h"

#include "watch/wall_clock.h"

#define S INT64_C(1000000000)

static const int64_t day_ns = INT64_C(1751328000) * S;

static void it_is_the_time_of_day_and_never_goes_back_by_itself(void **state)
{
    (void)state;
    struct ovf_wall_clock clock = {0};
    int64_t step_ns;
    assert_int_equal(ovf_wall_clock_read(&clock, day_ns, 100 * S, &step_ns), day_ns);
    assert_int_equal(step_ns, 0);
    assert_int_equal(ovf_wall_clock_read(&clock, day_ns + S, 101 * S, &step_ns), day_ns + S);
    assert_int_equal(step_ns, 0);
    /* set back by half a second: it stands still until the time is reached again */
    assert_int_equal(ovf_wall_clock_read(&clock, day_ns + S - S / 2, 101 * S, &step_ns),
                     day_ns + S);
    assert_int_equal(step_ns, 0);
    assert_int_equal(ovf_wall_clock_read(&clock, day_ns + 2 * S, 103 * S - S / 2, &step_ns),
                     day_ns + 2 * S);
    assert_int_equal(step_ns, 0);
}

static void a_clock_that_drifts_is_followed_without_a_step(void **state)
{
    (void)state;
    struct ovf_wall_clock clock = {0};
    int64_t step_ns;
    for (int64_t s = 0; s < 86400; s++) { /* 500 ppm, ntpd's fastest slew: 43 s a day */
        const int64_t set_ns = day_ns + s * (S + S / 2000);
        assert_int_equal(ovf_wall_clock_read(&clock, set_ns, s * S, &step_ns), set_ns);
        assert_int_equal(step_ns, 0);
    }
}

static void steps_are_told_forward_and_back(void **state)
{
    static const int64_t steps_ns[] = {3600 * S, -3600 * S, -S * 315360000, 3 * S, -3 * S};
    (void)state;
    for (size_t i = 0; i < sizeof steps_ns / sizeof *steps_ns; i++) {
        struct ovf_wall_clock clock = {0};
        int64_t step_ns;
        (void)ovf_wall_clock_read(&clock, day_ns, 0, &step_ns);
        const int64_t got = ovf_wall_clock_read(&clock, day_ns + S + steps_ns[i], S, &step_ns);
        assert_int_equal(step_ns, steps_ns[i]);
        assert_int_equal(got, day_ns + S + steps_ns[i]);
        (void)ovf_wall_clock_read(&clock, day_ns + 2 * S + steps_ns[i], 2 * S, &step_ns);
        assert_int_equal(step_ns, 0); /* once */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_time_of_day_and_never_goes_back_by_itself),
        cmocka_unit_test(a_clock_that_drifts_is_followed_without_a_step),
        cmocka_unit_test(steps_are_told_forward_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
