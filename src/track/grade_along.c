/* SPDX-License-Identifier: Apache-2.0 */
/* What is believed so far, held against what it says of itself: windows of half a minute or more, one after
 * the other, in which the way flown must be that of the reported speeds and tracks.
 *
 * Every comparison leaves room for what archives do: rows are thinned, speed and track of a row may be some
 * seconds older than its place. So the way counts as too short only against the lowest speed reported in the
 * window, as too long only by its chord against the highest, and a direction only where it was flown straight.
 * MLAT and the like are left out: their places scatter, and their speed comes from their places.
 *
 * Interference is an episode: it begins or ends, and before it or after it speeds and tracks fit. Where none of
 * them fits for as long as an aircraft is heard without a silence, it may be they that are wrong, as those of a
 * broken instrument are; but nobody can tell, and the places prove nothing.
 */
#include "track/grade_parts.h"

#include <math.h>

#include "base/time.h"
#include "geo/local.h"
#include "geo/trig.h"
#include "track/quality.h"

#define MPS_PER_KT (1852.0 / 3600.0)

/* How far place and time of a report may be apart: seconds of flight, and metres. A table of unknown making
 * may write whole seconds and old places. */
#define OFF_S 1.0
#define OFF_M 200.0
#define OFF_UNKNOWN_SOURCE_S 2.4
#define OFF_UNKNOWN_SOURCE_M 1852.0

/* A step is straight when the track turned no more than 30 degrees, and the chord is nearly what was flown. */
#define STRAIGHT_COS 0.866025403784439
#define STRAIGHT_SHARE 0.9

/* A window is even when speed and track change by little: 15 % and 15 degrees. */
#define EVEN_SHARE 0.15
#define EVEN_COS 0.965925826289068

struct window {
    uint32_t first;
    uint32_t last;
    double dt_s;
    double path_m;
    float gs_min_kt;
    float gs_max_kt;
    bool has_unknown_source;
};

/** Straight windows, summed up. */
struct drift {
    uint32_t first;
    double dt_s; /* 0: none yet */
    double path_m;
    struct ovf_offset off; /* flown less reported */
};

struct follower {
    struct ovf_grader *grader;
    const struct ovf_fix *fixes;
    const struct ovf_way_link *links;
    struct window window;
    struct drift drift;
    struct ovf_offset course; /* of fix course_at, where the last window ended */
    uint32_t course_at;       /* OVF_NO_FIX: it is not known */
    double course_off_cos;
    uint32_t begin;            /* the first fix since the last silence */
    struct ovf_detections off; /* of speed, course and drift, since then */
    size_t n_off[OVF_DETECTION_N];
    size_t n_compared[OVF_DETECTION_N]; /* windows */
    bool was_good;                      /* NIC and NACp: at fix good */
    uint32_t good;
    bool is_low; /* from fix low on, after good ones */
    uint32_t low;
};

static double seconds(const struct follower *f, uint32_t from, uint32_t to)
{
    return ovf_time_seconds(f->fixes[from].t_ns, f->fixes[to].t_ns);
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double off_kt(const struct follower *f, double gs_kt)
{
    const struct ovf_detect_config *config = f->grader->config;
    return larger(config->speed_off_kt, config->speed_off_share * gs_kt);
}

static struct ovf_detection detection_of(const struct follower *f, enum ovf_detection_kind kind,
                                         double value, double limit)
{
    return (struct ovf_detection){.kind = kind,
                                  .first = f->window.first,
                                  .last = f->window.last,
                                  .value = (float)value,
                                  .limit = (float)limit};
}

static void suspect(struct follower *f, const struct ovf_detection *detection)
{
    ovf_grader_note(f->grader, *detection);
    ovf_grader_suspect(f->grader, f->fixes[detection->first].t_ns, f->fixes[detection->last].t_ns);
}

/** That is off, unless all is. */
static void put_off(struct follower *f, struct ovf_detection detection)
{
    const enum ovf_status st = ovf_detections_push(&f->off, detection);
    if (st != OVF_OK)
        f->grader->status = st;
    f->n_off[detection.kind]++;
}

/** A silence, or the end, with \p last the last fix before it: what was off counts if something was not. */
static void end_stretch(struct follower *f, uint32_t last)
{
    bool is_unproven = false;
    for (size_t i = 0; i < f->off.n; i++) {
        const struct ovf_detection *off = &f->off.items[i];
        if (f->n_off[off->kind] < f->n_compared[off->kind])
            suspect(f, off);
        else
            is_unproven = true;
    }
    if (is_unproven)
        ovf_grader_doubt(f->grader, f->fixes[f->begin].t_ns, f->fixes[last].t_ns);
    f->off.n = 0;
    for (int kind = 0; kind < OVF_DETECTION_N; kind++)
        f->n_off[kind] = f->n_compared[kind] = 0;
}

/* ---- speed ---- */

/** What place and time of its ends may be off. */
static double slack_m(const struct window *w)
{
    const double off_s = w->has_unknown_source ? OFF_UNKNOWN_SOURCE_S : OFF_S;
    const double off_m = w->has_unknown_source ? OFF_UNKNOWN_SOURCE_M : OFF_M;
    return off_m + off_s * (double)w->gs_max_kt * MPS_PER_KT;
}

/** Whether it says at both ends that it is in the air, and all but stands still: then it is the place that is
 * wrong, whatever else is. */
static bool stands_in_air(const struct follower *f)
{
    const struct window *w = &f->window;
    return (f->fixes[w->first].flags & f->fixes[w->last].flags & OVF_FIX_IN_AIR) != 0 &&
           w->path_m < f->grader->config->still_kt * MPS_PER_KT * w->dt_s;
}

static void judge_slow(struct follower *f, double least_kt)
{
    const double speed_kt = f->window.path_m / f->window.dt_s / MPS_PER_KT;
    const struct ovf_detection slow = detection_of(f, OVF_DETECTION_SPEED, speed_kt, least_kt);
    if (stands_in_air(f))
        suspect(f, &slow);
    else
        put_off(f, slow);
}

static void judge_speed(struct follower *f)
{
    const struct window *w = &f->window;
    const double least_kt = (double)w->gs_min_kt - off_kt(f, (double)w->gs_min_kt);
    const double most_kt = (double)w->gs_max_kt + off_kt(f, (double)w->gs_max_kt);
    f->n_compared[OVF_DETECTION_SPEED]++;
    if (w->path_m < least_kt * MPS_PER_KT * w->dt_s - slack_m(w)) {
        judge_slow(f, least_kt);
        return;
    }
    const double most_m = most_kt * MPS_PER_KT * w->dt_s + slack_m(w);
    if (w->path_m <= most_m)
        return;
    const double chord_m = ovf_point_chord_m(f->fixes[w->first].at, f->fixes[w->last].at);
    if (chord_m > most_m)
        put_off(f, detection_of(f, OVF_DETECTION_SPEED, chord_m / w->dt_s / MPS_PER_KT, most_kt));
}

/* ---- course ---- */

/** The scalar product. */
static double along_m(struct ovf_offset a, struct ovf_offset b)
{
    return a.east_m * b.east_m + a.north_m * b.north_m;
}

static double length_m(struct ovf_offset way)
{
    return sqrt(along_m(way, way));
}

static double near_m(const struct ovf_fix *a, const struct ovf_fix *b)
{
    return length_m(ovf_offset_near_between(a->at, b->at));
}

/** The way between two fixes and the tracks that they report there, as unit vectors. */
struct ends {
    struct ovf_offset way;
    double way_m;
    struct ovf_offset from;
    struct ovf_offset to;
};

static struct ovf_offset course_of(const struct ovf_fix *fix)
{
    return ovf_offset_near_course((double)fix->track_deg);
}

/** \p from: the course of \p a. */
static struct ends ends_of(const struct ovf_fix *a, const struct ovf_fix *b, struct ovf_offset from)
{
    const struct ovf_offset way = ovf_offset_near_between(a->at, b->at);
    return (struct ends){.way = way, .way_m = length_m(way), .from = from, .to = course_of(b)};
}

/** The cosine of the angle between the way and a track. */
static double off_way_cos(const struct ends *ends, struct ovf_offset track)
{
    return ends->way_m > 0 ? along_m(ends->way, track) / ends->way_m : 1;
}

/** Whether the way is off both tracks. */
static bool is_off_both(const struct follower *f, const struct ends *ends)
{
    return off_way_cos(ends, ends->to) < f->course_off_cos &&
           off_way_cos(ends, ends->from) < f->course_off_cos;
}

/** Whether the step was flown straight, and not in the direction of the track. */
static bool is_off_course(const struct follower *f, uint32_t p, uint32_t q)
{
    const struct ovf_fix *a = &f->fixes[p];
    const struct ovf_fix *b = &f->fixes[q];
    if ((a->has & b->has & OVF_FIX_TRACK) == 0)
        return false;
    const double gs_kt = (double)(a->gs_kt < b->gs_kt ? a->gs_kt : b->gs_kt);
    const struct ends ends = ends_of(a, b, course_of(a));
    return ends.way_m >= STRAIGHT_SHARE * gs_kt * MPS_PER_KT * seconds(f, p, q) &&
           along_m(ends.from, ends.to) >= STRAIGHT_COS && is_off_both(f, &ends);
}

/** By how much the way of the window is off the track reported at its end. */
static double course_off_deg(const struct ends *ends)
{
    const double cosine = off_way_cos(ends, ends->to);
    return ovf_deg_from_e7(ovf_atan2_e7(sqrt(larger(0, 1 - cosine * cosine)), cosine));
}

static void judge_course(struct follower *f, const struct ends *ends)
{
    const struct window *w = &f->window;
    const struct ovf_detect_config *config = f->grader->config;
    if (w->path_m < config->speed_off_kt * MPS_PER_KT * w->dt_s ||
        (double)w->gs_min_kt < config->speed_off_kt)
        return;
    f->n_compared[OVF_DETECTION_COURSE]++;
    if (!is_off_both(f, ends))
        return;
    double off_m = 0;
    uint32_t p = w->first;
    for (uint32_t i = w->first + 1; i <= w->last; i++) {
        if (f->fixes[i].grade == OVF_GRADE_X)
            continue;
        if (is_off_course(f, p, i))
            off_m += near_m(&f->fixes[p], &f->fixes[i]);
        p = i;
    }
    if (off_m * 2 > w->path_m)
        put_off(
            f, detection_of(f, OVF_DETECTION_COURSE, course_off_deg(ends), config->course_off_deg));
}

/* ---- drift ---- */

/** The reported velocity; \p course: the track as a unit vector. */
static struct ovf_offset velocity_mps(const struct ovf_fix *fix, struct ovf_offset course)
{
    const double gs_mps = (double)fix->gs_kt * MPS_PER_KT;
    return (struct ovf_offset){.east_m = course.east_m * gs_mps,
                               .north_m = course.north_m * gs_mps};
}

/** Whether the mean of the velocities at its ends is that of the window: it was flown straight and evenly. */
static bool is_even(const struct window *w, const struct ends *ends)
{
    return (double)w->gs_max_kt - (double)w->gs_min_kt <= EVEN_SHARE * (double)w->gs_max_kt &&
           ends->way_m >= (1 - EVEN_SHARE * EVEN_SHARE) * w->path_m &&
           along_m(ends->from, ends->to) >= EVEN_COS;
}

/** Adds the window to the drift; judges that when it is long enough. */
static void judge_drift(struct follower *f, const struct ends *ends)
{
    const struct window *w = &f->window;
    const struct ovf_detect_config *config = f->grader->config;
    struct drift *d = &f->drift;
    if (!is_even(w, ends))
        return;
    const struct ovf_offset from_mps = velocity_mps(&f->fixes[w->first], ends->from);
    const struct ovf_offset to_mps = velocity_mps(&f->fixes[w->last], ends->to);
    d->first = d->dt_s > 0 ? d->first : w->first;
    d->dt_s += w->dt_s;
    d->path_m += w->path_m;
    d->off.east_m += ends->way.east_m - w->dt_s * (from_mps.east_m + to_mps.east_m) / 2;
    d->off.north_m += ends->way.north_m - w->dt_s * (from_mps.north_m + to_mps.north_m) / 2;
    if (d->dt_s < config->drift_s)
        return;
    const double limit_m =
        larger(config->drift_kt * MPS_PER_KT * d->dt_s, config->drift_share * d->path_m) +
        slack_m(w);
    f->n_compared[OVF_DETECTION_DRIFT]++;
    if (length_m(d->off) > limit_m)
        put_off(f, (struct ovf_detection){.kind = OVF_DETECTION_DRIFT,
                                          .first = d->first,
                                          .last = w->last,
                                          .value = (float)(length_m(d->off) / d->dt_s / MPS_PER_KT),
                                          .limit = (float)(limit_m / d->dt_s / MPS_PER_KT)});
    *d = (struct drift){.dt_s = 0};
}

/** The window's way against the tracks at its ends, where both report one. */
static void judge_tracks(struct follower *f)
{
    const struct ovf_fix *a = &f->fixes[f->window.first];
    const struct ovf_fix *b = &f->fixes[f->window.last];
    if ((a->has & b->has & OVF_FIX_TRACK) == 0)
        return;
    const bool is_known = f->course_at == f->window.first;
    const struct ends ends = ends_of(a, b, is_known ? f->course : course_of(a));
    f->course = ends.to;
    f->course_at = f->window.last;
    judge_course(f, &ends);
    judge_drift(f, &ends);
}

/* ---- standing still, altitudes ---- */

static int32_t lower_ft(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static bool reports_over(const struct ovf_fix *fix, double kt)
{
    return (fix->has & OVF_FIX_GS) != 0 && (double)fix->gs_kt > kt;
}

/** Whether it reports, believed or not, to fly fast within the time around the window. */
static bool flies_fast_around(const struct follower *f)
{
    const struct ovf_detect_config *config = f->grader->config;
    const uint32_t n = (uint32_t)f->grader->fixes->n;
    bool is_fast = false;
    for (uint32_t i = f->window.first;
         i > 0 && !is_fast && seconds(f, i - 1, f->window.first) <= config->still_was_s; i--)
        is_fast = reports_over(&f->fixes[i - 1], config->still_was_kt);
    for (uint32_t i = f->window.last + 1;
         i < n && !is_fast && seconds(f, f->window.last, i) <= config->still_was_s; i++)
        is_fast = reports_over(&f->fixes[i], config->still_was_kt);
    return is_fast;
}

static void judge_still(struct follower *f)
{
    const struct window *w = &f->window;
    const struct ovf_detect_config *config = f->grader->config;
    const struct ovf_fix *a = &f->fixes[w->first];
    const struct ovf_fix *b = &f->fixes[w->last];
    const double speed_kt = w->path_m / w->dt_s / MPS_PER_KT;
    if (speed_kt >= config->still_high_kt || (a->has & b->has & OVF_FIX_ALT_BARO) == 0)
        return;
    const bool is_said = (a->flags & b->flags & OVF_FIX_IN_AIR) != 0;
    const int32_t above_ft = is_said ? config->still_above_ft : config->still_above_unsaid_ft;
    const int32_t alt_ft = lower_ft(a->alt_baro_ft, b->alt_baro_ft);
    const double limit_kt = alt_ft > config->cruise_ft ? config->still_high_kt : config->still_kt;
    if (alt_ft <= above_ft || speed_kt >= limit_kt || !flies_fast_around(f))
        return;
    const struct ovf_detection still = detection_of(f, OVF_DETECTION_STILL, speed_kt, limit_kt);
    suspect(f, &still);
}

static int32_t distance_ft(int32_t a, int32_t b)
{
    return a < b ? b - a : a - b;
}

static void judge_altitudes(struct follower *f)
{
    const struct ovf_detect_config *config = f->grader->config;
    const struct ovf_fix *a = &f->fixes[f->window.first];
    const struct ovf_fix *b = &f->fixes[f->window.last];
    const unsigned both = OVF_FIX_ALT_BARO | OVF_FIX_ALT_GEOM;
    if ((a->has & b->has & both) != both || f->window.dt_s > config->altitude_within_s ||
        distance_ft(a->alt_baro_ft, b->alt_baro_ft) > config->altitude_level_ft)
        return;
    const int32_t change_ft = b->alt_geom_ft - b->alt_baro_ft - (a->alt_geom_ft - a->alt_baro_ft);
    const int32_t limit_ft = change_ft < 0 ? -config->altitude_off_ft : config->altitude_off_ft;
    if (distance_ft(change_ft, 0) <= config->altitude_off_ft)
        return;
    ovf_grader_note(f->grader, detection_of(f, OVF_DETECTION_ALTITUDE, change_ft, limit_ft));
    ovf_grader_weaken(f->grader, a->t_ns, b->t_ns);
}

/* ---- integrity ---- */

static void end_low(struct follower *f, uint32_t last)
{
    if (f->is_low)
        ovf_grader_weaken(f->grader, f->fixes[f->low].t_ns, f->fixes[last].t_ns);
    f->is_low = false;
}

/** \return whether fix \p i states a good one */
static bool follow_integrity(struct follower *f, uint32_t i)
{
    const struct ovf_fix *fix = &f->fixes[i];
    const struct ovf_detect_config *config = f->grader->config;
    uint8_t quality;
    if (!ovf_quality_integrity(fix, &quality))
        return false;
    const bool is_low = quality <= config->integrity_low && (fix->flags & OVF_FIX_ON_GROUND) == 0;
    if (!is_low) {
        end_low(f, i);
        f->was_good = true;
        f->good = i;
    } else if (!f->is_low && f->was_good && seconds(f, f->good, i) <= config->integrity_was_s) {
        f->is_low = true;
        f->low = i;
        f->was_good = false;
        ovf_grader_note(f->grader, (struct ovf_detection){.kind = OVF_DETECTION_INTEGRITY,
                                                          .first = f->good,
                                                          .last = i,
                                                          .value = quality,
                                                          .limit = config->integrity_low});
    }
    return !is_low;
}

/* ---- windows ---- */

static void begin_window(struct follower *f, uint32_t i)
{
    const struct ovf_fix *fix = &f->fixes[i];
    f->window = (struct window){.first = i,
                                .last = i,
                                .gs_min_kt = fix->gs_kt,
                                .gs_max_kt = fix->gs_kt,
                                .has_unknown_source = fix->source == OVF_SOURCE_UNKNOWN};
}

/** Whether what the two report can be held against the way between them. */
static bool can_compare(const struct ovf_fix *a, const struct ovf_fix *b)
{
    const bool has_sources =
        (a->source == OVF_SOURCE_ADSB || a->source == OVF_SOURCE_UNKNOWN) && a->source == b->source;
    return has_sources && (a->has & b->has & OVF_FIX_GS) != 0 &&
           ((a->flags | b->flags) & OVF_FIX_ON_GROUND) == 0;
}

/** Judges the window, which is long enough, and begins another. */
static void end_window(struct follower *f)
{
    judge_speed(f);
    judge_tracks(f);
    judge_still(f);
    judge_altitudes(f);
    begin_window(f, f->window.last);
}

/** Lengthens the window by the fixes [i, end), all of which can be compared, until it is long enough or one comes late.
 * \return the first that is not in it */
static uint32_t fill_window(struct follower *f, uint32_t i, uint32_t end)
{
    const struct ovf_detect_config *const config = f->grader->config;
    struct window *const w = &f->window;
    const struct ovf_fix *before = &f->fixes[w->last];
    uint32_t last = w->last;
    double dt_s = w->dt_s; /* what is summed up stands in variables on the way */
    double path_m = w->path_m;
    float gs_min_kt = w->gs_min_kt;
    float gs_max_kt = w->gs_max_kt;
    for (bool is_full = false; i < end && !is_full; i++) {
        const struct ovf_fix *const fix = &f->fixes[i];
        const struct ovf_way_link *const link = &f->links[i];
        if (fix->grade == OVF_GRADE_X)
            continue;
        const double step_s = ovf_time_seconds_after(before->t_ns, fix->t_ns);
        if (step_s > config->window_max_step_s)
            break;
        dt_s += step_s;
        path_m +=
            link->before == last && link->step_m >= 0 ? (double)link->step_m : near_m(before, fix);
        gs_min_kt = fix->gs_kt < gs_min_kt ? fix->gs_kt : gs_min_kt;
        gs_max_kt = fix->gs_kt > gs_max_kt ? fix->gs_kt : gs_max_kt;
        before = fix;
        last = i;
        is_full = dt_s >= config->window_s;
    }
    w->last = last;
    w->dt_s = dt_s;
    w->path_m = path_m;
    w->gs_min_kt = gs_min_kt;
    w->gs_max_kt = gs_max_kt;
    return i;
}

/** Takes steps to the fixes [i, end), all of which can be compared, up to one that comes late. \return that one, or
 * \p end */
static uint32_t take_alike(struct follower *f, uint32_t i, uint32_t end)
{
    bool is_full = true;
    while (i < end && is_full) {
        i = fill_window(f, i, end);
        is_full = f->window.dt_s >= f->grader->config->window_s;
        if (is_full)
            end_window(f);
    }
    return i;
}

static void take_step(struct follower *f, uint32_t i)
{
    const struct ovf_detect_config *config = f->grader->config;
    const struct ovf_fix *before = &f->fixes[f->window.last];
    const double dt_s = ovf_time_seconds_after(before->t_ns, f->fixes[i].t_ns);
    if (can_compare(before, &f->fixes[i]) && dt_s <= config->window_max_step_s) {
        (void)take_alike(f, i, i + 1);
        return;
    }
    if (dt_s > config->stretch_s) {
        end_stretch(f, f->window.last);
        f->begin = i;
    }
    f->drift = (struct drift){.dt_s = 0};
    begin_window(f, i);
}

/** Follows the fixes [i, end) of a run: what the first says of its integrity they all say. */
static void follow_run(struct follower *f, uint32_t i, uint32_t end)
{
    while (i < end && f->fixes[i].grade == OVF_GRADE_X)
        i++;
    if (i == end)
        return;
    const bool are_compared = can_compare(&f->fixes[i], &f->fixes[i]);
    take_step(f, i);
    const bool are_good = follow_integrity(f, i);
    for (i++; i < end; i++) {
        i = are_compared ? take_alike(f, i, end) : i;
        if (i < end && f->fixes[i].grade != OVF_GRADE_X)
            take_step(f, i);
    }
    f->good = are_good ? f->window.last : f->good;
}

void ovf_grader_follow(struct ovf_grader *grader, const struct ovf_way_link *links)
{
    struct follower f = {
        .grader = grader, .fixes = grader->fixes->items, .links = links, .course_at = OVF_NO_FIX};
    const uint32_t n = (uint32_t)grader->fixes->n;
    uint32_t i = 0;
    double sine;
    ovf_sincos_e7((int32_t)(grader->config->course_off_deg * OVF_E7_PER_DEG), &sine,
                  &f.course_off_cos);
    while (i < n && f.fixes[i].grade == OVF_GRADE_X)
        i++;
    if (i == n)
        return;
    begin_window(&f, i);
    f.begin = i;
    i = 0;
    for (size_t k = 0; k < grader->runs.n; k++) {
        follow_run(&f, i, grader->runs.ends[k]);
        i = grader->runs.ends[k];
    }
    end_low(&f, f.window.last);
    end_stretch(&f, f.window.last);
    ovf_detections_deinit(&f.off);
}
