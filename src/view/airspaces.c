/* SPDX-License-Identifier: Apache-2.0 */
/* Airspaces as GeoJSON (RFC 7946): those that decide, from the store; those around, from the pack; and what the
 * case closes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "store/gpkg_shape.h"
#include "view/borders.h"

#define TOLERANCE_M 100.0

/* ---- what decides ---- */

struct shapes {
    struct ovf_view_writing *w;
    struct ovf_polygons shape;
    struct ovf_simplifier simplifier;
    struct ovf_drawn *vertices;
    size_t capacity;
};

static void put_position(struct ovf_json_writer *json, const struct ovf_drawn *at)
{
    ovf_json_open(json, NULL, '[');
    ovf_json_number(json, NULL, ovf_deg_from_e7(at->lon_e7), 5);
    ovf_json_number(json, NULL, ovf_deg_from_e7(at->lat_e7), 5);
    ovf_json_close(json, ']');
}

/** The vertices of ring \p r that are needed, in `vertices`; \p n_left: how many. */
static enum ovf_status simplify(struct shapes *s, size_t r, size_t *n_left)
{
    static const double tolerance_m = TOLERANCE_M;
    const struct ovf_polygon_ring *const ring = &s->shape.rings[r];
    struct ovf_drawn *const v =
        ovf_array_reserve(s->vertices, &s->capacity, ring->n_points + 1, sizeof *v);
    *n_left = 0;
    if (v == NULL)
        return OVF_E_NOMEM;
    s->vertices = v;
    for (size_t i = 0; i < ring->n_points; i++) {
        const struct ovf_map_point at = s->shape.points[ring->first + i];
        v[i] = (struct ovf_drawn){at.lat_e7, at.lon_e7, 0};
    }
    const enum ovf_status st = ovf_simplify(&s->simplifier, v, ring->n_points, &tolerance_m, 1);
    for (size_t i = 0; i < ring->n_points && st == OVF_OK; i++) {
        if (v[i].level == 0)
            v[(*n_left)++] = v[i];
    }
    return st;
}

static void put_ring(struct shapes *s, size_t n)
{
    ovf_json_open(&s->w->json, NULL, '[');
    for (size_t i = 0; i < n; i++)
        put_position(&s->w->json, &s->vertices[i]);
    ovf_json_close(&s->w->json, ']');
}

/** Rings of fewer than four positions, the last of them the first, are smaller than the tolerance. */
static enum ovf_status put_polygons(struct shapes *s)
{
    bool is_open = false;
    enum ovf_status st = OVF_OK;
    for (size_t r = 0; r < s->shape.n_rings && st == OVF_OK; r++) {
        const bool is_hole = s->shape.rings[r].is_hole;
        size_t n = 0;
        if (is_hole && !is_open)
            continue;
        if (!is_hole && is_open) {
            ovf_json_close(&s->w->json, ']');
            is_open = false;
        }
        st = simplify(s, r, &n);
        if (st != OVF_OK || n < 4)
            continue;
        if (!is_hole)
            ovf_json_open(&s->w->json, NULL, '[');
        is_open = true;
        put_ring(s, n);
    }
    if (is_open)
        ovf_json_close(&s->w->json, ']');
    return st;
}

enum { ID, AIRSPACE, KIND, NAME, EDITION, FLOOR, CEILING, VALID_FROM, VALID_TO, ACCURACY, GEOM };

static void put_properties(struct ovf_json_writer *json, sqlite3_stmt *stmt)
{
    static const struct {
        const char *key;
        int column;
    } texts[] = {{"airspace", AIRSPACE},     {"kind", KIND},        {"name", NAME},
                 {"edition", EDITION},       {"floor", FLOOR},      {"ceiling", CEILING},
                 {"valid_from", VALID_FROM}, {"valid_to", VALID_TO}};
    ovf_json_open(json, "properties", '{');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ovf_view_put_text(json, texts[i].key, stmt, texts[i].column);
    const double accuracy_m = sqlite3_column_double(stmt, ACCURACY);
    if (accuracy_m > 0 && accuracy_m < 1e9)
        ovf_json_number(json, "boundary_accuracy_m", accuracy_m, 0);
    ovf_json_close(json, '}');
}

static enum ovf_status put_airspace(void *context, sqlite3_stmt *stmt)
{
    struct shapes *const s = context;
    struct ovf_json_writer *const json = &s->w->json;
    const void *const blob = sqlite3_column_blob(stmt, GEOM);
    const struct ovf_bytes geom = {blob,
                                   blob != NULL ? (size_t)sqlite3_column_bytes(stmt, GEOM) : 0};
    enum ovf_status st = OVF_OK;
    s->shape.n_rings = 0;
    if (geom.len > 0)
        st = ovf_gpkg_read_shape(geom, &s->shape);
    if (st != OVF_OK)
        return ovf_error_set(s->w->err, st, "airspace %.40s of the store is damaged",
                             ovf_view_column(stmt, AIRSPACE));
    ovf_json_open(json, NULL, '{');
    ovf_json_text(json, "type", "Feature");
    ovf_json_text(json, "id", ovf_view_column(stmt, ID));
    put_properties(json, stmt);
    ovf_json_open(json, "geometry", '{');
    ovf_json_text(json, "type", "MultiPolygon");
    ovf_json_open(json, "coordinates", '[');
    st = put_polygons(s);
    ovf_json_close(json, ']');
    ovf_json_close(json, '}');
    ovf_json_close(json, '}');
    return st;
}

/** Those that are named, comma-separated; "": all that are shown to whoever asks. */
static enum ovf_status each_asked(struct ovf_view_writing *w, const char *named,
                                  struct shapes *shapes)
{
    static const char select[] =
        "SELECT id,airspace,kind,name,edition,floor,ceiling,valid_from,valid_to,"
        "boundary_accuracy_m,geom FROM %s ORDER BY kind,airspace,edition,id";
    const struct ovf_view_source *const source = &w->view->source;
    const char *from = "airspaces";
    char sql[320];
    if (named[0] != '\0')
        from = "airspaces WHERE instr(','||?1||',',','||airspace||',')>0";
    else if (source->asked_are_many && source->asked_path != NULL)
        from = "main.airspaces";
    else if (source->asked_are_many)
        return OVF_OK;
    (void)snprintf(sql, sizeof sql, select, from);
    return ovf_view_each(w->view, sql, named[0] != '\0' ? named : NULL, put_airspace, shapes,
                         w->err);
}

static enum ovf_status put_asked(struct ovf_view_writing *w, const char *named)
{
    struct shapes s = {.w = w};
    ovf_json_open(&w->json, "airspaces", '{');
    ovf_json_text(&w->json, "type", "FeatureCollection");
    ovf_json_open(&w->json, "features", '[');
    const enum ovf_status st = each_asked(w, named, &s);
    ovf_json_close(&w->json, ']');
    ovf_json_close(&w->json, '}');
    ovf_polygons_deinit(&s.shape);
    ovf_simplifier_deinit(&s.simplifier);
    free(s.vertices);
    return st;
}

/* ---- closures ---- */

static void put_clock(struct ovf_json_writer *json, const char *key, int64_t since_midnight_ns)
{
    char text[OVF_TIME_SIZE];
    ovf_time_format(since_midnight_ns, 0, text);
    text[16] = '\0';
    ovf_json_text(json, key, text + 11);
}

static void put_closure(struct ovf_json_writer *json, const struct ovf_case_closure *closure)
{
    static const char *const kinds[] = {"no_fly_zone", "closure", "restriction"};
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    ovf_json_open(json, NULL, '{');
    ovf_json_text(json, "airspace", closure->airspace);
    ovf_json_text(json, "kind", kinds[closure->kind]);
    ovf_json_text(json, "name", closure->name.text);
    if (closure->instrument != NULL)
        ovf_json_text(json, "instrument", closure->instrument);
    ovf_json_time(json, "valid_from", closure->valid_from_ns);
    if (closure->valid_to_ns != INT64_MAX)
        ovf_json_time(json, "valid_to", closure->valid_to_ns);
    if (closure->weekdays.n > 0) {
        ovf_json_open(json, "weekdays", '[');
        for (size_t i = 0; i < closure->weekdays.n; i++)
            ovf_json_text(json, NULL, days[((const int64_t *)closure->weekdays.items)[i]]);
        ovf_json_close(json, ']');
    }
    put_clock(json, "from", closure->from_ns);
    put_clock(json, "until", closure->until_ns);
    if (isfinite(closure->floor_ft))
        ovf_json_number(json, "floor_ft", closure->floor_ft, 0);
    if (isfinite(closure->ceiling_ft))
        ovf_json_number(json, "ceiling_ft", closure->ceiling_ft, 0);
    ovf_json_text(json, "source", closure->basis.source);
    ovf_json_close(json, '}');
}

/** What else is drawn. */
static enum ovf_status put_around(struct ovf_view_writing *w)
{
    const struct ovf_case *const c = w->view->source.the_case;
    const enum ovf_status st = w->view->source.pack != NULL ? ovf_view_put_borders(w) : OVF_OK;
    ovf_json_open(&w->json, "zones", '[');
    for (size_t i = 0; c != NULL && i < c->closures.n; i++)
        put_closure(&w->json, &((const struct ovf_case_closure *)c->closures.items)[i]);
    ovf_json_close(&w->json, ']');
    return st;
}

enum ovf_status ovf_view_put_airspaces(struct ovf_view_writing *w)
{
    const char *const named = w->query != NULL ? w->query->filters[OVF_VIEW_AIRSPACE] : "";
    enum ovf_status st = put_asked(w, named);
    if (st == OVF_OK && named[0] == '\0')
        st = put_around(w);
    ovf_json_int(&w->json, "tolerance_m", (int64_t)TOLERANCE_M);
    return st;
}
