/* SPDX-License-Identifier: Apache-2.0 */
/* Completeness and traffic of a run: what each input holds of each day, whatever is asked of it.
 *
 * An input says the same of itself whatever else is scanned, in which order and by how many threads: its
 * members count as the reader gives them, once within the input, also when another input holds the same. */
#ifndef OVF_RUN_COUNTS_H
#define OVF_RUN_COUNTS_H

#include "base/buffer.h"
#include "listen/completeness.h"
#include "report/report.h"
#include "run/account.h"
#include "store/store.h"
#include "track/fix.h"

struct ovf_counts;

/** \p catalog and \p account, as the plan leaves them, are borrowed. \p with_traffic: for a store. */
OVF_NODISCARD enum ovf_status ovf_counts_new(const struct ovf_catalog *catalog,
                                             const struct ovf_account *account, bool with_traffic,
                                             struct ovf_counts **out);
void ovf_counts_free(struct ovf_counts *counts);

/* ---- counting: one thread's own ---- */

struct ovf_counter;

OVF_NODISCARD enum ovf_status ovf_counter_new(struct ovf_counts *counts, struct ovf_counter **out);
void ovf_counter_free(struct ovf_counter *counter);

/** What comes now is of another address than what came, and no thread had any of it. */
OVF_NODISCARD enum ovf_status ovf_counter_next_aircraft(struct ovf_counter *counter,
                                                        struct ovf_error *err);

/** Whether the trace \p item of the aircraft at hand, with these bytes, is not counted yet for its input. */
bool ovf_counter_wants(const struct ovf_counter *counter, uint32_t item,
                       const struct ovf_digest *digest);

/** Count a trace; \p base_t_ns is the day that it says; \p digest may be NULL where no other trace of the
 * aircraft comes. */
OVF_NODISCARD enum ovf_status ovf_counter_trace(struct ovf_counter *counter, uint32_t item,
                                                const struct ovf_digest *digest, int64_t base_t_ns,
                                                const struct ovf_fixes *fixes);

/** Count rows of tables, as the plan's spool gives them: record.item is the catalog's. */
OVF_NODISCARD enum ovf_status ovf_counter_rows(struct ovf_counter *counter,
                                               const struct ovf_fixes *fixes);

/** Nothing more comes from this thread. */
OVF_NODISCARD enum ovf_status ovf_counter_finish(struct ovf_counter *counter,
                                                 struct ovf_error *err);

/* ---- telling: all threads have finished ---- */

/** Make the days of all inputs and compare them among each other; those of an input that is a copy of one
 * before it, by \p account, take no part. */
OVF_NODISCARD enum ovf_status ovf_counts_settle(struct ovf_counts *counts,
                                                const struct ovf_account *account);

/** Append the lines of an input's days. */
OVF_NODISCARD enum ovf_status ovf_counts_print(const struct ovf_counts *counts, uint32_t input,
                                               struct ovf_buffer *out);

/** The same for people: what is remarkable. */
OVF_NODISCARD enum ovf_status ovf_counts_talk(const struct ovf_counts *counts, uint32_t input,
                                              struct ovf_buffer *out);

/** Put the rows of completeness and, when it was counted, traffic, once; then all days of the store are
 * compared anew. The store has the inputs, by ovf_account_input_id. */
OVF_NODISCARD enum ovf_status ovf_counts_put(struct ovf_counts *counts, struct ovf_store *store,
                                             struct ovf_error *err);

#endif
