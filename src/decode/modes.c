/* SPDX-License-Identifier: Apache-2.0 */
/* Formats of Mode S.
 * Source: ICAO Annex 10 vol. IV, 3.1.2.3 to 3.1.2.8; RTCA DO-260B 2.2.3.2.1 (format 18), 2.2.18 (TIS-B, ADS-R).
 *
 *   bits  1-5   format; 17, 18 extended squitters, of 112 bits as all from 16 on; below, 56
 *         6-8   0, 16: 6 = VS, on the ground; 4, 5, 20, 21: FS; 11, 17: CA; 18: CF
 *         9-32  11, 17, 18: address
 *         20-32 0, 4, 16, 20: altitude; 5, 21: identity
 *         33-88 17, 18: ME; 20, 21: MB
 *         the last 24: parity, of 11 over the interrogator's code (7 bits), of replies over the address
 *
 * CF of 18: 0 and 1 are the aircraft's own word (1: with a label), 2 TIS-B, 3 the same, coarse (not read), 4
 * management (not read), 5 TIS-B with a label, 6 ADS-R. In 2 and 6 a bit IMF of some registers makes the
 * address a label.
 */
#include "decode/modes.h"

#include <string.h>

#include "decode/altitude.h"
#include "decode/bds05.h"
#include "decode/bits.h"
#include "decode/crc24.h"
#include "decode/registers.h"

enum { FORMAT_BITS = 5, ME_BYTE = 4, SQUITTER = 17 };

enum {
    CF_ADSB = 0,
    CF_ADSB_LABEL = 1,
    CF_TISB = 2,
    CF_TISB_LABEL = 5,
    CF_ADSR = 6,
};

const char *ovf_message_source_name(enum ovf_message_source source)
{
    static const char *const names[] = {[OVF_MESSAGE_MODE_S] = "mode_s",
                                        [OVF_MESSAGE_ADSB] = "adsb",
                                        [OVF_MESSAGE_ADSR] = "adsr",
                                        [OVF_MESSAGE_TISB] = "tisb",
                                        [OVF_MESSAGE_MLAT] = "mlat"};
    return names[source];
}

/** A register that is no airborne position. */
static void read_other_register(const unsigned char *me, struct ovf_message *message)
{
    static const struct {
        uint8_t bds;
        void (*read)(const unsigned char *me, struct ovf_message *message);
    } registers[32] = {
        [1] = {0x08, ovf_bds08_read},  [2] = {0x08, ovf_bds08_read},  [3] = {0x08, ovf_bds08_read},
        [4] = {0x08, ovf_bds08_read},  [5] = {0x06, ovf_bds06_read},  [6] = {0x06, ovf_bds06_read},
        [7] = {0x06, ovf_bds06_read},  [8] = {0x06, ovf_bds06_read},  [19] = {0x09, ovf_bds09_read},
        [28] = {0x61, ovf_bds61_read}, [29] = {0x62, ovf_bds62_read}, [31] = {0x65, ovf_bds65_read},
    };
    const uint8_t type_code = me[0] >> 3;
    message->bds = registers[type_code].bds;
    if (registers[type_code].read != NULL)
        registers[type_code].read(me, message);
}

static inline __attribute__((always_inline)) void read_register(const unsigned char *me,
                                                                struct ovf_message *message)
{
    message->is_squitter = true;
    message->type_code = me[0] >> 3;
    message->subtype = me[0] & 7;
    if (ovf_bds05_is(message->type_code)) {
        message->bds = 0x05;
        ovf_bds05_read(me, message);
    } else {
        read_other_register(me, message);
    }
}

/** Bit IMF of what a ground station sends; false where the register has none. */
static bool is_label(const unsigned char *me, const struct ovf_message *message)
{
    switch (message->bds) {
    case 0x05:
        return ovf_bit(me, 8);
    case 0x06:
        return ovf_bit(me, 21);
    case 0x09:
        return ovf_bit(me, 9);
    case 0x61:
    case 0x65:
        return ovf_bit(me, 56);
    default:
        return false;
    }
}

static void read_squitter_18(const unsigned char *me, struct ovf_message *message)
{
    static const uint8_t sources[8] = {[CF_ADSB] = OVF_MESSAGE_ADSB,
                                       [CF_ADSB_LABEL] = OVF_MESSAGE_ADSB,
                                       OVF_MESSAGE_TISB,
                                       OVF_MESSAGE_TISB,
                                       OVF_MESSAGE_TISB,
                                       OVF_MESSAGE_TISB,
                                       [CF_ADSR] = OVF_MESSAGE_ADSR,
                                       OVF_MESSAGE_MODE_S};
    const uint8_t cf = message->capability;
    message->source = sources[cf];
    if (cf != 3 && cf != 4 && cf != 7)
        read_register(me, message);
    if (cf == CF_ADSB_LABEL || cf == CF_TISB_LABEL ||
        ((cf == CF_TISB || cf == CF_ADSR) && is_label(me, message)))
        message->address |= OVF_MESSAGE_NON_ICAO;
    if (message->source == OVF_MESSAGE_TISB) /* the same bit is no supplement there */
        message->has &= ~(uint32_t)OVF_MESSAGE_NIC_B;
}

static void read_altitude(const unsigned char *bytes, struct ovf_message *message)
{
    if (ovf_altitude_from_ac13(ovf_bits(bytes, 20, 32), &message->alt_baro_ft))
        message->has |= OVF_MESSAGE_ALT_BARO;
}

static void read_identity(const unsigned char *bytes, struct ovf_message *message)
{
    message->has |= OVF_MESSAGE_SQUAWK;
    message->squawk = ovf_squawk_from_id13(ovf_bits(bytes, 20, 32));
}

/** FS 0 and 2 are in the air, 1 and 3 on the ground, 4 and 5 either. */
static void read_flight_status(struct ovf_message *message)
{
    if (message->capability > 3)
        return;
    message->has |= OVF_MESSAGE_GROUND;
    message->on_ground = message->capability % 2 == 1;
}

/** CA 4 is on the ground, 5 in the air, others either. */
static inline void read_capability(struct ovf_message *message)
{
    if (message->capability != 4 && message->capability != 5)
        return;
    message->has |= OVF_MESSAGE_GROUND;
    message->on_ground = message->capability == 4;
}

static void read_format(const unsigned char *bytes, uint8_t df, struct ovf_message *message)
{
    switch (df) {
    case 0:
    case 16:
        message->has |= OVF_MESSAGE_GROUND;
        message->on_ground = ovf_bit(bytes, 6);
        read_altitude(bytes, message);
        break;
    case 4:
    case 20:
        read_flight_status(message);
        read_altitude(bytes, message);
        break;
    case 5:
    case 21:
        read_flight_status(message);
        read_identity(bytes, message);
        break;
    case 11:
        read_capability(message);
        break;
    default:
        read_squitter_18(bytes + ME_BYTE, message);
        break;
    }
}

/** Bytes of a frame of the format, 0 for one that is not read. */
static inline int format_bytes(uint8_t df)
{
    static const uint8_t n_bytes[32] = {
        [0] = OVF_FRAME_SHORT_BYTES,  [4] = OVF_FRAME_SHORT_BYTES, [5] = OVF_FRAME_SHORT_BYTES,
        [11] = OVF_FRAME_SHORT_BYTES, [16] = OVF_FRAME_LONG_BYTES, [17] = OVF_FRAME_LONG_BYTES,
        [18] = OVF_FRAME_LONG_BYTES,  [20] = OVF_FRAME_LONG_BYTES, [21] = OVF_FRAME_LONG_BYTES,
    };
    return n_bytes[df];
}

/** The bit that put right explains \p remainder; not of the format, by which it was judged. \return 0: there is none */
static unsigned bit_to_put_right(int n_bytes, uint32_t remainder)
{
    const unsigned wrong = ovf_crc24_wrong_bit(remainder, (unsigned)n_bytes * 8);
    return wrong > FORMAT_BITS ? wrong : 0;
}

/** What the remainder alone says: of OVF_PARITY_CORRECTED it is still to be seen whether one bit explains it. */
static inline enum ovf_parity check(uint8_t df, uint32_t remainder)
{
    enum { INTERROGATOR = 0x7F };
    switch (df) {
    case 11:
        /* the code asked for is known to the radar alone */
        if ((remainder & ~(uint32_t)INTERROGATOR) == 0)
            return remainder == 0 ? OVF_PARITY_GOOD : OVF_PARITY_ADDRESS;
        return OVF_PARITY_CORRECTED;
    case SQUITTER: /* no whole one */
        return OVF_PARITY_CORRECTED;
    case 18:
        return remainder == 0 ? OVF_PARITY_GOOD : OVF_PARITY_BAD;
    default:
        return OVF_PARITY_ADDRESS;
    }
}

/** Nothing is said yet. In halves, which are a few stores each; the whole is a loop that takes longer to begin. */
static inline void clear(struct ovf_message *message)
{
    enum { HALF = sizeof *message / 2 };
    memset(message, 0, HALF);
    memset((unsigned char *)message + HALF, 0, sizeof *message - HALF);
}

/** A whole squitter of format 17. */
static inline void read_squitter_17(const struct ovf_radio_frame *frame,
                                    struct ovf_message *message)
{
    const uint32_t head = ovf_word(frame->bytes);
    clear(message);
    message->df = SQUITTER;
    message->capability = head >> 24 & 7;
    message->address = head & 0xFFFFFF;
    message->source = frame->stamp_kind == OVF_STAMP_MLAT ? OVF_MESSAGE_MLAT : OVF_MESSAGE_ADSB;
    read_capability(message);
    read_register(frame->bytes + ME_BYTE, message);
}

/** A whole frame of another format. */
static void read_whole(const struct ovf_radio_frame *frame, uint8_t df, uint32_t remainder,
                       struct ovf_message *message)
{
    const uint32_t head = ovf_word(frame->bytes);
    clear(message);
    message->df = df;
    message->capability = head >> 24 & 7;
    message->address = df == 11 || df == 18 ? head & 0xFFFFFF : remainder;
    read_format(frame->bytes, df, message);
    if (frame->stamp_kind == OVF_STAMP_MLAT)
        message->source = OVF_MESSAGE_MLAT;
}

/** A frame with one wrong bit, if that is what is wrong with it: as if it had been right. */
__attribute__((noinline)) static enum ovf_parity read_corrected(const struct ovf_radio_frame *frame,
                                                                uint32_t remainder,
                                                                struct ovf_message *message)
{
    const unsigned wrong = bit_to_put_right(frame->n_bytes, remainder);
    struct ovf_radio_frame right = *frame;
    if (wrong == 0)
        return OVF_PARITY_BAD;
    right.bytes[(wrong - 1) / 8] ^= (unsigned char)(0x80 >> (wrong - 1) % 8);
    if (ovf_modes_read(&right, message) != OVF_PARITY_GOOD)
        return OVF_PARITY_BAD;
    message->is_corrected = true;
    return OVF_PARITY_CORRECTED;
}

/** What is no whole squitter of format 17. */
__attribute__((noinline)) static enum ovf_parity read_any(const struct ovf_radio_frame *frame,
                                                          struct ovf_message *message)
{
    const uint8_t df = (uint8_t)(frame->bytes[0] >> 3);
    if (frame->n_bytes == OVF_FRAME_AC_BYTES || frame->n_bytes != format_bytes(df))
        return OVF_PARITY_NONE;
    const uint32_t remainder = ovf_crc24(frame->bytes, frame->n_bytes);
    const enum ovf_parity parity = check(df, remainder);
    if (parity == OVF_PARITY_CORRECTED)
        return read_corrected(frame, remainder, message);
    if (parity != OVF_PARITY_BAD)
        read_whole(frame, df, remainder, message);
    return parity;
}

enum ovf_parity ovf_modes_read(const struct ovf_radio_frame *frame, struct ovf_message *message)
{
    if (frame->n_bytes != OVF_FRAME_LONG_BYTES || frame->bytes[0] >> 3 != SQUITTER ||
        ovf_crc24_long(frame->bytes) != 0)
        return read_any(frame, message);
    read_squitter_17(frame, message); /* most of them */
    return OVF_PARITY_GOOD;
}
