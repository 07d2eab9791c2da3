/* SPDX-License-Identifier: Apache-2.0 */
/* Reception: what is asked of it are gaps; what answers are the runs of all aircraft (listen/heard.h), each of
 * which is looked at once, in any order, and leaves sums and sets that do not depend on the order. An
 * aircraft's own runs say nothing of its own gaps.
 *
 * Asked in batches, so that memory is bounded: add gaps, prepare, take all runs, ask; clear, and begin anew. */
#ifndef OVF_LISTEN_RECEPTION_H
#define OVF_LISTEN_RECEPTION_H

#include "listen/gap.h"

struct ovf_reception;

/** \p config is borrowed. */
OVF_NODISCARD enum ovf_status ovf_reception_new(const struct ovf_detect_config *config,
                                                struct ovf_reception **out);
void ovf_reception_free(struct ovf_reception *reception);

/** Without gaps, as new. */
void ovf_reception_clear(struct ovf_reception *reception);

/** A gap is known from here on by its number: 0, 1, 2 ...
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_reception_add(struct ovf_reception *reception,
                                                const struct ovf_gap *gap);

/** Whether there are so many gaps that they should be asked about now. With what is learned of them they take
 * some 40 MB, where every gap has OVF_OTHERS_COUNTED others, 90. */
bool ovf_reception_is_full(const struct ovf_reception *reception);

/** All gaps were added. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_reception_prepare(struct ovf_reception *reception);

/** The time, seconds since 1970, that runs must lie in to matter; empty (from > to) without gaps. */
void ovf_reception_span(const struct ovf_reception *reception, int64_t *from_s, int64_t *to_s);

/** Runs of \p address, as ovf_heard_pack wrote them; all of a flight's, or of a day of it, at once.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_reception_take(struct ovf_reception *reception, uint32_t address,
                                                 struct ovf_bytes runs);

/** The gap itself, as it was added. */
const struct ovf_gap *ovf_reception_gap(const struct ovf_reception *reception, size_t i);

/** What all runs show of gap \p i, but for the outage: listen/minutes.h. */
void ovf_reception_ask(const struct ovf_reception *reception, size_t i,
                       struct ovf_gap_evidence *out);

#endif
