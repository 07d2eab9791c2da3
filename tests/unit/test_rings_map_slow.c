/* SPDX-License-Identifier: Apache-2.0 */
/* Areas of states as polygons of the pack against areas of the map's own rings, both on the ellipsoid by
 * PROJ (Karney 2013). They may differ by 1e-6, by what the pack's straight chords leave out (0.1 m along
 * the boundary), and by the 3 m by which vertices at the map's cut are brought onto the antimeridian. */
#include "test.h"

#include <geodesic.h>
#include <string.h>

#include "geo/geodesic.h"
#include "pack/layout.h"
#include "polygons.h"
#include "shape/geojson.h"
#include "source/mapped.h"

static struct geod_geodesic ellipsoid;

static const double pi = 3.14159265358979323846;

/** The edge to \p b; along a parallel it is that parallel and no geodesic, so many points are put in. */
static void add_edge(struct geod_polygon *polygon, struct ovf_map_point a, struct ovf_map_point b)
{
    const double dlon = (b.lon_e7 - (double)a.lon_e7) * 1e-7;
    const int n = a.lat_e7 == b.lat_e7 ? (int)ceil(fabs(dlon) / 0.01) : 1;
    for (int i = 1; i <= n; i++)
        geod_polygon_addpoint(&ellipsoid, polygon, b.lat_e7 * 1e-7,
                              b.lon_e7 * 1e-7 - dlon * (n - i) / n);
}

static double pack_area(const struct ovf_polygons *p, double *perimeter_m)
{
    double area = 0;
    *perimeter_m = 0;
    for (size_t r = 0; r < p->n_rings; r++) {
        const struct ovf_map_point *const at = p->points + p->rings[r].first;
        struct geod_polygon polygon;
        double ring_m2;
        double ring_m;
        geod_polygon_init(&polygon, 0);
        for (size_t i = 0; i + 1 < p->rings[r].n_points; i++)
            add_edge(&polygon, at[i], at[i + 1]);
        geod_polygon_compute(&ellipsoid, &polygon, 0, 1, &ring_m2, &ring_m);
        area += ring_m2; /* holes run clockwise and count against */
        *perimeter_m += ring_m;
    }
    return area;
}

/** Vertex \p i of ring \p r as on a flat map: 180 is on the side that the ring lies on. */
static struct ovf_map_point vertex(const struct ovf_shape *shape, size_t r, size_t i)
{
    const struct ovf_shape_ring *const ring = &shape->rings[r];
    const struct ovf_point *const at = shape->points.items + ring->begin;
    const struct ovf_point p = at[i % ring->n];
    size_t side = 0;
    while (side + 1 < ring->n && at[side].lon_e7 == -1800000000)
        side++;
    const bool east = p.lon_e7 == -1800000000 && at[side].lon_e7 > 0;
    return (struct ovf_map_point){p.lat_e7, east ? 1800000000 : p.lon_e7};
}

/** Whether ring \p r holds the place, by a ray to the east. */
static bool ring_holds(const struct ovf_shape *shape, size_t r, double x, double y)
{
    bool inside = false;
    for (size_t i = 0; i < shape->rings[r].n; i++) {
        const struct ovf_map_point a = vertex(shape, r, i);
        const struct ovf_map_point b = vertex(shape, r, i + 1);
        if ((a.lat_e7 > y) != (b.lat_e7 > y) && x < a.lon_e7 + (y - a.lat_e7) /
                                                                   ((double)b.lat_e7 - a.lat_e7) *
                                                                   ((double)b.lon_e7 - a.lon_e7))
            inside = !inside;
    }
    return inside;
}

/** The map writes holes (Lesotho in South Africa) as polygons of their own: what lies in an odd number of
 * rings counts. */
static double map_area(const struct ovf_shape *shape)
{
    double area = 0;
    for (size_t r = 0; r < shape->n_rings; r++) {
        const struct ovf_map_point p = vertex(shape, r, 0);
        const struct ovf_map_point q = vertex(shape, r, 1);
        struct geod_polygon polygon;
        double ring_m2;
        bool hole = false;
        for (size_t o = 0; o < shape->n_rings; o++)
            hole = hole != (o != r && ring_holds(shape, o, ((double)p.lon_e7 + q.lon_e7) / 2,
                                                 ((double)p.lat_e7 + q.lat_e7) / 2));
        geod_polygon_init(&polygon, 0);
        for (size_t i = 0; i < shape->rings[r].n; i++)
            add_edge(&polygon, vertex(shape, r, i), vertex(shape, r, i + 1));
        geod_polygon_compute(&ellipsoid, &polygon, 0, 1, &ring_m2, NULL);
        area += hole ? -fabs(ring_m2) : fabs(ring_m2);
    }
    return area;
}

/** Area of WGS84 between the pole and latitude \p lat_deg: closed form (Snyder 1987, eq. 3-12). */
static double cap_area(double lat_deg)
{
    const double e = sqrt(OVF_WGS84_E2);
    const double s = sin(lat_deg * pi / 180);
    const double q =
        (1 - e * e) * (s / (1 - e * e * s * s) - log((1 - e * s) / (1 + e * s)) / (2 * e));
    const double qp = (1 - e * e) * (1 / (1 - e * e) - log((1 - e) / (1 + e)) / (2 * e));
    return pi * OVF_WGS84_A_M * OVF_WGS84_A_M * (qp - q);
}

static void compare(const struct ovf_pack *pack, uint32_t i, const struct ovf_shape *shape,
                    size_t *n_points)
{
    struct ovf_polygons p = {0};
    double perimeter_m;
    assert_int_equal(polygons_of_owner(&pack->index, i, &p), OVF_OK);
    const double got = pack_area(&p, &perimeter_m);
    const struct ovf_pack_area area = ovf_pack_area(pack, i);
    const bool is_antarctica = strcmp(area.alpha2, "AQ") == 0;
    /* The map ends at 85.05 S and bends 60 S into arcs: what it is is known. */
    const double want = is_antarctica ? cap_area(60) : map_area(shape);
    const bool at_cut = area.extent.west_e7 > area.extent.east_e7 || is_antarctica;
    const double height_m = (area.extent.north_e7 - area.extent.south_e7) * 0.0112;
    const double tolerance = 1e-6 * want + 0.1 * perimeter_m + (at_cut ? 3 * height_m : 0);
    if (!(fabs(got - want) <= tolerance))
        print_error("%s: %.0f of %.0f m2\n", area.alpha2, got - want, want);
    assert_near(got, want, tolerance);
    *n_points += p.n_points;
    ovf_polygons_deinit(&p);
}

static void test_states_have_the_areas_of_the_map(void **state)
{
    const char *const path =
        ovf_test_source("node_modules/@geo-maps/countries-maritime-10m/map.geo.json");
    struct ovf_mapped pack_file = {.address = NULL};
    struct ovf_mapped map_file = {.address = NULL};
    struct ovf_pack pack;
    struct ovf_geojson_reader reader;
    struct ovf_shape shape = {0};
    bool more = true;
    size_t n_states = 0;
    size_t n_points = 0;
    (void)state;
    geod_init(&ellipsoid, OVF_WGS84_A_M, OVF_WGS84_F);
    if (access(path, R_OK) != 0) {
        print_message("skipped: no map in node_modules\n");
        skip();
    }
    assert_int_equal(ovf_mapped_open(ovf_test_pack(), &pack_file, NULL), OVF_OK);
    assert_int_equal(ovf_pack_view(pack_file.bytes, &pack, NULL), OVF_OK);
    assert_int_equal(ovf_mapped_open(path, &map_file, NULL), OVF_OK);
    assert_int_equal(ovf_geojson_open(map_file.bytes, NULL, &reader, NULL), OVF_OK);
    for (;;) {
        assert_int_equal(ovf_geojson_next(&reader, &shape, &more, NULL), OVF_OK);
        if (!more)
            break;
        for (uint32_t i = 0; i < pack.n_areas; i++) {
            if (strcmp(ovf_pack_area(&pack, i).alpha3, ovf_shape_text(&shape, "A3")) != 0)
                continue;
            compare(&pack, i, &shape, &n_points);
            n_states++;
        }
    }
    assert_int_equal(n_states, pack.n_areas);
    print_message("%zu states, %zu vertices\n", n_states, n_points);
    ovf_shape_deinit(&shape);
    ovf_mapped_close(&map_file);
    ovf_mapped_close(&pack_file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_states_have_the_areas_of_the_map)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
