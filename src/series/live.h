/* SPDX-License-Identifier: Apache-2.0 */
/* Halts and resumptions as they happen, by run length. What is said of a day does not depend on later days, if its
 * exposure does not (ovf_series_expose_live). A day belongs to the series when it is over.
 *
 * The old rate is that of the 56 days that say something before the days without a flight, its uncertainty
 * counted in. When two or more days without a flight had P(0) < 1e-3 at that rate, it is a halt. The first flight
 * then is told at once; the flights are back when so many since it would have had P < 1e-3 at a fifth of the
 * old rate, and the halt goes on when so few had at the old rate. Poisson or negative binomial as in
 * series/halts, by the dispersion of the same 56 days. */
#ifndef OVF_SERIES_LIVE_H
#define OVF_SERIES_LIVE_H

#include "series/rate.h"

enum {
    OVF_LIVE_DAYS = 56,     /* before the quiet ones */
    OVF_LIVE_MIN_DAYS = 14, /* fewer are no rate */
    OVF_LIVE_MIN_COUNT = 5, /* and so are fewer flights */
};

enum ovf_live_state {
    OVF_LIVE_TOO_LITTLE, /* no old rate is known yet */
    OVF_LIVE_FLYING,
    OVF_LIVE_HALTED,
    OVF_LIVE_RETURNING, /* there was a flight after a halt, not yet enough of them */
};

/** "too_little_data", "flying", "halted", "returning". */
const char *ovf_live_state_name(enum ovf_live_state state);

enum ovf_live_alert_kind {
    OVF_LIVE_ALERT_HALT,
    OVF_LIVE_ALERT_FIRST_FLIGHT, /* after a halt */
    OVF_LIVE_ALERT_RESUMED,
    OVF_LIVE_ALERT_STILL_HALTED, /* the flights after the first are too few */
};

/** "halt", "first_flight", "resumed", "still_halted". */
const char *ovf_live_alert_kind_name(enum ovf_live_alert_kind kind);

struct ovf_live_alert {
    enum ovf_live_alert_kind kind;
    int64_t day_ns;   /* with whose data it could be said */
    int64_t since_ns; /* the first quiet day; of what follows a halt, the first flight's */
    size_t n_days;    /* since then, that say something */
    struct ovf_counted since;
    struct ovf_counted before; /* the old rate */
    int64_t before_ns;         /* the first of its days; of all while it is not known */
    double dispersion;
    double p; /* of such a count, at the old rate or the fifth; 1 for the first flight */
};

/** Zero-initialise. */
struct ovf_live {
    enum ovf_live_state state; /* at the end of the series */
    /* Flying: the quiet days until now (n_days may be 0), and their P(0). Else the halt's or the return's days. */
    struct ovf_live_alert now;
    double exposure_needed; /* without a flight from the last one on, for a halt; flying only */
    struct ovf_live_alert *alerts;
    size_t n;
    size_t capacity;
};

void ovf_live_deinit(struct ovf_live *live);

/** Judge each day in turn; \p live is replaced. \retval OVF_E_RANGE  as in ovf_halts_find \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_live_judge(const struct ovf_series *series, struct ovf_live *live,
                                             struct ovf_error *err);

#endif
