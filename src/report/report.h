/* SPDX-License-Identifier: Apache-2.0 */
/* Printing what a scan found: one line a crossing, as NDJSON, CSV or a table for people. */
#ifndef OVF_REPORT_REPORT_H
#define OVF_REPORT_REPORT_H

#include "base/buffer.h"
#include "base/sha256.h"
#include "base/tally.h"
#include "engine/engine.h"
#include "rules/watch.h"
#include "track/identity.h"

enum ovf_format { OVF_FORMAT_TABLE, OVF_FORMAT_NDJSON, OVF_FORMAT_CSV };

/** What is known of a catalog's item, for records. */
struct ovf_report_member {
    const char *name;
    struct ovf_digest digest; /* of its bytes as stored */
};

/** Who an aircraft is, and who says so. */
struct ovf_report_identity {
    const struct ovf_identity *identity; /* NULL: nothing is known */
    const char *source;                  /* "register" or "trace_header", "csv" */
    int64_t date_ns;                     /* the day of that source */
    bool has_date;
};

/** What all lines of a report share. */
struct ovf_report {
    enum ovf_format format;
    const struct ovf_engine_config *config;
    const struct ovf_report_member *members; /* by item */
};

/** A crossing to be printed. */
struct ovf_report_line {
    const struct ovf_result *result;
    const struct ovf_crossing *crossing;
    struct ovf_report_identity who;
    const uint32_t *items; /* members that the track was made from, without repetitions */
    size_t n_items;
    struct ovf_match match;
};

/** The line that goes before all others; nothing for NDJSON. */
OVF_NODISCARD enum ovf_status ovf_report_header(const struct ovf_report *report,
                                                struct ovf_buffer *out);

/** Append the line of a crossing, with its newline. */
OVF_NODISCARD enum ovf_status ovf_report_crossing(const struct ovf_report *report,
                                                  const struct ovf_report_line *line,
                                                  struct ovf_buffer *out);

/** What one input was and came to; NDJSON only: nothing is appended for the others. */
struct ovf_report_input {
    const char *path;
    const struct ovf_digest *digest; /* NULL: a directory has none */
    uint64_t n_bytes;
    uint64_t n_not_used;
    uint64_t n_date_disagrees;
    const struct ovf_tally *members;
    const struct ovf_tally *rows;
    int64_t first_ns; /* first > last: no fix was used */
    int64_t last_ns;
};

OVF_NODISCARD enum ovf_status ovf_report_input(const struct ovf_report *report,
                                               const struct ovf_report_input *input,
                                               struct ovf_buffer *out);

/** A simulated aircraft: an address of no state, and a callsign that says so. */
bool ovf_report_is_simulated(uint32_t address, const char *callsign);

/** Codes of the airspaces in \p members, comma-separated. */
OVF_NODISCARD enum ovf_status ovf_report_codes(const struct ovf_edition *edition,
                                               const struct ovf_members *members,
                                               struct ovf_buffer *out);

/* One a format; called by the functions above. */
OVF_NODISCARD enum ovf_status ovf_report_ndjson(const struct ovf_report *report,
                                                const struct ovf_report_line *line,
                                                struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_report_csv(const struct ovf_report *report,
                                             const struct ovf_report_line *line,
                                             struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_report_csv_header(struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_report_table(const struct ovf_report *report,
                                               const struct ovf_report_line *line,
                                               struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_report_table_header(struct ovf_buffer *out);

#endif
