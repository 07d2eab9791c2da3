/* SPDX-License-Identifier: Apache-2.0 */
/* Grading, and parting two aircraft with one address, when memory runs out: each allocation in turn fails,
 * once and for good. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "oom.h"
#include "track/grade.h"
#include "track/twin.h"

enum { N = 120 };

static struct ovf_fix fix_of(int i)
{
    struct ovf_fix fix = {.t_ns = i * 10 * OVF_NS_PER_S,
                          .at = {(i % 2 != 0 ? 400000000 : 0) + i * 222200, 0},
                          .gs_kt = 480,
                          .has = OVF_FIX_GS | OVF_FIX_CALLSIGN | OVF_FIX_NIC,
                          .source = OVF_SOURCE_ADSB,
                          .nic = i > 60 && i < 80 ? 4 : 8,
                          .record = {0, (uint32_t)i}};
    memcpy(fix.callsign, i % 2 != 0 ? "SIM1" : "SIM2", 4);
    return fix;
}

/** Two aircraft in turn, of which either loses its integrity for a while; one has a false place. */
static void fill(struct ovf_track *track)
{
    *track = (struct ovf_track){.address = 0xf10000};
    for (int i = 0; i < N; i++) {
        struct ovf_fix fix = fix_of(i);
        if (i > 90 && i < 110 && i % 2 != 0)
            fix.at.lon_e7 = 300000000;
        assert_int_equal(ovf_fixes_push(&track->fixes, &fix), OVF_OK);
    }
}

static enum ovf_status grade_and_part(struct ovf_track *track, struct ovf_track *twin)
{
    size_t n_suspect;
    enum ovf_status st = ovf_track_grade(track, &ovf_detect_defaults, &n_suspect);
    if (st == OVF_OK && track->has_twin)
        st = ovf_track_split_twin(track, twin);
    if (st == OVF_OK)
        st = ovf_track_grade(twin, &ovf_detect_defaults, &n_suspect);
    return st;
}

static void without_memory_nothing_is_graded_and_it_is_said(void **state)
{
    (void)state;
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            struct ovf_track track;
            struct ovf_track twin = {0};
            fill(&track);
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = grade_and_part(&track, &twin);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            assert_true(failed || (twin.fixes.n > 0 && twin.fixes.n + track.fixes.n == N));
            ovf_track_deinit(&track);
            ovf_track_deinit(&twin);
            if (!failed)
                break;
        }
        assert_true(n > 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nothing_is_graded_and_it_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
