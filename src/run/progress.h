/* SPDX-License-Identifier: Apache-2.0 */
/* A progress bar on standard error, when that is a terminal and the work takes more than a second. */
#ifndef OVF_RUN_PROGRESS_H
#define OVF_RUN_PROGRESS_H

#include <stddef.h>

struct ovf_progress;

/** NULL when there is nobody to look at it (or no memory): the other functions take that. */
struct ovf_progress *ovf_progress_new(const char *what);
void ovf_progress_free(struct ovf_progress *progress);

/** \p done of \p total are done; any thread. Draws at most ten times a second. */
void ovf_progress_show(struct ovf_progress *progress, size_t done, size_t total);

#endif
