/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate of not entering: a flight passed near an airspace, and no part of it can have been inside. */
#ifndef OVF_ENGINE_CERTIFICATE_H
#define OVF_ENGINE_CERTIFICATE_H

#include "airspace/passage.h"
#include "engine/hearings.h"

/** Farther off than this nothing is certified: that would be every airspace of the world. */
#define OVF_CERTIFICATE_RANGE_M (50 * 1852.0)

/** What was kept to the boundary at the least. Zero-initialised: nothing is certified. */
struct ovf_certificate {
    bool is_set;
    double distance_m; /* too low rather than too high */
    size_t before;     /* the believed fixes around where it was nearest */
    size_t after;
    bool in_gap;         /* between these: it is what could have been reached */
    int64_t t_ns;        /* else when */
    struct ovf_point at; /* and where */
    size_t n_fixes;      /* believed ones, on which it rests */
    size_t n_hearings;   /* and where receivers heard it in gaps */
};

struct ovf_certificate_question {
    const struct ovf_index *index;
    double accuracy_m; /* of its boundaries */
    const struct ovf_speed_limits
        *limits; /* hard_kt 0, or never_necessary: what has a gap is not certified */
    const struct ovf_walk_options *walk;
    const struct ovf_hearings *hearings; /* NULL: none */
    const struct ovf_fix *fixes;
    size_t first; /* of the leg */
    size_t last;
};

/** The airspaces whose boundary the way between fixes came within the range of; perhaps some that are farther. */
struct ovf_members ovf_certificate_candidates(const struct ovf_certificate_question *question);

/**
 * Whether \p owner was never entered, laterally: the first fix lies outside; the way between fixes at most
 * max_gap_ns apart (what an archive thinned out beyond that is as good as a gap) stayed off the boundary by more
 * than its accuracy and the largest radius of a fix; and in each gap it is impossible that it was touched, by the
 * fixes around it, or with where receivers heard the aircraft in it.
 *
 * \param[out] out  is_set tells
 * \retval OVF_OK, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_certificate_find(const struct ovf_certificate_question *question,
                                                   uint32_t owner, struct ovf_reach *reach,
                                                   struct ovf_certificate *out);

/** It as a passage of class IMPOSSIBLE that spans the leg. */
struct ovf_passage ovf_certificate_passage(const struct ovf_certificate_question *question,
                                           uint32_t owner);

#endif
