/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a file of formulas and as a fleet: refused, or such that a crossing can be charged by them. */

#include "fuzz.h"

#include <math.h>
#include <stdlib.h>

#include "rules/charge.h"

static void charge(const struct ovf_formulas *formulas, const struct ovf_fleet *fleet)
{
    const struct ovf_subject subject = {
        .id = "a",
        .flight_id = "a",
        .aircraft = {.callsign = "SIM001", .registration = "XX-AAA", .type_code = "B77W"},
        .airspace = "ORBB",
        .kind = "fir",
        .edition = "",
        .entry = {true, INT64_C(1700000000000000000), INT64_C(1700000010000000000)},
        .entry_lat_deg = 33.0,
        .entry_lon_deg = 45.0,
        .exit_lat_deg = 34.0,
        .exit_lon_deg = 42.0,
        .from = {"ORBI", "IQ", "observed", 1.0},
        .to = {"ORBI", "IQ", "observed", 1.0}};
    struct ovf_charge_input input = ovf_charge_input_of(&subject);
    struct ovf_charge charge;
    if (fleet != NULL)
        input.mass = ovf_fleet_mass(fleet, "XX-AAA", "B77W");
    if (ovf_charges_estimate(formulas, &input, 1, &charge) != OVF_OK)
        return;
    if (charge.outcome == OVF_CHARGE_ESTIMATED && !(charge.amount.min <= charge.amount.max))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct ovf_bytes text = {data, size};
    struct ovf_case_store store = {0};
    struct ovf_formulas formulas = {0};
    struct ovf_fleet *fleet = NULL;
    struct ovf_tally rows;
    struct ovf_error err = {0};
    if (ovf_fleet_new(text, &rows, &fleet, &err) == OVF_OK &&
        rows.n_read != rows.n_used + ovf_tally_rejected(&rows))
        abort();
    if (ovf_formulas_read(text, &store, &formulas, &err) == OVF_OK)
        charge(&formulas, fleet);
    ovf_case_store_deinit(&store);
    ovf_fleet_free(fleet);
    return 0;
}
