/* SPDX-License-Identifier: Apache-2.0 */
/* Where and when a crossing began and ended, as its row has it. */
#ifndef OVF_RUN_STORE_ENDS_H
#define OVF_RUN_STORE_ENDS_H

#include "engine/engine.h"
#include "store/store.h"

void ovf_store_set_ends(struct ovf_store_crossing *row, const struct ovf_track *track,
                        const struct ovf_passage *passage);

#endif
