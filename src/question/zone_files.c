/* SPDX-License-Identifier: Apache-2.0 */
/* Each file is imported as `airspace import --kind zone` does it; of its airspaces those that are named make an
 * edition of their own, under the names of the case's zones. */
#include "question/zone_files.h"

#include <math.h>
#include <stdio.h>
#include <strings.h>

#include "airspace/area_set.h"
#include "question/import_areas.h"
#include "source/file.h"

enum { MAX_BYTES = 1 << 28, CODE_SIZE = OVF_ZONE_NAME_SIZE + 8 };

static enum ovf_status read_areas(const char *path, struct ovf_area_set *out, struct ovf_error *err)
{
    const struct ovf_import_options options = {.kind = OVF_KIND_ZONE};
    struct ovf_buffer text = {0};
    struct ovf_buffer notes = {0};
    enum ovf_status st = ovf_file_read(path, MAX_BYTES, &text, err);
    if (st == OVF_OK) {
        st = ovf_import_knows(ovf_buffer_bytes(&text))
                 ? ovf_import_areas(ovf_buffer_bytes(&text), &options, out, &notes, err)
                 : ovf_error_set(err, OVF_E_FORMAT, "neither GeoJSON nor OpenAir");
        if (st == OVF_E_FORMAT || st == OVF_E_LIMIT)
            st = OVF_E_RANGE;
        if (st == OVF_E_RANGE)
            ovf_error_prefix(err, path);
    }
    ovf_buffer_deinit(&notes);
    ovf_buffer_deinit(&text);
    return st;
}

/** What is near \p zone's airspace, as an error. */
static enum ovf_status fail_unknown(const struct ovf_area_set *set,
                                    const struct ovf_zone_file *zone, struct ovf_error *err)
{
    const struct ovf_edition_about about = {OVF_KIND_ZONE, "", "", "", "", "", (double)NAN};
    struct ovf_edition edition = {0};
    char code[CODE_SIZE * 2];
    enum ovf_status st = ovf_edition_from_areas(set, &about, &edition, err);
    if (st != OVF_OK)
        return st;
    const struct ovf_edition *const editions[] = {&edition};
    struct ovf_airspace_ref ref;
    (void)snprintf(code, sizeof code, "zone:%.*s", CODE_SIZE, zone->airspace);
    if (ovf_airspace_find(editions, 1, code, &ref, err) != OVF_OK)
        ovf_error_prefix(err, zone->path);
    ovf_edition_deinit(&edition);
    return OVF_E_RANGE;
}

/** The number of the airspace whose name or code in the file is \p zone's, in any case. */
static enum ovf_status find_area(const struct ovf_area_set *set, const struct ovf_zone_file *zone,
                                 uint32_t *area, struct ovf_error *err)
{
    static const char prefix[] = "zone:"; /* of codes of zones */
    size_t n = 0;
    for (size_t i = 0; i < set->n_areas; i++) {
        const struct ovf_area_texts texts = ovf_area_set_texts(set, i);
        if (strcasecmp(texts.name, zone->airspace) != 0 &&
            strcasecmp(texts.code + sizeof prefix - 1, zone->airspace) != 0)
            continue;
        *area = (uint32_t)i;
        n++;
    }
    if (n > 1)
        return ovf_error_set(err, OVF_E_RANGE, "%.200s: %zu airspaces are called \"%.80s\"",
                             zone->path, n, zone->airspace);
    return n == 1 ? OVF_OK : fail_unknown(set, zone, err);
}

/** What the case says of a limit, else the file. */
static struct ovf_limit limit_of(double ft, struct ovf_limit of_file)
{
    return isfinite(ft) ? (struct ovf_limit){OVF_DATUM_FL, (int32_t)ft} : of_file;
}

static enum ovf_status add_zone(const struct ovf_zone_file *zone, const struct ovf_area_set *from,
                                uint32_t area, struct ovf_area_set *out)
{
    const uint32_t number = (uint32_t)out->n_areas;
    const struct ovf_area *const own = &from->areas[area];
    char code[CODE_SIZE];
    (void)snprintf(code, sizeof code, "zone:%.*s", OVF_ZONE_NAME_SIZE - 1, zone->name);
    const struct ovf_area_texts texts = {code, "", ovf_area_set_texts(from, area).name, ""};
    enum ovf_status st = ovf_area_set_add(out, &texts, limit_of(zone->floor_ft, own->floor),
                                          limit_of(zone->ceiling_ft, own->ceiling));
    for (size_t i = 0; i < from->n_rings && st == OVF_OK; i++) {
        const struct ovf_area_ring *const ring = &from->rings[i];
        if (ring->area == area)
            st = ovf_area_set_add_ring(out, number, from->points.items + ring->begin, ring->n);
    }
    return st;
}

static enum ovf_status take_zone(const struct ovf_zone_file *zone, struct ovf_area_set *out,
                                 struct ovf_error *err)
{
    struct ovf_area_set from = {0};
    uint32_t area = 0;
    enum ovf_status st = read_areas(zone->path, &from, err);
    if (st == OVF_OK)
        st = find_area(&from, zone, &area, err);
    if (st == OVF_OK)
        st = add_zone(zone, &from, area, out);
    ovf_area_set_deinit(&from);
    return st;
}

/** Named by what is in it, whatever the files are called. */
static enum ovf_status make_edition(const struct ovf_area_set *set, struct ovf_edition *out,
                                    struct ovf_error *err)
{
    static const char prefix[] = "sha256:";
    struct ovf_buffer bytes = {0};
    struct ovf_digest digest;
    char name[sizeof prefix + OVF_SHA256_HEX_SIZE] = "sha256:";
    enum ovf_status st = ovf_area_set_write(set, &bytes);
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(&bytes), &digest);
    ovf_buffer_deinit(&bytes);
    if (st != OVF_OK)
        return st;
    ovf_digest_format(&digest, OVF_SHA256_BYTES, name + sizeof prefix - 1);
    const struct ovf_edition_about about = {
        OVF_KIND_ZONE, "zones", name, "files of the case", "", "", (double)NAN};
    return ovf_edition_from_areas(set, &about, out, err);
}

enum ovf_status ovf_question_take_zone_files(const struct ovf_question_request *request,
                                             struct ovf_question *q, struct ovf_error *err)
{
    struct ovf_area_set set = {0};
    const size_t layer = q->config.n_layers;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < request->n_zone_files && st == OVF_OK; i++) {
        st = take_zone(&request->zone_files[i], &set, err);
        if (st != OVF_OK)
            ovf_case_error_at(err, request->zone_files[i].place);
    }
    if (st == OVF_OK)
        st = make_edition(&set, &q->editions[layer], err);
    if (st == OVF_OK) {
        q->layers[layer].edition = &q->editions[layer];
        q->config.n_layers++;
    }
    ovf_area_set_deinit(&set);
    return st;
}
