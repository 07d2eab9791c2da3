/* SPDX-License-Identifier: Apache-2.0 */
/* The geometry alone, without files: who owns a place, and all crossings, of made tracks.
 *
 *   bench_geo PACK [ROUNDS [TRACKS]]
 *
 * A track is a geodesic between two places drawn at random between 70 degrees north and 45 south, as long
 * as flights are (300 to 9,000 km), flown at 240 m/s with a fix every ten seconds. Each round takes a
 * sample of every contestant, in turn, over all fixes or as many places. `near` is 0.2 degree about vertices
 * of the map, where a place is dearest. */
#include "bench.h"
#include "bench_draw.h"

#include <math.h>

#include "airspace/edition.h"
#include "airspace/walk.h"
#include "base/time.h"
#include "geo/geodesic.h"
#include "question/pack_file.h"

enum { ROUNDS_MAX = 99, TRACKS_MAX = 20000 };

static const char program[] = "bench_geo";

struct bench {
    struct ovf_pack_file pack;
    struct ovf_edition edition;
    struct ovf_fixes fixes; /* of all tracks */
    size_t *ends;           /* one past the last fix of each track */
    size_t n_tracks;
    struct ovf_point *places; /* of the fixes, as the peers of bench_locate have theirs */
    struct ovf_point *random; /* as many as fixes: on all the globe */
    struct ovf_point *near;
    struct ovf_walk walk;
    size_t n_crossings;
    uint64_t sum; /* so that nothing is left out */
};

static void must(enum ovf_status st, const char *what)
{
    if (st != OVF_OK)
        bench_die(program, what);
}

static void add_track(struct bench *b, uint64_t *state)
{
    static const double step_m = 2400;
    struct ovf_geodesic line = {.length_m = 0};
    while (!(line.length_m > 300e3 && line.length_m < 9000e3)) {
        const struct ovf_point from =
            bench_point_at(bench_draw(state, -45, 70), bench_draw(state, -180, 180));
        const struct ovf_point to =
            bench_point_at(bench_draw(state, -45, 70), bench_draw(state, -180, 180));
        line = ovf_geodesic_between(from, to);
    }
    const size_t n = (size_t)(line.length_m / step_m);
    for (size_t i = 0; i < n; i++) {
        double lat_deg;
        double lon_deg;
        ovf_geodesic_at(&line, (double)i / (double)n, &lat_deg, &lon_deg);
        const struct ovf_fix fix = {.t_ns = (int64_t)i * 10 * OVF_NS_PER_S,
                                    .at = bench_point_at(lat_deg, lon_deg),
                                    .grade = OVF_GRADE_B};
        must(ovf_fixes_push(&b->fixes, &fix), "out of memory");
    }
    b->ends[b->n_tracks++] = b->fixes.n;
}

static void make_places(struct bench *b, uint64_t *state)
{
    b->places = calloc(b->fixes.n, sizeof *b->places);
    b->random = calloc(b->fixes.n, sizeof *b->random);
    b->near = calloc(b->fixes.n, sizeof *b->near);
    if (b->places == NULL || b->random == NULL || b->near == NULL)
        bench_die(program, "out of memory");
    for (size_t i = 0; i < b->fixes.n; i++) {
        const double lat_deg = asin(bench_draw(state, -1, 1)) * 57.29577951308232;
        b->places[i] = b->fixes.items[i].at;
        b->random[i] = bench_point_at(lat_deg, bench_draw(state, -180, 180));
        const uint32_t number = (uint32_t)bench_draw(state, 0, b->edition.index.n_edges);
        const struct ovf_point at = ovf_index_edge(&b->edition.index, number).a;
        b->near[i] = bench_point_at(fmin(89, at.lat_e7 / 1e7 + bench_draw(state, -.2, .2)),
                                    at.lon_e7 / 1e7 + bench_draw(state, -.2, .2));
    }
}

static void locate(struct bench *b, struct ovf_point at)
{
    struct ovf_members members;
    ovf_index_locate(&b->edition.index, at, &members);
    b->sum += members.words[0] ^ members.words[1] ^ members.words[2] ^ members.words[3];
}

static void run_tracks(struct bench *b)
{
    for (size_t i = 0; i < b->fixes.n; i++)
        locate(b, b->places[i]);
}

static void run_random(struct bench *b)
{
    for (size_t i = 0; i < b->fixes.n; i++)
        locate(b, b->random[i]);
}

static void run_near(struct bench *b)
{
    for (size_t i = 0; i < b->fixes.n; i++)
        locate(b, b->near[i]);
}

static void run_cross(struct bench *b)
{
    const struct ovf_layer layer = {.index = &b->edition.index};
    const struct ovf_walk_options options = {.max_gap_ns = 60 * OVF_NS_PER_S};
    size_t first = 0;
    b->n_crossings = 0;
    for (size_t i = 0; i < b->n_tracks; i++) {
        must(ovf_walk_leg(&layer, b->fixes.items, first, b->ends[i] - 1, &options, &b->walk),
             "out of memory");
        b->n_crossings += b->walk.steps.n - 2;
        first = b->ends[i];
    }
}

static const struct {
    const char *name;
    void (*run)(struct bench *b);
} contestants[] = {{"geo_locate_track", run_tracks},
                   {"geo_locate_random", run_random},
                   {"geo_locate_near", run_near},
                   {"geo_cross", run_cross}};

enum { N_CONTESTANTS = sizeof contestants / sizeof contestants[0] };

int main(int argc, char **argv)
{
    static struct bench b;
    uint64_t state = 1;
    char text[32];
    if (argc < 2 || argc > 4)
        bench_die(program, "PACK [ROUNDS [TRACKS]] are due");
    const size_t n_rounds = argc > 2 ? bench_count(program, argv[2], ROUNDS_MAX) : 5;
    const size_t n_tracks = argc > 3 ? bench_count(program, argv[3], TRACKS_MAX) : 500;
    must(ovf_pack_file_open(argv[1], &b.pack, NULL), "the pack cannot be read");
    must(ovf_edition_from_pack(&b.pack.pack, &b.edition), "out of memory");
    b.ends = calloc(n_tracks, sizeof *b.ends);
    if (b.ends == NULL)
        bench_die(program, "out of memory");
    while (b.n_tracks < n_tracks)
        add_track(&b, &state);
    make_places(&b, &state);
    for (size_t k = 0; k < N_CONTESTANTS; k++)
        contestants[k].run(&b);
    (void)snprintf(text, sizeof text, "%zu", b.n_crossings);
    bench_note("crossings", text);
    (void)snprintf(text, sizeof text, "%016llx", (unsigned long long)b.sum);
    bench_note("sum", text);
    for (size_t round = 0; round < n_rounds; round++) {
        for (size_t k = 0; k < N_CONTESTANTS; k++)
            bench_measure(contestants[k].name, contestants[k].run, &b, b.fixes.n);
    }
    ovf_walk_deinit(&b.walk);
    ovf_fixes_deinit(&b.fixes);
    ovf_edition_deinit(&b.edition);
    ovf_pack_file_close(&b.pack);
    free(b.ends);
    free(b.places);
    free(b.random);
    free(b.near);
    return 0;
}
