/* SPDX-License-Identifier: Apache-2.0 */
/* The peers of bench_locate, behind plain structs: they get the same polygons, cut at the antimeridian,
 * and the same points, and build whatever they build before the clock runs. */
#ifndef OVF_BENCH_PEER_H
#define OVF_BENCH_PEER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PEER_NOBODY UINT32_MAX

struct peer_place {
    double lat_deg;
    double lon_deg;
};

/** Closed: the last place repeats the first. Outer rings are counterclockwise, holes clockwise. */
struct peer_ring {
    size_t first;
    size_t n;
    uint32_t owner;
    int is_hole; /* of the last ring before it that is none */
};

struct peer_map {
    const struct peer_place *places;
    const struct peer_ring *rings; /* by owner */
    size_t n_rings;
};

const char *peer_geos_version(void);
void *peer_geos_new(const struct peer_map *map, const struct peer_place *points, size_t n);
/** Who owns each point, the last who is found, in \p owners. */
void peer_geos_locate(void *peer, uint32_t *owners);
void peer_geos_free(void *peer);

const char *peer_s2_version(void);
void *peer_s2_new(const struct peer_map *map, const struct peer_place *points, size_t n);
void peer_s2_locate(void *peer, uint32_t *owners);
void peer_s2_free(void *peer);

#ifdef __cplusplus
}
#endif

#endif
