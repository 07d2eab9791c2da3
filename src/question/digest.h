/* SPDX-License-Identifier: Apache-2.0 */
/* A question as one name, and in words: a store answers one, however often it is asked. */
#ifndef OVF_QUESTION_DIGEST_H
#define OVF_QUESTION_DIGEST_H

#include "base/sha256.h"
#include "question/question.h"

/**
 * The digest, in hex, of what \p q asks: maps, airspaces, aircraft, places, times, classes, limits, thresholds of
 * detectors. How it was
 * put does not matter (IQ or Iraq, IQ,TR or TR,IQ), nor who registers the aircraft.
 */
OVF_NODISCARD enum ovf_status ovf_question_digest(const struct ovf_question *q,
                                                  char text[OVF_SHA256_HEX_SIZE]);

/** What \p request asks, as options, NUL-terminated in \p out: "--airspace IQ --from IR"; \p the_case may be
 * NULL. */
OVF_NODISCARD enum ovf_status ovf_question_words(const struct ovf_question_request *request,
                                                 const struct ovf_case *the_case,
                                                 struct ovf_buffer *out);

#endif
