/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as fixes of a few aircraft in any order, ten bytes each, past a zone and in little room: the budget holds,
 * and what is told of a crossing makes sense in the order in which it is told. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "engine/live.h"

#define T0_NS (INT64_C(1751328000) * OVF_NS_PER_S)

enum { FIX_BYTES = 10, MAX_TOLD = 4096, MAX_FIXES = 300 };

/* The last event of each crossing. */
struct told {
    struct {
        char id[OVF_ID_SIZE];
        enum ovf_live_event_kind last;
    } items[MAX_TOLD];
    size_t n;
};

static enum ovf_live_asked ask(void *context, const struct ovf_result *result,
                               const struct ovf_crossing *crossing)
{
    (void)context;
    (void)result;
    return crossing->passage.class <= OVF_CLASS_POSSIBLE ? OVF_LIVE_ASKED : OVF_LIVE_ASKED_NOT;
}

static enum ovf_status take(void *context, const struct ovf_live_event *event)
{
    struct told *told = context;
    size_t i = 0;
    while (i < told->n && strcmp(told->items[i].id, event->told->id) != 0)
        i++;
    const bool is_new = i == told->n;
    if (i == MAX_TOLD)
        return OVF_OK;
    if (is_new)
        memcpy(told->items[told->n++].id, event->told->id, OVF_ID_SIZE);
    else if (event->kind == OVF_LIVE_ENTERED &&
             (told->items[i].last == OVF_LIVE_ENTERED || told->items[i].last == OVF_LIVE_LEFT))
        abort();
    if (is_new && (event->kind == OVF_LIVE_CORRECTED || event->kind == OVF_LIVE_RETRACTED))
        abort();
    if (event->crossing != NULL && strcmp(event->crossing->id, event->told->id) != 0)
        abort();
    told->items[i].last = event->kind;
    return OVF_OK;
}

/* Which aircraft (of six, two of them labels) and flags; seconds since the last fix, as a number with a sign; place
 * within some degrees of the zone; altitude. */
static enum ovf_status push(struct ovf_live_engine *live, const uint8_t *p, int64_t *t_ns,
                            uint32_t row)
{
    const uint32_t which = p[0] % 6;
    *t_ns += (int64_t)(int16_t)(p[1] | p[2] << 8) * OVF_NS_PER_S / 4;
    const struct ovf_fix fix = {
        .t_ns = *t_ns,
        .at = {(int16_t)(p[3] | p[4] << 8) * 1000, (int16_t)(p[5] | p[6] << 8) * 1000},
        .alt_baro_ft = p[7] * 200,
        .has = OVF_FIX_ALT_BARO,
        .flags = (p[8] & 3) == 3 ? OVF_FIX_ON_GROUND : 0,
        .source = p[9] % 8,
        .record = {which % 2, row}};
    return ovf_live_push(live, (which >= 4 ? UINT32_C(1) << 24 : 0) | (0xF10000 + which), &fix);
}

static bool make_zones(struct ovf_edition *zones)
{
    struct ovf_zone zone;
    struct ovf_error err;
    return ovf_zone_parse("circle:0,0,60,5000,30000", &zone, &err) == OVF_OK &&
           ovf_edition_from_zones(&zone, 1, zones, &err) == OVF_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const sources[] = {"one", "other"};
    static struct told told;
    static struct ovf_edition zones; /* made once: it takes longer than the rest */
    const struct ovf_engine_layer layer = {.edition = &zones, .wanted = {{1}}};
    if (zones.n_airspaces == 0 && !make_zones(&zones))
        return 0;
    /* Gaps are not judged: hundreds of them would take all the time. */
    const struct ovf_engine_config engine = {.layers = &layer,
                                             .n_layers = 1,
                                             .walk = {60 * OVF_NS_PER_S, 300 * OVF_NS_PER_S, false},
                                             .speeds = {.hard_kt = 0},
                                             .journey_ns = OVF_NS_PER_DAY};
    const struct ovf_live_config config = {.engine = &engine,
                                           .max_aircraft = 5,
                                           .max_bytes = 8192,
                                           .reorder_ns = 5 * OVF_NS_PER_S,
                                           .reach_ns = 6 * 3600 * OVF_NS_PER_S,
                                           .sources = sources,
                                           .n_sources = 2,
                                           .teller = {ask, take, &told, NULL}};
    struct ovf_live_engine *live = NULL;
    int64_t t_ns = T0_NS;
    told.n = 0;
    enum ovf_status st = ovf_live_new(&config, &live);
    for (uint32_t i = 0; (i + 1) * FIX_BYTES <= size && i < MAX_FIXES && st == OVF_OK; i++) {
        st = push(live, data + i * FIX_BYTES, &t_ns, i);
        if (ovf_live_bytes(live) > config.max_bytes)
            abort();
    }
    if (st == OVF_OK)
        st = ovf_live_finish(live);
    if (st == OVF_OK && ovf_live_n_aircraft(live) != 0)
        abort();
    ovf_live_free(live);
    return 0;
}
