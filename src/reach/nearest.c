/* SPDX-License-Identifier: Apache-2.0 */
/* Branch and bound: from the middle of a piece of an edge no place on it is farther than half its length;
 * pieces that may still lower the result are halved until they are short. */
#include "reach/nearest.h"

#include "geo/geodesic.h"
#include "geo/index_parts.h"
#include "reach/frame.h"
#include "reach/outline.h"

/** A place, and what a bound on distances from it takes. */
struct viewpoint {
    struct ovf_unit at;
    struct ovf_point on_map;
    double cosine;
};

struct finding {
    struct ovf_outline outline;
    struct viewpoint from;
    struct viewpoint to;
    int32_t highest_e7; /* latitude of the window, either way */
    double cosine;      /* the least up to there */
    double limit_rad;
    bool is_one;         /* place: both are the same, and nobody asks for a way */
    bool stops_at_touch; /* nobody asks for distances */
    struct ovf_nearest best;
};

/* A piece this short is not halved: it makes a bound too low by less than 100 m. */
static const double short_rad = 50.0 / 6.4e6;

/** An upper bound on half the length of an edge, straight in latitude and longitude. Both on a meridian and on
 * a parallel the conformal sphere is at most 0.68 % wider than that of geodetic latitude. */
static double half_length_rad(const struct ovf_edge *edge)
{
    double sine;
    double cosine;
    const int32_t low = abs(edge->a.lat_e7) < abs(edge->b.lat_e7) ? edge->a.lat_e7 : edge->b.lat_e7;
    const bool over_equator = (edge->a.lat_e7 < 0) != (edge->b.lat_e7 < 0);
    ovf_sincos_e7(over_equator ? 0 : low, &sine, &cosine);
    const double dlat = (double)((int64_t)edge->b.lat_e7 - edge->a.lat_e7);
    const double dlon = cosine * (double)ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7);
    return 0.5034 * OVF_RAD_PER_E7 * sqrt(dlat * dlat + dlon * dlon);
}

static struct ovf_point middle_of(const struct ovf_edge *edge)
{
    const int64_t dlon = ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7);
    return (struct ovf_point){(int32_t)(((int64_t)edge->a.lat_e7 + edge->b.lat_e7) / 2),
                              ovf_lon_wrap(edge->a.lon_e7 + dlon / 2)};
}

static struct viewpoint viewpoint_of(struct ovf_unit at)
{
    const double level = sqrt(at.x * at.x + at.y * at.y);
    const struct ovf_point on_map = {(int32_t)ovf_arc_latitude_e7(ovf_atan2_e7(at.z, level)),
                                     ovf_lon_wrap(ovf_atan2_e7(at.y, at.x))};
    return (struct viewpoint){at, on_map, level};
}

/** How far the stretch between two offsets stays from 0, in radians. */
static double least_of(int64_t a, int64_t b)
{
    if ((a < 0) != (b < 0))
        return 0;
    return (double)(llabs(a) < llabs(b) ? llabs(a) : llabs(b)) * OVF_RAD_PER_E7;
}

/* What a viewpoint's latitude and longitude may be off: 20 units. */
static const double off_map_rad = 1e-7;

/** A lower bound on the distance of an edge, without its place on the sphere. A chord's square is
 * (2 sin(dchi / 2))^2 + cos(chi) cos(chi') (2 sin(dlon / 2))^2; 2 sin(x / 2) is at least x - x^3 / 24, and chi
 * differs by no less than 1 - e2 of what the geodetic latitudes do. */
static double bound_on(const struct finding *f, const struct viewpoint *view,
                       const struct ovf_edge *edge)
{
    const double dchi =
        (1.0 - OVF_WGS84_E2) * least_of((int64_t)edge->a.lat_e7 - view->on_map.lat_e7,
                                        (int64_t)edge->b.lat_e7 - view->on_map.lat_e7);
    const double dlon = least_of(ovf_lon_difference(view->on_map.lon_e7, edge->a.lon_e7),
                                 ovf_lon_difference(view->on_map.lon_e7, edge->b.lon_e7));
    const bool is_high = abs(edge->a.lat_e7) > f->highest_e7 || abs(edge->b.lat_e7) > f->highest_e7;
    const double north = dchi * (1.0 - dchi * dchi / 24);
    const double east = is_high ? 0 : dlon * (1.0 - dlon * dlon / 24);
    return sqrt(north * north + view->cosine * f->cosine * east * east) - off_map_rad;
}

/** Whether the edge surely changes nothing. Of one place, what is found on it may be lower than it is near by a final
 * piece's length: so that depends neither on the order of edges nor on the limit. */
static bool is_farther(const struct finding *f, const struct ovf_edge *edge)
{
    const double from_rad = bound_on(f, &f->from, edge);
    if (f->is_one)
        return from_rad - 2 * short_rad >= f->best.from_rad;
    const double to_rad = bound_on(f, &f->to, edge);
    return from_rad >= f->best.from_rad && to_rad >= f->best.to_rad &&
           (f->best.is_touched || from_rad + to_rad >= f->limit_rad);
}

/** Whether a piece around \p middle may come nearer than what is known, or be touched where nothing is yet;
 * when it is \p final that is taken for granted. */
static bool improve(struct finding *f, struct ovf_unit middle, double half_rad, bool final)
{
    struct ovf_nearest *best = &f->best;
    const double limit_rad = best->is_touched ? 0 : f->limit_rad;
    const double from = ovf_arc_chord(f->from.at, middle);
    const double to = f->is_one ? from : ovf_arc_chord(f->to.at, middle);
    if (from - half_rad >= best->from_rad && to - half_rad >= best->to_rad &&
        from + to - 2 * half_rad >= limit_rad)
        return false;
    const double arc_from = ovf_arc_rad(f->from.at, middle);
    const double arc_to = f->is_one ? arc_from : ovf_arc_rad(f->to.at, middle);
    const double by_rad = arc_from + arc_to - (final ? 2 * half_rad : 0);
    best->is_touched = best->is_touched || by_rad < f->limit_rad;
    if (final) {
        best->from_rad = fmin(best->from_rad, fmax(0, arc_from - half_rad));
        best->to_rad = fmin(best->to_rad, fmax(0, arc_to - half_rad));
    }
    return arc_from - half_rad < best->from_rad || arc_to - half_rad < best->to_rad ||
           (!best->is_touched && by_rad - 2 * half_rad < f->limit_rad);
}

static void find_on_edge(struct finding *f, const struct ovf_edge *whole)
{
    struct ovf_edge todo[32]; /* a degree halved to 100 m is 10 halvings */
    size_t n = 0;
    todo[n++] = *whole;
    while (n > 0) {
        const struct ovf_edge edge = todo[--n];
        const struct ovf_point middle = middle_of(&edge);
        const double half_rad = half_length_rad(&edge);
        const bool final = half_rad <= short_rad || n + 2 > sizeof todo / sizeof *todo;
        if (!improve(f, ovf_arc_unit(middle), half_rad, final) || final)
            continue;
        todo[n++] = (struct ovf_edge){.a = edge.a, .b = middle};
        todo[n++] = (struct ovf_edge){.a = middle, .b = edge.b};
    }
}

static bool find_on_edges(void *context, struct ovf_edge_list edges)
{
    struct finding *f = context;
    for (uint32_t i = 0; i < edges.n; i++) {
        struct ovf_edge edge;
        if (ovf_outline_may_have(&f->outline, ovf_index_word(edges.words, i), &edge) &&
            !is_farther(f, &edge) && ovf_outline_has(&f->outline, &edge))
            find_on_edge(f, &edge);
        if (f->stops_at_touch && f->best.is_touched)
            return false;
    }
    return true;
}

/** What a bound on what is in the window takes. */
static void take_window(struct finding *f, const struct ovf_window *window)
{
    double sine;
    f->highest_e7 = abs(ovf_window_highest_e7(window));
    ovf_sincos_e7(f->highest_e7, &sine, &f->cosine);
}

static void find(struct finding *f, const struct ovf_window *window)
{
    take_window(f, window);
    (void)ovf_index_visit(f->outline.index, window, find_on_edges, f);
}

struct ovf_nearest ovf_nearest_boundary(const struct ovf_index *index,
                                        const struct ovf_members *owners,
                                        const struct ovf_window *window, struct ovf_unit from,
                                        struct ovf_unit to, double limit_rad)
{
    struct finding f = {.outline = ovf_outline_of(index, owners),
                        .from = viewpoint_of(from),
                        .to = viewpoint_of(to),
                        .limit_rad = limit_rad,
                        .best = {limit_rad, limit_rad, false}};
    find(&f, window);
    return f.best;
}

static struct finding finding_of_place(const struct ovf_index *index,
                                       const struct ovf_members *owners, struct ovf_unit at,
                                       double limit_rad)
{
    return (struct finding){.outline = ovf_outline_of(index, owners),
                            .from = viewpoint_of(at),
                            .limit_rad = limit_rad,
                            .is_one = true,
                            .best = {limit_rad, limit_rad, true}};
}

double ovf_nearest_rad(const struct ovf_index *index, const struct ovf_members *owners,
                       struct ovf_unit at, double limit_rad)
{
    const struct ovf_window window = ovf_window_around(at, limit_rad);
    struct finding f = finding_of_place(index, owners, at, limit_rad);
    find(&f, &window);
    return f.best.from_rad;
}

/* ---- place after place ---- */

/* So far the next places may be from the one about which edges are gathered: 19 km. */
static const double about_rad = 0.003;

struct about_gathering {
    struct ovf_outline outline;
    struct ovf_about *about;
};

static void widen(struct ovf_edge *box, struct ovf_point p)
{
    box->a.lat_e7 = p.lat_e7 < box->a.lat_e7 ? p.lat_e7 : box->a.lat_e7;
    box->b.lat_e7 = p.lat_e7 > box->b.lat_e7 ? p.lat_e7 : box->b.lat_e7;
    box->a.lon_e7 = ovf_lon_difference(box->a.lon_e7, p.lon_e7) < 0 ? p.lon_e7 : box->a.lon_e7;
    box->b.lon_e7 = ovf_lon_difference(box->b.lon_e7, p.lon_e7) > 0 ? p.lon_e7 : box->b.lon_e7;
}

static bool gather_edges(void *context, struct ovf_edge_list edges)
{
    struct about_gathering *const g = context;
    struct ovf_about *const about = g->about;
    for (uint32_t i = 0; i < edges.n; i++) {
        struct ovf_edge edge;
        if (!ovf_outline_may_have(&g->outline, ovf_index_word(edges.words, i), &edge) ||
            !ovf_outline_has(&g->outline, &edge))
            continue;
        about->is_whole = about->n < OVF_ABOUT_MAX;
        if (!about->is_whole)
            return false;
        struct ovf_edge *const box = &about->boxes[about->n / OVF_ABOUT_BLOCK];
        if (about->n % OVF_ABOUT_BLOCK == 0)
            *box = (struct ovf_edge){.a = edge.a, .b = edge.a};
        widen(box, edge.a);
        widen(box, edge.b);
        about->edges[about->n++] = edge;
    }
    return true;
}

static void gather_about(struct ovf_about *about, const struct ovf_index *index,
                         const struct ovf_members *owners, struct ovf_unit at, double radius_rad)
{
    struct about_gathering g = {ovf_outline_of(index, owners), about};
    const struct ovf_window window = ovf_window_around(at, radius_rad);
    about->centre = at;
    about->radius_rad = radius_rad;
    about->is_whole = true;
    about->n = 0;
    about->nearest = 0;
    (void)ovf_index_visit(index, &window, gather_edges, &g);
}

static void find_in_box(struct finding *f, struct ovf_about *about, size_t box)
{
    const double before_rad = f->best.from_rad;
    const size_t begin = box * OVF_ABOUT_BLOCK;
    for (size_t i = begin; i < begin + OVF_ABOUT_BLOCK && i < about->n; i++)
        if (!is_farther(f, &about->edges[i]))
            find_on_edge(f, &about->edges[i]);
    if (f->best.from_rad < before_rad)
        about->nearest = box;
}

double ovf_about_rad(struct ovf_about *about, const struct ovf_index *index,
                     const struct ovf_members *owners, struct ovf_unit at, double limit_rad)
{
    if (!(about->radius_rad > 0) || ovf_arc_rad(about->centre, at) + limit_rad > about->radius_rad)
        gather_about(about, index, owners, at, limit_rad + about_rad);
    if (!about->is_whole)
        return ovf_nearest_rad(index, owners, at, limit_rad);
    const struct ovf_window window = ovf_window_around(at, limit_rad);
    struct finding f = finding_of_place(index, owners, at, limit_rad);
    take_window(&f, &window);
    const size_t n_boxes = (about->n + OVF_ABOUT_BLOCK - 1) / OVF_ABOUT_BLOCK;
    if (n_boxes > 0)
        find_in_box(&f, about, about->nearest);
    for (size_t i = 0; i < n_boxes; i++)
        if (!is_farther(&f, &about->boxes[i]))
            find_in_box(&f, about, i);
    return f.best.from_rad;
}

bool ovf_is_touched(const struct ovf_index *index, const struct ovf_members *owners,
                    struct ovf_unit from, struct ovf_unit to, double limit_rad)
{
    const struct ovf_unit middle = {from.x + to.x, from.y + to.y, from.z + to.z};
    const struct ovf_window window = ovf_window_around(middle, limit_rad / 2);
    struct finding f = {.outline = ovf_outline_of(index, owners),
                        .from = viewpoint_of(from),
                        .to = viewpoint_of(to),
                        .limit_rad = limit_rad,
                        .stops_at_touch = true};
    find(&f, &window);
    return f.best.is_touched;
}

struct gathering {
    const struct ovf_index *index;
    struct ovf_unit from;
    struct ovf_unit to;
    double limit_rad;
    struct ovf_members *owners;
};

static bool gather_owners(void *context, struct ovf_edge_list edges)
{
    const struct gathering *g = context;
    for (uint32_t i = 0; i < edges.n; i++) {
        const struct ovf_edge edge = ovf_index_edge(g->index, ovf_index_word(edges.words, i));
        struct ovf_members set;
        ovf_index_set(g->index, edge.set, &set);
        uint64_t more = 0;
        for (int k = 0; k < OVF_MEMBERS_WORDS; k++)
            more |= set.words[k] & ~g->owners->words[k];
        if (more == 0)
            continue;
        const struct ovf_unit middle = ovf_arc_unit(middle_of(&edge));
        if (ovf_arc_rad(g->from, middle) + ovf_arc_rad(g->to, middle) -
                2 * half_length_rad(&edge) >=
            g->limit_rad)
            continue;
        ovf_members_add_all(g->owners, &set);
    }
    return true;
}

void ovf_near_owners(const struct ovf_index *index, const struct ovf_window *window,
                     struct ovf_unit from, struct ovf_unit to, double limit_rad,
                     struct ovf_members *owners)
{
    struct gathering g = {index, from, to, limit_rad, owners};
    (void)ovf_index_visit(index, window, gather_owners, &g);
}
