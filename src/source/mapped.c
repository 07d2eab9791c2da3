/* SPDX-License-Identifier: Apache-2.0 */
/* Files as memory. */
#include "source/mapped.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/space.h"

enum ovf_status ovf_mapped_open(const char *path, struct ovf_mapped *mapped, struct ovf_error *err)
{
    struct stat seen;
    int fd = -1;
    void *address = NULL;
    enum ovf_status st = ovf_fd_open(path, &fd, err);
    if (st != OVF_OK)
        return st;
    if (fstat(fd, &seen) != 0)
        st = ovf_error_set(err, OVF_E_IO, "%s: %s", path, strerror(errno));
    else if (!S_ISREG(seen.st_mode))
        st = ovf_error_set(err, OVF_E_IO, "%s: not a regular file", path);
    else if (seen.st_size > 0) {
        address = mmap(NULL, (size_t)seen.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (address == MAP_FAILED)
            st = ovf_error_set(err, OVF_E_IO, "%s: %s", path, strerror(errno));
    }
    if (st == OVF_OK)
        *mapped = (struct ovf_mapped){.bytes = {address, (size_t)seen.st_size}, .address = address};
    (void)close(fd);
    return st;
}

void ovf_mapped_close(struct ovf_mapped *mapped)
{
    if (mapped->address != NULL)
        (void)munmap(mapped->address, mapped->bytes.len);
    *mapped = (struct ovf_mapped){0};
}
