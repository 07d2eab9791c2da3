/* SPDX-License-Identifier: Apache-2.0 */
/* What must not change when the world is turned or mirrored, a ring drawn otherwise, a segment split,
 * or time reversed: random star-shaped polygons, overlapping each other, on random places, some over
 * 180 degrees; tracks through them. */
#include "geo_fixture.h"

enum { N_RINGS = 4, N_VERTICES = 12, N_FIXES = 8 };

struct world {
    struct ovf_point rings[N_RINGS][N_VERTICES];
    struct ovf_fix fixes[N_FIXES];
};

/** Polygons of about 100 km round one place between 80 S and 80 N, and a track that wanders there. */
static struct world random_world(uint64_t *seed)
{
    struct world w;
    const struct ovf_point centre = point_deg(random_in(seed, -80, 80), random_in(seed, -180, 180));
    for (int r = 0; r < N_RINGS; r++) {
        const struct ovf_point middle = point_beyond(centre, random_in(seed, 0, 360), 50e3);
        for (int i = 0; i < N_VERTICES; i++)
            w.rings[r][i] =
                point_beyond(middle, 360.0 * i / N_VERTICES, random_in(seed, 20e3, 120e3));
    }
    for (int i = 0; i < N_FIXES; i++)
        w.fixes[i] = fix_at(
            100.0 * i, point_beyond(centre, random_in(seed, 0, 360), random_in(seed, 0, 150e3)));
    if (random_below(seed, 2) == 0) /* through a vertex, from a vertex */
        w.fixes[3].at = w.rings[1][5];
    return w;
}

static void build(const struct world *w, struct fixture *f, struct ovf_walk *walk)
{
    fixture_begin(f);
    for (uint32_t r = 0; r < N_RINGS; r++)
        fixture_ring_points(f, r, w->rings[r], N_VERTICES);
    fixture_finish(f);
    walk_fixes(&f->layer, w->fixes, N_FIXES, 100, walk);
}

/** Sine of the least angle that would still be told apart within the tolerance below. */
static const double slack_m = 25;

/** The same sets at the same times; 25 m where track and border are nearly parallel (0.2 m / sin 0.5
 * degree), else far less, and sets that last for less than that may come and go. */
static void assert_same_steps(const struct ovf_walk *a, const struct ovf_walk *b, double speed_mps)
{
    const double slack_ns = 1e9 * slack_m / speed_mps;
    size_t i = 0;
    size_t j = 0;
    while (i < a->steps.n || j < b->steps.n) {
        /* The last of the steps that follow each other within the slack counts. */
        while (i + 1 < a->steps.n &&
               (double)(a->steps.items[i + 1].t_ns - a->steps.items[i].t_ns) < slack_ns)
            i++;
        while (j + 1 < b->steps.n &&
               (double)(b->steps.items[j + 1].t_ns - b->steps.items[j].t_ns) < slack_ns)
            j++;
        assert_true(i < a->steps.n && j < b->steps.n);
        assert_true(ovf_members_equal(&a->steps.items[i].members, &b->steps.items[j].members));
        assert_near((double)a->steps.items[i].t_ns, (double)b->steps.items[j].t_ns, 2 * slack_ns);
        i++;
        j++;
    }
}

static void assert_equal_steps(const struct ovf_walk *a, const struct ovf_walk *b, int64_t turn_e7)
{
    assert_int_equal(a->steps.n, b->steps.n);
    for (size_t i = 0; i < a->steps.n; i++) {
        const struct ovf_step *x = &a->steps.items[i];
        const struct ovf_step *y = &b->steps.items[i];
        assert_true(ovf_members_equal(&x->members, &y->members));
        /* Equal but for rounding: 0.01 m at 1 km/s and more. */
        assert_near((double)x->t_ns, (double)y->t_ns, 1e4);
        assert_near(x->lat_deg, y->lat_deg, 1e-7);
        assert_near(remainder(x->lon_deg + (double)turn_e7 / 1e7 - y->lon_deg, 360), 0, 1e-6);
    }
}

static int n_worlds(void)
{
    return OVF_SANITIZED ? 6 : 40;
}

/* Pieces are made of rounded midpoints, and these are the same wherever they stand only up to the last
 * bit of sine and cosine of the longitude: what is compared is not the bits but the answers. */
static void crossings_turn_with_a_rotation_in_longitude(void **state)
{
    (void)state;
    uint64_t seed = 61;
    for (int k = 0; k < n_worlds(); k++) {
        struct fixture f;
        struct fixture g;
        struct ovf_walk walk = {0};
        struct ovf_walk turned_walk = {0};
        const struct world w = random_world(&seed);
        struct world turned = w;
        const int64_t turn_e7 = (int64_t)random_below(&seed, 3600000000);
        for (int r = 0; r < N_RINGS; r++)
            for (int i = 0; i < N_VERTICES; i++)
                turned.rings[r][i].lon_e7 = ovf_lon_wrap(w.rings[r][i].lon_e7 + turn_e7);
        for (int i = 0; i < N_FIXES; i++)
            turned.fixes[i].at.lon_e7 = ovf_lon_wrap(w.fixes[i].at.lon_e7 + turn_e7);
        build(&w, &f, &walk);
        build(&turned, &g, &turned_walk);
        assert_same_steps(&walk, &turned_walk, 200);
        ovf_walk_deinit(&walk);
        ovf_walk_deinit(&turned_walk);
        fixture_end(&f);
        fixture_end(&g);
    }
}

static void crossings_mirror_with_the_hemispheres(void **state)
{
    (void)state;
    uint64_t seed = 62;
    for (int k = 0; k < n_worlds(); k++) {
        struct fixture f;
        struct fixture g;
        struct ovf_walk walk = {0};
        struct ovf_walk mirrored_walk = {0};
        const struct world w = random_world(&seed);
        struct world mirrored = w;
        for (int r = 0; r < N_RINGS; r++)
            for (int i = 0; i < N_VERTICES; i++)
                mirrored.rings[r][i].lat_e7 = -w.rings[r][i].lat_e7;
        for (int i = 0; i < N_FIXES; i++)
            mirrored.fixes[i].at.lat_e7 = -w.fixes[i].at.lat_e7;
        build(&w, &f, &walk);
        build(&mirrored, &g, &mirrored_walk);
        /* A point on a boundary lies north of it in both: steps at one instant may differ. */
        assert_same_steps(&walk, &mirrored_walk, 200);
        ovf_walk_deinit(&walk);
        ovf_walk_deinit(&mirrored_walk);
        fixture_end(&f);
        fixture_end(&g);
    }
}

static void a_ring_reversed_or_restarted_is_the_same_ring(void **state)
{
    (void)state;
    uint64_t seed = 63;
    for (int k = 0; k < n_worlds(); k++) {
        struct fixture f;
        struct fixture g;
        struct ovf_walk walk = {0};
        struct ovf_walk other_walk = {0};
        const struct world w = random_world(&seed);
        struct world other = w;
        for (int r = 0; r < N_RINGS; r++) {
            const int start = (int)random_below(&seed, N_VERTICES);
            const bool back = random_below(&seed, 2) == 0;
            for (int i = 0; i < N_VERTICES; i++)
                other.rings[r][i] = w.rings[r][(start + (back ? N_VERTICES - i : i)) % N_VERTICES];
        }
        build(&w, &f, &walk);
        build(&other, &g, &other_walk);
        assert_int_equal(f.bytes.len, g.bytes.len);
        assert_memory_equal(f.bytes.data, g.bytes.data, f.bytes.len);
        assert_equal_steps(&walk, &other_walk, 0);
        ovf_walk_deinit(&walk);
        ovf_walk_deinit(&other_walk);
        fixture_end(&f);
        fixture_end(&g);
    }
}

static void a_segment_split_on_its_geodesic_is_the_same_way(void **state)
{
    (void)state;
    uint64_t seed = 64;
    for (int k = 0; k < n_worlds(); k++) {
        struct fixture f;
        struct ovf_walk walk = {0};
        struct ovf_walk split_walk = {0};
        struct ovf_fix split[2 * N_FIXES];
        size_t n = 0;
        const struct world w = random_world(&seed);
        build(&w, &f, &walk);
        for (int i = 0; i < N_FIXES; i++) {
            split[n++] = w.fixes[i];
            if (i + 1 == N_FIXES)
                break;
            double lat_deg;
            double lon_deg;
            const double share = random_in(&seed, 0.01, 0.99);
            const struct ovf_geodesic line = ovf_geodesic_between(w.fixes[i].at, w.fixes[i + 1].at);
            ovf_geodesic_at(&line, share, &lat_deg, &lon_deg);
            split[n++] = fix_deg(100.0 * (i + share), lat_deg, lon_deg);
        }
        walk_fixes(&f.layer, split, n, 100, &split_walk);
        assert_same_steps(&walk, &split_walk, 200);
        ovf_walk_deinit(&walk);
        ovf_walk_deinit(&split_walk);
        fixture_end(&f);
    }
}

static void time_reversed_swaps_entry_and_exit(void **state)
{
    (void)state;
    uint64_t seed = 65;
    for (int k = 0; k < n_worlds(); k++) {
        struct fixture f;
        struct ovf_walk walk = {0};
        struct ovf_walk back_walk = {0};
        struct ovf_fix back[N_FIXES];
        const struct world w = random_world(&seed);
        build(&w, &f, &walk);
        for (int i = 0; i < N_FIXES; i++)
            back[i] = fix_at(100.0 * i, w.fixes[N_FIXES - 1 - i].at);
        walk_fixes(&f.layer, back, N_FIXES, 100, &back_walk);
        const size_t n = walk.steps.n;
        assert_int_equal(back_walk.steps.n, n);
        for (size_t i = 1; i + 1 < n; i++) {
            const struct ovf_step *x = &walk.steps.items[i];
            const struct ovf_step *y = &back_walk.steps.items[n - 1 - i];
            /* The set before one is the set after the other; the pieces are the same. */
            assert_true(ovf_members_equal(&walk.steps.items[i - 1].members, &y->members));
            assert_near((double)(x->t_ns + y->t_ns), 100e9 * (N_FIXES - 1), 1e5);
        }
        ovf_walk_deinit(&walk);
        ovf_walk_deinit(&back_walk);
        fixture_end(&f);
    }
}

int main(void)
{
    print_message("seeds 61 to 65\n");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crossings_turn_with_a_rotation_in_longitude),
        cmocka_unit_test(crossings_mirror_with_the_hemispheres),
        cmocka_unit_test(a_ring_reversed_or_restarted_is_the_same_ring),
        cmocka_unit_test(a_segment_split_on_its_geodesic_is_the_same_way),
        cmocka_unit_test(time_reversed_swaps_entry_and_exit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
