/* SPDX-License-Identifier: Apache-2.0 */
/* Which releases may be those of a day, and in which year's repository (private to run/fetch*).
 *
 * The year's list names one. Releases are uploaded to the repository of the year in which that is done, so that
 * the next year's list has the last days of December, or all that were uploaded late (that of 2026 begins with 14
 * December). A list may name MLAT alone where there is more: that of 2024 does so for months. Then the usual
 * servers are asked for, whether they are named or not. */
#ifndef OVF_RUN_FETCH_RELEASE_H
#define OVF_RUN_FETCH_RELEASE_H

#include "lists/release.h"
#include "run/fetch_parts.h"

enum {
    OVF_FETCH_YEAR_SIZE = 5,
    OVF_FETCH_MAX_CANDIDATES = 4,
    OVF_FETCH_URL_SIZE = 2048,
};

struct ovf_fetch_candidate {
    struct ovf_release release;     /* names of parts as a list has them, or guessed */
    char year[OVF_FETCH_YEAR_SIZE]; /* of the repository */
};

struct ovf_fetch_candidates {
    struct ovf_fetch_candidate items[OVF_FETCH_MAX_CANDIDATES]; /* the best first */
    size_t n;
    char mlat_tag[OVF_RELEASE_NAME_SIZE]; /* a release of MLAT alone that is named; empty: none */
};

/** The lists read last, of an even and an odd year. Zero-initialise. */
struct ovf_fetch_lists {
    struct {
        char year[OVF_FETCH_YEAR_SIZE];
        struct ovf_buffer text; /* empty when there is none */
    } of[2];
};

void ovf_fetch_lists_deinit(struct ovf_fetch_lists *lists);

/** \param[out] out  overwritten; n 0 when nothing is named */
OVF_NODISCARD enum ovf_status ovf_fetch_candidates_find(struct ovf_fetch *fetch,
                                                        struct ovf_fetch_lists *lists,
                                                        int64_t day_ns,
                                                        struct ovf_fetch_candidates *out,
                                                        struct ovf_error *err);

/** Take the candidate's parts, with sizes, from GitHub; OVF_E_NOTFOUND when there is no such release. */
OVF_NODISCARD enum ovf_status ovf_fetch_candidate_list(struct ovf_fetch *fetch,
                                                       struct ovf_fetch_candidate *candidate,
                                                       struct ovf_error *err);

/** Where a part of the candidate is. */
void ovf_fetch_part_url(const struct ovf_fetch *fetch, const struct ovf_fetch_candidate *candidate,
                        const char *name, char url[OVF_FETCH_URL_SIZE]);

#endif
