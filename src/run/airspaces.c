/* SPDX-License-Identifier: Apache-2.0 */
/* Printing airspaces. Positions have six decimals, distances whole metres. */
#include "run/airspaces.h"

#include <math.h>

#include "base/buffer.h"
#include "base/json_writer.h"
#include "base/number.h"
#include "base/time.h"
#include "question/import_names.h"

/* As far as ovf_index_distance_m looks. */
static const double look_m = 50000;

static enum ovf_status append_deg(struct ovf_buffer *out, const char *before, int32_t e7)
{
    char text[OVF_NUMBER_SIZE];
    ovf_number_format(ovf_deg_from_e7(e7), 6, text);
    return ovf_buffer_printf(out, "%s%s", before, text);
}

static enum ovf_status flush(struct ovf_buffer *out, enum ovf_status st,
                             const struct ovf_sink *sink)
{
    if (st == OVF_OK)
        st = ovf_sink_write(sink, out->data, out->len);
    ovf_buffer_deinit(out);
    return st;
}

/* ---- one line an airspace ---- */

/** A CSV field (RFC 4180), quoted when it must be. */
static enum ovf_status append_csv(struct ovf_buffer *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL)
        return ovf_buffer_append_text(out, text);
    enum ovf_status st = ovf_buffer_append_text(out, "\"");
    for (; *text != '\0' && st == OVF_OK; text++) {
        if (*text == '"')
            st = ovf_buffer_append_text(out, "\"");
        if (st == OVF_OK)
            st = ovf_buffer_append(out, text, 1);
    }
    return st != OVF_OK ? st : ovf_buffer_append_text(out, "\"");
}

static enum ovf_status append_csv_row(struct ovf_buffer *out, const struct ovf_edition *e,
                                      const struct ovf_airspace *a)
{
    enum ovf_status st = ovf_buffer_printf(out, "%s,%s,", a->code, a->code3);
    if (st == OVF_OK)
        st = append_csv(out, a->name);
    if (st == OVF_OK)
        st = ovf_buffer_printf(out, ",%s", ovf_kind_name(e->kind));
    if (st == OVF_OK)
        st = append_deg(out, ",", a->extent.south_e7);
    if (st == OVF_OK)
        st = append_deg(out, ",", a->extent.west_e7);
    if (st == OVF_OK)
        st = append_deg(out, ",", a->extent.north_e7);
    if (st == OVF_OK)
        st = append_deg(out, ",", a->extent.east_e7);
    return st != OVF_OK ? st : ovf_buffer_printf(out, ",%u\n", (unsigned)a->extent.n_edges);
}

static enum ovf_status append_csv_head(struct ovf_buffer *out)
{
    return ovf_buffer_append_text(
        out, "airspace,code3,name,kind,south_deg,west_deg,north_deg,east_deg,n_edges\n");
}

static void put_airspace(struct ovf_json_writer *json, const struct ovf_edition *e,
                         const struct ovf_airspace *a)
{
    ovf_json_text(json, "type", "airspace");
    ovf_json_text(json, "airspace", a->code);
    if (a->code3[0] != '\0')
        ovf_json_text(json, "code3", a->code3);
    ovf_json_text(json, "name", a->name);
    ovf_json_text(json, "kind", ovf_kind_name(e->kind));
    ovf_json_text(json, "edition", e->edition);
    ovf_json_number(json, "south_deg", ovf_deg_from_e7(a->extent.south_e7), 6);
    ovf_json_number(json, "west_deg", ovf_deg_from_e7(a->extent.west_e7), 6);
    ovf_json_number(json, "north_deg", ovf_deg_from_e7(a->extent.north_e7), 6);
    ovf_json_number(json, "east_deg", ovf_deg_from_e7(a->extent.east_e7), 6);
    ovf_json_int(json, "n_edges", a->extent.n_edges);
}

static enum ovf_status append_list_row(struct ovf_buffer *out, const struct ovf_edition *e,
                                       uint32_t i, enum ovf_listing_format format)
{
    const struct ovf_airspace *const a = &e->airspaces[i];
    struct ovf_json_writer json = ovf_json_begin(out);
    switch (format) {
    case OVF_LISTING_TABLE:
        return ovf_buffer_printf(out, "%-4s %-4s %8u  %s\n", a->code, a->code3,
                                 (unsigned)a->extent.n_edges, a->name);
    case OVF_LISTING_CSV:
        return append_csv_row(out, e, a);
    case OVF_LISTING_NDJSON:
        break;
    }
    ovf_json_open(&json, NULL, '{');
    put_airspace(&json, e, a);
    ovf_json_close(&json, '}');
    return json.status != OVF_OK ? json.status : ovf_buffer_append_text(out, "\n");
}

enum ovf_status ovf_airspaces_list(const struct ovf_edition *edition,
                                   enum ovf_listing_format format, const struct ovf_sink *sink)
{
    struct ovf_buffer out = {0};
    enum ovf_status st = OVF_OK;
    if (format == OVF_LISTING_CSV)
        st = append_csv_head(&out);
    if (format == OVF_LISTING_TABLE)
        st = ovf_buffer_append_text(&out, "CODE CODE3   EDGES  NAME\n");
    for (uint32_t i = 0; i < edition->n_airspaces && st == OVF_OK; i++)
        st = append_list_row(&out, edition, i, format);
    if (st == OVF_OK && format == OVF_LISTING_TABLE)
        st = ovf_buffer_printf(&out, "\n%u airspaces. %s %s. %s\n", (unsigned)edition->n_airspaces,
                               edition->name, edition->edition, edition->attribution);
    return flush(&out, st, sink);
}

/* ---- one airspace ---- */

static enum ovf_status append_overlap_lines(struct ovf_buffer *out, const struct ovf_edition *e,
                                            uint32_t airspace)
{
    enum ovf_status st = OVF_OK;
    const char *label = "overlaps";
    for (size_t i = 0; i < e->n_overlaps && st == OVF_OK; i++) {
        const struct ovf_pack_overlap *const o = &e->overlaps[i];
        if (!ovf_members_has(&o->members, airspace))
            continue;
        st = ovf_buffer_printf(out, "%-12s", label);
        label = "";
        for (uint32_t k = ovf_members_next(&o->members, 0); k < e->n_airspaces && st == OVF_OK;
             k = ovf_members_next(&o->members, k + 1)) {
            if (k != airspace)
                st = ovf_buffer_printf(out, " %s (%s)", e->airspaces[k].code, e->airspaces[k].name);
        }
        char area[OVF_NUMBER_SIZE];
        ovf_number_format(o->area_km2, o->area_km2 < 10 ? 2 : 0, area);
        if (st == OVF_OK && o->area_km2 < 0.01)
            st = ovf_buffer_append_text(out, ", less than 0.01 km2");
        else if (st == OVF_OK)
            st = ovf_buffer_printf(out, ", %s km2", area);
        if (st == OVF_OK)
            st = append_deg(out, ", at ", o->at.lat_e7);
        if (st == OVF_OK)
            st = append_deg(out, " ", o->at.lon_e7);
        if (st == OVF_OK)
            st = ovf_buffer_append_text(out, "\n");
    }
    return st;
}

static enum ovf_status append_extent_line(struct ovf_buffer *out, const struct ovf_extent *extent)
{
    enum ovf_status st = append_deg(out, "extent       south ", extent->south_e7);
    if (st == OVF_OK)
        st = append_deg(out, ", west ", extent->west_e7);
    if (st == OVF_OK)
        st = append_deg(out, ", north ", extent->north_e7);
    if (st == OVF_OK)
        st = append_deg(out, ", east ", extent->east_e7);
    return st != OVF_OK ? st : ovf_buffer_append_text(out, "\n");
}

/** The limits of an airspace, "SFC-FL245"; "" when it has none. */
static void format_limits(const struct ovf_edition *e, uint32_t airspace, char text[72])
{
    text[0] = '\0';
    for (size_t i = 0; i < e->n_limits; i++) {
        const struct ovf_limits *const l = &e->limits[i];
        if (l->owner == airspace)
            ovf_import_format_limits((struct ovf_limit){l->floor_datum, l->floor_ft},
                                     (struct ovf_limit){l->ceiling_datum, l->ceiling_ft}, text, 72);
    }
}

static enum ovf_status append_show_text(struct ovf_buffer *out, const struct ovf_edition *e,
                                        uint32_t i)
{
    const struct ovf_airspace *const a = &e->airspaces[i];
    enum ovf_status st = ovf_buffer_printf(out, "airspace     %s%s%s\nname         %s\n", a->code,
                                           a->code3[0] != '\0' ? " " : "", a->code3, a->name);
    if (st == OVF_OK && a->also[0] != '\0')
        st = ovf_buffer_printf(out, "also         %s\n", a->also);
    char limits[72];
    format_limits(e, i, limits);
    if (st == OVF_OK && limits[0] != '\0')
        st = ovf_buffer_printf(out, "limits       %s\n", limits);
    if (st == OVF_OK)
        st = ovf_buffer_printf(
            out, "kind         %s\nmap          %s\nedition      %s\nsource       %s\n",
            ovf_kind_name(e->kind), e->name, e->edition, e->source);
    if (st == OVF_OK)
        st = ovf_buffer_printf(out, "licence      %s\nattribution  %s\n", e->licence,
                               e->attribution);
    if (st == OVF_OK && !isnan(e->boundary_accuracy_m)) {
        char text[OVF_NUMBER_SIZE];
        ovf_number_format(e->boundary_accuracy_m, 1, text);
        st = ovf_buffer_printf(out, "accuracy     %s m\n", text);
    }
    if (st == OVF_OK)
        st = append_extent_line(out, &a->extent);
    if (st == OVF_OK)
        st = ovf_buffer_printf(out, "edges        %u\n", (unsigned)a->extent.n_edges);
    return st != OVF_OK ? st : append_overlap_lines(out, e, i);
}

static void put_overlaps(struct ovf_json_writer *json, const struct ovf_edition *e,
                         uint32_t airspace)
{
    ovf_json_open(json, "overlaps", '[');
    for (size_t i = 0; i < e->n_overlaps; i++) {
        const struct ovf_pack_overlap *const o = &e->overlaps[i];
        if (!ovf_members_has(&o->members, airspace))
            continue;
        ovf_json_open(json, NULL, '{');
        ovf_json_open(json, "with", '[');
        for (uint32_t k = ovf_members_next(&o->members, 0); k < e->n_airspaces;
             k = ovf_members_next(&o->members, k + 1)) {
            if (k != airspace)
                ovf_json_text(json, NULL, e->airspaces[k].code);
        }
        ovf_json_close(json, ']');
        ovf_json_number(json, "area_km2", o->area_km2, 2);
        ovf_json_number(json, "lat_deg", ovf_deg_from_e7(o->at.lat_e7), 6);
        ovf_json_number(json, "lon_deg", ovf_deg_from_e7(o->at.lon_e7), 6);
        ovf_json_close(json, '}');
    }
    ovf_json_close(json, ']');
}

static enum ovf_status append_show_json(struct ovf_buffer *out, const struct ovf_edition *e,
                                        uint32_t i)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    put_airspace(&json, e, &e->airspaces[i]);
    ovf_json_text(&json, "map", e->name);
    ovf_json_text(&json, "source", e->source);
    ovf_json_text(&json, "licence", e->licence);
    ovf_json_text(&json, "attribution", e->attribution);
    if (!isnan(e->boundary_accuracy_m))
        ovf_json_number(&json, "boundary_accuracy_m", e->boundary_accuracy_m, 1);
    put_overlaps(&json, e, i);
    ovf_json_close(&json, '}');
    return json.status != OVF_OK ? json.status : ovf_buffer_append_text(out, "\n");
}

enum ovf_status ovf_airspaces_show(const struct ovf_edition *edition, uint32_t airspace,
                                   enum ovf_listing_format format, const struct ovf_sink *sink)
{
    struct ovf_buffer out = {0};
    enum ovf_status st = OVF_OK;
    switch (format) {
    case OVF_LISTING_TABLE:
        st = append_show_text(&out, edition, airspace);
        break;
    case OVF_LISTING_NDJSON:
        st = append_show_json(&out, edition, airspace);
        break;
    case OVF_LISTING_CSV:
        st = append_csv_head(&out);
        if (st == OVF_OK)
            st = append_csv_row(&out, edition, &edition->airspaces[airspace]);
        break;
    }
    return flush(&out, st, sink);
}

/* ---- a place ---- */

struct place {
    struct ovf_point at;
    struct ovf_members members;
    double distance_m; /* look_m: that or more */
};

static enum ovf_status append_place_text(struct ovf_buffer *out, const struct ovf_edition *e,
                                         const struct place *place)
{
    const uint32_t first = ovf_members_next(&place->members, 0);
    char distance[OVF_NUMBER_SIZE];
    enum ovf_status st = OVF_OK;
    if (first >= e->n_airspaces)
        st = ovf_buffer_append_text(out, "no state\n");
    for (uint32_t k = first; k < e->n_airspaces && st == OVF_OK;
         k = ovf_members_next(&place->members, k + 1))
        st = ovf_buffer_printf(out, "%-4s %-4s %s\n", e->airspaces[k].code, e->airspaces[k].code3,
                               e->airspaces[k].name);
    if (st != OVF_OK)
        return st;
    if (place->distance_m >= look_m)
        return ovf_buffer_append_text(out, "nearest boundary: more than 50 km\n");
    ovf_number_format(place->distance_m, 0, distance);
    return ovf_buffer_printf(out, "nearest boundary: %s m\n", distance);
}

static enum ovf_status append_place_json(struct ovf_buffer *out, const struct ovf_edition *e,
                                         const struct place *place)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "place");
    ovf_json_number(&json, "lat_deg", ovf_deg_from_e7(place->at.lat_e7), 6);
    ovf_json_number(&json, "lon_deg", ovf_deg_from_e7(place->at.lon_e7), 6);
    ovf_json_open(&json, "airspaces", '[');
    for (uint32_t k = ovf_members_next(&place->members, 0); k < e->n_airspaces;
         k = ovf_members_next(&place->members, k + 1))
        ovf_json_text(&json, NULL, e->airspaces[k].code);
    ovf_json_close(&json, ']');
    if (place->distance_m < look_m)
        ovf_json_number(&json, "boundary_distance_m", place->distance_m, 0);
    ovf_json_text(&json, "edition", e->edition);
    ovf_json_close(&json, '}');
    return json.status != OVF_OK ? json.status : ovf_buffer_append_text(out, "\n");
}

static enum ovf_status append_place_csv(struct ovf_buffer *out, const struct ovf_edition *e,
                                        const struct place *place)
{
    const char *separator = "";
    char distance[OVF_NUMBER_SIZE] = "";
    enum ovf_status st =
        ovf_buffer_append_text(out, "lat_deg,lon_deg,airspaces,boundary_distance_m\n");
    if (st == OVF_OK)
        st = append_deg(out, "", place->at.lat_e7);
    if (st == OVF_OK)
        st = append_deg(out, ",", place->at.lon_e7);
    if (st == OVF_OK)
        st = ovf_buffer_append_text(out, ",");
    for (uint32_t k = ovf_members_next(&place->members, 0); k < e->n_airspaces && st == OVF_OK;
         k = ovf_members_next(&place->members, k + 1)) {
        st = ovf_buffer_printf(out, "%s%s", separator, e->airspaces[k].code);
        separator = " ";
    }
    if (place->distance_m < look_m)
        ovf_number_format(place->distance_m, 0, distance);
    return st != OVF_OK ? st : ovf_buffer_printf(out, ",%s\n", distance);
}

enum ovf_status ovf_airspaces_locate(const struct ovf_edition *edition, struct ovf_point at,
                                     enum ovf_listing_format format, const struct ovf_sink *sink)
{
    struct ovf_buffer out = {0};
    struct place place = {.at = at};
    enum ovf_status st = OVF_OK;
    ovf_index_locate(&edition->index, at, &place.members);
    place.distance_m = ovf_index_distance_m(&edition->index, at, OVF_MEMBERS_MAX, look_m);
    switch (format) {
    case OVF_LISTING_TABLE:
        st = append_place_text(&out, edition, &place);
        break;
    case OVF_LISTING_NDJSON:
        st = append_place_json(&out, edition, &place);
        break;
    case OVF_LISTING_CSV:
        st = append_place_csv(&out, edition, &place);
        break;
    }
    return flush(&out, st, sink);
}

/* ---- editions ---- */

struct editions {
    struct ovf_buffer out;
    enum ovf_listing_format format;
};

static enum ovf_status append_edition_csv(struct ovf_buffer *out,
                                          const struct ovf_library_edition *e, const char *imported)
{
    enum ovf_status st = append_csv(out, e->name);
    if (st == OVF_OK)
        st = ovf_buffer_printf(out, ",%s,%s,%s,%s,", e->kind, imported, e->sha256, e->file_sha256);
    if (st == OVF_OK)
        st = append_csv(out, e->file);
    return st == OVF_OK ? ovf_buffer_printf(out, ",%lld\n", (long long)e->n_airspaces) : st;
}

static enum ovf_status append_edition_json(struct ovf_buffer *out,
                                           const struct ovf_library_edition *e)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "edition");
    ovf_json_text(&json, "name", e->name);
    ovf_json_text(&json, "kind", e->kind);
    ovf_json_time(&json, "imported", e->imported_ns);
    ovf_json_text(&json, "sha256", e->sha256);
    ovf_json_text(&json, "file_sha256", e->file_sha256);
    ovf_json_text(&json, "file", e->file);
    ovf_json_int(&json, "n_airspaces", e->n_airspaces);
    if (e->licence[0] != '\0')
        ovf_json_text(&json, "licence", e->licence);
    if (e->attribution[0] != '\0')
        ovf_json_text(&json, "attribution", e->attribution);
    ovf_json_close(&json, '}');
    return json.status != OVF_OK ? json.status : ovf_buffer_append_text(out, "\n");
}

static enum ovf_status append_edition(void *context, const struct ovf_library_edition *e)
{
    struct editions *const editions = context;
    char imported[OVF_TIME_SIZE];
    ovf_time_format(e->imported_ns, 0, imported);
    switch (editions->format) {
    case OVF_LISTING_NDJSON:
        return append_edition_json(&editions->out, e);
    case OVF_LISTING_CSV:
        return append_edition_csv(&editions->out, e, imported);
    case OVF_LISTING_TABLE:
        break;
    }
    return ovf_buffer_printf(&editions->out, "%-8s %-24s %6lld  %s  %.12s  %s\n", e->kind, e->name,
                             (long long)e->n_airspaces, imported, e->sha256, e->file);
}

enum ovf_status ovf_airspaces_list_editions(struct ovf_library *library,
                                            enum ovf_listing_format format,
                                            const struct ovf_sink *sink, struct ovf_error *err)
{
    struct editions editions = {.format = format};
    enum ovf_status st = OVF_OK;
    if (format == OVF_LISTING_CSV)
        st = ovf_buffer_append_text(&editions.out,
                                    "name,kind,imported,sha256,file_sha256,file,n_airspaces\n");
    if (st == OVF_OK)
        st = ovf_library_list(library, NULL, append_edition, &editions, err);
    return flush(&editions.out, st, sink);
}
