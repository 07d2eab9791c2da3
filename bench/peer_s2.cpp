/* SPDX-License-Identifier: Apache-2.0 */
/* S2 at its best for a point join: one index of all states, built before the clock runs, one query that
 * keeps its place in the index, points that are unit vectors already. */
#include "peer.h"

#include <memory>
#include <vector>

#include <s2/mutable_s2shape_index.h>
#include <s2/s2contains_point_query.h>
#include <s2/s2latlng.h>
#include <s2/s2lax_polygon_shape.h>

namespace {

struct peer {
    MutableS2ShapeIndex index;
    std::vector<uint32_t> owners; /* of shapes */
    std::vector<S2Point> points;
};

S2Point point_of(const peer_place &place)
{
    return S2LatLng::FromDegrees(place.lat_deg, place.lon_deg).ToPoint();
}

/* Without the closing place and without edges of no length, as along 90 degrees of latitude. */
std::vector<S2Point> loop_of(const peer_map *map, const peer_ring &ring)
{
    std::vector<S2Point> loop;
    for (size_t i = 0; i + 1 < ring.n; i++) {
        const S2Point point = point_of(map->places[ring.first + i]);
        if (loop.empty() || point != loop.back())
            loop.push_back(point);
    }
    while (loop.size() > 1 && loop.front() == loop.back())
        loop.pop_back();
    return loop;
}

} // namespace

extern "C" const char *peer_s2_version(void)
{
    return "0.10";
}

extern "C" void *peer_s2_new(const struct peer_map *map, const struct peer_place *points, size_t n)
{
    auto *const p = new peer;
    for (size_t i = 0; i < map->n_rings;) {
        const uint32_t owner = map->rings[i].owner;
        std::vector<std::vector<S2Point>> loops;
        for (; i < map->n_rings && map->rings[i].owner == owner; i++)
            loops.push_back(loop_of(map, map->rings[i]));
        p->index.Add(std::make_unique<S2LaxPolygonShape>(loops));
        p->owners.push_back(owner);
    }
    p->index.ForceBuild();
    p->points.reserve(n);
    for (size_t i = 0; i < n; i++)
        p->points.push_back(point_of(points[i]));
    return p;
}

extern "C" void peer_s2_locate(void *context, uint32_t *owners)
{
    auto *const p = static_cast<peer *>(context);
    auto query = MakeS2ContainsPointQuery(&p->index);
    for (size_t i = 0; i < p->points.size(); i++) {
        uint32_t owner = PEER_NOBODY;
        query.VisitContainingShapes(p->points[i], [&](S2Shape *shape) {
            owner = p->owners[static_cast<size_t>(shape->id())];
            return true;
        });
        owners[i] = owner;
    }
}

extern "C" void peer_s2_free(void *context)
{
    delete static_cast<peer *>(context);
}
