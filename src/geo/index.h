/* SPDX-License-Identifier: Apache-2.0 */
/* The edge index: which boundary edges are near, and who owns a place, in a grid of cells of 0.25
 * degree. Built once into a run of bytes that is used where it lies (mapped from the pack, or in
 * memory for a user's zones); little-endian 32-bit words, no pointers.
 *
 * A cell without an edge in or within OVF_CELL_MARGIN_E7 of it holds its owner set. Any other is mixed: it
 * is split into up to 32 x 32 parts, the more the more edges it has, and each part again holds either its
 * owner set or its few edges and the owner set of its middle. Squares of a degree whose cells all have
 * the same set are told from a small table before.
 */
#ifndef OVF_GEO_INDEX_H
#define OVF_GEO_INDEX_H

#include "base/buffer.h"
#include "base/error.h"
#include "geo/boundary.h"
#include "geo/orient.h"

#define OVF_CELL_E7 2500000
#define OVF_CELL_ROWS 720
#define OVF_CELL_COLS 1440

/** A line between two positions in one empty cell, or in one square of such cells, stays, between latitudes of +-80
 * degrees, within 0.002 degrees of it, so it meets no edge: over a degree of longitude a geodesic goes no more than
 * 0.0011 degrees, sin(2 lat) / 16 of the square of that angle, nearer to the pole than both its ends. */
#define OVF_CELL_MARGIN_E7 20000

/** Append the index of \p boundary to \p out. */
OVF_NODISCARD enum ovf_status ovf_index_build(const struct ovf_boundary *boundary,
                                              struct ovf_buffer *out);

/** A view; borrows the bytes. Any number of threads may use one. */
struct ovf_index {
    const unsigned char *edges; /* a.lat a.lon b.lat b.lon set */
    const unsigned char *sets;  /* begin of each set's owners, and the end */
    const unsigned char *owners;
    const unsigned char *squares; /* of 4 x 4 cells: the set of all of them, or CELL_MIXED */
    const unsigned char *cells;   /* owner set, or CELL_MIXED | split | where its block begins */
    /* A block: its parts, each an owner set or CELL_MIXED | where its record begins in the block; the
     * number of the cell's edges, and these; the records (see index_format.h). */
    const unsigned char *blocks;
    uint32_t n_edges;
    uint32_t n_sets;
    uint32_t n_owners; /* entries of owners */
    uint32_t n_block_words;
};

/** \retval OVF_E_FORMAT  the bytes are no index, or name something outside themselves */
OVF_NODISCARD enum ovf_status ovf_index_view(struct ovf_bytes bytes, struct ovf_index *out,
                                             struct ovf_error *err);

/** The owners of set \p set, as bits. */
void ovf_index_set(const struct ovf_index *index, uint32_t set, struct ovf_members *out);

/** Edge \p i. */
struct ovf_edge ovf_index_edge(const struct ovf_index *index, uint32_t i);

/** Who owns \p at (see geo/orient.h for a point on a boundary). */
void ovf_index_locate(const struct ovf_index *index, struct ovf_point at, struct ovf_members *out);

/** The square of cells, the cell or the part of one that holds \p at and has no edges, so that no line between two
 * positions in it meets one; else the empty box. */
struct ovf_box ovf_index_empty_box(const struct ovf_index *index, struct ovf_point at);

/** Places one after the other, as of a track: who owns one owns those near it. Zero-initialise but for the index. */
struct ovf_locator {
    const struct ovf_index *index;
    struct ovf_box known; /* of the last place: no edge lies in it; or empty */
    struct ovf_members members;
};

/** Let \p locator say who owns \p at (see ovf_index_locate). \return whether that was looked up: false after four
 * comparisons where \p at lies in the empty box of the place before it, and the owners are the same. */
static inline bool ovf_locator_go(struct ovf_locator *locator, struct ovf_point at)
{
    if (ovf_box_has(&locator->known, at))
        return false;
    locator->known = ovf_index_empty_box(locator->index, at);
    ovf_index_locate(locator->index, at, &locator->members);
    return true;
}

/** Whether surely no piece of ovf_densify(\p a, \p b) crosses an edge. It costs a few comparisons where
 * no edge is near; false also where it cannot be told that cheaply. */
bool ovf_index_line_is_clear(const struct ovf_index *index, struct ovf_point a, struct ovf_point b);

/** The same, sooner where the line lies in \p at_a and \p at_b, one beside the other: what ovf_index_empty_box said
 * of the two, or of any other place. */
bool ovf_index_step_is_clear(const struct ovf_index *index, struct ovf_point a,
                             const struct ovf_box *at_a, struct ovf_point b,
                             const struct ovf_box *at_b);

/** A box on the map, sides included. */
struct ovf_window {
    int32_t south_e7;
    int32_t north_e7;
    int32_t west_e7;
    int64_t width_e7; /* eastwards; at most a turn */
};

/** A crossing of a track piece p -> q with an edge. */
struct ovf_hit {
    double t; /* place on the chord, 0 at p, 1 at q */
    uint32_t edge;
    uint32_t set; /* the owners whose inside it toggles */
};

struct ovf_hits {
    struct ovf_hit *items;
    size_t n;
    size_t capacity;
};

void ovf_hits_deinit(struct ovf_hits *hits);

/**
 * All edges that the piece \p p -> \p q crosses (a piece of ovf_densify), in order along it, in \p hits
 * (emptied first).
 */
OVF_NODISCARD enum ovf_status ovf_index_cross(const struct ovf_index *index, struct ovf_point p,
                                              struct ovf_point q, struct ovf_hits *hits);

#define OVF_DISTANCE_MAX_M 50e3

/**
 * Distance from \p at to the nearest edge of \p owner (any owner: OVF_MEMBERS_MAX), within 1 %, or
 * \p limit_m (at most OVF_DISTANCE_MAX_M is used) when none is nearer. It is measured in the plane that
 * touches the globe at \p at, so that the 1 % hold where \p at is a hundred times farther from a pole.
 */
double ovf_index_distance_m(const struct ovf_index *index, struct ovf_point at, uint32_t owner,
                            double limit_m);

/**
 * Whether surely no edge of \p owner lies within \p radius_m of \p at: false also where it cannot be
 * told cheaply, such as near a pole or for a radius beyond 1,000 km.
 */
bool ovf_index_is_clear(const struct ovf_index *index, struct ovf_point at, uint32_t owner,
                        double radius_m);

#endif
