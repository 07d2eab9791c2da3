/* SPDX-License-Identifier: Apache-2.0 */
/* Reading generic CSV of fixes (RFC 4180, comma, semicolon or tab, by the header line), many
 * aircraft in one file, in pieces as they come.
 *
 * Columns are found by name (in any case and order), the unit is the suffix: time (ISO 8601 or epoch
 * seconds; what is too large for these is milliseconds; also t_s, time_s, t_ms, time_ms), icao24,
 * lat_deg, lon_deg are required; alt_baro_ft, alt_baro_m, alt_geom_ft, alt_geom_m, alt_ft, alt_m (datum
 * unknown: read as barometric), gs_kt, gs_mps, track_deg, vert_rate_fpm, vert_rate_mps, callsign,
 * squawk, on_ground, source, registration, type_code (type), nic, nac_p, nac_v, sil, sil_type, rc_m, accuracy_m
 * are used when there. Others are ignored and named. Where two columns say one thing, baro_ft, baro_m, ft, m is
 * the order of altitudes, feet and knots go before metres.
 *
 * OpenSky's historical tables have names of their own (read/opensky_csv.h); in them a row that repeats
 * the aircraft's last position is counted as repeated.
 *
 * A blank field is absent, and so are "-", "--", "nan", "n/a", "na", "null" and "none" (in any case) in a
 * column of numbers or of on_ground that may be blank; they are counted. "ground" or "grnd" for a
 * barometric altitude is on_ground. Any other field that is not what its column holds rejects the row, but a
 * callsign, squawk, registration or type that is none is absent. Times are those from 1990 to 2200. Line ends are LF,
 * CRLF or CR; a quoted field may hold them, and where the quotes of such a record turn out to be broken each of its
 * lines is read for itself, so that a stray quote costs one row. Blank lines are no rows. A header line inside the
 * file (files joined together) is counted as header_repeated, and from there its order of columns holds.
 */
#ifndef OVF_READ_CSV_H
#define OVF_READ_CSV_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "read/fault.h"
#include "track/fix.h"
#include "track/identity.h"

/** Bytes of a record without its line end; longer ones are rejected, too_large. */
#define OVF_CSV_MAX_RECORD_BYTES 65536

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

/** The end of the file: a last line without a newline counts. Same statuses as feeding; a file without
 * a header line is OVF_E_FORMAT. */
OVF_NODISCARD enum ovf_status ovf_csv_finish(struct ovf_csv *csv, struct ovf_error *err);

/** Counts of rows so far. Borrowed. */
const struct ovf_tally *ovf_csv_rows(const struct ovf_csv *csv);

/** What people are told of the rows. Texts are cut to fit; "" when there is nothing to tell. */
struct ovf_csv_notes {
    char first_rejected[OVF_READ_FAULT_SIZE];
    uint64_t n_absent; /* marks such as "nan" that were taken for no value, in rows used */
    char first_absent[OVF_READ_FAULT_SIZE];
};

/** Borrowed. */
const struct ovf_csv_notes *ovf_csv_notes(const struct ovf_csv *csv);

/** Comma-separated names of columns that are not used, cut to fit; "" when there are none. Borrowed. */
const char *ovf_csv_unused_columns(const struct ovf_csv *csv);

#endif
