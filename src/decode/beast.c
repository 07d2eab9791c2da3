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

enum { ESCAPE = OVF_BEAST_ESCAPE, TYPE_RECEIVER = 0xE3 };

enum place {
    PLACE_BETWEEN = 0,
    PLACE_TYPE,    /* behind an escape */
    PLACE_BODY,    /* inside of a body */
    PLACE_ESCAPED, /* behind an escape inside of a body */
};

const uint8_t ovf_beast_body_bytes[256] = {
    ['1'] = 6 + 1 + OVF_FRAME_AC_BYTES,   ['2'] = 6 + 1 + OVF_FRAME_SHORT_BYTES,
    ['3'] = 6 + 1 + OVF_FRAME_LONG_BYTES, ['4'] = 6 + 1 + OVF_FRAME_LONG_BYTES,
    ['5'] = 6 + 1 + OVF_FRAME_LONG_BYTES, [TYPE_RECEIVER] = 8,
};

static void begin(struct ovf_beast *beast, uint8_t type)
{
    if (type == ESCAPE) {
        beast->counts.n_noise_bytes++;
        beast->place = PLACE_TYPE;
        return;
    }
    beast->type = type;
    beast->n_due = ovf_beast_body_bytes[type];
    beast->n_body = 0;
    beast->n_raw = 2;
    beast->place = beast->n_due > 0 ? PLACE_BODY : PLACE_BETWEEN;
    if (beast->n_due == 0)
        beast->counts.n_noise_bytes += 2;
}

/** Notes that others' frames come; \p body: whose, NULL: it was cut. */
static void hear_other(struct ovf_beast *beast, const unsigned char *body)
{
    beast->is_heard_by_news = true;
    beast->is_heard_by_known = body != NULL;
    beast->heard_by = body != NULL ? ovf_long_word(body) : 0;
}

/** What a whole one of \p type holds; of the \p body of a long one OVF_BEAST_ROOM_BYTES can be read.
 * False: it is no frame. */
static bool read_body(struct ovf_beast *beast, uint8_t type, const unsigned char *body,
                      struct ovf_radio_frame *frame)
{
    if (type > OVF_BEAST_TYPE_LONG) {
        beast->counts.n_other++;
        if (type == TYPE_RECEIVER)
            hear_other(beast, body);
        return false;
    }
    if (type == OVF_BEAST_TYPE_LONG) {
        ovf_beast_copy_long(body, frame);
    } else {
        const size_t n_bytes = ovf_beast_body_bytes[type] - (size_t)OVF_BEAST_HEAD_BYTES;
        memset(frame->bytes, 0, sizeof frame->bytes);
        memcpy(frame->bytes, body + OVF_BEAST_HEAD_BYTES, n_bytes);
        frame->n_bytes = (uint8_t)n_bytes;
    }
    ovf_beast_read_head(beast, body, frame);
    return true;
}

static bool keep(struct ovf_beast *beast, unsigned char c, struct ovf_radio_frame *frame)
{
    beast->body[beast->n_body++] = c;
    beast->place = beast->n_body == beast->n_due ? PLACE_BETWEEN : PLACE_BODY;
    return beast->place == PLACE_BETWEEN && read_body(beast, beast->type, beast->body, frame);
}

/** The frame at hand ends early; \p n_next of its bytes belong to the next. */
static void cut(struct ovf_beast *beast, unsigned n_next)
{
    beast->counts.n_broken++;
    beast->counts.n_noise_bytes += beast->n_raw - n_next;
}

/** Whether \p frame ends with \p c. */
static bool feed_byte(struct ovf_beast *beast, unsigned char c, struct ovf_radio_frame *frame)
{
    switch (beast->place) {
    case PLACE_TYPE:
        begin(beast, c);
        return false;
    case PLACE_BODY:
        beast->n_raw++;
        if (c != ESCAPE)
            return keep(beast, c, frame);
        beast->place = PLACE_ESCAPED;
        return false;
    case PLACE_ESCAPED:
        if (c == ESCAPE) {
            beast->n_raw++;
            return keep(beast, c, frame);
        }
        cut(beast, 1);
        if (beast->type == TYPE_RECEIVER)
            hear_other(beast, NULL);
        begin(beast, c);
        return false;
    case PLACE_BETWEEN:
    default:
        beast->place = c == ESCAPE ? PLACE_TYPE : PLACE_BETWEEN;
        beast->counts.n_noise_bytes += c == ESCAPE ? 0 : 1;
        return false;
    }
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

/** What \p bytes begin with, as a whole: its body, in them or in \p room.
 * \return its bytes as sent, 0 when it is not there */
static size_t whole_body(struct ovf_bytes bytes, unsigned char *room, const unsigned char **body)
{
    const size_t n_body =
        bytes.len >= 2 && bytes.data[0] == ESCAPE ? ovf_beast_body_bytes[bytes.data[1]] : 0;
    if (n_body == 0 || bytes.len < 2 + n_body)
        return 0;
    *body = bytes.data + 2;
    if (n_body < OVF_BEAST_MAX_BODY_BYTES && memchr(*body, ESCAPE, n_body) == NULL)
        return 2 + n_body;
    *body = room;
    return unescape(bytes, n_body, room);
}

static void take_off(struct ovf_beast *beast, struct ovf_bytes *bytes, size_t n)
{
    beast->counts.n_bytes += n;
    *bytes = (struct ovf_bytes){bytes->data + n, bytes->len - n};
}

bool ovf_beast_find_next(struct ovf_beast *beast, struct ovf_bytes *bytes,
                         struct ovf_radio_frame *frame)
{
    unsigned char room[OVF_BEAST_ROOM_BYTES] = {0};
    const unsigned char *body = room;
    bool is_frame = false;
    while (bytes->len > 0 && !is_frame) {
        const unsigned char *const at = bytes->data;
        const size_t n = beast->place == PLACE_BETWEEN ? whole_body(*bytes, room, &body) : 0;
        take_off(beast, bytes, n > 0 ? n : 1);
        if (n > 0) {
            ovf_beast_look_ahead(beast, *bytes);
            is_frame = read_body(beast, at[1], body, frame);
        } else {
            is_frame = feed_byte(beast, at[0], frame);
        }
    }
    return is_frame;
}

void ovf_beast_finish(struct ovf_beast *beast)
{
    if (beast->place == PLACE_BODY || beast->place == PLACE_ESCAPED)
        cut(beast, 0);
    else if (beast->place == PLACE_TYPE)
        beast->counts.n_noise_bytes++;
    beast->place = PLACE_BETWEEN;
    beast->is_heard_by_news = false;
}
