/* SPDX-License-Identifier: Apache-2.0 */
/* Operational status (BDS 6,5), type code 31.
 * Source: RTCA DO-260B 2.2.3.2.7.2 and appendix N (versions 0 and 1); ICAO Doc 9871, table C-2-101.
 *
 *   bits  1-5   type code 31           bits 41-43  version
 *         6-8   subtype: 0 in the air,      44     NIC supplement A
 *               1 on the ground             45-48  NACp
 *         9-24  capability classes; on      51-52  SIL
 *               the ground 20 is NIC        53     in the air NICbaro
 *               supplement C                54     1 = headings are magnetic
 *                                           55     SIL supplement
 *
 * Version 0 states no more than that; 1 has neither supplement C nor that of SIL.
 */
#include "decode/bits.h"
#include "decode/registers.h"

void ovf_bds65_read(const unsigned char *me, struct ovf_message *message)
{
    if (message->subtype > 1)
        return;
    message->version = (uint8_t)ovf_bits(me, 41, 43);
    message->has |= OVF_MESSAGE_VERSION;
    if (message->version == 0)
        return;
    message->has |= OVF_MESSAGE_NIC_A | OVF_MESSAGE_NAC_P | OVF_MESSAGE_SIL;
    message->nic_a = ovf_bit(me, 44);
    message->nac_p = (uint8_t)ovf_bits(me, 45, 48);
    message->sil = (uint8_t)ovf_bits(me, 51, 52);
    if (message->subtype == 0) {
        message->has |= OVF_MESSAGE_NIC_BARO;
        message->nic_baro = ovf_bit(me, 53);
    }
    if (message->version == 1)
        return;
    message->has |= OVF_MESSAGE_SIL_SUPPLEMENT;
    message->sil_is_per_sample = ovf_bit(me, 55);
    if (message->subtype == 1) {
        message->has |= OVF_MESSAGE_NIC_C;
        message->nic_c = ovf_bit(me, 20);
    }
}
