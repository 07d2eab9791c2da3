/* SPDX-License-Identifier: Apache-2.0 */
/* Listing one file, split file or stream: what it is by its first bytes, then the members of an
 * archive or the file itself. What is pulled through to its end anyhow is hashed as it passes; the bytes of
 * other files are, when somebody asks. */
#include "source/catalog_parts.h"

#include <stdlib.h>
#include <string.h>

#include "source/archive.h"
#include "source/pull.h"
#include "source/sniff.h"
#include "source/zip_check.h"

struct listing {
    struct ovf_catalog *catalog;
    struct ovf_catalog_input *input;
    size_t i_input;
    size_t first_item; /* of this input */
    bool is_spooled;
};

static enum ovf_status add_item(struct listing *l, const char *name, enum ovf_content content,
                                uint64_t offset, uint64_t n_bytes)
{
    struct ovf_item item = {
        .input = (uint32_t)l->i_input,
        .kind = ovf_catalog_kind(content),
        .name = name,
        .offset = offset,
        .stored_bytes = n_bytes,
    };
    item.has_address_hint = ovf_name_address(name, &item.address_hint);
    return ovf_catalog_add(l->catalog, item);
}

static enum ovf_status begin(void *context, const struct ovf_archive_member *member,
                             struct ovf_error *err)
{
    (void)err;
    struct listing *l = context;
    const uint64_t offset = l->is_spooled ? ovf_spool_end(&l->catalog->spool) : member->offset;
    return add_item(l, member->name, member->content, offset, member->n_bytes);
}

static enum ovf_status data(void *context, struct ovf_bytes bytes, struct ovf_error *err)
{
    struct listing *l = context;
    return ovf_spool_append(&l->catalog->spool, bytes, err);
}

static enum ovf_status end(void *context, bool is_whole, struct ovf_error *err)
{
    (void)err;
    struct listing *l = context;
    struct ovf_item *item = &l->catalog->items[l->catalog->n_items - 1];
    if (!is_whole) {
        if (l->is_spooled)
            ovf_spool_cut(&l->catalog->spool, item->offset);
        ovf_catalog_drop_last(l->catalog);
        return OVF_OK;
    }
    if (l->is_spooled)
        item->stored_bytes = ovf_spool_end(&l->catalog->spool) - item->offset;
    if (item->stored_bytes == 0) { /* millions of them cost no room */
        ovf_catalog_reject(l->input, item->name, OVF_REJECT_EMPTY, "no bytes");
        ovf_catalog_drop_last(l->catalog);
    }
    return OVF_OK;
}

static void not_used(void *context)
{
    struct listing *l = context;
    l->input->input.n_not_used++;
}

static void reject(void *context, const char *name, enum ovf_reject reason, const char *text)
{
    struct listing *l = context;
    ovf_catalog_reject(l->input, name, reason, text);
}

static struct ovf_archive_sink make_sink(struct listing *l)
{
    return (struct ovf_archive_sink){
        .context = l,
        .begin = begin,
        .data = l->is_spooled ? data : NULL,
        .end = end,
        .not_used = not_used,
        .reject = reject,
    };
}

struct entry {
    const char *name;
    struct ovf_item *item;
};

static int compare_names(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    return strcmp(x->name, y->name);
}

/* Drop the items of this input whose name is NULL. */
static void drop_nameless(struct listing *l)
{
    struct ovf_item *items = l->catalog->items;
    size_t n = l->first_item;
    for (size_t i = l->first_item; i < l->catalog->n_items; i++)
        if (items[i].name != NULL)
            items[n++] = items[i];
    l->catalog->n_items = n;
}

/* A name that stands twice is rejected with all that bear it: to pick one would be to guess. By
 * sorting, so that no choice of names makes it slow. */
static enum ovf_status reject_duplicates(struct listing *l)
{
    struct ovf_item *items = l->catalog->items + l->first_item;
    const size_t n = l->catalog->n_items - l->first_item;
    if (n < 2)
        return OVF_OK;
    struct entry *sorted = calloc(n, sizeof *sorted);
    if (sorted == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct entry){items[i].name, &items[i]};
    qsort(sorted, n, sizeof *sorted, compare_names);
    for (size_t first = 0, last; first < n; first = last) {
        const char *name = sorted[first].name;
        last = first + 1;
        while (last < n && strcmp(sorted[last].name, name) == 0)
            last++;
        for (size_t i = first; i < last && last - first > 1; i++) {
            ovf_catalog_reject(l->input, name, OVF_REJECT_DUPLICATE_NAME, "stands more than once");
            sorted[i].item->name = NULL;
        }
    }
    free(sorted);
    drop_nameless(l);
    return OVF_OK;
}

static enum ovf_status list_tar(struct listing *l, struct ovf_pull pull, struct ovf_error *err)
{
    const struct ovf_archive_sink sink = make_sink(l);
    const struct ovf_archive_limits limits = OVF_ARCHIVE_LIMITS;
    return ovf_tar_list(pull, &limits, &sink, err);
}

static enum ovf_status list_tar_gzip(struct listing *l, struct ovf_raw *raw, struct ovf_error *err)
{
    struct ovf_gunzip gunzip;
    enum ovf_status st =
        ovf_gunzip_init(&gunzip, (struct ovf_pull){.next = ovf_raw_next, .context = raw});
    if (st != OVF_OK)
        return st;
    const struct ovf_pull pull = {.next = ovf_gunzip_next, .context = &gunzip};
    st = list_tar(l, pull, err);
    /* What the tar's reader did not want to see counts for the checksum all the same. */
    for (struct ovf_bytes rest = {NULL, 1}; st == OVF_OK && rest.len > 0;)
        st = pull.next(pull.context, &rest, err);
    if (st == OVF_OK && gunzip.reject == OVF_REJECT_GZIP_CORRUPT) {
        for (size_t i = l->first_item; i < l->catalog->n_items; i++)
            ovf_catalog_reject(l->input, l->catalog->items[i].name, gunzip.reject,
                               gunzip.error.text);
        l->catalog->n_items = l->first_item;
    }
    if (st == OVF_OK && gunzip.reject != OVF_REJECT_N)
        ovf_catalog_reject(l->input, NULL, gunzip.reject, gunzip.error.text);
    ovf_gunzip_deinit(&gunzip);
    return st;
}

/* Keep all of a stream; it is the input's space then. */
static enum ovf_status keep_stream(struct listing *l, struct ovf_raw *raw, struct ovf_error *err)
{
    struct ovf_spool *spool = &l->catalog->spool;
    const uint64_t offset = ovf_spool_end(spool);
    struct ovf_bytes bytes = {NULL, 1};
    enum ovf_status st = OVF_OK;
    while (st == OVF_OK && bytes.len > 0) {
        st = ovf_raw_next(raw, &bytes, err);
        if (st == OVF_OK)
            st = ovf_spool_append(spool, bytes, err);
    }
    if (st == OVF_OK)
        st = ovf_spool_flush(spool, err);
    if (st == OVF_OK)
        st = ovf_space_add_fd(&l->input->space, spool->fd, offset, ovf_spool_end(spool) - offset);
    return st;
}

static enum ovf_status list_zip(struct listing *l, struct ovf_error *err)
{
    l->is_spooled = true;
    const struct ovf_archive_sink sink = make_sink(l);
    const struct ovf_archive_limits limits = OVF_ARCHIVE_LIMITS;
    struct ovf_error why;
    bool is_sound = false;
    const enum ovf_status st = ovf_zip_check(&l->input->space, &is_sound, &why, err);
    if (st != OVF_OK)
        return st;
    if (!is_sound) {
        ovf_catalog_reject(l->input, NULL, OVF_REJECT_ARCHIVE_CORRUPT, why.text);
        return OVF_OK;
    }
    return ovf_zip_list(&l->input->space, &limits, &sink, err);
}

static enum ovf_status list_content(struct listing *l, struct ovf_raw *raw,
                                    enum ovf_content content, bool is_stream, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    l->input->input.is_archive =
        content == OVF_CONTENT_TAR || content == OVF_CONTENT_TAR_GZIP || content == OVF_CONTENT_ZIP;
    if (content == OVF_CONTENT_TAR) {
        l->is_spooled = is_stream;
        st = list_tar(l, (struct ovf_pull){ovf_raw_next, raw, ovf_raw_skip}, err);
    } else if (content == OVF_CONTENT_TAR_GZIP) {
        l->is_spooled = true;
        st = list_tar_gzip(l, raw, err);
    } else {
        if (is_stream)
            st = keep_stream(l, raw, err);
        if (st == OVF_OK && content == OVF_CONTENT_ZIP)
            st = list_zip(l, err);
        else if (st == OVF_OK)
            st = add_item(l, l->input->label, content, 0, l->input->space.n_bytes);
    }
    l->input->storage = l->is_spooled ? OVF_STORED_SPOOL : OVF_STORED_SPACE;
    return st;
}

static enum ovf_status finish_hash(struct ovf_raw *raw, struct ovf_input *input,
                                   struct ovf_error *err)
{
    const enum ovf_status st = ovf_raw_finish(raw, &input->digest, &input->n_bytes, err);
    input->has_digest = st == OVF_OK;
    return st;
}

enum ovf_status ovf_catalog_hash(struct ovf_catalog *catalog, size_t i, struct ovf_error *err)
{
    struct ovf_catalog_input *input = &catalog->inputs[i];
    struct ovf_raw raw;
    if (input->input.has_digest || input->input.is_folder)
        return OVF_OK;
    enum ovf_status st = ovf_raw_init(&raw, &input->space, -1, input->label);
    if (st == OVF_OK)
        st = ovf_raw_hash(&raw);
    if (st == OVF_OK)
        st = finish_hash(&raw, &input->input, err);
    ovf_raw_deinit(&raw);
    return st;
}

enum ovf_status ovf_catalog_add_file(struct ovf_catalog *catalog, size_t i, int fd,
                                     struct ovf_error *err)
{
    struct ovf_catalog_input *input = &catalog->inputs[i];
    struct listing l = {
        .catalog = catalog, .input = input, .i_input = i, .first_item = catalog->n_items};
    struct ovf_raw raw;
    struct ovf_bytes head;
    enum ovf_content content = OVF_CONTENT_TABLE;
    enum ovf_status st = ovf_raw_init(&raw, fd >= 0 ? NULL : &input->space, fd, input->label);
    if (st == OVF_OK)
        st = ovf_raw_peek(&raw, &head, err);
    if (st == OVF_OK)
        st = ovf_sniff(head, &content);
    const bool hashes = fd >= 0 || content == OVF_CONTENT_TAR_GZIP;
    input->input.n_bytes = input->space.n_bytes; /* of a stream: once it has been read */
    if (st == OVF_OK && hashes)
        st = ovf_raw_hash(&raw);
    if (st == OVF_OK)
        st = list_content(&l, &raw, content, fd >= 0, err);
    if (st == OVF_OK)
        st = reject_duplicates(&l);
    if (st == OVF_OK && hashes)
        st = finish_hash(&raw, &input->input, err);
    ovf_raw_deinit(&raw);
    return st;
}
