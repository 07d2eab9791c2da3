/* SPDX-License-Identifier: Apache-2.0 */
/* Framing of the Beast binary format: bytes to frames, in pieces as they come. */
#ifndef OVF_DECODE_BEAST_H
#define OVF_DECODE_BEAST_H

#include "base/bytes.h"
#include "decode/frame.h"

enum { OVF_BEAST_MAX_BODY_BYTES = 6 + 1 + OVF_FRAME_LONG_BYTES };

/** Zero-initialised is at the start of a stream. Treat as opaque but for counts and expect. */
struct ovf_beast {
    struct ovf_radio_counts counts;
    /** Called with the context of ovf_beast_feed before a frame is given, with what stands in the one after the next where
     * an address does, so that what is known of it can be fetched meanwhile; NULL: nobody wants to know. */
    void (*expect)(void *context, uint32_t address);
    /** Called with the same context before the frames that another receiver heard, with its id; NULL: it was cut, and
     * nobody knows whose they are. NULL: nobody wants to know. What it returns is as if a frame were taken. */
    enum ovf_status (*hear)(void *context, const uint64_t *receiver);
    uint8_t place;
    uint8_t type;
    uint8_t n_body;
    uint8_t n_due;
    uint8_t n_raw; /* bytes of the frame at hand as sent */
    unsigned char body[OVF_BEAST_MAX_BODY_BYTES];
};

/** Feed the next bytes, cut anywhere. \return OVF_OK, or what \p take returned: the bytes behind that frame
 * are not looked at then */
OVF_NODISCARD enum ovf_status ovf_beast_feed(struct ovf_beast *beast, struct ovf_bytes bytes,
                                             ovf_radio_frame_fn *take, void *context);

/** The end of the stream: what is open is broken. */
void ovf_beast_finish(struct ovf_beast *beast);

#endif
