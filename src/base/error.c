/* SPDX-License-Identifier: Apache-2.0 */
/* Error texts. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

enum ovf_status ovf_error_set(struct ovf_error *err, enum ovf_status status, const char *format,
                              ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        (void)vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
    }
    return status;
}

void ovf_error_prefix(struct ovf_error *err, const char *where)
{
    if (err == NULL)
        return;
    const struct ovf_error old = *err;
    (void)snprintf(err->text, sizeof err->text, "%.160s: %.340s", where, old.text);
}
