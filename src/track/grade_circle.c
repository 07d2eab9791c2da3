/* SPDX-License-Identifier: Apache-2.0 */
/* Circles: ten minutes of positions that lie on one, while the aircraft says that it flies straight.
 *
 * Receivers of satellite positions that are led astray were seen to report circles of some kilometres. An
 * aircraft that holds or surveys flies them, too; but then its heading turns and its wings are banked. These two
 * come from the aircraft's own instruments and go before the track, which comes from where the position does and
 * turns with a false one. What never changes by the least is stuck and says nothing.
 *
 * The circle is the one of least squares of x^2 + y^2 + Bx + Cy + D (Kasa, IEEE Trans. Instrum. Meas. 25, 1976),
 * through a position every ten seconds at the most. Positions must lie around it, not on a bow of it: their mean
 * is within half a radius of the centre, which a bow of 217 degrees or more has. What was flown from one to the
 * next is then far more than the way from the first to the last; nearly all windows have it the other way.
 */
#include "track/grade_parts.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "geo/local.h"
#include "geo/trig.h"

enum { SAMPLES = 60, SAMPLES_MIN = 12, JUDGED_IN_WINDOW = 10, ROOM = 4 * SAMPLES };

/* The window is full when so much of it is there: rows of an archive lie up to a minute apart. */
#define FULL_SHARE 0.9
/* A line has no circle: of the squares of length and breadth. */
#define FLAT_SHARE 1e-6
/* Of the mean place of unit vectors from the centre. */
#define AROUND_MAX 0.5
/* Straight: the mean of unit vectors of the directions said is so long. One within 45 degrees has 0.90. */
#define STRAIGHT_MIN 0.9
/* The bank of a turn must be plain (tan 5.7 degrees), and a third of it at the most be said. */
#define BANK_PLAIN 0.1
#define BANK_SHARE (1.0 / 3.0)
#define GRAVITY_MPS2 9.80665
/* Ends of a window that are farther apart lie on no circle: twice the radius, and a quarter. */
#define FAR_RADII 2.5
/* Nor do positions of which the ends are nearly as far apart as what was flown between: a bow of 217 degrees has
 * half. */
#define DIRECT_SHARE 0.9
/* Of a step that was not looked at. */
#define UNKNOWN_STEP_M 1e9

struct ring {
    double centre_east_m;
    double centre_north_m;
    double radius_m;
};

/** A fix of the window. */
struct sample {
    uint32_t fix;
    double path_m; /* flown up to it since the track began */
};

struct circler {
    struct ovf_grader *grader;
    const struct ovf_fix *fixes;
    uint64_t window_ns;
    uint64_t sample_ns; /* samples are so far apart at the least */
    uint64_t judge_ns;  /* and the ends of windows that are judged */
    uint64_t max_step_ns;
    /* Fixes of the window, in order, and older ones before it is judged: n of the room, which are moved to its front
     * when they reach its end. */
    struct sample room[ROOM];
    struct sample *at;
    size_t n;
    struct ovf_offset off[SAMPLES + 1]; /* from their mean to each */
    double path_m;                      /* flown up to the last fix */
    int64_t last_ns;                    /* of the last fix that was looked at */
    int64_t taken_ns;                   /* of the last one in the window */
    bool was_judged;
    int64_t judged_ns;          /* the end of the window that was judged last */
    struct ovf_detection found; /* the last circle; its last fix is 0: none is open */
};

/* ---- the circle ---- */

static void centre_samples(struct circler *c)
{
    double east_m = 0;
    double north_m = 0;
    for (size_t i = 0; i < c->n; i++) {
        c->off[i] = ovf_offset_near_between(c->fixes[c->at[0].fix].at, c->fixes[c->at[i].fix].at);
        east_m += c->off[i].east_m;
        north_m += c->off[i].north_m;
    }
    east_m /= (double)c->n;
    north_m /= (double)c->n;
    for (size_t i = 0; i < c->n; i++) {
        c->off[i].east_m -= east_m;
        c->off[i].north_m -= north_m;
    }
}

/** About the mean of the samples; false: they lie on a line. */
static bool fit_ring(const struct circler *c, struct ring *ring)
{
    double xx = 0;
    double yy = 0;
    double xy = 0;
    double xz = 0;
    double yz = 0;
    for (size_t i = 0; i < c->n; i++) {
        const double x = c->off[i].east_m;
        const double y = c->off[i].north_m;
        const double z = x * x + y * y;
        xx += x * x;
        yy += y * y;
        xy += x * y;
        xz += x * z;
        yz += y * z;
    }
    const double flat = xx * yy - xy * xy;
    if (flat <= FLAT_SHARE * (xx + yy) * (xx + yy))
        return false;
    ring->centre_east_m = (xz * yy - yz * xy) / (2 * flat);
    ring->centre_north_m = (yz * xx - xz * xy) / (2 * flat);
    ring->radius_m = sqrt(ring->centre_east_m * ring->centre_east_m +
                          ring->centre_north_m * ring->centre_north_m + (xx + yy) / (double)c->n);
    return true;
}

/** Whether the samples lie on the circle and around it. */
static bool is_round(const struct circler *c, const struct ring *ring)
{
    const struct ovf_detect_config *config = c->grader->config;
    double east = 0;
    double north = 0;
    double squares_m2 = 0;
    if (ring->radius_m < config->circle_min_m || ring->radius_m > config->circle_max_m)
        return false;
    for (size_t i = 0; i < c->n; i++) {
        const double x_m = c->off[i].east_m - ring->centre_east_m;
        const double y_m = c->off[i].north_m - ring->centre_north_m;
        const double d_m = sqrt(x_m * x_m + y_m * y_m);
        squares_m2 += (d_m - ring->radius_m) * (d_m - ring->radius_m);
        east += x_m / ring->radius_m;
        north += y_m / ring->radius_m;
    }
    const double n = (double)c->n;
    const double limit_m = config->circle_off_share * ring->radius_m;
    return squares_m2 < n * limit_m * limit_m &&
           east * east + north * north <= AROUND_MAX * AROUND_MAX * n * n;
}

/* ---- what the aircraft says ---- */

enum word { SAYS_NOTHING, SAYS_STRAIGHT, SAYS_TURN };

/** What directions say, of which half of the samples have one at the least. */
static enum word directions_say(const struct circler *c, unsigned bit,
                                float (*direction_deg)(const struct ovf_fix *))
{
    double east = 0;
    double north = 0;
    size_t n = 0;
    bool changes = false;
    float first_deg = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct ovf_fix *fix = &c->fixes[c->at[i].fix];
        if ((fix->has & bit) == 0)
            continue;
        const float deg = direction_deg(fix);
        const struct ovf_offset way = ovf_offset_near_course((double)deg);
        first_deg = n == 0 ? deg : first_deg;
        changes = changes || deg < first_deg || deg > first_deg;
        east += way.east_m;
        north += way.north_m;
        n++;
    }
    if (n * 2 < c->n || !changes)
        return SAYS_NOTHING;
    return east * east + north * north >= STRAIGHT_MIN * STRAIGHT_MIN * (double)(n * n)
               ? SAYS_STRAIGHT
               : SAYS_TURN;
}

static float heading_of(const struct ovf_fix *fix)
{
    return fix->heading_deg;
}

static float track_of(const struct ovf_fix *fix)
{
    return fix->track_deg;
}

/** The tangent of the bank with which the circle is flown at the mean of the reported speeds. */
static double bank_of(const struct circler *c, const struct ring *ring)
{
    double gs_mps = 0;
    for (size_t i = 0; i < c->n; i++)
        gs_mps += (double)c->fixes[c->at[i].fix].gs_kt * (1852.0 / 3600.0) / (double)c->n;
    return gs_mps * gs_mps / (GRAVITY_MPS2 * ring->radius_m);
}

static enum word rolls_say(const struct circler *c, const struct ring *ring)
{
    const double bank = bank_of(c, ring);
    double sum_cdeg = 0;
    size_t n = 0;
    int16_t least_cdeg = INT16_MAX;
    int16_t most_cdeg = INT16_MIN;
    for (size_t i = 0; i < c->n; i++) {
        const struct ovf_fix *fix = &c->fixes[c->at[i].fix];
        if ((fix->has & OVF_FIX_ROLL) == 0)
            continue;
        sum_cdeg += fix->roll_cdeg;
        least_cdeg = fix->roll_cdeg < least_cdeg ? fix->roll_cdeg : least_cdeg;
        most_cdeg = fix->roll_cdeg > most_cdeg ? fix->roll_cdeg : most_cdeg;
        n++;
    }
    if (n * 2 < c->n || least_cdeg == most_cdeg || bank < BANK_PLAIN)
        return SAYS_NOTHING;
    double sine;
    double cosine;
    ovf_sincos_e7((int32_t)(sum_cdeg / (double)n * 1e5), &sine, &cosine);
    return fabs(sine) <= BANK_SHARE * bank * cosine ? SAYS_STRAIGHT : SAYS_TURN;
}

static enum word aircraft_says(const struct circler *c, const struct ring *ring)
{
    enum word word = directions_say(c, OVF_FIX_HEADING, heading_of);
    if (word == SAYS_NOTHING)
        word = rolls_say(c, ring);
    return word != SAYS_NOTHING ? word : directions_say(c, OVF_FIX_TRACK, track_of);
}

/* ---- the window ---- */

static uint64_t elapsed_ns(const struct circler *c, uint32_t from, uint32_t to)
{
    return (uint64_t)c->fixes[to].t_ns - (uint64_t)c->fixes[from].t_ns;
}

static void tell(struct circler *c)
{
    if (c->found.last == 0)
        return;
    ovf_grader_note(c->grader, c->found);
    ovf_grader_suspect(c->grader, c->fixes[c->found.first].t_ns, c->fixes[c->found.last].t_ns);
    c->found.last = 0;
}

/** A circle that overlaps the last one lengthens it. */
static void find(struct circler *c, double radius_m)
{
    const uint32_t last = c->at[c->n - 1].fix;
    if (c->found.last != 0 && c->found.last >= c->at[0].fix) {
        c->found.last = last;
        return;
    }
    tell(c);
    c->found = (struct ovf_detection){.kind = OVF_DETECTION_CIRCLE,
                                      .first = c->at[0].fix,
                                      .last = last,
                                      .value = (float)(radius_m / 1000),
                                      .limit = (float)(c->grader->config->circle_max_m / 1000)};
}

/** Whether its ends are too far apart for a circle. */
static bool is_far(const struct circler *c)
{
    const struct sample *first = &c->at[0];
    const struct sample *last = &c->at[c->n - 1];
    const struct ovf_offset way =
        ovf_offset_near_between(c->fixes[first->fix].at, c->fixes[last->fix].at);
    const double way_m = sqrt(way.east_m * way.east_m + way.north_m * way.north_m);
    return way_m > FAR_RADII * c->grader->config->circle_max_m ||
           way_m > DIRECT_SHARE * (last->path_m - first->path_m);
}

static void judge_window(struct circler *c)
{
    struct ring ring;
    if (is_far(c))
        return;
    centre_samples(c);
    if (fit_ring(c, &ring) && is_round(c, &ring) && aircraft_says(c, &ring) == SAYS_STRAIGHT)
        find(c, ring.radius_m);
}

static void push(struct circler *c, struct sample sample)
{
    if (c->at + c->n == c->room + ROOM) {
        memmove(c->room, c->at, c->n * sizeof *c->at);
        c->at = c->room;
    }
    c->at[c->n++] = sample;
}

/** What is no more in the window that ends in fix \p now. */
static void drop_old(struct circler *c, uint32_t now)
{
    while (elapsed_ns(c, c->at[0].fix, now) > c->window_ns || c->n > SAMPLES + 1) {
        c->at++;
        c->n--;
    }
}

/** Fix \p i is so much later than the last one in the window. */
static void take(struct circler *c, struct sample sample)
{
    const uint32_t i = sample.fix;
    const int64_t t_ns = c->fixes[i].t_ns;
    push(c, sample);
    c->taken_ns = t_ns;
    if (c->was_judged && (uint64_t)t_ns - (uint64_t)c->judged_ns < c->judge_ns)
        return;
    drop_old(c, i);
    if (c->n < SAMPLES_MIN ||
        (double)elapsed_ns(c, c->at[0].fix, i) < FULL_SHARE * (double)c->window_ns)
        return;
    judge_window(c);
    c->was_judged = true;
    c->judged_ns = t_ns;
}

/** Whether the fixes of a run report what a circle can be held against. */
static bool counts(const struct ovf_fix *fix)
{
    return (fix->has & OVF_FIX_GS) != 0 && (fix->flags & OVF_FIX_ON_GROUND) == 0 &&
           (fix->source == OVF_SOURCE_ADSB || fix->source == OVF_SOURCE_UNKNOWN);
}

/** The fixes [begin, end) of a run. */
static void take_run(struct circler *c, const struct ovf_way_link *links, uint32_t begin,
                     uint32_t end)
{
    const bool is_looked_at = counts(&c->fixes[begin]);
    double path_m = c->path_m;
    int64_t last_ns = c->last_ns;
    for (uint32_t i = begin; i < end; i++) {
        path_m += links[i].step_m >= 0 ? (double)links[i].step_m : UNKNOWN_STEP_M;
        if (!is_looked_at || c->fixes[i].grade == OVF_GRADE_X)
            continue;
        const int64_t t_ns = c->fixes[i].t_ns;
        if ((uint64_t)t_ns - (uint64_t)last_ns > c->max_step_ns)
            c->n = 0;
        last_ns = t_ns;
        if (c->n == 0 || (uint64_t)t_ns - (uint64_t)c->taken_ns >= c->sample_ns)
            take(c, (struct sample){i, path_m});
    }
    c->path_m = path_m;
    c->last_ns = last_ns;
}

void ovf_grader_judge_circles(struct ovf_grader *grader, const struct ovf_way_link *links)
{
    const struct ovf_detect_config *config = grader->config;
    struct circler c = {.grader = grader,
                        .fixes = grader->fixes->items,
                        .window_ns = (uint64_t)(config->circle_s * OVF_NS_PER_S),
                        .max_step_ns = (uint64_t)(config->window_max_step_s * OVF_NS_PER_S)};
    uint32_t begin = 0;
    c.at = c.room;
    c.sample_ns = c.window_ns / SAMPLES;
    c.judge_ns = c.window_ns / JUDGED_IN_WINDOW;
    for (size_t k = 0; k < grader->runs.n; k++) {
        take_run(&c, links, begin, grader->runs.ends[k]);
        begin = grader->runs.ends[k];
    }
    tell(&c);
}
