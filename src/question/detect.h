/* SPDX-License-Identifier: Apache-2.0 */
/* The thresholds of detectors, and the speeds by which gaps are judged: the program's, a file's or a case's. */
#ifndef OVF_QUESTION_DETECT_H
#define OVF_QUESTION_DETECT_H

#include "case/case_file.h"
#include "question/question.h"

struct ovf_detect_config ovf_detect_config_of(const struct ovf_case_detectors *detectors);

/**
 * \param[in]  path      a file of keys; NULL: what \p the_case says (may be NULL), or the program
 * \param[out] q         read is made, and the pack open; detect, detect_words, sink_airports, slow_speeds;
 *                       config.detect, speeds and slow_speeds
 * \retval OVF_E_FORMAT   a key is unknown, a value out of range, an airport not in the pack; \p err says where and
 *                        what may be meant
 * \retval OVF_E_NOTFOUND, OVF_E_IO, OVF_E_LIMIT, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_question_take_detectors(const char *path,
                                                          const struct ovf_case *the_case,
                                                          struct ovf_question *q,
                                                          struct ovf_error *err);

#endif
