/* SPDX-License-Identifier: Apache-2.0 */
/* Zones that the user draws: circles and polygons. See edition.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "airspace/edition.h"
#include "base/array.h"
#include "base/number.h"
#include "base/sha256.h"
#include "geo/boundary.h"
#include "geo/circle.h"
#include "geo/geodesic.h"

#define M_PER_NMI 1852.0
#define OVF_ZONE_CIRCLE "circle:LAT,LON,RADIUS_NM[,FLOOR_FT,CEILING_FT]"
#define OVF_ZONE_POLYGON "polygon:LAT,LON/LAT,LON/LAT,LON...[,FLOOR_FT,CEILING_FT]"

/* ---- reading ---- */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

static enum ovf_status parse_name(const char **text, struct ovf_zone *zone, struct ovf_error *err)
{
    const char *const end = strchr(*text, '=');
    if (end == NULL)
        return OVF_OK;
    const size_t len = (size_t)(end - *text);
    bool good = len > 0 && len < sizeof zone->name;
    for (size_t i = 0; i < len && good; i++)
        good = is_name_char((*text)[i]);
    if (!good)
        return ovf_error_set(err, OVF_E_RANGE,
                             "zone \"%.80s\": a name is 1 to %zu letters, digits, '_', '-' and '.'",
                             *text, sizeof zone->name - 1);
    memcpy(zone->name, *text, len);
    *text = end + 1;
    return OVF_OK;
}

enum { N_PLACE_FIELDS = 2, N_CIRCLE_FIELDS = 3, N_LIMIT_FIELDS = 2, N_FIELDS = 5 };

/** Split \p len bytes at commas; the number of fields, or 0 when there are too many. */
static size_t split(const char *text, size_t len, struct ovf_bytes fields[N_FIELDS])
{
    size_t n = 0;
    for (;;) {
        const char *const comma = memchr(text, ',', len);
        const size_t n_bytes = comma != NULL ? (size_t)(comma - text) : len;
        if (n == N_FIELDS)
            return 0;
        fields[n++] = (struct ovf_bytes){(const unsigned char *)text, n_bytes};
        if (comma == NULL)
            return n;
        text = comma + 1;
        len -= n_bytes + 1;
    }
}

static bool parse_limit(struct ovf_bytes field, int32_t *limit_ft)
{
    int64_t value;
    if (field.len == 0)
        return true;
    if (!ovf_number_parse_int(field, &value) || value < -2000 || value > 200000)
        return false;
    *limit_ft = (int32_t)value;
    return true;
}

/* These give what is wrong, NULL when nothing is. */

static const char *parse_place(const struct ovf_bytes fields[N_PLACE_FIELDS], struct ovf_point *out)
{
    int64_t lat_e7;
    int64_t lon_e7;
    if (!ovf_number_parse_scaled(fields[0], 7, &lat_e7) || llabs(lat_e7) > OVF_E7_TURN / 4)
        return "a latitude is no number from -90 to 90";
    if (!ovf_number_parse_scaled(fields[1], 7, &lon_e7) || llabs(lon_e7) > OVF_E7_TURN / 2)
        return "a longitude is no number from -180 to 180";
    *out = (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
    return NULL;
}

static const char *parse_limits(const struct ovf_bytes fields[N_LIMIT_FIELDS],
                                struct ovf_zone *zone)
{
    if (!parse_limit(fields[0], &zone->floor_ft) || !parse_limit(fields[1], &zone->ceiling_ft))
        return "a limit is no whole number of feet from -2000 to 200000";
    return zone->floor_ft >= zone->ceiling_ft ? "the floor is not below the ceiling" : NULL;
}

static const char *parse_circle(const char *text, struct ovf_zone *zone)
{
    struct ovf_bytes fields[N_FIELDS] = {{NULL, 0}};
    double radius_nmi;
    if (split(text, strlen(text), fields) < N_CIRCLE_FIELDS)
        return OVF_ZONE_CIRCLE " is due";
    const char *const wrong = parse_place(fields, &zone->centre);
    if (wrong != NULL)
        return wrong;
    if (!ovf_number_parse_double(fields[2], &radius_nmi) || radius_nmi < OVF_ZONE_RADIUS_MIN_NMI ||
        radius_nmi > OVF_ZONE_RADIUS_MAX_NMI)
        return "the radius is no number from 0.01 to 10000 nautical miles";
    zone->radius_m = radius_nmi * M_PER_NMI;
    return parse_limits(fields + N_CIRCLE_FIELDS, zone);
}

/** The next point of a ring; one that repeats the one before counts once. */
static const char *push_point(struct ovf_zone *zone, struct ovf_point point)
{
    if (zone->n_points > 0 && ovf_point_equal(zone->ring[zone->n_points - 1], point))
        return NULL;
    if (zone->n_points == OVF_ZONE_POINTS_MAX)
        return "a polygon has at most 200 points";
    zone->ring[zone->n_points++] = point;
    return NULL;
}

/** Limits stand behind the last point. */
static const char *parse_polygon(const char *text, struct ovf_zone *zone)
{
    const char *wrong = NULL;
    for (bool more = true; more && wrong == NULL;) {
        struct ovf_bytes fields[N_FIELDS] = {{NULL, 0}};
        struct ovf_point point;
        const size_t len = strcspn(text, "/");
        more = text[len] != '\0';
        const size_t n = split(text, len, fields);
        if (n < N_PLACE_FIELDS || (more && n > N_PLACE_FIELDS) ||
            n > N_PLACE_FIELDS + N_LIMIT_FIELDS)
            return OVF_ZONE_POLYGON " is due";
        wrong = parse_place(fields, &point);
        if (wrong == NULL)
            wrong = push_point(zone, point);
        if (wrong == NULL && !more)
            wrong = parse_limits(fields + N_PLACE_FIELDS, zone);
        text += len + 1;
    }
    while (zone->n_points > 1 && ovf_point_equal(zone->ring[0], zone->ring[zone->n_points - 1]))
        zone->n_points--;
    if (wrong == NULL && zone->n_points < OVF_ZONE_POINTS_MIN)
        return "a polygon has three points or more";
    return wrong;
}

enum ovf_status ovf_zone_parse(const char *text, struct ovf_zone *out, struct ovf_error *err)
{
    static const char circle[] = "circle:";
    static const char polygon[] = "polygon:";
    struct ovf_zone zone = {.floor_ft = INT32_MIN, .ceiling_ft = INT32_MAX};
    const char *rest = text;
    const enum ovf_status st = parse_name(&rest, &zone, err);
    if (st != OVF_OK)
        return st;
    const char *wrong = OVF_ZONE_CIRCLE " or " OVF_ZONE_POLYGON " is due";
    if (strncmp(rest, circle, sizeof circle - 1) == 0)
        wrong = parse_circle(rest + sizeof circle - 1, &zone);
    else if (strncmp(rest, polygon, sizeof polygon - 1) == 0)
        wrong = parse_polygon(rest + sizeof polygon - 1, &zone);
    if (wrong != NULL)
        return ovf_error_set(err, OVF_E_RANGE, "zone \"%.80s\": %s", text, wrong);
    zone.text = rest;
    *out = zone;
    return OVF_OK;
}

/* ---- the edition ---- */

/** Metres by which the pole lies inside the circle (negative: outside). */
static double depth_of_pole_m(const struct ovf_zone *zone, int32_t pole_lat_e7)
{
    /* The meridian's length; a pole nearer than its error to the circle is settled by the winding. */
    const double lat_deg = ovf_deg_from_e7(zone->centre.lat_e7);
    return zone->radius_m - ovf_geodesic_length_m(lat_deg, 0, ovf_deg_from_e7(pole_lat_e7), 0);
}

/**
 * Whether the circle holds the north pole. A circle that winds round the globe holds just one pole, any
 * other both or none; where the depths say otherwise a pole lies on the circle, and the one nearer to
 * it gives way.
 */
static bool holds_north_pole(const struct ovf_zone *zone, const struct ovf_points *points)
{
    const double north_m = depth_of_pole_m(zone, 900000000);
    const double south_m = depth_of_pole_m(zone, -900000000);
    int64_t turn_e7 = 0;
    for (size_t i = 0; i < points->n; i++)
        turn_e7 += ovf_lon_difference(points->items[i].lon_e7,
                                      points->items[i + 1 < points->n ? i + 1 : 0].lon_e7);
    const bool one = turn_e7 != 0;
    if (one == ((north_m > 0) != (south_m > 0)))
        return north_m > 0;
    return fabs(north_m) < fabs(south_m) ? north_m <= 0 : north_m > 0;
}

static enum ovf_status add_circle(struct ovf_boundary_builder *builder, const struct ovf_zone *zone,
                                  uint32_t number, struct ovf_members *north, struct ovf_error *err)
{
    struct ovf_points points = {0};
    enum ovf_status st = ovf_circle_points(zone->centre, zone->radius_m, &points);
    if (st == OVF_OK)
        st = ovf_boundary_builder_add(builder, number, points.items, points.n, err);
    if (st == OVF_OK && holds_north_pole(zone, &points))
        ovf_members_toggle(north, number);
    ovf_points_deinit(&points);
    return st;
}

static enum ovf_status build_zone_index(const struct ovf_zone *zones, size_t n_zones,
                                        struct ovf_boundary *boundary, struct ovf_error *err)
{
    struct ovf_boundary_builder *builder = NULL;
    struct ovf_members north = {{0}}; /* circles that hold the pole */
    enum ovf_status st = ovf_boundary_builder_new(-90, 90, &builder);
    for (size_t i = 0; i < n_zones && st == OVF_OK; i++)
        st = zones[i].n_points == 0 ? add_circle(builder, &zones[i], (uint32_t)i, &north, err)
                                    : ovf_boundary_builder_add(builder, (uint32_t)i, zones[i].ring,
                                                               zones[i].n_points, err);
    if (st == OVF_OK)
        st = ovf_boundary_builder_finish(builder, boundary);
    for (uint32_t i = 0; i < n_zones && st == OVF_OK; i++) {
        /* The builder knows rings; which side of a circle is meant, only its centre tells. */
        if (zones[i].n_points == 0 &&
            ovf_members_has(&north, i) != ovf_members_has(&boundary->north_pole, i))
            ovf_members_toggle(&boundary->north_pole, i);
    }
    ovf_boundary_builder_free(builder);
    return st;
}

/** Codes and definitions one after the other, each ending in NUL, then the edition's own text: pointers
 * into it are taken when it is whole. */
static enum ovf_status write_texts(const struct ovf_zone *zones, size_t n_zones,
                                   struct ovf_buffer *texts)
{
    enum ovf_status st = OVF_OK;
    struct ovf_digest digest;
    char hex[OVF_SHA256_HEX_SIZE];
    for (size_t i = 0; i < n_zones && st == OVF_OK; i++) {
        if (zones[i].name[0] != '\0')
            st = ovf_buffer_printf(texts, "zone:%s", zones[i].name);
        else
            st = ovf_buffer_printf(texts, "zone:%zu", i + 1);
        if (st == OVF_OK)
            st = ovf_buffer_append(texts, "", 1);
        if (st == OVF_OK)
            st = ovf_buffer_append(texts, zones[i].text, strlen(zones[i].text) + 1);
    }
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(texts), &digest);
    if (st != OVF_OK)
        return st;
    ovf_digest_format(&digest, sizeof digest.bytes, hex);
    st = ovf_buffer_append_text(texts, "sha256:");
    return st != OVF_OK ? st : ovf_buffer_append(texts, hex, strlen(hex) + 1);
}

static enum ovf_status name_zones(const struct ovf_zone *zones, size_t n_zones,
                                  struct ovf_edition *e, struct ovf_error *err)
{
    const char *at = (const char *)e->texts.data;
    for (size_t i = 0; i < n_zones; i++) {
        struct ovf_airspace *const a = &e->airspaces[i];
        a->code = at;
        a->name = at + strlen(at) + 1;
        at = a->name + strlen(a->name) + 1;
        a->code3 = "";
        a->also = "";
        for (size_t k = 0; k < i; k++) {
            if (strcmp(e->airspaces[k].code, a->code) == 0)
                return ovf_error_set(err, OVF_E_RANGE, "two zones are called %s", a->code);
        }
        if (zones[i].floor_ft != INT32_MIN || zones[i].ceiling_ft != INT32_MAX)
            e->limits[e->n_limits++] = (struct ovf_limits){.owner = (uint32_t)i,
                                                           .floor_ft = zones[i].floor_ft,
                                                           .ceiling_ft = zones[i].ceiling_ft};
    }
    e->edition = at;
    return OVF_OK;
}

static enum ovf_status fill(const struct ovf_zone *zones, size_t n_zones, struct ovf_edition *e,
                            struct ovf_error *err)
{
    struct ovf_boundary boundary = {0};
    enum ovf_status st = OVF_OK;
    e->airspaces = calloc(n_zones + 1, sizeof *e->airspaces);
    e->limits = calloc(n_zones + 1, sizeof *e->limits);
    if (e->airspaces == NULL || e->limits == NULL)
        st = OVF_E_NOMEM;
    if (st == OVF_OK)
        st = write_texts(zones, n_zones, &e->texts);
    if (st == OVF_OK)
        st = name_zones(zones, n_zones, e, err);
    if (st == OVF_OK)
        st = build_zone_index(zones, n_zones, &boundary, err);
    if (st == OVF_OK)
        st = ovf_edition_build_index(&boundary, e, err);
    ovf_boundary_deinit(&boundary);
    return st;
}

enum ovf_status ovf_edition_from_zones(const struct ovf_zone *zones, size_t n_zones,
                                       struct ovf_edition *out, struct ovf_error *err)
{
    struct ovf_edition edition = {
        .kind = OVF_KIND_ZONE,
        .name = "zones",
        .source = "drawn by the user",
        .licence = "",
        .attribution = "",
        .boundary_accuracy_m = 0.5,
        .n_airspaces = (uint32_t)n_zones,
    };
    if (n_zones > OVF_MEMBERS_MAX)
        return ovf_error_set(err, OVF_E_RANGE, "more than %d zones", OVF_MEMBERS_MAX);
    const enum ovf_status st = fill(zones, n_zones, &edition, err);
    if (st != OVF_OK) {
        ovf_edition_deinit(&edition);
        return st;
    }
    *out = edition;
    return OVF_OK;
}
