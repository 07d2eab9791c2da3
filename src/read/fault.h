/* SPDX-License-Identifier: Apache-2.0 */
/* Which row of a member was rejected first, and why, in words for people. The text holds what a stranger
 * wrote, cut and in printable ASCII. */
#ifndef OVF_READ_FAULT_H
#define OVF_READ_FAULT_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/tally.h"

enum { OVF_READ_FAULT_SIZE = 200 };

/**
 * `row 4, alt_baro_ft "abc": no number, or one out of all bounds`; nothing when a text stands there already.
 *
 * \param[in] index   of the row, from 0; people count from 1
 * \param[in] fields  the names of the fields, or NULL
 * \param[in] values  what stands in them, \p n_values of them
 */
void ovf_read_fault_note(char text[OVF_READ_FAULT_SIZE], uint64_t index, const char *fields,
                         const struct ovf_bytes *values, size_t n_values, enum ovf_reject reason);

#endif
