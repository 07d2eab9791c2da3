/* SPDX-License-Identifier: Apache-2.0 */
/* A growing run of bytes: text being printed, a file being built, a member being inflated. */
#ifndef OVF_BASE_BUFFER_H
#define OVF_BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"

/** Zero-initialised is empty. data is not NUL-terminated. */
struct ovf_buffer {
    unsigned char *data;
    size_t len;
    size_t capacity;
};

/** Free the bytes and make \p buffer empty. */
void ovf_buffer_deinit(struct ovf_buffer *buffer);

/** Of ovf_buffer_reserve: when there is no room. */
OVF_NODISCARD enum ovf_status ovf_buffer_grow(struct ovf_buffer *buffer, size_t extra);

/** Room for \p extra more bytes behind len. Mostly these are a few, for which there is. */
OVF_NODISCARD static inline enum ovf_status ovf_buffer_reserve(struct ovf_buffer *buffer,
                                                               size_t extra)
{
    return buffer->data != NULL && extra <= buffer->capacity - buffer->len
               ? OVF_OK
               : ovf_buffer_grow(buffer, extra);
}

OVF_NODISCARD static inline enum ovf_status ovf_buffer_append(struct ovf_buffer *buffer,
                                                              const void *data, size_t len)
{
    const enum ovf_status st = ovf_buffer_reserve(buffer, len);
    if (st != OVF_OK)
        return st;
    if (len > 0)
        memcpy(buffer->data + buffer->len, data, len);
    buffer->len += len;
    return OVF_OK;
}

OVF_NODISCARD enum ovf_status ovf_buffer_append_text(struct ovf_buffer *buffer, const char *text);

/** As snprintf, at the end. Not for floating-point numbers: those go through base/number.h. */
OVF_NODISCARD enum ovf_status ovf_buffer_printf(struct ovf_buffer *buffer, const char *format, ...)
    OVF_PRINTF(2, 3);

OVF_NODISCARD enum ovf_status ovf_buffer_vprintf(struct ovf_buffer *buffer, const char *format,
                                                 va_list args) OVF_PRINTF(2, 0);

static inline struct ovf_bytes ovf_buffer_bytes(const struct ovf_buffer *buffer)
{
    return (struct ovf_bytes){buffer->data, buffer->len};
}

#endif
