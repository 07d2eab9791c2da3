/* SPDX-License-Identifier: Apache-2.0 */
/* Longitudes have no smallest: each owner's edges are first marked in 360 bins of a degree; the widest
 * run of empty bins is what the box leaves out. Whatever has no edge at a longitude has nothing there,
 * unless it holds a pole. */
#include "pack/extent.h"

#include <stdlib.h>

enum { N_BINS = 360 };

struct bins {
    bool marked[N_BINS];
};

static int bin_of(int32_t lon_e7)
{
    return (int)((lon_e7 + OVF_E7_TURN / 2) / OVF_E7_PER_DEG);
}

static void mark(struct bins *bins, const struct ovf_edge *edge)
{
    const int64_t dlon = ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7);
    const int last = bin_of(dlon < 0 ? edge->a.lon_e7 : edge->b.lon_e7);
    for (int i = bin_of(dlon < 0 ? edge->b.lon_e7 : edge->a.lon_e7);; i = (i + 1) % N_BINS) {
        bins->marked[i] = true;
        if (i == last)
            return;
    }
}

/** The first marked bin after the widest run of empty ones; -1 when none is empty. */
static int first_after_gap(const struct bins *bins)
{
    int best = 0;
    int best_at = -1;
    int run = 0;
    for (int i = 0; i < 2 * N_BINS; i++) {
        if (!bins->marked[i % N_BINS]) {
            run++;
        } else {
            if (run > best && run <= N_BINS) {
                best = run;
                best_at = i % N_BINS;
            }
            run = 0;
        }
    }
    return best_at;
}

static void widen_lat(struct ovf_extent *extent, int32_t lat_e7)
{
    if (lat_e7 < extent->south_e7)
        extent->south_e7 = lat_e7;
    if (lat_e7 > extent->north_e7)
        extent->north_e7 = lat_e7;
}

/** Longitudes while they are gathered: west and east count from the first bin after the gap. */
static void widen_lon(struct ovf_extent *extent, int first_bin, int32_t lon_e7)
{
    const int64_t from_e7 = first_bin * (int64_t)OVF_E7_PER_DEG - OVF_E7_TURN / 2;
    const int64_t east_of_e7 = (lon_e7 - from_e7 + OVF_E7_TURN) % OVF_E7_TURN;
    const int32_t wrapped_e7 = ovf_lon_wrap(from_e7 + east_of_e7);
    const int64_t west_e7 = (extent->west_e7 - from_e7 + OVF_E7_TURN) % OVF_E7_TURN;
    const int64_t east_e7 = (extent->east_e7 - from_e7 + OVF_E7_TURN) % OVF_E7_TURN;
    if (east_of_e7 < west_e7)
        extent->west_e7 = wrapped_e7;
    if (east_of_e7 > east_e7)
        extent->east_e7 = wrapped_e7;
}

static void mark_all(const struct ovf_boundary *boundary, uint32_t n_owners, struct bins *bins,
                     struct ovf_extent *out)
{
    for (size_t i = 0; i < boundary->n_edges; i++) {
        const struct ovf_edge *const edge = &boundary->edges[i];
        const struct ovf_members *const owners = &boundary->sets.items[edge->set];
        for (uint32_t o = ovf_members_next(owners, 0); o < n_owners;
             o = ovf_members_next(owners, o + 1)) {
            if (out[o].n_edges++ == 0)
                out[o] = (struct ovf_extent){edge->a.lat_e7, edge->a.lon_e7, edge->a.lat_e7,
                                             edge->a.lon_e7, 1};
            mark(&bins[o], edge);
            widen_lat(&out[o], edge->a.lat_e7);
            widen_lat(&out[o], edge->b.lat_e7);
        }
    }
}

static void gather_longitudes(const struct ovf_boundary *boundary, uint32_t n_owners,
                              const int *first_bins, struct ovf_extent *out)
{
    for (size_t i = 0; i < boundary->n_edges; i++) {
        const struct ovf_edge *const edge = &boundary->edges[i];
        const struct ovf_members *const owners = &boundary->sets.items[edge->set];
        for (uint32_t o = ovf_members_next(owners, 0); o < n_owners;
             o = ovf_members_next(owners, o + 1)) {
            if (first_bins[o] < 0)
                continue;
            widen_lon(&out[o], first_bins[o], edge->a.lon_e7);
            widen_lon(&out[o], first_bins[o], edge->b.lon_e7);
        }
    }
}

enum ovf_status ovf_extents_find(const struct ovf_boundary *boundary, const struct ovf_index *index,
                                 uint32_t n_owners, struct ovf_extent *out)
{
    struct ovf_members south;
    struct bins *const bins = calloc(n_owners > 0 ? n_owners : 1, sizeof *bins);
    int *const first_bins = calloc(n_owners > 0 ? n_owners : 1, sizeof *first_bins);
    enum ovf_status st = OVF_OK;
    if (bins == NULL || first_bins == NULL) {
        st = OVF_E_NOMEM;
        goto out;
    }
    for (uint32_t o = 0; o < n_owners; o++)
        out[o] = (struct ovf_extent){0};
    mark_all(boundary, n_owners, bins, out);
    for (uint32_t o = 0; o < n_owners; o++)
        first_bins[o] = first_after_gap(&bins[o]);
    gather_longitudes(boundary, n_owners, first_bins, out);
    ovf_index_locate(index, (struct ovf_point){-(int32_t)(OVF_E7_TURN / 4), 0}, &south);
    for (uint32_t o = 0; o < n_owners; o++) {
        const bool has_north = ovf_members_has(&boundary->north_pole, o);
        const bool has_south = ovf_members_has(&south, o);
        if (has_north)
            out[o].north_e7 = (int32_t)(OVF_E7_TURN / 4);
        if (has_south)
            out[o].south_e7 = -(int32_t)(OVF_E7_TURN / 4);
        if (has_north || has_south || (first_bins[o] < 0 && out[o].n_edges > 0)) {
            out[o].west_e7 = -(int32_t)(OVF_E7_TURN / 2);
            out[o].east_e7 = (int32_t)(OVF_E7_TURN / 2 - 1);
        }
    }
out:
    free(first_bins);
    free(bins);
    return st;
}
