/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict on a gap. Lengths are arcs of the conformal sphere until they are compared with what can be
 * flown. */
#include "reach/prism.h"

#include "reach/frame.h"

void ovf_reach_deinit(struct ovf_reach *reach)
{
    ovf_cells_deinit(&reach->cells);
    ovf_walls_deinit(&reach->walls);
    ovf_route_deinit(&reach->route);
}

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

enum ovf_status ovf_frame_lay(const struct ovf_frame *p, double extra_m, struct ovf_reach *reach,
                              bool *holds)
{
    const struct ovf_region *region = p->region;
    struct ovf_cells *cells = &reach->cells;
    const enum ovf_status st = ovf_cells_lay(&p->window, cells);
    if (st != OVF_OK)
        return st;
    ovf_cells_fill(cells, region->index, &region->owners, region->is_outside,
                   region->accuracy_m + extra_m + ovf_cells_bulge_m(cells));
    *holds = ovf_cells_hold(cells, p->from->at, p->from->radius_m) ||
             ovf_cells_hold(cells, p->to->at, p->to->radius_m);
    ovf_cells_clear(cells, p->from->at, p->from->radius_m);
    ovf_cells_clear(cells, p->to->at, p->to->radius_m);
    return ovf_walls_build(cells, !reach->keep_corners, &reach->walls);
}

/** Whether the straight way is found to lead through the region. What is so narrow that it is not found there is
 * taken for no obstacle: most airspaces that can be touched lie beside the way, and this costs little. */
static bool leads_through(const struct ovf_region *region, struct ovf_point from,
                          struct ovf_point to)
{
    const struct ovf_members on_way = ovf_reach_on_way(region->index, from, to);
    return region->is_outside ? ovf_reach_leaves(region->index, from, to, &region->owners)
                              : ovf_members_meet(&on_way, &region->owners);
}

/** The least length from centre to centre of a way that avoids the region; INFINITY: there is none. What is
 * longer than \p limit_rad is not looked for. */
static enum ovf_status find_avoiding(struct ovf_reach *reach, const struct ovf_frame *p,
                                     double limit_rad, struct ovf_verdict *v, double *length_m)
{
    double length_rad = limit_rad;
    if (!leads_through(p->region, p->from->at, p->to->at)) {
        *length_m = p->direct_rad * p->scale_m;
        return OVF_OK;
    }
    enum ovf_status st = ovf_frame_lay(p, 0, reach, &v->is_inside);
    if (st == OVF_OK && !v->is_inside)
        st = ovf_route_find(&reach->route, &reach->walls, p->from_unit, p->to_unit, limit_rad,
                            &length_rad);
    v->is_open = length_rad >= limit_rad;
    /* What leaves the window runs where the scale may be the least of all. */
    *length_m = v->is_inside || (v->is_open && p->is_all)
                    ? (double)INFINITY
                    : fmin(length_rad * p->scale_m, p->search_rad * OVF_ARC_LEAST_M);
    return st;
}

enum ovf_class ovf_verdict_class(const struct ovf_verdict *verdict, bool never_necessary)
{
    const bool may_be_faster = never_necessary && isfinite(verdict->avoidance_kt);
    if (verdict->avoidance_kt > verdict->hard_kt && !may_be_faster)
        return OVF_CLASS_NECESSARY;
    const bool was_usual = fmax(verdict->nominal_kt, verdict->direct_kt) <= verdict->usual_kt;
    return verdict->avoidance_kt > verdict->usual_kt && was_usual ? OVF_CLASS_NEAR_CERTAIN
                                                                  : OVF_CLASS_POSSIBLE;
}

enum ovf_status ovf_reach_judge(struct ovf_reach *reach, const struct ovf_region *region,
                                const struct ovf_anchor *from, const struct ovf_anchor *to,
                                const struct ovf_speed_limits *limits, struct ovf_verdict *verdict,
                                struct ovf_error *err)
{
    enum ovf_status st = ovf_reach_check(from, to, limits, err);
    if (st != OVF_OK)
        return st;
    const struct ovf_frame p = ovf_frame_of(region, from, to, limits);
    struct ovf_verdict v = {
        .direct_kt = ovf_frame_average_kt(&p, p.direct_rad * p.scale_m),
        .nominal_kt = ovf_frame_nominal_kt(&p),
        .hard_kt = limits->hard_kt,
        .usual_kt = fmin(limits->usual_kt, limits->hard_kt),
    };
    const bool can_touch = ovf_frame_touch(&p, limits, &v.entry_ns, &v.exit_ns);
    v.avoidance_kt = v.direct_kt;
    if (v.direct_kt > limits->hard_kt) {
        v.class = OVF_CLASS_INCONSISTENT;
    } else if (!can_touch) {
        v.class = OVF_CLASS_IMPOSSIBLE;
    } else {
        double length_m;
        st = find_avoiding(reach, &p, p.search_rad, &v, &length_m);
        if (st != OVF_OK)
            return st;
        v.avoidance_kt = ovf_frame_average_kt(&p, length_m);
        v.class = ovf_verdict_class(&v, limits->never_necessary);
    }
    *verdict = v;
    return OVF_OK;
}

enum ovf_status ovf_reach_ask_necessary(struct ovf_reach *reach, const struct ovf_region *region,
                                        const struct ovf_anchor *from, const struct ovf_anchor *to,
                                        const struct ovf_speed_limits *limits, bool *is_necessary,
                                        struct ovf_error *err)
{
    /* A little more than rounding: what is found at the limit is too long to be flown. */
    static const double longer = 1 + 1e-9;
    enum ovf_status st = ovf_reach_check(from, to, limits, err);
    if (st != OVF_OK)
        return st;
    const struct ovf_frame p = ovf_frame_of(region, from, to, limits);
    struct ovf_verdict v = {.direct_kt = ovf_frame_average_kt(&p, p.direct_rad * p.scale_m),
                            .hard_kt = limits->hard_kt,
                            .usual_kt = limits->hard_kt};
    /* Of what may fly faster it counts whether there is any way. */
    const double limit_rad = limits->never_necessary
                                 ? p.search_rad
                                 : fmin(p.search_rad, p.flyable_m / p.scale_m * longer);
    double length_m = 0;
    if (v.direct_kt <= limits->hard_kt)
        st = find_avoiding(reach, &p, limit_rad, &v, &length_m);
    if (st != OVF_OK)
        return st;
    v.avoidance_kt = ovf_frame_average_kt(&p, length_m);
    *is_necessary = ovf_verdict_class(&v, limits->never_necessary) == OVF_CLASS_NECESSARY;
    return OVF_OK;
}

enum ovf_status ovf_reach_cross_times(const struct ovf_region *region,
                                      const struct ovf_anchor *from, const struct ovf_anchor *to,
                                      const struct ovf_speed_limits *limits, int64_t *first_ns,
                                      int64_t *last_ns, struct ovf_error *err)
{
    const enum ovf_status st = ovf_reach_check(from, to, limits, err);
    if (st != OVF_OK)
        return st;
    const struct ovf_frame p = ovf_frame_of(region, from, to, limits);
    ovf_frame_cross(&p, limits, first_ns, last_ns);
    if (*first_ns > *last_ns ||
        ovf_frame_average_kt(&p, p.direct_rad * p.scale_m) > limits->hard_kt) {
        *first_ns = from->t_ns;
        *last_ns = to->t_ns;
    }
    return OVF_OK;
}
