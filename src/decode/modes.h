/* SPDX-License-Identifier: Apache-2.0 */
/* One Mode S frame to what it says, without memory of others. */
#ifndef OVF_DECODE_MODES_H
#define OVF_DECODE_MODES_H

#include "decode/frame.h"
#include "decode/message.h"

/** How far the parity of a frame vouches for it. */
enum ovf_parity {
    OVF_PARITY_GOOD,      /* it is whole, and the address in it is somebody's */
    OVF_PARITY_CORRECTED, /* it was, but for one bit: believe it of an address that is known */
    OVF_PARITY_ADDRESS,   /* parity and address are one: believe it of an address that is known */
    OVF_PARITY_BAD,
    OVF_PARITY_NONE, /* Mode A/C, or a format that is not read: there is no message */
};

/**
 * Read \p frame: formats 0, 4, 5, 11, 16, 17, 18, 20, 21. Registers of Comm-B replies are not looked for:
 * ovf_commb_read. \p message is set but for OVF_PARITY_BAD and _NONE, and for gs_kt and track_deg where its velocity is
 * not 0: ovf_bds09_read_velocity.
 */
enum ovf_parity ovf_modes_read(const struct ovf_radio_frame *frame, struct ovf_message *message);

#endif
