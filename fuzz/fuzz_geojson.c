/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as GeoJSON, with small limits so that they are reached. */
#include "fuzz.h"

#include "shape/geojson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct ovf_geojson_limits limits = {1000, 50};
    struct ovf_geojson_reader reader;
    struct ovf_shape shape = {0};
    struct ovf_error err;
    bool more = true;
    enum ovf_status st = ovf_geojson_open((struct ovf_bytes){data, size}, &limits, &reader, &err);
    while (st == OVF_OK && more) {
        st = ovf_geojson_next(&reader, &shape, &more, &err);
        if (st == OVF_OK && more)
            (void)ovf_shape_text(&shape, "A3");
    }
    ovf_shape_deinit(&shape);
    return 0;
}
