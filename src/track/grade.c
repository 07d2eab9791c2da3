/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of grading put together: which way is believed, what it says of itself, what is suspect around
 * that, and what the rest is worth. */
#include "track/grade.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "track/address.h"
#include "track/grade_parts.h"
#include "track/quality.h"

static void push_span(struct ovf_grader *g, struct ovf_spans *spans, int64_t from_ns, int64_t to_ns)
{
    struct ovf_span *grown =
        ovf_array_reserve(spans->items, &spans->capacity, spans->n + 1, sizeof *grown);
    if (grown == NULL) {
        g->status = OVF_E_NOMEM;
        return;
    }
    spans->items = grown;
    spans->items[spans->n++] = (struct ovf_span){from_ns, to_ns};
}

void ovf_grader_suspect(struct ovf_grader *g, int64_t from_ns, int64_t to_ns)
{
    const int64_t margin_ns = (int64_t)(g->config->margin_s * OVF_NS_PER_S);
    push_span(g, &g->suspect, from_ns - margin_ns, to_ns + margin_ns);
}

void ovf_grader_weaken(struct ovf_grader *g, int64_t from_ns, int64_t to_ns)
{
    push_span(g, &g->weak, from_ns, to_ns);
}

void ovf_grader_doubt(struct ovf_grader *g, int64_t from_ns, int64_t to_ns)
{
    push_span(g, &g->doubtful, from_ns, to_ns);
}

static bool goes_on(const struct ovf_detection *last, const struct ovf_detection *next)
{
    return last->kind == next->kind && last->last == next->first &&
           (last->value < last->limit) == (next->value < next->limit);
}

void ovf_grader_note(struct ovf_grader *g, struct ovf_detection detection)
{
    struct ovf_detections *all = g->detections;
    if (detection.kind == OVF_DETECTION_INTEGRITY || all->n == 0 ||
        !goes_on(&all->items[all->n - 1], &detection)) {
        const enum ovf_status st = ovf_detections_push(all, detection);
        if (st != OVF_OK)
            g->status = st;
        return;
    }
    all->items[all->n - 1].last = detection.last;
}

static int compare_spans(const void *x, const void *y)
{
    const struct ovf_span *a = x;
    const struct ovf_span *b = y;
    if (a->from_ns != b->from_ns)
        return a->from_ns < b->from_ns ? -1 : 1;
    return (a->to_ns > b->to_ns) - (a->to_ns < b->to_ns);
}

/** Sorted, those that meet made one. */
static void join_spans(struct ovf_spans *spans)
{
    size_t kept = 0;
    if (spans->n < 2)
        return;
    qsort(spans->items, spans->n, sizeof *spans->items, compare_spans);
    for (size_t i = 1; i < spans->n; i++) {
        struct ovf_span *last = &spans->items[kept];
        if (spans->items[i].from_ns > last->to_ns)
            spans->items[++kept] = spans->items[i];
        else if (spans->items[i].to_ns > last->to_ns)
            last->to_ns = spans->items[i].to_ns;
    }
    spans->n = kept + 1;
}

/** What comes after a suspect time and ends, or is followed by the next one, before it is confirmed. */
static void widen_unconfirmed(struct ovf_grader *g)
{
    const struct ovf_fix *items = g->fixes->items;
    struct ovf_span *spans = g->suspect.items;
    size_t i = 0;
    for (size_t s = 0; s < g->suspect.n; s++) {
        size_t n = 0;
        size_t first = 0;
        size_t last = 0;
        for (; i < g->fixes->n && (s + 1 == g->suspect.n || items[i].t_ns < spans[s + 1].from_ns);
             i++) {
            if (items[i].t_ns <= spans[s].to_ns || items[i].grade == OVF_GRADE_X)
                continue;
            first = n == 0 ? i : first;
            last = i;
            n++;
        }
        if (n > 0 && ovf_time_seconds(items[first].t_ns, items[last].t_ns) < g->config->confirm_s)
            spans[s].to_ns = items[last].t_ns;
    }
}

static void reject(struct ovf_fix *fix)
{
    fix->grade = OVF_GRADE_X;
}

static void weaken(struct ovf_fix *fix)
{
    fix->radius_m =
        2 * fix->radius_m < OVF_RADIUS_UNKNOWN_M ? 2 * fix->radius_m : OVF_RADIUS_UNKNOWN_M;
    if (fix->grade == OVF_GRADE_A)
        fix->grade = OVF_GRADE_B;
}

static void doubt(struct ovf_fix *fix)
{
    if (fix->grade < OVF_GRADE_D)
        fix->grade = OVF_GRADE_D;
}

/** Change what lies in \p spans. */
static void change_in(struct ovf_grader *g, struct ovf_spans *spans,
                      void (*change)(struct ovf_fix *))
{
    size_t s = 0;
    join_spans(spans);
    for (size_t i = 0; i < g->fixes->n && s < spans->n; i++) {
        struct ovf_fix *fix = &g->fixes->items[i];
        while (s < spans->n && spans->items[s].to_ns < fix->t_ns)
            s++;
        if (s < spans->n && spans->items[s].from_ns <= fix->t_ns)
            change(fix);
    }
}

/** Bit by bit: a NAN is like itself. */
static bool are_alike(float a, float b)
{
    uint32_t a_bits;
    uint32_t b_bits;
    memcpy(&a_bits, &a, sizeof a_bits);
    memcpy(&b_bits, &b, sizeof b_bits);
    return a_bits == b_bits;
}

/** Whether they go into one of ovf_runs. */
static bool are_of_one_run(const struct ovf_fix *a, const struct ovf_fix *b)
{
    const unsigned stated = OVF_FIX_NIC | OVF_FIX_RC | OVF_FIX_NAC_P | OVF_FIX_SIL |
                            OVF_FIX_VERSION | OVF_FIX_ACCURACY | OVF_FIX_GS;
    return a->source == b->source && ((a->has ^ b->has) & stated) == 0 && a->nic == b->nic &&
           a->nac_p == b->nac_p && a->sil == b->sil && a->version == b->version &&
           are_alike(a->rc_m, b->rc_m) && are_alike(a->accuracy_m, b->accuracy_m) &&
           ((a->flags ^ b->flags) & OVF_FIX_ON_GROUND) == 0;
}

static void end_run(struct ovf_grader *g, uint32_t end)
{
    struct ovf_runs *const runs = &g->runs;
    uint32_t *grown = ovf_array_reserve(runs->ends, &runs->capacity, runs->n + 1, sizeof *grown);
    if (grown == NULL) {
        g->status = OVF_E_NOMEM;
        return;
    }
    runs->ends = grown;
    runs->ends[runs->n++] = end;
}

static void find_runs(struct ovf_grader *g)
{
    const struct ovf_fix *items = g->fixes->items;
    const uint32_t n = (uint32_t)g->fixes->n;
    g->runs.n = 0;
    for (uint32_t i = 1; i < n; i++) {
        if (!are_of_one_run(&items[i - 1], &items[i]))
            end_run(g, i);
    }
    end_run(g, n);
}

/** What the fixes of a run, [begin, end), are worth. \return how many are not believed */
static size_t grade_run(struct ovf_grader *g, uint32_t begin, uint32_t end, bool is_label,
                        size_t *n_suspect)
{
    struct ovf_fix *const items = g->fixes->items;
    const float radius_m = ovf_quality_radius_m(&items[begin]);
    const enum ovf_grade grade = ovf_quality_grade(&items[begin], is_label);
    size_t n_unbelieved = 0;
    for (uint32_t i = begin; i < end; i++) {
        struct ovf_fix *fix = &items[i];
        fix->radius_m = radius_m;
        if (fix->grade != OVF_GRADE_X) {
            fix->grade = (uint8_t)grade;
            continue;
        }
        n_unbelieved++;
        *n_suspect += (fix->flags & OVF_FIX_TWIN) == 0 ? 1 : 0;
    }
    return n_unbelieved;
}

/** What the fixes of a spell are worth, of a track of a label or not. */
static void grade_fixes(struct ovf_grader *g, struct ovf_track *track, size_t *n_suspect)
{
    const bool is_label = (track->address & OVF_ADDRESS_NON_ICAO) != 0;
    uint32_t begin = 0;
    for (size_t k = 0; k < g->runs.n; k++) {
        track->n_unbelieved += grade_run(g, begin, g->runs.ends[k], is_label, n_suspect);
        begin = g->runs.ends[k];
    }
}

/** Empties what was noted of a spell. */
static void begin_spell(struct ovf_grader *g)
{
    g->detections->n = 0;
    g->suspect.n = 0;
    g->weak.n = 0;
    g->doubtful.n = 0;
    g->contests.n = 0;
    g->has_twin = false;
}

static void judge_spell(struct ovf_grader *g, struct ovf_ways *ways, struct ovf_way_link *links)
{
    find_runs(g);
    if (g->status == OVF_OK)
        g->status = ovf_ways_find(g->fixes, g->config, links, ways);
    if (g->status != OVF_OK)
        return;
    ovf_grader_judge_ways(g, ways, links);
    ovf_grader_follow(g, links);
    ovf_grader_judge_circles(g, links);
    ovf_grader_judge_sight(g);
    ovf_grader_judge_contests(g);
}

/** Fixes \p first to \p last are heard between two silences: unless the last one that is believed comes late enough to
 * confirm them, they are as good as one. */
static void cap_unconfirmed(struct ovf_grader *g, size_t first, size_t last)
{
    struct ovf_fix *const items = g->fixes->items;
    if (ovf_time_seconds(items[first].t_ns, items[last].t_ns) >= g->config->confirm_s)
        return;
    for (size_t i = first; i <= last; i++) {
        if (items[i].grade == OVF_GRADE_A)
            items[i].grade = OVF_GRADE_B;
    }
}

/** What is heard alone is no better than B: nothing else says that it is decoded rightly. Also where nothing at all was
 * heard before, as whether there was something must change no grade. */
static void cap_lone(struct ovf_grader *g)
{
    const struct ovf_fix *const items = g->fixes->items;
    const uint64_t stretch_ns = ovf_detect_stretch_ns(g->config);
    size_t first = OVF_NO_FIX;
    size_t last = 0;
    for (size_t i = 0; i < g->fixes->n; i++) {
        if (items[i].grade == OVF_GRADE_X)
            continue;
        if (first != OVF_NO_FIX &&
            (uint64_t)items[i].t_ns - (uint64_t)items[last].t_ns > stretch_ns) {
            cap_unconfirmed(g, first, last);
            first = i;
        }
        first = first == OVF_NO_FIX ? i : first;
        last = i;
    }
    if (first != OVF_NO_FIX)
        cap_unconfirmed(g, first, last);
}

/** Adds the detections of a spell that begins with fix \p begin to those of the track. */
static void take_detections(struct ovf_grader *g, size_t begin, struct ovf_track *track)
{
    for (size_t i = 0; i < g->detections->n && g->status == OVF_OK; i++) {
        struct ovf_detection detection = g->detections->items[i];
        detection.first += (uint32_t)begin;
        detection.last += (uint32_t)begin;
        g->status = ovf_detections_push(&track->detections, detection);
    }
}

static void settle_spell(struct ovf_grader *g, struct ovf_track *track, size_t *n_suspect)
{
    join_spans(&g->suspect);
    widen_unconfirmed(g);
    change_in(g, &g->suspect, reject);
    grade_fixes(g, track, n_suspect);
    change_in(g, &g->weak, weaken);
    change_in(g, &g->doubtful, doubt);
    cap_lone(g);
}

/** Of a track, spell by spell. */
struct grading {
    struct ovf_grader grader;
    struct ovf_fixes fixes; /* of the spell at hand; borrowed from the track */
    struct ovf_detections detections;
    struct ovf_ways ways;
    struct ovf_way_link *links;
};

/** From when to when another aircraft is heard under the address. */
static void note_twin(const struct ovf_fixes *fixes, struct ovf_spell *spell)
{
    for (size_t i = 0; i < fixes->n; i++) {
        const struct ovf_fix *fix = &fixes->items[i];
        if ((fix->flags & OVF_FIX_TWIN) == 0)
            continue;
        if (!spell->has_twin)
            spell->twin_from_ns = fix->t_ns;
        spell->twin_to_ns = fix->t_ns;
        spell->has_twin = true;
    }
}

/** The fixes [begin, end) of the track are those of \p spell. */
static void grade_spell(struct grading *all, struct ovf_track *track, size_t begin, size_t end,
                        struct ovf_spell *spell, size_t *n_suspect)
{
    struct ovf_grader *const g = &all->grader;
    all->fixes = (struct ovf_fixes){.items = track->fixes.items + begin, .n = end - begin};
    begin_spell(g);
    judge_spell(g, &all->ways, all->links);
    if (g->status != OVF_OK)
        return;
    settle_spell(g, track, n_suspect);
    take_detections(g, begin, track);
    if (g->has_twin)
        note_twin(&all->fixes, spell);
    track->has_twin = track->has_twin || g->has_twin;
}

static void grade_spells(struct grading *all, struct ovf_track *track, size_t *n_suspect)
{
    const struct ovf_fixes *const fixes = &track->fixes;
    struct ovf_spells *const spells = &track->spells;
    size_t begin = 0;
    for (size_t k = 0; k < spells->n && all->grader.status == OVF_OK; k++) {
        const bool is_last = k + 1 == spells->n;
        size_t end = is_last ? fixes->n : begin;
        while (end < fixes->n && fixes->items[end].t_ns < spells->items[k + 1].from_ns)
            end++;
        if (begin < end)
            grade_spell(all, track, begin, end, &spells->items[k], n_suspect);
        begin = end;
    }
}

static void deinit(struct grading *all)
{
    free(all->grader.runs.ends);
    free(all->grader.suspect.items);
    free(all->grader.weak.items);
    free(all->grader.doubtful.items);
    free(all->grader.contests.items);
    ovf_detections_deinit(&all->detections);
    ovf_ways_deinit(&all->ways);
    free(all->links);
}

enum ovf_status ovf_track_grade(struct ovf_track *track, const struct ovf_detect_config *config,
                                size_t *n_suspect)
{
    struct grading all = {.grader = {.config = config, .status = OVF_OK}};
    all.grader.fixes = &all.fixes;
    all.grader.detections = &all.detections;
    track->detections.n = 0;
    track->n_unbelieved = 0;
    track->has_twin = false;
    *n_suspect = 0;
    if (track->fixes.n >= OVF_NO_FIX)
        return OVF_E_NOMEM;
    if (track->spells.n == 0)
        all.grader.status = ovf_spells_find(&track->fixes, config, &track->spells);
    all.links = malloc((track->fixes.n + 1) * sizeof *all.links);
    if (all.links == NULL)
        all.grader.status = OVF_E_NOMEM;
    if (all.grader.status == OVF_OK)
        grade_spells(&all, track, n_suspect);
    if (all.grader.status == OVF_OK)
        ovf_detections_sort(&track->detections);
    deinit(&all);
    return all.grader.status;
}
