/* SPDX-License-Identifier: Apache-2.0 */
/* Passages: opened and closed by steps, joined where they only flicker, then measured and classed. */
#include "airspace/passage.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/geodesic.h"
#include "geo/polyline.h"

const char *ovf_class_name(enum ovf_class class)
{
    static const char *const names[OVF_CLASS_N] = {
        [OVF_CLASS_OBSERVED] = "observed",         [OVF_CLASS_BRACKETED] = "bracketed",
        [OVF_CLASS_NECESSARY] = "necessary",       [OVF_CLASS_NEAR_CERTAIN] = "near_certain",
        [OVF_CLASS_POSSIBLE] = "possible",         [OVF_CLASS_IMPOSSIBLE] = "impossible",
        [OVF_CLASS_INCONSISTENT] = "inconsistent",
    };
    assert((unsigned)class < OVF_CLASS_N);
    return names[class];
}

const char *ovf_passage_vertical(const struct ovf_passage *passage)
{
    static const char *const sources[] = {[OVF_AMSL_NONE] = NULL,
                                          [OVF_AMSL_BAROMETRIC] = "barometric",
                                          [OVF_AMSL_GEOMETRIC] = "geometric"};
    return passage->vertical_undetermined ? "undetermined" : sources[passage->amsl_source];
}

void ovf_passages_deinit(struct ovf_passages *passages)
{
    free(passages->items);
    *passages = (struct ovf_passages){0};
}

struct finder {
    const struct ovf_layer *layer;
    const struct ovf_fix *fixes;
    const struct ovf_steps *steps;
    double accuracy_m;
    struct ovf_passages *out;
    struct ovf_points pieces; /* scratch */
};

static struct ovf_members without(const struct ovf_members *members, uint32_t owner)
{
    struct ovf_members rest = *members;
    if (ovf_members_has(&rest, owner))
        ovf_members_toggle(&rest, owner);
    return rest;
}

/** The end that \p step makes for \p owner; \p outer_side is who held the aircraft on the other side. */
static struct ovf_passage_end end_at(const struct finder *f, const struct ovf_step *step,
                                     uint32_t owner, const struct ovf_members *outer_side)
{
    struct ovf_passage_end end = {.before = step->before,
                                  .after = step->after,
                                  .t_ns = step->t_ns,
                                  .t_min_ns = f->fixes[step->before].t_ns,
                                  .t_max_ns = f->fixes[step->after].t_ns,
                                  .earliest_ns = f->fixes[step->before].t_ns,
                                  .latest_ns = f->fixes[step->after].t_ns,
                                  .lat_deg = step->lat_deg,
                                  .lon_deg = step->lon_deg,
                                  .at = step->at};
    switch (step->kind) {
    case OVF_STEP_START:
    case OVF_STEP_END:
        end.kind = OVF_PASSAGE_TRACK;
        break;
    case OVF_STEP_CROSS:
        end.kind = OVF_PASSAGE_CROSSED;
        end.other_side = without(outer_side, owner);
        break;
    case OVF_STEP_GAP:
        end.kind = OVF_PASSAGE_GAP;
        break;
    }
    return end;
}

void ovf_passage_fixes(const struct ovf_passage *p, size_t *first, size_t *last)
{
    *first = p->entry.kind == OVF_PASSAGE_TRACK ? p->entry.before : p->entry.after;
    *last = p->exit.kind == OVF_PASSAGE_TRACK ? p->exit.after : p->exit.before;
    if (p->is_beyond)
        *first = *last + 1;
}

static size_t count_believed(const struct finder *f, const struct ovf_passage *p)
{
    size_t first;
    size_t last;
    ovf_passage_fixes(p, &first, &last);
    size_t n = 0;
    for (size_t i = first; i <= last; i++)
        n += ovf_fix_is_believed(&f->fixes[i]) ? 1 : 0;
    return n;
}

static enum ovf_status push_passage(struct finder *f, const struct ovf_passage *passage)
{
    struct ovf_passage *grown =
        ovf_array_reserve(f->out->items, &f->out->capacity, f->out->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    f->out->items = grown;
    f->out->items[f->out->n++] = *passage;
    return OVF_OK;
}

/** Notes what a step inside \p passage changes beside its own boundary. */
static void note_inside(const struct finder *f, const struct ovf_step *step,
                        struct ovf_passage *passage)
{
    const struct ovf_members others = without(&step->members, passage->owner);
    ovf_members_add_all(&passage->overlaps, &others);
    passage->vertical_undetermined =
        passage->vertical_undetermined || ovf_members_has(&step->doubtful, passage->owner);
    passage->vertical_known =
        passage->vertical_known || !ovf_members_has(&step->doubtful, passage->owner);
    if (step->kind == OVF_STEP_GAP) {
        passage->n_gaps_inside++;
        passage->gap_inside_s +=
            ovf_time_seconds(f->fixes[step->before].t_ns, f->fixes[step->after].t_ns);
    }
}

static const struct ovf_members nobody = {{0}};

/** The passages of one owner, one after the other, from step to step. */
static enum ovf_status find_of_owner(struct finder *f, uint32_t owner)
{
    struct ovf_passage open = {0};
    bool is_open = false;
    enum ovf_status st = OVF_OK;
    for (size_t s = 0; s < f->steps->n && st == OVF_OK; s++) {
        const struct ovf_step *step = &f->steps->items[s];
        const struct ovf_members *earlier = s > 0 ? &f->steps->items[s - 1].members : &nobody;
        const bool inside = ovf_members_has(&step->members, owner);
        const bool left_in_gap =
            step->kind == OVF_STEP_GAP && is_open && !ovf_members_has(&step->stays, owner);
        if (is_open && (!inside || left_in_gap)) {
            open.exit = end_at(f, step, owner, &step->members);
            open.exit.perhaps_stayed = inside;
            open.n_fixes_inside = count_believed(f, &open);
            st = push_passage(f, &open);
            is_open = false;
        }
        if (inside && !is_open) {
            open = (struct ovf_passage){.owner = owner, .entry = end_at(f, step, owner, earlier)};
            open.entry.perhaps_stayed = left_in_gap;
            is_open = true;
            const struct ovf_step without_gap = {
                .kind = OVF_STEP_CROSS, .members = step->members, .doubtful = step->doubtful};
            note_inside(f, &without_gap, &open);
        } else if (inside) {
            note_inside(f, step, &open);
        }
    }
    return st;
}

/* How far apart places on an excursion are looked at, as a share of the accuracy: what lies between
 * two of them is then never farther from the boundary than 1.125 times the accuracy. */
static const double sample_share = 0.25;

static bool hugs_at(const struct finder *f, uint32_t owner, struct ovf_point at)
{
    return ovf_index_distance_m(f->layer->index, at, owner, f->accuracy_m) < f->accuracy_m;
}

/** Whether the straight piece between two places keeps within the accuracy, its end included. */
static bool hugs_piece(const struct finder *f, uint32_t owner, struct ovf_point a,
                       struct ovf_point b)
{
    const int64_t dlat_e7 = (int64_t)b.lat_e7 - a.lat_e7;
    const int64_t dlon_e7 = ovf_lon_difference(a.lon_e7, b.lon_e7);
    const int64_t n = (int64_t)(ovf_distance_m(a, b) / (sample_share * f->accuracy_m)) + 1;
    for (int64_t i = 1; i <= n; i++) {
        const struct ovf_point at = {(int32_t)(a.lat_e7 + dlat_e7 * i / n),
                                     ovf_lon_wrap(a.lon_e7 + dlon_e7 * i / n)};
        if (!hugs_at(f, owner, at))
            return false;
    }
    return true;
}

/** Whether the geodesic between two places keeps within the accuracy of the owner's boundary. */
static enum ovf_status hugs_between(struct finder *f, uint32_t owner, struct ovf_point a,
                                    struct ovf_point b, bool *hugs)
{
    f->pieces.n = 0;
    const enum ovf_status st = ovf_densify(a, b, OVF_LINE_GEODESIC, &f->pieces);
    *hugs = true;
    for (size_t i = 0; i < f->pieces.n && st == OVF_OK && *hugs; i++) {
        *hugs = hugs_piece(f, owner, a, f->pieces.items[i]);
        a = f->pieces.items[i];
    }
    return st;
}

/**
 * Whether the track keeps within the accuracy of the owner's boundary from \p from to \p to, two
 * places where it was crossed, by way of the fixes [first, last] between them (none when first > last).
 */
static enum ovf_status hugs_boundary(struct finder *f, uint32_t owner,
                                     const struct ovf_passage_end *from, size_t first, size_t last,
                                     const struct ovf_passage_end *to, bool *hugs)
{
    struct ovf_point a = from->at;
    *hugs = true;
    for (size_t i = first; i <= last; i++) {
        if (!ovf_fix_is_believed(&f->fixes[i]))
            continue;
        /* The far fix first: a true excursion is told by it at once. */
        *hugs = hugs_at(f, owner, f->fixes[i].at);
        if (!*hugs)
            return OVF_OK;
        const enum ovf_status st = hugs_between(f, owner, a, f->fixes[i].at, hugs);
        if (st != OVF_OK || !*hugs)
            return st;
        a = f->fixes[i].at;
    }
    return hugs_between(f, owner, a, to->at, hugs);
}

/** The first step that lies after fix \p fix; steps are in order of their fixes. */
static size_t first_step_after(const struct ovf_steps *steps, size_t fix)
{
    size_t begin = 0;
    size_t end = steps->n;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        if (steps->items[middle].after > fix)
            end = middle;
        else
            begin = middle + 1;
    }
    return begin;
}

static enum ovf_status is_flicker(struct finder *f, const struct ovf_passage *first,
                                  const struct ovf_passage *second, bool *flickers)
{
    *flickers = false;
    if (first->exit.kind != OVF_PASSAGE_CROSSED || second->entry.kind != OVF_PASSAGE_CROSSED ||
        !(f->accuracy_m > 0))
        return OVF_OK;
    for (size_t s = first_step_after(f->steps, first->exit.before); s < f->steps->n; s++) {
        const struct ovf_step *step = &f->steps->items[s];
        if (step->after > second->entry.before)
            break;
        if (step->kind == OVF_STEP_GAP)
            return OVF_OK; /* is not bridged */
    }
    return hugs_boundary(f, first->owner, &first->exit, first->exit.after, second->entry.before,
                         &second->entry, flickers);
}

static void merge_into(struct ovf_passage *first, const struct ovf_passage *second)
{
    first->exit = second->exit;
    first->n_fixes_inside += second->n_fixes_inside;
    first->n_gaps_inside += second->n_gaps_inside;
    first->gap_inside_s += second->gap_inside_s;
    first->vertical_undetermined = first->vertical_undetermined || second->vertical_undetermined;
    first->vertical_known = first->vertical_known || second->vertical_known;
    ovf_members_add_all(&first->overlaps, &second->overlaps);
    first->grazing = true;
}

/** Joins, among the passages [begin, n) of one owner, those that only flicker. */
static enum ovf_status join_flicker(struct finder *f, size_t begin)
{
    size_t kept = begin;
    for (size_t i = begin + 1; i < f->out->n; i++) {
        bool flickers;
        const enum ovf_status st =
            is_flicker(f, &f->out->items[kept], &f->out->items[i], &flickers);
        if (st != OVF_OK)
            return st;
        if (flickers)
            merge_into(&f->out->items[kept], &f->out->items[i]);
        else
            f->out->items[++kept] = f->out->items[i];
    }
    if (f->out->n > begin)
        f->out->n = kept + 1;
    return OVF_OK;
}

static double leg_m(double lat1_deg, double lon1_deg, struct ovf_point to)
{
    return ovf_geodesic_length_m(lat1_deg, lon1_deg, ovf_deg_from_e7(to.lat_e7),
                                 ovf_deg_from_e7(to.lon_e7));
}

double ovf_passage_distance_m(const struct ovf_passage *p, const struct ovf_fix *fixes)
{
    size_t first;
    size_t last;
    ovf_passage_fixes(p, &first, &last);
    const bool entered = p->entry.kind == OVF_PASSAGE_CROSSED;
    const bool exited = p->exit.kind == OVF_PASSAGE_CROSSED;
    if (p->class == OVF_CLASS_IMPOSSIBLE)
        return (double)NAN;
    if (first > last)
        return entered && exited ? ovf_geodesic_length_m(p->entry.lat_deg, p->entry.lon_deg,
                                                         p->exit.lat_deg, p->exit.lon_deg)
                                 : (double)NAN;
    struct ovf_polyline flown = {0};
    ovf_polyline_add(&flown, fixes[first].at);
    for (size_t i = first + 1; i <= last; i++)
        if (ovf_fix_is_believed(&fixes[i]))
            ovf_polyline_add(&flown, fixes[i].at);
    return ovf_polyline_length_m(&flown) +
           (entered ? leg_m(p->entry.lat_deg, p->entry.lon_deg, fixes[first].at) : 0) +
           (exited ? leg_m(p->exit.lat_deg, p->exit.lon_deg, fixes[last].at) : 0);
}

/** Whether believed fixes follow each other, from the last before it to the first behind it, without a gap or a longer
 * step: a gap is what the user says it is, up to a day. */
static bool is_heard_throughout(const struct ovf_passage *p, const struct ovf_fix *fixes)
{
    size_t i = p->entry.before;
    for (size_t j = i + 1; j <= p->exit.after; j++) {
        if (!ovf_fix_is_believed(&fixes[j]))
            continue;
        if (fixes[j].t_ns - fixes[i].t_ns > OVF_PASSAGE_THROUGHOUT_S * OVF_NS_PER_S)
            return false;
        i = j;
    }
    return p->entry.kind != OVF_PASSAGE_GAP && p->exit.kind != OVF_PASSAGE_GAP &&
           p->n_gaps_inside == 0;
}

struct ovf_passage_altitudes ovf_passage_altitudes(const struct ovf_passage *p,
                                                   const struct ovf_fix *fixes)
{
    struct ovf_passage_altitudes found = {(double)NAN, (double)NAN, true};
    size_t first;
    size_t last;
    size_t n = 0;
    ovf_passage_fixes(p, &first, &last);
    for (size_t i = first; i <= last; i++) {
        const struct ovf_fix *const fix = &fixes[i];
        if (!ovf_fix_is_believed(fix))
            continue;
        n++;
        if ((fix->has & OVF_FIX_ALT_BARO) == 0) {
            found.throughout = false;
            continue;
        }
        found.min_ft = fmin(found.min_ft, fix->alt_baro_ft); /* of NAN and a number, the number */
        found.max_ft = fmax(found.max_ft, fix->alt_baro_ft);
    }
    found.throughout = found.throughout && n > 0 && is_heard_throughout(p, fixes);
    return found;
}

bool ovf_passage_fix_is_deep(const struct ovf_index *index, const struct ovf_fix *fix,
                             uint32_t owner, double accuracy_m)
{
    const double deep_m =
        1.01 * ((double)fix->radius_m + accuracy_m); /* distances are within 1 % */
    struct ovf_members members;
    if (!ovf_fix_is_believed(fix) || fix->grade == OVF_GRADE_D || deep_m > OVF_DISTANCE_MAX_M ||
        ovf_index_distance_m(index, fix->at, owner, deep_m) < deep_m)
        return false;
    ovf_index_locate(index, fix->at, &members);
    return ovf_members_has(&members, owner);
}

/** Whether two believed fixes, better than D, lie inside by more than their radius and what the boundary
 * is worth. The middle is tried first: it is deep in all but the shallowest passages. (Of joined passages,
 * fixes on the excursions lie outside.) */
static bool is_deep(const struct finder *f, const struct ovf_passage *p, size_t first, size_t last)
{
    size_t n_deep = 0;
    const size_t n = last - first + 1;
    for (size_t k = 0; k < n; k++) {
        const size_t i = first + (n / 2 + k) % n;
        n_deep += ovf_passage_fix_is_deep(f->layer->index, &f->fixes[i], p->owner, f->accuracy_m);
        if (n_deep == 2)
            return true;
    }
    return false;
}

static bool has_amsl_limit(const struct ovf_layer *layer, uint32_t owner)
{
    for (size_t i = 0; i < layer->n_limits; i++) {
        if (layer->limits[i].owner == owner)
            return ovf_limits_have_amsl(&layer->limits[i]);
    }
    return false;
}

/** What the limits above sea level were compared with: barometric altitude if at any fix, of those inside
 * and, where there is none, of those around. On the ground no altitude is looked at. */
static enum ovf_amsl_source find_amsl_source(const struct finder *f, const struct ovf_passage *p,
                                             size_t first, size_t last)
{
    enum ovf_amsl_source worst = OVF_AMSL_NONE;
    if (!has_amsl_limit(f->layer, p->owner))
        return OVF_AMSL_NONE;
    if (first > last) {
        first = p->entry.before;
        last = p->exit.after;
    }
    for (size_t i = first; i <= last; i++) {
        const struct ovf_fix *fix = &f->fixes[i];
        const enum ovf_amsl_source source = ovf_heights_of(fix, f->layer->geoid).amsl_source;
        if (!ovf_fix_is_believed(fix) || (fix->flags & OVF_FIX_ON_GROUND) != 0 ||
            source == OVF_AMSL_NONE)
            continue;
        if (worst == OVF_AMSL_NONE || source < worst)
            worst = source;
    }
    return worst;
}

static enum ovf_status measure(struct finder *f, struct ovf_passage *p)
{
    size_t first;
    size_t last;
    ovf_passage_fixes(p, &first, &last);
    p->amsl_source = find_amsl_source(f, p, first, last);
    p->class = OVF_CLASS_POSSIBLE;
    if (p->n_fixes_inside >= 2 && p->vertical_known && is_deep(f, p, first, last))
        p->class = p->entry.kind == OVF_PASSAGE_GAP || p->exit.kind == OVF_PASSAGE_GAP
                       ? OVF_CLASS_BRACKETED
                       : OVF_CLASS_OBSERVED;
    else if (!p->grazing && p->entry.kind == OVF_PASSAGE_CROSSED &&
             p->exit.kind == OVF_PASSAGE_CROSSED && f->accuracy_m > 0)
        return hugs_boundary(f, p->owner, &p->entry, first, last, &p->exit, &p->grazing);
    return OVF_OK;
}

int ovf_passage_compare(const struct ovf_passage *a, const struct ovf_passage *b)
{
    if (a->entry.earliest_ns != b->entry.earliest_ns)
        return a->entry.earliest_ns < b->entry.earliest_ns ? -1 : 1;
    if (a->entry.t_ns != b->entry.t_ns)
        return a->entry.t_ns < b->entry.t_ns ? -1 : 1;
    if (a->owner == b->owner && a->exit.t_ns != b->exit.t_ns)
        return a->exit.t_ns < b->exit.t_ns ? -1 : 1;
    return (a->owner > b->owner) - (a->owner < b->owner);
}

static int compare_passages(const void *x, const void *y)
{
    return ovf_passage_compare(x, y);
}

static enum ovf_status find_all(struct finder *f, const struct ovf_members *owners)
{
    enum ovf_status st = OVF_OK;
    for (uint32_t owner = ovf_members_next(owners, 0); owner < OVF_MEMBERS_MAX && st == OVF_OK;
         owner = ovf_members_next(owners, owner + 1)) {
        const size_t begin = f->out->n;
        st = find_of_owner(f, owner);
        if (st == OVF_OK)
            st = join_flicker(f, begin);
    }
    for (size_t i = 0; i < f->out->n && st == OVF_OK; i++)
        st = measure(f, &f->out->items[i]);
    return st;
}

enum ovf_status ovf_passages_find(const struct ovf_layer *layer, const struct ovf_fix *fixes,
                                  const struct ovf_steps *steps, const struct ovf_members *wanted,
                                  double accuracy_m, struct ovf_passages *out)
{
    struct finder f = {
        .layer = layer, .fixes = fixes, .steps = steps, .accuracy_m = accuracy_m, .out = out};
    struct ovf_members met = {{0}};
    out->n = 0;
    for (size_t s = 0; s < steps->n; s++) {
        for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
            met.words[i] |= steps->items[s].members.words[i] & wanted->words[i];
    }
    const enum ovf_status st = find_all(&f, &met);
    if (st == OVF_OK && out->n > 1)
        qsort(out->items, out->n, sizeof *out->items, compare_passages);
    ovf_points_deinit(&f.pieces);
    return st;
}
