/* SPDX-License-Identifier: Apache-2.0 */
/* What the search leaves out must not count: ways among many islands against Floyd's algorithm on a plain test of
 * every line of sight, distances from a boundary against those of many places on it. */
#include "reach_cases.h"

#include "reach/clear.h"
#include "reach/frame.h"
#include "reach/nearest.h"

/* ---- among islands ---- */

enum { SIDE = 6, ISLANDS = SIDE * SIDE, CORNERS = 3 * ISLANDS, PLACES = CORNERS + 2 };

/** Near the pole, so that x and y are nearly a plane. */
static struct ovf_unit place_at(double x, double y)
{
    return (struct ovf_unit){x, y, sqrt(1 - x * x - y * y)};
}

/** A triangle in each square but none beyond it, corners anticlockwise: the obstacle is on the left. */
static void random_islands(uint64_t *seed, struct ovf_unit *at)
{
    for (int i = 0; i < ISLANDS; i++) {
        const int column = i % SIDE - SIDE / 2;
        const int row = i / SIDE - SIDE / 2;
        const double x = 0.04 * (column + 0.5);
        const double y = 0.04 * (row + 0.5);
        const double turn = random_in(seed, 0, 2 * pi);
        const double size = random_in(seed, 0.004, 0.019);
        for (int k = 0; k < 3; k++) {
            const double angle = turn + 2 * pi * k / 3;
            at[3 * i + k] = place_at(x + size * cos(angle), y + size * sin(angle));
        }
    }
    at[CORNERS] = place_at(-0.125, random_in(seed, -0.1, 0.1));
    at[CORNERS + 1] = place_at(0.125, random_in(seed, -0.1, 0.1));
}

static bool lie_apart(double a, double b)
{
    return (a > 1e-15 && b < -1e-15) || (a < -1e-15 && b > 1e-15);
}

/** Whether the line crosses no side; one from corner to corner of a triangle is a side. */
static bool plain_sight(const struct ovf_unit *at, struct ovf_unit a, struct ovf_unit b)
{
    const struct ovf_unit plane = ovf_unit_cross(a, b);
    for (int i = 0; i < CORNERS; i++) {
        const struct ovf_unit p = at[i];
        const struct ovf_unit q = at[i % 3 == 2 ? i - 2 : i + 1];
        const struct ovf_unit wall = ovf_unit_cross(p, q);
        if (lie_apart(ovf_unit_dot(plane, p), ovf_unit_dot(plane, q)) &&
            lie_apart(ovf_unit_dot(wall, a), ovf_unit_dot(wall, b)))
            return false;
    }
    return true;
}

static void all_lengths(const struct ovf_unit *at, double d[PLACES][PLACES])
{
    for (int i = 0; i < PLACES; i++)
        for (int j = 0; j < PLACES; j++)
            d[i][j] = plain_sight(at, at[i], at[j]) ? ovf_arc_rad(at[i], at[j]) : 9;
    for (int m = 0; m < PLACES; m++)
        for (int i = 0; i < PLACES; i++)
            for (int j = 0; j < PLACES; j++)
                d[i][j] = fmin(d[i][j], d[i][m] + d[m][j]);
}

static void ways_among_islands_are_those_of_a_plain_search(void **state)
{
    (void)state;
    uint64_t seed = 91;
    for (int k = 0; k < (OVF_SANITIZED ? 1 : 4); k++) {
        static double d[PLACES][PLACES];
        struct ovf_unit at[PLACES];
        struct ovf_walls walls = {0};
        struct ovf_route route = {0};
        double lengths_rad[CORNERS];
        double length_rad;
        random_islands(&seed, at);
        all_lengths(at, d);
        for (int i = 0; i < CORNERS; i += 3)
            assert_int_equal(ovf_walls_add_ring(&walls, at + i, 3), OVF_OK);
        assert_int_equal(walls.n_nodes, CORNERS);
        assert_int_equal(
            ovf_route_find(&route, &walls, at[CORNERS], at[CORNERS + 1], 3, &length_rad), OVF_OK);
        assert_near(length_rad, d[CORNERS][CORNERS + 1], 1e-12);
        assert_int_equal(ovf_route_find_all(&route, &walls, at[CORNERS], 3, lengths_rad), OVF_OK);
        for (int i = 0; i < CORNERS; i++)
            assert_true(lengths_rad[i] >=
                        d[CORNERS][i] - 1e-12); /* those that run into it do not count */
        assert_near(ovf_route_end(&walls, lengths_rad, at[CORNERS], at[CORNERS + 1], 3), length_rad,
                    1e-12);
        /* No way is as short as the shortest less a little. */
        const double less_rad = length_rad - 1e-9;
        assert_int_equal(
            ovf_route_find(&route, &walls, at[CORNERS], at[CORNERS + 1], less_rad, &length_rad),
            OVF_OK);
        assert_near(length_rad, less_rad, 0);
        ovf_walls_deinit(&walls);
        ovf_route_deinit(&route);
    }
}

/* ---- the nearest place of a boundary ---- */

/** By places 100 m apart or less. */
static struct ovf_nearest plain_nearest(const struct fixture *f, struct ovf_unit from,
                                        struct ovf_unit to, double limit_rad, double *way_rad)
{
    enum { PARTS = 500 };
    struct ovf_nearest best = {limit_rad, limit_rad, false};
    *way_rad = 9;
    for (uint32_t i = 0; i < f->index.n_edges; i++) {
        const struct ovf_edge edge = ovf_index_edge(&f->index, i);
        const int64_t north = (int64_t)edge.b.lat_e7 - edge.a.lat_e7;
        const int64_t east = ovf_lon_difference(edge.a.lon_e7, edge.b.lon_e7);
        for (int k = 0; k <= PARTS; k++) {
            const struct ovf_point p = {(int32_t)(edge.a.lat_e7 + north * k / PARTS),
                                        ovf_lon_wrap(edge.a.lon_e7 + east * k / PARTS)};
            const double from_rad = ovf_arc_rad(from, ovf_arc_unit(p));
            const double to_rad = ovf_arc_rad(to, ovf_arc_unit(p));
            best.from_rad = fmin(best.from_rad, from_rad);
            best.to_rad = fmin(best.to_rad, to_rad);
            *way_rad = fmin(*way_rad, from_rad + to_rad);
        }
    }
    return best;
}

static const struct ovf_members star_owner = {{1}};

/** A star, and two places with a limit of the way between them. */
struct asked {
    struct fixture f;
    struct ovf_unit from;
    struct ovf_unit to;
    double limit_rad;
    struct ovf_window window;
};

static void ask(uint64_t *seed, struct asked *a)
{
    const struct gap_case c = random_case(seed);
    build_star(&c.star, &a->f);
    a->from = ovf_arc_unit(point_of(&c.star, c.from));
    a->to = ovf_arc_unit(point_of(&c.star, c.to));
    a->limit_rad = ovf_arc_rad(a->from, a->to) * random_in(seed, 1, 1.6);
    const struct ovf_unit sum = {a->from.x + a->to.x, a->from.y + a->to.y, a->from.z + a->to.z};
    a->window = ovf_window_around(sum, 2 * a->limit_rad);
}

static void no_place_of_a_boundary_is_nearer_than_is_said(void **state)
{
    (void)state;
    uint64_t seed = 92;
    const double fine_rad = 160.0 / 6.37e6; /* 100 m, and the places' own steps */
    for (int k = 0; k < (OVF_SANITIZED ? 2 : 6); k++) {
        struct asked a;
        ask(&seed, &a);
        double way_rad;
        const struct ovf_nearest plain = plain_nearest(&a.f, a.from, a.to, a.limit_rad, &way_rad);
        const struct ovf_nearest found =
            ovf_nearest_boundary(&a.f.index, &star_owner, &a.window, a.from, a.to, a.limit_rad);
        assert_true(found.from_rad <= plain.from_rad && found.from_rad > plain.from_rad - fine_rad);
        assert_true(found.to_rad <= plain.to_rad && found.to_rad > plain.to_rad - fine_rad);
        if (fabs(way_rad - a.limit_rad) > 2 * fine_rad)
            assert_int_equal(found.is_touched, way_rad < a.limit_rad);
        fixture_end(&a.f);
    }
}

static void what_is_known_of_a_distance_does_not_change_it(void **state)
{
    (void)state;
    uint64_t seed = 94;
    for (int k = 0; k < (OVF_SANITIZED ? 2 : 10); k++) {
        struct asked a;
        ask(&seed, &a);
        const struct ovf_nearest both =
            ovf_nearest_boundary(&a.f.index, &star_owner, &a.window, a.from, a.to, a.limit_rad);
        const double from_rad = ovf_nearest_rad(&a.f.index, &star_owner, a.from, a.limit_rad);
        const double tight_rad =
            fmin(a.limit_rad, from_rad + random_in(&seed, 1, 20) * OVF_NEAREST_SLACK_RAD);
        assert_true(fabs(from_rad - both.from_rad) < OVF_NEAREST_SLACK_RAD);
        assert_true(!(ovf_nearest_rad(&a.f.index, &star_owner, a.from, tight_rad) < from_rad));
        assert_true(!(ovf_nearest_rad(&a.f.index, &star_owner, a.from, tight_rad) > from_rad));
        assert_int_equal(ovf_is_touched(&a.f.index, &star_owner, a.from, a.to, a.limit_rad),
                         both.is_touched);
        fixture_end(&a.f);
    }
}

static void place_after_place_is_as_near_as_when_it_is_looked_for_alone(void **state)
{
    (void)state;
    uint64_t seed = 95;
    static struct ovf_about about;
    size_t n_found = 0;
    for (int k = 0; k < (OVF_SANITIZED ? 2 : 10); k++) {
        struct fixture f;
        const struct gap_case c = random_case(&seed);
        build_star(&c.star, &f);
        const struct ovf_members owner = {{1}};
        const struct ovf_point from = point_of(&c.star, c.from);
        const struct ovf_point to = point_of(&c.star, c.to);
        about = (struct ovf_about){.radius_rad = 0};
        for (int i = 0; i <= 100; i++) {
            const int64_t lon_e7 = ovf_lon_difference(from.lon_e7, to.lon_e7) / 100 * i;
            const struct ovf_point at = {from.lat_e7 + (to.lat_e7 - from.lat_e7) / 100 * i,
                                         ovf_lon_wrap(from.lon_e7 + lon_e7)};
            const struct ovf_unit unit = ovf_arc_unit(at);
            const double limit_rad = random_in(&seed, 0.001, 0.02);
            const double alone_rad = ovf_nearest_rad(&f.index, &owner, unit, limit_rad);
            const double rad = ovf_about_rad(&about, &f.index, &owner, unit, limit_rad);
            assert_true(!(rad < alone_rad) && !(rad > alone_rad));
            n_found += rad < limit_rad;
        }
        fixture_end(&f);
    }
    print_message("%zu found\n", n_found);
    assert_true(n_found > (OVF_SANITIZED ? 10 : 100));
}

/* ---- ways that pass ---- */

enum { BENDS = 6 };

/** A way in BENDS + 1 pieces, bent by up to \p bend_rad. */
static double random_way(uint64_t *seed, struct ovf_unit from, struct ovf_unit to, double bend_rad,
                         struct ovf_unit *way)
{
    double way_rad = 0;
    for (int i = 0; i <= BENDS + 1; i++) {
        const double share = (double)i / (BENDS + 1);
        const double bend = i == 0 || i > BENDS ? 0 : bend_rad;
        const struct ovf_unit p = {from.x + share * (to.x - from.x) + random_in(seed, -bend, bend),
                                   from.y + share * (to.y - from.y) + random_in(seed, -bend, bend),
                                   from.z + share * (to.z - from.z) + random_in(seed, -bend, bend)};
        const double length = ovf_unit_length(p);
        way[i] = (struct ovf_unit){p.x / length, p.y / length, p.z / length};
        way_rad += i > 0 ? ovf_arc_rad(way[i - 1], way[i]) : 0;
    }
    return way_rad;
}

static void a_way_that_passes_comes_no_nearer(void **state)
{
    (void)state;
    uint64_t seed = 96;
    static struct ovf_clear clear;
    int n_passing = 0;
    for (int k = 0; k < (OVF_SANITIZED ? 10 : 120); k++) {
        struct fixture f;
        const struct gap_case c = random_case(&seed);
        build_star(&c.star, &f);
        struct ovf_unit way[BENDS + 2];
        const struct ovf_unit from = ovf_arc_unit(point_of(&c.star, c.from));
        const struct ovf_unit far = ovf_arc_unit(point_of(&c.star, c.to));
        const double part = fmin(1, random_in(&seed, 0.0005, 0.01) / ovf_arc_rad(from, far));
        const struct ovf_unit to = {from.x + part * (far.x - from.x),
                                    from.y + part * (far.y - from.y),
                                    from.z + part * (far.z - from.z)};
        const double way_rad = random_way(&seed, from, to, random_in(&seed, 0, 0.0002), way);
        clear = (struct ovf_clear){
            .index = &f.index, .owner = {{1}}, .least_rad = 0.1, .most_rad = INFINITY};
        const struct ovf_clear_stop a = {way[0], ovf_clear_look(&clear, way[0], INFINITY)};
        const struct ovf_clear_stop b = {way[BENDS + 1],
                                         ovf_clear_look(&clear, way[BENDS + 1], INFINITY)};
        clear.least_rad = fmin(a.from.least_rad, b.from.least_rad) * random_in(&seed, 0.5, 1);
        const bool passes = ovf_clear_passes(&clear, &a, &b, way_rad);
        n_passing += passes;
        for (int i = 1; i <= BENDS && passes; i++)
            assert_false(ovf_nearest_rad(&f.index, &clear.owner, way[i], 0.1) < clear.least_rad);
        fixture_end(&f);
    }
    print_message("%d pass\n", n_passing);
    assert_true(OVF_SANITIZED || (n_passing > 20 && n_passing < 110));
}

/* ---- only whether ---- */

static void what_is_asked_alone_is_what_the_verdict_says(void **state)
{
    (void)state;
    uint64_t seed = 93;
    struct ovf_reach reach = {0};
    int n_necessary = 0;
    for (int k = 0; k < (OVF_SANITIZED ? 4 : 40); k++) {
        const struct ovf_speed_limits limits = {720, 600, 2, k % 5 == 0};
        struct fixture f;
        struct gap_case c = random_case(&seed);
        const double direct_m = ovf_distance_m(point_of(&c.star, c.from), point_of(&c.star, c.to));
        c.time_s = direct_m / (720 * 1852 / 3600.0) * random_in(&seed, 1, 1.1);
        build_star(&c.star, &f);
        const struct ovf_verdict verdict = judge_case(&reach, &f, &c, 500, limits);
        const struct ovf_region region = {&f.index, {{1}}, 500, false};
        const struct ovf_anchor from = {0, point_of(&c.star, c.from), c.from_radius_m};
        const struct ovf_anchor to = {llround(c.time_s * 1e9), point_of(&c.star, c.to),
                                      c.to_radius_m};
        bool is_necessary = false;
        assert_int_equal(
            ovf_reach_ask_necessary(&reach, &region, &from, &to, &limits, &is_necessary, NULL),
            OVF_OK);
        assert_int_equal(is_necessary, verdict.class == OVF_CLASS_NECESSARY);
        n_necessary += is_necessary;
        fixture_end(&f);
    }
    print_message("%d necessary\n", n_necessary);
    assert_true(OVF_SANITIZED || (n_necessary > 9 && n_necessary < 30));
    ovf_reach_deinit(&reach);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ways_among_islands_are_those_of_a_plain_search),
        cmocka_unit_test(no_place_of_a_boundary_is_nearer_than_is_said),
        cmocka_unit_test(what_is_known_of_a_distance_does_not_change_it),
        cmocka_unit_test(place_after_place_is_as_near_as_when_it_is_looked_for_alone),
        cmocka_unit_test(a_way_that_passes_comes_no_nearer),
        cmocka_unit_test(what_is_asked_alone_is_what_the_verdict_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
