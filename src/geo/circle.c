/* SPDX-License-Identifier: Apache-2.0 */
/* Geodesic circles and arcs. Their points decide what is inside, so they come from IEEE arithmetic and
 * geo/trig.h alone: the direct and inverse problems of the geodesic after Vincenty (Survey Review 23
 * no. 176, 1975), good to a millimetre but for places nearly opposite each other. */
#include "geo/circle.h"

#include <math.h>

#include "geo/geodesic.h"
#include "geo/trig.h"

/* Half of the 0.5 m that chords may lie off; the rest is for the straight pieces that geodesics are
 * cut into (OVF_CHORD_M) and for rounding. */
static const double sagitta_m = 0.25;

static const double e7_per_rad = 572957795.13082321; /* 180e7 / pi */
static const double two_pi = 6.2831853071795864769;

static void sincos_rad(double angle_rad, double *sine, double *cosine)
{
    const int32_t nearest_e7 = (int32_t)lround(angle_rad * e7_per_rad);
    const double rest = angle_rad - nearest_e7 / e7_per_rad; /* below 1e-9: its square is nothing */
    double s;
    double c;
    ovf_sincos_e7(nearest_e7, &s, &c);
    *sine = s + rest * c;
    *cosine = c - rest * s;
}

/** What does not change with the azimuth. */
struct start {
    double sin_u; /* reduced latitude of the centre */
    double cos_u;
    int32_t lon_e7;
    double distance_m;
};

static struct start start_at(struct ovf_point centre, double distance_m)
{
    double sine;
    double cosine;
    ovf_sincos_e7(centre.lat_e7, &sine, &cosine);
    const double y = (1 - OVF_WGS84_F) * sine;
    const double length = sqrt(y * y + cosine * cosine);
    return (struct start){y / length, cosine / length, centre.lon_e7, distance_m};
}

/** Vincenty's series, in his letters: sigma is the arc on the auxiliary sphere. */
struct arc {
    double sigma;
    double sin_sigma;
    double cos_sigma;
    double cos_2m; /* cosine of twice the arc from the equator to its middle */
};

static struct arc arc_of(const struct start *start, double cos_a1, double cos2_alpha)
{
    static const double b_m = OVF_WGS84_A_M * (1 - OVF_WGS84_F);
    const double u2 = cos2_alpha * OVF_WGS84_E2 / (1 - OVF_WGS84_E2);
    const double a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
    const double b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
    const double x = start->cos_u * cos_a1;
    const double h2 = start->sin_u * start->sin_u + x * x;
    /* 2 sigma_1 by the double angle; on the equator going east it may be anything, and is 0. */
    const double cos_2s1 = h2 > 0 ? (x * x - start->sin_u * start->sin_u) / h2 : 1;
    const double sin_2s1 = h2 > 0 ? 2 * x * start->sin_u / h2 : 0;
    struct arc arc = {.sigma = start->distance_m / (b_m * a)};
    for (int i = 0; i < 8; i++) { /* each round is right to 1/1000 of the one before */
        sincos_rad(arc.sigma, &arc.sin_sigma, &arc.cos_sigma);
        arc.cos_2m = cos_2s1 * arc.cos_sigma - sin_2s1 * arc.sin_sigma;
        const double c2 = arc.cos_2m * arc.cos_2m;
        const double s2 = arc.sin_sigma * arc.sin_sigma;
        arc.sigma = start->distance_m / (b_m * a) +
                    b * arc.sin_sigma *
                        (arc.cos_2m + b / 4 *
                                          (arc.cos_sigma * (-1 + 2 * c2) -
                                           b / 6 * arc.cos_2m * (-3 + 4 * s2) * (-3 + 4 * c2)));
    }
    return arc;
}

static struct ovf_point point_at(const struct start *start, int64_t azimuth_e7)
{
    static const double f = OVF_WGS84_F;
    double sin_a1;
    double cos_a1;
    ovf_sincos_e7(ovf_lon_wrap(azimuth_e7), &sin_a1, &cos_a1);
    const double sin_alpha = start->cos_u * sin_a1;
    const double cos2_alpha = 1 - sin_alpha * sin_alpha;
    const struct arc arc = arc_of(start, cos_a1, cos2_alpha);
    const double x = start->sin_u * arc.sin_sigma - start->cos_u * arc.cos_sigma * cos_a1;
    const int64_t lat_e7 =
        ovf_atan2_e7(start->sin_u * arc.cos_sigma + start->cos_u * arc.sin_sigma * cos_a1,
                     (1 - f) * sqrt(sin_alpha * sin_alpha + x * x));
    const int64_t lambda_e7 =
        ovf_atan2_e7(arc.sin_sigma * sin_a1,
                     start->cos_u * arc.cos_sigma - start->sin_u * arc.sin_sigma * cos_a1);
    const double c = f / 16 * cos2_alpha * (4 + f * (4 - 3 * cos2_alpha));
    const double less_rad =
        (1 - c) * f * sin_alpha *
        (arc.sigma +
         c * arc.sin_sigma * (arc.cos_2m + c * arc.cos_sigma * (-1 + 2 * arc.cos_2m * arc.cos_2m)));
    return (struct ovf_point){
        (int32_t)lat_e7, ovf_lon_wrap(start->lon_e7 + lambda_e7 - llround(less_rad * e7_per_rad))};
}

/** How many chords a whole circle needs. */
static int64_t chords_of_circle(double radius_m)
{
    /* A chord of a circle of radius r over the angle d lies r d^2 / 8 off it; on the globe, less. */
    const int64_t fewest = 72;
    const int64_t wanted = (int64_t)(two_pi * sqrt(radius_m / (8 * sagitta_m))) + 1;
    /* Even, so that a point lies due south: two at one latitude on either side of it would be joined
     * by the parallel, as an edge of a map is. */
    return (wanted > fewest ? wanted : fewest) / 2 * 2 + 2;
}

enum ovf_status ovf_circle_points(struct ovf_point centre, double radius_m, struct ovf_points *out)
{
    const int64_t n = chords_of_circle(radius_m);
    const struct start start = start_at(centre, radius_m);
    for (int64_t i = 0; i < n; i++) {
        const enum ovf_status st = ovf_points_push(out, point_at(&start, i * OVF_E7_TURN / n));
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

/* ---- the inverse problem ---- */

/** Sine and cosine of the reduced latitude. */
static void reduce(int32_t lat_e7, double *sin_u, double *cos_u)
{
    const struct start at = start_at((struct ovf_point){lat_e7, 0}, 0);
    *sin_u = at.sin_u;
    *cos_u = at.cos_u;
}

/** The angle of (cosine, sine), finer than ovf_atan2_e7 gives it. */
static double angle_rad(double sine, double cosine)
{
    const double near_rad = (double)ovf_atan2_e7(sine, cosine) / e7_per_rad;
    double s;
    double c;
    sincos_rad(near_rad, &s, &c);
    return near_rad + (sine * c - cosine * s); /* of a difference below 1e-9 */
}

bool ovf_polar_from_point(struct ovf_point centre, struct ovf_point to, struct ovf_polar *out)
{
    static const double f = OVF_WGS84_F;
    static const double b_m = OVF_WGS84_A_M * (1 - OVF_WGS84_F);
    const double l_rad = (double)ovf_lon_difference(centre.lon_e7, to.lon_e7) / e7_per_rad;
    double sin_u1;
    double cos_u1;
    double sin_u2;
    double cos_u2;
    double lambda = l_rad;
    reduce(centre.lat_e7, &sin_u1, &cos_u1);
    reduce(to.lat_e7, &sin_u2, &cos_u2);
    for (int i = 0; i < 40; i++) {
        double sin_l;
        double cos_l;
        sincos_rad(lambda, &sin_l, &cos_l);
        const double x = cos_u1 * sin_u2 - sin_u1 * cos_u2 * cos_l;
        const double y = cos_u2 * sin_l;
        const double sin_s = sqrt(x * x + y * y);
        const double cos_s = sin_u1 * sin_u2 + cos_u1 * cos_u2 * cos_l;
        if (!(sin_s > 1e-9)) /* under a centimetre away, or opposite: no direction to speak of */
            return false;
        const double sigma = angle_rad(sin_s, cos_s);
        const double sin_alpha = cos_u1 * cos_u2 * sin_l / sin_s;
        const double cos2_alpha = 1 - sin_alpha * sin_alpha;
        const double cos_2m = cos2_alpha > 0 ? cos_s - 2 * sin_u1 * sin_u2 / cos2_alpha : 0;
        const double c = f / 16 * cos2_alpha * (4 + f * (4 - 3 * cos2_alpha));
        const double next =
            l_rad + (1 - c) * f * sin_alpha *
                        (sigma + c * sin_s * (cos_2m + c * cos_s * (-1 + 2 * cos_2m * cos_2m)));
        if (fabs(next - lambda) > 1e-12) {
            lambda = next;
            if (fabs(lambda) > 3.2)
                return false;
            continue;
        }
        const double u2 = cos2_alpha * OVF_WGS84_E2 / (1 - OVF_WGS84_E2);
        const double a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
        const double b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
        const double c2 = cos_2m * cos_2m;
        const double less =
            b * sin_s *
            (cos_2m + b / 4 *
                          (cos_s * (-1 + 2 * c2) -
                           b / 6 * cos_2m * (-3 + 4 * sin_s * sin_s) * (-3 + 4 * c2)));
        *out = (struct ovf_polar){b_m * a * (sigma - less), ovf_atan2_e7(y, x)};
        return true;
    }
    return false;
}

enum ovf_status ovf_arc_points(struct ovf_point centre, struct ovf_polar from, struct ovf_polar to,
                               bool clockwise, struct ovf_points *out)
{
    const double widest_m = fmax(from.distance_m, to.distance_m);
    int64_t sweep_e7 =
        clockwise ? to.azimuth_e7 - from.azimuth_e7 : from.azimuth_e7 - to.azimuth_e7;
    while (sweep_e7 <= 0)
        sweep_e7 += OVF_E7_TURN;
    while (sweep_e7 > OVF_E7_TURN)
        sweep_e7 -= OVF_E7_TURN;
    const int64_t n = chords_of_circle(widest_m) * sweep_e7 / OVF_E7_TURN + 1;
    for (int64_t i = 1; i < n; i++) {
        const int64_t turned_e7 = sweep_e7 / n * i + sweep_e7 % n * i / n;
        const double distance_m =
            from.distance_m + (to.distance_m - from.distance_m) * ((double)i / (double)n);
        const struct start start = start_at(centre, distance_m);
        const enum ovf_status st =
            ovf_points_push(out, point_at(&start, clockwise ? from.azimuth_e7 + turned_e7
                                                            : from.azimuth_e7 - turned_e7));
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

struct ovf_point ovf_polar_to_point(struct ovf_point centre, struct ovf_polar to)
{
    const struct start start = start_at(centre, to.distance_m);
    return point_at(&start, to.azimuth_e7);
}
