/* SPDX-License-Identifier: Apache-2.0 */
/* Editions of the library as layers of a question. */
#include "question/editions.h"

#include <string.h>

#include "question/library_file.h"

enum { NAME_SIZE = OVF_LIBRARY_TEXT_SIZE };

static enum ovf_status open_library(const struct ovf_question_request *request,
                                    struct ovf_library **out, struct ovf_error *err)
{
    char path[OVF_LIBRARY_PATH_SIZE];
    if (!ovf_library_path(request->library_path, path))
        return ovf_error_set(err, OVF_E_NOTFOUND, "--library is due");
    return ovf_library_open(path, OVF_LIBRARY_READ, out, err);
}

/** Makes \p edition the next layer; it changes hands. */
static enum ovf_status add_layer(struct ovf_question *q, struct ovf_edition *edition, size_t *layer,
                                 struct ovf_error *err)
{
    if (q->config.n_layers == OVF_MAX_LAYERS) {
        ovf_edition_deinit(edition);
        return ovf_error_set(err, OVF_E_RANGE, "more than %d editions at once", OVF_MAX_LAYERS);
    }
    *layer = q->config.n_layers++;
    q->editions[*layer] = *edition;
    q->layers[*layer].edition = &q->editions[*layer];
    return OVF_OK;
}

static enum ovf_status load(struct ovf_library *library, const char *name, struct ovf_edition *out,
                            struct ovf_error *err)
{
    struct ovf_library_edition kept;
    enum ovf_status st = ovf_library_find(library, name, &kept, err);
    if (st == OVF_OK)
        st = ovf_library_edition_open(library, &kept, out, err);
    return st == OVF_E_NOTFOUND ? OVF_E_RANGE : st;
}

/** States take the place of layer 0, others come behind the rest. */
static enum ovf_status take_one(struct ovf_question *q, struct ovf_library *library,
                                const char *name, struct ovf_error *err)
{
    struct ovf_edition edition = {0};
    size_t layer = 0;
    if (strcmp(name, OVF_BUILT_IN_EDITION) == 0)
        return OVF_OK;
    enum ovf_status st = load(library, name, &edition, err);
    if (st != OVF_OK)
        return st;
    if (edition.kind != OVF_KIND_COUNTRY) {
        st = add_layer(q, &edition, &layer, err);
        if (st == OVF_OK)
            q->is_asked_for[layer] = true;
        return st;
    }
    if (q->has_other_states) {
        ovf_edition_deinit(&edition);
        return ovf_error_set(err, OVF_E_RANGE, "--boundaries names two editions of states");
    }
    ovf_edition_deinit(&q->editions[0]);
    q->editions[0] = edition;
    q->has_other_states = true;
    return OVF_OK;
}

/** The next comma-separated name; false at the end, or for one that is too long. */
static bool next_name(const char **rest, char name[NAME_SIZE])
{
    if (*rest == NULL)
        return false;
    const size_t len = strcspn(*rest, ",");
    if (len == 0 || len >= NAME_SIZE)
        return false;
    memcpy(name, *rest, len);
    name[len] = '\0';
    *rest = (*rest)[len] == ',' ? *rest + len + 1 : NULL;
    return true;
}

static enum ovf_status take_boundaries(struct ovf_question *q, struct ovf_library *library,
                                       const char *list, struct ovf_error *err)
{
    char name[NAME_SIZE];
    const char *rest = list;
    enum ovf_status st = OVF_OK;
    while (st == OVF_OK && next_name(&rest, name))
        st = take_one(q, library, name, err);
    if (st == OVF_OK && rest != NULL)
        st = ovf_error_set(err, OVF_E_RANGE, "--boundaries '%.80s' has an empty name", list);
    return st;
}

/** Two editions of one kind, A and B, become the layers that are compared. */
static enum ovf_status take_compared(struct ovf_question *q, struct ovf_library *library,
                                     const char *list, struct ovf_error *err)
{
    char a[NAME_SIZE];
    char b[NAME_SIZE];
    struct ovf_edition edition = {0};
    const char *rest = list;
    if (!next_name(&rest, a) || !next_name(&rest, b) || rest != NULL)
        return ovf_error_set(err, OVF_E_RANGE,
                             "--compare-boundaries '%.80s' is not two editions, A,B", list);
    if (strcmp(b, OVF_BUILT_IN_EDITION) == 0)
        return ovf_error_set(err, OVF_E_RANGE, "--compare-boundaries: \"pack\" comes first");
    const size_t n_before = q->config.n_layers;
    enum ovf_status st = take_one(q, library, a, err);
    q->compared[0] = q->config.n_layers > n_before ? n_before : 0;
    if (st == OVF_OK)
        st = load(library, b, &edition, err);
    if (st == OVF_OK)
        st = add_layer(q, &edition, &q->compared[1], err);
    if (st == OVF_OK && q->editions[q->compared[0]].kind != q->editions[q->compared[1]].kind)
        st = ovf_error_set(err, OVF_E_RANGE,
                           "--compare-boundaries '%.80s': one is of kind %s, the "
                           "other of kind %s",
                           list, ovf_kind_name(q->editions[q->compared[0]].kind),
                           ovf_kind_name(q->editions[q->compared[1]].kind));
    q->compares = st == OVF_OK;
    return st;
}

enum ovf_status ovf_question_take_editions(const struct ovf_question_request *request,
                                           struct ovf_question *q, struct ovf_error *err)
{
    struct ovf_library *library = NULL;
    if (request->boundaries == NULL && request->compare_boundaries == NULL)
        return OVF_OK;
    if (request->boundaries != NULL && request->compare_boundaries != NULL)
        return ovf_error_set(err, OVF_E_RANGE,
                             "--boundaries and --compare-boundaries do not go together");
    enum ovf_status st = open_library(request, &library, err);
    if (st == OVF_OK)
        st = request->boundaries != NULL
                 ? take_boundaries(q, library, request->boundaries, err)
                 : take_compared(q, library, request->compare_boundaries, err);
    ovf_library_close(library);
    return st == OVF_E_NOTFOUND || st == OVF_E_FORMAT ? OVF_E_RANGE : st;
}

/* ---- what was imported, unasked ---- */

struct adding {
    struct ovf_question *q;
    struct ovf_library *library;
    struct ovf_error *err;
    bool has_kind[OVF_KIND_N];
};

/** The newest edition of regions, and of zones, that the library has. */
static enum ovf_status add_newest(void *context, const struct ovf_library_edition *kept)
{
    struct adding *const adding = context;
    struct ovf_edition edition = {0};
    size_t layer = 0;
    const enum ovf_airspace_kind kind = strcmp(kept->kind, "fir") == 0    ? OVF_KIND_FIR
                                        : strcmp(kept->kind, "zone") == 0 ? OVF_KIND_ZONE
                                                                          : OVF_KIND_COUNTRY;
    if (adding->has_kind[kind])
        return OVF_OK;
    adding->has_kind[kind] = true;
    const enum ovf_status st =
        ovf_library_edition_open(adding->library, kept, &edition, adding->err);
    return st == OVF_OK ? add_layer(adding->q, &edition, &layer, adding->err) : st;
}

enum ovf_status ovf_question_add_imported(const struct ovf_question_request *request,
                                          struct ovf_question *q, struct ovf_error *err)
{
    struct adding adding = {.q = q, .err = err};
    struct ovf_error ignored;
    enum ovf_status st =
        open_library(request, &adding.library, request->library_path != NULL ? err : &ignored);
    if (st == OVF_E_NOTFOUND && request->library_path == NULL)
        return OVF_OK;
    for (size_t i = 0; i < q->config.n_layers; i++)
        adding.has_kind[q->editions[i].kind] = true;
    if (st == OVF_OK)
        st = ovf_library_list(adding.library, NULL, add_newest, &adding, err);
    ovf_library_close(adding.library);
    return st == OVF_E_NOTFOUND || st == OVF_E_FORMAT ? OVF_E_RANGE : st;
}
