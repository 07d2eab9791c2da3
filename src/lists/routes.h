/* SPDX-License-Identifier: Apache-2.0 */
/* A table of routes: between which airports a callsign is said to fly, from CSV with a header that names callsign, from
 * and to, and optionally valid_from and valid_to (days, both included).
 *
 * What it says is a statement, not an observation: whoever wrote it need not have known of that flight. */
#ifndef OVF_LISTS_ROUTES_H
#define OVF_LISTS_ROUTES_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"

struct ovf_routes; /* immutable once made */

enum { OVF_ROUTE_AIRPORT_SIZE = 8 };

/** Codes of airports as the table has them, in capitals. */
struct ovf_stated_route {
    char callsign[9];
    char from[OVF_ROUTE_AIRPORT_SIZE];
    char to[OVF_ROUTE_AIRPORT_SIZE];
    int64_t since_ns; /* 00:00 of the first day; INT64_MIN: any */
    int64_t until_ns; /* exclusive; INT64_MAX: any */
};

/**
 * \param[in]  text  the whole file, inflated; nothing of it is kept
 * \param[out] rows  overwritten: counts of rows and rejections
 * \retval OVF_E_FORMAT  no header with the columns that are due
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_routes_new(struct ovf_bytes text, struct ovf_tally *rows,
                                             struct ovf_routes **out, struct ovf_error *err);
void ovf_routes_free(struct ovf_routes *routes);

/** Which table it is: "routes sha256:..." of its bytes. */
const char *ovf_routes_source(const struct ovf_routes *routes);

/** The route of \p callsign at \p t_ns; NULL where the table has none, or several that differ. */
const struct ovf_stated_route *ovf_routes_find(const struct ovf_routes *routes,
                                               const char *callsign, int64_t t_ns);

#endif
