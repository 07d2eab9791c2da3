/* SPDX-License-Identifier: Apache-2.0 */
/* Route charges. The examples are those of the authorities' formulas: EUROCONTROL (500 km at 242.0 t are
 * 5.00 x 2.20 = 11.00 service units; one landing inside makes 480 km of them, 4.80), 14 CFR 187.53 from
 * 2019 on (300 NM en route at 61.75 USD per 100 NM: 185.25 USD). Distances are laid along the equator,
 * where a geodesic of WGS84 is an arc of 6,378,137 m of radius. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "rules/charge.h"

static int64_t at(const char *time)
{
    int64_t t_ns = 0;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(time), &t_ns));
    return t_ns;
}

static double equator_deg(double km)
{
    return km / 6378.137 * 180.0 / 3.14159265358979323846;
}

/** A stay of \p km along the equator. */
static struct ovf_subject stay(const char *id, double km)
{
    return (struct ovf_subject){
        .id = id,
        .flight_id = id,
        .journey_id = "",
        .aircraft = {0xF10001, "f10001", "SIM001", "XX-AAA", "", "B77W", ""},
        .airspace = "ORBBFIR",
        .kind = "fir",
        .edition = "524@0123456789ab",
        .role = OVF_ROLE_OVERFLIGHT,
        .class = OVF_CLASS_OBSERVED,
        .entry = {true, at("2024-03-05T10:00Z"), at("2024-03-05T10:00:10Z")},
        .exit = {true, at("2024-03-05T11:00Z"), at("2024-03-05T11:00:10Z")},
        .entry_lat_deg = 0.0,
        .entry_lon_deg = 44.0,
        .exit_lat_deg = 0.0,
        .exit_lon_deg = 44.0 + equator_deg(km),
        .from = {"", "", "unknown", 0.0},
        .to = {"", "", "unknown", 0.0},
    };
}

static struct ovf_charge_input input_of(const struct ovf_subject *subject, double min_t,
                                        double max_t)
{
    struct ovf_charge_input input = ovf_charge_input_of(subject);
    input.mass = (struct ovf_mass){true, min_t * 1000.0, max_t * 1000.0};
    return input;
}

#define FILE_HEAD "formulas:\n"
#define FORMULA                                                                                    \
    "- {name: simulated, source: none, airspace: fir, codes: [ORBB], valid_from: 2024-01-01, "     \
    "currency: SU, "
#define EUROCONTROL FILE_HEAD FORMULA "kind: gcd_sqrt_mtow, rate: 1, deduct_km: 20"

/** A file of formulas, kept until the next. */
static const struct ovf_formulas *formulas_of(const char *text)
{
    static struct ovf_case_store store;
    static struct ovf_formulas formulas;
    struct ovf_error err = {0};
    ovf_case_store_deinit(&store);
    if (text == NULL)
        return NULL;
    const enum ovf_status st =
        ovf_formulas_read(ovf_bytes_from_text(text), &store, &formulas, &err);
    if (st != OVF_OK)
        print_error("%s\n", err.text);
    assert_int_equal(st, OVF_OK);
    return &formulas;
}

static struct ovf_charge charge_of(const char *text, const struct ovf_charge_input *input)
{
    struct ovf_charge charge;
    assert_int_equal(ovf_charges_estimate(formulas_of(text), input, 1, &charge), OVF_OK);
    return charge;
}

static void assert_range(struct ovf_range range, double min, double max)
{
    assert_near(range.min, min, 1e-9);
    assert_near(range.max, max, 1e-9);
}

static void five_hundred_km_at_242_tonnes_are_eleven_service_units(void **state)
{
    (void)state;
    const struct ovf_subject s = stay("a", 500.0);
    const struct ovf_charge_input input = input_of(&s, 242.0, 242.0);
    const struct ovf_charge charge = charge_of(EUROCONTROL "}", &input);
    assert_int_equal(charge.outcome, OVF_CHARGE_ESTIMATED);
    assert_near(charge.distance_km.min, 500.0, 1e-6);
    assert_range(charge.distance_factor, 5.00, 5.00);
    assert_range(charge.mtow_t, 242.0, 242.0);
    assert_range(charge.weight_factor, 2.20, 2.20);
    assert_range(charge.amount, 11.00, 11.00);
}

static void a_landing_inside_deducts_twenty_km(void **state)
{
    (void)state;
    struct ovf_subject s = stay("a", 500.0);
    struct ovf_charge_input input = input_of(&s, 242.0, 242.0);
    s.role = OVF_ROLE_ARRIVAL;
    struct ovf_charge charge = charge_of(EUROCONTROL "}", &input);
    assert_int_equal(charge.n_landings, 1);
    assert_range(charge.distance_factor, 4.80, 4.80);
    s.role = OVF_ROLE_DOMESTIC;
    charge = charge_of(EUROCONTROL "}", &input);
    assert_range(charge.distance_factor, 4.60, 4.60);
    s = stay("a", 15.0);
    s.role = OVF_ROLE_DEPARTURE;
    input = input_of(&s, 242.0, 242.0);
    charge = charge_of(EUROCONTROL "}", &input);
    assert_range(charge.amount, 0.0, 0.0);
}

static void three_hundred_miles_are_185_25_usd(void **state)
{
    (void)state;
    const struct ovf_subject s = stay("a", 300.0 * 1.852);
    const struct ovf_charge_input input = ovf_charge_input_of(&s); /* no mass is asked for */
    const struct ovf_charge charge =
        charge_of(FILE_HEAD FORMULA "kind: gcd_rate, rate: 61.75, per: 100nmi}", &input);
    assert_int_equal(charge.outcome, OVF_CHARGE_ESTIMATED);
    assert_range(charge.distance_factor, 3.00, 3.00);
    assert_range(charge.amount, 185.25, 185.25);
}

static void masses_count_in_tenths_of_tonnes_and_halves_are_rounded_up(void **state)
{
    (void)state;
    const struct ovf_subject s = stay("a", 113.0);
    const struct ovf_charge_input input = input_of(&s, 112.46, 112.54);
    const struct ovf_charge charge = charge_of(EUROCONTROL "}", &input);
    assert_range(charge.mtow_t, 112.5, 112.5);
    assert_range(charge.weight_factor, 1.50, 1.50);
    assert_range(charge.amount, 1.70, 1.70); /* 1.13 x 1.50 = 1.695, and a little less in binary */
}

static void flat_rates_differ_by_day_and_type(void **state)
{
    (void)state;
    /* Afghanistan: 400 USD a transit, 700 from August 2017 on; Iraq: 450, helicopters 225 */
    static const char file[] =
        FILE_HEAD "- {name: a, source: none, kind: flat, airspace: fir, codes: [OAKX], currency: "
                  "USD, valid_from: 2010-01-01, valid_to: 2017-08-01, amount: 400}\n"
                  "- {name: b, source: none, kind: flat, airspace: fir, codes: [OAKX], currency: "
                  "USD, valid_from: 2017-08-01, amount: 700}\n"
                  "- {name: c, source: none, kind: flat, airspace: fir, codes: [ORBB], currency: "
                  "USD, valid_from: 2010-01-01, amount: 225, types: [H60, EC45]}\n"
                  "- {name: d, source: none, kind: flat, airspace: fir, codes: [ORBB], currency: "
                  "USD, valid_from: 2010-01-01, amount: 450}\n";
    struct ovf_subject s = stay("a", 500.0);
    struct ovf_charge_input input = ovf_charge_input_of(&s);
    assert_range(charge_of(file, &input).amount, 450.0, 450.0);
    s.aircraft.type_code = "H60";
    assert_range(charge_of(file, &input).amount, 225.0, 225.0);
    s.airspace = "OAKXFIR";
    assert_range(charge_of(file, &input).amount, 700.0, 700.0);
    input.entered = (struct ovf_when){true, at("2017-07-31T23:00Z"), at("2017-07-31T23:59:59Z")};
    assert_range(charge_of(file, &input).amount, 400.0, 400.0);
    input.entered.max_ns = at("2017-08-01");
    assert_int_equal(charge_of(file, &input).outcome, OVF_CHARGE_NO_TIME);
    s.airspace = "OIIXFIR";
    assert_int_equal(charge_of(file, &input).outcome, OVF_CHARGE_NO_FORMULA);
}

static void bands_hold_their_upper_end(void **state)
{
    (void)state;
    static const char file[] =
        FILE_HEAD FORMULA "kind: mtow_band, bands: [{to_t: 50, amount: 24}, {to_t: 150, amount: "
                          "50}, {amount: 79}]}";
    const struct ovf_subject s = stay("a", 500.0);
    static const struct {
        double min_t;
        double max_t;
        double min;
        double max;
    } rows[] = {
        {50.0, 50.0, 24, 24}, {50.001, 50.001, 50, 50}, {400, 400, 79, 79}, {40, 200, 24, 79}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct ovf_charge_input input = input_of(&s, rows[i].min_t, rows[i].max_t);
        assert_range(charge_of(file, &input).amount, rows[i].min, rows[i].max);
    }
    const struct ovf_charge_input input = ovf_charge_input_of(&s);
    assert_int_equal(charge_of(file, &input).outcome, OVF_CHARGE_NO_MASS);
    const struct ovf_charge_input heavy = input_of(&s, 100.0, 100.0);
    assert_int_equal(
        charge_of(FILE_HEAD FORMULA "kind: mtow_band, bands: [{to_t: 50, amount: 24}]}", &heavy)
            .outcome,
        OVF_CHARGE_NO_MASS);
}

static void what_is_not_known_gives_no_amount_or_a_range(void **state)
{
    (void)state;
    struct ovf_subject s = stay("a", 500.0);
    struct ovf_charge_input input = ovf_charge_input_of(&s);
    struct ovf_charge charge = charge_of(EUROCONTROL "}", &input);
    assert_int_equal(charge.outcome, OVF_CHARGE_NO_MASS);
    assert_true(isnan(charge.amount.min));
    input = input_of(&s, 50.0, 200.0);
    charge = charge_of(EUROCONTROL "}", &input);
    assert_range(charge.weight_factor, 1.00, 2.00);
    assert_range(charge.amount, 5.00, 10.00);
    s.exit_lon_deg = (double)NAN;
    input = input_of(&s, 50.0, 50.0);
    assert_int_equal(charge_of(EUROCONTROL "}", &input).outcome, OVF_CHARGE_NO_PLACE);
    /* It left somewhere between 400 and 600 km: the way there is looked at in 64 steps of 3.125 km. */
    input.exit.places[0] = (struct ovf_charge_place){0.0, 44.0 + equator_deg(400.0)};
    input.exit.places[1] = (struct ovf_charge_place){0.0, 44.0 + equator_deg(600.0)};
    charge = charge_of(EUROCONTROL "}", &input);
    assert_near(charge.distance_km.min, 400.0, 1.6);
    assert_near(charge.distance_km.max, 600.0, 1.6);
    assert_true(charge.distance_km.min <= 400.0 && charge.distance_km.max >= 600.0);
    /* From 200 km before the entry to 100 km behind it: it may be as near as nothing. */
    input.exit.places[0].lon_deg = 44.0 - equator_deg(200.0);
    input.exit.places[1].lon_deg = 44.0 + equator_deg(100.0);
    charge = charge_of(EUROCONTROL "}", &input);
    assert_near(charge.distance_km.min, 0.0, 1e-9);
    assert_near(charge.distance_km.max, 200.0, 2.4);
}

static void states_other_editions_and_what_was_not_entered_are_refused(void **state)
{
    (void)state;
    struct ovf_subject s = stay("a", 500.0);
    const struct ovf_charge_input input = input_of(&s, 242.0, 242.0);
    static const char edition[] = EUROCONTROL ", edition: 524@01234567}";
    assert_int_equal(charge_of(edition, &input).outcome, OVF_CHARGE_ESTIMATED);
    assert_int_equal(charge_of(EUROCONTROL ", edition: \"524\"}", &input).outcome,
                     OVF_CHARGE_ESTIMATED);
    assert_int_equal(charge_of(EUROCONTROL ", edition: \"52\"}", &input).outcome,
                     OVF_CHARGE_OTHER_EDITION);
    s.edition = "525@012345678901";
    assert_int_equal(charge_of(edition, &input).outcome, OVF_CHARGE_OTHER_EDITION);
    s.kind = "country";
    s.airspace = "IQ";
    assert_int_equal(charge_of(edition, &input).outcome, OVF_CHARGE_NOT_BY_STATE);
    s.kind = "zone";
    s.airspace = "zone:ORBB";
    assert_int_equal(charge_of(edition, &input).outcome, OVF_CHARGE_NO_FORMULA);
    s.class = OVF_CLASS_POSSIBLE;
    assert_int_equal(charge_of(edition, &input).outcome, OVF_CHARGE_NOT_ENTERED);
    s.class = OVF_CLASS_NEAR_CERTAIN;
    assert_int_equal(charge_of(edition, &input).outcome, OVF_CHARGE_NOT_ENTERED);
    s.class = OVF_CLASS_NECESSARY;
    assert_int_equal(charge_of(edition, &input).outcome, OVF_CHARGE_NO_FORMULA);
}

static void zones_are_called_by_their_names(void **state)
{
    (void)state;
    struct ovf_subject s = stay("a", 500.0);
    const struct ovf_charge_input input = ovf_charge_input_of(&s);
    s.kind = "zone";
    s.airspace = "zone:charging";
    const struct ovf_charge charge =
        charge_of(FILE_HEAD "- {name: z, source: none, kind: flat, airspace: zone, codes: "
                            "[charging], valid_from: 2024-01-01, currency: USD, amount: 1}",
                  &input);
    assert_int_equal(charge.outcome, OVF_CHARGE_ESTIMATED);
}

static void exemptions_are_dated_and_may_hang_on_the_mass(void **state)
{
    (void)state;
#define EXEMPT(text) EUROCONTROL ", exemptions: [{name: x, source: none, " text "}]}"
    struct ovf_subject s = stay("a", 500.0);
    struct ovf_charge_input input = input_of(&s, 1.9, 1.9);
    struct ovf_charge charge = charge_of(EXEMPT("mtow_below_t: 2"), &input);
    assert_int_equal(charge.outcome, OVF_CHARGE_EXEMPT);
    assert_string_equal(charge.exemption->name, "x");
    input = input_of(&s, 2.0, 2.0);
    assert_int_equal(charge_of(EXEMPT("mtow_below_t: 2"), &input).outcome, OVF_CHARGE_ESTIMATED);
    input = input_of(&s, 1.9, 2.1);
    charge = charge_of(EXEMPT("mtow_below_t: 2"), &input);
    assert_int_equal(charge.outcome, OVF_CHARGE_ESTIMATED);
    assert_near(charge.amount.min, 0.0, 0.0);
    assert_true(charge.amount.max > 0.0);
    input = ovf_charge_input_of(&s);
    charge = charge_of(FILE_HEAD FORMULA "kind: flat, amount: 9, exemptions: [{name: x, source: "
                                         "none, mtow_below_t: 2}]}",
                       &input);
    assert_range(charge.amount, 0.0, 9.0);
    input = input_of(&s, 242.0, 242.0);
    assert_int_equal(charge_of(EXEMPT("state_aircraft: true"), &input).outcome,
                     OVF_CHARGE_ESTIMATED);
    input.is_state_aircraft = true;
    assert_int_equal(charge_of(EXEMPT("state_aircraft: true"), &input).outcome, OVF_CHARGE_EXEMPT);
    assert_int_equal(
        charge_of(EXEMPT("state_aircraft: true, valid_to: 2024-03-05"), &input).outcome,
        OVF_CHARGE_ESTIMATED);
    assert_int_equal(
        charge_of(EXEMPT("state_aircraft: true, registrations: [YI-*]"), &input).outcome,
        OVF_CHARGE_ESTIMATED);
    assert_int_equal(charge_of(EXEMPT("callsigns: [SIM001]"), &input).outcome, OVF_CHARGE_EXEMPT);
    s.from.airport = s.to.airport = "ORBI";
    assert_int_equal(charge_of(EXEMPT("circular: true"), &input).outcome, OVF_CHARGE_EXEMPT);
    s.to.airport = "ORMM";
    assert_int_equal(charge_of(EXEMPT("circular: true"), &input).outcome, OVF_CHARGE_ESTIMATED);
}

static void stays_of_a_flight_add_up_as_the_formula_says(void **state)
{
    (void)state;
    /* Entries at 0, 300 and 1000 km; exits at 200, 700 and 1100 km: 200 + 400 + 100, or 1100 */
    static const double entries_km[] = {0.0, 300.0, 1000.0};
    static const double exits_km[] = {200.0, 700.0, 1100.0};
    struct ovf_subject s[3];
    struct ovf_charge_input inputs[3];
    struct ovf_charge charges[3];
    for (size_t i = 0; i < 3; i++) {
        s[i] = stay("a", 0.0);
        s[i].entry_lon_deg = 44.0 + equator_deg(entries_km[i]);
        s[i].exit_lon_deg = 44.0 + equator_deg(exits_km[i]);
        inputs[i] = input_of(&s[i], 50.0, 50.0);
    }
    s[2].role = OVF_ROLE_ARRIVAL;
    assert_int_equal(ovf_charges_estimate(formulas_of(EUROCONTROL "}"), inputs, 3, charges),
                     OVF_OK);
    assert_range(charges[0].amount, 2.00, 2.00);
    assert_range(charges[1].amount, 4.00, 4.00);
    assert_range(charges[2].amount, 0.80, 0.80);
    assert_int_equal(
        ovf_charges_estimate(formulas_of(EUROCONTROL ", reentry: span}"), inputs, 3, charges),
        OVF_OK);
    assert_range(charges[0].amount, 10.80, 10.80);
    assert_int_equal(charges[1].outcome, OVF_CHARGE_INCLUDED);
    assert_int_equal(charges[2].outcome, OVF_CHARGE_INCLUDED);
    assert_int_equal(charges[2].with, 0);
    assert_int_equal(
        ovf_charges_estimate(formulas_of(EUROCONTROL ", reentry: once}"), inputs, 3, charges),
        OVF_OK);
    assert_range(charges[0].amount, 2.00, 2.00);
    assert_int_equal(charges[1].outcome, OVF_CHARGE_INCLUDED);
    s[1].flight_id = "b"; /* another flight is charged for itself */
    assert_int_equal(
        ovf_charges_estimate(formulas_of(EUROCONTROL ", reentry: once}"), inputs, 3, charges),
        OVF_OK);
    assert_range(charges[1].amount, 4.00, 4.00);
    assert_int_equal(charges[2].with, 0);
}

/* From 0 to 1,000 km, unheard from 400 to 600: one stay of 1,000 km less 20 for its landing (9.8), or two, of 400 to
 * 600 and of 400 to 600 less 20 (7.8 to 11.8). Places in between are 3.1 km apart, so that ends in a gap are off by
 * half. */
static void what_is_perhaps_one_stay_is_charged_as_one_and_as_two(void **state)
{
    (void)state;
    struct ovf_subject s[3];
    struct ovf_charge_input inputs[3];
    struct ovf_charge charges[3];
    for (size_t i = 0; i < 3; i++) {
        s[i] = stay("a", 1000.0);
        s[i].role = OVF_ROLE_ARRIVAL;
    }
    s[0].exit_perhaps_stayed = true;
    s[1].entry_perhaps_stayed = true;
    s[1].entry = (struct ovf_when){true, at("2024-03-05T10:30Z"), at("2024-03-05T10:50Z")};
    s[1].stay_entered_ns = s[0].entry.min_ns;
    s[0].stay_id = s[1].stay_id = "a";
    s[2].airspace = "OIIXFIR";
    for (size_t i = 0; i < 3; i++)
        inputs[i] = input_of(&s[i], 50.0, 50.0);
    assert_int_equal(inputs[1].entered.min_ns, s[0].entry.min_ns);
    assert_int_equal(inputs[1].entered.max_ns, s[1].entry.max_ns);
    const struct ovf_charge_end gap = {
        {{0.0, 44.0 + equator_deg(400.0)}, {0.0, 44.0 + equator_deg(600.0)}}};
    inputs[0].exit = gap;
    inputs[1].entry = gap;
    assert_int_equal(ovf_charges_estimate(formulas_of(EUROCONTROL "}"), inputs, 3, charges),
                     OVF_OK);
    assert_int_equal(charges[0].n_landings, 1);
    assert_range(charges[0].distance_km, 980.0, 980.0);
    assert_near(charges[0].amount.min, 7.8, 0.05);
    assert_near(charges[0].amount.max, 11.8, 0.05);
    assert_int_equal(charges[1].outcome, OVF_CHARGE_INCLUDED);
    assert_int_equal(charges[1].with, 0);
    assert_int_equal(charges[2].outcome, OVF_CHARGE_NO_FORMULA);
    const char *const flat = FILE_HEAD FORMULA "kind: flat, amount: 450}";
    assert_int_equal(ovf_charges_estimate(formulas_of(flat), inputs, 3, charges), OVF_OK);
    assert_range(charges[0].amount, 450.0, 900.0);
    assert_int_equal(charges[1].outcome, OVF_CHARGE_INCLUDED);
    assert_int_equal(
        ovf_charges_estimate(formulas_of(EUROCONTROL ", reentry: once}"), inputs, 3, charges),
        OVF_OK);
    assert_near(charges[0].amount.min, 4.0, 0.05);
    assert_near(charges[0].amount.max, 9.8, 0.05);
    assert_int_equal(
        ovf_charges_estimate(formulas_of(EUROCONTROL ", reentry: span}"), inputs, 3, charges),
        OVF_OK);
    assert_range(charges[0].amount, 9.8, 9.8);
}

static void sums_are_by_operator_and_month(void **state)
{
    (void)state;
    struct ovf_subject s[5];
    struct ovf_charge_input inputs[5];
    struct ovf_charge charges[5];
    struct ovf_charge_sum *sums = NULL;
    size_t n = 0;
    for (size_t i = 0; i < 5; i++) {
        static const char *const ids[] = {"a", "b", "c", "d", "e"};
        s[i] = stay(ids[i], 100.0);
        inputs[i] = input_of(&s[i], 50.0, 50.0);
    }
    s[1].aircraft.callsign = "SIN9";
    inputs[2].entered = (struct ovf_when){true, at("2024-02-29T23:00Z"), at("2024-02-29T23:00Z")};
    inputs[3].mass.is_known = false;
    s[4].airspace = "OIIXFIR";
    assert_int_equal(ovf_charges_estimate(formulas_of(EUROCONTROL "}"), inputs, 5, charges),
                     OVF_OK);
    assert_int_equal(ovf_charges_sum(inputs, charges, 5,
                                     OVF_CHARGES_BY_OPERATOR | OVF_CHARGES_BY_MONTH, &sums, &n),
                     OVF_OK);
    assert_int_equal(n, 3);
    assert_string_equal(sums[0].operator_icao, "SIM");
    assert_true(sums[0].month_ns == at("2024-02-01"));
    assert_range(sums[0].amount, 1.00, 1.00);
    assert_true(sums[1].month_ns == at("2024-03-01"));
    assert_int_equal(sums[1].n_estimated, 1);
    assert_int_equal(sums[1].n_unknown, 1);
    assert_string_equal(sums[2].operator_icao, "SIN");
    free(sums);
    assert_int_equal(ovf_charges_sum(inputs, charges, 5, 0, &sums, &n), OVF_OK);
    assert_int_equal(n, 1);
    assert_range(sums[0].amount, 3.00, 3.00);
    free(sums);
    assert_null(formulas_of(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_hundred_km_at_242_tonnes_are_eleven_service_units),
        cmocka_unit_test(a_landing_inside_deducts_twenty_km),
        cmocka_unit_test(three_hundred_miles_are_185_25_usd),
        cmocka_unit_test(masses_count_in_tenths_of_tonnes_and_halves_are_rounded_up),
        cmocka_unit_test(flat_rates_differ_by_day_and_type),
        cmocka_unit_test(bands_hold_their_upper_end),
        cmocka_unit_test(what_is_not_known_gives_no_amount_or_a_range),
        cmocka_unit_test(states_other_editions_and_what_was_not_entered_are_refused),
        cmocka_unit_test(zones_are_called_by_their_names),
        cmocka_unit_test(exemptions_are_dated_and_may_hang_on_the_mass),
        cmocka_unit_test(stays_of_a_flight_add_up_as_the_formula_says),
        cmocka_unit_test(what_is_perhaps_one_stay_is_charged_as_one_and_as_two),
        cmocka_unit_test(sums_are_by_operator_and_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
