/* SPDX-License-Identifier: Apache-2.0 */
/* Unlinked temporary files. */
#include "source/temp_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum ovf_status ovf_temp_file_open(int *fd, struct ovf_error *err)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    if (folder == NULL || folder[0] == '\0')
        folder = "/tmp";
    const int len = snprintf(path, sizeof path, "%s/overflight-XXXXXX", folder);
    if (len < 0 || (size_t)len >= sizeof path)
        return ovf_error_set(err, OVF_E_RANGE, "TMPDIR is too long");
    const int opened = mkstemp(path);
    if (opened < 0)
        return ovf_error_set(err, OVF_E_IO, "cannot make a temporary file in %s: %s", folder,
                             strerror(errno));
    (void)unlink(path);
    *fd = opened;
    return OVF_OK;
}

enum ovf_status ovf_temp_file_write(int fd, const void *data, size_t len, uint64_t offset,
                                    struct ovf_error *err)
{
    const char *at = data;
    while (len > 0) {
        const ssize_t n = pwrite(fd, at, len, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return ovf_error_set(err, OVF_E_IO, "cannot write to the temporary file: %s",
                                 strerror(errno));
        at += n;
        len -= (size_t)n;
        offset += (uint64_t)n;
    }
    return OVF_OK;
}

enum ovf_status ovf_temp_file_read(int fd, void *data, size_t len, uint64_t offset,
                                   struct ovf_error *err)
{
    char *at = data;
    while (len > 0) {
        const ssize_t n = pread(fd, at, len, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return ovf_error_set(err, OVF_E_IO, "cannot read the temporary file: %s",
                                 n == 0 ? "it is shorter than what was written" : strerror(errno));
        at += n;
        len -= (size_t)n;
        offset += (uint64_t)n;
    }
    return OVF_OK;
}
