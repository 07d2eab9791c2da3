/* SPDX-License-Identifier: Apache-2.0 */
/* The speed test between fixes, and which of two that contradict each other is believed.
 *
 * The test has the structure of spec/inference.md 2.1: a speed from what the aircraft reports, more
 * with the age of the report, more for MLAT, a cap, and range = base + (dt + slack) x speed, + 2 km
 * straight ahead (a report stamped a few seconds late). Its factor for the direction of flight is left
 * out. There is no "after an hour accept anything": far stays far.
 *
 * Assumed: jumps are few against good fixes. Two aircraft with one address that take turns for hours
 * lose the shorter chain here; splitting them into two tracks is a matter of identity, not of speed.
 */
#include "track/plausible.h"

#include <stdlib.h>

#include "base/time.h"
#include "geo/local.h"
#include "track/address.h"
#include "track/quality.h"

#define MPS_PER_KT (1852.0 / 3600.0)

#define SPEED_CAP_KT 2000.0
#define SPEED_AIRBORNE_KT 900.0 /* where none is reported */
#define SPEED_SURFACE_KT 120.0
#define SPEED_MARGIN 1.3
#define ACCELERATION_KT_PER_S 3.0
#define MLAT_FACTOR 1.4
#define MLAT_EXTRA_KT 50.0
#define MLAT_EXTRA_M 250.0
#define BASE_AIRBORNE_M 30.0
#define BASE_SURFACE_M 10.0
#define SLACK_S 0.2
/* Along the track that both ends report, within 10 degrees. */
#define AHEAD_M 2000.0
#define AHEAD_COS 0.984807753012208
/* A table of unknown making may write whole seconds: half a second lost at each end. */
#define SLACK_UNKNOWN_SOURCE_S 1.2

/* Longer than rows of an archive lie apart in steady flight. */
#define LOOSE_AFTER_S 60.0

#define N_WAYS 6
#define NO_FIX UINT32_MAX

/* A fix on a way, and how many fixes the way has up to it. */
struct node {
    uint32_t fix;
    uint32_t length;
};

/* A way to read the track: a sequence of fixes, each reachable from the one before. A wrong fix that
 * happens to be reachable must not cut off the right ones after it, so the next fix may also leave
 * from the one before the last, or from the one before the last loose step (a long silence, or
 * farther than reported speed explains). */
enum { NODE_LAST, NODE_PREVIOUS, NODE_ANCHOR, N_NODES };

struct way {
    struct node nodes[N_NODES];
};

struct ways {
    struct way open[N_WAYS];
    size_t n;
};

static bool has_weak_source(const struct ovf_fix *fix)
{
    return fix->source == OVF_SOURCE_MLAT || fix->source == OVF_SOURCE_TISB ||
           fix->source == OVF_SOURCE_OTHER;
}

/* The fastest it may have gone between the two, knots. */
static double speed_limit_kt(const struct ovf_fix *from, const struct ovf_fix *to, double dt_s)
{
    const bool surface =
        (from->flags & OVF_FIX_ON_GROUND) != 0 && (to->flags & OVF_FIX_ON_GROUND) != 0;
    double speed_kt = -1;
    if ((from->has & OVF_FIX_GS) != 0 && (double)from->gs_kt > speed_kt)
        speed_kt = (double)from->gs_kt;
    if ((to->has & OVF_FIX_GS) != 0 && (double)to->gs_kt > speed_kt)
        speed_kt = (double)to->gs_kt;
    if (speed_kt < 0)
        speed_kt = surface ? SPEED_SURFACE_KT : SPEED_AIRBORNE_KT;
    speed_kt = (speed_kt + ACCELERATION_KT_PER_S * dt_s) * SPEED_MARGIN;
    if (has_weak_source(from) || has_weak_source(to))
        speed_kt = speed_kt * MLAT_FACTOR + MLAT_EXTRA_KT;
    return speed_kt < SPEED_CAP_KT ? speed_kt : SPEED_CAP_KT;
}

/* What the fix may be off by itself: what it states, or what its kind is known for. */
static double error_m(const struct ovf_fix *fix)
{
    double error = has_weak_source(fix) ? MLAT_EXTRA_M : 0;
    if (fix->source == OVF_SOURCE_UNKNOWN) /* tables are often resampled: old places at new times */
        error = (double)OVF_RADIUS_UNSTATED_M;
    if ((fix->has & OVF_FIX_ACCURACY) != 0 && fix->accuracy_m > 0 && fix->accuracy_m < 37040)
        error = (double)fix->accuracy_m; /* above 20 NM it says "unknown" (NIC 0) */
    return error;
}

static bool ahead(const struct ovf_fix *from, const struct ovf_fix *to)
{
    if ((from->has & to->has & OVF_FIX_TRACK) == 0)
        return false;
    const struct ovf_offset step = ovf_offset_between(from->at, to->at);
    return ovf_offset_course_cos(step, (double)from->track_deg) >= AHEAD_COS &&
           ovf_offset_course_cos(step, (double)to->track_deg) >= AHEAD_COS;
}

/* How far two fixes lie apart. What decides is the chord; it costs sines, so its bound is asked first,
 * which is enough for all but a few. */
struct apart {
    double most_m;
    double exact_m; /* below 0: not needed yet */
};

static struct apart apart(const struct ovf_fix *from, const struct ovf_fix *to)
{
    return (struct apart){ovf_point_chord_bound_m(from->at, to->at), -1};
}

static double exact_m(struct apart *apart, const struct ovf_fix *from, const struct ovf_fix *to)
{
    if (apart->exact_m < 0)
        apart->exact_m = ovf_point_chord_m(from->at, to->at);
    return apart->exact_m;
}

static bool within_range(const struct ovf_fix *from, const struct ovf_fix *to, struct apart *apart)
{
    const double dt_s = ovf_time_seconds(from->t_ns, to->t_ns);
    const bool surface =
        (from->flags & OVF_FIX_ON_GROUND) != 0 && (to->flags & OVF_FIX_ON_GROUND) != 0;
    const double slack_s = from->source == OVF_SOURCE_UNKNOWN || to->source == OVF_SOURCE_UNKNOWN
                               ? SLACK_UNKNOWN_SOURCE_S
                               : SLACK_S;
    const double base_m =
        (surface ? BASE_SURFACE_M : BASE_AIRBORNE_M) + error_m(from) + error_m(to);
    const double speed_mps = speed_limit_kt(from, to, dt_s) * MPS_PER_KT;
    const double range_m = base_m + (dt_s + slack_s) * speed_mps;
    return apart->most_m <= range_m || exact_m(apart, from, to) <= range_m ||
           (!surface && exact_m(apart, from, to) <= range_m + AHEAD_M && ahead(from, to));
}

bool ovf_fix_reachable(const struct ovf_fix *from, const struct ovf_fix *to)
{
    struct apart distance = apart(from, to);
    return within_range(from, to, &distance);
}

/* A pole, and longitude +-90 on the equator, are what broken encoders send; nobody flies there long
 * enough for one fix to matter. */
static bool is_impossible_place(struct ovf_point at)
{
    const int32_t quarter_e7 = 90 * OVF_E7_PER_DEG;
    if (at.lat_e7 == quarter_e7 || at.lat_e7 == -quarter_e7)
        return true;
    return at.lat_e7 == 0 && (at.lon_e7 == quarter_e7 || at.lon_e7 == -quarter_e7);
}

/* Where a fix goes on from: node of way, or way == ways->n for nowhere. */
struct origin {
    size_t way;
    size_t node;
    struct apart apart;
};

/* The node from which the way of fix \p i becomes the longest, of equally good ones the nearest. */
static struct origin find_origin(const struct ways *ways, const struct ovf_fix *items, uint32_t i)
{
    struct origin best = {.way = ways->n};
    uint32_t length = 0;
    const struct ovf_fix *best_fix = NULL;
    for (size_t n = 0; n < N_NODES; n++) {
        for (size_t w = 0; w < ways->n; w++) {
            const struct node *node = &ways->open[w].nodes[n];
            if (node->length < length || node->length == 0)
                continue;
            const struct ovf_fix *fix = &items[node->fix];
            struct origin candidate = {w, n, apart(fix, &items[i])};
            if (!within_range(fix, &items[i], &candidate.apart))
                continue;
            if (node->length == length && exact_m(&candidate.apart, fix, &items[i]) >=
                                              exact_m(&best.apart, best_fix, &items[i]))
                continue;
            best = candidate;
            best_fix = fix;
            length = node->length;
        }
    }
    return best;
}

/* A step that a wrong fix could have made as well. */
static bool is_loose(const struct ovf_fix *from, const struct ovf_fix *to, struct apart *apart)
{
    const double dt_s = ovf_time_seconds(from->t_ns, to->t_ns);
    if (dt_s > LOOSE_AFTER_S)
        return true;
    if ((from->has & to->has & OVF_FIX_GS) == 0)
        return false; /* nothing to hold it against */
    const double gs_kt = (double)(from->gs_kt > to->gs_kt ? from->gs_kt : to->gs_kt);
    const double limit_m = 2 * SLACK_UNKNOWN_SOURCE_S * gs_kt * MPS_PER_KT + BASE_AIRBORNE_M +
                           dt_s * gs_kt * MPS_PER_KT;
    return apart->most_m > limit_m && exact_m(apart, from, to) > limit_m;
}

/* A new way, in the place of the shortest (of equally short ones the one that ended first) when
 * there is no room. */
static void open_way(struct ways *ways, const struct way *way)
{
    size_t at = ways->n;
    if (ways->n == N_WAYS) {
        at = 0;
        for (size_t w = 1; w < ways->n; w++) {
            const struct node *candidate = &ways->open[w].nodes[NODE_LAST];
            const struct node *worst = &ways->open[at].nodes[NODE_LAST];
            if (candidate->length < worst->length ||
                (candidate->length == worst->length && candidate->fix < worst->fix))
                at = w;
        }
    } else {
        ways->n++;
    }
    ways->open[at] = *way;
}

/* Fix \p node->fix goes on from \p origin: lengthen that way, or open one that leaves it earlier. */
static void go_on(struct ways *ways, const struct ovf_fix *items, struct origin origin,
                  struct node node, uint32_t *before)
{
    const struct way *old = &ways->open[origin.way];
    const struct node from = old->nodes[origin.node];
    struct way way = {.nodes = {[NODE_LAST] = node, [NODE_PREVIOUS] = from}};
    way.nodes[NODE_LAST].length = from.length + 1;
    if (origin.node == NODE_ANCHOR || is_loose(&items[from.fix], &items[node.fix], &origin.apart))
        way.nodes[NODE_ANCHOR] = from;
    else if (old->nodes[NODE_ANCHOR].length < from.length)
        way.nodes[NODE_ANCHOR] = old->nodes[NODE_ANCHOR];
    *before = from.fix;
    if (origin.node == NODE_LAST)
        ways->open[origin.way] = way;
    else
        open_way(ways, &way);
}

/* before[i]: the fix before i on the longest way that ends in i, NO_FIX for none. */
static void find_ways(const struct ovf_fixes *fixes, uint32_t *before, struct ways *ways)
{
    for (uint32_t i = 0; i < fixes->n; i++) {
        before[i] = NO_FIX;
        if (is_impossible_place(fixes->items[i].at))
            continue;
        const struct node node = {i, 1};
        const struct origin origin = find_origin(ways, fixes->items, i);
        if (origin.way < ways->n) {
            go_on(ways, fixes->items, origin, node, &before[i]);
        } else {
            const struct way way = {.nodes = {[NODE_LAST] = node}};
            open_way(ways, &way);
        }
    }
}

/* Believe the way that ends in \p last. */
static void believe(struct ovf_fixes *fixes, const uint32_t *before, uint32_t last)
{
    for (uint32_t i = last; i != NO_FIX; i = before[i])
        fixes->items[i].grade = OVF_GRADE_NONE;
}

/* Take back the believed way that ends in \p last, down to where the one that ends in \p rival, just
 * as long, parts from it. */
static void doubt(struct ovf_fixes *fixes, const uint32_t *before, uint32_t last, uint32_t rival)
{
    uint32_t fork = rival;
    while (fork != NO_FIX && fixes->items[fork].grade == OVF_GRADE_X)
        fork = before[fork];
    for (uint32_t i = last; i != NO_FIX && i != fork; i = before[i])
        fixes->items[i].grade = OVF_GRADE_X;
}

static void settle(struct ovf_fixes *fixes, const uint32_t *before, const struct ways *ways)
{
    if (ways->n == 0)
        return;
    struct node best = ways->open[0].nodes[NODE_LAST];
    for (size_t w = 1; w < ways->n; w++)
        if (ways->open[w].nodes[NODE_LAST].length > best.length)
            best = ways->open[w].nodes[NODE_LAST];
    believe(fixes, before, best.fix);
    for (size_t w = 0; w < ways->n; w++) {
        const struct node rival = ways->open[w].nodes[NODE_LAST];
        if (rival.fix != best.fix && rival.length == best.length)
            doubt(fixes, before, best.fix, rival.fix);
    }
}

enum ovf_status ovf_track_grade(struct ovf_track *track, size_t *n_suspect)
{
    struct ovf_fixes *fixes = &track->fixes;
    struct ways ways = {.n = 0};
    *n_suspect = 0;
    if (fixes->n == 0)
        return OVF_OK;
    if (fixes->n >= NO_FIX)
        return OVF_E_NOMEM;
    uint32_t *before = malloc(fixes->n * sizeof *before);
    if (before == NULL)
        return OVF_E_NOMEM;
    find_ways(fixes, before, &ways);
    for (size_t i = 0; i < fixes->n; i++)
        fixes->items[i].grade = OVF_GRADE_X;
    settle(fixes, before, &ways);
    const bool is_label = (track->address & OVF_ADDRESS_NON_ICAO) != 0;
    for (size_t i = 0; i < fixes->n; i++) {
        struct ovf_fix *fix = &fixes->items[i];
        fix->radius_m = ovf_quality_radius_m(fix);
        if (fix->grade != OVF_GRADE_X)
            fix->grade = (uint8_t)ovf_quality_grade(fix, is_label);
        *n_suspect += fix->grade == OVF_GRADE_X;
    }
    free(before);
    return OVF_OK;
}
