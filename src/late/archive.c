/* SPDX-License-Identifier: Apache-2.0 */
/* libarchive: tar and zip. */
#include <archive.h>
#include <archive_entry.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/types.h>

#include "late/late.h"

static struct ovf_late_library library = {.soname = OVF_SONAME_ARCHIVE};

enum { MESSAGE_SIZE = 256 };

typedef struct archive archive;
typedef struct archive_entry entry;

OVF_LATE(archive *, archive_read_new, (void), ())
OVF_LATE(int, archive_read_free, (archive * from), (from))
OVF_LATE(int, archive_read_support_format_tar, (archive * from), (from))
OVF_LATE(int, archive_read_support_format_zip_seekable, (archive * from), (from))
OVF_LATE(int, archive_read_set_format, (archive * from, int code), (from, code))
OVF_LATE(int, archive_read_set_options, (archive * from, const char *options), (from, options))
OVF_LATE(int, archive_read_set_seek_callback, (archive * from, archive_seek_callback *seek),
         (from, seek))
OVF_LATE(int, archive_read_open2,
         (archive * from, void *context, archive_open_callback *begin, archive_read_callback *read,
          archive_skip_callback *skip, archive_close_callback *end),
         (from, context, begin, read, skip, end))
OVF_LATE(int, archive_read_next_header, (archive * from, entry **header), (from, header))
OVF_LATE(int, archive_read_data_block,
         (archive * from, const void **data, size_t *len, la_int64_t *offset),
         (from, data, len, offset))
OVF_LATE(int, archive_read_data_skip, (archive * from), (from))
OVF_LATE(la_int64_t, archive_filter_bytes, (archive * from, int filter), (from, filter))

OVF_LATE(archive *, archive_write_new, (void), ())
OVF_LATE(int, archive_write_free, (archive * to), (to))
OVF_LATE(int, archive_write_set_format_raw, (archive * to), (to))
OVF_LATE(int, archive_write_set_format_ustar, (archive * to), (to))
OVF_LATE(int, archive_write_add_filter_gzip, (archive * to), (to))
OVF_LATE(int, archive_write_set_filter_option,
         (archive * to, const char *filter, const char *key, const char *value),
         (to, filter, key, value))
OVF_LATE(int, archive_write_set_bytes_in_last_block, (archive * to, int n_bytes), (to, n_bytes))
OVF_LATE(int, archive_write_open_filename, (archive * to, const char *path), (to, path))
OVF_LATE(int, archive_write_open_memory, (archive * to, void *room, size_t size, size_t *n_used),
         (to, room, size, n_used))
OVF_LATE(int, archive_write_header, (archive * to, entry *header), (to, header))
OVF_LATE(la_ssize_t, archive_write_data, (archive * to, const void *data, size_t len),
         (to, data, len))
OVF_LATE(int, archive_write_close, (archive * to), (to))

OVF_LATE(entry *, archive_entry_new, (void), ())
OVF_LATE_VOID(archive_entry_free, (entry * header), (header))
OVF_LATE(mode_t, archive_entry_filetype, (entry * header), (header))
OVF_LATE(const char *, archive_entry_hardlink, (entry * header), (header))
OVF_LATE(const char *, archive_entry_symlink, (entry * header), (header))
OVF_LATE(const char *, archive_entry_pathname, (entry * header), (header))
OVF_LATE(const char *, archive_entry_pathname_utf8, (entry * header), (header))
OVF_LATE(la_int64_t, archive_entry_size, (entry * header), (header))
OVF_LATE(int, archive_entry_is_encrypted, (entry * header), (header))
OVF_LATE(int, archive_entry_sparse_count, (entry * header), (header))
OVF_LATE_VOID(archive_entry_set_pathname, (entry * header, const char *path), (header, path))
OVF_LATE_VOID(archive_entry_set_filetype, (entry * header, unsigned type), (header, type))
OVF_LATE_VOID(archive_entry_set_perm, (entry * header, mode_t mode), (header, mode))
OVF_LATE_VOID(archive_entry_set_size, (entry * header, la_int64_t n_bytes), (header, n_bytes))
OVF_LATE_VOID(archive_entry_set_mtime, (entry * header, time_t t_s, long nanoseconds),
              (header, t_s, nanoseconds))

OVF_LATE(const char *, archive_error_string, (archive * failed), (failed))

/* The library has no form of it that takes a list. */
void archive_set_error(archive *failed, int code, const char *format, ...)
{
    OVF_LATE_FUNCTION(function, archive_set_error);
    char message[MESSAGE_SIZE];
    va_list values;
    va_start(values, format);
    (void)vsnprintf(message, sizeof message, format, values);
    va_end(values);
    function(failed, code, "%s", message);
}
