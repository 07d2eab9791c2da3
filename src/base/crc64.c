/* SPDX-License-Identifier: Apache-2.0 */
/* ISA-L's function, which folds with the processor's carry-less product where it has one. */
#include "base/crc64.h"

#include <isa-l/crc64.h>

uint64_t ovf_crc64(uint64_t before, struct ovf_bytes data)
{
    return crc64_ecma_refl(before, data.data, data.len);
}
