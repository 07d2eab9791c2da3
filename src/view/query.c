/* SPDX-License-Identifier: Apache-2.0 */
#include "view/query.h"

#include <string.h>

#include "base/number.h"
#include "base/time.h"

static const char *const filter_names[OVF_VIEW_FILTER_N] = {
    [OVF_VIEW_WATCH] = "watch",       [OVF_VIEW_AIRSPACE] = "airspace",
    [OVF_VIEW_CLASS] = "class",       [OVF_VIEW_ICAO24] = "icao24",
    [OVF_VIEW_CALLSIGN] = "callsign", [OVF_VIEW_REGISTRATION] = "registration",
    [OVF_VIEW_ROLE] = "role",         [OVF_VIEW_RULE] = "rule",
    [OVF_VIEW_VERDICT] = "verdict",   [OVF_VIEW_KIND] = "kind",
};

struct ovf_view_query ovf_view_query_all(void)
{
    return (struct ovf_view_query){
        .from_ns = INT64_MIN, .to_ns = INT64_MAX, .limit = OVF_VIEW_LIMIT};
}

static enum ovf_status set_filter(char filter[OVF_VIEW_TEXT_SIZE], const char *name,
                                  struct ovf_bytes value, struct ovf_error *err)
{
    if (value.len >= OVF_VIEW_TEXT_SIZE || (value.len > 0 && memchr(value.data, 0, value.len)))
        return ovf_error_set(err, OVF_E_RANGE, "%s: at most %d characters are due", name,
                             OVF_VIEW_TEXT_SIZE - 1);
    if (value.len > 0)
        memcpy(filter, value.data, value.len);
    filter[value.len] = '\0';
    return OVF_OK;
}

static enum ovf_status set_time(int64_t *t_ns, const char *name, struct ovf_bytes value,
                                struct ovf_error *err)
{
    return ovf_time_parse_iso(value, t_ns)
               ? OVF_OK
               : ovf_error_set(err, OVF_E_RANGE, "%s: an ISO 8601 date or time is due", name);
}

static enum ovf_status set_count(size_t *n, const char *name, struct ovf_bytes value, int64_t min,
                                 int64_t max, struct ovf_error *err)
{
    int64_t number;
    if (!ovf_number_parse_int(value, &number) || number < min || number > max)
        return ovf_error_set(err, OVF_E_RANGE, "%s: a whole number from %d to %d is due", name,
                             (int)min, (int)max);
    *n = (size_t)number;
    return OVF_OK;
}

enum ovf_status ovf_view_query_set(struct ovf_view_query *query, const char *name,
                                   struct ovf_bytes value, struct ovf_error *err)
{
    for (int i = 0; i < OVF_VIEW_FILTER_N; i++) {
        if (strcmp(name, filter_names[i]) == 0)
            return set_filter(query->filters[i], name, value, err);
    }
    if (strcmp(name, "from") == 0)
        return set_time(&query->from_ns, name, value, err);
    if (strcmp(name, "to") == 0)
        return set_time(&query->to_ns, name, value, err);
    if (strcmp(name, "limit") == 0)
        return set_count(&query->limit, name, value, 1, OVF_VIEW_MAX_LIMIT, err);
    if (strcmp(name, "after") == 0)
        return set_count(&query->after, name, value, 0, INT32_MAX, err);
    return ovf_error_set(err, OVF_E_NOTFOUND, "no parameter is called \"%.40s\"", name);
}
