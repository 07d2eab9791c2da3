/* SPDX-License-Identifier: Apache-2.0 */
/* Which way through a track is believed, and what the others are.
 *
 * The longest way is. A fix or two that contradict it are decoding errors, and fall out alone. More of them in
 * a row are an excursion when the longest way goes on behind them: reports consistent with interference. When
 * it does not, and they are not much fewer than what they contradict, nobody can tell who is right, and
 * neither is believed where they meet. When the two ways take turns, and what they report is not one
 * aircraft's, two aircraft have one address. */
#include "track/grade_parts.h"

#include <string.h>

#include "base/time.h"
#include "track/plausible.h"

/** Fixes among [first, last] of the track, marked OVF_FIX_TWIN. */
struct rival {
    uint32_t first;
    uint32_t last;
    uint32_t stop; /* the fix before the first, which is no more its own; OVF_NO_FIX: none */
    uint32_t fork; /* the last believed fix on its way; OVF_NO_FIX: none */
    size_t n;
    size_t n_mlat;
    size_t n_weak; /* of sources that err by themselves */
    size_t n_landed;
};

static bool is_believed(const struct ovf_fix *fix)
{
    return fix->grade == OVF_GRADE_NONE;
}

static bool is_rival(const struct ovf_fix *fix)
{
    return (fix->flags & OVF_FIX_TWIN) != 0;
}

static bool errs_by_itself(const struct ovf_fix *fix)
{
    return fix->source == OVF_SOURCE_TISB || fix->source == OVF_SOURCE_MODE_S ||
           fix->source == OVF_SOURCE_OTHER;
}

/** Mark the way that ends in \p last down to where it meets what is believed, or another rival. */
static struct rival claim(struct ovf_fixes *fixes, const struct ovf_way_link *links, uint32_t last)
{
    struct rival r = {.first = last, .last = last, .stop = last};
    while (r.stop != OVF_NO_FIX && !is_believed(&fixes->items[r.stop]) &&
           !is_rival(&fixes->items[r.stop])) {
        struct ovf_fix *fix = &fixes->items[r.stop];
        fix->flags |= OVF_FIX_TWIN;
        r.n_mlat += fix->source == OVF_SOURCE_MLAT ? 1 : 0;
        r.n_weak += errs_by_itself(fix) ? 1 : 0;
        r.n_landed += (fix->flags & OVF_FIX_ON_GROUND) != 0 ? 1 : 0;
        r.n++;
        r.first = r.stop;
        r.stop = links[r.stop].before;
    }
    r.fork = r.stop;
    while (r.fork != OVF_NO_FIX && !is_believed(&fixes->items[r.fork]))
        r.fork = links[r.fork].before;
    return r;
}

static void release(struct ovf_fixes *fixes, const struct ovf_way_link *links,
                    const struct rival *r)
{
    for (uint32_t i = r->last; i != r->stop; i = links[i].before)
        fixes->items[i].flags &= (uint16_t)~OVF_FIX_TWIN;
}

/** What is believed beside a rival. */
struct beside {
    struct ovf_side before;
    struct ovf_side after;
    size_t n_among;
};

static bool is_heard_on(const struct ovf_grader *g, uint32_t from, uint32_t to)
{
    return ovf_time_seconds(g->fixes->items[from].t_ns, g->fixes->items[to].t_ns) <=
           g->config->stretch_s;
}

/** Fix \p i, on the side of fix \p from. What was on the ground before a silence vouches for nothing behind it. */
static void add_to(const struct ovf_grader *g, struct ovf_side *side, uint32_t from, uint32_t i)
{
    const struct ovf_fix *items = g->fixes->items;
    const double dt_s = ovf_time_seconds(items[from].t_ns, items[i].t_ns);
    if (side->n++ == 0)
        side->near = i;
    else
        side->is_broken = side->is_broken || dt_s > g->config->window_max_step_s ||
                          dt_s < -g->config->window_max_step_s;
    side->far = i;
    side->is_landed =
        side->is_landed || (!side->is_broken && (items[i].flags & OVF_FIX_ON_GROUND) != 0);
}

static bool reaches(const struct ovf_grader *g, uint32_t from, uint32_t to)
{
    struct ovf_apart apart;
    return ovf_fix_reaches(&g->fixes->items[from], &g->fixes->items[to], g->config, &apart);
}

static struct beside look_beside(const struct ovf_grader *g, const struct rival *r)
{
    const struct ovf_fix *items = g->fixes->items;
    struct beside b = {.n_among = 0};
    for (uint32_t i = r->first, near = r->first; i > 0 && is_heard_on(g, i - 1, near); i--) {
        if (!is_believed(&items[i - 1]))
            continue;
        add_to(g, &b.before, near, i - 1);
        near = i - 1;
    }
    for (uint32_t i = r->first; i <= r->last; i++)
        b.n_among += is_believed(&items[i]) ? 1 : 0;
    for (uint32_t i = r->last, near = r->last; i + 1 < g->fixes->n && is_heard_on(g, near, i + 1);
         i++) {
        if (!is_believed(&items[i + 1]))
            continue;
        add_to(g, &b.after, near, i + 1);
        near = i + 1;
    }
    b.before.is_joined = b.before.n > 0 && reaches(g, b.before.near, r->first);
    b.after.is_joined = b.after.n > 0 && reaches(g, r->last, b.after.near);
    return b;
}

/* ---- two aircraft with one address ---- */

/** How often the two ways follow one another too fast for one aircraft, and whether what they report
 * besides is one aircraft's. */
struct turns {
    size_t n;
    size_t n_alike;
    size_t n_different;
};

static void compare_reports(const struct ovf_fix *a, const struct ovf_fix *b, struct turns *turns)
{
    static const int32_t alike_ft = 300;
    static const int32_t different_ft = 1000;
    const unsigned both = a->has & b->has;
    if ((both & OVF_FIX_CALLSIGN) != 0) {
        const bool same = memcmp(a->callsign, b->callsign, sizeof a->callsign) == 0;
        turns->n_alike += same ? 1 : 0;
        turns->n_different += same ? 0 : 1;
    } else if ((both & OVF_FIX_ALT_BARO) != 0) {
        const int32_t apart_ft = a->alt_baro_ft > b->alt_baro_ft ? a->alt_baro_ft - b->alt_baro_ft
                                                                 : b->alt_baro_ft - a->alt_baro_ft;
        turns->n_alike += apart_ft <= alike_ft ? 1 : 0;
        turns->n_different += apart_ft > different_ft ? 1 : 0;
    }
}

static struct turns count_turns(const struct ovf_grader *g, const struct rival *r)
{
    const struct ovf_fix *items = g->fixes->items;
    struct turns turns = {0};
    uint32_t p = r->first;
    for (uint32_t i = r->first + 1; i <= r->last; i++) {
        if (!is_believed(&items[i]) && !is_rival(&items[i]))
            continue;
        if (is_believed(&items[p]) != is_believed(&items[i]) &&
            ovf_fix_speed_kt(&items[p], &items[i]) > g->config->twin_kt) {
            turns.n++;
            compare_reports(&items[p], &items[i], &turns);
        }
        p = i;
    }
    return turns;
}

/** They take turns when at least half of the times that they could, they do. */
static bool is_twin(const struct ovf_grader *g, const struct rival *r, const struct beside *b)
{
    const size_t fewer = r->n < b->n_among ? r->n : b->n_among;
    if (fewer < g->config->twin_fixes)
        return false;
    const struct turns turns = count_turns(g, r);
    return turns.n >= fewer && turns.n_different >= turns.n_alike;
}

/** Whether nothing else is heard before or after it without a silence. */
static bool is_alone(const struct ovf_grader *g, const struct rival *r)
{
    return (r->first == 0 || !is_heard_on(g, r->first - 1, r->first)) &&
           (r->last + 1 == g->fixes->n || !is_heard_on(g, r->last, r->last + 1));
}

/** Whether \p piece of the other aircraft's way, without a silence, is its own: it takes turns as well, or nothing
 * is there to contradict it. That the rest can be reached from it is no proof after a silence: false places
 * can, too. */
static bool is_piece_of_twin(const struct ovf_grader *g, const struct rival *piece)
{
    const struct turns turns = count_turns(g, piece);
    return turns.n > 0 ? turns.n_different >= turns.n_alike : is_alone(g, piece);
}

/** Of the other aircraft's way, leave those pieces to it that are its own. */
static void keep_pieces(const struct ovf_grader *g, const struct ovf_way_link *links,
                        const struct rival *r)
{
    struct rival piece = {.last = r->last};
    for (uint32_t i = r->last; i != r->stop; i = links[i].before) {
        piece.first = i;
        piece.stop = links[i].before;
        if (piece.stop != r->stop && is_heard_on(g, piece.stop, i))
            continue;
        if (!is_piece_of_twin(g, &piece))
            release(g->fixes, links, &piece);
        piece.last = piece.stop;
    }
}

/* ---- one aircraft at two places ---- */

static void note_step(struct ovf_grader *g, enum ovf_detection_kind kind, uint32_t first,
                      uint32_t last)
{
    const struct ovf_fix *from = &g->fixes->items[first];
    const struct ovf_fix *to = &g->fixes->items[last];
    ovf_grader_note(g,
                    (struct ovf_detection){.kind = kind,
                                           .first = first,
                                           .last = last,
                                           .value = (float)ovf_fix_speed_kt(from, to),
                                           .limit = (float)ovf_fix_limit_kt(from, to, g->config)});
}

/** The steps into the rival's fixes and out of them. */
static void note_steps(struct ovf_grader *g, const struct rival *r, enum ovf_detection_kind kind)
{
    const struct ovf_fix *items = g->fixes->items;
    uint32_t i = r->first;
    while (i > 0 && !is_believed(&items[i - 1]))
        i--;
    if (i > 0)
        note_step(g, kind, i - 1, r->first);
    i = r->last + 1;
    while (i < g->fixes->n && !is_believed(&items[i]))
        i++;
    if (i < g->fixes->n)
        note_step(g, kind, r->last, i);
}

static void suspect_fixes(struct ovf_grader *g, uint32_t first, uint32_t last)
{
    ovf_grader_suspect(g, g->fixes->items[first].t_ns, g->fixes->items[last].t_ns);
}

/** Whether the rival takes turns with what is believed, and little else is believed beside it: either may be
 * the true one. */
static bool is_in_turns(const struct ovf_grader *g, const struct rival *r, const struct beside *b)
{
    return b->n_among > 0 && (double)b->n_among >= g->config->contest_share * (double)r->n &&
           b->before.n + b->after.n < r->n;
}

/** Whether the rival is another aircraft; what it makes suspect if it is not. */
static bool judge_sustained(struct ovf_grader *g, const struct rival *r)
{
    const struct beside b = look_beside(g, r);
    if (is_twin(g, r, &b))
        return true;
    if ((double)r->n < g->config->contest_share * (double)b.n_among)
        return false; /* scattered among many more */
    note_steps(g, r, 2 * r->n_mlat > r->n ? OVF_DETECTION_MULTILATERATION : OVF_DETECTION_JUMP);
    suspect_fixes(g, r->first, r->last);
    if (is_in_turns(g, r, &b)) {
        ovf_grader_suspect_side(g, &b.before);
        ovf_grader_suspect_side(g, &b.after);
    } else if (b.before.n == 0 || b.after.n == 0 || b.before.is_joined || b.after.is_joined) {
        ovf_grader_contest(
            g, (struct ovf_contest){.n = r->n, /* else the longest way goes on behind it */
                                    .is_landed = r->n_landed > 0,
                                    .sides = {b.before, b.after}});
    }
    return false;
}

/** Take back what is believed and not on the way that ends in \p rival, just as long. */
static void doubt(struct ovf_fixes *fixes, const struct ovf_way_link *links, uint32_t last,
                  const struct rival *rival)
{
    for (uint32_t i = last; i != OVF_NO_FIX && i != rival->fork; i = links[i].before)
        fixes->items[i].grade = OVF_GRADE_X;
}

/** Only \p way, the longest: nearly always all fixes are on it. */
static void believe(struct ovf_fixes *fixes, const struct ovf_way_link *links,
                    const struct ovf_way_end *way)
{
    uint32_t next = way->last;
    for (size_t i = fixes->n; i > 0 && way->length < fixes->n; i--) {
        const bool is_on_way = i - 1 == next;
        fixes->items[i - 1].grade = is_on_way ? OVF_GRADE_NONE : OVF_GRADE_X;
        next = is_on_way ? links[next].before : next;
    }
}

void ovf_grader_judge_ways(struct ovf_grader *g, const struct ovf_ways *ways,
                           const struct ovf_way_link *links)
{
    static const struct ovf_way_end none = {.last = OVF_NO_FIX, .length = 0};
    believe(g->fixes, links, ways->n > 0 ? &ways->items[0] : &none);
    for (size_t w = 1; w < ways->n; w++) {
        const struct rival r = claim(g->fixes, links, ways->items[w].last);
        const bool is_sustained = r.n >= g->config->sustained_fixes && 2 * r.n_weak <= r.n;
        if (is_sustained && judge_sustained(g, &r)) {
            g->has_twin = true;
            keep_pieces(g, links, &r);
            continue;
        }
        if (!is_sustained && ways->items[w].length == ways->items[0].length)
            doubt(g->fixes, links, ways->items[0].last, &r);
        release(g->fixes, links, &r);
    }
}
