/* SPDX-License-Identifier: Apache-2.0 */
/* Which of several airspaces it must have been, where no single one is certain: "Iraq or Turkiye". */
#ifndef OVF_REACH_UNIONS_H
#define OVF_REACH_UNIONS_H

#include "reach/prism.h"

enum { OVF_UNION_MAX = 3, OVF_UNION_CANDIDATES_MAX = 12 };

struct ovf_union {
    uint32_t owners[OVF_UNION_MAX]; /* ascending */
    size_t n;
    struct ovf_verdict verdict;
};

/** The sets that one airspace is in, of those that were found: the smallest come first, no more are kept. */
enum { OVF_ANY_OF_MAX = 4 };

struct ovf_any_of {
    struct {
        uint32_t owners[OVF_UNION_MAX];
        size_t n;
        bool all_wanted; /* set by who knows what is asked for: all of the set is */
    } sets[OVF_ANY_OF_MAX];
    size_t n;
};

/** Zero-initialise. */
struct ovf_unions {
    struct ovf_union *items; /* smaller ones first, then by owners */
    size_t n;
    size_t capacity;
};

void ovf_unions_deinit(struct ovf_unions *unions);

struct ovf_members ovf_union_members(const struct ovf_union *set);

struct ovf_any_of ovf_unions_with(const struct ovf_unions *unions, uint32_t owner);

/** The owners of \p index that the aircraft can have touched in the gap; perhaps some that it barely can not. */
OVF_NODISCARD enum ovf_status ovf_reach_candidates(const struct ovf_index *index, double accuracy_m,
                                                   const struct ovf_anchor *from,
                                                   const struct ovf_anchor *to,
                                                   const struct ovf_speed_limits *limits,
                                                   struct ovf_members *owners,
                                                   struct ovf_error *err);

/** A gap, and what of it may be sure together. */
struct ovf_union_question {
    const struct ovf_index *index;
    double accuracy_m;
    const struct ovf_members *candidates;
    const struct ovf_anchor *from;
    const struct ovf_anchor *to;
    const struct ovf_anchor *
        discs; /* between, as for ovf_reach_judge_chain; where they cannot be joined with the places
                                       around them nothing is sure of them */
    size_t n_discs;
    bool only_by_discs; /* what is certain without them is not looked for: there is too much time */
    const struct ovf_speed_limits *limits;
};

/**
 * All sets of two or three of the candidates whose union has class NECESSARY, and no smaller part of which has
 * it, one airspace included. Of more than OVF_UNION_CANDIDATES_MAX candidates those on the
 * straight way are looked at, then others.
 *
 * A few milliseconds where not all candidates together are certain, mostly; else for each of them, and for each set
 * that may be one. With discs some times that.
 * \param[out] out  overwritten
 */
OVF_NODISCARD enum ovf_status ovf_reach_unions(struct ovf_reach *reach,
                                               const struct ovf_union_question *question,
                                               struct ovf_unions *out, struct ovf_error *err);

#endif
