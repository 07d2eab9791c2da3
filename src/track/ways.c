/* SPDX-License-Identifier: Apache-2.0 */
/* Ways: at most six are kept open, each with few places to go on from. */
#include "track/ways.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/local.h"
#include "track/plausible.h"

#define MPS_PER_KT (1852.0 / 3600.0)

/* An easy step: below what track/plausible allows of any step (30 m or 10 m, and 1.3 times the speed), and of one
 * that is not loose (60 s, and the speed for 2.4 s more). */
#define EASY_BASE_M 9.0
#define EASY_MAX_S 60.0
#define EASY_MAX_KT 1500.0
#define EASY_SLACK_SHARE 0.25
#define EASY_SLACK_S 2.0
#define EASY_MAX_LAT_E7 890000000

enum { N_WAYS = 6 };

/* A fix on a way, and how many fixes the way has up to it. */
struct node {
    uint32_t fix;
    uint32_t length;
};

/* A way to read the track: a sequence of fixes, each reachable from the one before. A wrong fix that
 * happens to be reachable must not cut off the right ones after it, so the next fix may also leave
 * from the one before the last, or from the one before the last loose step (a long silence, or
 * farther than reported speed explains). Of a node that there is not the length is 0; both others
 * are shorter than the last. */
enum { NODE_LAST, NODE_PREVIOUS, NODE_ANCHOR, N_NODES };

struct way {
    struct node nodes[N_NODES];
};

struct ways {
    struct way open[N_WAYS];
    size_t n;
    struct way *lead; /* the way that is longer than all others; NULL: there is none */
    struct ovf_ways *found;
    enum ovf_status status; /* the first failure */
};

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
    struct ovf_apart apart;
};

/* The node from which the way of fix \p i becomes the longest, of equally good ones the nearest. */
static struct origin find_origin(const struct ways *ways, const struct ovf_fix *items, uint32_t i,
                                 const struct ovf_detect_config *config)
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
            struct origin candidate = {.way = w, .node = n};
            if (!ovf_fix_reaches(fix, &items[i], config, &candidate.apart))
                continue;
            if (node->length == length && ovf_apart_exact_m(&candidate.apart, fix, &items[i]) >=
                                              ovf_apart_exact_m(&best.apart, best_fix, &items[i]))
                continue;
            best = candidate;
            best_fix = fix;
            length = node->length;
        }
    }
    return best;
}

static void end_way(struct ways *ways, const struct way *way)
{
    struct ovf_ways *found = ways->found;
    struct ovf_way_end *grown =
        ovf_array_reserve(found->items, &found->capacity, found->n + 1, sizeof *grown);
    if (grown == NULL) {
        ways->status = OVF_E_NOMEM;
        return;
    }
    const struct node *last = &way->nodes[NODE_LAST];
    found->items = grown;
    found->items[found->n++] = (struct ovf_way_end){last->fix, last->length};
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
        end_way(ways, &ways->open[at]);
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
    if (origin.node == NODE_ANCHOR ||
        ovf_fix_is_loose_step(&items[from.fix], &items[node.fix], &origin.apart))
        way.nodes[NODE_ANCHOR] = from;
    else if (old->nodes[NODE_ANCHOR].length < from.length)
        way.nodes[NODE_ANCHOR] = old->nodes[NODE_ANCHOR];
    *before = from.fix;
    if (origin.node == NODE_LAST)
        ways->open[origin.way] = way;
    else
        open_way(ways, &way);
}

static struct way *find_lead(struct ways *ways)
{
    struct way *lead = NULL;
    uint32_t length = 0;
    for (size_t w = 0; w < ways->n; w++) {
        const uint32_t own = ways->open[w].nodes[NODE_LAST].length;
        if (own > length)
            lead = &ways->open[w];
        else if (own == length)
            lead = NULL;
        length = own > length ? own : length;
    }
    return lead;
}

/** Whether the step is no farther than the reported speed goes, and so surely within reach and not loose: what
 * nearly all are. \p step_m is right to 0.01 % up to here, and what is allowed there is 4 % more. */
static bool is_easy_step(const struct ovf_fix *from, const struct ovf_fix *to, double *step_m)
{
    const double gs_kt = (double)(from->gs_kt > to->gs_kt ? from->gs_kt : to->gs_kt);
    const double dt_s = ovf_time_seconds_after(from->t_ns, to->t_ns);
    const double spare_s =
        dt_s * EASY_SLACK_SHARE < EASY_SLACK_S ? dt_s * EASY_SLACK_SHARE : EASY_SLACK_S;
    const struct ovf_offset way = ovf_offset_near_between(from->at, to->at);
    *step_m = sqrt(way.east_m * way.east_m + way.north_m * way.north_m);
    return (from->has & to->has & OVF_FIX_GS) != 0 && gs_kt < EASY_MAX_KT && dt_s <= EASY_MAX_S &&
           abs(to->at.lat_e7) < EASY_MAX_LAT_E7 &&
           *step_m <= EASY_BASE_M + gs_kt * MPS_PER_KT * (dt_s + spare_s);
}

/** Lengthen the lead by the fixes [i, n) while that is easy, which nearly all are. \return the first that is not */
static uint32_t go_on_easily(struct way *lead, struct ovf_fix *items, uint32_t i, uint32_t n,
                             struct ovf_way_link *links)
{
    struct node last = lead->nodes[NODE_LAST];
    struct node before = lead->nodes[NODE_PREVIOUS];
    double step_m;
    for (; i < n && !is_impossible_place(items[i].at) &&
           is_easy_step(&items[last.fix], &items[i], &step_m);
         i++) {
        items[i].grade = OVF_GRADE_NONE;
        links[i] = (struct ovf_way_link){last.fix, (float)step_m};
        before = last;
        last = (struct node){i, before.length + 1};
    }
    lead->nodes[NODE_LAST] = last;
    lead->nodes[NODE_PREVIOUS] = before;
    return i;
}

static int compare_ends(const void *x, const void *y)
{
    const struct ovf_way_end *a = x;
    const struct ovf_way_end *b = y;
    if (a->length != b->length)
        return a->length > b->length ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

void ovf_ways_deinit(struct ovf_ways *ways)
{
    free(ways->items);
    *ways = (struct ovf_ways){0};
}

static void take_fix(struct ways *ways, const struct ovf_fixes *fixes, uint32_t i,
                     const struct ovf_detect_config *config, struct ovf_way_link *link)
{
    *link = (struct ovf_way_link){OVF_NO_FIX, -1};
    if (is_impossible_place(fixes->items[i].at))
        return;
    const struct node node = {i, 1};
    const struct origin origin = find_origin(ways, fixes->items, i, config);
    if (origin.way < ways->n) {
        go_on(ways, fixes->items, origin, node, &link->before);
    } else {
        const struct way way = {.nodes = {[NODE_LAST] = node}};
        open_way(ways, &way);
    }
    ways->lead = find_lead(ways);
}

enum ovf_status ovf_ways_find(struct ovf_fixes *fixes, const struct ovf_detect_config *config,
                              struct ovf_way_link *links, struct ovf_ways *found)
{
    struct ways ways = {.n = 0, .found = found, .status = OVF_OK};
    found->n = 0;
    const uint32_t n = (uint32_t)fixes->n;
    for (uint32_t i = 0; i < n; i++) {
        if (ways.lead != NULL) /* and it still leads when it went on */
            i = go_on_easily(ways.lead, fixes->items, i, n, links);
        if (i == n)
            break;
        fixes->items[i].grade = OVF_GRADE_NONE;
        take_fix(&ways, fixes, i, config, &links[i]);
    }
    for (size_t w = 0; w < ways.n; w++)
        end_way(&ways, &ways.open[w]);
    if (found->n > 1)
        qsort(found->items, found->n, sizeof *found->items, compare_ends);
    return ways.status;
}
