/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of a document with rows: filters, and a page of what is left. */
#ifndef OVF_VIEW_QUERY_H
#define OVF_VIEW_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"

enum { OVF_VIEW_TEXT_SIZE = 80, OVF_VIEW_LIMIT = 1000, OVF_VIEW_MAX_LIMIT = 10000 };

/** Filters on a column of a row's crossing or flight. "" is no filter. */
enum ovf_view_filter {
    OVF_VIEW_WATCH,
    OVF_VIEW_AIRSPACE,
    OVF_VIEW_CLASS,
    OVF_VIEW_ICAO24,
    OVF_VIEW_CALLSIGN,
    OVF_VIEW_REGISTRATION,
    OVF_VIEW_ROLE,
    OVF_VIEW_RULE, /* this and the next: of findings */
    OVF_VIEW_VERDICT,
    OVF_VIEW_KIND, /* of claims: "request" */
    OVF_VIEW_FILTER_N
};

struct ovf_view_query {
    char filters[OVF_VIEW_FILTER_N][OVF_VIEW_TEXT_SIZE];
    int64_t from_ns; /* what ends before is left out; INT64_MIN: no limit */
    int64_t to_ns;   /* what begins then or later is left out; INT64_MAX: no limit */
    size_t limit;    /* rows of the page; 0: all */
    size_t after;    /* rows up to this number are left out */
};

/** Nothing is filtered, the first page. */
struct ovf_view_query ovf_view_query_all(void);

/**
 * Take one parameter of an address: watch, airspace, class, icao24, callsign, registration, role, rule, verdict,
 * kind, from, to, limit, after. Given twice, the last counts. The caller has undone the percent signs.
 *
 * \retval OVF_E_NOTFOUND  no parameter has that name
 * \retval OVF_E_RANGE     the value is none of it; \p err says what is due
 */
OVF_NODISCARD enum ovf_status ovf_view_query_set(struct ovf_view_query *query, const char *name,
                                                 struct ovf_bytes value, struct ovf_error *err);

#endif
