/* SPDX-License-Identifier: Apache-2.0 */
/* Selected vertical intention (BDS 4,0) in a Comm-B reply.
 * Source: ICAO Doc 9871, table A-2-64.
 *
 *   bits  1     2-13  altitude selected on the panel, 16 ft      40-47  zeros
 *         14   15-26  altitude of the FMS, 16 ft                 48  49-51  modes
 *         27   28-39  pressure setting, 0.1 hPa above 800        52-53  zeros
 *                                                                54  55-56  source of the altitude
 *
 * The first bit of each says whether the rest means something; where not, the rest is zeros.
 */
#include "decode/bits.h"
#include "decode/registers.h"

/* No airliner is asked to climb higher, and no altimeter is set to another pressure. */
enum { ALT_MIN_FT = 100, ALT_MAX_FT = 50000 };
#define QNH_MIN_HPA 900.0
#define QNH_MAX_HPA 1100.0
/* Altitudes are selected in hundreds of feet and sent in steps of 16: the remainder is below a step. */
enum { ALT_GRAIN_FT = 100, ALT_STEP_FT = 16 };

/** A field of which bit \p status says whether it is there. False: it is not, and yet not zeros. */
static bool is_consistent(const unsigned char *mb, unsigned status, unsigned last)
{
    return ovf_bit(mb, status) || ovf_bits(mb, status + 1, last) == 0;
}

static bool is_altitude(int32_t alt_ft)
{
    const int32_t over_ft = alt_ft % ALT_GRAIN_FT;
    return alt_ft >= ALT_MIN_FT && alt_ft <= ALT_MAX_FT &&
           (over_ft < ALT_STEP_FT || over_ft > ALT_GRAIN_FT - ALT_STEP_FT);
}

bool ovf_bds40_read(const unsigned char *mb, struct ovf_message *message)
{
    const int32_t selected_ft = (int32_t)ovf_bits(mb, 2, 13) * 16;
    const int32_t fms_ft = (int32_t)ovf_bits(mb, 15, 26) * 16;
    const double qnh_hpa = 800 + ovf_bits(mb, 28, 39) * 0.1;
    if (!is_consistent(mb, 1, 13) || !is_consistent(mb, 14, 26) || !is_consistent(mb, 27, 39) ||
        !is_consistent(mb, 48, 51) || !is_consistent(mb, 54, 56) || ovf_bits(mb, 40, 47) != 0 ||
        ovf_bits(mb, 52, 53) != 0)
        return false;
    if ((ovf_bit(mb, 1) && !is_altitude(selected_ft)) || (ovf_bit(mb, 14) && fms_ft > ALT_MAX_FT) ||
        (ovf_bit(mb, 27) && (qnh_hpa < QNH_MIN_HPA || qnh_hpa > QNH_MAX_HPA)))
        return false;
    if (ovf_bit(mb, 1) + ovf_bit(mb, 14) + ovf_bit(mb, 27) < 2)
        return false; /* too little to know it by */
    message->bds = 0x40;
    if (ovf_bit(mb, 1)) {
        message->has |= OVF_MESSAGE_SELECTED_ALT;
        message->selected_alt_ft = selected_ft;
    }
    if (ovf_bit(mb, 14)) {
        message->has |= OVF_MESSAGE_FMS_ALT;
        message->fms_alt_ft = fms_ft;
    }
    if (ovf_bit(mb, 27)) {
        message->has |= OVF_MESSAGE_QNH;
        message->qnh_hpa = qnh_hpa;
    }
    return true;
}
