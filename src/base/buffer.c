/* SPDX-License-Identifier: Apache-2.0 */
/* Growing byte buffers. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"

void ovf_buffer_deinit(struct ovf_buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct ovf_buffer){0};
}

enum ovf_status ovf_buffer_grow(struct ovf_buffer *buffer, size_t extra)
{
    if (extra > SIZE_MAX - buffer->len)
        return OVF_E_NOMEM;
    unsigned char *grown =
        ovf_array_reserve(buffer->data, &buffer->capacity, buffer->len + extra, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    buffer->data = grown;
    return OVF_OK;
}

enum ovf_status ovf_buffer_append_text(struct ovf_buffer *buffer, const char *text)
{
    return ovf_buffer_append(buffer, text, strlen(text));
}

enum ovf_status ovf_buffer_printf(struct ovf_buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const enum ovf_status st = ovf_buffer_vprintf(buffer, format, args);
    va_end(args);
    return st;
}

enum ovf_status ovf_buffer_vprintf(struct ovf_buffer *buffer, const char *format, va_list args)
{
    const size_t room = buffer->data != NULL ? buffer->capacity - buffer->len : 0;
    char *const end = room > 0 ? (char *)buffer->data + buffer->len : NULL;
    va_list again;
    va_copy(again, args);
    const int len = vsnprintf(end, room, format, args); /* into what is there, mostly enough */
    enum ovf_status st = len < 0 ? OVF_E_RANGE : OVF_OK;
    if (st == OVF_OK && (size_t)len >= room) {
        st = ovf_buffer_reserve(buffer, (size_t)len + 1);
        if (st == OVF_OK)
            (void)vsnprintf((char *)buffer->data + buffer->len, (size_t)len + 1, format, again);
    }
    if (st == OVF_OK)
        buffer->len += (size_t)len;
    va_end(again);
    return st;
}
