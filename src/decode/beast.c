/* SPDX-License-Identifier: Apache-2.0 */
/* Beast binary format.
 * Source: jetvision wiki, "Mode-S Beast: Data Output Formats"; types 4 and 5 of the Radarcape and E3 of
 * readsb as their streams show them.
 *
 *   1A type body    '1'  6 bytes stamp (big-endian), 1 signal, 2 Mode A/C
 *                   '2'  6, 1,  7 Mode S short
 *                   '3'  6, 1, 14 Mode S long
 *                   '4'  6, 1, 14 status; '5' likewise, the receiver's place
 *                   E3   8 bytes that name the receiver (big-endian): of all frames until the next of these, for
 *                        readsb (--net-receiver-id) writes it when it changes
 *
 * A byte 1A of the body is sent twice. A single one inside a body therefore begins the next frame, and the
 * one at hand was cut. Between frames a doubled 1A may be either, the rest of a frame that was cut or one
 * that was cut behind its first byte: a frame is tried, and its parity decides.
 */
#include "decode/beast.h"

#include "decode/bits.h"

enum { ESCAPE = 0x1A, TYPE_LONG = '3', TYPE_RECEIVER = 0xE3, HEAD_BYTES = 6 + 1 };

enum place {
    PLACE_BETWEEN = 0,
    PLACE_TYPE,    /* behind an escape */
    PLACE_BODY,    /* inside of a body */
    PLACE_ESCAPED, /* behind an escape inside of a body */
};

/** Bytes of the body of a frame of this type, 0 when there is no such type. */
static inline uint8_t body_bytes(uint8_t type)
{
    static const uint8_t of_types[256] = {
        ['1'] = 6 + 1 + OVF_FRAME_AC_BYTES,   ['2'] = 6 + 1 + OVF_FRAME_SHORT_BYTES,
        ['3'] = 6 + 1 + OVF_FRAME_LONG_BYTES, ['4'] = 6 + 1 + OVF_FRAME_LONG_BYTES,
        ['5'] = 6 + 1 + OVF_FRAME_LONG_BYTES, [TYPE_RECEIVER] = 8,
    };
    return of_types[type];
}

static void begin(struct ovf_beast *beast, uint8_t type)
{
    if (type == ESCAPE) {
        beast->counts.n_noise_bytes++;
        beast->place = PLACE_TYPE;
        return;
    }
    beast->type = type;
    beast->n_due = body_bytes(type);
    beast->n_body = 0;
    beast->n_raw = 2;
    beast->place = beast->n_due > 0 ? PLACE_BODY : PLACE_BETWEEN;
    if (beast->n_due == 0)
        beast->counts.n_noise_bytes += 2;
}

/** The first eight bytes: of a frame stamp, signal and its first one. */
static inline uint64_t load_head(const unsigned char *body)
{
    return (uint64_t)body[0] << 56 | (uint64_t)body[1] << 48 | (uint64_t)body[2] << 40 |
           (uint64_t)body[3] << 32 | (uint64_t)body[4] << 24 | (uint64_t)body[5] << 16 |
           (uint64_t)body[6] << 8 | (uint64_t)body[7];
}

/** A body that holds no frame. */
__attribute__((noinline)) static enum ovf_status give_other(struct ovf_beast *beast, uint8_t type,
                                                            const unsigned char *body,
                                                            void *context)
{
    beast->counts.n_other++;
    if (type != TYPE_RECEIVER || beast->hear == NULL)
        return OVF_OK;
    const uint64_t id = load_head(body);
    return beast->hear(context, &id);
}

/** A whole frame of \p type. */
static inline enum ovf_status give(struct ovf_beast *beast, uint8_t type, const unsigned char *body,
                                   ovf_radio_frame_fn *take, void *context)
{
    if (type > TYPE_LONG)
        return give_other(beast, type, body, context);
    struct ovf_radio_frame frame = {.n_bytes = OVF_FRAME_LONG_BYTES, .signal = body[6]};
    ovf_radio_frame_stamp(&frame, load_head(body) >> 16);
    if (type == TYPE_LONG) { /* of a known length */
        memcpy(frame.bytes, body + HEAD_BYTES, OVF_FRAME_LONG_BYTES);
    } else {
        frame.n_bytes = (uint8_t)(body_bytes(type) - HEAD_BYTES);
        memcpy(frame.bytes, body + HEAD_BYTES, frame.n_bytes);
    }
    beast->counts.n_frames++;
    return take(context, &frame);
}

static enum ovf_status keep(struct ovf_beast *beast, unsigned char c, ovf_radio_frame_fn *take,
                            void *context)
{
    beast->body[beast->n_body++] = c;
    beast->place = beast->n_body == beast->n_due ? PLACE_BETWEEN : PLACE_BODY;
    return beast->place == PLACE_BETWEEN ? give(beast, beast->type, beast->body, take, context)
                                         : OVF_OK;
}

/** The frame at hand ends early; \p n_next of its bytes belong to the next. */
static void count_cut(struct ovf_beast *beast, unsigned n_next)
{
    beast->counts.n_broken++;
    beast->counts.n_noise_bytes += beast->n_raw - n_next;
}

static enum ovf_status cut(struct ovf_beast *beast, unsigned n_next, void *context)
{
    count_cut(beast, n_next);
    return beast->type == TYPE_RECEIVER && beast->hear != NULL ? beast->hear(context, NULL)
                                                               : OVF_OK;
}

static enum ovf_status feed_byte(struct ovf_beast *beast, unsigned char c, ovf_radio_frame_fn *take,
                                 void *context)
{
    enum ovf_status st;
    switch (beast->place) {
    case PLACE_TYPE:
        begin(beast, c);
        return OVF_OK;
    case PLACE_BODY:
        beast->n_raw++;
        if (c != ESCAPE)
            return keep(beast, c, take, context);
        beast->place = PLACE_ESCAPED;
        return OVF_OK;
    case PLACE_ESCAPED:
        if (c == ESCAPE) {
            beast->n_raw++;
            return keep(beast, c, take, context);
        }
        st = cut(beast, 1, context);
        begin(beast, c);
        return st;
    case PLACE_BETWEEN:
    default:
        beast->place = c == ESCAPE ? PLACE_TYPE : PLACE_BETWEEN;
        beast->counts.n_noise_bytes += c == ESCAPE ? 0 : 1;
        return OVF_OK;
    }
}

/** Sixteen bytes at once, which processors that can compare so. */
typedef unsigned char sixteen __attribute__((vector_size(16)));

static inline sixteen load_sixteen(const unsigned char *bytes)
{
    sixteen loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

/** Whether an escape stands in the body of a long frame. */
static inline bool has_escape_long(const unsigned char *body)
{
    enum { N_BODY = HEAD_BYTES + OVF_FRAME_LONG_BYTES };
    const sixteen found = (sixteen)(load_sixteen(body) == ESCAPE) |
                          (sixteen)(load_sixteen(body + N_BODY - sizeof(sixteen)) == ESCAPE);
    uint64_t halves[2];
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/** The body of a frame that has bytes that stand twice. \return its bytes as sent, 0 when it is not there as a whole */
static size_t unescape(struct ovf_bytes bytes, size_t n_body, unsigned char *body)
{
    size_t at = 2;
    for (size_t n = 0; n < n_body;) {
        const size_t n_left = n_body - n;
        if (bytes.len - at < n_left)
            return 0;
        memcpy(body + n, bytes.data + at, n_left); /* as far as the next escape it is right */
        const unsigned char *const found = memchr(body + n, ESCAPE, n_left);
        const size_t n_run = found != NULL ? (size_t)(found - (body + n)) + 1 : n_left;
        at += n_run;
        n += n_run;
        if (found != NULL && (at == bytes.len || bytes.data[at++] != ESCAPE))
            return 0;
    }
    return at;
}

/** The frame that \p bytes begin with: its body, in them or in \p room. \return its bytes as sent, 0 when it is not there
 * as a whole */
static inline size_t whole_frame(struct ovf_bytes bytes, unsigned char *room,
                                 const unsigned char **body)
{
    if (bytes.len < 2 || bytes.data[0] != ESCAPE)
        return 0;
    const uint8_t type = bytes.data[1];
    const size_t n_body = type == TYPE_LONG ? HEAD_BYTES + OVF_FRAME_LONG_BYTES : body_bytes(type);
    if (n_body == 0 || bytes.len < 2 + n_body)
        return 0;
    *body = bytes.data + 2;
    if (type == TYPE_LONG ? !has_escape_long(*body) : memchr(*body, ESCAPE, n_body) == NULL)
        return 2 + n_body;
    *body = room;
    return unescape(bytes, n_body, room);
}

/** Says whose frame comes after the one that \p bytes begin with, if it is a long one; where bytes stand twice it may be
 * wrong. */
static inline void announce(const struct ovf_beast *beast, struct ovf_bytes bytes, void *context)
{
    enum { ADDRESS = 2 + HEAD_BYTES + 1, END = ADDRESS + 3 };
    if (beast->expect == NULL || bytes.len < 2 + OVF_BEAST_MAX_BODY_BYTES + END)
        return;
    const unsigned char *const next = bytes.data + 2 + body_bytes(bytes.data[1]);
    if (next[0] == ESCAPE && next[1] == TYPE_LONG)
        beast->expect(context, ovf_word(next + ADDRESS - 1) & 0xFFFFFF);
}

/** Gives the whole frames that \p bytes begin with, which are taken off them. */
static enum ovf_status feed_frames(struct ovf_beast *beast, struct ovf_bytes *bytes,
                                   ovf_radio_frame_fn *take, void *context)
{
    unsigned char room[OVF_BEAST_MAX_BODY_BYTES];
    struct ovf_bytes rest = *bytes;
    const unsigned char *body = room;
    enum ovf_status st = OVF_OK;
    size_t n;
    while (st == OVF_OK && (n = whole_frame(rest, room, &body)) > 0) {
        const uint8_t type = rest.data[1];
        rest = (struct ovf_bytes){rest.data + n, rest.len - n};
        announce(beast, rest, context);
        st = give(beast, type, body, take, context);
    }
    beast->counts.n_bytes += bytes->len - rest.len;
    *bytes = rest;
    return st;
}

enum ovf_status ovf_beast_feed(struct ovf_beast *beast, struct ovf_bytes bytes,
                               ovf_radio_frame_fn *take, void *context)
{
    enum ovf_status st = OVF_OK;
    while (bytes.len > 0 && st == OVF_OK) {
        if (beast->place == PLACE_BETWEEN)
            st = feed_frames(beast, &bytes, take, context);
        if (bytes.len == 0 || st != OVF_OK)
            break;
        st = feed_byte(beast, bytes.data[0], take, context);
        beast->counts.n_bytes++;
        bytes = (struct ovf_bytes){bytes.data + 1, bytes.len - 1};
    }
    return st;
}

void ovf_beast_finish(struct ovf_beast *beast)
{
    if (beast->place == PLACE_BODY || beast->place == PLACE_ESCAPED)
        count_cut(beast, 0);
    else if (beast->place == PLACE_TYPE)
        beast->counts.n_noise_bytes++;
    beast->place = PLACE_BETWEEN;
}
