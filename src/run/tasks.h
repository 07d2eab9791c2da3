/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of work that do not wait for one another, in several threads. */
#ifndef OVF_RUN_TASKS_H
#define OVF_RUN_TASKS_H

#include <stddef.h>

#include "base/error.h"

struct ovf_task {
    enum ovf_status (*run)(void *context, struct ovf_error *err);
    void *context;
};

/**
 * Run \p n tasks in at most \p n_jobs threads, the caller's among them, which take one after the other in order;
 * when a task fails, no more are taken. The status and \p err are those of the first in order that failed: the
 * same whatever the number of threads.
 *
 * \retval OVF_E_NOMEM, or what a task returns
 */
OVF_NODISCARD enum ovf_status ovf_tasks_run(const struct ovf_task *tasks, size_t n, size_t n_jobs,
                                            struct ovf_error *err);

#endif
