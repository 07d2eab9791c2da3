/* SPDX-License-Identifier: Apache-2.0 */
/* Frames to messages with positions: what single frames leave open, decided by those before them. */
#ifndef OVF_DECODE_DECODER_H
#define OVF_DECODE_DECODER_H

#include "decode/aircraft.h"
#include "decode/frame.h"
#include "decode/integrity.h"
#include "decode/modes.h"

/** How long after a position, or another hearing, it is told that an aircraft was heard without one. */
#define OVF_DECODER_HEARING_NS (INT64_C(60) * 1000000000)

enum { OVF_DECODER_MAX_AIRCRAFT = 200000 };

/** What a frame came to. */
enum ovf_fate {
    OVF_FATE_MESSAGE,
    OVF_FATE_BAD_PARITY,
    OVF_FATE_UNKNOWN_ADDRESS, /* it may be whole, but nobody is known who can have sent it */
    OVF_FATE_NOT_READ, /* Mode A/C, a format that is not read, or one that does not go with the length */
    OVF_FATE_NO_TIME, /* of a recording with times: its stamp is far from the others, or there was none yet */
    OVF_FATE_N
};

struct ovf_decoder_counts {
    uint64_t n_fates[OVF_FATE_N];
    uint64_t n_corrected; /* of the messages */
    uint64_t n_positions; /* confirmed or not */
    uint64_t n_refused;   /* positions that cannot be */
    uint64_t n_dropped;   /* aircraft that had to go for want of room */
};

/** What a frame came to; and of OVF_FATE_MESSAGE the message and what follows from it with those before. */
struct ovf_decoded {
    uint8_t fate; /* enum ovf_fate; of others nothing else is set */
    struct ovf_message message;
    struct ovf_placed placed; /* where the message holds half of a position */
    int64_t t_ns;             /* when it was heard, as far as is known */
    bool
        is_hearing; /* no position for a minute, and this message without one is the aircraft's own for sure: its
                        parity vouches for the address, and no ground station or network sent it; and it is known where
                        it was heard */
    const struct ovf_aircraft
        *aircraft; /* as known with this message; borrowed until the next frame */
};

struct ovf_decoder;

/** \p receiver: its place, copied; NULL when that is not known. At most \p max_aircraft are kept. */
OVF_NODISCARD enum ovf_status ovf_decoder_new(const struct ovf_point *receiver, size_t max_aircraft,
                                              struct ovf_decoder **out);
void ovf_decoder_free(struct ovf_decoder *decoder);

/**
 * Take the next frame.
 *
 * \param[in]  t_ns    when it was heard; NULL: not known, then no time passes
 * \retval OVF_OK
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_decoder_take(struct ovf_decoder *decoder,
                                               const struct ovf_radio_frame *frame,
                                               const int64_t *t_ns, struct ovf_decoded *report);

/** The frames from here on are heard at \p receiver, copied; NULL: nobody knows where that is. */
void ovf_decoder_hear_at(struct ovf_decoder *decoder, const struct ovf_point *receiver);

/** What the position of a message is worth; until the next frame. */
struct ovf_integrity ovf_decoded_integrity(const struct ovf_decoded *report);

/** The aircraft that it knows: to say which of them frames are expected of. Borrowed until it is freed. */
struct ovf_aircraft_table *ovf_decoder_aircraft(struct ovf_decoder *decoder);

struct ovf_decoder_counts ovf_decoder_counts(const struct ovf_decoder *decoder);

/** How many were heard, but for those that had to go; who was away for a day counts anew. */
size_t ovf_decoder_n_aircraft(const struct ovf_decoder *decoder);

#endif
