/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays of megabytes that are filled once and let go soon, as what is sorted at a commit. They lie in large pages,
 * where the system has them: to give a program one of 4 KB costs it more than filling it takes, on a virtual machine
 * far more. Not for what stays: as long as a program has such pages, what it reads of mapped files may cost more (on
 * such a machine a scan was 3 % slower). */
#ifndef OVF_STORE_SCRATCH_H
#define OVF_STORE_SCRATCH_H

#include <stddef.h>

/** \p n items of \p item_bytes, whatever is in them; free() frees them. NULL when memory or size_t does not suffice. */
void *ovf_scratch_new(size_t n, size_t item_bytes);

#endif
