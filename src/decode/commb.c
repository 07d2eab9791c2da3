/* SPDX-License-Identifier: Apache-2.0 */
/* Telling Comm-B registers apart. Each reader refuses what cannot be its register; what two of them take is
 * nobody's. Only 2,0 says its own name, and so do 1,0 and 3,0, which are not read: what begins like these is
 * not looked at as another. */
#include "decode/commb.h"

#include <math.h>
#include <stddef.h>

#include "decode/registers.h"

/* Between a reply and the last squitter, seconds apart: a turn and an acceleration. */
#define GS_APART_KT 50.0
#define TRACK_APART_DEG 30.0

static double angle_between_deg(double a_deg, double b_deg)
{
    const double d = fabs(a_deg - b_deg);
    return d > 180 ? 360 - d : d;
}

static bool contradicts(const struct ovf_message *message, const struct ovf_commb_known *known)
{
    return known->has_velocity && message->bds == 0x50 &&
           (fabs(message->gs_kt - known->gs_kt) > GS_APART_KT ||
            angle_between_deg(message->track_deg, known->track_deg) > TRACK_APART_DEG);
}

void ovf_commb_read(const unsigned char *mb, const struct ovf_commb_known *known,
                    struct ovf_message *message)
{
    static bool (*const readers[])(const unsigned char *, struct ovf_message *) = {
        ovf_bds40_read, ovf_bds50_read, ovf_bds60_read};
    struct ovf_message found = *message;
    int n_found = 0;
    if (mb[0] == 0x10 || mb[0] == 0x30)
        return;
    if (mb[0] == 0x20) {
        (void)ovf_bds20_read(mb, message);
        return;
    }
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        struct ovf_message read = *message;
        if (readers[i](mb, &read)) {
            found = read;
            n_found++;
        }
    }
    if (n_found == 1 && !contradicts(&found, known))
        *message = found;
}
