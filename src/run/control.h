/* SPDX-License-Identifier: Apache-2.0 */
/* Control traffic: on which days the inputs have data, and how many flights of others were heard in the airspaces
 * of each watch. Others are aircraft that no journey of the watch was flown by, on any day. */
#ifndef OVF_RUN_CONTROL_H
#define OVF_RUN_CONTROL_H

#include "geo/cell.h"
#include "question/question.h"
#include "store/subjects.h"

/** Zero-initialise. */
struct ovf_control {
    int64_t first_day_ns;
    size_t n_days;
    bool *has_data;    /* by day */
    uint32_t *flights; /* by watch and day */
};

void ovf_control_deinit(struct ovf_control *control);

/**
 * Count them. A flight over midnight counts on both days.
 * \retval OVF_E_LIMIT  the days are spread over more than a series can hold
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_control_count(sqlite3 *db, const struct ovf_question *question,
                                                const struct ovf_subjects *subjects,
                                                struct ovf_control *out, struct ovf_error *err);

/** Cells are numbers below this (geo/cell.h). */
enum { OVF_CONTROL_N_CELLS = OVF_COUNT_ROWS * 1000 };

/** Which watches of \p question each of OVF_CONTROL_N_CELLS zeroed \p cells belongs to: a bit each. */
void ovf_control_mark_cells(const struct ovf_question *question, uint64_t *cells);

#endif
