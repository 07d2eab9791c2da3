/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as text: a readsb trace of one UTC day, or lines of CSV. */
#ifndef OVF_SIMULATE_WRITE_H
#define OVF_SIMULATE_WRITE_H

#include "base/buffer.h"
#include "simulate/sample.h"

/**
 * Append the trace of \p n rows (at least one) of one aircraft, all of one UTC day.
 *
 * The layout is that of readsb: time stamp of the first row, then rows of seconds after it, two
 * decimals; positions with six; an aircraft object on every fourth row and the first of a flight. The
 * header says "simulated": true.
 */
OVF_NODISCARD enum ovf_status ovf_write_trace(const struct ovf_timetable *timetable,
                                              const struct ovf_sim_row *rows, size_t n,
                                              struct ovf_buffer *out);

/** Append the header line of the CSV. */
OVF_NODISCARD enum ovf_status ovf_write_csv_header(struct ovf_buffer *out);

OVF_NODISCARD enum ovf_status ovf_write_csv(const struct ovf_timetable *timetable,
                                            const struct ovf_sim_row *rows, size_t n,
                                            struct ovf_buffer *out);

/** Digits 0 to 7 that go with an address; 7500 to 7700 mean something and are left out. */
unsigned ovf_write_squawk(uint32_t icao24);

/** Append \p text as a JSON string with its quotes. */
OVF_NODISCARD enum ovf_status ovf_write_json_text(struct ovf_buffer *out, const char *text);

#endif
