/* SPDX-License-Identifier: Apache-2.0 */
/* The crossings in order of time beside the steps of the walk, so that each step is looked at once. */
#include "engine/states.h"

#include <stdlib.h>

/** When a crossing was entered, or left. */
struct moment {
    int64_t t_ns;
    struct ovf_crossing *crossing;
};

static int compare_moments(const void *x, const void *y)
{
    const struct moment *a = x;
    const struct moment *b = y;
    return (a->t_ns > b->t_ns) - (a->t_ns < b->t_ns);
}

/** What was seen before each of \p n crossings was entered. */
static void note_before(const struct ovf_steps *steps, struct moment *entries, size_t n)
{
    struct ovf_members seen = {{0}};
    size_t s = 0;
    qsort(entries, n, sizeof *entries, compare_moments);
    for (size_t i = 0; i < n; i++) {
        struct ovf_crossing *c = entries[i].crossing;
        while (s < steps->n && steps->items[s].t_ns < entries[i].t_ns)
            ovf_members_add_all(&seen, &steps->items[s++].members);
        c->states_before = seen;
        if (c->passage.entry.kind == OVF_PASSAGE_TRACK && steps->n > 0)
            ovf_members_add_all(&c->states_before, &steps->items[0].members);
    }
}

/** The same from when it was left. The last step is the track's end and without members. */
static void note_after(const struct ovf_steps *steps, struct moment *exits, size_t n)
{
    struct ovf_members seen = {{0}};
    size_t s = steps->n;
    qsort(exits, n, sizeof *exits, compare_moments);
    for (size_t i = n; i > 0; i--) {
        struct ovf_crossing *c = exits[i - 1].crossing;
        while (s > 0 && steps->items[s - 1].t_ns >= exits[i - 1].t_ns)
            ovf_members_add_all(&seen, &steps->items[--s].members);
        c->states_after = seen;
        if (c->passage.exit.kind == OVF_PASSAGE_TRACK && steps->n > 1)
            ovf_members_add_all(&c->states_after, &steps->items[steps->n - 2].members);
    }
}

enum ovf_status ovf_states_note(const struct ovf_steps *steps, struct ovf_flight *flight,
                                struct ovf_crossing *crossings, size_t n)
{
    struct moment *moments = malloc((n + 1) * sizeof *moments);
    if (moments == NULL)
        return OVF_E_NOMEM;
    for (size_t s = 0; s < steps->n; s++)
        ovf_members_add_all(&flight->states, &steps->items[s].members);
    for (size_t i = 0; i < n; i++)
        moments[i] = (struct moment){crossings[i].passage.entry.t_ns, &crossings[i]};
    note_before(steps, moments, n);
    for (size_t i = 0; i < n; i++)
        moments[i] = (struct moment){crossings[i].passage.exit.t_ns, &crossings[i]};
    note_after(steps, moments, n);
    free(moments);
    return OVF_OK;
}
