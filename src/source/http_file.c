/* SPDX-License-Identifier: Apache-2.0 */
/* A file fetched over HTTP, whatever becomes of this try: bytes are written and hashed as they come, what
 * an earlier call left is hashed first. The name, and the hash beside it, appear when the last byte is on
 * the disk. */
#include "source/http.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"
#include "source/http_parts.h"

enum { BLOCK_BYTES = 256 << 10 };

struct part {
    const struct ovf_http_file *file;
    char *path;      /* PATH.part */
    char *etag_path; /* PATH.part.etag */
    char *hash_path; /* PATH.sha256 */
    int fd;
    struct ovf_sha256 *hash; /* of the bytes before offset */
    uint64_t offset;
    uint64_t total; /* 0: not known */
    char etag[OVF_HTTP_ETAG_SIZE];
};

static enum ovf_status failed(struct ovf_error *err, const char *path)
{
    return ovf_error_set(err, OVF_E_IO, "%s: %s", path, strerror(errno));
}

static char *with_suffix(const char *path, const char *suffix)
{
    const size_t size = strlen(path) + strlen(suffix) + 1;
    char *const text = malloc(size);
    if (text != NULL)
        (void)snprintf(text, size, "%s%s", path, suffix);
    return text;
}

static enum ovf_status write_all(int fd, const char *path, struct ovf_bytes bytes,
                                 struct ovf_error *err)
{
    while (bytes.len > 0) {
        const ssize_t n = write(fd, bytes.data, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed(err, path);
        bytes = (struct ovf_bytes){bytes.data + n, bytes.len - (size_t)n};
    }
    return OVF_OK;
}

/** A small file that is there whole or not at all. */
static enum ovf_status write_file(const char *path, const char *text, struct ovf_error *err)
{
    char *const part_path = with_suffix(path, ".tmp");
    if (part_path == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    enum ovf_status st = OVF_OK;
    const int fd = open(part_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        st = failed(err, part_path);
    else
        st = write_all(fd, part_path, ovf_bytes_from_text(text), err);
    if (st == OVF_OK && fsync(fd) != 0)
        st = failed(err, part_path);
    if (fd >= 0 && close(fd) != 0 && st == OVF_OK)
        st = failed(err, part_path);
    if (st == OVF_OK && rename(part_path, path) != 0)
        st = failed(err, path);
    if (st != OVF_OK)
        (void)unlink(part_path);
    free(part_path);
    return st;
}

/** Forget what is there. */
static enum ovf_status restart(struct part *part, struct ovf_error *err)
{
    struct ovf_digest none;
    part->offset = 0;
    part->total = part->file->size_bytes;
    part->etag[0] = '\0';
    (void)unlink(part->etag_path);
    if (ftruncate(part->fd, 0) != 0 || lseek(part->fd, 0, SEEK_SET) != 0)
        return failed(err, part->path);
    return ovf_sha256_finish(part->hash, &none);
}

/** Hash what an earlier call left. */
static enum ovf_status read_left(struct part *part, struct ovf_error *err)
{
    unsigned char *const block = malloc(BLOCK_BYTES);
    enum ovf_status st = block != NULL ? OVF_OK : ovf_error_set(err, OVF_E_NOMEM, "no memory");
    while (st == OVF_OK) {
        const ssize_t n = read(part->fd, block, BLOCK_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            st = failed(err, part->path);
        if (n <= 0)
            break;
        part->offset += (uint64_t)n;
        st = ovf_sha256_update(part->hash, (struct ovf_bytes){block, (size_t)n});
    }
    free(block);
    return st;
}

/** The entity tag of what is there, without which it is worth nothing. */
static void read_etag(struct part *part)
{
    const int fd = open(part->etag_path, O_RDONLY | O_CLOEXEC);
    const ssize_t n = fd >= 0 ? read(fd, part->etag, sizeof part->etag - 1) : 0;
    part->etag[n > 0 ? n : 0] = '\0';
    if (strpbrk(part->etag, "\r\n") != NULL)
        part->etag[0] = '\0';
    if (fd >= 0)
        (void)close(fd);
}

/** Whole already, as far as its size tells. */
static bool is_complete(const struct part *part)
{
    return part->file->size_bytes > 0 && part->offset == part->file->size_bytes;
}

static enum ovf_status open_part(struct part *part, struct ovf_error *err)
{
    const struct ovf_http_file *const file = part->file;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat old;
    part->path = with_suffix(file->path, ".part");
    part->etag_path = with_suffix(file->path, ".part.etag");
    part->hash_path = with_suffix(file->path, ".sha256");
    if (part->path == NULL || part->etag_path == NULL || part->hash_path == NULL ||
        ovf_sha256_new(&part->hash) != OVF_OK)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    /* What somebody else fetched is looked at as if it were left by us. */
    if (stat(file->path, &old) == 0 && file->size_bytes > 0 &&
        (uint64_t)old.st_size == file->size_bytes && rename(file->path, part->path) != 0)
        return failed(err, file->path);
    part->fd = open(part->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (part->fd < 0)
        return failed(err, part->path);
    if (fcntl(part->fd, F_SETLK, &lock) != 0)
        return ovf_error_set(err, OVF_E_IO, "%s: another program is fetching it", part->path);
    const enum ovf_status st = read_left(part, err);
    if (st != OVF_OK)
        return st;
    read_etag(part);
    if (is_complete(part))
        return OVF_OK;
    if (part->etag[0] == '\0' || (file->size_bytes > 0 && part->offset > file->size_bytes))
        return restart(part, err);
    part->total = file->size_bytes;
    return OVF_OK;
}

static void close_part(struct part *part)
{
    if (part->fd >= 0)
        (void)close(part->fd);
    ovf_sha256_free(part->hash);
    free(part->path);
    free(part->etag_path);
    free(part->hash_path);
}

static enum ovf_status part_start(void *context, struct ovf_http_range *range,
                                  struct ovf_error *err)
{
    struct part *const part = context;
    if (part->offset > 0 && part->etag[0] == '\0') {
        const enum ovf_status st = restart(part, err);
        if (st != OVF_OK)
            return st;
    }
    *range = (struct ovf_http_range){part->offset, part->etag};
    return OVF_OK;
}

/** The numbers of "bytes 100-199/200"; \p total 0 for '*'. */
static bool read_content_range(const char *text, uint64_t *first, uint64_t *total)
{
    int64_t number = 0;
    if (text == NULL || strncmp(text, "bytes ", 6) != 0)
        return false;
    text += 6;
    const size_t n_first = strcspn(text, "-");
    const char *const slash = strchr(text, '/');
    if (!ovf_number_parse_int((struct ovf_bytes){(const unsigned char *)text, n_first}, &number) ||
        number < 0 || slash == NULL)
        return false;
    *first = (uint64_t)number;
    number = 0;
    if (strcmp(slash + 1, "*") != 0 &&
        (!ovf_number_parse_int(ovf_bytes_from_text(slash + 1), &number) || number < 0))
        return false;
    *total = (uint64_t)number;
    return true;
}

/** From where the body goes on, of a reply to a range; OVF_E_STOPPED to begin anew. */
static enum ovf_status check_range(struct part *part, const struct ovf_http_reply *reply,
                                   uint64_t *total, struct ovf_error *err)
{
    uint64_t first = 0;
    if (reply->status == 416) { /* the file has become shorter */
        const enum ovf_status st = restart(part, err);
        return st != OVF_OK ? st : ovf_error_set(err, OVF_E_STOPPED, "it is another file now");
    }
    if (!read_content_range(reply->content_range, &first, total))
        return ovf_error_set(err, OVF_E_FORMAT, "a part is sent, and not said which");
    if (first != part->offset)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "asked for what follows byte %" PRIu64 ", the server sends what "
                             "follows byte %" PRIu64,
                             part->offset, first);
    if (reply->etag[0] != '\0' && strcmp(reply->etag, part->etag) != 0) { /* If-Range is ignored */
        const enum ovf_status st = restart(part, err);
        return st != OVF_OK ? st : ovf_error_set(err, OVF_E_STOPPED, "it is another file now");
    }
    if (reply->has_length && *total > 0 && reply->length_bytes != *total - first)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "%" PRIu64 " bytes are due from byte %" PRIu64 " to the end, the "
                             "server announces %" PRIu64,
                             *total - first, first, reply->length_bytes);
    return OVF_OK;
}

static enum ovf_status part_reply(void *context, const struct ovf_http_reply *reply,
                                  struct ovf_error *err)
{
    struct part *const part = context;
    const uint64_t listed = part->file->size_bytes;
    uint64_t total = reply->length_bytes;
    if (reply->status != 200 && part->offset == 0)
        return ovf_error_set(err, OVF_E_FORMAT, "the server answers %ld to no range",
                             reply->status);
    const enum ovf_status st =
        reply->status == 200 ? restart(part, err) : check_range(part, reply, &total, err);
    if (st != OVF_OK)
        return st;
    if (listed > 0 && total > 0 && total != listed)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "the server has %" PRIu64 " bytes of it, %" PRIu64 " are listed",
                             total, listed);
    part->total = total > 0 ? total : listed;
    if (reply->status == 200 && reply->etag[0] != '\0') {
        memcpy(part->etag, reply->etag, sizeof part->etag);
        return write_file(part->etag_path, part->etag, err);
    }
    return OVF_OK;
}

static enum ovf_status part_bytes(void *context, struct ovf_bytes bytes, struct ovf_error *err)
{
    struct part *const part = context;
    if (part->total > 0 && bytes.len > part->total - part->offset)
        return ovf_error_set(err, OVF_E_FORMAT, "the server sends more than the %" PRIu64 " bytes",
                             part->total);
    if (part->offset == 0 && bytes.len > 0 && part->file->first_bytes != NULL &&
        memchr(part->file->first_bytes, bytes.data[0], strlen(part->file->first_bytes)) == NULL)
        return ovf_error_set(err, OVF_E_FORMAT, "the server sends something else: a web page?");
    const enum ovf_status st = write_all(part->fd, part->path, bytes, err);
    if (st != OVF_OK)
        return st;
    part->offset += bytes.len;
    if (part->file->progress != NULL)
        part->file->progress(part->file->context, part->offset, part->total);
    return ovf_sha256_update(part->hash, bytes);
}

static enum ovf_status part_end(void *context, struct ovf_error *err)
{
    const struct part *const part = context;
    if (part->offset < part->total)
        return ovf_error_set(err, OVF_E_STOPPED, "ends after %" PRIu64 " of %" PRIu64 " bytes",
                             part->offset, part->total);
    return OVF_OK;
}

/** All bytes are there: are they the right ones? Then they get their name. */
static enum ovf_status finish(struct part *part, struct ovf_digest *digest, struct ovf_error *err)
{
    const struct ovf_http_file *const file = part->file;
    const char *const slash = strrchr(file->path, '/');
    char hex[OVF_SHA256_HEX_SIZE];
    char listed[OVF_SHA256_HEX_SIZE];
    char line[OVF_SHA256_HEX_SIZE + 300];
    enum ovf_status st = ovf_sha256_finish(part->hash, digest);
    if (st != OVF_OK)
        return st;
    ovf_digest_format(digest, OVF_SHA256_BYTES, hex);
    if (file->digest != NULL && !ovf_digest_equal(digest, file->digest)) {
        ovf_digest_format(file->digest, OVF_SHA256_BYTES, listed);
        return ovf_error_set(err, OVF_E_FORMAT, "%s: its SHA-256 is %s, listed is %s", file->path,
                             hex, listed);
    }
    (void)snprintf(line, sizeof line, "%s  %.255s\n", hex, slash != NULL ? slash + 1 : file->path);
    if (fsync(part->fd) != 0)
        return failed(err, part->path);
    st = write_file(part->hash_path, line, err);
    if (st == OVF_OK && rename(part->path, file->path) != 0)
        st = failed(err, file->path);
    if (st == OVF_OK)
        (void)unlink(part->etag_path);
    return st;
}

enum ovf_status ovf_http_fetch(struct ovf_http *http, const char *url,
                               const struct ovf_http_file *file, struct ovf_digest *digest,
                               uint64_t *size_bytes, struct ovf_error *err)
{
    struct part part = {.file = file, .fd = -1};
    struct ovf_digest found;
    const struct ovf_http_target target = {&part, part_start, part_reply, part_bytes, part_end};
    enum ovf_status st = open_part(&part, err);
    const bool is_ours = st == OVF_OK;
    if (st == OVF_OK && !is_complete(&part))
        st = ovf_http_exchange(http, url, &target, err);
    if (st == OVF_OK)
        st = finish(&part, &found, err);
    if (st == OVF_OK) {
        *digest = found;
        *size_bytes = part.offset;
    } else if (is_ours && (st == OVF_E_FORMAT || part.offset == 0)) {
        (void)unlink(part.path); /* nothing, or nothing to go on from */
        (void)unlink(part.etag_path);
    }
    close_part(&part);
    return st;
}

bool ovf_http_is_fetched(const char *path)
{
    char *const hash_path = with_suffix(path, ".sha256");
    const bool is_fetched =
        hash_path != NULL && access(path, F_OK) == 0 && access(hash_path, F_OK) == 0;
    free(hash_path);
    return is_fetched;
}
