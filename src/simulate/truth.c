/* SPDX-License-Identifier: Apache-2.0 */
/* Following a way and noting who owns it. Only where a boundary may be near is it looked at densely, and
 * beside a corner of a boundary, which may be clipped, most densely. Between the exact places of every
 * 200 m the samples lie on a straight line in latitude and longitude (a millimetre off), and what they
 * seem to say is confirmed and solved on the geodesic itself. */
#include "simulate/truth.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/geodesic.h"

#define CHUNK_M 1e3
#define STRAIGHT_M 200.0
#define SOLVED_M 1e-6
#define BESIDE_M 12.0 /* of a corner */
#define FINE_STEP_M 0.1
#define SLACK_M 0.5 /* the sample before may lie a millimetre on the other side */
#define M_PER_DEG 111319.5
#define RAD_PER_DEG 0.017453292519943295

enum { FINE_STEPS = 120, MAX_CORNERS = 64, MAX_SAMPLES = 24 + MAX_CORNERS * (2 * FINE_STEPS + 1) };
/* A geodesic of 30 km leaves the box around its ends by less than 110 m at 80 degrees of latitude, one of
 * 1 km by a decimetre; 0.002 degree is 220 m. */
#define MARGIN_DEG 0.002
#define WHOLE_M 30e3
#define STRAIGHT_MARGIN_DEG 0.0002 /* 20 m, where 1 mm would do */

/** A geodesic gone along at uniform speed. */
struct stretch {
    const struct geod_geodesicline *line;
    double from_m; /* on the line */
    double to_m;
    int64_t t_ns; /* at from_m */
    double dt_s;
    double interval_s; /* between the fixes at its ends; 0: there are none */
};

struct following {
    const struct ovf_territory *territory;
    struct ovf_truth_passages *out;
    struct ovf_members now; /* who owns the place that was reached */
    double *samples;        /* scratch, MAX_SAMPLES: metres from a sub-chunk's begin */
    enum ovf_status st;
};

void ovf_truth_passages_deinit(struct ovf_truth_passages *passages)
{
    free(passages->items);
    *passages = (struct ovf_truth_passages){0};
}

static double wrap_deg(double lon)
{
    return lon >= 180.0 ? lon - 360.0 : lon < -180.0 ? lon + 360.0 : lon;
}

static struct ovf_place place_at(const struct stretch *s, double at_m)
{
    struct ovf_place place;
    geod_position(s->line, at_m, &place.lat_deg, &place.lon_deg, NULL);
    place.lon_deg = wrap_deg(place.lon_deg);
    return place;
}

static void begin_passage(struct following *f, uint32_t owner, const struct ovf_truth_end *entry,
                          double interval_s)
{
    struct ovf_truth_passages *const out = f->out;
    struct ovf_truth_passage *grown =
        ovf_array_reserve(out->items, &out->capacity, out->n + 1, sizeof *grown);
    if (grown == NULL) {
        f->st = OVF_E_NOMEM;
        return;
    }
    out->items = grown;
    out->items[out->n++] = (struct ovf_truth_passage){
        .owner = owner, .entry = *entry, .longest_interval_s = interval_s, .away_m = -1.0};
    ovf_members_toggle(&f->now, owner);
}

static bool is_open(const struct following *f, const struct ovf_truth_passage *passage)
{
    return !passage->exit.known && ovf_members_has(&f->now, passage->owner);
}

static void end_passage(struct following *f, uint32_t owner, const struct ovf_truth_end *exit)
{
    for (size_t i = f->out->n; i > 0; i--) {
        struct ovf_truth_passage *const passage = &f->out->items[i - 1];
        if (passage->owner == owner && is_open(f, passage)) {
            passage->exit = *exit;
            break;
        }
    }
    ovf_members_toggle(&f->now, owner);
}

static bool differs(const struct following *f, const struct stretch *s, uint32_t owner, double at_m)
{
    return ovf_territory_owns(f->territory, owner, place_at(s, at_m)) !=
           ovf_members_has(&f->now, owner);
}

/** The angle between two directions of lines without sense. */
static double angle_between(double a_deg, double b_deg)
{
    const double difference = fmod(fabs(a_deg - b_deg), 180.0);
    return difference > 90.0 ? 180.0 - difference : difference;
}

static struct ovf_truth_end end_at(const struct following *f, const struct stretch *s,
                                   uint32_t owner, double at_m)
{
    struct ovf_truth_end end = {.known = true};
    double azimuth = 0.0;
    double direction = 0.0;
    geod_position(s->line, at_m, &end.at.lat_deg, &end.at.lon_deg, &azimuth);
    end.at.lon_deg = wrap_deg(end.at.lon_deg);
    const double part = (at_m - s->from_m) / (s->to_m - s->from_m);
    end.t_ns = s->t_ns + (int64_t)floor(part * s->dt_s * (double)OVF_NS_PER_S + 0.5);
    end.angle_deg = 90.0;
    if (ovf_territory_edge_direction(f->territory, owner, end.at, &direction))
        end.angle_deg = angle_between(azimuth, direction);
    return end;
}

/** \p owner seems to change between \p low and \p high: solve it, when it is so. */
static void solve(struct following *f, const struct stretch *s, uint32_t owner, double low,
                  double high)
{
    if (!differs(f, s, owner, high))
        return;
    if (differs(f, s, owner, low))
        low = fmax(s->from_m, low - SLACK_M);
    while (high - low > SOLVED_M) {
        const double middle = low + (high - low) / 2.0;
        if (differs(f, s, owner, middle))
            high = middle;
        else
            low = middle;
    }
    const struct ovf_truth_end end = end_at(f, s, owner, high);
    if (ovf_members_has(&f->now, owner))
        end_passage(f, owner, &end);
    else
        begin_passage(f, owner, &end, s->interval_s);
}

static int compare_metres(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/** Samples beside \p corner, when it lies near the straight line from \p a to \p b. */
static size_t add_corner(double *samples, size_t n, struct ovf_place a, struct ovf_place b,
                         double length_m, struct ovf_place corner)
{
    const double shrink = cos(a.lat_deg * RAD_PER_DEG);
    const double x = wrap_deg(b.lon_deg - a.lon_deg) * shrink * M_PER_DEG;
    const double y = (b.lat_deg - a.lat_deg) * M_PER_DEG;
    const double cx = wrap_deg(corner.lon_deg - a.lon_deg) * shrink * M_PER_DEG;
    const double cy = (corner.lat_deg - a.lat_deg) * M_PER_DEG;
    const double norm = sqrt(x * x + y * y);
    if (!(norm > 0.0) || fabs(cx * y - cy * x) / norm > BESIDE_M)
        return n;
    const double foot_m = (cx * x + cy * y) / norm;
    for (int i = -FINE_STEPS; i <= FINE_STEPS; i++) {
        const double at_m = foot_m + i * FINE_STEP_M;
        if (at_m > 0.0 && at_m < length_m && n < MAX_SAMPLES)
            samples[n++] = at_m;
    }
    return n;
}

/** Where to look between \p a and \p b, \p length_m apart, in order; the last is the end. */
static size_t choose_samples(const struct following *f, struct ovf_place a, struct ovf_place b,
                             double length_m)
{
    struct ovf_place corners[MAX_CORNERS];
    const size_t n_corners =
        ovf_territory_vertices(f->territory, a, b, STRAIGHT_MARGIN_DEG, corners, MAX_CORNERS);
    const int n_steps = (int)ceil(length_m / OVF_TRUTH_STEP_M);
    size_t n = 0;
    for (int i = 1; i <= n_steps; i++)
        f->samples[n++] = length_m * i / n_steps;
    for (size_t i = 0; i < n_corners; i++)
        n = add_corner(f->samples, n, a, b, length_m, corners[i]);
    if (n > (size_t)n_steps)
        qsort(f->samples, n, sizeof *f->samples, compare_metres);
    return n;
}

/** Look at [from_m, to_m], at most STRAIGHT_M, in steps. */
static void look_densely(struct following *f, const struct stretch *s, double from_m, double to_m)
{
    const struct ovf_place a = place_at(s, from_m);
    const struct ovf_place b = place_at(s, to_m);
    uint32_t owners[OVF_TERRITORY_NEIGHBOURS_MAX];
    const size_t n_owners =
        ovf_territory_neighbours(f->territory, a, b, STRAIGHT_MARGIN_DEG, owners);
    if (n_owners == 0)
        return;
    const double length_m = to_m - from_m;
    const double east = wrap_deg(b.lon_deg - a.lon_deg);
    const size_t n = choose_samples(f, a, b, length_m);
    double low = from_m;
    for (size_t i = 0; i < n && f->st == OVF_OK; i++) {
        const double part = f->samples[i] / length_m;
        const double high = from_m + f->samples[i];
        const struct ovf_place at = {a.lat_deg + part * (b.lat_deg - a.lat_deg),
                                     wrap_deg(a.lon_deg + part * east)};
        for (size_t k = 0; k < n_owners; k++) {
            if (ovf_territory_owns(f->territory, owners[k], at) !=
                ovf_members_has(&f->now, owners[k]))
                solve(f, s, owners[k], low, high);
        }
        low = high;
    }
}

static void follow_chunk(struct following *f, const struct stretch *s, double from_m, double to_m)
{
    const struct ovf_place a = place_at(s, from_m);
    const struct ovf_place b = place_at(s, to_m);
    if (!ovf_territory_is_near(f->territory, a, b, MARGIN_DEG))
        return;
    const int n = (int)ceil((to_m - from_m) / STRAIGHT_M);
    for (int i = 0; i < n && f->st == OVF_OK; i++)
        look_densely(f, s, from_m + (to_m - from_m) * i / n,
                     from_m + (to_m - from_m) * (i + 1) / n);
}

static void follow(struct following *f, const struct stretch *s)
{
    const double length_m = s->to_m - s->from_m;
    const int n = (int)ceil(length_m / CHUNK_M);
    for (size_t i = 0; i < f->out->n; i++) {
        struct ovf_truth_passage *const passage = &f->out->items[i];
        if (s->interval_s > passage->longest_interval_s && is_open(f, passage))
            passage->longest_interval_s = s->interval_s;
    }
    for (int i = 0; i < n && f->st == OVF_OK; i++)
        follow_chunk(f, s, s->from_m + length_m * i / n, s->from_m + length_m * (i + 1) / n);
}

static void start(struct following *f, struct ovf_place at)
{
    struct ovf_members here;
    const struct ovf_truth_end unknown = {.known = false};
    f->out->n = 0;
    f->out->consistent = true;
    f->samples = malloc(MAX_SAMPLES * sizeof *f->samples);
    if (f->samples == NULL) {
        f->st = OVF_E_NOMEM;
        return;
    }
    ovf_territory_locate(f->territory, at, &here);
    for (uint32_t k = ovf_members_next(&here, 0); k < OVF_MEMBERS_MAX;
         k = ovf_members_next(&here, k + 1))
        begin_passage(f, k, &unknown, 0.0);
}

static void finish(struct following *f, struct ovf_place at)
{
    struct ovf_members here;
    ovf_territory_locate(f->territory, at, &here);
    f->out->consistent = ovf_members_equal(&here, &f->now);
    free(f->samples);
}

/** Where the polyline through the rows is at \p t_ns, which lies between two of them. */
static struct ovf_place rows_at(const struct ovf_sim_row *rows, size_t n, int64_t t_ns)
{
    size_t low = 0;
    size_t high = n - 1;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (rows[middle].t_ns <= t_ns)
            low = middle;
        else
            high = middle;
    }
    const struct ovf_geodesic geodesic =
        ovf_geodesic_between(ovf_sim_row_point(&rows[low]), ovf_sim_row_point(&rows[high]));
    struct ovf_place place;
    ovf_geodesic_at(&geodesic,
                    ovf_time_seconds(rows[low].t_ns, t_ns) /
                        ovf_time_seconds(rows[low].t_ns, rows[high].t_ns),
                    &place.lat_deg, &place.lon_deg);
    return place;
}

/** How far from its boundary passage \p i began after the one before it through the same state. */
static void measure_excursion(const struct following *f, const struct ovf_sim_row *rows, size_t n,
                              size_t i)
{
    struct ovf_truth_passage *const passage = &f->out->items[i];
    size_t before = i;
    while (before > 0 && f->out->items[before - 1].owner != passage->owner)
        before--;
    if (before == 0)
        return;
    const int64_t from_ns = f->out->items[before - 1].exit.t_ns;
    const double away_s = ovf_time_seconds(from_ns, passage->entry.t_ns);
    if (away_s > OVF_TRUTH_EXCURSION_S)
        return;
    const int n_looks = away_s > 25.0 ? (int)(away_s * 4.0) : 100;
    for (int k = 0; k <= n_looks; k++) {
        const int64_t t_ns =
            from_ns + (int64_t)(away_s * (double)OVF_NS_PER_S * (double)k / n_looks);
        const double d_m =
            ovf_territory_distance_m(f->territory, passage->owner, rows_at(rows, n, t_ns));
        passage->away_m = fmax(passage->away_m, d_m);
    }
}

static struct ovf_place place_of(const struct ovf_sim_row *row)
{
    return (struct ovf_place){row->lat_e6 / 1e6, row->lon_e6 / 1e6};
}

enum ovf_status ovf_truth_of_rows(const struct ovf_territory *territory,
                                  const struct ovf_sim_row *rows, size_t n,
                                  struct ovf_truth_passages *out)
{
    struct following f = {.territory = territory, .out = out};
    out->n = 0;
    if (n == 0)
        return OVF_OK;
    start(&f, place_of(&rows[0]));
    for (size_t i = 1; i < n && f.st == OVF_OK; i++) {
        const struct ovf_point a = ovf_sim_row_point(&rows[i - 1]);
        const struct ovf_point b = ovf_sim_row_point(&rows[i]);
        const double interval_s = ovf_time_seconds(rows[i - 1].t_ns, rows[i].t_ns);
        const bool is_far = ovf_distance_m(a, b) > WHOLE_M;
        /* Rows stand close together: most segments need no line. */
        if (ovf_point_equal(a, b) ||
            (!is_far && !ovf_territory_is_near(territory, place_of(&rows[i - 1]),
                                               place_of(&rows[i]), MARGIN_DEG))) {
            for (size_t k = 0; k < out->n; k++) {
                if (interval_s > out->items[k].longest_interval_s && is_open(&f, &out->items[k]))
                    out->items[k].longest_interval_s = interval_s;
            }
            continue;
        }
        const struct ovf_geodesic geodesic = ovf_geodesic_between(a, b);
        const struct stretch s = {.line = &geodesic.line,
                                  .to_m = geodesic.length_m,
                                  .t_ns = rows[i - 1].t_ns,
                                  .dt_s = interval_s,
                                  .interval_s = interval_s};
        follow(&f, &s);
    }
    finish(&f, place_of(&rows[n - 1]));
    for (size_t i = 0; i < out->n && f.st == OVF_OK; i++)
        measure_excursion(&f, rows, n, i);
    return f.st;
}

static struct ovf_place path_place(const struct ovf_path *path, int64_t after_ns)
{
    struct ovf_path_state state;
    ovf_path_at(path, (double)after_ns / (double)OVF_NS_PER_S, &state);
    return (struct ovf_place){state.lat_deg, state.lon_deg};
}

enum ovf_status ovf_truth_of_path(const struct ovf_territory *territory,
                                  const struct ovf_path *path, int64_t start_ns, int64_t from_ns,
                                  int64_t to_ns, struct ovf_truth_passages *out)
{
    struct following f = {.territory = territory, .out = out};
    const double from_s = ovf_time_seconds(start_ns, from_ns);
    const double to_s = ovf_time_seconds(start_ns, to_ns);
    start(&f, path_place(path, from_ns - start_ns));
    for (size_t i = 0; i + 1 < path->n_nodes && f.st == OVF_OK; i++) {
        const struct ovf_path_node *const node = &path->nodes[i];
        const double begin_s = fmax(node->t_s, from_s);
        const double end_s = fmin(node[1].t_s, to_s);
        const double dt_s = node[1].t_s - node->t_s;
        const struct geod_geodesicline *const line = &path->lines[node->line];
        const double end_m = node[1].line == node->line ? node[1].at_m : line->s13;
        if (!(begin_s < end_s))
            continue;
        const double mps = (end_m - node->at_m) / dt_s;
        const struct stretch s = {
            .line = line,
            .from_m = node->at_m + (begin_s - node->t_s) * mps,
            .to_m = node->at_m + (end_s - node->t_s) * mps,
            .t_ns = start_ns + (int64_t)floor(begin_s * (double)OVF_NS_PER_S + 0.5),
            .dt_s = end_s - begin_s,
        };
        follow(&f, &s);
    }
    finish(&f, path_place(path, to_ns - start_ns));
    return f.st;
}
