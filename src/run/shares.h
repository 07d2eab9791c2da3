/* SPDX-License-Identifier: Apache-2.0 */
/* Which share of the other flights between the same airports crossed what a printed crossing possibly did: known only
 * when all aircraft were followed, so that it is said behind the crossings. Memory is bounded by the flights between
 * two airports: all wait in a temporary file. */
#ifndef OVF_RUN_SHARES_H
#define OVF_RUN_SHARES_H

#include "base/sink.h"
#include "report/line.h"
#include "rules/past.h"

struct ovf_shares;

OVF_NODISCARD enum ovf_status ovf_shares_new(struct ovf_shares **out);
void ovf_shares_free(struct ovf_shares *shares);

/** The flight of \p address that starts at \p start_ns. Any thread. */
OVF_NODISCARD enum ovf_status ovf_shares_add_flight(struct ovf_shares *shares, uint32_t address,
                                                    int64_t start_ns,
                                                    const struct ovf_past_flight *past,
                                                    struct ovf_error *err);

/** A crossing that is printed: nothing where it is not only possible, or an end of its flight is unknown. Any
 * thread. */
OVF_NODISCARD enum ovf_status ovf_shares_add_crossing(struct ovf_shares *shares,
                                                      const struct ovf_report *report,
                                                      const struct ovf_report_line *line,
                                                      struct ovf_error *err);

/** Print a line of NDJSON for each of which a flight of the operator, or else of any, tells, by rank. */
OVF_NODISCARD enum ovf_status ovf_shares_print(struct ovf_shares *shares,
                                               const struct ovf_airports *airports,
                                               const struct ovf_sink *out, struct ovf_error *err);

#endif
