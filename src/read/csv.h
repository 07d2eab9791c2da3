/* SPDX-License-Identifier: Apache-2.0 */
/* Reading generic CSV of fixes (RFC 4180, comma, semicolon or tab, by the header line), many
 * aircraft in one file, in pieces as they come.
 *
 * Columns are found by name, the unit is the suffix: time (ISO 8601 or epoch seconds; also t_s,
 * t_ms), icao24, lat_deg, lon_deg are required; alt_baro_ft, alt_baro_m, alt_geom_ft, alt_geom_m,
 * alt_m (datum unknown: read as barometric), alt_ft, gs_kt, gs_mps, track_deg, vert_rate_fpm,
 * vert_rate_mps, callsign, squawk, on_ground, source, registration, type_code, nic, nac_p, sil, rc_m,
 * accuracy_m are used when there. Others are ignored and named.
 */
#ifndef OVF_READ_CSV_H
#define OVF_READ_CSV_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "track/fix.h"
#include "track/identity.h"

struct ovf_csv;

/** Takes one row; a status other than OVF_OK stops the reading and is returned by it. \p identity is
 * NULL when the file has no such columns. */
typedef enum ovf_status ovf_csv_row_fn(void *context, uint32_t address, const struct ovf_fix *fix,
                                       const struct ovf_identity *identity);

OVF_NODISCARD enum ovf_status ovf_csv_new(uint32_t item, ovf_csv_row_fn *row, void *context,
                                          struct ovf_csv **out);
void ovf_csv_free(struct ovf_csv *csv);

/**
 * Feed the next bytes; lines may be cut anywhere.
 * \retval OVF_E_FORMAT  the header line names no usable columns: \p err lists what is missing and the
 *                       nearest names that are there; nothing more can be read
 * \retval OVF_E_NOMEM, or what \p row returned
 */
OVF_NODISCARD enum ovf_status ovf_csv_feed(struct ovf_csv *csv, struct ovf_bytes bytes,
                                           struct ovf_error *err);

/** The end of the file: a last line without a newline counts. Same statuses as feeding. */
OVF_NODISCARD enum ovf_status ovf_csv_finish(struct ovf_csv *csv, struct ovf_error *err);

/** Counts of rows so far. Borrowed. */
const struct ovf_tally *ovf_csv_rows(const struct ovf_csv *csv);

/** Comma-separated names of columns that are not used, cut to fit; "" when there are none. Borrowed. */
const char *ovf_csv_unused_columns(const struct ovf_csv *csv);

#endif
