/* SPDX-License-Identifier: Apache-2.0 */
/* The speed test between two fixes. Aircraft fly north along a meridian: 1 degree is 60.04 NM on the mean
 * sphere, 1 NM 166,560 e-7 degrees. */
#include "test.h"

#include "base/time.h"
#include "track/plausible.h"

#define E7_PER_NMI 166560

static struct ovf_fix fix_at(double t_s, double nmi)
{
    return (struct ovf_fix){.t_ns = (int64_t)(t_s * 1e9),
                            .at = {(int32_t)(nmi * E7_PER_NMI), 0},
                            .gs_kt = 480,
                            .alt_baro_ft = 35000,
                            .has = OVF_FIX_GS,
                            .source = OVF_SOURCE_ADSB};
}

/* Whether \p kt is possible for that long, half a knot below and above. */
static void assert_limit(struct ovf_fix from, struct ovf_fix to, double kt)
{
    const double dt_s = (double)(to.t_ns - from.t_ns) * 1e-9;
    const double base_nmi = (30 + 0.2 * kt * 1852 / 3600) / 1852;
    struct ovf_apart apart;
    to.at.lat_e7 = (int32_t)(((kt - 0.5) * dt_s / 3600 + base_nmi) * E7_PER_NMI);
    assert_true(ovf_fix_reaches(&from, &to, &ovf_detect_defaults, &apart));
    to.at.lat_e7 = (int32_t)(((kt + 0.5) * dt_s / 3600 + base_nmi) * E7_PER_NMI);
    assert_false(ovf_fix_reaches(&from, &to, &ovf_detect_defaults, &apart));
    assert_near(ovf_fix_limit_kt(&from, &to, &ovf_detect_defaults), kt, 1e-3);
}

static void a_short_step_may_be_faster_than_reported_by_acceleration_and_margin(void **state)
{
    (void)state;
    assert_limit(fix_at(0, 0), fix_at(20, 0), (480 + 3 * 20) * 1.3);
}

static void a_long_step_is_no_faster_than_airliners_are(void **state)
{
    (void)state;
    assert_limit(fix_at(0, 0), fix_at(600, 0), 750);
}

static void who_reports_to_be_faster_may_be(void **state)
{
    (void)state;
    struct ovf_fix from = fix_at(0, 0);
    from.gs_kt = 1000;
    assert_limit(from, fix_at(200, 0), 1300);
    from.gs_kt = 1900;
    assert_limit(from, fix_at(200, 0), 2000);
}

static void between_two_reports_from_cruise_it_was_not_much_faster_either(void **state)
{
    (void)state;
    struct ovf_fix from = fix_at(0, 0);
    struct ovf_fix to = fix_at(600, 0);
    from.has |= OVF_FIX_ALT_BARO;
    to.has |= OVF_FIX_ALT_BARO;
    assert_limit(from, to, 600);
    from.gs_kt = 520;
    assert_limit(from, to, 520 * 1.2);
    to.alt_baro_ft = 24000; /* it may have been higher and faster between */
    assert_limit(from, to, 750);
}

static void without_a_speed_short_steps_are_given_more(void **state)
{
    (void)state;
    struct ovf_fix from = fix_at(0, 0);
    struct ovf_fix to = fix_at(60, 0);
    from.has = 0;
    to.has = 0;
    assert_limit(from, to, 900 * 1.3);
    to.t_ns += OVF_NS_PER_S;
    assert_limit(from, to, 750);
}

/* In 10 s an ADS-B fix may lie (480 + 30) x 1.3 = 663 kt on: 1.84 NM. An MLAT fix 978 kt (x 1.4 + 50) and 250 m. */
static void multilateration_is_allowed_more(void **state)
{
    (void)state;
    struct ovf_apart apart;
    const struct ovf_fix from = fix_at(0, 0);
    struct ovf_fix to = fix_at(10, 2.5);
    assert_false(ovf_fix_reaches(&from, &to, &ovf_detect_defaults, &apart));
    to.source = OVF_SOURCE_MLAT;
    assert_true(ovf_fix_reaches(&from, &to, &ovf_detect_defaults, &apart));
}

static void the_speed_of_a_step_is_its_length_over_its_time(void **state)
{
    (void)state;
    const struct ovf_fix from = fix_at(0, 0);
    const struct ovf_fix to = fix_at(3599.8, 500); /* and 0.2 s that the times may be off */
    assert_near(ovf_fix_speed_kt(&from, &to), 500, 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_step_may_be_faster_than_reported_by_acceleration_and_margin),
        cmocka_unit_test(a_long_step_is_no_faster_than_airliners_are),
        cmocka_unit_test(who_reports_to_be_faster_may_be),
        cmocka_unit_test(between_two_reports_from_cruise_it_was_not_much_faster_either),
        cmocka_unit_test(without_a_speed_short_steps_are_given_more),
        cmocka_unit_test(multilateration_is_allowed_more),
        cmocka_unit_test(the_speed_of_a_step_is_its_length_over_its_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
