/* SPDX-License-Identifier: Apache-2.0 */
#include "run/store_areas.h"

#include <stdio.h>

#include "geo/edges_by_set.h"
#include "run/store_values.h"

/** \p edges are made for the first airspace that is not there yet; NULL: it is put without its outline. */
static enum ovf_status put_airspace(struct ovf_store *store, const struct ovf_edition *edition,
                                    struct ovf_edges_by_set *edges, uint32_t number,
                                    struct ovf_error *err)
{
    const struct ovf_airspace *airspace = &edition->airspaces[number];
    char text[512];
    char id[OVF_ID_SIZE];
    (void)snprintf(text, sizeof text, "airspace|%s|%s|%s|%.200s", ovf_kind_name(edition->kind),
                   edition->edition, airspace->code, airspace->name);
    struct ovf_store_airspace row = {
        .id = id,
        .rev = id,
        .airspace = airspace->code,
        .code3 = airspace->code3,
        .name = airspace->name,
        .kind = ovf_kind_name(edition->kind),
        .edition = edition->edition,
        .source = edition->source,
        .licence = edition->licence,
        .attribution = edition->attribution,
        .boundary_accuracy_m = real_if(true, ovf_engine_accuracy_m(edition)),
    };
    int64_t fid;
    enum ovf_status st = hash_id(text, id);
    if (st == OVF_OK)
        st = ovf_store_find(store, OVF_STORE_AIRSPACE, id, &fid, err);
    if (st != OVF_E_NOTFOUND)
        return st; /* it is there: what it says is in its id, and its polygons take long to make */
    st = OVF_OK;
    if (edges != NULL && edges->first == NULL)
        st = ovf_edges_by_set_make(&edition->index, edges);
    if (st == OVF_OK && edges != NULL)
        st = ovf_polygons_of_one(&edition->index, edges, number, &row.geom);
    if (st == OVF_OK)
        st = ovf_store_put_airspace(store, &row, err);
    ovf_polygons_deinit(&row.geom);
    return st;
}

static enum ovf_status put_members(struct ovf_store *store, const struct ovf_edition *edition,
                                   const struct ovf_members *members, bool with_outlines,
                                   struct ovf_error *err)
{
    struct ovf_edges_by_set edges = {0};
    enum ovf_status st = OVF_OK;
    for (uint32_t i = ovf_members_next(members, 0); i < OVF_MEMBERS_MAX && st == OVF_OK;
         i = ovf_members_next(members, i + 1))
        st = put_airspace(store, edition, with_outlines ? &edges : NULL, i, err);
    ovf_edges_by_set_deinit(&edges);
    return st;
}

enum ovf_status ovf_store_areas_put(struct ovf_store *store, const struct ovf_edition *edition,
                                    const struct ovf_members *members, struct ovf_error *err)
{
    return put_members(store, edition, members, true, err);
}

bool ovf_store_areas_are_few(const struct ovf_engine_config *config)
{
    size_t n = 0;
    for (size_t layer = 0; layer < config->n_layers; layer++) {
        const struct ovf_members *const wanted = &config->layers[layer].wanted;
        for (uint32_t i = ovf_members_next(wanted, 0); i < OVF_MEMBERS_MAX;
             i = ovf_members_next(wanted, i + 1))
            n++;
    }
    return n <= OVF_STORE_AREAS_FEW;
}

enum ovf_status ovf_store_areas_put_asked(struct ovf_store *store,
                                          const struct ovf_engine_config *config,
                                          bool with_outlines, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t layer = 0; layer < config->n_layers && st == OVF_OK; layer++)
        st = put_members(store, config->layers[layer].edition, &config->layers[layer].wanted,
                         with_outlines, err);
    return st;
}
