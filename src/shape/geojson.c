/* SPDX-License-Identifier: Apache-2.0 */
/* Reading GeoJSON. The features are taken one by one from the text; properties, which are small, are
 * parsed by jansson, coordinates by hand, for a DOM of two million positions costs half a gigabyte. */
#include "shape/geojson.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/array.h"
#include "base/number.h"
#include "shape/json_scan.h"

void ovf_shape_deinit(struct ovf_shape *shape)
{
    ovf_points_deinit(&shape->points);
    free(shape->rings);
    json_decref(shape->properties);
    *shape = (struct ovf_shape){0};
}

const char *ovf_shape_text(const struct ovf_shape *shape, const char *key)
{
    return json_string_value(json_object_get(shape->properties, key));
}

bool ovf_shape_number(const struct ovf_shape *shape, const char *key, double *value)
{
    const json_t *number = json_object_get(shape->properties, key);
    if (!json_is_number(number))
        return false;
    *value = json_number_value(number);
    return true;
}

/** The members of an object that mean something here, as text; data is NULL for one not there. */
struct members {
    struct ovf_bytes type;
    struct ovf_bytes features;
    struct ovf_bytes geometry;
    struct ovf_bytes properties;
    struct ovf_bytes coordinates;
    struct ovf_bytes crs;
};

static struct ovf_bytes *member_of(struct members *members, struct ovf_bytes key)
{
    const struct {
        const char *name;
        struct ovf_bytes *value;
    } known[] = {
        {"type", &members->type},
        {"features", &members->features},
        {"geometry", &members->geometry},
        {"properties", &members->properties},
        {"coordinates", &members->coordinates},
        {"crs", &members->crs},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (ovf_bytes_equal_text(key, known[i].name))
            return known[i].value;
    }
    return NULL;
}

static enum ovf_status read_members(struct ovf_json_cursor *cursor, struct members *out,
                                    struct ovf_error *err)
{
    bool first = true;
    bool more = true;
    *out = (struct members){0};
    if (!ovf_json_take(cursor, '{'))
        return ovf_error_set(err, OVF_E_FORMAT, "an object is due here");
    for (;;) {
        struct ovf_bytes key;
        struct ovf_bytes value;
        if (!ovf_json_next_member(cursor, &first, &more, &key))
            return ovf_error_set(err, OVF_E_FORMAT, "no JSON");
        if (!more)
            return OVF_OK;
        if (!ovf_json_take_value(cursor, &value))
            return ovf_error_set(err, OVF_E_FORMAT,
                                 "no JSON, cut short, or nested deeper than %d levels",
                                 OVF_JSON_MAX_DEPTH);
        struct ovf_bytes *const known = member_of(out, key);
        if (known != NULL && known->data != NULL)
            return ovf_error_set(err, OVF_E_FORMAT, "the key \"%.*s\" stands twice", (int)key.len,
                                 (const char *)key.data);
        if (known != NULL)
            *known = value;
    }
}

static bool is_text(struct ovf_bytes value, const char *text)
{
    const size_t len = strlen(text);
    return value.len == len + 2 && value.data[0] == '"' && memcmp(value.data + 1, text, len) == 0;
}

/** Whether \p text stands anywhere in \p value. */
static bool holds_text(struct ovf_bytes value, const char *text)
{
    const size_t len = strlen(text);
    for (size_t i = 0; i + len <= value.len; i++) {
        if (memcmp(value.data + i, text, len) == 0)
            return true;
    }
    return false;
}

/** GeoJSON of 2008 could name a coordinate system; RFC 7946 has WGS84 alone. */
static enum ovf_status check_crs(struct ovf_bytes crs, struct ovf_error *err)
{
    if (crs.data == NULL || ovf_bytes_equal_text(crs, "null") || holds_text(crs, "CRS84") ||
        holds_text(crs, "EPSG:4326\"") || holds_text(crs, "EPSG::4326\""))
        return OVF_OK;
    return ovf_error_set(err, OVF_E_FORMAT,
                         "member \"crs\" names another coordinate system than WGS84: %.*s",
                         crs.len < 200 ? (int)crs.len : 200, (const char *)crs.data);
}

static bool is_geometry_type(struct ovf_bytes type)
{
    static const char *const names[] = {"Polygon",           "MultiPolygon", "Point",
                                        "MultiPoint",        "LineString",   "MultiLineString",
                                        "GeometryCollection"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (is_text(type, names[i]))
            return true;
    }
    return false;
}

enum ovf_status ovf_geojson_open(struct ovf_bytes document, const struct ovf_geojson_limits *limits,
                                 struct ovf_geojson_reader *out, struct ovf_error *err)
{
    static const unsigned char mark[3] = {0xef, 0xbb, 0xbf};
    struct ovf_bytes text = document;
    if (text.len >= sizeof mark && memcmp(text.data, mark, sizeof mark) == 0)
        text = (struct ovf_bytes){text.data + sizeof mark, text.len - sizeof mark};
    if (text.len == 0)
        return ovf_error_set(err, OVF_E_FORMAT, "empty");
    struct ovf_json_cursor cursor = ovf_json_cursor_on(text);
    struct members members;
    enum ovf_status st = read_members(&cursor, &members, err);
    if (st == OVF_OK) {
        ovf_json_skip_space(&cursor);
        if (cursor.at < cursor.end)
            st = ovf_error_set(err, OVF_E_FORMAT, "something stands after the document");
    }
    if (st == OVF_OK)
        st = check_crs(members.crs, err);
    const bool is_collection = is_text(members.type, "FeatureCollection");
    if (st == OVF_OK && !is_collection && !is_text(members.type, "Feature") &&
        !is_geometry_type(members.type))
        st = ovf_error_set(err, OVF_E_FORMAT,
                           "no GeoJSON: \"type\" is not FeatureCollection, Feature "
                           "or a geometry");
    if (st == OVF_OK && is_collection &&
        (members.features.data == NULL || *members.features.data != '['))
        st = ovf_error_set(err, OVF_E_FORMAT, "a FeatureCollection without an array \"features\"");
    if (st != OVF_OK) {
        char where[64] = "byte ";
        char number[OVF_NUMBER_SIZE];
        ovf_number_format_scaled(cursor.at - document.data, 0, number);
        strncat(where, number, sizeof where - strlen(where) - 1);
        ovf_error_prefix(err, where);
        return st;
    }
    *out = (struct ovf_geojson_reader){
        .limits = limits != NULL
                      ? *limits
                      : (struct ovf_geojson_limits){OVF_GEOJSON_MAX_POINTS, OVF_GEOJSON_MAX_RINGS},
        .rest = text,
        .is_collection = is_collection,
        .first = true,
    };
    if (is_collection)
        out->rest = (struct ovf_bytes){members.features.data + 1, members.features.len - 1};
    return OVF_OK;
}

/** Inside the rings of one feature. */
struct filling {
    struct ovf_json_cursor cursor;
    const struct ovf_geojson_limits *limits;
    struct ovf_shape *shape;
    struct ovf_error *err;
    size_t polygon; /* from 0 */
    size_t ring;    /* within the polygon, from 0 */
    bool repairs;
};

static enum ovf_status ring_error(const struct filling *f, enum ovf_status st, const char *what)
{
    return ovf_error_set(f->err, st, "polygon %zu, ring %zu: %s", f->polygon + 1, f->ring + 1,
                         what);
}

static enum ovf_status take_position(struct filling *f, struct ovf_point *out)
{
    struct ovf_bytes lon;
    struct ovf_bytes lat;
    struct ovf_bytes ignored;
    int64_t lon_e7;
    int64_t lat_e7;
    if (!ovf_json_take(&f->cursor, '[') || !ovf_json_take_number(&f->cursor, &lon) ||
        !ovf_json_take(&f->cursor, ',') || !ovf_json_take_number(&f->cursor, &lat))
        return ring_error(f, OVF_E_FORMAT, "a position is not two numbers");
    while (ovf_json_take(&f->cursor, ',')) {
        if (!ovf_json_take_number(&f->cursor, &ignored))
            return ring_error(f, OVF_E_FORMAT, "the third coordinate is not a number");
    }
    if (!ovf_json_take(&f->cursor, ']'))
        return ring_error(f, OVF_E_FORMAT, "a position is not two numbers");
    if (!ovf_number_parse_scaled(lon, 7, &lon_e7) || !ovf_number_parse_scaled(lat, 7, &lat_e7))
        return ring_error(f, OVF_E_FORMAT, "a coordinate is out of all range or too long a number");
    if (lat_e7 < -OVF_E7_TURN / 4 || lat_e7 > OVF_E7_TURN / 4)
        return ring_error(f, OVF_E_FORMAT,
                          "a latitude is beyond 90 degrees (longitude comes first in GeoJSON)");
    if (lon_e7 < -OVF_E7_TURN * 3 / 2 || lon_e7 > OVF_E7_TURN * 3 / 2)
        return ring_error(f, OVF_E_FORMAT, "a longitude is beyond 540 degrees");
    *out = (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
    return OVF_OK;
}

/** Whether all points lie on one line of the plane of latitude and longitude, and not round the globe. */
static bool is_flat(const struct ovf_point *points, size_t n)
{
    const struct ovf_point a = points[0];
    const struct ovf_point b = points[1];
    const int64_t bx = ovf_lon_difference(a.lon_e7, b.lon_e7);
    const int64_t by = (int64_t)b.lat_e7 - a.lat_e7;
    int64_t turn_e7 = ovf_lon_difference(points[n - 1].lon_e7, a.lon_e7);
    for (size_t i = 1; i < n; i++)
        turn_e7 += ovf_lon_difference(points[i - 1].lon_e7, points[i].lon_e7);
    if (turn_e7 != 0)
        return false;
    for (size_t i = 2; i < n; i++) {
        const int64_t px = ovf_lon_difference(a.lon_e7, points[i].lon_e7);
        const int64_t py = (int64_t)points[i].lat_e7 - a.lat_e7;
        if (bx * py != by * px) /* factors up to 1.8e9 */
            return false;
    }
    return true;
}

/** The positions of a ring, repeated ones left out. */
static enum ovf_status take_positions(struct filling *f, size_t *n_positions,
                                      struct ovf_point *last)
{
    struct ovf_points *const points = &f->shape->points;
    const size_t begin = points->n;
    bool first = true;
    bool more = true;
    for (*n_positions = 0;; ++*n_positions) {
        struct ovf_point point = {0, 0};
        if (!ovf_json_next_item(&f->cursor, &first, &more))
            return ring_error(f, OVF_E_FORMAT, "not an array of positions");
        if (!more)
            return OVF_OK;
        enum ovf_status st = take_position(f, &point);
        if (st != OVF_OK)
            return st;
        if (points->n == begin || !ovf_point_equal(point, points->items[points->n - 1])) {
            /* One more than the limit: the closing position is counted and then dropped. */
            if (points->n >= f->limits->n_points + 1)
                return ring_error(f, OVF_E_LIMIT, "the feature has too many vertices");
            st = ovf_points_push(points, point);
            if (st != OVF_OK)
                return st;
        } else {
            f->shape->n_repeated++;
        }
        *last = point;
    }
}

enum ovf_status ovf_shape_end_ring(struct ovf_shape *shape, size_t begin, size_t polygon,
                                   bool is_hole, const struct ovf_geojson_limits *limits,
                                   const char **why)
{
    const struct ovf_point *const points = shape->points.items + begin;
    while (shape->points.n - begin > 1 &&
           ovf_point_equal(points[shape->points.n - begin - 1], points[0]))
        shape->points.n--;
    const size_t n = shape->points.n - begin;
    *why = NULL;
    if (shape->n_rings == limits->n_rings)
        *why = "the feature has too many rings";
    else if (shape->points.n > limits->n_points)
        *why = "the feature has too many vertices";
    if (*why != NULL)
        return OVF_E_LIMIT;
    if (n < 3)
        *why = "fewer than three distinct points";
    else if (is_flat(points, n))
        *why = "all points lie on one line";
    if (*why != NULL)
        return OVF_E_FORMAT;
    struct ovf_shape_ring *grown =
        ovf_array_reserve(shape->rings, &shape->rings_capacity, shape->n_rings + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    shape->rings = grown;
    shape->rings[shape->n_rings++] = (struct ovf_shape_ring){begin, n, polygon, is_hole};
    return OVF_OK;
}

static enum ovf_status take_ring(struct filling *f)
{
    struct ovf_shape *const shape = f->shape;
    const size_t begin = shape->points.n;
    size_t n_positions = 0;
    struct ovf_point last = {0, 0};
    if (!ovf_json_take(&f->cursor, '['))
        return ring_error(f, OVF_E_FORMAT, "not an array of positions");
    enum ovf_status st = take_positions(f, &n_positions, &last);
    if (st != OVF_OK)
        return st;
    if (n_positions == 0)
        return ring_error(f, OVF_E_FORMAT, "no positions");
    const char *why = NULL;
    if (!ovf_point_equal(shape->points.items[begin], last)) {
        if (!f->repairs)
            return ring_error(f, OVF_E_FORMAT, "not closed: the last position is not the first");
        shape->n_closed++;
    }
    st = ovf_shape_end_ring(shape, begin, f->polygon, f->ring > 0, f->limits, &why);
    return why != NULL ? ring_error(f, st, why) : st;
}

static enum ovf_status take_polygon(struct filling *f)
{
    bool first = true;
    bool more = true;
    f->ring = 0;
    if (!ovf_json_take(&f->cursor, '['))
        return ring_error(f, OVF_E_FORMAT, "not an array of rings");
    for (;; f->ring++) {
        if (!ovf_json_next_item(&f->cursor, &first, &more))
            return ring_error(f, OVF_E_FORMAT, "not an array of rings");
        if (!more)
            break;
        const enum ovf_status st = take_ring(f);
        if (st != OVF_OK)
            return st;
    }
    return f->ring > 0 ? OVF_OK : ring_error(f, OVF_E_FORMAT, "a polygon without rings");
}

static enum ovf_status take_polygons(struct filling *f)
{
    bool first = true;
    bool more = true;
    if (!ovf_json_take(&f->cursor, '['))
        return ring_error(f, OVF_E_FORMAT, "not an array of polygons");
    for (;; f->polygon++) {
        if (!ovf_json_next_item(&f->cursor, &first, &more))
            return ring_error(f, OVF_E_FORMAT, "not an array of polygons");
        if (!more)
            break;
        const enum ovf_status st = take_polygon(f);
        if (st != OVF_OK)
            return st;
    }
    return f->polygon > 0 ? OVF_OK
                          : ovf_error_set(f->err, OVF_E_FORMAT, "a MultiPolygon without polygons");
}

static enum ovf_status read_geometry(const struct ovf_geojson_reader *reader,
                                     const struct members *m, struct ovf_shape *shape,
                                     bool *is_area, struct ovf_error *err)
{
    const bool many = is_text(m->type, "MultiPolygon");
    *is_area = many || is_text(m->type, "Polygon");
    if (!is_geometry_type(m->type))
        return ovf_error_set(err, OVF_E_FORMAT, "\"type\" of the geometry is not known");
    if (!*is_area)
        return OVF_OK;
    if (m->coordinates.data == NULL)
        return ovf_error_set(err, OVF_E_FORMAT, "a geometry without coordinates");
    struct filling f = {
        .cursor = ovf_json_cursor_on(m->coordinates),
        .limits = &reader->limits,
        .shape = shape,
        .err = err,
        .repairs = reader->repairs,
    };
    return many ? take_polygons(&f) : take_polygon(&f);
}

static enum ovf_status read_properties(struct ovf_bytes text, struct ovf_shape *shape,
                                       struct ovf_error *err)
{
    json_error_t where;
    if (text.data == NULL || ovf_bytes_equal_text(text, "null"))
        return OVF_OK;
    if (text.len > OVF_GEOJSON_MAX_PROPERTIES_BYTES)
        return ovf_error_set(err, OVF_E_LIMIT, "more than %d bytes of properties",
                             OVF_GEOJSON_MAX_PROPERTIES_BYTES);
    json_t *const properties =
        json_loadb((const char *)text.data, text.len, JSON_REJECT_DUPLICATES, &where);
    if (properties == NULL)
        return ovf_error_set(err, OVF_E_FORMAT, "properties: %s", where.text);
    if (!json_is_object(properties)) {
        json_decref(properties);
        return ovf_error_set(err, OVF_E_FORMAT, "properties are not an object");
    }
    shape->properties = properties;
    return OVF_OK;
}

static enum ovf_status read_feature(const struct ovf_geojson_reader *reader,
                                    const struct members *m, struct ovf_shape *shape, bool *is_area,
                                    struct ovf_error *err)
{
    struct members geometry = {0};
    *is_area = false;
    if (is_geometry_type(m->type) && !reader->is_collection)
        return read_geometry(reader, m, shape, is_area, err);
    if (!is_text(m->type, "Feature"))
        return ovf_error_set(err, OVF_E_FORMAT, "\"type\" is not Feature");
    enum ovf_status st = read_properties(m->properties, shape, err);
    if (st != OVF_OK || m->geometry.data == NULL || ovf_bytes_equal_text(m->geometry, "null"))
        return st;
    struct ovf_json_cursor cursor = ovf_json_cursor_on(m->geometry);
    st = read_members(&cursor, &geometry, err);
    /* An area must not be lost among what has none. */
    if (st == OVF_OK && is_text(geometry.type, "GeometryCollection") &&
        holds_text(m->geometry, "Polygon\""))
        return ovf_error_set(err, OVF_E_FORMAT,
                             "a GeometryCollection with polygons is not read; write them as a "
                             "MultiPolygon");
    return st != OVF_OK ? st : read_geometry(reader, &geometry, shape, is_area, err);
}

/** "feature 12 (IRQ)": the number, and the first of the usual names that is there. */
static void name_feature(const struct ovf_shape *shape, struct ovf_error *err)
{
    static const char *const keys[] = {"A3", "code", "icao_code", "name", "NAME", "id"};
    struct ovf_error name;
    const char *text = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && text == NULL; i++)
        text = ovf_shape_text(shape, keys[i]);
    (void)ovf_error_set(&name, OVF_OK, text != NULL ? "feature %zu (%.80s)" : "feature %zu",
                        shape->number, text);
    ovf_error_prefix(err, name.text);
}

/** The text of the next feature, as members; more is false behind the last. */
static enum ovf_status next_members(struct ovf_geojson_reader *reader, struct members *out,
                                    bool *more, struct ovf_error *err)
{
    struct ovf_json_cursor cursor = ovf_json_cursor_on(reader->rest);
    enum ovf_status st = OVF_OK;
    *more = true;
    if (!reader->is_collection)
        *more = reader->first;
    else if (!ovf_json_next_item(&cursor, &reader->first, more))
        st = ovf_error_set(err, OVF_E_FORMAT, "no JSON");
    reader->first = false;
    if (*more && st == OVF_OK)
        st = read_members(&cursor, out, err);
    /* The document was checked whole at the start, so what is left is the rest of it. */
    reader->rest = (struct ovf_bytes){cursor.at, *more ? (size_t)(cursor.end - cursor.at) : 0};
    return st;
}

enum ovf_status ovf_geojson_next(struct ovf_geojson_reader *reader, struct ovf_shape *shape,
                                 bool *more, struct ovf_error *err)
{
    for (;;) {
        struct members members = {0};
        bool is_area = false;
        enum ovf_status st = OVF_OK;
        if (reader->rest.len == 0) {
            *more = false;
            return OVF_OK;
        }
        shape->number = reader->n_features + 1;
        shape->points.n = 0;
        shape->n_rings = 0;
        shape->n_repeated = 0;
        shape->n_closed = 0;
        json_decref(shape->properties);
        shape->properties = NULL;
        st = next_members(reader, &members, more, err);
        if (st == OVF_OK && !*more)
            return OVF_OK;
        reader->n_features++;
        if (st == OVF_OK)
            st = check_crs(members.crs, err);
        if (st == OVF_OK)
            st = read_feature(reader, &members, shape, &is_area, err);
        if (st != OVF_OK)
            name_feature(shape, err);
        if (st != OVF_OK || is_area)
            return st;
        reader->n_not_areas++;
    }
}
