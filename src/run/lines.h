/* SPDX-License-Identifier: Apache-2.0 */
/* From what the engine found of an aircraft to the crossings that were asked for, each with who flew and
 * which members say so. */
#ifndef OVF_RUN_LINES_H
#define OVF_RUN_LINES_H

#include "question/question.h"
#include "report/line.h"
#include "run/summary.h"

/** Zero-initialise. Each result takes the place of the one before. */
struct ovf_lines {
    struct ovf_report_line *items; /* in the order of the result's crossings */
    size_t n;

    /* private */
    size_t capacity;
    uint32_t **flight_items; /* by flight with a crossing: the members that it was made from */
    size_t n_flight_items;
    size_t flight_items_capacity;
};

void ovf_lines_deinit(struct ovf_lines *lines);

/** Who the aircraft was on a flight: what the register says, else the newest of the members \p items that
 * says anything. Flags are those of all of them together: what one source flags as LADD or PIA stays so though another
 * does not know it, for it may have to be withheld. */
struct ovf_report_identity ovf_lines_who(const struct ovf_question *question, uint32_t address,
                                         const struct ovf_track_member *members,
                                         const uint32_t *items, size_t n_items);

/**
 * The lines of \p result, which names \p members. Crossings that are left out for one reason alone are
 * counted in \p found.
 */
OVF_NODISCARD enum ovf_status ovf_lines_make(struct ovf_lines *lines,
                                             const struct ovf_question *question,
                                             const struct ovf_result *result,
                                             const struct ovf_track_member *members,
                                             size_t n_members, struct ovf_found *found);

/** The same for every crossing, asked for or not: line.match tells. */
OVF_NODISCARD enum ovf_status ovf_lines_make_all(struct ovf_lines *lines,
                                                 const struct ovf_question *question,
                                                 const struct ovf_result *result,
                                                 const struct ovf_track_member *members,
                                                 size_t n_members);

#endif
