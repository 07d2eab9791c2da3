/* SPDX-License-Identifier: Apache-2.0 */
/* Single frames. Those with an address of a real aircraft and what they say are the worked examples of J. Sun, "The
 * 1090 Megahertz Riddle", 2nd edition (2021), and the vectors of pyModeS (tests, v2); the rest are put together here
 * from the bit tables of DO-260B. */
#include "test.h"

#include "decode/altitude.h"
#include "decode/commb.h"
#include "decode/crc24.h"
#include "decode/integrity.h"
#include "decode/modes.h"
#include "decode/registers.h"
#include "test_frames.h"

static struct ovf_message read_good(const char *hex)
{
    struct ovf_message m;
    const struct ovf_radio_frame frame = frame_of(hex);
    assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_GOOD);
    if (m.velocity != 0)
        ovf_bds09_read_velocity(&m);
    return m;
}

static struct ovf_message read_made(const char *hex)
{
    struct ovf_message m;
    const struct ovf_radio_frame frame = frame_with_parity(hex);
    assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_GOOD);
    if (m.velocity != 0)
        ovf_bds09_read_velocity(&m);
    return m;
}

static struct ovf_message read_commb(const char *hex)
{
    struct ovf_message m;
    const struct ovf_radio_frame frame = frame_of(hex);
    const struct ovf_commb_known nothing = {.has_velocity = false};
    assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_ADDRESS);
    ovf_commb_read(frame.bytes + 4, &nothing, &m);
    return m;
}

static void parity_of_published_frames(void **state)
{
    (void)state;
    static const struct {
        const char *hex;
        uint32_t remainder;
    } frames[] = {
        {"8D406B902015A678D4D220AA4BDA", 0},        {"8D4840D6202CC371C32CE0576098", 0},
        {"8D4CA251204994B1C36E60A5343D", 16},       {"5D484FDEA248F5", 22},
        {"C80B2DCA34AA21DD821A04CB64D4", 10719924}, {"A800089D8094E33A6004E4B8A522", 4805588},
        {"A000139381951536E024D4CCF6B5", 0x3C4DD2}, {"A0001839CA3800315800007448D9", 0x400940},
    };
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        const struct ovf_radio_frame frame = frame_of(frames[i].hex);
        assert_int_equal(ovf_crc24(frame.bytes, frame.n_bytes), frames[i].remainder);
    }
}

static void every_single_wrong_bit_is_found(void **state) /* B10 */
{
    (void)state;
    const struct ovf_radio_frame good = frame_of("8D4840D6202CC371C32CE0576098");
    for (unsigned bit = 1; bit <= 112; bit++) {
        struct ovf_radio_frame bad = good;
        struct ovf_message m;
        bad.bytes[(bit - 1) / 8] ^= (unsigned char)(0x80 >> (bit - 1) % 8);
        assert_int_equal(ovf_crc24_wrong_bit(ovf_crc24(bad.bytes, 14), 112), bit);
        const enum ovf_parity parity = ovf_modes_read(&bad, &m);
        if (bit > 5) {
            assert_int_equal(parity, OVF_PARITY_CORRECTED);
            assert_int_equal(m.address, 0x4840D6);
            assert_true(m.is_corrected);
            assert_memory_equal(m.callsign, "KLM1023", 8);
        } else {
            assert_true(parity != OVF_PARITY_GOOD && parity != OVF_PARITY_CORRECTED);
        }
    }
}

static void the_format_is_not_put_right(void **state)
{
    (void)state;
    /* a whole frame of format 16, its fifth bit wrong: that is 17, whose parity one bit would mend */
    struct ovf_radio_frame frame = frame_with_parity("80F10001202CC371C32CE0000000");
    struct ovf_message m;
    frame.bytes[0] ^= 0x08;
    assert_int_equal(ovf_crc24_wrong_bit(ovf_crc24(frame.bytes, 14), 112), 5);
    assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_BAD);
}

static void two_wrong_bits_are_bad(void **state) /* B10 */
{
    (void)state;
    unsigned n_corrected = 0;
    for (unsigned a = 6; a <= 112; a++) {
        for (unsigned b = a + 1; b <= 112; b++) {
            struct ovf_radio_frame bad = frame_of("8D4840D6202CC371C32CE0576098");
            struct ovf_message m;
            bad.bytes[(a - 1) / 8] ^= (unsigned char)(0x80 >> (a - 1) % 8);
            bad.bytes[(b - 1) / 8] ^= (unsigned char)(0x80 >> (b - 1) % 8);
            n_corrected += ovf_modes_read(&bad, &m) != OVF_PARITY_BAD ? 1 : 0;
        }
    }
    assert_int_equal(n_corrected, 0); /* the code's distance is 6 */
}

static void formats_and_lengths_that_do_not_go_together_are_none(void **state) /* B11 */
{
    (void)state;
    for (unsigned df = 0; df < 32; df++) {
        struct ovf_radio_frame frame = {.n_bytes = 14};
        struct ovf_message m;
        frame.bytes[0] = (unsigned char)(df << 3);
        const bool is_long = df == 16 || df == 17 || df == 18 || df == 20 || df == 21;
        const bool is_short = df == 0 || df == 4 || df == 5 || df == 11;
        assert_int_equal(ovf_modes_read(&frame, &m) != OVF_PARITY_NONE, is_long);
        frame.n_bytes = 7;
        assert_int_equal(ovf_modes_read(&frame, &m) != OVF_PARITY_NONE, is_short);
        frame.n_bytes = 2;
        assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_NONE);
    }
}

static void identification(void **state)
{
    (void)state;
    struct ovf_message m = read_good("8D4840D6202CC371C32CE0576098");
    assert_int_equal(m.address, 0x4840D6);
    assert_int_equal(m.source, OVF_MESSAGE_ADSB);
    assert_int_equal(m.bds, 0x08);
    assert_memory_equal(m.callsign, "KLM1023", 8);
    assert_string_equal(m.category, "A0");
    m = read_good("8D406B902015A678D4D220AA4BDA");
    assert_memory_equal(m.callsign, "EZY85MH", 8);
    /* a character that is none, 0x3F: no name */
    m = read_made("8D4840D620FFC371C32CE0000000");
    assert_int_equal(m.has & OVF_MESSAGE_CALLSIGN, 0);
}

static void airborne_position(void **state)
{
    (void)state;
    const struct ovf_message m = read_good("8D40621D58C382D690C8AC2863A7");
    assert_int_equal(m.type_code, 11);
    assert_int_equal(m.alt_baro_ft, 38000);
    assert_int_equal(m.cpr.lat, 93000); /* the book's worked example */
    assert_int_equal(m.cpr.lon, 51372);
    assert_false(m.cpr.is_odd);
    assert_false(m.cpr.is_surface);
    assert_true(read_good("8D40621D58C386435CC412692AD6").cpr.is_odd);
}

static void a_geometric_altitude_is_no_barometric_one(void **state)
{
    (void)state;
    const struct ovf_message m = read_made("8D40621DA0C382D690C8AC000000"); /* type code 20 */
    assert_int_equal(m.has & OVF_MESSAGE_ALT_BARO, 0);
    assert_true((m.has & OVF_MESSAGE_ALT_GEOM) != 0);
    assert_int_equal(m.alt_geom_ft, 38000);
}

static void altitude_code_0_is_not_available(void **state)
{
    (void)state;
    const struct ovf_message m = read_made("8D40621D580002D690C8AC000000");
    assert_int_equal(m.has & (OVF_MESSAGE_ALT_BARO | OVF_MESSAGE_ALT_GEOM), 0);
    assert_true((m.has & OVF_MESSAGE_CPR) != 0);
}

static void surface_position(void **state)
{
    (void)state;
    struct ovf_message m = read_good("8C4841753A9A153237AEF0F275BE");
    assert_true(m.cpr.is_surface);
    assert_true(m.on_ground);
    assert_near(m.gs_kt, 17, 0);
    assert_near(m.track_deg, 92.8125, 0);
    m = read_good("8C4841753AAB238733C8CD4020B1");
    assert_near(m.gs_kt, 18, 0);
    assert_near(m.track_deg, 140.625, 0);
    assert_int_equal(m.cpr.lat, 0x1c399);
    assert_int_equal(m.cpr.lon, 0x1c8cd);
}

static void movement_is_the_table_of_the_standard(void **state)
{
    (void)state;
    /* DO-260B table 2-15: the first and last of each run */
    static const struct {
        unsigned movement;
        double gs_kt; /* negative: none */
    } rows[] = {{0, -1},    {1, 0},     {2, 0.125}, {8, 0.875}, {9, 1},   {12, 1.75},
                {13, 2},    {38, 14.5}, {39, 15},   {93, 69},   {94, 70}, {108, 98},
                {109, 100}, {123, 170}, {124, 175}, {125, -1},  {127, -1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char hex[40];
        (void)snprintf(hex, sizeof hex, "8C484175%02X%X8153237AEF0000000",
                       0x38 | rows[i].movement >> 4, rows[i].movement & 15);
        const struct ovf_message m = read_made(hex);
        assert_int_equal((m.has & OVF_MESSAGE_GS) != 0, rows[i].gs_kt >= 0);
        if (rows[i].gs_kt >= 0)
            assert_near(m.gs_kt, rows[i].gs_kt, 0);
    }
}

static void velocity_over_ground(void **state)
{
    (void)state;
    const struct ovf_message m = read_good("8D485020994409940838175B284F");
    assert_near(m.gs_kt, 159.20, 0.005);
    assert_near(m.track_deg, 182.88, 0.005);
    assert_int_equal(m.geom_rate_fpm, -832); /* bit 36 is 0: GNSS */
    assert_int_equal(m.has & OVF_MESSAGE_BARO_RATE, 0);
    assert_int_equal(m.geom_minus_baro_ft, 550);
}

static void velocity_through_air(void **state)
{
    (void)state;
    const struct ovf_message m = read_good("8DA05F219B06B6AF189400CBC33F");
    assert_int_equal(m.subtype, 3);
    assert_near(m.heading_deg, 243.98, 0.005);
    assert_near(m.tas_kt, 375, 0);
    assert_int_equal(m.has & OVF_MESSAGE_GS, 0);
    assert_int_equal(m.baro_rate_fpm, -2304);
}

static void supersonic_velocity_is_four_times_as_fast(void **state)
{
    (void)state;
    struct ovf_message m = read_made("8D4850209A4409940838170000"
                                     "00");
    assert_near(m.gs_kt, 4 * 159.20, 0.02);
    assert_near(m.track_deg, 182.88, 0.005);
    m = read_made("8DA05F219C06B6AF189400000000");
    assert_near(m.tas_kt, 4 * 375, 0);
    /* subtypes that there are none of say nothing */
    assert_int_equal(read_made("8DA05F219806B6AF189400000000").has & ~(uint32_t)OVF_MESSAGE_GROUND,
                     0);
    assert_int_equal(read_made("8DA05F219D06B6AF189400000000").has & ~(uint32_t)OVF_MESSAGE_GROUND,
                     0);
}

static void status(void **state)
{
    (void)state;
    const struct ovf_message m = read_good("8DA2C1B6E112B600000000760759");
    assert_int_equal(m.bds, 0x61);
    assert_int_equal(m.squawk, 6513);
    assert_int_equal(m.emergency, 0);
    assert_true((m.has & OVF_MESSAGE_EMERGENCY) != 0);
}

static void target_state(void **state)
{
    (void)state;
    const struct ovf_message m = read_good("8DA05629EA21485CBF3F8CADAEEB");
    assert_int_equal(m.bds, 0x62);
    assert_int_equal(m.selected_alt_ft, 16992);
    assert_near(m.qnh_hpa, 1012.8, 1e-9);
    assert_int_equal(m.nac_p, 9);
    assert_true(m.nic_baro);
    assert_int_equal(m.sil, 3);
}

static void operational_status_by_version(void **state)
{
    (void)state;
    /* bits 41-43 version, 44 supplement A, 45-48 NACp, 51-52 SIL, 53 NICbaro, 55 SIL supplement */
    struct ovf_message m = read_made("8D400000F8000000005A38000000"); /* 010 1 1010 00 11 1 0 0 0 */
    assert_int_equal(m.version, 2);
    assert_true(m.nic_a);
    assert_int_equal(m.nac_p, 10);
    assert_int_equal(m.sil, 3);
    assert_true(m.nic_baro);
    assert_true((m.has & OVF_MESSAGE_SIL_SUPPLEMENT) != 0);
    assert_false(m.sil_is_per_sample);
    assert_int_equal(m.has & OVF_MESSAGE_NIC_C, 0); /* in the air */
    m = read_made("8D400000F9001000005A38000000");  /* on the ground: bit 20 */
    assert_true(m.nic_c);
    assert_int_equal(m.has & OVF_MESSAGE_NIC_BARO, 0);
    m = read_made("8D400000F8000000003A38000000"); /* version 1 */
    assert_int_equal(m.version, 1);
    assert_int_equal(m.has & OVF_MESSAGE_SIL_SUPPLEMENT, 0);
    m = read_made("8D400000F8000000001A38000000"); /* version 0 states no more */
    assert_int_equal(m.version, 0);
    assert_int_equal(m.has & (OVF_MESSAGE_NAC_P | OVF_MESSAGE_SIL | OVF_MESSAGE_NIC_A), 0);
}

static void replies_hold_altitude_or_identity(void **state)
{
    (void)state;
    struct ovf_message m;
    struct ovf_radio_frame frame = frame_of("A02014B400000000000000F9D514");
    assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_ADDRESS);
    assert_int_equal(m.alt_baro_ft, 32300);
    frame = frame_of("A800292DFFBBA9383FFCEB903D01");
    assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_ADDRESS);
    assert_int_equal(m.squawk, 1346);
    frame = frame_of("2A00516D492B80");
    assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_ADDRESS);
    assert_int_equal(m.squawk, 356);
}

static void ground_stations_words_are_told_from_the_aircrafts(void **state)
{
    (void)state;
    static const struct {
        const char *hex;
        uint8_t source;
        bool is_label;
    } rows[] = {
        {"90484175"
         "58C382D690C8AC000000",
         OVF_MESSAGE_ADSB, false}, /* CF 0 */
        {"91484175"
         "58C382D690C8AC000000",
         OVF_MESSAGE_ADSB, true},
        {"92484175"
         "58C382D690C8AC000000",
         OVF_MESSAGE_TISB, false},
        {"92484175"
         "59C382D690C8AC000000",
         OVF_MESSAGE_TISB, true}, /* IMF */
        {"95484175"
         "58C382D690C8AC000000",
         OVF_MESSAGE_TISB, true},
        {"96484175"
         "58C382D690C8AC000000",
         OVF_MESSAGE_ADSR, false},
        {"96484175"
         "59C382D690C8AC000000",
         OVF_MESSAGE_ADSR, true},
        {"93484175"
         "58C382D690C8AC000000",
         OVF_MESSAGE_TISB, false}, /* coarse: no position is read */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ovf_message m = read_made(rows[i].hex);
        assert_int_equal(m.source, rows[i].source);
        assert_int_equal(m.address, 0x484175 | (rows[i].is_label ? 1U << 24 : 0));
        assert_int_equal((m.has & OVF_MESSAGE_CPR) != 0, rows[i].hex[1] != '3');
    }
}

static void an_mlat_stamp_makes_the_source_mlat(void **state)
{
    (void)state;
    struct ovf_radio_frame frame = frame_with_parity("9248417558C382D690C8AC000000");
    struct ovf_message m;
    ovf_radio_frame_stamp(&frame, UINT64_C(0xFF004D4C4154));
    assert_int_equal(ovf_modes_read(&frame, &m), OVF_PARITY_GOOD);
    assert_int_equal(m.source, OVF_MESSAGE_MLAT);
}

static void gray_coded_altitudes(void **state)
{
    (void)state;
    /* pyModeS's tests of the code: D2 D4 A1 A2 A4 B1 B2 B4 C1 C2 C4 */
    static const struct {
        const char *bits;
        int32_t alt_ft;
    } rows[] = {{"00000000010", -1000}, {"00000001010", -500}, {"00000011011", -100},
                {"00000011010", 0},     {"00000011110", 100},  {"00000010011", 600},
                {"00000110010", 1000},  {"00001001001", 5800}, {"00011100100", 10300},
                {"01100011010", 32000}, {"01110000100", 46300}};
    /* where each of them stands among the thirteen */
    static const unsigned places[11] = {11, 13, 2, 4, 6, 8, 10, 12, 1, 3, 5};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t code = 0;
        int32_t alt_ft;
        for (size_t k = 0; k < 11; k++)
            code |= rows[i].bits[k] == '1' ? 1U << (13 - places[k]) : 0;
        assert_true(ovf_altitude_from_ac13(code, &alt_ft));
        assert_int_equal(alt_ft, rows[i].alt_ft);
    }
}

static void altitudes_of_a_position_are_those_of_a_reply_without_bit_m(void **state)
{
    (void)state;
    for (uint32_t code = 0; code < 1 << 12; code++) {
        int32_t of_reply_ft = 0;
        int32_t alt_ft = 0;
        const bool has = ovf_altitude_from_ac13((code >> 6) << 7 | (code & 0x3F), &of_reply_ft);
        assert_int_equal(ovf_altitude_from_ac12(code, &alt_ft), has);
        assert_int_equal(alt_ft, of_reply_ft);
    }
}

static void altitudes_in_metres_and_none(void **state)
{
    (void)state;
    int32_t alt_ft = 7;
    /* M, and 3048 m in the other twelve bits: 1011 1110 1000 */
    assert_true(ovf_altitude_from_ac13((0x2F << 7) | 0x40 | 0x28, &alt_ft));
    assert_int_equal(alt_ft, 10000);
    assert_false(ovf_altitude_from_ac13(0, &alt_ft));
    /* C digits that no altitude has: none, 5 and 7 in reflected code */
    assert_false(ovf_altitude_from_ac13(1 << (13 - 2), &alt_ft));
    assert_int_equal(alt_ft, 10000);
}

static void comm_b_registers(void **state)
{
    (void)state;
    struct ovf_message m = read_commb("A000083E202CC371C31DE0AA1CCF");
    assert_int_equal(m.bds, 0x20);
    assert_memory_equal(m.callsign, "KLM1017", 8);
    m = read_commb("A000029C85E42F313000007047D3");
    assert_int_equal(m.bds, 0x40);
    assert_int_equal(m.selected_alt_ft, 3008);
    assert_int_equal(m.fms_alt_ft, 3008);
    assert_near(m.qnh_hpa, 1020, 1e-9);
    m = read_commb("A000139381951536E024D4CCF6B5");
    assert_int_equal(m.bds, 0x50);
    assert_near(m.roll_deg, 2.109375, 0);
    assert_near(m.track_deg, 114.2578125, 0);
    assert_near(m.gs_kt, 438, 0);
    assert_near(m.track_rate_degps, 0.125, 0);
    assert_near(m.tas_kt, 424, 0);
    m = read_commb("A00004128F39F91A7E27C46ADC21");
    assert_int_equal(m.bds, 0x60);
    assert_near(m.heading_deg, 42.71484375, 0);
    assert_near(m.ias_kt, 252, 0);
    assert_near(m.mach, 0.42, 1e-9);
    assert_int_equal(m.baro_rate_fpm, -1920);
    assert_int_equal(m.geom_rate_fpm, -1920);
}

static void reports_that_differ_in_what_is_flown_are_told_apart(void **state)
{
    (void)state;
    /* pyModeS takes them for 5,0 when told that the aircraft flies 320 kt, 250 degrees at 14,000 ft; nothing flies
     * 401 kt by its airspeed indicator at Mach 0.644 and climbs at 5,344 ft/min by inertia, level by the barometer */
    assert_int_equal(read_commb("A8001EBCFFFB23286004A73F6A5B").bds, 0x50);
    assert_int_equal(read_commb("A8001EBCFE1B29287FDCA807BCFC").bds, 0x50);
    /* nor 336 kt at Mach 0.48: at sea level, the most, that is 318 kt */
    assert_int_equal(read_commb("A000029CFFBAA11E2004727281F1").bds, 0x50);
}

static void what_may_be_two_registers_is_none(void **state)
{
    (void)state;
    /* 5,0: level, track 206 degrees, 200 kt, 110 kt through the air. 6,0: north, 150 kt, Mach 0.4, level, climbing
     * at 1,760 ft/min by inertia */
    assert_int_equal(read_commb("A000000080192D19200437000000").bds, 0);
    /* link capability and common usage are not read, nor is nothing */
    assert_int_equal(read_commb("A800178D10010080F50000D5893C").bds, 0);
    assert_int_equal(read_commb("A0000638FA81C10000000081A92F").bds, 0);
    assert_int_equal(read_commb("A02014B400000000000000F9D514").bds, 0);
}

static void a_track_that_the_aircraft_does_not_fly_is_not_believed(void **state)
{
    (void)state;
    struct ovf_message m;
    const struct ovf_radio_frame frame = frame_of("A000139381951536E024D4CCF6B5");
    struct ovf_commb_known known = {.has_velocity = true, .gs_kt = 440, .track_deg = 110};
    (void)ovf_modes_read(&frame, &m);
    ovf_commb_read(frame.bytes + 4, &known, &m);
    assert_int_equal(m.bds, 0x50);
    known.track_deg = 290;
    (void)ovf_modes_read(&frame, &m);
    ovf_commb_read(frame.bytes + 4, &known, &m);
    assert_int_equal(m.bds, 0);
    assert_int_equal(m.has & OVF_MESSAGE_GS, 0);
}

static void integrity_by_type_code_version_and_supplements(void **state)
{
    (void)state;
    /* DO-260B table 2-11 and appendix N: rc_m 0 is unknown, nic -1 not stated */
    static const struct {
        uint8_t type_code;
        struct ovf_nic_supplements s;
        int nic;
        double rc_m;
    } rows[] = {
        {9, {2, 0, 0, 0}, 11, 7.5},    {11, {2, 0, 0, 0}, 8, 185.2},  {11, {2, 1, 1, 0}, 9, 75},
        {11, {1, 1, 0, 0}, 9, 75},     {11, {0, 1, 1, 0}, -1, 185.2}, {13, {2, 0, 1, 0}, 6, 555.6},
        {13, {2, 0, 0, 0}, 6, 926},    {13, {2, 1, 1, 0}, 6, 1111.2}, {13, {1, 1, 0, 0}, 6, 1111.2},
        {14, {2, 0, 0, 0}, 5, 1852},   {16, {2, 1, 1, 0}, 3, 7408},   {16, {2, 0, 0, 0}, 2, 14816},
        {16, {0, 0, 0, 0}, -1, 18520}, {17, {2, 0, 0, 0}, 1, 37040},  {18, {2, 0, 0, 0}, 0, 0},
        {18, {0, 0, 0, 0}, -1, 0},     {20, {2, 0, 0, 0}, 11, 7.5},   {22, {2, 0, 0, 0}, 0, 0},
        {7, {2, 1, 0, 0}, 9, 75},      {7, {2, 0, 0, 0}, 8, 185.2},   {8, {2, 1, 0, 1}, 7, 370.4},
        {8, {2, 1, 0, 0}, 6, 555.6},   {8, {2, 0, 0, 1}, 6, 1111.2},  {8, {2, 0, 0, 0}, 0, 0},
        {19, {2, 0, 0, 0}, -1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ovf_integrity got = ovf_integrity_of(rows[i].type_code, rows[i].s);
        assert_int_equal(got.has_nic ? got.nic : -1, rows[i].nic);
        assert_near(got.has_rc ? (double)got.rc_m : 0, rows[i].rc_m, 0.001);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parity_of_published_frames),
        cmocka_unit_test(every_single_wrong_bit_is_found),
        cmocka_unit_test(the_format_is_not_put_right),
        cmocka_unit_test(two_wrong_bits_are_bad),
        cmocka_unit_test(formats_and_lengths_that_do_not_go_together_are_none),
        cmocka_unit_test(identification),
        cmocka_unit_test(airborne_position),
        cmocka_unit_test(a_geometric_altitude_is_no_barometric_one),
        cmocka_unit_test(altitude_code_0_is_not_available),
        cmocka_unit_test(surface_position),
        cmocka_unit_test(movement_is_the_table_of_the_standard),
        cmocka_unit_test(velocity_over_ground),
        cmocka_unit_test(velocity_through_air),
        cmocka_unit_test(supersonic_velocity_is_four_times_as_fast),
        cmocka_unit_test(status),
        cmocka_unit_test(target_state),
        cmocka_unit_test(operational_status_by_version),
        cmocka_unit_test(replies_hold_altitude_or_identity),
        cmocka_unit_test(ground_stations_words_are_told_from_the_aircrafts),
        cmocka_unit_test(an_mlat_stamp_makes_the_source_mlat),
        cmocka_unit_test(gray_coded_altitudes),
        cmocka_unit_test(altitudes_in_metres_and_none),
        cmocka_unit_test(altitudes_of_a_position_are_those_of_a_reply_without_bit_m),
        cmocka_unit_test(comm_b_registers),
        cmocka_unit_test(reports_that_differ_in_what_is_flown_are_told_apart),
        cmocka_unit_test(what_may_be_two_registers_is_none),
        cmocka_unit_test(a_track_that_the_aircraft_does_not_fly_is_not_believed),
        cmocka_unit_test(integrity_by_type_code_version_and_supplements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
