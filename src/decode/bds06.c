/* SPDX-License-Identifier: Apache-2.0 */
/* Surface position (BDS 0,6), type codes 5-8.
 * Source: RTCA DO-260B 2.2.3.2.4; ICAO Doc 9871, table B-2-6.
 *
 *   bits  1-5   type code              bit  21     1 = time tied to UTC
 *         6-12  movement                    22     CPR frame, 0 = even, 1 = odd
 *         13    1 = track is valid          23-39  CPR latitude
 *         14-20 track, 360/128 degrees      40-56  CPR longitude
 *
 * Movement counts steps that grow with the speed; each begins where the one before ends, and what is read is
 * the end that is named in the table.
 */
#include <stddef.h>

#include "decode/bits.h"
#include "decode/registers.h"

/** Movement to knots; false: not available, or a reserved code. */
static bool read_movement(uint32_t movement, double *gs_kt)
{
    static const struct {
        uint32_t first;
        double from_kt;
        double step_kt;
    } runs[] = {
        {124, 175, 0}, {109, 100, 5}, {94, 70, 2},       {39, 15, 1},
        {13, 2, 0.5},  {9, 1, 0.25},  {2, 0.125, 0.125}, {1, 0, 0},
    };
    if (movement > 124)
        return false;
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        if (movement >= runs[i].first) {
            *gs_kt = runs[i].from_kt + (movement - runs[i].first) * runs[i].step_kt;
            return true;
        }
    }
    return false;
}

void ovf_bds06_read(const unsigned char *me, struct ovf_message *message)
{
    message->has |= OVF_MESSAGE_GROUND | OVF_MESSAGE_CPR;
    message->on_ground = true;
    if (read_movement(ovf_bits(me, 6, 12), &message->gs_kt))
        message->has |= OVF_MESSAGE_GS;
    if (ovf_bit(me, 13)) {
        message->has |= OVF_MESSAGE_TRACK;
        message->track_deg = ovf_bits(me, 14, 20) * (360.0 / 128.0);
    }
    message->cpr = ovf_cpr_field(ovf_register_word(me), true);
}
