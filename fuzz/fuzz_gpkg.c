/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a geometry of a GeoPackage. */
#include "fuzz.h"

#include "store/gpkg_shape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_polygons shape = {0};
    const enum ovf_status st = ovf_gpkg_read_shape((struct ovf_bytes){data, size}, &shape);
    size_t n = 0;
    for (size_t i = 0; st == OVF_OK && i < shape.n_rings; i++)
        n += shape.rings[i].n_points;
    if (st == OVF_OK && n != shape.n_points)
        __builtin_trap();
    ovf_polygons_deinit(&shape);
    return 0;
}
