/* SPDX-License-Identifier: Apache-2.0 */
/* Which doubts about an aircraft's positions are told beside its crossings, by flight. */
#ifndef OVF_RUN_DOUBTS_H
#define OVF_RUN_DOUBTS_H

#include "report/detection.h"
#include "run/lines.h"

/** \p line has who flew, and no crossing. */
typedef enum ovf_status ovf_doubts_told_fn(void *context, const struct ovf_report_line *line,
                                           const struct ovf_report_doubts *doubts);

/**
 * Tell of those doubts of \p result that concern the question and that its crossings do not tell: positions that are
 * not believed lie in an airspace asked for, of which \p lines have no crossing that it touches; or \p lines have
 * crossings of its flight, and it is a detection and touches none of them. All of a flight together, in order of
 * flights; then those of none, each run of fixes that are not believed by itself.
 *
 * \param[in]  lines  those of \p result that are told
 * \retval OVF_E_NOMEM  or what telling comes to
 */
OVF_NODISCARD enum ovf_status ovf_doubts_tell(const struct ovf_question *question,
                                              const struct ovf_result *result,
                                              const struct ovf_track_member *members,
                                              const struct ovf_lines *lines,
                                              ovf_doubts_told_fn *tell, void *context);

#endif
