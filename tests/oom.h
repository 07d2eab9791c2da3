/* SPDX-License-Identifier: Apache-2.0 */
/* Allocations that fail on demand, for tests named test_*_oom.c, which are linked with --wrap for
 * malloc, calloc, realloc and aligned_alloc. Only calls from the project's own code are seen, not those that a shared
 * library makes for itself. Use:
 *
 *     for (unsigned long n = 1;; n++) {
 *         ovf_oom_fail_from(n, persistent);
 *         st = what_is_tested();
 *         if (!ovf_oom_stop())
 *             break;                     // the n-th allocation was never asked for
 *         assert_int_equal(st, OVF_E_NOMEM);
 *     }
 */

#ifndef OVF_TESTS_OOM_H
#define OVF_TESTS_OOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

static struct {
    unsigned long fail_at; /* 0: never */
    unsigned long n_calls;
    bool persistent;
    bool failed;
} ovf_oom;

static bool ovf_oom_fails(void)
{
    if (ovf_oom.fail_at == 0)
        return false;
    ovf_oom.n_calls++;
    const bool fails = ovf_oom.persistent ? ovf_oom.n_calls >= ovf_oom.fail_at
                                          : ovf_oom.n_calls == ovf_oom.fail_at;
    ovf_oom.failed = ovf_oom.failed || fails;
    return fails;
}

void *__wrap_malloc(size_t size)
{
    return ovf_oom_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return ovf_oom_fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return ovf_oom_fails() ? NULL : __real_realloc(p, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return ovf_oom_fails() ? NULL : __real_aligned_alloc(alignment, size);
}

/* The n-th allocation from here (1 is the next) fails, and all after it when \p persistent. */
static void ovf_oom_fail_from(unsigned long n, bool persistent)
{
    ovf_oom.fail_at = n;
    ovf_oom.n_calls = 0;
    ovf_oom.persistent = persistent;
    ovf_oom.failed = false;
}

/* Allocations succeed again; whether one had failed. */
static bool ovf_oom_stop(void)
{
    ovf_oom.fail_at = 0;
    return ovf_oom.failed;
}

#endif
