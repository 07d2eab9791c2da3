/* SPDX-License-Identifier: Apache-2.0 */
/* Reading lists of aircraft as readsb, dump1090 and the aggregators' interfaces write them, many aircraft in one
 * file, in pieces as they come.
 *
 * A file holds documents one after the other, with white space, commas, or nothing between: each is a snapshot
 * {"now": ..., "aircraft": [...]} (readsb's aircraft.json) or {"ac": [...], "now": ...} (version 2 of the
 * aggregators'), or one aircraft with a "now" of its own (a line of readsb's JSON port). "now" is in seconds, or in
 * milliseconds where that is too large.
 *
 * A fix's time is now less seen_pos. An aircraft without a position is no row; one whose position is that of the row
 * before of the same aircraft is a repetition. Lines of a recording without "now" cannot be dated: their rows are
 * rejected.
 *
 * A document is believed when all of it is good JSON. A broken one is rejected as a whole and counted once among the
 * rows; those around it are read.
 */
#ifndef OVF_READ_AIRCRAFT_JSON_H
#define OVF_READ_AIRCRAFT_JSON_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "read/fault.h"
#include "track/fix.h"
#include "track/identity.h"

/** The most that one document may have; it is held while it is read. */
#define OVF_AIRCRAFT_JSON_MAX_DOCUMENT_BYTES ((size_t)512 << 20)

struct ovf_aircraft_json;

/** Takes one row, as ovf_csv_row_fn does. */
typedef enum ovf_status ovf_aircraft_json_row_fn(void *context, uint32_t address,
                                                 const struct ovf_fix *fix,
                                                 const struct ovf_identity *identity);

OVF_NODISCARD enum ovf_status ovf_aircraft_json_new(uint32_t item, size_t max_document_bytes,
                                                    ovf_aircraft_json_row_fn *row, void *context,
                                                    struct ovf_aircraft_json **out);
void ovf_aircraft_json_free(struct ovf_aircraft_json *reader);

/**
 * Feed the next bytes, cut anywhere.
 * \param[in] now_ns  live: when they came, which is "now" of lines without it; NULL: a recording
 * \retval OVF_E_NOMEM, or what the row function returned
 */
OVF_NODISCARD enum ovf_status ovf_aircraft_json_feed(struct ovf_aircraft_json *reader,
                                                     struct ovf_bytes bytes, const int64_t *now_ns,
                                                     struct ovf_error *err);

/**
 * The end of the file.
 * \param[out] reject   with OVF_E_FORMAT: why the file is rejected
 * \retval OVF_E_FORMAT  no document is good, or none says when it was; \p err says what was wrong with the first
 * \retval others        as feeding
 */
OVF_NODISCARD enum ovf_status ovf_aircraft_json_finish(struct ovf_aircraft_json *reader,
                                                       enum ovf_reject *reject,
                                                       struct ovf_error *err);

/** Counts of rows so far, and of broken documents; the first rejected row in words, or "". Borrowed. */
const struct ovf_tally *ovf_aircraft_json_rows(const struct ovf_aircraft_json *reader);
const char *ovf_aircraft_json_first_rejected(const struct ovf_aircraft_json *reader);

/** Aircraft that are known; who was away for a day is forgotten. */
size_t ovf_aircraft_json_n_aircraft(const struct ovf_aircraft_json *reader);

/** Aircraft that were forgotten for want of room: those heard longest ago. */
uint64_t ovf_aircraft_json_n_dropped(const struct ovf_aircraft_json *reader);

#endif
