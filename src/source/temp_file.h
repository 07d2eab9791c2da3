/* SPDX-License-Identifier: Apache-2.0 */
/* An unlinked temporary file in $TMPDIR (else /tmp): it goes when the program does, however it goes. */
#ifndef OVF_SOURCE_TEMP_FILE_H
#define OVF_SOURCE_TEMP_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/** \param[out] fd  an open descriptor, the caller's to close */
OVF_NODISCARD enum ovf_status ovf_temp_file_open(int *fd, struct ovf_error *err);

/** All \p len bytes at \p offset, or OVF_E_IO. */
OVF_NODISCARD enum ovf_status ovf_temp_file_write(int fd, const void *data, size_t len,
                                                  uint64_t offset, struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_temp_file_read(int fd, void *data, size_t len, uint64_t offset,
                                                 struct ovf_error *err);

#endif
