/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as SBS lines. */
#include "fuzz.h"

#include "fuzz_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_rows(OVF_MIXED_SBS, data, size);
    return 0;
}
