/* SPDX-License-Identifier: Apache-2.0 */
/* What judges the scan of recordings: the map's own GeoJSON with a plain ray casting in degrees, and a
 * plain reading of rows. Nothing here is the product's code; it may be slow and wrong near edges, and
 * says so: a place near an edge is not judged.
 *
 * The map has one feature a line, its "A3" after its coordinates. Where this test joins two vertices by
 * a straight line in degrees the product follows a geodesic: the two part by about L^2 tan(lat) / 8R for
 * an edge that runs L to the east, which is added to what counts as near. */
#ifndef OVF_TESTS_RECORDINGS_PLAIN_H
#define OVF_TESTS_RECORDINGS_PLAIN_H

#include "test.h"

#include <ctype.h>
#include <string.h>

#include <jansson.h>

#define PLAIN_MAP "node_modules/@geo-maps/countries-maritime-10m/map.geo.json"

struct plain_ring {
    size_t begin; /* in the points */
    size_t end;
};

struct plain_polygon {
    char a3[4];
    size_t begin; /* in the rings */
    size_t end;
    double lat_min, lat_max, lon_min, lon_max;
};

struct plain_map {
    double *points; /* lon, lat, lon, lat ... */
    size_t n_points, points_room;
    struct plain_ring *rings;
    size_t n_rings, rings_room;
    struct plain_polygon *polygons;
    size_t n_polygons, polygons_room;
};

static inline void *plain_grow(void *items, size_t *room, size_t n, size_t size)
{
    if (n < *room)
        return items;
    *room = *room == 0 ? 1024 : *room * 2;
    items = realloc(items, *room * size);
    assert_non_null(items);
    return items;
}

/* A number as in "-25.27691": exact enough, and ten times faster than strtod. */
static inline double plain_number(const char **at)
{
    const char *p = *at;
    const int negative = *p == '-';
    double v = 0;
    double unit = 1;
    p += negative;
    for (; isdigit((unsigned char)*p); p++)
        v = v * 10 + (*p - '0');
    if (*p == '.')
        for (p++; isdigit((unsigned char)*p); p++) {
            v = v * 10 + (*p - '0');
            unit *= 10;
        }
    *at = p;
    return negative ? -v / unit : v / unit;
}

static inline void plain_end_polygon(struct plain_map *map, const char *a3, size_t first_ring)
{
    map->polygons =
        plain_grow(map->polygons, &map->polygons_room, map->n_polygons, sizeof *map->polygons);
    struct plain_polygon p = {{0}, first_ring, map->n_rings, 90, -90, 180, -180};
    memcpy(p.a3, a3, 3);
    for (size_t i = map->rings[p.begin].begin; i < map->rings[p.end - 1].end; i++) {
        const double lon = map->points[2 * i];
        const double lat = map->points[2 * i + 1];
        p.lon_min = lon < p.lon_min ? lon : p.lon_min;
        p.lon_max = lon > p.lon_max ? lon : p.lon_max;
        p.lat_min = lat < p.lat_min ? lat : p.lat_min;
        p.lat_max = lat > p.lat_max ? lat : p.lat_max;
    }
    map->polygons[map->n_polygons++] = p;
}

/* One feature: brackets tell rings and polygons apart by their depth. */
static inline void plain_feature(struct plain_map *map, const char *line)
{
    const char *p = strstr(line, "\"coordinates\":");
    const char *a3 = strstr(line, "\"A3\":\"");
    const int multi = strstr(line, "\"MultiPolygon\"") != NULL;
    assert_non_null(a3);
    int depth = -multi; /* of what is open: 1 polygon, 2 ring, 3 point */
    size_t first_ring = map->n_rings;
    size_t first_point = map->n_points;
    for (p += strlen("\"coordinates\":"); depth != -multi || *p == '['; p++) {
        if (*p == '[') {
            if (++depth != 3)
                continue;
            p++;
            map->points = plain_grow(map->points, &map->points_room, 2 * map->n_points + 1,
                                     sizeof *map->points);
            map->points[2 * map->n_points] = plain_number(&p);
            assert_int_equal(*p, ',');
            p++;
            map->points[2 * map->n_points + 1] = plain_number(&p);
            map->n_points++;
            p--;
        } else if (*p == ']') {
            if (--depth == 1) {
                map->rings =
                    plain_grow(map->rings, &map->rings_room, map->n_rings, sizeof *map->rings);
                map->rings[map->n_rings++] = (struct plain_ring){first_point, map->n_points};
                first_point = map->n_points;
            } else if (depth == 0) {
                plain_end_polygon(map, a3 + 6, first_ring);
                first_ring = map->n_rings;
            }
        }
    }
}

/* Loads it unless it is loaded. */
static inline void plain_map_need(struct plain_map *map)
{
    if (map->n_polygons > 0)
        return;
    FILE *file = fopen(ovf_test_source(PLAIN_MAP), "rb");
    char *line = NULL;
    size_t room = 0;
    if (file == NULL) {
        print_message("skipped: no node_modules\n");
        skip();
    }
    while (getline(&line, &room, file) >= 0) {
        if (strstr(line, "\"coordinates\":") != NULL)
            plain_feature(map, line);
    }
    free(line);
    fclose(file);
    assert_true(map->n_polygons > 250);
}

static inline void plain_map_free(struct plain_map *map)
{
    free(map->points);
    free(map->rings);
    free(map->polygons);
}

static const double plain_rad_per_deg = 0.017453292519943295;
static const double plain_m_per_deg = 111195;
static const double plain_earth_m = 6371e3;

/* Whether the edge passes within 0.2 m, and what the two kinds of line part by, of a place. */
static inline int plain_is_near(const double *a, const double *b, double lat, double lon)
{
    const double shrink = cos(lat * plain_rad_per_deg);
    const double ax = (a[0] - lon) * shrink * plain_m_per_deg;
    const double bx = (b[0] - lon) * shrink * plain_m_per_deg;
    const double ay = (a[1] - lat) * plain_m_per_deg;
    const double by = (b[1] - lat) * plain_m_per_deg;
    const double len2 = (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
    double share = len2 > 0 ? -(ax * (bx - ax) + ay * (by - ay)) / len2 : 0;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    const double off_m = hypot(ax + share * (bx - ax), ay + share * (by - ay));
    const double bow_m =
        (bx - ax) * (bx - ax) * fabs(tan(lat * plain_rad_per_deg)) / (8 * plain_earth_m);
    return off_m < 0.2 + 1.5 * bow_m;
}

enum plain_answer { PLAIN_OUTSIDE, PLAIN_INSIDE, PLAIN_NEAR };

static inline enum plain_answer plain_in_polygon(const struct plain_map *map,
                                                 const struct plain_polygon *polygon, double lat,
                                                 double lon)
{
    int inside = 0;
    for (size_t r = polygon->begin; r < polygon->end; r++) {
        for (size_t i = map->rings[r].begin; i + 1 < map->rings[r].end; i++) {
            const double *a = &map->points[2 * i];
            const double *b = a + 2;
            /* Looking near only where a millidegree of latitude is all that parts them. */
            if ((a[1] < lat - 1e-3 && b[1] < lat - 1e-3) ||
                (a[1] > lat + 1e-3 && b[1] > lat + 1e-3))
                continue;
            if (plain_is_near(a, b, lat, lon))
                return PLAIN_NEAR;
            if ((a[1] > lat) != (b[1] > lat) &&
                lon < (b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1]) + a[0])
                inside = !inside;
        }
    }
    return inside ? PLAIN_INSIDE : PLAIN_OUTSIDE;
}

/* By parity over all polygons of the state: the map gives an enclave's outline to the state around it
 * as one more polygon where a hole is meant (Jungholz, Buesingen). */
static inline enum plain_answer plain_in_state(const struct plain_map *map, const char *a3,
                                               double lat, double lon)
{
    int inside = 0;
    for (size_t i = 0; i < map->n_polygons; i++) {
        const struct plain_polygon *p = &map->polygons[i];
        if (strcmp(p->a3, a3) != 0 || lat < p->lat_min - 1e-3 || lat > p->lat_max + 1e-3 ||
            lon < p->lon_min - 1e-3 || lon > p->lon_max + 1e-3)
            continue;
        const enum plain_answer one = plain_in_polygon(map, p, lat, lon);
        if (one == PLAIN_NEAR)
            return PLAIN_NEAR;
        inside ^= one == PLAIN_INSIDE;
    }
    return inside ? PLAIN_INSIDE : PLAIN_OUTSIDE;
}

/* ---- codes ---- */

/* The three-letter code of a two-letter one, by data/iso3166.csv; the map's own code where the pack
 * gives none. */
static inline void plain_code3(const char *code2, char code3[4])
{
    char line[512];
    FILE *file = fopen(ovf_test_source("data/iso3166.csv"), "rb");
    assert_non_null(file);
    code3[0] = '\0';
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, code2, 2) == 0 && line[2] == ',') {
            memcpy(code3, line + 3, 3);
            code3[3] = '\0';
        }
    }
    fclose(file);
    assert_int_equal(strlen(code3), 3);
}

/* ---- rows ---- */

struct plain_row {
    double t_s; /* since 1970 */
    double lat, lon;
};

struct plain_file {
    char *path;
    struct plain_row *rows;
    size_t n_rows, room;
};

static inline double plain_time(const char *iso)
{
    int y, mo, d, h, mi;
    double s;
    assert_int_equal(sscanf(iso, "%d-%d-%dT%d:%d:%lf", &y, &mo, &d, &h, &mi, &s), 6);
    /* Days from the civil date: Fliegel and Van Flandern (1968), CACM 11(10). */
    const int jd = d - 32075 + 1461 * (y + 4800 + (mo - 14) / 12) / 4 +
                   367 * (mo - 2 - (mo - 14) / 12 * 12) / 12 -
                   3 * ((y + 4900 + (mo - 14) / 12) / 100) / 4;
    return (jd - 2440588) * 86400.0 + h * 3600 + mi * 60 + s;
}

static inline void plain_add_row(struct plain_file *file, struct plain_row row)
{
    file->rows = plain_grow(file->rows, &file->room, file->n_rows, sizeof *file->rows);
    file->rows[file->n_rows++] = row;
}

/* time,icao24,callsign,lat_deg,lon_deg,...: the columns that all recorded tables begin with. */
static inline void plain_read_table(struct plain_file *file, FILE *in)
{
    char *line = NULL;
    size_t room = 0;
    assert_true(getline(&line, &room, in) > 0);
    assert_int_equal(strncmp(line, "time,icao24,callsign,lat_deg,lon_deg", 36), 0);
    while (getline(&line, &room, in) > 0) {
        const char *lat = line;
        for (int i = 0; i < 3; i++)
            lat = strchr(lat, ',') + 1;
        plain_add_row(file, (struct plain_row){plain_time(line), strtod(lat, NULL),
                                               strtod(strchr(lat, ',') + 1, NULL)});
    }
    free(line);
}

static inline void plain_read_trace(struct plain_file *file, FILE *in)
{
    json_error_t error;
    json_t *root = json_loadf(in, 0, &error);
    assert_non_null(root);
    const double base_s = json_number_value(json_object_get(root, "timestamp"));
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(root, "trace"), i, row)
        plain_add_row(file, (struct plain_row){base_s + json_number_value(json_array_get(row, 0)),
                                               json_number_value(json_array_get(row, 1)),
                                               json_number_value(json_array_get(row, 2))});
    json_decref(root);
}

/* `gzip -dcf` hands through what is not compressed. */
static inline void plain_file_load(struct plain_file *file, const char *path)
{
    char command[8192];
    *file = (struct plain_file){.path = strdup(path)};
    assert_null(strchr(path, '\''));
    snprintf(command, sizeof command, "gzip -dcf -- '%s'", path);
    FILE *in = popen(command, "r");
    assert_non_null(in);
    if (strstr(path, ".csv") != NULL)
        plain_read_table(file, in);
    else
        plain_read_trace(file, in);
    assert_int_equal(pclose(in), 0);
}

static inline void plain_file_free(struct plain_file *file)
{
    free(file->path);
    free(file->rows);
}

#endif
