/* SPDX-License-Identifier: Apache-2.0 */
/* Airborne position (BDS 0,5), type codes 9-18, 20-22; 0 has an altitude only.
 * Source: RTCA DO-260B 2.2.3.2.3; ICAO Doc 9871, table B-2-5.
 *
 *   bits  1-5   type code              bit  21     1 = time tied to UTC
 *         6-7   surveillance status         22     CPR frame, 0 = even, 1 = odd
 *         8     antenna flag, or NIC        23-39  CPR latitude
 *               supplement B                40-56  CPR longitude
 *         9-20  altitude code
 *
 * Altitude code 0 means "not available", not sea level. Of codes 20 to 22 the altitude is geometric, above the
 * ellipsoid, and coded as the barometric one.
 *
 * In line: most messages are positions.
 */
#ifndef OVF_DECODE_BDS05_H
#define OVF_DECODE_BDS05_H

#include "decode/altitude.h"
#include "decode/registers.h"

/** Whether a register with \p type_code (0 to 31) is one. */
static inline bool ovf_bds05_is(uint8_t type_code)
{
    static const uint32_t type_codes = 1 << 0 | 0x3FF << 9 | 7 << 20;
    return (type_codes >> type_code & 1) != 0;
}

static inline void ovf_bds05_note_altitude(int32_t alt_ft, struct ovf_message *message)
{
    if (message->type_code < 20) {
        message->has |= OVF_MESSAGE_ALT_BARO;
        message->alt_baro_ft = alt_ft;
    } else {
        message->has |= OVF_MESSAGE_ALT_GEOM;
        message->alt_geom_ft = alt_ft;
    }
}

/** An altitude that does not count 25 ft; apart, because few are. */
__attribute__((noinline)) static void ovf_bds05_read_reflected(uint32_t code,
                                                               struct ovf_message *message)
{
    int32_t alt_ft;
    if (ovf_altitude_from_ac12(code, &alt_ft))
        ovf_bds05_note_altitude(alt_ft, message);
}

static inline void ovf_bds05_read(const unsigned char *me, struct ovf_message *message)
{
    const uint64_t word = ovf_register_word(me);
    const uint32_t code = ovf_field(word, 9, 20);
    message->has |= OVF_MESSAGE_GROUND;
    message->on_ground = false;
    if (message->type_code != 0) { /* else it has no position to send */
        message->has |= OVF_MESSAGE_CPR | OVF_MESSAGE_NIC_B;
        message->nic_b = ovf_flag(word, 8);
        message->cpr = ovf_cpr_field(word, false);
    }
    if ((code & OVF_ALTITUDE_Q) != 0)
        ovf_bds05_note_altitude(ovf_altitude_from_q(code), message);
    else
        ovf_bds05_read_reflected(code, message);
}

#endif
