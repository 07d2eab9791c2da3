/* SPDX-License-Identifier: Apache-2.0 */
#include "series/effect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/logs.h"
#include "base/number.h"
#include "base/time.h"
#include "series/regression.h"

/* The terms of the model. */
enum { LEVEL, TREND, TUESDAY, STEP = TUESDAY + 6, TREND_AFTER, N_TERMS };

static const double normal_97_5 = 1.9599639845400542;

enum { MAX_LAG_DAYS = 28, WEEK = 7, CHANGE_PHRASE_SIZE = 96 };

struct ovf_effect_model ovf_effect_model_at(int64_t t0_ns)
{
    return (struct ovf_effect_model){
        .t0_ns = t0_ns, .n_days_before = 56, .n_days_after = 28, .n_days_near = 14, .lag_days = 7};
}

const char *ovf_effect_verdict_name(enum ovf_effect_verdict verdict)
{
    static const char *const names[] = {[OVF_EFFECT_TOO_LITTLE] = "too_little_data",
                                        [OVF_EFFECT_NOTHING] = "coincided_with_nothing",
                                        [OVF_EFFECT_COINCIDED] = "coincided_with",
                                        [OVF_EFFECT_FOLLOWED] = "followed"};
    return names[verdict];
}

void ovf_effect_deinit(struct ovf_effect *effect)
{
    free(effect->days);
    *effect = (struct ovf_effect){0};
}

/* ---- one window ---- */

/** The days that a model is fitted to, all of them in the series. */
struct window {
    const struct ovf_series *series;
    size_t from;
    size_t at; /* the first day after */
    size_t until;
    struct ovf_regression_row *rows; /* room for all */
};

/** One date's fits. */
struct fit {
    struct ovf_regression plain; /* without step and change of trend */
    struct ovf_regression full;
};

static void fill_rows(const struct window *window)
{
    for (size_t i = window->from; i < window->until; i++) {
        const struct ovf_series_day *day = &window->series->days[i];
        struct ovf_regression_row *row = &window->rows[i - window->from];
        const unsigned weekday = ovf_series_weekday(window->series, i);
        const double weeks = ((double)i - (double)window->at) / WEEK;
        *row = (struct ovf_regression_row){.is_used = ovf_series_day_tells(day), .n = day->n};
        row->offset = row->is_used ? ovf_log(day->exposure) : 0;
        row->x[LEVEL] = 1;
        row->x[TREND] = weeks;
        if (weekday > 0)
            row->x[TUESDAY + weekday - 1] = 1;
        row->x[STEP] = i >= window->at ? 1 : 0;
        row->x[TREND_AFTER] = i >= window->at ? weeks : 0;
    }
}

/** Telling days in [\p from, \p until), and what they count. */
static size_t count_days(const struct ovf_series *series, size_t from, size_t until, double *n)
{
    size_t n_days = 0;
    *n = 0;
    for (size_t i = from; i < until; i++) {
        if (!ovf_series_day_tells(&series->days[i]))
            continue;
        n_days++;
        *n += series->days[i].n;
    }
    return n_days;
}

static bool is_enough(const struct window *window)
{
    double before;
    double after;
    return count_days(window->series, window->from, window->at, &before) >=
               OVF_EFFECT_MIN_DAYS_BEFORE &&
           count_days(window->series, window->at, window->until, &after) >=
               OVF_EFFECT_MIN_DAYS_AFTER &&
           before > 0;
}

/** The dispersion is that about the means of a Poisson fit. */
static bool fit_window(const struct window *window, struct fit *fit)
{
    const size_t n = window->until - window->from;
    fill_rows(window);
    if (!ovf_regression_fit(window->rows, n, N_TERMS, 0, &fit->full))
        return false;
    const double dispersion = ovf_regression_dispersion(&fit->full, window->rows, n);
    return ovf_regression_fit(window->rows, n, N_TERMS, dispersion, &fit->full) &&
           ovf_regression_fit(window->rows, n, STEP, dispersion, &fit->plain);
}

static double gain_of(const struct fit *fit)
{
    return 2 * (fit->full.log_likelihood - fit->plain.log_likelihood);
}

/** The mean without step and change of trend. */
static double counterfactual(const struct fit *fit, const struct ovf_regression_row *row)
{
    struct ovf_regression without = fit->full;
    without.n_terms = STEP;
    return ovf_regression_mean(&without, row);
}

/* ---- what the fit says ---- */

/** ln P(nothing from the date on), were the rate \p ratio times the counterfactual. */
static double log_p_nothing(const struct window *window, const struct fit *fit, double ratio)
{
    const double d = fit->full.dispersion;
    double sum = 0;
    for (size_t i = window->at; i < window->until; i++) {
        const struct ovf_regression_row *row = &window->rows[i - window->from];
        if (!row->is_used)
            continue;
        const double mean = ratio * counterfactual(fit, row);
        sum -= d > 0 ? ovf_log1p(d * mean) / d : mean;
    }
    return sum;
}

/** Of nothing at all, the likelihood has no top: the greatest ratio with P(nothing) >= 2.5 %. */
static struct ovf_ratio ratio_of_nothing(const struct window *window, const struct fit *fit)
{
    enum { N_STEPS = 60 };
    static const double log_p = -3.6888794541139363; /* ln 0.025 */
    double low = 0;
    double high = 1;
    while (log_p_nothing(window, fit, high) > log_p && high < 1e300) {
        low = high;
        high *= 2;
    }
    for (int i = 0; i < N_STEPS; i++) {
        const double middle = low + (high - low) / 2;
        if (log_p_nothing(window, fit, middle) > log_p)
            low = middle;
        else
            high = middle;
    }
    return (struct ovf_ratio){0, 0, high};
}

/** Weeks from the date to the middle of what is told after it. */
static double middle_after(const struct window *window)
{
    double sum = 0;
    double n = 0;
    for (size_t i = 0; i < window->until - window->from; i++) {
        const struct ovf_regression_row *row = &window->rows[i];
        const double is_after = row->is_used ? row->x[STEP] : 0;
        sum += is_after * row->x[TREND_AFTER];
        n += is_after;
    }
    return n > 0 ? sum / n : 0;
}

/** The ratio to the counterfactual \p weeks after the date. */
static double ratio_at(const struct ovf_regression *full, double weeks)
{
    return ovf_exp(full->coefficients[STEP] + weeks * full->coefficients[TREND_AFTER]);
}

static struct ovf_ratio combination(const struct window *window, const struct fit *fit, size_t lag,
                                    double step, double trend)
{
    const double weights[OVF_REGRESSION_MAX_TERMS] = {[STEP] = step, [TREND_AFTER] = trend};
    const double sum =
        step * fit->full.coefficients[STEP] + trend * fit->full.coefficients[TREND_AFTER];
    const double error =
        normal_97_5 *
        ovf_regression_error(&fit->full, window->rows, window->until - window->from, lag, weights);
    return (struct ovf_ratio){ovf_exp(sum), ovf_exp(sum - error), ovf_exp(sum + error)};
}

static void find_ratios(const struct window *window, const struct fit *fit, size_t lag,
                        struct ovf_effect *out)
{
    if (!(out->observed_after > 0)) {
        out->ratio = ratio_of_nothing(window, fit);
        out->step = out->ratio;
        out->trend = (struct ovf_ratio){1, 0, INFINITY};
        return;
    }
    out->ratio = combination(window, fit, lag, 1, middle_after(window));
    out->step = combination(window, fit, lag, 1, 0);
    out->trend = combination(window, fit, lag, 0, 1);
}

static enum ovf_status draw_lines(const struct window *window, const struct fit *fit,
                                  struct ovf_effect *out)
{
    out->n_days = window->until - window->from;
    out->days = calloc(out->n_days, sizeof *out->days);
    if (out->days == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < out->n_days; i++) {
        const struct ovf_regression_row *row = &window->rows[i];
        if (!row->is_used)
            continue;
        out->days[i] = (struct ovf_effect_day){true, ovf_regression_mean(&fit->full, row),
                                               counterfactual(fit, row)};
        if (window->from + i >= window->at)
            out->expected_after += out->days[i].counterfactual;
    }
    return OVF_OK;
}

/** Leave out each week in turn, counted from the date. */
static void leave_weeks_out(const struct window *window, const struct fit *fit,
                            struct ovf_effect *out)
{
    const size_t n = window->until - window->from;
    const size_t before = window->at - window->from;
    const double weeks = middle_after(window);
    out->ratio_min = out->ratio.ratio;
    out->ratio_max = out->ratio.ratio;
    if (!(out->observed_after > 0))
        return;
    for (size_t first = before % WEEK; first < n; first += WEEK) {
        struct ovf_regression without;
        fill_rows(window);
        for (size_t i = first; i < n && i < first + WEEK; i++)
            window->rows[i].is_used = false;
        if (!ovf_regression_fit(window->rows, n, N_TERMS, fit->full.dispersion, &without))
            continue;
        const double ratio = ratio_at(&without, weeks);
        out->ratio_min = ratio < out->ratio_min ? ratio : out->ratio_min;
        out->ratio_max = ratio > out->ratio_max ? ratio : out->ratio_max;
    }
    fill_rows(window);
}

/* ---- placebo dates ---- */

/** Windows of the same form wholly before the date, or wholly from it on: the change itself is in none. */
static void ask_placebos(const struct window *window, struct ovf_effect *out)
{
    const size_t before = window->at - window->from;
    const size_t after = window->until - window->at;
    for (size_t at = before; at + after <= window->series->n; at++) {
        struct fit fit;
        struct window placebo = *window;
        placebo.from = at - before;
        placebo.at = at;
        placebo.until = at + after;
        if (placebo.until > window->at && placebo.from < window->at)
            continue;
        if (!is_enough(&placebo) || !fit_window(&placebo, &fit))
            continue;
        out->n_placebos++;
        out->n_as_large += gain_of(&fit) >= out->gain ? 1 : 0;
    }
    out->rank_p = (double)(out->n_as_large + 1) / (double)(out->n_placebos + 1);
}

/* ---- verdict ---- */

/** Of the changes in the window, the first that may lie on one of the days from the date on is the one near. */
static void find_change(const struct window *window, const struct ovf_halts *halts,
                        const struct ovf_effect_model *model, struct ovf_effect *out)
{
    const int64_t near_ns = (int64_t)model->n_days_near * OVF_NS_PER_DAY;
    const int64_t from_ns = ovf_series_day_ns(window->series, window->from);
    const int64_t until_ns = ovf_series_day_ns(window->series, window->until);
    for (size_t i = 0; i + 1 < halts->n_segments; i++) {
        const struct ovf_change *change = &halts->changes[i];
        if (change->latest_ns < from_ns || change->earliest_ns >= until_ns)
            continue;
        if (!out->has_change && change->latest_ns >= model->t0_ns &&
            change->earliest_ns - model->t0_ns <= near_ns) {
            out->has_change = true;
            out->change = *change;
        } else {
            out->n_other_changes++;
        }
    }
}

/** Whether both numbers are on the same side of 1. */
static bool on_one_side(double low, double high)
{
    return low > 1 || high < 1;
}

static enum ovf_effect_verdict verdict_of(const struct ovf_effect *effect, int64_t t0_ns)
{
    if (!effect->has_change)
        return OVF_EFFECT_NOTHING;
    if (effect->change.earliest_ns < t0_ns || effect->n_placebos < OVF_EFFECT_MIN_PLACEBOS ||
        effect->rank_p > OVF_EFFECT_RANK || effect->n_other_changes > 0 ||
        !on_one_side(effect->ratio.low, effect->ratio.high) ||
        !on_one_side(effect->ratio_min, effect->ratio_max))
        return OVF_EFFECT_COINCIDED;
    return OVF_EFFECT_FOLLOWED;
}

static enum ovf_status judge(const struct window *window, const struct ovf_halts *halts,
                             const struct ovf_effect_model *model, struct ovf_effect *out)
{
    struct fit fit;
    double counted_before;
    out->n_days_before = count_days(window->series, window->from, window->at, &counted_before);
    out->n_days_after = count_days(window->series, window->at, window->until, &out->observed_after);
    out->window_ns = ovf_series_day_ns(window->series, window->from);
    if (!is_enough(window) || !fit_window(window, &fit))
        return OVF_OK;
    find_change(window, halts, model, out);
    out->dispersion = fit.full.dispersion;
    out->gain = gain_of(&fit);
    const enum ovf_status st = draw_lines(window, &fit, out);
    if (st != OVF_OK)
        return st;
    find_ratios(window, &fit, model->lag_days, out);
    leave_weeks_out(window, &fit, out);
    ask_placebos(window, out);
    out->verdict = verdict_of(out, model->t0_ns);
    return OVF_OK;
}

static bool is_model(const struct ovf_effect_model *model)
{
    return model->t0_ns == ovf_time_day(model->t0_ns) &&
           model->n_days_before >= OVF_EFFECT_MIN_DAYS_BEFORE &&
           model->n_days_before <= OVF_SERIES_MAX_DAYS &&
           model->n_days_after >= OVF_EFFECT_MIN_DAYS_AFTER &&
           model->n_days_after <= OVF_SERIES_MAX_DAYS &&
           model->n_days_near <= OVF_SERIES_MAX_DAYS && model->lag_days <= MAX_LAG_DAYS;
}

/** Cut to the series; a date outside of it leaves nothing on one side. */
static struct window window_of(const struct ovf_series *series,
                               const struct ovf_effect_model *model)
{
    const struct ovf_series_day *day = ovf_series_day_at(series, model->t0_ns);
    struct window window = {series, 0, 0, 0, NULL};
    if (day == NULL)
        return window;
    window.at = (size_t)(day - series->days);
    window.from = window.at > model->n_days_before ? window.at - model->n_days_before : 0;
    window.until =
        series->n - window.at > model->n_days_after ? window.at + model->n_days_after : series->n;
    return window;
}

enum ovf_status ovf_effect_find(const struct ovf_series *series, const struct ovf_halts *halts,
                                const struct ovf_effect_model *model, struct ovf_effect *out,
                                struct ovf_error *err)
{
    struct ovf_effect found = {0};
    enum ovf_status st = ovf_series_check(series, err);
    if (st != OVF_OK)
        return st;
    if (!is_model(model))
        return ovf_error_set(err, OVF_E_RANGE, "the model of an effect is outside of its limits");
    struct window window = window_of(series, model);
    window.rows = calloc(window.until - window.from + 1, sizeof *window.rows);
    st = window.rows == NULL ? OVF_E_NOMEM : judge(&window, halts, model, &found);
    if (st != OVF_OK) {
        ovf_error_set(err, st, "out of memory");
        goto out;
    }
    ovf_effect_deinit(out);
    *out = found;
    found = (struct ovf_effect){0}; /* now out's */
out:
    free(window.rows);
    ovf_effect_deinit(&found);
    return st;
}

/** "a halt on 2012-03-20 (between 2012-03-20 and 2012-03-21)" */
static void phrase_change(const struct ovf_change *change, char text[CHANGE_PHRASE_SIZE])
{
    char day[OVF_TIME_SIZE];
    char from[OVF_TIME_SIZE];
    char to[OVF_TIME_SIZE];
    ovf_time_format(change->day_ns, 0, day);
    ovf_time_format(change->earliest_ns, 0, from);
    ovf_time_format(change->latest_ns, 0, to);
    (void)snprintf(text, CHANGE_PHRASE_SIZE, "a %s on %.10s (between %.10s and %.10s)",
                   ovf_change_kind_name(change->kind), day, from, to);
}

void ovf_effect_phrase(const struct ovf_effect *effect, char text[OVF_EFFECT_PHRASE_SIZE])
{
    char change[CHANGE_PHRASE_SIZE] = "";
    char p[OVF_NUMBER_SIZE];
    if (effect->has_change)
        phrase_change(&effect->change, change);
    switch (effect->verdict) {
    case OVF_EFFECT_TOO_LITTLE:
        (void)snprintf(text, OVF_EFFECT_PHRASE_SIZE, "too little data to say");
        break;
    case OVF_EFFECT_NOTHING:
        (void)snprintf(text, OVF_EFFECT_PHRASE_SIZE,
                       "no change was found near: the request coincided with nothing");
        break;
    case OVF_EFFECT_COINCIDED:
        (void)snprintf(text, OVF_EFFECT_PHRASE_SIZE, "%s coincided with the request", change);
        break;
    case OVF_EFFECT_FOLLOWED:
        ovf_number_format(effect->rank_p, 3, p);
        (void)snprintf(text, OVF_EFFECT_PHRASE_SIZE,
                       "%s followed the request, and exceeded placebo changes (rank p = %s)",
                       change, p);
        break;
    }
}
