/* SPDX-License-Identifier: Apache-2.0 */
/* Reading items, whole or in pieces. Only what the caller brings is written to, so that any number of
 * threads may read one catalog. */
#include "source/catalog.h"

#include <inttypes.h>
#include <stdlib.h>

#include "source/catalog_parts.h"
#include "source/inflate.h"

#define PIECE_BYTES ((size_t)256 << 10)

void ovf_loader_deinit(struct ovf_loader *loader)
{
    ovf_buffer_deinit(&loader->stored);
    ovf_buffer_deinit(&loader->inflated);
    ovf_inflate_free(loader->inflate);
    ovf_sha256_free(loader->hash);
    free(loader->window);
    ovf_space_reader_deinit(&loader->reader);
    *loader = (struct ovf_loader){0};
}

static enum ovf_reject not_supported(const char *compression, struct ovf_error *err)
{
    (void)ovf_error_set(err, OVF_E_FORMAT,
                        "compressed with %s, which is not supported; only gzip is", compression);
    return OVF_REJECT_COMPRESSION_UNSUPPORTED;
}

static enum ovf_reject empty(struct ovf_error *err)
{
    (void)ovf_error_set(err, OVF_E_FORMAT, "empty");
    return OVF_REJECT_EMPTY;
}

/* All stored bytes into loader->stored. *reject: why not. */
static enum ovf_status load_stored(const struct ovf_catalog *catalog, size_t item,
                                   struct ovf_loader *loader, enum ovf_reject *reject,
                                   struct ovf_error *err)
{
    struct ovf_stored stored;
    struct ovf_buffer *out = &loader->stored;
    out->len = 0;
    loader->has_stored = false;
    loader->digest = (struct ovf_digest){{0}};
    *reject = OVF_REJECT_UNREADABLE;
    if (ovf_stored_open(catalog, item, &loader->reader, &stored, err) != OVF_OK)
        return OVF_OK;
    enum ovf_status st = OVF_OK;
    if (stored.n_bytes > OVF_LOAD_MAX_BYTES) {
        (void)ovf_error_set(err, OVF_E_LIMIT, "%" PRIu64 " bytes, more than %" PRIu64,
                            stored.n_bytes, OVF_LOAD_MAX_BYTES);
        *reject = OVF_REJECT_TOO_LARGE;
    } else if (ovf_buffer_reserve(out, (size_t)stored.n_bytes) != OVF_OK) {
        st = ovf_error_set(err, OVF_E_NOMEM, "no memory to read a member");
    } else if (ovf_stored_read(&stored, 0, out->data, (size_t)stored.n_bytes, err) == OVF_OK) {
        out->len = (size_t)stored.n_bytes;
        loader->has_stored = true;
        *reject = OVF_REJECT_N;
    }
    ovf_stored_close(&stored);
    return st;
}

enum ovf_status ovf_loader_digest(struct ovf_loader *loader, struct ovf_digest *digest)
{
    *digest = loader->digest;
    if (!loader->has_stored)
        return OVF_OK;
    enum ovf_status st = loader->hash == NULL ? ovf_sha256_new(&loader->hash) : OVF_OK;
    if (st == OVF_OK)
        st = ovf_sha256_update(loader->hash, ovf_buffer_bytes(&loader->stored));
    return st == OVF_OK ? ovf_sha256_finish(loader->hash, digest) : st;
}

enum ovf_status ovf_catalog_load(const struct ovf_catalog *catalog, size_t item,
                                 struct ovf_loader *loader, struct ovf_bytes *bytes,
                                 struct ovf_digest *digest, enum ovf_reject *reject,
                                 struct ovf_error *err)
{
    *bytes = (struct ovf_bytes){NULL, 0};
    enum ovf_status st = load_stored(catalog, item, loader, reject, err);
    if (st == OVF_OK && digest != NULL)
        st = ovf_loader_digest(loader, digest);
    if (st != OVF_OK || *reject != OVF_REJECT_N)
        return st;
    struct ovf_bytes content = ovf_buffer_bytes(&loader->stored);
    if (st == OVF_OK && ovf_is_gzip(content)) {
        if (loader->inflate == NULL)
            st = ovf_inflate_new(&loader->inflate);
        if (st == OVF_OK)
            st = ovf_inflate_all(loader->inflate, content, OVF_LOAD_MAX_BYTES, &loader->inflated,
                                 reject, err);
        content = ovf_buffer_bytes(&loader->inflated);
    } else if (st == OVF_OK && ovf_compression_name(content) != NULL) {
        *reject = not_supported(ovf_compression_name(content), err);
    }
    if (st == OVF_OK && *reject == OVF_REJECT_N && content.len == 0)
        *reject = empty(err);
    if (st == OVF_OK && *reject == OVF_REJECT_N)
        *bytes = content;
    return st;
}

/* A member on its way through in pieces. */
struct flow {
    ovf_piece_fn *piece;
    void *context;
    struct ovf_sha256 *hash;
    struct ovf_inflate *inflate; /* NULL: not gzip */
    unsigned char *in;
    unsigned char *out;
    uint64_t n_out;
    enum ovf_reject reject;
    struct ovf_error *err;
};

static enum ovf_status give(struct flow *flow, struct ovf_bytes bytes)
{
    flow->n_out += bytes.len;
    return bytes.len > 0 ? flow->piece(flow->context, bytes) : OVF_OK;
}

static enum ovf_status inflate_block(struct flow *flow, struct ovf_bytes block)
{
    size_t n = 0;
    do {
        flow->reject =
            ovf_inflate_step(flow->inflate, &block, flow->out, PIECE_BYTES, &n, flow->err);
        if (flow->reject != OVF_REJECT_N)
            return OVF_OK;
        const enum ovf_status st = give(flow, (struct ovf_bytes){flow->out, n});
        if (st != OVF_OK)
            return st;
    } while (block.len > 0 || n == PIECE_BYTES);
    return OVF_OK;
}

static enum ovf_status begin_flow(struct flow *flow, struct ovf_bytes first)
{
    if (ovf_is_gzip(first))
        return ovf_inflate_new(&flow->inflate);
    const char *name = ovf_compression_name(first);
    if (name != NULL)
        flow->reject = not_supported(name, flow->err);
    return OVF_OK;
}

/* What is rejected half-way is hashed to its end all the same. */
static enum ovf_status run_flow(struct flow *flow, const struct ovf_stored *stored)
{
    enum ovf_status st = OVF_OK;
    for (uint64_t at = 0; at < stored->n_bytes && st == OVF_OK;) {
        const uint64_t left = stored->n_bytes - at;
        const size_t len = left < PIECE_BYTES ? (size_t)left : PIECE_BYTES;
        struct ovf_error unread = {{0}};
        const struct ovf_bytes block = {flow->in, len};
        if (ovf_stored_read(stored, at, flow->in, len, &unread) != OVF_OK) {
            (void)ovf_error_set(flow->err, OVF_E_IO, "%s", unread.text);
            flow->reject = OVF_REJECT_UNREADABLE;
            return OVF_OK;
        }
        st = ovf_sha256_update(flow->hash, block);
        if (st == OVF_OK && at == 0)
            st = begin_flow(flow, block);
        if (st == OVF_OK && flow->reject == OVF_REJECT_N)
            st = flow->inflate != NULL ? inflate_block(flow, block) : give(flow, block);
        at += len;
    }
    if (st == OVF_OK && flow->reject == OVF_REJECT_N && flow->inflate != NULL)
        flow->reject = ovf_inflate_end(flow->inflate, flow->err);
    if (st == OVF_OK && flow->reject == OVF_REJECT_N && flow->n_out == 0)
        flow->reject = empty(flow->err);
    return st;
}

enum ovf_status ovf_catalog_stream(const struct ovf_catalog *catalog, size_t item,
                                   ovf_piece_fn *piece, void *context, struct ovf_digest *digest,
                                   enum ovf_reject *reject, struct ovf_error *err)
{
    struct ovf_space_reader reader = {0};
    struct ovf_stored stored;
    struct flow flow = {.piece = piece, .context = context, .reject = OVF_REJECT_N, .err = err};
    *digest = (struct ovf_digest){{0}};
    *reject = OVF_REJECT_UNREADABLE;
    if (ovf_stored_open(catalog, item, &reader, &stored, err) != OVF_OK)
        return OVF_OK;
    enum ovf_status st = ovf_sha256_new(&flow.hash);
    flow.in = malloc(PIECE_BYTES);
    flow.out = malloc(PIECE_BYTES);
    if (flow.in == NULL || flow.out == NULL)
        st = OVF_E_NOMEM;
    if (st == OVF_OK)
        st = run_flow(&flow, &stored);
    if (st == OVF_OK && flow.reject != OVF_REJECT_UNREADABLE)
        st = ovf_sha256_finish(flow.hash, digest);
    if (st == OVF_OK)
        *reject = flow.reject;
    else if (st == OVF_E_NOMEM)
        (void)ovf_error_set(err, st, "no memory to read a member");
    ovf_inflate_free(flow.inflate);
    ovf_sha256_free(flow.hash);
    free(flow.in);
    free(flow.out);
    ovf_stored_close(&stored);
    ovf_space_reader_deinit(&reader);
    return st;
}
