/* SPDX-License-Identifier: Apache-2.0 */
/* CRC-64/XZ (the polynomial of ECMA-182, reflected), by ISA-L: for what must be read through quickly to know
 * that it is whole. It is no digest: two contents can be made to have one sum. */
#ifndef OVF_BASE_CRC64_H
#define OVF_BASE_CRC64_H

#include <stdint.h>

#include "base/bytes.h"

/** The sum of what \p before is the sum of, 0 for nothing, and \p data behind it. */
uint64_t ovf_crc64(uint64_t before, struct ovf_bytes data);

#endif
