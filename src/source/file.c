/* SPDX-License-Identifier: Apache-2.0 */
/* Small files whole. */
#include "source/file.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "source/inflate.h"
#include "source/space.h"

#define READ_BYTES ((size_t)64 << 10)

/* To the end, for a pipe may be named as well. */
static enum ovf_status read_all(int fd, const char *path, uint64_t max_bytes,
                                struct ovf_buffer *out, struct ovf_error *err)
{
    for (;;) {
        if (ovf_buffer_reserve(out, READ_BYTES) != OVF_OK)
            return ovf_error_set(err, OVF_E_NOMEM, "%s: no memory", path);
        const ssize_t n = read(fd, out->data + out->len, READ_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ovf_error_set(err, OVF_E_IO, "%s: %s", path, strerror(errno));
        if (n == 0)
            return OVF_OK;
        out->len += (size_t)n;
        if (out->len > max_bytes)
            return ovf_error_set(err, OVF_E_LIMIT, "%s: longer than %" PRIu64 " bytes", path,
                                 max_bytes);
    }
}

/* Replace gzip in out by its content. */
static enum ovf_status expand(const char *path, uint64_t max_bytes, struct ovf_buffer *out,
                              struct ovf_error *err)
{
    struct ovf_buffer content = {0};
    struct ovf_inflate *inflate = NULL;
    enum ovf_reject reject = OVF_REJECT_N;
    enum ovf_status st = ovf_inflate_new(&inflate);
    if (st == OVF_OK)
        st = ovf_inflate_all(inflate, ovf_buffer_bytes(out), max_bytes, &content, &reject, err);
    if (st == OVF_OK && reject != OVF_REJECT_N) {
        ovf_error_prefix(err, path);
        st = reject == OVF_REJECT_BOMB ? OVF_E_LIMIT : OVF_E_FORMAT;
    } else if (st == OVF_OK) {
        const struct ovf_buffer old = *out;
        *out = content;
        content = old;
    }
    ovf_inflate_free(inflate);
    ovf_buffer_deinit(&content);
    return st;
}

enum ovf_status ovf_file_read(const char *path, uint64_t max_bytes, struct ovf_buffer *out,
                              struct ovf_error *err)
{
    struct ovf_buffer bytes = {0};
    int fd = -1;
    enum ovf_status st = ovf_fd_open(path, &fd, err);
    if (st != OVF_OK)
        return st;
    st = read_all(fd, path, max_bytes, &bytes, err);
    (void)close(fd);
    const char *compression = st == OVF_OK ? ovf_compression_name(ovf_buffer_bytes(&bytes)) : NULL;
    if (st == OVF_OK && ovf_is_gzip(ovf_buffer_bytes(&bytes)))
        st = expand(path, max_bytes, &bytes, err);
    else if (compression != NULL)
        st = ovf_error_set(err, OVF_E_FORMAT, "%s: compressed with %s, which is not supported",
                           path, compression);
    if (st == OVF_OK) {
        ovf_buffer_deinit(out);
        *out = bytes;
        bytes = (struct ovf_buffer){0};
    }
    ovf_buffer_deinit(&bytes);
    return st;
}
