/* SPDX-License-Identifier: Apache-2.0 */
/* Airborne velocity (BDS 0,9), type code 19.
 * Source: RTCA DO-260B 2.2.3.2.6; ICAO Doc 9871, tables B-2-9a and b.
 *
 *   bits  1-5   type code 19           subtypes 1, 2 (four times the speed) over ground:
 *         6-8   subtype                     14     1 = to the west    15-24  its speed
 *         9     intent change               25     1 = to the south   26-35  its speed
 *         11-13 NACv                   subtypes 3, 4 (four times the speed) through air:
 *         36    1 = rate is barometric      14     1 = heading is valid
 *         37    1 = down                    15-24  heading, 360/1024 degrees
 *         38-46 rate, 64 ft/min             25     1 = true airspeed, 0 = indicated
 *         49    1 = geometric is below      26-35  airspeed
 *         50-56 their difference, 25 ft
 *
 * Speeds, the rate and the difference count from 1; 0 means "not available".
 */
#include <math.h>

#include "decode/bits.h"
#include "decode/registers.h"
#include "geo/trig.h"

/** Adds the rate of climb and the difference of altitudes. */
static void read_vertical(uint64_t word, struct ovf_message *message)
{
    const int32_t n_rate = (int32_t)ovf_field(word, 38, 46);
    const int32_t n_difference = (int32_t)ovf_field(word, 50, 56);
    const bool is_baro = ovf_flag(word, 36);
    if (n_rate > 0) {
        const int32_t rate_fpm = (ovf_flag(word, 37) ? -64 : 64) * (n_rate - 1);
        message->has |= is_baro ? OVF_MESSAGE_BARO_RATE : OVF_MESSAGE_GEOM_RATE;
        *(is_baro ? &message->baro_rate_fpm : &message->geom_rate_fpm) = rate_fpm;
    }
    if (n_difference > 0) {
        message->has |= OVF_MESSAGE_GEOM_MINUS_BARO;
        message->geom_minus_baro_ft = (ovf_flag(word, 49) ? -25 : 25) * (n_difference - 1);
    }
}

/** A velocity over ground is kept as bits 14 to 35, and before them whether its steps are four times as large. */
enum { VELOCITY_BITS = 22, COMPONENT_BITS = 11 };

static void read_over_ground(uint64_t word, struct ovf_message *message)
{
    const uint32_t n_east = (uint32_t)ovf_field(word, 15, 24);
    const uint32_t n_north = (uint32_t)ovf_field(word, 26, 35);
    if (n_east == 0 || n_north == 0)
        return;
    message->velocity = (uint32_t)ovf_field(word, 14, 35) |
                        (message->subtype == 2 ? UINT32_C(1) << VELOCITY_BITS : 0);
    message->has |= OVF_MESSAGE_GS;
    if (n_east != 1 || n_north != 1) /* else it stands: no direction */
        message->has |= OVF_MESSAGE_TRACK;
}

/** One of both: a sign and ten bits. */
static double component_kt(uint32_t bits, int32_t step_kt)
{
    const int32_t sign = (bits >> (COMPONENT_BITS - 1) & 1) != 0 ? -step_kt : step_kt;
    return sign * (double)((int32_t)(bits & ((1U << (COMPONENT_BITS - 1)) - 1)) - 1);
}

void ovf_bds09_read_velocity(struct ovf_message *message)
{
    const int32_t step_kt = message->velocity >> VELOCITY_BITS != 0 ? 4 : 1;
    const double east_kt = component_kt(message->velocity >> COMPONENT_BITS, step_kt);
    const double north_kt = component_kt(message->velocity, step_kt);
    message->gs_kt = sqrt(east_kt * east_kt + north_kt * north_kt);
    if ((message->has & OVF_MESSAGE_TRACK) == 0)
        return;
    message->track_deg = (double)ovf_atan2_e7(east_kt, north_kt) / 1e7;
    message->track_deg += message->track_deg < 0 ? 360 : 0;
}

static void read_through_air(uint64_t word, int32_t step_kt, struct ovf_message *message)
{
    const int32_t n_speed = (int32_t)ovf_field(word, 26, 35);
    const bool is_true = ovf_flag(word, 25);
    if (ovf_flag(word, 14)) {
        message->has |= OVF_MESSAGE_HEADING;
        message->heading_deg = ovf_field(word, 15, 24) * (360.0 / 1024.0);
    }
    if (n_speed > 0) {
        message->has |= is_true ? OVF_MESSAGE_TAS : OVF_MESSAGE_IAS;
        *(is_true ? &message->tas_kt : &message->ias_kt) = step_kt * (double)(n_speed - 1);
    }
}

void ovf_bds09_read(const unsigned char *me, struct ovf_message *message)
{
    const uint64_t word = ovf_register_word(me);
    if (message->subtype < 1 || message->subtype > 4)
        return;
    const int32_t step_kt = message->subtype % 2 == 0 ? 4 : 1;
    message->has |= OVF_MESSAGE_NAC_V;
    message->nac_v = (uint8_t)ovf_field(word, 11, 13);
    if (message->subtype <= 2)
        read_over_ground(word, message);
    else
        read_through_air(word, step_kt, message);
    read_vertical(word, message);
}
