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

/** The lines of findings that follow one another, in their order. Zero-initialise. */
struct ovf_finding_lines {
    struct ovf_buffer text;
    struct ovf_finding_line *items;
    size_t n;
    size_t first; /* the finding of the first */
};

void ovf_finding_lines_deinit(struct ovf_finding_lines *lines);

/**
 * Write \p n of the \p findings, from number \p first on, as docs/formats/ndjson.md has them. Any number of threads
 * may write of the same findings.
 * \param[in]  as_of_ns  the day for which "today" was said; no part of the revision
 * \param[out] out       empty before; to be deinitialised on failure too
 */
OVF_NODISCARD enum ovf_status ovf_finding_lines_make(const struct ovf_findings *findings,
                                                     size_t first, size_t n, int64_t as_of_ns,
                                                     struct ovf_finding_lines *out);

/** Line \p i, NUL-terminated; borrowed. */
const char *ovf_finding_line(const struct ovf_finding_lines *lines, size_t i);

#endif
