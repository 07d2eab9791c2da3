/* SPDX-License-Identifier: Apache-2.0 */
/* Drawing a crossing when memory runs out: each allocation in turn fails, once and for good. */
#include "test.h"

#include "base/time.h"
#include "oom.h"
#include "report/drawing.h"

enum { N_FIXES = 200 };

static void a_drawing_without_memory_says_so(void **state)
{
    (void)state;
    struct ovf_fix fixes[N_FIXES] = {0};
    /* eastward over the antimeridian, with a gap there and one further on */
    for (int i = 0; i < N_FIXES; i++) {
        fixes[i].t_ns =
            (int64_t)(i * 30 + (i >= 100 ? 1000 : 0) + (i >= 150 ? 1000 : 0)) * OVF_NS_PER_S;
        fixes[i].at.lon_e7 = ovf_lon_wrap(INT64_C(1750000000) + (int64_t)i * 500000);
    }
    const struct ovf_engine_config config = {.walk = {.max_gap_ns = 60 * OVF_NS_PER_S}};
    const struct ovf_report report = {.config = &config};
    const struct ovf_track track = {.fixes = {.items = fixes, .n = N_FIXES}};
    const struct ovf_result result = {.track = &track};
    const struct ovf_crossing crossing = {
        .passage = {.exit = {.before = N_FIXES - 1, .after = N_FIXES - 1}}};
    const struct ovf_report_line line = {.result = &result, .crossing = &crossing};
    for (int persistent = 0; persistent < 2; persistent++) {
        for (unsigned long n = 1;; n++) {
            struct ovf_drawing drawing = {0};
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = ovf_drawing_of_crossing(&report, &line, true, &drawing);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (!failed)
                assert_int_equal(drawing.n_parts, 5);
            ovf_drawing_deinit(&drawing);
            if (!failed)
                break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_drawing_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
