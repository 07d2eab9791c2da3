/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of a flight. Most fixes lie where the one before does: what is done for each is a comparison. */
#include "listen/heard.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "base/varint.h"
#include "geo/local.h"
#include "track/quality.h"

/* A bridged time longer than this is looked at cell by cell; in a shorter one no cell is skipped at 720 kt. */
enum { WAY_S = 120 };

/* What flies slower from end to end may have landed between: 78 kt, an airliner's taxi and a light aircraft's
 * stall are below. */
static const double stood_mps = 40;

void ovf_heard_deinit(struct ovf_heard *heard)
{
    free(heard->runs);
    ovf_stays_deinit(&heard->stays);
    *heard = (struct ovf_heard){0};
}

static int64_t seconds_of(int64_t t_ns)
{
    return t_ns / OVF_NS_PER_S - (t_ns % OVF_NS_PER_S < 0 ? 1 : 0);
}

/** The first second of the next UTC hour. */
static int64_t hour_end(int64_t t_s)
{
    const int64_t into = t_s % OVF_HOUR_S;
    return t_s - into + (into < 0 ? 0 : OVF_HOUR_S);
}

/* ---- gaps ---- */

enum ovf_band ovf_gap_band(const struct ovf_fix *before, const struct ovf_fix *after)
{
    const enum ovf_band a = ovf_band_of(before);
    const enum ovf_band b = ovf_band_of(after);
    return a < b ? a : b; /* from low to high; unknown behind all */
}

static bool may_have_stood(const struct ovf_fix *before, const struct ovf_fix *after)
{
    const double duration_s = ovf_time_seconds(before->t_ns, after->t_ns);
    if (((before->flags | after->flags) & OVF_FIX_ON_GROUND) != 0)
        return true;
    return ovf_gap_band(before, after) == OVF_BAND_LOW &&
           ovf_point_chord_m(before->at, after->at) < stood_mps * duration_s;
}

/* Who comes into reach is heard before it is placed; who leaves it may be a while behind. */
static const int64_t fringe_ns = 65 * OVF_NS_PER_S;

enum ovf_gap_kind ovf_gap_kind_of(const struct ovf_walk_options *options,
                                  const struct ovf_track *track, size_t i, size_t j)
{
    const struct ovf_fix *const fixes = track->fixes.items;
    size_t k = i;
    size_t first;
    while (k < j && ovf_walk_bridges(options, fixes, k, k + 1))
        k++;
    if (k == j)
        return OVF_GAP_NOT_BELIEVED;
    if (may_have_stood(&fixes[i], &fixes[j]))
        return OVF_GAP_GROUND;
    return ovf_track_hearings_between(track, fixes[i].t_ns + fringe_ns, fixes[j].t_ns - fringe_ns,
                                      &first) > 0
               ? OVF_GAP_HEARD
               : OVF_GAP_SILENT;
}

/* ---- runs ---- */

static enum ovf_status push_run(struct ovf_heard *heard, const struct ovf_heard_run *run)
{
    struct ovf_heard_run *grown =
        ovf_array_reserve(heard->runs, &heard->capacity, heard->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    heard->runs = grown;
    heard->runs[heard->n++] = *run;
    return OVF_OK;
}

/** A time of any length, cut at the hours; its fixes are those of the first. */
static enum ovf_status add_run(struct ovf_heard *heard, struct ovf_heard_run run)
{
    const int64_t to_s = run.to_s;
    enum ovf_status st = OVF_OK;
    do {
        const int64_t end_s = hour_end(run.from_s);
        run.to_s = to_s < end_s ? to_s : end_s;
        st = push_run(heard, &run);
        run.from_s = run.to_s;
        run.n_fixes = 0;
    } while (run.from_s < to_s && st == OVF_OK);
    return st;
}

/** The way between two fixes, cell by cell. */
static enum ovf_status add_way(struct ovf_heard *heard, const struct ovf_fix *before,
                               const struct ovf_fix *after, bool is_silent, bool is_disturbed)
{
    struct ovf_heard_run run = {
        .band = ovf_gap_band(before, after), .is_silent = is_silent, .is_disturbed = is_disturbed};
    enum ovf_status st = ovf_way_through_cells(&heard->rows, before->at, seconds_of(before->t_ns),
                                               after->at, seconds_of(after->t_ns), &heard->stays);
    for (size_t i = 0; i < heard->stays.n && st == OVF_OK; i++) {
        const struct ovf_stay *stay = &heard->stays.items[i];
        run.cell = stay->cell;
        run.from_s = stay->from_s;
        run.to_s = stay->to_s;
        if (run.from_s < run.to_s)
            st = add_run(heard, run);
    }
    return st;
}

/** What was detected, beside the fixes that are followed. */
struct detected {
    const struct ovf_track *track;
    const struct ovf_detections *all; /* of the track */
    size_t next; /* those before it end before the fix at hand, or make nothing unbelieved */
    size_t fall; /* of integrity: those before it begin at the fix at hand or before */
    float limit;
    bool is_low;
    uint32_t low; /* at that fix; what is said there holds until the spell ends */
};

/** Go on to the believed fix \p i: whether integrity is low from there on. */
static void follow_integrity(struct detected *d, size_t i)
{
    const struct ovf_fix *const fixes = d->track->fixes.items;
    const struct ovf_fix *const fix = &fixes[i];
    uint8_t integrity;
    for (; d->fall < d->all->n && d->all->items[d->fall].first < i; d->fall++) {
        const struct ovf_detection *fall = &d->all->items[d->fall];
        if (fall->kind != OVF_DETECTION_INTEGRITY)
            continue;
        if (fall->last > i)
            break;
        d->is_low = true;
        d->limit = fall->limit;
        d->low = fall->last;
    }
    d->is_low = d->is_low && ovf_spells_is_one(&d->track->spells, fixes[d->low].t_ns, fix->t_ns);
    if (d->is_low && ovf_quality_integrity(fix, &integrity))
        d->is_low = integrity <= d->limit && (fix->flags & OVF_FIX_ON_GROUND) == 0;
}

static bool makes_unbelieved(const struct ovf_detection *detection)
{
    return detection->kind != OVF_DETECTION_INTEGRITY && detection->kind != OVF_DETECTION_ALTITUDE;
}

/** Whether what lies between the believed fixes \p i and \p j is not believed for what was detected: strays
 * are not. */
static bool is_detected(struct detected *d, size_t i, size_t j)
{
    const struct ovf_detection *items = d->all->items;
    while (d->next < d->all->n && (items[d->next].last <= i || !makes_unbelieved(&items[d->next])))
        d->next++;
    for (size_t k = d->next; k < d->all->n && items[k].first < j; k++) {
        if (items[k].last > i && makes_unbelieved(&items[k]))
            return true;
    }
    return false;
}

/** The run at hand. */
struct running {
    struct ovf_heard_run run;
    struct ovf_box cell;
    int64_t hour_end_ns;
    struct detected detected;
};

static void begin_run(struct ovf_heard *heard, struct running *r, const struct ovf_fix *fix)
{
    const int64_t from_s = seconds_of(fix->t_ns);
    r->run = (struct ovf_heard_run){.from_s = from_s,
                                    .cell = ovf_count_rows_cell(&heard->rows, fix->at),
                                    .n_fixes = 1,
                                    .band = ovf_band_of(fix),
                                    .is_disturbed = r->detected.is_low};
    r->cell = ovf_count_rows_box(&heard->rows, r->run.cell);
    r->hour_end_ns = hour_end(from_s) * OVF_NS_PER_S;
}

/** Whether \p fix goes on with the run. Asked of each fix: inline. */
static inline bool is_same(const struct running *r, const struct ovf_fix *fix)
{
    return fix->t_ns < r->hour_end_ns && ovf_band_of(fix) == r->run.band &&
           r->run.is_disturbed == r->detected.is_low && ovf_box_has(&r->cell, fix->at);
}

static enum ovf_status end_run(struct ovf_heard *heard, struct running *r, int64_t t_ns)
{
    r->run.to_s = seconds_of(t_ns);
    return add_run(heard, r->run);
}

/** Whether the way over a gap is told of: it flew there. */
static bool is_told(const struct ovf_walk_options *options, const struct ovf_track *track, size_t i,
                    size_t j, bool is_unbelieved)
{
    const enum ovf_gap_kind kind = ovf_gap_kind_of(options, track, i, j);
    return kind == OVF_GAP_SILENT || (kind == OVF_GAP_NOT_BELIEVED && is_unbelieved);
}

/** From fix \p i, the last of the run at hand, to fix \p j, which is of another. */
static enum ovf_status go_on(struct ovf_heard *heard, struct running *r,
                             const struct ovf_track *track, size_t i, size_t j,
                             const struct ovf_walk_options *options, bool is_unbelieved)
{
    const struct ovf_fix *const fixes = track->fixes.items;
    const bool is_bridged = ovf_walk_bridges(options, fixes, i, j);
    const bool is_long = is_unbelieved || fixes[j].t_ns - fixes[i].t_ns > WAY_S * OVF_NS_PER_S;
    const bool is_way = is_bridged ? is_long : is_told(options, track, i, j, is_unbelieved);
    /* Silent after a fall and risen behind it: anything may have happened between. */
    const bool is_disturbed =
        is_unbelieved || (r->run.is_disturbed && (is_bridged || r->detected.is_low));
    enum ovf_status st = end_run(heard, r, fixes[is_bridged && !is_long ? j : i].t_ns);
    if (st == OVF_OK && is_way)
        st = add_way(heard, &fixes[i], &fixes[j], !is_bridged, is_disturbed);
    begin_run(heard, r, &fixes[j]);
    return st;
}

/** Goes on with the run from fix \p i. \return its last fix that is reached without a look at what was detected: what
 * the loop of the flight would find as well, only sooner */
static size_t pass_same(struct running *r, const struct ovf_fix *fixes, size_t i, size_t last,
                        int64_t short_ns)
{
    const size_t first = i;
    if (r->detected.is_low || r->detected.fall < r->detected.all->n)
        return i;
    while (i < last && fixes[i + 1].t_ns - fixes[i].t_ns <= short_ns &&
           ovf_fix_is_believed(&fixes[i + 1]) && is_same(r, &fixes[i + 1]))
        i++;
    r->run.n_fixes += (uint32_t)(i - first);
    return i;
}

enum ovf_status ovf_heard_flight(struct ovf_heard *heard, const struct ovf_track *track,
                                 size_t first, size_t last, const struct ovf_walk_options *options)
{
    const struct ovf_fix *const fixes = track->fixes.items;
    const int64_t short_ns = options->max_gap_ns;
    struct running r = {.detected = {.track = track, .all = &track->detections}};
    size_t before = first;
    enum ovf_status st = OVF_OK;
    heard->n = 0;
    while (before <= last && !ovf_fix_is_believed(&fixes[before]))
        before++;
    if (before > last)
        return OVF_OK;
    follow_integrity(&r.detected, before);
    begin_run(heard, &r, &fixes[before]);
    for (size_t i = before + 1; i <= last && st == OVF_OK; i++) {
        if (!ovf_fix_is_believed(&fixes[i]))
            continue;
        const bool is_unbelieved = i > before + 1 && is_detected(&r.detected, before, i);
        follow_integrity(&r.detected, i);
        if (!is_unbelieved && is_same(&r, &fixes[i]) &&
            (fixes[i].t_ns - fixes[before].t_ns <= short_ns ||
             ovf_walk_bridges(options, fixes, before, i)))
            r.run.n_fixes++;
        else
            st = go_on(heard, &r, track, before, i, options, is_unbelieved);
        i = pass_same(&r, fixes, i, last, short_ns);
        before = i;
    }
    return st == OVF_OK ? end_run(heard, &r, fixes[before].t_ns) : st;
}

/* ---- bytes ---- */

/*   zigzag of from_s less the end of the run before; its length in seconds; zigzag of its cell less the one
 *   before; fixes * 16 + disturbance * 8 + band * 2 + silence. All as base/varint.h has them. */

enum ovf_status ovf_heard_pack(const struct ovf_heard_run *runs, size_t n, struct ovf_buffer *out)
{
    int64_t t_s = 0;
    uint32_t cell = 0;
    for (size_t i = 0; i < n; i++) {
        const struct ovf_heard_run *run = &runs[i];
        const enum ovf_status st = ovf_buffer_reserve(out, (size_t)4 * OVF_VARINT_MAX_BYTES);
        if (st != OVF_OK)
            return st;
        unsigned char *at = out->data + out->len;
        at = ovf_varint_put(at, ovf_zigzag((uint64_t)run->from_s - (uint64_t)t_s));
        at = ovf_varint_put(at, (uint64_t)(run->to_s - run->from_s));
        at = ovf_varint_put(at, ovf_zigzag((uint64_t)run->cell - cell));
        at = ovf_varint_put(at, (uint64_t)run->n_fixes << 4 | (run->is_disturbed ? 8 : 0) |
                                    (uint64_t)run->band << 1 | (run->is_silent ? 1 : 0));
        out->len = (size_t)(at - out->data);
        t_s = run->to_s;
        cell = run->cell;
    }
    return OVF_OK;
}

bool ovf_heard_next(struct ovf_heard_reader *reader, struct ovf_heard_run *run)
{
    static const uint64_t far_s = UINT64_C(1) << 40; /* 35,000 years: sums stay numbers */
    uint64_t values[4];
    for (size_t k = 0; k < 4; k++) {
        if (!ovf_varint_take(&reader->rest, &values[k]))
            return false;
    }
    const int64_t step_s = (int64_t)ovf_unzigzag(values[0]);
    if (step_s >= (int64_t)far_s || step_s <= -(int64_t)far_s || values[1] > OVF_HOUR_S ||
        values[3] >> 4 > UINT32_MAX)
        return false;
    *run = (struct ovf_heard_run){.from_s = reader->t_s + step_s,
                                  .cell = reader->cell + (uint32_t)ovf_unzigzag(values[2]),
                                  .n_fixes = (uint32_t)(values[3] >> 4),
                                  .band = (enum ovf_band)(values[3] >> 1 & 3),
                                  .is_silent = (values[3] & 1) != 0,
                                  .is_disturbed = (values[3] & 8) != 0};
    run->to_s = run->from_s + (int64_t)values[1];
    if (run->from_s >= (int64_t)far_s || run->from_s <= -(int64_t)far_s)
        return false;
    reader->t_s = run->to_s;
    reader->cell = run->cell;
    return true;
}
