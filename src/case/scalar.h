/* SPDX-License-Identifier: Apache-2.0 */
/* One scalar of a case file, by the type that is due (private to src/case). */
#ifndef OVF_CASE_SCALAR_H
#define OVF_CASE_SCALAR_H

#include "case/schema.h"

#define OVF_SCALAR_WHY_SIZE 160

/**
 * Read \p text as \p key's type into \p out. \p text is NUL-terminated and outlives \p out.
 * \param[in]  quoted  it stood in quotes: a number in quotes is a text
 * \param[out] why     for false: what was due, as part of a sentence
 */
bool ovf_scalar_read(const struct ovf_key *key, struct ovf_bytes text, bool quoted, void *out,
                     char why[OVF_SCALAR_WHY_SIZE]);

/** Bytes of one value of \p key. */
size_t ovf_scalar_size(const struct ovf_key *key);

/** Of the \p n names the one nearest to \p wanted by edits, NULL when none is near. */
const char *ovf_case_nearest(const char *wanted, const char *(*name)(const void *context, size_t i),
                             const void *context, size_t n);

#endif
