/* SPDX-License-Identifier: Apache-2.0 */
/* Zones that a case takes from map files, by the names that airspaces have there: a NOTAM's area, a sector. */
#ifndef OVF_QUESTION_ZONE_FILES_H
#define OVF_QUESTION_ZONE_FILES_H

#include "question/question.h"

/** The zones of \p request that files hold, as a layer of their own; there are some.
 * \retval OVF_E_RANGE  a file has no such airspace, or is no map; \p err says which
 * \retval OVF_E_NOTFOUND, OVF_E_IO, OVF_E_LIMIT, OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_question_take_zone_files(
    const struct ovf_question_request *request, struct ovf_question *q, struct ovf_error *err);

#endif
