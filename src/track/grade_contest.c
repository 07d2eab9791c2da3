/* SPDX-License-Identifier: Apache-2.0 */
/* Who is right where positions contradict each other without a silence between.
 *
 * What lies within reach of the contradiction is of its party, the rest of the other. The one that was on the ground is
 * right, where no false place begins or ends; of two that were, or were not, each that is not much smaller makes the
 * other suspect. But where both were on the ground, and one of them, and it alone, does not fit what it reports of
 * itself up to where they meet, that is what is wrong: positions that drifted away and came back at once. Then
 * nothing else is suspect. */
#include "track/grade_parts.h"

#include "base/array.h"
#include "base/time.h"

void ovf_grader_contest(struct ovf_grader *g, struct ovf_contest contest)
{
    struct ovf_contests *all = &g->contests;
    struct ovf_contest *grown =
        ovf_array_reserve(all->items, &all->capacity, all->n + 1, sizeof *grown);
    if (grown == NULL) {
        g->status = OVF_E_NOMEM;
        return;
    }
    all->items = grown;
    all->items[all->n++] = contest;
}

static void suspect_between(struct ovf_grader *g, uint32_t a, uint32_t b)
{
    const uint32_t first = a < b ? a : b;
    const uint32_t last = a < b ? b : a;
    ovf_grader_suspect(g, g->fixes->items[first].t_ns, g->fixes->items[last].t_ns);
}

void ovf_grader_suspect_side(struct ovf_grader *g, const struct ovf_side *side)
{
    if (side->n > 0)
        suspect_between(g, side->near, side->far);
}

/** One of two parties that contradict each other. */
struct party {
    size_t n; /* fixes */
    bool is_landed;
};

struct parties {
    struct party with; /* the rival's */
    struct party against;
};

static struct parties find_parties(const struct ovf_contest *contest)
{
    struct parties parties = {.with = {.n = contest->n, .is_landed = contest->is_landed}};
    for (int i = 0; i < 2; i++) {
        const struct ovf_side *side = &contest->sides[i];
        struct party *party = side->is_joined ? &parties.with : &parties.against;
        party->n += side->n;
        party->is_landed = party->is_landed || side->is_landed;
    }
    return parties;
}

/** Whether \p a makes \p b suspect: it is not much smaller, or b alone was never on the ground. */
static bool speaks_against(const struct ovf_grader *g, const struct party *a, const struct party *b)
{
    if (a->is_landed != b->is_landed)
        return a->is_landed;
    return a->n > 0 && (double)a->n >= g->config->contest_share * (double)b->n;
}

/** Fixes of a side that do not fit what is reported there, and what lies between. The step to the other side is not
 * of these. */
struct off {
    bool is_any;
    uint32_t first;
    uint32_t last;
};

static struct off find_off(const struct ovf_grader *g, const struct ovf_side *side)
{
    const unsigned kinds = 1U << OVF_DETECTION_SPEED | 1U << OVF_DETECTION_COURSE |
                           1U << OVF_DETECTION_DRIFT | 1U << OVF_DETECTION_STILL |
                           1U << OVF_DETECTION_CIRCLE;
    const uint32_t first = side->near < side->far ? side->near : side->far;
    const uint32_t last = side->near < side->far ? side->far : side->near;
    struct off off = {.is_any = false};
    for (size_t i = 0; i < g->detections->n; i++) {
        const struct ovf_detection *detection = &g->detections->items[i];
        if ((kinds >> detection->kind & 1U) == 0 || detection->first < first ||
            detection->last > last)
            continue;
        off.first = off.is_any && off.first < detection->first ? off.first : detection->first;
        off.last = off.is_any && off.last > detection->last ? off.last : detection->last;
        off.is_any = true;
    }
    return off;
}

/** Whether the side is off up to its nearest fix: what is left is shorter than two sums of drift, of which the last is
 * cut off where positions come back, and one may be short of windows that are even. */
static bool is_off_to_the_end(const struct ovf_grader *g, const struct ovf_side *side,
                              const struct off *off)
{
    const bool is_before = side->near >= side->far;
    const struct ovf_fix *near = &g->fixes->items[side->near];
    const double left_s = is_before
                              ? ovf_time_seconds(g->fixes->items[off->last].t_ns, near->t_ns)
                              : ovf_time_seconds(near->t_ns, g->fixes->items[off->first].t_ns);
    return left_s < 2 * g->config->drift_s;
}

/** What is off of a side, up to its nearest fix, and the sum of drift at the other end that was not off yet as a
 * whole. */
static void suspect_off(struct ovf_grader *g, const struct ovf_side *side, const struct off *off)
{
    const int64_t begun_ns = (int64_t)(g->config->drift_s * OVF_NS_PER_S);
    const struct ovf_fix *items = g->fixes->items;
    if (side->near >= side->far)
        ovf_grader_suspect(g, items[off->first].t_ns - begun_ns, items[side->near].t_ns);
    else
        ovf_grader_suspect(g, items[side->near].t_ns, items[off->last].t_ns + begun_ns);
}

/** Whether one side alone is off where they meet, and both parties were on the ground: then that is suspect. */
static bool is_explained(struct ovf_grader *g, const struct ovf_contest *contest,
                         const struct parties *parties)
{
    const struct ovf_side *sides = contest->sides;
    if (!parties->with.is_landed || !parties->against.is_landed || sides[0].n == 0 ||
        sides[1].n == 0)
        return false;
    const struct off offs[2] = {find_off(g, &sides[0]), find_off(g, &sides[1])};
    const int wrong = offs[0].is_any ? 0 : 1;
    if (offs[0].is_any == offs[1].is_any || !is_off_to_the_end(g, &sides[wrong], &offs[wrong]))
        return false;
    suspect_off(g, &sides[wrong], &offs[wrong]);
    return true;
}

void ovf_grader_judge_contests(struct ovf_grader *g)
{
    for (size_t i = 0; i < g->contests.n && g->status == OVF_OK; i++) {
        const struct ovf_contest *contest = &g->contests.items[i];
        const struct parties parties = find_parties(contest);
        if (is_explained(g, contest, &parties))
            continue;
        for (int k = 0; k < 2; k++) {
            const struct ovf_side *side = &contest->sides[k];
            if (side->is_joined ? speaks_against(g, &parties.against, &parties.with)
                                : speaks_against(g, &parties.with, &parties.against))
                ovf_grader_suspect_side(g, side);
        }
    }
}
