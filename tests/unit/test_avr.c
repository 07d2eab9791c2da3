/* SPDX-License-Identifier: Apache-2.0 */
/* AVR framing: the cases A of robustness.md. The examples are those of the format's description (jetvision wiki,
 * "Mode-S Beast: Data Output Formats"). */
#include "test.h"

#include <string.h>

#include "decode/avr.h"

enum { MAX_FRAMES = 8 };

struct result {
    struct ovf_radio_counts counts;
    size_t n;
    struct ovf_radio_frame frames[MAX_FRAMES];
};

static enum ovf_status keep(void *context, const struct ovf_radio_frame *frame)
{
    struct result *r = context;
    if (r->n < MAX_FRAMES)
        r->frames[r->n] = *frame;
    r->n++;
    return OVF_OK;
}

static void read_pieces(struct result *r, const char *data, size_t len, size_t piece)
{
    struct ovf_avr avr = {.counts = {0}};
    memset(r, 0, sizeof *r);
    for (size_t at = 0; at < len; at += piece) {
        const size_t n = len - at < piece ? len - at : piece;
        assert_int_equal(
            ovf_avr_feed(&avr, (struct ovf_bytes){(const unsigned char *)data + at, n}, keep, r),
            OVF_OK);
    }
    ovf_avr_finish(&avr);
    r->counts = avr.counts;
}

static void read_bytes(struct result *r, const char *data, size_t len)
{
    struct result other;
    read_pieces(r, data, len, len > 0 ? len : 1);
    read_pieces(&other, data, len, 1);
    assert_memory_equal(&other, r, sizeof other);
}
#define READ(r, text) read_bytes((r), (text), sizeof(text) - 1)

static void the_published_examples_are_read(void **state)
{
    (void)state;
    struct result r;
    READ(&r, "*02E99619FACDAE;\n*8D3C5EE69901BD9540078D37335F;\n*7700;\n"
             "@016CE3671C745DFFE7AB7BFCAB;\n@016CE3671AA88D00199A8BB80030A8000628F400;\n"
             "@016CE3671C747700;\n");
    assert_int_equal(r.n, 6);
    assert_int_equal(r.frames[0].n_bytes, 7);
    assert_int_equal(r.frames[0].stamp_kind, OVF_STAMP_NONE);
    assert_int_equal(r.frames[1].n_bytes, 14);
    assert_int_equal(r.frames[1].bytes[13], 0x5F);
    assert_int_equal(r.frames[2].n_bytes, 2);
    assert_int_equal(r.frames[3].n_bytes, 7);
    assert_int_equal(r.frames[3].stamp_kind, OVF_STAMP_CLOCK);
    assert_true(r.frames[3].stamp == UINT64_C(0x016CE3671C74));
    assert_int_equal(r.frames[4].n_bytes, 14);
    assert_int_equal(r.frames[4].bytes[0], 0x8D);
    assert_int_equal(r.frames[5].n_bytes, 2);
    assert_int_equal(r.counts.n_broken, 0);
    assert_int_equal(r.counts.n_noise_bytes, 0);
}

static void the_signal_stands_behind_the_stamp(void **state)
{
    (void)state;
    struct result r;
    READ(&r, "<016CE3671C7480" /* stamp, signal */ "02E99619FACDAE;");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.frames[0].signal, 0x80);
    assert_int_equal(r.frames[0].bytes[0], 0x02);
}

static void case_line_ends_and_a_missing_one_change_nothing(void **state) /* A05, A07 */
{
    (void)state;
    struct result r;
    READ(&r, "*02e99619facdae;\r\n*02E99619facdAE;\r*02E99619FACDAE ;*02E99619FACDAE;");
    assert_int_equal(r.n, 4);
    for (size_t i = 1; i < r.n; i++)
        assert_memory_equal(&r.frames[i], &r.frames[0], sizeof r.frames[0]);
}

static void what_is_no_frame_is_broken_and_the_next_one_is_read(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "*;",                              /* A01 */
        "*02E99619FACDA;",                 /* A03: 13 digits */
        "*8D3C5EE69901BD9540078D37335;",   /* A04: 27 */
        "*8D3C5EE69901BD9540078D37335FA;", /* A04: 29 */
        "@016CE3671C;",                    /* A06 */
        "@016CE3671C74;",
        "<016CE3671C748;",
        "*02E99619FACDAE", /* no semicolon: the next opens */
        "*02E996\n19FACDAE;",
        "*02E9961XFACDAE;",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        char text[128];
        struct result r;
        (void)snprintf(text, sizeof text, "%s*5D484FDEA248F5;", broken[i]);
        read_bytes(&r, text, strlen(text));
        assert_int_equal(r.n, 1);
        assert_int_equal(r.frames[0].bytes[0], 0x5D);
        assert_int_equal(r.counts.n_broken, 1);
    }
}

static void a_nul_inside_breaks_a_frame(void **state) /* A07 */
{
    (void)state;
    struct result r;
    READ(&r, "*02E996\00019FACDAE;*5D484FDEA248F5;");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.counts.n_broken, 1);
}

static void a_megabyte_without_a_semicolon_is_counted(void **state) /* A02 */
{
    (void)state;
    enum { N = 1 << 20 };
    char *data = malloc(N);
    struct result r;
    assert_non_null(data);
    memset(data, 'A', N);
    data[0] = '*';
    read_bytes(&r, data, N);
    assert_int_equal(r.n, 0);
    assert_int_equal(r.counts.n_broken, 1);
    assert_int_equal(r.counts.n_noise_bytes, N);
    free(data);
}

static void what_is_open_at_the_end_is_broken(void **state)
{
    (void)state;
    struct result r;
    READ(&r, "*5D484FDEA248F5;*02E99619");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.counts.n_broken, 1);
    READ(&r, "");
    assert_int_equal(r.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_examples_are_read),
        cmocka_unit_test(the_signal_stands_behind_the_stamp),
        cmocka_unit_test(case_line_ends_and_a_missing_one_change_nothing),
        cmocka_unit_test(what_is_no_frame_is_broken_and_the_next_one_is_read),
        cmocka_unit_test(a_nul_inside_breaks_a_frame),
        cmocka_unit_test(a_megabyte_without_a_semicolon_is_counted),
        cmocka_unit_test(what_is_open_at_the_end_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
