/* SPDX-License-Identifier: Apache-2.0 */
/* Branch and bound: from the middle of a piece of an edge no place on it is farther than half its length;
 * pieces that may still lower the result are halved until they are short. */
#include "reach/nearest.h"

#include "geo/index_parts.h"
#include "reach/cells.h"

struct finding {
    const struct ovf_index *index;
    const struct ovf_members *owners;
    struct ovf_unit from;
    struct ovf_unit to;
    double limit_rad;
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

/** Whether a piece around \p middle may come nearer than what is known, or be touched where nothing is yet;
 * when it is \p final that is taken for granted. */
static bool improve(struct finding *f, struct ovf_unit middle, double half_rad, bool final)
{
    struct ovf_nearest *best = &f->best;
    const double limit_rad = best->is_touched ? 0 : f->limit_rad;
    const double from = ovf_arc_chord(f->from, middle);
    const double to = ovf_arc_chord(f->to, middle);
    if (from - half_rad >= best->from_rad && to - half_rad >= best->to_rad &&
        from + to - 2 * half_rad >= limit_rad)
        return false;
    const double arc_from = ovf_arc_rad(f->from, middle);
    const double arc_to = ovf_arc_rad(f->to, middle);
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
        const uint32_t number = ovf_index_word(edges.words, i);
        const struct ovf_edge edge = ovf_index_edge(f->index, number);
        if (ovf_edge_bounds(f->index, &edge, f->owners))
            find_on_edge(f, &edge);
    }
    return true;
}

struct ovf_nearest ovf_nearest_boundary(const struct ovf_index *index,
                                        const struct ovf_members *owners,
                                        const struct ovf_window *window, struct ovf_unit from,
                                        struct ovf_unit to, double limit_rad)
{
    struct finding f = {.index = index,
                        .owners = owners,
                        .from = from,
                        .to = to,
                        .limit_rad = limit_rad,
                        .best = {limit_rad, limit_rad, false}};
    (void)ovf_index_visit(index, window, find_on_edges, &f);
    return f.best;
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
        for (int k = 0; k < OVF_MEMBERS_WORDS; k++)
            g->owners->words[k] |= set.words[k];
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
