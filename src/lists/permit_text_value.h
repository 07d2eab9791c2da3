/* SPDX-License-Identifier: Apache-2.0 */
/* Values of a permit's text in the forms that are due (private to src/lists). */
#ifndef OVF_LISTS_PERMIT_TEXT_VALUE_H
#define OVF_LISTS_PERMIT_TEXT_VALUE_H

#include <stdbool.h>

#include "base/bytes.h"

enum { OVF_PERMIT_TEXT_VALUE_SIZE = 256 };

/** Each reads all of \p text, in capitals and without blanks around, or nothing: false. */

/** One word that has a digit: IQ-1234/12. */
bool ovf_permit_text_number(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE]);

/** Registrations, separated by blanks, commas or slashes, written with blanks between. */
bool ovf_permit_text_registrations(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE]);

/** ICAO type designators that have a digit: nearly all have, and no common word does. Likewise. */
bool ovf_permit_text_types(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE]);

/** A mass with its unit (KG, KGS, T, TONNES, LB, LBS), in whole kilograms. "TONS" are of two kinds: none. */
bool ovf_permit_text_mass(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE]);

/** One name of two letters and digits or more. */
bool ovf_permit_text_point(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE]);

/** As written, blanks as one. */
bool ovf_permit_text_route(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE]);

/** 0315, 0315Z, 03:15, 0315 UTC. */
bool ovf_permit_text_clock(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE]);

/** Two dates, each with a time or not: FROM 02OCT12 0000Z TO 05 OCT 2012 2359Z, 2012-10-02 - 2012-10-05. Days and
 * months in figures alone (02/10/2012) are read differently by different people: none. */
bool ovf_permit_text_span(struct ovf_bytes text, char from[OVF_PERMIT_TEXT_VALUE_SIZE],
                          char to[OVF_PERMIT_TEXT_VALUE_SIZE]);

#endif
