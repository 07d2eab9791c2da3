/* SPDX-License-Identifier: Apache-2.0 */
/* Did a dated request have an effect: an interrupted time series (Lopez Bernal, Cummins, Gasparrini 2017,
 * doi:10.1093/ije/dyw098) with a model that is stated before the data are looked at:
 *
 *     ln E[n] = ln exposure + level + trend + weekday + step after t0 + change of trend after t0
 *
 * negative binomial (NB2), with Newey-West errors. Whether that says more than any other date is asked of the
 * same model at every other admissible date (placebos). A series can say that a change coincided with a date or
 * followed it, never that one brought about the other. */
#ifndef OVF_SERIES_EFFECT_H
#define OVF_SERIES_EFFECT_H

#include "series/halts.h"

/** Fewer placebo dates than these cannot give a rank below 0.05. */
enum { OVF_EFFECT_MIN_PLACEBOS = 19 };
#define OVF_EFFECT_RANK 0.05

/** Days that say something, for the model to be fitted at all. */
enum { OVF_EFFECT_MIN_DAYS_BEFORE = 28, OVF_EFFECT_MIN_DAYS_AFTER = 14 };

/** To be written down before the data are read. */
struct ovf_effect_model {
    int64_t t0_ns;          /* midnight of the first day on which it can have had an effect */
    unsigned n_days_before; /* that the model is fitted to: 28 to OVF_SERIES_MAX_DAYS */
    unsigned n_days_after;  /* from t0 on: 14 to OVF_SERIES_MAX_DAYS */
    unsigned
        n_days_near; /* a change from t0 to so many days after coincides with it: what lies before does not */
    unsigned lag_days; /* of Newey-West; at most 28 */
};

/** 56 days before, 28 after, 14 near, lag 7. */
struct ovf_effect_model ovf_effect_model_at(int64_t t0_ns);

enum ovf_effect_verdict {
    OVF_EFFECT_TOO_LITTLE, /* data before or after, or nothing was counted before */
    OVF_EFFECT_NOTHING,    /* no change of the series is near */
    OVF_EFFECT_COINCIDED,  /* one is, and no more can be said */
    /* And none of the days that it may have been lies before t0, and it exceeds what placebo dates show: rank p at
     * most OVF_EFFECT_RANK, 1 not in the ratio's interval, nor passed without any one week, no other change in the
     * window. */
    OVF_EFFECT_FOLLOWED,
};

/** "too_little_data", "coincided_with_nothing", "coincided_with", "followed". */
const char *ovf_effect_verdict_name(enum ovf_effect_verdict verdict);

/** One day of the window. */
struct ovf_effect_day {
    bool tells;
    double fitted; /* the expected count, with the day's exposure; 0 when it tells nothing */
    double counterfactual; /* without step and change of trend; the same before t0 */
};

/** Zero-initialise. */
struct ovf_effect {
    enum ovf_effect_verdict verdict;
    size_t n_days_before; /* that say something */
    size_t n_days_after;
    double dispersion; /* NB2: variance = mean + dispersion mean^2 */
    /* The rate to the counterfactual's, 95 %: in the middle of the days after, just after t0, and the change of that
     * per week. When nothing was counted after t0: 0 up to where that has P = 2.5 %, twice; 1 from 0 to INFINITY. */
    struct ovf_ratio ratio;
    struct ovf_ratio step;
    struct ovf_ratio trend;
    double observed_after; /* counts from t0 on, and what the counterfactual line adds up to */
    double expected_after;
    double gain; /* in deviance, by step and change of trend */
    size_t n_placebos;
    size_t n_as_large; /* of those, with a gain as large */
    double rank_p;     /* (n_as_large + 1) / (n_placebos + 1) */
    double ratio_min;  /* the ratio when any one week is left out */
    double ratio_max;
    bool has_change;          /* of the series near t0 (series/halts) */
    struct ovf_change change; /* which */
    size_t n_other_changes;   /* in the window: then the model does not fit it */
    int64_t window_ns;        /* the first day of the window */
    struct ovf_effect_day *days;
    size_t n_days;
};

void ovf_effect_deinit(struct ovf_effect *effect);

/**
 * \param[in]  series  a window that reaches over its ends is cut to it
 * \param[in]  halts   what ovf_halts_find says of the same series
 * \param[in]  model
 * \param[out] out     replaced
 * \retval OVF_E_RANGE  the model is outside of its limits, or the series as in ovf_halts_find
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_effect_find(const struct ovf_series *series,
                                              const struct ovf_halts *halts,
                                              const struct ovf_effect_model *model,
                                              struct ovf_effect *out, struct ovf_error *err);

enum { OVF_EFFECT_PHRASE_SIZE = 256 };

/** What may be said, whole: "a halt on 2012-03-20 (between 2012-03-20 and 2012-03-21) coincided with the request",
 * "... followed the request, and exceeded placebo changes (rank p = 0.012)", "no change was found near: the request
 * coincided with nothing", "too little data to say". */
void ovf_effect_phrase(const struct ovf_effect *effect, char text[OVF_EFFECT_PHRASE_SIZE]);

#endif
