/* SPDX-License-Identifier: Apache-2.0 */
/* Playing a scenario with the pack; everything that is written is read back on the way. */
#ifndef OVF_TESTS_UNIT_TEST_SIMULATE_H
#define OVF_TESTS_UNIT_TEST_SIMULATE_H

#include "test.h"

#include <string.h>

#include "base/time.h"
#include "geo/geodesic.h"
#include "question/pack_file.h"
#include "read/trace.h"
#include "simulate/simulate.h"
#include "simulate/write.h"

#define HEAD "scenario: t\nfrom: 2025-03-30\nuntil: 2025-04-01\n"
#define PLANE "aircraft:\n  - {icao24: f10001, registration: XX-AAA, type_code: A320}\n"
#define ROUTE "routes:\n  - {name: r, points: [OIIE, ORBI, OSDI], performance: {cruise_fl: 350}}\n"
#define FLIES "schedules:\n  - {route: r, callsign: SIM151, aircraft: [f10001], at: [\"22:30\"], "

static struct ovf_pack_file pack;
static struct ovf_airports airports;

/** What a simulation handed over. */
struct heard {
    struct ovf_buffer traces; /* one after the other */
    struct ovf_buffer truth;
    struct ovf_fixes fixes;
    size_t n_days;
    int64_t last_day_ns;
};

static inline enum ovf_status take_day(void *context, const struct ovf_timetable *timetable,
                                       uint32_t icao24, int64_t day_ns,
                                       const struct ovf_sim_row *rows, size_t n)
{
    struct heard *const heard = context;
    const size_t before = heard->traces.len;
    assert_int_equal(ovf_write_trace(timetable, rows, n, &heard->traces), OVF_OK);
    struct ovf_trace trace = {0};
    enum ovf_reject reject;
    struct ovf_error err = {""};
    const struct ovf_bytes text = {heard->traces.data + before, heard->traces.len - before};
    assert_int_equal(ovf_trace_read(text, 0, &trace, &reject, &err), OVF_OK);
    assert_int_equal(reject, OVF_REJECT_N);
    assert_int_equal(ovf_tally_rejected(&trace.rows), 0);
    assert_int_equal(trace.address, icao24);
    assert_int_equal(trace.fixes.n, n);
    for (size_t i = 0; i < n; i++) {
        const struct ovf_fix *const fix = &trace.fixes.items[i];
        assert_int_equal(fix->t_ns, rows[i].t_ns);
        assert_int_equal(ovf_time_day(fix->t_ns), day_ns);
        assert_true(ovf_point_equal(fix->at, ovf_sim_row_point(&rows[i])));
        assert_int_equal((fix->flags & OVF_FIX_ON_GROUND) != 0, rows[i].on_ground);
        assert_int_equal((fix->flags & OVF_FIX_AFTER_SILENCE) != 0, rows[i].after_silence);
        if (!rows[i].on_ground)
            assert_int_equal(fix->alt_baro_ft, rows[i].alt_ft);
        assert_int_equal(ovf_fixes_push(&heard->fixes, fix), OVF_OK);
    }
    heard->n_days++;
    heard->last_day_ns = day_ns;
    ovf_trace_deinit(&trace);
    return OVF_OK;
}

static inline enum ovf_status take_truth(void *context, struct ovf_bytes lines)
{
    struct heard *const heard = context;
    return ovf_buffer_append(&heard->truth, lines.data, lines.len);
}

static inline struct heard play(const char *yaml, uint64_t seed)
{
    struct heard heard = {0};
    struct ovf_case_store store = {0};
    struct ovf_scenario scenario;
    struct ovf_simulation_counts counts;
    struct ovf_error err = {""};
    const struct ovf_simulation_sink sink = {take_day, take_truth, &heard};
    if (ovf_scenario_read(ovf_bytes_from_text(yaml), &airports, &store, &scenario, &err) !=
            OVF_OK ||
        ovf_simulate(&scenario, &pack.pack, &airports, seed, &sink, &counts, &err) != OVF_OK)
        fail_msg("%s", err.text);
    assert_int_equal(counts.n_inconsistent, 0);
    ovf_case_store_deinit(&store);
    return heard;
}

static inline void free_heard(struct heard *heard)
{
    ovf_buffer_deinit(&heard->traces);
    ovf_buffer_deinit(&heard->truth);
    ovf_fixes_deinit(&heard->fixes);
}

static inline int open_pack(void **state)
{
    (void)state;
    if (access(OVF_BUILD_PACK, R_OK) != 0)
        return 0;
    return ovf_pack_file_open(OVF_BUILD_PACK, &pack, NULL) != OVF_OK ||
           ovf_airports_view(pack.pack.airports, &airports, NULL) != OVF_OK;
}

static inline int close_pack(void **state)
{
    (void)state;
    ovf_pack_file_close(&pack);
    return 0;
}

static inline int need_pack(void **state)
{
    (void)state;
    (void)ovf_test_pack();
    return 0;
}

#endif
