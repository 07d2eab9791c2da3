/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a pack: viewed, and everything in it asked for. */
#include "fuzz.h"

#include <stddef.h>
#include <string.h>

#include "pack/airports.h"
#include "pack/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_pack pack;
    struct ovf_airports airports;
    struct ovf_members members;
    struct ovf_error err;
    size_t n = 0;
    if (ovf_pack_view((struct ovf_bytes){data, size}, &pack, &err) != OVF_OK)
        return 0;
    for (uint32_t i = 0; i < pack.n_areas; i++)
        n += strlen(ovf_pack_area(&pack, i).name) + strlen(ovf_pack_area(&pack, i).also);
    for (uint32_t i = 0; i < pack.n_overlaps; i++)
        n += ovf_pack_overlap(&pack, i).n_edges;
    n += strlen(ovf_pack_text(&pack, "countries.name"));
    for (int32_t lat = -90; lat <= 90; lat += 10) {
        for (int32_t lon = -180; lon < 180; lon += 10) {
            ovf_index_locate(&pack.index, (struct ovf_point){lat * 10000000, lon * 10000000},
                             &members);
            n += ovf_members_count(&members);
        }
    }
    if (ovf_airports_view(pack.airports, &airports, &err) == OVF_OK)
        n += airports.n;
    return n == SIZE_MAX ? 1 : 0; /* n is used, so that nothing above is left out */
}
