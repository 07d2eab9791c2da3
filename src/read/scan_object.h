/* SPDX-License-Identifier: Apache-2.0 */
/* The aircraft object of a trace row, by bit masks. */
#ifndef OVF_READ_SCAN_OBJECT_H
#define OVF_READ_SCAN_OBJECT_H

#include "read/scan_like.h"

#if defined(__x86_64__)

/**
 * Read the aircraft object that begins at \p p (its brace; 16 bytes of the document stand before it).
 *
 * \param[in,out] like  its object is overwritten, also when none is read; what is kept there may be of any document
 * \return behind its closing brace; NULL when it is anything but a well-formed object of plain text,
 *         numbers and lists of plain texts whose values are good
 */
const unsigned char *ovf_scan_object(const unsigned char *p, const unsigned char *end,
                                     struct ovf_scan_like *like);

/** The same, for processors with AVX-512. */
const unsigned char *ovf_scan_object_wide(const unsigned char *p, const unsigned char *end,
                                          struct ovf_scan_like *like);

#endif
#endif
