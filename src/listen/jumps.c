/* SPDX-License-Identifier: Apache-2.0 */
/* Jumps wait in a window, one for an aircraft and place, until enough of them make a sink. */
#include "listen/jumps.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "listen/heard.h"
#include "track/plausible.h"

/* 89.93 on the sphere of geo/local.h: places whose latitudes are farther apart surely are. */
static const double lat_e7_per_m = 90.1;

void ovf_jumps_deinit(struct ovf_jumps *jumps)
{
    free(jumps->items);
    *jumps = (struct ovf_jumps){0};
}

/* ---- of one aircraft ---- */

static enum ovf_status push_jump(struct ovf_jumps *jumps, const struct ovf_fix *fix,
                                 uint32_t address)
{
    struct ovf_jump *grown =
        ovf_array_reserve(jumps->items, &jumps->capacity, jumps->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    jumps->items = grown;
    jumps->items[jumps->n++] =
        (struct ovf_jump){.t_s = ovf_time_floor(fix->t_ns, OVF_NS_PER_S) / OVF_NS_PER_S,
                          .to = fix->at,
                          .address = address};
    return OVF_OK;
}

/** The believed fixes around a jump; absent: 0 before, n behind. */
struct around {
    size_t before; /* the number after that of the last one before */
    size_t seen;   /* those before it were looked at */
    size_t after;
};

static void look_around(const struct ovf_fixes *fixes, const struct ovf_detection *jump,
                        struct around *around)
{
    for (; around->seen < jump->first; around->seen++) {
        if (ovf_fix_is_believed(&fixes->items[around->seen]))
            around->before = around->seen + 1;
    }
    if (around->after > jump->last)
        return; /* jumps are in order: that of the one before */
    around->after = jump->last + (size_t)1;
    while (around->after < fixes->n && !ovf_fix_is_believed(&fixes->items[around->after]))
        around->after++;
}

/** Whether a believed fix around it, of its spell, is out of reach of \p fix. */
static bool is_apart(const struct ovf_track *track, const struct around *around,
                     const struct ovf_fix *fix, const struct ovf_detect_config *config)
{
    const struct ovf_fixes *fixes = &track->fixes;
    const struct ovf_spells *spells = &track->spells;
    struct ovf_apart apart;
    if (around->before > 0 &&
        ovf_spells_is_one(spells, fixes->items[around->before - 1].t_ns, fix->t_ns) &&
        !ovf_fix_reaches(&fixes->items[around->before - 1], fix, config, &apart))
        return true;
    return around->after < fixes->n &&
           ovf_spells_is_one(spells, fix->t_ns, fixes->items[around->after].t_ns) &&
           !ovf_fix_reaches(fix, &fixes->items[around->after], config, &apart);
}

enum ovf_status ovf_jumps_find(const struct ovf_track *track,
                               const struct ovf_detect_config *config, struct ovf_jumps *jumps)
{
    const struct ovf_fixes *fixes = &track->fixes;
    struct around around = {0};
    enum ovf_status st = OVF_OK;
    jumps->n = 0;
    for (size_t i = 0; i < track->detections.n && st == OVF_OK; i++) {
        const struct ovf_detection *jump = &track->detections.items[i];
        if (jump->kind != OVF_DETECTION_JUMP)
            continue;
        look_around(fixes, jump, &around);
        if (is_apart(track, &around, &fixes->items[jump->first], config))
            st = push_jump(jumps, &fixes->items[jump->first], track->address);
        if (st == OVF_OK && is_apart(track, &around, &fixes->items[jump->last], config))
            st = push_jump(jumps, &fixes->items[jump->last], track->address);
    }
    return st;
}

/* ---- of all ---- */

struct waiting {
    struct ovf_jump jump; /* its last to the place */
    struct ovf_unit unit;
    int64_t first_s;
};

struct ovf_jump_places {
    const struct ovf_detect_config *config;
    ovf_jump_place_fn *tell;
    void *context;
    int64_t day;
    struct waiting *window; /* in order of time */
    size_t n_window;
    size_t window_capacity;
    struct ovf_jump_place *places; /* of the day */
    size_t n_places;
    size_t places_capacity;
};

enum ovf_status ovf_jump_places_new(const struct ovf_detect_config *config, ovf_jump_place_fn *tell,
                                    void *context, struct ovf_jump_places **out)
{
    struct ovf_jump_places *p = calloc(1, sizeof *p);
    if (p == NULL)
        return OVF_E_NOMEM;
    p->config = config;
    p->tell = tell;
    p->context = context;
    *out = p;
    return OVF_OK;
}

static void forget_places(struct ovf_jump_places *p)
{
    for (size_t i = 0; i < p->n_places; i++)
        free(p->places[i].addresses);
    p->n_places = 0;
}

void ovf_jump_places_free(struct ovf_jump_places *p)
{
    if (p == NULL)
        return;
    forget_places(p);
    free(p->places);
    free(p->window);
    free(p);
}

static bool is_near(const struct ovf_jump_places *p, struct ovf_point at, struct ovf_unit unit,
                    const struct waiting *w)
{
    const double near_m = p->config->sink_m;
    const int32_t lat_e7 = at.lat_e7 - w->jump.to.lat_e7;
    return lat_e7 <= near_m * lat_e7_per_m && -lat_e7 <= near_m * lat_e7_per_m &&
           ovf_chord_m(unit, w->unit) <= near_m;
}

static bool are_near(const struct ovf_jump_places *p, const struct waiting *a,
                     const struct waiting *b)
{
    return is_near(p, a->jump.to, a->unit, b);
}

static int compare_places(const void *x, const void *y)
{
    const struct ovf_jump_place *a = x;
    const struct ovf_jump_place *b = y;
    if (a->first_s != b->first_s)
        return a->first_s < b->first_s ? -1 : 1;
    if (a->at.lat_e7 != b->at.lat_e7)
        return a->at.lat_e7 < b->at.lat_e7 ? -1 : 1;
    return (a->at.lon_e7 > b->at.lon_e7) - (a->at.lon_e7 < b->at.lon_e7);
}

enum ovf_status ovf_jump_places_finish(struct ovf_jump_places *p)
{
    enum ovf_status st = OVF_OK;
    if (p->n_places > 1)
        qsort(p->places, p->n_places, sizeof *p->places, compare_places);
    for (size_t i = 0; i < p->n_places && st == OVF_OK; i++)
        st = p->tell(p->context, &p->places[i]);
    forget_places(p);
    return st;
}

static enum ovf_status join(struct ovf_jump_place *place, const struct waiting *w)
{
    size_t at = 0;
    while (at < place->n_aircraft && place->addresses[at] < w->jump.address)
        at++;
    if (at == place->n_aircraft || place->addresses[at] != w->jump.address) {
        uint32_t *grown = ovf_array_reserve(place->addresses, &place->capacity,
                                            place->n_aircraft + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        place->addresses = grown;
        memmove(grown + at + 1, grown + at, (place->n_aircraft - at) * sizeof *grown);
        grown[at] = w->jump.address;
        place->n_aircraft++;
    }
    place->first_s = w->first_s < place->first_s ? w->first_s : place->first_s;
    place->last_s = w->jump.t_s > place->last_s ? w->jump.t_s : place->last_s;
    return OVF_OK;
}

/** The jumps of the window near \p centre, one of them, become a place. */
static enum ovf_status make_place(struct ovf_jump_places *p, struct waiting centre)
{
    struct ovf_jump_place *grown =
        ovf_array_reserve(p->places, &p->places_capacity, p->n_places + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    p->places = grown;
    struct ovf_jump_place *place = &p->places[p->n_places++];
    *place = (struct ovf_jump_place){.at = centre.jump.to,
                                     .unit = centre.unit,
                                     .first_s = centre.first_s,
                                     .last_s = centre.jump.t_s};
    size_t kept = 0;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < p->n_window && st == OVF_OK; i++) {
        if (are_near(p, &centre, &p->window[i]))
            st = join(place, &p->window[i]);
        else
            p->window[kept++] = p->window[i];
    }
    p->n_window = kept;
    return st;
}

/** How many aircraft of the window, up to those that make a sink, jumped to near \p centre. One has several jumps near
 * it only when these are not near each other. */
static size_t count_near(const struct ovf_jump_places *p, const struct waiting *centre)
{
    uint32_t met[OVF_SINK_AIRCRAFT_MAX];
    size_t n = 0;
    for (size_t i = 0; i < p->n_window && n < p->config->sink_aircraft; i++) {
        const struct waiting *w = &p->window[i];
        bool is_new = are_near(p, centre, w);
        for (size_t k = 0; k < n && is_new; k++)
            is_new = met[k] != w->jump.address;
        if (is_new)
            met[n++] = w->jump.address;
    }
    return n;
}

/** What is older than sink_s goes, and what \p w repeats; which then is as old as that. */
static void renew_window(struct ovf_jump_places *p, struct waiting *w)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->n_window; i++) {
        const struct waiting *old = &p->window[i];
        if ((double)(w->jump.t_s - old->jump.t_s) > p->config->sink_s)
            continue;
        if (old->jump.address == w->jump.address && are_near(p, old, w))
            w->first_s = old->first_s < w->first_s ? old->first_s : w->first_s;
        else
            p->window[kept++] = *old;
    }
    p->n_window = kept;
}

static enum ovf_status wait_for_others(struct ovf_jump_places *p, struct waiting *w)
{
    renew_window(p, w);
    struct waiting *grown =
        ovf_array_reserve(p->window, &p->window_capacity, p->n_window + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    p->window = grown;
    p->window[p->n_window++] = *w;
    for (size_t i = 0; i < p->n_window; i++) {
        if (are_near(p, &p->window[i], w) &&
            count_near(p, &p->window[i]) == p->config->sink_aircraft)
            return make_place(p, p->window[i]);
    }
    return OVF_OK;
}

enum ovf_status ovf_jump_places_push(struct ovf_jump_places *p, const struct ovf_jump *jump)
{
    struct waiting w = {.jump = *jump, .unit = ovf_unit_from_point(jump->to), .first_s = jump->t_s};
    const int64_t day = ovf_time_floor(jump->t_s, OVF_DAY_S) / OVF_DAY_S;
    const enum ovf_status st = day == p->day ? OVF_OK : ovf_jump_places_finish(p);
    if (st != OVF_OK)
        return st;
    p->day = day;
    for (size_t i = 0; i < p->n_places; i++) {
        if (is_near(p, p->places[i].at, p->places[i].unit, &w))
            return join(&p->places[i], &w);
    }
    return wait_for_others(p, &w);
}
