/* SPDX-License-Identifier: Apache-2.0 */
/* Zones that the user draws: circles. See edition.h.
 *
 * The points of a circle decide what is inside, so they come from IEEE arithmetic and geo/trig.h
 * alone: the direct problem of the geodesic after Vincenty (Survey Review 23 no. 176, 1975), good to a
 * millimetre at any radius allowed here. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "airspace/edition.h"
#include "base/array.h"
#include "base/number.h"
#include "base/sha256.h"
#include "geo/boundary.h"
#include "geo/geodesic.h"
#include "geo/trig.h"

#define M_PER_NMI 1852.0

/* Half of the 0.5 m that a circle's chords may lie off it; the rest is for the straight pieces that
 * geodesics are cut into (OVF_CHORD_M) and for rounding. */
static const double sagitta_m = 0.25;

static const double e7_per_rad = 572957795.13082321; /* 180e7 / pi */
static const double two_pi = 6.2831853071795864769;

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

enum { N_FIELDS_MIN = 3, N_FIELDS = 5 };

/** Split at commas; the number of fields, or 0 when there are too many. */
static size_t split(const char *text, struct ovf_bytes fields[N_FIELDS])
{
    size_t n = 0;
    for (;;) {
        const char *const comma = strchr(text, ',');
        const size_t len = comma != NULL ? (size_t)(comma - text) : strlen(text);
        if (n == N_FIELDS)
            return 0;
        fields[n++] = (struct ovf_bytes){(const unsigned char *)text, len};
        if (comma == NULL)
            return n;
        text = comma + 1;
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

static const char *parse_circle(const char *text, struct ovf_zone *zone)
{
    struct ovf_bytes fields[N_FIELDS] = {{NULL, 0}};
    int64_t lat_e7;
    int64_t lon_e7;
    double radius_nmi;
    const size_t n = split(text, fields);
    if (n < N_FIELDS_MIN)
        return "circle:LAT,LON,RADIUS_NM[,FLOOR_FT,CEILING_FT] is due";
    if (!ovf_number_parse_scaled(fields[0], 7, &lat_e7) || llabs(lat_e7) > OVF_E7_TURN / 4)
        return "the latitude is no number from -90 to 90";
    if (!ovf_number_parse_scaled(fields[1], 7, &lon_e7) || llabs(lon_e7) > OVF_E7_TURN / 2)
        return "the longitude is no number from -180 to 180";
    if (!ovf_number_parse_double(fields[2], &radius_nmi) || radius_nmi < OVF_ZONE_RADIUS_MIN_NMI ||
        radius_nmi > OVF_ZONE_RADIUS_MAX_NMI)
        return "the radius is no number from 0.01 to 10000 nautical miles";
    if (!parse_limit(fields[3], &zone->floor_ft) || !parse_limit(fields[4], &zone->ceiling_ft))
        return "a limit is no whole number of feet from -2000 to 200000";
    if (zone->floor_ft >= zone->ceiling_ft)
        return "the floor is not below the ceiling";
    zone->centre = (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
    zone->radius_m = radius_nmi * M_PER_NMI;
    return NULL;
}

enum ovf_status ovf_zone_parse(const char *text, struct ovf_zone *out, struct ovf_error *err)
{
    static const char circle[] = "circle:";
    struct ovf_zone zone = {.floor_ft = INT32_MIN, .ceiling_ft = INT32_MAX};
    const char *rest = text;
    const enum ovf_status st = parse_name(&rest, &zone, err);
    if (st != OVF_OK)
        return st;
    if (strlen(rest) >= sizeof zone.text)
        return ovf_error_set(err, OVF_E_RANGE, "zone \"%.80s...\": too long", text);
    if (strncmp(rest, circle, sizeof circle - 1) != 0)
        return ovf_error_set(
            err, OVF_E_RANGE,
            "zone \"%.80s\": circle:LAT,LON,RADIUS_NM[,FLOOR_FT,CEILING_FT] is due", text);
    const char *const wrong = parse_circle(rest + sizeof circle - 1, &zone);
    if (wrong != NULL)
        return ovf_error_set(err, OVF_E_RANGE, "zone \"%.80s\": %s", text, wrong);
    memcpy(zone.text, rest, strlen(rest) + 1);
    *out = zone;
    return OVF_OK;
}

/* ---- the circle ---- */

static void sincos_rad(double angle_rad, double *sine, double *cosine)
{
    const int32_t nearest_e7 = (int32_t)lround(angle_rad * e7_per_rad);
    const double rest = angle_rad - nearest_e7 / e7_per_rad; /* below 1e-9: its square is nothing */
    double s;
    double c;
    ovf_sincos_e7(nearest_e7, &s, &c);
    *sine = s + rest * c;
    *cosine = c - rest * s;
}

/** What does not change with the azimuth. */
struct start {
    double sin_u; /* reduced latitude of the centre */
    double cos_u;
    int32_t lon_e7;
    double distance_m;
};

static struct start start_at(struct ovf_point centre, double distance_m)
{
    double sine;
    double cosine;
    ovf_sincos_e7(centre.lat_e7, &sine, &cosine);
    const double y = (1 - OVF_WGS84_F) * sine;
    const double length = sqrt(y * y + cosine * cosine);
    return (struct start){y / length, cosine / length, centre.lon_e7, distance_m};
}

/** Vincenty's series, in his letters: sigma is the arc on the auxiliary sphere. */
struct arc {
    double sigma;
    double sin_sigma;
    double cos_sigma;
    double cos_2m; /* cosine of twice the arc from the equator to its middle */
};

static struct arc arc_of(const struct start *start, double cos_a1, double cos2_alpha)
{
    static const double b_m = OVF_WGS84_A_M * (1 - OVF_WGS84_F);
    const double u2 = cos2_alpha * OVF_WGS84_E2 / (1 - OVF_WGS84_E2);
    const double a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
    const double b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
    const double x = start->cos_u * cos_a1;
    const double h2 = start->sin_u * start->sin_u + x * x;
    /* 2 sigma_1 by the double angle; on the equator going east it may be anything, and is 0. */
    const double cos_2s1 = h2 > 0 ? (x * x - start->sin_u * start->sin_u) / h2 : 1;
    const double sin_2s1 = h2 > 0 ? 2 * x * start->sin_u / h2 : 0;
    struct arc arc = {.sigma = start->distance_m / (b_m * a)};
    for (int i = 0; i < 8; i++) { /* each round is right to 1/1000 of the one before */
        sincos_rad(arc.sigma, &arc.sin_sigma, &arc.cos_sigma);
        arc.cos_2m = cos_2s1 * arc.cos_sigma - sin_2s1 * arc.sin_sigma;
        const double c2 = arc.cos_2m * arc.cos_2m;
        const double s2 = arc.sin_sigma * arc.sin_sigma;
        arc.sigma = start->distance_m / (b_m * a) +
                    b * arc.sin_sigma *
                        (arc.cos_2m + b / 4 *
                                          (arc.cos_sigma * (-1 + 2 * c2) -
                                           b / 6 * arc.cos_2m * (-3 + 4 * s2) * (-3 + 4 * c2)));
    }
    return arc;
}

static struct ovf_point point_at(const struct start *start, int64_t azimuth_e7)
{
    static const double f = OVF_WGS84_F;
    double sin_a1;
    double cos_a1;
    ovf_sincos_e7(ovf_lon_wrap(azimuth_e7), &sin_a1, &cos_a1);
    const double sin_alpha = start->cos_u * sin_a1;
    const double cos2_alpha = 1 - sin_alpha * sin_alpha;
    const struct arc arc = arc_of(start, cos_a1, cos2_alpha);
    const double x = start->sin_u * arc.sin_sigma - start->cos_u * arc.cos_sigma * cos_a1;
    const int64_t lat_e7 =
        ovf_atan2_e7(start->sin_u * arc.cos_sigma + start->cos_u * arc.sin_sigma * cos_a1,
                     (1 - f) * sqrt(sin_alpha * sin_alpha + x * x));
    const int64_t lambda_e7 =
        ovf_atan2_e7(arc.sin_sigma * sin_a1,
                     start->cos_u * arc.cos_sigma - start->sin_u * arc.sin_sigma * cos_a1);
    const double c = f / 16 * cos2_alpha * (4 + f * (4 - 3 * cos2_alpha));
    const double less_rad =
        (1 - c) * f * sin_alpha *
        (arc.sigma +
         c * arc.sin_sigma * (arc.cos_2m + c * arc.cos_sigma * (-1 + 2 * arc.cos_2m * arc.cos_2m)));
    return (struct ovf_point){
        (int32_t)lat_e7, ovf_lon_wrap(start->lon_e7 + lambda_e7 - llround(less_rad * e7_per_rad))};
}

enum ovf_status ovf_circle_points(struct ovf_point centre, double radius_m, struct ovf_points *out)
{
    /* A chord of a circle of radius r over the angle d lies r d^2 / 8 off it; on the globe, less. */
    const int64_t fewest = 72;
    const int64_t wanted = (int64_t)(two_pi * sqrt(radius_m / (8 * sagitta_m))) + 1;
    /* Even, so that a point lies due south: two at one latitude on either side of it would be joined
     * by the parallel, as an edge of a map is. */
    const int64_t n = (wanted > fewest ? wanted : fewest) / 2 * 2 + 2;
    const struct start start = start_at(centre, radius_m);
    for (int64_t i = 0; i < n; i++) {
        const enum ovf_status st = ovf_points_push(out, point_at(&start, i * OVF_E7_TURN / n));
        if (st != OVF_OK)
            return st;
    }
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

static enum ovf_status build_zone_index(const struct ovf_zone *zones, size_t n_zones,
                                        struct ovf_boundary *boundary, struct ovf_error *err)
{
    struct ovf_boundary_builder *builder = NULL;
    struct ovf_points points = {0};
    struct ovf_members north = {{0}};
    enum ovf_status st = ovf_boundary_builder_new(-90, 90, &builder);
    for (size_t i = 0; i < n_zones && st == OVF_OK; i++) {
        points.n = 0;
        st = ovf_circle_points(zones[i].centre, zones[i].radius_m, &points);
        if (st == OVF_OK)
            st = ovf_boundary_builder_add(builder, (uint32_t)i, points.items, points.n, err);
        if (st == OVF_OK && holds_north_pole(&zones[i], &points))
            ovf_members_toggle(&north, (uint32_t)i);
    }
    if (st == OVF_OK)
        st = ovf_boundary_builder_finish(builder, boundary);
    if (st == OVF_OK)
        boundary->north_pole = north; /* the builder knows rings, not which side of them is meant */
    ovf_points_deinit(&points);
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
    struct ovf_extent *const extents = calloc(n_zones + 1, sizeof *extents);
    enum ovf_status st = OVF_OK;
    e->airspaces = calloc(n_zones + 1, sizeof *e->airspaces);
    e->limits = calloc(n_zones + 1, sizeof *e->limits);
    if (extents == NULL || e->airspaces == NULL || e->limits == NULL)
        st = OVF_E_NOMEM;
    if (st == OVF_OK)
        st = write_texts(zones, n_zones, &e->texts);
    if (st == OVF_OK)
        st = name_zones(zones, n_zones, e, err);
    if (st == OVF_OK)
        st = build_zone_index(zones, n_zones, &boundary, err);
    if (st == OVF_OK)
        st = ovf_index_build(&boundary, &e->storage);
    if (st == OVF_OK)
        st = ovf_index_view(ovf_buffer_bytes(&e->storage), &e->index, err);
    if (st == OVF_OK)
        st = ovf_extents_find(&boundary, &e->index, (uint32_t)n_zones, extents);
    for (size_t i = 0; i < n_zones && st == OVF_OK; i++)
        e->airspaces[i].extent = extents[i];
    ovf_boundary_deinit(&boundary);
    free(extents);
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
