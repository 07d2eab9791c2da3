/* SPDX-License-Identifier: Apache-2.0 */
/* A judgement's findings, written: each becomes a line, and the lines go into the store. */
#ifndef OVF_RUN_JUDGE_WRITE_H
#define OVF_RUN_JUDGE_WRITE_H

#include "run/judge.h"

/**
 * Make the lines of all findings, put them into \p store, which has a transaction open, and retract what is said no
 * longer.
 * \param[in]     n_jobs     threads
 * \param[in,out] judgement  its lines are made here
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_judgement_write(struct ovf_store *store,
                                                  struct ovf_judgement *judgement, size_t n_jobs,
                                                  struct ovf_error *err);

#endif
