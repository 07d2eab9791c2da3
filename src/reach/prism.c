/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict on a gap. Lengths are arcs of the sphere until they are compared with what can be flown;
 * then the least scale of the latitudes in question makes them lengths that are too short rather than too
 * long (reach/arc.h). */
#include "reach/prism.h"

#include <stdlib.h>

#include "base/time.h"
#include "reach/arc.h"
#include "reach/nearest.h"

#define MPS_PER_KT (1852.0 / 3600.0)

void ovf_reach_deinit(struct ovf_reach *reach)
{
    ovf_cells_deinit(&reach->cells);
    ovf_walls_deinit(&reach->walls);
    ovf_route_deinit(&reach->route);
}

/* Ways are searched up to so many times the length that can be flown, to tell not only that an airspace
 * could not be avoided but by how much. */
static const double search_share = 1.5;

/** More than any way on the globe among walls. */
static const double no_limit_rad = 1e3;

struct prism {
    const struct ovf_region *region;
    const struct ovf_anchor *from;
    const struct ovf_anchor *to;
    struct ovf_unit from_unit;
    struct ovf_unit to_unit;
    double time_s;
    double slack_m;           /* both radii */
    double flyable_m;         /* from centre to centre */
    bool is_all;              /* the window is the globe: there are no other ways */
    double search_rad;        /* no way that is this long leaves the window */
    struct ovf_window window; /* holds all ways that are shorter */
    double scale_m;           /* the least of the window's */
    double direct_rad;
};

static bool is_within(double value, double least, double most)
{
    return value >= least && value <= most; /* false for NAN */
}

enum ovf_status ovf_reach_check(const struct ovf_anchor *from, const struct ovf_anchor *to,
                                const struct ovf_speed_limits *limits, struct ovf_error *err)
{
    if (from->t_ns >= to->t_ns)
        return ovf_error_set(err, OVF_E_RANGE, "the second time is not after the first");
    if (!is_within(limits->hard_kt, 1, 1e4) || !is_within(limits->usual_kt, 1, 1e4))
        return ovf_error_set(err, OVF_E_RANGE, "a speed is a number from 1 to 10,000 kt");
    if (!is_within(from->radius_m, 0, 5e6) || !is_within(to->radius_m, 0, 5e6))
        return ovf_error_set(err, OVF_E_RANGE, "a radius is a number from 0 to 5,000 km");
    if (!is_within(limits->clock_s, 0, 3600))
        return ovf_error_set(err, OVF_E_RANGE, "clocks are off by 0 to 3,600 s");
    return OVF_OK;
}

/** The window of the disc of radius \p radius_rad around \p middle. It holds every place whose distances from two
 * places at equal arcs from the middle add up to twice that: cos m cos c = cos((a+b)/2) cos((a-b)/2) with
 * |a-b| <= 2c. */
static struct ovf_window window_around(struct ovf_unit middle, double radius_rad)
{
    const double level = sqrt(middle.x * middle.x + middle.y * middle.y);
    const int64_t chi_e7 = ovf_atan2_e7(middle.z, level);
    const int64_t lon_e7 = ovf_atan2_e7(middle.y, middle.x);
    const int64_t radius_e7 = (int64_t)(radius_rad / OVF_RAD_PER_E7) + 2;
    const int64_t pole_e7 = 900000000;
    const bool has_south = chi_e7 - radius_e7 <= -pole_e7;
    const bool has_north = chi_e7 + radius_e7 >= pole_e7;
    struct ovf_window window = {
        .south_e7 = (int32_t)(has_south ? -pole_e7 : ovf_arc_latitude_e7(chi_e7 - radius_e7) - 20),
        .north_e7 = (int32_t)(has_north ? pole_e7 : ovf_arc_latitude_e7(chi_e7 + radius_e7) + 20),
        .west_e7 = (int32_t)(-OVF_E7_TURN / 2),
        .width_e7 = OVF_E7_TURN - 1,
    };
    if (has_south || has_north)
        return window;
    /* The meridians that touch the disc: sin(dlon) = sin(radius) / cos(chi). */
    double sine;
    double cosine;
    double sin_chi;
    double cos_chi;
    ovf_sincos_e7((int32_t)radius_e7, &sine, &cosine);
    ovf_sincos_e7((int32_t)chi_e7, &sin_chi, &cos_chi);
    const double other = sqrt(fmax(0, cos_chi * cos_chi - sine * sine));
    const int64_t wide_e7 = ovf_atan2_e7(sine, other) + 2;
    window.west_e7 = ovf_lon_wrap(lon_e7 - wide_e7);
    window.width_e7 = 2 * wide_e7;
    return window;
}

/** The latitude of a window that lies farthest from the equator. */
static int32_t highest_latitude(const struct ovf_window *window)
{
    return abs(window->south_e7) > abs(window->north_e7) ? window->south_e7 : window->north_e7;
}

static struct prism prism_of(const struct ovf_region *region, const struct ovf_anchor *from,
                             const struct ovf_anchor *to, const struct ovf_speed_limits *limits)
{
    static const double pi = 3.14159265358979323846;
    struct prism p = {.region = region,
                      .from = from,
                      .to = to,
                      .from_unit = ovf_arc_unit(from->at),
                      .to_unit = ovf_arc_unit(to->at),
                      .time_s = ovf_time_seconds(from->t_ns, to->t_ns) + 2 * limits->clock_s,
                      .slack_m = from->radius_m + to->radius_m};
    p.flyable_m = p.time_s * limits->hard_kt * MPS_PER_KT + p.slack_m;
    p.direct_rad = ovf_arc_rad(p.from_unit, p.to_unit);
    /* What is touched may lie beyond what can be flown by twice the accuracy. */
    p.search_rad = (search_share * p.flyable_m + 3 * region->accuracy_m) / OVF_ARC_LEAST_M;
    const struct ovf_unit middle = {p.from_unit.x + p.to_unit.x, p.from_unit.y + p.to_unit.y,
                                    p.from_unit.z + p.to_unit.z};
    p.is_all = p.search_rad >= pi || ovf_unit_length(middle) < 1e-6;
    if (p.is_all)
        p.search_rad = no_limit_rad;
    p.window = p.is_all ? window_around((struct ovf_unit){0, 0, 1}, pi)
                        : window_around(middle, p.search_rad / 2);
    p.scale_m = ovf_arc_scale_m(highest_latitude(&p.window));
    return p;
}

static bool is_inside(const struct ovf_region *region, struct ovf_point at)
{
    struct ovf_members members;
    uint64_t common = 0;
    ovf_index_locate(region->index, at, &members);
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        common |= members.words[i] & region->owners.words[i];
    return common != 0;
}

/** Notes when it can have entered and left. Returns whether it can have been there at all. */
static bool find_touch(const struct prism *p, const struct ovf_speed_limits *limits,
                       struct ovf_verdict *verdict)
{
    const double accuracy_m = p->region->accuracy_m;
    const double limit_rad = (p->flyable_m + 2 * accuracy_m) / p->scale_m;
    const struct ovf_nearest nearest = ovf_nearest_boundary(
        p->region->index, &p->region->owners, &p->window, p->from_unit, p->to_unit, limit_rad);
    const double hard_mps = limits->hard_kt * MPS_PER_KT;
    const bool starts_inside = is_inside(p->region, p->from->at);
    const bool ends_inside = is_inside(p->region, p->to->at);
    const double from_m = nearest.from_rad * p->scale_m - accuracy_m - p->from->radius_m;
    const double to_m = nearest.to_rad * p->scale_m - accuracy_m - p->to->radius_m;
    const double after_s = fmin(p->time_s, from_m / hard_mps) - limits->clock_s;
    const double before_s = fmin(p->time_s, to_m / hard_mps) - limits->clock_s;
    verdict->entry_ns = p->from->t_ns;
    verdict->exit_ns = p->to->t_ns;
    if (!starts_inside && after_s > 0)
        verdict->entry_ns += (int64_t)(after_s * (double)OVF_NS_PER_S);
    if (!ends_inside && before_s > 0)
        verdict->exit_ns -= (int64_t)(before_s * (double)OVF_NS_PER_S);
    return starts_inside || ends_inside || nearest.is_touched;
}

/**
 * Lays the obstacle of the region out. Within the places' radii it does not count: who was elsewhere in a
 * disc and avoided the obstacle avoids, from the disc's centre on, what is left of it. A disc that lies
 * inside is a hole, from which no way leads out.
 */
static enum ovf_status lay_obstacle(struct ovf_reach *reach, const struct prism *p)
{
    const struct ovf_region *region = p->region;
    struct ovf_cells *cells = &reach->cells;
    const enum ovf_status st = ovf_cells_lay(&p->window, cells);
    if (st != OVF_OK)
        return st;
    ovf_cells_fill(cells, region->index, &region->owners,
                   region->accuracy_m + ovf_cells_bulge_m(cells));
    ovf_cells_clear(cells, p->from->at, p->from->radius_m);
    ovf_cells_clear(cells, p->to->at, p->to->radius_m);
    return ovf_walls_build(cells, !reach->keep_corners, &reach->walls);
}

/** The least length from centre to centre of a way that avoids the region; INFINITY: there is none. */
static enum ovf_status find_avoiding(struct ovf_reach *reach, const struct prism *p,
                                     double *length_m, bool *is_open)
{
    double length_rad = p->search_rad;
    enum ovf_status st = lay_obstacle(reach, p);
    if (st == OVF_OK)
        st = ovf_route_find(&reach->route, &reach->walls, p->from_unit, p->to_unit, p->search_rad,
                            &length_rad);
    *is_open = length_rad >= p->search_rad;
    /* What leaves the window runs where the scale may be the least of all. */
    *length_m = *is_open && p->is_all
                    ? (double)INFINITY
                    : fmin(length_rad * p->scale_m, p->search_rad * OVF_ARC_LEAST_M);
    return st;
}

/** The usual speed tells only of an aircraft that kept to it on the direct way. */
static enum ovf_class class_of(const struct ovf_verdict *verdict, bool never_necessary)
{
    if (verdict->avoidance_kt > verdict->hard_kt)
        return never_necessary ? OVF_CLASS_NEAR_CERTAIN : OVF_CLASS_NECESSARY;
    return verdict->avoidance_kt > verdict->usual_kt && verdict->direct_kt <= verdict->usual_kt
               ? OVF_CLASS_NEAR_CERTAIN
               : OVF_CLASS_POSSIBLE;
}

static double average_kt(const struct prism *p, double length_m)
{
    return fmax(0, length_m - p->slack_m) / p->time_s / MPS_PER_KT;
}

enum ovf_status ovf_reach_judge(struct ovf_reach *reach, const struct ovf_region *region,
                                const struct ovf_anchor *from, const struct ovf_anchor *to,
                                const struct ovf_speed_limits *limits, struct ovf_verdict *verdict,
                                struct ovf_error *err)
{
    enum ovf_status st = ovf_reach_check(from, to, limits, err);
    if (st != OVF_OK)
        return st;
    const struct prism p = prism_of(region, from, to, limits);
    struct ovf_verdict v = {
        .direct_kt = average_kt(&p, p.direct_rad * p.scale_m),
        .hard_kt = limits->hard_kt,
        .usual_kt = fmin(limits->usual_kt, limits->hard_kt),
    };
    const bool can_touch = find_touch(&p, limits, &v);
    v.avoidance_kt = v.direct_kt;
    if (v.direct_kt > limits->hard_kt) {
        v.class = OVF_CLASS_INCONSISTENT;
    } else if (!can_touch) {
        v.class = OVF_CLASS_IMPOSSIBLE;
    } else {
        double length_m;
        st = find_avoiding(reach, &p, &length_m, &v.is_open);
        if (st != OVF_OK)
            return st;
        v.avoidance_kt = average_kt(&p, length_m);
        v.class = class_of(&v, limits->never_necessary);
    }
    *verdict = v;
    return OVF_OK;
}
