/* SPDX-License-Identifier: Apache-2.0 */
/* How unlike two names are, to find what a user may have meant. */
#ifndef OVF_BASE_LIKENESS_H
#define OVF_BASE_LIKENESS_H

#include "base/bytes.h"

/** Longer names are like nothing. */
#define OVF_LIKENESS_MAX_CHARS 64

/** Bytes to insert, delete or replace that turn one into the other (Levenshtein's distance), small and
 * capital letters of ASCII being the same; SIZE_MAX when either is longer than
 * OVF_LIKENESS_MAX_CHARS. */
size_t ovf_edits_between(struct ovf_bytes a, struct ovf_bytes b);

/** Whether they are the same but for small and capital letters of ASCII. */
bool ovf_names_equal(struct ovf_bytes a, struct ovf_bytes b);

#endif
