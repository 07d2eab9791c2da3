/* SPDX-License-Identifier: Apache-2.0 */
/* Framing of the Beast binary format: bytes to frames, in pieces as they come. */
#ifndef OVF_DECODE_BEAST_H
#define OVF_DECODE_BEAST_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/bytes.h"
#include "decode/bits.h"
#include "decode/frame.h"

enum {
    OVF_BEAST_ESCAPE = 0x1A,
    OVF_BEAST_TYPE_LONG = '3',
    OVF_BEAST_HEAD_BYTES = 6 + 1,
    OVF_BEAST_MAX_BODY_BYTES = OVF_BEAST_HEAD_BYTES + OVF_FRAME_LONG_BYTES,
    OVF_BEAST_LONG_BYTES = 2 + OVF_BEAST_MAX_BODY_BYTES, /* as sent where no byte stands twice */
    OVF_BEAST_AT_ONCE_BYTES = 16, /* that is copied of a body, and compared with an escape */
    OVF_BEAST_ROOM_BYTES = OVF_BEAST_HEAD_BYTES + OVF_BEAST_AT_ONCE_BYTES,
};

/** Zero-initialised is at the start of a stream. Treat as opaque but for counts, ahead and whose frames come. */
struct ovf_beast {
    struct ovf_radio_counts counts;
    /** What stands in the frame after the next where an address does, so that what is known of it can be fetched
     * meanwhile; what was ahead before where that is not there yet. A hint: it may be no address, and where bytes stand
     * twice, or something else comes between, wrong. */
    uint32_t ahead;
    /** Whose the frames that come are, by the last id between them; set aside by who has seen that it is news. */
    bool is_heard_by_news;
    bool is_heard_by_known; /* else the id was cut */
    uint64_t heard_by;
    uint8_t place; /* 0: between frames */
    uint8_t type;
    uint8_t n_body;
    uint8_t n_due;
    uint8_t n_raw; /* bytes of the frame at hand as sent */
    unsigned char body[OVF_BEAST_ROOM_BYTES];
};

/** Bytes of the body of a frame of each type, 0 where there is no such type. */
extern const uint8_t ovf_beast_body_bytes[256];

/** ovf_beast_next() where no plain long frame comes next. */
bool ovf_beast_find_next(struct ovf_beast *beast, struct ovf_bytes *bytes,
                         struct ovf_radio_frame *frame);

/** The end of the stream: what is open is broken. */
void ovf_beast_finish(struct ovf_beast *beast);

/** Sixteen bytes, which are compared at once where the processor can. */
typedef unsigned char ovf_beast_sixteen __attribute__((vector_size(OVF_BEAST_AT_ONCE_BYTES)));

/** Which of the sixteen bytes from \p bytes on are escapes. */
static inline ovf_beast_sixteen ovf_beast_escapes(const unsigned char *bytes)
{
    ovf_beast_sixteen loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return (ovf_beast_sixteen)(loaded == OVF_BEAST_ESCAPE);
}

/** Whether \p bytes begin with a long frame in which no byte stands twice, and go on for as many as are copied with
 * it. */
static inline bool ovf_beast_is_plain_long(struct ovf_bytes bytes)
{
    if (bytes.len < 2 + OVF_BEAST_ROOM_BYTES || bytes.data[0] != OVF_BEAST_ESCAPE ||
        bytes.data[1] != OVF_BEAST_TYPE_LONG)
        return false;
    const ovf_beast_sixteen found =
        ovf_beast_escapes(bytes.data + 2) |
        ovf_beast_escapes(bytes.data + OVF_BEAST_LONG_BYTES - OVF_BEAST_AT_ONCE_BYTES);
    uint64_t halves[2];
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

/** Notes whose frame comes after the one that \p bytes begin with. */
static inline void ovf_beast_look_ahead(struct ovf_beast *beast, struct ovf_bytes bytes)
{
    enum { ADDRESS = 2 + OVF_BEAST_HEAD_BYTES + 1, END = ADDRESS + 3 };
    if (bytes.len < OVF_BEAST_LONG_BYTES + END)
        return;
    const unsigned char *const next = bytes.data + 2 + ovf_beast_body_bytes[bytes.data[1]];
    beast->ahead = ovf_word(next + ADDRESS - 1) & 0xFFFFFF;
}

/** The long frame with \p body, of which OVF_BEAST_ROOM_BYTES can be read: its bytes with the two behind them, in whose
 * place its other members come; what is read of them would have to wait for two copies that overlap. */
static inline void ovf_beast_copy_long(const unsigned char *body, struct ovf_radio_frame *frame)
{
    _Static_assert(offsetof(struct ovf_radio_frame, bytes) == 0 &&
                       offsetof(struct ovf_radio_frame, stamp_kind) >= OVF_BEAST_AT_ONCE_BYTES,
                   "only what is set afterwards stands behind the bytes");
    memcpy(frame, body + OVF_BEAST_HEAD_BYTES, OVF_BEAST_AT_ONCE_BYTES);
    frame->n_bytes = OVF_FRAME_LONG_BYTES;
}

/** Stamp and signal, and counts it. */
static inline void ovf_beast_read_head(struct ovf_beast *beast, const unsigned char *body,
                                       struct ovf_radio_frame *frame)
{
    frame->signal = body[6];
    ovf_radio_frame_stamp(frame, ovf_long_word(body) >> 16);
    beast->counts.n_frames++;
}

/**
 * The next frame of a stream. is_heard_by_news then says whether its receiver may be another than that of the one
 * before.
 *
 * \param[in,out] bytes  the next ones of the stream, cut anywhere; all up to the end of the frame are taken off them.
 *                       What is left is due at the next call
 * \param[out]    frame  a copy; as it was where there is none
 * \return false: all bytes were looked at, and what they begin of a frame is kept
 */
static inline bool ovf_beast_next(struct ovf_beast *beast, struct ovf_bytes *bytes,
                                  struct ovf_radio_frame *frame)
{
    if (beast->place != 0 || !ovf_beast_is_plain_long(*bytes))
        return ovf_beast_find_next(beast, bytes, frame);
    const unsigned char *const body = bytes->data + 2; /* which no bytes at all would not have */
    *bytes =
        (struct ovf_bytes){bytes->data + OVF_BEAST_LONG_BYTES, bytes->len - OVF_BEAST_LONG_BYTES};
    beast->counts.n_bytes += OVF_BEAST_LONG_BYTES;
    ovf_beast_look_ahead(beast, *bytes);
    ovf_beast_copy_long(body, frame);
    ovf_beast_read_head(beast, body, frame);
    return true;
}

#endif
