/* SPDX-License-Identifier: Apache-2.0 */
/* Changes wait in a window, in order, until none that is still to come can be about then. */
#include "listen/altitudes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/local.h"

void ovf_altitude_changes_deinit(struct ovf_altitude_changes *changes)
{
    free(changes->items);
    *changes = (struct ovf_altitude_changes){0};
}

enum ovf_status ovf_altitude_changes_find(const struct ovf_track *track,
                                          struct ovf_altitude_changes *changes)
{
    const struct ovf_fix *fixes = track->fixes.items;
    changes->n = 0;
    for (size_t i = 0; i < track->detections.n; i++) {
        const struct ovf_detection *parting = &track->detections.items[i];
        if (parting->kind != OVF_DETECTION_ALTITUDE)
            continue;
        struct ovf_altitude_change *grown =
            ovf_array_reserve(changes->items, &changes->capacity, changes->n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        changes->items = grown;
        changes->items[changes->n++] =
            (struct ovf_altitude_change){.from_ns = fixes[parting->first].t_ns,
                                         .to_ns = fixes[parting->last].t_ns,
                                         .at = fixes[parting->first].at,
                                         .change_ft = parting->value,
                                         .address = track->address};
    }
    return OVF_OK;
}

/* ---- of all ---- */

struct ovf_shared_altitudes {
    const struct ovf_detect_config *config;
    ovf_shared_altitude_fn *tell;
    void *context;
    struct ovf_shared_altitude *window; /* in order of from_ns */
    size_t n;
    size_t capacity;
};

enum ovf_status ovf_shared_altitudes_new(const struct ovf_detect_config *config,
                                         ovf_shared_altitude_fn *tell, void *context,
                                         struct ovf_shared_altitudes **out)
{
    struct ovf_shared_altitudes *s = calloc(1, sizeof *s);
    if (s == NULL)
        return OVF_E_NOMEM;
    s->config = config;
    s->tell = tell;
    s->context = context;
    *out = s;
    return OVF_OK;
}

void ovf_shared_altitudes_free(struct ovf_shared_altitudes *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->n; i++)
        free(s->window[i].addresses);
    free(s->window);
    free(s);
}

/** Whether \p a, which began first, had been over too long when \p b began. */
static bool is_over(const struct ovf_shared_altitudes *s, const struct ovf_altitude_change *a,
                    const struct ovf_altitude_change *b)
{
    return a->to_ns < b->from_ns &&
           ovf_time_seconds(a->to_ns, b->from_ns) > s->config->altitude_within_s;
}

static bool is_alike(const struct ovf_shared_altitudes *s, const struct ovf_altitude_change *a,
                     const struct ovf_altitude_change *b)
{
    return a->address != b->address && (a->change_ft < 0) == (b->change_ft < 0) &&
           fabs((double)a->change_ft - (double)b->change_ft) <= s->config->altitude_off_ft &&
           !is_over(s, a, b) && ovf_point_chord_m(a->at, b->at) <= s->config->altitude_near_m;
}

static enum ovf_status join(struct ovf_shared_altitude *shared, uint32_t address)
{
    size_t at = 0;
    while (at < shared->n_others && shared->addresses[at] < address)
        at++;
    if (at < shared->n_others && shared->addresses[at] == address)
        return OVF_OK;
    uint32_t *grown = ovf_array_reserve(shared->addresses, &shared->capacity, shared->n_others + 1,
                                        sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    shared->addresses = grown;
    memmove(grown + at + 1, grown + at, (shared->n_others - at) * sizeof *grown);
    grown[at] = address;
    shared->n_others++;
    return OVF_OK;
}

/** The first \p n of the window leave it. */
static enum ovf_status tell_first(struct ovf_shared_altitudes *s, size_t n)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n; i++) {
        if (st == OVF_OK && s->window[i].n_others > 0)
            st = s->tell(s->context, &s->window[i]);
        free(s->window[i].addresses);
    }
    s->n -= n;
    if (n > 0)
        memmove(s->window, s->window + n, s->n * sizeof *s->window);
    return st;
}

enum ovf_status ovf_shared_altitudes_push(struct ovf_shared_altitudes *s,
                                          const struct ovf_altitude_change *change)
{
    size_t n_over = 0;
    while (n_over < s->n && is_over(s, &s->window[n_over].change, change))
        n_over++;
    enum ovf_status st = tell_first(s, n_over);
    struct ovf_shared_altitude *grown =
        ovf_array_reserve(s->window, &s->capacity, s->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    s->window = grown;
    struct ovf_shared_altitude *last = &s->window[s->n++];
    *last = (struct ovf_shared_altitude){.change = *change};
    for (size_t i = 0; i + 1 < s->n && st == OVF_OK; i++) {
        if (!is_alike(s, &s->window[i].change, change))
            continue;
        st = join(&s->window[i], change->address);
        if (st == OVF_OK)
            st = join(last, s->window[i].change.address);
    }
    return st;
}

enum ovf_status ovf_shared_altitudes_finish(struct ovf_shared_altitudes *s)
{
    return tell_first(s, s->n);
}
