/* SPDX-License-Identifier: Apache-2.0 */
/* A receiver's frames to fixes. Positions are those that tests/unit/test_decoder.c finds; what is checked here is
 * what a fix holds, and what becomes of recordings that cannot be dated. The frames are those of "The 1090 Megahertz
 * Riddle", their address changed for one of no state. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "base/time.h"
#include "read/receiver.h"
#include "simulate/encode.h"
#include "test_frames.h"

#define START_NS (INT64_C(1751328000) * OVF_NS_PER_S) /* 2025-07-01, by date -u */

enum { MAX_ROWS = 16 };

struct result {
    enum ovf_status status;
    enum ovf_reject reject;
    struct ovf_error err;
    struct ovf_tally rows;
    size_t n;
    uint32_t addresses[MAX_ROWS];
    struct ovf_fix fixes[MAX_ROWS];
};

static enum ovf_status keep(void *context, uint32_t address, const struct ovf_fix *fix,
                            const struct ovf_identity *identity)
{
    struct result *r = context;
    assert_null(identity);
    assert_true(r->n < MAX_ROWS);
    r->addresses[r->n] = address;
    r->fixes[r->n++] = *fix;
    return OVF_OK;
}

/** A frame to the stream, as Beast; \p stamp 0: that of \p at_s. */
static void put_bytes(struct ovf_buffer *out, const unsigned char *bytes, double at_s,
                      uint64_t stamp)
{
    unsigned char body[21] = {0};
    if (stamp == 0)
        stamp = 1000 + (uint64_t)(at_s * 12e6);
    for (int i = 0; i < 6; i++)
        body[i] = (unsigned char)(stamp >> (40 - 8 * i));
    body[6] = 100;
    memcpy(body + 7, bytes, 14);
    assert_int_equal(ovf_buffer_append(out,
                                       "\x1a"
                                       "3",
                                       2),
                     OVF_OK);
    for (size_t i = 0; i < sizeof body; i++)
        assert_int_equal(
            ovf_buffer_append(out, (const char[]){(char)body[i], 0x1a}, body[i] == 0x1a ? 2 : 1),
            OVF_OK);
}

/** A frame of aircraft F10001 (or \p head of another format and address). */
static void put(struct ovf_buffer *out, const char *head, const char *me, double at_s,
                uint64_t stamp)
{
    char hex[40];
    (void)snprintf(hex, sizeof hex, "%s%s000000", head, me);
    const struct ovf_radio_frame frame = frame_with_parity(hex);
    put_bytes(out, frame.bytes, at_s, stamp);
}

#define EVEN "58C382D690C8AC"
#define ODD "58C386435CC412"
#define ADSB "8DF10001"

static void read_stream(struct result *r, const struct ovf_buffer *bytes,
                        const struct ovf_read_options *options)
{
    struct ovf_receiver *receiver = NULL;
    memset(r, 0, sizeof *r);
    r->reject = OVF_REJECT_N;
    assert_int_equal(ovf_receiver_new(5, options, keep, r, &receiver), OVF_OK);
    for (size_t i = 0; i < bytes->len && r->status == OVF_OK; i++)
        r->status = ovf_receiver_feed(receiver, (struct ovf_bytes){bytes->data + i, 1}, NULL,
                                      &r->reject, &r->err);
    if (r->status == OVF_OK)
        r->status = ovf_receiver_finish(receiver, &r->reject, &r->err);
    r->rows = *ovf_receiver_rows(receiver);
    ovf_receiver_free(receiver);
}

static struct ovf_read_options started(void)
{
    return (struct ovf_read_options){.clock = ovf_clock_make(OVF_CLOCK_COUNTER, START_NS)};
}

static void a_confirmed_position_is_a_fix_with_what_was_heard_before(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    const struct ovf_read_options options = started();
    put(&bytes, ADSB, "202CC371C32CE0", 0, 0);   /* KLM1023 */
    put(&bytes, ADSB, "F8000000005A38", 0.1, 0); /* version 2, NIC supplement A, NACp 10, SIL 3 */
    put(&bytes, ADSB, "E112B600000000", 0.3, 0); /* squawk 6513 */
    /* the two positions of this pair lie 1.7 km apart: a quiet flight of 8 s */
    put(&bytes, ADSB, EVEN, 1, 0);
    put(&bytes, ADSB, ODD, 9, 0);
    put(&bytes, ADSB, EVEN, 17, 0);
    put(&bytes, ADSB, "9B06B6AF189400", 20, 0); /* heading 243.98, as in "The 1090 MHz Riddle" */
    put(&bytes, ADSB, ODD, 25, 0);
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.rows.n_used, 6);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_UNCONFIRMED], 2);
    assert_int_equal(r.addresses[0], 0xF10001);
    const struct ovf_fix *const fix = &r.fixes[0];
    assert_true(fix->t_ns == START_NS + 25 * OVF_NS_PER_S);
    assert_near(ovf_deg_from_e7(fix->at.lat_e7), 52.2657801, 1e-6);
    assert_near(ovf_deg_from_e7(fix->at.lon_e7), 3.9389125, 1e-6);
    assert_int_equal(fix->alt_baro_ft, 38000);
    assert_int_equal(fix->source, OVF_SOURCE_ADSB);
    assert_memory_equal(fix->callsign, "KLM1023", 8);
    assert_int_equal(fix->squawk, 6513);
    assert_int_equal(fix->version, 2);
    assert_int_equal(fix->nic, 8);
    assert_int_equal(fix->nac_p, 10);
    assert_int_equal(fix->sil, 3);
    assert_int_equal(fix->sil_type, OVF_SIL_PER_HOUR);
    assert_near((double)fix->rc_m, 185.2, 0.001);
    assert_true((fix->flags & OVF_FIX_HELD) != 0);
    assert_near((double)fix->heading_deg, 243.98, 0.01);
    assert_int_equal(fix->has & OVF_FIX_GS, 0);
    assert_int_equal(fix->record.item, 5);
    assert_int_equal(fix->record.row, 7);
    ovf_buffer_deinit(&bytes);
}

/* The velocity of the case above with bits 11 to 13 of its 56 set to 010: NACv 2, which a ground station's message has
 * not there. A half is one of a pair when the other was sent 8 s before, and stands alone after 30 s. */
static void nac_v_holds_for_a_minute_and_how_a_position_was_decoded_is_told(void **state)
{
    (void)state;
    static const struct {
        double at_s;
        enum ovf_fix_decoding decoding;
        bool has_nac_v;
    } want[] = {{25, OVF_DECODING_CPR_GLOBAL, true},
                {55, OVF_DECODING_CPR_LOCAL, true},
                {61, OVF_DECODING_CPR_GLOBAL, false}};
    for (int is_own = 0; is_own < 2; is_own++) {
        const char *const head = is_own == 1 ? ADSB : "92F10001";
        struct ovf_buffer bytes = {0};
        struct result r;
        const struct ovf_read_options options = started();
        put(&bytes, head, "9B16B6AF189400", 0.5, 0);
        for (int k = 0; k < 3; k++)
            put(&bytes, head, k % 2 == 0 ? EVEN : ODD, 1 + 8 * k, 0);
        for (size_t i = 0; i < 3; i++)
            put(&bytes, head, i % 2 == 0 ? ODD : EVEN, want[i].at_s, 0);
        read_stream(&r, &bytes, &options);
        assert_int_equal(r.n, 3);
        for (size_t i = 0; i < 3; i++) {
            const bool has = is_own == 1 && want[i].has_nac_v;
            assert_int_equal(ovf_fix_decoding(&r.fixes[i]), want[i].decoding);
            assert_int_equal((r.fixes[i].has & OVF_FIX_NAC_V) != 0, has);
            assert_int_equal(ovf_fix_nac_v(&r.fixes[i]), has ? 2 : 0);
        }
        ovf_buffer_deinit(&bytes);
    }
}

/* The first case, heard at a stated place near by (52.2657801 N 3.9389125 E), and without one. */
static void who_heard_it_is_marked_where_its_place_is_stated(void **state)
{
    (void)state;
    for (int has = 0; has < 2; has++) {
        struct ovf_buffer bytes = {0};
        struct result r;
        struct ovf_read_options options = started();
        options.has_receiver = has == 1;
        options.receiver.at = (struct ovf_point){520000000, 40000000};
        for (int k = 0; k < 4; k++)
            put(&bytes, ADSB, k % 2 == 0 ? EVEN : ODD, 1 + 8 * k, 0);
        read_stream(&r, &bytes, &options);
        assert_true(r.n > 0);
        assert_int_equal(r.fixes[0].flags & OVF_FIX_DIRECT, has == 1 ? OVF_FIX_DIRECT : 0);
        ovf_buffer_deinit(&bytes);
    }
}

/** What comes is of the receiver of that id. */
static void put_receiver(struct ovf_buffer *out, const char id[8])
{
    assert_int_equal(ovf_buffer_append(out, "\x1a\xe3", 2), OVF_OK);
    assert_int_equal(ovf_buffer_append(out, id, 8), OVF_OK);
}

/* The first case, its frames heard by one after the other. Of the input's own place, of one that is told and of one
 * that is not, it is the second alone that says anything of what those it names heard. */
static void who_of_many_heard_it_is_kept_and_its_place_alone_counts(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    struct ovf_receivers receivers = {.n = 0};
    struct ovf_read_options options = started();
    const struct ovf_receiver_place place = {.at = {520000000, 40000000}};
    options.has_receiver = true;
    options.receiver.at = (struct ovf_point){520000000, 40000000};
    options.receivers = &receivers;
    assert_int_equal(ovf_receivers_tell(&receivers, UINT64_C(0x0000000000000201), &place), OVF_OK);
    for (int k = 0; k < 10; k++) {
        if (k == 5)
            put_receiver(&bytes, "\0\0\0\0\0\0\1\1");
        if (k == 6)
            put_receiver(&bytes, "\0\0\0\0\0\0\2\1");
        if (k == 8)
            put_receiver(&bytes, "\0\0\0\0\0\0\0\0"); /* nobody */
        if (k == 9)
            put_receiver(&bytes, "\0\0\0\0\0\0\2\1");
        put(&bytes, ADSB, k % 2 == 0 ? EVEN : ODD, 8 * k, 0);
    }
    read_stream(&r, &bytes, &options);
    static const struct {
        int at_s;
        uint16_t number;
        bool is_direct;
    } want[] = {{32, 0, true}, {40, 2, false}, {48, 1, true},
                {56, 1, true}, {64, 0, false}, {72, 1, true}};
    assert_true(r.n >= 6);
    for (size_t i = 0; i < 6; i++) {
        const struct ovf_fix *const fix = &r.fixes[r.n - 6 + i];
        assert_true(fix->t_ns == START_NS + want[i].at_s * OVF_NS_PER_S);
        assert_int_equal(fix->receiver, want[i].number);
        assert_int_equal((fix->flags & OVF_FIX_DIRECT) != 0, want[i].is_direct);
    }
    assert_int_equal(receivers.n, 2);
    assert_true(ovf_receivers_id(&receivers, 2) == 0x101);
    ovf_buffer_deinit(&bytes);
    ovf_receivers_deinit(&receivers);
}

/* Of two that hear messages without a position the place of the second alone is told: it is what the minute's hearing
 * is of. */
static void what_is_heard_nobody_knows_where_takes_no_turn(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    struct ovf_receivers receivers = {.n = 0};
    struct ovf_read_options options = started();
    const struct ovf_receiver_place place = {.at = {520000000, 40000000}};
    options.receivers = &receivers;
    assert_int_equal(ovf_receivers_tell(&receivers, 0x201, &place), OVF_OK);
    put_receiver(&bytes, "\0\0\0\0\0\0\1\1");
    put(&bytes, ADSB, "E112B600000000", 0, 0); /* squawk 6513 */
    put_receiver(&bytes, "\0\0\0\0\0\0\2\1");
    put(&bytes, ADSB, "E112B600000000", 1, 0);
    put(&bytes, ADSB, "E112B600000000", 2, 0);
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.n, 1);
    assert_true(ovf_fix_is_hearing(&r.fixes[0]));
    assert_int_equal(r.fixes[0].receiver, 1);
    assert_true(ovf_point_equal(r.fixes[0].at, place.at));
    assert_true(r.fixes[0].t_ns == START_NS + OVF_NS_PER_S);
    ovf_buffer_deinit(&bytes);
    ovf_receivers_deinit(&receivers);
}

/* Halves of a position on the ground are the same in every quarter of the globe: it takes a receiver to know which. */
static void a_half_on_the_ground_is_read_beside_the_one_that_heard_it(void **state)
{
    (void)state;
    for (int is_told = 0; is_told < 2; is_told++) {
        struct ovf_buffer bytes = {0};
        struct result r;
        struct ovf_receivers receivers = {.n = 0};
        struct ovf_read_options options = started();
        const struct ovf_receiver_place place = {.at = {519900000, 43750000}};
        options.receivers = &receivers;
        if (is_told == 1)
            assert_int_equal(ovf_receivers_tell(&receivers, 0x201, &place), OVF_OK);
        put_receiver(&bytes, "\0\0\0\0\0\0\2\1");
        const struct ovf_encode_sender sender = {0xF10001, 17, 4};
        struct ovf_encode_place stand = {.lat_deg = 52.32, .lon_deg = 4.73, .type_code = 7};
        for (int k = 0; k < 6; k++) {
            stand.is_odd = k % 2 == 1;
            put_bytes(&bytes, ovf_encode_surface(&sender, &stand).bytes, 2 * k, 0);
        }
        read_stream(&r, &bytes, &options);
        assert_int_equal(r.n > 0, is_told == 1);
        for (size_t i = 0; i < r.n; i++) {
            assert_near(ovf_deg_from_e7(r.fixes[i].at.lat_e7), 52.32, 2e-5);
            assert_near(ovf_deg_from_e7(r.fixes[i].at.lon_e7), 4.73, 2e-5);
        }
        ovf_buffer_deinit(&bytes);
        ovf_receivers_deinit(&receivers);
    }
}

/* A frame half a minute ahead of the others waits for the next to tell whether its stamp is right; meanwhile
 * the stream goes over to another receiver. It is still of the one before. */
static void a_frame_that_waits_keeps_who_heard_it(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    struct ovf_receivers receivers = {.n = 0};
    struct ovf_read_options options = started();
    options.receivers = &receivers;
    put_receiver(&bytes, "\0\0\0\0\0\0\1\1");
    for (int k = 0; k < 4; k++)
        put(&bytes, ADSB, k % 2 == 0 ? EVEN : ODD, 8 * k, 0);
    put(&bytes, ADSB, EVEN, 60, 0);
    put_receiver(&bytes, "\0\0\0\0\0\0\2\1");
    put(&bytes, ADSB, ODD, 88, 0);
    read_stream(&r, &bytes, &options);
    assert_true(r.n >= 2);
    assert_true(r.fixes[r.n - 2].t_ns == START_NS + 60 * OVF_NS_PER_S);
    assert_int_equal(r.fixes[r.n - 2].receiver, 1);
    assert_int_equal(r.fixes[r.n - 1].receiver, 2);
    ovf_buffer_deinit(&bytes);
    ovf_receivers_deinit(&receivers);
}

static void an_mlat_position_is_mlat_and_has_the_time_before(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    const struct ovf_read_options options = started();
    const uint64_t mlat = UINT64_C(0xFF004D4C4154);
    put(&bytes, ADSB, "202CC371C32CE0", 3, 0);
    for (int i = 0; i < 4; i++) {
        put(&bytes, "92F10001", i % 2 == 0 ? EVEN : ODD, 0, mlat);
        put(&bytes, ADSB, "202CC371C32CE0", 10 + 7 * i, 0);
    }
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.fixes[0].source, OVF_SOURCE_MLAT);
    assert_int_equal(r.fixes[0].has & (OVF_FIX_NAC_P | OVF_FIX_SIL | OVF_FIX_VERSION), 0);
    assert_true(r.fixes[0].t_ns == START_NS + 21 * OVF_NS_PER_S); /* 24 s less the first 3 */
    ovf_buffer_deinit(&bytes);
}

/** Four halves, of which the last, at 24 s, is the first fix. */
static void put_a_fix(struct ovf_buffer *bytes)
{
    for (int i = 0; i < 4; i++)
        put(bytes, ADSB, i % 2 == 0 ? EVEN : ODD, 8 * i, 0);
}

static void a_stamp_broken_by_less_than_a_minute_costs_its_frame(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    const struct ovf_read_options options = started();
    put_a_fix(&bytes);
    put(&bytes, ADSB, EVEN, 60, 0); /* heard at 32 s */
    put(&bytes, ADSB, EVEN, 33, 0);
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_TIME], 1);
    assert_int_equal(r.n, 2);
    assert_true(r.fixes[1].t_ns == START_NS + 33 * OVF_NS_PER_S);
    assert_int_equal(r.fixes[1].record.row, 5);
    ovf_buffer_deinit(&bytes);
}

static void what_ends_a_silence_has_its_time_also_as_the_last(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    const struct ovf_read_options options = started();
    put_a_fix(&bytes);
    put(&bytes, ADSB, EVEN, 60, 0);
    for (size_t n = 2; n <= 4; n++) {
        struct result r;
        read_stream(&r, &bytes, &options);
        assert_int_equal(r.status, OVF_OK);
        assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_TIME], 0);
        assert_int_equal(r.n, n);
        for (size_t i = 1; i < n; i++) {
            assert_true(r.fixes[i].t_ns == START_NS + (32 + 28 * (int64_t)i) * OVF_NS_PER_S);
            assert_int_equal(r.fixes[i].record.row, 3 + i);
        }
        put(&bytes, ADSB, n % 2 == 0 ? ODD : EVEN, 32 + 28 * (double)n, 0);
    }
    ovf_buffer_deinit(&bytes);
}

static void without_a_start_the_recording_is_rejected(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    const struct ovf_read_options options = {.has_receiver = false};
    put(&bytes, ADSB, EVEN, 1, 0);
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.status, OVF_E_FORMAT);
    assert_int_equal(r.reject, OVF_REJECT_NO_START);
    assert_non_null(strstr(r.err.text, "--start"));
    ovf_buffer_deinit(&bytes);
}

static void stamps_of_the_other_kind_reject_the_recording(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    struct ovf_read_options options = {.clock = ovf_clock_make(OVF_CLOCK_GPS, START_NS)};
    for (unsigned i = 0; i < 4; i++)
        put(&bytes, ADSB, EVEN, 0, (UINT64_C(99999) << 30) + UINT64_C(12000000) * i);
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.status, OVF_E_FORMAT);
    assert_int_equal(r.reject, OVF_REJECT_NO_START);
    ovf_buffer_deinit(&bytes);
    options = started();
    for (unsigned i = 0; i < 300; i++)
        put(&bytes, ADSB, EVEN, 0, (uint64_t)(1000 + i) << 30 | 5);
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.status, OVF_E_FORMAT);
    assert_int_equal(r.reject, OVF_REJECT_NO_START);
    ovf_buffer_deinit(&bytes);
}

static void bytes_without_a_frame_are_no_recording(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    const struct ovf_read_options options = started();
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.reject, OVF_REJECT_NO_FRAMES);
    assert_int_equal(ovf_buffer_append_text(&bytes, "nothing of the kind"), OVF_OK);
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.status, OVF_E_FORMAT);
    assert_int_equal(r.reject, OVF_REJECT_NO_FRAMES);
    ovf_buffer_deinit(&bytes);
}

static void avr_is_read_as_well(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct result r;
    const struct ovf_read_options options = started();
    assert_int_equal(ovf_buffer_append_text(&bytes, "@000000001000"
                                                    "8D4840D6202CC371C32CE0576098;\r\n"
                                                    "@0000000020005D484FDEA248F5;\n"),
                     OVF_OK);
    read_stream(&r, &bytes, &options);
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.rows.n_used, 1);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_UNKNOWN_SENDER], 1);
    ovf_buffer_deinit(&bytes);
}

static void live_frames_have_the_time_at_which_they_came(void **state)
{
    (void)state;
    const struct ovf_read_options options = {.has_receiver = false}; /* and no --start */
    const struct ovf_encode_sender sender = {0xF10001, 17, 5};
    struct ovf_encode_place place = {.lat_deg = 46.5, .lon_deg = 7.25, .type_code = 11};
    struct result r = {.reject = OVF_REJECT_N};
    struct ovf_receiver *receiver = NULL;
    assert_int_equal(ovf_receiver_new(5, &options, keep, &r, &receiver), OVF_OK);
    for (int i = 0; i < 4; i++) {
        const int64_t now_ns = START_NS + i * OVF_NS_PER_S;
        struct ovf_buffer bytes = {0};
        place.is_odd = i % 2 == 1;
        put_bytes(&bytes, ovf_encode_airborne(&sender, &place).bytes, 1, 0);
        assert_int_equal(
            ovf_receiver_feed(receiver, ovf_buffer_bytes(&bytes), &now_ns, &r.reject, &r.err),
            OVF_OK);
        ovf_buffer_deinit(&bytes);
    }
    ovf_receiver_free(receiver);
    assert_int_equal(r.n, 1); /* the fourth confirms */
    assert_true(r.fixes[0].t_ns == START_NS + 3 * OVF_NS_PER_S);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_confirmed_position_is_a_fix_with_what_was_heard_before),
        cmocka_unit_test(nac_v_holds_for_a_minute_and_how_a_position_was_decoded_is_told),
        cmocka_unit_test(who_heard_it_is_marked_where_its_place_is_stated),
        cmocka_unit_test(who_of_many_heard_it_is_kept_and_its_place_alone_counts),
        cmocka_unit_test(what_is_heard_nobody_knows_where_takes_no_turn),
        cmocka_unit_test(a_half_on_the_ground_is_read_beside_the_one_that_heard_it),
        cmocka_unit_test(a_frame_that_waits_keeps_who_heard_it),
        cmocka_unit_test(an_mlat_position_is_mlat_and_has_the_time_before),
        cmocka_unit_test(a_stamp_broken_by_less_than_a_minute_costs_its_frame),
        cmocka_unit_test(what_ends_a_silence_has_its_time_also_as_the_last),
        cmocka_unit_test(without_a_start_the_recording_is_rejected),
        cmocka_unit_test(stamps_of_the_other_kind_reject_the_recording),
        cmocka_unit_test(bytes_without_a_frame_are_no_recording),
        cmocka_unit_test(avr_is_read_as_well),
        cmocka_unit_test(live_frames_have_the_time_at_which_they_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
