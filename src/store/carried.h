/* SPDX-License-Identifier: Apache-2.0 */
/* What one scan leaves for the next: the question that the store answers, the carried state of each
 * aircraft, and what rows said of flights that are now told anew. */
#ifndef OVF_STORE_CARRIED_H
#define OVF_STORE_CARRIED_H

#include "store/store.h"

struct ovf_carried;

/**
 * \p store is borrowed, with a transaction open. A store answers one question: what is retracted because
 * it was not said again would else be another's. \p question names it, \p words says it.
 * \retval OVF_E_RANGE  the store answers another one
 */
OVF_NODISCARD enum ovf_status ovf_carried_open(struct ovf_store *store, const char *question,
                                               const char *words, struct ovf_carried **out,
                                               struct ovf_error *err);

/** Whether the store \p db answers \p question, or none yet; it is only read.
 * \retval OVF_E_RANGE  it answers another */
OVF_NODISCARD enum ovf_status ovf_store_check_question(sqlite3 *db, const char *question,
                                                       struct ovf_error *err);

/** The question is about all traffic of that airspace: every crossing that was entered, certainly or nearly. */
OVF_NODISCARD enum ovf_status ovf_carried_asked(struct ovf_carried *carried, const char *kind,
                                                const char *airspace, struct ovf_error *err);

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

/** Retract what was noted and not said again, and forget all notes. A crossing that another one of the same
 * airspace overlaps was superseded by it. Flights and journeys go with their last crossing. */
OVF_NODISCARD enum ovf_status ovf_carried_settle(struct ovf_carried *carried, const char *icao24,
                                                 struct ovf_error *err);

/** Before the commit: airspaces go with the last of their crossings. */
OVF_NODISCARD enum ovf_status ovf_carried_finish(struct ovf_carried *carried,
                                                 struct ovf_error *err);

#endif
