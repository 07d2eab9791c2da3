/* SPDX-License-Identifier: Apache-2.0 */
/* Reading items through a window that is moved on, so that memory does not grow with them. */
#include <stdlib.h>
#include <string.h>

#include "source/catalog_parts.h"
#include "source/inflate.h"

enum {
    WINDOW_BYTES = 1 << 20,
    STORED_BYTES = 1 << 18, /* of the stored bytes at a time */
};

struct ovf_window {
    struct ovf_stored stored;
    uint64_t at; /* stored bytes read */
    bool is_gzip;
    bool is_broken;
    bool is_last;
    struct ovf_bytes unread; /* of input: not inflated yet */
    size_t n;                /* bytes in the window */
    unsigned char window[WINDOW_BYTES];
    unsigned char input[STORED_BYTES];
};

/** The next stored bytes into the input. */
static bool read_input(struct ovf_window *w, struct ovf_error *err)
{
    const uint64_t left = w->stored.n_bytes - w->at;
    const size_t len = left < STORED_BYTES ? (size_t)left : STORED_BYTES;
    if (ovf_stored_read(&w->stored, w->at, w->input, len, err) != OVF_OK)
        return false;
    w->at += len;
    w->unread = (struct ovf_bytes){w->input, len};
    return true;
}

/** The window, and the member open in it. */
static enum ovf_status open_stored(const struct ovf_catalog *catalog, size_t item,
                                   struct ovf_loader *loader, bool *is_open, struct ovf_error *err)
{
    *is_open = false;
    loader->has_stored = false;
    if (loader->window == NULL)
        loader->window = malloc(sizeof *loader->window);
    if (loader->window == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory to read a member");
    *is_open =
        ovf_stored_open(catalog, item, &loader->reader, &loader->window->stored, err) == OVF_OK;
    loader->window->at = 0;
    return OVF_OK;
}

enum ovf_status ovf_catalog_digest(const struct ovf_catalog *catalog, size_t item,
                                   struct ovf_loader *loader, struct ovf_error *err)
{
    bool is_readable;
    enum ovf_status st = open_stored(catalog, item, loader, &is_readable, err);
    struct ovf_window *w = loader->window;
    loader->digest = (struct ovf_digest){{0}};
    if (st != OVF_OK || !is_readable)
        return st;
    if (loader->hash == NULL)
        st = ovf_sha256_new(&loader->hash);
    while (w->at < w->stored.n_bytes && is_readable && st == OVF_OK) {
        is_readable = read_input(w, err);
        if (is_readable)
            st = ovf_sha256_update(loader->hash, w->unread);
    }
    struct ovf_digest digest = {{0}};
    if (st == OVF_OK)
        st = ovf_sha256_finish(loader->hash, &digest);
    if (is_readable)
        loader->digest = digest;
    ovf_loader_close(loader);
    return st;
}

enum ovf_status ovf_catalog_open(const struct ovf_catalog *catalog, size_t item,
                                 struct ovf_loader *loader, bool *is_open, struct ovf_error *err)
{
    enum ovf_status st = open_stored(catalog, item, loader, is_open, err);
    struct ovf_window *w = loader->window;
    if (st != OVF_OK || !*is_open)
        return st;
    w->n = 0;
    w->is_broken = !read_input(w, err);
    w->is_last = false;
    w->is_gzip = !w->is_broken && ovf_is_gzip(w->unread);
    if (w->is_gzip && loader->inflate == NULL)
        st = ovf_inflate_new(&loader->inflate);
    if (w->is_gzip && st == OVF_OK)
        ovf_inflate_begin(loader->inflate, OVF_INFLATE_UNLIMITED);
    *is_open =
        st == OVF_OK && !w->is_broken && (w->is_gzip || ovf_compression_name(w->unread) == NULL);
    if (!*is_open)
        ovf_loader_close(loader);
    return st;
}

void ovf_loader_close(struct ovf_loader *loader)
{
    ovf_stored_close(&loader->window->stored);
}

/** Into the room behind what is in the window; nothing when more input is due. */
static void inflate(struct ovf_window *w, struct ovf_inflate *inflate, struct ovf_error *err)
{
    size_t n = 0;
    w->is_broken = ovf_inflate_step(inflate, &w->unread, w->window + w->n, WINDOW_BYTES - w->n, &n,
                                    err) != OVF_REJECT_N;
    w->n += n;
    if (!w->is_broken && w->n < WINDOW_BYTES && w->unread.len == 0 && w->at == w->stored.n_bytes) {
        w->is_broken = ovf_inflate_end(inflate, err) != OVF_REJECT_N;
        w->is_last = !w->is_broken;
    }
}

static void copy(struct ovf_window *w)
{
    const size_t room = WINDOW_BYTES - w->n;
    const size_t n = w->unread.len < room ? w->unread.len : room;
    memcpy(w->window + w->n, w->unread.data, n);
    w->n += n;
    w->unread.data += n;
    w->unread.len -= n;
    w->is_last = w->unread.len == 0 && w->at == w->stored.n_bytes;
}

bool ovf_loader_more(struct ovf_loader *loader, size_t n_kept, struct ovf_bytes *window,
                     bool *is_last)
{
    struct ovf_window *w = loader->window;
    struct ovf_error ignored;
    if (n_kept == WINDOW_BYTES)
        return false;
    memmove(w->window, w->window + w->n - n_kept, n_kept);
    w->n = n_kept;
    while (w->n < WINDOW_BYTES && !w->is_last && !w->is_broken) {
        if (w->unread.len == 0 && w->at < w->stored.n_bytes)
            w->is_broken = !read_input(w, &ignored);
        if (!w->is_broken && w->is_gzip)
            inflate(w, loader->inflate, &ignored);
        else if (!w->is_broken)
            copy(w);
    }
    *window = (struct ovf_bytes){w->window, w->n};
    *is_last = w->is_last;
    return !w->is_broken;
}
