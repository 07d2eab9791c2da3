/* SPDX-License-Identifier: Apache-2.0 */
/* Permit lists in and out. */
#include "question/permit_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "question/library_file.h"
#include "source/file.h"

/* A million permits in JSON have 500 MB. */
enum { MAX_BYTES = 1 << 29 };

static const char *base_name(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static enum ovf_status read_text(const char *path, const struct ovf_permit_about *about,
                                 struct ovf_buffer *text, struct ovf_permit_list *out,
                                 struct ovf_error *err)
{
    enum ovf_status st = ovf_file_read(path, MAX_BYTES, text, err);
    if (st != OVF_OK)
        return st;
    st = ovf_permit_list_read(ovf_buffer_bytes(text), about, out, err);
    if (st == OVF_E_FORMAT)
        ovf_error_prefix(err, path);
    return st;
}

enum ovf_status ovf_permit_file_read(const char *path, const struct ovf_permit_about *about,
                                     struct ovf_permit_list *out, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    const enum ovf_status st = read_text(path, about, &text, out, err);
    ovf_buffer_deinit(&text);
    return st;
}

/** Rows about regions say nothing while nobody says which. */
static enum ovf_status check_regions(const struct ovf_permit_list *list, struct ovf_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += list->items[i].airspace == OVF_PERMIT_FIR;
    if (n == 0 || list->about.firs[0] != '\0')
        return OVF_OK;
    return ovf_error_set(err, OVF_E_RANGE,
                         "rows of airspace fir: %zu, and it is not said of which flight "
                         "information regions (--fir ORBB)",
                         n);
}

static void describe(const struct ovf_permit_request *request, const struct ovf_permit_list *list,
                     struct ovf_library_permits *out)
{
    *out = (struct ovf_library_permits){.covers_from_ns = list->about.covers_from_ns,
                                        .covers_to_ns = list->about.covers_to_ns,
                                        .imported_ns = request->now_ns,
                                        .n_permits = (int64_t)list->n,
                                        .n_rejected =
                                            (int64_t)ovf_permit_counts_rejected(&list->counts)};
    (void)snprintf(out->state, sizeof out->state, "%s", list->about.state);
    (void)snprintf(out->firs, sizeof out->firs, "%s", list->about.firs);
    (void)snprintf(out->file, sizeof out->file, "%.500s", base_name(request->path));
}

enum ovf_status ovf_permit_import(const struct ovf_permit_request *request,
                                  struct ovf_permit_list *list, struct ovf_library_permits *kept,
                                  bool *is_new, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    struct ovf_library *library = NULL;
    enum ovf_status st = read_text(request->path, &request->about, &text, list, err);
    if (st == OVF_OK)
        st = check_regions(list, err);
    if (st == OVF_OK) {
        describe(request, list, kept);
        ovf_library_make_folders(request->library_path);
        st = ovf_library_open(request->library_path, OVF_LIBRARY_WRITE, &library, err);
    }
    if (st == OVF_OK)
        st = ovf_library_permits_add(library, kept, ovf_buffer_bytes(&text), is_new, err);
    ovf_library_close(library);
    ovf_buffer_deinit(&text);
    return st;
}

/* ---- several ---- */

void ovf_permit_lists_deinit(struct ovf_permit_lists *lists)
{
    for (size_t i = 0; i < lists->n; i++)
        ovf_permit_list_deinit(&lists->items[i]);
    free(lists->items);
    *lists = (struct ovf_permit_lists){0};
}

enum ovf_status ovf_permit_lists_take(struct ovf_permit_lists *lists, struct ovf_permit_list *list)
{
    struct ovf_permit_list *const grown =
        ovf_array_reserve(lists->items, &lists->capacity, lists->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    lists->items = grown;
    lists->items[lists->n++] = *list;
    *list = (struct ovf_permit_list){0};
    return OVF_OK;
}

bool ovf_permits_replace(const struct ovf_library_permits *later,
                         const struct ovf_library_permits *earlier)
{
    return later->id > earlier->id && strcmp(later->state, earlier->state) == 0 &&
           strcmp(later->firs, earlier->firs) == 0 &&
           later->covers_from_ns <= earlier->covers_from_ns &&
           later->covers_to_ns >= earlier->covers_to_ns;
}

struct kept {
    struct ovf_library_permits *items;
    size_t n;
    size_t capacity;
};

static enum ovf_status collect(void *context, const struct ovf_library_permits *list)
{
    struct kept *const kept = context;
    struct ovf_library_permits *const grown =
        ovf_array_reserve(kept->items, &kept->capacity, kept->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    kept->items = grown;
    kept->items[kept->n++] = *list;
    return OVF_OK;
}

static bool is_replaced(const struct kept *kept, size_t i)
{
    bool replaced = false;
    for (size_t k = i + 1; k < kept->n && !replaced; k++)
        replaced = ovf_permits_replace(&kept->items[k], &kept->items[i]);
    return replaced;
}

static enum ovf_status add_one(struct ovf_permit_lists *lists, struct ovf_library *library,
                               const struct ovf_library_permits *kept, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    struct ovf_permit_list list = {0};
    struct ovf_permit_about about = {.covers_from_ns = kept->covers_from_ns,
                                     .covers_to_ns = kept->covers_to_ns};
    (void)snprintf(about.state, sizeof about.state, "%s", kept->state);
    (void)snprintf(about.firs, sizeof about.firs, "%s", kept->firs);
    enum ovf_status st = ovf_library_permits_load(library, kept->id, &text, err);
    if (st == OVF_OK)
        st = ovf_permit_list_read(ovf_buffer_bytes(&text), &about, &list, err);
    if (st == OVF_OK)
        st = ovf_permit_lists_take(lists, &list);
    ovf_permit_list_deinit(&list);
    ovf_buffer_deinit(&text);
    return st;
}

enum ovf_status ovf_permit_lists_add_library(struct ovf_permit_lists *lists,
                                             struct ovf_library *library, const char *state,
                                             struct ovf_error *err)
{
    struct kept kept = {0};
    enum ovf_status st = ovf_library_permits_each(library, state, collect, &kept, err);
    for (size_t i = 0; i < kept.n && st == OVF_OK; i++) {
        if (!is_replaced(&kept, i))
            st = add_one(lists, library, &kept.items[i], err);
    }
    free(kept.items);
    return st;
}
