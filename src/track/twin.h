/* SPDX-License-Identifier: Apache-2.0 */
/* Two aircraft with one address: two tracks. */
#ifndef OVF_TRACK_TWIN_H
#define OVF_TRACK_TWIN_H

#include "track/merge.h"

/**
 * Move the fixes of \p track that grading marked OVF_FIX_TWIN, and their aliases, to \p twin. Both tracks are
 * to be graded anew.
 *
 * \param[in,out] twin  what it held is freed; untouched on failure
 * \retval OVF_E_NOMEM  nothing is moved
 */
OVF_NODISCARD enum ovf_status ovf_track_split_twin(struct ovf_track *track, struct ovf_track *twin);

#endif
