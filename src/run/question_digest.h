/* SPDX-License-Identifier: Apache-2.0 */
/* A question as one name: what a store knows by it was asked in the same words of the same maps and lists
 * by the same program. */
#ifndef OVF_RUN_QUESTION_DIGEST_H
#define OVF_RUN_QUESTION_DIGEST_H

#include "base/sha256.h"
#include "run/question.h"

/** The digest of \p q, which was made of \p request, in hex. */
OVF_NODISCARD enum ovf_status ovf_question_digest(const struct ovf_scan_request *request,
                                                  const struct ovf_question *q,
                                                  char text[OVF_SHA256_HEX_SIZE]);

#endif
