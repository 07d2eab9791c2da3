/* SPDX-License-Identifier: Apache-2.0 */
/* What lines of NDJSON share; private to report/ndjson*.c. */
#ifndef OVF_REPORT_NDJSON_PARTS_H
#define OVF_REPORT_NDJSON_PARTS_H

#include "base/json_writer.h"
#include "report/line.h"

/** The rows that fix \p fix stands in, as elements of the array that is open. */
void ovf_ndjson_records(struct ovf_json_writer *json, const struct ovf_track_member *members,
                        const struct ovf_track *track, size_t fix);

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
