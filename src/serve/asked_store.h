/* SPDX-License-Identifier: Apache-2.0 */
/* A store of the airspaces that are asked for, without results, in a folder of its own: live feeds are shown over it
 * when nothing was scanned yet, else with it. */
#ifndef OVF_SERVE_ASKED_STORE_H
#define OVF_SERVE_ASKED_STORE_H

#include "question/request.h"

enum { OVF_ASKED_STORE_SIZE = 512 };

/** Zero-initialise. */
struct ovf_asked_store {
    char folder[OVF_ASKED_STORE_SIZE]; /* "": there is none */
    char path[OVF_ASKED_STORE_SIZE + 16];
    bool are_many; /* more than OVF_STORE_AREAS_FEW: who shows them names those that it wants */
};

/**
 * Make it in $TMPDIR, else /tmp.
 *
 * \param[in] asked          what feeds are asked; NULL: nothing
 * \param[in] with_outlines  for who draws them; of all states they take a second and 34 MB
 * \retval OVF_E_RANGE, OVF_E_NOTFOUND, OVF_E_FORMAT  of what is asked, as of ovf_watch_asked_make
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_asked_store_make(struct ovf_asked_store *store,
                                                   const struct ovf_question_request *asked,
                                                   bool with_outlines, struct ovf_error *err);

/** Twice is fine. */
void ovf_asked_store_remove(struct ovf_asked_store *store);

#endif
