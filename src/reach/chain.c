/* SPDX-License-Identifier: Apache-2.0 */
/* Branch and bound over the places of a disc: boxes of latitude and longitude, the one whose bound is least
 * first, each halved both ways until it is small. The bound of a box is that of its middle less its radius:
 * right where no obstacle comes within that radius, and for small boxes because the obstacle has been shrunk
 * by as much. Of others only the straight ways count. */
#include "reach/chain.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "reach/frame.h"

/** Places up to so far from the middle in latitude and in longitude. */
struct box {
    struct ovf_point middle;
    int64_t half_lat_e7;
    int64_t half_lon_e7;
    double radius_m; /* holds all of it */
    double bound_kt;
};

/* As far beyond the hard limit is told how fast it would have been. */
static const double search_share = 1.5;

struct chain {
    struct ovf_reach *reach;
    const struct ovf_anchor *disc;
    struct ovf_unit disc_unit;
    const struct ovf_anchor *same; /* those of its time, it among them */
    size_t n_same;
    double drift_m;         /* flown between what clocks call one time */
    struct ovf_frame frame; /* of the gap */
    double before_s;
    double after_s;
    double small_m;
    double most_kt;       /* beyond this nothing is searched */
    double *from_lengths; /* to each node */
    double *to_lengths;
    struct box *boxes;
    size_t n;
    size_t capacity;
};

/** No place of a box is farther from its middle than the straight line in latitude and longitude is long. */
static double radius_of(const struct box *box)
{
    double sine;
    double cosine;
    const int64_t near = llabs(box->middle.lat_e7) - box->half_lat_e7; /* to the equator */
    ovf_sincos_e7((int32_t)(near > 0 ? near : 0), &sine, &cosine);
    /* 6,400 km is more than any radius of curvature. */
    const double north_m = 6.4e6 * OVF_RAD_PER_E7 * (double)box->half_lat_e7;
    const double east_m = 6.4e6 * OVF_RAD_PER_E7 * (double)box->half_lon_e7 * cosine;
    return sqrt(north_m * north_m + east_m * east_m) + 1;
}

static double faster_kt(const struct chain *c, double before_m, double after_m)
{
    return fmax(fmax(0, before_m) / c->before_s, fmax(0, after_m) / c->after_s) / OVF_MPS_PER_KT;
}

/** The least average with which the box can have been passed without entering the obstacle. */
static double bound_of(const struct chain *c, const struct box *box)
{
    const struct ovf_frame *f = &c->frame;
    const struct ovf_walls *walls = &c->reach->walls;
    const struct ovf_unit at = ovf_arc_unit(box->middle);
    double before_rad = ovf_arc_rad(f->from_unit, at);
    double after_rad = ovf_arc_rad(at, f->to_unit);
    const bool is_small = box->radius_m <= c->small_m;
    if (is_small && ovf_cells_touch(&c->reach->cells, box->middle, 0))
        return (double)INFINITY;
    if (is_small || !ovf_cells_touch(&c->reach->cells, box->middle, box->radius_m)) {
        before_rad = ovf_route_end(walls, c->from_lengths, f->from_unit, at, f->search_rad);
        after_rad = ovf_route_end(walls, c->to_lengths, f->to_unit, at, f->search_rad);
    }
    return faster_kt(c, before_rad * f->scale_m - f->from->radius_m - box->radius_m,
                     after_rad * f->scale_m - f->to->radius_m - box->radius_m);
}

/** Whether no place of the box is in the disc around \p middle. */
static bool is_beside(const struct box *box, struct ovf_unit middle, double radius_m)
{
    const double off_m = ovf_arc_rad(middle, ovf_arc_unit(box->middle)) * OVF_ARC_LEAST_M;
    return off_m - box->radius_m > radius_m;
}

static enum ovf_status push_box(struct chain *c, struct box box)
{
    box.radius_m = radius_of(&box);
    if (is_beside(&box, c->disc_unit, c->disc->radius_m))
        return OVF_OK;
    for (size_t i = 0; i < c->n_same; i++) {
        const struct ovf_anchor *const other = &c->same[i];
        if (other != c->disc &&
            is_beside(&box, ovf_arc_unit(other->at), other->radius_m + c->drift_m))
            return OVF_OK;
    }
    box.bound_kt = fmax(box.bound_kt, bound_of(c, &box));
    if (box.bound_kt >= c->most_kt)
        return OVF_OK;
    struct box *grown = ovf_array_reserve(c->boxes, &c->capacity, c->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    c->boxes = grown;
    c->boxes[c->n++] = box;
    return OVF_OK;
}

static struct box pop_least(struct chain *c)
{
    size_t best = 0;
    for (size_t i = 1; i < c->n; i++) {
        if (c->boxes[i].bound_kt < c->boxes[best].bound_kt)
            best = i;
    }
    const struct box box = c->boxes[best];
    c->boxes[best] = c->boxes[--c->n];
    return box;
}

static enum ovf_status push_quarters(struct chain *c, const struct box *box)
{
    enum ovf_status st = OVF_OK;
    for (int i = 0; i < 4 && st == OVF_OK; i++) {
        struct box part = *box;
        part.half_lat_e7 = (box->half_lat_e7 + 1) / 2;
        part.half_lon_e7 = (box->half_lon_e7 + 1) / 2;
        part.middle.lat_e7 += (int32_t)((i & 1) != 0 ? part.half_lat_e7 : -part.half_lat_e7);
        part.middle.lon_e7 = ovf_lon_wrap(box->middle.lon_e7 +
                                          ((i & 2) != 0 ? part.half_lon_e7 : -part.half_lon_e7));
        st = push_box(c, part);
    }
    return st;
}

/** The box of a disc; round the globe where it comes near a pole. */
static struct box box_around(const struct ovf_anchor *disc)
{
    static const int64_t pole_e7 = 900000000;
    const double half_e7 = disc->radius_m / (6.33e6 * OVF_RAD_PER_E7) + 1;
    const int64_t north = disc->at.lat_e7 + (int64_t)half_e7;
    const int64_t south = disc->at.lat_e7 - (int64_t)half_e7;
    const int64_t top = north < pole_e7 ? north : pole_e7;
    const int64_t bottom = south > -pole_e7 ? south : -pole_e7;
    const int64_t far = -bottom > top ? -bottom : top;
    double sine;
    double cosine;
    ovf_sincos_e7((int32_t)far, &sine, &cosine);
    const double wide_e7 = far < 890000000 ? half_e7 / cosine + 1 : (double)OVF_E7_TURN;
    return (struct box){
        .middle = {(int32_t)((top + bottom) / 2), disc->at.lon_e7},
        .half_lat_e7 = (top - bottom) / 2 + 1,
        .half_lon_e7 = wide_e7 < (double)(OVF_E7_TURN / 2) ? (int64_t)wide_e7 : OVF_E7_TURN / 2,
    };
}

/** The least average over the places of the disc; most_kt when it is no less. */
static enum ovf_status search_disc(struct chain *c, double *least_kt)
{
    enum ovf_status st = push_box(c, box_around(c->disc));
    *least_kt = c->most_kt;
    while (st == OVF_OK && c->n > 0) {
        const struct box box = pop_least(c);
        if (box.radius_m <= c->small_m) {
            *least_kt = box.bound_kt;
            break;
        }
        st = push_quarters(c, &box);
    }
    return st;
}

/** Boxes are halved until a fiftieth of the disc, or a kilometre. */
static double small_of(const struct ovf_anchor *disc)
{
    return fmax(1e3, disc->radius_m / 50);
}

/** How far is flown between what clocks call one time. */
static double drift_m(const struct ovf_speed_limits *limits)
{
    return 2 * limits->clock_s * limits->hard_kt * OVF_MPS_PER_KT;
}

/** The least of the discs, all of one time. */
static const struct ovf_anchor *least_disc(const struct ovf_anchor *discs, size_t n)
{
    const struct ovf_anchor *least = discs;
    for (size_t i = 1; i < n; i++)
        least = discs[i].radius_m < least->radius_m ? &discs[i] : least;
    return least;
}

/** Through all of the discs, which are of one time. */
static enum ovf_status find_through(struct ovf_reach *reach, const struct ovf_frame *frame,
                                    const struct ovf_anchor *discs, size_t n_discs,
                                    const struct ovf_speed_limits *limits, double *least_kt)
{
    const struct ovf_anchor *const disc = least_disc(discs, n_discs);
    struct chain c = {
        .reach = reach,
        .disc = disc,
        .same = discs,
        .n_same = n_discs,
        .drift_m = drift_m(limits),
        .disc_unit = ovf_arc_unit(disc->at),
        .frame = *frame,
        .before_s = ovf_time_seconds(frame->from->t_ns, disc->t_ns) + 2 * limits->clock_s,
        .after_s = ovf_time_seconds(disc->t_ns, frame->to->t_ns) + 2 * limits->clock_s,
        .small_m = small_of(disc),
        .most_kt = search_share * limits->hard_kt};
    bool holds;
    enum ovf_status st = ovf_frame_lay(frame, c.small_m, reach, &holds);
    if (st != OVF_OK)
        return st;
    c.from_lengths = malloc((reach->walls.n_nodes + 1) * sizeof *c.from_lengths);
    c.to_lengths = malloc((reach->walls.n_nodes + 1) * sizeof *c.to_lengths);
    st = c.from_lengths == NULL || c.to_lengths == NULL ? OVF_E_NOMEM : OVF_OK;
    if (st == OVF_OK)
        st = ovf_route_find_all(&reach->route, &reach->walls, frame->from_unit, frame->search_rad,
                                c.from_lengths);
    if (st == OVF_OK)
        st = ovf_route_find_all(&reach->route, &reach->walls, frame->to_unit, frame->search_rad,
                                c.to_lengths);
    if (st == OVF_OK)
        st = search_disc(&c, least_kt);
    free(c.from_lengths);
    free(c.to_lengths);
    free(c.boxes);
    return st;
}

/** The first place behind \p begin that is of another time. */
static size_t end_of_time(const struct ovf_anchor *places, size_t n, size_t begin)
{
    size_t end = begin + 1;
    while (end < n && places[end].t_ns == places[begin].t_ns)
        end++;
    return end;
}

/** The straight ways from the places [begin, middle), of one time, to [middle, end), of the next: whether all of them
 * can touch, and when. */
static bool judge_step(const struct ovf_region *region, const struct ovf_anchor *places,
                       const size_t cut[3], const struct ovf_speed_limits *limits,
                       struct ovf_verdict *v, int64_t touch_ns[2])
{
    bool can_touch = true;
    touch_ns[0] = INT64_MIN;
    touch_ns[1] = INT64_MAX;
    for (size_t i = cut[0]; i < cut[1]; i++) {
        for (size_t k = cut[1]; k < cut[2]; k++) {
            const struct ovf_frame link = ovf_frame_of(region, &places[i], &places[k], limits);
            int64_t entry_ns = INT64_MIN;
            int64_t exit_ns = INT64_MAX;
            v->direct_kt =
                fmax(v->direct_kt, ovf_frame_average_kt(&link, link.direct_rad * link.scale_m));
            can_touch = ovf_frame_touch(&link, limits, &entry_ns, &exit_ns) && can_touch;
            touch_ns[0] = entry_ns > touch_ns[0] ? entry_ns : touch_ns[0];
            touch_ns[1] = exit_ns < touch_ns[1] ? exit_ns : touch_ns[1];
        }
    }
    return can_touch;
}

/** The straight ways from each place to the next, and what they can touch. */
static void judge_links(const struct ovf_region *region, const struct ovf_anchor *places, size_t n,
                        const struct ovf_speed_limits *limits, struct ovf_verdict *v)
{
    bool can_touch = false;
    size_t cut[3] = {0, end_of_time(places, n, 0), 0};
    for (; cut[1] < n; cut[0] = cut[1], cut[1] = cut[2]) {
        int64_t touch_ns[2];
        cut[2] = end_of_time(places, n, cut[1]);
        if (!judge_step(region, places, cut, limits, v, touch_ns))
            continue;
        v->entry_ns = can_touch ? v->entry_ns : touch_ns[0];
        v->exit_ns = touch_ns[1];
        can_touch = true;
    }
    v->class = v->direct_kt > v->hard_kt ? OVF_CLASS_INCONSISTENT
               : can_touch               ? OVF_CLASS_POSSIBLE
                                         : OVF_CLASS_IMPOSSIBLE;
}

/** Whether two discs of one time have a place in common, as far as clocks and rounding tell. */
static bool can_meet(const struct ovf_anchor *a, const struct ovf_anchor *b,
                     const struct ovf_speed_limits *limits)
{
    const double apart_m = ovf_arc_rad(ovf_arc_unit(a->at), ovf_arc_unit(b->at)) * OVF_ARC_LEAST_M;
    return apart_m <= a->radius_m + b->radius_m + drift_m(limits);
}

static enum ovf_status check_chain(const struct ovf_anchor *places, size_t n,
                                   const struct ovf_speed_limits *limits, struct ovf_error *err)
{
    enum ovf_status st = ovf_reach_check(&places[0], &places[n - 1], limits, err);
    for (size_t i = 1; i + 1 < n && st == OVF_OK; i++) {
        st = ovf_reach_check(&places[0], &places[i], limits, err);
        if (st == OVF_OK)
            st = ovf_reach_check(&places[i], &places[n - 1], limits, err);
        if (st == OVF_OK && places[i].t_ns > places[i + 1].t_ns)
            return ovf_error_set(err, OVF_E_RANGE, "the discs are not in order of time");
        for (size_t k = 1; k < i && st == OVF_OK; k++) {
            if (places[k].t_ns == places[i].t_ns && !can_meet(&places[k], &places[i], limits))
                return ovf_error_set(err, OVF_E_RANGE,
                                     "two discs of one time have no place in common");
        }
    }
    return st;
}

static void raise_avoidance(struct ovf_verdict *v, double kt, const struct ovf_speed_limits *limits)
{
    if (kt <= v->avoidance_kt)
        return;
    v->avoidance_kt = kt;
    v->is_open = kt >= search_share * limits->hard_kt;
}

/** From each place to the next: who stayed out all the time stayed out between them. */
static enum ovf_status judge_between(struct ovf_reach *reach, const struct ovf_region *region,
                                     const struct ovf_anchor *places, size_t n,
                                     const struct ovf_speed_limits *limits, struct ovf_verdict *v,
                                     struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i + 1 < n && n > 2 && st == OVF_OK; i++) {
        struct ovf_verdict part;
        if (places[i].t_ns == places[i + 1].t_ns)
            continue;
        st = ovf_reach_judge(reach, region, &places[i], &places[i + 1], limits, &part, err);
        if (st == OVF_OK && part.class <= OVF_CLASS_POSSIBLE && isfinite(part.avoidance_kt))
            raise_avoidance(v, part.avoidance_kt, limits);
    }
    return st;
}

/** Through the discs of each time, on the way from the first of \p places to the last, or between their neighbours. */
static enum ovf_status judge_discs(struct ovf_reach *reach, const struct ovf_region *region,
                                   const struct ovf_anchor *places, size_t n, bool is_near,
                                   const struct ovf_speed_limits *limits, struct ovf_verdict *v)
{
    enum ovf_status st = OVF_OK;
    size_t end;
    for (size_t i = 1; i + 1 < n && st == OVF_OK; i = end) {
        end = end_of_time(places, n, i);
        const struct ovf_frame frame = ovf_frame_of(region, &places[is_near ? i - 1 : 0],
                                                    &places[is_near ? end : n - 1], limits);
        double kt = 0;
        st = find_through(reach, &frame, &places[i], end - i, limits, &kt);
        if (st == OVF_OK)
            raise_avoidance(v, kt, limits);
    }
    return st;
}

static enum ovf_status judge_places(struct ovf_reach *reach, const struct ovf_region *region,
                                    const struct ovf_anchor *places, size_t n,
                                    const struct ovf_speed_limits *limits, struct ovf_verdict *v,
                                    struct ovf_error *err)
{
    enum ovf_status st = ovf_reach_judge(reach, region, &places[0], &places[n - 1], limits, v, err);
    if (st != OVF_OK || v->class == OVF_CLASS_INCONSISTENT || v->class == OVF_CLASS_IMPOSSIBLE)
        return st;
    judge_links(region, places, n, limits, v);
    if (v->class != OVF_CLASS_POSSIBLE)
        return OVF_OK;
    st = judge_discs(reach, region, places, n, false, limits, v);
    if (st == OVF_OK && n > 3)
        st = judge_discs(reach, region, places, n, true, limits, v);
    if (st == OVF_OK)
        st = judge_between(reach, region, places, n, limits, v, err);
    v->avoidance_kt = fmax(v->avoidance_kt, v->direct_kt);
    v->class = ovf_verdict_class(v, limits->never_necessary);
    return st;
}

/** All places in order of time; to be freed. */
static struct ovf_anchor *join_places(const struct ovf_anchor *from, const struct ovf_anchor *to,
                                      const struct ovf_anchor *discs, size_t n_discs)
{
    struct ovf_anchor *places = malloc((n_discs + 2) * sizeof *places);
    if (places == NULL)
        return NULL;
    places[0] = *from;
    for (size_t i = 0; i < n_discs; i++)
        places[i + 1] = discs[i];
    places[n_discs + 1] = *to;
    return places;
}

enum ovf_status ovf_reach_judge_chain(struct ovf_reach *reach, const struct ovf_region *region,
                                      const struct ovf_anchor *from, const struct ovf_anchor *to,
                                      const struct ovf_anchor *discs, size_t n_discs,
                                      const struct ovf_speed_limits *limits,
                                      struct ovf_verdict *verdict, struct ovf_error *err)
{
    struct ovf_verdict v;
    struct ovf_anchor *places = join_places(from, to, discs, n_discs);
    if (places == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = check_chain(places, n_discs + 2, limits, err);
    if (st == OVF_OK)
        st = judge_places(reach, region, places, n_discs + 2, limits, &v, err);
    if (st == OVF_OK)
        *verdict = v;
    free(places);
    return st;
}

enum ovf_status ovf_reach_judge_straight(const struct ovf_region *region,
                                         const struct ovf_anchor *from, const struct ovf_anchor *to,
                                         const struct ovf_anchor *discs, size_t n_discs,
                                         const struct ovf_speed_limits *limits,
                                         struct ovf_verdict *verdict, struct ovf_error *err)
{
    struct ovf_anchor *places = join_places(from, to, discs, n_discs);
    if (places == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = check_chain(places, n_discs + 2, limits, err);
    if (st == OVF_OK) {
        *verdict = (struct ovf_verdict){.hard_kt = limits->hard_kt,
                                        .usual_kt = fmin(limits->usual_kt, limits->hard_kt)};
        judge_links(region, places, n_discs + 2, limits, verdict);
        verdict->avoidance_kt = verdict->direct_kt;
    }
    free(places);
    return st;
}

double ovf_reach_disc_cut_m(const struct ovf_anchor *from, const struct ovf_anchor *to,
                            const struct ovf_anchor *disc, double hard_kt)
{
    const double mps = hard_kt * OVF_MPS_PER_KT;
    const double before_m =
        ovf_point_chord_m(from->at, disc->at) + mps * ovf_time_seconds(from->t_ns, disc->t_ns);
    const double after_m =
        ovf_point_chord_m(disc->at, to->at) + mps * ovf_time_seconds(disc->t_ns, to->t_ns);
    return fmin(before_m, after_m) - disc->radius_m;
}

/** The place at the \p share of the chord from \p a to \p b, brought back to the sphere. */
static struct ovf_unit part_way(struct ovf_unit a, struct ovf_unit b, double share)
{
    const struct ovf_unit u = {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y),
                               a.z + share * (b.z - a.z)};
    const double length = fmax(ovf_unit_length(u), 1e-9);
    return (struct ovf_unit){u.x / length, u.y / length, u.z / length};
}

static struct ovf_point point_of(struct ovf_unit u)
{
    const double level = sqrt(u.x * u.x + u.y * u.y);
    return (struct ovf_point){(int32_t)ovf_arc_latitude_e7(ovf_atan2_e7(u.z, level)),
                              ovf_lon_wrap(ovf_atan2_e7(u.y, u.x))};
}

struct ovf_point ovf_reach_least_bend(const struct ovf_anchor *from, const struct ovf_anchor *to,
                                      const struct ovf_anchor *disc)
{
    const double share = ovf_time_seconds(from->t_ns, disc->t_ns) /
                         fmax(1e-9, ovf_time_seconds(from->t_ns, to->t_ns));
    const struct ovf_unit due = part_way(ovf_arc_unit(from->at), ovf_arc_unit(to->at), share);
    const struct ovf_unit middle = ovf_arc_unit(disc->at);
    const double off_m = ovf_arc_rad(middle, due) * OVF_ARC_LEAST_M;
    return point_of(off_m <= disc->radius_m ? due : part_way(middle, due, disc->radius_m / off_m));
}

struct ovf_members ovf_reach_on_way_by(const struct ovf_index *index, const struct ovf_anchor *from,
                                       const struct ovf_anchor *to, const struct ovf_anchor *disc)
{
    const struct ovf_point by = ovf_reach_least_bend(from, to, disc);
    struct ovf_members sum = ovf_reach_on_way(index, from->at, by);
    const struct ovf_members more = ovf_reach_on_way(index, by, to->at);
    ovf_members_add_all(&sum, &more);
    return sum;
}
