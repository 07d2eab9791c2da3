/* SPDX-License-Identifier: Apache-2.0 */
/* Where it can have landed in the gap that was asked about, and for how long. */
#ifndef OVF_RUN_GAP_STOPS_H
#define OVF_RUN_GAP_STOPS_H

#include "run/gap_question.h"

/**
 * The airports that can take a jet, at which it can have stood for OVF_STOP_LEAST_S or longer, the longest stop first,
 * into \p answer. It can have stood at the time of a disc only where that holds the airport; so a stop lies
 * between two places that hold it and all between which do, and it is no longer than any two places around it leave
 * time for at the hard speed.
 * \retval OVF_E_RANGE  the places are not in order of time, or a number of theirs is out of range
 */
OVF_NODISCARD enum ovf_status ovf_gap_stops_find(const struct ovf_gap_question *request,
                                                 const struct ovf_question *question,
                                                 struct ovf_gap_answer *answer,
                                                 struct ovf_error *err);

#endif
