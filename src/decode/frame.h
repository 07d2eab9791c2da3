/* SPDX-License-Identifier: Apache-2.0 */
/* A frame as a receiver gives it: bytes of Mode S or Mode A/C, and what its clock said. */
#ifndef OVF_DECODE_FRAME_H
#define OVF_DECODE_FRAME_H

#include <stdint.h>

#include "base/status.h"

enum {
    OVF_FRAME_AC_BYTES = 2,
    OVF_FRAME_SHORT_BYTES = 7,
    OVF_FRAME_LONG_BYTES = 14,
};

/** What the six bytes of a stamp are. */
enum ovf_stamp_kind {
    OVF_STAMP_NONE,  /* there are none, or all zeros or ones, which is how writers say so */
    OVF_STAMP_CLOCK, /* a counter or the time of day: decode/clock.h */
    OVF_STAMP_MLAT,  /* FF 00 "MLAT": the frame was made from a position by multilateration */
    OVF_STAMP_UAT,   /* FF 00 "MLAU": likewise, from a message on 978 MHz */
};

struct ovf_radio_frame {
    unsigned char bytes[OVF_FRAME_LONG_BYTES];
    uint8_t n_bytes; /* OVF_FRAME_AC_BYTES, _SHORT_BYTES or _LONG_BYTES */
    uint8_t signal;  /* 255 is full scale; 0: not stated */
    uint8_t stamp_kind;
    uint64_t stamp; /* 48 bits */
};

/** The stamp of \p frame from its six bytes. */
static inline void ovf_radio_frame_stamp(struct ovf_radio_frame *frame, uint64_t stamp)
{
    static const uint64_t mlat = UINT64_C(0xFF004D4C4154);
    static const uint64_t uat = UINT64_C(0xFF004D4C4155);
    frame->stamp = stamp;
    frame->stamp_kind = OVF_STAMP_CLOCK;
    if (stamp > 0 && stamp < mlat)
        return; /* nearly all of them */
    if (stamp == 0 || stamp == UINT64_C(0xFFFFFFFFFFFF))
        frame->stamp_kind = OVF_STAMP_NONE;
    else if (stamp == mlat)
        frame->stamp_kind = OVF_STAMP_MLAT;
    else if (stamp == uat)
        frame->stamp_kind = OVF_STAMP_UAT;
}

/** Takes one frame; a status other than OVF_OK stops the reading and is returned by it. */
typedef enum ovf_status ovf_radio_frame_fn(void *context, const struct ovf_radio_frame *frame);

/** What became of the bytes. */
struct ovf_radio_counts {
    uint64_t n_bytes;
    uint64_t n_frames;
    uint64_t n_broken;      /* frames cut short or with characters that do not belong */
    uint64_t n_other;       /* whole, but of a kind that holds no frame (status, receiver) */
    uint64_t n_noise_bytes; /* outside of frames, or of broken ones */
};

#endif
