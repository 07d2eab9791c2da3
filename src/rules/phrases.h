/* SPDX-License-Identifier: Apache-2.0 */
/* Words that several rules use in their reasons. */
#ifndef OVF_RULES_PHRASES_H
#define OVF_RULES_PHRASES_H

#include "rules/finding.h"

enum { OVF_PHRASE_SPAN_SIZE = 64, OVF_PHRASE_DAY_SIZE = 11 };

/** "2012-10-02" */
void ovf_phrase_day(int64_t t_ns, char text[OVF_PHRASE_DAY_SIZE]);

/** "2007-03-24 to 2016-01-15", "since 2007-03-24": the last day is included; INT64_MIN and INT64_MAX are no
 * limits. */
void ovf_phrase_span(int64_t from_ns, int64_t to_ns, char text[OVF_PHRASE_SPAN_SIZE]);

/** A source of the finding; of what quotes another it is said. */
void ovf_phrase_source(struct ovf_findings *findings, const char *source, bool second_hand);

#endif
