/* SPDX-License-Identifier: Apache-2.0 */
/* Editions and the names of their airspaces. */
#include "airspace/edition.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/likeness.h"
#include "base/number.h"

static const char *const kind_names[OVF_KIND_N] = {"country", "fir", "zone"};

const char *ovf_kind_name(enum ovf_airspace_kind kind)
{
    return kind_names[kind];
}

void ovf_edition_deinit(struct ovf_edition *edition)
{
    free(edition->airspaces);
    free(edition->limits);
    free(edition->overlaps);
    ovf_buffer_deinit(&edition->storage);
    ovf_buffer_deinit(&edition->texts);
    *edition = (struct ovf_edition){0};
}

static double accuracy_of(const struct ovf_pack *pack)
{
    double accuracy_m;
    const char *const text = ovf_pack_text(pack, "countries.boundary_accuracy_m");
    return ovf_number_parse_double(ovf_bytes_from_text(text), &accuracy_m) ? accuracy_m
                                                                           : (double)NAN;
}

static enum ovf_status copy_areas(const struct ovf_pack *pack, struct ovf_edition *out)
{
    out->airspaces = calloc(pack->n_areas > 0 ? pack->n_areas : 1, sizeof *out->airspaces);
    out->overlaps = calloc(pack->n_overlaps > 0 ? pack->n_overlaps : 1, sizeof *out->overlaps);
    if (out->airspaces == NULL || out->overlaps == NULL)
        return OVF_E_NOMEM;
    for (uint32_t i = 0; i < pack->n_areas; i++) {
        const struct ovf_pack_area area = ovf_pack_area(pack, i);
        out->airspaces[i] =
            (struct ovf_airspace){area.alpha2, area.alpha3, area.name, area.also, area.extent};
    }
    for (uint32_t i = 0; i < pack->n_overlaps; i++)
        out->overlaps[i] = ovf_pack_overlap(pack, i);
    out->n_airspaces = pack->n_areas;
    out->n_overlaps = pack->n_overlaps;
    return OVF_OK;
}

enum ovf_status ovf_edition_from_pack(const struct ovf_pack *pack, struct ovf_edition *out)
{
    struct ovf_edition edition = {
        .kind = OVF_KIND_COUNTRY,
        .name = ovf_pack_text(pack, "countries.name"),
        .edition = ovf_pack_text(pack, "countries.edition"),
        .source = ovf_pack_text(pack, "countries.source"),
        .licence = ovf_pack_text(pack, "countries.licence"),
        .attribution = ovf_pack_text(pack, "countries.attribution"),
        .boundary_accuracy_m = accuracy_of(pack),
        .index = pack->index,
    };
    const enum ovf_status st = copy_areas(pack, &edition);
    if (st != OVF_OK) {
        ovf_edition_deinit(&edition);
        return st;
    }
    *out = edition;
    return OVF_OK;
}

enum ovf_status ovf_edition_build_index(const struct ovf_boundary *boundary,
                                        struct ovf_edition *edition, struct ovf_error *err)
{
    struct ovf_extent *const extents = calloc(edition->n_airspaces + (size_t)1, sizeof *extents);
    enum ovf_status st =
        extents != NULL ? ovf_index_build(boundary, &edition->storage) : OVF_E_NOMEM;
    if (st == OVF_OK)
        st = ovf_index_view(ovf_buffer_bytes(&edition->storage), &edition->index, err);
    if (st == OVF_OK)
        st = ovf_extents_find(boundary, &edition->index, edition->n_airspaces, extents);
    for (uint32_t i = 0; i < edition->n_airspaces && st == OVF_OK; i++)
        edition->airspaces[i].extent = extents[i];
    free(extents);
    return st;
}

/* ---- names ---- */

enum { N_SUGGESTIONS = 3 };

static const size_t far_off = SIZE_MAX; /* no likeness at all */

static bool same_name(struct ovf_bytes a, struct ovf_bytes b)
{
    return a.len > 0 && ovf_names_equal(a, b);
}

static bool starts_with(struct ovf_bytes text, struct ovf_bytes start)
{
    return text.len > start.len && same_name((struct ovf_bytes){text.data, start.len}, start);
}

/** Goes through the names of one airspace: codes, name, name without what stands in brackets, others. */
struct name_walk {
    const struct ovf_airspace *airspace;
    int stage;
    const char *also;
};

static struct ovf_bytes up_to(const char *text, const char *stop)
{
    const char *const end = strstr(text, stop);
    return (struct ovf_bytes){(const unsigned char *)text,
                              end != NULL ? (size_t)(end - text) : strlen(text)};
}

static bool next_name(struct name_walk *walk, struct ovf_bytes *out)
{
    switch (walk->stage) {
    case 0:
        *out = ovf_bytes_from_text(walk->airspace->code);
        break;
    case 1:
        *out = ovf_bytes_from_text(walk->airspace->code3);
        break;
    case 2:
        *out = ovf_bytes_from_text(walk->airspace->name);
        break;
    case 3:
        *out = up_to(walk->airspace->name, " (");
        walk->also = walk->airspace->also;
        break;
    default:
        if (*walk->also == '\0')
            return false;
        *out = up_to(walk->also, "|");
        walk->also += out->len;
        if (*walk->also == '|')
            walk->also++;
        return true;
    }
    walk->stage++;
    return true;
}

/** How unlike \p airspace is what was asked: 0 when one of its names is just that. */
static size_t unlikeness(const struct ovf_airspace *airspace, struct ovf_bytes wanted)
{
    struct name_walk walk = {.airspace = airspace};
    struct ovf_bytes name;
    size_t best = far_off;
    while (next_name(&walk, &name)) {
        if (same_name(name, wanted))
            return 0;
        if (name.len == 0)
            continue;
        const size_t edits =
            starts_with(name, wanted) && wanted.len >= 3 ? 1 : ovf_edits_between(name, wanted);
        /* Half of it wrong is another name. */
        if (edits < best && edits <= (name.len < wanted.len ? name.len : wanted.len) / 2)
            best = edits;
    }
    return best;
}

/** The exact names come first: "Congo" is CG by its name, and CD by what stands before its bracket. */
static bool is_named_outright(const struct ovf_airspace *airspace, struct ovf_bytes wanted)
{
    return same_name(ovf_bytes_from_text(airspace->code), wanted) ||
           same_name(ovf_bytes_from_text(airspace->code3), wanted) ||
           same_name(ovf_bytes_from_text(airspace->name), wanted);
}

struct candidate {
    const struct ovf_airspace *airspace;
    struct ovf_airspace_ref ref;
    enum ovf_airspace_kind kind;
    size_t unlikeness;
};

struct search {
    struct ovf_bytes wanted; /* without its kind */
    int kind;                /* -1: any but zones */
    size_t n_exact;
    size_t n_outright;
    struct candidate exact[2]; /* the first two that are called so; outright ones first */
    struct candidate near[N_SUGGESTIONS];
    size_t n_near;
};

static void keep_near(struct search *search, struct candidate candidate)
{
    size_t at = search->n_near;
    while (at > 0 && search->near[at - 1].unlikeness > candidate.unlikeness)
        at--;
    if (at == N_SUGGESTIONS)
        return;
    if (search->n_near < N_SUGGESTIONS)
        search->n_near++;
    for (size_t i = search->n_near - 1; i > at; i--)
        search->near[i] = search->near[i - 1];
    search->near[at] = candidate;
}

static void consider(struct search *search, struct candidate candidate)
{
    candidate.unlikeness = unlikeness(candidate.airspace, search->wanted);
    if (candidate.unlikeness == far_off)
        return;
    if (candidate.unlikeness > 0) {
        keep_near(search, candidate);
        return;
    }
    const bool outright = is_named_outright(candidate.airspace, search->wanted);
    if (outright && search->n_outright++ == 0)
        search->n_exact = 0; /* the others were called so in passing */
    if (!outright && search->n_outright > 0)
        return;
    if (search->n_exact < 2)
        search->exact[search->n_exact] = candidate;
    search->n_exact++;
}

/** Splits "country:IQ"; zones keep their kind, for it is part of their code. */
static struct search search_for(const char *name)
{
    struct search search = {.wanted = ovf_bytes_from_text(name), .kind = -1};
    for (int kind = 0; kind < OVF_KIND_N; kind++) {
        const size_t len = strlen(kind_names[kind]);
        if (search.wanted.len > len && name[len] == ':' &&
            same_name((struct ovf_bytes){search.wanted.data, len},
                      ovf_bytes_from_text(kind_names[kind]))) {
            search.kind = kind;
            if (kind != OVF_KIND_ZONE)
                search.wanted = ovf_bytes_from_text(name + len + 1);
            break;
        }
    }
    return search;
}

static enum ovf_status say_unknown(const struct search *search, const char *name,
                                   struct ovf_error *err)
{
    char near[400] = "";
    for (size_t i = 0; i < search->n_near; i++) {
        const size_t used = strlen(near);
        const struct ovf_airspace *const a = search->near[i].airspace;
        snprintf(near + used, sizeof near - used, "%s%s (%.60s)", i == 0 ? "; nearest: " : ", ",
                 a->code, a->name);
    }
    return ovf_error_set(err, OVF_E_NOTFOUND, "no airspace is called \"%.60s\"%s", name, near);
}

enum ovf_status ovf_airspace_find(const struct ovf_edition *const *editions, size_t n_editions,
                                  const char *name, struct ovf_airspace_ref *out,
                                  struct ovf_error *err)
{
    struct search search = search_for(name);
    for (size_t e = 0; e < n_editions; e++) {
        if (search.kind >= 0 && (int)editions[e]->kind != search.kind)
            continue;
        for (uint32_t i = 0; i < editions[e]->n_airspaces; i++)
            consider(&search, (struct candidate){
                                  .airspace = &editions[e]->airspaces[i],
                                  .ref = {e, i},
                                  .kind = editions[e]->kind,
                              });
    }
    if (search.n_exact == 0)
        return say_unknown(&search, name, err);
    if (search.n_exact > 1) {
        const struct candidate *const a = &search.exact[0];
        const struct candidate *const b = &search.exact[1];
        return ovf_error_set(err, OVF_E_RANGE,
                             "\"%.60s\" is %s:%s (%.60s) and %s:%s (%.60s); say which", name,
                             kind_names[a->kind], a->airspace->code, a->airspace->name,
                             kind_names[b->kind], b->airspace->code, b->airspace->name);
    }
    *out = search.exact[0].ref;
    return OVF_OK;
}
