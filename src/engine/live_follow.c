/* SPDX-License-Identifier: Apache-2.0 */
/* A look at one aircraft: the engine over all that is held of it. */
#include <stdlib.h>

#include "base/time.h"
#include "engine/live_parts.h"
#include "track/address.h"

/* While something is held back the next look comes soon, then less and less so. */
static const int64_t soon_ns = 5 * OVF_NS_PER_S;
enum { PATIENCE_MAX = 12 }; /* looks without anything new; then only news makes it due */

/* Thinning leaves what is younger than this as it is, and of what is older a fix in this time. */
static const int64_t recent_ns = 10 * OVF_NS_PER_MIN;
static const int64_t thinned_ns = 10 * OVF_NS_PER_S;
/* In that time behind its entry, or before its exit, an aircraft is well inside, if it ever is. */
static const int64_t shows_ns = OVF_NS_PER_MIN;
/* Thinning is worth it again when so many more are held as are left, but of many young ones when there are so many. */
enum { THIN_MORE = 32 };

/** A source that puts the aircraft on the ground somewhere has it in the air everywhere else. */
static void mark_in_air(struct ovf_fixes *fixes)
{
    uint64_t tells_ground = 0;
    for (size_t i = 0; i < fixes->n; i++) {
        if ((fixes->items[i].flags & (OVF_FIX_ON_GROUND | OVF_FIX_IN_AIR)) != 0)
            tells_ground |= UINT64_C(1) << fixes->items[i].record.item;
    }
    for (size_t i = 0; i < fixes->n; i++) {
        struct ovf_fix *fix = &fixes->items[i];
        if ((tells_ground >> fix->record.item & 1) != 0 && (fix->flags & OVF_FIX_ON_GROUND) == 0)
            fix->flags |= OVF_FIX_IN_AIR;
    }
}

/** The fixes that the stream's time has come to, which are put first: a later one may be of a broken clock. */
static struct ovf_fixes fixes_so_far(struct ovf_fixes *fixes, int64_t now_ns)
{
    struct ovf_fixes so_far = *fixes;
    so_far.n = 0;
    for (size_t i = 0; i < fixes->n; i++) {
        const struct ovf_fix fix = fixes->items[i];
        if (fix.t_ns > now_ns)
            continue;
        fixes->items[i] = fixes->items[so_far.n];
        fixes->items[so_far.n++] = fix;
    }
    return so_far;
}

static enum ovf_status run_engine(struct ovf_live_engine *live, uint32_t number, bool is_last,
                                  struct ovf_result *result)
{
    const struct ovf_live_config *config = live->config;
    const struct ovf_live_craft *craft = &live->hold.crafts[number];
    const struct ovf_around around = {.flights = craft->flights,
                                      .n_flights = craft->n_flights,
                                      .begins_journey = craft->begins_journey};
    const bool is_label = (craft->address & OVF_ADDRESS_NON_ICAO) != 0;
    const enum ovf_status st = ovf_live_hold_fixes(&live->hold, number, &live->fixes);
    if (st != OVF_OK)
        return st;
    const struct ovf_fixes fixes =
        is_last ? live->fixes : fixes_so_far(&live->fixes, live->time_ns);
    mark_in_air(&live->fixes);
    live->counts.n_followed++;
    ovf_engine_set_speed(live->engine, config->speed != NULL
                                           ? config->speed(config->teller.context, craft->address)
                                           : (struct ovf_aircraft_speed){.is_fast = false});
    return ovf_engine_aircraft(live->engine, craft->address,
                               is_label ? config->sources[craft->source] : "", &fixes, 1, &around,
                               result);
}

static enum ovf_status settle_flights(const struct ovf_live_look *look, size_t end,
                                      struct ovf_live_tolds *tolds)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < end && st == OVF_OK; i++) {
        if (!look->result->flights[i].is_elsewhere)
            st = ovf_live_settle(look, i, tolds);
    }
    return st;
}

/* ---- what no correction reaches ---- */

/** How many of the flights, from the first on, are over for so long that none does, a later one being known. */
static size_t count_settled(const struct ovf_live_engine *live, const struct ovf_result *result)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < result->n_flights; i++) {
        if (result->flights[i].end_ns < live->time_ns - live->config->reach_ns)
            n = i + 1;
    }
    return n;
}

/** Of the flights before \p next those that are of its journey are kept, without their fixes. */
static enum ovf_status keep_flights(struct ovf_live_craft *craft, const struct ovf_result *result,
                                    size_t next)
{
    size_t first = next;
    while (first > 0 && memcmp(result->flights[first - 1].journey_id,
                               result->flights[next].journey_id, OVF_ID_SIZE) == 0)
        first--;
    const size_t n = next - first;
    struct ovf_flight *kept = malloc((n + 1) * sizeof *kept);
    if (kept == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        kept[i] = result->flights[first + i];
        kept[i].is_elsewhere = true;
    }
    free(craft->flights);
    craft->flights = kept;
    craft->n_flights = n;
    craft->begins_journey = n == 0;
    return OVF_OK;
}

static enum ovf_status drop_before(struct ovf_live_engine *live, uint32_t number, int64_t t_ns)
{
    size_t n = 0;
    for (size_t i = 0; i < live->fixes.n; i++) {
        if (live->fixes.items[i].t_ns > t_ns)
            live->fixes.items[n++] = live->fixes.items[i];
    }
    live->fixes.n = n;
    return ovf_live_hold_replace(&live->hold, number, &live->fixes);
}

/** Where two aircraft have the address, flights of the one are not parted from what is held of the other. */
static enum ovf_status forget_settled(struct ovf_live_engine *live, uint32_t number,
                                      const struct ovf_live_look *look)
{
    struct ovf_live_craft *craft = &live->hold.crafts[number];
    const struct ovf_result *result = look->result;
    const size_t n = result->duplicate_address ? 0 : count_settled(live, result);
    bool has_fixes = false;
    for (size_t i = 0; i < n; i++)
        has_fixes = has_fixes || !result->flights[i].is_elsewhere;
    if (!has_fixes)
        return OVF_OK;
    enum ovf_status st = settle_flights(look, n, &craft->tolds);
    if (st == OVF_OK)
        st = keep_flights(craft, result, n);
    return st == OVF_OK ? drop_before(live, number, result->flights[n - 1].end_ns) : st;
}

/* ---- the look ---- */

static struct ovf_live_look begin_look(const struct ovf_live_engine *live, uint32_t number,
                                       const struct ovf_result *result, bool is_last)
{
    return (struct ovf_live_look){.teller = &live->teller,
                                  .result = result,
                                  .now_ns = live->time_ns,
                                  .since_ns = live->since_ns,
                                  .is_last = is_last,
                                  .address = live->hold.crafts[number].address,
                                  .source = live->hold.crafts[number].source};
}

static bool has_other_chain(const struct ovf_live_tolds *tolds)
{
    bool has = false;
    for (size_t i = 0; i < tolds->n; i++)
        has = has || tolds->items[i].chain > 1;
    return has;
}

/** The other aircraft of the address, or what was told of it when there is none any more. */
static enum ovf_status tell_twin(struct ovf_live_engine *live, struct ovf_result *result,
                                 struct ovf_live_look *look, struct ovf_live_tolds *tolds)
{
    if (!result->duplicate_address) {
        static const struct ovf_result none = {.chain = 2};
        look->result = &none;
        return has_other_chain(tolds) ? ovf_live_tell(look, tolds) : OVF_OK;
    }
    enum ovf_status st = ovf_engine_twin(live->engine, result);
    look->result = result;
    if (st == OVF_OK)
        st = ovf_live_tell(look, tolds);
    return st == OVF_OK && look->is_last ? settle_flights(look, result->n_flights, tolds) : st;
}

static enum ovf_status plan_next(struct ovf_live_engine *live, uint32_t number, bool is_pending)
{
    struct ovf_live_craft *craft = &live->hold.crafts[number];
    const bool had_news = craft->has_news;
    int64_t wait_ns = OVF_LIVE_SELDOM_NS;
    craft->has_news = false;
    if (!is_pending)
        craft->patience = 0;
    else if (craft->patience < PATIENCE_MAX)
        craft->patience++;
    if (is_pending && craft->patience < 6)
        wait_ns = soon_ns << (craft->patience - 1);
    const bool goes_on = is_pending ? had_news || craft->patience < PATIENCE_MAX
                                    : had_news && ovf_live_wants_news(craft);
    if (goes_on)
        return ovf_live_due_set(&live->due, &live->hold, number, live->time_ns + wait_ns);
    ovf_live_due_clear(&live->due, &live->hold, number);
    return OVF_OK;
}

enum ovf_status ovf_live_follow(struct ovf_live_engine *live, uint32_t number)
{
    struct ovf_live_craft *craft = &live->hold.crafts[number];
    struct ovf_result result;
    enum ovf_status st = run_engine(live, number, false, &result);
    if (st != OVF_OK)
        return st;
    struct ovf_live_look look = begin_look(live, number, &result, false);
    st = ovf_live_tell(&look, &craft->tolds);
    if (st == OVF_OK)
        st = forget_settled(live, number, &look);
    if (st == OVF_OK)
        st = tell_twin(live, &result, &look, &craft->tolds);
    craft->is_open = look.is_open;
    craft->settle_ns = live->time_ns + live->config->reach_ns;
    return st == OVF_OK ? plan_next(live, number, look.is_pending) : st;
}

enum ovf_status ovf_live_dismiss(struct ovf_live_engine *live, uint32_t number)
{
    struct ovf_live_craft *craft = &live->hold.crafts[number];
    struct ovf_result result;
    enum ovf_status st = run_engine(live, number, true, &result);
    if (st != OVF_OK)
        return st;
    struct ovf_live_look look = begin_look(live, number, &result, true);
    st = ovf_live_tell(&look, &craft->tolds);
    if (st == OVF_OK)
        st = settle_flights(&look, result.n_flights, &craft->tolds);
    if (st == OVF_OK)
        st = tell_twin(live, &result, &look, &craft->tolds);
    ovf_live_due_clear(&live->due, &live->hold, number);
    ovf_live_hold_remove(&live->hold, number);
    return st;
}

/* ---- thinning ---- */

/** Whether what was told of a crossing rests on a fix of this time: on its ends, and that two fixes lie well inside
 * on those next to them. */
static bool is_told_by(const struct ovf_live_tolds *tolds, int64_t t_ns)
{
    for (size_t i = 0; i < tolds->n; i++) {
        const struct ovf_live_told *told = &tolds->items[i];
        if (t_ns == told->entry.t_min_ns || t_ns == told->entry.t_max_ns ||
            t_ns == told->exit.t_min_ns || t_ns == told->exit.t_max_ns)
            return true;
        if (t_ns >= told->start_ns && t_ns <= told->end_ns &&
            (t_ns - told->start_ns <= shows_ns || told->end_ns - t_ns <= shows_ns))
            return true;
    }
    return false;
}

enum ovf_status ovf_live_thin(struct ovf_live_engine *live, uint32_t number)
{
    struct ovf_live_craft *craft = &live->hold.crafts[number];
    struct ovf_fixes *fixes = &live->fixes;
    const enum ovf_status st = ovf_live_hold_fixes(&live->hold, number, fixes);
    if (st != OVF_OK)
        return st;
    /* What is younger than the window may still be decided upon. */
    const int64_t since_ns =
        craft->newest_ns - (live->thins_young ? 2 * live->config->reorder_ns : recent_ns);
    const struct ovf_fix *kept = NULL; /* the last position */
    size_t n = 0;
    mark_in_air(fixes);
    ovf_fixes_sort(fixes);
    for (size_t i = 0; i < fixes->n; i++) {
        const struct ovf_fix *fix = &fixes->items[i];
        if (ovf_fix_is_hearing(fix)) { /* they are thin, and what is beside them ends a gap */
            fixes->items[n++] = *fix;
            kept = NULL;
            continue;
        }
        if (kept == NULL || fix->t_ns >= since_ns || fix->t_ns - kept->t_ns >= thinned_ns ||
            ((fix->flags ^ kept->flags) & OVF_FIX_ON_GROUND) != 0 ||
            is_told_by(&craft->tolds, fix->t_ns)) {
            fixes->items[n] = *fix;
            kept = &fixes->items[n++];
        }
    }
    live->counts.n_thinned += fixes->n - n;
    fixes->n = n;
    craft->thin_at = n + (live->thins_young && n > THIN_MORE ? THIN_MORE : n);
    return ovf_live_hold_replace(&live->hold, number, fixes);
}
