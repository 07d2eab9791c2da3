/* SPDX-License-Identifier: Apache-2.0 */
/* The pack against the map that it was made from: plain ray casting in doubles over the raw rings,
 * which shares no code with the index (jansson reads the map, PROJ bends its edges). Where the two
 * disagree the place must lie within half a metre of an edge: 0.1 m are the pack's (OVF_CHORD_M),
 * the rest is that this test cuts geodesics into pieces of 2 km, which bulge by 0.08 m times the tangent
 * of the latitude. */
#include "test.h"

#include <geodesic.h>
#include <jansson.h>

#include "airspace/edition.h"
#include "question/pack_file.h"

enum { N_BANDS = 720, MAX_FEATURES = 256 };

static const double piece_m = 2000;
static const double agree_m = 0.5;

struct piece {
    double lat1, lon1, lat2, lon2;
    int feature;
};

struct band {
    struct piece *items;
    size_t n, capacity;
};

static struct {
    struct band bands[N_BANDS];
    char codes[MAX_FEATURES][4];
    int n_features;
    struct geod_geodesic ellipsoid;
    struct ovf_pack_file file;
    struct ovf_edition edition;
    struct ovf_point *vertices; /* some, to look near */
    size_t n_vertices;
    uint64_t random;
} world;

static int band_of(double lat)
{
    const int band = (int)((lat + 90) / 180 * N_BANDS);
    return band < 0 ? 0 : band >= N_BANDS ? N_BANDS - 1 : band;
}

static void add_piece(struct piece piece)
{
    const int a = band_of(piece.lat1);
    const int b = band_of(piece.lat2);
    for (int i = a < b ? a : b; i <= (a < b ? b : a); i++) {
        struct band *const band = &world.bands[i];
        if (band->n == band->capacity) {
            band->capacity = band->capacity * 2 + 256;
            band->items = realloc(band->items, band->capacity * sizeof *band->items);
            assert_non_null(band->items);
        }
        band->items[band->n++] = piece;
    }
}

/** Along the geodesic, in the plane: a longitude of the other sign at 180 is brought back. */
static void add_edge(double lat1, double lon1, double lat2, double lon2, int feature)
{
    struct geod_geodesicline line;
    double s12 = 0;
    double azimuth1;
    double azimuth2;
    int n = 1;
    if (fabs(lat1 - lat2) > 1e-9 && fabs(lon1 - lon2) > 1e-9 &&
        (fabs(lat1 - lat2) > 0.01 || fabs(lon1 - lon2) > 0.01)) {
        geod_inverse(&world.ellipsoid, lat1, lon1, lat2, lon2, &s12, &azimuth1, &azimuth2);
        n = (int)(s12 / piece_m) + 1;
    }
    if (n > 1)
        geod_inverseline(&line, &world.ellipsoid, lat1, lon1, lat2, lon2, GEOD_ALL);
    double lat = lat1;
    double lon = lon1;
    for (int i = 1; i <= n; i++) {
        double next_lat = lat2;
        double next_lon = lon2;
        if (i < n) {
            geod_position(&line, s12 * i / n, &next_lat, &next_lon, NULL);
            if (next_lon - lon > 180)
                next_lon -= 360;
            if (next_lon - lon < -180)
                next_lon += 360;
        }
        add_piece((struct piece){lat, lon, next_lat, next_lon, feature});
        lat = next_lat;
        lon = next_lon;
    }
}

static void add_ring(const json_t *ring, int feature)
{
    for (size_t i = 1; i < json_array_size(ring); i++) {
        const json_t *const a = json_array_get(ring, i - 1);
        const json_t *const b = json_array_get(ring, i);
        const double lat = json_number_value(json_array_get(b, 1));
        const double lon = json_number_value(json_array_get(b, 0));
        add_edge(json_number_value(json_array_get(a, 1)), json_number_value(json_array_get(a, 0)),
                 lat, lon, feature);
        if (i % 97 == 1)
            world.vertices[world.n_vertices++] =
                (struct ovf_point){(int32_t)lround(lat * 1e7), ovf_lon_wrap(llround(lon * 1e7))};
    }
}

static void add_feature(const json_t *feature, int number)
{
    const json_t *const geometry = json_object_get(feature, "geometry");
    const json_t *const coordinates = json_object_get(geometry, "coordinates");
    const bool many =
        strcmp(json_string_value(json_object_get(geometry, "type")), "MultiPolygon") == 0;
    snprintf(world.codes[number], sizeof world.codes[number], "%s",
             json_string_value(json_object_get(json_object_get(feature, "properties"), "A3")));
    for (size_t p = 0; p < (many ? json_array_size(coordinates) : 1); p++) {
        const json_t *const polygon = many ? json_array_get(coordinates, p) : coordinates;
        for (size_t r = 0; r < json_array_size(polygon); r++)
            add_ring(json_array_get(polygon, r), number);
    }
}

static int load(void **state)
{
    json_error_t error;
    (void)state;
    const char *const path =
        ovf_test_source("node_modules/@geo-maps/countries-maritime-10m/map.geo.json");
    if (access(path, R_OK) != 0 || access(OVF_BUILD_PACK, R_OK) != 0 || OVF_SANITIZED)
        return 0; /* each test skips */
    geod_init(&world.ellipsoid, 6378137.0, 1 / 298.257223563);
    json_t *const map = json_load_file(path, 0, &error);
    const json_t *const features = json_object_get(map, "features");
    world.n_features = (int)json_array_size(features);
    world.vertices = calloc(100000, sizeof *world.vertices);
    if (map == NULL || world.n_features > MAX_FEATURES || world.vertices == NULL)
        return -1;
    for (int i = 0; i < world.n_features; i++)
        add_feature(json_array_get(features, (size_t)i), i);
    json_decref(map);
    if (ovf_pack_file_open(OVF_BUILD_PACK, &world.file, NULL) != OVF_OK)
        return -1;
    return ovf_edition_from_pack(&world.file.pack, &world.edition) == OVF_OK ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    ovf_edition_deinit(&world.edition);
    ovf_pack_file_close(&world.file);
    for (int i = 0; i < N_BANDS; i++)
        free(world.bands[i].items);
    free(world.vertices);
    return 0;
}

/** Odd numbers of edges east of the place. */
static void cast_ray(double lat, double lon, bool inside[MAX_FEATURES])
{
    const struct band *const band = &world.bands[band_of(lat)];
    memset(inside, 0, MAX_FEATURES * sizeof *inside);
    for (size_t i = 0; i < band->n; i++) {
        const struct piece *const p = &band->items[i];
        if ((p->lat1 > lat) == (p->lat2 > lat))
            continue;
        if (p->lon1 + (lat - p->lat1) / (p->lat2 - p->lat1) * (p->lon2 - p->lon1) > lon)
            inside[p->feature] = !inside[p->feature];
    }
}

/** Metres to the nearest edge of the map of those in this band and its neighbours. */
static double distance_m(double lat, double lon)
{
    const double scale = cos(lat * 0.017453292519943295);
    double best = 1e9;
    const int middle = band_of(lat);
    for (int b = middle > 0 ? middle - 1 : 0; b <= middle + 1 && b < N_BANDS; b++) {
        for (size_t i = 0; i < world.bands[b].n; i++) {
            const struct piece *const p = &world.bands[b].items[i];
            const double ax = (p->lon1 - lon) * scale;
            const double ay = p->lat1 - lat;
            const double ex = (p->lon2 - p->lon1) * scale;
            const double ey = p->lat2 - p->lat1;
            const double length2 = ex * ex + ey * ey;
            double t = length2 > 0 ? -(ax * ex + ay * ey) / length2 : 0;
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            best = fmin(best, hypot(ax + t * ex, ay + t * ey));
        }
    }
    return best * 111320;
}

static double uniform(void)
{
    world.random = world.random * 6364136223846793005u + 1442695040888963407u;
    return (double)(world.random >> 11) / 9007199254740992.0;
}

/** False when the two disagree on a place that is clear of every edge. */
static bool agrees(struct ovf_point at, size_t *n_differ)
{
    bool inside[MAX_FEATURES];
    struct ovf_members members;
    const double lat = ovf_deg_from_e7(at.lat_e7);
    const double lon = ovf_deg_from_e7(at.lon_e7);
    bool same = true;
    cast_ray(lat, lon, inside);
    ovf_index_locate(&world.edition.index, at, &members);
    for (int f = 0; f < world.n_features; f++) {
        const struct ovf_edition *const editions[] = {&world.edition};
        struct ovf_airspace_ref ref;
        static uint32_t owners[MAX_FEATURES];
        if (owners[f] == 0) {
            assert_int_equal(ovf_airspace_find(editions, 1, world.codes[f], &ref, NULL), OVF_OK);
            owners[f] = ref.airspace + 1;
        }
        same = same && inside[f] == ovf_members_has(&members, owners[f] - 1);
    }
    if (same)
        return true;
    ++*n_differ;
    const double off_m = distance_m(lat, lon);
    if (off_m > agree_m)
        print_error("%.7f %.7f: differs %.3f m from the nearest edge\n", lat, lon, off_m);
    return off_m <= agree_m;
}

static void need_world(void)
{
    if (world.n_features == 0) {
        print_message("skipped: no map, no pack, or sanitizers\n");
        skip();
    }
}

static void test_places_all_over_the_world_belong_where_the_map_says(void **state)
{
    size_t n_wrong = 0;
    size_t n_differ = 0;
    (void)state;
    need_world();
    world.random = 20120701;
    for (int i = 0; i < 100000; i++) {
        /* The map ends at 85.05 S; the pack does not. Its cuts stand within 3 m of 180. */
        const struct ovf_point at = {(int32_t)((-85 + uniform() * 175) * 1e7),
                                     (int32_t)((-179.9999 + uniform() * 359.9998) * 1e7)};
        n_wrong += agrees(at, &n_differ) ? 0 : 1;
    }
    print_message("100000 places, %zu differ beside an edge\n", n_differ);
    assert_int_equal(n_wrong, 0);
}

static void test_places_near_borders_belong_where_the_map_says(void **state)
{
    size_t n_wrong = 0;
    size_t n_differ = 0;
    size_t n = 0;
    (void)state;
    need_world();
    world.random = 20120702;
    for (size_t i = 0; i < world.n_vertices; i++) {
        const struct ovf_point v = world.vertices[i];
        if (labs(v.lon_e7) > 1799990000 || labs(v.lat_e7) > 800000000)
            continue;
        /* within about 50 m */
        const struct ovf_point at = {v.lat_e7 + (int32_t)((uniform() - 0.5) * 9000),
                                     v.lon_e7 + (int32_t)((uniform() - 0.5) * 9000)};
        n++;
        n_wrong += agrees(at, &n_differ) ? 0 : 1;
    }
    print_message("%zu places, %zu differ beside an edge\n", n, n_differ);
    assert_true(n > 10000);
    assert_int_equal(n_wrong, 0);
}

static bool holds(double lat, double lon, const char *code)
{
    const struct ovf_edition *const editions[] = {&world.edition};
    struct ovf_airspace_ref ref;
    struct ovf_members members;
    assert_int_equal(ovf_airspace_find(editions, 1, code, &ref, NULL), OVF_OK);
    ovf_index_locate(
        &world.edition.index,
        (struct ovf_point){(int32_t)lround(lat * 1e7), ovf_lon_wrap(llround(lon * 1e7))}, &members);
    return ovf_members_has(&members, ref.airspace);
}

/* From any atlas. */
static void test_cuts_and_overlaps_of_the_map_are_what_the_world_is(void **state)
{
    (void)state;
    need_world();
    assert_true(holds(33.3, 44.4, "IQ")); /* Baghdad */
    assert_true(holds(66.5, 180, "RU"));  /* Chukotka, on the antimeridian */
    assert_true(holds(66.5, 179.9999999, "RU"));
    assert_true(holds(66.5, -179.9999999, "RU"));
    assert_true(holds(-90, 0, "AQ")); /* south of the cut at 85.05 S */
    assert_true(holds(-86, 179.99999, "AQ"));
    assert_true(holds(45, 34.5, "UA") && holds(45, 34.5, "RU")); /* Crimea, both */
    assert_true(holds(24, -14, "EH") && holds(24, -14, "MA"));   /* Western Sahara */
    assert_true(holds(22.35, 114.15, "HK") && holds(22.35, 114.15, "CN"));
    assert_true(holds(41.9022, 12.4533, "VA") && !holds(41.9022, 12.4533, "IT")); /* enclaves */
    assert_true(holds(-29.5, 28.2, "LS") && !holds(-29.5, 28.2, "ZA"));
    assert_false(holds(90, 0, "RU"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places_all_over_the_world_belong_where_the_map_says),
        cmocka_unit_test(test_places_near_borders_belong_where_the_map_says),
        cmocka_unit_test(test_cuts_and_overlaps_of_the_map_are_what_the_world_is),
    };
    return cmocka_run_group_tests_name("pack_locate", tests, load, unload);
}
