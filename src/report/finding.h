/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as NDJSON, a line each: what is printed and what a store keeps are the same bytes. */
#ifndef OVF_REPORT_FINDING_H
#define OVF_REPORT_FINDING_H

#include "rules/finding.h"

struct ovf_finding_line {
    size_t begin; /* where it stands in the text, NUL-terminated, without a line end */
    size_t len;
    char rev[OVF_ID_SIZE]; /* the hash of what is said */
};

/** The lines of findings, in their order. Zero-initialise. */
struct ovf_finding_lines {
    struct ovf_buffer text;
    struct ovf_finding_line *items;
    size_t n;
};

void ovf_finding_lines_deinit(struct ovf_finding_lines *lines);

/**
 * Write all \p findings as docs/formats/ndjson.md has them.
 * \param[in]  as_of_ns  the day for which "today" was said; no part of the revision
 * \param[out] out       empty before; to be deinitialised on failure too
 */
OVF_NODISCARD enum ovf_status ovf_finding_lines_make(const struct ovf_findings *findings,
                                                     int64_t as_of_ns,
                                                     struct ovf_finding_lines *out);

/** Line \p i, NUL-terminated; borrowed. */
const char *ovf_finding_line(const struct ovf_finding_lines *lines, size_t i);

#endif
