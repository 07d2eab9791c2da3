/* SPDX-License-Identifier: Apache-2.0 */
/* Traces compressed and packed by libarchive. */
#include "run/trace_tar.h"

#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/time.h"

struct ovf_trace_tar {
    struct archive *archive;
    char path[]; /* for errors */
};

enum ovf_status ovf_trace_gzip(struct ovf_bytes text, struct ovf_buffer *out, struct ovf_error *err)
{
    size_t used = 0;
    const size_t room = text.len + text.len / 16 + 1024;
    out->len = 0;
    enum ovf_status st = ovf_buffer_reserve(out, room);
    if (st != OVF_OK)
        return ovf_error_set(err, st, "out of memory for a trace");
    struct archive *const a = archive_write_new();
    struct archive_entry *const entry = archive_entry_new();
    st = OVF_E_NOMEM;
    if (a == NULL || entry == NULL)
        goto out;
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_pathname(entry, "trace");
    st = OVF_E_IO;
    if (archive_write_add_filter_gzip(a) == ARCHIVE_OK &&
        archive_write_set_filter_option(a, "gzip", "timestamp", NULL) == ARCHIVE_OK &&
        archive_write_set_filter_option(a, "gzip", "compression-level", "4") == ARCHIVE_OK &&
        archive_write_set_format_raw(a) == ARCHIVE_OK &&
        archive_write_set_bytes_in_last_block(a, 1) == ARCHIVE_OK &&
        archive_write_open_memory(a, out->data, room, &used) == ARCHIVE_OK &&
        archive_write_header(a, entry) == ARCHIVE_OK &&
        archive_write_data(a, text.data, text.len) == (la_ssize_t)text.len &&
        archive_write_close(a) == ARCHIVE_OK)
        st = OVF_OK;
    out->len = used;
out:
    if (st != OVF_OK)
        (void)ovf_error_set(err, st, "cannot compress a trace: %s",
                            a != NULL && archive_error_string(a) != NULL ? archive_error_string(a)
                                                                         : "out of memory");
    archive_entry_free(entry);
    archive_write_free(a);
    return st;
}

static enum ovf_status fail(const struct ovf_trace_tar *tar, struct ovf_error *err)
{
    return ovf_error_set(err, OVF_E_IO, "%s: %s", tar->path, archive_error_string(tar->archive));
}

enum ovf_status ovf_trace_tar_open(const char *path, struct ovf_trace_tar **out,
                                   struct ovf_error *err)
{
    const size_t path_bytes = strlen(path) + 1;
    enum ovf_status st = OVF_OK;
    struct ovf_trace_tar *tar = malloc(sizeof *tar + path_bytes);
    if (tar == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the archive");
    memcpy(tar->path, path, path_bytes);
    tar->archive = archive_write_new();
    if (tar->archive == NULL)
        st = ovf_error_set(err, OVF_E_NOMEM, "out of memory for the archive");
    else if (archive_write_set_format_ustar(tar->archive) != ARCHIVE_OK ||
             archive_write_open_filename(tar->archive, path) != ARCHIVE_OK)
        st = fail(tar, err);
    if (st == OVF_OK) {
        *out = tar;
        return st;
    }
    archive_write_free(tar->archive);
    free(tar);
    return st;
}

enum ovf_status ovf_trace_tar_add(struct ovf_trace_tar *tar, const char *name, int64_t day_ns,
                                  struct ovf_bytes bytes, struct ovf_error *err)
{
    struct archive_entry *const entry = archive_entry_new();
    enum ovf_status st = OVF_OK;
    if (entry == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the archive");
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)bytes.len);
    archive_entry_set_mtime(entry, (time_t)(day_ns / OVF_NS_PER_S), 0);
    if (archive_write_header(tar->archive, entry) != ARCHIVE_OK ||
        archive_write_data(tar->archive, bytes.data, bytes.len) != (la_ssize_t)bytes.len)
        st = fail(tar, err);
    archive_entry_free(entry);
    return st;
}

enum ovf_status ovf_trace_tar_close(struct ovf_trace_tar *tar, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (tar == NULL)
        return st;
    if (archive_write_close(tar->archive) != ARCHIVE_OK)
        st = fail(tar, err);
    archive_write_free(tar->archive);
    free(tar);
    return st;
}
