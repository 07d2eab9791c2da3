/* SPDX-License-Identifier: Apache-2.0 */
/* A scan's store: opened, filled, closed. One transaction: all of a scan or nothing. Any thread may call;
 * one after the other they have their way. */
#ifndef OVF_RUN_STORE_WRITER_H
#define OVF_RUN_STORE_WRITER_H

#include "engine/carry.h"
#include "listen/altitudes.h"
#include "listen/heard.h"
#include "listen/jumps.h"
#include "question/question.h"
#include "report/detection.h"
#include "rules/past.h"
#include "run/account.h"
#include "run/counts.h"
#include "source/catalog.h"
#include "store/store.h"

struct ovf_store_writer;

/** Open or make the store of \p question and begin.
 * \retval OVF_E_RANGE             the store answers another question
 * \retval OVF_E_FORMAT, OVF_E_IO  see ovf_store_open */
OVF_NODISCARD enum ovf_status ovf_store_writer_open(const struct ovf_question *question,
                                                    const struct ovf_report *report,
                                                    struct ovf_store_writer **out,
                                                    struct ovf_error *err);

/** What earlier scans carried on of \p address. */
OVF_NODISCARD enum ovf_status ovf_store_writer_load(struct ovf_store_writer *writer,
                                                    uint32_t address, struct ovf_carry *out,
                                                    struct ovf_error *err);

/** Before the first of its rows: the flights in the pieces of \p carry are about to be told anew. */
OVF_NODISCARD enum ovf_status ovf_store_writer_recall(struct ovf_store_writer *writer,
                                                      uint32_t address,
                                                      const struct ovf_carry *carry,
                                                      struct ovf_error *err);

/** A member that was read, and the number of its input. */
OVF_NODISCARD enum ovf_status ovf_store_writer_member(struct ovf_store_writer *writer,
                                                      const struct ovf_digest *digest,
                                                      uint32_t input);

/** Put where the flight of \p address that starts at \p start_ns was heard. */
OVF_NODISCARD enum ovf_status ovf_store_writer_heard(struct ovf_store_writer *writer,
                                                     uint32_t address, int64_t start_ns,
                                                     const struct ovf_heard *heard,
                                                     struct ovf_error *err);

/** Put where its positions jumped to. */
OVF_NODISCARD enum ovf_status ovf_store_writer_jumps(struct ovf_store_writer *writer,
                                                     const struct ovf_jumps *jumps,
                                                     struct ovf_error *err);

/** Put where its altitudes part. */
OVF_NODISCARD enum ovf_status ovf_store_writer_altitudes(struct ovf_store_writer *writer,
                                                         const struct ovf_altitude_changes *changes,
                                                         struct ovf_error *err);

/** Put what no crossing tells; \p line says whose. */
OVF_NODISCARD enum ovf_status ovf_store_writer_doubts(struct ovf_store_writer *writer,
                                                      const struct ovf_report_line *line,
                                                      const struct ovf_report_doubts *doubts,
                                                      struct ovf_error *err);

/** Put a flight of which historical shares are counted. */
OVF_NODISCARD enum ovf_status ovf_store_writer_past(struct ovf_store_writer *writer,
                                                    uint32_t address, int64_t start_ns,
                                                    const struct ovf_past_flight *past,
                                                    struct ovf_error *err);

/** Put the \p n crossings of one track, in order of their flights. */
OVF_NODISCARD enum ovf_status ovf_store_writer_put(struct ovf_store_writer *writer,
                                                   const struct ovf_report_line *lines, size_t n,
                                                   struct ovf_error *err);

/** After the last of its rows: retract what was recalled and not told again, and carry \p next on, whose
 * receivers get the store's numbers. */
OVF_NODISCARD enum ovf_status ovf_store_writer_settle(struct ovf_store_writer *writer,
                                                      uint32_t address, struct ovf_carry *next,
                                                      struct ovf_error *err);

/** Put the inputs with their \p counts and the airspaces that were asked for, of many those that were crossed, judge
 * gaps, and commit. */
OVF_NODISCARD enum ovf_status ovf_store_writer_finish(struct ovf_store_writer *writer,
                                                      const struct ovf_catalog *catalog,
                                                      const struct ovf_account *account,
                                                      struct ovf_counts *counts,
                                                      struct ovf_error *err);

/** What was not finished is not there. NULL is fine. */
void ovf_store_writer_free(struct ovf_store_writer *writer);

#endif
