/* SPDX-License-Identifier: Apache-2.0 */
/* The text for people that goes with a status: what, where, the value. */
#ifndef OVF_BASE_ERROR_H
#define OVF_BASE_ERROR_H

#include "base/status.h"

struct ovf_error {
    char text[512]; /* NUL-terminated; empty when nothing was said */
};

/**
 * Write the formatted text to \p err (which may be NULL; an overlong text is cut).
 * \return \p status, so that a failure is one line: return ovf_error_set(err, OVF_E_..., ...).
 */
enum ovf_status ovf_error_set(struct ovf_error *err, enum ovf_status status, const char *format,
                              ...) OVF_PRINTF(3, 4);

/** Put "where: " before the text that \p err holds. Does nothing when \p err is NULL. */
void ovf_error_prefix(struct ovf_error *err, const char *where);

#endif
