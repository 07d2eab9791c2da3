/* SPDX-License-Identifier: Apache-2.0 */
/* Frames one after the other: which are believed, and the streams of receivers as a whole. The recordings: what the
 * receiver's own program made of the same bytes (ulss-2018-04-03), and that all frames of dhaka-2021-10 are whole.
 * Where our values differ from the other program's, docs/validation.md says why. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "base/fields.h"
#include "base/number.h"
#include "base/time.h"
#include "decode/print.h"
#include "decode/stream.h"
#include "geo/local.h"
#include "simulate/encode.h"
#include "source/file.h"
#include "test_frames.h"

#define S(seconds) ((int64_t)((seconds)*1e9))

static struct ovf_decoder *decoder_new(size_t max_aircraft)
{
    struct ovf_decoder *decoder = NULL;
    assert_int_equal(ovf_decoder_new(NULL, max_aircraft, &decoder), OVF_OK);
    return decoder;
}

static enum ovf_fate take(struct ovf_decoder *decoder, const struct ovf_radio_frame *frame,
                          int64_t t_ns, struct ovf_decoded *report)
{
    assert_int_equal(ovf_decoder_take(decoder, frame, &t_ns, report), OVF_OK);
    return (enum ovf_fate)report->fate;
}

/** A reply of 4840D6, whose address lies over the parity: all zeros of format 4, and the parity of it. */
static struct ovf_radio_frame reply_of_4840d6(void)
{
    struct ovf_radio_frame frame = frame_with_parity("20000000000000");
    frame.bytes[4] ^= 0x48;
    frame.bytes[5] ^= 0x40;
    frame.bytes[6] ^= 0xD6;
    return frame;
}

static void a_reply_is_believed_of_who_was_heard_in_the_last_minute(void **state)
{
    (void)state;
    const struct ovf_radio_frame squitter = frame_of("8D4840D6202CC371C32CE0576098");
    const struct ovf_radio_frame reply = reply_of_4840d6();
    struct ovf_decoder *decoder = decoder_new(10);
    struct ovf_decoded report;
    assert_int_equal(take(decoder, &reply, S(0), &report), OVF_FATE_UNKNOWN_ADDRESS);
    assert_int_equal(take(decoder, &squitter, S(1), &report), OVF_FATE_MESSAGE);
    assert_int_equal(take(decoder, &reply, S(61), &report), OVF_FATE_MESSAGE);
    assert_int_equal(report.message.address, 0x4840D6);
    /* a reply does not vouch for the next */
    assert_int_equal(take(decoder, &reply, S(61.1), &report), OVF_FATE_UNKNOWN_ADDRESS);
    assert_int_equal(ovf_decoder_counts(decoder).n_fates[OVF_FATE_MESSAGE], 2);
    ovf_decoder_free(decoder);
}

static void a_bit_is_put_right_for_who_is_known_only(void **state)
{
    (void)state;
    const struct ovf_radio_frame good = frame_of("8D4840D6202CC371C32CE0576098");
    struct ovf_radio_frame bad = good;
    struct ovf_decoder *decoder = decoder_new(10);
    struct ovf_decoded report;
    bad.bytes[6] ^= 1;
    assert_int_equal(take(decoder, &bad, S(0), &report), OVF_FATE_UNKNOWN_ADDRESS);
    assert_int_equal(take(decoder, &good, S(1), &report), OVF_FATE_MESSAGE);
    assert_int_equal(take(decoder, &bad, S(2), &report), OVF_FATE_MESSAGE);
    assert_true(report.message.is_corrected);
    assert_int_equal(ovf_decoder_counts(decoder).n_corrected, 1);
    bad.bytes[7] ^= 1;
    assert_int_equal(take(decoder, &bad, S(3), &report), OVF_FATE_BAD_PARITY);
    ovf_decoder_free(decoder);
}

static void an_all_call_that_somebody_asked_for_is_believed_of_who_is_known(void **state)
{
    (void)state;
    const struct ovf_radio_frame asked =
        frame_of("5D484FDEA248F5"); /* code 22, the book's example */
    const struct ovf_radio_frame unasked = frame_with_parity("5D484FDE000000");
    struct ovf_decoder *decoder = decoder_new(10);
    struct ovf_decoded report;
    assert_int_equal(take(decoder, &asked, S(0), &report), OVF_FATE_UNKNOWN_ADDRESS);
    assert_int_equal(take(decoder, &unasked, S(1), &report), OVF_FATE_MESSAGE);
    assert_int_equal(take(decoder, &asked, S(2), &report), OVF_FATE_MESSAGE);
    assert_int_equal(report.message.address, 0x484FDE);
    ovf_decoder_free(decoder);
}

static void who_was_heard_least_recently_goes_first(void **state)
{
    (void)state;
    struct ovf_decoder *decoder = decoder_new(3);
    struct ovf_decoded report;
    static const char *const frames[] = {"5D000001000000", "5D000002000000", "5D000003000000",
                                         "5D000001000000", "5D000004000000"};
    for (size_t i = 0; i < 5; i++) {
        const struct ovf_radio_frame frame = frame_with_parity(frames[i]);
        assert_int_equal(take(decoder, &frame, (int64_t)i * S(1), &report), OVF_FATE_MESSAGE);
    }
    assert_int_equal(ovf_decoder_n_aircraft(decoder), 3);
    assert_int_equal(ovf_decoder_counts(decoder).n_dropped, 1);
    ovf_decoder_free(decoder);
}

static void many_aircraft_are_found_again(void **state)
{
    (void)state;
    enum { N = 3000 };
    struct ovf_aircraft_table *table = NULL;
    assert_int_equal(ovf_aircraft_table_new(N, &table), OVF_OK);
    for (uint32_t i = 0; i < 2 * N; i++)
        ovf_aircraft_hear(table, i * 7)->vouched_ns = i;
    assert_int_equal(ovf_aircraft_table_n(table), N);
    assert_int_equal(ovf_aircraft_table_n_dropped(table), N);
    for (uint32_t i = 0; i < 2 * N; i++) {
        const struct ovf_aircraft *aircraft = ovf_aircraft_find(table, i * 7);
        assert_int_equal(aircraft != NULL, i >= N);
        if (aircraft != NULL)
            assert_true(aircraft->vouched_ns == i);
    }
    ovf_aircraft_table_free(table);
}

static void who_is_away_for_a_day_makes_room_for_others(void **state)
{
    (void)state;
    enum { N = 600, DAYS = 5 };
    struct ovf_aircraft_table *table = NULL;
    assert_int_equal(ovf_aircraft_table_new(2 * N, &table), OVF_OK);
    for (uint32_t day = 0; day < DAYS; day++) {
        for (uint32_t k = 0; k < N; k++) { /* the first half comes each day */
            struct ovf_aircraft *const aircraft =
                ovf_aircraft_hear(table, k < N / 2 ? k : day * N + k);
            assert_non_null(aircraft);
            aircraft->vouched_ns = day;
            aircraft->velocity++;
        }
        assert_int_equal(ovf_aircraft_forget(table, day), day > 0 ? N / 2 : 0);
        assert_int_equal(ovf_aircraft_table_n(table), N);
    }
    for (uint32_t k = 0; k < DAYS * N; k++) {
        const struct ovf_aircraft *const aircraft = ovf_aircraft_find(table, k);
        const bool is_there = k < N / 2 || k >= (DAYS - 1) * N + N / 2;
        assert_int_equal(aircraft != NULL, is_there);
        if (is_there)
            assert_int_equal(aircraft->velocity, k < N / 2 ? DAYS : 1);
    }
    assert_int_equal(ovf_aircraft_table_n_dropped(table), 0);
    ovf_aircraft_table_free(table);
}

static void who_is_away_for_a_day_begins_anew(void **state)
{
    (void)state;
    static const double away_s[] = {23 * 3600, 26 * 3600};
    for (int i = 0; i < 2; i++) {
        struct ovf_decoder *decoder = decoder_new(10);
        const struct ovf_radio_frame frame = frame_of("8D4840D6202CC371C32CE0576098");
        struct ovf_decoded report;
        assert_int_equal(take(decoder, &frame, S(1), &report), OVF_FATE_MESSAGE);
        assert_int_equal(take(decoder, &frame, S(2 + away_s[i]), &report), OVF_FATE_MESSAGE);
        assert_int_equal(ovf_decoder_n_aircraft(decoder), 1 + i);
        ovf_decoder_free(decoder);
    }
}

/** As many may stay as there is room for: a list of when each was heard last tells who. */
static void who_goes_is_who_was_heard_longest_ago_however_often_others_were(void **state)
{
    (void)state;
    enum { ROOM = 50, N_KEYS = 80, N_HEARINGS = 5000 };
    int last[N_KEYS] = {0}; /* 0: it is not there */
    size_t n = 0;
    uint32_t random = 3;
    struct ovf_aircraft_table *table = NULL;
    assert_int_equal(ovf_aircraft_table_new(ROOM, &table), OVF_OK);
    for (int i = 1; i <= N_HEARINGS; i++) {
        random = random * 1664525 + 1013904223;
        /* at times all are heard that there are, at times hardly any but new ones */
        const uint32_t key = (random >> 16) % (i / 500 % 2 == 0 ? N_KEYS : ROOM);
        size_t oldest = N_KEYS;
        for (size_t k = 0; k < N_KEYS; k++)
            if (last[k] > 0 && (oldest == N_KEYS || last[k] < last[oldest]))
                oldest = k;
        if (last[key] == 0 && n == ROOM)
            last[oldest] = 0;
        else if (last[key] == 0)
            n++;
        last[key] = i;
        assert_non_null(ovf_aircraft_hear(table, key));
        for (uint32_t k = 0; k < N_KEYS && i % 7 == 0; k++)
            assert_int_equal(ovf_aircraft_find(table, k) != NULL, last[k] > 0);
    }
    assert_true(ovf_aircraft_table_n_dropped(table) > ROOM);
    ovf_aircraft_table_free(table);
}

static void a_ground_stations_halves_are_not_mixed_with_the_aircrafts(void **state)
{
    (void)state;
    const struct ovf_radio_frame even = frame_of("8D40621D58C382D690C8AC2863A7");
    const struct ovf_radio_frame odd_tisb = frame_with_parity("9240621D58C386435CC412000000");
    const struct ovf_radio_frame odd = frame_of("8D40621D58C386435CC412692AD6");
    struct ovf_decoder *decoder = decoder_new(10);
    struct ovf_decoded report;
    (void)take(decoder, &even, S(0), &report);
    assert_int_equal(take(decoder, &odd_tisb, S(1), &report), OVF_FATE_MESSAGE);
    assert_int_equal(report.placed.kind, OVF_PLACE_NONE);
    (void)take(decoder, &odd, S(2), &report);
    assert_int_equal(report.placed.kind, OVF_PLACE_GLOBAL);
    ovf_decoder_free(decoder);
}

/** A half of a position of aircraft F10001 at that place. */
static struct ovf_decoded hear(struct ovf_decoder *decoder, double lat_deg, double lon_deg,
                               bool is_odd, double t_s)
{
    const struct ovf_encode_sender sender = {0xF10001, 17, 5};
    const struct ovf_encode_place place = {
        .lat_deg = lat_deg, .lon_deg = lon_deg, .is_odd = is_odd, .type_code = 11, .alt_ft = 30000};
    struct ovf_radio_frame frame = {.n_bytes = 14};
    struct ovf_decoded report;
    memcpy(frame.bytes, ovf_encode_airborne(&sender, &place).bytes, 14);
    assert_int_equal(take(decoder, &frame, S(t_s), &report), OVF_FATE_MESSAGE);
    return report;
}

static void two_aircraft_with_one_address_are_both_followed(void **state) /* C04 */
{
    (void)state;
    struct ovf_decoder *decoder = decoder_new(10);
    size_t n[2] = {0};
    for (int i = 0; i < 200;
         i++) { /* each sends an even and an odd half in turn, one begins later */
        const bool is_other = i % 2 == 1 && i > 20;
        const double lat_deg = (is_other ? 30 : 47) + i * 0.0005;
        const struct ovf_decoded r =
            hear(decoder, lat_deg, is_other ? 60 : 8, i / 2 % 2 == 1, i * 0.25);
        if (!r.placed.is_confirmed)
            continue;
        n[is_other]++;
        assert_near(ovf_deg_from_e7(r.placed.at.lat_e7), lat_deg, 1e-4);
        assert_near(ovf_deg_from_e7(r.placed.at.lon_e7), is_other ? 60 : 8, 1e-3);
    }
    assert_true(n[0] > 90);
    assert_true(n[1] > 80);
    ovf_decoder_free(decoder);
}

static void a_jump_is_followed_once_it_is_confirmed(void **state)
{
    (void)state;
    struct ovf_decoder *decoder = decoder_new(10);
    size_t n_before = 0;
    size_t n_after = 0;
    for (int i = 0; i < 80; i++) {
        const double lat_deg = i < 40 ? 47 : 33;
        const struct ovf_decoded r = hear(decoder, lat_deg, 35, i % 2 == 1, i * 0.5);
        if (!r.placed.is_confirmed)
            continue;
        assert_near(ovf_deg_from_e7(r.placed.at.lat_e7), lat_deg, 1e-4);
        *(i < 40 ? &n_before : &n_after) += 1;
    }
    assert_int_equal(
        n_before,
        37); /* all but the first half, the first position, and one that shares its half */
    assert_true(n_after >= 36);
    ovf_decoder_free(decoder);
}

static void who_lands_is_slow_at_once_and_has_come_as_far_as_it_flew(void **state)
{
    (void)state;
    static const struct ovf_encode_velocity landing = {.gs_kt = 140, .track_deg = 90};
    const struct ovf_encode_sender sender = {0xF10001, 17, 5};
    struct ovf_decoder *decoder = decoder_new(10);
    struct ovf_radio_frame frame = {.n_bytes = 14};
    struct ovf_decoded decoded;
    memcpy(frame.bytes, ovf_encode_velocity(&sender, &landing).bytes, 14);
    for (int i = 0; i < 6; i++) {
        (void)take(decoder, &frame, S(i * 0.5), &decoded);
        decoded = hear(decoder, 47, 8 + i * 0.00047, i % 2 == 1, i * 0.5);
    }
    assert_true(decoded.placed.is_confirmed);
    struct ovf_encode_place ground = {
        .lat_deg = 47, .lon_deg = 8.00605, .type_code = 7, .gs_kt = 15, .track_deg = 90};
    for (int i = 0; i < 2; i++) { /* 280 m in 4 s */
        ground.is_odd = i == 1;
        memcpy(frame.bytes, ovf_encode_surface(&sender, &ground).bytes, 14);
        assert_int_equal(take(decoder, &frame, S(6.5), &decoded), OVF_FATE_MESSAGE);
        assert_false(decoded.placed.is_refused);
        assert_true(decoded.placed.is_confirmed);
    }
    ovf_decoder_free(decoder);
}

static void a_velocity_that_comes_again_is_what_it_was_whatever_came_between(void **state)
{
    (void)state;
    static const struct ovf_encode_velocity velocity = {.gs_kt = 140, .track_deg = 270};
    static const struct ovf_encode_velocity standing = {.gs_kt = 0, .track_deg = 0};
    static const struct ovf_encode_place taxiing = {
        .lat_deg = 47, .lon_deg = 8, .type_code = 7, .gs_kt = 15, .track_deg = 90};
    const struct ovf_encode_sender sender = {0xF10001, 17, 5};
    struct ovf_decoder *decoder = decoder_new(10);
    struct ovf_radio_frame frame = {.n_bytes = 14};
    struct ovf_radio_frame between[] = {
        {.n_bytes = 14},
        {.n_bytes = 14},
        frame_with_parity("8CF10001380A0000000000000000"), /* rolls to 90 degrees, no speed */
    };
    struct ovf_decoded decoded;
    memcpy(frame.bytes, ovf_encode_velocity(&sender, &velocity).bytes, 14);
    memcpy(between[0].bytes, ovf_encode_velocity(&sender, &standing).bytes, 14);
    memcpy(between[1].bytes, ovf_encode_surface(&sender, &taxiing).bytes, 14);
    for (int i = 0; i < 9; i++) {
        assert_int_equal(take(decoder, &frame, S(i), &decoded), OVF_FATE_MESSAGE);
        assert_near(decoded.message.gs_kt, 140, 0);
        assert_near(decoded.message.track_deg, 270, 0);
        assert_near(decoded.aircraft->track_deg.value, 270, 0);
        if (i % 4 != 0)
            assert_int_equal(take(decoder, &between[i % 4 - 1], S(i), &decoded), OVF_FATE_MESSAGE);
    }
    assert_int_equal(take(decoder, &between[0], S(9), &decoded), OVF_FATE_MESSAGE);
    assert_int_equal(take(decoder, &between[0], S(9), &decoded), OVF_FATE_MESSAGE);
    assert_near(decoded.message.gs_kt, 0, 0);
    assert_near(decoded.message.track_deg, 0, 0);
    ovf_decoder_free(decoder);
}

static void one_message_is_one_object(void **state)
{
    (void)state;
    struct ovf_decoder *decoder = decoder_new(10);
    struct ovf_buffer text = {0};
    static const char *const frames[] = {"8D40621D58C382D690C8AC2863A7",
                                         "8D40621D58C386435CC412692AD6",
                                         "8D4840D6202CC371C32CE0576098"};
    for (size_t i = 0; i < 3; i++) {
        const struct ovf_radio_frame frame = frame_of(frames[i]);
        const int64_t t_ns = (int64_t)i * S(1);
        struct ovf_decoded report;
        (void)take(decoder, &frame, t_ns, &report);
        assert_int_equal(ovf_decoded_print(&frame, i < 2 ? &t_ns : NULL, NULL, &report, &text),
                         OVF_OK);
    }
    assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
    assert_string_equal(
        (const char *)text.data,
        "{\"time\":\"1970-01-01T00:00:00.000Z\",\"frame\":\"8d40621d58c382d690c8ac2863a7\",\"df\":"
        "17,"
        "\"icao24\":\"40621d\",\"source\":\"adsb\",\"type_code\":11,\"bds\":\"0,5\",\"on_ground\":"
        "false,\"cpr\":\"even\",\"alt_baro_ft\":38000,\"nic_b\":0}\n"
        "{\"time\":\"1970-01-01T00:00:01.000Z\",\"frame\":\"8d40621d58c386435cc412692ad6\",\"df\":"
        "17,"
        "\"icao24\":\"40621d\",\"source\":\"adsb\",\"type_code\":11,\"bds\":\"0,5\",\"on_ground\":"
        "false,\"cpr\":\"odd\",\"lat_deg\":52.265780,\"lon_deg\":3.938912,\"position_by\":"
        "\"global\","
        "\"position_confirmed\":false,\"rc_m\":185.2,\"alt_baro_ft\":38000,\"nic_b\":0}\n"
        "{\"frame\":\"8d4840d6202cc371c32ce0576098\",\"df\":17,\"icao24\":\"4840d6\",\"source\":"
        "\"adsb\",\"type_code\":4,\"bds\":\"0,8\",\"callsign\":\"KLM1023\",\"category\":\"A0\","
        "\"on_ground\":false}\n");
    ovf_buffer_deinit(&text);
    ovf_decoder_free(decoder);
}

/* ---- recordings ---- */

/** A message of a recording, as far as the other program has it. */
struct heard {
    int64_t t_ms;
    struct ovf_message message;
    struct ovf_placed placed;
};

struct recording {
    struct heard *items;
    size_t n;
    size_t capacity;
    size_t n_fates[OVF_FATE_N];
};

static enum ovf_status keep(void *context, const struct ovf_radio_frame *frame, const int64_t *t_ns,
                            const struct ovf_decoded *report)
{
    struct recording *r = context;
    (void)frame;
    r->n_fates[report->fate]++;
    if (report->fate != OVF_FATE_MESSAGE)
        return OVF_OK;
    assert_non_null(t_ns);
    if (r->n == r->capacity) {
        r->capacity = r->capacity * 2 + 1024;
        r->items = realloc(r->items, r->capacity * sizeof *r->items);
        assert_non_null(r->items);
    }
    r->items[r->n++] = (struct heard){*t_ns / OVF_NS_PER_MS, report->message, report->placed};
    return OVF_OK;
}

static struct ovf_radio_counts read_pieces(struct ovf_bytes bytes,
                                           const struct ovf_stream_options *options, size_t piece,
                                           struct recording *r)
{
    struct ovf_error err = {""};
    struct ovf_stream *stream = NULL;
    assert_int_equal(ovf_stream_new(options, keep, r, &stream), OVF_OK);
    for (size_t at = 0; at < bytes.len; at += piece) {
        const size_t len = bytes.len - at < piece ? bytes.len - at : piece;
        assert_int_equal(
            ovf_stream_feed(stream, (struct ovf_bytes){bytes.data + at, len}, NULL, &err), OVF_OK);
    }
    assert_int_equal(ovf_stream_finish(stream), OVF_OK);
    const struct ovf_radio_counts counts = *ovf_stream_frames(stream);
    ovf_stream_free(stream);
    return counts;
}

static struct ovf_buffer load_recording(const char *name)
{
    struct ovf_buffer bytes = {0};
    struct ovf_error err = {""};
    assert_int_equal(ovf_file_read(ovf_test_data(name), UINT64_C(1) << 30, &bytes, &err), OVF_OK);
    return bytes;
}

static void read_recording(const char *name, struct ovf_clock clock, size_t piece,
                           struct recording *r)
{
    const struct ovf_stream_options options = {
        .format = OVF_STREAM_BEAST, .clock = clock, .max_aircraft = OVF_DECODER_MAX_AIRCRAFT};
    struct ovf_buffer bytes = load_recording(name);
    assert_int_equal(ovf_stream_sniff(ovf_buffer_bytes(&bytes)), OVF_STREAM_BEAST);
    const struct ovf_radio_counts counts =
        read_pieces(ovf_buffer_bytes(&bytes), &options, piece, r);
    assert_int_equal(counts.n_noise_bytes, 0);
    assert_int_equal(counts.n_broken, 0);
    ovf_buffer_deinit(&bytes);
}

static struct ovf_clock ulss_clock(void)
{
    int64_t t_ns;
    /* the first line of the other program's */
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2018-04-03T19:02:28.136Z"), &t_ns));
    return ovf_clock_make(OVF_CLOCK_COUNTER, t_ns);
}

static void assert_same(const struct heard *a, const struct heard *b)
{
    assert_int_equal(a->t_ms, b->t_ms);
    assert_memory_equal(&a->message, &b->message, sizeof a->message);
    assert_int_equal(a->placed.kind, b->placed.kind);
    assert_int_equal(a->placed.is_confirmed, b->placed.is_confirmed);
    assert_int_equal(a->placed.is_refused, b->placed.is_refused);
    assert_int_equal(a->placed.at.lat_e7, b->placed.at.lat_e7);
    assert_int_equal(a->placed.at.lon_e7, b->placed.at.lon_e7);
}

static void bytes_one_by_one_come_to_the_same(void **state) /* B08 */
{
    (void)state;
    struct recording whole = {0};
    struct recording bytewise = {0};
    read_recording("beast/ulss-2018-04-03.beast", ulss_clock(), SIZE_MAX / 2, &whole);
    read_recording("beast/ulss-2018-04-03.beast", ulss_clock(), 1, &bytewise);
    assert_int_equal(whole.n, 8922);
    assert_int_equal(whole.n, bytewise.n);
    for (size_t i = 0; i < whole.n; i++)
        assert_same(&whole.items[i], &bytewise.items[i]);
    free(whole.items);
    free(bytewise.items);
}

/** One byte in so many is another, gone, or an escape more. */
static void damage(struct ovf_buffer *bytes, uint32_t one_in, uint32_t random)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes->len; i++) {
        random = random * 1664525 + 1013904223;
        const uint32_t what = (random >> 16) % (4 * one_in);
        if (what == 0)
            continue;
        const uint32_t flipped = what == 3 ? 1U << (random >> 13) % 8 : 0;
        bytes->data[n++] = what == 1   ? (unsigned char)(random >> 8)
                           : what == 2 ? 0x1A
                                       : (unsigned char)(bytes->data[i] ^ flipped);
    }
    bytes->len = n;
}

/** Whole frames of a long piece are read on a way of their own, and of two to come it is told whose they are: of a
 * single byte neither. With room for few the one that was told of is gone at times when its frame comes. */
static void damaged_bytes_come_to_the_same_one_by_one(void **state)
{
    (void)state;
    static const uint32_t one_in[] = {20, 200, 2000};
    for (uint32_t i = 0; i < 3 * 4; i++) {
        const struct ovf_stream_options options = {.format = OVF_STREAM_BEAST,
                                                   .clock = ulss_clock(),
                                                   .max_aircraft = i % 4 == 0 ? 1000 : 2 + i % 4};
        struct ovf_buffer bytes = load_recording("beast/ulss-2018-04-03.beast");
        struct recording whole = {0};
        struct recording bytewise = {0};
        damage(&bytes, one_in[i / 4], i);
        const struct ovf_radio_counts a =
            read_pieces(ovf_buffer_bytes(&bytes), &options, SIZE_MAX / 2, &whole);
        const struct ovf_radio_counts b =
            read_pieces(ovf_buffer_bytes(&bytes), &options, 1, &bytewise);
        assert_memory_equal(&a, &b, sizeof a);
        assert_true(a.n_broken > 0 && a.n_noise_bytes > 0);
        assert_memory_equal(whole.n_fates, bytewise.n_fates, sizeof whole.n_fates);
        assert_true(whole.n > 100);
        for (size_t k = 0; k < whole.n; k++)
            assert_same(&whole.items[k], &bytewise.items[k]);
        free(whole.items);
        free(bytewise.items);
        ovf_buffer_deinit(&bytes);
    }
}

/** What kind of message a line of the other program's stems from. */
static bool is_of_type(const struct ovf_message *m, int64_t type)
{
    switch (type) {
    case 1:
        return (m->has & OVF_MESSAGE_CALLSIGN) != 0;
    case 3:
        return (m->has & OVF_MESSAGE_CPR) != 0;
    case 4:
        return m->bds == 0x09;
    case 5:
        return m->df == 4 || m->df == 20;
    case 6:
        return (m->has & OVF_MESSAGE_SQUAWK) != 0;
    case 7:
        return m->df == 0 || m->df == 16;
    default:
        return true;
    }
}

/** One line of BaseStation's; fields are absent where blank. */
struct line {
    struct ovf_fields fields;
    int64_t type;
    uint32_t address;
    int64_t t_ms;
};

static bool has_field(const struct line *line, size_t i, double *value)
{
    return ovf_number_parse_double(line->fields.items[i].text, value);
}

static bool parse_line(struct ovf_bytes text, struct line *line)
{
    char word[32];
    int64_t t_ns;
    if (!ovf_fields_split(text, ',', &line->fields) || line->fields.n != 22 ||
        !ovf_number_parse_int(line->fields.items[1].text, &line->type))
        return false;
    const struct ovf_bytes date = line->fields.items[6].text;
    const struct ovf_bytes time = line->fields.items[7].text;
    (void)snprintf(word, sizeof word, "%.4s-%.2s-%.2sT%.*s", (const char *)date.data,
                   (const char *)date.data + 5, (const char *)date.data + 8, (int)time.len,
                   (const char *)time.data);
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(word), &t_ns));
    line->t_ms = t_ns / OVF_NS_PER_MS;
    (void)snprintf(word, sizeof word, "%.6s", (const char *)line->fields.items[4].text.data);
    line->address = (uint32_t)strtoul(word, NULL, 16);
    return true;
}

/** Whether the line says what \p heard says, within the line's rounding. */
static bool agrees(const struct line *line, const struct heard *heard)
{
    const struct ovf_message *const m = &heard->message;
    double v;
    if (line->type == 1)
        return strncmp(m->callsign, (const char *)line->fields.items[10].text.data,
                       strnlen(m->callsign, 8)) == 0;
    if (has_field(line, 11, &v) && ((m->has & OVF_MESSAGE_ALT_BARO) == 0 || m->alt_baro_ft != v))
        return false;
    if (has_field(line, 12, &v) &&
        ((m->has & OVF_MESSAGE_GS) == 0 || !(m->gs_kt - v >= 0 && m->gs_kt - v <= 1)))
        return false; /* it cuts */
    if (has_field(line, 13, &v)) {
        /* it rounds angles of half a turn to each side, and adds 361 to those that are negative */
        const double shown = m->track_deg > 180 ? m->track_deg + 1 : m->track_deg;
        if ((m->has & OVF_MESSAGE_TRACK) == 0 || fabs(shown - v) > 0.501)
            return fabs(shown - v - 361) <= 0.501 || fabs(shown - v - 360) <= 0.501;
    }
    if (has_field(line, 14, &v) && (heard->placed.kind == OVF_PLACE_NONE ||
                                    fabs(ovf_deg_from_e7(heard->placed.at.lat_e7) - v) > 5.1e-6))
        return false;
    if (has_field(line, 15, &v) && fabs(ovf_deg_from_e7(heard->placed.at.lon_e7) - v) > 5.1e-6)
        return false;
    if (has_field(line, 16, &v) && m->baro_rate_fpm != v && m->geom_rate_fpm != v)
        return false;
    return !has_field(line, 17, &v) || ((m->has & OVF_MESSAGE_SQUAWK) != 0 && m->squawk == v);
}

static void the_receivers_own_program_says_the_same(void **state)
{
    (void)state;
    struct recording r = {0};
    struct ovf_buffer twin = {0};
    struct ovf_error err = {""};
    size_t n_lines[9] = {0};
    read_recording("beast/ulss-2018-04-03.beast", ulss_clock(), SIZE_MAX / 2, &r);
    assert_int_equal(
        ovf_file_read(ovf_test_data("beast/ulss-2018-04-03.sbs.gz"), 1 << 24, &twin, &err), OVF_OK);
    size_t next =
        0; /* lines come in the order of messages, and each message is there twice or more */
    for (size_t at = 0; at < twin.len;) {
        const unsigned char *const end = memchr(twin.data + at, '\n', twin.len - at);
        size_t len = (end != NULL ? (size_t)(end - twin.data) : twin.len) - at;
        struct ovf_bytes text = {twin.data + at, len};
        struct line line;
        at += len + 1;
        if (len > 0 && text.data[len - 1] == '\r')
            text.len--;
        if (!parse_line(text, &line))
            continue;
        bool found = false;
        for (size_t i = 0; i < r.n && !found; i++) {
            const struct heard *const heard = &r.items[(next + i) % r.n];
            found = heard->message.address == line.address && llabs(heard->t_ms - line.t_ms) <= 1 &&
                    is_of_type(&heard->message, line.type) && agrees(&line, heard);
            if (found)
                next = (next + i) % r.n;
        }
        if (!found)
            print_error("%.*s\n", (int)text.len, (const char *)text.data);
        assert_true(found);
        n_lines[line.type]++;
    }
    assert_int_equal(n_lines[1], 146);
    assert_int_equal(n_lines[3], 1498);
    assert_int_equal(n_lines[4], 1492);
    assert_int_equal(n_lines[5], 588);
    assert_int_equal(n_lines[6], 422);
    assert_int_equal(n_lines[7], 498);
    assert_int_equal(n_lines[8], 3978);
    assert_int_equal(r.n_fates[OVF_FATE_BAD_PARITY], 0);
    ovf_buffer_deinit(&twin);
    free(r.items);
}

static int compare_heard(const void *a, const void *b)
{
    const struct heard *x = a;
    const struct heard *y = b;
    if (x->message.address != y->message.address)
        return x->message.address < y->message.address ? -1 : 1;
    return (x->t_ms > y->t_ms) - (x->t_ms < y->t_ms);
}

static void all_of_dhaka_is_whole_and_nobody_jumps(void **state)
{
    (void)state;
    struct recording r = {0};
    int64_t t_ns;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2021-10-15"), &t_ns)); /* assumed */
    read_recording("beast/dhaka-2021-10.beast.gz", ovf_clock_make(OVF_CLOCK_GPS, t_ns), 65536, &r);
    assert_int_equal(r.n_fates[OVF_FATE_MESSAGE] + r.n_fates[OVF_FATE_NO_TIME], 378274);
    assert_int_equal(r.n_fates[OVF_FATE_NO_TIME], 1); /* behind a silence of more than a minute */
    qsort(r.items, r.n, sizeof *r.items, compare_heard);
    const struct heard *last = NULL;
    size_t n_confirmed = 0;
    for (size_t i = 0; i < r.n; i++) {
        const struct heard *const h = &r.items[i];
        if (h->placed.kind == OVF_PLACE_NONE || !h->placed.is_confirmed)
            continue;
        n_confirmed++;
        if (last != NULL && last->message.address == h->message.address) {
            /* 700 kt, and a stamp that is 2 km late */
            const double s = (double)(h->t_ms - last->t_ms) / 1000;
            assert_true(ovf_point_chord_m(last->placed.at, h->placed.at) < 2100 + s * 360);
        }
        last = h;
    }
    assert_true(n_confirmed > 135000);
    free(r.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_is_believed_of_who_was_heard_in_the_last_minute),
        cmocka_unit_test(a_bit_is_put_right_for_who_is_known_only),
        cmocka_unit_test(an_all_call_that_somebody_asked_for_is_believed_of_who_is_known),
        cmocka_unit_test(who_was_heard_least_recently_goes_first),
        cmocka_unit_test(many_aircraft_are_found_again),
        cmocka_unit_test(who_is_away_for_a_day_makes_room_for_others),
        cmocka_unit_test(who_is_away_for_a_day_begins_anew),
        cmocka_unit_test(who_goes_is_who_was_heard_longest_ago_however_often_others_were),
        cmocka_unit_test(a_ground_stations_halves_are_not_mixed_with_the_aircrafts),
        cmocka_unit_test(two_aircraft_with_one_address_are_both_followed),
        cmocka_unit_test(a_jump_is_followed_once_it_is_confirmed),
        cmocka_unit_test(who_lands_is_slow_at_once_and_has_come_as_far_as_it_flew),
        cmocka_unit_test(a_velocity_that_comes_again_is_what_it_was_whatever_came_between),
        cmocka_unit_test(one_message_is_one_object),
        cmocka_unit_test(bytes_one_by_one_come_to_the_same),
        cmocka_unit_test(damaged_bytes_come_to_the_same_one_by_one),
        cmocka_unit_test(the_receivers_own_program_says_the_same),
        cmocka_unit_test(all_of_dhaka_is_whole_and_nobody_jumps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
