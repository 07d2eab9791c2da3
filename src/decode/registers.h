/* SPDX-License-Identifier: Apache-2.0 */
/* The registers: each reads the seven bytes of one (ME of an extended squitter, MB of a Comm-B reply) into a
 * message. Source of all: RTCA DO-260B (versions 0 to 2 of ADS-B) and ICAO Doc 9871, by the clause that
 * stands in each file. */
#ifndef OVF_DECODE_REGISTERS_H
#define OVF_DECODE_REGISTERS_H

#include "decode/bits.h"
#include "decode/message.h"

enum { OVF_REGISTER_BYTES = 7 };

/* Of extended squitters, once the type code has told which; airborne positions: bds05.h. */
void ovf_bds06_read(const unsigned char *me, struct ovf_message *message); /* surface position */
void ovf_bds08_read(const unsigned char *me, struct ovf_message *message); /* identification */
void ovf_bds09_read(const unsigned char *me, struct ovf_message *message); /* velocity */
void ovf_bds61_read(const unsigned char *me, struct ovf_message *message); /* status */
void ovf_bds62_read(const unsigned char *me, struct ovf_message *message); /* target state */
void ovf_bds65_read(const unsigned char *me, struct ovf_message *message); /* operational status */

/** The half of a position that 0,5 and 0,6 hold in bits 22 to 56. */
static inline struct ovf_cpr ovf_cpr_field(uint64_t word, bool is_surface)
{
    return (struct ovf_cpr){.lat = ovf_field(word, 23, 39),
                            .lon = ovf_field(word, 40, 56),
                            .is_odd = ovf_flag(word, 22),
                            .is_surface = is_surface};
}

/** gs_kt and track_deg of a \p message whose velocity is not 0: apart, because it takes long, and most say what that
 * before of the aircraft said. */
void ovf_bds09_read_velocity(struct ovf_message *message);

/** The eight characters of six bits from bit 9 of a register on. False: one of them is none. Padded with NULs,
 * blanks at the end cut; nothing but blanks is good, and empty. */
bool ovf_callsign_read(const unsigned char *bytes, char callsign[8]);

/* Of Comm-B replies, which do not say which register they hold. Each is false, and \p message unchanged, when
 * \p mb cannot be it: a reserved bit or an unset field's is not zero, or a value is none that is flown. */
bool ovf_bds20_read(const unsigned char *mb, struct ovf_message *message); /* identification */
bool ovf_bds40_read(const unsigned char *mb, struct ovf_message *message); /* selected altitude */
bool ovf_bds50_read(const unsigned char *mb, struct ovf_message *message); /* track and turn */
bool ovf_bds60_read(const unsigned char *mb, struct ovf_message *message); /* heading and speed */

#endif
