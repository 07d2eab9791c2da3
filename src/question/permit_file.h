/* SPDX-License-Identifier: Apache-2.0 */
/* Permit lists from files into the library, and out of both to be judged by. */
#ifndef OVF_QUESTION_PERMIT_FILE_H
#define OVF_QUESTION_PERMIT_FILE_H

#include "lists/permit.h"
#include "store/library_permits.h"

/** What is to be imported. */
struct ovf_permit_request {
    const char *path; /* gzip or not */
    struct ovf_permit_about about;
    const char *library_path;
    int64_t now_ns;
};

/**
 * Read a file alone: what a case that names files does.
 * \param[in,out] out  zero-initialised
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT, OVF_E_LIMIT  the file
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_permit_file_read(const char *path,
                                                   const struct ovf_permit_about *about,
                                                   struct ovf_permit_list *out,
                                                   struct ovf_error *err);

/**
 * Import a file.
 * \param[in,out] list    zero-initialised: as it was read; deinit it
 * \param[out]    kept    as it stands in the library
 * \param[out]    is_new  false: the same was there
 * \retval OVF_E_RANGE  it has rows of airspace fir, and the request names no region
 * \return else as above
 */
OVF_NODISCARD enum ovf_status ovf_permit_import(const struct ovf_permit_request *request,
                                                struct ovf_permit_list *list,
                                                struct ovf_library_permits *kept, bool *is_new,
                                                struct ovf_error *err);

/** Zero-initialise. */
struct ovf_permit_lists {
    struct ovf_permit_list *items; /* in order of import */
    size_t n;
    size_t capacity; /* private */
};

void ovf_permit_lists_deinit(struct ovf_permit_lists *lists);

/** Add a list; it is the lists' then. */
OVF_NODISCARD enum ovf_status ovf_permit_lists_take(struct ovf_permit_lists *lists,
                                                    struct ovf_permit_list *list);

/** Add what the library has of \p state (NULL: of all states). A list that covers all days of an earlier
 * one, about the same, stands for it: the earlier one is left out. */
OVF_NODISCARD enum ovf_status ovf_permit_lists_add_library(struct ovf_permit_lists *lists,
                                                           struct ovf_library *library,
                                                           const char *state,
                                                           struct ovf_error *err);

/** Whether \p later stands for \p earlier. */
bool ovf_permits_replace(const struct ovf_library_permits *later,
                         const struct ovf_library_permits *earlier);

#endif
