/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a small file whole: a register, a list, a case. */
#ifndef OVF_SOURCE_FILE_H
#define OVF_SOURCE_FILE_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/**
 * Read \p path, inflated when it is gzip (by content).
 *
 * \param[in]  max_bytes  of the file and of what it inflates to
 * \param[out] out        overwritten
 * \retval OVF_E_NOTFOUND  it does not exist
 * \retval OVF_E_FORMAT    broken gzip, or another compression
 * \retval OVF_E_LIMIT     longer than \p max_bytes
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_file_read(const char *path, uint64_t max_bytes,
                                            struct ovf_buffer *out, struct ovf_error *err);

#endif
