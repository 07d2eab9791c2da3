/* SPDX-License-Identifier: Apache-2.0 */
/* Heading and speed report (BDS 6,0) in a Comm-B reply.
 * Source: ICAO Doc 9871, table A-2-96.
 *
 *   bits  1    2-12  magnetic heading, 90/512 degrees, signed
 *         13  14-23  indicated airspeed, 1 kt
 *         24  25-34  Mach, 2.048/512
 *         35  36-45  barometric rate, 32 ft/min, signed
 *         46  47-56  inertial rate, 32 ft/min, signed
 *
 * The first bit of each says whether the rest means something. It is only believed with heading, speed and
 * Mach and a rate, and as what an airliner flies.
 */
#include <math.h>
#include <stdlib.h>

#include "decode/bits.h"
#include "decode/registers.h"

#define IAS_MIN_KT 80.0
#define IAS_MAX_KT 450.0
#define MACH_MIN 0.1
#define MACH_MAX 0.95
enum { RATE_MAX_FPM = 6000, RATES_APART_FPM = 2000 };
/* Indicated airspeed over Mach: 661.5 kt at sea level, less with height; some 245 at 45,000 ft, where
 * compressibility adds to it. */
#define IAS_PER_MACH_MIN_KT 230.0
#define IAS_PER_MACH_MAX_KT 680.0

static bool is_rate(int32_t rate_fpm)
{
    return rate_fpm >= -RATE_MAX_FPM && rate_fpm <= RATE_MAX_FPM;
}

bool ovf_bds60_read(const unsigned char *mb, struct ovf_message *message)
{
    const double heading_deg = ovf_bits_signed(mb, 2, 12) * (90.0 / 512.0);
    const double ias_kt = ovf_bits(mb, 14, 23);
    const double mach = ovf_bits(mb, 25, 34) * (2.048 / 512.0);
    const int32_t baro_fpm = ovf_bits_signed(mb, 36, 45) * 32;
    const int32_t inertial_fpm = ovf_bits_signed(mb, 47, 56) * 32;
    const bool has_baro = ovf_bit(mb, 35);
    const bool has_inertial = ovf_bit(mb, 46);
    if (!ovf_bit(mb, 1) || !ovf_bit(mb, 13) || !ovf_bit(mb, 24) || (!has_baro && !has_inertial) ||
        (!has_baro && baro_fpm != 0) || (!has_inertial && inertial_fpm != 0))
        return false;
    if (ias_kt < IAS_MIN_KT || ias_kt > IAS_MAX_KT || mach < MACH_MIN || mach > MACH_MAX ||
        ias_kt < mach * IAS_PER_MACH_MIN_KT || ias_kt > mach * IAS_PER_MACH_MAX_KT)
        return false;
    if (!is_rate(baro_fpm) || !is_rate(inertial_fpm) ||
        (has_baro && has_inertial && abs(baro_fpm - inertial_fpm) > RATES_APART_FPM))
        return false;
    message->bds = 0x60;
    message->has |= OVF_MESSAGE_HEADING | OVF_MESSAGE_IAS | OVF_MESSAGE_MACH;
    message->heading_deg = heading_deg < 0 ? heading_deg + 360 : heading_deg;
    message->ias_kt = ias_kt;
    message->mach = mach;
    if (has_baro) {
        message->has |= OVF_MESSAGE_BARO_RATE;
        message->baro_rate_fpm = baro_fpm;
    }
    if (has_inertial) {
        message->has |= OVF_MESSAGE_GEOM_RATE;
        message->geom_rate_fpm = inertial_fpm;
    }
    return true;
}
