/* SPDX-License-Identifier: Apache-2.0 */
/* A part of the map (Web Mercator) on paper, and lines on it (private to src/view). */
#ifndef OVF_VIEW_SHEET_H
#define OVF_VIEW_SHEET_H

#include "geo/point.h"
#include "view/figures.h"

/** A box of the map, in radians of the equator; longitudes run on. Zero-initialised it is empty. */
struct ovf_sheet {
    bool is_open; /* something lies in it */
    double west;
    double east;
    double south;
    double north;
    double units; /* of the figure for a radian, when it was fitted */
    int64_t height;
};

/** Grow it so that \p at lies in it. */
void ovf_sheet_add(struct ovf_sheet *sheet, const struct ovf_drawn *at);

/** Grow it to what lies in \p other, too, but in no direction by more than its own larger side. */
void ovf_sheet_join(struct ovf_sheet *sheet, const struct ovf_sheet *other);

/** Leave room around what lies in it, and give it a size on paper. */
void ovf_sheet_fit(struct ovf_sheet *sheet);

/** What half a dot of it is on the ground, at the least. */
double ovf_sheet_tolerance_m(const struct ovf_sheet *sheet);

/** The place on paper of \p at moved on by \p turn; false: it lies outside. */
bool ovf_sheet_place(const struct ovf_sheet *sheet, const struct ovf_drawn *at, int turn,
                     int64_t *x, int64_t *y);

/** The turns of the globe by which \p at may lie on a sheet. */
enum { OVF_SHEET_TURNS = 2 };

/** Append those vertices of level 0 as path data, as often as they come onto the sheet on their way round; nothing
 * where they do not. \p is_ring: close it. */
OVF_NODISCARD enum ovf_status ovf_sheet_line(const struct ovf_sheet *sheet,
                                             const struct ovf_drawn *vertices, size_t n,
                                             bool is_ring, struct ovf_buffer *out);

#endif
