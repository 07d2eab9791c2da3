/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of the way that may come nearer than what is known are halved until a bound is good enough. */
#include "reach/clear.h"

#include "reach/frame.h"
#include "reach/nearest.h"

/* A bound on a piece that is so much below what is known of its ends is good enough. */
static const double good_enough_rad = 50.0 / 6.4e6;

/* Triangles this small are taken for flat. On the sphere the height is the larger one. */
static const double flat_rad = 0.01;

static struct ovf_unit sum_of(struct ovf_unit a, struct ovf_unit b)
{
    return (struct ovf_unit){a.x + b.x, a.y + b.y, a.z + b.z};
}

static struct ovf_unit middle_of(struct ovf_unit a, struct ovf_unit b)
{
    const struct ovf_unit sum = sum_of(a, b);
    const double length = ovf_unit_length(sum);
    return (struct ovf_unit){sum.x / length, sum.y / length, sum.z / length};
}

void ovf_clear_owners(const struct ovf_index *index, struct ovf_unit from, struct ovf_unit to,
                      double way_rad, double range_rad, struct ovf_members *owners)
{
    const double limit_rad = way_rad + 2 * range_rad;
    const struct ovf_window window = ovf_window_around(sum_of(from, to), limit_rad / 2);
    ovf_near_owners(index, &window, from, to, limit_rad, owners);
}

double ovf_clear_place_rad(const struct ovf_clear *c, struct ovf_unit at)
{
    const double limit_rad = c->least_rad + OVF_CLEAR_STRIDE_RAD;
    const struct ovf_window window = ovf_window_around(at, limit_rad);
    return ovf_nearest_boundary(c->index, &c->owner, &window, at, at, limit_rad).from_rad;
}

/** A stretch of the way, and how far its ends are from the boundary at the least. */
struct piece {
    struct ovf_unit a;
    struct ovf_unit b;
    double a_rad;
    double b_rad;
    double length_rad;
};

/** No place of the boundary lies in the discs around the ends; where these meet is the nearest it can be. */
static double bound_of(const struct piece *p)
{
    const double nearer_rad = fmin(p->a_rad, p->b_rad);
    if (p->a_rad + p->b_rad <= p->length_rad || p->length_rad > flat_rad)
        return fmax(0, (p->a_rad + p->b_rad - p->length_rad) / 2);
    if (p->length_rad <= 0)
        return nearer_rad;
    const double along_rad =
        (p->a_rad * p->a_rad - p->b_rad * p->b_rad + p->length_rad * p->length_rad) /
        (2 * p->length_rad);
    if (along_rad <= 0 || along_rad >= p->length_rad)
        return nearer_rad;
    return sqrt(fmax(0, p->a_rad * p->a_rad - along_rad * along_rad));
}

/** Lowers the least by one piece; true when it must be halved first. */
static bool must_halve(struct ovf_clear *c, const struct piece *p, bool *lowered)
{
    const double bound_rad = bound_of(p);
    const double nearer_rad = fmin(p->a_rad, p->b_rad);
    if (bound_rad >= c->least_rad)
        return false;
    if (nearer_rad - bound_rad > good_enough_rad && p->length_rad > good_enough_rad)
        return true;
    c->least_rad = bound_rad;
    c->nearest = p->a_rad < p->b_rad ? p->a : p->b;
    *lowered = true;
    return false;
}

bool ovf_clear_follow(struct ovf_clear *c, struct ovf_unit from, struct ovf_unit to,
                      double *from_rad)
{
    const double length_rad = ovf_arc_rad(from, to);
    bool lowered = false;
    if (*from_rad - length_rad >= c->least_rad) {
        *from_rad -= length_rad;
        return false;
    }
    struct piece todo[32]; /* half the globe halved to 50 m is 19 halvings */
    size_t n = 0;
    const double to_rad = ovf_clear_place_rad(c, to);
    todo[n++] = (struct piece){from, to, *from_rad, to_rad, length_rad};
    while (n > 0) {
        const struct piece p = todo[--n];
        if (!must_halve(c, &p, &lowered))
            continue;
        const struct ovf_unit middle = middle_of(p.a, p.b);
        const double middle_rad = ovf_clear_place_rad(c, middle);
        todo[n++] = (struct piece){middle, p.b, middle_rad, p.b_rad, p.length_rad / 2};
        todo[n++] = (struct piece){p.a, middle, p.a_rad, middle_rad, p.length_rad / 2};
    }
    *from_rad = to_rad;
    return lowered;
}

bool ovf_clear_gap(struct ovf_clear *c, const struct ovf_anchor *from, const struct ovf_anchor *to,
                   const struct ovf_speed_limits *limits)
{
    const struct ovf_region region = {.index = c->index, .owners = c->owner};
    const struct ovf_frame frame = ovf_frame_of(&region, from, to, limits);
    double kept_rad = 0;
    double touched_rad = c->least_rad;
    bool lowered = false;
    while (touched_rad - kept_rad > good_enough_rad) {
        const double tried_rad = lowered ? (kept_rad + touched_rad) / 2 : touched_rad;
        const double way_rad = frame.touch_rad + 2 * tried_rad;
        const struct ovf_window window =
            ovf_window_around(sum_of(frame.from_unit, frame.to_unit), way_rad / 2);
        const bool is_touched = ovf_nearest_boundary(c->index, &c->owner, &window, frame.from_unit,
                                                     frame.to_unit, way_rad)
                                    .is_touched;
        if (!is_touched && !lowered)
            return false;
        lowered = true;
        *(is_touched ? &touched_rad : &kept_rad) = tried_rad;
    }
    c->least_rad = kept_rad;
    return true;
}
