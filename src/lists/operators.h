/* SPDX-License-Identifier: Apache-2.0 */
/* Of which state an operator is, by its ICAO designator (Doc 8585): a table of the program's, before which goes one
 * that the user names, CSV with a header that names designator (icao, operator_icao) and country (state); other
 * columns are passed over. A row without a country says that the operator's state is not known.
 *
 * Designators are given anew now and then, and what an operator is of is where it is licensed: not whose aircraft it
 * flies. */
#ifndef OVF_LISTS_OPERATORS_H
#define OVF_LISTS_OPERATORS_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"

struct ovf_operators; /* a user's table; immutable once made */

/**
 * \param[in]  text  the whole file, inflated; nothing of it is kept
 * \param[out] rows  overwritten: counts of rows and rejections; a row whose designator stands again further on counts
 *                   as repeated
 * \retval OVF_E_FORMAT  no header with the columns that are due
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_operators_new(struct ovf_bytes text, struct ovf_tally *rows,
                                                struct ovf_operators **out, struct ovf_error *err);
void ovf_operators_free(struct ovf_operators *operators);

/** ISO 3166-1 alpha-2, "" where it is not known. \p operators may be NULL: the program's table alone. Borrowed. */
const char *ovf_operators_state(const struct ovf_operators *operators, const char *designator);

#endif
