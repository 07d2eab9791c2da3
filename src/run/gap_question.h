/* SPDX-License-Identifier: Apache-2.0 */
/* `overflight gap`: last heard here and then, next there and then: over what? */
#ifndef OVF_RUN_GAP_QUESTION_H
#define OVF_RUN_GAP_QUESTION_H

#include "base/sink.h"
#include "question/question.h"
#include "reach/unions.h"

struct ovf_gap_question {
    struct ovf_question_request
        areas; /* pack, airspaces, zones, editions; no airspace named: all states that it
                                      can have been over */
    struct ovf_anchor last;
    struct ovf_anchor next;
    const struct ovf_anchor *discs; /* between, in order of time */
    size_t n_discs;
    struct ovf_speed_limits limits;
    bool with_landings; /* tell where it can have landed */
    bool as_table;      /* sentences instead of NDJSON */
};

/** What is said of one airspace. */
struct ovf_gap_row {
    size_t layer;
    uint32_t airspace;
    bool
        may_be_passed; /* above or below: the verdict is that of its sides, but POSSIBLE at the most */
    struct ovf_verdict verdict;
};

/** An airport that could be reached on the way, and the longest stop there. */
struct ovf_gap_stop {
    uint32_t airport;
    double stop_s;
};

/** Zero-initialise. */
struct ovf_gap_answer {
    struct ovf_gap_row *rows; /* the most certain first */
    size_t n_rows;
    size_t rows_capacity;
    struct ovf_unions unions;   /* of states */
    struct ovf_gap_stop *stops; /* the longest first */
    size_t n_stops;
    size_t stops_capacity;
};

void ovf_gap_answer_deinit(struct ovf_gap_answer *answer);

/**
 * Judge the gap for the airspaces of \p question, which was made of the request.
 * \retval OVF_E_RANGE  the request says what cannot be; \p err says what
 */
OVF_NODISCARD enum ovf_status ovf_gap_question_judge(const struct ovf_gap_question *request,
                                                     const struct ovf_question *question,
                                                     struct ovf_gap_answer *answer,
                                                     struct ovf_error *err);

/** Print it. */
OVF_NODISCARD enum ovf_status ovf_gap_answer_print(const struct ovf_gap_question *request,
                                                   const struct ovf_question *question,
                                                   const struct ovf_gap_answer *answer,
                                                   const struct ovf_sink *sink);

/** Both, from the request to the sink. */
OVF_NODISCARD enum ovf_status ovf_gap_question_answer(const struct ovf_gap_question *request,
                                                      const struct ovf_sink *sink,
                                                      struct ovf_error *err);

#endif
