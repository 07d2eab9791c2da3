/* SPDX-License-Identifier: Apache-2.0 */
/* AVR text format.
 * Source: jetvision wiki, "Mode-S Beast: Data Output Formats"; '<' as dump1090-mutability writes it.
 *
 *   * frame ;                      frame: 4, 14 or 28 hexadecimal digits of either case
 *   @ stamp frame ;  % likewise    stamp: 12 digits
 *   < stamp signal frame ;         signal: 2 digits
 *
 * A frame ends with its semicolon; a line end before it breaks it. White space is allowed between frames
 * and digits.
 */
#include "decode/avr.h"

static bool opens(unsigned char c)
{
    return c == '*' || c == '@' || c == '%' || c == '<';
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static uint64_t number(const char *digits, int n)
{
    uint64_t value = 0;
    for (int i = 0; i < n; i++)
        value = value << 4 | (uint64_t)digit((unsigned char)digits[i]);
    return value;
}

/** All characters of the text but the first are digits. */
static bool read_frame(const struct ovf_avr *avr, struct ovf_radio_frame *frame)
{
    const char *at = avr->text + 1;
    int n = avr->n - 1;
    *frame = (struct ovf_radio_frame){.stamp_kind = OVF_STAMP_NONE};
    if (avr->text[0] != '*') {
        if (n < 12)
            return false;
        ovf_radio_frame_stamp(frame, number(at, 12));
        at += 12;
        n -= 12;
    }
    if (avr->text[0] == '<') {
        if (n < 2)
            return false;
        frame->signal = (uint8_t)number(at, 2);
        at += 2;
        n -= 2;
    }
    if (n != 2 * OVF_FRAME_AC_BYTES && n != 2 * OVF_FRAME_SHORT_BYTES &&
        n != 2 * OVF_FRAME_LONG_BYTES)
        return false;
    frame->n_bytes = (uint8_t)(n / 2);
    for (int i = 0; i < n / 2; i++)
        frame->bytes[i] = (unsigned char)number(at + 2 * (ptrdiff_t)i, 2);
    return true;
}

static void drop(struct ovf_avr *avr)
{
    avr->counts.n_broken++;
    avr->counts.n_noise_bytes += avr->n;
    avr->is_open = false;
}

static enum ovf_status end_frame(struct ovf_avr *avr, ovf_radio_frame_fn *take, void *context)
{
    struct ovf_radio_frame frame;
    if (avr->has_other || !read_frame(avr, &frame)) {
        drop(avr);
        return OVF_OK;
    }
    avr->is_open = false;
    avr->counts.n_frames++;
    return take(context, &frame);
}

/** A character that is neither an opening one nor a semicolon, inside of a frame. */
static void keep(struct ovf_avr *avr, unsigned char c)
{
    if (c == '\r' || c == '\n') {
        drop(avr);
    } else if (avr->n == OVF_AVR_MAX_CHARS) {
        drop(avr);
        avr->counts.n_noise_bytes++;
    } else if (!is_blank(c)) {
        avr->has_other = avr->has_other || digit(c) < 0;
        avr->text[avr->n++] = (char)c;
    }
}

static enum ovf_status feed_byte(struct ovf_avr *avr, unsigned char c, ovf_radio_frame_fn *take,
                                 void *context)
{
    if (opens(c)) {
        if (avr->is_open)
            drop(avr);
        avr->is_open = true;
        avr->has_other = false;
        avr->text[0] = (char)c;
        avr->n = 1;
    } else if (!avr->is_open) {
        avr->counts.n_noise_bytes += is_blank(c) || c == ';' ? 0 : 1;
    } else if (c == ';') {
        return end_frame(avr, take, context);
    } else {
        keep(avr, c);
    }
    return OVF_OK;
}

enum ovf_status ovf_avr_feed(struct ovf_avr *avr, struct ovf_bytes bytes, ovf_radio_frame_fn *take,
                             void *context)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < bytes.len && st == OVF_OK; i++) {
        avr->counts.n_bytes++;
        st = feed_byte(avr, bytes.data[i], take, context);
    }
    return st;
}

void ovf_avr_finish(struct ovf_avr *avr)
{
    if (avr->is_open)
        drop(avr);
}
