/* SPDX-License-Identifier: Apache-2.0 */
#include "series/live.h"

#include <stdlib.h>

#include "base/array.h"
#include "series/segments.h"

/* "Back" is more than a halt's most: a fifth of the old rate. */
static const double fifth = 0.2;

enum { MIN_QUIET_DAYS = 2 };

const char *ovf_live_state_name(enum ovf_live_state state)
{
    static const char *const names[] = {[OVF_LIVE_TOO_LITTLE] = "too_little_data",
                                        [OVF_LIVE_FLYING] = "flying",
                                        [OVF_LIVE_HALTED] = "halted",
                                        [OVF_LIVE_RETURNING] = "returning"};
    return names[state];
}

const char *ovf_live_alert_kind_name(enum ovf_live_alert_kind kind)
{
    static const char *const names[] = {[OVF_LIVE_ALERT_HALT] = "halt",
                                        [OVF_LIVE_ALERT_FIRST_FLIGHT] = "first_flight",
                                        [OVF_LIVE_ALERT_RESUMED] = "resumed",
                                        [OVF_LIVE_ALERT_STILL_HALTED] = "still_halted"};
    return names[kind];
}

void ovf_live_deinit(struct ovf_live *live)
{
    free(live->alerts);
    *live = (struct ovf_live){0};
}

/** The days are telling days. */
struct watch {
    const struct ovf_series *series;
    const struct ovf_telling *telling;
    size_t flying_since; /* no rate reaches back before it */
    size_t since;        /* flying: of the quiet days; returning: the first flight */
    size_t halted_since;
    bool knows_rate;
    struct ovf_counted before; /* the old rate */
    size_t before_from;        /* its first day */
    double dispersion;
};

/** The old rate is that of the days before the quiet ones, once they are enough. */
static void learn_rate(struct watch *watch)
{
    size_t from = watch->flying_since;
    if (watch->since - from > OVF_LIVE_DAYS)
        from = watch->since - OVF_LIVE_DAYS;
    const struct ovf_counted counted = ovf_telling_sum(watch->telling, from, watch->since);
    if (watch->since - from < OVF_LIVE_MIN_DAYS || counted.n < OVF_LIVE_MIN_COUNT)
        return;
    watch->knows_rate = true;
    watch->before = counted;
    watch->before_from = from;
    watch->dispersion = ovf_dispersion_estimate(watch->series, watch->telling->days[from],
                                                watch->telling->days[watch->since - 1] + 1)
                            .dispersion;
}

/** What there is since \p since, until telling day \p i with it. */
static struct ovf_live_alert stretch(const struct watch *watch, enum ovf_live_alert_kind kind,
                                     size_t since, size_t i)
{
    struct ovf_live_alert alert = {
        .kind = kind,
        .day_ns = ovf_series_day_ns(watch->series, watch->telling->days[i]),
        .since_ns = ovf_series_day_ns(watch->series,
                                      since <= i ? watch->telling->days[since] : watch->series->n),
        .n_days = i + 1 - since,
        .since = ovf_telling_sum(watch->telling, since, i + 1),
        .before = watch->before,
        .before_ns = ovf_series_day_ns(watch->series, watch->telling->days[watch->before_from]),
        .dispersion = watch->dispersion,
        .p = 1,
    };
    if (watch->knows_rate)
        alert.p = ovf_rate_p_at_most(alert.before, alert.dispersion, alert.since.exposure,
                                     (uint32_t)alert.since.n);
    return alert;
}

static enum ovf_status tell(struct ovf_live *live, const struct ovf_live_alert *alert)
{
    struct ovf_live_alert *alerts =
        ovf_array_reserve(live->alerts, &live->capacity, live->n + 1, sizeof *alerts);
    if (alerts == NULL)
        return OVF_E_NOMEM;
    live->alerts = alerts;
    alerts[live->n++] = *alert;
    return OVF_OK;
}

static enum ovf_status while_flying(struct watch *watch, struct ovf_live *live, size_t i)
{
    if (ovf_telling_sum(watch->telling, i, i + 1).n > 0) {
        watch->since = i + 1;
        learn_rate(watch);
    }
    live->now = stretch(watch, OVF_LIVE_ALERT_HALT, watch->since, i);
    live->state = watch->knows_rate ? OVF_LIVE_FLYING : OVF_LIVE_TOO_LITTLE;
    if (live->now.n_days < MIN_QUIET_DAYS || live->now.p >= OVF_RATE_UNLIKELY)
        return OVF_OK;
    live->state = OVF_LIVE_HALTED;
    watch->halted_since = watch->since;
    return tell(live, &live->now);
}

static enum ovf_status while_returning(struct watch *watch, struct ovf_live *live, size_t i)
{
    live->now = stretch(watch, OVF_LIVE_ALERT_STILL_HALTED, watch->since, i);
    if (live->now.p < OVF_RATE_UNLIKELY) {
        live->state = OVF_LIVE_HALTED;
        return tell(live, &live->now);
    }
    const double p_back =
        ovf_rate_p_at_least(watch->before, watch->dispersion, fifth * live->now.since.exposure,
                            (uint32_t)live->now.since.n);
    if (p_back >= OVF_RATE_UNLIKELY)
        return OVF_OK;
    live->now.kind = OVF_LIVE_ALERT_RESUMED;
    live->now.p = p_back;
    live->state = OVF_LIVE_FLYING;
    watch->flying_since = watch->since;
    watch->since = i + 1;
    return tell(live, &live->now);
}

static enum ovf_status while_halted(struct watch *watch, struct ovf_live *live, size_t i)
{
    live->now = stretch(watch, OVF_LIVE_ALERT_HALT, watch->halted_since, i);
    if (!(ovf_telling_sum(watch->telling, i, i + 1).n > 0))
        return OVF_OK;
    watch->since = i;
    live->state = OVF_LIVE_RETURNING;
    live->now = stretch(watch, OVF_LIVE_ALERT_FIRST_FLIGHT, i, i);
    live->now.p = 1;
    const enum ovf_status st = tell(live, &live->now);
    return st == OVF_OK ? while_returning(watch, live, i) : st;
}

static enum ovf_status judge_day(struct watch *watch, struct ovf_live *live, size_t i)
{
    switch (live->state) {
    case OVF_LIVE_HALTED:
        return while_halted(watch, live, i);
    case OVF_LIVE_RETURNING:
        return while_returning(watch, live, i);
    default:
        return while_flying(watch, live, i);
    }
}

enum ovf_status ovf_live_judge(const struct ovf_series *series, struct ovf_live *live,
                               struct ovf_error *err)
{
    struct ovf_telling telling = {0};
    struct ovf_live found = {0};
    enum ovf_status st = ovf_series_check(series, err);
    if (st != OVF_OK)
        return st;
    st = ovf_telling_init(&telling, series);
    struct watch watch = {.series = series, .telling = &telling};
    for (size_t i = 0; st == OVF_OK && i < telling.n; i++)
        st = judge_day(&watch, &found, i);
    if (st != OVF_OK) {
        ovf_error_set(err, st, "out of memory");
        goto out;
    }
    if (found.state == OVF_LIVE_FLYING)
        found.exposure_needed =
            ovf_rate_exposure_needed(watch.before.n / watch.before.exposure, watch.dispersion);
    ovf_live_deinit(live);
    *live = found;
    found = (struct ovf_live){0}; /* now live's */
out:
    ovf_telling_deinit(&telling);
    ovf_live_deinit(&found);
    return st;
}
