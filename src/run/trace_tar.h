/* SPDX-License-Identifier: Apache-2.0 */
/* Writing traces as archives have them: gzip inside, many in one tar. The same text gives the same bytes. */
#ifndef OVF_RUN_TRACE_TAR_H
#define OVF_RUN_TRACE_TAR_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/**
 * gzip \p text into \p out, which is overwritten: zlib's, without a time stamp. At its level 4 traces
 * are as small, a little more than 1 in 6, as archives have them.
 * \retval OVF_E_NOMEM, OVF_E_IO
 */
OVF_NODISCARD enum ovf_status ovf_trace_gzip(struct ovf_bytes text, struct ovf_buffer *out,
                                             struct ovf_error *err);

struct ovf_trace_tar;

/** \retval OVF_E_NOMEM, OVF_E_IO: \p err names \p path */
OVF_NODISCARD enum ovf_status ovf_trace_tar_open(const char *path, struct ovf_trace_tar **out,
                                                 struct ovf_error *err);

/** Append the member \p name of that day. */
OVF_NODISCARD enum ovf_status ovf_trace_tar_add(struct ovf_trace_tar *tar, const char *name,
                                                int64_t day_ns, struct ovf_bytes bytes,
                                                struct ovf_error *err);

/** NULL is fine. The last bytes may fail: then OVF_E_IO. */
OVF_NODISCARD enum ovf_status ovf_trace_tar_close(struct ovf_trace_tar *tar, struct ovf_error *err);

#endif
