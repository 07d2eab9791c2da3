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
#include "decode/cpr_parts.h"

#include <stddef.h>

/* Where the zones become 58, 57 ... 1:
 *     acos(sqrt((1 - cos(pi / 30)) / (1 - cos(2 pi / NL)))), and 87 degrees.
 * The first 57 are at least a millionth of a step from the steps of any half: what is rounded off decides nothing. */
const uint64_t ovf_cpr_limits[60] = {
    0,
    27638016423,
    39140676191,
    48004739886,
    55509512960,
    62149861074,
    68179276202,
    73748178303,
    78954475722,
    83866114107,
    88532524486,
    92990997397,
    97270487187,
    101394009367,
    105380218946,
    109244487695,
    112999661989,
    116656609840,
    120224624618,
    123711728815,
    127124906514,
    130470283992,
    133753271922,
    136978678685,
    140150801645,
    143273501395,
    146350262671,
    149384244745,
    152378323383,
    155335126024,
    158257061412,
    161146344679,
    164005018635,
    166834971866,
    169637954115,
    172415589298,
    175169386421,
    177900748582,
    180610980156,
    183301292164,
    185972805750,
    188626553516,
    191263478318,
    193884428835,
    196490150807,
    199081272192,
    201658279375,
    204221479691,
    206770942156,
    209306402016,
    211827102341,
    214331520152,
    216816866616,
    219278108984,
    221705871897,
    224081331083,
    226361310170,
    228420088077,
    229646532608,
    UINT64_MAX,
};

const uint8_t ovf_cpr_n_below[256] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  2,  2,  2,  2,  2,  2,  2,  2,  3,  3,  3,
    3,  3,  3,  3,  4,  4,  4,  4,  4,  4,  5,  5,  5,  5,  5,  5,  6,  6,  6,  6,  6,  7,  7,  7,
    7,  7,  8,  8,  8,  8,  8,  9,  9,  9,  9,  10, 10, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 13,
    13, 13, 13, 14, 14, 14, 15, 15, 15, 15, 16, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20,
    20, 20, 21, 21, 21, 22, 22, 22, 23, 23, 23, 24, 24, 24, 25, 25, 25, 26, 26, 26, 27, 27, 28, 28,
    28, 29, 29, 29, 30, 30, 30, 31, 31, 32, 32, 32, 33, 33, 34, 34, 34, 35, 35, 35, 36, 36, 37, 37,
    37, 38, 38, 39, 39, 39, 40, 40, 41, 41, 41, 42, 42, 43, 43, 44, 44, 44, 45, 45, 46, 46, 46, 47,
    47, 48, 48, 49, 49, 49, 50, 50, 51, 51, 52, 52, 52, 53, 53, 54, 54, 55, 55, 56, 56, 57, 58, 58,
    58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58,
    58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 58,
};

const int8_t ovf_cpr_lat_zones[2][120] = {
    {
        0,  1,  2,  3,  4,   5,   6,   7,   8,   9,   10,  11, 12, 13, 14, 15, 16, 17, 18, 19,
        20, 21, 22, 23, 24,  25,  26,  27,  28,  29,  30,  31, 32, 33, 34, 35, 36, 37, 38, 39,
        40, 41, 42, 43, -16, -15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1,
        0,  1,  2,  3,  4,   5,   6,   7,   8,   9,   10,  11, 12, 13, 14, 15, 16, 17, 18, 19,
        20, 21, 22, 23, 24,  25,  26,  27,  28,  29,  30,  31, 32, 33, 34, 35, 36, 37, 38, 39,
        40, 41, 42, 43, -16, -15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1,
    },
    {
        -1, 0,  1,  2,  3,   4,   5,   6,   7,   8,   9,   10, 11, 12, 13, 14, 15, 16, 17, 18,
        19, 20, 21, 22, 23,  24,  25,  26,  27,  28,  29,  30, 31, 32, 33, 34, 35, 36, 37, 38,
        39, 40, 41, 42, 43,  -15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1,
        0,  1,  2,  3,  4,   5,   6,   7,   8,   9,   10,  11, 12, 13, 14, 15, 16, 17, 18, 19,
        20, 21, 22, 23, 24,  25,  26,  27,  28,  29,  30,  31, 32, 33, 34, 35, 36, 37, 38, 39,
        40, 41, 42, 43, -15, -14, -13, -12, -11, -10, -9,  -8, -7, -6, -5, -4, -3, -2, -1, 0,
    },
};

#define STEP_E7 ((double)OVF_E7_TURN / (double)OVF_CPR_STEPS)

const double ovf_cpr_step_e7[61] = {
    0,
    STEP_E7 / 1,
    STEP_E7 / 2,
    STEP_E7 / 3,
    STEP_E7 / 4,
    STEP_E7 / 5,
    STEP_E7 / 6,
    STEP_E7 / 7,
    STEP_E7 / 8,
    STEP_E7 / 9,
    STEP_E7 / 10,
    STEP_E7 / 11,
    STEP_E7 / 12,
    STEP_E7 / 13,
    STEP_E7 / 14,
    STEP_E7 / 15,
    STEP_E7 / 16,
    STEP_E7 / 17,
    STEP_E7 / 18,
    STEP_E7 / 19,
    STEP_E7 / 20,
    STEP_E7 / 21,
    STEP_E7 / 22,
    STEP_E7 / 23,
    STEP_E7 / 24,
    STEP_E7 / 25,
    STEP_E7 / 26,
    STEP_E7 / 27,
    STEP_E7 / 28,
    STEP_E7 / 29,
    STEP_E7 / 30,
    STEP_E7 / 31,
    STEP_E7 / 32,
    STEP_E7 / 33,
    STEP_E7 / 34,
    STEP_E7 / 35,
    STEP_E7 / 36,
    STEP_E7 / 37,
    STEP_E7 / 38,
    STEP_E7 / 39,
    STEP_E7 / 40,
    STEP_E7 / 41,
    STEP_E7 / 42,
    STEP_E7 / 43,
    STEP_E7 / 44,
    STEP_E7 / 45,
    STEP_E7 / 46,
    STEP_E7 / 47,
    STEP_E7 / 48,
    STEP_E7 / 49,
    STEP_E7 / 50,
    STEP_E7 / 51,
    STEP_E7 / 52,
    STEP_E7 / 53,
    STEP_E7 / 54,
    STEP_E7 / 55,
    STEP_E7 / 56,
    STEP_E7 / 57,
    STEP_E7 / 58,
    STEP_E7 / 59,
    STEP_E7 / 60,
};

int ovf_cpr_zones(double lat_deg)
{
    static const double parts_of_6_deg = (double)OVF_CPR_TURN / 60;
    const double size_deg = lat_deg < 0 ? -lat_deg : lat_deg;
    return size_deg < 90 ? ovf_cpr_zones_beyond((uint64_t)(size_deg * parts_of_6_deg / 6)) : 1;
}

/** a / b rounded down; b > 0. */
static inline int64_t divide_floor(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/** The steps that are \p sent modulo a zone, nearest to \p near_e7. */
static int64_t steps_near(struct ovf_cpr_axis axis, uint32_t sent, int32_t near_e7)
{
    const int64_t zone = divide_floor(near_e7 * axis.n_zones * OVF_CPR_STEPS +
                                          axis.span_e7 * (OVF_CPR_STEPS / 2 - (int64_t)sent),
                                      axis.span_e7 * OVF_CPR_STEPS);
    return zone * OVF_CPR_STEPS + (int64_t)sent;
}

/** Steps of a latitude of the ground, brought to the one of two quarters apart that is nearer to the reference. */
static inline int64_t turn_ground(bool is_odd, int64_t steps, const struct ovf_point *reference)
{
    const int64_t n_span = (is_odd ? 59 : 60) * OVF_CPR_STEPS;
    const int64_t turned =
        steps + n_span * divide_floor(reference->lat_e7 -
                                          ovf_cpr_to_e7(ovf_cpr_lat_axis(true, is_odd), steps) +
                                          OVF_E7_TURN / 8,
                                      OVF_E7_TURN / 4);
    if (turned > n_span) /* n_span is the pole */
        return turned - n_span;
    return turned < -n_span ? turned + n_span : turned;
}

static bool global_ground(const struct ovf_cpr_pair *pair, bool odd_is_newer,
                          const struct ovf_point *reference, struct ovf_point *at)
{
    const int32_t j = ovf_cpr_pair_zone(pair);
    const int64_t even_lat = turn_ground(false, ovf_cpr_pair_lat(pair, false, j), reference);
    const int64_t odd_lat = turn_ground(true, ovf_cpr_pair_lat(pair, true, j), reference);
    const int nl = ovf_cpr_zones_at(true, false, even_lat);
    if (nl != ovf_cpr_zones_at(true, true, odd_lat))
        return false;
    int64_t lon_e7 = ovf_cpr_pair_lon_e7(true, pair, odd_is_newer, nl);
    /* the one of four that is nearest */
    lon_e7 += divide_floor(reference->lon_e7 - lon_e7 + OVF_E7_TURN / 8, OVF_E7_TURN / 4) *
              (OVF_E7_TURN / 4);
    return ovf_cpr_point(ovf_cpr_lat_axis(true, odd_is_newer), odd_is_newer ? odd_lat : even_lat,
                         ovf_lon_wrap(lon_e7), at);
}

static bool global_air(const struct ovf_cpr_pair *pair, bool odd_is_newer, struct ovf_point *at)
{
    const int32_t j = ovf_cpr_pair_zone(pair);
    const int64_t even_lat = ovf_cpr_pair_lat(pair, false, j);
    const int64_t odd_lat = ovf_cpr_pair_lat(pair, true, j);
    const int nl = ovf_cpr_zones_at(false, false, even_lat);
    if (nl != ovf_cpr_zones_at(false, true, odd_lat))
        return false;
    return ovf_cpr_pair_point(pair, odd_is_newer, nl, odd_is_newer ? odd_lat : even_lat, at);
}

bool ovf_cpr_global(const struct ovf_cpr *even, const struct ovf_cpr *odd, bool odd_is_newer,
                    const struct ovf_point *reference, struct ovf_point *at)
{
    const struct ovf_cpr_pair pair = {{even->lat, odd->lat}, {even->lon, odd->lon}};
    if (even->is_surface != odd->is_surface)
        return false;
    if (!even->is_surface)
        return global_air(&pair, odd_is_newer, at);
    return reference != NULL && global_ground(&pair, odd_is_newer, reference, at);
}

bool ovf_cpr_local(const struct ovf_cpr *cpr, struct ovf_point reference, struct ovf_point *at)
{
    const struct ovf_cpr_axis lat = ovf_cpr_lat_axis(cpr->is_surface, cpr->is_odd);
    const int64_t lat_steps = steps_near(lat, cpr->lat, reference.lat_e7);
    const struct ovf_cpr_axis lon = ovf_cpr_lon_axis(
        cpr->is_surface, cpr->is_odd, ovf_cpr_zones_at(cpr->is_surface, cpr->is_odd, lat_steps));
    return ovf_cpr_point(
        lat, lat_steps,
        ovf_lon_wrap(ovf_cpr_to_e7(lon, steps_near(lon, cpr->lon, reference.lon_e7))), at);
}
