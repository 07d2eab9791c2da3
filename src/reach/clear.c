/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of the way that may come nearer than what is known are halved until a bound is good enough. */
#include "reach/clear.h"

#include "reach/frame.h"

/* A bound on a piece that is so much below what is known of its ends is good enough. */
static const double good_enough_rad = 50.0 / 6.4e6;

/* Triangles this small are taken for flat. On the sphere the height is the larger one. */
static const double flat_rad = 0.01;

/* What is found of a piece may be so much too low, by what is good enough and by what looks are. */
static const double too_low_rad = 50.0 / 6.4e6 + OVF_NEAREST_SLACK_RAD;

/* On the sphere an ellipse is wider than a flat one of the same length: of a way of flat_rad by less than this. */
static const double ellipse_share = 1.001;

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

/** What is no nearer than this does not lower the least, or no farther than other places will. */
static double far_enough_rad(const struct ovf_clear *c)
{
    return fmin(c->least_rad, c->most_rad + too_low_rad);
}

struct ovf_clear_place ovf_clear_look(struct ovf_clear *c, struct ovf_unit at, double most_rad)
{
    const double limit_rad = far_enough_rad(c) + OVF_CLEAR_STRIDE_RAD;
    const double search_rad = fmin(limit_rad, most_rad + OVF_NEAREST_SLACK_RAD);
    const double found_rad = ovf_about_rad(&c->about, c->index, &c->owner, at, search_rad);
    const bool is_found = found_rad < search_rad;
    const struct ovf_clear_place place = {found_rad,
                                          is_found ? found_rad + OVF_NEAREST_SLACK_RAD : most_rad};
    c->most_rad = fmin(c->most_rad, place.most_rad);
    return place;
}

/** A stretch of the way, and how far its ends are from the boundary at the least. */
struct piece {
    struct ovf_unit a;
    struct ovf_unit b;
    struct ovf_clear_place of_a;
    struct ovf_clear_place of_b;
    double length_rad;
};

/** No place of the boundary lies in the discs around the ends; where these meet is the nearest it can be. */
static double bound_of(const struct piece *p)
{
    const double a_rad = p->of_a.least_rad;
    const double b_rad = p->of_b.least_rad;
    const double nearer_rad = fmin(a_rad, b_rad);
    if (a_rad + b_rad <= p->length_rad || p->length_rad > flat_rad)
        return fmax(0, (a_rad + b_rad - p->length_rad) / 2);
    if (p->length_rad <= 0)
        return nearer_rad;
    const double along_rad =
        (a_rad * a_rad - b_rad * b_rad + p->length_rad * p->length_rad) / (2 * p->length_rad);
    if (along_rad <= 0 || along_rad >= p->length_rad)
        return nearer_rad;
    return sqrt(fmax(0, a_rad * a_rad - along_rad * along_rad));
}

/** Lowers the least by one piece; true when it must be halved first. */
static bool must_halve(struct ovf_clear *c, const struct piece *p, bool *lowered)
{
    const double bound_rad = bound_of(p);
    const double nearer_rad = fmin(p->of_a.least_rad, p->of_b.least_rad);
    if (bound_rad >= far_enough_rad(c))
        return false;
    if (nearer_rad - bound_rad > good_enough_rad && p->length_rad > good_enough_rad)
        return true;
    c->least_rad = bound_rad;
    c->nearest = p->of_a.least_rad < p->of_b.least_rad ? p->a : p->b;
    *lowered = true;
    return false;
}

static struct ovf_clear_place look_in_middle(struct ovf_clear *c, const struct piece *p,
                                             struct ovf_unit middle)
{
    const double nearer_rad = fmin(p->of_a.most_rad, p->of_b.most_rad);
    return ovf_clear_look(c, middle, nearer_rad + p->length_rad / 2);
}

/** Discs around the ends bound the straight way between them. What is flown in addition leads aside from it by no
 * more than half the width of the ellipse of the places that are within reach. */
bool ovf_clear_passes(const struct ovf_clear *c, const struct ovf_clear_stop *a,
                      const struct ovf_clear_stop *b, double way_rad)
{
    const double length_rad = ovf_arc_rad(a->at, b->at);
    const double aside_rad = sqrt(fmax(0, way_rad * way_rad - length_rad * length_rad)) / 2;
    const struct piece straight = {a->at, b->at, a->from, b->from, length_rad};
    return bound_of(&straight) - aside_rad * ellipse_share >=
           fmin(c->least_rad, c->most_rad) + too_low_rad;
}

bool ovf_clear_follow(struct ovf_clear *c, const struct ovf_clear_stop *a,
                      const struct ovf_clear_stop *b)
{
    struct piece todo[32]; /* half the globe halved to 50 m is 19 halvings */
    size_t n = 0;
    bool lowered = false;
    todo[n++] = (struct piece){a->at, b->at, a->from, b->from, ovf_arc_rad(a->at, b->at)};
    while (n > 0) {
        const struct piece p = todo[--n];
        if (!must_halve(c, &p, &lowered))
            continue;
        const struct ovf_unit middle = middle_of(p.a, p.b);
        const struct ovf_clear_place there = look_in_middle(c, &p, middle);
        todo[n++] = (struct piece){middle, p.b, there, p.of_b, p.length_rad / 2};
        todo[n++] = (struct piece){p.a, middle, p.of_a, there, p.length_rad / 2};
    }
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
        const bool is_touched = ovf_is_touched(c->index, &c->owner, frame.from_unit, frame.to_unit,
                                               frame.touch_rad + 2 * tried_rad);
        if (!is_touched && !lowered)
            return false;
        lowered = true;
        *(is_touched ? &touched_rad : &kept_rad) = tried_rad;
    }
    c->least_rad = kept_rad;
    return true;
}
