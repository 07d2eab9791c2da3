/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a case could be scanned: that its files are there, and that what it names is known. */
#ifndef OVF_QUESTION_CASE_TRY_H
#define OVF_QUESTION_CASE_TRY_H

#include "question/case_open.h"

/**
 * \param[in]  pack_path  airspaces, airports, lists and permits are looked up with it as a scan would; NULL: only
 *                        the files are looked for
 * \retval OVF_E_NOTFOUND  a file that the case names is not there; \p err says which key names it
 * \retval OVF_E_RANGE     an airspace or airport is not known
 * \retval OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_case_try(struct ovf_open_case *open, const char *pack_path,
                                           struct ovf_error *err);

#endif
