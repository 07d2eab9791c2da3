/* SPDX-License-Identifier: Apache-2.0 */
/* Importing maps. One feature after the other is read, checked, named and laid beside those that have
 * the same code. */
#include "question/import_areas.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "question/import_names.h"
#include "shape/openair.h"
#include "shape/polygon_check.h"

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool ovf_import_knows(struct ovf_bytes bytes)
{
    size_t i = bytes.len >= 3 && memcmp(bytes.data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (i < bytes.len && is_blank(bytes.data[i]))
        i++;
    return (i < bytes.len && bytes.data[i] == '{') || ovf_openair_is(bytes);
}

struct importing {
    const struct ovf_import_options *options;
    struct ovf_area_set *set;
    struct ovf_buffer *notes;
    struct ovf_error *err;
    bool *is_merged; /* of each area: made of several features */
    size_t merged_capacity;
    size_t n_left_out;
};

/** What is known of one feature before it is kept. */
struct feature {
    struct ovf_shape *shape;
    struct ovf_import_name name;
    struct ovf_limit floor;
    struct ovf_limit ceiling;
};

static enum ovf_status say(const struct importing *im, const struct feature *f, const char *what)
{
    return ovf_buffer_printf(im->notes, "%zu (%s): %s\n", f->shape->number, f->name.code, what);
}

/* ---- is it where it should be? ---- */

static bool is_within(struct ovf_point p, const struct ovf_extent *e)
{
    const bool east_of_west = p.lon_e7 >= e->west_e7;
    const bool west_of_east = p.lon_e7 <= e->east_e7;
    return p.lat_e7 >= e->south_e7 && p.lat_e7 <= e->north_e7 &&
           (e->west_e7 > e->east_e7 ? east_of_west || west_of_east : east_of_west && west_of_east);
}

/** How many of the vertices lie in the box of a state, as written or the other way round. */
static size_t count_within(const struct ovf_shape *shape, const struct ovf_extent *e, bool swapped)
{
    size_t n = 0;
    for (size_t i = 0; i < shape->points.n; i++) {
        const struct ovf_point p = shape->points.items[i];
        n += is_within(swapped ? (struct ovf_point){p.lon_e7, p.lat_e7} : p, e);
    }
    return n;
}

static enum ovf_status check_place(const struct importing *im, const struct feature *f)
{
    if (f->name.state == NULL)
        return im->options->kind != OVF_KIND_COUNTRY || im->options->states == NULL
                   ? OVF_OK
                   : say(im, f, "no state of the built-in table has this code");
    const struct ovf_extent *const there = &f->name.state->extent;
    /* Maps differ at the edges, never by most of a state. */
    if (there->n_edges == 0 || count_within(f->shape, there, false) * 10 >= f->shape->points.n)
        return OVF_OK;
    if (count_within(f->shape, there, true) * 2 > f->shape->points.n)
        return ovf_error_set(im->err, OVF_E_FORMAT,
                             "latitude and longitude are swapped: as written it lies far from %s "
                             "(%.60s), the other way round in it; longitude comes first in GeoJSON",
                             f->name.state->code, f->name.state->name);
    return say(im, f, "lies far from where the built-in map has it");
}

static enum ovf_status check_shape(const struct importing *im, const struct feature *f)
{
    struct ovf_polygon_report report;
    char text[128];
    enum ovf_status st = ovf_polygon_check(f->shape, &report, im->err);
    if (st == OVF_OK && f->shape->n_closed > 0) {
        (void)snprintf(text, sizeof text, "%zu rings were not closed; they have been",
                       f->shape->n_closed);
        st = say(im, f, text);
    }
    if (st == OVF_OK && f->shape->n_repeated > 0) {
        (void)snprintf(text, sizeof text, "%zu vertices repeated the one before; they count once",
                       f->shape->n_repeated);
        st = say(im, f, text);
    }
    if (st == OVF_OK && report.n_holes_dropped > 0) {
        (void)snprintf(text, sizeof text,
                       "%zu holes lie outside their shell or in another hole; left out",
                       report.n_holes_dropped);
        st = say(im, f, text);
    }
    if (st == OVF_OK && report.n_nested > 0) {
        (void)snprintf(text, sizeof text,
                       "%zu polygons lie inside another of its own; they count as holes",
                       report.n_nested);
        st = say(im, f, text);
    }
    return st == OVF_OK && report.touches ? say(im, f, "its lines touch each other") : st;
}

/* ---- those with the same code ---- */

/** Whether the area has the code, or had it before its limits were added. */
static bool has_code(const struct importing *im, size_t area, const char *code)
{
    const char *const own = ovf_area_set_texts(im->set, area).code;
    const size_t len = strlen(code);
    return strncmp(own, code, len) == 0 && (own[len] == '\0' || own[len] == '/');
}

static bool same_limit(struct ovf_limit a, struct ovf_limit b)
{
    return a.datum == b.datum && a.ft == b.ft;
}

static bool has_limits(const struct importing *im, size_t area, const struct feature *f)
{
    return same_limit(im->set->areas[area].floor, f->floor) &&
           same_limit(im->set->areas[area].ceiling, f->ceiling);
}

static bool same_ring(const struct ovf_point *a, size_t n_a, const struct ovf_point *b, size_t n_b)
{
    if (n_a != n_b)
        return false;
    for (size_t i = 0; i < n_a; i++) {
        if (!ovf_point_equal(a[i], b[i]))
            return false;
    }
    return true;
}

/** Whether the rings of the feature are just those of the area. */
static bool has_rings(const struct importing *im, size_t area, const struct ovf_shape *shape)
{
    size_t n = 0;
    for (size_t i = 0; i < im->set->n_rings; i++) {
        const struct ovf_area_ring *const ring = &im->set->rings[i];
        if (ring->area != area)
            continue;
        if (n == shape->n_rings ||
            !same_ring(im->set->points.items + ring->begin, ring->n,
                       shape->points.items + shape->rings[n].begin, shape->rings[n].n))
            return false;
        n++;
    }
    return n == shape->n_rings;
}

static enum ovf_status add_rings(struct importing *im, size_t area, const struct ovf_shape *shape)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < shape->n_rings && st == OVF_OK; i++)
        st = ovf_area_set_add_ring(im->set, (uint32_t)area,
                                   shape->points.items + shape->rings[i].begin, shape->rings[i].n);
    return st;
}

static enum ovf_status add_area(struct importing *im, const struct feature *f)
{
    const struct ovf_area_texts texts = ovf_import_texts(&f->name);
    if (im->set->n_areas == OVF_MEMBERS_MAX)
        return ovf_error_set(im->err, OVF_E_RANGE, "more than %d airspaces in one edition",
                             OVF_MEMBERS_MAX);
    bool *grown =
        ovf_array_reserve(im->is_merged, &im->merged_capacity, im->set->n_areas + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    im->is_merged = grown;
    im->is_merged[im->set->n_areas] = false;
    const size_t area = im->set->n_areas;
    const enum ovf_status st = ovf_area_set_add(im->set, &texts, f->floor, f->ceiling);
    return st == OVF_OK ? add_rings(im, area, f->shape) : st;
}

/** Puts the limits behind a code that stands for several airspaces: OBBBUIR/FL150-FL245; the code
 * itself stays as another name. */
static void add_limits_to_code(struct ovf_import_name *name, struct ovf_limit floor,
                               struct ovf_limit ceiling)
{
    char limits[72];
    const size_t len = strlen(name->code);
    ovf_import_format_limits(floor, ceiling, limits, sizeof limits);
    ovf_import_also(name->also, name->code);
    (void)snprintf(name->code + len, sizeof name->code - len, "/%s", limits);
}

static enum ovf_status rename_by_limits(struct importing *im, size_t area)
{
    const struct ovf_area_texts old = ovf_area_set_texts(im->set, area);
    struct ovf_import_name name = {.state = NULL};
    if (strchr(old.code, '/') != NULL)
        return OVF_OK;
    (void)snprintf(name.code, sizeof name.code, "%s", old.code);
    (void)snprintf(name.code3, sizeof name.code3, "%s", old.code3);
    (void)snprintf(name.name, sizeof name.name, "%s", old.name);
    (void)snprintf(name.also, sizeof name.also, "%s", old.also);
    add_limits_to_code(&name, im->set->areas[area].floor, im->set->areas[area].ceiling);
    const struct ovf_area_texts texts = ovf_import_texts(&name);
    return ovf_area_set_rename(im->set, area, &texts);
}

/** Another name for an area: the row that stood there again may have its own. */
static enum ovf_status add_name(struct importing *im, size_t area, const char *name)
{
    struct ovf_area_texts texts = ovf_area_set_texts(im->set, area);
    struct ovf_area_texts kept[1];
    char also[OVF_IMPORT_ALSO_SIZE];
    char copies[3][OVF_IMPORT_TEXT_SIZE];
    if (strcmp(texts.name, name) == 0)
        return OVF_OK;
    (void)snprintf(also, sizeof also, "%s", texts.also);
    ovf_import_also(also, name);
    (void)snprintf(copies[0], sizeof copies[0], "%s", texts.code);
    (void)snprintf(copies[1], sizeof copies[1], "%s", texts.code3);
    (void)snprintf(copies[2], sizeof copies[2], "%s", texts.name);
    *kept = (struct ovf_area_texts){copies[0], copies[1], copies[2], also};
    return ovf_area_set_rename(im->set, area, kept);
}

/** A zone whose name is taken, with the same limits: "-2", "-3" ... behind it. */
static void number_code(const struct importing *im, struct ovf_import_name *name)
{
    char base[OVF_IMPORT_TEXT_SIZE];
    (void)snprintf(base, sizeof base, "%s", name->code);
    for (int n = 2; n <= OVF_MEMBERS_MAX + 1; n++) {
        bool taken = false;
        (void)snprintf(name->code, sizeof name->code, "%.*s-%d", OVF_IMPORT_TEXT_SIZE - 14, base,
                       n);
        for (size_t i = 0; i < im->set->n_areas && !taken; i++)
            taken = strcmp(ovf_area_set_texts(im->set, i).code, name->code) == 0;
        if (!taken)
            return;
    }
}

/** Keeps a feature whose code is there already. */
static enum ovf_status keep_again(struct importing *im, struct feature *f)
{
    bool other_limits = false;
    size_t same = SIZE_MAX;
    for (size_t i = 0; i < im->set->n_areas; i++) {
        if (!has_code(im, i, f->name.code))
            continue;
        if (!has_limits(im, i, f)) {
            other_limits = true;
            continue;
        }
        if (has_rings(im, i, f->shape)) {
            const enum ovf_status st = say(im, f, "stands again, the same in all; kept once");
            return st == OVF_OK ? add_name(im, i, f->name.name) : st;
        }
        same = i;
    }
    enum ovf_status st = OVF_OK;
    if (same != SIZE_MAX && im->options->kind != OVF_KIND_ZONE && im->is_merged != NULL) {
        im->is_merged[same] = true;
        st = say(im, f, "stands again with another area; they are parts of one airspace");
        return st == OVF_OK ? add_rings(im, same, f->shape) : st;
    }
    if (other_limits) {
        for (size_t i = 0; i < im->set->n_areas && st == OVF_OK; i++) {
            if (has_code(im, i, f->name.code))
                st = rename_by_limits(im, i);
        }
        if (st == OVF_OK)
            st = say(im, f, "stands again with other limits; each is an airspace of its own");
        add_limits_to_code(&f->name, f->floor, f->ceiling);
    }
    if (same != SIZE_MAX) {
        number_code(im, &f->name);
        st = say(im, f, "the name was taken; this is what it is called");
    }
    return st == OVF_OK ? add_area(im, f) : st;
}

static enum ovf_status keep(struct importing *im, struct feature *f)
{
    enum ovf_status st = check_shape(im, f);
    if (st == OVF_OK)
        st = check_place(im, f);
    if (st != OVF_OK)
        return st;
    for (size_t i = 0; i < im->set->n_areas; i++) {
        if (has_code(im, i, f->name.code))
            return keep_again(im, f);
    }
    return add_area(im, f);
}

/* ---- the formats ---- */

/** Whether reading may go on after \p st: then what was wrong has been noted. */
static bool is_left_out(struct importing *im, enum ovf_status *st)
{
    if (!im->options->skip_bad || (*st != OVF_E_FORMAT && *st != OVF_E_LIMIT))
        return false;
    im->n_left_out++;
    *st = ovf_buffer_printf(im->notes, "left out: %s\n", im->err->text);
    return *st == OVF_OK;
}

static enum ovf_status keep_feature(struct importing *im, struct ovf_shape *shape)
{
    struct feature f = {.shape = shape};
    struct ovf_error name;
    (void)ovf_error_set(&name, OVF_OK, "feature %zu", shape->number);
    enum ovf_status st = ovf_import_name_feature(shape, im->options, &f.name, im->err);
    if (st == OVF_OK)
        (void)ovf_error_set(&name, OVF_OK, "feature %zu (%s, %s)", shape->number, f.name.code,
                            f.name.name);
    if (st == OVF_OK)
        st = ovf_import_limits(shape, &f.floor, &f.ceiling, im->err);
    if (st == OVF_OK)
        st = keep(im, &f);
    if (st == OVF_E_FORMAT || st == OVF_E_LIMIT)
        ovf_error_prefix(im->err, name.text);
    return st;
}

static enum ovf_status read_geojson(struct importing *im, struct ovf_bytes bytes)
{
    struct ovf_geojson_reader reader;
    struct ovf_shape shape = {0};
    bool more = true;
    enum ovf_status st = ovf_geojson_open(bytes, NULL, &reader, im->err);
    reader.repairs = true;
    while (st == OVF_OK && more) {
        st = ovf_geojson_next(&reader, &shape, &more, im->err);
        if (st == OVF_OK && more)
            st = keep_feature(im, &shape);
        if (st != OVF_OK && !is_left_out(im, &st))
            break;
    }
    if (st == OVF_OK && reader.n_not_areas > 0)
        st = ovf_buffer_printf(im->notes, "%zu features have no area and are left out\n",
                               reader.n_not_areas);
    ovf_shape_deinit(&shape);
    return st;
}

static enum ovf_status keep_openair(struct importing *im, struct ovf_openair_area *area)
{
    struct feature f = {.shape = &area->shape, .floor = area->floor, .ceiling = area->ceiling};
    struct ovf_error where;
    char number[32];
    (void)snprintf(number, sizeof number, "%s-%zu", area->class, area->shape.number);
    ovf_import_name_make(area->name[0] != '\0' ? area->name : number, area->name, im->options,
                         &f.name);
    (void)ovf_error_set(&where, OVF_OK, "line %zu (%s)", area->line, f.name.name);
    const enum ovf_status st = keep(im, &f);
    if (st == OVF_E_FORMAT || st == OVF_E_LIMIT)
        ovf_error_prefix(im->err, where.text);
    return st;
}

static enum ovf_status read_openair(struct importing *im, struct ovf_bytes bytes)
{
    struct ovf_openair_reader reader;
    struct ovf_openair_area area = {0};
    bool more = true;
    enum ovf_status st = OVF_OK;
    ovf_openair_open(bytes, NULL, &reader);
    while (st == OVF_OK && more) {
        st = ovf_openair_next(&reader, &area, &more, im->err);
        if (st == OVF_OK && more)
            st = keep_openair(im, &area);
        if (st != OVF_OK && !is_left_out(im, &st))
            break;
    }
    if (st == OVF_OK)
        st = ovf_buffer_append(im->notes, reader.notes.data, reader.notes.len);
    if (st == OVF_OK && reader.n_notes > OVF_OPENAIR_MAX_NOTES)
        st = ovf_buffer_printf(im->notes, "and %zu lines more like these\n",
                               reader.n_notes - OVF_OPENAIR_MAX_NOTES);
    ovf_openair_area_deinit(&area);
    ovf_openair_deinit(&reader);
    return st;
}

/* ---- the whole ---- */

/** Areas made of several features must not cross themselves either. */
static enum ovf_status check_merged(struct importing *im, size_t area)
{
    struct ovf_shape shape = {0};
    struct ovf_polygon_report report;
    static const struct ovf_geojson_limits limits = {SIZE_MAX, SIZE_MAX};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < im->set->n_rings && st == OVF_OK; i++) {
        const struct ovf_area_ring *const ring = &im->set->rings[i];
        const char *why = NULL;
        const size_t begin = shape.points.n;
        if (ring->area != area)
            continue;
        for (size_t k = 0; k < ring->n && st == OVF_OK; k++)
            st = ovf_points_push(&shape.points, im->set->points.items[ring->begin + k]);
        if (st == OVF_OK)
            st = ovf_shape_end_ring(&shape, begin, i, false, &limits, &why);
    }
    if (st == OVF_OK)
        st = ovf_polygon_check(&shape, &report, im->err);
    if (st == OVF_E_FORMAT) {
        struct ovf_error name;
        (void)ovf_error_set(&name, OVF_OK, "the parts of %s",
                            ovf_area_set_texts(im->set, area).code);
        ovf_error_prefix(im->err, name.text);
    }
    ovf_shape_deinit(&shape);
    return st;
}

/** Whether both begin with the same four letters: a location indicator. */
static bool begins_with_four(const char *code, const char *other)
{
    for (int i = 0; i < 4; i++) {
        if (code[i] < 'A' || code[i] > 'Z' || code[i] != other[i])
            return false;
    }
    return true;
}

/** FIR and UIR, or sectors, of one location indicator: their short code names more than one. */
static enum ovf_status note_pairs(const struct importing *im)
{
    size_t n_pairs = 0;
    enum ovf_status st = OVF_OK;
    struct ovf_buffer list = {0};
    for (size_t i = 0; i < im->set->n_areas && st == OVF_OK; i++) {
        const char *const code = ovf_area_set_texts(im->set, i).code;
        size_t n_same = 0;
        bool first = true;
        for (size_t k = 0; k < im->set->n_areas; k++) {
            if (begins_with_four(code, ovf_area_set_texts(im->set, k).code)) {
                first = first && k >= i;
                n_same++;
            }
        }
        if (n_same < 2 || !first)
            continue;
        n_pairs++;
        st = ovf_buffer_printf(&list, " %.4s", code);
    }
    if (st == OVF_OK && n_pairs > 0)
        st = ovf_buffer_printf(im->notes,
                               "%zu short codes name several airspaces (FIR and UIR, or parts); "
                               "the full code tells them apart:%.*s\n",
                               n_pairs, (int)list.len, (const char *)list.data);
    ovf_buffer_deinit(&list);
    return st;
}

enum ovf_status ovf_import_areas(struct ovf_bytes bytes, const struct ovf_import_options *options,
                                 struct ovf_area_set *out, struct ovf_buffer *notes,
                                 struct ovf_error *err)
{
    struct ovf_area_set set = {0};
    struct ovf_error own = {""};
    struct importing im = {.options = options, .set = &set, .notes = notes, .err = &own};
    enum ovf_status st =
        ovf_openair_is(bytes) ? read_openair(&im, bytes) : read_geojson(&im, bytes);
    for (size_t i = 0; i < set.n_areas && st == OVF_OK; i++) {
        if (im.is_merged[i])
            st = check_merged(&im, i);
    }
    if (st == OVF_OK && set.n_areas == 0)
        st = ovf_error_set(&own, OVF_E_FORMAT, "no airspaces in it");
    if (st == OVF_OK && options->kind == OVF_KIND_FIR)
        st = note_pairs(&im);
    free(im.is_merged);
    if (err != NULL)
        *err = own;
    if (st != OVF_OK) {
        ovf_area_set_deinit(&set);
        return st;
    }
    *out = set;
    return OVF_OK;
}
