/* SPDX-License-Identifier: Apache-2.0 */
/* Altitudes against limits, each in its own datum. */
#include "airspace/limits.h"

#define M_PER_FT 0.3048

struct ovf_heights ovf_heights_of(const struct ovf_fix *fix, const struct ovf_geoid *geoid)
{
    struct ovf_heights heights = {.has_baro = (fix->has & OVF_FIX_ALT_BARO) != 0};
    double undulation_m;
    if (heights.has_baro) {
        heights.baro_ft = fix->alt_baro_ft;
        heights.amsl_source = OVF_AMSL_BAROMETRIC;
        heights.amsl_ft = fix->alt_baro_ft;
    }
    if ((fix->has & OVF_FIX_ALT_GEOM) != 0 && geoid != NULL &&
        ovf_geoid_undulation_m(geoid, fix->at, &undulation_m)) {
        heights.amsl_source = OVF_AMSL_GEOMETRIC;
        heights.amsl_ft = fix->alt_geom_ft - undulation_m / M_PER_FT;
    }
    return heights;
}

void ovf_heights_hold(const struct ovf_heights *from, struct ovf_heights *to)
{
    if (!from->has_baro || !to->has_baro) {
        to->has_baro = from->has_baro;
        to->baro_ft = from->baro_ft;
    }
    if (from->amsl_source != to->amsl_source) {
        to->amsl_source = from->amsl_source;
        to->amsl_ft = from->amsl_ft;
    }
}

static double margin_ft(enum ovf_datum datum, const struct ovf_heights *heights)
{
    if (datum != OVF_DATUM_AMSL)
        return 0;
    return heights->amsl_source == OVF_AMSL_GEOMETRIC ? OVF_AMSL_GEOMETRIC_MARGIN_FT
                                                      : OVF_AMSL_BAROMETRIC_MARGIN_FT;
}

/** The altitude that a limit of \p datum is compared with, or false. */
static bool height_ft(enum ovf_datum datum, const struct ovf_heights *heights, double *ft)
{
    *ft = datum == OVF_DATUM_FL ? heights->baro_ft : heights->amsl_ft;
    return (datum == OVF_DATUM_FL && heights->has_baro) ||
           (datum == OVF_DATUM_AMSL && heights->amsl_source != OVF_AMSL_NONE);
}

/** \p inward is +1 for a floor (inside is above it), -1 for a ceiling. */
static enum ovf_vertical judge_limit(enum ovf_datum datum, double limit_ft,
                                     const struct ovf_heights *heights, int inward)
{
    double ft;
    if (datum == OVF_DATUM_SURFACE || datum == OVF_DATUM_UNLIMITED)
        return OVF_VERTICAL_WITHIN;
    if (!height_ft(datum, heights, &ft))
        return OVF_VERTICAL_UNDETERMINED;
    const double depth_ft = (ft - limit_ft) * inward;
    const double margin = margin_ft(datum, heights);
    if (datum == OVF_DATUM_FL)
        return depth_ft >= 0 ? OVF_VERTICAL_WITHIN : OVF_VERTICAL_BEYOND;
    if (depth_ft < -margin)
        return OVF_VERTICAL_BEYOND;
    return depth_ft > margin ? OVF_VERTICAL_WITHIN : OVF_VERTICAL_UNDETERMINED;
}

enum ovf_vertical ovf_limits_judge(const struct ovf_limits *limits,
                                   const struct ovf_heights *heights)
{
    const enum ovf_vertical floor = judge_limit(limits->floor_datum, limits->floor_ft, heights, 1);
    const enum ovf_vertical ceiling =
        judge_limit(limits->ceiling_datum, limits->ceiling_ft, heights, -1);
    return floor > ceiling ? floor : ceiling;
}

enum ovf_vertical ovf_limits_judge_fix(const struct ovf_limits *limits, const struct ovf_fix *fix,
                                       const struct ovf_heights *heights)
{
    if ((fix->flags & OVF_FIX_ON_GROUND) != 0)
        return limits->floor_datum == OVF_DATUM_SURFACE ? OVF_VERTICAL_WITHIN : OVF_VERTICAL_BEYOND;
    return ovf_limits_judge(limits, heights);
}

static struct ovf_heights heights_between(const struct ovf_heights *from,
                                          const struct ovf_heights *to, double fraction)
{
    struct ovf_heights heights = *from;
    heights.baro_ft += (to->baro_ft - from->baro_ft) * fraction;
    heights.amsl_ft += (to->amsl_ft - from->amsl_ft) * fraction;
    return heights;
}

enum { MAX_BREAKS = 4 }; /* on either side of the margins of floor and ceiling */

/** Where on the way the answer may change: fractions in order, each strictly between 0 and 1. */
static size_t find_breaks(const struct ovf_limits *limits, const struct ovf_heights *from,
                          const struct ovf_heights *to, double breaks[MAX_BREAKS])
{
    const struct {
        enum ovf_datum datum;
        double ft;
    } ends[] = {{limits->floor_datum, limits->floor_ft},
                {limits->ceiling_datum, limits->ceiling_ft}};
    size_t n = 0;
    for (int e = 0; e < 2; e++) {
        const double margin = margin_ft(ends[e].datum, from);
        double from_ft;
        double to_ft;
        if (!height_ft(ends[e].datum, from, &from_ft) || !height_ft(ends[e].datum, to, &to_ft) ||
            !(from_ft < to_ft || from_ft > to_ft))
            continue;
        for (int side = margin > 0 ? -1 : 1; side <= 1; side += 2) {
            const double fraction = (ends[e].ft + side * margin - from_ft) / (to_ft - from_ft);
            if (!(fraction > 0 && fraction < 1))
                continue;
            size_t at = n++;
            for (; at > 0 && breaks[at - 1] > fraction; at--)
                breaks[at] = breaks[at - 1];
            breaks[at] = fraction;
        }
    }
    return n;
}

size_t ovf_limits_find_changes(const struct ovf_limits *limits, const struct ovf_heights *from,
                               const struct ovf_heights *to, struct ovf_limits_change *changes)
{
    double breaks[MAX_BREAKS];
    const size_t n = find_breaks(limits, from, to, breaks);
    size_t n_changes = 0;
    enum ovf_vertical state = ovf_limits_judge(limits, from);
    /* What holds in the middle of each stretch between two breaks, and at the far fix. */
    for (size_t k = 0; k <= n + 1; k++) {
        const double begin = k == 0 ? 0 : k <= n ? breaks[k - 1] : 1;
        const double end = k < n ? breaks[k] : 1;
        const struct ovf_heights middle = heights_between(from, to, (begin + end) / 2);
        const enum ovf_vertical next = ovf_limits_judge(limits, k > n ? to : &middle);
        if (next != state)
            changes[n_changes++] = (struct ovf_limits_change){begin, next};
        state = next;
    }
    return n_changes;
}

/** Whether a barometric altitude lies within. */
static bool holds_at(const struct ovf_limits *limits, double baro_ft)
{
    const struct ovf_heights heights = {.has_baro = true,
                                        .baro_ft = baro_ft,
                                        .amsl_source = OVF_AMSL_BAROMETRIC,
                                        .amsl_ft = baro_ft};
    return ovf_limits_judge(limits, &heights) == OVF_VERTICAL_WITHIN;
}

/* Who climbs as fast as can be, and then descends so, reaches half of what both together come to. */
bool ovf_limits_hold(const struct ovf_limits *limits, const struct ovf_fix *from,
                     const struct ovf_fix *to, double time_s)
{
    if ((from->has & to->has & OVF_FIX_ALT_BARO) == 0)
        return false;
    const double from_ft = from->alt_baro_ft;
    const double to_ft = to->alt_baro_ft;
    const double change_ft = time_s / 60 * OVF_HARD_RATE_FPM;
    const double lowest_ft = (from_ft + to_ft - change_ft) / 2;
    double highest_ft = (from_ft + to_ft + change_ft) / 2;
    if (from_ft <= OVF_USUAL_CEILING_FT && to_ft <= OVF_USUAL_CEILING_FT &&
        highest_ft > OVF_HARD_CEILING_FT)
        highest_ft = OVF_HARD_CEILING_FT;
    return from_ft - to_ft <= change_ft && to_ft - from_ft <= change_ft &&
           holds_at(limits, lowest_ft) && holds_at(limits, highest_ft);
}

bool ovf_limits_let_pass(const struct ovf_limits *limits, size_t n_limits, uint32_t owner,
                         const struct ovf_fix *from, const struct ovf_fix *to, double time_s)
{
    for (size_t i = 0; i < n_limits; i++) {
        if (limits[i].owner == owner && !ovf_limits_hold(&limits[i], from, to, time_s))
            return true;
    }
    return false;
}

bool ovf_limits_have_amsl(const struct ovf_limits *limits)
{
    return limits->floor_datum == OVF_DATUM_AMSL || limits->ceiling_datum == OVF_DATUM_AMSL;
}
