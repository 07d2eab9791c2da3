/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates of not entering against the way as flown, along the real boundaries of the pack: who has one was
 * never inside, and never nearer to a corner of the boundary than it says. The way is made of geodesics (PROJ);
 * in a gap it goes aside as fast as it may. Distances are straight lines through the ellipsoid, shorter than the
 * geodesic by 1e-5 at 100 km at the most. */
#include "test.h"

#include <geodesic.h>
#include <stdlib.h>

#include "airspace/edition.h"
#include "base/time.h"
#include "engine/certificate.h"
#include "question/pack_file.h"
#include "simulate/random.h"

enum { SEED = 20251128, N_LEGS = OVF_SANITIZED ? 12 : 400, N_FIXES_MAX = 400, N_PLACES_MAX = 4000 };

static const double step_m = 500; /* between places that are looked at */
static const double fix_s = 20;
static const double cruise_mps = 231; /* 450 kt */

struct place {
    double x, y, z;
};

static struct {
    struct ovf_pack_file file;
    struct ovf_edition edition;
    struct geod_geodesic ellipsoid;
    struct ovf_reach reach;
    struct place *corners; /* of the edges */
} world;

/** The way of one leg, as flown and as heard. */
struct flown {
    struct place places[N_PLACES_MAX];
    struct ovf_point points[N_PLACES_MAX];
    int n_places;
    struct ovf_fix fixes[N_FIXES_MAX];
    size_t n_fixes;
};

/** Geocentric, metres. */
static struct place place_of(struct ovf_point at)
{
    const double rad = 3.14159265358979323846 / 180;
    const double lat = ovf_deg_from_e7(at.lat_e7) * rad;
    const double lon = ovf_deg_from_e7(at.lon_e7) * rad;
    const double e2 = 0.00669437999014132;
    const double n = 6378137 / sqrt(1 - e2 * sin(lat) * sin(lat));
    return (struct place){n * cos(lat) * cos(lon), n * cos(lat) * sin(lon),
                          n * (1 - e2) * sin(lat)};
}

static int load(void **state)
{
    (void)state;
    geod_init(&world.ellipsoid, 6378137, 1 / 298.257223563);
    if (ovf_pack_file_open(OVF_BUILD_PACK, &world.file, NULL) != OVF_OK)
        return 0; /* the test skips */
    if (ovf_edition_from_pack(&world.file.pack, &world.edition) != OVF_OK)
        return -1;
    const struct ovf_index *index = &world.edition.index;
    world.corners = malloc((index->n_edges + 1) * sizeof *world.corners);
    for (uint32_t e = 0; e < index->n_edges && world.corners != NULL; e++)
        world.corners[e] = place_of(ovf_index_edge(index, e).a);
    return world.corners != NULL ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    free(world.corners);
    ovf_reach_deinit(&world.reach);
    ovf_edition_deinit(&world.edition);
    ovf_pack_file_close(&world.file);
    return 0;
}

static double apart_m(struct place a, struct place b)
{
    return sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z));
}

static struct ovf_point moved(struct ovf_point from, double azimuth_deg, double way_m)
{
    double lat;
    double lon;
    geod_direct(&world.ellipsoid, ovf_deg_from_e7(from.lat_e7), ovf_deg_from_e7(from.lon_e7),
                azimuth_deg, way_m, &lat, &lon, NULL);
    return (struct ovf_point){(int32_t)(lat * 1e7), ovf_lon_wrap((int64_t)(lon * 1e7))};
}

/** Fly straight to \p to; \return how far that is */
static double fly_to(struct flown *f, struct ovf_point to)
{
    const struct ovf_point from = f->points[f->n_places - 1];
    double way_m;
    double azimuth_deg;
    geod_inverse(&world.ellipsoid, ovf_deg_from_e7(from.lat_e7), ovf_deg_from_e7(from.lon_e7),
                 ovf_deg_from_e7(to.lat_e7), ovf_deg_from_e7(to.lon_e7), &way_m, &azimuth_deg,
                 NULL);
    const int n = (int)(way_m / step_m) + 1;
    for (int i = 1; i <= n; i++) {
        assert_true(f->n_places < N_PLACES_MAX);
        f->points[f->n_places] = moved(from, azimuth_deg, way_m * i / n);
        f->places[f->n_places] = place_of(f->points[f->n_places]);
        f->n_places++;
    }
    return way_m;
}

static void hear(struct flown *f, double t_s, struct ovf_point at)
{
    assert_true(f->n_fixes < N_FIXES_MAX);
    f->fixes[f->n_fixes++] = (struct ovf_fix){.t_ns = (int64_t)(t_s * 1e9),
                                              .at = at,
                                              .radius_m = 186,
                                              .grade = OVF_GRADE_A,
                                              .source = OVF_SOURCE_ADSB};
}

/** Straight from \p at, heard all the way; \return when it ends */
static double cruise(struct flown *f, double t_s, double azimuth_deg, double way_m)
{
    const struct ovf_point from = f->points[f->n_places - 1];
    const int n = (int)(way_m / (cruise_mps * fix_s)) + 1;
    for (int i = 1; i <= n; i++) {
        const struct ovf_point at = moved(from, azimuth_deg, way_m * i / n);
        (void)fly_to(f, at);
        hear(f, t_s + way_m / cruise_mps * i / n, at);
    }
    return t_s + way_m / cruise_mps;
}

/** Passes a corner of some boundary at up to 90 km, with or without a gap in which it goes aside. */
static void draw(struct ovf_random *random, struct flown *f, bool with_gap)
{
    const struct ovf_index *index = &world.edition.index;
    const uint32_t edge = (uint32_t)ovf_random_below(random, index->n_edges);
    const double azimuth_deg = ovf_random_between(random, 0, 360);
    const double half_m = ovf_random_between(random, 1e5, 4e5);
    const double side_m = ovf_random_between(random, -9e4, 9e4);
    const struct ovf_point corner = ovf_index_edge(index, edge).a;
    const struct ovf_point beside = moved(corner, azimuth_deg + 90, side_m);
    f->points[0] = moved(beside, azimuth_deg + 180, half_m);
    f->places[0] = place_of(f->points[0]);
    f->n_places = 1;
    f->n_fixes = 0;
    hear(f, 0, f->points[0]);
    double t_s = cruise(f, 0, azimuth_deg, with_gap ? half_m * 0.9 : 2 * half_m);
    if (!with_gap)
        return;
    const double gap_s = ovf_random_between(random, 120, 900);
    const double way_m = gap_s * ovf_random_between(random, 180, 370); /* 720 kt: 370.4 m/s */
    const double direct_m = way_m * ovf_random_between(random, 0.5, 0.99);
    const double aside_m = sqrt(way_m * way_m - direct_m * direct_m) / 2;
    const struct ovf_point here = f->points[f->n_places - 1];
    const struct ovf_point middle = moved(here, azimuth_deg, direct_m / 2);
    const double flown_m =
        fly_to(f, moved(middle, azimuth_deg + (side_m > 0 ? -90 : 90), aside_m)) +
        fly_to(f, moved(here, azimuth_deg, direct_m));
    t_s += flown_m / way_m * gap_s;
    hear(f, t_s, f->points[f->n_places - 1]);
    (void)cruise(f, t_s, azimuth_deg, half_m);
}

/** How near it came to a corner of \p owner's boundary; at most \p limit_m is looked for. */
static double nearest_m(const struct flown *f, uint32_t owner, double limit_m)
{
    const struct ovf_index *index = &world.edition.index;
    const struct place middle = f->places[f->n_places / 2];
    double reach_m = 0;
    double least_m = limit_m;
    struct ovf_members members;
    for (int i = 0; i < f->n_places; i++)
        reach_m = fmax(reach_m, apart_m(middle, f->places[i]));
    for (uint32_t e = 0; e < index->n_edges; e++) {
        const struct place at = world.corners[e];
        if (apart_m(middle, at) > reach_m + least_m)
            continue;
        ovf_index_set(index, ovf_index_edge(index, e).set, &members);
        for (int i = 0; i < f->n_places && ovf_members_has(&members, owner); i++)
            least_m = fmin(least_m, apart_m(at, f->places[i]));
    }
    return least_m;
}

static bool is_inside_anywhere(const struct flown *f, uint32_t owner)
{
    struct ovf_members members;
    bool is = false;
    for (int i = 0; i < f->n_places && !is; i++) {
        ovf_index_locate(&world.edition.index, f->points[i], &members);
        is = ovf_members_has(&members, owner);
    }
    return is;
}

/** \return how many airspaces it has a certificate for */
static size_t check(const struct flown *f)
{
    const struct ovf_walk_options walk = {.max_gap_ns = 60 * OVF_NS_PER_S};
    const struct ovf_speed_limits limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S,
                                            false};
    const struct ovf_certificate_question question = {.index = &world.edition.index,
                                                      .accuracy_m = 500,
                                                      .limits = &limits,
                                                      .walk = &walk,
                                                      .fixes = f->fixes,
                                                      .first = 0,
                                                      .last = f->n_fixes - 1};
    const struct ovf_members near = ovf_certificate_candidates(&question);
    struct ovf_certificate got;
    size_t n = 0;
    for (uint32_t owner = ovf_members_next(&near, 0); owner < OVF_MEMBERS_MAX;
         owner = ovf_members_next(&near, owner + 1)) {
        assert_int_equal(ovf_certificate_find(&question, owner, &world.reach, &got), OVF_OK);
        if (!got.is_set)
            continue;
        n++;
        assert_false(is_inside_anywhere(f, owner));
        const double least_m = nearest_m(f, owner, got.distance_m + 1000);
        if (got.distance_m > least_m * (1 + 1e-5))
            fail_msg("%.0f m are certified, %.0f m were kept", got.distance_m, least_m);
    }
    return n;
}

static void who_has_a_certificate_was_never_inside_nor_nearer_than_it_says(void **state)
{
    (void)state;
    static struct flown f;
    size_t n[2] = {0, 0};
    if (world.edition.n_airspaces == 0) {
        print_message("skipped: no pack\n");
        skip();
    }
    for (uint64_t i = 0; i < N_LEGS; i++) {
        struct ovf_random random = ovf_random_stream(SEED, i, 0);
        const bool with_gap = i % 2 == 1;
        draw(&random, &f, with_gap);
        n[with_gap] += check(&f);
    }
    print_message("seed %d: %zu certificates, %zu over a gap\n", SEED, n[0] + n[1], n[1]);
    assert_true(n[0] > N_LEGS / 4 && n[1] > N_LEGS / 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_a_certificate_was_never_inside_nor_nearer_than_it_says),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
