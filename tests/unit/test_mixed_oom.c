/* SPDX-License-Identifier: Apache-2.0 */
/* The readers of what receivers write when memory runs out: each allocation in turn fails, once and for good. */
#include "test.h"

#include <inttypes.h>

#include "base/buffer.h"
#include "base/time.h"
#include "oom.h"
#include "read/mixed.h"
#include "simulate/encode.h"

enum { N = 300 }; /* more than the first table of aircraft */

static enum ovf_status count(void *context, uint32_t address, const struct ovf_fix *fix,
                             const struct ovf_identity *identity)
{
    (void)address;
    (void)fix;
    (void)identity;
    ++*(size_t *)context;
    return OVF_OK;
}

static enum ovf_status read_all(enum ovf_mixed_format format, struct ovf_bytes bytes, size_t *n)
{
    struct ovf_mixed *reader = NULL;
    struct ovf_error err = {""};
    enum ovf_reject reject = OVF_REJECT_N;
    const struct ovf_read_options options = {
        .clock = ovf_clock_make(OVF_CLOCK_COUNTER, 1751328000 * OVF_NS_PER_S)};
    *n = 0;
    enum ovf_status st = ovf_mixed_new(format, 1, &options, count, n, &reader);
    for (size_t at = 0; at < bytes.len && st == OVF_OK; at += 1000) {
        const size_t len = bytes.len - at < 1000 ? bytes.len - at : 1000;
        st = ovf_mixed_feed(reader, (struct ovf_bytes){bytes.data + at, len}, NULL, &reject, &err);
    }
    if (st == OVF_OK)
        st = ovf_mixed_finish(reader, &reject, &err);
    ovf_mixed_free(reader);
    return st;
}

static void fail_each(enum ovf_mixed_format format, const struct ovf_buffer *bytes, size_t n_want)
{
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            size_t n_rows;
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = read_all(format, ovf_buffer_bytes(bytes), &n_rows);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (!failed) {
                assert_int_equal(n_rows, n_want);
                break;
            }
        }
        assert_true(n > 6); /* the readers, the table of aircraft as it grows */
    }
}

/** Two pairs of halves each. */
static void frames_without_memory_say_so(void **state)
{
    (void)state;
    struct ovf_buffer text = {0};
    for (unsigned i = 0; i < 4 * N; i++) {
        const struct ovf_encode_sender sender = {0xF10000 + i / 4, 17, 5};
        const struct ovf_encode_place place = {
            .lat_deg = 46.5, .lon_deg = 7.25, .type_code = 11, .is_odd = i % 2 == 1};
        const struct ovf_encoded frame = ovf_encode_airborne(&sender, &place);
        assert_int_equal(
            ovf_buffer_printf(&text, "@%012" PRIX64, UINT64_C(1000) + i * UINT64_C(6000000)),
            OVF_OK);
        for (int k = 0; k < 14; k++)
            assert_int_equal(ovf_buffer_printf(&text, "%02X", (unsigned)frame.bytes[k]), OVF_OK);
        assert_int_equal(ovf_buffer_append_text(&text, ";\n"), OVF_OK);
    }
    fail_each(OVF_MIXED_RECEIVER, &text, N);
    ovf_buffer_deinit(&text);
}

static void lines_without_memory_say_so(void **state)
{
    (void)state;
    struct ovf_buffer text = {0};
    for (unsigned i = 0; i < N; i++)
        assert_int_equal(
            ovf_buffer_printf(
                &text, "MSG,3,1,1,%06X,1,2025/07/01,00:00:10,,,,35000,,,46.5,7.25,,,0,0,0,0\n",
                0xF10000 + i),
            OVF_OK);
    fail_each(OVF_MIXED_SBS, &text, N);
    ovf_buffer_deinit(&text);
}

static void aircraft_without_memory_say_so(void **state)
{
    (void)state;
    struct ovf_buffer text = {0};
    for (unsigned i = 0; i < N; i++)
        assert_int_equal(
            ovf_buffer_printf(&text,
                              "%s{\"hex\":\"%06x\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0.1}",
                              i > 0 ? "," : "{\"now\":1751328000,\"aircraft\":[", 0xF10000 + i),
            OVF_OK);
    assert_int_equal(ovf_buffer_append_text(&text, "]}"), OVF_OK);
    fail_each(OVF_MIXED_AIRCRAFT, &text, N);
    ovf_buffer_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_without_memory_say_so),
        cmocka_unit_test(lines_without_memory_say_so),
        cmocka_unit_test(aircraft_without_memory_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
