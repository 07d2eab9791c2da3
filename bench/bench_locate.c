/* SPDX-License-Identifier: Apache-2.0 */
/* Who owns a point, and all crossings between points, against the peers' point joins:
 *
 *   bench_locate PACK FILE.tar ROUNDS POINTS [MAP.geojson]
 *
 * The points are the first of the traces in the tar, in the order of their tracks. Each round takes a
 * sample of every contestant over all of them, in turn. With MAP.geojson the polygons that the peers get are
 * written there, for others, and nothing is measured. The crossings are the whole walk, with the time
 * and place of each; peers only say who owns the fixes. */
#include "bench.h"
#include "peer.h"

#include "airspace/edition.h"
#include "airspace/walk.h"
#include "base/buffer.h"
#include "base/time.h"
#include "geo/rings.h"
#include "question/pack_file.h"
#include "read/trace.h"
#include "source/inflate.h"
#include "source/mapped.h"

enum { ROUNDS_MAX = 99, POINTS_MAX = 20000000 };

static const char program[] = "bench_locate";

struct track {
    size_t first;
    size_t last;
};

struct bench {
    struct ovf_pack_file pack;
    struct ovf_edition edition;
    struct ovf_fixes fixes; /* of all tracks */
    size_t max_points;
    struct track *tracks;
    size_t n_tracks;
    struct ovf_point *at;      /* of the fixes, beside each other as the peers have theirs */
    struct peer_place *points; /* the same for them */
    struct peer_place *places; /* of the map */
    struct peer_ring *rings;
    struct peer_map map;
    struct ovf_walk walk;
    uint32_t *owners;
    uint32_t *shuffled; /* numbers of fixes in no order */
    void *geos;
    void *s2;
    size_t n_crossings;
};

static void must(enum ovf_status st, const char *what)
{
    if (st != OVF_OK)
        bench_die(program, what);
}

static void *room_for(size_t n, size_t item_bytes)
{
    void *const room = calloc(n + 1, item_bytes);
    if (room == NULL)
        bench_die(program, "out of memory");
    return room;
}

/* ---- what is measured with ---- */

static void add_track(struct bench *b, const struct ovf_trace *trace)
{
    const size_t first = b->fixes.n;
    for (size_t i = 0; i < trace->fixes.n && b->fixes.n < b->max_points; i++)
        must(ovf_fixes_push(&b->fixes, &trace->fixes.items[i]), "out of memory");
    if (b->fixes.n > first)
        b->tracks[b->n_tracks++] = (struct track){first, b->fixes.n - 1};
}

static void load_fixes(struct bench *b, const char *path)
{
    struct ovf_mapped tar = {0};
    struct ovf_inflate *inflate = NULL;
    struct ovf_buffer text = {0};
    struct ovf_trace trace = {0};
    struct bench_member member;
    enum ovf_reject reject;
    must(ovf_mapped_open(path, &tar, NULL), "the tar cannot be read");
    must(ovf_inflate_new(&inflate), "out of memory");
    b->tracks = room_for(tar.bytes.len / 1024, sizeof *b->tracks);
    for (size_t at = 0; b->fixes.n < b->max_points &&
                        bench_tar_next(tar.bytes.data, tar.bytes.len, &at, &member);) {
        const struct ovf_bytes stored = {member.data, member.len};
        must(ovf_inflate_all(inflate, stored, OVF_INFLATE_UNLIMITED, &text, &reject, NULL),
             "out of memory");
        must(ovf_trace_read(ovf_buffer_bytes(&text), 0, &trace, &reject, NULL), "out of memory");
        add_track(b, &trace);
    }
    ovf_trace_deinit(&trace);
    ovf_buffer_deinit(&text);
    ovf_inflate_free(inflate);
    ovf_mapped_close(&tar);
    if (b->fixes.n == 0)
        bench_die(program, "no fixes in the tar");
}

static void add_polygons(struct bench *b, const struct ovf_polygons *polygons, uint32_t owner,
                         size_t *n_places)
{
    struct peer_place *const places =
        realloc(b->places, (*n_places + polygons->n_points + 1) * sizeof *places);
    struct peer_ring *const rings =
        realloc(b->rings, (b->map.n_rings + polygons->n_rings + 1) * sizeof *rings);
    if (places == NULL || rings == NULL)
        bench_die(program, "out of memory");
    b->places = places;
    b->rings = rings;
    for (size_t i = 0; i < polygons->n_rings; i++) {
        const struct ovf_polygon_ring *const ring = &polygons->rings[i];
        rings[b->map.n_rings++] =
            (struct peer_ring){*n_places + ring->first, ring->n_points, owner, ring->is_hole};
    }
    for (size_t i = 0; i < polygons->n_points; i++) {
        const struct ovf_map_point at = polygons->points[i];
        places[(*n_places)++] = (struct peer_place){at.lat_e7 / 1e7, at.lon_e7 / 1e7};
    }
}

static void open_pack(struct bench *b, const char *path)
{
    must(ovf_pack_file_open(path, &b->pack, NULL), "the pack cannot be read");
    must(ovf_edition_from_pack(&b->pack.pack, &b->edition), "out of memory");
}

static void load_map(struct bench *b)
{
    struct ovf_polygons polygons = {0};
    struct ovf_edges_by_set edges = {0};
    size_t n_places = 0;
    must(ovf_edges_by_set_make(&b->edition.index, &edges), "out of memory");
    for (uint32_t i = 0; i < b->edition.n_airspaces; i++) {
        must(ovf_polygons_of_one(&b->edition.index, &edges, i, &polygons), "no polygons");
        add_polygons(b, &polygons, i, &n_places);
    }
    b->map.places = b->places;
    b->map.rings = b->rings;
    ovf_edges_by_set_deinit(&edges);
    ovf_polygons_deinit(&polygons);
}

static void prepare(struct bench *b)
{
    uint64_t state = 1; /* Knuth's MMIX generator: any order does that is none */
    b->at = room_for(b->fixes.n, sizeof *b->at);
    b->points = room_for(b->fixes.n, sizeof *b->points);
    b->owners = room_for(b->fixes.n, sizeof *b->owners);
    b->shuffled = room_for(b->fixes.n, sizeof *b->shuffled);
    for (size_t i = 0; i < b->fixes.n; i++) {
        const struct ovf_point at = b->fixes.items[i].at;
        b->at[i] = at;
        b->points[i] = (struct peer_place){at.lat_e7 / 1e7, at.lon_e7 / 1e7};
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const size_t other = (size_t)(state >> 33) % (i + 1);
        b->shuffled[i] = b->shuffled[other];
        b->shuffled[other] = (uint32_t)i;
    }
#if defined(OVF_PEER_GEOS) || defined(OVF_PEER_S2)
    load_map(b);
#endif
#ifdef OVF_PEER_GEOS
    b->geos = peer_geos_new(&b->map, b->points, b->fixes.n);
    bench_note("geos", peer_geos_version());
#else
    bench_note("skipped", "GEOS");
#endif
#ifdef OVF_PEER_S2
    b->s2 = peer_s2_new(&b->map, b->points, b->fixes.n);
    bench_note("s2", peer_s2_version());
#else
    bench_note("skipped", "S2");
#endif
}

static void write_map(const struct bench *b, const char *path)
{
    FILE *const file = fopen(path, "wb");
    if (file == NULL)
        bench_die(program, "the map cannot be written");
    (void)fputs("{\"type\":\"FeatureCollection\",\"features\":[", file);
    for (size_t i = 0; i < b->map.n_rings; i++) {
        const struct peer_ring *const ring = &b->rings[i];
        if (!ring->is_hole)
            (void)fprintf(file,
                          "%s\n{\"type\":\"Feature\",\"properties\":{\"code\":\"%s\"},"
                          "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[",
                          i > 0 ? "]}}," : "", b->edition.airspaces[ring->owner].code);
        (void)fputs(ring->is_hole ? ",[" : "[", file);
        for (size_t k = 0; k < ring->n; k++)
            (void)fprintf(file, "%s[%.7f,%.7f]", k > 0 ? "," : "",
                          b->places[ring->first + k].lon_deg, b->places[ring->first + k].lat_deg);
        (void)fputs("]", file);
    }
    (void)fputs("]}}\n]}\n", file);
    if (fclose(file) != 0)
        bench_die(program, "the map cannot be written");
}

/* ---- contestants ---- */

/** The last owner, as the peers name it; ovf_members_next looks at each bit, which is not measured here. */
static uint32_t last_owner(const struct ovf_members *members)
{
    for (uint32_t i = OVF_MEMBERS_WORDS; i-- > 0;) {
        if (members->words[i] != 0)
            return i * 64 + 63 - (uint32_t)__builtin_clzll(members->words[i]);
    }
    return PEER_NOBODY;
}

/** One after the other, as they lie in a track. */
static void run_locate(struct bench *b)
{
    struct ovf_locator locator = {.index = &b->edition.index};
    uint32_t owner = PEER_NOBODY;
    for (size_t i = 0; i < b->fixes.n; i++) {
        if (ovf_locator_go(&locator, b->at[i]))
            owner = last_owner(&locator.members);
        b->owners[i] = owner;
    }
}

/** Each by itself. */
static void run_locate_each(struct bench *b)
{
    struct ovf_members members;
    for (size_t i = 0; i < b->fixes.n; i++) {
        ovf_index_locate(&b->edition.index, b->at[i], &members);
        b->owners[i] = last_owner(&members);
    }
}

static void run_locate_shuffled(struct bench *b)
{
    struct ovf_members members;
    for (size_t i = 0; i < b->fixes.n; i++) {
        ovf_index_locate(&b->edition.index, b->at[b->shuffled[i]], &members);
        b->owners[b->shuffled[i]] = last_owner(&members);
    }
}

static void run_cross(struct bench *b)
{
    const struct ovf_layer layer = {.index = &b->edition.index};
    const struct ovf_walk_options options = {.max_gap_ns = 60 * OVF_NS_PER_S};
    b->n_crossings = 0;
    for (size_t i = 0; i < b->n_tracks; i++) {
        must(ovf_walk_leg(&layer, b->fixes.items, b->tracks[i].first, b->tracks[i].last, &options,
                          &b->walk),
             "out of memory");
        for (size_t k = 0; k < b->walk.steps.n; k++)
            b->n_crossings += b->walk.steps.items[k].kind == OVF_STEP_CROSS;
    }
}

#ifdef OVF_PEER_GEOS
static void run_geos(struct bench *b)
{
    peer_geos_locate(b->geos, b->owners);
}
#endif

#ifdef OVF_PEER_S2
static void run_s2(struct bench *b)
{
    peer_s2_locate(b->s2, b->owners);
}
#endif

static const struct {
    const char *name;
    void (*run)(struct bench *b);
    int names_owners;
} contestants[] = {
    {"locate", run_locate, 1},
    {"locate_each", run_locate_each, 1},
    {"locate_shuffled", run_locate_shuffled, 1},
    {"cross", run_cross, 0},
#ifdef OVF_PEER_GEOS
    {"geos", run_geos, 1},
#endif
#ifdef OVF_PEER_S2
    {"s2", run_s2, 1},
#endif
};

enum { N_CONTESTANTS = sizeof contestants / sizeof contestants[0] };

/** How many points two contestants do not agree on: polygons with straight lines in degrees are not
 * those with geodesics, and where two states claim a place one of them is named. */
static void tell_difference(const struct bench *b, const uint32_t *ours, const char *name)
{
    char text[96];
    size_t n = 0;
    for (size_t i = 0; i < b->fixes.n; i++)
        n += ours[i] != b->owners[i];
    (void)snprintf(text, sizeof text, "%s %zu of %zu", name, n, b->fixes.n);
    bench_note("differs", text);
}

static void measure(struct bench *b, size_t n_rounds)
{
    char text[32];
    uint32_t *const ours = room_for(b->fixes.n, sizeof *ours);
    for (size_t k = 0; k < N_CONTESTANTS; k++) {
        contestants[k].run(b);
        if (k == 0)
            memcpy(ours, b->owners, b->fixes.n * sizeof *ours);
        else if (contestants[k].names_owners)
            tell_difference(b, ours, contestants[k].name);
    }
    for (size_t round = 0; round < n_rounds; round++) {
        for (size_t k = 0; k < N_CONTESTANTS; k++)
            bench_measure(contestants[k].name, contestants[k].run, b, b->fixes.n);
    }
    (void)snprintf(text, sizeof text, "%zu", b->n_crossings);
    bench_note("crossings", text);
    free(ours);
}

int main(int argc, char **argv)
{
    static struct bench b;
    if (argc != 5 && argc != 6)
        bench_die(program, "PACK FILE.tar ROUNDS POINTS [MAP.geojson] are due");
    const size_t n_rounds = bench_count(program, argv[3], ROUNDS_MAX);
    b.max_points = bench_count(program, argv[4], POINTS_MAX);
    open_pack(&b, argv[1]);
    if (argc == 6) {
        load_map(&b);
        write_map(&b, argv[5]);
    } else {
        load_fixes(&b, argv[2]);
        prepare(&b);
        measure(&b, n_rounds);
    }
#ifdef OVF_PEER_GEOS
    if (b.geos != NULL)
        peer_geos_free(b.geos);
#endif
#ifdef OVF_PEER_S2
    if (b.s2 != NULL)
        peer_s2_free(b.s2);
#endif
    ovf_walk_deinit(&b.walk);
    ovf_fixes_deinit(&b.fixes);
    ovf_edition_deinit(&b.edition);
    ovf_pack_file_close(&b.pack);
    free(b.tracks);
    free(b.at);
    free(b.points);
    free(b.places);
    free(b.rings);
    free(b.owners);
    free(b.shuffled);
    return 0;
}
