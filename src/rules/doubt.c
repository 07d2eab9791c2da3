/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/doubt.h"

#include <stdlib.h>

#include "base/time.h"
#include "geo/index.h"

bool ovf_doubt_has_fix(const struct ovf_fix *fix)
{
    return fix->grade == OVF_GRADE_X && (fix->flags & OVF_FIX_TWIN) == 0;
}

struct finding {
    const struct ovf_engine_config *config;
    const struct ovf_result *result;
    struct ovf_members *inside; /* of the fixes [begin, end] of doubt */
    struct ovf_doubt doubt;
    size_t first; /* the first and the last of them that are not believed; there may be none */
    size_t last;
    ovf_doubt_fn *tell;
    void *context;
};

/** Adds whose fix \p i is, of what was asked for. */
static void locate(const struct finding *f, size_t i)
{
    const struct ovf_fix *const fix = &f->result->track->fixes.items[i];
    for (size_t k = 0; k < f->config->n_layers; k++) {
        const struct ovf_engine_layer *const layer = &f->config->layers[k];
        struct ovf_members here;
        ovf_index_locate(&layer->edition->index, fix->at, &here);
        for (int w = 0; w < OVF_MEMBERS_WORDS; w++)
            here.words[w] &= layer->wanted.words[w];
        ovf_members_add_all(&f->inside[k], &here);
    }
}

/** The fixes [begin, end] are those that the doubt is about; often they are those of the one before. */
static void look_at(struct finding *f, size_t begin, size_t end)
{
    struct ovf_doubt *const doubt = &f->doubt;
    const struct ovf_fix *const fixes = f->result->track->fixes.items;
    if (begin == doubt->begin && end == doubt->end && doubt->inside != NULL)
        return;
    for (size_t k = 0; k < f->config->n_layers; k++)
        ovf_members_clear(&f->inside[k]);
    doubt->inside = f->inside;
    doubt->begin = begin;
    doubt->end = end;
    doubt->n_not_believed = 0;
    for (size_t i = begin; i <= end; i++) {
        if (!ovf_doubt_has_fix(&fixes[i]))
            continue;
        f->first = doubt->n_not_believed++ == 0 ? i : f->first;
        f->last = i;
        locate(f, i);
    }
}

/** Whether fix \p next, beside \p i, may be of what is not believed there: not in another spell. */
static bool goes_on(const struct finding *f, size_t i, size_t next)
{
    const struct ovf_track *const track = f->result->track;
    return ovf_spells_is_one(&track->spells, track->fixes.items[i].t_ns,
                             track->fixes.items[next].t_ns);
}

static bool is_heard_on(const struct finding *f, size_t from, size_t to)
{
    const struct ovf_fix *const fixes = f->result->track->fixes.items;
    const struct ovf_detect_config *const detect =
        f->config->detect != NULL ? f->config->detect : &ovf_detect_defaults;
    return ovf_time_seconds(fixes[from].t_ns, fixes[to].t_ns) <= detect->stretch_s;
}

/** That fixes [first, last], and what is believed beside them, are of; of two the first. */
static const struct ovf_flight *flight_of(const struct finding *f, size_t first, size_t last)
{
    for (size_t i = 0; i < f->result->n_flights; i++) {
        const struct ovf_flight *const flight = &f->result->flights[i];
        const struct ovf_leg *const leg = &flight->fixes;
        if (flight->is_elsewhere || leg->last < f->doubt.begin || leg->first > f->doubt.end)
            continue;
        if ((leg->last >= first || is_heard_on(f, leg->last, first)) &&
            (leg->first <= last || is_heard_on(f, last, leg->first)))
            return flight;
    }
    return NULL;
}

static enum ovf_status tell(struct finding *f, const struct ovf_detection *detection, size_t first,
                            size_t last)
{
    struct ovf_doubt *const doubt = &f->doubt;
    doubt->detection = detection;
    doubt->first = first;
    doubt->last = last;
    doubt->flight =
        doubt->n_not_believed > 0 ? flight_of(f, f->first, f->last) : flight_of(f, first, last);
    return f->tell(f->context, doubt);
}

/** Of detections one after the other: fixes from one up to the other that were gone through, none of them believed
 * before the last. A row of two million fixes may have thousands of detections. */
struct walked {
    size_t from;
    size_t to;
};

/** Back to the fix before those that are not believed. */
static size_t walk_back(const struct finding *f, struct walked *w, size_t i)
{
    const struct ovf_fix *const fixes = f->result->track->fixes.items;
    size_t begin = i;
    if (i <= w->from && i >= w->to)
        return w->to;
    while (begin > 0 && begin != w->from && fixes[begin].grade == OVF_GRADE_X &&
           goes_on(f, begin, begin - 1))
        begin--;
    *w = (struct walked){i, begin == w->from ? w->to : begin};
    return w->to;
}

/** On to the fix behind those that are not believed. */
static size_t walk_on(const struct finding *f, struct walked *w, size_t i)
{
    const struct ovf_fixes *const fixes = &f->result->track->fixes;
    size_t end = i;
    if (i >= w->from && i <= w->to)
        return w->to;
    while (end + 1 < fixes->n && end != w->from && fixes->items[end].grade == OVF_GRADE_X &&
           goes_on(f, end, end + 1))
        end++;
    *w = (struct walked){i, end == w->from ? w->to : end};
    return w->to;
}

/** What is not believed goes on before and behind the two fixes of a detection. */
static enum ovf_status find_detections(struct finding *f)
{
    const struct ovf_track *const track = f->result->track;
    struct walked back = {SIZE_MAX, SIZE_MAX};
    struct walked on = {SIZE_MAX, 0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < track->detections.n && st == OVF_OK; i++) {
        const struct ovf_detection *const detection = &track->detections.items[i];
        const size_t begin = walk_back(f, &back, detection->first);
        look_at(f, begin, walk_on(f, &on, detection->last));
        st = tell(f, detection, detection->first, detection->last);
    }
    return st;
}

/** Detections of a track, by their first fix, as far as they were looked at. */
struct looked_at {
    const struct ovf_detections *detections;
    size_t n;
    size_t reached; /* the last fix of any of them */
};

/** Of one row of fixes after the other. */
static bool is_detected(struct looked_at *looked, size_t first, size_t last)
{
    const struct ovf_detections *const all = looked->detections;
    for (; looked->n < all->n && all->items[looked->n].first <= last; looked->n++)
        if (all->items[looked->n].last > looked->reached)
            looked->reached = all->items[looked->n].last;
    return looked->n > 0 && looked->reached >= first;
}

static enum ovf_status find_strays(struct finding *f)
{
    const struct ovf_track *const track = f->result->track;
    const struct ovf_fix *const fixes = track->fixes.items;
    struct looked_at looked = {.detections = &track->detections};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0, last; i < track->fixes.n && st == OVF_OK; i = last + 1) {
        last = i;
        if (!ovf_doubt_has_fix(&fixes[i]))
            continue;
        while (last + 1 < track->fixes.n && ovf_doubt_has_fix(&fixes[last + 1]) &&
               goes_on(f, last, last + 1))
            last++;
        if (is_detected(&looked, i, last))
            continue;
        look_at(f, i > 0 && goes_on(f, i, i - 1) ? i - 1 : i,
                last + 1 < track->fixes.n && goes_on(f, last, last + 1) ? last + 1 : last);
        st = tell(f, NULL, i, last);
    }
    return st;
}

enum ovf_status ovf_doubts_find(const struct ovf_engine_config *config,
                                const struct ovf_result *result, ovf_doubt_fn *tell_of,
                                void *context)
{
    struct finding f = {.config = config, .result = result, .tell = tell_of, .context = context};
    if (result->track->detections.n == 0 && result->n_suspect == 0)
        return OVF_OK;
    f.inside = calloc(config->n_layers, sizeof *f.inside);
    if (f.inside == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = find_detections(&f);
    if (st == OVF_OK && result->n_suspect > 0)
        st = find_strays(&f);
    free(f.inside);
    return st;
}

void ovf_doubt_callsign(const struct ovf_doubt *doubt, const struct ovf_fix *fixes,
                        char callsign[9])
{
    memset(callsign, 0, 9);
    if (doubt->flight != NULL) {
        memcpy(callsign, doubt->flight->callsign, 9);
        return;
    }
    for (size_t i = doubt->begin; i <= doubt->end && callsign[0] == '\0'; i++) {
        if (ovf_doubt_has_fix(&fixes[i]) && (fixes[i].has & OVF_FIX_CALLSIGN) != 0)
            memcpy(callsign, fixes[i].callsign, sizeof fixes[i].callsign);
    }
}

struct ovf_match ovf_watch_match_doubt(const struct ovf_watch *watch,
                                       const struct ovf_airports *airports,
                                       const struct ovf_result *result,
                                       const struct ovf_doubt *doubt, struct ovf_doubt_place place,
                                       const struct ovf_identity *who)
{
    const struct ovf_fix *const fixes = result->track->fixes.items;
    struct ovf_flight unknown = {.n_legs = 1};
    const struct ovf_flight *const flight = doubt->flight != NULL ? doubt->flight : &unknown;
    ovf_doubt_callsign(doubt, fixes, unknown.callsign);
    /* Of the flight alone: what other days tell of its journey would not reach one that crosses nothing. */
    const struct ovf_result alone = {.track = result->track, .flights = flight, .n_flights = 1};
    const struct ovf_crossing as_if = {
        .layer = place.layer,
        .passage = {.owner = place.owner,
                    .entry.earliest_ns = fixes[doubt->begin].t_ns,
                    .exit.latest_ns = fixes[doubt->end].t_ns},
        .states_before = flight->states,
        .states_after = flight->states,
    };
    struct ovf_watch any = *watch;
    any.roles = 0;
    any.classes = ~0U;
    return ovf_watch_match(&any, airports, &alone, &as_if, who);
}
