/* SPDX-License-Identifier: Apache-2.0 */
/* What one scan leaves for the next: the carried state of each aircraft, by the question that was asked,
 * and what rows said of flights that are now told anew. */
#ifndef OVF_STORE_CARRIED_H
#define OVF_STORE_CARRIED_H

#include "store/store.h"

struct ovf_carried;

/** \p store is borrowed. \p question names what was asked; state of other questions is not seen. */
OVF_NODISCARD enum ovf_status ovf_carried_open(struct ovf_store *store, const char *question,
                                               struct ovf_carried **out, struct ovf_error *err);
void ovf_carried_close(struct ovf_carried *carried);

/** Append the state of \p icao24 to \p out; nothing when there is none. */
OVF_NODISCARD enum ovf_status ovf_carried_load(struct ovf_carried *carried, const char *icao24,
                                               struct ovf_buffer *out, struct ovf_error *err);

OVF_NODISCARD enum ovf_status ovf_carried_save(struct ovf_carried *carried, const char *icao24,
                                               struct ovf_bytes state, struct ovf_error *err);

/* ---- rows that are told anew ---- */

/** Note all rows of flights of \p icao24 that begin within [from, to]. */
OVF_NODISCARD enum ovf_status ovf_carried_recall(struct ovf_carried *carried, const char *icao24,
                                                 int64_t from_ns, int64_t to_ns,
                                                 struct ovf_error *err);

/** Row \p id was put again. */
void ovf_carried_said(struct ovf_carried *carried, enum ovf_store_kind kind, const char *id);

/** Whether the question asks of this airspace; crossings of others are another question's. */
typedef bool ovf_carried_asked_fn(void *context, const char *kind, const char *airspace);

/** Retract what was noted and not said again, and forget all notes. A crossing that another one of the same
 * airspace overlaps was superseded by it. Flights and journeys go with their last crossing. */
OVF_NODISCARD enum ovf_status ovf_carried_settle(struct ovf_carried *carried, const char *icao24,
                                                 ovf_carried_asked_fn *is_asked, void *context,
                                                 struct ovf_error *err);

/** Before the commit: airspaces go with the last of their crossings. */
OVF_NODISCARD enum ovf_status ovf_carried_finish(struct ovf_carried *carried,
                                                 struct ovf_error *err);

#endif
