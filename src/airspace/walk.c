/* SPDX-License-Identifier: Apache-2.0 */
/* The walk. What is crossed, and in which order, is decided by integers on the straightened pieces of
 * the track; then time and place are solved on the geodesic itself. */
#include "airspace/walk.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/densify.h"
#include "geo/geodesic.h"

void ovf_walk_deinit(struct ovf_walk *walk)
{
    free(walk->steps.items);
    ovf_points_deinit(&walk->pieces);
    ovf_hits_deinit(&walk->hits);
    *walk = (struct ovf_walk){0};
}

/** What a walk carries from fix to fix. */
struct walker {
    const struct ovf_layer *layer;
    const struct ovf_fix *fixes;
    const struct ovf_walk_options *options;
    struct ovf_walk *walk;
    struct ovf_box empty;       /* where the last fixes lay: no line in it crosses anything */
    struct ovf_members lateral; /* inside by latitude and longitude, at the fix reached */
    struct ovf_members outside; /* above or below its limits there */
    struct ovf_members doubtful;
};

static enum ovf_status push_step(struct walker *w, struct ovf_step step)
{
    struct ovf_steps *steps = &w->walk->steps;
    struct ovf_step *grown =
        ovf_array_reserve(steps->items, &steps->capacity, steps->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    steps->items = grown;
    steps->items[steps->n++] = step;
    return OVF_OK;
}

/** Airspaces that hold the aircraft, limits included. */
static struct ovf_members effective(const struct walker *w)
{
    struct ovf_members members = w->lateral;
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        members.words[i] &= ~w->outside.words[i];
    return members;
}

static void set_bit(struct ovf_members *members, uint32_t owner, bool on)
{
    if (ovf_members_has(members, owner) != on)
        ovf_members_toggle(members, owner);
}

/** What is undetermined keeps the airspace in, as doubtful. */
static void set_vertical(struct walker *w, uint32_t owner, enum ovf_vertical state)
{
    set_bit(&w->outside, owner, state == OVF_VERTICAL_BEYOND);
    set_bit(&w->doubtful, owner, state == OVF_VERTICAL_UNDETERMINED);
}

static void judge_altitude(struct walker *w, const struct ovf_fix *fix)
{
    const struct ovf_heights heights = ovf_heights_of(fix, w->layer->geoid);
    for (size_t i = 0; i < w->layer->n_limits; i++)
        set_vertical(w, w->layer->limits[i].owner,
                     ovf_limits_judge_fix(&w->layer->limits[i], fix, &heights));
}

static struct ovf_step step_at_fix(const struct walker *w, enum ovf_step_kind kind, size_t before,
                                   size_t after)
{
    const struct ovf_fix *fix = &w->fixes[after];
    return (struct ovf_step){
        .kind = kind,
        .before = before,
        .after = after,
        .t_ns = fix->t_ns,
        .at = fix->at,
        .lat_deg = ovf_deg_from_e7(fix->at.lat_e7),
        .lon_deg = ovf_deg_from_e7(fix->at.lon_e7),
        .members = effective(w),
        .doubtful = w->doubtful,
    };
}

bool ovf_walk_bridges(const struct ovf_walk_options *options, const struct ovf_fix *fixes, size_t i,
                      size_t j)
{
    const int64_t interval_ns = fixes[j].t_ns - fixes[i].t_ns;
    bool heard = true;
    if (interval_ns <= options->max_gap_ns)
        return true;
    for (size_t k = i + 1; k <= j; k++)
        heard = heard && (fixes[k].flags & OVF_FIX_HEARD_SINCE) != 0;
    return heard && interval_ns <= options->max_gap_ns + options->decimation_ns;
}

/** A change on the way from fix i to fix j: a boundary crossed, or a vertical limit. */
struct change {
    double fraction;         /* of the way, on the straightened pieces: decides the order */
    double solved;           /* the same on the geodesic: what is said */
    uint32_t edge;           /* the lateral edge, or NO_EDGE */
    uint32_t set;            /* its owners, or the one owner whose limit is passed */
    enum ovf_vertical state; /* of that owner, from here on */
    struct ovf_point at;     /* on the straightened pieces; a lateral edge's only */
};

#define NO_EDGE UINT32_MAX

struct changes {
    struct change *items;
    size_t n;
    size_t capacity;
};

static enum ovf_status push_change(struct changes *changes, struct change change)
{
    struct change *grown =
        ovf_array_reserve(changes->items, &changes->capacity, changes->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    changes->items = grown;
    changes->items[changes->n++] = change;
    return OVF_OK;
}

/** Twice the area of edge and position, in 1e-14 square degrees: zero where the geodesic meets the
 * edge's line. */
static double area_at(const struct ovf_geodesic *line, const struct ovf_edge *edge, double fraction)
{
    double lat_deg;
    double lon_deg;
    ovf_geodesic_at(line, fraction, &lat_deg, &lon_deg);
    const double east_deg = lon_deg - ovf_deg_from_e7(edge->a.lon_e7);
    const double turn_deg = east_deg > 180.0 ? 360.0 : east_deg < -180.0 ? -360.0 : 0.0;
    const double px = (east_deg - turn_deg) * OVF_E7_PER_DEG;
    const double py = lat_deg * OVF_E7_PER_DEG - edge->a.lat_e7;
    const double bx = (double)ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7);
    const double by = (double)((int64_t)edge->b.lat_e7 - edge->a.lat_e7);
    return bx * py - by * px;
}

/**
 * Where the geodesic meets the edge, near fractions lo to hi. The piece that crosses it lies within
 * OVF_CHORD_M of the geodesic, so a root is there, but perhaps just outside: the interval is widened
 * by that much once. Without a change of sign the chord's own answer \p guess stands (the two meet at
 * an angle too small to tell).
 */
static double solve_fraction(const struct ovf_geodesic *line, const struct ovf_edge *edge,
                             double lo, double hi, double guess)
{
    const double widen = line->length_m > 0 ? 10.0 * OVF_CHORD_M / line->length_m : 0;
    lo = fmax(0.0, lo - widen);
    hi = fmin(1.0, hi + widen);
    double f_lo = area_at(line, edge, lo);
    double f_hi = area_at(line, edge, hi);
    if (!((f_lo < 0 && f_hi > 0) || (f_lo > 0 && f_hi < 0)))
        return guess;
    double root = guess;
    bool was_low = false; /* the root before took the place of lo */
    /* Illinois: false position that cannot stall, as an end that stays twice counts half. */
    for (int i = 0; i < 60 && hi - lo > 1e-15; i++) {
        root = lo + (hi - lo) * (f_lo / (f_lo - f_hi));
        const double f = area_at(line, edge, root);
        const bool is_low = (f < 0) == (f_lo < 0);
        const double stays = i > 0 && is_low == was_low ? 0.5 : 1;
        if (is_low) {
            lo = root;
            f_lo = f;
            f_hi *= stays;
        } else {
            hi = root;
            f_hi = f;
            f_lo *= stays;
        }
        was_low = is_low;
        if (fabs(f) < 1.0) /* 1e-14 square degrees: under a micrometre off an edge of 10 m */
            break;
    }
    return root;
}

/** The point \p t of the way along a straight piece. */
static struct ovf_point point_between(struct ovf_point p, struct ovf_point q, double t)
{
    const double dlat_e7 = t * (double)((int64_t)q.lat_e7 - p.lat_e7);
    const double dlon_e7 = t * (double)ovf_lon_difference(p.lon_e7, q.lon_e7);
    return (struct ovf_point){(int32_t)(p.lat_e7 + llround(dlat_e7)),
                              ovf_lon_wrap(p.lon_e7 + llround(dlon_e7))};
}

static enum ovf_status find_lateral(struct walker *w, struct ovf_point a, struct ovf_point b,
                                    struct changes *changes)
{
    struct ovf_points *pieces = &w->walk->pieces;
    pieces->n = 0;
    enum ovf_status st = ovf_densify(a, b, OVF_LINE_GEODESIC, pieces);
    const size_t first = changes->n;
    double so_far_m = 0;
    struct ovf_point p = a;
    for (size_t i = 0; i < pieces->n && st == OVF_OK; i++) {
        const struct ovf_point q = pieces->items[i];
        const double piece_m = ovf_distance_m(p, q);
        st = ovf_index_cross(w->layer->index, p, q, &w->walk->hits);
        for (size_t k = 0; k < w->walk->hits.n && st == OVF_OK; k++) {
            const struct ovf_hit *hit = &w->walk->hits.items[k];
            const double at_m = so_far_m + hit->t * piece_m;
            st = push_change(changes, (struct change){.fraction = at_m,
                                                      .edge = hit->edge,
                                                      .set = hit->set,
                                                      .at = point_between(p, q, hit->t)});
        }
        so_far_m += piece_m;
        p = q;
    }
    /* The pieces' sum is the whole: it is right to 1e-6, the chord of the whole is not. */
    for (size_t k = first; k < changes->n; k++) {
        struct change *change = &changes->items[k];
        change->fraction = so_far_m > 0 ? fmin(1.0, change->fraction / so_far_m) : 0;
        change->solved = change->fraction;
    }
    return st;
}

/** Floors and ceilings passed by climbing or descending uniformly from fix i to fix j. */
static enum ovf_status find_vertical(struct walker *w, size_t i, size_t j, struct changes *changes)
{
    const struct ovf_heights from = ovf_heights_of(&w->fixes[i], w->layer->geoid);
    struct ovf_heights to = ovf_heights_of(&w->fixes[j], w->layer->geoid);
    enum ovf_status st = OVF_OK;
    ovf_heights_hold(&from, &to);
    for (size_t k = 0; k < w->layer->n_limits && st == OVF_OK; k++) {
        const struct ovf_limits *const limits = &w->layer->limits[k];
        struct ovf_limits_change found[OVF_LIMITS_MAX_CHANGES];
        const size_t n = ovf_limits_find_changes(limits, &from, &to, found);
        for (size_t m = 0; m < n && st == OVF_OK; m++)
            st = push_change(changes, (struct change){.fraction = found[m].fraction,
                                                      .solved = found[m].fraction,
                                                      .edge = NO_EDGE,
                                                      .set = limits->owner,
                                                      .state = found[m].state});
    }
    return st;
}

static int compare_changes(const void *x, const void *y)
{
    const struct change *a = x;
    const struct change *b = y;
    if (a->fraction < b->fraction || a->fraction > b->fraction)
        return a->fraction < b->fraction ? -1 : 1;
    if (a->edge != b->edge)
        return a->edge < b->edge ? -1 : 1;
    return (a->set > b->set) - (a->set < b->set);
}

static void apply_change(struct walker *w, const struct change *change)
{
    if (change->edge == NO_EDGE) {
        set_vertical(w, change->set, change->state);
        return;
    }
    struct ovf_members owners;
    ovf_index_set(w->layer->index, change->set, &owners);
    ovf_members_toggle_all(&w->lateral, &owners);
}

/** Solves the place of each change on the geodesic; they are in order along the way and stay so. */
static void solve_changes(const struct walker *w, const struct ovf_geodesic *line,
                          struct changes *changes)
{
    /* A hit is right to the chord's error over the sine of the angle: look that far around it. */
    const double near = line->length_m > 0 ? fmin(1.0, 100.0 / line->length_m) : 0;
    double last = 0;
    for (size_t k = 0; k < changes->n; k++) {
        struct change *change = &changes->items[k];
        if (change->edge != NO_EDGE) {
            const struct ovf_edge edge = ovf_index_edge(w->layer->index, change->edge);
            change->solved = solve_fraction(line, &edge, fmax(0.0, change->fraction - near),
                                            fmin(1.0, change->fraction + near), change->fraction);
        }
        change->solved = fmax(last, change->solved);
        last = change->solved;
    }
}

static int64_t time_at(const struct walker *w, size_t i, size_t j, double fraction)
{
    return w->fixes[i].t_ns + llround(fraction * (double)(w->fixes[j].t_ns - w->fixes[i].t_ns));
}

/** Whether members, or what is doubtful of them, are others than before. */
static bool says_more(const struct walker *w, const struct ovf_members *now,
                      const struct ovf_members *members, const struct ovf_members *doubtful)
{
    bool changed = !ovf_members_equal(now, members);
    for (int k = 0; k < OVF_MEMBERS_WORDS; k++)
        changed = changed || ((doubtful->words[k] ^ w->doubtful.words[k]) & now->words[k]) != 0;
    return changed;
}

/* Edges that meet in a corner are met at the same place but for the last bits of a fraction: a billionth
 * of a metre of a line round the globe. Vertices of the map are 11 mm apart at the least. */
static const double same_corner_m = 1e-6;

static enum ovf_status push_crossings(struct walker *w, size_t i, size_t j,
                                      const struct ovf_geodesic *line,
                                      const struct changes *changes)
{
    struct ovf_members members = effective(w);
    struct ovf_members doubtful = w->doubtful;
    for (size_t k = 0; k < changes->n; k++) {
        const struct change *change = &changes->items[k];
        apply_change(w, change);
        const bool more_now =
            k + 1 < changes->n &&
            (change[1].fraction - change->fraction) * line->length_m <= same_corner_m;
        const struct ovf_members now = effective(w);
        if (more_now || !says_more(w, &now, &members, &doubtful))
            continue; /* several boundaries at one corner are one change */
        members = now;
        doubtful = w->doubtful;
        struct ovf_step step = {.kind = OVF_STEP_CROSS,
                                .before = i,
                                .after = j,
                                .t_ns = time_at(w, i, j, change->solved),
                                .at = change->at,
                                .members = now,
                                .doubtful = w->doubtful};
        ovf_geodesic_at(line, change->solved, &step.lat_deg, &step.lon_deg);
        if (change->edge == NO_EDGE)
            step.at = (struct ovf_point){(int32_t)lround(step.lat_deg * OVF_E7_PER_DEG),
                                         ovf_lon_wrap(llround(step.lon_deg * OVF_E7_PER_DEG))};
        const enum ovf_status st = push_step(w, step);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

/** At fix j, reached from i, an altitude may become known or unknown, and change who holds it. */
static enum ovf_status judge_at_fix(struct walker *w, size_t i, size_t j)
{
    const struct ovf_members doubtful = w->doubtful;
    judge_altitude(w, &w->fixes[j]);
    const struct ovf_members now = effective(w);
    const struct ovf_members *said = &w->walk->steps.items[w->walk->steps.n - 1].members;
    return says_more(w, &now, said, &doubtful) ? push_step(w, step_at_fix(w, OVF_STEP_CROSS, i, j))
                                               : OVF_OK;
}

/** Whether surely no boundary is crossed from \p a to \p b: most fixes lie where the one before did. */
static bool is_clear(struct walker *w, struct ovf_point a, struct ovf_point b)
{
    if (ovf_box_has(&w->empty, a) && ovf_box_has(&w->empty, b))
        return true;
    const struct ovf_box before = w->empty;
    w->empty = ovf_index_empty_box(w->layer->index, b);
    return ovf_box_has(&w->empty, a) ||
           ovf_index_step_is_clear(w->layer->index, a, &before, b, &w->empty);
}

static enum ovf_status walk_bridged(struct walker *w, size_t i, size_t j)
{
    const struct ovf_point a = w->fixes[i].at;
    const struct ovf_point b = w->fixes[j].at;
    struct changes changes = {0};
    enum ovf_status st = OVF_OK;
    if (!is_clear(w, a, b))
        st = find_lateral(w, a, b, &changes);
    if (st == OVF_OK && w->layer->n_limits > 0)
        st = find_vertical(w, i, j, &changes);
    if (st == OVF_OK && changes.n > 0) {
        qsort(changes.items, changes.n, sizeof *changes.items, compare_changes);
        const struct ovf_geodesic line = ovf_geodesic_between(a, b);
        solve_changes(w, &line, &changes);
        st = push_crossings(w, i, j, &line, &changes);
    }
    free(changes.items);
    return st == OVF_OK && w->layer->n_limits > 0 ? judge_at_fix(w, i, j) : st;
}

/* The hard limit of speed for any aircraft (inference 2.3), and what is taken for one that does not
 * say how fast it is: an airliner's. A direct way may be flown at four fifths of the speed shown. */
static const double hard_limit_kt = 720;
static const double usual_speed_kt = 450;
static const double direct_share = 0.8;

/** Whether the gap is hardly longer than the direct way takes: no more time is left than is bridged
 * anyway. */
static bool had_no_time(const struct walker *w, const struct ovf_fix *from,
                        const struct ovf_fix *to)
{
    double speed_kt = 0;
    if ((from->has & OVF_FIX_GS) != 0)
        speed_kt = (double)from->gs_kt;
    if ((to->has & OVF_FIX_GS) != 0)
        speed_kt = fmax(speed_kt, (double)to->gs_kt);
    if ((from->has & OVF_FIX_GS) == 0 && (to->has & OVF_FIX_GS) == 0)
        speed_kt = usual_speed_kt;
    const double direct_mps = direct_share * speed_kt * 1852 / 3600;
    const double spare_s = ovf_time_seconds(from->t_ns, to->t_ns) -
                           (direct_mps > 0 ? ovf_distance_m(from->at, to->at) / direct_mps : 0);
    return spare_s <= (double)w->options->max_gap_ns / (double)OVF_NS_PER_S;
}

/** Whether no way through the gap at the hard limit leaves \p owner: every place on one lies within
 * half the length that can be flown of the point half-way. */
static bool could_not_leave(const struct walker *w, const struct ovf_fix *from,
                            const struct ovf_fix *to, uint32_t owner)
{
    static const double distance_error = 1.01; /* of ovf_distance_m and of the midpoint */
    const double hard_kt = fmax(hard_limit_kt, w->options->hard_kt);
    const double flyable_m = ovf_time_seconds(from->t_ns, to->t_ns) * hard_kt * 1852 / 3600;
    return ovf_index_is_clear(w->layer->index, ovf_point_midpoint(from->at, to->at), owner,
                              distance_error * flyable_m / 2);
}

/** Whether the aircraft, inside \p owner at both ends of the gap, can be taken to have stayed. */
static bool can_be_bridged(const struct walker *w, const struct ovf_fix *from,
                           const struct ovf_fix *to, uint32_t owner)
{
    const bool parked = (from->flags & to->flags & OVF_FIX_ON_GROUND) != 0;
    return parked || had_no_time(w, from, to) || could_not_leave(w, from, to, owner);
}

/** Airspaces that hold both ends of the gap, whose boundary the geodesic between never meets, and
 * which the aircraft could not have left, or had no time to. */
static enum ovf_status find_stays(struct walker *w, size_t i, size_t j,
                                  const struct ovf_members *before, struct ovf_members *stays)
{
    struct changes changes = {0};
    *stays = (struct ovf_members){{0}};
    if (w->options->never_stays)
        return OVF_OK;
    *stays = effective(w);
    for (int k = 0; k < OVF_MEMBERS_WORDS; k++)
        stays->words[k] &= before->words[k];
    if (ovf_members_empty(stays))
        return OVF_OK;
    const enum ovf_status st = find_lateral(w, w->fixes[i].at, w->fixes[j].at, &changes);
    for (size_t k = 0; k < changes.n; k++) {
        struct ovf_members met;
        ovf_index_set(w->layer->index, changes.items[k].set, &met);
        for (int n = 0; n < OVF_MEMBERS_WORDS; n++)
            stays->words[n] &= ~met.words[n];
    }
    for (uint32_t owner = ovf_members_next(stays, 0); owner < OVF_MEMBERS_MAX;
         owner = ovf_members_next(stays, owner + 1)) {
        if (!can_be_bridged(w, &w->fixes[i], &w->fixes[j], owner))
            ovf_members_toggle(stays, owner);
    }
    free(changes.items);
    return st;
}

static enum ovf_status walk_gap(struct walker *w, size_t i, size_t j)
{
    const struct ovf_members before = effective(w);
    ovf_index_locate(w->layer->index, w->fixes[j].at, &w->lateral);
    judge_altitude(w, &w->fixes[j]);
    struct ovf_step step = step_at_fix(w, OVF_STEP_GAP, i, j);
    const enum ovf_status st = find_stays(w, i, j, &before, &step.stays);
    return st == OVF_OK ? push_step(w, step) : st;
}

static size_t next_believed(const struct ovf_fix *fixes, size_t from, size_t last)
{
    while (from <= last && !ovf_fix_is_believed(&fixes[from]))
        from++;
    return from;
}

/** The last fix that is reached from fix \p i without leaving the box where nothing can be crossed: what the
 * loop of the leg would find as well, only sooner. */
static size_t pass_empty(const struct walker *w, size_t i, size_t last)
{
    const struct ovf_fix *fixes = w->fixes;
    if (w->layer->n_limits > 0 || !ovf_box_has(&w->empty, fixes[i].at))
        return i;
    while (i < last && ovf_fix_is_believed(&fixes[i + 1]) &&
           ovf_box_has(&w->empty, fixes[i + 1].at) &&
           fixes[i + 1].t_ns - fixes[i].t_ns <= w->options->max_gap_ns)
        i++;
    return i;
}

enum ovf_status ovf_walk_leg(const struct ovf_layer *layer, const struct ovf_fix *fixes,
                             size_t first, size_t last, const struct ovf_walk_options *options,
                             struct ovf_walk *walk)
{
    struct walker w = {.layer = layer, .fixes = fixes, .options = options, .walk = walk};
    walk->steps.n = 0;
    size_t i = next_believed(fixes, first, last);
    if (i > last)
        return OVF_OK;
    ovf_index_locate(layer->index, fixes[i].at, &w.lateral);
    judge_altitude(&w, &fixes[i]);
    enum ovf_status st = push_step(&w, step_at_fix(&w, OVF_STEP_START, i, i));
    for (size_t j = next_believed(fixes, i + 1, last); j <= last && st == OVF_OK;
         j = next_believed(fixes, j + 1, last)) {
        st = ovf_walk_bridges(options, fixes, i, j) ? walk_bridged(&w, i, j) : walk_gap(&w, i, j);
        j = pass_empty(&w, j, last);
        i = j;
    }
    if (st != OVF_OK)
        return st;
    struct ovf_step end = step_at_fix(&w, OVF_STEP_END, i, i);
    end.members = (struct ovf_members){{0}};
    return push_step(&w, end);
}
