/* SPDX-License-Identifier: Apache-2.0 */
/* Judging: what a store holds against what a case says. All findings go into the store in one transaction; those
 * that are said no longer are retracted, and the same again changes nothing. */
#ifndef OVF_RUN_JUDGE_H
#define OVF_RUN_JUDGE_H

#include "base/sink.h"
#include "question/case_open.h"
#include "question/question.h"
#include "report/finding.h"
#include "report/report.h"
#include "rules/finding.h"
#include "rules/matter.h"
#include "run/control.h"
#include "run/judge_permits.h"
#include "store/subjects.h"

/** Zero-initialise. */
struct ovf_judgement {
    struct ovf_subjects subjects; /* but flights */
    struct ovf_subjects flights;  /* alone */
    struct ovf_control control;
    struct ovf_judged_permits permits;
    struct ovf_matter matter;        /* of them */
    struct ovf_findings findings;    /* borrow from all this */
    struct ovf_finding_lines *lines; /* of them, when all is judged: part by part, in order */
    size_t n_lines;
    int64_t now_ns;
};

void ovf_judgement_deinit(struct ovf_judgement *judgement);

/**
 * Judge what the store of \p question holds, and put the findings into it. Their order and their bytes do not depend
 * on the question's number of jobs.
 *
 * \param[in]  library_path  that the case's permits are in; NULL: the user's
 * \param[in]  now_ns        whose day is "today"
 * \param[out] out           borrows from \p open and \p question
 * \retval OVF_E_NOTFOUND  a file that the case names is not there
 * \retval OVF_E_RANGE     it answers another question
 * \retval OVF_E_FORMAT, OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_judge(struct ovf_open_case *open,
                                        const struct ovf_question *question,
                                        const char *library_path, int64_t now_ns,
                                        struct ovf_judgement *out, struct ovf_error *err);

/** All findings as lines of NDJSON, or as a table (report/finding_table.h). */
OVF_NODISCARD enum ovf_status ovf_judgement_print(const struct ovf_judgement *judgement,
                                                  enum ovf_format format,
                                                  const struct ovf_sink *out);

#endif
