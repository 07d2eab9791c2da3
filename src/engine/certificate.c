/* SPDX-License-Identifier: Apache-2.0 */
/* Certifying a leg, step by step between believed fixes. */
#include "engine/certificate.h"

#include "base/time.h"
#include "reach/chain.h"
#include "reach/clear.h"
#include "reach/frame.h"

/* Boundaries are looked for along so much of the way at once, and by so many fixes. */
static const double stretch_rad = 0.01;
enum { STRETCH_MAX = 256 };

static size_t next_believed(const struct ovf_certificate_question *q, size_t i)
{
    while (i <= q->last && !ovf_fix_is_believed(&q->fixes[i]))
        i++;
    return i;
}

static size_t last_believed(const struct ovf_certificate_question *q)
{
    size_t i = q->last;
    while (i > q->first && !ovf_fix_is_believed(&q->fixes[i]))
        i--;
    return i;
}

/** Whether the way from fix \p i to fix \p j is known. What the archive thinned out beyond that was heard, but not
 * where: a crossing may take such a way for the geodesic, a certificate may not. */
static bool is_followed(const struct ovf_certificate_question *q, size_t i, size_t j)
{
    return q->fixes[j].t_ns - q->fixes[i].t_ns <= q->walk->max_gap_ns;
}

struct ovf_members ovf_certificate_candidates(const struct ovf_certificate_question *q)
{
    const double range_rad = OVF_CERTIFICATE_RANGE_M / OVF_ARC_LEAST_M;
    struct ovf_members owners = {{0}};
    size_t i = next_believed(q, q->first);
    if (i > q->last)
        return owners;
    struct ovf_unit begin = ovf_arc_unit(q->fixes[i].at);
    struct ovf_unit here = begin;
    double way_rad = 0;
    for (size_t j = next_believed(q, i + 1); j <= q->last; i = j, j = next_believed(q, j + 1)) {
        const struct ovf_unit there = ovf_arc_unit(q->fixes[j].at);
        const bool followed = is_followed(q, i, j);
        const double step_rad = ovf_arc_rad(here, there);
        if (!followed || (way_rad > 0 && way_rad + step_rad > stretch_rad)) {
            ovf_clear_owners(q->index, begin, here, way_rad, range_rad, &owners);
            begin = followed ? here : there;
            way_rad = 0;
        }
        way_rad += followed ? step_rad : 0;
        here = there;
    }
    ovf_clear_owners(q->index, begin, here, way_rad, range_rad, &owners);
    return owners;
}

/** Where on the step the nearest place lies. */
static void note_place(const struct ovf_clear *clear, const struct ovf_fix *a,
                       const struct ovf_fix *b, struct ovf_certificate *out)
{
    const struct ovf_unit u = clear->nearest;
    const double from_rad = ovf_arc_rad(ovf_arc_unit(a->at), u);
    const double to_rad = ovf_arc_rad(u, ovf_arc_unit(b->at));
    const double share = from_rad + to_rad > 0 ? from_rad / (from_rad + to_rad) : 0;
    const double level = sqrt(u.x * u.x + u.y * u.y);
    out->t_ns = a->t_ns + (int64_t)(share * (double)(b->t_ns - a->t_ns));
    out->at = (struct ovf_point){(int32_t)ovf_arc_latitude_e7(ovf_atan2_e7(u.z, level)),
                                 ovf_lon_wrap(ovf_atan2_e7(u.y, u.x))};
}

/** A leg being followed beside one airspace. */
struct follower {
    const struct ovf_certificate_question *q;
    struct ovf_reach *reach;
    struct ovf_clear clear;
    struct ovf_clear_stop here;
    double radius_m;  /* the largest of a fix */
    bool is_possible; /* it may have been inside */
};

/** Takes fix \p i. One of grade D proves nothing. */
static void take_fix(struct follower *f, size_t i, struct ovf_certificate *found)
{
    f->is_possible = f->is_possible || f->q->fixes[i].grade == OVF_GRADE_D;
    f->radius_m = fmax(f->radius_m, (double)f->q->fixes[i].radius_m);
    found->n_fixes++;
}

static struct ovf_clear_stop look_at(struct follower *f, struct ovf_point at)
{
    const struct ovf_unit unit = ovf_arc_unit(at);
    return (struct ovf_clear_stop){unit, ovf_clear_look(&f->clear, unit, INFINITY)};
}

static struct ovf_anchor anchor_of(const struct ovf_fix *fix)
{
    return (struct ovf_anchor){fix->t_ns, fix->at, (double)fix->radius_m};
}

/** The same gap with where the aircraft was heard in it: each way from one place to the next is a gap of its own. */
static enum ovf_status follow_heard(struct follower *f, const struct ovf_region *region,
                                    const struct ovf_anchor *from, const struct ovf_anchor *to,
                                    struct ovf_certificate *found, bool *lowered)
{
    const struct ovf_certificate_question *q = f->q;
    const struct ovf_gap_hearings heard =
        ovf_hearings_of_gap(q->hearings, from, to, q->limits->hard_kt);
    struct ovf_verdict verdict;
    const enum ovf_status st =
        ovf_reach_judge_straight(region, from, to, heard.items, heard.n, q->limits, &verdict, NULL);
    if (st != OVF_OK || verdict.class != OVF_CLASS_IMPOSSIBLE)
        return st;
    f->is_possible = false;
    found->n_hearings += heard.n;
    for (size_t i = 0; i <= heard.n; i++) {
        const struct ovf_anchor *const a = i > 0 ? &heard.items[i - 1] : from;
        const struct ovf_anchor *const b = i < heard.n ? &heard.items[i] : to;
        *lowered = ovf_clear_gap(&f->clear, a, b, q->limits) || *lowered;
    }
    return OVF_OK;
}

static enum ovf_status follow_gap(struct follower *f, size_t i, size_t j,
                                  struct ovf_certificate *found)
{
    const struct ovf_certificate_question *q = f->q;
    const struct ovf_region region = {q->index, f->clear.owner, q->accuracy_m, false};
    const struct ovf_anchor from = anchor_of(&q->fixes[i]);
    const struct ovf_anchor to = anchor_of(&q->fixes[j]);
    struct ovf_verdict verdict = {.class = OVF_CLASS_POSSIBLE};
    enum ovf_status st = OVF_OK;
    /* What may be faster than the hard limit can have been anywhere. */
    const bool is_judged = q->limits->hard_kt > 0 && !q->limits->never_necessary;
    if (is_judged)
        st = ovf_reach_judge(f->reach, &region, &from, &to, q->limits, &verdict, NULL);
    f->is_possible = verdict.class != OVF_CLASS_IMPOSSIBLE;
    bool lowered = !f->is_possible && ovf_clear_gap(&f->clear, &from, &to, q->limits);
    if (st == OVF_OK && is_judged && f->is_possible && q->hearings != NULL && q->hearings->n > 0)
        st = follow_heard(f, &region, &from, &to, found, &lowered);
    take_fix(f, j, found);
    f->here = look_at(f, q->fixes[j].at);
    if (lowered) {
        found->before = i;
        found->after = j;
        found->in_gap = true;
    }
    return st;
}

/** Believed fixes in a row between which the way is known. */
struct stretch {
    struct stop {
        size_t fix;
        struct ovf_unit at;
        double way_rad; /* from the first */
    } stops[STRETCH_MAX];
    size_t n;
};

/** From fix \p i, which is where the follower is, on. \return the believed fix behind the last one */
static size_t find_stretch(struct follower *f, size_t i, struct stretch *s,
                           struct ovf_certificate *found)
{
    s->stops[0] = (struct stop){i, f->here.at, 0};
    s->n = 1;
    size_t j = next_believed(f->q, i + 1);
    while (j <= f->q->last && s->n < STRETCH_MAX && is_followed(f->q, i, j)) {
        const struct stop *const last = &s->stops[s->n - 1];
        const struct ovf_unit at = ovf_arc_unit(f->q->fixes[j].at);
        const double way_rad = last->way_rad + ovf_arc_rad(last->at, at);
        if (s->n > 1 && way_rad > stretch_rad)
            break;
        s->stops[s->n++] = (struct stop){j, at, way_rad};
        take_fix(f, j, found);
        i = j;
        j = next_believed(f->q, j + 1);
    }
    return j;
}

/** A stop that the follower is to get to. */
struct goal {
    size_t stop;
    bool is_known; /* how far it is from the boundary */
    struct ovf_clear_stop there;
};

/** Whether no step up to there can lower the least. */
static bool passes(struct follower *f, struct goal *goal, double way_rad)
{
    struct ovf_clear_stop *const there = &goal->there;
    const double most_rad = f->here.from.most_rad + way_rad;
    if (!goal->is_known && f->here.from.least_rad - way_rad >= f->clear.least_rad) {
        there->from = (struct ovf_clear_place){f->here.from.least_rad - way_rad, most_rad};
        return true;
    }
    if (!goal->is_known)
        there->from = ovf_clear_look(&f->clear, there->at, most_rad);
    goal->is_known = true;
    return ovf_clear_passes(&f->clear, &f->here, there, way_rad);
}

static void note_step(struct follower *f, const struct stop *a, const struct stop *b,
                      struct ovf_certificate *found)
{
    found->before = a->fix;
    found->after = b->fix;
    found->in_gap = false;
    note_place(&f->clear, &f->q->fixes[a->fix], &f->q->fixes[b->fix], found);
}

/** Up to the last stop, over as many at once as may be: what does not pass as one is halved. */
static void follow_stretch(struct follower *f, const struct stretch *s,
                           struct ovf_certificate *found)
{
    struct goal goals[16]; /* of STRETCH_MAX, halved to single steps, there are 9 */
    size_t n = 0;
    size_t at = 0;
    goals[n++] = (struct goal){.stop = s->n - 1, .there.at = s->stops[s->n - 1].at};
    while (at + 1 < s->n) {
        struct goal *const goal = &goals[n - 1];
        const struct stop *const from = &s->stops[at];
        const struct stop *const to = &s->stops[goal->stop];
        if (!passes(f, goal, to->way_rad - from->way_rad)) {
            if (goal->stop > at + 1) {
                const size_t middle = (at + goal->stop) / 2;
                goals[n++] = (struct goal){.stop = middle, .there.at = s->stops[middle].at};
                continue;
            }
            if (ovf_clear_follow(&f->clear, &f->here, &goal->there))
                note_step(f, from, to, found);
        }
        at = goal->stop;
        f->here = goal->there;
        n--;
    }
}

/** The least as metres: the scale of the latitude farthest from the equator that it can concern. */
static double least_m(const struct follower *f, const struct ovf_certificate *found)
{
    const struct ovf_unit before = ovf_arc_unit(f->q->fixes[found->before].at);
    const struct ovf_unit after = ovf_arc_unit(f->q->fixes[found->after].at);
    const struct ovf_window window =
        ovf_window_around(before, f->clear.least_rad + ovf_arc_rad(before, after));
    return f->clear.least_rad * ovf_arc_scale_m(ovf_window_highest_e7(&window));
}

/** The leg from fix \p i on, which is the first that is believed. */
static enum ovf_status follow_leg(struct follower *f, size_t i, struct ovf_certificate *found)
{
    enum ovf_status st = OVF_OK;
    struct stretch stretch;
    take_fix(f, i, found);
    f->here = look_at(f, f->q->fixes[i].at);
    while (st == OVF_OK) {
        const size_t next = find_stretch(f, i, &stretch, found);
        if (f->is_possible)
            break;
        follow_stretch(f, &stretch, found);
        i = stretch.stops[stretch.n - 1].fix;
        if (next > f->q->last)
            break;
        if (is_followed(f->q, i, next))
            continue;
        st = follow_gap(f, i, next, found);
        i = next;
    }
    return st;
}

enum ovf_status ovf_certificate_find(const struct ovf_certificate_question *q, uint32_t owner,
                                     struct ovf_reach *reach, struct ovf_certificate *out)
{
    const double range_rad = OVF_CERTIFICATE_RANGE_M / OVF_ARC_LEAST_M;
    struct follower f = {
        .q = q,
        .reach = reach,
        .clear = {.index = q->index, .least_rad = range_rad, .most_rad = INFINITY}};
    struct ovf_certificate found = {.n_fixes = 0};
    struct ovf_members inside;
    const size_t first = next_believed(q, q->first);
    *out = (struct ovf_certificate){0};
    if (first > q->last)
        return OVF_OK;
    ovf_members_toggle(&f.clear.owner, owner);
    ovf_index_locate(q->index, q->fixes[first].at, &inside);
    f.is_possible = ovf_members_has(&inside, owner);
    const enum ovf_status st = follow_leg(&f, first, &found);
    if (st != OVF_OK || f.is_possible || f.clear.least_rad >= range_rad)
        return st;
    found.distance_m = least_m(&f, &found);
    found.is_set = found.distance_m > q->accuracy_m + f.radius_m;
    *out = found;
    return OVF_OK;
}

struct ovf_passage ovf_certificate_passage(const struct ovf_certificate_question *q, uint32_t owner)
{
    const size_t first = next_believed(q, q->first);
    const size_t last = last_believed(q);
    const struct ovf_passage_end entry = {.kind = OVF_PASSAGE_TRACK,
                                          .before = first,
                                          .after = first,
                                          .t_ns = q->fixes[first].t_ns,
                                          .t_min_ns = q->fixes[first].t_ns,
                                          .t_max_ns = q->fixes[first].t_ns,
                                          .earliest_ns = q->fixes[first].t_ns,
                                          .latest_ns = q->fixes[first].t_ns,
                                          .lat_deg = ovf_deg_from_e7(q->fixes[first].at.lat_e7),
                                          .lon_deg = ovf_deg_from_e7(q->fixes[first].at.lon_e7),
                                          .at = q->fixes[first].at};
    struct ovf_passage_end exit = entry;
    exit.before = exit.after = last;
    exit.t_ns = exit.t_min_ns = exit.t_max_ns = q->fixes[last].t_ns;
    exit.earliest_ns = exit.latest_ns = exit.t_ns;
    exit.lat_deg = ovf_deg_from_e7(q->fixes[last].at.lat_e7);
    exit.lon_deg = ovf_deg_from_e7(q->fixes[last].at.lon_e7);
    exit.at = q->fixes[last].at;
    return (struct ovf_passage){.owner = owner,
                                .class = OVF_CLASS_IMPOSSIBLE,
                                .entry = entry,
                                .exit = exit,
                                .vertical_known = true};
}
