/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/origin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/time.h"
#include "question/case_open.h"
#include "serve/asked_store.h"

struct ovf_origin {
    struct ovf_open_case open;
    bool has_case;
    char digest[OVF_SHA256_HEX_SIZE + 8];
    const char *store_path;       /* NULL: there is none */
    struct ovf_asked_store asked; /* of feeds */
    struct ovf_view *view;
    struct ovf_origin_stamp stamp;
};

/* ---- files ---- */

/** \p end follows \p path in the file's name. */
static struct ovf_file_stamp stamp_of_file(const char *path, const char *end)
{
    struct stat s;
    char name[4096];
    const int n = path != NULL ? snprintf(name, sizeof name, "%s%s", path, end) : -1;
    if (n < 0 || (size_t)n >= sizeof name || stat(name, &s) != 0)
        return (struct ovf_file_stamp){.is_there = false};
    return (struct ovf_file_stamp){
        .is_there = true,
        .device = s.st_dev,
        .inode = s.st_ino,
        .size = s.st_size,
        .t_ns = (int64_t)s.st_mtim.tv_sec * OVF_NS_PER_S + s.st_mtim.tv_nsec,
    };
}

static bool is_same(const struct ovf_file_stamp *a, const struct ovf_file_stamp *b)
{
    return a->is_there == b->is_there && a->device == b->device && a->inode == b->inode &&
           a->size == b->size && a->t_ns == b->t_ns;
}

/* ---- opening ---- */

void ovf_origin_close(struct ovf_origin *origin)
{
    if (origin == NULL)
        return;
    ovf_view_close(origin->view);
    ovf_asked_store_remove(&origin->asked);
    ovf_open_case_close(&origin->open);
    free(origin);
}

static enum ovf_status read_case(const char *path, struct ovf_origin *origin, struct ovf_error *err)
{
    const enum ovf_status st = ovf_open_case(path, &origin->open, err);
    if (st != OVF_OK)
        return st;
    origin->has_case = true;
    (void)snprintf(origin->digest, sizeof origin->digest, "sha256:");
    ovf_digest_format(&origin->open.digest, OVF_SHA256_BYTES,
                      origin->digest + strlen(origin->digest));
    return OVF_OK;
}

/** The store's path: as given, else as the case has it; NULL: there is none. */
static enum ovf_status find_store(const struct ovf_documents_source *source,
                                  struct ovf_origin *origin, const char **path)
{
    *path = source->store_path;
    if (*path != NULL || !origin->has_case || origin->open.the_case.store == NULL)
        return OVF_OK;
    *path = ovf_open_case_path(&origin->open, origin->open.the_case.store);
    return *path != NULL ? OVF_OK : OVF_E_NOMEM;
}

static enum ovf_status open_store(const struct ovf_documents_source *source, const char *path,
                                  const char *title, struct ovf_origin *origin,
                                  struct ovf_error *err)
{
    const struct ovf_view_source of = {
        .store_path = path,
        .asked_path = source->is_live && path != origin->asked.path ? origin->asked.path : NULL,
        .the_case = origin->has_case ? &origin->open.the_case : NULL,
        .case_digest = origin->has_case ? origin->digest : NULL,
        .pack = source->pack,
        .title = title,
        .mode = source->is_live ? OVF_VIEW_LIVE : OVF_VIEW_SERVE,
        .asked_are_many = origin->asked.are_many,
        .is_public = source->is_public,
        .tiles = source->tiles,
    };
    return ovf_view_open(&of, &origin->view, err);
}

static enum ovf_status open_named(const struct ovf_documents_source *source,
                                  struct ovf_origin *origin, struct ovf_error *err)
{
    return origin->store_path != NULL
               ? open_store(source, origin->store_path, source->title, origin, err)
               : ovf_error_set(err, OVF_E_NOTFOUND,
                               "the case names no store; name one with --store STORE");
}

/** Live feeds are shown without results, too. */
static enum ovf_status open_live(const struct ovf_documents_source *source,
                                 struct ovf_origin *origin, struct ovf_error *err)
{
    enum ovf_status st = ovf_asked_store_make(&origin->asked, source->asked, source->draws, err);
    if (st != OVF_OK)
        return st;
    st = open_named(source, origin, err);
    if (st != OVF_E_NOTFOUND)
        return st;
    const bool is_nameless = source->title == NULL && !origin->has_case;
    return open_store(source, origin->asked.path, is_nameless ? "overflight" : source->title,
                      origin, err);
}

static enum ovf_status open_view(const struct ovf_documents_source *source,
                                 struct ovf_origin *origin, struct ovf_error *err)
{
    const enum ovf_status st = find_store(source, origin, &origin->store_path);
    if (st != OVF_OK)
        return st;
    origin->stamp.store = stamp_of_file(origin->store_path, "");
    origin->stamp.journal = stamp_of_file(origin->store_path, "-wal");
    return source->is_live ? open_live(source, origin, err) : open_named(source, origin, err);
}

enum ovf_status ovf_origin_open(const struct ovf_documents_source *source, struct ovf_origin **out,
                                struct ovf_error *err)
{
    struct ovf_origin *const origin = calloc(1, sizeof *origin);
    if (origin == NULL)
        return OVF_E_NOMEM;
    origin->stamp.the_case = stamp_of_file(source->case_path, "");
    enum ovf_status st =
        source->case_path != NULL ? read_case(source->case_path, origin, err) : OVF_OK;
    if (st == OVF_OK)
        st = open_view(source, origin, err);
    if (st == OVF_OK)
        *out = origin;
    else
        ovf_origin_close(origin);
    return st;
}

struct ovf_view *ovf_origin_view(const struct ovf_origin *origin)
{
    return origin->view;
}

/* ---- what becomes of it ---- */

struct ovf_origin_stamp ovf_origin_opened(const struct ovf_origin *origin)
{
    return origin->stamp;
}

struct ovf_origin_stamp ovf_origin_stamp(const struct ovf_origin *origin, const char *case_path)
{
    return (struct ovf_origin_stamp){
        .the_case = stamp_of_file(case_path, ""),
        .store = stamp_of_file(origin->store_path, ""),
        .journal = stamp_of_file(origin->store_path, "-wal"),
    };
}

bool ovf_origin_is_past(const struct ovf_origin *origin, const struct ovf_origin_stamp *now,
                        const struct ovf_origin_stamp *tried)
{
    const struct ovf_file_stamp *const store = &now->store;
    const bool is_another_case = !is_same(&origin->stamp.the_case, &now->the_case);
    const bool is_another_store = store->is_there && (store->device != origin->stamp.store.device ||
                                                      store->inode != origin->stamp.store.inode);
    return (is_another_case && !is_same(&tried->the_case, &now->the_case)) ||
           (is_another_store && !ovf_origin_stamp_is(now, tried));
}

bool ovf_origin_stamp_is(const struct ovf_origin_stamp *a, const struct ovf_origin_stamp *b)
{
    return is_same(&a->the_case, &b->the_case) && is_same(&a->store, &b->store) &&
           is_same(&a->journal, &b->journal);
}
