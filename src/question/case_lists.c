/* SPDX-License-Identifier: Apache-2.0 */
#include "question/case_lists.h"

#include <stdio.h>

#include "question/library_file.h"
#include "store/library_permits.h"

static enum ovf_status open_library(const char *given, struct ovf_library **out,
                                    struct ovf_error *err)
{
    char path[OVF_LIBRARY_PATH_SIZE];
    if (*out != NULL)
        return OVF_OK;
    if (!ovf_library_path(given, path))
        return ovf_error_set(err, OVF_E_NOTFOUND, "the case names what is in no library here");
    return ovf_library_open(path, OVF_LIBRARY_READ, out, err);
}

/* ---- sanctions lists ---- */

static enum ovf_status add_file(struct ovf_open_case *open, const struct ovf_case_list_file *list,
                                struct ovf_listings *listings, struct ovf_error *err)
{
    struct ovf_list_imported imported;
    const struct ovf_list_request request = {
        .path = ovf_open_case_path(open, list->file),
        .comments_path = list->comments != NULL ? ovf_open_case_path(open, list->comments) : NULL,
        .name = list->name,
        .has_date = ovf_case_has(&list->head, &ovf_case_list_table, "date"),
        .date_ns = list->date_ns,
        .format = OVF_LIST_FORMAT_N,
    };
    if (request.path == NULL || (list->comments != NULL && request.comments_path == NULL))
        return OVF_E_NOMEM;
    return ovf_list_add_file(&request, listings, &imported, err);
}

static enum ovf_status add_lists(struct ovf_open_case *open, const char *library_path,
                                 struct ovf_listings *listings, struct ovf_error *err)
{
    const struct ovf_case_list_file *const lists = open->the_case.lists.items;
    struct ovf_library *library = NULL;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < open->the_case.lists.n && st == OVF_OK; i++) {
        const bool has_file = lists[i].file != NULL;
        st = has_file ? add_file(open, &lists[i], listings, err)
                      : open_library(library_path, &library, err);
        if (st == OVF_OK && !has_file)
            st = ovf_list_add_library(library, lists[i].name, listings, err);
        if (st != OVF_OK)
            ovf_case_error_at(err, ovf_case_place_of(&lists[i].head, has_file ? "file" : "name"));
        if (st == OVF_E_NOTFOUND && !has_file)
            st = OVF_E_RANGE;
    }
    ovf_library_close(library);
    return st;
}

/** Where the first operator stands whose entry no edition has. */
static void place_operator(const struct ovf_case *the_case, const struct ovf_listings *listings,
                           struct ovf_error *err)
{
    const struct ovf_case_operator *const operators = the_case->operators.items;
    for (size_t i = 0; i < the_case->operators.n; i++) {
        const struct ovf_bytes entry = ovf_bytes_from_text(operators[i].entry);
        if (ovf_listings_find(listings, operators[i].list, entry) == NULL) {
            ovf_case_error_at(err, ovf_case_place_of(&operators[i].head, "entry"));
            return;
        }
    }
}

enum ovf_status ovf_case_listings_open(struct ovf_open_case *open, const char *library_path,
                                       struct ovf_listings **out, struct ovf_error *err)
{
    const struct ovf_case_operator *const operators = open->the_case.operators.items;
    struct ovf_listings *listings = NULL;
    *out = NULL;
    if (open->the_case.lists.n == 0)
        return OVF_OK;
    enum ovf_status st = ovf_listings_new(&listings);
    if (st == OVF_OK)
        st = add_lists(open, library_path, listings, err);
    for (size_t i = 0; i < open->the_case.operators.n && st == OVF_OK; i++)
        st = ovf_listings_link_operator(listings, operators[i].icao, operators[i].list,
                                        operators[i].entry, operators[i].source);
    if (st == OVF_OK) {
        st = ovf_listings_seal(listings, err);
        if (st == OVF_E_NOTFOUND) {
            place_operator(&open->the_case, listings, err);
            st = OVF_E_RANGE;
        }
    }
    if (st != OVF_OK) {
        ovf_listings_free(listings);
        return st;
    }
    *out = listings;
    return OVF_OK;
}

/* ---- permits ---- */

static enum ovf_status add_permit_file(struct ovf_open_case *open,
                                       const struct ovf_case_permits *permits,
                                       struct ovf_permit_lists *out, struct ovf_error *err)
{
    struct ovf_permit_list list = {0};
    struct ovf_permit_about about = {.covers_from_ns = permits->covers_from_ns,
                                     .covers_to_ns = permits->covers_until_ns};
    const char *const path = ovf_open_case_path(open, permits->file);
    if (path == NULL)
        return OVF_E_NOMEM;
    (void)snprintf(about.state, sizeof about.state, "%s", permits->state);
    if (permits->firs != NULL)
        (void)snprintf(about.firs, sizeof about.firs, "%s", permits->firs);
    enum ovf_status st = ovf_permit_file_read(path, &about, &list, err);
    if (st == OVF_OK)
        st = ovf_permit_lists_take(out, &list);
    if (st != OVF_OK)
        ovf_permit_list_deinit(&list);
    return st;
}

static enum ovf_status note_permits(void *context, const struct ovf_library_permits *list)
{
    (void)list;
    *(bool *)context = true;
    return OVF_OK;
}

enum ovf_status ovf_case_permits_check(const struct ovf_open_case *open, const char *library_path,
                                       struct ovf_error *err)
{
    const struct ovf_case_permits *const permits = open->the_case.permits.items;
    struct ovf_library *library = NULL;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < open->the_case.permits.n && st == OVF_OK; i++) {
        bool has_any = false;
        if (permits[i].file != NULL)
            continue;
        st = open_library(library_path, &library, err);
        if (st == OVF_OK)
            st = ovf_library_permits_each(library, permits[i].state, note_permits, &has_any, err);
        if (st == OVF_OK && !has_any)
            st = ovf_error_set(err, OVF_E_NOTFOUND, "the library has no permit lists of %s",
                               permits[i].state);
        if (st != OVF_OK)
            ovf_case_error_at(err, ovf_case_place_of(&permits[i].head, "state"));
    }
    ovf_library_close(library);
    return st == OVF_E_NOTFOUND ? OVF_E_RANGE : st;
}

enum ovf_status ovf_case_permits_open(struct ovf_open_case *open, const char *library_path,
                                      struct ovf_permit_lists *out, struct ovf_error *err)
{
    const struct ovf_case_permits *const permits = open->the_case.permits.items;
    struct ovf_library *library = NULL;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < open->the_case.permits.n && st == OVF_OK; i++) {
        const bool has_file = permits[i].file != NULL;
        st = has_file ? add_permit_file(open, &permits[i], out, err)
                      : open_library(library_path, &library, err);
        if (st == OVF_OK && !has_file)
            st = ovf_permit_lists_add_library(out, library, permits[i].state, err);
        if (st != OVF_OK)
            ovf_case_error_at(err,
                              ovf_case_place_of(&permits[i].head, has_file ? "file" : "state"));
    }
    if (st != OVF_OK)
        ovf_open_case_blame(open, err);
    ovf_library_close(library);
    return st;
}
