/* SPDX-License-Identifier: Apache-2.0 */
/* The stored bytes of a member, wherever they lie. */
#include <sys/stat.h>
#include <unistd.h>

#include "source/catalog_parts.h"
#include "source/file.h"

enum ovf_status ovf_stored_open(const struct ovf_catalog *catalog, size_t i,
                                struct ovf_space_reader *reader, struct ovf_stored *stored,
                                struct ovf_error *err)
{
    const struct ovf_item *item = &catalog->items[i];
    const struct ovf_catalog_input *input = &catalog->inputs[item->input];
    *stored = (struct ovf_stored){.reader = reader,
                                  .fd = -1,
                                  .name = item->name,
                                  .offset = item->offset,
                                  .n_bytes = item->stored_bytes};
    if (input->storage == OVF_STORED_SPACE) {
        stored->space = &input->space;
        return OVF_OK;
    }
    if (input->storage == OVF_STORED_SPOOL) {
        stored->fd = catalog->spool.fd;
        return OVF_OK;
    }
    struct stat seen;
    const enum ovf_status st = ovf_fd_open(item->name, &stored->fd, err);
    if (st != OVF_OK)
        return OVF_E_IO;
    if (fstat(stored->fd, &seen) != 0 || !S_ISREG(seen.st_mode) ||
        (uint64_t)seen.st_size != item->stored_bytes) {
        (void)close(stored->fd);
        return ovf_error_set(err, OVF_E_IO, "%s: changed while it was being read", item->name);
    }
    stored->is_own_fd = true;
    return OVF_OK;
}

void ovf_stored_close(struct ovf_stored *stored)
{
    if (stored->is_own_fd)
        (void)close(stored->fd);
}

enum ovf_status ovf_stored_read(const struct ovf_stored *stored, uint64_t at, void *data,
                                size_t len, struct ovf_error *err)
{
    size_t n = 0;
    enum ovf_status st;
    if (len == 0)
        return OVF_OK;
    if (stored->space != NULL)
        st = ovf_space_read(stored->reader,
                            (struct ovf_space_at){stored->space, stored->offset + at}, data, len,
                            &n, err);
    else
        st = ovf_fd_read_at(stored->fd, stored->name, stored->offset + at, data, len, &n, err);
    if (st == OVF_OK && n < len)
        st = ovf_error_set(err, OVF_E_IO, "%s: changed while it was being read", stored->name);
    return st;
}
