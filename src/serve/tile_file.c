/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/tile_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "serve/pmtiles.h"

enum { ETAG_SIZE = 80, CONTENT_RANGE_SIZE = 80 };

/* ---- the file ---- */

static enum ovf_status check(int fd, struct ovf_error *err)
{
    unsigned char header[OVF_PMTILES_HEADER_BYTES];
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return ovf_error_set(err, OVF_E_FORMAT, "it is no plain file");
    const ssize_t n = pread(fd, header, sizeof header, 0);
    if (n < 0)
        return ovf_error_set(err, OVF_E_IO, "%s", strerror(errno));
    return ovf_pmtiles_check((struct ovf_bytes){header, (size_t)n}, (uint64_t)info.st_size, err);
}

enum ovf_status ovf_tile_file_open(const char *path, struct ovf_tile_file *out,
                                   struct ovf_error *err)
{
    struct ovf_error why = {""};
    out->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would wait for a writer */
    if (out->fd < 0)
        return ovf_error_set(err, errno == ENOENT ? OVF_E_NOTFOUND : OVF_E_IO, "--tiles %.200s: %s",
                             path, strerror(errno));
    const enum ovf_status st = check(out->fd, &why);
    if (st == OVF_OK)
        return st;
    ovf_tile_file_close(out);
    return ovf_error_set(err, st, "--tiles %.200s: %s", path, why.text);
}

void ovf_tile_file_close(struct ovf_tile_file *file)
{
    if (file->fd >= 0)
        (void)close(file->fd);
    file->fd = -1;
}

/* ---- ranges ---- */

/** The digits at \p text, of which there may be none; what is too large is the largest there is. */
static const char *read_position(const char *text, uint64_t *out)
{
    for (*out = 0; *text >= '0' && *text <= '9'; text++) {
        const uint64_t digit = (uint64_t)(*text - '0');
        *out = *out > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *out * 10 + digit;
    }
    return text;
}

enum ovf_range ovf_range_read(const char *text, uint64_t size, uint64_t *from, uint64_t *len)
{
    static const char unit[] = "bytes=";
    uint64_t first;
    uint64_t last;
    if (text == NULL || strncasecmp(text, unit, sizeof unit - 1) != 0)
        return OVF_RANGE_WHOLE;
    const char *const begin = text + sizeof unit - 1;
    const char *const dash = read_position(begin, &first);
    if (*dash != '-')
        return OVF_RANGE_WHOLE;
    const char *const end = read_position(dash + 1, &last);
    const bool has_first = dash > begin;
    const bool has_last = end > dash + 1;
    if (*end != '\0' || (!has_first && !has_last) || (has_first && has_last && last < first))
        return OVF_RANGE_WHOLE;
    if (!has_first) { /* so many of the last */
        *len = last < size ? last : size;
        *from = size - *len;
        return *len > 0 ? OVF_RANGE_PART : OVF_RANGE_BEYOND;
    }
    if (first >= size)
        return OVF_RANGE_BEYOND;
    *from = first;
    *len = has_last && last < size ? last - first + 1 : size - first;
    return OVF_RANGE_PART;
}

/* ---- answers ---- */

/** Another one when it is written to. */
static void make_etag(const struct stat *info, char etag[ETAG_SIZE])
{
    (void)snprintf(etag, ETAG_SIZE, "\"%jx-%jx-%jx.%lx\"", (uintmax_t)info->st_ino,
                   (uintmax_t)info->st_size, (uintmax_t)info->st_mtim.tv_sec,
                   (unsigned long)info->st_mtim.tv_nsec);
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static bool add(struct MHD_Response *response, const char *name, const char *value)
{
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

static bool dress(struct MHD_Response *response, const struct ovf_answer_policy *policy,
                  const char *etag, const char *content_range)
{
    return ovf_answer_secure(response, policy) && add(response, MHD_HTTP_HEADER_ETAG, etag) &&
           add(response, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes") &&
           add(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache") &&
           add(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/vnd.pmtiles") &&
           (content_range[0] == '\0' ||
            add(response, MHD_HTTP_HEADER_CONTENT_RANGE, content_range));
}

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned status,
                             struct MHD_Response *response, const struct ovf_answer_policy *policy,
                             const char *etag, const char *content_range)
{
    enum MHD_Result queued = MHD_NO;
    if (response == NULL)
        return MHD_NO;
    if (dress(response, policy, etag, content_range))
        queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

/** A response closes the file that it is made from: each has one of its own. NULL: there are too many, or no memory. */
static struct MHD_Response *part_of(int fd, uint64_t from, uint64_t len)
{
    const int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    struct MHD_Response *const response =
        own >= 0 ? MHD_create_response_from_fd_at_offset64(len, own, from) : NULL;
    if (response == NULL && own >= 0)
        (void)close(own);
    return response;
}

static enum MHD_Result send_part(int fd, const struct ovf_answer_policy *policy,
                                 struct MHD_Connection *connection, const char *range,
                                 uint64_t size, const char *etag)
{
    char content_range[CONTENT_RANGE_SIZE] = "";
    uint64_t from = 0;
    uint64_t len = size;
    const enum ovf_range what = ovf_range_read(range, size, &from, &len);
    if (what == OVF_RANGE_BEYOND) {
        (void)snprintf(content_range, sizeof content_range, "bytes */%" PRIu64, size);
        return queue(connection, MHD_HTTP_RANGE_NOT_SATISFIABLE,
                     MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT), policy, etag,
                     content_range);
    }
    if (what == OVF_RANGE_PART)
        (void)snprintf(content_range, sizeof content_range,
                       "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, from, from + len - 1, size);
    return queue(connection, what == OVF_RANGE_PART ? MHD_HTTP_PARTIAL_CONTENT : MHD_HTTP_OK,
                 part_of(fd, from, len), policy, etag, content_range);
}

enum MHD_Result ovf_tile_file_send(const struct ovf_tile_file *file,
                                   const struct ovf_answer_policy *policy,
                                   struct MHD_Connection *connection, const char *method)
{
    char etag[ETAG_SIZE];
    struct stat info;
    if (fstat(file->fd, &info) != 0)
        return MHD_NO;
    make_etag(&info, etag);
    if (ovf_serve_is_known(header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH), etag))
        return queue(connection, MHD_HTTP_NOT_MODIFIED,
                     MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT), policy, etag,
                     "");
    const char *const if_range = header(connection, MHD_HTTP_HEADER_IF_RANGE);
    const bool is_heeded = strcmp(method, MHD_HTTP_METHOD_GET) == 0 &&
                           (if_range == NULL || strcmp(if_range, etag) == 0);
    const char *const range = is_heeded ? header(connection, MHD_HTTP_HEADER_RANGE) : NULL;
    return send_part(file->fd, policy, connection, range, (uint64_t)info.st_size, etag);
}
