/* SPDX-License-Identifier: Apache-2.0 */
/* The way of one flight as it is drawn: what was flown and what lies in gaps, cut where airspaces were entered and
 * left (private to src/view). */
#ifndef OVF_VIEW_FLOWN_H
#define OVF_VIEW_FLOWN_H

#include "geo/rings.h"
#include "store/gpkg_shape.h"
#include "store/profile.h"
#include "view/simplify.h"
#include "view/view_parts.h"

enum ovf_piece_kind { OVF_PIECE_FLOWN, OVF_PIECE_GAP, OVF_PIECE_GROUND };

/** Of a vertex: when it was passed, and how high. In gaps nobody knows. */
struct ovf_flown_when {
    bool is_timed;
    bool has_alt;
    int32_t alt_ft; /* barometric */
    int64_t t_ns;
};

/** Vertices [first, first + n) of the flight; consecutive pieces share one. */
struct ovf_piece {
    enum ovf_piece_kind kind;
    size_t first;
    size_t n;
    int64_t from_ns;
    int64_t to_ns;
    size_t passage; /* that holds it; SIZE_MAX: none */
};

/** A crossing of the flight. Where an end lies in a gap, or is not known, the way is not cut there. */
struct ovf_flown_passage {
    int64_t n; /* its number */
    char airspace[OVF_VIEW_TEXT_SIZE];
    int64_t inside_from_ns; /* of the part that is known to be inside */
    int64_t inside_to_ns;
    bool has_entry;
    struct ovf_point entry;
    bool has_exit;
    struct ovf_point exit;
};

/** Zero-initialise; reuse. */
struct ovf_flown {
    struct ovf_drawn *vertices;
    size_t n_vertices;
    size_t vertices_capacity;
    struct ovf_flown_when *whens; /* of each vertex */
    size_t whens_capacity;
    struct ovf_piece *pieces;
    size_t n_pieces;
    size_t pieces_capacity;
    struct ovf_flown_passage *passages;
    size_t n_passages;
    size_t passages_capacity;
    struct ovf_polygons shape;   /* private, like all below */
    struct ovf_gpkg_times times; /* of the points of the shape */
    struct ovf_profile profile;
    struct ovf_polygons lines;
    struct ovf_flown_gap *gaps;
    size_t n_gaps;
    size_t gaps_capacity;
};

void ovf_flown_deinit(struct ovf_flown *flown);

/** A flight's row. */
struct ovf_flown_flight {
    const char *id;
    int64_t start_ns;
    int64_t end_ns;
    struct ovf_bytes geom;
    struct ovf_bytes altitudes;
};

/** \retval OVF_E_FORMAT  the store is damaged */
OVF_NODISCARD enum ovf_status ovf_flown_read(struct ovf_view *view,
                                             const struct ovf_flown_flight *flight,
                                             struct ovf_flown *out, struct ovf_error *err);

#endif
