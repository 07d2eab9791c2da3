/* SPDX-License-Identifier: Apache-2.0 */
/* Radius and grade of a fix by itself. The numbers are those of RTCA DO-260B (NIC to Rc, NACp to EPU). */
#include "test.h"

#include "track/quality.h"

static struct ovf_fix adsb(void)
{
    return (struct ovf_fix){.source = OVF_SOURCE_ADSB,
                            .has = OVF_FIX_NIC | OVF_FIX_RC | OVF_FIX_NAC_P | OVF_FIX_SIL |
                                   OVF_FIX_VERSION,
                            .nic = 8,
                            .rc_m = 186,
                            .nac_p = 9,
                            .sil = 3,
                            .version = 2};
}

static double radius(const struct ovf_fix *fix)
{
    return (double)ovf_quality_radius_m(fix);
}

static enum ovf_grade grade(const struct ovf_fix *fix)
{
    return ovf_quality_grade(fix, false);
}

static void good_integrity_makes_a_and_the_containment_is_the_radius(void **state)
{
    (void)state;
    const struct ovf_fix fix = adsb();
    assert_int_equal(grade(&fix), OVF_GRADE_A);
    assert_near(radius(&fix), 186, 0);
}

static void the_radius_is_never_below_fifty_metres(void **state)
{
    (void)state;
    struct ovf_fix fix = adsb();
    fix.nic = 11;
    fix.rc_m = 7.5F;
    fix.nac_p = 11;
    assert_near(radius(&fix), 50, 0);
}

static void without_a_containment_the_nic_tells_it(void **state)
{
    (void)state;
    static const double rc_m[] = {37040,  37040, 14816, 7408, 3704, 1852,
                                  1111.2, 370.4, 185.2, 75,   50,   50};
    struct ovf_fix fix = adsb();
    fix.has &= (uint16_t)~OVF_FIX_RC;
    fix.nac_p = 11;
    for (uint8_t nic = 0; nic < 12; nic++) {
        fix.nic = nic & 15U;
        assert_near(radius(&fix), rc_m[nic], 0.01);
    }
}

static void twice_the_accuracy_counts_when_it_is_worse(void **state)
{
    (void)state;
    static const double twice_epu_m[] = {926,    37040, 14816, 7408, 3704, 1852,
                                         1111.2, 370.4, 185.2, 60,   50,   50};
    struct ovf_fix fix = adsb();
    fix.nic = 11;
    fix.rc_m = 7.5F;
    for (uint8_t nac_p = 0; nac_p < 12; nac_p++) {
        fix.nac_p = nac_p & 15U;
        assert_near(radius(&fix), twice_epu_m[nac_p], 0.01);
    }
}

static void an_unknown_integrity_is_twenty_miles_whatever_the_radius_beside_it(void **state)
{
    (void)state;
    struct ovf_fix fix = adsb();
    fix.nic = 0;
    assert_near(radius(&fix), 37040, 0);
    assert_int_equal(grade(&fix), OVF_GRADE_B);
}

static void no_quality_stated_is_half_a_mile_and_b(void **state)
{
    (void)state;
    const struct ovf_fix fix = {.source = OVF_SOURCE_ADSB};
    assert_near(radius(&fix), 926, 0);
    assert_int_equal(grade(&fix), OVF_GRADE_B);
}

static void integrity_without_a_probability_is_not_relied_on(void **state)
{
    (void)state;
    struct ovf_fix fix = adsb();
    fix.sil = 0;
    assert_near(radius(&fix), 926, 0);
    assert_int_equal(grade(&fix), OVF_GRADE_B);
    fix.has &= (uint16_t)~OVF_FIX_SIL;
    assert_near(radius(&fix), 926, 0);
}

static void each_quality_alone_can_cost_the_best_grade(void **state)
{
    (void)state;
    struct ovf_fix fix = adsb();
    fix.nic = 6;
    assert_int_equal(grade(&fix), OVF_GRADE_B);
    fix = adsb();
    fix.nac_p = 7;
    assert_int_equal(grade(&fix), OVF_GRADE_B);
    fix = adsb();
    fix.sil = 1;
    assert_int_equal(grade(&fix), OVF_GRADE_B);
    fix = adsb();
    fix.version = 0; /* its SIL is a table's, not the aircraft's */
    assert_int_equal(grade(&fix), OVF_GRADE_B);
}

static void other_sources_have_their_own_floors_and_grades(void **state)
{
    (void)state;
    static const struct {
        enum ovf_fix_source source;
        double radius_m;
        enum ovf_grade grade;
    } cases[] = {
        {OVF_SOURCE_UNKNOWN, 926, OVF_GRADE_B}, {OVF_SOURCE_ADSR, 300, OVF_GRADE_C},
        {OVF_SOURCE_TISB, 1852, OVF_GRADE_D},   {OVF_SOURCE_MLAT, 1852, OVF_GRADE_C},
        {OVF_SOURCE_ADSC, 926, OVF_GRADE_C},    {OVF_SOURCE_MODE_S, 9260, OVF_GRADE_D},
        {OVF_SOURCE_OTHER, 9260, OVF_GRADE_D},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_fix fix = adsb();
        fix.source = (uint8_t)cases[i].source;
        assert_near(radius(&fix), cases[i].radius_m, 0);
        assert_int_equal(grade(&fix), cases[i].grade);
    }
}

static void what_a_table_states_of_accuracy_counts_twice_and_of_mlat_thrice(void **state)
{
    (void)state;
    struct ovf_fix fix = {.has = OVF_FIX_ACCURACY, .accuracy_m = 1000};
    assert_near(radius(&fix), 2000, 0);
    fix.source = OVF_SOURCE_MLAT;
    assert_near(radius(&fix), 3000, 0);
    fix.accuracy_m = 1e6F;
    assert_near(radius(&fix), 37040, 0);
}

static void what_a_label_reports_is_d(void **state)
{
    (void)state;
    const struct ovf_fix fix = adsb();
    assert_int_equal(ovf_quality_grade(&fix, true), OVF_GRADE_D);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_integrity_makes_a_and_the_containment_is_the_radius),
        cmocka_unit_test(the_radius_is_never_below_fifty_metres),
        cmocka_unit_test(without_a_containment_the_nic_tells_it),
        cmocka_unit_test(twice_the_accuracy_counts_when_it_is_worse),
        cmocka_unit_test(an_unknown_integrity_is_twenty_miles_whatever_the_radius_beside_it),
        cmocka_unit_test(no_quality_stated_is_half_a_mile_and_b),
        cmocka_unit_test(integrity_without_a_probability_is_not_relied_on),
        cmocka_unit_test(each_quality_alone_can_cost_the_best_grade),
        cmocka_unit_test(other_sources_have_their_own_floors_and_grades),
        cmocka_unit_test(what_a_table_states_of_accuracy_counts_twice_and_of_mlat_thrice),
        cmocka_unit_test(what_a_label_reports_is_d),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
