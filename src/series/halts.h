/* SPDX-License-Identifier: Apache-2.0 */
/* Halts and resumptions, looked at afterwards: a series is cut where its rate changes (series/segments), and a
 * segment at no more than a fifth of the rate before it is a halt until one exceeds that fifth again.
 *
 * A stretch without flights that is too short to be a segment of its own is "quiet days, not a detected halt": at
 * two flights a day that is the case below some ten days. */
#ifndef OVF_SERIES_HALTS_H
#define OVF_SERIES_HALTS_H

#include "series/rate.h"
#include "series/segments.h"

/** Of the rate before. */
#define OVF_HALT_MAX_RATIO 0.2

/** The penalty of a change is this many times ln(number of days that say something). */
#define OVF_PENALTY_LOG_N 3.0
#define OVF_PENALTY_LOG_N_LOW 2.0 /* and the path from */
#define OVF_PENALTY_LOG_N_HIGH 6.0

struct ovf_halts_options {
    bool knows_dispersion; /* else it is estimated: Poisson below OVF_POISSON_MAX_INDEX */
    double dispersion;     /* >= 0 */
};

/** From one change to the next. */
struct ovf_segment {
    int64_t from_ns; /* its first day that says something; of the first segment, the first of all */
    int64_t until_ns; /* the next one's, or the end of the series */
    size_t n_days;    /* that say something */
    struct ovf_counted counted;
    bool is_halt;
};

enum ovf_change_kind {
    OVF_CHANGE_RISE,
    OVF_CHANGE_FALL,
    OVF_CHANGE_HALT,
    OVF_CHANGE_RESUMPTION,
};

/** "rise", "fall", "halt", "resumption". */
const char *ovf_change_kind_name(enum ovf_change_kind kind);

/** Between segments i and i + 1. */
struct ovf_change {
    enum ovf_change_kind kind;
    int64_t day_ns; /* the first day at the new rate */
    /* The first and the last day that this may be: the profile likelihood falls by 1.92. Days that say nothing before
     * one of them are possible, too. */
    int64_t earliest_ns;
    int64_t latest_ns;
    struct ovf_ratio ratio;
    double p; /* of so few (so many, of a rise or resumption) at the rate of the segment before */
};

/** Days without a flight, outside of halts, with P(0) < OVF_RATE_UNLIKELY at the rate of the rest of the segment. */
struct ovf_quiet {
    int64_t from_ns;
    int64_t until_ns; /* the day of the next flight, or the end of the series */
    size_t n_days;    /* that say something */
    double exposure;
    double p_zero;
};

/** Zero-initialise. */
struct ovf_halts {
    bool is_too_little;               /* not enough days for two segments: nothing is said */
    size_t n_days;                    /* that say something */
    double penalty;                   /* of a change */
    struct ovf_dispersion dispersion; /* as used */
    struct ovf_segment *segments;
    size_t n_segments;
    struct ovf_change *changes; /* n_segments - 1, none when it is too little */
    struct ovf_quiet *quiet;
    size_t n_quiet;
    struct ovf_segments_path
        path; /* with other penalties; its segments count days that say something */
};

void ovf_halts_deinit(struct ovf_halts *halts);

/**
 * \p out is replaced. \p options may be NULL: estimate.
 * \retval OVF_E_RANGE  an exposure or the dispersion is negative, too large or no number; \p out is as it was
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_halts_find(const struct ovf_series *series,
                                             const struct ovf_halts_options *options,
                                             struct ovf_halts *out, struct ovf_error *err);

#endif
