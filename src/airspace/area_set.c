/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of areas, their bytes, and the edition made of one. The bytes, little-endian:
 *
 *     8    "OVFAREA" and a 1
 *     4x4  numbers of areas, rings, points and bytes of text
 *     20   an area: texts, floor datum and feet, ceiling datum and feet
 *     12   a ring: area, first point, number of points
 *     8    a point: latitude and longitude in 1e-7 degree
 *          texts
 */
#include "airspace/area_set.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "geo/boundary.h"

static const unsigned char magic[8] = {'O', 'V', 'F', 'A', 'R', 'E', 'A', 1};

enum { HEAD_BYTES = 24, AREA_BYTES = 20, RING_BYTES = 12, POINT_BYTES = 8, N_TEXTS = 4 };

void ovf_area_set_deinit(struct ovf_area_set *set)
{
    free(set->areas);
    free(set->rings);
    ovf_points_deinit(&set->points);
    ovf_buffer_deinit(&set->texts);
    *set = (struct ovf_area_set){0};
}

static enum ovf_status push_texts(struct ovf_area_set *set, const struct ovf_area_texts *texts,
                                  size_t *offset)
{
    const char *const all[N_TEXTS] = {texts->code, texts->code3, texts->name, texts->also};
    const size_t at = set->texts.len;
    for (int i = 0; i < N_TEXTS; i++) {
        const enum ovf_status st = ovf_buffer_append(&set->texts, all[i], strlen(all[i]) + 1);
        if (st != OVF_OK)
            return st;
    }
    *offset = at;
    return OVF_OK;
}

enum ovf_status ovf_area_set_add(struct ovf_area_set *set, const struct ovf_area_texts *texts,
                                 struct ovf_limit floor, struct ovf_limit ceiling)
{
    struct ovf_area area = {0, floor, ceiling};
    struct ovf_area *grown =
        ovf_array_reserve(set->areas, &set->areas_capacity, set->n_areas + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    set->areas = grown;
    const enum ovf_status st = push_texts(set, texts, &area.texts);
    if (st == OVF_OK)
        set->areas[set->n_areas++] = area;
    return st;
}

enum ovf_status ovf_area_set_rename(struct ovf_area_set *set, size_t area,
                                    const struct ovf_area_texts *texts)
{
    return push_texts(set, texts, &set->areas[area].texts);
}

enum ovf_status ovf_area_set_add_ring(struct ovf_area_set *set, uint32_t area,
                                      const struct ovf_point *points, size_t n)
{
    const struct ovf_area_ring ring = {area, set->points.n, n};
    struct ovf_area_ring *grown =
        ovf_array_reserve(set->rings, &set->rings_capacity, set->n_rings + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    set->rings = grown;
    for (size_t i = 0; i < n; i++) {
        const enum ovf_status st = ovf_points_push(&set->points, points[i]);
        if (st != OVF_OK)
            return st;
    }
    set->rings[set->n_rings++] = ring;
    return OVF_OK;
}

struct ovf_area_texts ovf_area_set_texts(const struct ovf_area_set *set, size_t area)
{
    const char *all[N_TEXTS];
    const char *at = (const char *)set->texts.data + set->areas[area].texts;
    for (int i = 0; i < N_TEXTS; i++) {
        all[i] = at;
        at += strlen(at) + 1;
    }
    return (struct ovf_area_texts){all[0], all[1], all[2], all[3]};
}

/* ---- bytes ---- */

static enum ovf_status append_words(struct ovf_buffer *out, const uint32_t *words, size_t n)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        unsigned char bytes[4];
        ovf_store_u32le(bytes, words[i]);
        st = ovf_buffer_append(out, bytes, sizeof bytes);
    }
    return st;
}

/** The texts without those of areas that were renamed, so that equal sets give equal bytes. */
static enum ovf_status gather_texts(const struct ovf_area_set *set, struct ovf_area_set *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < set->n_areas && st == OVF_OK; i++) {
        const struct ovf_area_texts texts = ovf_area_set_texts(set, i);
        st = ovf_area_set_add(out, &texts, set->areas[i].floor, set->areas[i].ceiling);
    }
    return st;
}

enum ovf_status ovf_area_set_write(const struct ovf_area_set *set, struct ovf_buffer *out)
{
    struct ovf_area_set tidy = {0};
    enum ovf_status st = gather_texts(set, &tidy);
    if (st == OVF_OK && (set->points.n > UINT32_MAX / POINT_BYTES || tidy.texts.len > UINT32_MAX))
        st = OVF_E_LIMIT;
    if (st == OVF_OK)
        st = ovf_buffer_append(out, magic, sizeof magic);
    const uint32_t head[] = {(uint32_t)set->n_areas, (uint32_t)set->n_rings,
                             (uint32_t)set->points.n, (uint32_t)tidy.texts.len};
    if (st == OVF_OK)
        st = append_words(out, head, 4);
    for (size_t i = 0; i < tidy.n_areas && st == OVF_OK; i++) {
        const struct ovf_area *const a = &tidy.areas[i];
        const uint32_t words[] = {(uint32_t)a->texts, (uint32_t)a->floor.datum,
                                  (uint32_t)a->floor.ft, (uint32_t)a->ceiling.datum,
                                  (uint32_t)a->ceiling.ft};
        st = append_words(out, words, 5);
    }
    for (size_t i = 0; i < set->n_rings && st == OVF_OK; i++) {
        const uint32_t words[] = {set->rings[i].area, (uint32_t)set->rings[i].begin,
                                  (uint32_t)set->rings[i].n};
        st = append_words(out, words, 3);
    }
    for (size_t i = 0; i < set->points.n && st == OVF_OK; i++) {
        const uint32_t words[] = {(uint32_t)set->points.items[i].lat_e7,
                                  (uint32_t)set->points.items[i].lon_e7};
        st = append_words(out, words, 2);
    }
    if (st == OVF_OK)
        st = ovf_buffer_append(out, tidy.texts.data, tidy.texts.len);
    ovf_area_set_deinit(&tidy);
    return st;
}

static int32_t load_i32(const unsigned char *p)
{
    const uint32_t raw = ovf_load_u32le(p);
    return raw <= INT32_MAX ? (int32_t)raw : (int32_t)((int64_t)raw - INT64_C(4294967296));
}

/** Whether four texts begin at \p at and end within \p texts. */
static bool has_texts(struct ovf_bytes texts, size_t at)
{
    for (int i = 0; i < N_TEXTS; i++) {
        const unsigned char *const end =
            at < texts.len ? memchr(texts.data + at, 0, texts.len - at) : NULL;
        if (end == NULL)
            return false;
        at = (size_t)(end - texts.data) + 1;
    }
    return true;
}

/** The four parts of the bytes. */
struct parts {
    struct ovf_bytes areas;
    struct ovf_bytes rings;
    struct ovf_bytes points;
    struct ovf_bytes texts;
};

static bool find_parts(struct ovf_bytes bytes, struct parts *out)
{
    if (bytes.len < HEAD_BYTES || memcmp(bytes.data, magic, sizeof magic) != 0)
        return false;
    const uint64_t areas = (uint64_t)ovf_load_u32le(bytes.data + 8) * AREA_BYTES;
    const uint64_t rings = (uint64_t)ovf_load_u32le(bytes.data + 12) * RING_BYTES;
    const uint64_t points = (uint64_t)ovf_load_u32le(bytes.data + 16) * POINT_BYTES;
    const uint64_t texts = ovf_load_u32le(bytes.data + 20);
    return ovf_bytes_slice(bytes, HEAD_BYTES, areas, &out->areas) &&
           ovf_bytes_slice(bytes, HEAD_BYTES + areas, rings, &out->rings) &&
           ovf_bytes_slice(bytes, HEAD_BYTES + areas + rings, points, &out->points) &&
           ovf_bytes_slice(bytes, HEAD_BYTES + areas + rings + points, texts, &out->texts) &&
           bytes.len == HEAD_BYTES + areas + rings + points + texts;
}

static bool read_limit(const unsigned char *p, struct ovf_limit *out)
{
    const uint32_t datum = ovf_load_u32le(p);
    if (datum >= OVF_DATUM_N)
        return false;
    *out = (struct ovf_limit){(enum ovf_datum)datum, load_i32(p + 4)};
    return true;
}

static enum ovf_status read_area(const struct parts *parts, size_t i, struct ovf_area_set *set,
                                 bool *good)
{
    const unsigned char *const p = parts->areas.data + i * AREA_BYTES;
    const size_t at = ovf_load_u32le(p);
    struct ovf_limit floor;
    struct ovf_limit ceiling;
    *good =
        has_texts(parts->texts, at) && read_limit(p + 4, &floor) && read_limit(p + 12, &ceiling);
    if (!*good)
        return OVF_OK;
    struct ovf_area *grown =
        ovf_array_reserve(set->areas, &set->areas_capacity, set->n_areas + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    set->areas = grown;
    set->areas[set->n_areas++] = (struct ovf_area){at, floor, ceiling};
    return OVF_OK;
}

static enum ovf_status read_ring(const struct parts *parts, size_t i, struct ovf_area_set *set,
                                 bool *good)
{
    const unsigned char *const p = parts->rings.data + i * RING_BYTES;
    const size_t n_points = parts->points.len / POINT_BYTES;
    const struct ovf_area_ring ring = {ovf_load_u32le(p), ovf_load_u32le(p + 4),
                                       ovf_load_u32le(p + 8)};
    *good = ring.area < set->n_areas && ring.begin <= n_points && ring.n <= n_points - ring.begin;
    if (!*good)
        return OVF_OK;
    struct ovf_area_ring *grown =
        ovf_array_reserve(set->rings, &set->rings_capacity, set->n_rings + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    set->rings = grown;
    set->rings[set->n_rings++] = ring;
    return OVF_OK;
}

static enum ovf_status read_points(const struct parts *parts, struct ovf_area_set *set, bool *good)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < parts->points.len && st == OVF_OK && *good; i += POINT_BYTES) {
        const struct ovf_point at = {load_i32(parts->points.data + i),
                                     load_i32(parts->points.data + i + 4)};
        *good = llabs(at.lat_e7) <= OVF_E7_TURN / 4 && at.lon_e7 >= -OVF_E7_TURN / 2 &&
                at.lon_e7 < OVF_E7_TURN / 2;
        st = ovf_points_push(&set->points, at);
    }
    return st;
}

enum ovf_status ovf_area_set_read(struct ovf_bytes bytes, struct ovf_area_set *out,
                                  struct ovf_error *err)
{
    struct ovf_area_set set = {0};
    struct parts parts;
    bool good = find_parts(bytes, &parts);
    enum ovf_status st = OVF_OK;
    if (good)
        st = ovf_buffer_append(&set.texts, parts.texts.data, parts.texts.len);
    for (size_t i = 0; good && st == OVF_OK && i < parts.areas.len / AREA_BYTES; i++)
        st = read_area(&parts, i, &set, &good);
    for (size_t i = 0; good && st == OVF_OK && i < parts.rings.len / RING_BYTES; i++)
        st = read_ring(&parts, i, &set, &good);
    if (good && st == OVF_OK)
        st = read_points(&parts, &set, &good);
    if (st == OVF_OK && !good)
        st = ovf_error_set(err, OVF_E_FORMAT, "no set of areas, or a damaged one");
    if (st != OVF_OK) {
        ovf_area_set_deinit(&set);
        return st;
    }
    *out = set;
    return OVF_OK;
}

/* ---- the edition ---- */

static enum ovf_status build_boundary(const struct ovf_area_set *set, struct ovf_boundary *out,
                                      struct ovf_error *err)
{
    struct ovf_boundary_builder *builder = NULL;
    enum ovf_status st = ovf_boundary_builder_new(-90, 90, &builder);
    for (size_t i = 0; i < set->n_rings && st == OVF_OK; i++) {
        const struct ovf_area_ring *const ring = &set->rings[i];
        st = ovf_boundary_builder_add(builder, ring->area, set->points.items + ring->begin, ring->n,
                                      err);
    }
    if (st == OVF_OK)
        st = ovf_boundary_builder_finish(builder, out);
    ovf_boundary_builder_free(builder);
    return st;
}

static bool is_open(struct ovf_limit limit)
{
    return limit.datum == OVF_DATUM_SURFACE || limit.datum == OVF_DATUM_UNLIMITED;
}

/** Texts and limits. The texts are copied in one piece before anything points into them. */
static enum ovf_status fill_areas(const struct ovf_area_set *set,
                                  const struct ovf_edition_about *about, struct ovf_edition *e)
{
    const char *const own[] = {about->name, about->edition, about->source, about->licence,
                               about->attribution};
    const char **const out[] = {&e->name, &e->edition, &e->source, &e->licence, &e->attribution};
    enum ovf_status st = ovf_buffer_append(&e->texts, set->texts.data, set->texts.len);
    for (int i = 0; i < 5 && st == OVF_OK; i++)
        st = ovf_buffer_append(&e->texts, own[i], strlen(own[i]) + 1);
    if (st != OVF_OK)
        return st;
    const char *const texts = (const char *)e->texts.data;
    const char *at = texts + set->texts.len;
    for (int i = 0; i < 5; i++) {
        *out[i] = at;
        at += strlen(at) + 1;
    }
    for (size_t i = 0; i < set->n_areas; i++) {
        const struct ovf_area *const area = &set->areas[i];
        const struct ovf_area_texts t = ovf_area_set_texts(set, i);
        const char *const from = (const char *)set->texts.data;
        e->airspaces[i] = (struct ovf_airspace){.code = texts + (t.code - from),
                                                .code3 = texts + (t.code3 - from),
                                                .name = texts + (t.name - from),
                                                .also = texts + (t.also - from)};
        if (!is_open(area->floor) || !is_open(area->ceiling))
            e->limits[e->n_limits++] =
                (struct ovf_limits){(uint32_t)i, area->floor.ft, area->ceiling.ft,
                                    area->floor.datum, area->ceiling.datum};
    }
    return OVF_OK;
}

static enum ovf_status fill_index(const struct ovf_area_set *set, struct ovf_edition *e,
                                  struct ovf_error *err)
{
    struct ovf_boundary boundary = {0};
    enum ovf_status st = build_boundary(set, &boundary, err);
    if (st == OVF_OK)
        st = ovf_edition_build_index(&boundary, e, err);
    ovf_boundary_deinit(&boundary);
    return st;
}

enum ovf_status ovf_edition_from_areas(const struct ovf_area_set *set,
                                       const struct ovf_edition_about *about,
                                       struct ovf_edition *out, struct ovf_error *err)
{
    struct ovf_edition e = {.kind = about->kind,
                            .boundary_accuracy_m = about->boundary_accuracy_m,
                            .n_airspaces = (uint32_t)set->n_areas};
    if (set->n_areas > OVF_MEMBERS_MAX)
        return ovf_error_set(err, OVF_E_RANGE, "%zu airspaces in one edition; %d is the most",
                             set->n_areas, OVF_MEMBERS_MAX);
    e.airspaces = calloc(set->n_areas + 1, sizeof *e.airspaces);
    e.limits = calloc(set->n_areas + 1, sizeof *e.limits);
    enum ovf_status st = e.airspaces == NULL || e.limits == NULL ? OVF_E_NOMEM : OVF_OK;
    if (st == OVF_OK)
        st = fill_areas(set, about, &e);
    if (st == OVF_OK)
        st = fill_index(set, &e, err);
    if (st != OVF_OK) {
        ovf_edition_deinit(&e);
        return st;
    }
    *out = e;
    return OVF_OK;
}
