/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a receiver's AVR text; as fuzz_beast. */
#include "fuzz.h"

#include "fuzz_stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_stream(OVF_STREAM_AVR, data, size);
    return 0;
}
