/* SPDX-License-Identifier: Apache-2.0 */
/* Speeds of types: manufacturers' maximum cruise speeds decide which list a designator may be in. */
#include "test.h"

#include <string.h>

#include "reach/speeds.h"

static const struct ovf_speed_limits jet = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S,
                                            false};

static void types_are_known_by_their_designators(void **state)
{
    (void)state;
    static const char *const turboprops[] = {"A748", "AT76", "C208", "DH8C", "SF34", "Y12"};
    static const char *const slow[] = {"A109", "AA1", "C172", "EC35",
                                       "GLID", "R44", "ULAC", "UH1Y"};
    /* 360, 355, 312, 500 kt; a tiltrotor; no type */
    static const char *const others[] = {"DH8D", "C30J", "B350", "TU95", "V22",  "A320",
                                         "ZZZZ", "",     "at76", "AT7",  "AT766"};
    for (size_t i = 0; i < sizeof turboprops / sizeof *turboprops; i++)
        assert_int_equal(ovf_speed_class_of(turboprops[i]), OVF_SPEED_TURBOPROP);
    for (size_t i = 0; i < sizeof slow / sizeof *slow; i++)
        assert_int_equal(ovf_speed_class_of(slow[i]), OVF_SPEED_SLOW);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(ovf_speed_class_of(others[i]), OVF_SPEED_JET);
}

static void limits_are_those_of_the_class(void **state)
{
    (void)state;
    assert_near(ovf_speed_limits_of_class(jet, &ovf_slow_speeds_known, OVF_SPEED_JET).hard_kt, 720,
                0);
    assert_near(ovf_speed_limits_of_class(jet, &ovf_slow_speeds_known, OVF_SPEED_TURBOPROP).hard_kt,
                420, 0);
    assert_near(ovf_speed_limits_of_class(jet, &ovf_slow_speeds_known, OVF_SPEED_SLOW).hard_kt, 300,
                0);
    assert_near(ovf_speed_limits_of_class(jet, &ovf_slow_speeds_known, OVF_SPEED_SLOW).clock_s,
                OVF_CLOCK_S, 0);
}

static void limits_that_are_lower_already_stay(void **state)
{
    (void)state;
    const struct ovf_speed_limits low = {250, 200, OVF_CLOCK_S, false};
    assert_near(ovf_speed_limits_of_class(low, &ovf_slow_speeds_known, OVF_SPEED_SLOW).hard_kt, 250,
                0);
    assert_near(
        ovf_speed_limits_of_class(low, &ovf_slow_speeds_known, OVF_SPEED_TURBOPROP).usual_kt, 200,
        0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_are_known_by_their_designators),
        cmocka_unit_test(limits_are_those_of_the_class),
        cmocka_unit_test(limits_that_are_lower_already_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
