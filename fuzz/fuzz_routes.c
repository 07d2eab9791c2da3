/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a table of routes: refused, or all rows counted, and found by callsign or not. */
#include "fuzz.h"

#include <stdlib.h>

#include "lists/routes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_routes *routes = NULL;
    struct ovf_tally rows;
    struct ovf_error err = {0};
    if (ovf_routes_new((struct ovf_bytes){data, size}, &rows, &routes, &err) != OVF_OK)
        return 0;
    if (rows.n_read != rows.n_used + ovf_tally_rejected(&rows))
        abort();
    const struct ovf_stated_route *const found = ovf_routes_find(routes, "SIM1", 0);
    if (found != NULL && (found->from[0] == '\0' || found->to[0] == '\0'))
        abort();
    ovf_routes_free(routes);
    return 0;
}
