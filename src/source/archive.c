/* SPDX-License-Identifier: Apache-2.0 */
/* Archives by libarchive, without its filters: gzip is inflated before (pull.h), with its checksum
 * verified, which libarchive 3.6 does not.
 *
 * Tars are read as concatenated ones: zero blocks end nothing, for what is appended behind them is
 * evidence too. After a header with a wrong checksum libarchive goes on at the next 512 bytes; such a
 * run is one rejection. Whatever a header says of lengths, nothing is allocated by it here.
 */
#include "source/archive.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "source/sniff.h"

struct listing {
    struct archive *archive;
    struct ovf_pull pull;          /* of a tar */
    const struct ovf_space *space; /* of a zip */
    struct ovf_space_reader reader;
    uint64_t position; /* in space */
    unsigned char *block;
    const struct ovf_archive_limits *limits;
    const struct ovf_archive_sink *sink;
    struct ovf_error *err;
    enum ovf_status status; /* of pull, space or sink */
    uint64_t n_pulled;
    uint64_t n_members;
    uint64_t n_expanded; /* bytes that came out of a zip */
    bool is_damaged;     /* in a run of headers that are none */
    bool is_over;        /* nothing more can be read */
};

static la_ssize_t tar_read(struct archive *archive, void *context, const void **data)
{
    struct listing *l = context;
    struct ovf_bytes bytes = {NULL, 0};
    l->status = l->pull.next(l->pull.context, &bytes, l->err);
    if (l->status != OVF_OK) {
        archive_set_error(archive, EIO, "cannot be read");
        return -1;
    }
    l->n_pulled += bytes.len;
    *data = bytes.data;
    return (la_ssize_t)bytes.len;
}

static la_int64_t tar_skip(struct archive *archive, void *context, la_int64_t request)
{
    (void)archive;
    struct listing *l = context;
    const uint64_t n =
        l->pull.skip != NULL && request > 0 ? l->pull.skip(l->pull.context, (uint64_t)request) : 0;
    l->n_pulled += n;
    return (la_int64_t)n;
}

static la_ssize_t zip_read(struct archive *archive, void *context, const void **data)
{
    struct listing *l = context;
    size_t n = 0;
    l->status = ovf_space_read(&l->reader, (struct ovf_space_at){l->space, l->position}, l->block,
                               OVF_PULL_BLOCK_BYTES, &n, l->err);
    if (l->status != OVF_OK) {
        archive_set_error(archive, EIO, "cannot be read");
        return -1;
    }
    l->position += n;
    *data = l->block;
    return (la_ssize_t)n;
}

static la_int64_t zip_seek(struct archive *archive, void *context, la_int64_t offset, int whence)
{
    struct listing *l = context;
    const uint64_t base = whence == SEEK_SET   ? 0
                          : whence == SEEK_CUR ? l->position
                                               : l->space->n_bytes;
    const bool is_back = offset < 0;
    const uint64_t by = is_back ? (uint64_t)0 - (uint64_t)offset : (uint64_t)offset;
    if (is_back ? by > base : by > l->space->n_bytes || base > l->space->n_bytes - by) {
        archive_set_error(archive, EINVAL, "a place outside the file");
        return ARCHIVE_FATAL;
    }
    l->position = is_back ? base - by : base + by;
    return (la_int64_t)l->position;
}

static la_int64_t zip_skip(struct archive *archive, void *context, la_int64_t request)
{
    (void)archive;
    struct listing *l = context;
    const uint64_t left = l->space->n_bytes - l->position;
    const uint64_t n = request < 0 ? 0 : (uint64_t)request < left ? (uint64_t)request : left;
    l->position += n;
    return (la_int64_t)n;
}

static void reject(struct listing *l, const char *name, enum ovf_reject reason, const char *text)
{
    l->sink->reject(l->sink->context, name, reason, text);
}

static const char *words(const struct listing *l)
{
    const char *text = archive_error_string(l->archive);
    return text != NULL ? text : "damaged";
}

/* Overlapping members and nested blocks let a small zip expand without end. */
static bool is_bomb(const struct listing *l)
{
    return l->space != NULL && l->n_expanded > OVF_INFLATE_FREE_BYTES &&
           l->n_expanded / OVF_INFLATE_MAX_RATIO > l->space->n_bytes;
}

static enum ovf_reject reason_of_error(const struct listing *l)
{
    return strstr(words(l), "runcated") != NULL ? OVF_REJECT_ARCHIVE_TRUNCATED
                                                : OVF_REJECT_ARCHIVE_CORRUPT;
}

/* Hand over a member's bytes. *is_whole: they all came. */
static enum ovf_status read_member(struct listing *l, const struct ovf_archive_member *member,
                                   bool *is_whole)
{
    uint64_t n_bytes = 0;
    for (;;) {
        const void *data = NULL;
        size_t len = 0;
        la_int64_t offset = 0;
        const int code = archive_read_data_block(l->archive, &data, &len, &offset);
        if (l->status != OVF_OK)
            return l->status;
        *is_whole = code == ARCHIVE_EOF || (l->space == NULL && n_bytes == member->n_bytes);
        if (code == ARCHIVE_EOF)
            return OVF_OK;
        if (code != ARCHIVE_OK) {
            l->is_over = code == ARCHIVE_FATAL;
            reject(l, *is_whole ? NULL : member->name, reason_of_error(l), words(l));
            return OVF_OK;
        }
        n_bytes += len;
        l->n_expanded += len;
        if (n_bytes > l->limits->max_member_bytes || is_bomb(l)) {
            reject(l, member->name, is_bomb(l) ? OVF_REJECT_BOMB : OVF_REJECT_TOO_LARGE,
                   "expands beyond the limit");
            *is_whole = false;
            return OVF_OK;
        }
        const enum ovf_status st =
            l->sink->data(l->sink->context, (struct ovf_bytes){data, len}, l->err);
        if (st != OVF_OK)
            return st;
    }
}

/* Pass over a member's bytes. Whole is what has all its bytes, even when its padding is cut off. */
static enum ovf_status skip_member(struct listing *l, const struct ovf_archive_member *member,
                                   bool *is_whole)
{
    const int code = archive_read_data_skip(l->archive);
    *is_whole = code == ARCHIVE_OK ||
                (l->n_pulled >= member->offset && l->n_pulled - member->offset >= member->n_bytes);
    if (l->status != OVF_OK || code == ARCHIVE_OK)
        return l->status;
    l->is_over = true;
    reject(l, *is_whole ? NULL : member->name, OVF_REJECT_ARCHIVE_TRUNCATED, "ends here");
    return OVF_OK;
}

static enum ovf_status take_member(struct listing *l, const struct ovf_archive_member *member)
{
    bool is_whole = false;
    enum ovf_status st = l->sink->begin(l->sink->context, member, l->err);
    if (st != OVF_OK)
        return st;
    if (l->sink->data != NULL)
        st = read_member(l, member, &is_whole);
    else
        st = skip_member(l, member, &is_whole);
    return st != OVF_OK ? st : l->sink->end(l->sink->context, is_whole, l->err);
}

/* The entry's name in bytes of its own; NULL when it has none that can be told. */
static char *copy_name(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    if (name == NULL)
        name = archive_entry_pathname_utf8(entry);
    return strdup(name != NULL ? name : "");
}

static bool is_plain_file(struct archive_entry *entry)
{
    return archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == NULL &&
           archive_entry_symlink(entry) == NULL && archive_entry_sparse_count(entry) == 0 &&
           archive_entry_is_encrypted(entry) == 0;
}

static enum ovf_status visit(struct listing *l, struct archive_entry *entry)
{
    if (archive_entry_filetype(entry) == AE_IFDIR)
        return OVF_OK;
    struct ovf_archive_member member = {0};
    enum ovf_status st = OVF_OK;
    char *name = copy_name(entry);
    if (name == NULL)
        return OVF_E_NOMEM;
    const bool is_safe = ovf_name_is_safe(name);
    if (is_safe)
        ovf_name_tidy(name);
    const la_int64_t size = archive_entry_size(entry);
    if (!is_safe || name[0] == '\0')
        reject(l, name, OVF_REJECT_UNSAFE_NAME, "a name that is not read");
    else if (!is_plain_file(entry))
        reject(l, name, OVF_REJECT_NOT_A_FILE, "a link, device, sparse or encrypted file");
    else if (!ovf_name_is_wanted(name, &member.content))
        l->sink->not_used(l->sink->context);
    else if (size < 0 || (uint64_t)size > l->limits->max_member_bytes)
        reject(l, name, OVF_REJECT_TOO_LARGE, "more than a member may have");
    else {
        member.name = name;
        member.n_bytes = (uint64_t)size;
        /* What the reader has consumed ends at the member's first byte: headers before it, of
         * whatever kind and number, are through. */
        member.offset = (uint64_t)archive_filter_bytes(l->archive, 0);
        st = take_member(l, &member);
    }
    free(name);
    return st;
}

/* One header and what belongs to it. */
static enum ovf_status step(struct listing *l)
{
    struct archive_entry *entry = NULL;
    const int code = archive_read_next_header(l->archive, &entry);
    if (l->status != OVF_OK)
        return l->status;
    if (code == ARCHIVE_EOF) {
        l->is_over = true;
        return OVF_OK;
    }
    if (code == ARCHIVE_RETRY || code == ARCHIVE_FAILED) {
        if (!l->is_damaged)
            reject(l, NULL, OVF_REJECT_ARCHIVE_CORRUPT, words(l));
        l->is_damaged = true;
        return OVF_OK;
    }
    if (code == ARCHIVE_FATAL) {
        reject(l, NULL, reason_of_error(l), words(l));
        l->is_over = true;
        return OVF_OK;
    }
    l->is_damaged = false;
    if (l->n_members++ == l->limits->max_members) {
        reject(l, NULL, OVF_REJECT_TOO_LARGE, "more members than are read");
        l->is_over = true;
        return OVF_OK;
    }
    /* A warning is of no account when it is about the locale, which is C here; otherwise an extended
     * header was malformed, and nobody knows what it would have said of name and size. */
    if (code == ARCHIVE_WARN && strstr(words(l), "converted") == NULL) {
        reject(l, NULL, OVF_REJECT_ARCHIVE_CORRUPT, words(l));
        return OVF_OK;
    }
    return visit(l, entry);
}

static enum ovf_status list_all(struct listing *l)
{
    while (!l->is_over) {
        const enum ovf_status st = step(l);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

enum ovf_status ovf_tar_list(struct ovf_pull pull, const struct ovf_archive_limits *limits,
                             const struct ovf_archive_sink *sink, struct ovf_error *err)
{
    struct listing l = {.pull = pull, .limits = limits, .sink = sink, .err = err};
    enum ovf_status st = OVF_E_NOMEM;
    l.archive = archive_read_new();
    if (l.archive == NULL || archive_read_support_format_tar(l.archive) != ARCHIVE_OK ||
        archive_read_set_options(l.archive, "tar:read_concatenated_archives") != ARCHIVE_OK)
        goto out;
    st = OVF_OK;
    /* A tar it is, even when its first header is damaged: no bidding. */
    if (archive_read_set_format(l.archive, ARCHIVE_FORMAT_TAR) == ARCHIVE_OK &&
        archive_read_open2(l.archive, &l, NULL, tar_read, tar_skip, NULL) == ARCHIVE_OK)
        st = list_all(&l);
    else if (l.status == OVF_OK)
        reject(&l, NULL, reason_of_error(&l), words(&l));
    if (l.status != OVF_OK)
        st = l.status;
out:
    (void)archive_read_free(l.archive);
    return st;
}

enum ovf_status ovf_zip_list(const struct ovf_space *space, const struct ovf_archive_limits *limits,
                             const struct ovf_archive_sink *sink, struct ovf_error *err)
{
    struct listing l = {.space = space, .limits = limits, .sink = sink, .err = err};
    enum ovf_status st = OVF_E_NOMEM;
    /* A name that says it is UTF-8 is converted into this thread's locale, and lost in that of C. */
    const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    const locale_t before = utf8 != (locale_t)0 ? uselocale(utf8) : (locale_t)0;
    l.block = malloc(OVF_PULL_BLOCK_BYTES);
    l.archive = archive_read_new();
    if (l.block == NULL || l.archive == NULL ||
        archive_read_support_format_zip_seekable(l.archive) != ARCHIVE_OK)
        goto out;
    (void)archive_read_set_seek_callback(l.archive, zip_seek);
    st = OVF_OK;
    if (archive_read_open2(l.archive, &l, NULL, zip_read, zip_skip, NULL) == ARCHIVE_OK)
        st = list_all(&l);
    else if (l.status == OVF_OK)
        reject(&l, NULL, reason_of_error(&l), words(&l));
    if (l.status != OVF_OK)
        st = l.status;
out:
    (void)archive_read_free(l.archive);
    free(l.block);
    ovf_space_reader_deinit(&l.reader);
    if (utf8 != (locale_t)0) {
        (void)uselocale(before);
        freelocale(utf8);
    }
    return st;
}
