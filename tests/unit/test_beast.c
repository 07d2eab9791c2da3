/* SPDX-License-Identifier: Apache-2.0 */
/* Beast framing: the cases B of robustness.md. Frames are laid out by hand from the format's description. */
#include "test.h"

#include <string.h>

#include "decode/beast.h"

enum { MAX_FRAMES = 64 };

struct result {
    struct ovf_radio_counts counts;
    size_t n;
    struct ovf_radio_frame frames[MAX_FRAMES];
};

static void keep(struct result *r, const struct ovf_radio_frame *frame)
{
    if (r->n < MAX_FRAMES)
        r->frames[r->n] = *frame;
    r->n++;
}

/** Each piece at the end of what was allocated, so that a sanitizer sees what is read behind it. */
static void read_pieces(struct result *r, const void *data, size_t len, size_t piece)
{
    struct ovf_beast beast = {.counts = {0}};
    struct ovf_radio_frame frame;
    const size_t size = piece < len ? piece : len;
    unsigned char *const room = malloc(size + 1);
    assert_non_null(room);
    unsigned char *const end = room + size + 1;
    memset(&frame, 0, sizeof frame); /* with what stands between its members */
    memset(r, 0, sizeof *r);
    for (size_t at = 0; at < len; at += piece) {
        const size_t n = len - at < piece ? len - at : piece;
        struct ovf_bytes bytes = {end - n, n};
        memcpy(end - n, (const unsigned char *)data + at, n);
        while (ovf_beast_next(&beast, &bytes, &frame))
            keep(r, &frame);
        assert_int_equal(bytes.len, 0);
    }
    free(room);
    ovf_beast_finish(&beast);
    r->counts = beast.counts;
    assert_int_equal(r->counts.n_frames, r->n);
    assert_int_equal(r->counts.n_bytes, len);
}

/** At once and byte by byte; both must say the same. */
static void read_bytes(struct result *r, const void *data, size_t len)
{
    struct result other;
    read_pieces(r, data, len, len > 0 ? len : 1);
    read_pieces(&other, data, len, 1);
    assert_memory_equal(&other, r, sizeof other);
}
#define READ(r, text) read_bytes((r), (text), sizeof(text) - 1)

#define SHORT                                                                                      \
    "\x1a"                                                                                         \
    "2\x01\x02\x03\x04\x05\x06\x50\x5f\x40\x01\x59\x4b\x0f\xbb"
#define LONG                                                                                       \
    "\x1a"                                                                                         \
    "3\x01\x02\x03\x04\x05\x07\x51\x8d\x48\x40\xd6\x20\x2c\xc3\x71\xc3\x2c\xe0\x57\x60\x98"

static void frames_of_each_length_are_read(void **state)
{
    (void)state;
    struct result r;
    READ(&r, "\x1a"
             "1\x01\x02\x03\x04\x05\x05\x11\x0f\x00" SHORT LONG);
    assert_int_equal(r.n, 3);
    assert_int_equal(r.frames[0].n_bytes, 2);
    assert_int_equal(r.frames[1].n_bytes, 7);
    assert_int_equal(r.frames[1].signal, 0x50);
    assert_true(r.frames[1].stamp == UINT64_C(0x010203040506));
    assert_int_equal(r.frames[1].stamp_kind, OVF_STAMP_CLOCK);
    assert_int_equal(r.frames[2].n_bytes, 14);
    assert_memory_equal(r.frames[2].bytes,
                        "\x8d\x48\x40\xd6\x20\x2c\xc3\x71\xc3\x2c\xe0\x57\x60\x98", 14);
    assert_int_equal(r.counts.n_noise_bytes, 0);
    assert_int_equal(r.counts.n_broken, 0);
}

static void a_doubled_escape_is_a_byte_wherever_it_stands(void **state) /* B04 */
{
    (void)state;
    struct result r;
    /* in the stamp, as the signal, in the message */
    READ(&r, "\x1a"
             "2\x01\x1a\x1a\x03\x04\x05\x06\x1a\x1a\x5f\x1a\x1a\x01\x59\x4b\x0f\x1a\x1a");
    assert_int_equal(r.n, 1);
    assert_true(r.frames[0].stamp == UINT64_C(0x011a03040506));
    assert_int_equal(r.frames[0].signal, 0x1a);
    assert_memory_equal(r.frames[0].bytes, "\x5f\x1a\x01\x59\x4b\x0f\x1a", 7);
    assert_int_equal(r.counts.n_noise_bytes, 0);
}

static void a_frame_cut_at_any_byte_costs_itself_only(void **state) /* B01, B02, B03, B05 */
{
    (void)state;
    for (size_t len = 1; len < sizeof LONG - 1; len++) {
        unsigned char data[64];
        struct result r;
        memcpy(data, LONG, len);
        memcpy(data + len, SHORT, sizeof SHORT - 1);
        read_bytes(&r, data, len + sizeof SHORT - 1);
        assert_int_equal(r.n, 1);
        assert_int_equal(r.frames[0].n_bytes, 7);
        assert_int_equal(r.counts.n_noise_bytes, len);
        assert_int_equal(r.counts.n_broken, len > 1 ? 1 : 0);
        read_bytes(&r, data, len); /* and at the end of the stream */
        assert_int_equal(r.n, 0);
        assert_int_equal(r.counts.n_noise_bytes, len);
    }
}

static void types_that_hold_no_frame_are_passed_over(void **state) /* B07 */
{
    (void)state;
    struct result r;
    READ(&r, "\x1a"
             "4\x01\x02\x03\x04\x05\x07\x51\x8d\x48\x40\xd6\x20\x2c\xc3\x71\xc3\x2c\xe0\x57\x60"
             "\x98" SHORT);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.counts.n_other, 1);
    assert_int_equal(r.counts.n_noise_bytes, 0);
    /* the name of a receiver, all eight bytes of it escaped */
    READ(&r, "\x1a\xe3\x1a\x1a\x1a\x1a\x1a\x1a\x1a\x1a\x1a\x1a\x1a\x1a\x1a\x1a\x1a\x1a" SHORT);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.counts.n_other, 1);
    assert_int_equal(r.counts.n_noise_bytes, 0);
    for (int type = 0; type < 256; type++) {
        const unsigned char data[] = {0x1a, (unsigned char)type};
        read_bytes(&r, data, 2);
        assert_int_equal(r.n, 0);
        assert_int_equal(r.counts.n_noise_bytes, 2);
    }
}

static void stamps_that_are_no_clock_are_told(void **state) /* B12 */
{
    (void)state;
    struct result r;
#define REST "\x51\x5f\x40\x01\x59\x4b\x0f\xbb"
    READ(&r, "\x1a"
             "2\xff\x00MLAT" REST "\x1a"
             "2\xff\x00MLAU" REST "\x1a"
             "2\x00\x00\x00\x00\x00\x00" REST "\x1a"
             "2\xff\xff\xff\xff\xff\xff" REST);
    assert_int_equal(r.n, 4);
    assert_int_equal(r.frames[0].stamp_kind, OVF_STAMP_MLAT);
    assert_int_equal(r.frames[1].stamp_kind, OVF_STAMP_UAT);
    assert_int_equal(r.frames[2].stamp_kind, OVF_STAMP_NONE);
    assert_int_equal(r.frames[3].stamp_kind, OVF_STAMP_NONE);
}

static void a_megabyte_of_escapes_or_noise_gives_nothing_and_is_counted(void **state) /* B06, B09 */
{
    (void)state;
    enum { N = 1 << 20 };
    unsigned char *data = malloc(N);
    struct result r;
    assert_non_null(data);
    memset(data, 0x1a, N);
    read_bytes(&r, data, N);
    assert_int_equal(r.n, 0);
    assert_int_equal(r.counts.n_noise_bytes, N);
    uint32_t random = 1;
    for (size_t i = 0; i < N; i++) {
        random = random * 1664525 + 1013904223;
        data[i] = (unsigned char)(random >> 24);
    }
    read_bytes(&r, data, N);
    assert_true(r.counts.n_noise_bytes > N / 2);
    free(data);
}

static void no_bytes_behind_a_frame_are_looked_at_before_the_next_is_asked_for(void **state)
{
    (void)state;
    struct ovf_beast beast = {.counts = {0}};
    struct ovf_radio_frame frame;
    struct ovf_bytes bytes = {.data = NULL};
    assert_false(ovf_beast_next(&beast, &bytes, &frame));
    bytes = (struct ovf_bytes){(const unsigned char *)SHORT LONG, sizeof SHORT + sizeof LONG - 2};
    assert_true(ovf_beast_next(&beast, &bytes, &frame));
    assert_int_equal(frame.n_bytes, OVF_FRAME_SHORT_BYTES);
    assert_int_equal(bytes.len, sizeof LONG - 1);
    assert_int_equal(beast.counts.n_bytes, sizeof SHORT - 1);
}

static void the_address_in_the_frame_behind_the_next_is_told(void **state)
{
    (void)state;
    static const char text[] = LONG LONG "\x1a"
                                         "3\x01\x02\x03\x04\x05\x07\x51\x8d\x11\x22\x33\x20\x2c"
                                         "\xc3\x71\xc3\x2c\xe0\x57\x60\x98" SHORT LONG;
    static const uint32_t ahead[] = {0x112233, 0x400159, 0x4840D6}; /* then there is none behind */
    struct ovf_beast beast = {.counts = {0}};
    struct ovf_bytes bytes = ovf_bytes_from_text(text);
    struct ovf_radio_frame frame;
    for (size_t i = 0; i < 5; i++) {
        assert_true(ovf_beast_next(&beast, &bytes, &frame));
        assert_int_equal(beast.ahead, ahead[i < 3 ? i : 2]);
    }
    assert_false(ovf_beast_next(&beast, &bytes, &frame));
}

static void pieces_of_any_length_give_the_same(void **state)
{
    (void)state;
    static const char text[] = SHORT LONG "\x1a"
                                          "3\x1a\x1a\x02\x03\x04\x05\x07\x51\x8d\x1a\x1a\x40\xd6"
                                          "\x20\x2c\xc3\x71\xc3\x2c\xe0\x57\x60\x1a\x1a"
                                          "\x1a"
                                          "3\x01\x02\x1a" LONG SHORT "\x1a"
                                          "1\x01\x02\x03\x04\x05\x06\x50\x1a\x1a\x02" LONG;
    struct result whole;
    struct result pieces;
    read_pieces(&whole, text, sizeof text - 1, sizeof text);
    assert_int_equal(whole.n, 7);
    for (size_t n = 1; n < sizeof text; n++) {
        read_pieces(&pieces, text, sizeof text - 1, n);
        assert_memory_equal(&pieces, &whole, sizeof whole);
    }
}

/** Ids as they come, a 1 where nobody is named; between them what was taken. */
struct heard {
    size_t n;
    uint64_t ids[8];
    size_t frames_before[8];
    size_t n_frames;
};

/* As readsb writes them: before frames of another receiver, big-endian, escaped; here the second id has two 1A, the
 * third is cut by a frame. */
static void who_heard_frames_is_told_before_them(void **state)
{
    (void)state;
    static const char text[] =
        "\x1a\xe3\x01\x02\x03\x04\x05\x06\x07\x08" LONG SHORT
        "\x1a\xe3\xff\x1a\x1a\x00\x00\x00\x00\x00\x1a\x1a" LONG "\x1a\xe3\x01\x02" SHORT;
    for (size_t piece = 1; piece < sizeof text; piece++) {
        struct heard h = {.n = 0};
        struct ovf_beast beast = {.counts = {0}};
        struct ovf_radio_frame frame;
        for (size_t at = 0; at < sizeof text - 1; at += piece) {
            const size_t n = sizeof text - 1 - at < piece ? sizeof text - 1 - at : piece;
            struct ovf_bytes bytes = {(const unsigned char *)text + at, n};
            while (ovf_beast_next(&beast, &bytes, &frame)) {
                if (beast.is_heard_by_news) {
                    h.frames_before[h.n] = h.n_frames;
                    h.ids[h.n++] = beast.is_heard_by_known ? beast.heard_by : 1;
                    beast.is_heard_by_news = false;
                }
                h.n_frames++;
            }
        }
        ovf_beast_finish(&beast);
        assert_int_equal(h.n, 3);
        assert_true(h.ids[0] == UINT64_C(0x0102030405060708) && h.frames_before[0] == 0);
        assert_true(h.ids[1] == UINT64_C(0xff1a00000000001a) && h.frames_before[1] == 2);
        assert_true(h.ids[2] == 1 && h.frames_before[2] == 3);
        assert_int_equal(h.n_frames, 4);
        assert_int_equal(beast.counts.n_other, 2);
        assert_int_equal(beast.counts.n_broken, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_of_each_length_are_read),
        cmocka_unit_test(a_doubled_escape_is_a_byte_wherever_it_stands),
        cmocka_unit_test(a_frame_cut_at_any_byte_costs_itself_only),
        cmocka_unit_test(types_that_hold_no_frame_are_passed_over),
        cmocka_unit_test(stamps_that_are_no_clock_are_told),
        cmocka_unit_test(a_megabyte_of_escapes_or_noise_gives_nothing_and_is_counted),
        cmocka_unit_test(no_bytes_behind_a_frame_are_looked_at_before_the_next_is_asked_for),
        cmocka_unit_test(the_address_in_the_frame_behind_the_next_is_told),
        cmocka_unit_test(pieces_of_any_length_give_the_same),
        cmocka_unit_test(who_heard_frames_is_told_before_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
