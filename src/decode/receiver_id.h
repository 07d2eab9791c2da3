/* SPDX-License-Identifier: Apache-2.0 */
/* The id of a receiver in a stream that collects several, as text. */
#ifndef OVF_DECODE_RECEIVER_ID_H
#define OVF_DECODE_RECEIVER_ID_H

#include "base/bytes.h"

enum { OVF_RECEIVER_ID_SIZE = 19 };

/** "0a1b2c3d-4e5f-6071", as readsb writes it. */
void ovf_receiver_id_format(uint64_t id, char text[OVF_RECEIVER_ID_SIZE]);

/** 16 hexadecimal digits of either case, or the 32 of a whole UUID, of which the first half counts; dashes between
 * them mean nothing. False: it is neither, or 0, which names nobody. */
bool ovf_receiver_id_parse(struct ovf_bytes text, uint64_t *id);

#endif
