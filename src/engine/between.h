/* SPDX-License-Identifier: Apache-2.0 */
/* What a flight must or may have crossed where fixes do not show it: in its gaps, and by passages with fewer
 * than two fixes inside. */
#ifndef OVF_ENGINE_BETWEEN_H
#define OVF_ENGINE_BETWEEN_H

#include "airspace/passage.h"
#include "engine/certificate.h"
#include "engine/hearings.h"
#include "engine/verdict_memo.h"
#include "reach/prism.h"
#include "reach/unions.h"

/** Where it was when a receiver heard it in the gap; none where the verdict is the same without. */
struct ovf_discs_used {
    struct ovf_anchor items[OVF_GAP_DISCS_MAX]; /* by time */
    size_t n;
};

/** A passage and, where it was judged by what could be flown, the verdict. */
struct ovf_judged {
    struct ovf_passage passage;
    bool has_verdict;
    bool
        needs_inside; /* the class is that of the verdict only with fixes inside that may be weak */
    struct ovf_verdict verdict;
    struct ovf_certificate certificate; /* set: it is of class IMPOSSIBLE */
    struct ovf_any_of any_of;           /* in a gap: it must have been in one of each of these */
    struct ovf_discs_used heard;        /* what else the verdict rests on */
};

/** Zero-initialise, reuse. */
struct ovf_between {
    struct ovf_reach reach;
    struct ovf_unions unions;
    struct ovf_verdict_memo memo;
    struct ovf_judged *items;
    size_t n;
    size_t capacity;

    /* private: of the gap at hand */
    struct ovf_gap_hearings heard;
    struct ovf_members by_way; /* what the ways through its discs lead through */
    size_t heard_before;       /* the fixes around it; both 0: none */
    size_t heard_after;
};

void ovf_between_deinit(struct ovf_between *between);

/** A leg that has been walked through a layer. */
struct ovf_between_question {
    const struct ovf_layer *layer;
    const struct ovf_members *wanted;
    double accuracy_m;
    const struct ovf_speed_limits *limits; /* hard_kt 0: nothing is judged */
    bool wants_possible;                   /* also what the straight way leaves free */
    const struct ovf_fix *fixes;
    const struct ovf_steps *steps;
    const struct ovf_passages *passages;
    const struct ovf_walk_options *walk; /* as it was walked */
    const struct ovf_hearings *hearings; /* NULL: of those nothing is known */
    size_t first;                        /* fixes [first, last] are the leg's */
    size_t last;
    /* What was heard from here to the first of them, and from the last to here, is of nothing else that is known; the
     * fix's time: nothing is. */
    int64_t heard_from_ns;
    int64_t heard_to_ns;
    bool wants_impossible; /* also certificates of not entering */
    bool
        wants_unions; /* of airspaces that do not overlap: also which of several it must have been */
};

/**
 * All passages in their order, those of class POSSIBLE with fixes outside on both sides classed by what could
 * be flown between these; and one for each airspace that holds neither end of a gap and was crossed in it for
 * sure, almost for sure or perhaps: of what the straight way leaves free, perhaps only when that is wanted. In an
 * airspace with limits of altitude that may have been passed above or below (ovf_limits_let_pass) a passage that no two
 * fixes show is possible at the most. Of an end that lies in a gap it says when the boundary can have been crossed at
 * the earliest and at the latest by what could be flown; not where the airspace holds
 * both sides of the gap and a way inside it could be flown: there it perhaps stayed.
 * When that is wanted, also one of class IMPOSSIBLE for each airspace that none of these concerns, that the leg came
 * near and that it did not enter.
 *
 * Beyond the leg, what lies between its first or last fix and a disc in which it was heard is judged likewise
 * (is_beyond of the passage).
 *
 * With the unions that are wanted, what is not certain in a gap tells of which two or three airspaces one must have
 * been crossed: of those wanted; with wants_possible of all. That is asked only where something not certain is found
 * in the gap; then what is in such a set of those wanted is told though the straight way leaves it free.
 */
OVF_NODISCARD enum ovf_status ovf_between_find(const struct ovf_between_question *question,
                                               struct ovf_between *out);

#endif
