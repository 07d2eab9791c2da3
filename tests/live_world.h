/* SPDX-License-Identifier: Apache-2.0 */
/* One zone, a circle of 60 NM around 0 N 0 E, and a live engine that watches it and keeps what it has to say.
 *
 * On the equator a degree is 111,319.49 m (a sphere's turn of 40,075,016.69 m / 360), so the boundary lies at
 * 60 * 1852 / 111319.49 = 0.998207 degrees east and west. What flies there at 0.002 degrees a second (432 kt)
 * from 3 W has its last fix outside at 1.00 W and the first inside at 0.98 W, when it is heard every 10 s. */
#ifndef OVF_TESTS_LIVE_WORLD_H
#define OVF_TESTS_LIVE_WORLD_H

#include "test.h"

#include <inttypes.h>
#include <string.h>

#include "base/time.h"
#include "engine/live.h"

#define T0_S INT64_C(1751328000) /* 2025-07-01 */

struct heard_event {
    enum ovf_live_event_kind kind;
    enum ovf_live_reason reason;
    uint32_t address;
    char id[OVF_ID_SIZE];
    int64_t told_s; /* after T0 */
    int64_t entry_min_s;
    int64_t entry_max_s; /* 0: no entry is known */
    int64_t exit_min_s;
    int64_t exit_max_s;
    int64_t entry_earliest_s; /* rounded down */
    int64_t entry_latest_s;
    enum ovf_class class;
    unsigned chain;
};

struct live_world {
    struct ovf_edition zones;
    struct ovf_engine_layer layer;
    struct ovf_engine_config engine;
    struct ovf_live_config config;
    struct ovf_live_engine *live;
    bool asks_possible;
    struct heard_event events[512];
    size_t n;
};

static inline int64_t after_t0_s(int64_t t_ns)
{
    return t_ns == 0 ? 0 : t_ns / OVF_NS_PER_S - T0_S;
}

static inline enum ovf_live_asked world_ask(void *context, const struct ovf_result *result,
                                            const struct ovf_crossing *crossing)
{
    const struct live_world *w = context;
    (void)result;
    return crossing->passage.class <=
                   (w->asks_possible ? OVF_CLASS_POSSIBLE : OVF_CLASS_NEAR_CERTAIN)
               ? OVF_LIVE_ASKED
               : OVF_LIVE_ASKED_SOON;
}

static inline enum ovf_status world_take(void *context, const struct ovf_live_event *event)
{
    struct live_world *w = context;
    const struct ovf_live_told *told = event->told;
    assert_true(w->n < sizeof w->events / sizeof *w->events);
    struct heard_event *e = &w->events[w->n++];
    *e = (struct heard_event){.kind = event->kind,
                              .reason = event->reason,
                              .address = event->address,
                              .told_s = after_t0_s(event->t_ns),
                              .entry_min_s = after_t0_s(told->entry.t_min_ns),
                              .entry_max_s = after_t0_s(told->entry.t_max_ns),
                              .exit_min_s = after_t0_s(told->exit.t_min_ns),
                              .exit_max_s = after_t0_s(told->exit.t_max_ns),
                              .entry_earliest_s = after_t0_s(told->entry.earliest_ns),
                              .entry_latest_s = after_t0_s(told->entry.latest_ns),
                              .class = (enum ovf_class)told->class,
                              .chain = told->chain};
    memcpy(e->id, told->id, sizeof e->id);
    if (event->crossing != NULL)
        assert_string_equal(event->crossing->id, told->id);
    return OVF_OK;
}

/* NULL: the circle. */
static inline struct live_world *make_live_world(const char *zone_text)
{
    struct live_world *w = calloc(1, sizeof *w);
    struct ovf_zone zone;
    struct ovf_error err;
    assert_non_null(w);
    assert_int_equal(ovf_zone_parse(zone_text != NULL ? zone_text : "circle:0,0,60", &zone, &err),
                     OVF_OK);
    assert_int_equal(ovf_edition_from_zones(&zone, 1, &w->zones, &err), OVF_OK);
    w->layer.edition = &w->zones;
    ovf_members_toggle(&w->layer.wanted, 0);
    w->engine = (struct ovf_engine_config){
        .layers = &w->layer,
        .n_layers = 1,
        .walk = {60 * OVF_NS_PER_S, 300 * OVF_NS_PER_S, false, 0},
        .speeds = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S, false},
        .journey_ns = 24 * 3600 * OVF_NS_PER_S};
    static const char *const sources[] = {"one", "other"};
    w->config = (struct ovf_live_config){.engine = &w->engine,
                                         .max_aircraft = 1000,
                                         .max_bytes = 4 << 20,
                                         .reorder_ns = 5 * OVF_NS_PER_S,
                                         .reach_ns = 6 * 3600 * OVF_NS_PER_S,
                                         .sources = sources,
                                         .n_sources = 2,
                                         .teller = {.ask = world_ask, .take = world_take}};
    w->config.teller.context = w;
    assert_int_equal(ovf_live_new(&w->config, &w->live), OVF_OK);
    return w;
}

static inline void free_live_world(struct live_world *w)
{
    ovf_live_free(w->live);
    ovf_edition_deinit(&w->zones);
    free(w);
}

static inline struct ovf_fix world_fix(int64_t t_s, double lat_deg, double lon_deg, double alt_ft)
{
    return (struct ovf_fix){.t_ns = (T0_S + t_s) * OVF_NS_PER_S,
                            .at = {(int32_t)lround(lat_deg * 1e7), (int32_t)lround(lon_deg * 1e7)},
                            .alt_baro_ft = (int32_t)alt_ft,
                            .has = OVF_FIX_ALT_BARO | OVF_FIX_CALLSIGN,
                            .source = OVF_SOURCE_ADSB,
                            .callsign = "SIM1",
                            .record = {0, (uint32_t)t_s}};
}

static inline void hear(struct live_world *w, uint32_t address, const struct ovf_fix *fix)
{
    assert_int_equal(ovf_live_push(w->live, address, fix), OVF_OK);
}

/* Along the equator from 3 W at T0, heard every \p step_s from \p from_s to \p to_s, both included. */
static inline void fly_east(struct live_world *w, uint32_t address, int64_t from_s, int64_t to_s,
                            int64_t step_s)
{
    for (int64_t t_s = from_s; t_s <= to_s; t_s += step_s) {
        const struct ovf_fix fix = world_fix(t_s, 0, -3 + 0.002 * (double)t_s, 35000);
        hear(w, address, &fix);
    }
}

static inline void expect_event(const struct live_world *w, size_t i, enum ovf_live_event_kind kind,
                                uint32_t address)
{
    assert_true(i < w->n);
    assert_string_equal(ovf_live_event_name(w->events[i].kind), ovf_live_event_name(kind));
    assert_int_equal(w->events[i].address, address);
}

#endif
