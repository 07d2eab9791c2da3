/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a receiver's Beast stream, at once and byte by byte: both must come to the same messages, each of which
 * can be printed. The first byte chooses the clock. */
#include "fuzz.h"

#include "fuzz_stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_stream(OVF_STREAM_BEAST, data, size);
    return 0;
}
