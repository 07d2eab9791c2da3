/* SPDX-License-Identifier: Apache-2.0 */
/* The stream: its time, who is due, and what one more fix means. */
#include "engine/live.h"

#include <stdlib.h>

#include "base/time.h"
#include "engine/live_parts.h"
#include "track/address.h"

/* A fix so far ahead of the stream is one of a broken clock, or the stream was silent: others tell. */
static const int64_t ahead_ns = 60 * OVF_NS_PER_S;
/* How many in a row confirm a time when they are one aircraft's; of two aircraft two are enough. */
enum { CONFIRM_ALONE = 3 };
/* How many in a row that lie too far back confirm that it is the stream's time that is wrong. */
enum { CONFIRM_BACK = 8 };

/* A fix that comes later than its aircraft's newest by less than this changes little by itself. */
static const int64_t hardly_late_ns = 60 * OVF_NS_PER_S;

/* Aircraft looked at for one that can be thinned, before the oldest one goes. */
enum { THIN_TRIES = 4096, THIN_MIN_FIXES = 64 };
/* Where there are not enough old fixes there will not be for a while. */
static const int64_t young_for_ns = 10 * OVF_NS_PER_MIN;

/** Counts events on their way. */
static enum ovf_status take_event(void *context, const struct ovf_live_event *event)
{
    struct ovf_live_engine *live = context;
    const struct ovf_live_teller *teller = &live->config->teller;
    live->counts.n_events[event->kind]++;
    return teller->take(teller->context, event);
}

static enum ovf_live_asked ask_teller(void *context, const struct ovf_result *result,
                                      const struct ovf_crossing *crossing)
{
    const struct ovf_live_engine *live = context;
    const struct ovf_live_teller *teller = &live->config->teller;
    return teller->ask(teller->context, result, crossing);
}

static bool has_limits(const struct ovf_engine_config *config)
{
    bool has = false;
    for (size_t i = 0; i < config->n_layers; i++)
        has = has || config->layers[i].edition->n_limits > 0;
    return has;
}

enum ovf_status ovf_live_new(const struct ovf_live_config *config, struct ovf_live_engine **out)
{
    if (config->n_sources > OVF_LIVE_MAX_SOURCES)
        return OVF_E_RANGE;
    struct ovf_live_engine *live = calloc(1, sizeof *live);
    if (live == NULL)
        return OVF_E_NOMEM;
    live->config = config;
    live->teller = (struct ovf_live_teller){ask_teller, take_event, live, config->engine};
    live->time_ns = INT64_MIN;
    live->since_ns = INT64_MIN;
    live->has_limits = has_limits(config->engine);
    enum ovf_status st = ovf_live_hold_init(&live->hold, config->max_aircraft, config->max_bytes);
    if (st == OVF_OK)
        st = ovf_engine_new(config->engine, &live->engine);
    if (st == OVF_OK)
        *out = live;
    else
        ovf_live_free(live);
    return st;
}

void ovf_live_free(struct ovf_live_engine *live)
{
    if (live == NULL)
        return;
    ovf_engine_free(live->engine);
    ovf_live_hold_deinit(&live->hold);
    ovf_live_due_deinit(&live->due);
    ovf_fixes_deinit(&live->fixes);
    ovf_points_deinit(&live->pieces);
    ovf_hits_deinit(&live->hits);
    free(live);
}

/* ---- time ---- */

/** Follows who is due, and lets those go whose journeys are over. */
__attribute__((noinline)) static enum ovf_status work_off(struct ovf_live_engine *live)
{
    const int64_t forget_ns = live->config->engine->journey_ns + live->config->reach_ns;
    enum ovf_status st = OVF_OK;
    uint32_t number;
    while (st == OVF_OK &&
           (number = ovf_live_due_by(&live->due, &live->hold, live->time_ns)) != OVF_LIVE_NONE)
        st = ovf_live_follow(live, number);
    while (st == OVF_OK && live->hold.oldest != OVF_LIVE_NONE &&
           live->hold.crafts[live->hold.oldest].heard_ns < live->time_ns - forget_ns)
        st = ovf_live_dismiss(live, live->hold.oldest);
    return st;
}

/** Whether there is something to work off. */
static inline bool has_work(const struct ovf_live_engine *live)
{
    const struct ovf_engine_config *const config = live->config->engine;
    return ovf_live_due_by(&live->due, &live->hold, live->time_ns) != OVF_LIVE_NONE ||
           (live->hold.oldest != OVF_LIVE_NONE &&
            live->hold.crafts[live->hold.oldest].heard_ns <
                live->time_ns - config->journey_ns - live->config->reach_ns);
}

/** Counts times that part from the stream's and are near each other; of another aircraft each counts double. */
static unsigned count_strange(struct ovf_live_engine *live, uint32_t address, int64_t t_ns)
{
    const bool goes_on = live->n_strange > 0 && t_ns - live->strange_ns <= ahead_ns &&
                         live->strange_ns - t_ns <= ahead_ns;
    const bool is_other = goes_on && live->strange_address != address;
    live->n_strange = (goes_on ? live->n_strange : 0) + (is_other ? 2 : 1);
    live->strange_ns = t_ns;
    live->strange_address = address;
    return live->n_strange;
}

/** What a fix's time that parts from the stream's makes of that; \p is_used: the fix is to be used. */
__attribute__((noinline)) static enum ovf_status move_time_apart(struct ovf_live_engine *live,
                                                                 uint32_t address, int64_t t_ns,
                                                                 bool *is_used)
{
    if (live->time_ns == INT64_MIN) {
        live->time_ns = t_ns;
        return OVF_OK;
    }
    if (t_ns < live->time_ns - live->config->reach_ns) {
        *is_used = false;
        if (count_strange(live, address, t_ns) < CONFIRM_BACK)
            return OVF_OK;
        const enum ovf_status st = ovf_live_finish(live);
        live->time_ns = t_ns;
        return st;
    }
    if (count_strange(live, address, t_ns) < CONFIRM_ALONE)
        return OVF_OK;
    live->n_strange = 0;
    live->time_ns = t_ns;
    return work_off(live);
}

/** What a fix's time makes of the stream's; \p is_used: the fix is to be used. */
static inline enum ovf_status move_time(struct ovf_live_engine *live, uint32_t address,
                                        int64_t t_ns, bool *is_used)
{
    *is_used = true;
    if (live->time_ns == INT64_MIN || t_ns < live->time_ns - live->config->reach_ns ||
        t_ns > live->time_ns + ahead_ns)
        return move_time_apart(live, address, t_ns, is_used);
    live->n_strange = 0;
    if (t_ns <= live->time_ns)
        return OVF_OK;
    live->time_ns = t_ns;
    return has_work(live) ? work_off(live) : OVF_OK;
}

enum ovf_status ovf_live_advance(struct ovf_live_engine *live, int64_t t_ns)
{
    if (live->time_ns == INT64_MIN || t_ns <= live->time_ns)
        return OVF_OK;
    live->time_ns = t_ns;
    return work_off(live);
}

/* ---- room ---- */

/** From now on thinning takes young fixes too, for ten minutes, or does not. */
static void thin_young(struct ovf_live_engine *live, bool is_young)
{
    live->thins_young = is_young;
    live->thins_young_ns = live->time_ns + young_for_ns;
    for (size_t i = 0; i < live->hold.n_crafts; i++)
        live->hold.crafts[i].thin_at = 0;
}

/** Thins the next aircraft that has enough. \p has_room: there was one */
static enum ovf_status thin_next(struct ovf_live_engine *live, bool *has_room)
{
    const struct ovf_live_hold *const hold = &live->hold;
    enum ovf_status st = OVF_OK;
    *has_room = false;
    for (size_t i = 0; i < THIN_TRIES && i < hold->n_crafts && st == OVF_OK && !*has_room; i++) {
        live->hand = (live->hand + 1) % hold->n_crafts;
        const struct ovf_live_craft *craft = &hold->crafts[live->hand];
        if (craft->n_fixes < THIN_MIN_FIXES || craft->n_fixes < craft->thin_at)
            continue;
        const uint64_t n_before = live->counts.n_thinned;
        st = ovf_live_thin(live, (uint32_t)live->hand);
        *has_room = live->counts.n_thinned - n_before >= THIN_MIN_FIXES / 2;
    }
    return st;
}

/** Gives up what is worth least: fixes close together in the past of one aircraft, then in all but what is not decided
 * yet, else an aircraft. */
__attribute__((noinline)) static enum ovf_status make_room(struct ovf_live_engine *live,
                                                           uint32_t but)
{
    const struct ovf_live_hold *const hold = &live->hold;
    bool has_room;
    if (live->thins_young && live->time_ns >= live->thins_young_ns)
        thin_young(live, false);
    enum ovf_status st = thin_next(live, &has_room);
    if (st == OVF_OK && !has_room && !live->thins_young) {
        thin_young(live, true);
        st = thin_next(live, &has_room);
    }
    if (st != OVF_OK || has_room)
        return st;
    const uint32_t oldest = hold->oldest != but ? hold->oldest : hold->links[but].newer;
    if (oldest == OVF_LIVE_NONE)
        return OVF_E_LIMIT;
    live->counts.n_evicted++;
    return ovf_live_dismiss(live, oldest);
}

/** Adds an aircraft; where there are as many as may be, the one that was heard longest ago goes. */
__attribute__((noinline)) static enum ovf_status add(struct ovf_live_engine *live, uint32_t address,
                                                     uint32_t source, uint32_t *number)
{
    enum ovf_status st = OVF_OK;
    while ((st = ovf_live_hold_add(&live->hold, address, source, number)) == OVF_E_LIMIT) {
        live->counts.n_evicted++;
        st = ovf_live_dismiss(live, live->hold.oldest);
        if (st != OVF_OK)
            break;
    }
    return st;
}

/* ---- one more fix ---- */

/** Whether no boundary lies between a fix and the aircraft's newest, for sure. */
static bool is_clear_of(const struct ovf_live_engine *live, struct ovf_live_craft *craft,
                        struct ovf_point at)
{
    if (ovf_box_has(&craft->clear, at) && ovf_box_has(&craft->clear, craft->newest_at))
        return true;
    craft->clear = ovf_live_clear_box(live, at);
    return ovf_live_is_clear(live, craft->newest_at, at);
}

/** Whether a fix behind the aircraft's newest changes what is known: makes \p craft's newest of it. */
static enum ovf_status note_newest(struct ovf_live_engine *live, struct ovf_live_craft *craft,
                                   const struct ovf_fix *fix, bool *matters)
{
    const struct ovf_engine_config *config = live->config->engine;
    const bool is_clear = is_clear_of(live, craft, fix->at);
    const bool is_gap = fix->t_ns - craft->newest_ns > config->walk.max_gap_ns;
    const bool on_ground = (fix->flags & OVF_FIX_ON_GROUND) != 0;
    const uint64_t was_inside = craft->inside;
    enum ovf_status st = OVF_OK;
    *matters = false;
    if (!is_clear)
        st = ovf_live_crosses(live, craft->newest_at, fix->at, matters);
    if (!is_clear || live->has_limits)
        craft->inside = ovf_live_inside(live, fix);
    if (is_gap)
        *matters = *matters || !is_clear || craft->inside != 0 || config->wants_possible ||
                   craft->was_heard;
    craft->was_heard = false;
    if (on_ground != craft->was_on_ground)
        *matters = *matters || craft->inside != 0 || craft->is_open || craft->tolds.n > 0;
    *matters = *matters || craft->inside != was_inside;
    craft->was_on_ground = on_ground;
    craft->newest_ns = fix->t_ns;
    craft->newest_at = fix->at;
    return st;
}

/** Whether a fix before the aircraft's newest may change what is known. */
static bool is_late_news(const struct ovf_live_engine *live, struct ovf_live_craft *craft,
                         const struct ovf_fix *fix)
{
    return craft->newest_ns - fix->t_ns > hardly_late_ns || !is_clear_of(live, craft, fix->at);
}

/** Whether a fix only goes on from the aircraft's newest, with no boundary near. */
static inline bool is_uneventful(const struct ovf_live_engine *live,
                                 const struct ovf_live_craft *craft, const struct ovf_fix *fix)
{
    return craft->is_known && !live->has_limits && fix->t_ns >= craft->newest_ns &&
           fix->t_ns - craft->newest_ns <= live->config->engine->walk.max_gap_ns &&
           ((fix->flags & OVF_FIX_ON_GROUND) != 0) == craft->was_on_ground &&
           ovf_box_has(&craft->clear, fix->at) && ovf_box_has(&craft->clear, craft->newest_at);
}

/** What another fix changes. \p matters: something that is to be told may follow from it */
__attribute__((noinline)) static enum ovf_status note_other(struct ovf_live_engine *live,
                                                            struct ovf_live_craft *craft,
                                                            const struct ovf_fix *fix,
                                                            bool *matters)
{
    if (fix->t_ns > live->time_ns) { /* perhaps of a broken clock: it waits */
        *matters = true;
        return OVF_OK;
    }
    if (craft->is_known && fix->t_ns >= craft->newest_ns)
        return note_newest(live, craft, fix, matters);
    if (craft->is_known) {
        live->counts.n_late++;
        *matters = is_late_news(live, craft, fix);
        return OVF_OK;
    }
    craft->is_known = true;
    craft->settle_ns = live->time_ns + live->config->reach_ns;
    craft->inside = ovf_live_inside(live, fix);
    craft->was_on_ground = (fix->flags & OVF_FIX_ON_GROUND) != 0;
    craft->newest_ns = fix->t_ns;
    craft->newest_at = fix->at;
    return OVF_OK;
}

static inline enum ovf_status note_fix(struct ovf_live_engine *live, uint32_t number,
                                       const struct ovf_fix *fix)
{
    struct ovf_live_craft *craft = &live->hold.crafts[number];
    const int64_t from_ns = fix->t_ns < live->time_ns ? live->time_ns : fix->t_ns;
    bool matters = false;
    enum ovf_status st = OVF_OK;
    if (is_uneventful(live, craft, fix)) {
        craft->was_heard = false;
        craft->newest_ns = fix->t_ns;
        craft->newest_at = fix->at;
    } else {
        st = note_other(live, craft, fix, &matters);
    }
    craft->heard_ns = live->time_ns;
    craft->has_news = true;
    if (st != OVF_OK)
        return st;
    const bool is_due = craft->due_at != OVF_LIVE_NONE;
    const int64_t soon_ns = from_ns + live->config->reorder_ns;
    if (matters && (!is_due || craft->due_ns > soon_ns)) {
        craft->patience = 0;
        return ovf_live_due_set(&live->due, &live->hold, number, soon_ns);
    }
    if (!is_due && (ovf_live_wants_news(craft) || live->time_ns >= craft->settle_ns))
        return ovf_live_due_set(&live->due, &live->hold, number, from_ns + OVF_LIVE_SELDOM_NS);
    return OVF_OK;
}

static inline enum ovf_status hold_fix(struct ovf_live_engine *live, uint32_t number,
                                       const struct ovf_fix *fix)
{
    enum ovf_status st;
    while ((st = ovf_live_hold_push(&live->hold, number, fix)) == OVF_E_LIMIT) {
        st = make_room(live, number);
        if (st != OVF_OK)
            return st;
    }
    return st;
}

/** Of an aircraft of which no position is held a hearing tells nothing. */
__attribute__((noinline)) static enum ovf_status push_hearing(struct ovf_live_engine *live,
                                                              uint32_t address,
                                                              const struct ovf_fix *hearing)
{
    const uint32_t number = ovf_live_hold_find(&live->hold, address, 0);
    if (number == OVF_LIVE_NONE)
        return OVF_OK;
    const enum ovf_status st = hold_fix(live, number, hearing);
    if (st != OVF_OK)
        return st;
    live->hold.crafts[number].was_heard = true;
    live->hold.crafts[number].heard_ns = live->time_ns;
    return OVF_OK;
}

enum ovf_status ovf_live_push(struct ovf_live_engine *live, uint32_t address,
                              const struct ovf_fix *fix)
{
    const bool is_label = (address & OVF_ADDRESS_NON_ICAO) != 0;
    uint32_t number;
    bool is_used;
    enum ovf_status st = move_time(live, address, fix->t_ns, &is_used);
    live->counts.n_too_late += is_used || ovf_fix_is_hearing(fix) ? 0 : 1;
    if (st != OVF_OK || !is_used)
        return st;
    if (ovf_fix_is_hearing(fix))
        return push_hearing(live, address, fix);
    const uint32_t source = is_label ? fix->record.item : 0;
    number = ovf_live_hold_find(&live->hold, address, source);
    if (number == OVF_LIVE_NONE)
        st = add(live, address, source, &number);
    if (st == OVF_OK)
        st = hold_fix(live, number, fix);
    if (st != OVF_OK)
        return st;
    live->counts.n_fixes++;
    return note_fix(live, number, fix);
}

/* ---- another question ---- */

/** What was told, and the flights, name airspaces of maps that may be others now. */
static void forget_told(struct ovf_live_engine *live, uint32_t number)
{
    struct ovf_live_craft *craft = &live->hold.crafts[number];
    ovf_live_tolds_deinit(&craft->tolds);
    free(craft->flights);
    craft->flights = NULL;
    craft->n_flights = 0;
    craft->is_open = false;
    craft->patience = 0;
    craft->inside = ovf_live_inside(live, &craft->last);
    craft->clear = (struct ovf_box){0};
    ovf_live_due_clear(&live->due, &live->hold, number);
}

enum ovf_status ovf_live_ask_anew(struct ovf_live_engine *live)
{
    const struct ovf_live_config *config = live->config;
    struct ovf_engine *engine;
    const enum ovf_status st = ovf_engine_new(config->engine, &engine);
    if (st != OVF_OK)
        return st;
    ovf_engine_free(live->engine);
    live->engine = engine;
    live->teller.config = config->engine;
    live->has_limits = has_limits(config->engine);
    live->since_ns = live->time_ns;
    for (uint32_t i = live->hold.oldest; i != OVF_LIVE_NONE; i = live->hold.links[i].newer)
        forget_told(live, i);
    return OVF_OK;
}

/* ---- the end ---- */

static int compare_numbers(const void *x, const void *y)
{
    const uint64_t a = *(const uint64_t *)x;
    const uint64_t b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

enum ovf_status ovf_live_finish(struct ovf_live_engine *live)
{
    const struct ovf_live_hold *hold = &live->hold;
    uint64_t *names = malloc((hold->n_used + 1) * sizeof *names);
    size_t n = 0;
    enum ovf_status st = OVF_OK;
    if (names == NULL)
        return OVF_E_NOMEM;
    for (uint32_t i = hold->oldest; i != OVF_LIVE_NONE; i = hold->links[i].newer)
        names[n++] = (uint64_t)hold->crafts[i].address << 32 | hold->crafts[i].source;
    qsort(names, n, sizeof *names, compare_numbers);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const uint32_t number =
            ovf_live_hold_find(hold, (uint32_t)(names[i] >> 32), (uint32_t)names[i]);
        st = ovf_live_dismiss(live, number);
    }
    free(names);
    live->time_ns = INT64_MIN;
    live->since_ns = INT64_MIN;
    live->n_strange = 0;
    live->thins_young = false; /* until when was told by the time before */
    return st;
}

int64_t ovf_live_time(const struct ovf_live_engine *live)
{
    return live->time_ns;
}

const struct ovf_live_counts *ovf_live_counts(const struct ovf_live_engine *live)
{
    return &live->counts;
}

size_t ovf_live_n_aircraft(const struct ovf_live_engine *live)
{
    return live->hold.n_used;
}

size_t ovf_live_bytes(const struct ovf_live_engine *live)
{
    return ovf_live_hold_bytes(&live->hold);
}

void ovf_live_each(const struct ovf_live_engine *live, int64_t since_ns, ovf_live_visit_fn *visit,
                   void *context)
{
    const struct ovf_live_hold *const hold = &live->hold;
    for (uint32_t i = hold->newest; i != OVF_LIVE_NONE; i = hold->links[i].older) {
        const struct ovf_live_craft *const craft = &hold->crafts[i];
        if (craft->heard_ns < since_ns)
            return;
        const struct ovf_live_aircraft aircraft = {craft->address, &craft->last, craft->heard_ns};
        visit(context, &aircraft);
    }
}
