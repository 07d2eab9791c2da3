/* SPDX-License-Identifier: Apache-2.0 */
/* What an e-mail or telex says of one permit, printed for who confirms it. */
#ifndef OVF_RUN_PERMIT_TEXT_PRINT_H
#define OVF_RUN_PERMIT_TEXT_PRINT_H

#include "lists/permit_text.h"
#include "run/rows.h"

/** What `status` says of a draft: a permit list refuses it until a person has written what the authority said. */
#define OVF_PERMIT_DRAFT_STATUS "unconfirmed"

/**
 * Read the text in \p path and print it: as a table or NDJSON each field with its line and how far it is believed, then
 * what was not understood; as CSV the draft of a row of a permit list.
 * \param[out] n_due  how many of permit_no, registrations, valid_from and valid_to, which such a row needs, were found
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT, OVF_E_LIMIT  the file
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_permit_text_print(const char *path,
                                                    enum ovf_listing_format format,
                                                    const struct ovf_sink *sink, size_t *n_due,
                                                    struct ovf_error *err);

enum { OVF_PERMIT_TEXT_N_DUE = 4 };

#endif
