/* SPDX-License-Identifier: Apache-2.0 */
/* Track and turn report (BDS 5,0) in a Comm-B reply.
 * Source: ICAO Doc 9871, table A-2-80.
 *
 *   bits  1    2-11  roll, 45/256 degrees, signed (left wing down is negative)
 *         12  13-23  true track, 90/512 degrees, signed
 *         24  25-34  ground speed, 2 kt
 *         35  36-45  rate of the track, 8/256 degrees a second, signed
 *         46  47-56  true airspeed, 2 kt
 *
 * The first bit of each says whether the rest means something. It is only believed with all of them but the
 * rate, and as what an airliner flies.
 */
#include <math.h>

#include "decode/bits.h"
#include "decode/registers.h"

#define ROLL_MAX_DEG 50.0
#define SPEED_MIN_KT 80.0
#define SPEED_MAX_KT 650.0
#define WIND_MAX_KT 200.0
#define TRACK_RATE_MAX_DEGPS 8.0
/* Knots times degrees a second of a coordinated turn of one unit of tan(roll): g in these units is 1,091. */
#define TURN_KT_DEGPS 1091.0
#define TURN_SLACK_DEGPS 2.0

/** The rate of a coordinated turn, roughly: tan(x) is x + x^3 / 3 up to some 40 degrees. */
static double turn_degps(double roll_deg, double tas_kt)
{
    const double x = roll_deg * (3.14159265358979323846 / 180);
    return TURN_KT_DEGPS / tas_kt * (x + x * x * x / 3);
}

bool ovf_bds50_read(const unsigned char *mb, struct ovf_message *message)
{
    const double roll_deg = ovf_bits_signed(mb, 2, 11) * (45.0 / 256.0);
    const double track_deg = ovf_bits_signed(mb, 13, 23) * (90.0 / 512.0);
    const double gs_kt = ovf_bits(mb, 25, 34) * 2.0;
    const double rate_degps = ovf_bits_signed(mb, 36, 45) * (8.0 / 256.0);
    const double tas_kt = ovf_bits(mb, 47, 56) * 2.0;
    if (!ovf_bit(mb, 1) || !ovf_bit(mb, 12) || !ovf_bit(mb, 24) || !ovf_bit(mb, 46) ||
        (!ovf_bit(mb, 35) && ovf_bits(mb, 36, 45) != 0))
        return false;
    if (fabs(roll_deg) > ROLL_MAX_DEG || gs_kt < SPEED_MIN_KT || gs_kt > SPEED_MAX_KT ||
        tas_kt < SPEED_MIN_KT || tas_kt > SPEED_MAX_KT || fabs(gs_kt - tas_kt) > WIND_MAX_KT)
        return false;
    if (ovf_bit(mb, 35) && (fabs(rate_degps) > TRACK_RATE_MAX_DEGPS ||
                            fabs(rate_degps - turn_degps(roll_deg, tas_kt)) > TURN_SLACK_DEGPS))
        return false;
    message->bds = 0x50;
    message->has |= OVF_MESSAGE_ROLL | OVF_MESSAGE_TRACK | OVF_MESSAGE_GS | OVF_MESSAGE_TAS;
    message->roll_deg = roll_deg;
    message->track_deg = track_deg < 0 ? track_deg + 360 : track_deg;
    message->gs_kt = gs_kt;
    message->tas_kt = tas_kt;
    if (ovf_bit(mb, 35)) {
        message->has |= OVF_MESSAGE_TRACK_RATE;
        message->track_rate_degps = rate_degps;
    }
    return true;
}
