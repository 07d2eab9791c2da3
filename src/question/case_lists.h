/* SPDX-License-Identifier: Apache-2.0 */
/* The lists that a case names: sanctions lists and permit lists, from its files and from the library. */
#ifndef OVF_QUESTION_CASE_LISTS_H
#define OVF_QUESTION_CASE_LISTS_H

#include "question/case_open.h"
#include "question/list_file.h"
#include "question/permit_file.h"

/**
 * The sanctions lists, with the operators that the case links to them; sealed.
 *
 * \param[in]  library_path  as `--library` has it; NULL: the user's
 * \param[out] out           NULL when the case names no lists
 * \retval OVF_E_RANGE     the library or a list in it is not there, an operator's entry is in no edition, or of a file
 *                         no day is known; \p err says where in the case that stands, as it does of a file
 * \retval OVF_E_NOTFOUND  a file is not there
 * \retval OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_case_listings_open(struct ovf_open_case *open,
                                                     const char *library_path,
                                                     struct ovf_listings **out,
                                                     struct ovf_error *err);

/** Whether the library has permits of each state whose permits the case takes from there: one that is misspelt would
 * be one without any. Nothing of them is read.
 * \retval OVF_E_RANGE  the library is not there, or has none; \p err says where in the case that stands */
OVF_NODISCARD enum ovf_status ovf_case_permits_check(const struct ovf_open_case *open,
                                                     const char *library_path,
                                                     struct ovf_error *err);

/** The permit lists, in the case's order; \p out is empty before, and the caller's to deinit.
 * \retval OVF_E_NOTFOUND  a file or the library is not there
 * \retval OVF_E_RANGE, OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_IO, OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_case_permits_open(struct ovf_open_case *open,
                                                    const char *library_path,
                                                    struct ovf_permit_lists *out,
                                                    struct ovf_error *err);

#endif
