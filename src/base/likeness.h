/* SPDX-License-Identifier: Apache-2.0 */
/* How unlike two names are, to find what a user may have meant. */
#ifndef OVF_BASE_LIKENESS_H
#define OVF_BASE_LIKENESS_H

#include <stddef.h>

/** Longer names are like nothing. */
#define OVF_LIKENESS_MAX_CHARS 40

/** Characters to insert, delete or replace that turn one into the other (Levenshtein's distance);
 * OVF_LIKENESS_MAX_CHARS when either is longer than that. */
size_t ovf_edits_between(const char *a, const char *b);

#endif
