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
 */
#include "decode/altitude.h"
#include "decode/registers.h"

void ovf_bds05_read(const unsigned char *me, struct ovf_message *message)
{
    const uint64_t word = ovf_register_word(me);
    const bool is_geometric = message->type_code >= 20;
    int32_t *const alt_ft = is_geometric ? &message->alt_geom_ft : &message->alt_baro_ft;
    uint32_t has = OVF_MESSAGE_GROUND;
    message->on_ground = false;
    if (ovf_altitude_from_ac12(ovf_field(word, 9, 20), alt_ft))
        has |= is_geometric ? OVF_MESSAGE_ALT_GEOM : OVF_MESSAGE_ALT_BARO;
    if (message->type_code != 0) { /* else it has no position to send */
        has |= OVF_MESSAGE_CPR | OVF_MESSAGE_NIC_B;
        message->nic_b = ovf_flag(word, 8);
        message->cpr = ovf_cpr_field(word, false);
    }
    message->has |= has;
}
