/* SPDX-License-Identifier: Apache-2.0 */
/* Sanctions lists from files into the library, and out of it to be asked. */
#ifndef OVF_QUESTION_LIST_FILE_H
#define OVF_QUESTION_LIST_FILE_H

#include "base/sink.h"
#include "lists/listing_file.h"
#include "lists/listings.h"
#include "store/library_lists.h"

/** What is to be imported; NULL where it is not said. */
struct ovf_list_request {
    const char *path;
    const char *comments_path; /* sdn_comments.csv */
    const char *name;          /* of the list; else the file's, without folder, ending and day */
    bool has_date;             /* else the day that the file or its name says */
    int64_t date_ns;
    enum ovf_list_format format; /* OVF_LIST_FORMAT_N: by content */
    const char *library_path;
    int64_t now_ns;
    bool is_update; /* the list must be there, with no edition of that day or a later one */
};

struct ovf_list_imported {
    struct ovf_library_list edition;
    struct ovf_listing_report report;
    bool is_new; /* false: the same was there */
};

/**
 * Import a file.
 * \retval OVF_E_NOTFOUND  no such file; of an update, no such list
 * \retval OVF_E_FORMAT, OVF_E_LIMIT  the file; it has no entry at all
 * \retval OVF_E_RANGE     no day is known; of an update, it is not newer
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_list_import(const struct ovf_list_request *request,
                                              struct ovf_list_imported *out, struct ovf_error *err);

/**
 * A file alone, as the only edition of the list \p name: what a case that names files does, one after the
 * other. \p request as for importing; its library is not looked at.
 */
OVF_NODISCARD enum ovf_status ovf_list_add_file(const struct ovf_list_request *request,
                                                struct ovf_listings *listings,
                                                struct ovf_list_imported *out,
                                                struct ovf_error *err);

/** Add the list \p name (NULL: all lists) of \p library, all editions, to \p listings, which is not sealed
 * by this. \retval OVF_E_NOTFOUND  it has no list \p name; \p err says which it has */
OVF_NODISCARD enum ovf_status ovf_list_add_library(struct ovf_library *library, const char *name,
                                                   struct ovf_listings *listings,
                                                   struct ovf_error *err);

#endif
