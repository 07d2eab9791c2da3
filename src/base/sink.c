/* SPDX-License-Identifier: Apache-2.0 */
/* The sink that fills a buffer. */
#include "base/sink.h"

static enum ovf_status append(void *context, const void *data, size_t len)
{
    struct ovf_buffer *buffer = context;
    return ovf_buffer_append(buffer, data, len);
}

struct ovf_sink ovf_sink_to_buffer(struct ovf_buffer *buffer)
{
    return (struct ovf_sink){.write = append, .context = buffer};
}
