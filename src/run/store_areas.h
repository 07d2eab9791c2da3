/* SPDX-License-Identifier: Apache-2.0 */
/* Airspaces as rows of a store. */
#ifndef OVF_RUN_STORE_AREAS_H
#define OVF_RUN_STORE_AREAS_H

#include "engine/engine.h"
#include "store/store.h"

/** How many are put and shown for being asked for, whatever is found in them. All states are 250, whose outlines take
 * more room than a day's crossings, and a map on which everything is coloured tells nothing. */
enum { OVF_STORE_AREAS_FEW = 64 };

/** Put those of \p edition that are \p members, where they are not there yet. */
OVF_NODISCARD enum ovf_status ovf_store_areas_put(struct ovf_store *store,
                                                  const struct ovf_edition *edition,
                                                  const struct ovf_members *members,
                                                  struct ovf_error *err);

/** Whether no more than OVF_STORE_AREAS_FEW are asked for. */
bool ovf_store_areas_are_few(const struct ovf_engine_config *config);

/** Put all that are asked for; without outlines it is known what they are, and whose. */
OVF_NODISCARD enum ovf_status ovf_store_areas_put_asked(struct ovf_store *store,
                                                        const struct ovf_engine_config *config,
                                                        bool with_outlines, struct ovf_error *err);

#endif
