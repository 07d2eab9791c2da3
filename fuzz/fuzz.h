/* SPDX-License-Identifier: Apache-2.0 */
/* The one function a fuzz target defines. It returns 0, whatever the bytes. */

#ifndef OVF_FUZZ_FUZZ_H
#define OVF_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
