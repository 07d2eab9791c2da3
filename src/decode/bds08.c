/* SPDX-License-Identifier: Apache-2.0 */
/* Identification (BDS 0,8), type codes 1-4.
 * Source: RTCA DO-260B 2.2.3.2.5; ICAO Doc 9871, table B-2-8; the characters: ICAO Annex 10 vol. IV,
 * table 3-9.
 *
 *   bits  1-5   type code: 4 = set A, 3 = B, 2 = C, 1 = D
 *         6-8   category within the set
 *         9-56  eight characters of six bits
 *
 * 1 to 26 are letters, 48 to 57 digits, 32 is a blank; no other is a character. A name with one is
 * not believed.
 */
#include <string.h>

#include "decode/bits.h"
#include "decode/registers.h"

bool ovf_callsign_read(const unsigned char *bytes, char callsign[8])
{
    static const char characters[65] =
        "?ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????";
    const uint64_t word = ovf_register_word(bytes);
    char read[8];
    for (unsigned i = 0; i < 8; i++) {
        read[i] = characters[ovf_field(word, 9 + 6 * i, 14 + 6 * i)];
        if (read[i] == '?')
            return false;
    }
    for (int i = 7; i >= 0 && read[i] == ' '; i--)
        read[i] = '\0';
    memcpy(callsign, read, sizeof read);
    return true;
}

void ovf_bds08_read(const unsigned char *me, struct ovf_message *message)
{
    message->has |= OVF_MESSAGE_CATEGORY;
    message->category[0] = (char)('A' + 4 - message->type_code);
    message->category[1] = (char)('0' + ovf_bits(me, 6, 8));
    if (ovf_callsign_read(me, message->callsign) && message->callsign[0] != '\0')
        message->has |= OVF_MESSAGE_CALLSIGN;
}
