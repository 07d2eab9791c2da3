/* SPDX-License-Identifier: Apache-2.0 */
/* One segment walked by the program and by the twin. */
#ifndef OVF_TESTS_PROPERTY_GEO_TWIN_CHECK_H
#define OVF_TESTS_PROPERTY_GEO_TWIN_CHECK_H

#include "geo_segments.h"
#include "geo_twin.h"

enum { MAX_HITS = 8192 };

static const double segment_s = 60;

struct twin_check {
    const struct twin *twin;
    struct ovf_layer layer;
    struct ovf_walk walk;
    struct ovf_points pieces;
    struct twin_candidates candidates;
    struct twin_hit hits[MAX_HITS];
    size_t n_crossings;
    size_t n_oblique; /* of which the place was compared as well */
};

static inline void print_segment(const struct segment *s)
{
    print_error("segment %d %d -> %d %d (1e-7 degree)\n", s->a.lat_e7, s->a.lon_e7, s->b.lat_e7,
                s->b.lon_e7);
}

/** The solved instant: on the geodesic at that share of its length, to a micrometre and 2 ns. */
static inline void check_instant(const struct segment *s, const struct ovf_step *step)
{
    const double a_lat = s->a.lat_e7 / 1e7;
    const double a_lon = s->a.lon_e7 / 1e7;
    const double whole = geodesic_m(a_lat, a_lon, s->b.lat_e7 / 1e7, s->b.lon_e7 / 1e7);
    const double part = geodesic_m(a_lat, a_lon, step->lat_deg, step->lon_deg);
    const double rest =
        geodesic_m(step->lat_deg, step->lon_deg, s->b.lat_e7 / 1e7, s->b.lon_e7 / 1e7);
    assert_near(part + rest, whole, 1e-6);
    assert_near((double)step->t_ns * 1e-9 * whole, segment_s * part,
                segment_s * 1e-6 + 2e-9 * whole);
}

/** The sine of the angle between the segment and the edge on the ground. */
static inline double sine_between(const struct segment *s, const struct ovf_edge *e)
{
    const double scale = cos(e->a.lat_e7 / 1e7 * 0.017453292519943295);
    const double ux = (double)twin_dlon(s->a.lon_e7, s->b.lon_e7) * scale;
    const double uy = (double)s->b.lat_e7 - s->a.lat_e7;
    const double vx = (double)twin_dlon(e->a.lon_e7, e->b.lon_e7) * scale;
    const double vy = (double)e->b.lat_e7 - e->a.lat_e7;
    return fabs(ux * vy - uy * vx) / (hypot(ux, uy) * hypot(vx, vy));
}

/** The solved place against where the twin's straight piece meets the edge. */
static inline void check_place(struct twin_check *c, const struct segment *s,
                               const struct twin_hit *hit, const struct ovf_step *step)
{
    const struct ovf_edge *e = &c->twin->edges[hit->edge];
    const double sine = sine_between(s, e);
    if (sine < 0.02 || llabs(s->a.lat_e7) > 890000000 || hit->piece >= c->pieces.n)
        return;
    const struct ovf_point p = hit->piece > 0 ? c->pieces.items[hit->piece - 1] : s->a;
    const struct ovf_point q = c->pieces.items[hit->piece];
    const double t = (double)hit->numerator / (double)hit->denominator;
    const double lat = (p.lat_e7 + t * ((double)q.lat_e7 - p.lat_e7)) / 1e7;
    const double lon = (p.lon_e7 + t * (double)twin_dlon(p.lon_e7, q.lon_e7)) / 1e7;
    c->n_oblique++;
    assert_near(geodesic_m(lat, lon, step->lat_deg, step->lon_deg), 0, 0.2 / sine);
}

/** The sequence of member sets, each with an instant; exactly equal places are one change. */
static inline void check_sequence(struct twin_check *c, const struct segment *s, size_t n_hits)
{
    const struct ovf_steps *steps = &c->walk.steps;
    struct ovf_members members = steps->items[0].members;
    struct ovf_members said = members;
    size_t step = 1;
    for (size_t i = 0; i < n_hits; i++) {
        struct ovf_members owners;
        ovf_index_set(c->layer.index, c->twin->edges[c->hits[i].edge].set, &owners);
        ovf_members_toggle_all(&members, &owners);
        if ((i + 1 < n_hits && twin_compare(&c->hits[i], &c->hits[i + 1]) == 0) ||
            ovf_members_equal(&members, &said))
            continue;
        said = members;
        c->n_crossings++;
        if (step + 1 >= steps->n || !ovf_members_equal(&steps->items[step].members, &members)) {
            print_segment(s);
            fail_msg("change %zu of members differs", step);
        }
        check_instant(s, &steps->items[step]);
        if (i == 0 || twin_compare(&c->hits[i - 1], &c->hits[i]) != 0)
            check_place(c, s, &c->hits[i], &steps->items[step]);
        step++;
    }
    if (step + 1 != steps->n) {
        print_segment(s);
        fail_msg("%zu changes of members, the twin has %zu", steps->n - 2, step - 1);
    }
}

static inline void walk_segment(struct twin_check *c, const struct segment *s)
{
    const struct ovf_fix fixes[] = {fix_at(0, s->a), fix_at(segment_s, s->b)};
    walk_fixes(&c->layer, fixes, 2, segment_s, &c->walk);
    c->pieces.n = 0;
    assert_int_equal(ovf_densify(s->a, s->b, OVF_LINE_GEODESIC, &c->pieces), OVF_OK);
}

/** A box round all pieces; all longitudes where that is simpler. */
static inline struct twin_box box_of_pieces(const struct segment *s,
                                            const struct ovf_points *pieces)
{
    struct twin_box box = twin_box_of(s->a, s->b);
    for (size_t i = 0; i < pieces->n; i++) {
        const struct twin_box one = twin_box_of(pieces->items[i], pieces->items[i]);
        box.south = one.south < box.south ? one.south : box.south;
        box.north = one.north > box.north ? one.north : box.north;
    }
    if (box.width > 2000 || llabs(s->a.lat_e7) > 850000000 || llabs(s->b.lat_e7) > 850000000)
        box.width = UINT16_MAX;
    return box;
}

static inline void twin_check_deinit(struct twin_check *c)
{
    ovf_walk_deinit(&c->walk);
    ovf_points_deinit(&c->pieces);
}

#endif
