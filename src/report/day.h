/* SPDX-License-Identifier: Apache-2.0 */
/* Printing the completeness of an input's day as NDJSON: the keys of docs/formats/ndjson.md. */
#ifndef OVF_REPORT_DAY_H
#define OVF_REPORT_DAY_H

#include "base/buffer.h"
#include "base/sha256.h"
#include "listen/completeness.h"

struct ovf_report_day {
    const char *path;                        /* of the input */
    const struct ovf_digest *digest;         /* NULL: a directory has none */
    const struct ovf_digest *members_digest; /* NULL: what has a digest has none */
    bool has_not_used;                       /* the input has this day only */
    uint64_t n_not_used;
    const struct ovf_completeness_day *day;
};

OVF_NODISCARD enum ovf_status ovf_ndjson_day(const struct ovf_report_day *line,
                                             struct ovf_buffer *out);

/** For people: a line for each thing that is remarkable of the day. */
OVF_NODISCARD enum ovf_status ovf_report_day_lacks(const struct ovf_completeness_day *day,
                                                   struct ovf_buffer *out);

/** The silent hours, comma-separated: "3,4,17". */
OVF_NODISCARD enum ovf_status ovf_report_hours(uint32_t hours, struct ovf_buffer *out);

/** The folders that are missing, comma-separated: "3c,ff"; of an input that has fewer than half of them
 * (a sample), or is laid out otherwise, none are named. */
OVF_NODISCARD enum ovf_status ovf_report_folders_missing(const struct ovf_completeness_day *day,
                                                         struct ovf_buffer *out);

#endif
