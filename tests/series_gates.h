/* SPDX-License-Identifier: Apache-2.0 */
/* How often changes are found where there are some, and where there are none: 120 days at two flights a day, drawn
 * again and again from seeds. Gates are per mille of the runs. What is found 98 times in 100 misses a gate of 95 % with 50
 * runs at one seed in ten, with 400 at none that was tried (three); docs/validation.md has the figures. */
#ifndef OVF_TESTS_SERIES_GATES_H
#define OVF_TESTS_SERIES_GATES_H

#include "series.h"

#include "series/exposure.h"
#include "series/halts.h"

enum { GATE_DAYS = 120, GATE_HALT = 45, GATE_RATE = 2 };

/** Draws the counts of a series whose days all have data and an exposure of 1. */
typedef void gate_draw(struct ovf_series *series, struct ovf_random *random);

static void draw_constant(struct ovf_series *series, struct ovf_random *random)
{
    series_fly(series, random, GATE_RATE, 0, series->n);
}

static void draw_outage(struct ovf_series *series, struct ovf_random *random)
{
    for (size_t i = 55; i < 65; i++)
        series->days[i].exposure = 0;
    draw_constant(series, random);
}

/** The negative control: it takes the outage for silence. */
static void draw_outage_ignored(struct ovf_series *series, struct ovf_random *random)
{
    draw_outage(series, random);
    for (size_t i = 55; i < 65; i++)
        series->days[i].exposure = 1;
}

static void draw_poor_coverage(struct ovf_series *series, struct ovf_random *random)
{
    for (size_t i = 45; i < 75; i++)
        series->days[i].exposure = 0.4;
    draw_constant(series, random);
}

static void draw_growing_coverage(struct ovf_series *series, struct ovf_random *random)
{
    for (size_t i = 0; i < series->n; i++)
        series->days[i].exposure = 0.4 + 0.6 * (double)i / (double)(series->n - 1);
    draw_constant(series, random);
}

/** Nothing is known of the exposure but what forty flights of others a day, fewer on weekends, show of it. */
static void expose_by_control(struct ovf_series *series, struct ovf_random *random)
{
    struct ovf_control_day control[GATE_DAYS];
    for (size_t i = 0; i < series->n; i++) {
        const double usual = ovf_series_weekday(series, i) < 5 ? 40 : 28;
        control[i] =
            (struct ovf_control_day){true, draw_poisson(random, usual * series->days[i].exposure)};
    }
    ovf_series_expose(series, control);
}

static void draw_outage_by_control(struct ovf_series *series, struct ovf_random *random)
{
    draw_outage(series, random);
    expose_by_control(series, random);
}

static void draw_poor_coverage_by_control(struct ovf_series *series, struct ovf_random *random)
{
    draw_poor_coverage(series, random);
    expose_by_control(series, random);
}

/** Longer than the weeks that "usual" is made of. */
static void draw_long_poor_coverage_by_control(struct ovf_series *series, struct ovf_random *random)
{
    for (size_t i = 60; i < 105; i++)
        series->days[i].exposure = 0.4;
    draw_constant(series, random);
    expose_by_control(series, random);
}

/** Half on weekends, two a day on average. */
static void draw_weekly(struct ovf_series *series, struct ovf_random *random)
{
    for (size_t i = 0; i < series->n; i++)
        series_fly(series, random, ovf_series_weekday(series, i) < 5 ? 14.0 / 6 : 7.0 / 6, i,
                   i + 1);
}

static void draw_dispersed(struct ovf_series *series, struct ovf_random *random)
{
    for (size_t i = 0; i < series->n; i++)
        series->days[i].n = draw_geometric(random, GATE_RATE);
}

static void draw_halt(struct ovf_series *series, struct ovf_random *random, size_t n_days)
{
    draw_constant(series, random);
    for (size_t i = GATE_HALT; i < GATE_HALT + n_days; i++)
        series->days[i].n = 0;
}

static void draw_halt_7(struct ovf_series *series, struct ovf_random *random)
{
    draw_halt(series, random, 7);
}

static void draw_halt_10(struct ovf_series *series, struct ovf_random *random)
{
    draw_halt(series, random, 10);
}

static void draw_halt_14(struct ovf_series *series, struct ovf_random *random)
{
    draw_halt(series, random, 14);
}

static void draw_halt_30(struct ovf_series *series, struct ovf_random *random)
{
    draw_halt(series, random, 30);
}

struct gate {
    const char *name;
    gate_draw *draw;
    bool
        is_halt; /* counted: a halt that begins within two days of GATE_HALT; else: no change at all */
    struct ovf_halts_options options;
    int least_permille;
    int most_permille;
};

static const struct gate gates[] = {
    {"constant", draw_constant, false, {false, 0}, 970, 1000},
    {"outage", draw_outage, false, {false, 0}, 970, 1000},
    {"outage, exposure ignored", draw_outage_ignored, false, {false, 0}, 0, 50},
    {"coverage at 40 %", draw_poor_coverage, false, {false, 0}, 970, 1000},
    {"coverage growing", draw_growing_coverage, false, {false, 0}, 970, 1000},
    {"weekly cycle", draw_weekly, false, {false, 0}, 970, 1000},
    {"dispersed, Poisson", draw_dispersed, false, {true, 0}, 0, 650},
    {"dispersed, known", draw_dispersed, false, {true, 1}, 970, 1000},
    {"dispersed, estimated", draw_dispersed, false, {false, 0}, 950, 1000},
    {"halt of 7 days", draw_halt_7, true, {false, 0}, 400, 700},
    {"halt of 10 days", draw_halt_10, true, {false, 0}, 950, 1000},
    {"halt of 14 days", draw_halt_14, true, {false, 0}, 950, 1000},
    {"halt of 30 days", draw_halt_30, true, {false, 0}, 950, 1000},
    {"outage, by control traffic", draw_outage_by_control, false, {false, 0}, 970, 1000},
    {"coverage at 40 %, by control traffic",
     draw_poor_coverage_by_control,
     false,
     {false, 0},
     970,
     1000},
    {"45 days of coverage at 40 %, by control traffic",
     draw_long_poor_coverage_by_control,
     false,
     {false, 0},
     970,
     1000},
};

static inline bool gate_finds(const struct gate *gate, const struct ovf_halts *halts)
{
    if (!gate->is_halt)
        return halts->n_segments == 1;
    for (size_t i = 0; i + 1 < halts->n_segments; i++) {
        const int64_t off_ns =
            halts->changes[i].day_ns - SERIES_BEGIN_NS - GATE_HALT * OVF_NS_PER_DAY;
        if (halts->changes[i].kind == OVF_CHANGE_HALT && off_ns >= -2 * OVF_NS_PER_DAY &&
            off_ns <= 2 * OVF_NS_PER_DAY)
            return true;
    }
    return false;
}

static inline void check_gate(const struct gate *gate, size_t number, int n_runs)
{
    int n_found = 0;
    for (int run = 0; run < n_runs; run++) {
        struct ovf_random random = ovf_random_stream((uint64_t)run, number, 7);
        struct ovf_series series = series_of_days(GATE_DAYS);
        struct ovf_halts halts = {0};
        gate->draw(&series, &random);
        assert_int_equal(ovf_halts_find(&series, &gate->options, &halts, NULL), OVF_OK);
        n_found += gate_finds(gate, &halts) ? 1 : 0;
        ovf_halts_deinit(&halts);
        ovf_series_deinit(&series);
    }
    print_message("%s: %d of %d\n", gate->name, n_found, n_runs);
    assert_true(n_found * 1000 >= gate->least_permille * n_runs);
    assert_true(n_found * 1000 <= gate->most_permille * n_runs);
}

/** Every \p step-th. */
static inline void check_gates(int n_runs, size_t step)
{
    for (size_t i = 0; i < sizeof gates / sizeof *gates; i += step)
        check_gate(&gates[i], i, n_runs);
}

#endif
