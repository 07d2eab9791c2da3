/* SPDX-License-Identifier: Apache-2.0 */
/* Where pure code writes: whatever an end puts behind it (a file, a terminal, a socket). */
#ifndef OVF_BASE_SINK_H
#define OVF_BASE_SINK_H

#include <stddef.h>

#include "base/status.h"

struct ovf_sink {
    /** Take all \p len bytes or fail; what was taken before a failure is undefined. */
    enum ovf_status (*write)(void *context, const void *data, size_t len);
    void *context; /* borrowed */
};

OVF_NODISCARD static inline enum ovf_status ovf_sink_write(const struct ovf_sink *sink,
                                                           const void *data, size_t len)
{
    return len > 0 ? sink->write(sink->context, data, len)
                   : OVF_OK; /* of nothing, data may be NULL */
}

#endif
