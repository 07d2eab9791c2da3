/* SPDX-License-Identifier: Apache-2.0 */
/* What libmicrohttpd (0.9.75) says when no more files can be opened and so no connection can be taken. With others
 * open it waits for one of them to end. With none it asks again at once, without end: it is made to wait. */
#ifndef OVF_RUN_SCARCE_FILES_H
#define OVF_RUN_SCARCE_FILES_H

#include <stdarg.h>
#include <stdatomic.h>

#include "base/sink.h"

/** How long nobody is taken then. */
enum { OVF_SCARCE_FILES_REST_MS = 100 };

/** The words of who cannot take a connection, once, and how often that was. */
#define OVF_SCARCE_FILES_WORDS                                                                     \
    "no more files can be opened: who connects has to wait (ulimit -n has how many may be)\n"

struct ovf_scarce_files {
    const struct ovf_sink *talk; /* NULL: nothing is said */
    atomic_ullong n;
};

/** For MHD_OPTION_EXTERNAL_LOGGER, with MHD_USE_ERROR_LOG; \p scarce is a struct ovf_scarce_files. What else
 * libmicrohttpd says is not said. */
void ovf_scarce_files_note(void *scarce, const char *format, va_list arguments);

#endif
