/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a geometry of a GeoPackage, and as the text of altitudes. */
#include "fuzz.h"

#include <stdlib.h>

#include "store/gpkg_shape.h"
#include "store/profile.h"

static void read_profile(struct ovf_bytes text)
{
    struct ovf_profile profile = {0};
    int32_t alt_ft;
    if (ovf_profile_read(text, 0, &profile) == OVF_OK) {
        for (size_t i = 0; i < profile.n; i++)
            (void)ovf_profile_at(&profile, profile.items[i].t_ns + 1, &alt_ft);
    }
    ovf_profile_deinit(&profile);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_polygons shape = {0};
    struct ovf_gpkg_times times = {0};
    const enum ovf_status st = ovf_gpkg_read_way((struct ovf_bytes){data, size}, &shape, &times);
    size_t n = 0;
    for (size_t i = 0; st == OVF_OK && i < shape.n_rings; i++)
        n += shape.rings[i].n_points;
    if (st == OVF_OK && (n != shape.n_points || (times.n != 0 && times.n != n)))
        __builtin_trap();
    read_profile((struct ovf_bytes){data, size});
    free(times.items_ns);
    ovf_polygons_deinit(&shape);
    return 0;
}
