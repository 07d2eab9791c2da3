/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of an input whatever its format is. */
#include "test.h"

#include "decode/decoder.h"
#include "read/mixed.h"

enum { N_MORE = 3 };

static enum ovf_status count_row(void *context, uint32_t address, const struct ovf_fix *fix,
                                 const struct ovf_identity *identity)
{
    size_t *const n = context;
    (void)address;
    (void)fix;
    (void)identity;
    ++*n;
    return OVF_OK;
}

/** So many aircraft as there is room for, and N_MORE, each in a line of its own. */
static void aircraft_that_had_to_go_are_counted(void **state)
{
    (void)state;
    static const struct {
        enum ovf_mixed_format format;
        const char *line; /* of an address */
    } formats[] = {
        {OVF_MIXED_SBS, "MSG,3,1,1,%06X,1,2025/07/01,00:00:10,,,,35000,,,46.5,7.25,,,0,0,0,0\n"},
        {OVF_MIXED_AIRCRAFT, "{\"now\":1751328010.0,\"aircraft\":[{\"hex\":\"%06x\",\"lat\":46.5,"
                             "\"lon\":7.25,\"seen_pos\":0}]}\n"},
    };
    const struct ovf_read_options options = {.knows_frames = false};
    for (size_t k = 0; k < sizeof formats / sizeof *formats; k++) {
        struct ovf_mixed *mixed = NULL;
        struct ovf_error err = {""};
        enum ovf_reject reject;
        char line[160];
        size_t n = 0;
        assert_int_equal(ovf_mixed_new(formats[k].format, 0, &options, count_row, &n, &mixed),
                         OVF_OK);
        for (unsigned i = 1; i <= OVF_DECODER_MAX_AIRCRAFT + N_MORE; i++) {
            (void)snprintf(line, sizeof line, formats[k].line, i);
            assert_int_equal(ovf_mixed_feed(mixed, ovf_bytes_from_text(line), NULL, &reject, &err),
                             OVF_OK);
        }
        assert_int_equal(ovf_mixed_finish(mixed, &reject, &err), OVF_OK);
        assert_int_equal(n, OVF_DECODER_MAX_AIRCRAFT + N_MORE);
        assert_int_equal(ovf_mixed_n_dropped(mixed), N_MORE);
        ovf_mixed_free(mixed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aircraft_that_had_to_go_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
