/* SPDX-License-Identifier: Apache-2.0 */
/* Framing of the AVR text format: characters to frames, in pieces as they come. */
#ifndef OVF_DECODE_AVR_H
#define OVF_DECODE_AVR_H

#include "base/bytes.h"
#include "decode/frame.h"

/** Characters from the one that opens a frame to its semicolon; what is longer is broken. */
enum { OVF_AVR_MAX_CHARS = 64 };

/** Zero-initialised is at the start of a stream. Treat as opaque but for counts. */
struct ovf_avr {
    struct ovf_radio_counts counts;
    bool is_open;
    bool has_other; /* a character that does not belong stands in it */
    uint8_t n;
    char text[OVF_AVR_MAX_CHARS];
};

/** Feed the next bytes, cut anywhere. \return OVF_OK, or what \p take returned: the bytes behind that frame
 * are not looked at then */
OVF_NODISCARD enum ovf_status ovf_avr_feed(struct ovf_avr *avr, struct ovf_bytes bytes,
                                           ovf_radio_frame_fn *take, void *context);

/** The end of the stream: what is open is broken. */
void ovf_avr_finish(struct ovf_avr *avr);

#endif
