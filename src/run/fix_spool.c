/* SPDX-License-Identifier: Apache-2.0 */
/* Held fixes are sorted by track when memory is full and written as one run; what is kept of a run is,
 * for each track in it, where its fixes lie. */
#include "run/fix_spool.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "source/temp_file.h"

struct held {
    struct ovf_track_key key;
    struct ovf_fix fix;
};

/** Fixes of one track in one run. */
struct extent {
    struct ovf_track_key key;
    uint64_t offset;
    uint64_t n_fixes;
};

struct named {
    struct ovf_track_key key;
    uint64_t order;
    uint32_t item; /* that says so */
    struct ovf_identity identity;
};

struct ovf_fix_spool {
    size_t memory_fixes;
    struct held *held;
    size_t n_held;
    size_t held_capacity;
    struct extent *extents;
    size_t n_extents;
    size_t extents_capacity;
    struct named *names;
    size_t n_names;
    size_t names_capacity;
    uint64_t n_named;   /* ever */
    size_t names_limit; /* at so many, what newer rows replaced is thrown out */
    uint32_t *rejected; /* items */
    size_t n_rejected;
    size_t rejected_capacity;
    size_t *tracks; /* first extent of each track, and the end */
    size_t n_tracks;
    int fd;
    uint64_t file_len;
};

enum ovf_status ovf_fix_spool_new(size_t memory_fixes, struct ovf_fix_spool **out)
{
    struct ovf_fix_spool *spool = calloc(1, sizeof *spool);
    if (spool == NULL)
        return OVF_E_NOMEM;
    spool->memory_fixes = memory_fixes > 0 ? memory_fixes : 1;
    spool->fd = -1;
    *out = spool;
    return OVF_OK;
}

void ovf_fix_spool_free(struct ovf_fix_spool *spool)
{
    if (spool == NULL)
        return;
    free(spool->held);
    free(spool->extents);
    free(spool->names);
    free(spool->rejected);
    free(spool->tracks);
    if (spool->fd >= 0)
        (void)close(spool->fd);
    free(spool);
}

static int compare_held(const void *x, const void *y)
{
    const struct held *a = x;
    const struct held *b = y;
    const int by_key = ovf_track_key_compare(a->key, b->key);
    return by_key != 0 ? by_key : ovf_fix_compare(&a->fix, &b->fix);
}

static enum ovf_status write_extent(struct ovf_fix_spool *spool, const struct held *held, size_t n,
                                    struct ovf_fixes *scratch, struct ovf_error *err)
{
    scratch->n = 0;
    for (size_t i = 0; i < n; i++) {
        const enum ovf_status st = ovf_fixes_push(scratch, &held[i].fix);
        if (st != OVF_OK)
            return st;
    }
    struct extent *grown = ovf_array_reserve(spool->extents, &spool->extents_capacity,
                                             spool->n_extents + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    spool->extents = grown;
    const size_t len = n * sizeof *scratch->items;
    const enum ovf_status st =
        ovf_temp_file_write(spool->fd, scratch->items, len, spool->file_len, err);
    if (st != OVF_OK)
        return st;
    spool->extents[spool->n_extents++] = (struct extent){held->key, spool->file_len, n};
    spool->file_len += len;
    return OVF_OK;
}

static enum ovf_status write_run(struct ovf_fix_spool *spool, struct ovf_error *err)
{
    struct ovf_fixes scratch = {0};
    enum ovf_status st = OVF_OK;
    if (spool->n_held == 0)
        return OVF_OK;
    if (spool->fd < 0)
        st = ovf_temp_file_open(&spool->fd, err);
    qsort(spool->held, spool->n_held, sizeof *spool->held, compare_held);
    for (size_t begin = 0; begin < spool->n_held && st == OVF_OK;) {
        size_t end = begin + 1;
        while (end < spool->n_held &&
               ovf_track_key_compare(spool->held[begin].key, spool->held[end].key) == 0)
            end++;
        st = write_extent(spool, &spool->held[begin], end - begin, &scratch, err);
        begin = end;
    }
    ovf_fixes_deinit(&scratch);
    spool->n_held = 0;
    return st;
}

static int compare_names(const void *x, const void *y)
{
    const struct named *a = x;
    const struct named *b = y;
    const int by_key = ovf_track_key_compare(a->key, b->key);
    return by_key != 0 ? by_key : (a->order > b->order) - (a->order < b->order);
}

/** Keeps the newest name of each track, and beside one that \p item gives, which may be rejected yet,
 * the newest that another gave before. */
static void compact_names(struct ovf_fix_spool *spool, uint32_t item)
{
    size_t kept = 0;
    if (spool->n_names > 0)
        qsort(spool->names, spool->n_names, sizeof *spool->names, compare_names);
    for (size_t i = 0; i < spool->n_names; i++) {
        const struct named *last = kept > 0 ? &spool->names[kept - 1] : NULL;
        if (last != NULL && ovf_track_key_compare(last->key, spool->names[i].key) == 0 &&
            (spool->names[i].item != item || last->item == item))
            kept--;
        spool->names[kept++] = spool->names[i];
    }
    spool->n_names = kept;
    spool->names_limit = kept < 512 ? 1024 : 2 * kept;
}

static enum ovf_status remember_name(struct ovf_fix_spool *spool, struct ovf_track_key key,
                                     uint32_t item, const struct ovf_identity *identity)
{
    if (spool->n_names >= spool->names_limit)
        compact_names(spool, item);
    struct named *grown =
        ovf_array_reserve(spool->names, &spool->names_capacity, spool->n_names + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    spool->names = grown;
    spool->names[spool->n_names++] = (struct named){key, spool->n_named++, item, *identity};
    return OVF_OK;
}

enum ovf_status ovf_fix_spool_add(struct ovf_fix_spool *spool, struct ovf_track_key key,
                                  const struct ovf_fix *fix, const struct ovf_identity *identity,
                                  struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (spool->n_held == spool->memory_fixes)
        st = write_run(spool, err);
    if (st == OVF_OK && identity != NULL)
        st = remember_name(spool, key, fix->record.item, identity);
    if (st != OVF_OK)
        return st;
    struct held *grown =
        ovf_array_reserve(spool->held, &spool->held_capacity, spool->n_held + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    spool->held = grown;
    spool->held[spool->n_held++] = (struct held){key, *fix};
    return OVF_OK;
}

enum ovf_status ovf_fix_spool_reject_item(struct ovf_fix_spool *spool, uint32_t item)
{
    uint32_t *grown = ovf_array_reserve(spool->rejected, &spool->rejected_capacity,
                                        spool->n_rejected + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    spool->rejected = grown;
    spool->rejected[spool->n_rejected++] = item;
    size_t kept = 0;
    for (size_t i = 0; i < spool->n_names; i++) {
        if (spool->names[i].item != item)
            spool->names[kept++] = spool->names[i];
    }
    spool->n_names = kept;
    return OVF_OK;
}

static int compare_extents(const void *x, const void *y)
{
    const struct extent *a = x;
    const struct extent *b = y;
    const int by_key = ovf_track_key_compare(a->key, b->key);
    return by_key != 0 ? by_key : (a->offset > b->offset) - (a->offset < b->offset);
}

enum ovf_status ovf_fix_spool_seal(struct ovf_fix_spool *spool, struct ovf_error *err)
{
    const enum ovf_status st = write_run(spool, err);
    if (st != OVF_OK)
        return st;
    if (spool->n_extents > 0)
        qsort(spool->extents, spool->n_extents, sizeof *spool->extents, compare_extents);
    compact_names(spool, UINT32_MAX);
    spool->tracks = malloc((spool->n_extents + 1) * sizeof *spool->tracks);
    if (spool->tracks == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < spool->n_extents; i++) {
        if (i == 0 || ovf_track_key_compare(spool->extents[i - 1].key, spool->extents[i].key) != 0)
            spool->tracks[spool->n_tracks++] = i;
    }
    spool->tracks[spool->n_tracks] = spool->n_extents;
    return OVF_OK;
}

size_t ovf_fix_spool_n_tracks(const struct ovf_fix_spool *spool)
{
    return spool->n_tracks;
}

struct ovf_track_key ovf_fix_spool_key(const struct ovf_fix_spool *spool, size_t i)
{
    return spool->extents[spool->tracks[i]].key;
}

static int compare_key_to_name(const void *key, const void *name)
{
    return ovf_track_key_compare(*(const struct ovf_track_key *)key,
                                 ((const struct named *)name)->key);
}

const struct ovf_identity *ovf_fix_spool_identity(const struct ovf_fix_spool *spool, size_t i)
{
    const struct ovf_track_key key = ovf_fix_spool_key(spool, i);
    const struct named *name = spool->n_names == 0
                                   ? NULL
                                   : bsearch(&key, spool->names, spool->n_names,
                                             sizeof *spool->names, compare_key_to_name);
    return name != NULL ? &name->identity : NULL;
}

static bool is_rejected(const struct ovf_fix_spool *spool, uint32_t item)
{
    for (size_t i = 0; i < spool->n_rejected; i++) {
        if (spool->rejected[i] == item)
            return true;
    }
    return false;
}

static enum ovf_status read_extent(const struct ovf_fix_spool *spool, const struct extent *extent,
                                   struct ovf_fixes *out, struct ovf_error *err)
{
    const size_t n = (size_t)extent->n_fixes;
    struct ovf_fix *grown =
        ovf_array_reserve(out->items, &out->capacity, out->n + n, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->items = grown;
    const enum ovf_status st =
        ovf_temp_file_read(spool->fd, out->items + out->n, n * sizeof *grown, extent->offset, err);
    if (st != OVF_OK)
        return st;
    const size_t end = out->n + n;
    for (size_t i = out->n; i < end; i++) {
        if (!is_rejected(spool, out->items[i].record.item))
            out->items[out->n++] = out->items[i];
    }
    return OVF_OK;
}

enum ovf_status ovf_fix_spool_read(const struct ovf_fix_spool *spool, size_t i,
                                   struct ovf_fixes *out, struct ovf_error *err)
{
    for (size_t e = spool->tracks[i]; e < spool->tracks[i + 1]; e++) {
        const enum ovf_status st = read_extent(spool, &spool->extents[e], out, err);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}
