/* SPDX-License-Identifier: Apache-2.0 */
/* As ways are simplified: a range is split at the vertex that is told worst until that is told well enough. */
#include "view/pace.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/trig.h"

#define M_PER_E7 0.0111319491 /* of the equator of WGS84 */

struct ovf_pace_range {
    size_t first;
    size_t last;
};

void ovf_pace_deinit(struct ovf_pace *pace)
{
    free(pace->ranges);
    *pace = (struct ovf_pace){0};
}

static enum ovf_status push(struct ovf_pace *pace, size_t *n, size_t first, size_t last)
{
    if (last - first < 2)
        return OVF_OK;
    struct ovf_pace_range *const grown =
        ovf_array_reserve(pace->ranges, &pace->ranges_capacity, *n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    pace->ranges = grown;
    grown[(*n)++] = (struct ovf_pace_range){first, last};
    return OVF_OK;
}

/** How badly vertex \p i is told by those of \p range, as the square of its share of what is tolerated. */
static double badness(const struct ovf_flown *f, const struct ovf_pace_range *range, size_t i,
                      double cos_lat)
{
    const struct ovf_drawn *const v = f->vertices;
    const struct ovf_flown_when *const w = f->whens;
    const size_t a = range->first;
    const size_t b = range->last;
    const double whole_s = ovf_time_seconds(w[a].t_ns, w[b].t_ns);
    const double share = whole_s > 0 ? ovf_time_seconds(w[a].t_ns, w[i].t_ns) / whole_s : 0;
    const double y = (double)((int64_t)v[i].lat_e7 - v[a].lat_e7) -
                     share * (double)((int64_t)v[b].lat_e7 - v[a].lat_e7);
    const double x =
        ((double)(v[i].lon_e7 - v[a].lon_e7) - share * (double)(v[b].lon_e7 - v[a].lon_e7)) *
        cos_lat;
    const double m_per_tolerance = M_PER_E7 / OVF_PACE_TOLERANCE_M;
    const double off = (x * x + y * y) * m_per_tolerance * m_per_tolerance;
    if (!w[i].has_alt)
        return off;
    const double ft = w[i].alt_ft - (w[a].alt_ft + share * (w[b].alt_ft - w[a].alt_ft));
    const double high = ft * ft / OVF_PACE_TOLERANCE_FT / OVF_PACE_TOLERANCE_FT;
    return high > off ? high : off;
}

/** The vertex of \p range that is told worst; its first where all are told well enough. */
static size_t worst_of(const struct ovf_flown *f, const struct ovf_pace_range *range)
{
    double sin_lat;
    double cos_lat;
    size_t worst = range->first;
    double most = 1;
    ovf_sincos_e7(f->vertices[range->first].lat_e7, &sin_lat, &cos_lat);
    for (size_t i = range->first + 1; i < range->last; i++) {
        const double bad = badness(f, range, i, cos_lat);
        if (bad > most) {
            most = bad;
            worst = i;
        }
    }
    return worst;
}

/** What lies between two that are kept; their altitudes are known, or none between is. */
static enum ovf_status split(struct ovf_pace *pace, struct ovf_flown *f, size_t first, size_t last,
                             uint8_t level)
{
    size_t n = 0;
    enum ovf_status st = push(pace, &n, first, last);
    while (n > 0 && st == OVF_OK) {
        const struct ovf_pace_range range = pace->ranges[--n];
        const size_t at = worst_of(f, &range);
        if (at == range.first)
            continue;
        f->vertices[at].level = level;
        st = push(pace, &n, range.first, at);
        if (st == OVF_OK)
            st = push(pace, &n, at, range.last);
    }
    return st;
}

enum ovf_status ovf_pace_keep(struct ovf_pace *pace, struct ovf_flown *flown,
                              const struct ovf_piece *piece, uint8_t n_levels)
{
    const uint8_t level = (uint8_t)(n_levels + 1);
    const struct ovf_flown_when *const w = flown->whens;
    const size_t end = piece->first + piece->n;
    size_t kept = piece->first;
    enum ovf_status st = OVF_OK;
    for (size_t i = piece->first + 1; i < end && st == OVF_OK; i++) {
        struct ovf_drawn *const vertex = &flown->vertices[i];
        if (vertex->level >= n_levels && i + 1 < end &&
            (w[i].has_alt != w[i - 1].has_alt || w[i].has_alt != w[i + 1].has_alt))
            vertex->level = level;
        if (vertex->level == n_levels)
            continue;
        if (w[kept].is_timed && w[i].is_timed)
            st = split(pace, flown, kept, i, level);
        kept = i;
    }
    return st;
}
