/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft status (BDS 6,1), type code 28.
 * Source: RTCA DO-260B 2.2.3.2.7.8; ICAO Doc 9871, table B-2-97a.
 *
 *   bits  1-5   type code 28           bits 9-11   emergency, 0 = none
 *         6-8   subtype, 1                  12-24  Mode A code as in an identity reply
 *
 * Subtype 2 is a resolution advisory of ACAS and not read.
 */
#include "decode/altitude.h"
#include "decode/bits.h"
#include "decode/registers.h"

void ovf_bds61_read(const unsigned char *me, struct ovf_message *message)
{
    if (message->subtype != 1)
        return;
    const uint32_t code = ovf_bits(me, 12, 24);
    message->has |= OVF_MESSAGE_EMERGENCY;
    message->emergency = (uint8_t)ovf_bits(me, 9, 11);
    if (code == 0) /* version 0 has nothing here */
        return;
    message->has |= OVF_MESSAGE_SQUAWK;
    message->squawk = ovf_squawk_from_id13(code);
}
