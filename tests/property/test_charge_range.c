/* SPDX-License-Identifier: Apache-2.0 */
/* Of a crossing that begins and ends in gaps: wherever on the straight ways between the fixes it entered and left,
 * the distance lies within what the charge says, and that is no wider than the ways are long. Places all over the
 * globe, gaps of up to 2,000 km; seed 1. */
#include "test.h"

#include "geo/geodesic.h"
#include "rules/charge.h"
#include "simulate/random.h"

enum { N_CROSSINGS = OVF_SANITIZED ? 20 : 60, N_PLACES = 40 };

static const char file[] = "formulas: [{name: a, source: b, kind: gcd_rate, airspace: fir, codes: "
                           "[ORBB], valid_from: 2012-01-01, currency: USD, rate: 1}]";

static struct ovf_point random_point(struct ovf_random *random, double lat_deg, double lon_deg,
                                     double away_deg)
{
    const double lat = ovf_random_between(random, lat_deg - away_deg, lat_deg + away_deg);
    const double lon = ovf_random_between(random, lon_deg - away_deg, lon_deg + away_deg);
    return (struct ovf_point){(int32_t)lround(lat * 1e7), ovf_lon_wrap(llround(lon * 1e7))};
}

static struct ovf_charge_place place_of(struct ovf_point at)
{
    return (struct ovf_charge_place){ovf_deg_from_e7(at.lat_e7), ovf_deg_from_e7(at.lon_e7)};
}

static struct ovf_charge_place place_on(const struct ovf_geodesic *way, double fraction)
{
    struct ovf_charge_place place;
    ovf_geodesic_at(way, fraction, &place.lat_deg, &place.lon_deg);
    return place;
}

static void check_crossing(const struct ovf_formulas *formulas, struct ovf_random *random)
{
    const struct ovf_subject subject = {
        .id = "a",
        .flight_id = "a",
        .airspace = "ORBB",
        .kind = "fir",
        .edition = "",
        .entry = {true, INT64_C(1700000000000000000), INT64_C(1700000000000000000)}};
    const double lat_deg = ovf_random_between(random, -70.0, 70.0);
    const double lon_deg = ovf_random_between(random, -180.0, 180.0);
    struct ovf_point ends[4];
    for (size_t i = 0; i < 4; i++)
        ends[i] = random_point(random, lat_deg, lon_deg, 8.0);
    const struct ovf_geodesic in = ovf_geodesic_between(ends[0], ends[1]);
    const struct ovf_geodesic out = ovf_geodesic_between(ends[2], ends[3]);
    struct ovf_charge_input input = ovf_charge_input_of(&subject);
    struct ovf_charge charge;
    input.entry = (struct ovf_charge_end){{place_of(ends[0]), place_of(ends[1])}};
    input.exit = (struct ovf_charge_end){{place_of(ends[2]), place_of(ends[3])}};
    assert_int_equal(ovf_charges_estimate(formulas, &input, 1, &charge), OVF_OK);
    assert_int_equal(charge.outcome, OVF_CHARGE_ESTIMATED);
    for (size_t i = 0; i < N_PLACES; i++) {
        const struct ovf_charge_place a = place_on(&in, ovf_random_unit(random));
        const struct ovf_charge_place b = place_on(&out, ovf_random_unit(random));
        const double km =
            ovf_geodesic_length_m(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) / 1000.0;
        assert_true(km >= charge.distance_km.min && km <= charge.distance_km.max);
    }
    /* By the triangle inequality, and a step at either end. */
    assert_true(charge.distance_km.max - charge.distance_km.min <=
                (in.length_m + out.length_m) / 1000.0 * (1.0 + 2.0 / 64.0));
}

static void the_range_holds_every_place_on_the_way(void **state)
{
    (void)state;
    struct ovf_case_store store = {0};
    struct ovf_formulas formulas;
    struct ovf_error err = {0};
    struct ovf_random random = ovf_random_stream(1, 0, 0);
    assert_int_equal(ovf_formulas_read(ovf_bytes_from_text(file), &store, &formulas, &err), OVF_OK);
    for (int i = 0; i < N_CROSSINGS; i++)
        check_crossing(&formulas, &random);
    ovf_case_store_deinit(&store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_range_holds_every_place_on_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
