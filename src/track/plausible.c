/* SPDX-License-Identifier: Apache-2.0 */
/* The speed test between fixes.
 *
 * It has the structure of readsb's filter: a speed from what the aircraft reports, more with the age
 * of the report, more for MLAT, a cap, and range = base + (dt + slack) x speed, + 2 km straight ahead (a
 * report stamped a few seconds late). Its factor for the direction of flight is left out. There is no "after an hour
 * accept anything": far stays far, for no step is faster than a limit of its own.
 *
 * The numbers below are readsb's (900 kt, MLAT, the slacks). They say how far off a report may be; from when on it is
 * suspect say thresholds that a user may give, speed_margin, jump_kt, cruise_kt. These are constants, as every step of
 * every track takes them. */
#include "track/plausible.h"

#include "base/time.h"
#include "geo/local.h"
#include "track/quality.h"

#define MPS_PER_KT (1852.0 / 3600.0)

#define SPEED_CAP_KT 2000.0
#define SPEED_AIRBORNE_KT                                                                          \
    900.0 /* where none is reported, for short steps; more in longer ones is not */
#define SPEED_SURFACE_KT 120.0
#define ACCELERATION_KT_PER_S 3.0
#define MLAT_FACTOR 1.4
#define MLAT_EXTRA_KT 50.0
#define MLAT_EXTRA_M 250.0
#define BASE_AIRBORNE_M 30.0
#define BASE_SURFACE_M 10.0
#define SLACK_S 0.2
/* Along the track that both ends report, within 10 degrees. */
#define AHEAD_M 2000.0
#define AHEAD_COS 0.984807753012208
/* A table of unknown making may write whole seconds: half a second lost at each end. */
#define SLACK_UNKNOWN_SOURCE_S 1.2
/* Longer than rows of an archive lie apart in steady flight. */
#define LOOSE_AFTER_S 60.0

static bool has_weak_source(const struct ovf_fix *fix)
{
    return fix->source == OVF_SOURCE_MLAT || fix->source == OVF_SOURCE_TISB ||
           fix->source == OVF_SOURCE_OTHER;
}

static bool both_on_ground(const struct ovf_fix *from, const struct ovf_fix *to)
{
    return (from->flags & to->flags & OVF_FIX_ON_GROUND) != 0;
}

static double at_most(double value, double limit)
{
    return value < limit ? value : limit;
}

static double at_least(double value, double limit)
{
    return value > limit ? value : limit;
}

/* In cruise at both ends of a silence no other speed was needed between. */
static bool is_cruise(const struct ovf_fix *from, const struct ovf_fix *to, double dt_s,
                      const struct ovf_detect_config *config)
{
    const unsigned needed = OVF_FIX_GS | OVF_FIX_ALT_BARO;
    return (from->has & to->has & needed) == needed && from->alt_baro_ft >= config->cruise_ft &&
           to->alt_baro_ft >= config->cruise_ft && dt_s > LOOSE_AFTER_S &&
           dt_s <= config->stretch_s;
}

/* The fastest it may have gone between the two, knots. */
static double speed_limit_kt(const struct ovf_fix *from, const struct ovf_fix *to, double dt_s,
                             const struct ovf_detect_config *config)
{
    double speed_kt = -1;
    if ((from->has & OVF_FIX_GS) != 0)
        speed_kt = (double)from->gs_kt;
    if ((to->has & OVF_FIX_GS) != 0)
        speed_kt = at_least((double)to->gs_kt, speed_kt);
    double limit_kt =
        dt_s > LOOSE_AFTER_S ? config->jump_kt : SPEED_AIRBORNE_KT * config->speed_margin;
    if (speed_kt >= 0 && is_cruise(from, to, dt_s, config))
        limit_kt =
            at_least(speed_kt + at_least(config->speed_off_kt, config->speed_off_share * speed_kt),
                     config->cruise_kt);
    else if (speed_kt >= 0)
        limit_kt = at_most((speed_kt + ACCELERATION_KT_PER_S * dt_s) * config->speed_margin,
                           at_least(config->jump_kt, speed_kt * config->speed_margin));
    else if (both_on_ground(from, to))
        limit_kt = at_most((SPEED_SURFACE_KT + ACCELERATION_KT_PER_S * dt_s) * config->speed_margin,
                           limit_kt);
    if (has_weak_source(from) || has_weak_source(to))
        limit_kt = limit_kt * MLAT_FACTOR + MLAT_EXTRA_KT;
    return at_most(limit_kt, SPEED_CAP_KT);
}

/* What the fix may be off by itself: what it states, or what its kind is known for. */
static double error_m(const struct ovf_fix *fix)
{
    double error = has_weak_source(fix) ? MLAT_EXTRA_M : 0;
    if (fix->source == OVF_SOURCE_UNKNOWN) /* tables are often resampled: old places at new times */
        error = (double)OVF_RADIUS_UNSTATED_M;
    if ((fix->has & OVF_FIX_ACCURACY) != 0 && fix->accuracy_m > 0 && fix->accuracy_m < 37040)
        error = (double)fix->accuracy_m; /* above 20 NM it says "unknown" (NIC 0) */
    return error;
}

static bool ahead(const struct ovf_fix *from, const struct ovf_fix *to)
{
    if ((from->has & to->has & OVF_FIX_TRACK) == 0)
        return false;
    const struct ovf_offset step = ovf_offset_between(from->at, to->at);
    return ovf_offset_course_cos(step, (double)from->track_deg) >= AHEAD_COS &&
           ovf_offset_course_cos(step, (double)to->track_deg) >= AHEAD_COS;
}

double ovf_apart_exact_m(struct ovf_apart *apart, const struct ovf_fix *from,
                         const struct ovf_fix *to)
{
    if (apart->exact_m < 0)
        apart->exact_m = ovf_point_chord_m(from->at, to->at);
    return apart->exact_m;
}

static double slack_s(const struct ovf_fix *from, const struct ovf_fix *to)
{
    return from->source == OVF_SOURCE_UNKNOWN || to->source == OVF_SOURCE_UNKNOWN
               ? SLACK_UNKNOWN_SOURCE_S
               : SLACK_S;
}

bool ovf_fix_reaches(const struct ovf_fix *from, const struct ovf_fix *to,
                     const struct ovf_detect_config *config, struct ovf_apart *apart)
{
    const double dt_s = ovf_time_seconds_after(from->t_ns, to->t_ns);
    const bool surface = both_on_ground(from, to);
    const double base_m =
        (surface ? BASE_SURFACE_M : BASE_AIRBORNE_M) + error_m(from) + error_m(to);
    const double speed_mps = speed_limit_kt(from, to, dt_s, config) * MPS_PER_KT;
    const double range_m = base_m + (dt_s + slack_s(from, to)) * speed_mps;
    *apart = (struct ovf_apart){ovf_point_chord_bound_m(from->at, to->at), -1};
    return apart->most_m <= range_m || ovf_apart_exact_m(apart, from, to) <= range_m ||
           (!surface && ovf_apart_exact_m(apart, from, to) <= range_m + AHEAD_M && ahead(from, to));
}

bool ovf_fix_is_loose_step(const struct ovf_fix *from, const struct ovf_fix *to,
                           struct ovf_apart *apart)
{
    const double dt_s = ovf_time_seconds_after(from->t_ns, to->t_ns);
    if (dt_s > LOOSE_AFTER_S)
        return true;
    if ((from->has & to->has & OVF_FIX_GS) == 0)
        return false; /* nothing to hold it against */
    const double gs_kt = (double)(from->gs_kt > to->gs_kt ? from->gs_kt : to->gs_kt);
    const double limit_m = 2 * SLACK_UNKNOWN_SOURCE_S * gs_kt * MPS_PER_KT + BASE_AIRBORNE_M +
                           dt_s * gs_kt * MPS_PER_KT;
    return apart->most_m > limit_m && ovf_apart_exact_m(apart, from, to) > limit_m;
}

double ovf_fix_limit_kt(const struct ovf_fix *from, const struct ovf_fix *to,
                        const struct ovf_detect_config *config)
{
    return speed_limit_kt(from, to, ovf_time_seconds_after(from->t_ns, to->t_ns), config);
}

double ovf_fix_speed_kt(const struct ovf_fix *from, const struct ovf_fix *to)
{
    const double dt_s = ovf_time_seconds_after(from->t_ns, to->t_ns) + slack_s(from, to);
    return ovf_point_chord_m(from->at, to->at) / dt_s / MPS_PER_KT;
}
