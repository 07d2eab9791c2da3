/* SPDX-License-Identifier: Apache-2.0 */
/* Which register a Comm-B reply holds, which it does not say. */
#ifndef OVF_DECODE_COMMB_H
#define OVF_DECODE_COMMB_H

#include "decode/message.h"

/** What is known of the aircraft from elsewhere, to hold a reading against. */
struct ovf_commb_known {
    bool has_velocity; /* of the last few seconds */
    double gs_kt;
    double track_deg;
};

/**
 * Read the seven bytes \p mb as the one register that they can be: 2,0, 4,0, 5,0 or 6,0. When none fits, or
 * more than one, or what it says is not what is known, \p message stays as it is.
 */
void ovf_commb_read(const unsigned char *mb, const struct ovf_commb_known *known,
                    struct ovf_message *message);

#endif
