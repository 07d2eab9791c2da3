/* SPDX-License-Identifier: Apache-2.0 */
/* Target state and status (BDS 6,2), type code 29, of version 2.
 * Source: RTCA DO-260B 2.2.3.2.7.1; ICAO Doc 9871, table C-2-98.
 *
 *   bits  1-5   type code 29           bit  30     1 = heading is valid
 *         6-7   subtype, 1                  31-39  selected heading (its reference stands in 6,5)
 *         8     SIL supplement              40-43  NACp
 *         9     1 = altitude of the FMS     44     NICbaro
 *         10-20 altitude, 32 ft, from 1     45-46  SIL
 *         21-29 pressure, 0.8 hPa above 800, from 1
 *
 * Subtype 0, of version 1, has other fields and is not read.
 */
#include "decode/bits.h"
#include "decode/registers.h"

void ovf_bds62_read(const unsigned char *me, struct ovf_message *message)
{
    if (ovf_bits(me, 6, 7) != 1)
        return;
    const int32_t n_alt = (int32_t)ovf_bits(me, 10, 20);
    const uint32_t n_pressure = ovf_bits(me, 21, 29);
    const bool is_fms = ovf_bit(me, 9);
    if (n_alt > 0) {
        message->has |= is_fms ? OVF_MESSAGE_FMS_ALT : OVF_MESSAGE_SELECTED_ALT;
        *(is_fms ? &message->fms_alt_ft : &message->selected_alt_ft) = (n_alt - 1) * 32;
    }
    if (n_pressure > 0) {
        message->has |= OVF_MESSAGE_QNH;
        message->qnh_hpa = 800 + (n_pressure - 1) * 0.8;
    }
    message->has |=
        OVF_MESSAGE_NAC_P | OVF_MESSAGE_NIC_BARO | OVF_MESSAGE_SIL | OVF_MESSAGE_SIL_SUPPLEMENT;
    message->nac_p = (uint8_t)ovf_bits(me, 40, 43);
    message->nic_baro = ovf_bit(me, 44);
    message->sil = (uint8_t)ovf_bits(me, 45, 46);
    message->sil_is_per_sample = ovf_bit(me, 8);
}
