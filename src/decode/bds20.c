/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft identification (BDS 2,0) in a Comm-B reply.
 * Source: ICAO Doc 9871, table A-2-32; the characters: decode/bds08.c.
 *
 *   bits  1-8   20 (hexadecimal)
 *         9-56  eight characters of six bits
 */
#include "decode/bits.h"
#include "decode/registers.h"

bool ovf_bds20_read(const unsigned char *mb, struct ovf_message *message)
{
    char callsign[8];
    if (mb[0] != 0x20 || !ovf_callsign_read(mb, callsign) || callsign[0] == '\0')
        return false;
    message->has |= OVF_MESSAGE_CALLSIGN;
    message->bds = 0x20;
    for (int i = 0; i < 8; i++)
        message->callsign[i] = callsign[i];
    return true;
}
