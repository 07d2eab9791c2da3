/* SPDX-License-Identifier: Apache-2.0 */
#include "run/store_lines.h"

#include <stdlib.h>

#include "base/array.h"

void ovf_store_lines_deinit(struct ovf_store_lines *w)
{
    ovf_points_deinit(&w->points);
    ovf_profile_deinit(&w->profile);
    free(w->times_ns);
    free(w->parts);
}

static enum ovf_status push(struct ovf_store_lines *w, struct ovf_point at, int64_t t_ns)
{
    int64_t *const grown =
        ovf_array_reserve(w->times_ns, &w->times_capacity, w->points.n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    w->times_ns = grown;
    grown[w->points.n] = t_ns;
    return ovf_points_push(&w->points, at);
}

static enum ovf_status begin_part(struct ovf_store_lines *w)
{
    struct ovf_store_part *grown =
        ovf_array_reserve(w->parts, &w->parts_capacity, w->n_parts + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    w->parts = grown;
    /* Points may still move: where the part begins is kept as a number until all are there. */
    w->parts[w->n_parts++] = (struct ovf_store_part){.n_points = w->points.n};
    return OVF_OK;
}

/** Turns the numbers where parts begin into pointers and lengths. */
static struct ovf_store_line end_line(struct ovf_store_lines *w, bool geodesic)
{
    size_t end = w->points.n;
    for (size_t i = w->n_parts; i > 0; i--) {
        const size_t begin = w->parts[i - 1].n_points;
        w->parts[i - 1] = (struct ovf_store_part){w->points.items + begin, end - begin,
                                                  geodesic ? NULL : w->times_ns + begin};
        end = begin;
    }
    return (struct ovf_store_line){w->parts, w->n_parts, geodesic, !geodesic};
}

/** The believed fixes [first, last], a part between gaps. */
static enum ovf_status add_fixes(struct ovf_store_lines *w, const struct ovf_track *track,
                                 size_t first, size_t last)
{
    const struct ovf_fix *fixes = track->fixes.items;
    size_t before = SIZE_MAX;
    enum ovf_status st = OVF_OK;
    for (size_t i = first; i <= last && st == OVF_OK; i++) {
        if (!ovf_fix_is_believed(&fixes[i]))
            continue;
        if (before != SIZE_MAX && !ovf_walk_bridges(w->walk, fixes, before, i))
            st = begin_part(w);
        if (st == OVF_OK)
            st = push(w, fixes[i].at, fixes[i].t_ns);
        before = i;
    }
    return st;
}

enum ovf_status ovf_store_line_of_crossing(struct ovf_store_lines *w, const struct ovf_track *track,
                                           const struct ovf_passage *p, struct ovf_store_line *out)
{
    size_t first;
    size_t last;
    ovf_passage_fixes(p, &first, &last);
    w->points.n = 0;
    w->n_parts = 0;
    enum ovf_status st = begin_part(w);
    if (st == OVF_OK && p->entry.kind == OVF_PASSAGE_CROSSED)
        st = push(w, p->entry.at, p->entry.t_ns);
    if (st == OVF_OK)
        st = add_fixes(w, track, first, last);
    if (st == OVF_OK && p->exit.kind == OVF_PASSAGE_CROSSED)
        st = push(w, p->exit.at, p->exit.t_ns);
    *out = end_line(w, false);
    return st;
}

enum ovf_status ovf_store_line_of_fixes(struct ovf_store_lines *w, const struct ovf_track *track,
                                        size_t first, size_t last, struct ovf_store_line *out)
{
    w->points.n = 0;
    w->n_parts = 0;
    enum ovf_status st = begin_part(w);
    if (st == OVF_OK)
        st = add_fixes(w, track, first, last);
    *out = end_line(w, false);
    return st;
}

enum ovf_status ovf_store_altitudes_of_fixes(struct ovf_store_lines *w,
                                             const struct ovf_track *track, size_t first,
                                             size_t last, int64_t start_ns, struct ovf_buffer *out)
{
    const struct ovf_fix *const fixes = track->fixes.items;
    enum ovf_status st = OVF_OK;
    w->profile.n = 0;
    for (size_t i = first; i <= last && st == OVF_OK; i++) {
        if (!ovf_fix_is_believed(&fixes[i]))
            continue;
        const bool is_known = (fixes[i].has & OVF_FIX_ALT_BARO) != 0;
        st = ovf_profile_add(
            &w->profile, (struct ovf_profile_item){fixes[i].t_ns, fixes[i].alt_baro_ft, is_known});
    }
    return st == OVF_OK ? ovf_profile_write(&w->profile, start_ns, out) : st;
}

enum ovf_status ovf_store_line_of_gap(struct ovf_store_lines *w, const struct ovf_fix *before,
                                      const struct ovf_fix *after, struct ovf_store_line *out)
{
    w->points.n = 0;
    w->n_parts = 0;
    enum ovf_status st = begin_part(w);
    if (st == OVF_OK)
        st = ovf_points_push(&w->points, before->at);
    if (st == OVF_OK)
        st = ovf_points_push(&w->points, after->at);
    *out = end_line(w, true);
    return st;
}
