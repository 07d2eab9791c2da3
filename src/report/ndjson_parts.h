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

/** The hash of what is said: the revision of the object that says it. */
OVF_NODISCARD enum ovf_status ovf_ndjson_rev(const struct ovf_buffer *said, char rev[OVF_ID_SIZE]);

/** Append the object: type, id, the revision, what is said, what stands beside it and is no part of the
 * revision (NULL: nothing), each with a comma before it, and a newline. */
OVF_NODISCARD enum ovf_status ovf_ndjson_object(const char *type, const char *id,
                                                const struct ovf_buffer *said,
                                                const struct ovf_buffer *beside,
                                                struct ovf_buffer *out);

#endif
