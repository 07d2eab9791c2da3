/* SPDX-License-Identifier: Apache-2.0 */
/* Who owns a place, by plain ray casting: the twin by which crossings are judged. It knows the pack's
 * boundary edges and nothing of the edge index, of exact orientation or of the walk.
 *
 * A ray goes north along the meridian to the pole, which no state owns; edges are straight in latitude
 * and longitude. Edges lie in bands of longitude, so that a ray looks at some hundred of them.
 */
#ifndef OVF_SIMULATE_TERRITORY_H
#define OVF_SIMULATE_TERRITORY_H

#include <stdbool.h>

#include "geo/index.h"

/** A place in degrees, as precise as doubles are. */
struct ovf_place {
    double lat_deg;
    double lon_deg; /* [-180, 180) */
};

struct ovf_territory;

/** \p index is read for its edges and their owners only, and not kept. */
OVF_NODISCARD enum ovf_status ovf_territory_new(const struct ovf_index *index,
                                                struct ovf_territory **out);
void ovf_territory_free(struct ovf_territory *territory);

/** All who own \p at. */
void ovf_territory_locate(const struct ovf_territory *territory, struct ovf_place at,
                          struct ovf_members *out);

/** Whether \p owner owns \p at. */
bool ovf_territory_owns(const struct ovf_territory *territory, uint32_t owner, struct ovf_place at);

/** Whether an edge may lie between \p a and \p b, at most some 50 km apart, or within \p margin_deg of
 * their bounding box. False is sure. */
bool ovf_territory_is_near(const struct ovf_territory *territory, struct ovf_place a,
                           struct ovf_place b, double margin_deg);

/** More than have edges in any place of the size that is asked for. */
#define OVF_TERRITORY_NEIGHBOURS_MAX 32

/** Who has edges there, the only ones that can change between \p a and \p b: into \p owners; returns how
 * many. */
size_t ovf_territory_neighbours(const struct ovf_territory *territory, struct ovf_place a,
                                struct ovf_place b, double margin_deg,
                                uint32_t owners[OVF_TERRITORY_NEIGHBOURS_MAX]);

/** Vertices of boundaries in the box around \p a and \p b and the margin, into \p vertices, no more than
 * \p capacity; returns how many. */
size_t ovf_territory_vertices(const struct ovf_territory *territory, struct ovf_place a,
                              struct ovf_place b, double margin_deg, struct ovf_place *vertices,
                              size_t capacity);

/** The direction, degrees from north in [0, 180), of \p owner's edge nearest to \p at; edges within
 * 1 degree are looked at. False when there is none. */
bool ovf_territory_edge_direction(const struct ovf_territory *territory, uint32_t owner,
                                  struct ovf_place at, double *direction_deg);

/** Metres to \p owner's nearest edge, within 1 %, where that is below 1 km and within 75
 * degrees of the equator; else it may be too large. */
double ovf_territory_distance_m(const struct ovf_territory *territory, uint32_t owner,
                                struct ovf_place at);

#endif
