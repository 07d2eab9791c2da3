/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of a receiver to messages: framing, clock and decoder in one, in pieces as they come. Delivered byte by byte
 * or at once, the same comes out. */
#ifndef OVF_DECODE_STREAM_H
#define OVF_DECODE_STREAM_H

#include "base/bytes.h"
#include "base/error.h"
#include "decode/clock.h"
#include "decode/decoder.h"

enum ovf_stream_format {
    OVF_STREAM_BEAST,
    OVF_STREAM_AVR,
};

/** Whose frames are taken. Zero-initialised: the stream's one receiver's. */
struct ovf_heard_by {
    bool is_one_of_many; /* the stream names receivers: */
    bool is_named;       /* this one, too */
    uint64_t id;
};

/** The next frames are heard by another: sets where that is, as far as \p is_placed says that it is known. A status
 * other than OVF_OK stops the reading and is returned by it. */
typedef enum ovf_status ovf_stream_receiver_fn(void *context, struct ovf_heard_by by,
                                               struct ovf_point *at, bool *is_placed);

struct ovf_stream_options {
    enum ovf_stream_format format;
    struct ovf_clock clock;           /* of a recording */
    const struct ovf_point *receiver; /* the place of its one receiver, copied; NULL: not known */
    ovf_stream_receiver_fn *hear;     /* NULL: nobody wants to know */
    size_t max_aircraft;
};

/** Takes one frame and what it came to. \p t_ns NULL: when is not known. A status other than OVF_OK stops the reading
 * and is returned by it. */
typedef enum ovf_status ovf_stream_fn(void *context, const struct ovf_radio_frame *frame,
                                      const int64_t *t_ns, const struct ovf_decoded *report);

struct ovf_stream;

OVF_NODISCARD enum ovf_status ovf_stream_new(const struct ovf_stream_options *options,
                                             ovf_stream_fn *take, void *context,
                                             struct ovf_stream **out);
void ovf_stream_free(struct ovf_stream *stream);

/**
 * Feed the next bytes, cut anywhere.
 *
 * \param[in] now_ns  live: when they came, which is the time of their frames whatever the stamps say; NULL: the
 *                    stamps tell
 * \retval OVF_E_FORMAT  the stamps are of another kind than the clock's: no time so far is right, and nothing more
 *                       can be read; \p err says what to state
 * \retval OVF_E_NOMEM, or what \p take returned
 */
OVF_NODISCARD enum ovf_status ovf_stream_feed(struct ovf_stream *stream, struct ovf_bytes bytes,
                                              const int64_t *now_ns, struct ovf_error *err);

/** The end of the bytes, behind which others may begin: a frame that waited for the next to tell its time is taken.
 * Statuses as of \p take. */
OVF_NODISCARD enum ovf_status ovf_stream_finish(struct ovf_stream *stream);

/** What became of the bytes. Borrowed. */
const struct ovf_radio_counts *ovf_stream_frames(const struct ovf_stream *stream);
/** What became of the frames. */
struct ovf_decoder_counts ovf_stream_counts(const struct ovf_stream *stream);
uint64_t ovf_stream_n_without_time(const struct ovf_stream *stream);
/** Of an address: the aircraft itself, and each kind of ground station that speaks for it. */
size_t ovf_stream_n_senders(const struct ovf_stream *stream);

/** Which format a recording is in, by its first bytes: AVR begins, but for white space, as its frames do. */
enum ovf_stream_format ovf_stream_sniff(struct ovf_bytes head);

#endif
