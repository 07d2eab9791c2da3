/* SPDX-License-Identifier: Apache-2.0 */
/* One run of bytes laid over one or more files: the parts of a split archive, a plain file, a run in
 * the temporary file. Read by offset, by any number of threads at once. A reader keeps one file open, the last
 * one that it read, so that thousands of inputs need no descriptors; files must still be what they were.
 */
#ifndef OVF_SOURCE_SPACE_H
#define OVF_SOURCE_SPACE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/status.h"

struct ovf_space_part {
    char *path; /* owned; NULL: fd is read instead */
    int fd;     /* borrowed */
    uint64_t fd_offset;
    uint64_t start; /* in the space */
    uint64_t n_bytes;
    struct stat seen; /* of path */
};

/** Zero-initialised is empty. */
struct ovf_space {
    struct ovf_space_part *parts;
    size_t n_parts;
    size_t capacity;
    uint64_t n_bytes;
};

void ovf_space_deinit(struct ovf_space *space);

/** Append the regular file \p path. OVF_E_IO, OVF_E_NOTFOUND: it cannot be looked at. */
OVF_NODISCARD enum ovf_status ovf_space_add_file(struct ovf_space *space, const char *path,
                                                 struct ovf_error *err);

/** Append \p n_bytes of \p fd at \p offset. */
OVF_NODISCARD enum ovf_status ovf_space_add_fd(struct ovf_space *space, int fd, uint64_t offset,
                                               uint64_t n_bytes);

/** Of one thread. Zero-initialised has nothing open. */
struct ovf_space_reader {
    const struct ovf_space_part *part; /* whose file fd is; NULL: none */
    int fd;
};

void ovf_space_reader_deinit(struct ovf_space_reader *reader);

/** Of \p space, from \p offset on. */
struct ovf_space_at {
    const struct ovf_space *space;
    uint64_t offset;
};

/**
 * Read \p len bytes, fewer only at the end of the space. The space must live, unchanged, as long as the reader does.
 * \retval OVF_E_IO  the system failed, or a file is no longer what it was: \p err says
 */
OVF_NODISCARD enum ovf_status ovf_space_read(struct ovf_space_reader *reader,
                                             struct ovf_space_at at, void *data, size_t len,
                                             size_t *n_read, struct ovf_error *err);

/** Read up to \p len bytes of \p fd at \p offset (pread until the end of the file). \p name is for
 * \p err. */
OVF_NODISCARD enum ovf_status ovf_fd_read_at(int fd, const char *name, uint64_t offset, void *data,
                                             size_t len, size_t *n_read, struct ovf_error *err);

/** Open \p path for reading. OVF_E_NOTFOUND or OVF_E_IO. */
OVF_NODISCARD enum ovf_status ovf_fd_open(const char *path, int *fd, struct ovf_error *err);

#endif
