/* SPDX-License-Identifier: Apache-2.0 */
/* What lines of NDJSON share; private to report/ndjson*.c. */
#ifndef OVF_REPORT_NDJSON_PARTS_H
#define OVF_REPORT_NDJSON_PARTS_H

#include "base/json_writer.h"
#include "report/line.h"

/* Seven characters and the 64 digits of a hash. */
#define OVF_NDJSON_DIGEST_SIZE (7 + OVF_SHA256_HEX_SIZE)

/** "sha256:..." */
void ovf_ndjson_digest(const struct ovf_digest *digest, char text[OVF_NDJSON_DIGEST_SIZE]);

/** Nothing where \p text is "". */
void ovf_ndjson_text_if_any(struct ovf_json_writer *json, const char *key, const char *text);

/** The rows that fix \p fix stands in, as elements of the array that is open. */
void ovf_ndjson_records(struct ovf_json_writer *json, const struct ovf_report_line *line,
                        size_t fix);

/** What a detection says, as keys of the object that is open. */
void ovf_ndjson_detection_keys(struct ovf_json_writer *json, const struct ovf_report_line *line,
                               const struct ovf_detection *detection);

/** Who flies. */
void ovf_ndjson_aircraft(struct ovf_json_writer *json, const struct ovf_report_line *line,
                         const struct ovf_flight *flight);

/** Open the object of a line, with type, id and room for its revision.
 * \return where in the buffer what is written next, which is what the line says, begins */
size_t ovf_ndjson_open(struct ovf_json_writer *json, const char *type, const char *id);

/** Set the revision: the hash of what is said from \p said_at to here. What is written behind stands beside it and is
 * no part of it. \p hash as that of struct ovf_report */
void ovf_ndjson_set_rev(struct ovf_json_writer *json, size_t said_at, struct ovf_sha256 *hash);

/** Close the object and the line. \return whether all of it was written */
OVF_NODISCARD enum ovf_status ovf_ndjson_close(struct ovf_json_writer *json);

#endif
