/* SPDX-License-Identifier: Apache-2.0 */
/* Reading OpenSky state vectors as JSON, many aircraft in one file, in pieces as they come.
 *
 * A file holds documents one after the other, with white space, or none, between: each is a snapshot
 * {"time": ..., "states": [[...], ...]}, or an array of snapshots, or the bare array of state vectors.
 * So a recording is one response, one response a line, or all of them in an array. "states": null is
 * a snapshot without aircraft.
 *
 * A row whose position has the time of the row before of the same aircraft is a repetition: counted as
 * such, and no fix. Nothing else of a snapshot is used, its own time neither.
 *
 * A document is believed when all of it is good JSON. A broken one is rejected as a whole and counted
 * once among the rows; those around it are read. Where one breaks off, the next begins with the line
 * that begins with a brace: no snapshot holds an object of its own.
 */
#ifndef OVF_READ_OPENSKY_H
#define OVF_READ_OPENSKY_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "track/fix.h"
#include "track/identity.h"

/** The most that one document may have; it is held while it is read. */
#define OVF_OPENSKY_MAX_DOCUMENT_BYTES ((size_t)512 << 20)

struct ovf_opensky;

/** Takes one row, as ovf_csv_row_fn does; \p identity is NULL. */
typedef enum ovf_status ovf_opensky_row_fn(void *context, uint32_t address,
                                           const struct ovf_fix *fix,
                                           const struct ovf_identity *identity);

OVF_NODISCARD enum ovf_status ovf_opensky_new(uint32_t item, size_t max_document_bytes,
                                              ovf_opensky_row_fn *row, void *context,
                                              struct ovf_opensky **out);
void ovf_opensky_free(struct ovf_opensky *opensky);

/**
 * Feed the next bytes, cut anywhere.
 * \retval OVF_E_NOMEM, or what the row function returned
 */
OVF_NODISCARD enum ovf_status ovf_opensky_feed(struct ovf_opensky *opensky, struct ovf_bytes bytes,
                                               struct ovf_error *err);

/**
 * The end of the file.
 * \param[out] reject   with OVF_E_FORMAT: why the first document is rejected
 * \retval OVF_E_FORMAT  no document is good; \p err says what was wrong with the first
 * \retval others        as feeding
 */
OVF_NODISCARD enum ovf_status ovf_opensky_finish(struct ovf_opensky *opensky,
                                                 enum ovf_reject *reject, struct ovf_error *err);

/** Counts of rows so far, and of broken documents. Borrowed. */
const struct ovf_tally *ovf_opensky_rows(const struct ovf_opensky *opensky);

#endif
