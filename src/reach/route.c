/* SPDX-License-Identifier: Apache-2.0 */
/* The search. Nodes are some hundred, walls some thousand: the nearest open node is found by looking at all,
 * which costs less than the lines of sight. Of these all but a few are not free; most run into their own
 * node's obstacle, as two products tell, or into the same walls as the line before. */
#include "reach/route.h"

#include <stdlib.h>

#include "base/array.h"
#include "reach/arc.h"

/** A node of the walls, or the goal. */
struct ovf_route_place {
    struct ovf_unit at;
    double so_far_rad; /* from the start */
    double ahead_rad;  /* to the goal, as the crow flies */
    bool is_closed;
    struct ovf_unit wall_before; /* the planes of the node's walls; of the goal 0 */
    struct ovf_unit wall_after;
};

void ovf_route_deinit(struct ovf_route *route)
{
    free(route->places);
    *route = (struct ovf_route){0};
}

/* ---- lines of sight ---- */

/* A point this near to the plane of a line (the sine of the angle, 6 micrometres over ground) counts as on
 * it. Rounding is some 2e-16 of the globe: more than that beside a line that is short. A line through a point
 * is no line of sight: a way that touches an obstacle there has a node there, and goes on in the same
 * direction; one that does not enters it. */
static const double beside = 1e-12;
static const double rounding = 1e-15;

/** A line of sight and its plane. */
struct sight {
    struct ovf_unit from;
    struct ovf_unit to;
    struct ovf_unit plane;
    double length; /* of the plane's normal: the sine of the arc */
    double doubt;
    struct ovf_unit
        middle; /* of the chord; no place of the line is farther from it than half of that */
    double half;
};

static struct sight sight_of(struct ovf_unit from, struct ovf_unit to)
{
    const struct ovf_unit plane = ovf_unit_cross(from, to);
    const double length = ovf_unit_length(plane);
    const struct ovf_unit middle = {0.5 * (from.x + to.x), 0.5 * (from.y + to.y),
                                    0.5 * (from.z + to.z)};
    return (struct sight){.from = from,
                          .to = to,
                          .plane = plane,
                          .length = length,
                          .doubt = fmax(beside * length, rounding),
                          .middle = middle,
                          .half = 0.5 * ovf_arc_chord(from, to)};
}

/** 1 left of the line, -1 right of it, 0 on it. */
static int side_of(const struct sight *sight, double height)
{
    return (height > sight->doubt) - (height < -sight->doubt);
}

/** A point of a wall, and by how much it lies left of the line. */
struct wall_end {
    struct ovf_unit at;
    double height;
    int side;
};

static struct wall_end wall_end_of(const struct sight *sight, struct ovf_unit at)
{
    const double height = ovf_unit_dot(sight->plane, at);
    return (struct wall_end){at, height, side_of(sight, height)};
}

/** Whether a wall that does not keep to one side of the line's plane meets the line, and not at its ends. */
static bool meets_wall(const struct sight *sight, const struct wall_end *a,
                       const struct wall_end *b)
{
    const double wa = b->side == 0 ? 0 : a->side == 0 ? 1 : fabs(b->height);
    const double wb = b->side == 0 ? 1 : a->side == 0 ? 0 : fabs(a->height);
    const struct ovf_unit x = {wa * a->at.x + wb * b->at.x, wa * a->at.y + wb * b->at.y,
                               wa * a->at.z + wb * b->at.z};
    const double at_end = sight->doubt * (wa + wb);
    return ovf_unit_dot(ovf_unit_cross(sight->from, x), sight->plane) > at_end &&
           ovf_unit_dot(ovf_unit_cross(x, sight->to), sight->plane) > at_end;
}

/** A wall by the points at its ends. */
struct wall {
    uint32_t before;
    uint32_t at;
};

static bool meets_points(const struct ovf_walls *walls, const struct wall *wall,
                         const struct sight *sight)
{
    const struct wall_end a = wall_end_of(sight, walls->points[wall->before]);
    const struct wall_end b = wall_end_of(sight, walls->points[wall->at]);
    return a.side != b.side && meets_wall(sight, &a, &b);
}

/** Whether walls that lie within a radius of a middle surely keep off the line: off its plane or beyond its ends.
 * A wall's arc is farther out than its chord by less than half the radius' square. */
static bool is_beside(const struct sight *sight, struct ovf_unit middle, double radius)
{
    if (fabs(ovf_unit_dot(sight->plane, middle)) > radius * sight->length + 2 * sight->doubt)
        return true;
    return ovf_arc_chord(middle, sight->middle) > sight->half + radius * (1 + radius) + beside;
}

/** What a line was found to meet: a wall, and the run that it is of. None: before is at. */
struct met {
    struct wall wall;
    size_t run;
};

/** Whether no wall of run \p number is met; \p met is one that is. */
static bool run_is_clear(const struct ovf_walls *walls, size_t number, const struct sight *sight,
                         struct met *met)
{
    const struct ovf_wall_run *run = &walls->runs[number];
    uint32_t before = run->before;
    if (is_beside(sight, run->middle, run->radius))
        return true;
    struct wall_end last = wall_end_of(sight, walls->points[before]);
    for (uint32_t i = run->begin; i < run->end; before = i++) {
        const struct wall_end here = wall_end_of(sight, walls->points[i]);
        if (here.side != last.side && meets_wall(sight, &last, &here)) {
            *met = (struct met){{before, i}, number};
            return false;
        }
        last = here;
    }
    return true;
}

/** Whether surely something is met, by what the last line met: it, or its run and those beside that. */
static bool meets_again(const struct ovf_walls *walls, const struct sight *sight, struct met *met)
{
    if (met->wall.before == met->wall.at)
        return false;
    if (meets_points(walls, &met->wall, sight))
        return true;
    const size_t first = met->run > 0 ? met->run - 1 : 0;
    const size_t end = met->run + 2 < walls->n_runs ? met->run + 2 : walls->n_runs;
    for (size_t i = first; i < end; i++) {
        if (!run_is_clear(walls, i, sight, met))
            return true;
    }
    return false;
}

/** Whether no wall is met; \p met is what the last line met, and what this one does. */
static bool is_clear(const struct ovf_walls *walls, const struct sight *sight, struct met *met)
{
    if (meets_again(walls, sight, met))
        return false;
    for (size_t k = 0; k < walls->n_groups; k++) {
        const struct ovf_wall_group *group = &walls->groups[k];
        if (is_beside(sight, group->middle, group->radius))
            continue;
        for (uint32_t i = group->begin; i < group->end; i++) {
            if (!run_is_clear(walls, i, sight, met))
                return false;
        }
    }
    return true;
}

bool ovf_walls_clear(const struct ovf_walls *walls, struct ovf_unit from, struct ovf_unit to)
{
    const struct sight sight = sight_of(from, to);
    struct met met = {.run = 0};
    return is_clear(walls, &sight, &met);
}

/** Whether the line, that ends at the node, leaves its obstacle on one side. */
static bool is_tangent(const struct ovf_walls *walls, const struct ovf_wall_node *node,
                       const struct sight *sight)
{
    const int before = side_of(sight, ovf_unit_dot(sight->plane, walls->points[node->before]));
    const int after = side_of(sight, ovf_unit_dot(sight->plane, walls->points[node->after]));
    return before * after >= 0;
}

/** Whether a shortest way can go straight from one place to another, that are nodes unless NULL, as far as
 * the obstacles of these tell. */
static bool may_pass(const struct ovf_walls *walls, const struct ovf_wall_node *a,
                     const struct ovf_wall_node *b, const struct sight *sight)
{
    return (a == NULL || is_tangent(walls, a, sight)) && (b == NULL || is_tangent(walls, b, sight));
}

/** Whether a line from the place in the direction of \p other surely runs into the place's own obstacle: its
 * walls lie on either side, by more than any doubt. */
static bool runs_into(const struct ovf_route_place *place, struct ovf_unit other)
{
    const double before = ovf_unit_dot(place->wall_before, other);
    const double after = -ovf_unit_dot(place->wall_after, other);
    return (before > 2 * beside && after < -2 * beside) ||
           (before < -2 * beside && after > 2 * beside);
}

/* ---- the search ---- */

struct search {
    const struct ovf_walls *walls;
    struct ovf_route_place *places; /* of the nodes, then that of the goal */
    size_t n;
    bool has_goal;
    struct ovf_unit goal;
    double limit_rad; /* no way this long, or longer, is wanted */
    struct met met;   /* by the last line that was not free */
};

static const struct ovf_wall_node *node_at(const struct search *s, size_t i)
{
    return i < s->walls->n_nodes ? &s->walls->nodes[i] : NULL;
}

/** Looks from place \p i, the start when it is \p n, to one that is still open. */
static void look_at(struct search *s, const struct ovf_route_place *here, size_t i, size_t k)
{
    struct ovf_route_place *there = &s->places[k];
    const double most_rad =
        fmin(there->so_far_rad, s->limit_rad - there->ahead_rad) - here->so_far_rad;
    if (ovf_arc_chord(here->at, there->at) >= most_rad || runs_into(here, there->at) ||
        runs_into(there, here->at))
        return;
    const struct sight sight = sight_of(here->at, there->at);
    if (!may_pass(s->walls, node_at(s, i), node_at(s, k), &sight) ||
        !is_clear(s->walls, &sight, &s->met))
        return;
    const double length_rad = ovf_arc_rad(here->at, there->at);
    if (length_rad >= most_rad)
        return;
    there->so_far_rad = here->so_far_rad + length_rad;
    if (s->has_goal && k == s->n - 1)
        s->limit_rad = there->so_far_rad;
}

static void look_round(struct search *s, const struct ovf_route_place *here, size_t i)
{
    for (size_t k = s->n; k > 0; k--) { /* the goal first: it may lower the limit */
        if (!s->places[k - 1].is_closed)
            look_at(s, here, i, k - 1);
    }
}

/** The open place with the shortest way that may lead over it; n when there is none below the limit. */
static size_t nearest_open(const struct search *s)
{
    size_t best = s->n;
    double best_rad = s->limit_rad;
    for (size_t i = 0; i < s->n; i++) {
        const struct ovf_route_place *place = &s->places[i];
        const double rad = place->so_far_rad + place->ahead_rad;
        if (!place->is_closed && rad < best_rad) {
            best = i;
            best_rad = rad;
        }
    }
    return best;
}

/** One that no wanted way leads over, however straight, is closed from the beginning. */
static struct ovf_route_place place_of(const struct search *s, struct ovf_unit from, size_t i)
{
    struct ovf_route_place place = {.at = s->goal, .so_far_rad = s->limit_rad};
    const struct ovf_wall_node *node = node_at(s, i);
    if (node != NULL) {
        const struct ovf_unit *points = s->walls->points;
        place.at = points[node->at];
        place.wall_before = ovf_unit_cross(points[node->before], place.at);
        place.wall_after = ovf_unit_cross(place.at, points[node->after]);
    }
    if (s->has_goal)
        place.ahead_rad = ovf_arc_rad(place.at, s->goal);
    place.is_closed = ovf_arc_chord(from, place.at) + place.ahead_rad >= s->limit_rad;
    return place;
}

static enum ovf_status search_from(struct ovf_route *route, struct search *s, struct ovf_unit from)
{
    const struct ovf_route_place start = {.at = from};
    s->n = s->walls->n_nodes + (s->has_goal ? 1 : 0);
    struct ovf_route_place *grown =
        ovf_array_reserve(route->places, &route->capacity, s->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    route->places = s->places = grown;
    for (size_t i = 0; i < s->n; i++)
        grown[i] = place_of(s, from, i);
    look_round(s, &start, s->n);
    for (size_t i = nearest_open(s); i < s->n; i = nearest_open(s)) {
        s->places[i].is_closed = true;
        look_round(s, &s->places[i], i);
    }
    return OVF_OK;
}

enum ovf_status ovf_route_find(struct ovf_route *route, const struct ovf_walls *walls,
                               struct ovf_unit from, struct ovf_unit to, double limit_rad,
                               double *length_rad)
{
    struct search s = {.walls = walls, .has_goal = true, .goal = to, .limit_rad = limit_rad};
    const enum ovf_status st = search_from(route, &s, from);
    if (st == OVF_OK)
        *length_rad = s.places[s.n - 1].so_far_rad;
    return st;
}

enum ovf_status ovf_route_find_all(struct ovf_route *route, const struct ovf_walls *walls,
                                   struct ovf_unit from, double limit_rad, double *lengths_rad)
{
    struct search s = {.walls = walls, .limit_rad = limit_rad};
    const enum ovf_status st = search_from(route, &s, from);
    for (size_t i = 0; i < s.n && st == OVF_OK; i++)
        lengths_rad[i] = s.places[i].so_far_rad;
    return st;
}

double ovf_route_end(const struct ovf_walls *walls, const double *lengths_rad, struct ovf_unit from,
                     struct ovf_unit to, double limit_rad)
{
    double best_rad = limit_rad;
    struct met met = {.run = 0};
    const double direct_rad = ovf_arc_rad(from, to);
    if (direct_rad < best_rad && ovf_walls_clear(walls, from, to))
        return direct_rad;
    for (size_t i = 0; i < walls->n_nodes; i++) {
        const struct ovf_wall_node *node = &walls->nodes[i];
        const struct ovf_unit at = walls->points[node->at];
        if (lengths_rad[i] + ovf_arc_chord(at, to) >= best_rad)
            continue;
        const double rad = lengths_rad[i] + ovf_arc_rad(at, to);
        const struct sight sight = sight_of(at, to);
        if (rad < best_rad && may_pass(walls, node, NULL, &sight) && is_clear(walls, &sight, &met))
            best_rad = rad;
    }
    return best_rad;
}
