/* SPDX-License-Identifier: Apache-2.0 */
/* Fleets. */
#include "test.h"

#include "lists/fleet.h"

static struct ovf_fleet *make(const char *text, struct ovf_tally *rows)
{
    struct ovf_fleet *fleet = NULL;
    struct ovf_error err = {0};
    assert_int_equal(ovf_fleet_new(ovf_bytes_from_text(text), rows, &fleet, &err), OVF_OK);
    return fleet;
}

static void an_aircraft_goes_before_its_type(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_fleet *fleet = make("registration;type;mtow_kg;state_aircraft;owner\n"
                                   "XX-AAA;B77W;340000;;x\n"
                                   "XXAAB;A320;78000;TRUE;x\n"
                                   ";B77W;299370;;x\n"
                                   ";B77W;351534;false;x\n",
                                   &rows);
    assert_int_equal(rows.n_used, 4);
    struct ovf_mass mass = ovf_fleet_mass(fleet, "XXAAA", "B77W");
    assert_true(mass.is_known);
    assert_near(mass.min_kg, 340000.0, 0.0);
    mass = ovf_fleet_mass(fleet, "XX-AAC", "B77W"); /* a variant, who knows which */
    assert_near(mass.min_kg, 299370.0, 0.0);
    assert_near(mass.max_kg, 351534.0, 0.0);
    assert_false(ovf_fleet_mass(fleet, "XX-AAC", "A320").is_known);
    assert_false(ovf_fleet_mass(fleet, "", "").is_known);
    assert_true(ovf_fleet_is_state_aircraft(fleet, "XX-AAB"));
    assert_false(ovf_fleet_is_state_aircraft(fleet, "XX-AAA"));
    assert_false(ovf_fleet_is_state_aircraft(fleet, "XX-AAC"));
    ovf_fleet_free(fleet);
}

static void bad_rows_are_counted(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_fleet *fleet = make("registration,mtow_kg,state_aircraft\n"
                                   "XX-AAA,0,\n"
                                   "XX-AAB,heavy,\n"
                                   "XX-AAC,2000000,\n"
                                   ",1000,\n"
                                   "XX-AAD,1000,perhaps\n"
                                   "XX*,1000,\n"
                                   "XX-AAE\n"
                                   "XX-AAF,1000,\n",
                                   &rows);
    assert_int_equal(rows.n_read, 8);
    assert_int_equal(rows.n_used, 1);
    assert_int_equal(rows.n_rejected[OVF_REJECT_BAD_NUMBER], 4);
    assert_int_equal(rows.n_rejected[OVF_REJECT_BAD_TEXT], 2);
    assert_int_equal(rows.n_rejected[OVF_REJECT_WRONG_TYPE], 1);
    ovf_fleet_free(fleet);
    struct ovf_error err = {0};
    assert_int_equal(ovf_fleet_new(ovf_bytes_from_text("registration,mass\n"), &rows, &fleet, &err),
                     OVF_E_FORMAT);
    assert_int_equal(ovf_fleet_new(ovf_bytes_from_text(""), &rows, &fleet, &err), OVF_E_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_aircraft_goes_before_its_type),
        cmocka_unit_test(bad_rows_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
