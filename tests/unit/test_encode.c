/* SPDX-License-Identifier: Apache-2.0 */
/* The simulator's transponder against the decoder, neither of which knows the other: what is put in comes out, within
 * the steps of each field. Published frames are made again ("The 1090 Megahertz Riddle"). */
#include "test.h"

#include <string.h>

#include "decode/cpr.h"
#include "decode/modes.h"
#include "decode/registers.h"
#include "simulate/encode.h"

static const struct ovf_encode_sender airborne = {0xF10001, 17, 5};

static struct ovf_message decode(struct ovf_encoded encoded)
{
    struct ovf_radio_frame frame = {.n_bytes = (uint8_t)encoded.n_bytes};
    struct ovf_message m;
    memcpy(frame.bytes, encoded.bytes, sizeof frame.bytes);
    assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_GOOD);
    if (m.velocity != 0)
        ovf_bds09_read_velocity(&m);
    assert_int_equal(m.address, 0xF10001);
    return m;
}

static uint32_t next(uint32_t *random)
{
    *random = *random * 1664525 + 1013904223;
    return *random >> 8;
}

static double between(uint32_t *random, double low, double high)
{
    return low + (high - low) * (next(random) / (double)(1 << 24));
}

static void published_frames_are_made_again(void **state)
{
    (void)state;
    const struct ovf_encode_sender klm = {0x40621D, 17, 5};
    const struct ovf_encode_place place = {
        .lat_deg = 52.2572021484375, .lon_deg = 3.91937255859375, .type_code = 11, .alt_ft = 38000};
    assert_memory_equal(ovf_encode_airborne(&klm, &place).bytes,
                        "\x8D\x40\x62\x1D\x58\xC3\x82\xD6\x90\xC8\xAC\x28\x63\xA7", 14);
    const struct ovf_encode_sender other = {0x406B90, 17, 5};
    /* its category is A0, the simulator's A3: the same but for these bits and the parity */
    const struct ovf_encoded name = ovf_encode_identification(&other, "EZY85MH");
    assert_memory_equal(name.bytes, "\x8D\x40\x6B\x90\x23\x15\xA6\x78\xD4\xD2\x20", 11);
}

static void names_and_squawks_come_back(void **state)
{
    (void)state;
    static const char *const callsigns[] = {"SIM1", "SIM12345", "A", "ZZ9"};
    for (size_t i = 0; i < 4; i++) {
        char padded[8] = {0};
        memcpy(padded, callsigns[i], strlen(callsigns[i]));
        const struct ovf_message m = decode(ovf_encode_identification(&airborne, callsigns[i]));
        assert_memory_equal(m.callsign, padded, 8);
        assert_string_equal(m.category, "A3");
    }
    for (unsigned i = 1; i < 4096; i++) {
        const unsigned squawk = (i >> 9) * 1000 + (i >> 6 & 7) * 100 + (i >> 3 & 7) * 10 + (i & 7);
        assert_int_equal(decode(ovf_encode_status(&airborne, squawk)).squawk, squawk);
    }
}

static void places_come_back_within_a_step(void **state)
{
    (void)state;
    uint32_t random = 42;
    for (int i = 0; i < (OVF_SANITIZED ? 3000 : 20000); i++) {
        const bool on_ground = i % 4 == 3;
        struct ovf_encode_place place = {
            .lat_deg = between(&random, -89.9, 89.9),
            .lon_deg = between(&random, -180, 180),
            .type_code = on_ground ? 7 : 11,
            .alt_ft = (int32_t)(next(&random) % 2000) * 25 - 1000,
            .gs_kt = between(&random, 0, 60),
            .track_deg = between(&random, 0, 360),
        };
        const struct ovf_encode_sender sender = {0xF10001, 17, on_ground ? 4 : 5};
        const struct ovf_point near = {(int32_t)lround((place.lat_deg + 0.1) * 1e7),
                                       ovf_lon_wrap(llround((place.lon_deg + 0.1) * 1e7))};
        struct ovf_message halves[2];
        for (int k = 0; k < 2; k++) {
            place.is_odd = k == 1;
            halves[k] = decode(on_ground ? ovf_encode_surface(&sender, &place)
                                         : ovf_encode_airborne(&sender, &place));
            assert_int_equal(halves[k].on_ground, on_ground);
            assert_int_equal(halves[k].cpr.is_odd, k);
            if (!on_ground)
                assert_int_equal(halves[k].alt_baro_ft, place.alt_ft);
            else
                assert_near(halves[k].gs_kt, place.gs_kt, place.gs_kt < 15 ? 0.5 : 1);
        }
        struct ovf_point at;
        if (!ovf_cpr_global(&halves[0].cpr, &halves[1].cpr, i % 2 == 1, &near, &at))
            continue; /* the two latitudes lie on either side of a limit of zones */
        const double step_deg = (on_ground ? 90.0 : 360.0) / 131072;
        const int nl = ovf_cpr_zones(place.lat_deg);
        assert_near(ovf_deg_from_e7(at.lat_e7), place.lat_deg, step_deg / 59);
        assert_near(remainder(ovf_deg_from_e7(at.lon_e7) - place.lon_deg, 360), 0,
                    step_deg / (nl > 2 ? nl - 2 : 1));
    }
}

static void velocities_come_back_within_a_knot(void **state)
{
    (void)state;
    uint32_t random = 7;
    for (int i = 0; i < 5000; i++) {
        const struct ovf_encode_velocity velocity = {
            .gs_kt = between(&random, 60, 700),
            .track_deg = between(&random, 0, 360),
            .baro_rate_fpm = ((int32_t)(next(&random) % 201) - 100) * 64,
            .geom_minus_baro_ft = ((int32_t)(next(&random) % 201) - 100) * 25,
        };
        const struct ovf_message m = decode(ovf_encode_velocity(&airborne, &velocity));
        assert_near(m.gs_kt, velocity.gs_kt, 0.75);
        assert_near(remainder(m.track_deg - velocity.track_deg, 360), 0, 0.75 / 60 * 57.3);
        assert_int_equal(m.baro_rate_fpm, velocity.baro_rate_fpm);
        assert_int_equal(m.geom_minus_baro_ft, velocity.geom_minus_baro_ft);
    }
}

static void quality_comes_back(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 64; i++) {
        const struct ovf_message m =
            decode(ovf_encode_operation(&airborne, i % 2 == 1, i / 4, i % 4));
        assert_int_equal(m.version, 2);
        assert_int_equal(m.nac_p, i / 4);
        assert_int_equal(m.sil, i % 4);
        assert_false(m.nic_a);
    }
    assert_int_equal(decode(ovf_encode_all_call(0xF10001, 4)).on_ground, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_frames_are_made_again),
        cmocka_unit_test(names_and_squawks_come_back),
        cmocka_unit_test(places_come_back_within_a_step),
        cmocka_unit_test(velocities_come_back_within_a_knot),
        cmocka_unit_test(quality_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
