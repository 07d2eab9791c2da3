/* SPDX-License-Identifier: Apache-2.0 */
/* Compact position reporting.
 * Source: RTCA DO-260B, appendix A.1.7; ICAO Doc 9871, C.2.6.
 *
 * A latitude is cut into 60 zones when even, 59 when odd, each into 2^17 steps, of which only the number within
 * the zone is sent; a longitude likewise, into NL(latitude) and NL - 1 zones. On the ground a quarter of the globe
 * is cut so. The difference of an even and an odd half therefore tells the zone.
 *
 * A latitude of exactly 87 degrees has two zones, DO-260B A.1.7.2 d.
 */
#include "decode/cpr.h"

#include <stddef.h>

#define STEPS (INT64_C(1) << 17)

/* The latitudes, degrees, at which the zones become 58, 57 ... 1:
 *     acos(sqrt((1 - cos(pi / 30)) / (1 - cos(2 pi / NL)))), to 17 digits; and one that is none. */
static const double limits_deg[59] = {
    10.470471299968775,
    14.828174368687508,
    18.186263570714181,
    21.029394926029343,
    23.545044865571401,
    25.829247070588555,
    27.938987101219165,
    29.911356857318381,
    31.77209707681102,
    33.539934362985453,
    35.228995977964463,
    36.850251075935467,
    38.412418924123043,
    39.922566843338922,
    41.386518322602823,
    42.809140122435663,
    44.194549514193143,
    45.546267226602536,
    46.867332524987677,
    48.160391280966533,
    49.427764392557037,
    50.671501655538456,
    51.893424691687862,
    53.09516152796016,
    54.27817472272919,
    55.443784444950604,
    56.593187562059347,
    57.727473538661272,
    58.847637761484714,
    59.954592766940468,
    61.04917774246363,
    62.132166592103427,
    63.204274793819383,
    64.266165225674503,
    65.318453096820983,
    66.36171008382628,
    67.396467740846757,
    68.423220220833396,
    69.442426311440317,
    70.454510749876073,
    71.459864730289901,
    72.45884544728952,
    73.45177441667871,
    74.438934157251428,
    75.420562566533628,
    76.396843907944733,
    77.367894613281924,
    78.333740829227522,
    79.294282254569304,
    80.249232132805156,
    81.198013492719512,
    82.139569805106091,
    83.071994447198163,
    83.991735629805665,
    84.89166190702087,
    85.755416209444195,
    86.535369975121013,
    87.0,
    1000,
};

/* How many of the limits are below each half degree; in none is there more than one. */
static const uint8_t n_below[181] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,
    1,  1,  1,  1,  1,  1,  1,  2,  2,  2,  2,  2,  2,  2,  3,  3,  3,  3,  3,  3,  4,  4,  4,
    4,  4,  5,  5,  5,  5,  6,  6,  6,  6,  7,  7,  7,  7,  8,  8,  8,  8,  9,  9,  9,  9,  10,
    10, 10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 14, 14, 14, 15, 15, 15, 16, 16, 16, 17, 17, 17,
    18, 18, 19, 19, 19, 20, 20, 21, 21, 21, 22, 22, 23, 23, 23, 24, 24, 25, 25, 26, 26, 26, 27,
    27, 28, 28, 29, 29, 30, 30, 30, 31, 31, 32, 32, 33, 33, 34, 34, 35, 35, 36, 36, 37, 37, 38,
    38, 39, 39, 40, 40, 41, 41, 42, 42, 43, 43, 44, 44, 45, 45, 46, 46, 47, 47, 48, 48, 49, 49,
    50, 50, 51, 51, 52, 52, 53, 54, 54, 55, 55, 56, 56, 57, 58, 58, 58, 58, 58, 58,
};

/** Of a latitude of 0 to below 90 degrees. */
static inline int zones_of(double size_deg)
{
    const int n = n_below[(int)(2 * size_deg)];
    return 59 - n - (size_deg > limits_deg[n] ? 1 : 0);
}

int ovf_cpr_zones(double lat_deg)
{
    const double size_deg = lat_deg < 0 ? -lat_deg : lat_deg;
    return size_deg < 90 ? zones_of(size_deg) : 1;
}

/** a / b rounded down; b > 0. */
static inline int64_t divide_floor(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/** a / STEPS rounded down; |a| < 2^62. */
static inline int64_t divide_steps(int64_t a)
{
    return (int64_t)(((uint64_t)a + (UINT64_C(1) << 62)) / (uint64_t)STEPS) -
           (INT64_C(1) << 62) / STEPS;
}

/** The same of |a| < 2^29. */
static inline int32_t divide_steps_32(int32_t a)
{
    static const int32_t bias = INT32_C(1) << 29;
    return (int32_t)((uint32_t)(a + bias) >> 17) - (bias >> 17);
}

/** a / n_zones rounded down; |a| < 2^40, n_zones < 64. In doubles: the quotient of whole numbers so small, if it is none,
 * is further from one than rounding takes it. */
static inline int64_t divide_zones(int64_t a, int64_t n_zones)
{
    static const int64_t bias = INT64_C(1) << 40;
    return (int64_t)((double)(a + n_zones * bias) / (double)n_zones) - bias;
}

/** \p a modulo \p b, for one of -2b to below 2b. Without a jump, as no two pairs go the same way. */
static inline int32_t modulo(int32_t a, int32_t b)
{
    a += a < 0 ? b : 0;
    a += a < 0 ? b : 0;
    return a - (a >= b ? b : 0);
}

/** A place along one axis as a count of steps from 0, of which \p n_zones * 2^17 make up the \p span. */
struct axis {
    int64_t span_e7; /* 360 or 90 degrees */
    int64_t n_zones;
};

static inline int64_t span_of(bool is_surface)
{
    return is_surface ? OVF_E7_TURN / 4 : OVF_E7_TURN;
}

static inline struct axis lat_axis(bool is_surface, bool is_odd)
{
    return (struct axis){span_of(is_surface), 60 - (is_odd ? 1 : 0)};
}

static inline struct axis lon_axis(bool is_surface, bool is_odd, int nl)
{
    const int n = nl - (is_odd ? 1 : 0);
    return (struct axis){span_of(is_surface), n > 0 ? n : 1};
}

static inline int64_t to_e7(struct axis axis, int64_t steps)
{
    return divide_zones(divide_steps(steps * axis.span_e7 + axis.n_zones * (STEPS / 2)),
                        axis.n_zones);
}

static double to_deg(struct axis axis, int64_t steps)
{
    return (double)(steps * axis.span_e7) / (double)(axis.n_zones * STEPS) / OVF_E7_PER_DEG;
}

/** How many zones of longitude there are at a latitude in steps, as ovf_cpr_zones says of it divided: without a
 * division where that cannot be another, because none of the limits is near. */
static inline int zones_at(bool is_surface, bool is_odd, int64_t steps)
{
    static const double step_deg[2][2] = {{360.0 / 60 / (1 << 17), 360.0 / 59 / (1 << 17)},
                                          {90.0 / 60 / (1 << 17), 90.0 / 59 / (1 << 17)}};
    static const double near_deg = 1e-9; /* rounding is a hundred times smaller */
    const double size_deg =
        (double)(steps < 0 ? -steps : steps) * step_deg[is_surface ? 1 : 0][is_odd ? 1 : 0];
    const int n = n_below[size_deg < 90 ? (int)(2 * size_deg) : 180];
    const double beyond_deg = size_deg - limits_deg[n];
    if (beyond_deg > near_deg)
        return 58 - n;
    return beyond_deg < -near_deg ? 59 - n
                                  : ovf_cpr_zones(to_deg(lat_axis(is_surface, is_odd), steps));
}

/** The steps that are \p sent modulo a zone, nearest to \p near_e7. */
static int64_t steps_near(struct axis axis, uint32_t sent, int32_t near_e7)
{
    const int64_t zone =
        divide_floor(near_e7 * axis.n_zones * STEPS + axis.span_e7 * (STEPS / 2 - (int64_t)sent),
                     axis.span_e7 * STEPS);
    return zone * STEPS + (int64_t)sent;
}

/** Steps of a latitude of the air from 0 to the span, brought to where latitudes lie. */
static inline int64_t turn_air(bool is_odd, int64_t steps)
{
    const int64_t n_span = (is_odd ? 59 : 60) * STEPS;
    return steps >= n_span / 4 * 3 ? steps - n_span : steps;
}

/** The same on the ground: the one of two quarters apart that is nearer to the reference. */
static inline int64_t turn_ground(bool is_odd, int64_t steps, const struct ovf_point *reference)
{
    const int64_t n_span = (is_odd ? 59 : 60) * STEPS;
    const int64_t turned =
        steps + n_span * divide_floor(reference->lat_e7 - to_e7(lat_axis(true, is_odd), steps) +
                                          OVF_E7_TURN / 8,
                                      OVF_E7_TURN / 4);
    if (turned > n_span) /* n_span is the pole */
        return turned - n_span;
    return turned < -n_span ? turned + n_span : turned;
}

static inline bool finish(struct axis lat, int64_t lat_steps, int32_t lon_e7, struct ovf_point *at)
{
    const int64_t lat_e7 = to_e7(lat, lat_steps);
    if (lat_e7 < -OVF_E7_TURN / 4 || lat_e7 > OVF_E7_TURN / 4)
        return false;
    *at = (struct ovf_point){.lat_e7 = (int32_t)lat_e7, .lon_e7 = lon_e7};
    return true;
}

/** The latitudes of a pair, in steps of each half. */
struct lat_pair {
    int64_t even;
    int64_t odd;
};

static inline struct lat_pair pair_latitudes(const struct ovf_cpr *even, const struct ovf_cpr *odd)
{
    const int32_t j =
        divide_steps_32(59 * (int32_t)even->lat - 60 * (int32_t)odd->lat + (int32_t)STEPS / 2);
    return (struct lat_pair){.even = modulo(j, 60) * STEPS + (int64_t)even->lat,
                             .odd = modulo(j, 59) * STEPS + (int64_t)odd->lat};
}

/** The longitude of the newer half of a pair, between \p nl zones, from 0 to the span. */
static inline int64_t pair_longitude_e7(bool is_surface, const struct ovf_cpr *even,
                                        const struct ovf_cpr *odd, bool odd_is_newer, int nl)
{
    const int32_t m = divide_steps_32((nl - 1) * (int32_t)even->lon - nl * (int32_t)odd->lon +
                                      (int32_t)STEPS / 2);
    const struct axis lon = lon_axis(is_surface, odd_is_newer, nl);
    const struct ovf_cpr *const newer = odd_is_newer ? odd : even;
    return to_e7(lon, modulo(m, (int32_t)lon.n_zones) * STEPS + (int64_t)newer->lon);
}

/** How many zones of longitude there are at both latitudes of a pair; 0: not the same number. */
static inline int pair_zones(bool is_surface, struct lat_pair lat)
{
    const int nl = zones_at(is_surface, false, lat.even);
    return nl == zones_at(is_surface, true, lat.odd) ? nl : 0;
}

/** The same in the air, where they are less than 0.06 degree (half of the 360 / 60 / 59 by which zones differ, and a bit)
 * from each other: with no limit so near there is one answer. */
static inline int pair_zones_air(struct lat_pair lat)
{
    static const double step_deg = 360.0 / 60 / (1 << 17);
    static const double apart_deg = 0.06;
    const double size_deg = (double)(lat.even < 0 ? -lat.even : lat.even) * step_deg;
    if (size_deg >= 90 - apart_deg)
        return pair_zones(false, lat);
    const int nl = zones_of(size_deg > apart_deg ? size_deg - apart_deg : 0);
    return nl == zones_of(size_deg + apart_deg) ? nl : pair_zones(false, lat);
}

static bool global_ground(const struct ovf_cpr *even, const struct ovf_cpr *odd, bool odd_is_newer,
                          const struct ovf_point *reference, struct ovf_point *at)
{
    const struct lat_pair turned = pair_latitudes(even, odd);
    const struct lat_pair lat = {turn_ground(false, turned.even, reference),
                                 turn_ground(true, turned.odd, reference)};
    const int nl = pair_zones(true, lat);
    if (nl == 0)
        return false;
    int64_t lon_e7 = pair_longitude_e7(true, even, odd, odd_is_newer, nl);
    /* the one of four that is nearest */
    lon_e7 += divide_floor(reference->lon_e7 - lon_e7 + OVF_E7_TURN / 8, OVF_E7_TURN / 4) *
              (OVF_E7_TURN / 4);
    return finish(lat_axis(true, odd_is_newer), odd_is_newer ? lat.odd : lat.even,
                  ovf_lon_wrap(lon_e7), at);
}

static bool global_air(const struct ovf_cpr *even, const struct ovf_cpr *odd, bool odd_is_newer,
                       struct ovf_point *at)
{
    const struct lat_pair turned = pair_latitudes(even, odd);
    const struct lat_pair lat = {turn_air(false, turned.even), turn_air(true, turned.odd)};
    const int nl = pair_zones_air(lat);
    if (nl == 0)
        return false;
    const int64_t lon_e7 = pair_longitude_e7(false, even, odd, odd_is_newer, nl);
    return finish(lat_axis(false, odd_is_newer), odd_is_newer ? lat.odd : lat.even,
                  (int32_t)(lon_e7 - (lon_e7 >= OVF_E7_TURN / 2 ? OVF_E7_TURN : 0)), at);
}

bool ovf_cpr_global(const struct ovf_cpr *even, const struct ovf_cpr *odd, bool odd_is_newer,
                    const struct ovf_point *reference, struct ovf_point *at)
{
    if (even->is_surface != odd->is_surface)
        return false;
    if (!even->is_surface)
        return global_air(even, odd, odd_is_newer, at);
    return reference != NULL && global_ground(even, odd, odd_is_newer, reference, at);
}

bool ovf_cpr_local(const struct ovf_cpr *cpr, struct ovf_point reference, struct ovf_point *at)
{
    const struct axis lat = lat_axis(cpr->is_surface, cpr->is_odd);
    const int64_t lat_steps = steps_near(lat, cpr->lat, reference.lat_e7);
    const struct axis lon =
        lon_axis(cpr->is_surface, cpr->is_odd, zones_at(cpr->is_surface, cpr->is_odd, lat_steps));
    return finish(lat, lat_steps,
                  ovf_lon_wrap(to_e7(lon, steps_near(lon, cpr->lon, reference.lon_e7))), at);
}
