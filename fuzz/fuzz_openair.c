/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as OpenAir, with small limits so that they are reached, and what comes out checked as an
 * area. */
#include "fuzz.h"

#include "shape/openair.h"
#include "shape/polygon_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct ovf_geojson_limits limits = {3000, 50};
    const struct ovf_bytes document = {data, size};
    struct ovf_openair_reader reader;
    struct ovf_openair_area area = {0};
    struct ovf_polygon_report report;
    struct ovf_error err;
    bool more = true;
    (void)ovf_openair_is(document);
    ovf_openair_open(document, &limits, &reader);
    for (int i = 0; i < 20 && more; i++) {
        enum ovf_status st = ovf_openair_next(&reader, &area, &more, &err);
        if (st == OVF_OK && more)
            st = ovf_polygon_check(&area.shape, &report, &err);
        if (st == OVF_E_NOMEM)
            break;
    }
    ovf_openair_area_deinit(&area);
    ovf_openair_deinit(&reader);
    return 0;
}
