/* SPDX-License-Identifier: Apache-2.0 */
/* Windows, scales, and what of an airspace can be touched in a gap. */
#include "reach/frame.h"

#include <stdlib.h>

#include "base/time.h"
#include "reach/nearest.h"

/* Ways are searched up to so many times the length that can be flown, to tell not only that an airspace
 * could not be avoided but by how much. */
static const double search_share = 1.5;

/** More than any way on the globe among walls. */
static const double no_limit_rad = 1e3;

/* cos m cos c = cos((a+b)/2) cos((a-b)/2) with |a-b| <= 2c. */
struct ovf_window ovf_window_around(struct ovf_unit middle, double radius_rad)
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

int32_t ovf_window_highest_e7(const struct ovf_window *window)
{
    return abs(window->south_e7) > abs(window->north_e7) ? window->south_e7 : window->north_e7;
}

struct ovf_frame ovf_frame_of(const struct ovf_region *region, const struct ovf_anchor *from,
                              const struct ovf_anchor *to, const struct ovf_speed_limits *limits)
{
    static const double pi = 3.14159265358979323846;
    struct ovf_frame p = {.region = region,
                          .from = from,
                          .to = to,
                          .from_unit = ovf_arc_unit(from->at),
                          .to_unit = ovf_arc_unit(to->at),
                          .time_s = ovf_time_seconds(from->t_ns, to->t_ns) + 2 * limits->clock_s,
                          .slack_m = from->radius_m + to->radius_m};
    p.flyable_m = p.time_s * limits->hard_kt * OVF_MPS_PER_KT + p.slack_m;
    p.direct_rad = ovf_arc_rad(p.from_unit, p.to_unit);
    /* What is touched may lie beyond what can be flown by twice the accuracy. */
    p.search_rad = (search_share * p.flyable_m + 3 * region->accuracy_m) / OVF_ARC_LEAST_M;
    const struct ovf_unit middle = {p.from_unit.x + p.to_unit.x, p.from_unit.y + p.to_unit.y,
                                    p.from_unit.z + p.to_unit.z};
    p.is_all = p.search_rad >= pi || ovf_unit_length(middle) < 1e-6;
    if (p.is_all)
        p.search_rad = no_limit_rad;
    p.window = p.is_all ? ovf_window_around((struct ovf_unit){0, 0, 1}, pi)
                        : ovf_window_around(middle, p.search_rad / 2);
    p.scale_m = ovf_arc_scale_m(ovf_window_highest_e7(&p.window));
    p.touch_rad = (p.flyable_m + 2 * region->accuracy_m) / p.scale_m;
    p.touch_window = p.is_all ? p.window : ovf_window_around(middle, p.touch_rad / 2);
    return p;
}

static bool is_inside(const struct ovf_region *region, struct ovf_point at)
{
    struct ovf_members members;
    ovf_index_locate(region->index, at, &members);
    return ovf_members_meet(&members, &region->owners) != region->is_outside;
}

/** When the boundary can have been reached from the first place, and the second from it, at the outside. */
static void find_times(const struct ovf_frame *p, const struct ovf_speed_limits *limits,
                       const struct ovf_nearest *nearest, int64_t *first_ns, int64_t *last_ns)
{
    const double accuracy_m = p->region->accuracy_m;
    const double hard_mps = limits->hard_kt * OVF_MPS_PER_KT;
    const double from_m = nearest->from_rad * p->scale_m - accuracy_m - p->from->radius_m;
    const double to_m = nearest->to_rad * p->scale_m - accuracy_m - p->to->radius_m;
    const double after_s = fmin(p->time_s, from_m / hard_mps) - limits->clock_s;
    const double before_s = fmin(p->time_s, to_m / hard_mps) - limits->clock_s;
    *first_ns = p->from->t_ns + (int64_t)(fmax(0, after_s) * (double)OVF_NS_PER_S);
    *last_ns = p->to->t_ns - (int64_t)(fmax(0, before_s) * (double)OVF_NS_PER_S);
}

static struct ovf_nearest nearest_of(const struct ovf_frame *p)
{
    return ovf_nearest_boundary(p->region->index, &p->region->owners, &p->touch_window,
                                p->from_unit, p->to_unit, p->touch_rad);
}

bool ovf_frame_touch(const struct ovf_frame *p, const struct ovf_speed_limits *limits,
                     int64_t *entry_ns, int64_t *exit_ns)
{
    const struct ovf_nearest nearest = nearest_of(p);
    const bool starts_inside = is_inside(p->region, p->from->at);
    const bool ends_inside = is_inside(p->region, p->to->at);
    find_times(p, limits, &nearest, entry_ns, exit_ns);
    if (starts_inside)
        *entry_ns = p->from->t_ns;
    if (ends_inside)
        *exit_ns = p->to->t_ns;
    return starts_inside || ends_inside || nearest.is_touched;
}

void ovf_frame_cross(const struct ovf_frame *p, const struct ovf_speed_limits *limits,
                     int64_t *first_ns, int64_t *last_ns)
{
    const struct ovf_nearest nearest = nearest_of(p);
    find_times(p, limits, &nearest, first_ns, last_ns);
}

double ovf_frame_average_kt(const struct ovf_frame *p, double length_m)
{
    return fmax(0, length_m - p->slack_m) / p->time_s / OVF_MPS_PER_KT;
}

double ovf_frame_nominal_kt(const struct ovf_frame *p)
{
    const int32_t from_e7 = p->from->at.lat_e7;
    const int32_t to_e7 = p->to->at.lat_e7;
    const double scale_m = ovf_arc_scale_m(abs(from_e7) > abs(to_e7) ? from_e7 : to_e7);
    return p->direct_rad * scale_m / ovf_time_seconds(p->from->t_ns, p->to->t_ns) / OVF_MPS_PER_KT;
}

/** What is done with who holds a place on a way. */
typedef void place_fn(void *context, const struct ovf_members *here);

static void visit_way(const struct ovf_index *index, struct ovf_point from_point,
                      struct ovf_point to_point, place_fn *visit, void *context)
{
    enum { PARTS = 200 };
    const struct ovf_unit from = ovf_arc_unit(from_point);
    const struct ovf_unit to = ovf_arc_unit(to_point);
    struct ovf_locator locator = {.index = index};
    for (int i = 0; i <= PARTS; i++) {
        const double t = (double)i / PARTS;
        const struct ovf_unit u = {from.x + t * (to.x - from.x), from.y + t * (to.y - from.y),
                                   from.z + t * (to.z - from.z)};
        const double level = sqrt(u.x * u.x + u.y * u.y);
        const struct ovf_point at = {(int32_t)ovf_arc_latitude_e7(ovf_atan2_e7(u.z, level)),
                                     ovf_lon_wrap(ovf_atan2_e7(u.y, u.x))};
        if (ovf_locator_go(&locator, at))
            visit(context, &locator.members);
    }
}

static void add_members(void *context, const struct ovf_members *here)
{
    ovf_members_add_all(context, here);
}

struct ovf_members ovf_reach_on_way(const struct ovf_index *index, struct ovf_point from,
                                    struct ovf_point to)
{
    struct ovf_members sum = {{0}};
    visit_way(index, from, to, add_members, &sum);
    return sum;
}

struct leaving {
    const struct ovf_members *owners;
    bool leaves;
};

static void look_outside(void *context, const struct ovf_members *here)
{
    struct leaving *const leaving = context;
    leaving->leaves = leaving->leaves || !ovf_members_meet(here, leaving->owners);
}

bool ovf_reach_leaves(const struct ovf_index *index, struct ovf_point from, struct ovf_point to,
                      const struct ovf_members *owners)
{
    struct leaving leaving = {.owners = owners};
    visit_way(index, from, to, look_outside, &leaving);
    return leaving.leaves;
}
