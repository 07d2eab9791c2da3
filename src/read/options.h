/* SPDX-License-Identifier: Apache-2.0 */
/* What the user has to say of recordings that do not say it themselves. */
#ifndef OVF_READ_OPTIONS_H
#define OVF_READ_OPTIONS_H

#include "decode/clock.h"
#include "track/receivers.h"

/** Zero-initialised: nothing is said. */
struct ovf_read_options {
    struct ovf_clock clock; /* of Beast and AVR; OVF_CLOCK_NONE: not known */
    bool has_receiver;
    struct ovf_receiver_place receiver; /* of an input that names none */
    struct ovf_receivers
        *receivers;       /* of those that inputs name, borrowed; NULL: nobody wants to know */
    int64_t sbs_ahead_ns; /* of SBS: how far its clock is ahead of UTC */
    bool knows_frames;    /* which format frames are in; else their first bytes tell */
    bool is_avr;
};

#endif
