/* SPDX-License-Identifier: Apache-2.0 */
/* What a watch is asked, with the case that it is of: read at its start, and anew when it is told to. */
#ifndef OVF_WATCH_ASKED_H
#define OVF_WATCH_ASKED_H

#include "question/case_open.h"
#include "question/question.h"

struct ovf_watch_asked {
    struct ovf_open_case open;
    struct ovf_question_request request;
    const char *store_path; /* of the case; NULL: it has none */
    struct ovf_question question;
};

/**
 * Read the case of \p request, if it names one, and what it asks. What \p request names is borrowed.
 * \retval OVF_E_RANGE, OVF_E_NOTFOUND, OVF_E_FORMAT  of the request or the case; OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_watch_asked_make(const struct ovf_question_request *request,
                                                   struct ovf_watch_asked **out,
                                                   struct ovf_error *err);
/** Only the airspaces of its question (ovf_question_make_areas). */
OVF_NODISCARD enum ovf_status ovf_watch_asked_make_areas(const struct ovf_question_request *request,
                                                         struct ovf_watch_asked **out,
                                                         struct ovf_error *err);
/** NULL is fine. */
void ovf_watch_asked_free(struct ovf_watch_asked *asked);

#endif
