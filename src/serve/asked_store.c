/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/asked_store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/store_areas.h"
#include "watch/asked.h"

static enum ovf_status put_areas(struct ovf_store *store,
                                 const struct ovf_question_request *request, bool with_outlines,
                                 bool *are_many, struct ovf_error *err)
{
    struct ovf_watch_asked *asked = NULL;
    enum ovf_status st = ovf_watch_asked_make_areas(request, &asked, err);
    if (st == OVF_OK)
        *are_many = !ovf_store_areas_are_few(&asked->question.config);
    if (st == OVF_OK)
        st = ovf_store_areas_put_asked(store, &asked->question.config, with_outlines, err);
    ovf_watch_asked_free(asked);
    return st;
}

static enum ovf_status fill(struct ovf_asked_store *asked_store,
                            const struct ovf_question_request *asked, bool with_outlines,
                            struct ovf_error *err)
{
    struct ovf_store *store = NULL;
    enum ovf_status st = ovf_store_open(asked_store->path, &store, err);
    if (st == OVF_OK)
        st = ovf_store_begin(store, 0, err);
    if (st == OVF_OK && asked != NULL)
        st = put_areas(store, asked, with_outlines, &asked_store->are_many, err);
    if (st == OVF_OK)
        st = ovf_store_commit(store, err);
    ovf_store_close(store);
    return st;
}

enum ovf_status ovf_asked_store_make(struct ovf_asked_store *store,
                                     const struct ovf_question_request *asked, bool with_outlines,
                                     struct ovf_error *err)
{
    const char *const place = getenv("TMPDIR");
    const int n = snprintf(store->folder, sizeof store->folder, "%s/overflight-XXXXXX",
                           place != NULL && place[0] != '\0' ? place : "/tmp");
    if (n < 0 || n >= (int)sizeof store->folder || mkdtemp(store->folder) == NULL) {
        store->folder[0] = '\0';
        return ovf_error_set(err, OVF_E_IO, "no temporary folder: %s", strerror(errno));
    }
    (void)snprintf(store->path, sizeof store->path, "%s/live.gpkg", store->folder);
    const enum ovf_status st = fill(store, asked, with_outlines, err);
    if (st != OVF_OK)
        ovf_asked_store_remove(store);
    return st;
}

void ovf_asked_store_remove(struct ovf_asked_store *store)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[sizeof store->path + 16];
    if (store->folder[0] == '\0')
        return;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        (void)snprintf(path, sizeof path, "%s%s", store->path, ends[i]);
        (void)unlink(path);
    }
    (void)rmdir(store->folder);
    store->folder[0] = '\0';
}
