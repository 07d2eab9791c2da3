/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/documents.h"

#include <stdlib.h>

#include "serve/maker.h"

/* What a page asks for first and takes seconds to make, most of it of the pack: made as soon as there is time. */
static const char *const ahead[] = {"/api/v1/airspaces", "/api/v1/tracks", NULL};

struct ovf_documents {
    struct ovf_maker *brief;
    struct ovf_maker *lengthy;
};

/** Lines all over a map grow with the store and the pack; rows come page by page. */
static struct ovf_maker *maker_of(const struct ovf_documents *documents,
                                  const struct ovf_serve_target *target)
{
    const bool is_lengthy =
        target->what == OVF_SERVE_DOCUMENT &&
        (target->document == OVF_VIEW_AIRSPACES || target->document == OVF_VIEW_TRACKS ||
         target->document == OVF_VIEW_REGIONS);
    return is_lengthy ? documents->lengthy : documents->brief;
}

enum ovf_status ovf_documents_open(const struct ovf_documents_source *source,
                                   struct ovf_documents **out, struct ovf_error *err)
{
    struct ovf_documents *const documents = calloc(1, sizeof *documents);
    if (documents == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = ovf_maker_new(source, NULL, &documents->brief, err);
    if (st == OVF_OK)
        st = ovf_maker_new(source, ahead, &documents->lengthy, err);
    if (st == OVF_OK) {
        *out = documents;
        return st;
    }
    ovf_documents_stop(documents);
    ovf_documents_close(documents);
    return st;
}

void ovf_documents_stop(struct ovf_documents *documents)
{
    ovf_maker_stop(documents->brief);
    ovf_maker_stop(documents->lengthy);
}

void ovf_documents_close(struct ovf_documents *documents)
{
    if (documents == NULL)
        return;
    ovf_maker_free(documents->brief);
    ovf_maker_free(documents->lengthy);
    free(documents);
}

void ovf_documents_reload(struct ovf_documents *documents)
{
    ovf_maker_reload(documents->brief);
    ovf_maker_reload(documents->lengthy);
}

struct ovf_answer *ovf_documents_find(struct ovf_documents *documents,
                                      const struct ovf_serve_target *target, const char *key)
{
    return ovf_maker_find(maker_of(documents, target), key);
}

bool ovf_documents_ask(struct ovf_documents *documents, struct ovf_document_job *job)
{
    return ovf_maker_ask(maker_of(documents, job->target), job);
}
