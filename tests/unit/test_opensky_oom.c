/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSky's reader when memory runs out: each allocation in turn fails, once and for good. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "oom.h"
#include "read/opensky.h"

static enum ovf_status count(void *context, uint32_t address, const struct ovf_fix *fix,
                             const struct ovf_identity *identity)
{
    (void)address;
    (void)fix;
    (void)identity;
    ++*(size_t *)context;
    return OVF_OK;
}

static enum ovf_status read_states(struct ovf_bytes text, size_t *n)
{
    struct ovf_opensky *opensky = NULL;
    struct ovf_error err = {0};
    enum ovf_reject reject = OVF_REJECT_N;
    *n = 0;
    enum ovf_status st = ovf_opensky_new(1, OVF_OPENSKY_MAX_DOCUMENT_BYTES, count, n, &opensky);
    for (size_t at = 0; at < text.len && st == OVF_OK; at += 1000) {
        const size_t len = text.len - at < 1000 ? text.len - at : 1000;
        st = ovf_opensky_feed(opensky, (struct ovf_bytes){text.data + at, len}, &err);
    }
    if (st == OVF_OK)
        st = ovf_opensky_finish(opensky, &reject, &err);
    ovf_opensky_free(opensky);
    return st;
}

static void states_without_memory_say_so(void **state)
{
    (void)state;
    enum { N = 600 }; /* more than half of the first table of aircraft */
    struct ovf_buffer text = {0};
    for (int i = 0; i < N; i++)
        assert_int_equal(ovf_buffer_printf(&text,
                                           "%s[\"%06x\",null,\"\",1751328000,1,1,2,null,false,null,"
                                           "null,null,null,null,null,false,0]",
                                           i > 0 ? "," : "[", 0xF10000u + (unsigned)i),
                         OVF_OK);
    assert_int_equal(ovf_buffer_append_text(&text, "]"), OVF_OK);
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            size_t n_rows;
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = read_states(ovf_buffer_bytes(&text), &n_rows);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (!failed) {
                assert_int_equal(n_rows, N);
                break;
            }
        }
        assert_true(n > 4); /* the reader, the document as it grows, the table twice */
    }
    ovf_buffer_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_without_memory_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
