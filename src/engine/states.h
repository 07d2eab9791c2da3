/* SPDX-License-Identifier: Apache-2.0 */
/* The states that a flight was seen in: on all of its way, and before and after each of its crossings. */
#ifndef OVF_ENGINE_STATES_H
#define OVF_ENGINE_STATES_H

#include "airspace/walk.h"
#include "engine/engine.h"

/**
 * Set the states of \p flight, and those before and after each of its \p n crossings, of whatever layer and in any
 * order. Of a crossing that the track begins in the states that it begins in were seen before, of one that it ends in
 * those that it ends in after.
 *
 * \param[in] steps  the flight's walk through the layer of states
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_states_note(const struct ovf_steps *steps,
                                              struct ovf_flight *flight,
                                              struct ovf_crossing *crossings, size_t n);

#endif
